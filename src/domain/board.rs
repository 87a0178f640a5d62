//! The living status post of a month in a group, as it was last shown.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Count, GroupId, Month, OutboxId, TaskId};

/// One part of a month's post in a group and the counts that it last showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardShown {
    /// The group.
    pub group: GroupId,
    /// The month.
    pub month: Month,
    /// The tasks in this part, with settled and expected as shown.
    pub shown: Vec<(TaskId, Count)>,
    /// The outbox row of the part.
    pub row: OutboxId,
    /// When it was last written or edited.
    pub at: DateTime<Utc>,
    /// Its message cannot be edited: what has moved is told anew in the morning.
    pub told_anew: bool,
}
