//! Word and Excel of before 2007 → paragraphs and tables, through the tree that office_oxide makes of them.
//!
//! What that tree does not say of a Word document is which of its text was deleted with changes being tracked: every such document
//! carries a doubt.

#[cfg(test)]
mod tests;

use std::io::Cursor;

use chrono::NaiveDate;
use office_oxide::ir::{Element, InlineContent, List, ListItem, ListStyle, TableCell, TextSpan};
use office_oxide::limits::Limits;
use office_oxide::{Document as Office, DocumentFormat};

use super::doubt::DoubtKind;
use super::error::ImportError;
use super::legacy::Letters;
use super::parts::{Document, Part, Spanned, grid_of};
use super::xlsx::Format;

/// How deep lists, tables and boxes may lie in each other.
const MAX_DEPTH: usize = 60;

/// An old form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Old {
    /// Word 97 to 2003.
    Word,
    /// Excel 97 to 2003.
    Excel,
}

/// Reads an old document.
///
/// # Errors
///
/// When it is damaged or locked.
pub fn read(bytes: &[u8], old: Old) -> Result<Document, ImportError> {
    Limits::strict().apply();
    let format = match old {
        Old::Word => DocumentFormat::Doc,
        Old::Excel => DocumentFormat::Xls,
    };
    let office =
        Office::from_reader(Cursor::new(bytes.to_vec()), format).map_err(|error| of_office(&error))?;
    let mut document = Document::default();
    let mut reading = Reading::default();
    for section in office.to_ir().sections.iter().filter(|section| !section.hidden) {
        reading.elements(&section.elements, 0, &mut document.parts)?;
        for margin in [&section.header, &section.footer, &section.first_page_header].into_iter().flatten() {
            let mut parts = Vec::new();
            reading.elements(&margin.content, 0, &mut parts)?;
            let texts = parts.into_iter().filter_map(|part| match part {
                Part::Text { text, .. } => Some(text),
                Part::Table(_) => None,
            });
            document.margins.extend(texts);
        }
    }
    document.doubts.extend(
        reading.letters.iter().map(|letters| DoubtKind::Encoding { name: letters.name().to_owned() }),
    );
    if old == Old::Word {
        document.doubts.push(DoubtKind::OldWord);
    }
    if office.damage().iter().any(office_oxide::options::Damage::is_loss) {
        document.doubts.push(DoubtKind::PartDamaged { part: format!("{format:?}").to_lowercase() });
    }
    Ok(document)
}

fn of_office(error: &office_oxide::OfficeError) -> ImportError {
    let said = error.to_string().to_lowercase();
    if said.contains("password") || said.contains("encrypt") {
        ImportError::Locked
    } else {
        ImportError::Damaged
    }
}

#[derive(Default)]
struct Reading {
    letters: Vec<Letters>,
}

