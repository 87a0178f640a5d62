//! The parts of a message that speak for one school each: "MN Ban Mai nộp, MN Hoa Lan xin mai".

use std::ops::Range;

use super::key::{Key, words};
use super::line::Line;
use super::phrases::{Hit, Tag};
use super::reading::Unclear;
use super::{Context, Found, Who};
use crate::domain::SchoolId;

/// A stretch of a message and the school that it speaks for.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub range: Range<usize>,
    pub school: Option<SchoolId>,
    pub named: bool,
    /// The name says who speaks: "em Hương MN Hoa Sữa xin hỏi".
    pub speaks: bool,
    /// The number of the code that it speaks of, where a message speaks of several.
    pub code: Option<usize>,
    /// About the school, or which of several codes is meant.
    pub doubts: Vec<Unclear>,
}

/// The parts, one at least.
pub(super) fn parts(
    line: &Line,
    found: &[Found],
    hits: &[Hit],
    context: &Context,
    fixed: Option<SchoolId>,
) -> Vec<Part> {
    let whole = 0..line.len();
    if let Some(school) = fixed {
        return vec![Part {
            range: whole,
            school: Some(school),
            named: true,
            speaks: false,
            code: None,
            doubts: vec![],
        }];
    }
    let meant: Vec<&Found> = meant(found, line, hits);
    if let [other] = meant[..]
        && let Some(own) = own_words_behind_a_question(line, other, hits)
    {
        return vec![Part {
            range: own..line.len(),
            school: only(context.own),
            named: false,
            speaks: false,
            code: None,
            doubts: vec![],
        }];
    }
    let distinct = meant.windows(2).any(|pair| pair[0].who != pair[1].who);
    match meant[..] {
        [] => vec![Part {
            range: whole,
            school: only(context.own),
            named: false,
            speaks: false,
            code: None,
            doubts: vec![],
        }],
        [first, ..] if !distinct => vec![part(whole, first, line, context)],
        _ => split(line, &meant, context),
    }
}

/// The school of a person who answers for one.
pub(super) fn only(own: &[SchoolId]) -> Option<SchoolId> {
    match own {
        [only] => Some(*only),
        _ => None,
    }
}

/// The names without those that are said to be wrong: "là Hoa Sen 2, không phải Hoa Sen 1".
fn meant<'f>(found: &'f [Found], line: &Line, hits: &[Hit]) -> Vec<&'f Found> {
    let denied = |f: &&Found| {
        hits.iter().any(|h| h.tag == Tag::NotThat && h.end <= f.tokens.start && f.tokens.start - h.end <= 1)
    };
    if let Some(own) = found.iter().rev().find(|f| introduces(line, f.tokens.start)) {
        return vec![own];
    }
    // "Cẩm Chướng gửi hộ Thạch Thảo": whose figures they are.
    let for_another = |f: &&Found| {
        let at = f.tokens.start;
        at >= 2
            && line.is(at - 1, words!["ho", "giup", "thay"])
            && line.is(at - 2, words!["gui", "nop", "bao", "cao", "nhap"])
    };
    let both = (0..line.len()).any(|at| {
        line.is(at, words!["hai", "2", "luon", "deu"])
            && line.is(at + 1, words!["truong", "ben", "roi", "ca"])
    });
    if let [.., other] = found
        && found.len() == 2
        && !both
        && for_another(&other)
    {
        return vec![other];
    }
    let told: Vec<&Found> = found.iter().filter(|f| !is_told_of(line, f)).collect();
    let kept: Vec<&Found> = told.iter().copied().filter(|f| !denied(f)).collect();
    if kept.is_empty() { told } else { kept }
}

/// "em là Ban Mai": whose word it is.
fn introduces(line: &Line, at: usize) -> bool {
    at >= 2 && line.is(at - 1, words!["la"]) && line.is(at - 2, words!["em", "minh", "toi"])
}

/// "em Hương, HT MN Hoa Sữa", "em bên Hoa Sữa": the name of the speaker, of an office or of a place leads back to the speaker.
fn introduces_speaker(line: &Line, at: usize) -> bool {
    const BETWEEN: &[Key] = words!["ben", "o", "la", "ht", "hieu", "truong", "pht", "pho", "hp", "gv"];
    let words = (0..at).rev().take(8);
    let mut leads = words.skip_while(|n| {
        line.is_sign(*n, ',') || line.is(*n, BETWEEN) || line.is_word(*n) && line.tokens[*n].capital && *n > 0
    });
    leads.next().is_some_and(|n| line.is(n, words!["em", "toi", "minh", "e"]))
}

/// A school where somebody is or from which somebody is, not one that speaks: "đang dự bên Hoa Sen 1", "chị Oanh bên Hoa
/// Mai", "nhầm với Hoa Sữa".
fn is_told_of(line: &Line, found: &Found) -> bool {
    const PLACES: &[Key] = words!["ben", "o", "tai", "qua"];
    const BEING: &[Key] = words!["du", "dang", "hop", "tham", "hoc", "den", "sang", "ve", "giang"];
    let at = found.tokens.start;
    let mixed = at >= 2
        && line.is(at - 1, words!["voi", "cua", "sang"])
        && (at.saturating_sub(3)..at).any(|n| line.is(n, words!["nham"]));
    if mixed {
        return true;
    }
    // "Bàn giao 112 trẻ cho Trường Tiểu học Kim Đồng".
    let given_to = at >= 2
        && line.is(at - 1, words!["cho"])
        && (at.saturating_sub(9)..at - 1)
            .any(|n| line.is(n, words!["ban", "trao"]) && line.is(n + 1, words!["giao", "tang"]));
    if given_to {
        return true;
    }
    if at < 2 || !line.is(at - 1, PLACES) {
        return false;
    }
    let person =
        line.tokens[at - 2].capital && at >= 3 && line.is(at - 3, words!["chi", "co", "anh", "thay", "ban"]);
    // "KH năm học bên Hoa Sữa" is theirs.
    let year = |n: usize| line.is(n, words!["hoc"]) && n > 0 && line.is(n - 1, words!["nam"]);
    let opening = |n: usize| line.is(n, words!["giang"]) && n > 0 && line.is(n - 1, words!["khai"]);
    let there = (at.saturating_sub(5)..at - 1).any(|n| line.is(n, BEING) && !year(n) && !opening(n));
    person || there
}

