//! Who did what: the log that is only ever added to.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AuditId, MemberId, OfficeId};

/// One line of an office's audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its id.
    pub id: AuditId,
    /// The office.
    pub office: OfficeId,
    /// Who; none for the program itself.
    pub by: Option<MemberId>,
    /// What, as a stable key: `extension.granted`.
    pub what: String,
    /// Ids and figures of it, no texts of people.
    pub detail: serde_json::Value,
    /// When.
    pub at: DateTime<Utc>,
}
