//! What a message means.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::{ConfirmationLevel, SchoolId, TaskId, Values};

/// What a message means: one act a school that it speaks for. Empty for a message without words and attachments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// In the order of the message.
    pub acts: Vec<Act>,
}

/// One school's word about one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// The school: the one named, else the sender's only one.
    pub school: Option<SchoolId>,
    /// The school's name stood in the message.
    pub named: bool,
    /// The task.
    pub task: Binding,
    /// What is said.
    pub intent: Intent,
    /// What must be asked before anything is stored, weightiest first.
    pub doubts: Vec<Unclear>,
}

impl Act {
    /// Whether it may be stored as it is; otherwise the bot asks first (rule 1 of the product).
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.doubts.is_empty()
    }

    /// What was given, for the intents that give something.
    #[must_use]
    pub fn given(&self) -> Option<&Given> {
        match &self.intent {
            Intent::Submit(given) | Intent::Correct(given) => Some(given),
            _ => None,
        }
    }
}

/// Which task an act is about, and how that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    /// The message quotes the task's post, a reminder of it or an answer to it.
    Quote(TaskId),
    /// Its code stands in the message.
    Code(TaskId),
    /// It answers the bot's question about it.
    Answer(TaskId),
    /// It is the only open task.
    OnlyOpen(TaskId),
    /// It is the only open task with fields of these labels.
    Fields(TaskId),
    /// Words of its text stand in the message and in no other task's, or its deadline is named.
    Topic(TaskId),
    /// More of its words stand in the message than of another's. A guess.
    Likely(TaskId),
    /// It is due now and all others much later; figures are never bound so.
    Due(TaskId),
    /// One of these; a confirmation may be meant for all of them.
    Several(Vec<TaskId>),
    /// Nothing tells.
    None,
}

impl Binding {
    /// The task, where there is one.
    #[must_use]
    pub fn task(&self) -> Option<TaskId> {
        match self {
            Self::Quote(task)
            | Self::Code(task)
            | Self::Answer(task)
            | Self::OnlyOpen(task)
            | Self::Fields(task)
            | Self::Topic(task)
            | Self::Likely(task)
            | Self::Due(task) => Some(*task),
            Self::Several(_) | Self::None => None,
        }
    }
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Đã nhận, đã triển khai, đã nộp. `Received` without a task is meant for the whole post.
    Confirm(ConfirmationLevel),
    /// Something is handed in: figures, a link, words, or the attachments of the message.
    Submit(Given),
    /// It takes the place of what was given before; only what it names changes.
    Correct(Given),
    /// What was given before is taken back.
    Withdraw,
    /// The same as last time: offer the last values, never take them.
    SameAsLast,
    /// More time is asked for.
    Extension {
        /// Until when; none when no day was said.
        until: Option<Until>,
        /// The message in its own words.
        reason: String,
    },
    /// It comes within the deadline: silence until then. It is also the word that the task was received.
    Promise {
        /// When; none when nothing was said.
        until: Option<Until>,
    },
    /// It is not done and nobody says when, or it does not concern the school.
    Unable {
        /// The school says that it is not concerned (C11: not applicable is not zero).
        not_concerned: bool,
        /// The message in its own words.
        reason: String,
    },
    /// Something is asked that a person must answer.
    Question,
    /// Greetings, thanks, talk among colleagues.
    Chitchat,
    /// Nothing of the kind. Silence in a group; where the bot was addressed it says that it did not understand.
    Unknown,
    /// The answer "no" to the bot's question: the guess is dropped.
    Refused,
}

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Given {
    /// Values by the key of the task's field.
    pub values: Values,
    /// How figures found their fields.
    pub by: By,
    /// Figures that found no field; never stored.
    pub loose: Vec<Figure>,
    /// Links, as typed. Those that have a field stand in `values` too.
    pub links: Vec<String>,
    /// The message came with files, photos or a voice.
    pub attached: bool,
}

impl Given {
    /// Nothing was given but words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.loose.is_empty() && self.links.is_empty() && !self.attached
    }
}

/// How figures found their fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// There are none.
    #[default]
    Nothing,
    /// By words beside them.
    Labels,
    /// There is one figure and one field for it.
    Only,
    /// By their order. A guess.
    Position,
    /// They are last time's, offered by the bot and taken by the person.
    LastTime,
}

/// A figure as said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The words that name it, as typed; empty for none.
    pub label: String,
    /// The figure as typed.
    pub printed: String,
    /// The value in hundredths: 97,5 % is 9750, and 12 children are 1200.
    pub hundredths: i64,
    /// It is a percentage.
    pub percent: bool,
}

/// A day, as resolved from the message and its date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Until {
    /// The day.
    pub day: NaiveDate,
    /// The clock time or the end of the half-day that was said.
    pub time: Option<NaiveTime>,
    /// The words.
    pub words: String,
}

impl Until {
    /// The local moment; `deadline_hour` is the office's for days without an hour.
    #[must_use]
    pub fn moment(&self, deadline_hour: NaiveTime) -> NaiveDateTime {
        self.day.and_time(self.time.unwrap_or(deadline_hour))
    }
}

/// What must be asked before anything is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unclear {
    /// Several tasks may be meant.
    WhichTask(Vec<TaskId>),
    /// The code is no task's.
    NoSuchTask {
        /// As typed.
        given: String,
    },
    /// Several schools may be meant: of the sender, or of that name.
    WhichSchool(Vec<SchoolId>),
    /// A school was named that the register does not know.
    NoSuchSchool {
        /// As typed.
        given: String,
        /// The nearest.
        nearest: Vec<SchoolId>,
    },
    /// The school named is none of the sender's.
    OthersSchool(SchoolId),
    /// The task was guessed from the words of the message.
    GuessedTask(TaskId),
    /// Figures were put into fields by their order.
    GuessedFields,
    /// Figures that belong to no field, or to several.
    WhichField {
        /// The figures as typed.
        figures: Vec<String>,
        /// Keys of the fields that they may belong to.
        fields: Vec<String>,
    },
    /// A field was named with something that its kind cannot hold.
    NotANumber {
        /// Key of the field.
        field: String,
        /// As typed.
        given: String,
    },
    /// Two figures for one field.
    TwoFigures {
        /// Key of the field.
        field: String,
        /// The figures as typed.
        #[serde(default)]
        figures: Vec<String>,
    },
    /// Something was announced ("em gửi link") and is not there.
    NothingGiven,
    /// Nothing was said about until when.
    UntilWhen,
    /// The day does not exist, or is over.
    BadDay {
        /// As typed.
        given: String,
    },
    /// "Như lần trước": the last values are offered.
    SameAsLast,
    /// It says two things at once: done and not done.
    DoneOrNot,
}
