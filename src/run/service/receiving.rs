//! What a platform holds for us is stored, then acknowledged.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio_util::sync::CancellationToken;

use crate::chat::{Platform, ReceiveError};
use crate::run::Bot;

/// The first wait after something went wrong, and the longest: a minute is short beside the day that Telegram keeps
/// updates.
const FIRST_WAIT: Duration = Duration::seconds(1);
const LONGEST_WAIT: Duration = Duration::minutes(1);

/// After another program has taken our place: soon enough to take over when it ends, too seldom to fight with it.
const SECOND_WAIT: Duration = Duration::seconds(15);

/// How often it is noted that the platform was reached.
const NOTED: Duration = Duration::minutes(1);

/// Receives until cancelled. A receive is given up at any moment: what was not acknowledged comes again.
pub(super) async fn run(bot: Arc<Bot>, platform: Arc<dyn Platform>, ends: CancellationToken) {
    let mut wait = FIRST_WAIT;
    let mut noted = None;
    while !ends.is_cancelled() {
        let received = tokio::select! {
            // What has come is stored before the end: not every platform tells it again.
            biased;
            received = platform.receive() => received,
            () = ends.cancelled() => return,
        };
        let rest = match received {
            Ok(heard) => {
                if !heard.is_empty() || platform.reaches_us() {
                    note_contact(&bot, &platform, &mut noted).await;
                }
                if store(&bot, &platform, &heard).await {
                    wait = FIRST_WAIT;
                    continue;
                }
                wait
            }
            Err(ReceiveError::Ended) => return,
            Err(ReceiveError::SecondReceiver) => {
                tracing::error!(
                    platform = platform.key(),
                    "another program receives for this bot: end it, or give this one a token of its own"
                );
                SECOND_WAIT
            }
            Err(ReceiveError::Unauthorized) => {
                // A person has to act. Specialists are told elsewhere; the other bots go on.
                tracing::error!(
                    platform = platform.key(),
                    "the token is refused: this bot stops until the program is started with a new one"
                );
                let noted = bot.app().bot_is_shut(platform.key()).await;
                if let Err(error) = match noted {
                    Ok(()) => bot.app().watch_bots().await,
                    failed => failed,
                } {
                    tracing::error!(platform = platform.key(), %error, "it could not be noted");
                }
                return ends.cancelled().await;
            }
            Err(error) => {
                tracing::warn!(platform = platform.key(), %error, seconds = wait.num_seconds(), "trying again");
                wait
            }
        };
        wait = (wait * 2).min(LONGEST_WAIT);
        let clock = bot.app().clock();
        tokio::select! {
            () = ends.cancelled() => return,
            () = clock.sleep_until(clock.now() + rest) => {}
        }
    }
}

/// Notes now and then that the platform was reached.
async fn note_contact(bot: &Bot, platform: &Arc<dyn Platform>, noted: &mut Option<DateTime<Utc>>) {
    let now = bot.app().clock().now();
    if noted.is_some_and(|at| now - at < NOTED) {
        return;
    }
    if let Some(said) = platform.hook_said()
        && let Err(error) = bot.app().note_hook(platform.key(), said.as_deref()).await
    {
        tracing::warn!(platform = platform.key(), %error, "it could not be noted how the webhook is reached");
    }
    match bot.app().in_contact(platform.key()).await {
        Ok(()) => *noted = Some(now),
        Err(error) => {
            tracing::warn!(platform = platform.key(), %error, "it could not be noted that it was reached")
        }
    }
}

/// Stores updates and tells the platform; whether all went well.
async fn store(bot: &Bot, platform: &Arc<dyn Platform>, heard: &[crate::chat::Incoming]) -> bool {
    if heard.is_empty() {
        return true;
    }
    if let Err(error) = bot.app().receive(heard).await {
        tracing::error!(platform = platform.key(), %error, "updates could not be stored");
        return false;
    }
    let keys: Vec<String> = heard.iter().map(|i| i.key.clone()).collect();
    if let Err(error) = platform.acknowledge(&keys).await {
        // They come again and are known by their keys.
        tracing::warn!(platform = platform.key(), %error, "updates could not be acknowledged");
        return false;
    }
    true
}
