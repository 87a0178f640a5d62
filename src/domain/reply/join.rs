//! What became of joining.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{FullBot, JoinRequestId, Role};

/// What became of joining.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinReply {
    /// A stranger is told how to join.
    HowTo,
    /// Somebody orders something and hides behind the group.
    Anonymous,
    /// Joined; the school, or none for an officer.
    Joined {
        /// Short name of the school.
        school: Option<String>,
        /// Name of the office.
        office: String,
    },
    /// The code is wrong, used or out of date.
    BadCode,
    /// The request waits for a specialist.
    Waiting {
        /// Short name of the school.
        school: String,
    },
    /// To the specialists: somebody asks to join. Two buttons decide.
    Request {
        /// The request.
        id: JoinRequestId,
        /// How the platform calls the person.
        name: String,
        /// Short name of the school.
        school: String,
        /// Who is bound to that school already.
        bound: Vec<String>,
    },
    /// A specialist said no.
    Refused {
        /// Short name of the school.
        school: String,
    },
    /// To the specialist: decided.
    Decided {
        /// How the platform calls the person.
        name: String,
        /// Short name of the school.
        school: String,
        /// Let in or not.
        approved: bool,
    },
    /// A one-time code for somebody.
    Code {
        /// The code.
        code: String,
        /// What it makes of who uses it.
        role: Role,
        /// Short name of the school; none for an officer.
        school: Option<String>,
        /// Until when it is good.
        until: DateTime<Utc>,
        /// The address that joins with it, where the platform has one.
        link: Option<String>,
        /// Bots that have no room for more people.
        full: Vec<FullBot>,
    },
    /// A one-time code that binds the group in which it is typed.
    GroupCode {
        /// The code.
        code: String,
        /// Until when it is good.
        until: DateTime<Utc>,
        /// Bots that have no room for more groups.
        full: Vec<FullBot>,
    },
    /// To somebody who joined in a group: its bot has no room for more people.
    PeopleFull(FullBot),
    /// A one-time code by which another account of the same person is told.
    AccountCode {
        /// The code.
        code: String,
        /// Until when it is good.
        until: DateTime<Utc>,
    },
    /// The account is that person's too.
    Linked {
        /// How the person is called.
        name: String,
    },
    /// To the account that was there: another one was linked to it.
    LinkedTo {
        /// How the platform calls the other one.
        name: String,
    },
    /// No school has such a name.
    NoSuchSchool {
        /// What was typed.
        given: String,
        /// The nearest.
        nearest: Vec<String>,
    },
}
