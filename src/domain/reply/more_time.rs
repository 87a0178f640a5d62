//! More time for one school: what is said while it is asked for and once it is decided.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Due, ExtensionId};

/// What is said about more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoreTime {
    /// To the specialist: a school asks. Two buttons decide; so does an answer in words.
    Asked {
        /// The extension.
        id: ExtensionId,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// Until when.
        until: DateTime<Utc>,
        /// The day asked for before, when the school asks again.
        before: Option<DateTime<Utc>>,
        /// The deadline as it stands.
        due: Option<Due>,
        /// That deadline has passed.
        late: bool,
        /// The school's own words; empty for none.
        words: String,
    },
    /// To the school: its wish was passed on.
    PassedOn {
        /// The task.
        code: String,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// To the school, and as a record to the specialist: what was decided.
    Decided {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// Granted.
        granted: bool,
        /// The school's own deadline as it stands now; none when the task's counts.
        until: Option<DateTime<Utc>>,
        /// The task's deadline.
        due: Option<Due>,
        /// The specialist's words to the school; empty for none.
        words: String,
    },
    /// A press or command came too late: it had been decided.
    AlreadyDecided {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// Whether it was granted.
        granted: bool,
    },
    /// The school needs none: it has answered, or was let off.
    NotNeeded {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// When it answered; none when it was let off.
        at: Option<DateTime<Utc>>,
    },
    /// The school no longer asks; to the school and to the specialist.
    Withdrawn {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// The task's deadline.
        due: Option<Due>,
    },
    /// To the specialist: what was granted is taken back; to the school too.
    Revoked {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// The task's deadline.
        due: Option<Due>,
    },
    /// To the specialist: the answer to a request was neither yes nor no nor a day.
    Unclear {
        /// The extension.
        id: ExtensionId,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// Until when.
        until: DateTime<Utc>,
    },
    /// To the specialist: not as many schools ask as were meant, or several where one was.
    OtherCount {
        /// The task.
        code: String,
        /// Short names of the schools that ask for more time for it.
        asking: Vec<String>,
    },
}
