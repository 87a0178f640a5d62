//! Reaching the platforms at the start, however long that takes.

use std::sync::Arc;

use chrono::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::vault::Keys;
use super::{BotName, ServiceError};
use crate::app::{MenuFor, menu};
use crate::chat::{Capabilities, Platform};
use crate::clock::Clock;
use crate::config::{self, Config, Secret};
use crate::domain::Language;
use crate::platforms::telegram::{self, Menu, Place, Telegram};
use crate::platforms::zalo::{self, Zalo};
use crate::platforms::zalo_oa::{self, SignedWith, ZaloOa};
use crate::platforms::{Absent, ConnectError, Now};
use crate::store::Store;
use crate::web::Router;

/// What people call the Official Account's platform.
pub(super) const OA: &str = "Zalo OA";

/// The first wait after a platform that could not be reached, and the longest.
const FIRST_WAIT: Duration = Duration::seconds(1);
const LONGEST_WAIT: Duration = Duration::minutes(1);

/// The longest wait before commands are offered once more.
const LONGEST_MENU_WAIT: Duration = Duration::hours(1);

/// When one platform is reached and another is not, the bot starts without it after this long.
const GRACE: Duration = Duration::seconds(10);

/// A platform that is set up.
#[derive(Clone)]
pub(super) enum SetUp {
    Telegram(Secret),
    Zalo(Secret),
    ZaloOa(config::ZaloOa),
}

/// A platform that is reached, with its name and the route by which it reaches us.
struct Arrival {
    name: BotName,
    platform: Arc<dyn Platform>,
    route: Option<Router>,
}

/// What every attempt needs.
#[derive(Clone)]
struct Means {
    config: Config,
    store: Store,
    clock: Arc<dyn Clock>,
    /// The secret of webhooks that have none of their own.
    secret: String,
    ends: CancellationToken,
}

/// The platforms that are set up, each tried by itself until it is reached: one that is down holds up no other.
pub(super) struct Reaching {
    set_up: Vec<SetUp>,
    /// In the order in which they are set up.
    arrivals: Vec<Option<Arrival>>,
    /// Places of those whose tokens are refused.
    refused: Vec<usize>,
    under_way: JoinSet<(usize, Result<Option<Arrival>, ServiceError>)>,
    plan: zalo::Plan,
    clock: Arc<dyn Clock>,
}

impl Reaching {
    /// Begins to reach these platforms. `secret` is that of webhooks that have none of their own.
    pub(super) fn begin(
        set_up: Vec<SetUp>,
        config: &Config,
        store: &Store,
        clock: &Arc<dyn Clock>,
        secret: &str,
        ends: &CancellationToken,
    ) -> Self {
        let means = Means {
            config: config.clone(),
            store: store.clone(),
            clock: Arc::clone(clock),
            secret: secret.to_owned(),
            ends: ends.clone(),
        };
        let mut under_way = JoinSet::new();
        for (at, one) in set_up.iter().cloned().enumerate() {
            let means = means.clone();
            under_way.spawn(async move { (at, means.reach(&one).await) });
        }
        let arrivals = set_up.iter().map(|_| None).collect();
        Self { set_up, arrivals, refused: vec![], under_way, plan: plan(config), clock: Arc::clone(clock) }
    }

    /// Waits until all are reached, or one is and the others have had their time; `false` when the program was told to
    /// stop before.
    pub(super) async fn enough(&mut self) -> Result<bool, ServiceError> {
        let until = self.clock.now() + GRACE;
        let mut failed = None;
        loop {
            let any = self.arrivals.iter().any(Option::is_some);
            let ended = tokio::select! {
                ended = self.under_way.join_next() => ended,
                () = self.clock.sleep_until(until), if any => return Ok(true),
            };
            match ended {
                None => return failed.filter(|_| !any).map_or(Ok(any), Err),
                Some(Ok((_, Ok(None)))) => return Ok(false),
                Some(Ok((at, Ok(arrival)))) => self.arrivals[at] = arrival,
                Some(Ok((_, Err(error @ ServiceError::Address { .. })))) => return Err(error),
                // One that is refused keeps no other from starting.
                Some(Ok((at, Err(error)))) => {
                    tracing::error!(%error, "this platform is not reached");
                    self.note_refused(at, &error);
                    failed = failed.or(Some(error));
                }
                Some(Err(error)) => tracing::error!(%error, "reaching a platform ended"),
            }
        }
    }

