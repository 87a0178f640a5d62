//! Why a register is refused, and what was repaired in one that is taken. The words are in `locales/` (section `register`).

use serde::{Deserialize, Serialize};

use crate::domain::RegisterColumn;
use crate::import::ImportError;

/// Why a register is not taken. Nothing of it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum RegisterError {
    /// The file cannot be opened.
    #[error("cannot be opened")]
    Unreadable,
    /// No bytes, or no text in them.
    #[error("empty")]
    Empty,
    /// Larger than [`crate::import::LIMIT`].
    #[error("too big: {megabytes} MB")]
    TooBig {
        /// Its size in megabytes (10^6 bytes).
        megabytes: u64,
    },
    /// More than [`super::MAX_ROWS`] rows.
    #[error("too many rows")]
    TooManyRows,
    /// Its parts unpack to more than is allowed.
    #[error("unpacks to too much")]
    UnpacksTooFar,
    /// Locked with a password.
    #[error("locked")]
    Locked,
    /// Cut off or changed on its way.
    #[error("damaged")]
    Damaged,
    /// An Excel workbook of before 2007, or of the binary kind.
    #[error("old workbook")]
    OldWorkbook,
    /// Something else than a table: a Word document, a PDF, a picture.
    #[error("not a table")]
    NotATable,
    /// Text in an encoding that is not known.
    #[error("unknown encoding")]
    Encoding,
    /// No row of headings was found.
    #[error("no headings")]
    NoHeadings,
    /// The row of headings lacks columns that a register must have.
    #[error("columns are missing in line {line}: {columns:?}")]
    MissingColumns {
        /// The line of the headings.
        line: usize,
        /// What is missing.
        columns: Vec<RegisterColumn>,
    },
    /// Headings and no school under them.
    #[error("no schools")]
    NoSchools,
    /// Faults of rows, in the order of their lines.
    #[error("{} faults", .0.len())]
    Rows(Vec<RowFault>),
}

impl From<ImportError> for RegisterError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Unreadable(_) => Self::Unreadable,
            ImportError::Empty => Self::Empty,
            ImportError::TooBig(megabytes) => Self::TooBig { megabytes },
            ImportError::Encoding => Self::Encoding,
            ImportError::Damaged => Self::Damaged,
            ImportError::Locked => Self::Locked,
            ImportError::UnpacksTooFar => Self::UnpacksTooFar,
            ImportError::TooLong => Self::TooManyRows,
            ImportError::Format(_)
            | ImportError::TooManyDots
            | ImportError::TooManyPictures(_)
            | ImportError::PictureUnknown
            | ImportError::Secret(_) => Self::NotATable,
            ImportError::Register
            | ImportError::TooComplex
            | ImportError::TooSlow(_)
            | ImportError::NoReader(_) => Self::Damaged,
        }
    }
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowFault {
    /// The line, counted from 1.
    pub line: usize,
    /// The column.
    pub column: RegisterColumn,
    /// Why the cell cannot be taken.
    pub why: RowProblem,
}

/// Why a cell cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowProblem {
    /// Nothing stands there.
    Missing,
    /// Another row has this code.
    SameCode {
        /// The code.
        code: String,
        /// The line of the other row.
        first: usize,
    },
    /// Another row has this name in the same ward.
    SameSchool {
        /// The name.
        name: String,
        /// The line of the other row.
        first: usize,
    },
    /// No kind of school is called so.
    UnknownKind {
        /// As printed.
        printed: String,
    },
    /// Not a telephone number of Việt Nam.
    NotAPhone {
        /// As printed.
        printed: String,
    },
    /// Excel took what was typed for a date.
    IsADate {
        /// As shown.
        printed: String,
    },
    /// A formula that failed.
    BrokenFormula {
        /// As shown.
        printed: String,
    },
    /// No whole number.
    NotANumber {
        /// As printed.
        printed: String,
    },
    /// Longer than a name or a code can be.
    TooLong {
        /// The most characters that it may have.
        limit: usize,
    },
}

/// A repair, or something passed over, that a person should know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterNotice {
    /// The line, counted from 1; 0 when it is about the whole file.
    pub line: usize,
    /// What was done.
    pub what: Repair,
}

/// What was repaired, passed over or noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Repair {
    /// Read from an encoding of old.
    Encoding {
        /// Its name.
        name: String,
    },
    /// Characters of the file cannot be read.
    CharactersLost {
        /// How many.
        count: usize,
    },
    /// A column that a register does not have.
    ColumnPassedOver {
        /// Its heading.
        heading: String,
    },
    /// A further sheet with a list of schools, which was not read.
    SheetPassedOver {
        /// Its name.
        name: String,
    },
    /// A row that is no school.
    RowPassedOver {
        /// What stands in it.
        text: String,
    },
    /// The example of the template.
    ExamplePassedOver,
    /// Blanks at the ends or twice inside.
    Blanks {
        /// The column.
        column: RegisterColumn,
        /// As read.
        read: String,
    },
    /// The leading zero of a telephone number was put back.
    PhoneZero {
        /// As read.
        read: String,
    },
    /// A telephone number was written with dots, with +84 and so on.
    PhoneWritten {
        /// As printed.
        printed: String,
        /// As read.
        read: String,
    },
    /// Of several telephone numbers the first was taken.
    PhoneFirst {
        /// As printed.
        printed: String,
        /// As read.
        read: String,
    },
    /// A ward or a cluster that an earlier row spells otherwise.
    Spelling {
        /// The column.
        column: RegisterColumn,
        /// As printed.
        printed: String,
        /// As read: the spelling of the earlier row.
        read: String,
    },
    /// A school of another ward has the same name.
    SameName {
        /// The name.
        name: String,
        /// The line of the other row.
        first: usize,
    },
    /// Another school is called so too: an answer under this name will have to be asked about.
    SharedAlias {
        /// The other name.
        alias: String,
        /// The line of the other row.
        first: usize,
    },
    /// The total that the file states is not the number of schools read.
    Total {
        /// As stated.
        stated: usize,
        /// As read.
        read: usize,
    },
}
