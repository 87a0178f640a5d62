//! Pictures of pages, and what a program that recognises letters found in them.
//!
//! Nothing is decoded here: [`pictures`] says which bytes are pages, another process turns each into words with their places, and
//! [`recognised`] reads those as it reads any printed page (`page`). Signs that were recognised with little certainty become doubts
//! where a number depends on them, and the whole document carries one: it was read from a picture.

mod binding;
mod photo;
mod table;

pub use binding::bind;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::directive::Directive;
use super::doubt::{Doubt, DoubtKind};
use super::error::ImportError;
use super::{form, page, pdf};

/// The most pages that are recognised.
pub const MAX_PICTURES: usize = 20;

/// A picture of a page, as a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// PNG, JPEG, TIFF, JPEG 2000 or PNM.
    pub bytes: Vec<u8>,
    /// Dots per inch, where it is known how large the page is.
    pub dots: Option<u32>,
}

/// What was found in the picture of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// Words with their places in dots and their certainty, in the form of Tesseract's TSV.
    pub table: String,
    /// Dots per inch of the picture, where it is known how large the page is.
    pub dots: Option<u32>,
}

/// The pages of a picture file, or of a PDF whose pages are pictures.
///
/// # Errors
///
/// When there are too many, a picture is too large, or it is written in a way that nothing here unpacks.
pub fn pictures(bytes: &[u8]) -> Result<Vec<Picture>, ImportError> {
    if pdf::is_pdf(bytes) {
        return pdf::pictures(bytes);
    }
    photo::check(bytes)?;
    Ok(vec![Picture { bytes: bytes.to_vec(), dots: None }])
}

/// Reads what was found in the pictures of a document.
///
/// # Errors
///
/// When there are no words in them, or a stamp of secrecy.
pub fn recognised(pages: &[Recognised]) -> Result<Directive, ImportError> {
    let mut unclear = BTreeSet::new();
    let pages: Vec<page::Page> = pages.iter().flat_map(|page| table::pages(page, &mut unclear)).collect();
    let read = form::of_document(page::document(pages))?;
    let mut directive = super::directive_of(read)?;
    for task in &mut directive.tasks {
        let is_in = |sign: &&String| task.text.split_whitespace().any(|word| word == sign.as_str());
        let line = task.span.first_line;
        let doubts: Vec<Doubt> = unclear
            .iter()
            .filter(is_in)
            .map(|sign| Doubt::new(line, DoubtKind::Unclear { printed: sign.clone() }))
            .collect();
        task.doubts.extend(doubts);
    }
    directive.doubts.insert(0, Doubt::new(0, DoubtKind::FromPicture));
    Ok(directive)
}
