//! What the bot says, as data before it is words.
//!
//! Names and
//! titles are already resolved, so that `wording` needs nothing but the notice; moments are instants with the office's
//! zone beside them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{Due, Month, Requires, Task, TaskId, Urgency};

/// A task as one block of a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskLine {
    /// The task, for quotes of the post.
    pub task: TaskId,
    /// `V12`.
    pub code: String,
    /// The whole text.
    pub text: String,
    /// Its text cut for lists.
    pub title: String,
    /// Its dates.
    pub due: Vec<Due>,
    /// What is to be given.
    pub requires: Requires,
    /// Labels of the fields to give.
    pub fields: Vec<String>,
    /// The office's own workbook that goes out with it.
    pub template: Option<String>,
    /// Schools that it is for, when not all.
    pub scope: Option<ScopeLabel>,
    /// How urgent.
    pub urgency: Urgency,
    /// Why its date is not that of the document.
    pub moved: Option<super::Doubt>,
    /// Settled and expected, once it is out and wants an answer.
    pub count: Option<Count>,
}

impl TaskLine {
    /// The line of a task, without a count.
    pub fn of(task: &Task, scope: Option<ScopeLabel>) -> Self {
        Self {
            task: task.id,
            code: task.code(),
            text: task.text.clone(),
            title: task.title(80),
            due: task.due.clone(),
            requires: task.requires,
            fields: task.form.fields.iter().map(|f| f.label.clone()).collect(),
            template: task.form.template.clone(),
            scope,
            urgency: task.urgency,
            moved: task.moved.clone(),
            count: None,
        }
    }
}

/// Whom a task is for, when it is not for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScopeLabel {
    /// Kinds of school.
    Kinds(Vec<super::SchoolKind>),
    /// Names of clusters, wards or schools.
    Names(Vec<String>),
}

/// How many have answered of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Complete answers.
    pub settled: usize,
    /// Schools expected.
    pub expected: usize,
}

/// The tone of a reminder by how much time is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Days are left.
    Early,
    /// The last working day before the deadline.
    LastDay,
    /// The last hours.
    LastHours,
    /// A person asked for it now ("nhắc ngay").
    Asked,
    /// The deadline is over.
    Overdue,
}

/// One task in a reminder to a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReminderLine {
    /// The task.
    pub task: TaskId,
    /// `V12`.
    pub code: String,
    /// Its text cut for lists.
    pub title: String,
    /// The deadline that this reminder is about.
    pub due: Due,
    /// How far it is.
    pub count: Count,
    /// Short names of the missing, where the office lets the group see them.
    pub missing: Option<Vec<String>>,
    /// Fields of its form, for the example.
    pub fields: Vec<String>,
    /// What is to be given.
    pub requires: Requires,
}

/// One school's missing answer in a private reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingLine {
    /// The task.
    pub task: TaskId,
    /// `V12`.
    pub code: String,
    /// Its text cut for lists.
    pub title: String,
    /// The deadline of this school: its own when it has an extension.
    pub due: Due,
    /// Short name of the school; said when the person speaks for several.
    pub school: String,
    /// Fields of its form, for the example.
    pub fields: Vec<String>,
    /// What is to be given.
    pub requires: Requires,
    /// The school has said "đã nhận" but not more.
    pub received: bool,
    /// The moment for which the school had promised it, when that has passed.
    pub promised: Option<DateTime<Utc>>,
}

/// One line of a call list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallLine {
    /// Short name of the school.
    pub school: String,
    /// Its head by the register; empty when unknown.
    pub principal: String,
    /// Its telephone by the register; empty when unknown.
    pub phone: String,
    /// Codes of the tasks that it owes.
    pub codes: Vec<String>,
}

/// What the planner says unasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Announcement {
    /// The focal tasks of a month: the board of that month in a group, edited as answers land.
    Month {
        /// Name of the office.
        office: String,
        /// The month.
        month: Month,
        /// Its tasks.
        tasks: Vec<TaskLine>,
        /// Answers were counted at the time of writing: it is a living board.
        living: bool,
        /// Why the post is not on the usual day; key of the reason.
        moved: Option<String>,
    },
    /// The post of a month as it will be, to the specialists, one working day ahead.
    Preview {
        /// The month.
        month: Month,
        /// The day on which it goes out.
        on: NaiveDate,
        /// Its tasks.
        tasks: Vec<TaskLine>,
        /// How many doubts are unsettled.
        doubts: usize,
    },
    /// To a group: who or how many are missing.
    Reminder {
        /// By the time left.
        tone: Tone,
        /// One line a task.
        tasks: Vec<ReminderLine>,
    },
    /// To one person: what their schools still owe.
    Missing {
        /// By the time left.
        tone: Tone,
        /// One line a task and school.
        lines: Vec<MissingLine>,
        /// The person speaks for several schools.
        several: bool,
    },
    /// To a group after the deadline: counts.
    Overdue {
        /// One line a task; names are never in it.
        tasks: Vec<ReminderLine>,
    },
    /// To specialist and head after the deadline: whom to call.
    CallList {
        /// The tasks, with counts.
        tasks: Vec<ReminderLine>,
        /// The schools.
        calls: Vec<CallLine>,
    },
    /// To a group where the month's post cannot be edited: the counts that have moved.
    Daily {
        /// One line a task; names are never in it.
        tasks: Vec<ReminderLine>,
    },
    /// To a group: all have answered.
    Thanks {
        /// The task.
        task: Box<TaskLine>,
    },
}
