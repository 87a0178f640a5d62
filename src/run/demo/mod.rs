//! `giaoban demo`: the bot over the make-believe world, with a page to play in.
//!
//! One folder holds everything: the database and the journal of the world, so that a killed process goes on where it
//! was. `Demo` keeps the bot and the clock; `stage` is what the page can do with it, `view` what the page sees, `sample`
//! the office that is there at the first start, `kept` what the folder holds beside the database and the world.

mod kept;
mod sample;
mod stage;
mod view;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::{Mutex as AsyncMutex, watch};
use tokio_util::sync::CancellationToken;

use super::bot::{Bot, BotError};
use super::reader::ChildReader;
use crate::chat::Platform;
use crate::clock::{Clock, Ids, ManualClock};
use crate::domain::{Language, OwnForm};
use crate::platforms::simulator::{Flavour, Simulator, World, WorldError};
use crate::store::{Store, StoreError};
use crate::web::demo::{self, MovingView, PersonView};

/// What to show.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the database and the world.
    pub folder: PathBuf,
    /// A schedule to load instead of the sample: its name and bytes.
    pub schedule: Option<(String, Vec<u8>)>,
    /// The port of the page; 0 for any.
    pub port: u16,
    /// The language of the bot.
    pub language: Language,
    /// Where the pages of forms are reached; at the demo's own address without.
    pub public_url: Option<String>,
    /// Further ready forms.
    pub forms: Vec<OwnForm>,
}

/// Why the demo could not start.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder or the journal of the world.
    #[error("{0}")]
    Folder(String),
    /// The port is taken.
    #[error("port {0} is in use")]
    Port(u16),
    /// The bot.
    #[error(transparent)]
    Bot(#[from] BotError),
    /// The page ended.
    #[error("the page: {0}")]
    Page(#[from] std::io::Error),
}

/// The demo at play.
pub(super) struct Demo {
    world: World,
    clock: Arc<ManualClock>,
    ids: Arc<Ids>,
    folder: PathBuf,
    reader: Arc<ChildReader>,
    /// Held by whoever lets the bot act; none only while it is being restarted.
    bot: AsyncMutex<Option<Bot>>,
    people: Mutex<Vec<(PersonView, sample::Persona)>>,
    state: Mutex<State>,
    /// Rung when the view changes.
    version: watch::Sender<u64>,
    stop: AtomicBool,
    name: String,
    /// Where the pages of forms are reached.
    public_url: String,
    forms: Vec<OwnForm>,
}

/// What is shown beside the world.
#[derive(Default)]
struct State {
    next_due: Option<DateTime<Utc>>,
    moving: Option<MovingView>,
    loading: bool,
    problem: Option<String>,
}

/// Runs the demo until `ends` is cancelled. `ready` is called with the address of the page once it answers.
pub async fn run(
    options: Options,
    ends: CancellationToken,
    ready: impl FnOnce(&str),
) -> Result<(), DemoError> {
    let listener = demo::listen(options.port).await.map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => DemoError::Port(options.port),
        _ => DemoError::Page(e),
    })?;
    let told = |e: std::io::Error| DemoError::Folder(e.to_string());
    std::fs::create_dir_all(&options.folder).map_err(told)?;
    kept::forget_half_made(&options.folder).map_err(told)?;
    let address = format!("http://{}/", listener.local_addr()?);
    let demo = Arc::new(Demo::open(&options, &address).await?);
    let playing = tokio::spawn(Arc::clone(&demo).play(options, ends.clone()));
    ready(&address);
    let (page, forms) = (Arc::new(stage::Page(Arc::clone(&demo))), Arc::new(stage::Page(demo)));
    demo::serve(listener, page, forms, ends.clone()).await?;
    ends.cancel();
    let _ = playing.await;
    Ok(())
}

