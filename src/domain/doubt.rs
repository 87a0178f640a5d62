//! What a person should look at: what was read with a repair or a guess.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Choice;

/// Something that a person should look at: a repair, a guess, a move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The line of the source, counted from 1; 0 where there is none.
    pub line: usize,
    /// What it is about.
    pub kind: DoubtKind,
    /// What a person can take instead of what was read, likeliest first; none when there is only the sentence to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// What a doubt is about. The words are in `locales/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtKind {
    /// The reader repaired or guessed something; the sentence was made by `import` from its own kinds.
    Reading {
        /// Key of the sentence in `locales/`.
        key: String,
        /// Its placeables.
        values: Vec<(String, String)>,
    },
    /// A date was taken over from another school year.
    RolledForward {
        /// The old date.
        from: NaiveDate,
        /// The new one.
        to: NaiveDate,
        /// The key of the reason why it is not the same day and month, if it is not.
        why: Option<String>,
    },
    /// Two dates that should agree do not, after rolling forward.
    OutsideMonth {
        /// The date.
        date: NaiveDate,
    },
}
