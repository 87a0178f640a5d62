//! A table that leaves the program as a file: plain data, already worded.

use super::Measure;

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Name of the sheet, 31 characters at most.
    pub sheet: String,
    /// Above the table.
    pub title: String,
    /// One a column.
    pub headings: Vec<String>,
    /// Cells in the order of the headings.
    pub rows: Vec<Vec<Cell>>,
    /// The columns that are added up below, by their place.
    pub sums: Vec<usize>,
    /// What stands in the row of sums, under the first column of words.
    pub sum_label: String,
}

impl Table {
    /// How the figures of a column are written.
    pub fn measure_of(&self, column: usize) -> Measure {
        let measured = |row: &Vec<Cell>| match row.get(column) {
            Some(Cell::Measured(_, measure)) => Some(*measure),
            _ => None,
        };
        self.rows.iter().find_map(measured).unwrap_or_default()
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing was given.
    Empty,
    /// Words; never taken for a formula.
    Text(String),
    /// A whole number.
    Figure(i64),
    /// A figure with decimals.
    Measured(i64, Measure),
    /// Hundredths of a percent.
    Percent(i64),
}
