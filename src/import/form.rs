//! Which form a file has, by its first bytes, and its lines.

use super::decode::{self, LIMIT};
use super::doubt::DoubtKind;
use super::error::{Format, ImportError};
use super::lines::{self, Line};
use super::office::{self, Old};
use super::package::{Compound, Kind, Package, compound};
use super::parts::{self, Document};
use super::places::Places;
use super::{docx, html, pdf, plan, xlsx};

/// A document as lines.
#[derive(Debug, Default)]
pub struct Read {
    /// Its lines.
    pub lines: Vec<Line>,
    /// What stands above and below its pages.
    pub margins: Vec<Line>,
    /// Where a person finds its lines.
    pub places: Places,
    /// What was repaired.
    pub repairs: Vec<DoubtKind>,
}

/// Reads a file of any form.
///
/// # Errors
///
/// When no reader of ours knows it, or the one that does refuses it.
pub fn read(bytes: &[u8]) -> Result<Read, ImportError> {
    if bytes.len() as u64 > LIMIT {
        return Err(ImportError::TooBig(bytes.len() as u64 / 1_000_000));
    }
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => of_package(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => match compound(bytes) {
            Compound::Locked => Err(ImportError::Locked),
            Compound::Word => of_document(office::read(bytes, Old::Word)?),
            Compound::Excel => of_document(office::read(bytes, Old::Excel)?),
            Compound::Other => Err(ImportError::Format(Format::OldOffice)),
        },
        _ if pdf::is_pdf(bytes) => of_document(pdf::read(bytes)?),
        _ => of_text(bytes),
    }
}

fn of_text(bytes: &[u8]) -> Result<Read, ImportError> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1_024)]);
    let named = html::charset(bytes).filter(|_| html::is_page(&head) && std::str::from_utf8(bytes).is_err());
    let (text, repairs) = match named {
        Some(encoding) => (encoding.decode(bytes).0.into_owned(), Vec::new()),
        None => decode::decode(bytes)?,
    };
    let document = if html::is_page(&text) { Some(html::read(&text)?) } else { plan::read(&text) };
    let Some(mut document) = document else {
        return Ok(Read { lines: lines::lines(&text), repairs, ..Read::default() });
    };
    document.doubts.splice(0..0, repairs);
    of_document(document)
}

fn of_package(bytes: &[u8]) -> Result<Read, ImportError> {
    let mut package = Package::open(bytes)?;
    match package.kind() {
        Some(Kind::Document) => of_document(docx::read(&mut package)?),
        Some(Kind::Workbook) => of_document(xlsx::read(&mut package)?),
        None => Err(ImportError::Format(Format::Archive)),
    }
}

/// The lines of a document that its form knows.
pub fn of_document(mut document: Document) -> Result<Read, ImportError> {
    let mended = parts::mend(&mut document.parts);
    let Document { parts, margins, mut doubts } = document;
    doubts.extend(mended.map(|letters| DoubtKind::Encoding { name: letters.name().to_owned() }));
    let (lines, places) = parts::lines(&parts)?;
    if !lines.iter().any(|line| line.text.contains(char::is_alphanumeric)) {
        return Err(ImportError::Empty);
    }
    Ok(Read { lines, margins: lines::lines(&margins.join("\n")), places, repairs: doubts })
}