impl Reading {
    fn elements(
        &mut self,
        elements: &[Element],
        depth: usize,
        out: &mut Vec<Part>,
    ) -> Result<(), ImportError> {
        if depth > MAX_DEPTH {
            return Err(ImportError::TooComplex);
        }
        for element in elements {
            match element {
                Element::Heading(heading) => out.push(typed(self.text(&heading.content))),
                Element::Paragraph(paragraph) => out.push(typed(self.text(&paragraph.content))),
                Element::List(list) => self.list(list, &[], depth + 1, out)?,
                Element::TextBox(inner) => self.elements(&inner.content, depth + 1, out)?,
                Element::Table(table) => {
                    let mut rows = Vec::new();
                    for row in &table.rows {
                        let mut cells = Vec::new();
                        for cell in &row.cells {
                            cells.push(self.cell(cell, depth + 1)?);
                        }
                        rows.push(cells);
                    }
                    out.push(Part::Table(grid_of(rows)));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(&mut self, cell: &TableCell, depth: usize) -> Result<Spanned, ImportError> {
        let mut parts = Vec::new();
        let date = cell.raw_number.zip(cell.number_format.as_deref());
        match date.map(|(number, format)| (number, Format::read(format))) {
            Some((number, format)) if format.is_date() => parts.push(typed(format.show(number, false))),
            _ => self.elements(&cell.content, depth, &mut parts)?,
        }
        for part in &mut parts {
            if let Part::Text { text, .. } = part
                && let Some(shown) = day_of_cell(text)
            {
                *text = shown;
            }
        }
        Ok(Spanned {
            parts,
            columns: usize::try_from(cell.col_span).unwrap_or(1).max(1),
            rows: usize::try_from(cell.row_span).unwrap_or(1).max(1),
        })
    }

    fn list(
        &mut self,
        list: &List,
        above: &[u32],
        depth: usize,
        out: &mut Vec<Part>,
    ) -> Result<(), ImportError> {
        if depth > MAX_DEPTH {
            return Err(ImportError::TooComplex);
        }
        for (number, item) in (list.start_number.unwrap_or(1)..).zip(&list.items) {
            let ListItem { content, nested } = item;
            let path: Vec<u32> = above.iter().copied().chain([number]).collect();
            let at = out.len();
            self.elements(content, depth, out)?;
            if let Some(Part::Text { label, .. }) = out.get_mut(at) {
                *label = Some(label_of(list, &path));
            }
            if let Some(nested) = nested {
                self.list(nested, &path, depth + 1, out)?;
            }
        }
        Ok(())
    }

    fn text(&mut self, content: &[InlineContent]) -> String {
        let mut out = String::new();
        for piece in content {
            match piece {
                InlineContent::Text(span) => out.push_str(&self.span(span)),
                InlineContent::LineBreak => out.push('\n'),
                _ => {}
            }
        }
        out
    }

    fn span(&mut self, span: &TextSpan) -> String {
        let letters = span.font_name.as_deref().map_or(Letters::Unicode, Letters::of_font);
        let said = letters.read(&span.text);
        if said != span.text && !self.letters.contains(&letters) {
            self.letters.push(letters);
        }
        if span.all_caps || span.small_caps { said.to_uppercase() } else { said }
    }
}

/// A date of an old workbook comes as 2026-09-05, however its cell shows it; people here write 05/09/2026.
fn day_of_cell(text: &str) -> Option<String> {
    let (day, clock) = text.trim().split_once([' ', 'T']).unwrap_or((text.trim(), ""));
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let clock = clock.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'Z'));
    clock.then(|| day.format("%d/%m/%Y").to_string())
}

fn typed(text: String) -> Part {
    Part::Text { label: None, text }
}

/// What stands before an item of a list.
fn label_of(list: &List, path: &[u32]) -> String {
    let number = path.last().copied().unwrap_or(1);
    if !list.ordered {
        return match list.style {
            Some(ListStyle::Dash) => "-",
            _ if path.len() > 1 => "+",
            Some(_) => "•",
            None => "-",
        }
        .to_owned();
    }
    let written = match list.style {
        Some(ListStyle::LowerAlpha) => letter(number).to_string(),
        Some(ListStyle::UpperAlpha) => letter(number).to_ascii_uppercase().to_string(),
        Some(ListStyle::UpperRoman) => super::marker::roman(number).to_owned(),
        Some(ListStyle::LowerRoman) => super::marker::roman(number).to_lowercase(),
        _ => number.to_string(),
    };
    match list.marker_pattern.as_deref() {
        Some(pattern) if pattern.matches('%').count() > 1 => {
            let path: Vec<String> = path.iter().map(u32::to_string).collect();
            format!("{}.", path.join("."))
        }
        Some(pattern) if pattern.ends_with(')') => format!("{written})"),
        _ => format!("{written}."),
    }
}

fn letter(number: u32) -> char {
    char::from(b'a' + u8::try_from(number.saturating_sub(1) % 26).unwrap_or_default())
}
