//! Leave: what the bot says of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is said about leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaveReply {
    /// To the person, and as a record to the specialists: noted.
    Noted {
        /// Who is away.
        name: String,
        /// Short names of their schools; empty for an officer.
        schools: Vec<String>,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        until: Option<NaiveDate>,
        /// Who stands in, as named; empty for nobody.
        stand_in: String,
        /// Codes by which the one who stands in joins: school (empty for the office) and code.
        codes: Vec<(String, String)>,
        /// Where nobody stands in: who is reminded meanwhile; none for an officer.
        reminded: Vec<String>,
        /// The person is asked who stands in.
        asks: bool,
    },
    /// A meeting or a course: nothing changes hands.
    Elsewhere,
    /// To the specialists: somebody's role at a school ends.
    Leaves {
        /// Who.
        name: String,
        /// Short names of their schools.
        schools: Vec<String>,
        /// Their words.
        words: String,
    },
    /// To who leaves: a specialist settles it.
    LeavesPassedOn {
        /// Who.
        name: String,
    },
    /// Back on a day to come.
    BackOn {
        /// Who.
        name: String,
        /// Short names of their schools.
        schools: Vec<String>,
        /// The first day.
        from: NaiveDate,
    },
    /// To who stands in: it is theirs now.
    YoursNow {
        /// Who is away.
        name: String,
        /// Short names of the schools; empty for an officer.
        schools: Vec<String>,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        until: Option<NaiveDate>,
    },
    /// Back.
    Back {
        /// Who.
        name: String,
        /// Short names of their schools.
        schools: Vec<String>,
    },
    /// There is no leave to end.
    NotAway,
    /// Several people may be meant.
    Several {
        /// As typed.
        given: String,
        /// Who.
        names: Vec<String>,
    },
}
