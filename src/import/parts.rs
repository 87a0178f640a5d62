//! What every form with a structure of its own comes to, Word, Excel or a page of the web: paragraphs and tables in order. They
//! become the same lines as those of a text, save that a line knows where a paragraph begins and which rows are of one table.

use super::doubt::DoubtKind;
use super::error::ImportError;
use super::grid::{self, Laid};
use super::legacy::{Letters, suspected};
use super::lines::{Line, tidy};
use super::marker::{Marker, opening};
use crate::vietnamese::normal;

/// The most paragraphs and rows of a document: some 2,500 pages.
pub const MAX_PARTS: usize = 50_000;
/// The most text, in bytes, with the cells that are repeated for each of their rows.
const MAX_TEXT: usize = 20_000_000;
/// So much text tells which letters a document is in, in bytes.
const SAMPLE: usize = 100_000;

/// A document as its form gives it.
#[derive(Debug, Default)]
pub struct Document {
    /// Its paragraphs and tables.
    pub parts: Vec<Part>,
    /// What stands above and below its pages: no text, but a stamp may be there.
    pub margins: Vec<String>,
    /// What was damaged or repaired.
    pub doubts: Vec<DoubtKind>,
}

/// A paragraph or a table.
#[derive(Debug)]
pub enum Part {
    /// A paragraph.
    Text {
        /// The number or sign before it, where it was not typed.
        label: Option<String>,
        /// Its words; it may hold line breaks.
        text: String,
    },
    /// A table.
    Table(Grid),
}

/// A table with its merged cells, as drawn.
#[derive(Debug, Default)]
pub struct Grid {
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Columns that are left out before its first cell.
    pub before: usize,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Default)]
pub struct Cell {
    /// What is in it.
    pub parts: Vec<Part>,
    /// Over how many columns it reaches.
    pub columns: usize,
    /// It is the lower part of the cell above it.
    pub goes_on: bool,
}

/// Reads a document anew whose letters are those of an old font though nothing in it says so.
pub fn mend(parts: &mut [Part]) -> Option<Letters> {
    let mut sample = String::new();
    each_text(parts, &mut |text| {
        if sample.len() < SAMPLE {
            sample.push_str(text);
            sample.push('\n');
        }
    });
    let letters = suspected(&sample)?;
    each_text(parts, &mut |text| *text = letters.read(text));
    Some(letters)
}

fn each_text(parts: &mut [Part], with: &mut impl FnMut(&mut String)) {
    for part in parts {
        match part {
            Part::Text { text, .. } => with(text),
            Part::Table(grid) => {
                let cells = grid.rows.iter_mut().flat_map(|row| &mut row.cells);
                cells.for_each(|cell| each_text(&mut cell.parts, with));
            }
        }
    }
}

/// The lines of a document.
///
/// # Errors
///
/// When there are too many of them.
pub fn lines(parts: &[Part]) -> Result<Vec<Line>, ImportError> {
    let mut flow = Flow::default();
    flow.parts(parts)?;
    Ok(flow.lines)
}

/// Lines while they are being written.
#[derive(Default)]
pub struct Flow {
    lines: Vec<Line>,
    at: usize,
    tables: usize,
    /// The table that ended with the last line.
    before: Option<grid::Head>,
}

impl Flow {
    fn parts(&mut self, parts: &[Part]) -> Result<(), ImportError> {
        parts.iter().try_for_each(|part| match part {
            Part::Text { label, text } => self.paragraph(label.as_deref(), text),
            Part::Table(grid) => self.table(grid),
        })
    }

    fn paragraph(&mut self, label: Option<&str>, text: &str) -> Result<(), ImportError> {
        let text = labelled(label, text);
        if !text.trim().is_empty() {
            self.before = None;
        }
        for (n, line) in text.split('\n').enumerate() {
            self.push(tidy(&normal(line)), n == 0, None)?;
        }
        Ok(())
    }

    fn table(&mut self, grid: &Grid) -> Result<(), ImportError> {
        let mut rest = grid.rows.as_slice();
        while !rest.is_empty() {
            let Some(found) = grid::find(rest, self.before.as_ref()) else { return self.layout(rest) };
            self.layout(&rest[..found.first])?;
            let (head, rows, next) = grid::lay(rest, found);
            self.tables += 1;
            for row in rows {
                let Laid { text, kind } = row;
                let of = grid::TableRow {
                    table: self.tables,
                    columns: head.columns.clone(),
                    reports: head.is_of_reports(),
                    kind,
                };
                self.push(text, true, Some(of))?;
            }
            self.before = Some(head);
            rest = &rest[next..];
        }
        Ok(())
    }

    /// A table that only puts things beside each other: a letterhead, a signature.
    fn layout(&mut self, rows: &[Row]) -> Result<(), ImportError> {
        for row in rows {
            let single =
                row.cells.iter().all(|cell| matches!(cell.parts.as_slice(), [] | [Part::Text { .. }]));
            if single && row.cells.len() > 1 {
                let cells: Vec<String> = row
                    .cells
                    .iter()
                    .filter(|cell| !cell.goes_on)
                    .map(|cell| grid::text(cell, false))
                    .collect();
                self.push(cells.join("\t"), true, None)?;
                continue;
            }
            for cell in row.cells.iter().filter(|cell| !cell.goes_on) {
                self.parts(&cell.parts)?;
                self.push(String::new(), true, None)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, text: String, begins: bool, row: Option<grid::TableRow>) -> Result<(), ImportError> {
        let start = self.at;
        self.at += text.len() + 1;
        if self.lines.len() >= MAX_PARTS || self.at > MAX_TEXT {
            return Err(ImportError::TooLong);
        }
        self.lines.push(Line::of_part(text, self.lines.len() + 1, start, begins, row));
        Ok(())
    }
}

/// A paragraph's words behind its number. A number before nothing is nothing.
fn labelled(label: Option<&str>, text: &str) -> String {
    match label {
        Some(label) if !text.trim().is_empty() => {
            let text = text.trim_start();
            // "-" typed where Word puts a bullet, too.
            let doubled = matches!(opening(text).marker, Marker::Bullet(_)) && opening(label).rest.len() <= 2;
            if doubled && label.chars().count() == 1 { text.to_owned() } else { format!("{label} {text}") }
        }
        _ => text.to_owned(),
    }
}
