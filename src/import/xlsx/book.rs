//! The parts of a workbook: its sheets, the texts that they share, the formats of their cells (ECMA-376, part 1, 18).

use std::collections::HashMap;

use super::MAX_COLUMNS;
use super::shown::Format;
use crate::import::error::ImportError;
use crate::import::package::Package;
use crate::import::parts::MAX_PARTS;
use crate::import::xml::{Tag, Xml};

/// The most merged areas that are looked at.
const MAX_MERGED: usize = 20_000;

/// A workbook whose sheets can be read.
#[derive(Debug, Default)]
pub struct Book {
    /// The names and the parts of the sheets that are shown, in order.
    pub sheets: Vec<(String, String)>,
    /// The texts that cells share.
    pub(in crate::import) shared: Vec<String>,
    /// The formats of cells.
    pub(in crate::import) formats: Vec<Format>,
    /// Days are counted from 1904.
    pub(in crate::import) from_1904: bool,
}

/// What is in a sheet.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Cells that show something, row by row.
    pub cells: Vec<Filled>,
    /// Merged areas.
    pub merged: Vec<Area>,
    /// Formulas whose outcome was never computed.
    pub without_value: usize,
}

/// A cell that shows something.
#[derive(Debug)]
pub struct Filled {
    /// Its row, counted from 1.
    pub row: usize,
    /// Its column, counted from 0.
    pub column: usize,
    /// What it shows.
    pub text: String,
}

/// Cells merged into one; rows counted from 1, columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Top.
    pub first_row: usize,
    /// Bottom.
    pub last_row: usize,
    /// Left.
    pub first_column: usize,
    /// Right.
    pub last_column: usize,
}

impl Book {
    /// Reads what the sheets of a workbook have in common.
    ///
    /// # Errors
    ///
    /// When a part is damaged or missing.
    pub fn open(package: &mut Package<'_>) -> Result<Self, ImportError> {
        let mut book = Self::default();
        let text = package.text("xl/workbook.xml")?.ok_or(ImportError::Damaged)?;
        let mut ids = Vec::new();
        let mut xml = Xml::new(&text);
        xml.children(|xml, _| {
            xml.children(|xml, tag| match tag.name() {
                "workbookPr" => {
                    book.from_1904 = matches!(tag.get("date1904").as_deref(), Some("1" | "true"));
                    Ok(())
                }
                "sheets" => xml.children(|_, tag| {
                    let shown = !matches!(tag.get("state").as_deref(), Some("hidden" | "veryHidden"));
                    if let (Some(id), true) = (tag.get("id"), shown) {
                        ids.push((tag.get("name").unwrap_or_default(), id));
                    }
                    Ok(())
                }),
                _ => Ok(()),
            })
        })?;
        let targets = relations(package)?;
        book.sheets =
            ids.into_iter().filter_map(|(name, id)| Some((name, targets.get(&id)?.clone()))).collect();
        if let Some(text) = package.text("xl/sharedStrings.xml")? {
            book.shared = shared(&text)?;
        }
        if let Some(text) = package.text("xl/styles.xml")? {
            book.formats = formats(&text)?;
        }
        Ok(book)
    }

