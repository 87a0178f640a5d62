//! The XML of one sheet, taken apart as far as its rows: whatever else is in it stays as it was, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::{BytesStart, Event};
use regex::{Captures, Regex};

use super::formula::{Sums, grown, moved};
use super::{Grow, Place, Put};
use crate::import::error::ImportError;
use crate::import::xlsx::place_of;

/// A sheet whose cells can be written.
pub(super) struct Part {
    head: String,
    tail: String,
    /// The prefix of its elements, with its colon.
    prefix: String,
    rows: BTreeMap<u32, Row>,
}

#[derive(Clone, Default)]
struct Row {
    /// Its attributes, without its number.
    attributes: String,
    cells: BTreeMap<u32, Written>,
}

/// A cell as it will be written.
#[derive(Clone, Default)]
struct Written {
    style: Option<String>,
    kind: Option<String>,
    formula: Option<Formula>,
    value: Option<String>,
    /// Words within the cell, as they are.
    inline: Option<String>,
}

#[derive(Clone, Default)]
struct Formula {
    attributes: Vec<(String, String)>,
    text: String,
}

impl Part {
    /// Takes a sheet apart.
    pub(super) fn read(text: &str) -> Result<Self, ImportError> {
        let mut reader = Reader::from_str(text);
        let mut part =
            Self { head: String::new(), tail: String::new(), prefix: String::new(), rows: BTreeMap::new() };
        let mut number: u32 = 0;
        loop {
            let before = position(&reader);
            match reader.read_event().map_err(|_| ImportError::Damaged)? {
                Event::Start(tag) if local(&tag) == "sheetData" => {
                    part.prefix = prefix(&tag);
                    text[..before].clone_into(&mut part.head);
                }
                Event::Empty(tag) if local(&tag) == "sheetData" => {
                    part.prefix = prefix(&tag);
                    text[..before].clone_into(&mut part.head);
                    text[position(&reader)..].clone_into(&mut part.tail);
                    return Ok(part);
                }
                Event::Start(tag) if local(&tag) == "row" => {
                    number =
                        attribute(&tag, "r").and_then(|r| r.parse().ok()).unwrap_or(number.saturating_add(1));
                    let row =
                        Row { attributes: others(&tag, &["r", "spans"]), cells: cells(&mut reader, text)? };
                    part.rows.insert(number, row);
                }
                Event::Empty(tag) if local(&tag) == "row" => {
                    number =
                        attribute(&tag, "r").and_then(|r| r.parse().ok()).unwrap_or(number.saturating_add(1));
                    let row = Row { attributes: others(&tag, &["r", "spans"]), ..Row::default() };
                    part.rows.insert(number, row);
                }
                Event::End(tag) if tag.local_name().into_inner() == "sheetData" => {
                    text[position(&reader)..].clone_into(&mut part.tail);
                    return Ok(part);
                }
                Event::DocType(_) | Event::Eof => return Err(ImportError::Damaged),
                _ => {}
            }
        }
    }

    /// Writes a cell; its look stays.
    pub(super) fn put(&mut self, place: Place, put: &Put) {
        let row = self.rows.entry(place.row).or_default();
        let style = row.cells.get(&place.column).and_then(|cell| cell.style.clone());
        let cell = match put {
            Put::Number(number) => Written { style, value: Some(number.clone()), ..Written::default() },
            Put::Text(text) => {
                let inline = format!(
                    "<{0}is><{0}t xml:space=\"preserve\">{1}</{0}t></{0}is>",
                    self.prefix,
                    escape(clean(text))
                );
                Written {
                    style,
                    kind: Some("inlineStr".to_owned()),
                    inline: Some(inline),
                    ..Written::default()
                }
            }
        };
        row.cells.insert(place.column, cell);
    }

