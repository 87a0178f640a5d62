//! How the world stands: the sum of its entries.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, Duration, Utc};

use super::error::WorldError;
use super::event::{Author, Entry, Event, Mishap, StoredFile};
use crate::chat::{Button, ChatKind, Incoming, Reaction, Text};
use crate::domain::ChatRef;

/// Somebody who is no bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id of the account on every platform.
    pub key: String,
    /// The name that platforms show.
    pub name: String,
}

/// A chat with all that was said in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chat {
    /// Where.
    pub at: ChatRef,
    /// Private or group.
    pub kind: ChatKind,
    /// What people call it; of a private chat the person's name when it was opened.
    pub title: String,
    /// Keys of its people.
    pub members: Vec<String>,
    /// Whether the bot may write: it is in the group, or the person wrote first and has not blocked it.
    pub bot: bool,
    /// Whether the bot was taken out, or blocked, and not put back.
    pub removed: bool,
    /// Whether the platform turns the bot away: a fault switch.
    pub refusing: bool,
    /// Its new id, once it moved.
    pub moved_to: Option<ChatRef>,
    /// All messages in order, deleted ones too.
    pub messages: Vec<Message>,
    /// The last moments of the bot's messages and edits, for the limit a minute.
    pub(super) recent: VecDeque<DateTime<Utc>>,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id within the chat: 1, 2, 3 …
    pub id: String,
    /// Who.
    pub author: Author,
    /// When.
    pub at: DateTime<Utc>,
    /// Its words.
    pub text: Text,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
    /// The message that it quotes.
    pub quote: Option<String>,
    /// Files.
    pub files: Vec<StoredFile>,
    /// Whether the bot was told of it.
    pub heard: bool,
    /// When its text was last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// The bot's mark on it.
    pub mark: Option<Reaction>,
    /// Whether it is pinned.
    pub pinned: bool,
    /// Whether it is deleted.
    pub deleted: bool,
    /// The number of the entry that last changed it.
    pub changed: u64,
}

/// What one platform has for the bot, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) waiting: Vec<Incoming>,
    pub(super) last: Option<Incoming>,
    pub(super) updates: u64,
    pub(super) presses: u64,
    pub(super) outage: bool,
    pub(super) mishaps: VecDeque<Mishap>,
    pub(super) recent: VecDeque<DateTime<Utc>>,
}

/// Everything.
#[derive(Debug, Clone, Default)]
pub(super) struct Scene {
    pub(super) seq: u64,
    pub(super) people: Vec<Person>,
    pub(super) chats: BTreeMap<ChatRef, Chat>,
    pub(super) lines: BTreeMap<String, Line>,
    pub(super) files: u64,
    pub(super) presses: BTreeSet<(String, String)>,
}

impl Scene {
    /// Adds one entry to the sum.
    pub(super) fn apply(&mut self, entry: &Entry) {
        self.seq = entry.seq;
        match &entry.event {
            Event::Person { key, name } => self.name_person(key, name),
            Event::Opened { chat, kind, title, members } => self.open(chat, *kind, title, members),
            Event::Joined { chat, person } => self.with_chat(chat, |c| c.members.push(person.clone())),
            Event::Left { chat, person } => self.with_chat(chat, |c| c.members.retain(|m| m != person)),
            Event::BotAdded { chat } => self.with_chat(chat, |c| {
                c.bot = true;
                c.removed = false;
            }),
            Event::BotRemoved { chat } => self.with_chat(chat, |c| {
                c.bot = false;
                c.removed = true;
            }),
            Event::Moved { chat, to } => self.with_chat(chat, |c| c.moved_to = Some(to.clone())),
            Event::Said { .. } => self.said(entry),
            Event::Edited { chat, message, by, text, buttons } => {
                self.with_message(chat, message, entry.seq, |m| {
                    m.text = text.clone();
                    m.buttons = buttons.clone();
                    m.edited_at = Some(entry.at);
                });
                if *by == Author::Bot {
                    self.count(chat, entry.at);
                }
            }
            Event::Deleted { chat, message } => {
                self.with_message(chat, message, entry.seq, |m| m.deleted = true);
            }
            Event::Reacted { chat, message, mark } => {
                self.with_message(chat, message, entry.seq, |m| m.mark = Some(*mark));
            }
            Event::Pinned { chat, message } => {
                self.with_message(chat, message, entry.seq, |m| m.pinned = true);
            }
            Event::Unpinned { chat, message } => {
                self.with_message(chat, message, entry.seq, |m| m.pinned = false);
            }
            Event::Pressed { chat, press, .. } => {
                self.line(&chat.platform).presses += 1;
                self.presses.insert((chat.platform.clone(), press.clone()));
            }
            Event::PressAnswered { .. } => {}
            Event::Update { incoming } => self.queue(incoming),
            Event::Acknowledged { platform, keys } => {
                self.line(platform).waiting.retain(|update| !keys.contains(&update.key));
            }
            Event::Outage { platform, on } => self.line(platform).outage = *on,
            Event::Refusing { chat, on } => self.with_chat(chat, |c| c.refusing = *on),
            Event::MishapSet { platform, mishap, times } => {
                self.line(platform).mishaps.extend((0..*times).map(|_| *mishap));
            }
            Event::MishapMet { platform, .. } => {
                self.line(platform).mishaps.pop_front();
            }
            Event::MishapsCleared { platform } => self.line(platform).mishaps.clear(),
        }
    }

