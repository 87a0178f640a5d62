//! Values → the bytes of a workbook: into the office's own file, of which everything else stays as it is.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use quick_xml::escape::escape;
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Place;
use super::formula::grown;
use super::part::Part;
use crate::import::error::ImportError;
use crate::import::package::{Kind, Package, of_zip};
use crate::import::xlsx::Book;

/// The most sheets that are added, and rows that come in.
const MOST: usize = 2_000;
/// The chain in which Excel computed last time: it makes a new one.
const CALC_CHAIN: &str = "xl/calcChain.xml";

/// What is to be written into a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fill {
    /// Rows that come in first.
    pub grow: Option<Grow>,
    /// Cells, by their places after that.
    pub write: Vec<Write>,
    /// Sheets that are added at the end.
    pub copies: Vec<SheetCopy>,
}

/// Rows that come into a sheet; sums over the rows before them reach over them too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grow {
    /// The sheet.
    pub sheet: String,
    /// Behind this row.
    pub after: u32,
    /// They look like this one, its formulas included.
    pub like: u32,
    /// How many.
    pub count: u32,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// The sheet.
    pub sheet: String,
    /// The cell.
    pub place: Place,
    /// What goes in.
    pub put: Put,
}

/// What goes into a cell; its look stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Put {
    /// A number, with a dot before its decimals.
    Number(String),
    /// Words; never taken for a formula.
    Text(String),
}

/// A second sheet like one that is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetCopy {
    /// Like which.
    pub sheet: String,
    /// Its name.
    pub name: String,
    /// Its cells.
    pub write: Vec<(Place, Put)>,
}

/// Writes values into a workbook.
///
/// # Errors
///
/// When it is damaged, not a workbook, or asked for more than any form.
pub fn fill(bytes: &[u8], fill: &Fill) -> Result<Vec<u8>, ImportError> {
    let grows = fill.grow.as_ref().map_or(0, |grow| grow.count as usize);
    if grows > MOST || fill.copies.len() > MOST {
        return Err(ImportError::TooLong);
    }
    let mut package = Package::open(bytes)?;
    if package.kind() != Some(Kind::Workbook) {
        return Err(ImportError::Damaged);
    }
    let sheets: BTreeMap<String, String> = Book::open(&mut package)?.sheets.into_iter().collect();
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    for (name, part) in &sheets {
        let here: Vec<&Write> = fill.write.iter().filter(|write| write.sheet == *name).collect();
        if here.is_empty() && fill.grow.is_none() {
            continue;
        }
        let mut sheet = Part::read(&package.text(part)?.ok_or(ImportError::Damaged)?)?;
        match &fill.grow {
            Some(grow) if grow.sheet == *name => sheet.grow(grow),
            Some(grow) => sheet.follow(name, grow),
            None => {}
        }
        here.iter().for_each(|write| sheet.put(write.place, &write.put));
        sheet.compute();
        changed.insert(part.clone(), sheet.text());
    }
    let mut added: Vec<(String, String)> = Vec::new();
    for copy in &fill.copies {
        let part = sheets.get(&copy.sheet).ok_or(ImportError::Damaged)?;
        let mut sheet = Part::read(&package.text(part)?.ok_or(ImportError::Damaged)?)?;
        sheet.alone();
        copy.write.iter().for_each(|(place, put)| sheet.put(*place, put));
        sheet.compute();
        added.push((copy.name.clone(), sheet.text()));
    }
    let mut take = |name: &str| package.text(name)?.ok_or(ImportError::Damaged);
    let (mut book, mut rels) = (take("xl/workbook.xml")?, take("xl/_rels/workbook.xml.rels")?);
    let mut types = take("[Content_Types].xml")?;
    if let Some(grow) = &fill.grow {
        book = names_moved(&book, grow);
    }
    book = computed_when_opened(&book);
    rels = without(&rels, "calcChain");
    types = without(&types, "calcChain");
    for (number, (name, text)) in (1..).zip(&added) {
        let part = format!("xl/worksheets/giaoban{number}.xml");
        let id = format!("giaoban{number}");
        book = before_end(&book, "sheets", |p| {
            format!(
                "<{p}sheet xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" name=\"{}\" sheetId=\"{}\" r:id=\"{id}\"/>",
                escape(name.as_str()),
                10_000 + number
            )
        });
        rels = before_end(&rels, "Relationships", |p| {
            format!(
                "<{p}Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/giaoban{number}.xml\"/>"
            )
        });
        types = before_end(&types, "Types", |p| {
            format!(
                "<{p}Override PartName=\"/{part}\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
            )
        });
        changed.insert(part, text.clone());
    }
    changed.insert("xl/workbook.xml".to_owned(), book);
    changed.insert("xl/_rels/workbook.xml.rels".to_owned(), rels);
    changed.insert("[Content_Types].xml".to_owned(), types);
    packed(bytes, &changed)
}

