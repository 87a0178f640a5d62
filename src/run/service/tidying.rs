//! What nobody will come back to is forgotten, so that the database does not grow with every message.

use std::sync::Arc;

use chrono::Duration;
use tokio_util::sync::CancellationToken;

use crate::run::Bot;

/// Between two looks.
const PACE: Duration = Duration::hours(6);

/// Tidies at the start and every few hours, until cancelled.
pub(super) async fn run(bot: Arc<Bot>, ends: CancellationToken) {
    let app = bot.app();
    loop {
        match app.forget_handled().await {
            Ok(0) => {}
            Ok(updates) => tracing::info!(updates, "old updates were forgotten"),
            Err(error) => tracing::warn!(%error, "old updates could not be forgotten"),
        }
        match app.forget_sent_away().await {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "files whose links have expired were let go"),
            Err(error) => tracing::warn!(%error, "old files could not be let go"),
        }
        tokio::select! {
            () = ends.cancelled() => return,
            () = app.clock().sleep_until(app.clock().now() + PACE) => {}
        }
    }
}
