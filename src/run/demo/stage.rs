//! What the page can do.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;

use super::Demo;
use crate::app::App;
use crate::clock::Clock;
use crate::domain::{ChatRef, Language, instant};
use crate::platforms::simulator::{Author, Event, Mishap, NewFile, WorldError};
use crate::web::demo::{Edit, Fault, Move, MovingView, Press, Say, Stage, StageError, View, WhichChat};
use crate::web::form::Forms;

/// "To the next event" gives up after this time: nothing is due any more.
const HORIZON: Duration = Duration::days(400);

/// Messages that leave within this time are one event to whoever watches.
const ONE_MOMENT: Duration = Duration::minutes(1);

/// The demo as its page sees it.
pub(super) struct Page(pub(super) Arc<Demo>);

impl std::ops::Deref for Page {
    type Target = Demo;
    fn deref(&self) -> &Demo {
        &self.0
    }
}

#[async_trait]
impl Stage for Page {
    async fn changed(&self, version: u64) {
        let mut versions = self.version.subscribe();
        let mut changes = self.world.changes();
        while self.view_version() == version {
            tokio::select! {
                changed = versions.changed() => if changed.is_err() { return },
                changed = changes.changed() => if changed.is_err() { return },
            }
        }
    }

    async fn view(&self, seen: u64, language: Language) -> Result<View, StageError> {
        Ok(self.look(seen, language))
    }

    async fn say(&self, say: Say) -> Result<String, StageError> {
        let files = say.files.into_iter().map(|f| NewFile { name: f.name, bytes: f.bytes }).collect();
        let chat = self.chat(&say.chat, &say.person)?;
        let said = self.world.say(&say.person, &chat, &say.text, say.quote.as_deref(), files);
        said.map_err(refused)
    }

    async fn edit(&self, edit: Edit) -> Result<(), StageError> {
        let chat = self.chat(&edit.chat, &edit.person)?;
        self.world.edit(&edit.person, &chat, &edit.message, &edit.text).map_err(refused)
    }

    async fn press(&self, press: Press) -> Result<String, StageError> {
        let chat = self.chat(&press.chat, &press.person)?;
        self.world.press(&press.person, &chat, &press.message, &press.action).map_err(refused)
    }

    async fn file(&self, id: &str) -> Result<(String, Vec<u8>), StageError> {
        let (name, bytes) = self.world.file(id).ok_or(StageError::NotThere)?;
        Ok((name, bytes.to_vec()))
    }

    async fn move_clock(&self, to: Move) -> Result<(), StageError> {
        if self.is_moving() || self.state(|s| s.loading) {
            return Err(StageError::Busy);
        }
        let now = self.clock.now();
        let (target, until_something) = match to {
            Move::NextDue => (now + HORIZON, true),
            Move::Minutes(minutes) => (now + Duration::minutes(i64::from(minutes)), false),
            Move::At(local) => (instant(local.date(), local.time(), Ho_Chi_Minh), false),
        };
        if target <= now {
            return Err(StageError::Past);
        }
        let shown =
            if until_something { self.state(|s| s.next_due).unwrap_or(target).min(target) } else { target };
        self.stop.store(false, Ordering::Relaxed);
        self.with_state(|s| s.moving = Some(MovingView { from: now, to: shown.max(now), stops: 0 }));
        let this = Arc::clone(&self.0);
        tokio::spawn(async move { this.travel(target, until_something).await });
        Ok(())
    }