    /// Reads a sheet from its part.
    ///
    /// # Errors
    ///
    /// When it is damaged or too long.
    pub fn read(&self, package: &mut Package<'_>, part: &str) -> Result<Sheet, ImportError> {
        let Some(text) = package.text(part)? else { return Ok(Sheet::default()) };
        let mut sheet = Sheet::default();
        let mut row = 0;
        let mut rows = 0;
        let mut xml = Xml::new(&text);
        xml.children(|xml, _| {
            xml.children(|xml, tag| match tag.name() {
                "sheetData" => xml.children(|xml, tag| {
                    row = tag.get("r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                    let hidden = matches!(tag.get("hidden").as_deref(), Some("1" | "true"));
                    rows += 1;
                    if rows > MAX_PARTS {
                        return Err(ImportError::TooLong);
                    }
                    if hidden { Ok(()) } else { self.row(xml, row, &mut sheet) }
                }),
                "mergeCells" => xml.children(|_, tag| {
                    let area = tag.get("ref").and_then(|text| area(&text));
                    sheet.merged.extend(area.filter(|_| sheet.merged.len() < MAX_MERGED));
                    Ok(())
                }),
                _ => Ok(()),
            })
        })?;
        // A workbook may leave its rows in any order.
        sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        Ok(sheet)
    }

    fn row(&self, xml: &mut Xml<'_>, row: usize, sheet: &mut Sheet) -> Result<(), ImportError> {
        let mut column = 0;
        xml.children(|xml, tag| {
            column = tag.get("r").and_then(|place| place_of(&place)).map_or(column, |(_, column)| column);
            if column < MAX_COLUMNS {
                let text = self.cell(xml, tag, sheet)?;
                if !text.trim().is_empty() {
                    sheet.cells.push(Filled { row, column, text });
                }
            }
            column += 1;
            Ok(())
        })
    }

    fn cell(&self, xml: &mut Xml<'_>, tag: &Tag<'_>, sheet: &mut Sheet) -> Result<String, ImportError> {
        let kind = tag.get("t").unwrap_or_default();
        let format = tag.get("s").and_then(|s| s.parse().ok()).and_then(|at: usize| self.formats.get(at));
        let mut formula = false;
        let mut value = String::new();
        xml.children(|xml, tag| {
            match tag.name() {
                "f" => formula = true,
                "v" => value = xml.text()?,
                "is" => value = rich_text(xml)?,
                _ => {}
            }
            Ok(())
        })?;
        if formula && value.is_empty() {
            sheet.without_value += 1;
        }
        Ok(match kind.as_str() {
            "s" => value
                .trim()
                .parse()
                .ok()
                .and_then(|at: usize| self.shared.get(at))
                .cloned()
                .unwrap_or_default(),
            "inlineStr" | "str" | "b" => value,
            "e" => String::new(),
            "d" => value.get(..10).and_then(in_order).unwrap_or(value),
            _ => match (value.trim().parse(), format) {
                (Ok(number), Some(format)) => format.show(number, self.from_1904),
                (Ok(number), None) => Format::default().show(number, false),
                (Err(_), _) => value,
            },
        })
    }
}

/// "2026-08-25" → "25/8/2026".
fn in_order(iso: &str) -> Option<String> {
    let date: chrono::NaiveDate = iso.parse().ok()?;
    Some(date.format("%-d/%-m/%Y").to_string())
}

/// The part of each sheet, by the name that the workbook gives it.
fn relations(package: &mut Package<'_>) -> Result<HashMap<String, String>, ImportError> {
    let mut targets = HashMap::new();
    let Some(text) = package.text("xl/_rels/workbook.xml.rels")? else { return Ok(targets) };
    let mut xml = Xml::new(&text);
    xml.children(|xml, _| {
        xml.children(|_, tag| {
            let is_sheet = tag.get("Type").is_some_and(|kind| kind.ends_with("/worksheet"));
            if let (Some(id), Some(target), true) = (tag.get("Id"), tag.get("Target"), is_sheet) {
                let part = match target.strip_prefix('/') {
                    Some(whole) => whole.to_owned(),
                    None => format!("xl/{target}"),
                };
                targets.insert(id, part);
            }
            Ok(())
        })
    })?;
    Ok(targets)
}

fn shared(text: &str) -> Result<Vec<String>, ImportError> {
    let mut out = Vec::new();
    let mut xml = Xml::new(text);
    xml.children(|xml, _| {
        xml.children(|xml, _| {
            out.push(rich_text(xml)?);
            Ok(())
        })
    })?;
    Ok(out)
}

/// A text in one piece or in runs; how it is pronounced is left out.
pub(in crate::import) fn rich_text(xml: &mut Xml<'_>) -> Result<String, ImportError> {
    let mut out = String::new();
    xml.children(|xml, tag| {
        match tag.name() {
            "t" => out.push_str(&xml.text()?),
            "r" => xml.children(|xml, tag| {
                if tag.name() == "t" {
                    out.push_str(&xml.text()?);
                }
                Ok(())
            })?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(out.replace("_x000D_", "").replace('\r', ""))
}

/// The format of each kind of cell.
fn formats(text: &str) -> Result<Vec<Format>, ImportError> {
    let mut own: HashMap<u32, Format> = HashMap::new();
    let mut out = Vec::new();
    let mut xml = Xml::new(text);
    xml.children(|xml, _| {
        xml.children(|xml, tag| match tag.name() {
            "numFmts" => xml.children(|_, tag| {
                if let (Some(id), Some(code)) =
                    (tag.get("numFmtId").and_then(|id| id.parse().ok()), tag.get("formatCode"))
                {
                    own.insert(id, Format::read(&code));
                }
                Ok(())
            }),
            "cellXfs" => xml.children(|_, tag| {
                let id = tag.get("numFmtId").and_then(|id| id.parse().ok()).unwrap_or_default();
                out.push(own.get(&id).cloned().unwrap_or_else(|| Format::built_in(id)));
                Ok(())
            }),
            _ => Ok(()),
        })
    })?;
    Ok(out)
}

/// "C12" → row 12, column 2.
pub(in crate::import) fn place_of(text: &str) -> Option<(usize, usize)> {
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (letters, digits) = text.split_at(letters);
    let column =
        letters.bytes().take(4).fold(0, |sum, b| sum * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse().ok()?, column.checked_sub(1)?))
}

/// "A9:A14".
pub(in crate::import) fn area(text: &str) -> Option<Area> {
    let (first, last) = text.split_once(':')?;
    let ((first_row, first_column), (last_row, last_column)) = (place_of(first)?, place_of(last)?);
    (first_row <= last_row && first_column <= last_column).then_some(Area {
        first_row,
        last_row,
        first_column,
        last_column,
    })
}
