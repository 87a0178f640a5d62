//! Bytes of a clerk's list of schools → a register, or everything that is wrong with it.
//!
//! [`read`] chooses the format by the first bytes (`xlsx`, `csv`); both give a `sheet` of cells with their lines.
//! `columns` finds the row of headings among title rows and says which column holds what; `rows` passes over headings of
//! sections, totals and the template's example and reads the schools, with the repairs of `cells`. A repair is a
//! [`RegisterNotice`], never silent; one [`RowFault`] and nothing is taken at all, with every fault reported at once.
//!
//! To read one more format: a file that gives sheets, and an arm in [`read`]. To know one more heading: a word in `columns`.

mod cells;
mod columns;
pub(super) mod csv;
mod fault;
mod rows;
pub(super) mod sheet;
mod spelling;
mod xlsx;

#[cfg(test)]
mod tests;

pub use fault::{RegisterError, RegisterNotice, Repair, RowFault, RowProblem};

use serde::{Deserialize, Serialize};

use super::LIMIT;
use crate::domain::Register;

/// The most rows with something in them that a file may have. A province has some two thousand schools.
pub const MAX_ROWS: usize = 5_000;

/// A register as read, before it changes anything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RegisterDraft {
    /// The schools.
    pub register: Register,
    /// What was repaired or passed over, in the order of the lines.
    pub notices: Vec<RegisterNotice>,
}

/// Reads a register: XLSX, or CSV with comma, semicolon or tab in any encoding in which documents are read.
///
/// # Errors
/// One for the file as a whole, or [`RegisterError::Rows`] with every fault of its rows.
pub fn read(bytes: &[u8]) -> Result<RegisterDraft, RegisterError> {
    if bytes.len() as u64 > LIMIT {
        return Err(RegisterError::TooBig { megabytes: bytes.len() as u64 / 1_000_000 });
    }
    let (sheets, mut notices) = match bytes {
        [] => return Err(RegisterError::Empty),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => (xlsx::sheets(bytes)?, Vec::new()),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(xlsx::compound(bytes)),
        _ => csv::sheets(bytes)?,
    };
    let (sheet, layout) = columns::choose(&sheets)?;
    notices.extend(layout.notices.iter().cloned());
    let mut draft = rows::read(sheet, &layout)?;
    notices.append(&mut draft.notices);
    notices.sort_by_key(|notice| notice.line);
    Ok(RegisterDraft { register: draft.register, notices })
}
