//! Bytes → cells.

use super::{Cell, Content, Merged, Place, Sheet, Workbook};
use crate::import::error::{Format as Form, ImportError};
use crate::import::package::{Compound, Kind, Package, compound};
use crate::import::xlsx::{Book, area, place_of, rich_text};
use crate::import::xml::{Tag, Xml};

/// The most cells of a workbook: 200 schools with 100 figures.
const MAX_CELLS: usize = 60_000;
/// The last row of a sheet in which something may stand.
const MAX_ROWS: usize = 5_000;
/// The most columns that are looked at.
const MAX_COLUMNS: usize = 200;
/// The most merged areas that are kept of a sheet.
const MAX_MERGED: usize = 500;
/// The most sheets.
const MAX_SHEETS: usize = 60;

/// Reads a workbook.
///
/// # Errors
///
/// When it is no workbook of today, damaged, locked, or larger than any form.
pub fn read(bytes: &[u8]) -> Result<Workbook, ImportError> {
    let mut package = match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Package::open(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] if compound(bytes) == Compound::Locked => {
            return Err(ImportError::Locked);
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(ImportError::Format(Form::OldOffice)),
        [] => return Err(ImportError::Empty),
        _ => return Err(ImportError::Format(Form::Unknown)),
    };
    if package.kind() != Some(Kind::Workbook) {
        return Err(ImportError::Format(Form::Archive));
    }
    let book = Book::open(&mut package)?;
    let mut workbook = Workbook { names: names(&mut package)?, ..Workbook::default() };
    let mut left = MAX_CELLS;
    for (name, part) in book.sheets.iter().take(MAX_SHEETS) {
        let sheet = sheet(&mut package, &book, name, part, left)?;
        left -= sheet.cells.len();
        workbook.sheets.push(sheet);
    }
    if workbook.sheets.iter().all(|sheet| sheet.cells.is_empty()) {
        return Err(ImportError::Empty);
    }
    Ok(workbook)
}

/// Cells with a name: `Form!$B$4`.
fn names(package: &mut Package<'_>) -> Result<Vec<(String, String, Place)>, ImportError> {
    let mut names = Vec::new();
    let text = package.text("xl/workbook.xml")?.ok_or(ImportError::Damaged)?;
    Xml::new(&text).children(|xml, _| {
        xml.children(|xml, tag| match tag.name() {
            "definedNames" => xml.children(|xml, tag| {
                let name = tag.get("name").unwrap_or_default();
                let target = xml.text()?.replace('$', "");
                if let (Some((sheet, cell)), false) = (target.rsplit_once('!'), name.starts_with('_'))
                    && let Some((row, column)) = place_of(cell)
                    && names.len() < MAX_COLUMNS
                    && row <= MAX_ROWS
                    && column < MAX_COLUMNS
                {
                    names.push((name, sheet.trim_matches('\'').replace("''", "'"), place(row, column)));
                }
                Ok(())
            }),
            _ => Ok(()),
        })
    })?;
    Ok(names)
}

fn place(row: usize, column: usize) -> Place {
    Place::new(u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
}

fn sheet(
    package: &mut Package<'_>,
    book: &Book,
    name: &str,
    part: &str,
    left: usize,
) -> Result<Sheet, ImportError> {
    let mut sheet = Sheet { name: name.to_owned(), ..Sheet::default() };
    let Some(text) = package.text(part)? else { return Ok(sheet) };
    let mut row: usize = 0;
    Xml::new(&text).children(|xml, _| {
        xml.children(|xml, tag| match tag.name() {
            "sheetData" => xml.children(|xml, tag| {
                row = tag.get("r").and_then(|r| r.parse().ok()).unwrap_or(row.saturating_add(1));
                let mut column: usize = 0;
                xml.children(|xml, tag| {
                    column = tag.get("r").and_then(|at| place_of(&at)).map_or(column, |(_, column)| column);
                    if column < MAX_COLUMNS
                        && let Some(cell) = cell(xml, tag, book, place(row, column))?
                    {
                        // Formats may reach to the last row of the grid; what is filled in does not.
                        if row <= MAX_ROWS {
                            sheet.cells.push(cell);
                        } else if !cell.content.is_empty() {
                            return Err(ImportError::TooLong);
                        }
                    }
                    column = column.saturating_add(1);
                    if sheet.cells.len() > left { Err(ImportError::TooLong) } else { Ok(()) }
                })
            }),
            "mergeCells" => xml.children(|_, tag| {
                let area = tag.get("ref").and_then(|text| area(&text));
                let within = area.filter(|a| sheet.merged.len() < MAX_MERGED && a.last_row <= MAX_ROWS);
                sheet.merged.extend(within.map(corners));
                Ok(())
            }),
            _ => Ok(()),
        })
    })?;
    sheet.cells.sort_by_key(|cell| cell.place);
    sheet.cells.dedup_by_key(|cell| cell.place);
    Ok(sheet)
}

fn corners(area: Merged) -> (Place, Place) {
    (place(area.first_row, area.first_column), place(area.last_row, area.last_column))
}

fn cell(xml: &mut Xml<'_>, tag: &Tag<'_>, book: &Book, place: Place) -> Result<Option<Cell>, ImportError> {
    let kind = tag.get("t").unwrap_or_default();
    let format = tag.get("s").and_then(|s| s.parse().ok()).and_then(|at: usize| book.formats.get(at));
    let (mut formula, mut value) = (false, String::new());
    xml.children(|xml, tag| {
        match tag.name() {
            "f" => formula = true,
            "v" => value = xml.text()?,
            "is" => value = rich_text(xml)?,
            _ => {}
        }
        Ok(())
    })?;
    let content = match kind.as_str() {
        "s" => {
            let shared = value.trim().parse().ok().and_then(|at: usize| book.shared.get(at));
            Content::Text(shared.cloned().unwrap_or_default())
        }
        "inlineStr" | "str" => Content::Text(value),
        "b" => Content::Text(if value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
        "e" => Content::Error(value),
        "d" => match value.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => Content::Day(day),
            None => Content::Text(value),
        },
        _ => match value.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => match format.and_then(|f| f.day(number, book.from_1904)) {
                Some(day) => Content::Day(day),
                None => Content::Number(figures(number)),
            },
            _ if value.trim().is_empty() => Content::Empty,
            _ => Content::Text(value),
        },
    };
    let (percent, date) = (format.is_some_and(|f| f.is_percent()), format.is_some_and(|f| f.is_date()));
    let says = formula || percent || date || !content.is_empty();
    Ok(says.then_some(Cell { place, content, formula, percent, date }))
}

/// Without the noise of floating point.
fn figures(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
