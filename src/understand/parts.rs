//! The parts of a message that speak for one school each: "MN Ban Mai nộp, MN Hoa Lan xin mai".

use std::ops::Range;

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
    /// About the school.
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
        return vec![Part { range: whole, school: Some(school), named: true, doubts: vec![] }];
    }
    let meant: Vec<&Found> = meant(found, line, hits);
    let distinct = meant.windows(2).any(|pair| pair[0].who != pair[1].who);
    match meant[..] {
        [] => vec![Part { range: whole, school: only(context.own), named: false, doubts: vec![] }],
        [first, ..] if !distinct => vec![part(whole, first, line, context)],
        _ => split(line, &meant, context),
    }
}

/// The school of a person who answers for one.
fn only(own: &[SchoolId]) -> Option<SchoolId> {
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
    let kept: Vec<&Found> = found.iter().filter(|f| !denied(f)).collect();
    if kept.is_empty() || line.len() == 0 { found.iter().collect() } else { kept }
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
    Part { range, school, named: true, doubts }
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
    for (found, range) in meant.iter().zip(ranges) {
        let part = part(range.unwrap_or_else(|| front.clone()), found, line, context);
        match parts.iter_mut().find(|p| p.school.is_some() && p.school == part.school) {
            // Named again: its words go on.
            Some(same) if same.range.end <= part.range.start => same.range.end = part.range.end,
            Some(_) => {}
            None => parts.push(part),
        }
    }
    parts
}

fn is_connector(line: &Line, at: usize) -> bool {
    line.is(at, &["va", "voi", "cung", "con", "thi", "ca", "truong", "hai", "la"])
}

/// A comma or "còn" parts the first name from the next.
fn ends_phrase(line: &Line, range: &Range<usize>) -> bool {
    range.clone().any(|at| {
        line.is(at, &["con"])
            || line.is_sign(at, ',')
            || line.is_sign(at, ';')
            || line.is_sign(at, '.')
            || line.begins_line(at)
    })
}
