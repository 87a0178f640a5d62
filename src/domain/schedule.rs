//! The school year's tasks by month.

use serde::{Deserialize, Serialize};

use super::{OfficeId, ScheduleId, SchoolYear};

/// Lịch nhiệm vụ năm học.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// Its id.
    pub id: ScheduleId,
    /// The office.
    pub office: OfficeId,
    /// The school year that it is for.
    pub year: SchoolYear,
    /// What the office calls it: the subject of its document.
    pub title: String,
    /// The name of the file that it was read from.
    pub file_name: String,
    /// Whether a person has agreed to it.
    pub state: ScheduleState,
}

/// Where a schedule is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScheduleState {
    /// Read, not agreed to: nothing of it is posted.
    Draft,
    /// Its months are posted when they come.
    Active,
    /// Replaced or dropped.
    Retired,
}
