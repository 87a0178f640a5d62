//! Templates of one sheet for a school: items below each other, named cells, or words with a cell beside them.

use super::layout::NUMBERS;
use super::{Content, Layout, Place, Shape, Sheet, Slot, View, Workbook, is_foot};
use crate::vietnamese::fold_words;

/// Headings of the column of items.
const ITEMS: [&str; 12] = [
    "chi tieu",
    "noi dung",
    "noi dung bao cao",
    "tieu chi",
    "hang muc",
    "chi so",
    "noi dung thong ke",
    "danh muc",
    "noi dung chi tieu",
    "ten chi tieu",
    "cac chi tieu",
    "noi dung chi tieu bao cao",
];
/// Headings of the column of units.
const UNITS: [&str; 4] = ["dvt", "don vi tinh", "dv tinh", "don vi"];
/// Headings of columns that ask nothing.
const REMARKS: [&str; 3] = ["ghi chu", "huong dan", "giai thich"];
/// Words before the school's name.
const SCHOOL: [&str; 8] = [
    "truong",
    "ten truong",
    "don vi",
    "ten don vi",
    "co so",
    "ten co so",
    "truong mam non",
    "don vi bao cao",
];

/// Items below each other, each with its values beside it.
pub(super) fn table(sheet: &Sheet) -> Option<Layout> {
    let view = View::new(sheet);
    let is_items = |place: &&Place| ITEMS.contains(&&*fold_words(view.text(**place)));
    let items = *view.cells.keys().find(is_items)?;
    let bottom = view.area(items).1.row;
    let heading = |column: u32| {
        let mut parts: Vec<&str> = Vec::new();
        for row in items.row..=bottom {
            let text = view.spread(Place::new(row, column));
            if !text.is_empty() && !parts.contains(&text) {
                parts.push(text);
            }
        }
        parts.join(" – ")
    };
    let beyond = view.area(items).1.column + 1;
    let columns: Vec<(u32, String)> =
        (beyond..=view.last_column()).map(|c| (c, heading(c))).take_while(|(_, h)| !h.is_empty()).collect();
    let is = |words: &[&str], head: &str| words.contains(&&*fold_words(head));
    let unit = columns.iter().find(|(_, h)| is(&UNITS, h)).map(|(c, _)| *c);
    let values: Vec<&(u32, String)> =
        columns.iter().filter(|(c, h)| Some(*c) != unit && !is(&REMARKS, h) && !is(&NUMBERS, h)).collect();
    let mut heads: Vec<(Place, String)> = Vec::new();
    let mut slots: Vec<Slot> = Vec::new();
    let mut parent = String::new();
    for row in bottom + 1..=view.last_row() {
        let place = Place::new(row, items.column);
        let item = view.text(place);
        if item.is_empty() {
            continue;
        }
        if is_foot(&fold_words(item)) {
            break;
        }
        let bare = item.trim_start_matches(['-', '+', '*', '–', ' ']).trim_end_matches([':', ' ']).to_owned();
        let own =
            if bare.len() == item.trim_end_matches([':', ' ']).len() { bare.clone() } else { String::new() };
        heads.push((place, item.to_owned()));
        for (column, head) in &values {
            let place = Place::new(row, *column);
            let cell = view.cell(place);
            let free = view.is_empty(place) && view.area(place).0 == place;
            if !free || cell.is_some_and(|cell| cell.formula) {
                continue;
            }
            let mut label = bare.clone();
            let known = |label: &str| slots.iter().any(|s| fold_words(&s.label) == fold_words(label));
            if values.len() > 1 {
                label = format!("{label} – {head}");
            }
            if known(&label) && !parent.is_empty() {
                label = format!("{parent} – {label}");
            }
            let unit = unit.map(|c| view.spread(Place::new(row, c)).to_owned()).unwrap_or_default();
            let (percent, date) = cell.map_or((false, false), |cell| (cell.percent, cell.date));
            slots.push(Slot { label, unit, place, percent, date, key: String::new() });
        }
        if !own.is_empty() {
            parent = own;
        }
    }
    if slots.is_empty() {
        return None;
    }
    for row in items.row..=bottom {
        for column in std::iter::once(items.column).chain(columns.iter().map(|(c, _)| *c)) {
            let place = Place::new(row, column);
            if !view.text(place).is_empty() {
                heads.push((place, view.text(place).to_owned()));
            }
        }
    }
    heads.sort_by_key(|(place, _)| *place);
    let school = school(&view);
    Some(Layout { sheet: sheet.name.clone(), others: vec![], shape: Shape::Sheet { school }, heads, slots })
}

