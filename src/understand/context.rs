//! What is known when a message is read.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use super::fields::Names;
use super::tasks::Topic;
use super::{Act, KnownTask, SchoolIndex, TaskIndex};
use crate::domain::{Oddity, SchoolId, Task, TaskId, Values};

/// What is known when a message is read. Everything local is in the office's zone.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The moment of the message.
    pub now: NaiveDateTime,
    /// The office's register; built once an office.
    pub schools: &'a SchoolIndex,
    /// The schools that the sender answers for.
    pub own: &'a [SchoolId],
    /// The sender directs (head, specialist): commands typed as words are for officers only.
    pub officer: bool,
    /// The tasks that are out and want an answer.
    pub open: &'a [OpenTask<'a>],
    /// Every task that a code of the sender may mean: open ones, and drafts for an officer.
    pub tasks: &'a [&'a Task],
    /// The tasks of the quoted message: one for a task's own post or a reminder of it, several for a month's post.
    pub quoted: &'a [TaskId],
    /// The quoted message is the bot's read-back, or the message that it read back: what follows is a correction.
    pub quoted_own: Option<(TaskId, SchoolId)>,
    /// The words of the quoted message, where the platform tells them.
    pub quoted_text: Option<&'a str>,
    /// What is known of the tasks beforehand; an empty one costs time and nothing else.
    pub index: &'a TaskIndex,
    /// The open tasks as the index knows them; `read` looks them up, so that a message does it once.
    pub known: &'a [KnownTask<'a>],
    /// What the bot asked this person last and has no answer to.
    pub asked: Option<&'a Asked>,
    /// What came with the message.
    pub attached: &'a [Attached<'a>],
}

impl<'a> Context<'a> {
    /// A moment and a register, and nothing else.
    #[must_use]
    pub fn bare(now: NaiveDateTime, schools: &'a SchoolIndex) -> Self {
        static NONE: LazyLock<TaskIndex> = LazyLock::new(TaskIndex::default);
        Self {
            index: &NONE,
            known: &[],
            now,
            schools,
            own: &[],
            officer: false,
            open: &[],
            tasks: &[],
            quoted: &[],
            quoted_own: None,
            quoted_text: None,
            asked: None,
            attached: &[],
        }
    }

    /// The names of a task's fields.
    pub(super) fn names(&self, task: &Task) -> Cow<'_, Names> {
        let known = self.known.iter().find(|k| k.is(task));
        known.map_or_else(|| self.index.names(task), |k| Cow::Borrowed(k.names()))
    }

    /// The words of a task's topic.
    pub(super) fn topic(&self, task: &Task) -> Cow<'_, Topic> {
        let known = self.known.iter().find(|k| k.is(task));
        known.map_or_else(|| self.index.topic(task), |k| Cow::Borrowed(k.topic()))
    }

    /// Whether files or photos came with the message, which can be handed in.
    pub(super) fn has_files(&self) -> bool {
        self.attached.iter().any(|a| matches!(a.sort, Sort::File | Sort::Photo))
    }
}

/// A file that came with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached<'a> {
    /// What it is.
    pub sort: Sort,
    /// Its name; empty when there is none. It may tell the task: "BC can do lan 1.docx".
    pub name: &'a str,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A document.
    File,
    /// A photo.
    Photo,
    /// A voice: a person must listen to it.
    Voice,
    /// A sticker: a sign of having seen.
    Sticker,
}

/// An open task as the sender sees it.
#[derive(Debug, Clone, Copy)]
pub struct OpenTask<'a> {
    /// The task.
    pub task: &'a Task,
    /// Its deadline for the sender's school, local; none when it has none.
    pub deadline: Option<NaiveDateTime>,
    /// Whether one of the sender's schools still owes an answer.
    pub owed: bool,
    /// The values of the school's last submission to it.
    pub last: Option<&'a Values>,
}

/// A question of the bot that waits for this person's answer. It is stored between two messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Which of these tasks is meant?
    WhichTask {
        /// What was understood so far.
        act: Box<Act>,
        /// The tasks offered, in the order in which they were offered.
        tasks: Vec<TaskId>,
    },
    /// Which of these schools is meant?
    WhichSchool {
        /// What was understood so far.
        act: Box<Act>,
        /// The schools offered, in the order in which they were offered.
        schools: Vec<SchoolId>,
    },
    /// Is this right? Also the guess of a task, of labels by position, of "done".
    Confirm {
        /// The guess.
        act: Box<Act>,
    },
    /// These fields are missing or were refused: what are they?
    Fields {
        /// The task.
        task: TaskId,
        /// The school.
        school: SchoolId,
        /// Keys of the fields asked for, in the order in which they were asked.
        fields: Vec<String>,
        /// What was given before and needs no saying again; the answer goes over it.
        #[serde(default)]
        given: Values,
    },
    /// These values are odd: are they right, and why? Another figure for one of the fields corrects it.
    Odd {
        /// The task.
        task: TaskId,
        /// The school.
        school: SchoolId,
        /// Keys of the odd fields; empty for the form as a whole.
        fields: Vec<String>,
        /// All values of the answer.
        given: Values,
        /// What is odd.
        odd: Vec<Oddity>,
        /// When the answer was given: the moment that counts for on time.
        at: DateTime<Utc>,
    },
    /// Until which day?
    UntilWhen {
        /// The extension without a day.
        act: Box<Act>,
    },
}
