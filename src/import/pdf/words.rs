//! The words of a PDF with their places.

use pdf_inspector::extractor::ItemType;
use pdf_inspector::{
    PdfError, PositionFrame, PositionOptions, TextItem, extract_text_with_positions_mem_with_options,
};

use super::super::error::ImportError;
use super::super::legacy::Letters;
use super::super::page::{Page, Word};
use crate::vietnamese::normal;

/// Puts the words of a PDF on its pages.
pub fn put(bytes: &[u8], pages: &mut [Page]) -> Result<(), ImportError> {
    let options = PositionOptions::new().frame(PositionFrame::Display);
    let items = extract_text_with_positions_mem_with_options(bytes, None, options).map_err(of_pdf)?;
    for item in items {
        let place = usize::try_from(item.page).ok().and_then(|page| page.checked_sub(1));
        let Some(page) = place.and_then(|at| pages.get_mut(at)) else { continue };
        let word = word(item, page.height);
        page.words.extend(word);
    }
    Ok(())
}

fn of_pdf(error: PdfError) -> ImportError {
    match error {
        PdfError::Encrypted => ImportError::Locked,
        _ => ImportError::Damaged,
    }
}

/// Text that a reader of the page reads: level, or upright as in a narrow cell. A mark across the page is none.
fn word(item: TextItem, height: f32) -> Option<Word> {
    let is_text = matches!(item.item_type, ItemType::Text | ItemType::FormField);
    let is_sane =
        [item.x, item.y, item.width, item.height].iter().all(|v| v.is_finite() && v.abs() < 30_000.0);
    if !is_text || !is_sane {
        return None;
    }
    let base = match item.rotation {
        turn if !(8.0..=352.0).contains(&turn) => height - item.y,
        turn if (82.0..=98.0).contains(&turn) => height - item.y - 0.5 * item.height,
        _ => return None,
    };
    let text = normal(&Letters::of_font(family(&item.font)).read(&item.text));
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if text.trim().is_empty() {
        return None;
    }
    let size = item.font_size.clamp(4.0, 72.0);
    Some(Word { text: squeezed(&text), left: item.x, right: item.x + item.width, base, size })
}

/// The name of a font without the tag of its subset: "ABCDEF+.VnTime".
fn family(name: &str) -> &str {
    name.split_once('+').map_or(name, |(_, family)| family)
}

/// One blank between words: justified lines are drawn with several.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    out
}
