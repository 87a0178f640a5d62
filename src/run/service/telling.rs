//! What did not reach a group, and what keeps a bot from speaking, is told to the specialists.

use std::sync::Arc;

use chrono::Duration;
use tokio_util::sync::CancellationToken;

use crate::run::Bot;

/// Between two looks: what goes wrong in one breath is told together.
const PACE: Duration = Duration::seconds(30);

/// Looks now and then, until cancelled.
pub(super) async fn run(bot: Arc<Bot>, ends: CancellationToken) {
    let app = bot.app();
    loop {
        if let Err(error) = app.tell_troubles().await {
            tracing::warn!(%error, "it could not be told what did not reach a group");
        }
        if let Err(error) = app.watch_bots().await {
            tracing::warn!(%error, "it could not be told what keeps a bot from speaking");
        }
        tokio::select! {
            () = ends.cancelled() => return,
            () = app.clock().sleep_until(app.clock().now() + PACE) => {}
        }
    }
}
