//! Where a template wants which value: a table with one row a school, or one sheet for a school.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::vertical;
use super::{Content, Place, Sheet, View, Workbook, is_foot, is_total};
use crate::vietnamese::fold_words;

/// The most values that a template may want; the yearly statistics of a school have some sixty.
const MAX_SLOTS: usize = 120;

/// Where a template wants its values, and by which words it is known again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The sheet.
    pub sheet: String,
    /// Other sheets that are shown: nothing is looked for in them.
    pub others: Vec<String>,
    /// Its shape.
    pub shape: Shape,
    /// The words that a copy must have at the same places.
    pub heads: Vec<(Place, String)>,
    /// Where values go. In a table the row is that of the first school.
    pub slots: Vec<Slot>,
}

/// What shape a template has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// A table with one row a school.
    Rows {
        /// The column of names.
        names: u32,
        /// The column of running numbers.
        numbers: Option<u32>,
        /// The first row for a school.
        first: u32,
        /// The last.
        last: u32,
        /// Rows that have a name already.
        listed: Vec<(u32, String)>,
    },
    /// One sheet for a school.
    Sheet {
        /// Where the school's name goes.
        school: Option<Place>,
    },
}

/// Where one value goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// What it is called: "Nhà trẻ – nữ".
    pub label: String,
    /// Its unit where a column of its own tells; empty otherwise.
    pub unit: String,
    /// Where it goes.
    pub place: Place,
    /// Its cell shows a share as a percentage.
    pub percent: bool,
    /// Its cell shows a day.
    pub date: bool,
    /// The key of its field, once there is a form.
    pub key: String,
}

/// Why a workbook is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum LayoutError {
    /// Neither a table of schools nor words with cells to fill in.
    #[error("nothing to fill in")]
    Nothing,
    /// Two places are called alike: the words, and both cells.
    #[error("{label} stands in {first} and in {second}")]
    Twice {
        /// The words.
        label: String,
        /// The first cell.
        first: String,
        /// The second.
        second: String,
    },
    /// More values than any form; how many are allowed.
    #[error("more than {0} values")]
    TooMany(usize),
}

/// The most columns before that of the names.
const LEFT: usize = 3;

/// Headings of the column of schools.
const NAMES: [&str; 20] = [
    "truong",
    "ten truong",
    "don vi",
    "ten don vi",
    "co so",
    "ten co so",
    "cac truong",
    "cac don vi",
    "ten cac don vi",
    "ten cac truong",
    "truong mam non",
    "ten truong mam non",
    "ten co so giao duc",
    "co so giao duc",
    "ten nhom lop",
    "don vi truong",
    "truong don vi",
    "ten don vi truong",
    "ten co so gdmn",
    "ten truong nhom lop",
];
/// Headings of running numbers.
pub(super) const NUMBERS: [&str; 4] = ["tt", "stt", "so tt", "so thu tu"];

/// Finds where a template wants its values.
///
/// # Errors
///
/// When there is nothing to fill in, or two values could not be told apart.
pub fn layout(book: &Workbook) -> Result<Layout, LayoutError> {
    let found = book
        .sheets
        .iter()
        .find_map(rows)
        .or_else(|| vertical::named(book))
        .or_else(|| book.sheets.iter().find_map(vertical::table))
        .or_else(|| book.sheets.iter().find_map(vertical::pairs));
    let mut layout = found.ok_or(LayoutError::Nothing)?;
    layout.others = book.sheets.iter().map(|s| s.name.clone()).filter(|name| *name != layout.sheet).collect();
    if layout.slots.len() > MAX_SLOTS {
        return Err(LayoutError::TooMany(MAX_SLOTS));
    }
    for (at, slot) in layout.slots.iter().enumerate() {
        let same = |other: &&Slot| fold_words(&other.label) == fold_words(&slot.label);
        if let Some(first) = layout.slots[..at].iter().find(same) {
            let (first, second) = (first.place.address(), slot.place.address());
            return Err(LayoutError::Twice { label: slot.label.clone(), first, second });
        }
    }
    Ok(layout)
}

/// A table with one row a school, if a sheet has one.
fn rows(sheet: &Sheet) -> Option<Layout> {
    let view = View::new(sheet);
    let (top, names) = name_column(&view)?;
    let bottom = bottom_of(&view, top, names);
    let columns = columns(&view, top, bottom, names);
    let numbers = columns.iter().find(|(_, label)| NUMBERS.contains(&&*fold_words(label))).map(|(c, _)| *c);
    let mut first = bottom + 1;
    if is_numbering(&view, first, &columns) {
        first += 1;
    }
    let (last, listed) = data(&view, first, names, &columns);
    let computed = |column: u32| {
        (first..=last).any(|row| view.cell(Place::new(row, column)).is_some_and(|cell| cell.formula))
    };
    let slot = |(column, label): &(u32, String)| {
        let place = Place::new(first, *column);
        let (percent, date) = view.cell(place).map_or((false, false), |cell| (cell.percent, cell.date));
        Slot { label: label.clone(), unit: String::new(), place, percent, date, key: String::new() }
    };
    let wanted = columns.iter().filter(|(c, _)| *c != names && Some(*c) != numbers && !computed(*c));
    let slots: Vec<Slot> = wanted.map(slot).collect();
    if slots.is_empty() {
        return None;
    }
    let mut heads = Vec::new();
    for row in top..first {
        for (column, _) in &columns {
            let place = Place::new(row, *column);
            if !view.text(place).is_empty() {
                heads.push((place, view.text(place).to_owned()));
            }
        }
    }
    let shape = Shape::Rows { names, numbers, first, last, listed };
    Some(Layout { sheet: sheet.name.clone(), others: vec![], shape, heads, slots })
}

