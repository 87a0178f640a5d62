//! Time passes: the planner looks when something may be due, and when something has changed.

use std::sync::Arc;

use chrono::Duration;
use tokio_util::sync::CancellationToken;

use crate::run::Bot;

/// Between two looks, however much is heard: answers come in bursts, and boards show them together.
const PACE: Duration = Duration::seconds(1);

/// A look at least this often: an office may have been changed by another process.
const LONGEST: Duration = Duration::minutes(10);

/// How long the loop rests after the database failed it.
const REST: Duration = Duration::seconds(5);

/// Lets the planner look until cancelled.
pub(super) async fn run(bot: Arc<Bot>, ends: CancellationToken) {
    let app = bot.app();
    while !ends.is_cancelled() {
        let now = app.clock().now();
        let next = match app.tick().await {
            Ok(tick) => tick.next,
            Err(error) => {
                tracing::error!(%error, "the planner could not look");
                Some(now + REST)
            }
        };
        let at = next.unwrap_or(now + LONGEST).clamp(now + PACE, now + LONGEST);
        tokio::select! {
            () = ends.cancelled() => return,
            () = app.clock().sleep_until(at) => continue,
            () = bot.is_stirred() => {}
        }
        tokio::select! {
            () = ends.cancelled() => return,
            () = app.clock().sleep_until(now + PACE) => {}
        }
    }
}
