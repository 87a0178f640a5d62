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
    /// Short name of the school.
    pub school: String,
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
    /// Why it is asked about: `whose`, `task`, `unclear`, `time`.
    pub why: String,
}
