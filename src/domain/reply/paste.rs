//! A stretch of chat, and the text to put into a group that has no bot.

use serde::{Deserialize, Serialize};

use super::ReadBack;
use crate::domain::{Field, Month, TaskLine, Value};

/// What is said about a stretch of chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasteReply {
    /// What would be booked, and what is not certain. Two buttons.
    Preview {
        /// In the order of the messages.
        answers: Vec<PastedAnswer>,
        /// Lines that are asked about.
        doubts: Vec<PastedLine>,
        /// How many messages are no answers.
        talk: usize,
        /// Names whose school an officer told, now or before.
        remembered: Vec<PastedName>,
    },
    /// Booked.
    Taken {
        /// Answers booked.
        booked: usize,
        /// Answers that were there already.
        same: usize,
        /// Lines still not certain.
        doubtful: usize,
        /// Schools.
        schools: usize,
    },
    /// To a person of the schools: what was booked for them, all in one message.
    Booked {
        /// Figures and the like.
        values: Vec<ReadBack>,
        /// Words that it is done or received: school, task, done.
        said: Vec<(String, String, bool)>,
    },
    /// The text to copy.
    CopyOut {
        /// The month of today.
        month: Month,
        /// The tasks with their fields.
        lines: Vec<(TaskLine, Vec<Field>)>,
    },
}

/// An answer in the stretch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedAnswer {
    /// The place of its message, from 1.
    pub number: usize,
    /// Short name of the school.
    pub school: String,
    /// Whose message it is, as its program shows the sender; empty where that says the school.
    pub by: String,
    /// The task.
    pub code: String,
    /// When it was said, as printed; empty where nothing tells.
    pub at: String,
    /// What was given; empty for the word that it is done.
    pub values: Vec<(Field, Value)>,
}

/// A line of the stretch that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedLine {
    /// Its place among the messages, from 1: by it the officer names it.
    pub number: usize,
    /// As its program shows the sender.
    pub name: String,
    /// The beginning of its words.
    pub words: String,
    /// Why it is asked about: `whose`, `task`, `unclear`, `time`, `contradicts`, `newer`.
    pub why: String,
    /// Schools that it may be of.
    pub perhaps: Vec<String>,
}

/// A sender's name that an officer has said the school of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastedName {
    /// The place of one of the messages, from 1.
    pub number: usize,
    /// As its program shows the sender.
    pub name: String,
    /// Short name of the school.
    pub school: String,
}
