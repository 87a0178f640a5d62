//! What one school has answered to one task.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Extension, Kept, MemberId, MessageRef, SchoolId, SubmissionId, TaskId, Value};

/// Values by the key of their field.
pub type Values = BTreeMap<String, Value>;

/// Where one school stands with one task. No standing is the standing of a school that has said nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The task.
    pub task: TaskId,
    /// The school.
    pub school: SchoolId,
    /// The strongest confirmation so far.
    pub confirmation: Option<Confirmation>,
    /// The latest version of the submission.
    pub submission: Option<Submission>,
    /// When the answer was first complete. It decides on-time or late and no correction moves it.
    pub settled_at: Option<DateTime<Utc>>,
    /// Why the office has let the school off.
    pub exempt: Option<String>,
    /// The latest extension, in whatever state.
    pub extension: Option<Extension>,
    /// The latest promise.
    pub promise: Option<Promise>,
    /// The latest time that an officer gave the answer back.
    pub returned: Option<Returned>,
}

impl Standing {
    /// The standing of a school that has said nothing.
    pub fn blank(task: TaskId, school: SchoolId) -> Self {
        Self {
            task,
            school,
            confirmation: None,
            submission: None,
            settled_at: None,
            exempt: None,
            extension: None,
            promise: None,
            returned: None,
        }
    }

    /// Whether an officer has given the answer back and the school has given no other since.
    pub fn is_returned(&self) -> bool {
        let newer = |r: &Returned| {
            self.submission.as_ref().is_some_and(|s| s.version > r.version)
                || self.submission.is_none() && self.confirmation.as_ref().is_some_and(|c| c.at > r.at)
        };
        self.returned.as_ref().is_some_and(|r| !newer(r))
    }

    /// Whether the school has answered completely.
    pub fn is_settled(&self) -> bool {
        self.settled_at.is_some()
    }

    /// Whether the school is not to be called after the deadline: as [`Standing::is_quiet_at`], but a wish that nobody has
    /// granted excuses nobody.
    pub fn is_excused_at(&self, now: DateTime<Utc>) -> bool {
        self.is_settled()
            || self.exempt.is_some()
            || self.extension.as_ref().is_some_and(|e| e.runs_at(now))
            || self.promise.as_ref().is_some_and(|p| now <= p.until)
    }

    /// Whether the school is to be left in peace at `now`: it has answered, is exempt, has an extension running or
    /// asked for, or has promised (rule 3 of the product: only the missing).
    pub fn is_quiet_at(&self, now: DateTime<Utc>) -> bool {
        self.is_settled()
            || self.exempt.is_some()
            || self.extension.as_ref().is_some_and(|e| e.silences_at(now))
            || self.promise.as_ref().is_some_and(|p| now <= p.until)
    }
}

/// A school's word about a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// What it says.
    pub level: ConfirmationLevel,
    /// When it was typed, by the platform's stamp.
    pub at: DateTime<Utc>,
    /// Who said it.
    pub by: MemberId,
}

/// How far a school says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmationLevel {
    /// Đã nhận.
    Received,
    /// Đã triển khai.
    Started,
    /// Đã hoàn thành, đã nộp.
    Done,
}

/// One version of what a school has handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// The task.
    pub task: TaskId,
    /// The school.
    pub school: SchoolId,
    /// Counted from 1 within task and school.
    pub version: u32,
    /// All values of this version, those taken over from the version before included.
    pub values: Values,
    /// The version of the form that it answers.
    pub form_version: u32,
    /// Odd values in it that were kept, with the school's reasons.
    pub kept: Vec<Kept>,
    /// Whether every required field is there.
    pub complete: bool,
    /// Who gave it.
    pub by: MemberId,
    /// Whether an officer recorded it for the school ("ghi hộ").
    pub on_behalf: bool,
    /// The message that it came from.
    pub message: Option<MessageRef>,
    /// When it was given, by the platform's stamp.
    pub at: DateTime<Utc>,
}

/// An answer given back by an officer: the school owes it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// Why, in the officer's words.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: MemberId,
    /// The version of the submission that was given back; 0 for a confirmation.
    pub version: u32,
    /// When the answer was first complete. It counts again once the answer is complete again (T7).
    pub settled_at: Option<DateTime<Utc>>,
}

/// "Chiều em nộp": silence until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The moment until which the school is left in peace.
    pub until: DateTime<Utc>,
    /// When it was given.
    pub at: DateTime<Utc>,
}
