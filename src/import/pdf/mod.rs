//! PDF → pages: words with their places (`words`), lines and pictures that are drawn (`drawing`), the sheet on which they stand
//! (`sheet`); the pages of a scan as files (`pictures`). What words and lines come to is the business of `page`.

mod drawing;
mod pictures;
mod sheet;
mod words;

#[cfg(test)]
mod tests;

use lopdf::{LoadOptions, ObjectId};

use super::doubt::DoubtKind;
use super::error::{Format, ImportError};
use super::page::{self, Page};
use super::parts::Document;
pub use pictures::pictures;
use sheet::Sheet;

/// The most pages of a document that is read: a year's plan with all its annexes has some dozens.
pub const MAX_PAGES: usize = 300;
/// The most that one stream of the file may unpack to, in bytes.
const MAX_STREAM: usize = 8 << 20;
/// Letters below which a page that shows a picture is a scan of a page.
const FEW_LETTERS: usize = 12;

/// Whether bytes are a PDF: its sign may stand a little behind the beginning.
pub fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

/// Reads a PDF.
///
/// # Errors
///
/// When it is damaged, locked, too long, or has no text.
pub fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let file = open(bytes)?;
    let ids = pages(&file)?;
    let mut pages = Vec::with_capacity(ids.len());
    let mut pictured = Vec::with_capacity(ids.len());
    for id in ids {
        let sheet = Sheet::of(&file, id);
        let drawing = drawing::drawing(&file, id, &sheet);
        pictured.push(drawing.shows_picture());
        pages.push(Page {
            width: sheet.width,
            height: sheet.height,
            rules: drawing.rules,
            words: Vec::new(),
        });
    }
    drop(file);
    words::put(bytes, &mut pages)?;
    let letters = |page: &Page| -> usize {
        page.words.iter().map(|word| word.text.chars().filter(|c| c.is_alphabetic()).count()).sum()
    };
    if pages.iter().all(|page| letters(page) < FEW_LETTERS) {
        let shown = pictured.contains(&true);
        return Err(if shown { ImportError::Format(Format::Scan) } else { ImportError::Empty });
    }
    let blank = |page: &Page| letters(page) < FEW_LETTERS;
    let unread = pages.iter().zip(&pictured).enumerate().filter(|(_, (page, shown))| **shown && blank(page));
    let doubts = unread.map(|(at, _)| DoubtKind::PageNotRead { page: at + 1 }).collect();
    Ok(Document { doubts, ..page::document(pages) })
}

/// The file with its objects; locked ones open with the empty password where only changing them is forbidden.
fn open(bytes: &[u8]) -> Result<lopdf::Document, ImportError> {
    let options = |password: Option<&str>| LoadOptions {
        max_decompressed_size: Some(MAX_STREAM),
        password: password.map(str::to_owned),
        ..LoadOptions::default()
    };
    let file = match lopdf::Document::load_mem_with_options(bytes, options(None)) {
        Ok(file) if file.is_encrypted() => lopdf::Document::load_mem_with_options(bytes, options(Some(""))),
        Err(error) if is_locked(&error) => lopdf::Document::load_mem_with_options(bytes, options(Some(""))),
        other => other,
    };
    match file {
        Ok(file) if file.is_encrypted() => Err(ImportError::Locked),
        Ok(file) => Ok(file),
        Err(error) if is_locked(&error) => Err(ImportError::Locked),
        Err(_) => Err(ImportError::Damaged),
    }
}

fn is_locked(error: &lopdf::Error) -> bool {
    use lopdf::Error::{Decryption, InvalidPassword, UnsupportedSecurityHandler};
    matches!(error, Decryption(_) | InvalidPassword | UnsupportedSecurityHandler(_))
}

fn pages(file: &lopdf::Document) -> Result<Vec<ObjectId>, ImportError> {
    let ids: Vec<ObjectId> = file.page_iter().take(MAX_PAGES + 1).collect();
    match ids.len() {
        0 => Err(ImportError::Damaged),
        count if count > MAX_PAGES => Err(ImportError::TooLong),
        _ => Ok(ids),
    }
}