/// The container again: what did not change is copied as it lies there.
fn packed(bytes: &[u8], changed: &BTreeMap<String, String>) -> Result<Vec<u8>, ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| of_zip(&error))?;
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let mut left = changed.clone();
    let written = |error: zip::result::ZipError| of_zip(&error);
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(written)?;
        let name = file.name().map_err(written)?.to_string();
        if name == CALC_CHAIN {
            continue;
        }
        match left.remove(&name) {
            Some(text) => {
                drop(file);
                out.start_file(name.as_str(), SimpleFileOptions::default()).map_err(written)?;
                out.write_all(text.as_bytes()).map_err(|_| ImportError::Damaged)?;
            }
            None => out.raw_copy_file(file).map_err(written)?,
        }
    }
    for (name, text) in &left {
        out.start_file(name.as_str(), SimpleFileOptions::default()).map_err(written)?;
        out.write_all(text.as_bytes()).map_err(|_| ImportError::Damaged)?;
    }
    Ok(out.finish().map_err(written)?.into_inner())
}

/// Areas with a name follow the rows that come in: what is printed, what stands on each page.
fn names_moved(book: &str, grow: &Grow) -> String {
    static NAMES: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(<(?:\w+:)?definedName\b[^>]*>)([^<]*)(</)").ok());
    let Some(names) = NAMES.as_ref() else { return book.to_owned() };
    let moved = names.replace_all(book, |found: &Captures| {
        let text = quick_xml::escape::unescape(&found[2])
            .map_or_else(|_| found[2].to_owned(), std::borrow::Cow::into_owned);
        format!("{}{}{}", &found[1], escape(grown(&text, "", &grow.sheet, grow.after, grow.count)), &found[3])
    });
    moved.into_owned()
}

/// Excel computes everything anew when it opens the file.
fn computed_when_opened(book: &str) -> String {
    static CALC: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?s)<(?:\w+:)?calcPr\b[^>]*?(?:/>|>.*?</(?:\w+:)?calcPr>)").ok());
    let bare = CALC.as_ref().map_or_else(|| book.to_owned(), |calc| calc.replace(book, "").into_owned());
    let after = |name: &str| {
        let at = bare.rfind(&format!("{name}>"))?;
        let start = bare[..at].rfind("</")?;
        let prefix = bare[start + 2..at].to_owned();
        Some((at + name.len() + 1, prefix))
    };
    match after("definedNames").or_else(|| after("sheets")) {
        Some((at, p)) => format!("{}<{p}calcPr fullCalcOnLoad=\"1\"/>{}", &bare[..at], &bare[at..]),
        None => bare,
    }
}

/// Without the empty elements in which this word stands.
fn without(text: &str, word: &str) -> String {
    static EMPTY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<[^<>]*/>").ok());
    let Some(empty) = EMPTY.as_ref() else { return text.to_owned() };
    let kept = |found: &Captures| if found[0].contains(word) { String::new() } else { found[0].to_owned() };
    empty.replace_all(text, kept).into_owned()
}

/// With something put in before an element ends; it is told the prefix of the element.
fn before_end(text: &str, name: &str, put: impl Fn(&str) -> String) -> String {
    let Some(at) = text.rfind(&format!("{name}>")) else { return text.to_owned() };
    let Some(start) = text[..at].rfind("</") else { return text.to_owned() };
    format!("{}{}{}", &text[..start], put(&text[start + 2..at]), &text[start..])
}
