//! A file of an officer, whatever it is: a directive or the register.

use serde::{Deserialize, Serialize};

use super::package::{Kind, Package};
use super::register::{self, RegisterDraft, RegisterError};
use super::{Directive, ImportError};

/// What a file of an office turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A directive or a schedule.
    Directive(Box<Directive>),
    /// The list of schools.
    Register(RegisterDraft),
}

/// Why a file gives nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Unread {
    /// As a directive.
    #[error(transparent)]
    Directive(#[from] ImportError),
    /// As a register.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

/// What the one who hands a file over takes it for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expected {
    /// Whatever it is.
    Any,
    /// A directive or a schedule.
    Directive,
    /// The list of schools.
    Register,
}

/// Reads a file of an office as what it is handed over.
///
/// # Errors
///
/// What the reader of its kind says.
pub fn file_as(expected: Expected, name: &str, bytes: &[u8]) -> Result<Content, Unread> {
    match expected {
        Expected::Any => file(name, bytes),
        Expected::Directive => Ok(Content::Directive(Box::new(super::read(bytes)?))),
        Expected::Register => Ok(Content::Register(register::read(bytes)?)),
    }
}

/// Reads a file of an office. What is in it says what it is, never its name: a table with the columns of a register is the
/// register, whatever else has text is a directive.
///
/// # Errors
///
/// What the reader of its kind says.
pub fn file(name: &str, bytes: &[u8]) -> Result<Content, Unread> {
    let table = is_table(name, bytes);
    let why = match register::read(bytes) {
        Ok(draft) => return Ok(Content::Register(draft)),
        // A table with the headings of a register and faults in it.
        Err(why @ (RegisterError::Rows(_) | RegisterError::NoSchools)) if table => return Err(why.into()),
        Err(why) => why,
    };
    match super::read(bytes) {
        // A table in which nobody finds anything was perhaps meant as a register.
        Ok(directive) if table && directive.tasks.is_empty() => Err(why.into()),
        read => Ok(Content::Directive(Box::new(read?))),
    }
}

/// Whether a file can be nothing but a table: a workbook by its parts, a CSV by its name (its bytes are those of any text).
fn is_table(name: &str, bytes: &[u8]) -> bool {
    let workbook = || Package::open(bytes).is_ok_and(|package| package.kind() == Some(Kind::Workbook));
    name.to_lowercase().ends_with(".csv") || (bytes.starts_with(b"PK") && workbook())
}
