//! What is said of values that are odd, and of answers that are given back.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Address;
use crate::domain::{Field, Oddity, Value};

/// What is said of values that are odd, and of answers that are given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckReply {
    /// To the person: these values are possible and look like slips. Nothing was stored yet.
    Odd {
        /// How to call the person.
        address: Address,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// What is odd.
        odd: Vec<Oddity>,
        /// Their fields, for the example.
        fields: Vec<Field>,
    },
    /// To the person: it is to be put right, and the words name no other value. What is there still counts.
    NothingNew {
        /// How to call the person.
        address: Address,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// What counts.
        values: Vec<(Field, Value)>,
        /// The fields, for the example.
        fields: Vec<Field>,
    },
    /// To the school: what it had called done counts as not done again.
    Reopened {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
    },
    /// To the school: its word of when it would come is dropped.
    PromiseDropped {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
    },
    /// To the school: it says that it is not done, and the figures that it gave still count.
    StillCounted {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
    },
    /// To the person: "bỏ tin trên", and nothing that they said counts.
    NothingToTakeBack,
    /// To the person: their words went on to the specialists.
    PassedOn {
        /// The task, when it is clear.
        code: Option<String>,
    },
    /// To the person: their words answer no question that waits; they went on to the specialists, and the question still waits.
    StillUnclear {
        /// How to call the person.
        address: Address,
        /// The words.
        words: String,
    },
    /// To the specialist: an odd value was kept, with the school's reason.
    Kept {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// What is odd.
        odd: Vec<Oddity>,
        /// The reason; empty when the school only said that it is right.
        reason: String,
    },
    /// To the school: its answer was given back.
    Returned {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// The reason.
        reason: String,
        /// The deadline that counts for this school.
        until: Option<DateTime<Utc>>,
    },
    /// To the specialist: it was given back.
    GaveBack {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// The reason.
        reason: String,
        /// It had been on time and stays so once it is complete again.
        on_time: bool,
    },
    /// To the school: this is what was given back.
    StillReturned {
        /// The task.
        code: String,
        /// The reason.
        reason: String,
    },
    /// To the specialist: the school has given nothing that could be given back.
    NothingToReturn {
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
    },
}
