//! What is said of forms.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Address;
use crate::domain::{Field, Form, TaskId};

/// What is said of forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormReply {
    /// The forms that can be taken: key, title, number of fields.
    List {
        /// The starter set.
        starters: Vec<(String, String, usize)>,
        /// The office's own.
        own: Vec<(String, String, usize)>,
    },
    /// One of them, read back.
    Shown {
        /// As it is typed.
        key: String,
        /// Its name.
        title: String,
        /// The form.
        form: Form,
    },
    /// Where the form of a task is made on a page; the forms of all tasks without one.
    Page {
        /// The task.
        code: Option<String>,
        /// Its form as it is.
        form: Form,
        /// The address, and until when it is good; none where no pages are reached.
        page: Option<(String, DateTime<Utc>)>,
    },
    /// There is none of this key.
    Unknown {
        /// As typed.
        given: String,
        /// The nearest.
        nearest: String,
    },
    /// A form was set for a task that is out already.
    Set {
        /// The task.
        code: String,
        /// The form.
        form: Form,
        /// How many schools had answered the form before it: their answers stay as they are.
        answered: usize,
        /// The office's own workbook that does not go with the task any more.
        dropped: Option<String>,
    },
    /// A workbook of the office, as it was understood: shall the task's form be made from it? Two buttons.
    Template {
        /// The task.
        code: String,
        /// Name of the file.
        file: String,
        /// The sheet.
        sheet: String,
        /// One row a school; one sheet for a school otherwise.
        table: bool,
        /// The cell of each field, or its column in a table.
        cells: Vec<(String, Field)>,
        /// The form, for the checks that its headings suggest.
        form: Form,
        /// Other sheets: nothing is taken from them.
        others: Vec<String>,
        /// Schools that have answered the form of now.
        answered: usize,
    },
    /// Which task is a workbook for?
    WhichTask {
        /// Name of the file.
        file: String,
        /// Open tasks and drafts: code and title.
        tasks: Vec<(String, String)>,
    },
    /// To the groups: the workbook of a task that is out already.
    TemplateOut {
        /// The task, for quotes of the post.
        task: TaskId,
        /// Its code.
        code: String,
        /// Its title.
        title: String,
        /// Name of the file.
        file: String,
    },
    /// To a school that asked for it: the file itself goes with it.
    TemplateSent {
        /// The task.
        code: String,
        /// Name of the file.
        file: String,
    },
    /// A filled copy is not taken; sentences already worded.
    CopyRefused {
        /// The task.
        code: String,
        /// Name of the file.
        file: String,
        /// What is wrong, with cells.
        sentences: Vec<String>,
    },
    /// Single cells of a filled copy cannot be read; sentences already worded. The rest waits.
    CellsRefused {
        /// How to call the person.
        address: Address,
        /// Short name of the school.
        school: String,
        /// The task.
        code: String,
        /// What is wrong, with cells.
        sentences: Vec<String>,
        /// The fields, for the example.
        fields: Vec<Field>,
    },
    /// Files of a message that were no copies, beside one that was, or more than are read at once.
    FilesLeft {
        /// Their names.
        files: Vec<String>,
    },
    /// To who sent a filled copy: rows of other schools in it are left out.
    OthersRows {
        /// The task.
        code: String,
        /// The cells with their names.
        rows: Vec<(String, String)>,
    },
    /// The master workbook, which goes with it.
    Master {
        /// The task.
        code: String,
        /// Schools that have answered.
        answered: usize,
        /// Schools expected.
        schools: usize,
    },
    /// A task's form was kept as the office's own.
    Kept {
        /// As it is typed.
        key: String,
        /// Its name.
        title: String,
    },
}
