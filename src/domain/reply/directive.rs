//! What is said of directives: their drafts, their tasks one by one, the archive.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{
    Directive, DirectiveId, DirectiveState, Doubt, Due, Level, Month, Source, TaskId, TaskLine, Urgency,
};

/// What is said of directives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectiveReply {
    /// The draft of a directive: counts first, then its tasks; a person posts it or not.
    Draft(Box<DirectiveDraft>),
    /// One task of a draft, with its doubts and what can be taken instead.
    Item(Box<DraftItem>),
    /// To a press that turned to another task of a draft.
    Turned {
        /// The task.
        code: String,
        /// Which it is, from 1.
        place: usize,
        /// Of how many.
        of: usize,
    },
    /// Posting has to be said twice: this is still open. The second press posts.
    Unsettled {
        /// What would be posted: a directive, or one task.
        what: PostWhat,
        /// The directive; none for one task.
        directive: Option<DirectiveLine>,
        /// By the months of the tasks.
        by_month: bool,
        /// Code and title of each task with what is open about it.
        open: Vec<(String, String, Vec<Doubt>)>,
    },
    /// To a press: nothing was posted, so many points are open.
    NotPosted {
        /// How many.
        open: usize,
    },
    /// To a group: the tasks of a directive.
    Posted {
        /// The directive.
        directive: DirectiveLine,
        /// Those of its tasks that are for this group.
        tasks: Vec<TaskLine>,
    },
    /// To the officer: it is out, or waits for its months.
    Published {
        /// The directive.
        directive: DirectiveLine,
        /// In how many groups.
        groups: usize,
        /// Schools expected.
        schools: usize,
        /// The months for which its tasks wait; none when they are out.
        months: Vec<Month>,
        /// Codes of those that come again later, each with the month for which it waits.
        #[serde(default)]
        waiting: Vec<(String, Month)>,
    },
    /// To a group: another directive has taken the place of one, its tasks are owed no more.
    Withdrawn {
        /// The earlier one, with the codes that the group knows.
        directive: DirectiveLine,
        /// The one that has taken its place, or says that it holds no more.
        by: DirectiveLine,
        /// Nothing takes its place.
        repealed: bool,
    },
    /// What the draft proposed for earlier directives was done, and nothing of it is left to post.
    Superseded {
        /// The directive of the draft.
        directive: DirectiveLine,
        /// Codes of what was withdrawn.
        withdrawn: Vec<String>,
        /// Codes of what has another deadline.
        moved: Vec<String>,
    },
    /// A document without tasks is in the archive.
    Filed {
        /// The document.
        directive: DirectiveLine,
    },
    /// What was dropped cannot be put back.
    NotRestored {
        /// Its code.
        code: String,
        /// Why not.
        why: NotRestored,
    },
    /// The draft was dropped.
    Dropped {
        /// The directive.
        directive: DirectiveLine,
    },
    /// The same file was sent before.
    Known {
        /// The directive.
        directive: DirectiveLine,
        /// When it was sent.
        at: DateTime<Utc>,
        /// Who sent it; empty when that is not known.
        by: String,
    },
    /// There is no draft of a directive, or none with this number.
    NoDraft {
        /// The number that was said; empty for none.
        given: String,
    },
    /// Two tasks that are to be made one name different deadlines: which holds? Nothing was done yet.
    WhichDue(Box<WhichDue>),
    /// To a press that turned to such a question.
    WhichDueShown,
    /// Two tasks were made one.
    Merged {
        /// The task that is no more.
        code: String,
        /// The one that has taken it in.
        into: TaskLine,
        /// It is out already: its deadline stays, this is the other's.
        other_due: Option<Due>,
    },
    /// To another officer: what about this task?
    Asked {
        /// Who asks.
        by: String,
        /// The words.
        words: String,
        /// The task.
        item: Box<DraftItem>,
    },
    /// To the officer who asked.
    PassedOn {
        /// The task.
        code: String,
        /// Who was asked; none when nobody can be.
        to: Vec<String>,
    },
    /// The archive, newest first.
    Archive {
        /// What was looked for; empty for the last ones.
        query: String,
        /// One line a directive.
        directives: Vec<DirectiveLine>,
    },
    /// Is this directive genuine?
    Genuine(Genuine),
    /// To the specialists: somebody asks about a directive that the archive does not confirm.
    Doubted {
        /// Short name of the school, or the person.
        by: String,
        /// The words.
        words: String,
    },
}

/// What is to be posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostWhat {
    /// A directive with its tasks.
    Directive(DirectiveId),
    /// One task.
    Task(TaskId),
}

/// A directive in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectiveLine {
    /// The directive.
    pub id: DirectiveId,
    /// What the office calls such a document.
    pub kind: Option<String>,
    /// Number and symbol.
    pub number: Option<String>,
    /// The day of issue.
    pub issued_on: Option<NaiveDate>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Trích yếu.
    pub subject: String,
    /// The stamp.
    pub urgency: Urgency,
    /// What became of it.
    pub state: DirectiveState,
    /// The name of its file.
    pub file_name: String,
    /// Codes of its tasks, without those that were dropped.
    pub codes: Vec<String>,
}

impl DirectiveLine {
    /// The line of a directive with these tasks.
    pub fn of(directive: &Directive, codes: Vec<String>) -> Self {
        Self {
            id: directive.id,
            kind: directive.kind.clone(),
            number: directive.number.clone(),
            issued_on: directive.issued_on,
            issuer: directive.issuer.clone(),
            subject: directive.subject.clone(),
            urgency: directive.urgency,
            state: directive.state,
            file_name: directive.file_name.clone(),
            codes,
        }
    }
}

