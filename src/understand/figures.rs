//! The figures of a message and the words that name them.

use std::ops::Range;

use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::orders::are_ours;
use super::phrases::{Hit, Tag, Word, phrases};
use super::replaced::{
    drop_earlier_rounds, drop_said_before, drop_what_was_put_right, inherit_from_overtaken,
};
use super::roles::{
    Role, drop_changes, inherit_words, is_hedged, role, say_results, say_slips, say_sums, share_rates,
};
use super::zeros::zeros;
use crate::vietnamese::{Amount, TokenKind};

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
    /// It is not certain: "khoảng 300", or letters that are no unit stand on it.
    pub doubtful: bool,
    /// Only a word such as "khoảng" makes it doubtful: an estimate.
    pub estimated: bool,
    /// Other figures stand in its stretch.
    pub crowded: bool,
    /// In its stretch the words stand behind the figures.
    pub words_behind: bool,
    /// It stands in brackets.
    pub inside: bool,
    /// How likely it is a figure that is reported, from 0 to 1, as far as examples tell.
    pub likely: f32,
}

impl Number {
    /// Whether examples tell that it is a figure, whatever its words are.
    pub fn is_likely(&self) -> bool {
        self.likely >= 0.8
    }

    /// Whether it says what is now.
    pub fn counts(&self) -> bool {
        !matches!(self.role, Role::Old | Role::Former)
    }

    pub fn new(amount: Amount, tokens: Range<usize>) -> Self {
        Self {
            amount,
            tokens,
            before: vec![],
            after: vec![],
            stretch: 0,
            role: Role::Plain,
            doubtful: false,
            estimated: false,
            crowded: false,
            words_behind: false,
            inside: false,
            likely: 1.0,
        }
    }
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
    // What stands in a zero asks and refuses nothing: "không lớp nào bị ngập".
    let inside = |h: &&Hit| {
        zeros.iter().any(|(hit, n)| h == &hit || n.tokens.start <= h.start && h.end <= n.tokens.end)
    };
    let consumed = hits.iter().filter(inside).copied().collect();
    // "Không một bé nào": the word inside counts nothing of its own.
    let within = |n: &Number| {
        zeros.iter().any(|(_, z)| z.tokens.start < n.tokens.start && n.tokens.end < z.tokens.end)
    };
    found.retain(|n| !(n.amount.in_words && within(n)));
    found.extend(zeros.into_iter().map(|(_, number)| number));
    found.sort_by_key(|n| n.tokens.start);
    drop_said_before(line, hits, &mut found);
    let stretches = stretches(line, range, marks, hits, &found);
    for number in &mut found {
        place(number, line, marks, &stretches);
    }
    share_rates(&mut found);
    lend_words_of_wholes(&mut found);
    share_words(&mut found);
    inherit_words(line, &mut found);
    inherit_from_overtaken(line, &mut found);
    drop_earlier_rounds(line, &mut found);
    say_slips(line, hits, &mut found);
    drop_what_was_put_right(line, &mut found);
    say_results(line, &mut found);
    drop_changes(line, &mut found);
    say_sums(line, &mut found);
    find_sides(line, &mut found);
    (found, consumed)
}

/// Whether a figure says what it counts: it has words, a unit, or a sign behind its label. A bare number does not.
pub(super) fn says_what(line: &Line, number: &Number) -> bool {
    let start = number.tokens.start;
    !matches!(number.role, Role::Plain | Role::Delta)
        || number.amount.money
        || number.amount.percent
        || !number.before.is_empty()
        || !number.after.is_empty()
        || start > 1 && (line.is_sign(start - 1, ':') || line.is_sign(start - 1, '='))
}

fn plain_numbers(line: &Line, range: &Range<usize>, marks: &[Mark], hits: &[Hit]) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let amount = (marks[at] == Mark::Free).then(|| line.amount(at)).flatten();
        let Some((amount, end)) =
            amount.filter(|(_, end)| *end <= range.end && marks[at..*end].iter().all(|m| *m == Mark::Free))
        else {
            at += 1;
            continue;
        };
        // "Mười lăm nghìn một cháu": what each one pays.
        let share = amount.in_words
            && end == at + 1
            && line.is(at, words!["mot"])
            && found.last().is_some_and(|n| {
                n.tokens.end == at && (n.amount.money || n.amount.whole().is_some_and(|w| w >= 1_000))
            });
        if share || !counts(line, at, end, &amount) {
            at += 1;
            continue;
        }
        let role = role(line, at, end, hits, &found);
        let hedged = role != Role::Whole && is_hedged(line, at, hits);
        let unclear = has_strange_letters(line, end)
            || is_torn(line, at, &amount)
            || is_range(line, range, at, end)
            || is_supposed(line, at, end);
        let (doubtful, estimated) = (hedged || unclear, hedged && !unclear);
        found.push(Number { role, doubtful, estimated, ..Number::new(amount, at..end) });
        at = end;
    }
    found
}

