//! Names that many kindergartens have (`school_names.txt`).

use std::collections::HashMap;
use std::sync::OnceLock;

use super::all_capitals;
use crate::understand::line::{Line, is_syllable};
use crate::understand::phrases::{Known, Word};
use crate::vietnamese::TokenKind;

/// The end of the longest name of the list that begins at `at`.
pub(super) fn known_name(line: &Line, at: usize) -> Option<usize> {
    line.tokens.get(at)?;
    static NAMES: OnceLock<HashMap<String, Vec<Vec<Known>>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut by_first: HashMap<String, Vec<Vec<Known>>> = HashMap::new();
        let lines =
            include_str!("../school_names.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty());
        for name in lines {
            let words: Vec<Known> = name.to_lowercase().split_whitespace().map(Known::new).collect();
            by_first.entry(words[0].folded().to_owned()).or_default().push(words);
        }
        by_first
    });
    let fits = |name: &&Vec<Known>| {
        name.iter().enumerate().all(|(n, known)| {
            line.tokens.get(at + n).is_some_and(|t| t.kind == TokenKind::Word)
                && line.word(at + n).is_some_and(|w| known.is(Word { level: false, ..w }))
        })
    };
    // "Hoa Lư", "Hoa Ban": schools are called by flowers and places.
    let capital = |n: usize| line.tokens.get(n).is_some_and(|t| t.capital && t.kind == TokenKind::Word);
    let flower = line.spelled[at] == "hoa"
        && capital(at)
        && capital(at + 1)
        && !all_capitals(line, at)
        && !capital(at + 2)
        && is_syllable(line.folded(at + 1))
        && !line.begins_line(at + 1);
    if flower {
        return Some(at + 2);
    }
    let longest = names.get(line.folded(at))?.iter().filter(fits).map(Vec::len).max()?;
    Some(at + longest)
}
