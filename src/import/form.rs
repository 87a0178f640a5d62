//! Which form a file has, by its first bytes, and its lines.

use super::decode::{self, LIMIT};
use super::docx;
use super::doubt::DoubtKind;
use super::error::{Format, ImportError};
use super::lines::{self, Line};
use super::package::{Compound, Package, compound};
use super::parts::{self, Document};
use super::pdf;

/// A document as lines.
#[derive(Debug, Default)]
pub struct Read {
    /// Its lines.
    pub lines: Vec<Line>,
    /// What stands above and below its pages.
    pub margins: Vec<Line>,
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
            Compound::Word | Compound::Excel | Compound::Other => Err(ImportError::Format(Format::OldOffice)),
        },
        _ if pdf::is_pdf(bytes) => of_document(pdf::read(bytes)?),
        _ => {
            let (text, repairs) = decode::decode(bytes)?;
            Ok(Read { lines: lines::lines(&text), margins: Vec::new(), repairs })
        }
    }
}

fn of_package(bytes: &[u8]) -> Result<Read, ImportError> {
    let mut package = Package::open(bytes)?;
    if package.has("word/document.xml") || package.names().iter().any(|name| name.ends_with("/document.xml"))
    {
        return of_document(docx::read(&mut package)?);
    }
    Err(ImportError::Format(Format::Archive))
}

/// The lines of a document that its form knows.
pub fn of_document(mut document: Document) -> Result<Read, ImportError> {
    let mended = parts::mend(&mut document.parts);
    let Document { parts, margins, mut doubts } = document;
    doubts.extend(mended.map(|letters| DoubtKind::Encoding { name: letters.name().to_owned() }));
    let lines = parts::lines(&parts)?;
    if !lines.iter().any(|line| line.text.contains(char::is_alphanumeric)) {
        return Err(ImportError::Empty);
    }
    Ok(Read { lines, margins: lines::lines(&margins.join("\n")), repairs: doubts })
}
