//! What can happen in the world. The state is nothing but the sum of these.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::{AttachmentKind, Button, ChatKind, Incoming, Reaction, Text};
use crate::domain::ChatRef;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number: 1, 2, 3 …
    pub seq: u64,
    /// When, by the world's time.
    pub at: DateTime<Utc>,
    /// What.
    pub event: Event,
}

/// What happened. People are named by their keys, messages by their ids within the chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields say what they hold")]
pub enum Event {
    /// A person is in the world; again with another name: renamed.
    Person { key: String, name: String },
    /// A chat was opened; a group has the bot in it from the start, a private chat once its person wrote.
    Opened { chat: ChatRef, kind: ChatKind, title: String, members: Vec<String> },
    /// A person entered a group.
    Joined { chat: ChatRef, person: String },
    /// A person left a group.
    Left { chat: ChatRef, person: String },
    /// The bot was put into a group, or unblocked.
    BotAdded { chat: ChatRef },
    /// The bot was taken out of a group, or blocked.
    BotRemoved { chat: ChatRef },
    /// A group has another id; its people are there, its messages are not.
    Moved { chat: ChatRef, to: ChatRef },
    /// Somebody wrote.
    Said {
        chat: ChatRef,
        message: String,
        author: Author,
        text: Text,
        buttons: Vec<Vec<Button>>,
        quote: Option<String>,
        files: Vec<StoredFile>,
        /// Whether the bot is told of it; true for its own.
        heard: bool,
    },
    /// A message has another text.
    Edited { chat: ChatRef, message: String, by: Author, text: Text, buttons: Vec<Vec<Button>> },
    /// A message was deleted.
    Deleted { chat: ChatRef, message: String },
    /// The bot marked a message; another mark takes the place of the first.
    Reacted { chat: ChatRef, message: String, mark: Reaction },
    /// The bot pinned a message.
    Pinned { chat: ChatRef, message: String },
    /// The bot unpinned a message.
    Unpinned { chat: ChatRef, message: String },
    /// A person pressed a button.
    Pressed { chat: ChatRef, message: String, person: String, action: String, press: String },
    /// The bot answered a press; only the presser sees it.
    PressAnswered { chat: ChatRef, press: String, text: String },
    /// An update waits for the bot, and comes again and again until it is acknowledged.
    Update { incoming: Incoming },
    /// The bot has these updates.
    Acknowledged { platform: String, keys: Vec<String> },
    /// The platform is out of reach, or again within it.
    Outage { platform: String, on: bool },
    /// The platform turns the bot away from a chat, or lets it in again.
    Refusing { chat: ChatRef, on: bool },
    /// So many coming messages and edits of the bot meet with this.
    MishapSet { platform: String, mishap: Mishap, times: u32 },
    /// One did.
    MishapMet { platform: String, mishap: Mishap },
    /// The mishaps that are still waiting are called off.
    MishapsCleared { platform: String },
}

/// Who wrote.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The bot.
    Bot,
    /// A person, by key.
    Person(String),
}

/// What goes wrong with a message or an edit of the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mishap {
    /// 429 with so many seconds to wait; it was not done.
    TooMany {
        /// Seconds.
        retry_after: u32,
    },
    /// The request leaves and no answer comes.
    NoAnswer {
        /// Whether it was done all the same.
        done: bool,
    },
    /// The call never returns: the moment to kill the process.
    Hang {
        /// Whether it was done before.
        done: bool,
    },
}

/// A file in the world; its bytes are kept apart, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    /// Its id: `f1`, `f2` …
    pub id: String,
    /// Its name, as given.
    pub name: String,
    /// What it is.
    pub kind: AttachmentKind,
    /// Bytes.
    pub size: u64,
}
