//! A file of an officer, whatever it is: a directive or the register.

use serde::{Deserialize, Serialize};

use super::register::{self, RegisterDraft, RegisterError};
use super::{Directive, ImportError};

/// What a file of an office turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A directive or a schedule.
    Directive(Directive),
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
        Expected::Directive => Ok(Content::Directive(super::read(bytes)?)),
        Expected::Register => Ok(Content::Register(register::read(bytes)?)),
    }
}

/// Reads a file of an office. Its first bytes say what it is; the name helps only where text is a table (CSV).
///
/// # Errors
///
/// What the reader of its kind says.
pub fn file(name: &str, bytes: &[u8]) -> Result<Content, Unread> {
    if is_table(name, bytes) {
        return Ok(Content::Register(register::read(bytes)?));
    }
    Ok(Content::Directive(super::read(bytes)?))
}

/// Whether a file is a table: a workbook by its first bytes, a CSV by its name (its bytes are those of any text).
fn is_table(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".csv") || (bytes.starts_with(b"PK") && !name.ends_with(".docx"))
}
