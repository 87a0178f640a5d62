//! What every form with a structure of its own comes to, Word, Excel or a page of the web: paragraphs and tables in order. They
//! become the same lines as those of a text, save that a line knows where a paragraph begins and which rows are of one table.

use super::doubt::DoubtKind;
use super::error::ImportError;
use super::grid::{self, Laid};
use super::legacy::{Letters, suspected};
use super::lines::{Line, tidy};
use super::marker::{Marker, opening};
use super::places::Places;
use crate::domain::Place;
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
    /// The sheet of a workbook that it is.
    pub sheet: Option<String>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub struct Row {
    /// Its number in its sheet, counted from 1, where rows have numbers that people see.
    pub number: Option<usize>,
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

impl Part {
    /// A paragraph of which everything was typed.
    pub fn typed(text: impl Into<String>) -> Self {
        Self::Text { label: None, text: text.into() }
    }
}

impl Cell {
    /// A cell with one text in it.
    pub fn typed(text: impl Into<String>) -> Self {
        Self { parts: vec![Part::typed(text)], columns: 1, goes_on: false }
    }
}

/// A cell that says over how many columns and rows it reaches.
pub struct Spanned {
    /// What is in it.
    pub parts: Vec<Part>,
    /// Over how many columns it reaches.
    pub columns: usize,
    /// Over how many rows it reaches.
    pub rows: usize,
}

/// The most columns over which a cell may reach.
const MAX_SPAN: usize = 60;

/// The table of rows whose cells say how far they reach: below such a cell stands its lower part.
pub fn grid_of(rows: Vec<Vec<Spanned>>) -> Grid {
    // Where a cell reaches down: its column, its columns, the rows that are left.
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut grid = Grid::default();
    for cells in rows {
        let mut row = Row::default();
        let mut column = 0;
        let mut cells = cells.into_iter();
        let mut opened = Vec::new();
        loop {
            if let Some((_, columns, left)) = open.iter_mut().find(|(at, _, left)| *at == column && *left > 0)
            {
                *left -= 1;
                row.cells.push(Cell { parts: Vec::new(), columns: *columns, goes_on: true });
                column += *columns;
                continue;
            }
            let Some(cell) = cells.next() else {
                let next =
                    open.iter().filter(|(at, _, left)| *at > column && *left > 0).map(|(at, ..)| *at).min();
                let Some(next) = next else { break };
                row.cells.push(Cell { columns: next - column, ..Cell::default() });
                column = next;
                continue;
            };
            let columns = cell.columns.clamp(1, MAX_SPAN);
            if cell.rows > 1 {
                opened.push((column, columns, cell.rows - 1));
            }
            row.cells.push(Cell { parts: cell.parts, columns, goes_on: false });
            column += columns;
        }
        open.retain(|(_, _, left)| *left > 0);
        open.extend(opened);
        grid.rows.push(row);
    }
    grid
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

/// The lines of a document, and where a person finds them.
///
/// # Errors
///
/// When there are too many of them.
pub fn lines(parts: &[Part]) -> Result<(Vec<Line>, Places), ImportError> {
    let mut flow = Flow::default();
    flow.parts(parts)?;
    Ok((flow.lines, flow.places))
}

/// Lines while they are being written.
#[derive(Default)]
pub struct Flow {
    lines: Vec<Line>,
    places: Places,
    at: usize,
    paragraphs: usize,
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
            self.paragraphs += 1;
        }
        for (n, line) in text.split('\n').enumerate() {
            self.push(tidy(&normal(line)), n == 0, None, Place::Paragraph { paragraph: self.paragraphs })?;
        }
        Ok(())
    }

    fn table(&mut self, grid: &Grid) -> Result<(), ImportError> {
        let mut rest = grid.rows.as_slice();
        // Only another drawn table can be the next piece of the one before it.
        let mut before = self.before.take();
        while !rest.is_empty() {
            let found = grid::find(rest, before.take().as_ref());
            let Some(found) = found.filter(|found| found.has_rows(rest)) else {
                return self.layout(grid, rest);
            };
            self.layout(grid, &rest[..found.first])?;
            let first = found.first;
            let (head, rows, next) = grid::lay(rest, found);
            self.tables += 1;
            for (n, Laid { text, kind }) in rows.into_iter().enumerate() {
                let of = grid::TableRow {
                    table: self.tables,
                    columns: head.columns.clone(),
                    reports: head.is_of_reports(),
                    kind,
                };
                let place = self.place(grid, &rest[first + n], n + 1);
                self.push(text, true, Some(of), place)?;
            }
            self.before = Some(head);
            rest = &rest[next..];
        }
        Ok(())
    }

    /// Where a row of the last table is found.
    fn place(&self, grid: &Grid, row: &Row, counted: usize) -> Place {
        match (&grid.sheet, row.number) {
            (Some(sheet), Some(row)) => Place::SheetRow { sheet: sheet.clone(), row },
            (None, Some(line)) => Place::Line { line },
            _ => Place::Row { table: self.tables, row: counted },
        }
    }

    /// A table that only puts things beside each other: a letterhead, a signature.
    fn layout(&mut self, grid: &Grid, rows: &[Row]) -> Result<(), ImportError> {
        for row in rows {
            // Side by side on one line, unless a cell has lines of its own. A sheet's cell wraps its words by line breaks.
            let single = row.cells.iter().all(|cell| match cell.parts.as_slice() {
                [] => true,
                [Part::Text { text, .. }] => row.number.is_some() || !text.trim().contains('\n'),
                _ => false,
            });
            if single && (row.cells.len() > 1 || row.number.is_some()) {
                let own = row.cells.iter().filter(|cell| !cell.goes_on);
                let cells: Vec<String> =
                    own.map(|cell| grid::text(cell, false)).filter(|t| !t.is_empty()).collect();
                if row.number.is_none() && !cells.is_empty() {
                    self.paragraphs += 1;
                }
                let place = match row.number {
                    Some(_) => self.place(grid, row, 0),
                    None => Place::Paragraph { paragraph: self.paragraphs },
                };
                self.push(cells.join("\t"), true, None, place)?;
                continue;
            }
            for cell in row.cells.iter().filter(|cell| !cell.goes_on) {
                self.parts(&cell.parts)?;
                self.push(String::new(), true, None, Place::Paragraph { paragraph: self.paragraphs })?;
            }
        }
        Ok(())
    }

    fn push(
        &mut self,
        text: String,
        begins: bool,
        row: Option<grid::TableRow>,
        place: Place,
    ) -> Result<(), ImportError> {
        let start = self.at;
        self.at += text.len() + 1;
        if self.lines.len() >= MAX_PARTS || self.at > MAX_TEXT {
            return Err(ImportError::TooLong);
        }
        self.places.push(self.lines.len() + 1, place);
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