/// The draft of a directive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectiveDraft {
    /// The directive.
    pub directive: DirectiveLine,
    /// Its tasks, those without a month last.
    pub tasks: Vec<DraftLine>,
    /// What to look at in the document as a whole.
    pub doubts: Vec<Doubt>,
    /// Tasks of other documents that may be the same.
    pub twins: Vec<Twin>,
    /// Directives that it replaces, corrects or extends.
    pub earlier: Vec<Earlier>,
    /// Days on which very much is due, with how many tasks (S13).
    #[serde(default)]
    pub heavy_days: Vec<(NaiveDate, usize)>,
    /// What was dropped from it and can be put back.
    #[serde(default)]
    pub dropped: Vec<DroppedTask>,
    /// What else stands at its head and foot.
    pub paper: Paper,
}

/// A document as a paper: to whom, by whom, and whether its number is in the archive already.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Paper {
    /// Kính gửi.
    pub addressees: Vec<String>,
    /// Who signed it.
    pub signer: Option<String>,
    /// Other files of the same number and day, newest first.
    pub same_number: Vec<DirectiveLine>,
    /// The levels that it is addressed to, when no school of the register has any of them.
    pub foreign_levels: BTreeSet<Level>,
    /// The levels of the register's schools then.
    pub own_levels: BTreeSet<Level>,
}

/// What a directive does to an earlier one, as it is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The earlier one, with the codes of its tasks that are out or wait.
    pub directive: DirectiveLine,
    /// What is done to it.
    pub amendment: Amendment,
    /// Numbers of the codes of drafted tasks whose deadline an earlier task takes over, with that task's.
    pub moves: Vec<(u32, u32)>,
}

/// What one directive does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amendment {
    /// Thay thế.
    Replaces,
    /// Bãi bỏ, thu hồi.
    Repeals,
    /// Đính chính.
    Corrects,
    /// Điều chỉnh, sửa đổi.
    Adjusts,
    /// Bổ sung.
    Supplements,
    /// Gia hạn.
    Extends,
}

impl Amendment {
    /// Whether the earlier one holds no more: its tasks are withdrawn.
    pub fn ends(self) -> bool {
        matches!(self, Self::Replaces | Self::Repeals)
    }
}

/// Why a task that was dropped stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotRestored {
    /// Another task took it in.
    Merged,
    /// It was out, and the groups were told that it is owed no more.
    WasPosted,
    /// The draft or the schedule that it stood in is no more.
    DraftGone,
}

/// A task that somebody dropped from a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedTask {
    /// The task.
    pub task: TaskId,
    /// Its code.
    pub code: String,
}

/// One task in the draft of a directive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// The task.
    pub task: TaskLine,
    /// The month in whose post it would stand.
    pub month: Option<Month>,
    /// It has a deadline.
    pub dated: bool,
    /// How many points are open about it.
    pub open: usize,
}

/// A task that may be the same as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twin {
    /// Number of the code of the new one.
    pub code: u32,
    /// Number of the code of the one that was there.
    pub other: u32,
    /// Its title.
    pub title: String,
    /// It is out.
    pub out: bool,
    /// Their deadlines where they differ: those of the draft, those of the other.
    #[serde(default)]
    pub dues: Option<(Vec<Due>, Vec<Due>)>,
}

/// One task of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftItem {
    /// The task.
    pub task: TaskLine,
    /// How many schools it is for.
    pub schools: usize,
    /// The places that it came from.
    pub sources: Vec<Source>,
    /// What to look at, numbered from 1 as they are chosen; those of the deadline's fairness last.
    pub doubts: Vec<Doubt>,
    /// The directive in whose draft it is; none for a task handed out by hand.
    pub directive: Option<DirectiveId>,
    /// Which of its tasks it is, from 1.
    pub place: usize,
    /// Of how many.
    pub of: usize,
    /// It is still a draft: it can be dropped.
    pub draft: bool,
    /// The task before it, with its code.
    pub before: Option<(TaskId, String)>,
    /// The task after it.
    pub after: Option<(TaskId, String)>,
}

/// What the archive knows of a document that somebody asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Genuine {
    /// The number, and the day as far as it was said, are those of a directive of the office.
    Issued {
        /// The directive.
        directive: DirectiveLine,
        /// What the schools have to do by it.
        tasks: Vec<TaskLine>,
        /// The very file was compared.
        same_file: bool,
    },
    /// A directive with this number is there, but the day, the symbol or the file is another.
    Differs {
        /// The directive of the office.
        directive: DirectiveLine,
        /// The number that was asked about.
        number: String,
        /// The day that was asked about.
        issued_on: Option<NaiveDate>,
        /// Number and day are the same, the file is not.
        file: bool,
    },
    /// Nothing like it was issued here.
    Unknown {
        /// What was asked about: a number, or the name of a file.
        given: String,
    },
    /// The question names no number and brings no file.
    WhichOne,
}

/// Two tasks with different deadlines that are to be made one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhichDue {
    /// The code of the task that goes.
    pub gone: u32,
    /// The code of the task that stays.
    pub kept: u32,
    /// What is to be done, shortened.
    pub title: String,
    /// The deadlines of the one that goes.
    pub new: Vec<Due>,
    /// The deadlines of the one that stays.
    pub old: Vec<Due>,
    /// The one that stays is out: it has one deadline, and the groups hear of another.
    pub out: bool,
    /// The draft to go back to.
    pub directive: Option<DirectiveId>,
}
