//! `giaoban run`: the bot over its platforms and a database, until it is told to stop.
//!
//! Loops that know nothing of each other: `receiving` stores what a platform holds, `hearing` handles what is stored,
//! `ticking` lets the planner look, `delivery` speaks, `telling` says what did not reach a group, and `tidying` forgets what is
//! old; `doctor` looks without running. They meet in the database and ring each other. A loop that
//! ends ends the others; what is under way is finished first, within `LAST`.

mod alone;
mod connecting;
mod doctor;
mod hearing;
mod receiving;
mod telling;
mod ticking;
mod tidying;
mod vault;

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use doctor::{Contents, Findings, examine};

use self::connecting::{Reaching, SetUp};
use super::bot::{Bot, BotError};
use super::reader::ChildReader;
use crate::app::App;
use crate::clock::{Clock, Ids, SystemClock};
use crate::config::Config;
use crate::domain::{JoinCode, Language, OwnForm};
use crate::store::{Store, StoreError};
use crate::web::form::{self, Forms};
use crate::web::{self, Router};

/// What is under way when the program is told to stop has this long to end.
const LAST: Duration = Duration::from_secs(8);

/// Why the bot does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// No platform is set up.
    #[error("no platform")]
    NoPlatform,
    /// The address of a server or of a webhook is none, or is refused.
    #[error("{platform}: {why}")]
    Address {
        /// Of which platform.
        platform: &'static str,
        /// Why.
        why: String,
    },
    /// The address of pages and webhooks cannot be had.
    #[error("{0}")]
    Listen(String),
    /// The platform does not know our token.
    #[error("{platform} refuses the token")]
    Token {
        /// Which platform.
        platform: &'static str,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The bot.
    #[error(transparent)]
    Bot(#[from] BotError),
    /// The program itself could not be found, to read files with.
    #[error("the program: {0}")]
    Program(#[from] std::io::Error),
}

/// What whoever started the bot is told once it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Started {
    /// The bots, in the order in which they were set up.
    pub bots: Vec<BotName>,
    /// The address by which the first specialist joins, where a platform has such addresses.
    pub first_link: Option<String>,
    /// The code of the first specialist, when nobody directs yet.
    pub first_code: Option<JoinCode>,
}

/// What people look for to find a bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotName {
    /// The platform, as people call it.
    pub platform: &'static str,
    /// The bot's name there.
    pub name: String,
}

/// Runs the bot until `ends` is cancelled. `ready` is called once everything runs, and again when a
/// platform is reached that was down at the start.
pub async fn run(
    config: &Config,
    forms: &[OwnForm],
    language: Language,
    ends: CancellationToken,
    mut ready: impl FnMut(&Started),
) -> Result<(), ServiceError> {
    // Before anything is made.
    let set_up = SetUp::all(config)?;
    let store = open(config.database.clone()).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids = Arc::new(Ids::of_system());
    let secret = format!("{:016x}{:016x}", ids.secret(), ids.secret());
    // Taken before a platform is told that it is served.
    let listener = listen(config).await?;
    let mut reaching = Reaching::begin(set_up, config, &store, &clock, &secret, &ends);
    if !reaching.enough().await? {
        return Ok(());
    }
    let reader = Arc::new(ChildReader::of_this_program()?);
    let mark = alone::mark(&config.database);
    let mut first = true;
    // Once more whenever a platform is reached that was down at the start.
    loop {
        let known = store.read().await?.contacts().await?;
        let (clock, ids) = (Arc::clone(&clock), Arc::clone(&ids));
        let (reader, public_url) = (reader.clone(), config.public_url.clone());
        let platforms = reaching.platforms(&known);
        let pages = (public_url, forms.to_vec());
        let bot = Arc::new(Bot::with_pages(store.clone(), clock, ids, platforms, reader, pages));
        if first && mark.is_some() {
            alone::free(&bot).await?;
        }
        first = false;
        for key in reaching.reached() {
            bot.app().bot_is_open(&key).await.map_err(BotError::App)?;
        }
        for key in reaching.shut(&known) {
            bot.app().bot_is_shut(&key).await.map_err(BotError::App)?;
        }
        let first_code = bot.app().first_code(language).await.map_err(BotError::App)?;
        let link =
            |code: &JoinCode| bot.platforms().iter().find_map(|platform| platform.join_link(&code.code));
        let first_link = first_code.as_ref().and_then(link);
        ready(&Started { bots: reaching.names(), first_link, first_code });
        let page: Arc<dyn Forms> = Arc::new(Page(Arc::clone(&bot)));
        let routes = reaching.routes().into_iter().chain([form::routes(page)]).collect();
        let pages = listener.as_ref().map(again).transpose()?.map(|listener| (listener, routes));
        let round = ends.child_token();
        let mut serving = pin!(serve(bot, pages, &round));
        tokio::select! {
            () = &mut serving => break,
            () = reaching.another() => round.cancel(),
        }
        serving.await;
    }
    store.close().await;
    drop(mark);
    Ok(())
}

