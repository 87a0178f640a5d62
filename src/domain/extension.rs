//! Another deadline for one school: asked, granted or refused by a person.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ExtensionId, MemberId, SchoolId, TaskId};

/// A school's wish for more time and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Its id.
    pub id: ExtensionId,
    /// The task.
    pub task: TaskId,
    /// The school.
    pub school: SchoolId,
    /// The moment asked for.
    pub until: DateTime<Utc>,
    /// The school's own words.
    pub reason: String,
    /// When it was asked, or granted unasked.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub state: ExtensionState,
    /// What had been granted before this was asked for; it holds until more is granted, and when more is refused.
    pub granted_before: Option<DateTime<Utc>>,
    /// Who decided.
    pub decided_by: Option<MemberId>,
}

/// What became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtensionState {
    /// Nobody has decided.
    Asked,
    /// The school has until `until`.
    Granted,
    /// The deadline stands.
    Refused,
    /// The school no longer wants it, or the office took it back.
    Withdrawn,
}

impl Extension {
    /// Whether reminders rest at `now`: while it runs, and while nobody has decided before the moment asked for — the
    /// school has said what it can say, the next word is the office's. The call list after the deadline does not rest
    /// for what nobody has granted.
    pub fn silences_at(&self, now: DateTime<Utc>) -> bool {
        self.runs_at(now) || (self.state == ExtensionState::Asked && now <= self.until)
    }

    /// Whether the school has its own deadline, and it has not passed at `now`.
    pub fn runs_at(&self, now: DateTime<Utc>) -> bool {
        self.granted_until().is_some_and(|until| now <= until)
    }

    /// The school's own deadline, once granted.
    pub fn granted_until(&self) -> Option<DateTime<Utc>> {
        if self.state == ExtensionState::Granted { Some(self.until) } else { self.granted_before }
    }
}