/// Where the sender's own words begin behind a question about another school: "Vàng Anh nộp rồi hả, trường em còn chưa …".
fn own_words_behind_a_question(line: &Line, other: &Found, hits: &[Hit]) -> Option<usize> {
    let own = (other.tokens.end + 1..line.len()).find(|at| {
        line.is(*at, words!["truong", "ben"])
            && line.is(at + 1, words!["em", "minh", "toi"])
            && ends_clause(line, at - 1)
    })?;
    let asks = hits.iter().any(|h| {
        matches!(h.tag, Tag::AskEnd | Tag::Ask)
            && (other.tokens.end..own).contains(&h.start)
            && !line.is(h.start, words!["chua", "khong"])
    });
    asks.then_some(own)
}

fn ends_clause(line: &Line, at: usize) -> bool {
    [',', '.', '!', '?', ';'].into_iter().any(|sign| line.is_sign(at, sign))
}

fn part(range: Range<usize>, found: &Found, line: &Line, context: &Context) -> Part {
    let mut doubts = Vec::new();
    let school = match &found.who {
        Who::One { id, sure } => {
            if !sure {
                doubts.push(Unclear::WhichSchool(vec![*id]));
            }
            Some(*id)
        }
        Who::Several(ids) => {
            // Of several schools with one name it is the sender's own.
            let own: Vec<SchoolId> = ids.iter().filter(|id| context.own.contains(id)).copied().collect();
            let one = only(&own);
            if one.is_none() {
                doubts.push(Unclear::WhichSchool(ids.clone()));
            }
            one
        }
        Who::Unknown(nearest) => {
            let given = line.printed(found.tokens.clone()).to_owned();
            doubts.push(Unclear::NoSuchSchool { given, nearest: nearest.clone() });
            None
        }
    };
    if let Some(id) = school
        && !context.own.is_empty()
        && !context.own.contains(&id)
    {
        doubts.push(Unclear::OthersSchool(id));
    }
    Part {
        range,
        school,
        named: true,
        speaks: introduces_speaker(line, found.tokens.start),
        code: None,
        doubts,
    }
}

/// One part a school: the words behind its name, up to the next name. Names that only connectors part share what follows;
/// names at the end take what stands before.
fn split(line: &Line, meant: &[&Found], context: &Context) -> Vec<Part> {
    let says = |range: &Range<usize>| {
        range.clone().any(|at| (line.is_word(at) || line.number(at).is_some()) && !is_connector(line, at))
    };
    let behind: Vec<Range<usize>> = meant
        .iter()
        .enumerate()
        .map(|(n, f)| f.tokens.end..meant.get(n + 1).map_or(line.len(), |next| next.tokens.start))
        .collect();
    let front = 0..meant[0].tokens.start;
    let mut ranges: Vec<Option<Range<usize>>> = behind.iter().map(|r| says(r).then(|| r.clone())).collect();
    for n in (0..ranges.len()).rev() {
        if ranges[n].is_none() {
            ranges[n] = ranges.get(n + 1).cloned().flatten();
        }
    }
    // "đã nhận cho Ban Mai, còn Hoa Lan xin mai": the first name has its words before it.
    let first_own = says(&behind[0]);
    if !first_own
        && says(&front)
        && front.clone().filter(|at| line.is_word(*at)).count() >= 2
        && ends_phrase(line, &behind[0])
    {
        ranges[0] = Some(front.clone());
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut shared: Vec<Option<SchoolId>> = Vec::new();
    for ((found, range), own) in meant.iter().zip(ranges).zip(&behind) {
        let lent = !says(own) && range != Some(front.clone());
        let part = part(range.unwrap_or_else(|| front.clone()), found, line, context);
        match parts.iter_mut().find(|p| p.school.is_some() && p.school == part.school) {
            // Named in a row with others before, and now by itself: "cả Sao Mai với Ban Mai: Sao Mai …, Ban Mai …".
            Some(same) if shared.contains(&part.school) && !lent => {
                shared.retain(|s| *s != part.school);
                *same = part;
            }
            // Named again: its words go on.
            Some(same) if same.range.end <= part.range.start => same.range.end = part.range.end,
            Some(_) => {}
            None => {
                if lent {
                    shared.push(part.school);
                }
                parts.push(part);
            }
        }
    }
    parts
}

fn is_connector(line: &Line, at: usize) -> bool {
    line.is(at, words!["va", "voi", "lan", "cung", "con", "thi", "ca", "truong", "hai", "la"])
}

/// A comma or "còn" parts the first name from the next.
fn ends_phrase(line: &Line, range: &Range<usize>) -> bool {
    range.clone().any(|at| {
        line.is(at, words!["con"])
            || line.is_sign(at, ',')
            || line.is_sign(at, ';')
            || line.is_sign(at, '.')
            || line.begins_line(at)
    })
}