    /// Makes room: rows that look like row `like` come in behind row `after`.
    pub(super) fn grow(&mut self, grow: &Grow) {
        let Grow { after, like, count, .. } = *grow;
        self.spread_shared();
        let pattern = self.rows.get(&like).cloned().unwrap_or_default();
        let behind = self.rows.split_off(&(after + 1));
        self.rows.extend(behind.into_iter().map(|(number, row)| (number.saturating_add(count), row)));
        self.follow(&grow.sheet, grow);
        for number in after + 1..=after + count {
            let mut row = pattern.clone();
            for cell in row.cells.values_mut() {
                (cell.value, cell.inline, cell.kind) = (None, None, None);
                if let Some(formula) = &mut cell.formula {
                    formula.text = moved(&formula.text, number - like);
                }
            }
            self.rows.insert(number, row);
        }
        let row_of = |row: u32| if row > after { row.saturating_add(count) } else { row };
        self.tail = places_moved(&self.tail, row_of, after, count);
        self.head = places_moved(&self.head, row_of, after, count);
    }

    /// Formulas of this sheet, whose name is `own`, follow rows that came into a sheet.
    pub(super) fn follow(&mut self, own: &str, grow: &Grow) {
        for formula in
            self.rows.values_mut().flat_map(|r| r.cells.values_mut()).filter_map(|c| c.formula.as_mut())
        {
            formula.text = grown(&formula.text, own, &grow.sheet, grow.after, grow.count);
        }
        static FORMULAS: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"(<(?:\w+:)?formula[12]?>)([^<]*)(</)").ok());
        let Some(formulas) = FORMULAS.as_ref() else { return };
        let tail = formulas.replace_all(&self.tail, |found: &Captures| {
            let text = unescape(&found[2]).map_or_else(|_| found[2].to_owned(), std::borrow::Cow::into_owned);
            let text = grown(&text, own, &grow.sheet, grow.after, grow.count);
            format!("{}{}{}", &found[1], escape(text), &found[3])
        });
        self.tail = tail.into_owned();
    }

    /// Formulas that share one text get each its own, so that rows can come between them.
    fn spread_shared(&mut self) {
        let mut shared: BTreeMap<String, (Place, String)> = BTreeMap::new();
        let index = |formula: &Formula| {
            let get = |name: &str| formula.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
            get("t").filter(|kind| kind == "shared").and_then(|_| get("si"))
        };
        for (row, cells) in &self.rows {
            for (column, cell) in &cells.cells {
                if let Some(formula) = cell.formula.as_ref().filter(|f| !f.text.is_empty())
                    && let Some(index) = index(formula)
                {
                    shared.insert(index, (Place::new(*row, *column), formula.text.clone()));
                }
            }
        }
        for (row, cells) in &mut self.rows {
            for (column, cell) in &mut cells.cells {
                let Some(formula) = &mut cell.formula else { continue };
                let Some((first, text)) = index(formula).and_then(|index| shared.get(&index)) else {
                    continue;
                };
                if *column == first.column {
                    *formula =
                        Formula { attributes: vec![], text: moved(text, row.saturating_sub(first.row)) };
                } else if formula.text.is_empty() {
                    // Shared along a row: what it says is left to Excel's own value.
                    cell.formula = None;
                }
            }
        }
    }

    /// What formulas come to after the writing: the usual sums; whatever else is computed when the file is opened.
    pub(super) fn compute(&mut self) {
        let (mut numbers, mut formulas) = (BTreeMap::new(), BTreeMap::new());
        for (row, cells) in &self.rows {
            for (column, cell) in &cells.cells {
                let place = Place::new(*row, *column);
                match (&cell.formula, cell.kind.as_deref(), &cell.value) {
                    (Some(formula), ..) => {
                        formulas.insert(place, formula.text.clone());
                    }
                    (None, None | Some("n"), Some(value)) => {
                        numbers.extend(value.trim().parse::<f64>().ok().map(|n| (place, n)));
                    }
                    _ => {}
                }
            }
        }
        let mut sums = Sums::new(&numbers, &formulas);
        for (row, cells) in &mut self.rows {
            for (column, cell) in cells.cells.iter_mut().filter(|(_, cell)| cell.formula.is_some()) {
                let outcome = sums.outcome(Place::new(*row, *column));
                cell.value = outcome.map(|n| n.to_string());
                cell.kind = None;
            }
        }
    }

    /// The sheet as XML again.
    pub(super) fn text(&self) -> String {
        let p = &self.prefix;
        let mut out = self.head.clone();
        let _ = write!(out, "<{p}sheetData>");
        for (number, row) in &self.rows {
            let _ = write!(out, "<{p}row r=\"{number}\"{}>", row.attributes);
            for (column, cell) in &row.cells {
                let _ = write!(out, "<{p}c r=\"{}\"", Place::new(*number, *column).address());
                if let Some(style) = &cell.style {
                    let _ = write!(out, " s=\"{}\"", escape(style));
                }
                if let Some(kind) = &cell.kind {
                    let _ = write!(out, " t=\"{}\"", escape(kind));
                }
                out.push('>');
                if let Some(formula) = &cell.formula {
                    let _ = write!(out, "<{p}f");
                    for (name, value) in &formula.attributes {
                        let _ = write!(out, " {name}=\"{}\"", escape(value));
                    }
                    let _ = write!(out, ">{}</{p}f>", escape(&formula.text));
                }
                if let Some(value) = &cell.value {
                    let _ = write!(out, "<{p}v>{}</{p}v>", escape(value));
                }
                out.push_str(cell.inline.as_deref().unwrap_or_default());
                let _ = write!(out, "</{p}c>");
            }
            let _ = write!(out, "</{p}row>");
        }
        let _ = write!(out, "</{p}sheetData>");
        out.push_str(&self.tail);
        out
    }

    /// Leaves out what a second sheet cannot share with the first: drawings, tables, links to other parts.
    pub(super) fn alone(&mut self) {
        static SHARED: LazyLock<Vec<Regex>> = LazyLock::new(|| {
            let whole = [
                "drawing",
                "legacyDrawing",
                "legacyDrawingHF",
                "picture",
                "tableParts",
                "oleObjects",
                "controls",
                "hyperlinks",
                "customProperties",
                "webPublishItems",
                "extLst",
            ];
            let element =
                |name: &str| format!(r"(?s)<(?:\w+:)?{name}(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?{name}>)");
            let attributes = [r#"\s\w+:id="[^"]*""#.to_owned(), r#"\stabSelected="[^"]*""#.to_owned()];
            whole
                .iter()
                .map(|name| element(name))
                .chain(attributes)
                .filter_map(|text| Regex::new(&text).ok())
                .collect()
        });
        for shared in SHARED.iter() {
            self.tail = shared.replace_all(&self.tail, "").into_owned();
            self.head = shared.replace_all(&self.head, "").into_owned();
        }
    }
}

