//! A workbook as cells: an office's own form in Excel, and its filled copies.
//!
//! `read` turns bytes into cells with their places, [`layout`] finds where a template wants which value, `copy` compares a filled
//! copy with it cell by cell, [`fill`] puts values back into the very bytes of the template, so that everything else of it stays as
//! the office made it. Bytes are only touched in the reading process; the rest works on cells.

mod copy;
mod fill;
mod formula;
mod layout;
mod master;
mod part;
mod read;
mod vertical;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use copy::{CopyFault, Filled, Whose};
pub use fill::{Fill, Grow, Put, SheetCopy, Write, fill};
pub use layout::{Layout, LayoutError, Shape, Slot, layout};
pub use master::Line;
pub use read::read;

use super::xlsx::Area as Merged;

/// The cells of the sheets that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Workbook {
    /// In their order.
    pub sheets: Vec<Sheet>,
    /// Cells that have a name: the name, the sheet, the place.
    pub names: Vec<(String, String, Place)>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Cells with something in them, or with a format that says what belongs there.
    pub cells: Vec<Cell>,
    /// Merged areas: the first and the last cell.
    pub merged: Vec<(Place, Place)>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Where.
    pub place: Place,
    /// What.
    pub content: Content,
    /// It is the outcome of a formula.
    pub formula: bool,
    /// It shows a share as a percentage.
    pub percent: bool,
    /// It shows a day.
    pub date: bool,
}

/// What is in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Nothing; or a formula whose outcome was never computed.
    Empty,
    /// Words.
    Text(String),
    /// A number with at most six decimals, a dot before them.
    Number(String),
    /// A day.
    Day(NaiveDate),
    /// The outcome of a formula that went wrong: `#REF!`.
    Error(String),
}

/// A place in a sheet: the row from 1, the column from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The row, from 1.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
}

impl Place {
    /// A place by row (from 1) and column (from 0).
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }

    /// As people name it: `D7`.
    pub fn address(self) -> String {
        format!("{}{}", letters(self.column), self.row)
    }
}

/// The letters of a column: 0 is `A`, 27 is `AB`.
pub(super) fn letters(column: u32) -> String {
    let mut left = column + 1;
    let mut letters = Vec::new();
    while left > 0 {
        let rest = u8::try_from((left - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + rest));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl Content {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// As it would be typed.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Error(text) => text.trim().to_owned(),
            Self::Number(number) => number.replace('.', ","),
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
        }
    }
}

/// A sheet by its places.
struct View<'s> {
    sheet: &'s Sheet,
    cells: BTreeMap<Place, &'s Cell>,
}

impl<'s> View<'s> {
    fn new(sheet: &'s Sheet) -> Self {
        Self { sheet, cells: sheet.cells.iter().map(|cell| (cell.place, cell)).collect() }
    }

    fn cell(&self, place: Place) -> Option<&'s Cell> {
        self.cells.get(&place).copied()
    }

    /// The words in a cell; empty for none and for numbers.
    fn text(&self, place: Place) -> &'s str {
        match self.cell(place).map(|cell| &cell.content) {
            Some(Content::Text(text)) => text.trim(),
            _ => "",
        }
    }

    /// The words of the merged area that a cell lies in, or its own.
    fn spread(&self, place: Place) -> &'s str {
        self.text(self.area(place).0)
    }

    /// The merged area that a cell lies in; itself without one.
    fn area(&self, place: Place) -> (Place, Place) {
        let holds = |(first, last): &&(Place, Place)| {
            (first.row..=last.row).contains(&place.row)
                && (first.column..=last.column).contains(&place.column)
        };
        self.sheet.merged.iter().find(holds).copied().unwrap_or((place, place))
    }

    /// What a cell holds.
    fn content(&self, place: Place) -> Content {
        self.cell(place).map_or(Content::Empty, |cell| cell.content.clone())
    }

    fn is_empty(&self, place: Place) -> bool {
        self.cell(place).is_none_or(|cell| cell.content.is_empty())
    }

    fn last_row(&self) -> u32 {
        self.cells.keys().map(|place| place.row).max().unwrap_or_default()
    }

    fn last_column(&self) -> u32 {
        self.cells.keys().map(|place| place.column).max().unwrap_or_default()
    }
}

/// The first words of what stands at the foot of a form, or below its table.
const FOOT: &[&str] = &[
    "nguoi lap",
    "hieu truong",
    "thu truong",
    "noi nhan",
    "luu y",
    "ke toan",
    "lanh dao",
    "xac nhan",
    "ngay ",
    "ghi chu",
    "tm ",
    "kt ",
    "can bo",
    "chuyen vien",
];

/// Whether a row of words is the foot of a form.
fn is_foot(folded: &str) -> bool {
    let dated = folded.contains(" ngay ") && folded.contains(" nam ");
    dated || FOOT.iter().any(|word| folded.starts_with(word))
}

/// Whether words head a row of sums.
fn is_total(folded: &str) -> bool {
    const TOTALS: [&str; 9] = [
        "cong",
        "tong",
        "tong cong",
        "tong so",
        "toan xa",
        "toan phuong",
        "toan cum",
        "toan huyen",
        "tong hop",
    ];
    TOTALS.contains(&folded) || folded.starts_with("tong cong") || folded.starts_with("cong toan")
}
