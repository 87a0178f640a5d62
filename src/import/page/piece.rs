//! Words on one baseline → pieces: what a reader takes in as one run of words.

use super::Word;
use crate::import::marker::opening;

/// Words side by side without a wide gap.
#[derive(Clone, Debug)]
pub struct Piece {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
}

impl Piece {
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }

    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// How wide its first word is, about.
    pub fn first_word(&self) -> f32 {
        let word = self.text.split(' ').next().unwrap_or_default().chars().count();
        let all = self.text.chars().count().max(1);
        self.width() * word as f32 / all as f32
    }
}

/// A gap that parts two pieces, as a multiple of the letters' height. Justified lines stretch their blanks to less.
const GAP: f32 = 1.15;
/// The same behind a number or a bullet, which a tab may hold away from its words.
const GAP_BEHIND_SIGN: f32 = 4.0;
/// A gap that is a blank; letters of one word may stand apart a little.
const BLANK: f32 = 0.12;

/// The pieces of some words, from top to bottom and from left to right.
pub fn pieces(words: Vec<Word>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for mut line in lines(words) {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
        let start = out.len();
        for word in line {
            match out[start..].last_mut() {
                Some(piece) if word.left - piece.right <= gap_after(piece) => append(piece, &word),
                _ => out.push(Piece {
                    text: word.text.trim().to_owned(),
                    left: word.left,
                    right: word.right,
                    base: word.base,
                    size: word.size,
                }),
            }
        }
    }
    out
}

/// Words by their baselines, from top to bottom. A raised or lowered sign belongs to the line that it touches.
fn lines(mut words: Vec<Word>) -> Vec<Vec<Word>> {
    words.retain(|word| !word.text.trim().is_empty());
    words.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut out: Vec<Vec<Word>> = Vec::new();
    for word in words {
        match out.last_mut() {
            Some(line) if line.last().is_some_and(|last| is_level(last, &word)) => line.push(word),
            _ => out.push(vec![word]),
        }
    }
    out
}

fn is_level(a: &Word, b: &Word) -> bool {
    (a.base - b.base).abs() <= 0.3 * a.size.min(b.size).max(4.0)
}

fn gap_after(piece: &Piece) -> f32 {
    let sign = piece.text.chars().count() <= 4 && opening(&format!("{} a", piece.text)).rest == "a";
    piece.size * if sign { GAP_BEHIND_SIGN } else { GAP }
}

fn append(piece: &mut Piece, word: &Word) {
    let apart = word.left - piece.right > BLANK * piece.size || word.text.starts_with(' ');
    if apart && !piece.text.ends_with(' ') {
        piece.text.push(' ');
    }
    piece.text.push_str(word.text.trim());
    if word.text.ends_with(' ') {
        piece.text.push(' ');
    }
    piece.right = piece.right.max(word.right);
    piece.size = piece.size.max(word.size);
}
