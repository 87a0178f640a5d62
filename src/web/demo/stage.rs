//! What the page can do.

use async_trait::async_trait;
use chrono::NaiveDateTime;
use serde::Deserialize;

use super::error::StageError;
use super::view::View;
use crate::domain::Language;

/// What the page can do; `run` implements it over the simulator.
#[async_trait]
pub trait Stage: Send + Sync {
    /// Waits until the version of the view is another than `version`.
    async fn changed(&self, version: u64);

    /// How everything stands, with the messages that changed after `seen`, a [`View::seq`]; 0 for all.
    async fn view(&self, seen: u64, language: Language) -> Result<View, StageError>;

    /// A person writes. Returns the message's id.
    async fn say(&self, say: Say) -> Result<String, StageError>;

    /// A person changes what they wrote.
    async fn edit(&self, edit: Edit) -> Result<(), StageError>;

    /// A person presses a button. Returns the id of the press: its answer comes as an [`super::AnswerView`].
    async fn press(&self, press: Press) -> Result<String, StageError>;

    /// A file of a message: its name and bytes.
    async fn file(&self, id: &str) -> Result<(String, Vec<u8>), StageError>;

    /// Starts to move the clock, stopping at every due moment on the way; [`View`] tells how far it is. Refused while it
    /// moves.
    async fn move_clock(&self, to: Move) -> Result<(), StageError>;

    /// Stops the clock where it is.
    async fn stop_clock(&self) -> Result<(), StageError>;

    /// Turns a switch for what can go wrong.
    async fn fault(&self, fault: Fault) -> Result<(), StageError>;

    /// Ends the bot as if its process had died, and starts it again on the same file.
    async fn restart(&self) -> Result<(), StageError>;
}

/// A chat.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WhichChat {
    /// The platform's key.
    pub platform: String,
    /// The chat's id there.
    pub id: String,
}

/// A message of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// Who, by key.
    pub person: String,
    /// Where.
    pub chat: WhichChat,
    /// Its words.
    pub text: String,
    /// The message that it quotes.
    pub quote: Option<String>,
    /// Files.
    pub files: Vec<FileIn>,
}

/// A file that a person sends, at most 20 MB.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileIn {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Another text for a message.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Edit {
    /// Who, by key.
    pub person: String,
    /// Where.
    pub chat: WhichChat,
    /// Which message.
    pub message: String,
    /// Its new words.
    pub text: String,
}

/// A press of a button.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Press {
    /// Who, by key.
    pub person: String,
    /// Where.
    pub chat: WhichChat,
    /// The message under which the button stands.
    pub message: String,
    /// The button's action.
    pub action: String,
}

/// Where the clock goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    /// To the next moment at which something is due.
    NextDue,
    /// On by so many minutes.
    Minutes(u32),
    /// To a moment of the office's zone: `{"at":"2026-10-01T08:00:00"}`.
    At(NaiveDateTime),
}

/// A switch for what can go wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// The platform is out of reach, or again within it.
    Outage {
        /// The platform's key.
        platform: String,
        /// Out of reach.
        on: bool,
    },
    /// The next messages of the bot are answered with 429.
    TooMany {
        /// The platform's key.
        platform: String,
        /// How many.
        times: u32,
        /// Seconds to wait.
        retry_after: u32,
    },
    /// The next messages of the bot are done, but the answer is lost.
    NoAnswer {
        /// The platform's key.
        platform: String,
        /// How many.
        times: u32,
    },
    /// The last update is delivered once more.
    Duplicate {
        /// The platform's key.
        platform: String,
    },
    /// The bot is turned away from a chat, or let in again.
    Refuse {
        /// Which.
        chat: WhichChat,
        /// Turned away.
        on: bool,
    },
    /// What was set for the next messages is called off.
    Clear {
        /// The platform's key.
        platform: String,
    },
}