    pub(super) fn line(&mut self, platform: &str) -> &mut Line {
        self.lines.entry(platform.to_owned()).or_default()
    }

    fn name_person(&mut self, key: &str, name: &str) {
        match self.people.iter_mut().find(|p| p.key == key) {
            Some(person) => name.clone_into(&mut person.name),
            None => self.people.push(Person { key: key.to_owned(), name: name.to_owned() }),
        }
    }

    fn open(&mut self, at: &ChatRef, kind: ChatKind, title: &str, members: &[String]) {
        let chat = Chat {
            at: at.clone(),
            kind,
            title: title.to_owned(),
            members: members.to_vec(),
            bot: kind == ChatKind::Group,
            removed: false,
            refusing: false,
            moved_to: None,
            messages: Vec::new(),
            recent: VecDeque::new(),
        };
        self.chats.insert(at.clone(), chat);
    }

    fn said(&mut self, entry: &Entry) {
        let Event::Said { chat, message, author, text, buttons, quote, files, heard } = &entry.event else {
            return;
        };
        self.files += files.len() as u64;
        self.with_chat(chat, |c| {
            // Who writes to the bot has opened the private chat; a block holds until it is taken back.
            c.bot |= c.kind == ChatKind::Private && *author != Author::Bot && !c.removed;
            c.messages.push(Message {
                id: message.clone(),
                author: author.clone(),
                at: entry.at,
                text: text.clone(),
                buttons: buttons.clone(),
                quote: quote.clone(),
                files: files.clone(),
                heard: *heard,
                edited_at: None,
                mark: None,
                pinned: false,
                deleted: false,
                changed: entry.seq,
            });
        });
        if *author == Author::Bot {
            self.count(chat, entry.at);
        }
    }

    /// Counts a message or an edit of the bot for the limits; the windows are a minute and a second.
    fn count(&mut self, chat: &ChatRef, at: DateTime<Utc>) {
        self.with_chat(chat, |c| push_within(&mut c.recent, at, Duration::minutes(1)));
        push_within(&mut self.line(&chat.platform).recent, at, Duration::seconds(1));
    }

    fn queue(&mut self, incoming: &Incoming) {
        let line = self.line(&incoming.chat.platform);
        // A repeated update keeps its key and is not counted again.
        if line.last.as_ref().is_none_or(|last| last.key != incoming.key) {
            line.updates += 1;
        }
        line.last = Some(incoming.clone());
        line.waiting.push(incoming.clone());
    }

    fn with_chat(&mut self, chat: &ChatRef, change: impl FnOnce(&mut Chat)) {
        if let Some(chat) = self.chats.get_mut(chat) {
            change(chat);
        }
    }

    fn with_message(&mut self, chat: &ChatRef, id: &str, seq: u64, change: impl FnOnce(&mut Message)) {
        self.with_chat(chat, |c| {
            if let Some(message) = c.messages.iter_mut().find(|m| m.id == id) {
                change(message);
                message.changed = seq;
            }
        });
    }
}

fn push_within(window: &mut VecDeque<DateTime<Utc>>, at: DateTime<Utc>, length: Duration) {
    window.push_back(at);
    while window.front().is_some_and(|first| *first + length <= at) {
        window.pop_front();
    }
}

impl Chat {
    /// A message that is still there.
    pub fn message(&self, id: &str) -> Option<&Message> {
        self.messages.iter().find(|m| m.id == id && !m.deleted)
    }

    pub(super) fn next_message(&self) -> String {
        (self.messages.len() + 1).to_string()
    }
}

impl Message {
    /// Whether the bot wrote it.
    pub fn of_bot(&self) -> bool {
        self.author == Author::Bot
    }
}

impl Scene {
    pub(super) fn person(&self, key: &str) -> Result<&Person, WorldError> {
        self.people.iter().find(|p| p.key == key).ok_or_else(|| WorldError::UnknownPerson(key.to_owned()))
    }

    /// A chat that has not moved.
    pub(super) fn open_chat(&self, chat: &ChatRef) -> Result<&Chat, WorldError> {
        let open = self.chats.get(chat).filter(|c| c.moved_to.is_none());
        open.ok_or_else(|| WorldError::UnknownChat(chat.id.clone()))
    }

    /// A chat that the person is in.
    pub(super) fn chat_of(&self, key: &str, chat: &ChatRef) -> Result<&Chat, WorldError> {
        let person = self.person(key)?;
        let room = self.open_chat(chat)?;
        let inside = room.members.contains(&person.key);
        if inside { Ok(room) } else { Err(WorldError::NotMember(person.name.clone())) }
    }
}
