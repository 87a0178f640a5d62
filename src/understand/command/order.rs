//! What orders carry: a task in one line, what changes in one, who is meant.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::domain::{Due, Form, LadderStep, Month, NamePolicy, Requires, SchoolId, Scope, TaskId, Urgency};
use crate::understand::NamedDirective;

/// Whose wish for more time is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// That of these schools.
    Schools(Vec<SchoolId>),
    /// That of every school that asks: "cả 3 trường", "tất cả".
    Asking {
        /// How many were meant, where it was said.
        count: Option<usize>,
    },
}

/// A task in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Give {
    /// What is to be done.
    pub text: String,
    /// By when.
    pub due: Option<Due>,
    /// What to send.
    pub form: Form,
    /// By whom.
    pub scope: Scope,
    /// The stamp.
    pub urgency: Urgency,
    /// What a school must give.
    pub requires: Requires,
}

/// What is to be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Publish {
    /// The only draft there is.
    Latest,
    /// This task.
    Task(TaskId),
    /// This task, though there are doubts: the person has seen them.
    Anyway(TaskId),
    /// The draft of a directive.
    Directive {
        /// The figures of its number; the last draft without.
        figures: Option<u32>,
        /// Each task with the post of its month.
        by_month: bool,
        /// Though there are doubts: the person has seen them.
        anyway: bool,
    },
    /// The post of this month, now.
    Month(Month),
    /// The schedule that was read.
    Schedule,
}

/// What changes in a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Its deadline.
    Due(Due),
    /// Its text.
    Text(String),
    /// Its form.
    Form(Form),
    /// What is checked between the fields of its form, which stay: the form with all its checks.
    Checks(Form),
    /// What a school must give.
    Requires(Requires),
    /// Whom it is for.
    Scope(Scope),
}

/// What is wanted of the forms that can be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormOrder {
    /// All of them.
    List,
    /// One, read back.
    Show {
        /// Its key as typed.
        key: String,
    },
    /// One, for a task.
    Attach {
        /// Its key as typed.
        key: String,
        /// The task.
        task: TaskId,
    },
    /// The page on which forms are made.
    Page {
        /// That of this task; of all without.
        task: Option<TaskId>,
    },
    /// The form of a task, kept as the office's own.
    Keep {
        /// The task.
        task: TaskId,
        /// Its name.
        title: String,
    },
}

/// What is wanted of the office's own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordOrder {
    /// All of them.
    List,
    /// A word for a field or a school.
    Add {
        /// As schools type it.
        word: String,
        /// The name of a field or a school.
        means: String,
    },
    /// A word that is no longer wanted.
    Remove {
        /// As typed.
        word: String,
    },
}

/// What is looked for in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lookup {
    /// The last ones.
    Last,
    /// Those with these words in their subject.
    Words(String),
    /// One, by what it is called: is it genuine?
    Named(NamedDirective),
}

/// A setting of an office with its new value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// The name of the office.
    OfficeName(String),
    /// Whether groups see the names of the missing.
    Names(NamePolicy),
    /// When months are posted, as `calendar::PostingRule` reads it.
    Posting(String),
    /// The hour at which a deadline without an hour ends.
    DeadlineHour(NaiveTime),
    /// The most unasked posts to a group in a day.
    DailyCap(u32),
    /// The steps of reminding.
    Ladder(Vec<LadderStep>),
}

/// How somebody wants to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// With a code, in capitals.
    Code(String),
    /// Without one, for this school.
    School(SchoolId),
    /// Asks how.
    HowTo,
}