    /// Waits until another one is reached, for ever when there is none to wait for. One that is refused is told in the log:
    /// those that are reached go on.
    pub(super) async fn another(&mut self) {
        loop {
            match self.under_way.join_next().await {
                Some(Ok((at, Ok(Some(arrival))))) => {
                    tracing::info!(platform = arrival.platform.key(), "reached");
                    self.arrivals[at] = Some(arrival);
                    return;
                }
                Some(Ok((_, Ok(None)))) => {}
                Some(Ok((at, Err(error)))) => {
                    tracing::error!(%error, "the bot goes on without this platform");
                    self.note_refused(at, &error);
                    return;
                }
                Some(Err(error)) => tracing::error!(%error, "reaching a platform ended"),
                None => return std::future::pending().await,
            }
        }
    }

    fn note_refused(&mut self, at: usize, error: &ServiceError) {
        if matches!(error, ServiceError::Token { .. }) {
            self.refused.push(at);
        }
    }

    /// The keys of those that are reached.
    pub(super) fn reached(&self) -> Vec<String> {
        self.arrivals.iter().flatten().map(|arrival| arrival.platform.key().to_owned()).collect()
    }

    /// The keys of those that an earlier run reached and whose tokens are refused now; not where it may be another bot.
    pub(super) fn shut(&self, known: &[(String, String)]) -> Vec<String> {
        let away = |(at, one): (usize, &SetUp), key: &str| {
            self.arrivals[at].is_none() && one.able(key, self.plan).is_some()
        };
        let reached = self.reached();
        let is_shut = |key: &&String| {
            let mut may_be = self.set_up.iter().enumerate().filter(|one| away(*one, key)).peekable();
            may_be.peek().is_some() && may_be.all(|(at, _)| self.refused.contains(&at))
        };
        known
            .iter()
            .map(|(key, _)| key)
            .filter(|key| !reached.contains(key))
            .filter(is_shut)
            .cloned()
            .collect()
    }

    /// The bots that are reached.
    pub(super) fn names(&self) -> Vec<BotName> {
        self.arrivals.iter().flatten().map(|arrival| arrival.name.clone()).collect()
    }

    /// The routes of those that are reached.
    pub(super) fn routes(&self) -> Vec<Router> {
        self.arrivals.iter().flatten().filter_map(|arrival| arrival.route.clone()).collect()
    }

    /// Those that are reached, and what stands in for others that were reached by an earlier run (`known`, by key with the
    /// bot's name): chats of theirs may be spoken to meanwhile. To one that never was, there is nothing to say.
    pub(super) fn platforms(&self, known: &[(String, String)]) -> Vec<Arc<dyn Platform>> {
        let mut all: Vec<Arc<dyn Platform>> =
            self.arrivals.iter().flatten().map(|arrival| Arc::clone(&arrival.platform)).collect();
        for (one, _) in self.set_up.iter().zip(&self.arrivals).filter(|(_, arrival)| arrival.is_none()) {
            for (key, name) in known {
                let Some(capabilities) = one.able(key, self.plan) else { continue };
                if all.iter().all(|platform| platform.key() != key) {
                    all.push(Arc::new(Absent { key: key.clone(), name: name.clone(), capabilities }));
                }
            }
        }
        all
    }
}

impl SetUp {
    /// Everything that is set up.
    pub(super) fn all(config: &Config) -> Result<Vec<Self>, ServiceError> {
        let mut all: Vec<Self> = config.telegram_token.iter().cloned().map(Self::Telegram).collect();
        all.extend(config.zalo_tokens.iter().cloned().map(Self::Zalo));
        all.extend(config.zalo_oa.iter().cloned().map(Self::ZaloOa));
        let secret = config.zalo_webhook_secret.as_ref().filter(|_| config.zalo_webhook.is_some());
        if secret.is_some_and(|secret| !(8..=256).contains(&secret.expose().chars().count())) {
            let why = "GIAOBAN_ZALO_WEBHOOK_SECRET must have 8 to 256 characters".to_owned();
            return Err(ServiceError::Address { platform: "Zalo", why });
        }
        if all.is_empty() { Err(ServiceError::NoPlatform) } else { Ok(all) }
    }

