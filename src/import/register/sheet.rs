//! Cells with their lines, whatever file they came from.

use crate::vietnamese::normal;

/// The most columns that are looked at.
pub const MAX_COLUMNS: usize = 60;

/// A sheet of a workbook, or a whole CSV file.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The sheet's name; empty for CSV.
    pub name: String,
    /// Rows that hold something.
    pub rows: Vec<Row>,
}

/// A row that holds something.
#[derive(Debug, Default)]
pub struct Row {
    /// Counted from 1.
    pub line: usize,
    cells: Vec<Cell>,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text in normal form, with its blanks.
    Text(String),
    /// A number, as its digits.
    Number(String),
    /// A date, as the sheet shows it.
    Date(String),
    /// A formula that failed: `#N/A`.
    Broken(String),
}

impl Cell {
    /// Text as it stands in a file; nothing but blanks is nothing.
    pub fn text(raw: &str) -> Self {
        let text = normal(raw);
        if text.trim().is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// What it shows.
    pub fn shown(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number(text) | Self::Date(text) | Self::Broken(text) => text,
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::Empty
    }
}

impl Row {
    /// An empty row.
    pub fn new(line: usize) -> Self {
        Self { line, cells: Vec::new() }
    }

    /// Puts a cell into a column, counted from 0; one beyond [`MAX_COLUMNS`] is left out.
    pub fn put(&mut self, column: usize, cell: Cell) {
        if column >= MAX_COLUMNS {
            return;
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Empty);
        }
        self.cells[column] = cell;
    }

    /// The cell of a column.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// Cells that hold something, with their columns.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty())
    }
}