/// Runs the loops of a bot until `ends` is cancelled or one of them ends.
async fn serve(bot: Arc<Bot>, pages: Option<(TcpListener, Vec<Router>)>, ends: &CancellationToken) {
    let mut loops = JoinSet::new();
    if let Some((listener, routes)) = pages {
        let ends = ends.clone();
        loops.spawn(async move {
            if let Err(error) = web::serve(listener, routes, ends).await {
                tracing::error!(%error, "the pages ended");
            }
        });
    }
    for platform in bot.platforms() {
        loops.spawn(receiving::run(Arc::clone(&bot), Arc::clone(platform), ends.clone()));
    }
    loops.spawn(hearing::run(Arc::clone(&bot), ends.clone()));
    loops.spawn(ticking::run(Arc::clone(&bot), ends.clone()));
    loops.spawn(telling::run(Arc::clone(&bot), ends.clone()));
    loops.spawn(tidying::run(Arc::clone(&bot), ends.clone()));
    loops.spawn(Arc::clone(bot.delivery()).run(ends.clone()));
    if let Some(Err(error)) = loops.join_next().await {
        tracing::error!(%error, "a loop of the bot ended");
    }
    ends.cancel();
    let rest = async { while loops.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST, rest).await.is_err() {
        // What was not recorded is found by its lease, or still in the inbox.
        tracing::warn!("something was still under way when the bot ended");
    }
    loops.abort_all();
}

/// The address of pages and webhooks, where there are any.
async fn listen(config: &Config) -> Result<Option<std::net::TcpListener>, ServiceError> {
    let called = [&config.public_url, &config.telegram_webhook, &config.zalo_webhook];
    if called.into_iter().all(Option::is_none) && config.zalo_oa.is_none() {
        return Ok(None);
    }
    let taken = |e: std::io::Error| ServiceError::Listen(format!("{}: {e}", config.listen));
    let listener = TcpListener::bind(&config.listen).await.map_err(taken)?;
    listener.into_std().map(Some).map_err(taken)
}

/// The same address once more: requests wait while the loops begin anew.
fn again(listener: &std::net::TcpListener) -> Result<TcpListener, ServiceError> {
    listener.try_clone().and_then(TcpListener::from_std).map_err(|e| ServiceError::Listen(e.to_string()))
}

/// The pages of forms, over the bot that runs.
struct Page(Arc<Bot>);

#[async_trait]
impl Forms for Page {
    async fn app(&self) -> Option<Arc<App>> {
        // What is sent from a page may give the planner something to see.
        self.0.stirred();
        Some(Arc::clone(self.0.app()))
    }
}

/// In a task of its own: the compiler does not see through sqlx that the future may change threads.
async fn open(file: String) -> Result<Store, StoreError> {
    let handle = tokio::runtime::Handle::current();
    let opening = tokio::task::spawn_blocking(move || handle.block_on(Store::open(&file)));
    opening.await.map_err(|e| StoreError::Other(e.to_string()))?
}
