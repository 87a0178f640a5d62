//! A plan as comma-separated values → a table.

use super::columns::header_of;
use super::parts::{Cell, Document, Grid, Part, Row};
use super::register::csv;
use super::register::sheet::{self, MAX_COLUMNS};

/// Comma and semicolon. Tabs part the cells of many texts that are no tables of a program.
const SEPARATORS: [u8; 2] = [b';', b','];
/// The most rows: those of a document.
const MAX_ROWS: usize = super::parts::MAX_PARTS;
/// How many rows are searched for the labels of columns.
const SEARCHED: usize = 40;

/// The plan in a text, if it is one: three labels of the genre in a row, and rows as wide below it.
pub fn read(text: &str) -> Option<Document> {
    SEPARATORS.into_iter().find_map(|separator| {
        let cells = |row: &sheet::Row| -> Vec<String> {
            (0..MAX_COLUMNS).map(|at| row.cell(at).shown().to_owned()).collect()
        };
        let sample = csv::sample(text, separator).ok()?;
        let head = sample.iter().take(SEARCHED).position(|row| {
            if row.filled().count() < 3 {
                return false;
            }
            let cells = cells(row);
            let shown: Vec<&str> = cells.iter().map(String::as_str).collect();
            header_of(&shown).is_some()
        })?;
        let rows = csv::rows(text, separator, MAX_ROWS).ok()?;
        let width = rows[head].filled().map(|(at, _)| at + 1).max()?;
        let below = &rows[head + 1..];
        let wide = below.iter().filter(|row| row.filled().any(|(at, _)| at > 0)).count();
        if below.is_empty() || wide * 10 < below.len() * 6 {
            return None;
        }
        let rows = rows
            .iter()
            .map(|row| Row {
                number: Some(row.line),
                cells: cells(row).into_iter().take(width).map(Cell::typed).collect(),
                ..Row::default()
            })
            .collect();
        Some(Document { parts: vec![Part::Table(Grid { rows, sheet: None })], ..Document::default() })
    })
}
