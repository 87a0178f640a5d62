//! A plan in an Excel workbook since 2007 → paragraphs and tables, sheet by sheet, each cell as it is shown.
//!
//! `book` reads the parts of the workbook; `shown` knows what a number looks like. The register is read by another reader, which
//! wants values rather than what is shown.

mod book;
mod shown;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use book::Sheet;
pub(super) use book::{Area, Book, area, place_of, rich_text};
pub use shown::Format;

use super::doubt::DoubtKind;
use super::error::ImportError;
use super::package::Package;
use super::parts::{Cell, Document, Grid, Part, Row};

/// The most columns that are looked at.
const MAX_COLUMNS: usize = 60;

/// Reads a workbook.
///
/// # Errors
///
/// When it is damaged, or has no end.
pub fn read(package: &mut Package<'_>) -> Result<Document, ImportError> {
    let book = Book::open(package)?;
    let mut document = Document::default();
    let mut without_value = 0;
    for (name, part) in &book.sheets {
        let sheet = book.read(package, part)?;
        without_value += sheet.without_value;
        document.parts.push(Part::Table(Grid { rows: rows(&sheet), sheet: Some(name.clone()) }));
    }
    if without_value > 0 {
        document.doubts.push(DoubtKind::FormulasWithoutValue { count: without_value });
    }
    Ok(document)
}

/// The rows of a sheet with their merged cells. A gap of any height is one empty row.
fn rows(sheet: &Sheet) -> Vec<Row> {
    let width = sheet.cells.iter().map(|cell| cell.column + 1).max().unwrap_or_default().min(MAX_COLUMNS);
    let mut tops: HashMap<(usize, usize), &Area> = HashMap::new();
    for area in &sheet.merged {
        tops.insert((area.first_row, area.first_column), area);
    }
    // Areas that reach into the rows to come.
    let mut open: Vec<&Area> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut before = 0;
    let mut cells = sheet.cells.iter().peekable();
    while let Some(first) = cells.peek() {
        let number = first.row;
        if number > before + 1 && before > 0 {
            rows.push(Row { number: Some(before + 1), ..Row::default() });
        }
        before = number;
        open.retain(|area| area.last_row >= number);
        let mut texts: HashMap<usize, &str> = HashMap::new();
        while let Some(cell) = cells.next_if(|cell| cell.row == number) {
            texts.insert(cell.column, &cell.text);
        }
        let mut row = Row { number: Some(number), ..Row::default() };
        let mut column = 0;
        while column < width {
            let above = open.iter().find(|area| area.first_column == column && area.first_row < number);
            let area = above.copied().or_else(|| tops.get(&(number, column)).copied());
            let text = texts.get(&column).copied().filter(|_| above.is_none()).unwrap_or_default();
            let columns = area.map_or(1, |area| area.last_column.min(width - 1) + 1 - column);
            row.cells.push(Cell { columns, goes_on: above.is_some(), ..Cell::typed(text) });
            if let (Some(area), None) = (area, above) {
                open.push(area);
            }
            column += columns;
        }
        rows.push(row);
    }
    rows
}
