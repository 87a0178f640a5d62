//! Zeros said in words: "không có ca nào", "ko phát sinh", "nhẹ cân không có".

use std::ops::Range;

use super::figures::{Number, Role};
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Meaning, Tag, Word, phrases};
use crate::vietnamese::{TokenKind, tokens};

/// The zeros in a stretch, each with the refusal word that says it. Such a word refuses nothing.
pub(super) fn zeros(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    found: &[Number],
) -> Vec<(Hit, Number)> {
    let refusal = |hit: &&Hit| {
        hit.tag == Tag::Negation
            && range.contains(&hit.start)
            && line.is(hit.start, &["khong", "chang", "cha", "dau"])
    };
    hits.iter()
        .filter(refusal)
        .filter_map(|hit| Some((*hit, zero(line, range, marks, hits, found, hit)?)))
        .collect()
}

fn zero(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    found: &[Number],
    hit: &Hit,
) -> Option<Number> {
    let lead =
        |at: usize| line.is(at, &["co", "bi", "ghi", "nhan", "xay", "ra", "them", "truong", "hop", "con"]);
    let start = (hit.end..range.end).find(|at| !lead(*at)).unwrap_or(range.end);
    let end = (start..range.end).find(|at| !goes_on(line, *at, marks)).unwrap_or(range.end);
    let blocked = hits.iter().any(|h| h.tag == Tag::NoFigure && h.start >= start && h.start < end);
    let figure_behind = found.iter().any(|n| n.tokens.start == end);
    if blocked || figure_behind || end - start > 7 {
        return None;
    }
    let before = words_before(line, range, marks, hit.start);
    let front = meaning(line, &before);
    let after: Vec<usize> = (start..end).collect();
    let back = meaning(line, &after);
    // "béo phì không có ạ", "béo phì: không": what is none stands before. "Không có trẻ" alone would empty a school.
    let having = line.is(hit.end, &["co"]) || after_colon(line, hit.start);
    let said_before = having && narrow(&front) && back.others == 0 && (end == start || all_broad(&back));
    let said_behind = !back.concepts.is_empty() && back.others == 0 && !is_child(line, &after);
    if !said_before && !said_behind {
        return None;
    }
    let amount = crate::vietnamese::amount_at("0", &tokens("0"), 0)?.0;
    let (before, after) = if said_before { (before, vec![]) } else { (vec![], after) };
    Some(Number { before, after, role: Role::Zero, ..Number::new(amount, hit.start..end) })
}

fn after_colon(line: &Line, at: usize) -> bool {
    at > 0 && (line.is_sign(at - 1, ':') || line.is_sign(at - 1, '='))
}

fn goes_on(line: &Line, at: usize, marks: &[Mark]) -> bool {
    let stops = line.is(at, &["va", "nhung", "nen", "vi", "do", "chi", "a", "em", "nha"])
        || line.is(at, &["nhe"]) && !line.is(at + 1, &["can"]);
    line.tokens[at].kind == TokenKind::Word
        && !line.begins_line(at)
        && matches!(marks[at], Mark::Free | Mark::Age)
        && !stops
}

/// The words of the same stretch before the refusal.
fn words_before(line: &Line, range: &Range<usize>, marks: &[Mark], at: usize) -> Vec<usize> {
    let at = if after_colon(line, at) { at - 1 } else { at };
    let mut words: Vec<usize> = (range.start..at)
        .rev()
        .take_while(|n| {
            line.is_word(*n) && matches!(marks[*n], Mark::Free | Mark::Age) && !line.begins_line(*n + 1)
        })
        .collect();
    words.reverse();
    words
}

/// What the words name, without those that belong to a refusal: nào, gì, hết.
fn meaning(line: &Line, at: &[usize]) -> Meaning {
    let words: Vec<Word> = at
        .iter()
        .filter(|n| {
            !line.is(**n, &["nao", "gi", "ai", "het", "moi", "mac", "dau"])
                && line.spelled[**n] != "ca\u{309}"
        })
        .filter_map(|n| line.word(*n))
        .collect();
    phrases().concepts(&words)
}

fn narrow(meaning: &Meaning) -> bool {
    !meaning.concepts.is_empty()
        && meaning.others == 0
        && meaning.concepts.iter().all(|c| !phrases().is_broad(*c))
}

fn all_broad(meaning: &Meaning) -> bool {
    meaning.concepts.iter().all(|c| phrases().is_broad(*c))
}

fn is_child(line: &Line, at: &[usize]) -> bool {
    let meaning = meaning(line, at);
    all_broad(&meaning) && at.iter().any(|n| line.is(*n, &["tre", "chau", "be"]))
}