impl Demo {
    async fn open(options: &Options, address: &str) -> Result<Self, DemoError> {
        let clock = Arc::new(ManualClock::new(sample::first_moment()));
        let told = |e: WorldError| DemoError::Folder(e.to_string());
        let world = World::open(&kept::world(&options.folder), {
            let clock = Arc::clone(&clock);
            move || clock.now()
        })
        .map_err(told)?;
        // After a restart of the process the world goes on where it was.
        let last = world.log(0).last().map(|entry| entry.at);
        if let Some(at) = last.max(kept::clock(&options.folder)) {
            clock.set(at);
        }
        let demo = Self {
            world,
            clock,
            ids: Arc::new(Ids::of_system()),
            folder: options.folder.clone(),
            reader: Arc::new(ChildReader::of_this_program()?),
            bot: AsyncMutex::new(None),
            people: Mutex::default(),
            state: Mutex::new(State { loading: true, ..State::default() }),
            version: watch::Sender::new(1),
            stop: AtomicBool::new(false),
            name: options.folder.display().to_string(),
            public_url: options.public_url.clone().unwrap_or_else(|| address.to_owned()),
            forms: options.forms.clone(),
        };
        *demo.bot.lock().await = Some(demo.new_bot().await?);
        Ok(demo)
    }

    async fn new_bot(&self) -> Result<Bot, StoreError> {
        let file = kept::database(&self.folder).to_string_lossy().into_owned();
        // A task of its own: the compiler does not see through sqlx that the future may change threads.
        let handle = tokio::runtime::Handle::current();
        let opening = tokio::task::spawn_blocking(move || handle.block_on(Store::open(&file)));
        let store = opening.await.map_err(|e| StoreError::Other(e.to_string()))??;
        let platforms: Vec<Arc<dyn Platform>> = vec![
            Arc::new(Simulator::new(&self.world, Flavour::telegram_like())),
            Arc::new(Simulator::new(&self.world, Flavour::zalo_like())),
        ];
        let reader = Arc::clone(&self.reader);
        let (ids, address) = (Arc::clone(&self.ids), Some(self.public_url.clone()));
        let pages = (address, self.forms.clone());
        Ok(Bot::with_pages(store, self.clock.clone(), ids, platforms, reader, pages))
    }

    /// Sets the stage, then lets the bot act whenever something happens, and the clock go with the real one.
    async fn play(self: Arc<Self>, options: Options, ends: CancellationToken) {
        if let Err(error) = self.set_up(&options).await {
            tracing::error!(%error, "the sample office could not be made");
            self.with_state(|s| s.problem = Some(error.to_string()));
        }
        self.with_state(|s| s.loading = false);
        let mut changes = self.world.changes();
        while !ends.is_cancelled() {
            if !self.is_moving() {
                self.settle_if_needed().await;
            }
            tokio::select! {
                () = ends.cancelled() => {}
                _ = changes.changed() => self.bump(),
                () = real_second() => if !self.is_moving() {
                    self.clock.advance(chrono::Duration::seconds(1));
                },
            }
        }
        if let Some(bot) = self.bot.lock().await.take() {
            bot.app().store().close().await;
        }
    }

    /// Lets the bot act when something waits for it or a moment has come.
    async fn settle_if_needed(&self) {
        let due = self.state(|s| s.next_due).is_none_or(|at| at <= self.clock.now());
        if due || self.world.waiting_updates() > 0 {
            self.settle().await;
        }
    }

    /// Lets the bot act once; the next moment at which it has something to do.
    async fn settle(&self) -> Option<DateTime<Utc>> {
        let bot = self.bot.lock().await;
        let next = match bot.as_ref() {
            Some(bot) => bot.settle().await,
            None => return None,
        };
        drop(bot);
        if let Err(error) = kept::keep_clock(&self.folder, self.clock.now()) {
            tracing::warn!(%error, "the clock could not be written down");
        }
        let far = self.clock.now() + chrono::Duration::days(400);
        let next = next.unwrap_or_else(|error| {
            tracing::error!(%error, "the bot could not act");
            self.with_state(|s| s.problem = Some(error.to_string()));
            None
        });
        self.with_state(|s| s.next_due = Some(next.unwrap_or(far)));
        next
    }

    fn is_moving(&self) -> bool {
        self.state(|s| s.moving.is_some())
    }

    fn state<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn with_state(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.bump();
    }

    fn bump(&self) {
        self.version.send_modify(|v| *v += 1);
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

#[expect(clippy::disallowed_methods, reason = "the demo's clock goes with the real one, second by second")]
async fn real_second() {
    tokio::time::sleep(Duration::from_secs(1)).await;
}
