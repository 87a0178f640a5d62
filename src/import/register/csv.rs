//! CSV, as Excel, LibreOffice and people write it → one sheet.

use csv::{ReaderBuilder, StringRecord};

use super::MAX_ROWS;
use super::columns;
use super::fault::{RegisterError, RegisterNotice, Repair};
use super::sheet::{Cell, Row, Sheet};
use crate::import::decode::decode;
use crate::import::doubt::DoubtKind;

/// Comma, semicolon (Excel with Vietnamese settings) and tab (copied from a sheet).
const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];
/// How many rows are read to see which separator it is.
const SAMPLE: usize = 60;

/// The one sheet of the file, with what was repaired in its text.
pub fn sheets(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<RegisterNotice>), RegisterError> {
    let (text, doubts) = decode(bytes)?;
    let separator = separator(&text);
    let rows = rows(&text, separator, MAX_ROWS)?;
    let notices = doubts.iter().filter_map(repair).map(|what| RegisterNotice { line: 0, what }).collect();
    Ok((vec![Sheet { name: String::new(), rows }], notices))
}

/// The one with which most headings are found.
fn separator(text: &str) -> u8 {
    let headings = |separator: u8| {
        sample(text, separator).map_or(0, |rows| rows.iter().map(columns::known).max().unwrap_or(0))
    };
    SEPARATORS.into_iter().rev().max_by_key(|separator| headings(*separator)).unwrap_or(b',')
}

/// The rows that hold something, unless they are more than `limit`.
pub fn rows(text: &str, separator: u8, limit: usize) -> Result<Vec<Row>, RegisterError> {
    let rows = first(text, separator, limit + 1)?;
    if rows.len() > limit { Err(RegisterError::TooManyRows) } else { Ok(rows) }
}

/// The first of the rows that hold something: enough to see what the text is.
pub fn sample(text: &str, separator: u8) -> Result<Vec<Row>, RegisterError> {
    first(text, separator, SAMPLE)
}

fn first(text: &str, separator: u8, most: usize) -> Result<Vec<Row>, RegisterError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    while rows.len() < most && reader.read_record(&mut record).map_err(|_| RegisterError::Damaged)? {
        let mut row = Row::new(record.position().map_or(0, |at| line(text, at)));
        record.iter().enumerate().for_each(|(column, field)| row.put(column, Cell::text(field)));
        if row.filled().next().is_some() {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The line on which a record begins: its position is that of the blank lines before it.
fn line(text: &str, at: &csv::Position) -> usize {
    let before = usize::try_from(at.byte()).unwrap_or(0);
    let blank = text.as_bytes().iter().skip(before).take_while(|byte| matches!(byte, b'\r' | b'\n'));
    usize::try_from(at.line()).unwrap_or(0) + blank.filter(|byte| **byte == b'\n').count()
}

fn repair(doubt: &DoubtKind) -> Option<Repair> {
    match doubt {
        DoubtKind::Encoding { name } => Some(Repair::Encoding { name: name.clone() }),
        DoubtKind::CharactersLost { count } => Some(Repair::CharactersLost { count: *count }),
        _ => None,
    }
}
