//! Printed pages → paragraphs and tables, by where the words stand.
//!
//! A page has no order of its own: a program may draw the right column before the left one, and a table is words between lines.
//! Stages, one file each: `margin` (page numbers and running heads), `frame` (tables by their lines), `piece` (words on one
//! baseline), `column` (what is printed side by side), `paragraph` (lines that are one sentence), `seam` (what a page break cut).
//! It serves every form that tells no more than places: text PDF, and pictures once their words are recognised.

mod column;
mod frame;
mod margin;
mod paragraph;
mod piece;
mod seam;

#[cfg(test)]
mod tests;

use frame::Frame;
use paragraph::Width;

use super::parts::{Document, Grid, Part, Row};

/// A page. Lengths are points (1/72 inch), measured to the right and down from its upper left corner.
#[derive(Debug, Default)]
pub struct Page {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// What is written on it, in any order.
    pub words: Vec<Word>,
    /// The straight lines drawn on it.
    pub rules: Vec<Rule>,
}

/// A word, or several that one piece of the file draws together.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// Its letters.
    pub text: String,
    /// Its left edge.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
    /// The line on which it stands.
    pub base: f32,
    /// The height of its letters.
    pub size: f32,
}

impl Word {
    fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// A straight line, level or upright: one of its sides is nearly nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Left end.
    pub left: f32,
    /// Upper end.
    pub top: f32,
    /// Right end.
    pub right: f32,
    /// Lower end.
    pub bottom: f32,
}

/// What a page comes to, before pages are joined.
#[derive(Debug)]
enum Block {
    /// A paragraph.
    Text(Text),
    /// A table.
    Table(Table),
}

/// A paragraph with what is needed to go on with it on the next page.
#[derive(Debug)]
struct Text {
    text: String,
    /// Its last line reaches the right edge: the next word did not fit.
    full: bool,
    /// Its first line stands where the lines of its page begin, without an indent.
    flush: bool,
}

/// A table with the places of its columns.
#[derive(Debug)]
struct Table {
    /// The lines between its columns.
    edges: Vec<f32>,
    rows: Vec<Row>,
}

/// The document that pages come to.
pub fn document(mut pages: Vec<Page>) -> Document {
    let frames: Vec<Vec<Frame>> = pages.iter().map(|page| frame::frames(&page.rules)).collect();
    let margins = margin::take(&mut pages, &frames);
    let width = Width::of(&pages, &frames);
    let blocks = pages.into_iter().zip(frames).map(|(page, frames)| blocks(page, frames, &width)).collect();
    let parts = seam::join(blocks).into_iter().map(part).collect();
    Document { parts, margins, doubts: Vec::new() }
}

/// The blocks of a page from top to bottom: tables, and what stands between them.
fn blocks(page: Page, frames: Vec<Frame>, width: &Width) -> Vec<Block> {
    let right = width.right(page.width);
    let mut words = page.words;
    let mut out = Vec::new();
    for frame in frames {
        let above = take(&mut words, |word| word.base < frame.top());
        out.extend(text_blocks(above, right));
        let inside = take(&mut words, |word| frame.holds(word));
        if let Some(table) = frame.table(inside) {
            out.push(Block::Table(table));
        }
    }
    out.extend(text_blocks(words, right));
    out
}

fn take(words: &mut Vec<Word>, is_wanted: impl Fn(&Word) -> bool) -> Vec<Word> {
    let (wanted, rest) = std::mem::take(words).into_iter().partition(is_wanted);
    *words = rest;
    wanted
}

fn text_blocks(words: Vec<Word>, right: f32) -> Vec<Block> {
    let mut out = Vec::new();
    for region in column::regions(piece::pieces(words)) {
        match region {
            column::Region::Whole(pieces) => out.extend(paragraph::paragraphs(&pieces, right)),
            column::Region::Beside(left, right) => {
                for side in [left, right] {
                    out.extend(paragraph::side(&side));
                    out.push(Block::Text(Text { text: String::new(), full: false, flush: false }));
                }
            }
        }
    }
    out
}

fn part(block: Block) -> Part {
    match block {
        Block::Text(text) => typed(text.text),
        Block::Table(table) => Part::Table(Grid { rows: table.rows, sheet: None }),
    }
}

/// A paragraph of which everything was printed.
fn typed(text: String) -> Part {
    Part::Text { label: None, text }
}
