//! Commands: what is wrong with one, and the lines of the help.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is wrong with a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CommandProblem {
    /// There is no such command.
    Unknown {
        /// What was typed.
        given: String,
        /// The nearest one, with its slash.
        nearest: Option<String>,
    },
    /// Words behind an order to post that are not understood: nothing is posted.
    NotPosted {
        /// The words.
        given: String,
    },
    /// A part is missing; the key of its name in `locales/`.
    Missing {
        /// The key: `task`, `school`, `date`, `text`, `values`, `code`.
        part: String,
    },
    /// No task has this code.
    NoSuchTask {
        /// What was typed.
        given: String,
        /// Codes of open tasks.
        open: Vec<String>,
    },
    /// The task with this code was out and is not any more.
    Withdrawn {
        /// Its code.
        code: String,
        /// The beginning of its words.
        title: String,
    },
    /// No school has this name.
    NoSuchSchool {
        /// What was typed.
        given: String,
        /// The nearest.
        nearest: Vec<String>,
    },
    /// Several schools have this name.
    SeveralSchools {
        /// What was typed.
        given: String,
        /// Their short names.
        names: Vec<String>,
    },
    /// The date cannot be read or does not exist.
    BadDate {
        /// What was typed.
        given: String,
    },
    /// The date has passed.
    PastDate {
        /// The date.
        date: NaiveDate,
    },
    /// The form cannot be read.
    BadForm {
        /// The part that cannot.
        given: String,
    },
    /// A rule between the fields of a form cannot be read.
    BadRule {
        /// The rule as typed.
        given: String,
        /// What is wrong, with its place.
        why: RuleProblem,
    },
    /// The setting cannot be read.
    BadSetting {
        /// What was typed.
        given: String,
    },
    /// This person may not.
    NotAllowed,
    /// This person does not answer for that school; the words went to a specialist.
    OthersSchool {
        /// Its short name.
        name: String,
    },
    /// Nobody of this name waits to be let in.
    NoSuchRequest {
        /// What was typed.
        given: String,
        /// Who waits.
        waiting: Vec<String>,
    },
    /// Forms have no pages here: no public address is set.
    NoPage {
        /// The task.
        code: String,
    },
    /// It has no form with such fields.
    NoForm {
        /// The task.
        code: String,
    },
}

/// What is wrong with a rule between the fields of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleProblem {
    /// The form has no such field.
    NoSuchField {
        /// As typed.
        name: String,
        /// The labels that it has.
        known: Vec<String>,
    },
    /// A field holds words, files or a choice where figures or days are compared.
    NotComparable {
        /// Its label.
        name: String,
    },
    /// Nothing is compared.
    NoComparison,
    /// A condition without what follows from it.
    NoThen,
    /// A side is empty, a bracket is open, or it is too long.
    Unfinished,
    /// There is no field of the form in it.
    NoField,
}

/// One command in the help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpLine {
    /// Without its slash; also the key of its words in `locales/`: `help-giao`, `example-giao`.
    pub command: String,
    /// Show the example too.
    pub full: bool,
}