/// "Hai lăm ba", "tám tám", "hai ba cháu": words of numbers side by side that are not one number.
fn is_torn(line: &Line, at: usize, amount: &Amount) -> bool {
    const WHICH: &[Key] = words![
        "lop", "lan", "thang", "khoi", "dot", "ky", "thu", "mui", "tuan", "quy", "nam", "bieu", "cuoi",
        "dau",
    ];
    let Some(before) = at.checked_sub(1).filter(|n| amount.in_words && line.is_word(*n)) else {
        return false;
    };
    if line.is(before, words!["khong", "nam"]) || before > 0 && line.is(before - 1, WHICH) {
        return false;
    }
    let ends_here = |from: usize| {
        line.amount(from)
            .is_some_and(|(said, end)| said.in_words && end == at && !said.money && said.whole() < Some(100))
    };
    let later = line.spelled[before] == "sau";
    !later && (before.saturating_sub(2)..at).any(ends_here)
        || line.is(before, words!["lam", "muoi"])
            && line.is_word(before)
            && before > 0
            && ends_in_number(line, before)
}

/// A word of a number stands right before.
fn ends_in_number(line: &Line, at: usize) -> bool {
    line.amount(at - 1).is_some_and(|(said, _)| said.in_words)
}

/// "5 đến 8", "2 hoặc 3": one of them, and nobody says which.
fn is_range(line: &Line, range: &Range<usize>, at: usize, end: usize) -> bool {
    let between = |n: usize| line.is(n, words!["den", "hoac", "hay"]);
    let next = end + 1 < range.end && between(end) && next_is_number(line, end + 1);
    let last = at > range.start + 1 && between(at - 1) && line.number(at - 2).is_some();
    next || last
}

/// "Dự kiến 253", "3 thì phải": nobody knows for sure.
fn is_supposed(line: &Line, at: usize, end: usize) -> bool {
    let expected = at >= 2 && line.is(at - 2, words!["du"]) && line.is(at - 1, words!["kien", "tinh"]);
    let perhaps = |n: usize| line.is(n, words!["thi"]) && line.is(n + 1, words!["phai"]);
    expected || perhaps(end) || line.is_word(end) && phrases().is_counted(line.word(end)) && perhaps(end + 1)
}

