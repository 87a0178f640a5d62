//! The figures of a message and the words that name them.

use std::ops::Range;

use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag, Word, phrases};
use crate::vietnamese::{Amount, TokenKind, amount_at};

/// A figure and where its name stands.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub amount: Amount,
    pub tokens: Range<usize>,
    /// Tokens of the same stretch before it, back to the figure before.
    pub before: Vec<usize>,
    /// Tokens of the same stretch behind it, up to the next figure.
    pub after: Vec<usize>,
    /// The stretch between two separators; figures in one stretch share its order of words.
    pub stretch: usize,
    pub role: Role,
    /// Other figures stand in its stretch.
    pub crowded: bool,
    /// In its stretch the words stand behind the figures.
    pub words_behind: bool,
}

impl Number {
    fn new(amount: Amount, tokens: Range<usize>) -> Self {
        Self {
            amount,
            tokens,
            before: vec![],
            after: vec![],
            stretch: 0,
            role: Role::Plain,
            crowded: false,
            words_behind: false,
        }
    }
}

/// What a figure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Plain,
    /// The wrong one: "không phải 11", "312 thành …".
    Old,
    /// A difference: "thêm 2".
    Delta,
    /// The whole of a share: the 250 of 245/250.
    Whole,
    /// "Không có ca nào": the words are the figure.
    Zero,
}

/// The figures in a stretch of a message, and the hits of negations that are zeros and no refusals.
pub(super) fn numbers(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
) -> (Vec<Number>, Vec<Hit>) {
    let mut found = plain_numbers(line, range, marks, hits);
    let zeros = zeros(line, range, marks, hits, &found);
    let consumed = zeros.iter().map(|(hit, _)| *hit).collect();
    found.extend(zeros.into_iter().map(|(_, number)| number));
    found.sort_by_key(|n| n.tokens.start);
    let stretches = stretches(line, range, marks, hits, &found);
    for number in &mut found {
        place(number, line, marks, &stretches);
    }
    share_words(&mut found);
    find_sides(line, &mut found);
    (found, consumed)
}

fn plain_numbers(line: &Line, range: &Range<usize>, marks: &[Mark], hits: &[Hit]) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let amount = (marks[at] == Mark::Free).then(|| amount_at(&line.text, &line.tokens, at)).flatten();
        let Some((amount, end)) =
            amount.filter(|(_, end)| *end <= range.end && marks[at..*end].iter().all(|m| *m == Mark::Free))
        else {
            at += 1;
            continue;
        };
        if !counts(line, at, end, &amount) {
            at += 1;
            continue;
        }
        let role = role(line, at, end, hits, &found);
        found.push(Number { role, ..Number::new(amount, at..end) });
        at = end;
    }
    found
}

/// Whether an amount counts something: numbers said in words and a lonely 0 need a noun behind them.
fn counts(line: &Line, at: usize, end: usize, amount: &Amount) -> bool {
    let noun = line.is_word(end) && phrases().is_counted(line.folded(end));
    let known = line.word(end).is_some_and(|w| !phrases().concepts(&[w]).concepts.is_empty());
    if amount.in_words {
        let first = line.folded(at);
        let big = (at..end)
            .any(|n| line.is(n, &["tram", "muoi", "nghin", "ngan", "trieu", "ty", "chuc", "linh", "le"]));
        let closed =
            end >= line.len() || !line.is_word(end) || line.is(end, &["a", "chi", "em", "nhe", "nha"]);
        return first != "khong"
            && !(first == "ty" || first == "le")
            && (noun || (big && end - at > 1) || (closed && end - at > 1));
    }
    // "0 thiếu ai" means "không thiếu ai".
    let zero = amount.digits == 0 && !amount.percent && line.is_word(end) && !line.is_glued(end);
    let particle = line.is(end, &["a", "chi", "em", "nhe", "nha", "va", "con", "truong"]);
    let labelled = at > 0
        && line.is_word(at - 1)
        && line.word(at - 1).is_some_and(|w| !phrases().concepts(&[w]).concepts.is_empty());
    !zero || noun || known || particle || labelled
}

fn role(line: &Line, at: usize, end: usize, hits: &[Hit], found: &[Number]) -> Role {
    let denied = hits.iter().any(|h| h.tag == Tag::NotThat && h.end <= at && at - h.end <= 1);
    let replaced = line.is(end, &["thanh", "sang"]) && next_is_number(line, end + 1)
        || (line.is_sign(end, '-') || line.is_sign(end, '=')) && line.is_sign(end + 1, '>')
        || line.is_sign(end, '→');
    if denied || replaced {
        return Role::Old;
    }
    // A third number in the row makes it a list, not a share.
    let listed =
        found.len() > 1 && found[found.len() - 2].tokens.end + 1 == found[found.len() - 1].tokens.start;
    let whole = !listed
        && at >= 2
        && line.is_sign(at - 1, '/')
        && found.last().is_some_and(|n| n.tokens.end == at - 1 && line.is_glued(at) && line.is_glued(at - 1))
        && !(line.is_sign(end, '/') && next_is_number(line, end + 1));
    if whole {
        return Role::Whole;
    }
    let more = at > 0 && line.is(at - 1, &["them", "tang", "giam", "bot"]);
    if more { Role::Delta } else { Role::Plain }
}

fn next_is_number(line: &Line, at: usize) -> bool {
    line.number(at).is_some() || (line.is_word(at) && amount_at(&line.text, &line.tokens, at).is_some())
}

