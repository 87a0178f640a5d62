//! The school year's tasks by month, and the doubts about what was read or moved.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{OfficeId, ScheduleId, SchoolYear};

/// Lịch nhiệm vụ năm học.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its id.
    pub id: ScheduleId,
    /// The office.
    pub office: OfficeId,
    /// The school year that it is for.
    pub year: SchoolYear,
    /// What the office calls it: the subject of its document.
    pub title: String,
    /// The name of the file that it was read from.
    pub file_name: String,
    /// Whether a person has agreed to it.
    pub state: ScheduleState,
}

/// Where a schedule is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleState {
    /// Read, not agreed to: nothing of it is posted.
    Draft,
    /// Its months are posted when they come.
    Active,
    /// Replaced or dropped.
    Retired,
}

/// Something that a person should look at: a repair, a guess, a move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// The line of the source, counted from 1; 0 where there is none.
    pub line: usize,
    /// What it is about.
    pub kind: DoubtKind,
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
