//! Reaching the platforms at the start, however long that takes.

use std::sync::Arc;

use chrono::Duration;
use tokio_util::sync::CancellationToken;

use super::vault::Keys;
use super::{BotName, ServiceError};
use crate::app::{MenuFor, menu};
use crate::chat::Platform;
use crate::clock::Clock;
use crate::config::{self, Config, Secret};
use crate::domain::Language;
use crate::platforms::telegram::{self, Menu, Place, Telegram};
use crate::platforms::zalo::{self, Zalo};
use crate::platforms::zalo_oa::{self, SignedWith, ZaloOa};
use crate::platforms::{ConnectError, Now};
use crate::store::Store;
use crate::web::Router;

/// What people call the Official Account's platform.
pub(super) const OA: &str = "Zalo OA";

/// The first wait after a platform that could not be reached, and the longest.
const FIRST_WAIT: Duration = Duration::seconds(1);
const LONGEST_WAIT: Duration = Duration::minutes(1);

/// The longest wait before commands are offered once more.
const LONGEST_MENU_WAIT: Duration = Duration::hours(1);

/// The platforms that are set up, and the routes by which they reach us.
#[derive(Default)]
pub(super) struct Reached {
    pub(super) platforms: Vec<Arc<dyn Platform>>,
    pub(super) routes: Vec<Router>,
    pub(super) names: Vec<BotName>,
}

/// Every platform that is set up, once it answers; none when the program was told to stop before.
pub(super) async fn all(
    config: &Config,
    store: &Store,
    clock: &Arc<dyn Clock>,
    made: &str,
    ends: &CancellationToken,
) -> Result<Option<Reached>, ServiceError> {
    let mut reached = Reached::default();
    let given = |secret: &Option<Secret>| secret.as_ref().map_or(made, Secret::expose).to_owned();
    if let Some(token) = &config.telegram_token {
        let secret = given(&config.telegram_webhook_secret);
        let connected = until(ends, clock, "Telegram", || telegram(config, token, clock, &secret)).await?;
        let Some((telegram, route)) = connected else { return Ok(None) };
        reached.names.push(BotName { platform: "Telegram", name: format!("@{}", telegram.username()) });
        let telegram = Arc::new(telegram);
        tokio::spawn(offer_commands(Arc::clone(&telegram), Arc::clone(clock), ends.clone()));
        reached.platforms.push(telegram);
        reached.routes.extend(route);
    }
    let secret = given(&config.zalo_webhook_secret);
    for token in &config.zalo_tokens {
        let connected = until(ends, clock, "Zalo", || zalo(config, token, clock, &secret)).await?;
        let Some((zalo, route)) = connected else { return Ok(None) };
        if !zalo.can_join_groups() {
            tracing::warn!(platform = zalo.key(), "Zalo does not let this bot into groups");
        }
        reached.names.push(BotName { platform: "Zalo", name: zalo.name().to_owned() });
        reached.platforms.push(Arc::new(zalo));
        reached.routes.extend(route);
    }
    if let Some(account) = &config.zalo_oa {
        let connected = until(ends, clock, OA, || reach_zalo_oa(account, store, clock)).await?;
        let Some(oa) = connected else { return Ok(None) };
        reached.names.push(BotName { platform: OA, name: account.oa.clone() });
        reached.routes.push(oa.route());
        reached.platforms.push(Arc::new(oa));
    }
    if reached.platforms.is_empty() { Err(ServiceError::NoPlatform) } else { Ok(Some(reached)) }
}