/// Areas named in what stands around the rows: merged cells, what is checked, what is shown in colour.
fn places_moved(text: &str, row_of: impl Fn(u32) -> u32, after: u32, count: u32) -> String {
    static AREAS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"\b(ref|sqref)="([^"]*)""#).ok());
    let Some(areas) = AREAS.as_ref() else { return text.to_owned() };
    let moved = areas.replace_all(text, |found: &Captures| {
        let area = |area: &str| {
            let cells: Vec<&str> = area.split(':').collect();
            let cell = |(at, cell): (usize, &&str)| {
                let Some((row, column)) = place_of(cell) else { return (*cell).to_owned() };
                let (Ok(row), Ok(column)) = (u32::try_from(row), u32::try_from(column)) else {
                    return (*cell).to_owned();
                };
                // A column of checked cells that ended with the last row goes on; a merged area does not.
                let grows = &found[1] == "sqref" && at == 1 && row == after;
                Place::new(if grows { row + count } else { row_of(row) }, column).address()
            };
            cells.iter().enumerate().map(cell).collect::<Vec<_>>().join(":")
        };
        let areas: Vec<String> = found[2].split(' ').map(area).collect();
        format!("{}=\"{}\"", &found[1], areas.join(" "))
    });
    moved.into_owned()
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().into_inner().to_owned()
}

fn prefix(tag: &BytesStart<'_>) -> String {
    let name = tag.name().into_inner();
    name.split_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default()
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut all = tag.attributes();
    let each = all.with_checks(false).flatten();
    each.map(|a| {
        let value = a.normalized_value(quick_xml::XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned);
        (a.key.into_inner().to_owned(), value.unwrap_or_default())
    })
    .collect()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    attributes(tag).into_iter().find(|(key, _)| key == name).map(|(_, value)| value)
}

/// All attributes but these, as they are written.
fn others(tag: &BytesStart<'_>, but: &[&str]) -> String {
    let kept = attributes(tag).into_iter().filter(|(key, _)| !but.contains(&&**key));
    kept.fold(String::new(), |mut out, (key, value)| {
        let _ = write!(out, " {key}=\"{}\"", escape(value));
        out
    })
}

/// The cells of the row that has just opened.
fn cells(reader: &mut Reader<&[u8]>, text: &str) -> Result<BTreeMap<u32, Written>, ImportError> {
    let mut cells = BTreeMap::new();
    let mut next = 0;
    loop {
        match reader.read_event().map_err(|_| ImportError::Damaged)? {
            Event::Start(tag) if local(&tag) == "c" => {
                let (column, mut cell) = opened(&tag, next);
                content(reader, text, &mut cell)?;
                cells.insert(column, cell);
                next = column.saturating_add(1);
            }
            Event::Empty(tag) if local(&tag) == "c" => {
                let (column, cell) = opened(&tag, next);
                cells.insert(column, cell);
                next = column.saturating_add(1);
            }
            Event::End(tag) if tag.local_name().into_inner() == "row" => return Ok(cells),
            Event::Eof | Event::DocType(_) => return Err(ImportError::Damaged),
            _ => {}
        }
    }
}

fn opened(tag: &BytesStart<'_>, next: u32) -> (u32, Written) {
    let column =
        attribute(tag, "r").and_then(|at| place_of(&at)).and_then(|(_, column)| u32::try_from(column).ok());
    let cell = Written { style: attribute(tag, "s"), kind: attribute(tag, "t"), ..Written::default() };
    (column.unwrap_or(next), cell)
}

fn content(reader: &mut Reader<&[u8]>, text: &str, cell: &mut Written) -> Result<(), ImportError> {
    loop {
        let before = position(reader);
        match reader.read_event().map_err(|_| ImportError::Damaged)? {
            Event::Start(tag) => {
                let (name, attributes) = (local(&tag), attributes(&tag));
                let inside = position(reader);
                let end = tag.to_end().into_owned();
                reader.read_to_end(end.name()).map_err(|_| ImportError::Damaged)?;
                let behind = position(reader);
                let inner = text[inside..behind].rsplit_once("</").map_or("", |(inner, _)| inner);
                let plain =
                    || unescape(inner).map(std::borrow::Cow::into_owned).map_err(|_| ImportError::Damaged);
                match &*name {
                    "f" => cell.formula = Some(Formula { attributes, text: plain()? }),
                    "v" => cell.value = Some(plain()?),
                    "is" => cell.inline = Some(text[before..behind].to_owned()),
                    _ => {}
                }
            }
            Event::Empty(tag) if local(&tag) == "f" => {
                cell.formula = Some(Formula { attributes: attributes(&tag), text: String::new() });
            }
            Event::End(tag) if tag.local_name().into_inner() == "c" => return Ok(()),
            Event::Eof | Event::DocType(_) => return Err(ImportError::Damaged),
            _ => {}
        }
    }
}

/// Words without characters that XML cannot hold.
fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}
