//! Step 3: the call.

use std::sync::Arc;
use std::time::Duration;

use super::{Delivery, Leaving};
use crate::chat::SendError;

/// How long a platform has to answer at most, beside what a file takes; after it nobody knows whether the deed was done.
pub(super) const LONGEST: Duration = Duration::from_secs(25);

impl Delivery {
    /// Does what a row says. Nothing is recorded: see [`Delivery::settle`].
    pub async fn send(&self, leaving: &Leaving) -> Result<Option<String>, SendError> {
        let chat = leaving.row.chat.clone();
        let Some(platform) = self.platforms.get(&chat.platform).map(Arc::clone) else {
            return Err(SendError::Unreachable(format!("no platform {}", chat.platform)));
        };
        let deed = leaving.deed.clone();
        // A task of its own, so that a panic in the platform's code ends that task and nothing else.
        let mut call = tokio::spawn(async move { platform.send(&chat, &deed).await });
        let patience = self.patience + leaving.deed.carrying();
        match tokio::time::timeout(patience, &mut call).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => {
                tracing::error!(row = %leaving.row.id, error = %panic, "sending ended in a panic");
                Err(SendError::NoAnswer)
            }
            Err(_) => {
                call.abort();
                Err(SendError::NoAnswer)
            }
        }
    }
}
