//! What was found of what a school says that it has sent.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Address, Field, Value};

/// What is said after looking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchReply {
    /// It is all there.
    Settled {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// Since when.
        at: DateTime<Utc>,
        /// What was given.
        values: Vec<(Field, Value)>,
    },
    /// It came and was not counted: shall it be? Yes and no as buttons.
    Offer {
        /// How to call the person.
        address: Address,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// When it came.
        at: DateTime<Utc>,
        /// Its words.
        words: String,
        /// What would be recorded.
        values: Vec<(Field, Value)>,
        /// The task to which it was booked.
        booked: Option<String>,
        /// What is missing still.
        missing: Vec<String>,
    },
    /// Nothing came.
    Nothing {
        /// How to call the person.
        address: Address,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// Looked through since then.
        since: Option<DateTime<Utc>>,
        /// What is there already.
        values: Vec<(Field, Value)>,
        /// What is missing.
        missing: Vec<Field>,
        /// What came for it and could not be recorded.
        unread: Option<Unread>,
        /// In groups the bot hears only what names or quotes it.
        deaf: bool,
    },
    /// Nothing came for several tasks.
    NothingOf {
        /// How to call the person.
        address: Address,
        /// Short name of the school.
        school: String,
        /// The tasks.
        codes: Vec<String>,
        /// What came for one of them and could not be recorded.
        unread: Option<Unread>,
    },
    /// To the specialist: the record was put right.
    Repaired {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// When it had come.
        at: DateTime<Utc>,
        /// The task from which it was taken.
        booked: Option<String>,
    },
    /// Nothing was given before for a form like this one.
    NoLast {
        /// How to call the person.
        address: Address,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// The fields, for the example.
        fields: Vec<Field>,
    },
}

/// A message about a task that could not be recorded: it contradicts itself, or leaves open which figure is what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// When it came.
    pub at: DateTime<Utc>,
    /// Its words.
    pub words: String,
}