/// "Không có ca nào", "ko phát sinh", "không có trẻ béo phì": a refusal word before a thing that is counted.
fn zeros(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    found: &[Number],
) -> Vec<(Hit, Number)> {
    let none = |hit: &&Hit| {
        hit.tag == Tag::Negation
            && range.contains(&hit.start)
            && line.is(hit.start, &["khong", "chang", "cha", "dau"])
    };
    hits.iter()
        .filter(none)
        .filter_map(|hit| {
            let mut start = hit.end;
            while line.is(start, &["co", "bi", "ghi", "nhan", "xay", "ra", "them", "truong", "hop", "con"])
                && start < range.end
            {
                start += 1;
            }
            let end = (start..range.end)
                .find(|n| {
                    !line.is_word(*n)
                        || line.begins_line(*n)
                        || marks[*n] != Mark::Free && marks[*n] != Mark::Age
                        || line.is(*n, &["va", "nhung", "nen", "vi", "do", "chi", "a", "em", "nhe", "nha"])
                })
                .unwrap_or(range.end);
            let blocked = hits.iter().any(|h| h.tag == Tag::NoFigure && h.start >= start && h.start < end);
            let figure_behind = found.iter().any(|n| n.tokens.start == end);
            let words: Vec<Word> = (start..end)
                .filter(|n| {
                    !line.is(*n, &["nao", "gi", "ai", "het", "ca", "moi", "mac"])
                        || line.word(*n).is_some_and(|w| w.spelled == "ca")
                })
                .filter_map(|n| line.word(n))
                .collect();
            let meaning = phrases().concepts(&words);
            let counted = !meaning.concepts.is_empty() && meaning.others == 0 && end - start <= 7;
            (counted && !blocked && !figure_behind && end > start).then(|| {
                let amount = Amount {
                    digits: 0,
                    scale: 0,
                    percent: false,
                    money: false,
                    in_words: true,
                    spaced: false,
                    repaired: false,
                };
                let number = Number {
                    after: (start..end).collect(),
                    role: Role::Zero,
                    ..Number::new(amount, hit.start..end)
                };
                (*hit, number)
            })
        })
        .collect()
}

/// Stretches between separators, as ranges of tokens.
fn stretches(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    found: &[Number],
) -> Vec<Range<usize>> {
    let in_number = |at: usize| found.iter().any(|n| n.tokens.contains(&at) && n.role != Role::Zero);
    let joins = |at: usize| hits.iter().any(|h| h.tag == Tag::NotThat && h.start <= at && at < h.end);
    let mut cuts = vec![];
    let mut start = range.start;
    for at in range.clone() {
        let sign = match line.tokens[at].kind {
            TokenKind::Sign(
                ',' | ';' | '(' | ')' | '+' | '&' | '|' | '/' | '.' | '!' | '?' | '•' | '*' | '–' | '—' | '-',
            ) => !in_number(at),
            _ => {
                line.is(at, &["va", "con", "rieng"]) && line.tokens[at].kind == TokenKind::Word && !joins(at)
            }
        };
        let name = matches!(marks[at], Mark::School | Mark::Link | Mark::Phone | Mark::Document);
        if line.begins_line(at) && at > start {
            cuts.push(start..at);
            start = at;
        }
        if sign || name {
            cuts.push(start..at);
            start = at + 1;
        }
    }
    cuts.push(start..range.end);
    cuts.retain(|c| !c.is_empty());
    cuts
}

fn place(number: &mut Number, line: &Line, marks: &[Mark], stretches: &[Range<usize>]) {
    if number.role == Role::Zero {
        return;
    }
    let Some((index, stretch)) = stretches.iter().enumerate().find(|(_, s)| s.contains(&number.tokens.start))
    else {
        number.stretch = usize::MAX;
        return;
    };
    number.stretch = index;
    let word = |at: &usize| {
        (line.is_word(*at) && marks[*at] == Mark::Free)
            || marks[*at] == Mark::Age
            || marks[*at] == Mark::Class
    };
    number.before = (stretch.start..number.tokens.start).filter(word).collect();
    number.after = (number.tokens.end..stretch.end).filter(word).collect();
}

/// Cuts the words of neighbours in one stretch at the figures between them.
fn share_words(found: &mut [Number]) {
    for index in 0..found.len() {
        let (stretch, start, end) =
            (found[index].stretch, found[index].tokens.start, found[index].tokens.end);
        if found[index].role == Role::Zero {
            continue;
        }
        for other in 0..found.len() {
            if other == index || found[other].stretch != stretch || found[other].role == Role::Zero {
                continue;
            }
            if other < index {
                let cut = found[other].tokens.end;
                found[index].before.retain(|at| *at >= cut && *at < start);
            } else {
                let cut = found[other].tokens.start;
                found[index].after.retain(|at| *at < cut && *at >= end);
            }
        }
    }
}

/// On which side of the figures of one stretch their words stand: where more of them name something known.
fn find_sides(line: &Line, found: &mut [Number]) {
    let known = |at: &[usize]| {
        let words: Vec<Word> = at.iter().filter_map(|n| line.word(*n)).collect();
        usize::from(!phrases().concepts(&words).concepts.is_empty())
    };
    let sides: Vec<(usize, usize, usize)> = found
        .iter()
        .map(|number| {
            let same = found.iter().filter(|n| n.stretch == number.stretch && n.role != Role::Zero);
            same.fold((0, 0, 0), |(count, front, back), n| {
                (count + 1, front + known(&n.before), back + known(&n.after))
            })
        })
        .collect();
    for (number, (count, front, back)) in found.iter_mut().zip(sides) {
        number.crowded = count > 1 && number.role != Role::Zero;
        number.words_behind = back > front;
    }
}
