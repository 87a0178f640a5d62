//! Reaching a platform at the start, however long that takes.

use std::sync::Arc;

use chrono::Duration;
use tokio_util::sync::CancellationToken;

use super::ServiceError;
use crate::app::{MenuFor, menu};
use crate::clock::Clock;
use crate::config::{Config, Secret};
use crate::domain::Language;
use crate::platforms::telegram::{ConnectError, Menu, OFFICIAL, Place, Telegram};
use crate::web::Router;

/// The first wait after a platform that could not be reached, and the longest.
const FIRST_WAIT: Duration = Duration::seconds(1);
const LONGEST_WAIT: Duration = Duration::minutes(1);

/// Telegram, once it answers, and the route by which it reaches us, if it does; none when the program was told to stop
/// before.
pub(super) async fn telegram(
    config: &Config,
    token: &Secret,
    clock: &Arc<dyn Clock>,
    secret: &str,
    ends: &CancellationToken,
) -> Result<Option<(Telegram, Option<Router>)>, ServiceError> {
    let mut wait = FIRST_WAIT;
    loop {
        let connected = tokio::select! {
            () = ends.cancelled() => return Ok(None),
            connected = connect(config, token, clock, secret) => connected,
        };
        match connected {
            Ok(telegram) => return Ok(Some(telegram)),
            Err(ConnectError::Address(why)) => return Err(ServiceError::Address(why)),
            Err(ConnectError::Token) => return Err(ServiceError::Token),
            Err(ConnectError::Unreachable(why)) => {
                tracing::warn!(platform = "telegram", why, seconds = wait.num_seconds(), "trying again");
            }
        }
        tokio::select! {
            () = ends.cancelled() => return Ok(None),
            () = clock.sleep_until(clock.now() + wait) => {}
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

async fn connect(
    config: &Config,
    token: &Secret,
    clock: &Arc<dyn Clock>,
    secret: &str,
) -> Result<(Telegram, Option<Router>), ConnectError> {
    let api = config.telegram_api.as_deref().unwrap_or(OFFICIAL);
    let now = Arc::clone(clock);
    let mut telegram = Telegram::connect(token.expose(), api, Arc::new(move || now.now())).await?;
    let route = match &config.telegram_webhook {
        Some(base) => Some(telegram.hook(base, secret).await?),
        None => {
            telegram.poll().await?;
            None
        }
    };
    Ok((telegram, route))
}

/// Offers the commands. The bot works without, so that a failure is a line in the log.
pub(super) async fn offer_commands(telegram: &Telegram) {
    let mut menus = Vec::new();
    for (place, whom) in [(Place::Private, MenuFor::Private), (Place::Group, MenuFor::Group)] {
        // Whoever has their Telegram in a third language reads Vietnamese all the same.
        for (tag, language) in [(None, Language::Vi), (Some("vi"), Language::Vi), (Some("en"), Language::En)]
        {
            let commands = menu(language, whom);
            menus.push(Menu { place, language: tag.map(str::to_owned), commands });
        }
    }
    if let Err(error) = telegram.offer(&menus).await {
        tracing::warn!(platform = "telegram", %error, "the commands could not be offered");
    }
}
