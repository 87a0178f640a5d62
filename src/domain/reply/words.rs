//! What is said of the office's own words.

use serde::{Deserialize, Serialize};

/// What is said of the office's own words for fields and schools.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordsReply {
    /// All of them, each with what it means.
    List {
        /// For fields.
        fields: Vec<(String, String)>,
        /// For schools.
        schools: Vec<(String, String)>,
        /// For tasks, with words of their titles.
        tasks: Vec<(String, String)>,
    },
    /// It is known from now on.
    Added {
        /// The word.
        word: String,
        /// What it means.
        means: String,
    },
    /// It is no longer known.
    Removed {
        /// The word.
        word: String,
        /// What it meant.
        means: String,
    },
    /// No form has such a field, and no school and no task is called so.
    NoSuchThing {
        /// As typed.
        given: String,
    },
    /// It means something else already.
    Taken {
        /// The word.
        word: String,
        /// What it means.
        means: String,
    },
    /// The office has no such word.
    NotThere {
        /// As typed.
        word: String,
    },
    /// A word of every message, or a number: it would be found everywhere.
    Unfit {
        /// As typed.
        word: String,
    },
}
