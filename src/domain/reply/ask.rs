//! Asking back: how the person is called, and what is asked.

use serde::{Deserialize, Serialize};

use crate::domain::{Field, TaskId, Value};

/// How a person is called: by the middle name that tells it, else both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// Anh.
    Brother,
    /// Chị.
    Sister,
    /// Anh/chị.
    #[default]
    Either,
}

impl Address {
    /// "Thị" stands in women's names and "Văn" in men's; any other name tells nothing.
    pub fn of(name: &str) -> Self {
        let mut words = name.split_whitespace().skip(1);
        match words.find(|w| ["Thị", "Văn"].contains(w)) {
            Some("Thị") => Self::Sister,
            Some(_) => Self::Brother,
            None => Self::Either,
        }
    }
}

/// What is asked back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asking {
    /// Several questions wait that these words would answer: which is meant?
    WhichQuestion {
        /// The code of the task, where it is known, and the school of each.
        about: Vec<(String, String)>,
        /// The words.
        words: String,
    },
    /// Which task is meant.
    WhichTask {
        /// Code and title of those that it may be.
        tasks: Vec<(TaskId, String, String)>,
        /// The words that were sent, for the example.
        words: String,
    },
    /// Which school is meant.
    WhichSchool {
        /// Short names.
        schools: Vec<String>,
        /// The words that were sent.
        words: String,
    },
    /// Are these values right.
    Confirm {
        /// The task.
        code: String,
        /// Its title.
        title: String,
        /// Short name of the school.
        school: String,
        /// The guess.
        values: Vec<(Field, Value)>,
    },
    /// What does this figure belong to.
    WhichField {
        /// The task.
        code: String,
        /// The figures as printed.
        figures: Vec<String>,
        /// The fields.
        fields: Vec<Field>,
    },
    /// Until which day.
    UntilWhen {
        /// The task.
        code: Option<String>,
    },
    /// Which of these figures is the one of the field.
    TwoFigures {
        /// The task.
        code: String,
        /// The figures as printed.
        figures: Vec<String>,
        /// The field.
        fields: Vec<Field>,
    },
    /// What are these then, after they were said to be slips.
    Anew {
        /// The task.
        code: String,
        /// The fields.
        fields: Vec<Field>,
    },
    /// Has it been handed in or not.
    DoneOrNot {
        /// The task.
        code: String,
        /// Its title.
        title: String,
    },
    /// What a read-back missed has not come yet.
    StillMissing {
        /// The task.
        code: String,
        /// The fields that have no value.
        fields: Vec<Field>,
    },
    /// A link, file or figure was announced and is not there.
    WhereIsIt {
        /// The task.
        code: String,
        /// The fields.
        fields: Vec<Field>,
    },
}
