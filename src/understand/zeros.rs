//! Zeros said in words: "không có ca nào", "ko phát sinh", "nhẹ cân không có".

use std::ops::Range;

use super::figures::Number;
use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Meaning, Tag, Word, phrases};
use super::roles::Role;
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
            && line.is(hit.start, words!["khong", "chang", "cha", "dau", "hong"])
    };
    hits.iter()
        .filter(refusal)
        .flat_map(|hit| {
            let listed = listed_zeros(line, range, marks, found, hit);
            let single = listed.is_empty().then(|| zero(line, range, marks, hits, found, hit)).flatten();
            listed.into_iter().chain(single).map(|number| (*hit, number)).collect::<Vec<_>>()
        })
        .collect()
}

/// The figure of a zero that is said with words.
fn nothing(tokens_of_it: Range<usize>, before: Vec<usize>, after: Vec<usize>) -> Option<Number> {
    let amount = crate::vietnamese::amount_at("0", &tokens("0"), 0)?.0;
    Some(Number { before, after, role: Role::Zero, ..Number::new(amount, tokens_of_it) })
}

fn zero(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    found: &[Number],
    hit: &Hit,
) -> Option<Number> {
    const LEADS: &[Key] = words![
        "sinh", "co", "bi", "ghi", "nhan", "xay", "ra", "them", "truong", "hop", "con", "mo", "phat", "hien",
        "xuat", "de", "nghi", "xet",
    ];
    // "Không cần hợp đồng thêm ai", "không vận động được suất nào"; not "không cân được lớp nào".
    let needs = |at: usize| {
        line.spelled[at] == "cân\u{300}"
            || line.spelled[at] == "can" && !line.is(at + 1, words!["duoc", "do"])
    };
    let raises = |at: usize| {
        line.is(at, words!["van"]) && line.is(at + 1, words!["dong"])
            || line.is(at, words!["dong", "duoc"])
                && (hit.end..at).any(|n| line.is(n, words!["van"]) && line.is(n + 1, words!["dong"]))
    };
    let leads = |at: usize| line.is(at, LEADS) || needs(at) || raises(at);
    let start = (hit.end..range.end).find(|at| !leads(*at)).unwrap_or(range.end);
    let end = (start..range.end).find(|at| !goes_on(line, *at, marks)).unwrap_or(range.end);
    // "Không có cô nào đăng ký": nobody takes part, which is the figure.
    let joins = |h: &Hit| line.is(h.start, words!["dang", "dky"]);
    let blocked = hits.iter().any(|h| {
        matches!(h.tag, Tag::NoFigure | Tag::HandIn | Tag::Finish)
            && h.start >= start
            && h.start < end
            && !joins(h)
    });
    // "1 bé không đi học được" can not.
    let unable = line.is(end.saturating_sub(1), words!["duoc", "noi", "kip"]) && end > start + 1;
    let blocked = blocked || unable;
    let figure_behind = found.iter().any(|n| n.tokens.start == end);
    // "không có vụ ngộ độc nào": none of any kind, whatever else is said of it.
    let none_at_all = (start..end).any(|at| is_any(line, at)) && counts_something(line, hit.end..end)
        || line.is(start, words!["ai"]) && start > hit.end;
    if blocked || figure_behind || end - start > if none_at_all { 11 } else { 7 } {
        return None;
    }
    let mut before = words_before(line, range, marks, hit.start);
    before.retain(|at| !(line.is(*at, words!["bang"]) && at + 1 == hit.start));
    let front = meaning(line, &before);
    let after: Vec<usize> = (start..end).filter(|at| !is_any(line, *at)).collect();
    let back = meaning(line, &after);
    // "béo phì không có ạ", "béo phì: không": what is none stands before. "Không có trẻ" alone would empty a school.
    let last = !found.is_empty() && end == start && ends_clause(line, start) && !asks(line, range);
    let is_nil = hit.start > 0 && line.is(hit.start - 1, words!["bang"]) && ends_clause(line, hit.end);
    let having = line.is(hit.end, words!["co"])
        || line.is(hit.end - 1, words!["co"])
        || after_colon(line, hit.start)
        || last
        || is_nil;
    let said_before = having && narrow(&front) && back.others == 0 && (end == start || all_broad(&back));
    let said_behind = !back.concepts.is_empty() && back.others == 0 && !is_child(line, &after);
    // "Không ghi nhận trường hợp nào": what every such sentence counts.
    let after: Vec<usize> = if after.is_empty() && none_at_all {
        (hit.end..end).filter(|at| !is_any(line, *at)).collect()
    } else {
        after
    };
    let back = meaning(line, &after);
    let named = back.others > 0 || !back.concepts.is_empty() && !is_child(line, &after);
    if !(said_before || said_behind || none_at_all && named) {
        return None;
    }
    // "không có cháu nào thủy đậu": what follows tells, not the noun that every such sentence has.
    let told: Vec<usize> = after.iter().copied().filter(|at| !is_anybody(line, *at) && !leads(*at)).collect();
    let led: Vec<usize> =
        after.iter().copied().filter(|at| line.is(*at, words!["truong", "hop"]) || !leads(*at)).collect();
    let after = if none_at_all && !meaning(line, &led).concepts.is_empty() { led } else { after };
    let after = if none_at_all && meaning(line, &told) != Meaning::default() { told } else { after };
    let (before, after) = if said_before { (before, vec![]) } else { (vec![], after) };
    nothing(hit.start..end.max(hit.end), before, after)
}

