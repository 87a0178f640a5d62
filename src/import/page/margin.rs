//! What is printed on every page and belongs to none: page numbers, running heads and feet.

use std::collections::HashMap;

use super::frame::Frame;
use super::piece::{Piece, pieces};
use super::{Page, Word};

/// The part of a page, above and below, in which they stand.
const PART: f32 = 0.11;

/// Takes them out of the pages, and gives them back as text.
pub fn take(pages: &mut [Page], frames: &[Vec<Frame>]) -> Vec<String> {
    let found: Vec<Vec<Piece>> =
        pages.iter().zip(frames).map(|(page, frames)| candidates(page, frames)).collect();
    let mut seen: HashMap<(String, i32), usize> = HashMap::new();
    for piece in found.iter().flatten() {
        *seen.entry(key(piece)).or_default() += 1;
    }
    let often = 2.max(pages.len() / 2);
    let mut out: Vec<String> = Vec::new();
    for (page, found) in pages.iter_mut().zip(found) {
        let runs: Vec<Piece> = found
            .into_iter()
            .filter(|piece| {
                let again = seen.get(&key(piece)).is_some_and(|count| *count >= often);
                is_page_number(&piece.text) || again
            })
            .collect();
        page.words.retain(|word| !runs.iter().any(|run| holds(run, word)));
        for run in runs {
            if !out.contains(&run.text) {
                out.push(run.text);
            }
        }
    }
    out
}

/// The first and last lines of a page, near its edges and in no table.
fn candidates(page: &Page, frames: &[Frame]) -> Vec<Piece> {
    let near = |word: &&Word| {
        let edge = page.height * PART;
        (word.base < edge || word.base > page.height - edge) && !frames.iter().any(|frame| frame.holds(word))
    };
    pieces(page.words.iter().filter(near).cloned().collect())
}

/// Equal for the same run on other pages: its digits may count them.
fn key(piece: &Piece) -> (String, i32) {
    let mut text = String::new();
    for c in piece.text.chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if c != '0' || !text.ends_with('0') {
            text.push(c);
        }
    }
    (text, (piece.base / 4.0).round() as i32)
}

fn holds(run: &Piece, word: &Word) -> bool {
    (word.base - run.base).abs() < 0.5 * run.size
        && word.left >= run.left - 1.0
        && word.right <= run.right + 1.0
}

/// "2", "- 2 -", "Trang 2/5".
fn is_page_number(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let text = text.strip_prefix("trang").unwrap_or(&text);
    let inner = text.trim_matches(|c: char| matches!(c, '-' | '–' | ' ' | '.'));
    let is_number = |s: &str| {
        let s = s.trim();
        !s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit())
    };
    match inner.split_once('/') {
        Some((page, all)) => is_number(page) && is_number(all) && page.trim().len() <= all.trim().len(),
        None => is_number(inner),
    }
}