/// Cells with names of their own: what stands before them says what they hold, else their name.
pub(super) fn named(book: &Workbook) -> Option<Layout> {
    let sheet = book
        .sheets
        .iter()
        .find(|s| book.names.iter().filter(|(_, sheet, _)| *sheet == s.name).count() >= 2)?;
    let view = View::new(sheet);
    let (mut slots, mut heads, mut school) = (Vec::new(), Vec::new(), None);
    let mut named: Vec<&(String, String, Place)> =
        book.names.iter().filter(|(_, s, _)| *s == sheet.name).collect();
    named.sort_by_key(|(_, _, place)| *place);
    for (name, _, place) in named {
        let before =
            (0..place.column).rev().map(|c| Place::new(place.row, c)).find(|at| !view.text(*at).is_empty());
        let label = before.map_or_else(
            || name.replace('_', " "),
            |at| view.text(at).trim_end_matches([':', ' ']).to_owned(),
        );
        heads.extend(before.map(|at| (at, view.text(at).to_owned())));
        if SCHOOL.contains(&&*fold_words(&label)) {
            school = Some(*place);
        } else if view.cell(*place).is_none_or(|cell| !cell.formula) && view.is_empty(*place) {
            slots.push(slot(&view, *place, label));
        }
    }
    heads.dedup();
    let shape = Shape::Sheet { school };
    (!slots.is_empty()).then(|| Layout { sheet: sheet.name.clone(), others: vec![], shape, heads, slots })
}

/// "Tổng số trẻ:" with an empty cell beside it.
pub(super) fn pairs(sheet: &Sheet) -> Option<Layout> {
    let view = View::new(sheet);
    let (mut slots, mut heads) = (Vec::new(), Vec::new());
    for place in view.cells.keys() {
        let text = view.text(*place);
        let label = text.trim_end_matches([':', ' ']);
        let beside = Place::new(place.row, view.area(*place).1.column + 1);
        if label.len() == text.len() || label.is_empty() || !view.is_empty(beside) {
            continue;
        }
        if SCHOOL.contains(&&*fold_words(label)) || is_foot(&fold_words(label)) {
            continue;
        }
        heads.push((*place, text.to_owned()));
        slots.push(slot(&view, beside, label.to_owned()));
    }
    let shape = Shape::Sheet { school: school(&view) };
    (slots.len() >= 2).then(|| Layout { sheet: sheet.name.clone(), others: vec![], shape, heads, slots })
}

fn slot(view: &View, place: Place, label: String) -> Slot {
    let (percent, date) = view.cell(place).map_or((false, false), |cell| (cell.percent, cell.date));
    Slot { label, unit: String::new(), place, percent, date, key: String::new() }
}

/// The empty cell behind "Trường:".
fn school(view: &View) -> Option<Place> {
    let says = |place: &&Place| {
        let text = view.text(**place);
        text.ends_with(':') && SCHOOL.contains(&&*fold_words(text.trim_end_matches([':', ' '])))
    };
    let label = view.cells.keys().find(says)?;
    let beside = Place::new(label.row, view.area(*label).1.column + 1);
    matches!(view.content(beside), Content::Empty).then_some(beside)
}