/// "nghèo với cận nghèo đều không": a zero for each.
fn listed_zeros(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    found: &[Number],
    hit: &Hit,
) -> Vec<Number> {
    let all = hit.start > range.start && line.is(hit.start - 1, words!["deu", "cung"]);
    let end = if line.is(hit.end, words!["co"]) { hit.end + 1 } else { hit.end };
    if !all || !ends_clause(line, end) && !line.is(end, words!["a", "chi", "nha", "nhe"]) {
        return vec![];
    }
    let joint = |at: usize| {
        line.is(at, words!["va", "voi", "lan", "ca"])
            || line.is_sign(at, ',')
            || line.is_sign(at, '/')
            || line.is_sign(at, '&')
    };
    let from = (range.start..hit.start - 1)
        .rev()
        .find(|at| {
            !(joint(*at) || line.is_word(*at) && marks[*at] == Mark::Free) || line.begins_line(*at + 1)
        })
        .map_or(range.start, |at| at + 1);
    let words: Vec<usize> = (from..hit.start - 1).collect();
    let things = words.split(|at| joint(*at)).filter(|thing| narrow(&meaning(line, thing)));
    let zeros = things.filter_map(|thing| {
        let (first, last) = (thing.first()?, thing.last()?);
        let taken = found.iter().any(|n| n.tokens.start >= *first && n.tokens.start <= *last);
        if taken { None } else { nothing(*last..*last + 1, thing.to_vec(), vec![]) }
    });
    zeros.collect()
}

/// nào, gì: of any kind.
fn is_any(line: &Line, at: usize) -> bool {
    line.is(at, words!["nao", "gi"])
        || line.is(at, words!["mo"])
            && (line.spelled[at].starts_with("mô")
                || !line.marked && at > 0 && phrases().is_counted(line.word(at - 1)))
}

/// Nouns that stand for anybody: "cháu nào", "trường hợp nào".
fn is_anybody(line: &Line, at: usize) -> bool {
    line.is(at, words!["chau", "tre", "be", "em", "ai", "ban", "truong", "hop", "hs"])
}

/// Something that is counted stands right behind the refusal: "ca", "vụ", "cháu", "trường hợp".
fn counts_something(line: &Line, range: Range<usize>) -> bool {
    range.clone().take(4).any(|at| {
        phrases().is_counted(line.word(at)) && !line.is(at, words!["em", "con", "co", "de", "bo"])
            || line.is(at, words!["hop"]) && at > 0 && line.is(at - 1, words!["truong"])
            || line.is(at, words!["vien"]) && at > 0 && line.is(at - 1, words!["giao", "nhan", "doan", "hoi"])
            || line.is(at, words!["em", "co", "bo"]) && is_any(line, at + 1)
    })
}

fn ends_clause(line: &Line, at: usize) -> bool {
    at >= line.len()
        || [',', '.', ';', '!', ')'].iter().any(|sign| line.is_sign(at, *sign))
        || line.begins_line(at)
}

fn asks(line: &Line, range: &Range<usize>) -> bool {
    range.clone().any(|at| line.is_sign(at, '?'))
}

fn after_colon(line: &Line, at: usize) -> bool {
    at > 0 && (line.is_sign(at - 1, ':') || line.is_sign(at - 1, '='))
}

fn goes_on(line: &Line, at: usize, marks: &[Mark]) -> bool {
    let stops = line.is(at, words!["va", "nhung", "nen", "vi", "do", "chi", "a", "em", "nha"])
        || line.is(at, words!["nhe"]) && !line.is(at + 1, words!["can"]);
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
            !line.is(**n, words!["nao", "gi", "ai", "het", "moi", "mac", "dau", "them", "nua"])
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
    all_broad(&meaning) && at.iter().any(|n| line.is(*n, words!["tre", "chau", "be"]))
}