/// Whether an amount counts something: numbers said in words and a lonely 0 need a noun behind them.
fn counts(line: &Line, at: usize, end: usize, amount: &Amount) -> bool {
    let noun = line.is_word(end) && phrases().is_counted(line.word(end));
    let known = names_something(line, end);
    if amount.in_words {
        let first = line.folded(at);
        // "Tiêm đủ hai mũi 29": which, beside how many.
        if line.is(end, words!["mui", "buoi"]) && line.number(end + 1).is_some() {
            return false;
        }
        // "Tám" to a quoted "bao nhiêu": the answer is the figure.
        let said = |n: usize| n >= at && n < end;
        let small = |n: usize| !line.is_word(n) || line.is(n, words!["a", "da", "chi", "nhe", "nha"]);
        let asked = line.quoted.as_deref().is_some_and(|quoted| quoted.to_lowercase().contains("bao nhiêu"));
        if asked && !line.is(at, words!["khong"]) && (0..line.len()).all(|n| said(n) || small(n)) {
            return true;
        }
        // "Cuối năm em có …": the year, no five.
        const YEARS: &[Key] = words![
            "cuoi", "dau", "trong", "ca", "moi", "giua", "het", "tron", "qua", "hang", "mot", "nhieu", "lam",
            "theo",
        ];
        let year =
            || line.tokens.get(end).is_some_and(|t| t.number().is_some_and(|n| (1990..=2100).contains(&n)));
        if first == "nam" && end - at == 1 && (at > 0 && line.is(at - 1, YEARS) || year()) {
            return false;
        }
        let named_so = end - at == 1
            && line.tokens[at].capital
            && at > 0
            && line.is(
                at - 1,
                words!["co", "thay", "chi", "anh", "ba", "ong", "chu", "bac", "be", "chau", "em"],
            );
        // "Hai cái kia em làm tiếp": those, and no figure.
        if end - at == 1
            && noun
            && line.is(end + 1, words!["kia", "do", "ay", "nay"])
            && !line.is(end + 2, words!["nghi"])
        {
            return false;
        }
        // "1 phòng tắm", "tôn bay 120 m2": the noun goes on, or a figure follows.
        let alone = end - at == 1;
        let part_of_noun = alone
            && at >= 2
            && !noun
            && phrases().is_counted(line.word(at - 1))
            && line.number(at - 2).is_some();
        if part_of_noun || alone && !line.marked && line.number(end).is_some() || are_ours(line, end) {
            return false;
        }
        // "Nộp sau ạ" is later, not six.
        if named_so || end - at == 1 && line.spelled[at] == "sau" && !noun {
            return false;
        }
        let big = (at..end).any(|n| {
            line.is(n, words!["tram", "muoi", "nghin", "ngan", "trieu", "ty", "chuc", "linh", "le"])
        });
        let closed = end >= line.len()
            || line.begins_line(end)
            || !line.is_word(end)
            || line.is(end, words!["a", "chi", "em", "nhe", "nha"]);
        let label: Vec<Word> =
            (at.saturating_sub(4)..at).filter(|n| line.is_word(*n)).filter_map(|n| line.word(n)).collect();
        let named = closed
            && (1..=label.len()).any(|n| !phrases().concepts(&label[label.len() - n..]).concepts.is_empty());
        // "Quản lý ba giáo viên hai mươi chín", "thấp còi chín béo phì sáu": between two labels.
        let led = (1..=label.len())
            .any(|n| !phrases().concepts(&label[label.len() - n..]).concepts.is_empty())
            || line.is(at.wrapping_sub(1), words!["dat", "hong", "hu", "len", "xuong", "thanh"])
            || at >= 2
                && line.is(at - 1, words!["la"])
                && line.is(at - 2, words!["dung", "ra", "moi", "gio"]);
        // "Nhân viên tám thiếu ba": the next label and its figure.
        let listed = !line.is(end, words!["tuoi", "nay", "hoc", "ngoai", "mui"])
            && (end + 1..end + 4).any(|n| {
                line.is_word(n) && line.is_word(n - 1) && next_is_number(line, n) && line.number(n).is_none()
            });
        let named = named || led && (closed || known || listed);
        // "Hăm hai ngàn": the word for twenty is also how some write "không".
        let twenty = end - at > 1 && line.printed(at..at + 1).to_lowercase() == "hăm";
        return (first != "khong" || twenty)
            && !(first == "ty" || first == "le")
            && (!matches!(first, "ngan" | "nghin") || noun)
            && (noun
                || names_at_length(line, end)
                || (big && end - at > 1)
                || (closed && end - at > 1)
                || named);
    }
    // "0 thiếu ai" means "không thiếu ai".
    let zero = amount.digits == 0 && !amount.percent && line.is_word(end) && !line.is_glued(end);
    let particle = line.is(end, words!["a", "chi", "em", "nhe", "nha", "va", "con", "truong"]);
    let labelled = at > 0
        && line.is_word(at - 1)
        && line.word(at - 1).is_some_and(|w| !phrases().concepts(&[w]).concepts.is_empty());
    !zero || noun || known || particle || labelled
}

/// What is counted begins here: "thiệt hại" as well as "trẻ".
fn names_something(line: &Line, at: usize) -> bool {
    let words: Vec<Word> = (at..at + 3).map_while(|n| line.word(n).filter(|_| line.is_word(n))).collect();
    (1..=words.len()).any(|n| {
        let meaning = phrases().concepts(&words[..n]);
        !meaning.concepts.is_empty() && meaning.others == 0
    })
}

/// "Hai chiến sĩ thi đua": a name of something counted in several words.
fn names_at_length(line: &Line, at: usize) -> bool {
    let words: Vec<Word> = (at..at + 5).map_while(|n| line.word(n).filter(|_| line.is_word(n))).collect();
    (2..=words.len()).any(|n| {
        let meaning = phrases().concepts(&words[..n]);
        let fits = meaning.others == 0 && meaning.concepts.iter().any(|c| !phrases().is_broad(*c));
        fits && phrases().concepts(&words[..1]).concepts.is_empty() && !phrases().is_filler(words[0])
    })
}

