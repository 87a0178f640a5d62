//! A table that leaves the program as a file: plain data, already worded.

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

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing was given.
    Empty,
    /// Words; never taken for a formula.
    Text(String),
    /// A whole number.
    Figure(i64),
    /// Hundredths of a percent.
    Percent(i64),
}
