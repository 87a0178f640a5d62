//! Somebody no longer answers for a school or for the office.

use serde::{Deserialize, Serialize};

/// What became of ending a person's roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetireReply {
    /// To whoever ordered it: is it this person? Two buttons decide.
    Ask {
        /// The person.
        name: String,
        /// Short names of the person's schools.
        schools: Vec<String>,
        /// The person directs.
        officer: bool,
    },
    /// Done.
    Done {
        /// The person.
        name: String,
        /// Short names of the schools that nobody answers for now.
        alone: Vec<String>,
    },
    /// To the person.
    You {
        /// Name of the office.
        office: String,
    },
    /// Nobody else would direct.
    Last {
        /// The person.
        name: String,
    },
    /// Nobody is called so.
    Nobody {
        /// What was typed.
        given: String,
    },
    /// Several are called so.
    Several {
        /// What was typed.
        given: String,
        /// Their names, each with the schools.
        names: Vec<String>,
    },
}