/// `33T`: letters on a figure that are no unit.
fn has_strange_letters(line: &Line, end: usize) -> bool {
    const UNITS: [&str; 17] = [
        "m", "c", "ch", "chau", "tre", "be", "hs", "lop", "l", "ng", "nguoi", "ca", "gv", "nv", "em", "t",
        "d",
    ];
    let known = line.word(end).is_some_and(|w| !phrases().concepts(&[w]).concepts.is_empty());
    let capital = line.tokens.get(end).is_some_and(|t| t.capital);
    line.is_glued(end) && line.is_word(end) && !known && (capital || !UNITS.contains(&line.folded(end)))
}

pub(super) fn next_is_number(line: &Line, at: usize) -> bool {
    line.number(at).is_some() || (line.is_word(at) && line.amount(at).is_some())
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
            TokenKind::Sign(',' | ';' | '(' | ')' | '+' | '&' | '|' | '/' | '!' | '?' | '•' | '*') => {
                !in_number(at)
            }
            // "nc.13" is one word and its figure.
            TokenKind::Sign('.') => !in_number(at) && !line.is_glued(at + 1),
            // "nc - 13" joins, "13 - tc" parts.
            TokenKind::Sign('-' | '–' | '—') => {
                let joins = line.number(at + 1).is_some()
                    && start < at
                    && !found.iter().any(|n| n.tokens.start >= start && n.tokens.end <= at);
                !in_number(at) && !joins
            }
            _ => {
                line.is(at, words!["va", "con", "rieng"])
                    && line.tokens[at].kind == TokenKind::Word
                    && !joins(at)
                    // "vắng còn 8".
                    && !(line.is(at, words!["con"]) && at > start && next_is_number(line, at + 1))
                    && !(line.is(at, words!["con"]) && line.is(at + 1, words!["han", "no", "dung"]))
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
    let from = title_end(line, marks, stretch.start..number.tokens.start);
    number.before = (from..number.tokens.start).filter(word).collect();
    // What stands behind a colon is a list of its own: "2 người: cô Lài và chú Tám".
    // A reason names nothing, nor does the class where they are: "vắng 5 cháu lớp Lá 2 vì mưa".
    let ends = |at: &usize| {
        line.is_sign(*at, ':')
            || is_reason(line, *at)
            || line.spelled[*at] == "mỗi"
            || line.spelled[*at] == "mô\u{303}i"
            || line.is(*at, words!["lop"])
                && marks.get(at + 1) == Some(&Mark::Class)
                && *at > number.tokens.end
    };
    let to = (number.tokens.end..stretch.end).find(ends).unwrap_or(stretch.end);
    number.after = (number.tokens.end..to).filter(word).collect();
    number.inside = is_inside_brackets(line, number.tokens.start);
}

/// "vì mưa", "do lỗi"; not the "đo" of "cân đo".
fn is_reason(line: &Line, at: usize) -> bool {
    let said =
        matches!(line.spelled[at].as_str(), "do" | "vi" | "vi\u{300}" | "nen" | "nên" | "bởi" | "bơi\u{309}");
    line.is_word(at) && said && !(at > 0 && line.is(at - 1, words!["can"]))
}

/// "9 máy tính (2 máy hư)": a detail of what stands before it.
fn is_inside_brackets(line: &Line, at: usize) -> bool {
    let bracket =
        (0..at).rev().find(|n| line.is_sign(*n, '(') || line.is_sign(*n, ')') || line.begins_line(n + 1));
    bracket.is_some_and(|n| line.is_sign(n, '('))
}

/// The end of a title before the name of a figure: "báo cáo cân đo lần 1: tổng 337".
fn title_end(line: &Line, marks: &[Mark], range: Range<usize>) -> usize {
    let cut = |at: usize| line.is_sign(at, ':') || matches!(marks[at], Mark::Order | Mark::Day | Mark::Range);
    let says = |at: usize| {
        line.word(at).is_some_and(|w| line.is_word(at) && !phrases().is_filler(w))
            || line.is(at, words!["tong", "ts"])
    };
    let ends = range.clone().rev().filter(|at| cut(*at)).map(|at| at + 1);
    ends.into_iter().find(|from| (*from..range.end).any(says)).unwrap_or(range.start)
}

/// "12/14 phòng có sưởi", "21/23 gv hoàn thành": what stands behind the whole names the part.
fn lend_words_of_wholes(found: &mut [Number]) {
    for index in 1..found.len() {
        let (part, whole) = (&found[index - 1], &found[index]);
        if whole.role == Role::Whole && part.role == Role::Plain && part.after.is_empty() {
            found[index - 1].after = whole.after.clone();
        }
    }
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
