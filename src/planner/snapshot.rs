//! What the planner is given and what it returns.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Standings;
use crate::calendar::{PostingRule, QuietHours, WorkCalendar};
use crate::domain::{
    BoardShown, Group, GroupId, Member, MemberId, Month, Office, OutboxId, School, SchoolId, Task, TaskId,
    Tone,
};

/// All that an office knows, at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The office and its settings.
    pub office: Office,
    /// Its working days ([`WorkCalendar::of_office`]); built once a change of settings, not once a tick.
    pub calendar: WorkCalendar,
    /// Its speaking hours ([`QuietHours::of_office`]).
    pub quiet: QuietHours,
    /// Its rule for the months' posts, from `Settings::posting_rule`.
    pub posting: PostingRule,
    /// Its groups.
    pub groups: Vec<Group>,
    /// Its schools, closed ones too. Shared with what was worked out of them, as its tasks are.
    pub schools: Arc<Vec<School>>,
    /// Its members.
    pub members: Vec<Member>,
    /// Tasks planned (of an active schedule) and posted; drafts and retired ones are not in it.
    pub tasks: Arc<Vec<Task>>,
    /// What has been answered.
    pub standings: Standings,
    /// Dedupe keys of all that has gone out or is on its way.
    pub posted: HashSet<String>,
    /// What [`caught_up`](super::caught_up) gave at the last tick whose posts were recorded. Reminders up to it are over,
    /// so that a school or a person who comes later gets only the remaining steps. `None` before the first tick.
    pub caught_up: Option<DateTime<Utc>>,
    /// How many unasked posts each group has had today, in the office's zone.
    pub posts_today: HashMap<GroupId, u32>,
    /// How many of them were about one task.
    pub task_posts_today: HashMap<(GroupId, TaskId), u32>,
    /// Boards out in groups: what they last showed.
    pub boards: Vec<BoardShown>,
}

impl Snapshot {
    /// The tasks, for changing one. Who shares them keeps them as they were.
    pub fn tasks_mut(&mut self) -> &mut Vec<Task> {
        Arc::make_mut(&mut self.tasks)
    }

    /// The schools, for changing one. Who shares them keeps them as they were.
    pub fn schools_mut(&mut self) -> &mut Vec<School> {
        Arc::make_mut(&mut self.schools)
    }

    /// The task with this id, if it is planned or posted.
    pub fn task(&self, id: TaskId) -> Option<&Task> {
        self.tasks.iter().find(|t| t.id == id)
    }

    /// The school with this id.
    pub fn school(&self, id: SchoolId) -> Option<&School> {
        self.schools.iter().find(|s| s.id == id)
    }

    /// The group with this id.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == id)
    }
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
///
/// A deadline is named by its moment, so that a post about a date that has been changed since finds it no more.
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
        /// Task and moment of the deadline.
        tasks: Vec<(TaskId, DateTime<Utc>)>,
    },
    /// The same, to one person of schools that are missing.
    Missing {
        /// By the time left.
        tone: Tone,
        /// Task, moment of the deadline (the school's own when it has an extension), school.
        lines: Vec<(TaskId, DateTime<Utc>, SchoolId)>,
    },
    /// Counts after the deadline, to a group.
    Overdue {
        /// Task and moment of its last deadline.
        tasks: Vec<(TaskId, DateTime<Utc>)>,
    },
    /// The call list, to a specialist or head.
    CallList {
        /// Task and moment of its last deadline.
        tasks: Vec<(TaskId, DateTime<Utc>)>,
    },
    /// All have answered, to a group.
    Thanks {
        /// The task.
        task: TaskId,
    },
    /// The counts that have moved, in a message of its own, where the month's post cannot be edited.
    Daily {
        /// The tasks.
        tasks: Vec<TaskId>,
    },
    /// A part of a month's post whose counts have moved: an edit of `BoardShown::row`.
    Board {
        /// The month.
        month: Month,
        /// The tasks of that part.
        tasks: Vec<TaskId>,
        /// The row to edit.
        row: OutboxId,
    },
}
