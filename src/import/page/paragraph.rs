//! Lines → paragraphs: a line ends where the next word did not fit, or because its author ended it.

use super::frame::Frame;
use super::piece::Piece;
use super::{Block, Page, Text};
use crate::import::marker::{Marker, opening};

/// How far the lines of a document reach to the right, by the width of its pages.
#[derive(Debug, Default)]
pub struct Width {
    pages: Vec<(f32, f32)>,
}

impl Width {
    /// As the words outside of tables tell it.
    pub fn of(pages: &[Page], frames: &[Vec<Frame>]) -> Self {
        let mut out = Self::default();
        for (page, frames) in pages.iter().zip(frames) {
            let outside = page.words.iter().filter(|word| !frames.iter().any(|frame| frame.holds(word)));
            let right =
                outside.map(|word| word.right).filter(|right| *right <= page.width).fold(0.0, f32::max);
            match out.pages.iter_mut().find(|(width, _)| is_same(*width, page.width)) {
                Some((_, most)) => *most = most.max(right),
                None => out.pages.push((page.width, right)),
            }
        }
        out
    }

    /// The right edge of the lines of a page.
    pub fn right(&self, width: f32) -> f32 {
        self.pages.iter().find(|(of, _)| is_same(*of, width)).map_or(width, |(_, right)| *right)
    }
}

fn is_same(a: f32, b: f32) -> bool {
    (a - b).abs() < 20.0
}

/// A printed line: all pieces on one baseline.
struct Line {
    text: String,
    left: f32,
    right: f32,
    base: f32,
    size: f32,
    first_word: f32,
}

/// The paragraphs of pieces that stand below each other; `right` is the edge that full lines reach.
pub fn paragraphs(pieces: &[Piece], right: f32) -> Vec<Block> {
    let lines = lines(pieces);
    let pitch = pitch(&lines);
    let left = lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
    let mut out: Vec<Vec<&Line>> = Vec::new();
    for line in &lines {
        match out.last_mut() {
            Some(paragraph) if goes_on(paragraph, line, right, pitch) => paragraph.push(line),
            _ => out.push(vec![line]),
        }
    }
    out.iter().map(|lines| Block::Text(text(lines, left, right))).collect()
}

/// The lines of a half of a page: a distribution list wraps, centred lines are each their own.
pub fn side(pieces: &[Piece]) -> Vec<Block> {
    let lines = lines(pieces);
    let edge = |line: &Line| line.left;
    let (least, most) = (fold(&lines, edge, f32::min), fold(&lines, edge, f32::max));
    let right = fold(&lines, |line| line.right, f32::max);
    let centred = lines.windows(2).all(|pair| is_centred(&pair[0], &pair[1])) && most - least > 1.5;
    if most - least < 8.0 && lines.len() > 1 && !centred {
        return paragraphs(pieces, right);
    }
    lines.iter().map(|line| Block::Text(text(&[line], line.left, f32::MAX))).collect()
}

fn fold(lines: &[Line], of: impl Fn(&Line) -> f32, with: fn(f32, f32) -> f32) -> f32 {
    lines.iter().map(of).reduce(with).unwrap_or_default()
}

fn lines(pieces: &[Piece]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(line) if (line.base - piece.base).abs() < 0.3 * line.size && piece.left >= line.right => {
                line.text.push(' ');
                line.text.push_str(piece.text.trim());
                line.right = piece.right;
            }
            _ => out.push(Line {
                text: piece.text.trim().to_owned(),
                left: piece.left,
                right: piece.right,
                base: piece.base,
                size: piece.size,
                first_word: piece.first_word(),
            }),
        }
    }
    out
}

/// The usual distance of two lines: the smallest that is often.
fn pitch(lines: &[Line]) -> f32 {
    let mut steps: Vec<f32> =
        lines.windows(2).map(|pair| pair[1].base - pair[0].base).filter(|step| *step > 0.0).collect();
    steps.sort_by(f32::total_cmp);
    let often = |step: f32| steps.iter().filter(|other| (**other - step).abs() < 1.0).count();
    let most = steps.iter().map(|step| often(*step)).max().unwrap_or_default();
    steps.iter().copied().find(|step| often(*step) * 4 >= most).unwrap_or(f32::MAX)
}

/// Whether a line is more of the paragraph above it.
fn goes_on(paragraph: &[&Line], line: &Line, right: f32, pitch: f32) -> bool {
    let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { return false };
    let step = line.base - last.base;
    // The lines of a paragraph keep one distance; the first two of it that of the page.
    let usual = if paragraph.len() > 1 { last.base - paragraph[paragraph.len() - 2].base } else { pitch };
    let far = step > 2.4 * line.size || step > usual * 1.18 + 0.8 && step > 1.1 * line.size;
    let other_size = (line.size - last.size).abs() > 0.15 * last.size;
    if far || step < 0.5 * line.size || other_size || !is_full(last, line, right) {
        return false;
    }
    let margin = if paragraph.len() > 1 { paragraph[1].left } else { first.left };
    let indented = line.left > margin + 6.0;
    if paragraph.len() > 1 && indented {
        return false;
    }
    let hangs = paragraph.len() == 1 && indented;
    if hangs && opening(&first.text).marker == Marker::Plain && !is_centred(first, line) {
        return false;
    }
    if opening(&line.text).marker == Marker::Plain {
        return true;
    }
    // What looks like a new point, at the margin of a paragraph whose first line is indented, within a sentence.
    let outdented = first.left > line.left + 6.0;
    outdented && !last.text.ends_with(['.', ';', ':', '!', '?'])
}

fn is_centred(a: &Line, b: &Line) -> bool {
    (f32::midpoint(a.left, a.right) - f32::midpoint(b.left, b.right)).abs() < 4.0
}

/// Whether the first word of the next line would not have fitted behind a line.
fn is_full(line: &Line, next: &Line, right: f32) -> bool {
    line.right + 0.25 * line.size + next.first_word > right - 0.2 * line.size
}

fn text(lines: &[&Line], left: f32, right: f32) -> Text {
    let mut text = String::new();
    for line in lines {
        append(&mut text, &line.text);
    }
    let last = lines.last();
    Text {
        full: last.is_some_and(|last| last.right > right - 4.0 * last.size),
        flush: lines.first().is_some_and(|first| first.left < left + 6.0),
        text,
    }
}

/// Adds a line to a text: a blank between them, save where a word or a number was broken at its own sign.
pub fn append(text: &mut String, line: &str) {
    let line = line.trim();
    if text.is_empty() || line.is_empty() {
        text.push_str(line);
        return;
    }
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if !is_broken(text, line) {
        text.push(' ');
    }
    text.push_str(line);
}

/// "2026-" and "2027", "QĐ-" and "UBND", "15/10/" and "2026": one word over two lines.
fn is_broken(text: &str, line: &str) -> bool {
    let mut before = text.chars().rev();
    let sign = before.next().is_some_and(|c| matches!(c, '-' | '/'));
    let joined = before.next().is_some_and(char::is_alphanumeric);
    sign && joined && line.starts_with(char::is_alphanumeric)
}