/// What `connect` comes to, tried until it is reached, however long that takes; none when the program was told to stop.
async fn until<T, F>(
    ends: &CancellationToken,
    clock: &Arc<dyn Clock>,
    platform: &'static str,
    connect: impl Fn() -> F,
) -> Result<Option<T>, ServiceError>
where
    F: Future<Output = Result<T, ConnectError>>,
{
    let mut wait = FIRST_WAIT;
    loop {
        let connected = tokio::select! {
            () = ends.cancelled() => return Ok(None),
            connected = connect() => connected,
        };
        match connected {
            Ok(connected) => return Ok(Some(connected)),
            Err(ConnectError::Address(why)) => return Err(ServiceError::Address { platform, why }),
            Err(ConnectError::Token) => return Err(ServiceError::Token { platform }),
            Err(ConnectError::Unreachable(why)) => {
                tracing::warn!(platform, why, seconds = wait.num_seconds(), "trying again");
            }
        }
        tokio::select! {
            () = ends.cancelled() => return Ok(None),
            () = clock.sleep_until(clock.now() + wait) => {}
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

async fn telegram(
    config: &Config,
    token: &Secret,
    clock: &Arc<dyn Clock>,
    secret: &str,
) -> Result<(Telegram, Option<Router>), ConnectError> {
    let mut telegram = reach_telegram(config, token, clock).await?;
    let Some(base) = &config.telegram_webhook else {
        telegram.poll().await?;
        return Ok((telegram, None));
    };
    let route = telegram.hook(base, secret).await?;
    Ok((telegram, Some(route)))
}

async fn zalo(
    config: &Config,
    token: &Secret,
    clock: &Arc<dyn Clock>,
    secret: &str,
) -> Result<(Zalo, Option<Router>), ConnectError> {
    let mut zalo = reach_zalo(config, token, clock).await?;
    let Some(base) = &config.zalo_webhook else {
        zalo.poll().await?;
        return Ok((zalo, None));
    };
    let route = zalo.hook(base, secret);
    Ok((zalo, Some(route)))
}

/// Telegram, without saying how updates come.
pub(super) async fn reach_telegram(
    config: &Config,
    token: &Secret,
    clock: &Arc<dyn Clock>,
) -> Result<Telegram, ConnectError> {
    let api = config.telegram_api.as_deref().unwrap_or(telegram::OFFICIAL);
    Telegram::connect(token.expose(), api, now_of(clock)).await
}

/// Zalo, without saying how updates come.
pub(super) async fn reach_zalo(
    config: &Config,
    token: &Secret,
    clock: &Arc<dyn Clock>,
) -> Result<Zalo, ConnectError> {
    let api = config.zalo_api.as_deref().unwrap_or(zalo::OFFICIAL);
    let [messages, groups, people] = config.zalo_plan;
    let free = zalo::Plan::FREE;
    let plan = zalo::Plan {
        messages: messages.unwrap_or(free.messages),
        groups: groups.unwrap_or(free.groups),
        people: people.unwrap_or(free.people),
    };
    Zalo::connect(token.expose(), api, plan, now_of(clock)).await
}

/// The Official Account, with tokens that are good.
pub(super) async fn reach_zalo_oa(
    account: &config::ZaloOa,
    store: &Store,
    clock: &Arc<dyn Clock>,
) -> Result<ZaloOa, ConnectError> {
    let vault = Arc::new(Keys(store.clone()));
    let number = if account.signed_with_oa { &account.oa } else { &account.app };
    let secret = account.webhook_secret.as_ref().unwrap_or(&account.app_secret);
    let signed = SignedWith { number: number.clone(), secret: secret.expose().to_owned() };
    let or = |set: &Option<String>, official: &str| set.clone().unwrap_or_else(|| official.to_owned());
    let known = zalo_oa::Account {
        app: account.app.clone(),
        oa: account.oa.clone(),
        app_secret: account.app_secret.expose().to_owned(),
        first_refresh: account.refresh.expose().to_owned(),
        api: or(&account.api, zalo_oa::OFFICIAL),
        oauth: or(&account.oauth, zalo_oa::OFFICIAL_OAUTH),
    };
    let oa = ZaloOa::new(&known, vault, signed, now_of(clock))?;
    oa.reach().await?;
    Ok(oa)
}

fn now_of(clock: &Arc<dyn Clock>) -> Now {
    let clock = Arc::clone(clock);
    Arc::new(move || clock.now())
}

/// Offers the commands, until it is done or the program ends. The bot works without, so that nothing waits for it.
async fn offer_commands(telegram: Arc<Telegram>, clock: Arc<dyn Clock>, ends: CancellationToken) {
    let mut menus = Vec::new();
    for (place, whom) in [(Place::Private, MenuFor::Private), (Place::Group, MenuFor::Group)] {
        // Whoever has their Telegram in a third language reads Vietnamese all the same.
        for (tag, language) in [(None, Language::Vi), (Some("vi"), Language::Vi), (Some("en"), Language::En)]
        {
            let commands = menu(language, whom);
            menus.push(Menu { place, language: tag.map(str::to_owned), commands });
        }
    }
    let mut wait = LONGEST_WAIT;
    loop {
        let offered = tokio::select! {
            () = ends.cancelled() => return,
            offered = telegram.offer(&menus) => offered,
        };
        let Err(error) = offered else { return };
        tracing::warn!(platform = "telegram", %error, minutes = wait.num_minutes(), "the commands could not be offered, trying again");
        tokio::select! {
            () = ends.cancelled() => return,
            () = clock.sleep_until(clock.now() + wait) => {}
        }
        wait = (wait * 2).min(LONGEST_MENU_WAIT);
    }
}
