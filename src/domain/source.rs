//! Where a task comes from. A person finds it in the form that they have: a text has lines, Word has paragraphs and tables, Excel
//! has sheets with numbered rows.

use serde::{Deserialize, Serialize};

use super::DirectiveId;

/// The place of a document that a task came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The directive; none in a document that was not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directive: Option<DirectiveId>,
    /// Where it begins there.
    pub place: Place,
    /// The words there.
    pub quote: String,
}

/// A place that a person can find; everything is counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// A line of a text.
    Line {
        /// Its number.
        line: usize,
    },
    /// A paragraph that is not empty.
    Paragraph {
        /// Its number in the document.
        paragraph: usize,
    },
    /// A row of a table that holds tasks.
    Row {
        /// The table's number in the document.
        table: usize,
        /// Its number in the table, labels of the columns included.
        row: usize,
    },
    /// A row of a sheet.
    SheetRow {
        /// The sheet's name.
        sheet: String,
        /// Its number as the sheet shows it.
        row: usize,
    },
}

impl Place {
    /// The place so many lines further on.
    #[must_use]
    pub fn after(&self, lines: usize) -> Self {
        match self {
            Self::Line { line } => Self::Line { line: line + lines },
            Self::Paragraph { paragraph } => Self::Paragraph { paragraph: paragraph + lines },
            Self::Row { table, row } => Self::Row { table: *table, row: row + lines },
            Self::SheetRow { sheet, row } => Self::SheetRow { sheet: sheet.clone(), row: row + lines },
        }
    }
}
