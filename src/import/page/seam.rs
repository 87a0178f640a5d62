//! Pages → one sequence: what a page break cut is put together again.

use super::paragraph::append;
use super::{Block, Table, Text};
use crate::import::marker::{Marker, opening};
use crate::import::parts::{Cell, Part, Row};
use crate::import::table::row_number;

/// Joins the blocks of pages.
pub fn join(pages: Vec<Vec<Block>>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for page in pages {
        let mut page = page.into_iter();
        match (out.last_mut(), page.next()) {
            (Some(Block::Table(above)), Some(Block::Table(below))) if is_next(above, &below) => {
                above.append(below);
            }
            (Some(Block::Text(above)), Some(Block::Text(below))) if goes_on(above, &below) => {
                append(&mut above.text, &below.text);
                above.full = below.full;
            }
            (_, first) => out.extend(first),
        }
        out.extend(page);
    }
    out
}

/// Whether a paragraph was cut: its last line is full and the first line below begins nothing new.
fn goes_on(above: &Text, below: &Text) -> bool {
    let ended = above.text.ends_with(['.', ';', ':', '!', '?']);
    let lower = below.text.starts_with(char::is_lowercase);
    let plain = opening(&below.text).marker == Marker::Plain;
    above.full && plain && (lower || (!ended && below.flush && !below.text.is_empty()))
}

/// Whether a table is the next page of another: the same columns at the same places.
fn is_next(above: &Table, below: &Table) -> bool {
    above.edges.len() == below.edges.len()
        && above.edges.iter().zip(&below.edges).all(|(a, b)| (a - b).abs() < 6.0)
}

impl Table {
    fn append(&mut self, mut below: Self) {
        let repeated = repeated(&self.rows, &below.rows);
        below.rows.drain(..repeated);
        let mut rest = below.rows.into_iter();
        if let Some(first) = rest.next() {
            match self.rows.last_mut() {
                Some(last) if is_cut(&self.edges, last, &first) => glue(last, first),
                _ => self.rows.push(first),
            }
        }
        self.rows.extend(rest);
    }
}

/// How many rows at the top are those of the first page again.
fn repeated(above: &[Row], below: &[Row]) -> usize {
    let said = |row: &Row| row.cells.iter().map(text).collect::<Vec<_>>().join("\t");
    let same = above.iter().zip(below).take_while(|(a, b)| said(a) == said(b) && !said(a).trim().is_empty());
    same.count().min(below.len())
}

fn text(cell: &Cell) -> String {
    let parts = cell.parts.iter().map(|part| match part {
        Part::Text { text, .. } => text.as_str(),
        Part::Table(_) => "",
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// Whether a row at the top of a page is the rest of the last row of the page before: it has no number of its own, and some cell
/// goes on in the middle of a sentence, or nothing in it begins one.
fn is_cut(edges: &[f32], last: &Row, first: &Row) -> bool {
    let columns = edges.len() - 1;
    if last.cells.len() != first.cells.len() || first.cells.len() < columns.min(2) {
        return false;
    }
    let pairs = || last.cells.iter().zip(&first.cells).map(|(above, below)| (text(above), text(below)));
    let numbered = pairs().any(|(above, below)| row_number(&above).is_some() && row_number(&below).is_some());
    let unnumbered = pairs().any(|(above, below)| row_number(&above).is_some() && below.is_empty());
    let mid_sentence = pairs().any(|(above, below)| {
        let open = !above.is_empty() && !above.ends_with(['.', ';', ':', '!', '?']);
        let word = below.chars().find(|c| c.is_alphanumeric());
        let lower = below.starts_with(char::is_alphabetic) && word.is_some_and(char::is_lowercase);
        lower || (open && unnumbered && !below.is_empty())
    });
    let child = unnumbered && pairs().any(|(_, below)| below.starts_with(['-', '+', '–', '•']));
    !numbered && (mid_sentence || child)
}

/// Puts the rest of a row behind it, cell by cell.
fn glue(row: &mut Row, rest: Row) {
    for (own, more) in row.cells.iter_mut().zip(rest.cells) {
        let mut more = more.parts.into_iter();
        let first = more.next();
        match (own.parts.last_mut(), first) {
            (Some(Part::Text { text, .. }), Some(Part::Text { text: below, .. }))
                if opening(&below).marker == Marker::Plain =>
            {
                append(text, &below);
            }
            (_, first) => own.parts.extend(first),
        }
        own.parts.extend(more);
    }
}