    /// What the platform with this key can do, when it may be this one: which bot a token of the Bot Platform belongs to is
    /// not known before it is reached.
    fn able(&self, key: &str, plan: zalo::Plan) -> Option<Capabilities> {
        match self {
            Self::Telegram(_) => (key == telegram::KEY).then(|| telegram::capabilities(true)),
            Self::Zalo(_) => key.starts_with(zalo::KEYS).then(|| zalo::capabilities(plan)),
            Self::ZaloOa(account) => (key == zalo_oa::key(&account.oa)).then(zalo_oa::capabilities),
        }
    }
}

impl Means {
    /// A platform, once it answers; none when the program was told to stop before.
    async fn reach(&self, one: &SetUp) -> Result<Option<Arrival>, ServiceError> {
        let Self { config, store, clock, secret, ends } = self;
        let given = |own: &Option<Secret>| own.as_ref().map_or(secret.as_str(), Secret::expose).to_owned();
        match one {
            SetUp::Telegram(token) => {
                let secret = given(&config.telegram_webhook_secret);
                let connected =
                    until(ends, clock, "Telegram", || telegram(config, token, clock, &secret)).await?;
                let Some((telegram, route)) = connected else { return Ok(None) };
                let name = BotName { platform: "Telegram", name: format!("@{}", telegram.username()) };
                let platform = Arc::new(telegram);
                tokio::spawn(offer_commands(Arc::clone(&platform), Arc::clone(clock), ends.clone()));
                Ok(Some(Arrival { name, platform, route }))
            }
            SetUp::Zalo(token) => {
                let secret = given(&config.zalo_webhook_secret);
                let connected = until(ends, clock, "Zalo", || zalo(config, token, clock, &secret)).await?;
                let Some((zalo, route)) = connected else { return Ok(None) };
                if !zalo.can_join_groups() {
                    tracing::warn!(platform = zalo.key(), "Zalo does not let this bot into groups");
                }
                let name = BotName { platform: "Zalo", name: zalo.name().to_owned() };
                Ok(Some(Arrival { name, platform: Arc::new(zalo), route }))
            }
            SetUp::ZaloOa(account) => {
                let connected = until(ends, clock, OA, || reach_zalo_oa(account, store, clock)).await?;
                let Some(oa) = connected else { return Ok(None) };
                let name = BotName { platform: OA, name: account.oa.clone() };
                let route = Some(oa.route());
                Ok(Some(Arrival { name, platform: Arc::new(oa), route }))
            }
        }
    }
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

/// A bot on Zalo that an earlier run reached, without asking it; none of what is no such bot, or where none is set up.
pub(super) fn stands_in(config: &Config, key: &str, name: String) -> Option<Absent> {
    let one = SetUp::Zalo(config.zalo_tokens.first()?.clone());
    let capabilities = one.able(key, plan(config))?;
    Some(Absent { key: key.to_owned(), name, capabilities })
}

/// Zalo, without saying how updates come.
pub(super) async fn reach_zalo(
    config: &Config,
    token: &Secret,
    clock: &Arc<dyn Clock>,
) -> Result<Zalo, ConnectError> {
    let api = config.zalo_api.as_deref().unwrap_or(zalo::OFFICIAL);
    Zalo::connect(token.expose(), api, plan(config), now_of(clock)).await
}

/// What the bots may use on the Bot Platform.
fn plan(config: &Config) -> zalo::Plan {
    let [messages, groups, people] = config.zalo_plan;
    let free = zalo::Plan::FREE;
    zalo::Plan {
        counts_received: config.zalo_counts_received,
        messages: messages.unwrap_or(free.messages),
        groups: groups.unwrap_or(free.groups),
        people: people.unwrap_or(free.people),
    }
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
