//! The page of a form, given to one person.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The address of a form's page for one school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormLink {
    /// Short name of the school.
    pub school: String,
    /// The task.
    pub code: String,
    /// The address; it lets whoever has it answer for the school.
    pub address: String,
    /// Until when it is good.
    pub until: DateTime<Utc>,
}
