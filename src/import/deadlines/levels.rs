//! A day for each level of school: "khối tiểu học 15/9, khối THCS 18/9", "MN 26/5/2023; TH, THCS 31/5/2023". Without more, a level
//! with two numbers behind it is the name of a school ("MN 20/10").

use super::scan::Scan;
use crate::import::lead::is_name_day;
use crate::vietnamese::{Token, YearSaid, day_at, words_at};

/// The levels as documents call them, the longest first.
const LEVELS: [&[&str]; 12] = [
    &["trung", "hoc", "co", "so"],
    &["trung", "hoc", "pho", "thong"],
    &["tieu", "hoc"],
    &["mam", "non"],
    &["mau", "giao"],
    &["nha", "tre"],
    &["pho", "thong"],
    &["thcs"],
    &["thpt"],
    &["th"],
    &["mn"],
    &["mg"],
];

/// Words that stand before a level and before no school's name.
const KINDS: [&str; 4] = ["khoi", "cap", "bac", "nganh"];

impl Scan<'_> {
    /// Whether the words before the day at `at` name a level of schools, and not a school: a word for levels stands before it, a
    /// year behind it, it is the date of a cell, or another level has its day beside it.
    pub(super) fn is_of_a_level(&self, at: usize) -> bool {
        let Some(level) = level_before(self.tokens, at) else { return false };
        let Some((day, next)) = day_at(self.text, self.tokens, at) else { return false };
        let kind = level.checked_sub(1).and_then(|before| self.tokens.get(before));
        if kind.is_some_and(|t| KINDS.contains(&t.folded.as_str()))
            || matches!(day.year, Some(YearSaid::Printed(_)))
        {
            return true;
        }
        // "MN 8/3: 15/10": a school, and its day.
        let behind = self.tokens.get(next);
        if behind.is_some_and(|t| t.is_sign(':')) || is_name_day(day) {
            return false;
        }
        let begins = kind.is_none_or(|t| [':', ';', ',', '('].iter().any(|sign| t.is_sign(*sign)));
        if self.cell {
            return begins;
        }
        let own = &self.tokens[level..at];
        begins && (self.another_level_before(level, own) || self.another_level_behind(next, own))
    }

    /// Whether a day of another level stands right before a level.
    fn another_level_before(&self, level: usize, own: &[Token]) -> bool {
        let Some(sign) =
            level.checked_sub(1).filter(|at| self.tokens[*at].is_sign(',') || self.tokens[*at].is_sign(';'))
        else {
            return false;
        };
        (sign.saturating_sub(5)..sign).any(|at| {
            let day =
                day_at(self.text, self.tokens, at).filter(|(day, next)| *next == sign && !is_name_day(*day));
            day.and_then(|_| level_before(self.tokens, at))
                .is_some_and(|from| !same(&self.tokens[from..at], own))
        })
    }

    /// Whether another level with its day stands right behind a day.
    fn another_level_behind(&self, next: usize, own: &[Token]) -> bool {
        if !self.tokens.get(next).is_some_and(|t| t.is_sign(',') || t.is_sign(';')) {
            return false;
        }
        let end = (next + 8).min(self.tokens.len());
        (next + 2..end).any(|at| {
            let day = day_at(self.text, self.tokens, at).filter(|(day, _)| !is_name_day(*day));
            let level = day.and_then(|_| level_before(self.tokens, at)).filter(|level| *level > next);
            level.is_some_and(|level| !same(&self.tokens[level..at], own))
        })
    }
}

/// The first token of the level that ends before a token.
fn level_before(tokens: &[Token], at: usize) -> Option<usize> {
    LEVELS.iter().find_map(|words| at.checked_sub(words.len()).filter(|from| words_at(tokens, *from, words)))
}

fn same(some: &[Token], others: &[Token]) -> bool {
    some.iter().map(|t| &t.folded).eq(others.iter().map(|t| &t.folded))
}
