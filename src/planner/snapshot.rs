//! What the planner is given and what it returns.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{
    BoardShown, Group, GroupId, Member, MemberId, Month, Office, School, SchoolId, Standing, Task, TaskId,
    Tone,
};

/// All that an office knows, at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The office and its settings.
    pub office: Office,
    /// Its groups.
    pub groups: Vec<Group>,
    /// Its schools, closed ones too.
    pub schools: Vec<School>,
    /// Its members.
    pub members: Vec<Member>,
    /// Tasks planned (of an active schedule) and posted; drafts and retired ones are not in it.
    pub tasks: Vec<Task>,
    /// What has been answered, by task and school.
    pub standings: HashMap<(TaskId, SchoolId), Standing>,
    /// Dedupe keys of all that has gone out or is on its way.
    pub posted: HashSet<String>,
    /// How many unasked posts each group has had today, in the office's zone.
    pub posts_today: HashMap<GroupId, u32>,
    /// Boards out in groups: what they last showed.
    pub boards: Vec<BoardShown>,
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// A group.
    Group(GroupId),
    /// One person, in private.
    Member(MemberId),
}

/// Something to be said now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Made of facts (`remind/<group>/<day>/<hour>`), unique: planning twice posts once.
    pub key: String,
    /// Who is told.
    pub to: Audience,
    /// What about.
    pub post: Post,
    /// After this moment it is dropped and the drop is shown.
    pub send_before: Option<DateTime<Utc>>,
}

/// What a planned post is about; the counts and names are looked up when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// The focal tasks of a month. Recording it makes planned tasks of the month posted.
    Month {
        /// The month.
        month: Month,
        /// The tasks in the order of their codes.
        tasks: Vec<TaskId>,
    },
    /// The month's post ahead of its day, to a specialist.
    Preview {
        /// The month.
        month: Month,
    },
    /// A step of the ladder, all tasks of one moment in one post.
    Reminder {
        /// By the time left.
        tone: Tone,
        /// Task and index of the deadline among `Task::due`.
        tasks: Vec<(TaskId, usize)>,
    },
    /// The same, to one person of schools that are missing.
    Missing {
        /// By the time left.
        tone: Tone,
        /// Task, index of the deadline, school.
        lines: Vec<(TaskId, usize, SchoolId)>,
    },
    /// Counts after the deadline, to a group.
    Overdue {
        /// Task and index of its last deadline.
        tasks: Vec<(TaskId, usize)>,
    },
    /// The call list, to a specialist or head.
    CallList {
        /// Task and index of its last deadline.
        tasks: Vec<(TaskId, usize)>,
    },
    /// All have answered, to a group.
    Thanks {
        /// The task.
        task: TaskId,
    },
    /// A part of a month's post whose counts have moved: an edit of `BoardShown::row`.
    Board {
        /// The month.
        month: Month,
        /// The tasks of that part.
        tasks: Vec<TaskId>,
        /// The row to edit.
        row: crate::domain::OutboxId,
    },
}