    async fn stop_clock(&self) -> Result<(), StageError> {
        self.stop.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn fault(&self, fault: Fault) -> Result<(), StageError> {
        let world = &self.world;
        match fault {
            Fault::Outage { platform, on } => world.set_outage(&platform, on),
            Fault::TooMany { platform, times, retry_after } => {
                world.set_mishap(&platform, Mishap::TooMany { retry_after }, times)
            }
            Fault::NoAnswer { platform, times } => {
                world.set_mishap(&platform, Mishap::NoAnswer { done: true }, times)
            }
            Fault::Duplicate { platform } => world.repeat_last_update(&platform).map(drop),
            Fault::Refuse { chat, on } => world.set_refusing(&at(&chat), on),
            Fault::Clear { platform } => world.clear_mishaps(&platform),
        }
        .map_err(refused)?;
        self.bump();
        Ok(())
    }

    async fn restart(&self) -> Result<(), StageError> {
        if self.is_moving() {
            return Err(StageError::Busy);
        }
        let this = Arc::clone(&self.0);
        // A task of its own: a page that goes away does not stop it half-way.
        let restarted = tokio::spawn(async move { this.restart_bot().await });
        restarted.await.unwrap_or_else(|_| Err(StageError::Failed("RESTART".into())))
    }
}

#[async_trait]
impl Forms for Page {
    async fn app(&self) -> Option<Arc<App>> {
        let app = self.bot.lock().await.as_ref().map(|bot| Arc::clone(bot.app()));
        // What is sent from a page may give the bot something to say at once.
        self.with_state(|s| s.next_due = None);
        app
    }
}

impl Demo {
    /// Ends the bot where it is and starts it again on the same file.
    async fn restart_bot(&self) -> Result<(), StageError> {
        let mut bot = self.bot.lock().await;
        if let Some(old) = bot.take() {
            let store = old.app().store().clone();
            store.close().await;
        }
        match self.new_bot().await {
            Ok(new) => *bot = Some(new),
            Err(error) => return Err(StageError::Failed(error.code().to_owned())),
        }
        drop(bot);
        self.settle().await;
        Ok(())
    }

    /// Moves the clock, stopping at every due moment; until the bot has spoken, or to the end.
    async fn travel(self: Arc<Self>, target: DateTime<Utc>, until_something: bool) {
        let spoken = self.world.seq();
        loop {
            let next = self.settle().await;
            let now = self.clock.now();
            // What the pace of a platform puts off by seconds belongs to the same moment.
            let more = next.is_some_and(|at| at - now < ONE_MOMENT);
            let said = until_something && !more && self.has_spoken_since(spoken);
            if now >= target || said || self.stopped() {
                break;
            }
            let Some(next) = next.or(Some(target)) else { break };
            if until_something && next > target {
                break;
            }
            self.clock.set(next.min(target).max(now + Duration::milliseconds(1)));
            self.with_state(|s| {
                if let Some(moving) = &mut s.moving {
                    moving.stops += 1;
                    moving.to = moving.to.max(self.clock.now());
                }
            });
            tokio::task::yield_now().await;
        }
        self.with_state(|s| s.moving = None);
    }

    /// Whether the bot has written or edited something since an entry.
    fn has_spoken_since(&self, seq: u64) -> bool {
        self.world.log(seq).iter().any(|entry| matches!(entry.event, Event::Said { author: Author::Bot, .. }))
    }

    fn chat(&self, which: &WhichChat, person: &str) -> Result<ChatRef, StageError> {
        if which.id == person {
            return self.world.private_chat(&which.platform, person).map_err(refused);
        }
        Ok(at(which))
    }
}

fn at(which: &WhichChat) -> ChatRef {
    ChatRef { platform: which.platform.clone(), id: which.id.clone() }
}

fn refused(error: WorldError) -> StageError {
    match error {
        WorldError::UnknownPlatform(_)
        | WorldError::UnknownPerson(_)
        | WorldError::UnknownChat(_)
        | WorldError::UnknownMessage(_)
        | WorldError::UnknownButton(_) => StageError::NotThere,
        WorldError::NotMember(name) => StageError::NotMember(name),
        WorldError::NotYours => StageError::CannotEdit,
        WorldError::Empty => StageError::EmptyMessage,
        WorldError::Folder(_) | WorldError::Damaged { .. } => {
            tracing::error!(%error, "the world could not be written");
            StageError::Failed("WORLD".into())
        }
    }
}
