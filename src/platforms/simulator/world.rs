//! The world: how it is made, looked at and switched wrong.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::error::WorldError;
use super::event::{Entry, Event, Mishap};
use super::flavour::Flavour;
use super::journal::Journal;
use super::scene::{Chat, Person, Scene};
use crate::chat::ChatKind;
use crate::domain::ChatRef;

/// A file that a person sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is switched wrong on one platform.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Switches {
    /// It is out of reach.
    pub outage: bool,
    /// What the coming messages and edits of the bot meet with, in order.
    pub mishaps: Vec<Mishap>,
    /// Chats from which the bot is turned away.
    pub refusing: Vec<ChatRef>,
}

/// The time of the world: whatever the clock of the process says.
pub(super) type Now = dyn Fn() -> DateTime<Utc> + Send + Sync;

/// The shared world; clones are the same world.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    now: Box<Now>,
    state: Mutex<State>,
    seq: watch::Sender<u64>,
}

/// What stands behind the lock.
#[derive(Default)]
pub(super) struct State {
    pub(super) scene: Scene,
    pub(super) flavours: BTreeMap<String, Flavour>,
    log: Vec<Entry>,
    files: HashMap<String, Arc<[u8]>>,
    journal: Option<Journal>,
}

impl World {
    /// An empty world that is gone with the process.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self::with(Box::new(now), State::default())
    }

    /// The world that lives in a folder; an empty one when the folder is. Everything that happens is written there
    /// before anybody is told, so that the world outlives a killed process.
    pub fn open(
        folder: &Path,
        now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
    ) -> Result<Self, WorldError> {
        let (journal, log) = Journal::open(folder)?;
        let mut scene = Scene::default();
        for entry in &log {
            scene.apply(entry);
        }
        let state = State { scene, log, journal: Some(journal), ..State::default() };
        Ok(Self::with(Box::new(now), state))
    }

    fn with(now: Box<Now>, state: State) -> Self {
        let seq = watch::Sender::new(state.scene.seq);
        Self(Arc::new(Inner { now, state: Mutex::new(state), seq }))
    }

    /// A person; the same key again only renames.
    pub fn add_person(&self, key: &str, name: &str) -> Result<(), WorldError> {
        let known = Person { key: key.into(), name: name.into() };
        self.change(|_, scene| {
            if scene.people.contains(&known) {
                return Ok(((), vec![]));
            }
            Ok(((), vec![Event::Person { key: key.into(), name: name.into() }]))
        })
    }

    /// A group with the bot in it. Nothing happens when there is a chat with this id.
    pub fn add_group(
        &self,
        platform: &str,
        id: &str,
        title: &str,
        members: &[&str],
    ) -> Result<ChatRef, WorldError> {
        let chat = ChatRef { platform: platform.into(), id: id.into() };
        self.change(|state, scene| {
            state.flavour(platform)?;
            members.iter().try_for_each(|m| scene.person(m).map(drop))?;
            if scene.chats.contains_key(&chat) {
                return Ok((chat.clone(), vec![]));
            }
            let members = members.iter().map(|m| (*m).to_owned()).collect();
            let title = title.to_owned();
            let opened = Event::Opened { chat: chat.clone(), kind: ChatKind::Group, title, members };
            Ok((chat.clone(), vec![opened]))
        })
    }

    /// The private chat of a person with the bot, opened when there was none: its id is the person's key. The bot can
    /// write there once the person wrote.
    pub fn private_chat(&self, platform: &str, key: &str) -> Result<ChatRef, WorldError> {
        let chat = ChatRef { platform: platform.into(), id: key.into() };
        self.change(|state, scene| {
            state.flavour(platform)?;
            let person = scene.person(key)?;
            if scene.chats.contains_key(&chat) {
                return Ok((chat.clone(), vec![]));
            }
            let (title, members) = (person.name.clone(), vec![key.to_owned()]);
            let opened = Event::Opened { chat: chat.clone(), kind: ChatKind::Private, title, members };
            Ok((chat.clone(), vec![opened]))
        })
    }

    /// Puts a platform out of reach, or within it again.
    pub fn set_outage(&self, platform: &str, on: bool) -> Result<(), WorldError> {
        self.change(|_, _| Ok(((), vec![Event::Outage { platform: platform.into(), on }])))
    }

    /// Turns the bot away from a chat, or lets it in again.
    pub fn set_refusing(&self, chat: &ChatRef, on: bool) -> Result<(), WorldError> {
        self.change(|_, scene| {
            scene.open_chat(chat)?;
            Ok(((), vec![Event::Refusing { chat: chat.clone(), on }]))
        })
    }

    /// Lets the next `times` messages and edits of the bot meet with a mishap, after those that already wait.
    pub fn set_mishap(&self, platform: &str, mishap: Mishap, times: u32) -> Result<(), WorldError> {
        self.change(|_, _| Ok(((), vec![Event::MishapSet { platform: platform.into(), mishap, times }])))
    }

    /// Calls off the mishaps that wait.
    pub fn clear_mishaps(&self, platform: &str) -> Result<(), WorldError> {
        self.change(|_, _| Ok(((), vec![Event::MishapsCleared { platform: platform.into() }])))
    }

    /// Delivers the last update once more, with the same key. Returns whether there was one.
    pub fn repeat_last_update(&self, platform: &str) -> Result<bool, WorldError> {
        self.change(|_, scene| {
            let last = scene.lines.get(platform).and_then(|line| line.last.clone());
            let again: Vec<_> = last.into_iter().map(|incoming| Event::Update { incoming }).collect();
            Ok((!again.is_empty(), again))
        })
    }

    /// What is switched wrong on a platform.
    pub fn switches(&self, platform: &str) -> Switches {
        let state = self.lock();
        let refusing = |c: &&Chat| c.refusing && c.at.platform == platform;
        let refusing = state.scene.chats.values().filter(refusing).map(|c| c.at.clone()).collect();
        let line = state.scene.lines.get(platform);
        Switches {
            outage: line.is_some_and(|l| l.outage),
            mishaps: line.map(|l| l.mishaps.iter().copied().collect()).unwrap_or_default(),
            refusing,
        }
    }

    /// Everybody, in the order in which they came.
    pub fn people(&self) -> Vec<Person> {
        self.lock().scene.people.clone()
    }

    /// All chats with their messages, ordered by platform and id.
    pub fn chats(&self) -> Vec<Chat> {
        self.lock().scene.chats.values().cloned().collect()
    }

    /// Looks at every chat without copying it.
    pub fn with_chats<T>(&self, look: impl FnMut(&Chat) -> T) -> Vec<T> {
        self.lock().scene.chats.values().map(look).collect()
    }

    /// One chat.
    pub fn chat(&self, chat: &ChatRef) -> Option<Chat> {
        self.lock().scene.chats.get(chat).cloned()
    }

    /// The platforms that are played.
    pub fn flavours(&self) -> Vec<Flavour> {
        self.lock().flavours.values().cloned().collect()
    }

    /// A file: its name and bytes.
    pub fn file(&self, id: &str) -> Option<(String, Arc<[u8]>)> {
        let mut state = self.lock();
        let files = state.scene.chats.values().flat_map(|c| &c.messages).flat_map(|m| &m.files);
        let name = files.into_iter().find(|f| f.id == id)?.name.clone();
        Some((name, state.bytes(id)?))
    }

    /// The number of the last entry; 0 before the first.
    pub fn seq(&self) -> u64 {
        self.lock().scene.seq
    }

    /// The entries with a number greater than `since`, in order.
    pub fn log(&self, since: u64) -> Vec<Entry> {
        let state = self.lock();
        let from = usize::try_from(since).unwrap_or(usize::MAX).min(state.log.len());
        state.log[from..].to_vec()
    }

    /// How many updates the bot has not acknowledged, over all platforms.
    pub fn waiting_updates(&self) -> usize {
        self.lock().scene.lines.values().map(|line| line.waiting.len()).sum()
    }

    /// Carries the number of the last entry; changes with every one.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.seq.subscribe()
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        (self.0.now)()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn change<T>(
        &self,
        decide: impl FnOnce(&State, &Scene) -> Result<(T, Vec<Event>), WorldError>,
    ) -> Result<T, WorldError> {
        let mut state = self.lock();
        let (result, events) = decide(&state, &state.scene)?;
        self.record(&mut state, events)?;
        Ok(result)
    }

    /// Writes entries down, adds them to the sum and tells who waits.
    pub(super) fn record(&self, state: &mut State, events: Vec<Event>) -> Result<(), WorldError> {
        if events.is_empty() {
            return Ok(());
        }
        let at = self.now();
        let entries: Vec<_> =
            (state.scene.seq + 1..).zip(events).map(|(seq, event)| Entry { seq, at, event }).collect();
        if let Some(journal) = &mut state.journal {
            journal.write(&entries)?;
        }
        for entry in entries {
            state.scene.apply(&entry);
            state.log.push(entry);
        }
        self.0.seq.send_replace(state.scene.seq);
        Ok(())
    }
}

impl State {
    pub(super) fn flavour(&self, platform: &str) -> Result<&Flavour, WorldError> {
        self.flavours.get(platform).ok_or_else(|| WorldError::UnknownPlatform(platform.to_owned()))
    }

    pub(super) fn keep_file(&mut self, id: &str, bytes: Vec<u8>) -> Result<(), WorldError> {
        match &self.journal {
            Some(journal) => journal.write_file(id, &bytes),
            None => {
                self.files.insert(id.to_owned(), bytes.into());
                Ok(())
            }
        }
    }

    pub(super) fn bytes(&mut self, id: &str) -> Option<Arc<[u8]>> {
        match &self.journal {
            Some(journal) => journal.read_file(id).map(Into::into),
            None => self.files.get(id).cloned(),
        }
    }
}
