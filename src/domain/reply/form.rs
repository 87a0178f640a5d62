//! What is said of forms.

use serde::{Deserialize, Serialize};

use crate::domain::Form;

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
    },
    /// A task's form was kept as the office's own.
    Kept {
        /// As it is typed.
        key: String,
        /// Its name.
        title: String,
    },
}
