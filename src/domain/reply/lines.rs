//! The parts of longer replies.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Field, Kept, Status, TaskLine, Value};

/// What has been stored, read back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBack {
    /// Short name of the school.
    pub school: String,
    /// The task.
    pub code: String,
    /// The fields with what was given, in the order of the form.
    pub values: Vec<(Field, Value)>,
    /// When, by the platform's stamp.
    pub at: DateTime<Utc>,
    /// The labels still missing.
    pub missing: Vec<String>,
    /// It corrects an earlier version; the old values that changed.
    pub corrects: Vec<(Field, Option<Value>)>,
    /// Odd values that were kept, with the reasons.
    pub kept: Vec<Kept>,
    /// An officer recorded it for the school.
    pub on_behalf: bool,
    /// It came after the deadline.
    pub late: bool,
    /// What was typed or sent beside it and found no place in the form, as typed.
    #[serde(default)]
    pub unused: Vec<String>,
}

/// One open task of one school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyTask {
    /// The task.
    pub task: TaskLine,
    /// Its status for this school.
    pub status: Status,
    /// The deadline that counts for this school.
    pub until: Option<DateTime<Utc>>,
    /// Labels still missing of a begun submission.
    pub missing: Vec<String>,
}

/// A remark on the fairness of a deadline before it is posted (S13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fairness {
    /// It ends on a day off.
    DayOff {
        /// The day.
        date: NaiveDate,
    },
    /// Few working hours are left for it.
    ShortNotice {
        /// How many.
        hours: i64,
    },
    /// Tết lies between its post and its end, and little else.
    OverTet {
        /// Days of Tết.
        days: usize,
    },
    /// Other tasks end on the same day.
    SameDay {
        /// How many others.
        others: usize,
    },
    /// It has passed.
    Past {
        /// The day.
        date: NaiveDate,
    },
}

/// One school of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolLine {
    /// Short name.
    pub name: String,
    /// Code of the register.
    pub code: String,
    /// Names of the people bound to it.
    pub people: Vec<String>,
    /// It is closed.
    pub closed: bool,
}
