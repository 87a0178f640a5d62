//! Excel workbooks since 2007 → sheets.
//!
//! Two things of a hostile workbook are dangerous: parts that unpack to gigabytes, and a sheet of two cells whose bounding box
//! is the whole grid. So the parts are unpacked once, counted and thrown away, before anything is read from them, and cells are
//! taken one by one, never as a range.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;
use zip::result::ZipError;

use super::MAX_ROWS;
use super::fault::RegisterError;
use super::sheet::{Cell, MAX_COLUMNS, Row, Sheet};

/// The most that all parts together may unpack to, in bytes. A workbook of [`MAX_ROWS`] rows is below 5 MB.
const MAX_UNPACKED: usize = 20_000_000;
/// The most parts: a workbook has a dozen.
const MAX_PARTS: usize = 2_000;
/// The most merged cells that are looked at.
const MAX_MERGED: usize = 20_000;

/// The visible sheets.
pub fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, RegisterError> {
    check_parts(bytes)?;
    // The reader is not ours, and a damaged file may meet an arithmetic slip in it; that must not end a running bot.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes))).unwrap_or(Err(RegisterError::Damaged))
}

/// Why a compound file, the container of before 2007, is refused: a workbook of today is put into one when it is locked.
pub fn compound(bytes: &[u8]) -> RegisterError {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    match () {
        () if holds("EncryptedPackage") => RegisterError::Locked,
        () if holds("Workbook") || holds("Book") => RegisterError::OldWorkbook,
        () => RegisterError::NotATable,
    }
}

/// Unpacks every part into nothing: they are whole, not too large, and those of a workbook.
fn check_parts(bytes: &[u8]) -> Result<(), RegisterError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(of_zip)?;
    if archive.len() > MAX_PARTS {
        return Err(RegisterError::UnpacksTooFar);
    }
    let mut left = MAX_UNPACKED;
    let mut workbook = RegisterError::NotATable;
    let mut found = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(of_zip)?;
        let name = part.name().map_err(of_zip)?.to_lowercase();
        let mut head = Vec::new();
        part.by_ref().take(2_000).read_to_end(&mut head).map_err(|_| RegisterError::Damaged)?;
        let rest = std::io::copy(&mut part.take(left as u64 + 1), &mut std::io::sink())
            .map_err(|_| RegisterError::Damaged)?;
        let size = head.len() + usize::try_from(rest).unwrap_or(usize::MAX);
        left = left.checked_sub(size).ok_or(RegisterError::UnpacksTooFar)?;
        found |= name.ends_with("workbook.xml");
        if name.ends_with("workbook.bin") {
            workbook = RegisterError::OldWorkbook;
        }
        // The reader makes room for as many strings as the part announces, whatever its size.
        if name.ends_with("sharedstrings.xml") && announced(&head).is_some_and(|count| count > size) {
            return Err(RegisterError::Damaged);
        }
    }
    if found { Ok(()) } else { Err(workbook) }
}

/// The number behind `uniqueCount="`.
fn announced(head: &[u8]) -> Option<usize> {
    let head = String::from_utf8_lossy(head);
    let (_, rest) = head.split_once("uniqueCount=")?;
    let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
    Some(digits.parse().unwrap_or(usize::MAX))
}

fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, RegisterError> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(of_xlsx)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    names.into_iter().map(|name| sheet(&mut book, name)).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Result<Sheet, RegisterError> {
    let merged = book.merge_cells_by_sheet_name(&name).map_err(of_xlsx)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(of_xlsx)?;
    let mut rows: Vec<Row> = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(of_xlsx)? {
        let (row, column) = cell.get_position();
        let value = of_value(cell.get_value());
        if value.is_empty() || column as usize >= MAX_COLUMNS {
            continue;
        }
        let line = row as usize + 1;
        match rows.last_mut() {
            Some(last) if last.line == line => last.put(column as usize, value),
            Some(last) if last.line > line => return Err(RegisterError::Damaged),
            _ => {
                let mut new = Row::new(line);
                new.put(column as usize, value);
                rows.push(new);
            }
        }
        if rows.len() > MAX_ROWS {
            return Err(RegisterError::TooManyRows);
        }
    }
    merged.iter().take(MAX_MERGED).for_each(|area| fill_down(&mut rows, area));
    Ok(Sheet { name, rows })
}

/// A cell merged over several rows counts for each of them: "Cụm 1" beside seven schools. Areas over several columns are
/// titles and headings.
fn fill_down(rows: &mut [Row], area: &Dimensions) {
    let (column, first, last) = (area.start.1 as usize, area.start.0 as usize + 1, area.end.0 as usize + 1);
    if area.start.1 != area.end.1 || first >= last {
        return;
    }
    let begin = rows.partition_point(|row| row.line < first);
    let Some(top) = rows.get(begin).filter(|row| row.line == first) else { return };
    let value = top.cell(column).clone();
    for row in rows[begin..].iter_mut().take_while(|row| row.line <= last) {
        row.put(column, value.clone());
    }
}

fn of_value(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) => Cell::Number(number.to_string()),
        DataRef::Bool(yes) => Cell::Text(yes.to_string()),
        DataRef::DateTime(at) => Cell::Date(date(at)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Date(text.clone()),
        DataRef::Error(error) => Cell::Broken(error.to_string()),
    }
}

/// As most sheets show it: `20/10/2026`.
fn date(at: &ExcelDateTime) -> String {
    let (year, month, day, ..) = at.to_ymd_hms_milli();
    format!("{day}/{month}/{year}")
}

fn of_xlsx(error: XlsxError) -> RegisterError {
    match error {
        XlsxError::Password => RegisterError::Locked,
        XlsxError::Zip(error) => of_zip(error),
        _ => RegisterError::Damaged,
    }
}

fn of_zip(error: ZipError) -> RegisterError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            RegisterError::Locked
        }
        _ => RegisterError::Damaged,
    }
}