/// The heading over the names of schools: further headings stand beside it.
fn name_column(view: &View) -> Option<(u32, u32)> {
    let is_name = |place: &&Place| {
        let text = view.text(**place);
        if text.ends_with(':') || !NAMES.contains(&&*fold_words(text)) {
            return false;
        }
        let (_, end) = view.area(**place);
        let beside = (end.column + 1..=view.last_column())
            .map(|column| view.spread(Place::new(place.row, column)))
            .filter(|text| !text.is_empty() && !text.ends_with(':'))
            .count();
        beside >= 1
    };
    view.cells.keys().find(is_name).map(|place| (place.row, place.column))
}

/// The last row of the headings: as deep as the merged headings reach, and below groups of columns.
fn bottom_of(view: &View, top: u32, names: u32) -> u32 {
    let mut bottom = view.area(Place::new(top, names)).1.row;
    for column in 0..=view.last_column() {
        let (start, end) = view.area(Place::new(top, column));
        if start.row == top && !view.text(start).is_empty() {
            bottom = bottom.max(end.row);
        }
    }
    // A group of columns that ends with the headings has its columns' names below.
    for _ in 0..2 {
        let grouped = |(start, end): &&(Place, Place)| {
            start.row >= top
                && end.row == bottom
                && end.column > start.column
                && !view.text(*start).is_empty()
        };
        let named = |(start, end): &(Place, Place)| {
            (start.column..=end.column).filter(|c| !view.text(Place::new(bottom + 1, *c)).is_empty()).count()
                >= 2
        };
        if view.sheet.merged.iter().filter(grouped).any(named) {
            bottom += 1;
        }
    }
    bottom
}

/// The columns of the table with what they are called: the group before the name.
fn columns(view: &View, top: u32, bottom: u32, names: u32) -> Vec<(u32, String)> {
    let label = |column: u32| {
        let mut parts: Vec<&str> = Vec::new();
        let mut seen: BTreeSet<Place> = BTreeSet::new();
        for row in top..=bottom {
            let (start, _) = view.area(Place::new(row, column));
            let text = view.text(start);
            if !text.is_empty() && seen.insert(start) {
                parts.push(text);
            }
        }
        parts
            .iter()
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join(" – ")
    };
    let mut found: Vec<(u32, String)> = Vec::new();
    // To the left of the names there is at most the running number.
    for column in (0..names).rev().take(LEFT).take_while(|c| !label(*c).is_empty()) {
        found.insert(0, (column, label(column)));
    }
    for column in (names..=view.last_column()).take(MAX_SLOTS + LEFT).take_while(|c| !label(*c).is_empty()) {
        found.push((column, label(column)));
    }
    found
}

/// Whether a row below the headings numbers the columns: `A B 1 2 3=1+2`, `(1) (2) (3)`.
fn is_numbering(view: &View, row: u32, columns: &[(u32, String)]) -> bool {
    let shown: Vec<String> = columns.iter().map(|(c, _)| view.content(Place::new(row, *c)).shown()).collect();
    let filled: Vec<&String> = shown.iter().filter(|text| !text.is_empty()).collect();
    let is_number = |text: &&String| {
        let bare = text.split('=').next().unwrap_or_default().trim_matches(['(', ')', ' ', '[', ']']);
        bare.len() <= 2 && bare.chars().all(|c| c.is_ascii_alphanumeric())
    };
    filled.len() * 2 > columns.len() && filled.len() > 1 && filled.iter().all(is_number)
}

/// The last row for a school, and the rows that have a name.
fn data(view: &View, first: u32, names: u32, columns: &[(u32, String)]) -> (u32, Vec<(u32, String)>) {
    let mut listed: Vec<(u32, String)> = Vec::new();
    let heads: Vec<u32> = columns.iter().map(|(c, _)| *c).filter(|c| *c <= names).collect();
    for row in first..=view.last_row() {
        let said: Vec<String> = heads.iter().map(|c| fold_words(view.spread(Place::new(row, *c)))).collect();
        if said.iter().any(|text| is_total(text)) {
            return ((row - 1).max(first), listed);
        }
        let words = columns.iter().map(|(c, _)| view.text(Place::new(row, *c))).find(|text| !text.is_empty());
        if words.is_some_and(|text| is_foot(&fold_words(text))) {
            break;
        }
        let name = view.text(Place::new(row, names));
        if !name.is_empty() {
            listed.push((row, name.to_owned()));
        }
    }
    let numbered = |row: &u32| {
        columns
            .iter()
            .any(|(c, _)| !matches!(view.content(Place::new(*row, *c)), Content::Empty | Content::Text(_)))
    };
    let end = listed.last().map_or(first, |(row, _)| *row);
    // Rows with a running number and no name yet.
    let end = (end..=view.last_row()).take_while(|row| *row == end || numbered(row)).last().unwrap_or(end);
    (end.max(first), listed)
}
