//! What a number of a message is for: reported, of before, or no figure at all. A linear model as that of [`learned`](super), over the
//! words around the number; the rules of `figures` and `roles` find the numbers and are one of the things seen.

use std::ops::Range;
use std::sync::OnceLock;

use super::Leaning;
use super::traits::{Seen, Trait, stand_in};
use super::weights::{Sums, Weights};
use crate::understand::figures::Number;
use crate::understand::line::Line;
use crate::understand::marks::Mark;
use crate::understand::phrases::phrases;
use crate::understand::roles::Role;

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::understand) enum Kind {
    /// The sender reports it.
    Figure,
    /// It no longer holds, or says by how much something changed.
    Former,
    /// When, which, how long, why: no figure.
    Other,
}

impl Kind {
    const ALL: [Self; KINDS] = [Self::Figure, Self::Former, Self::Other];

    /// Its name where learning is measured.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Former => "former",
            Self::Other => "other",
        }
    }
}

/// How many kinds there are.
pub(super) const KINDS: usize = 3;

/// How likely each kind is, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::understand) struct Kinds([f32; KINDS]);

impl Kinds {
    pub fn share(&self, kind: Kind) -> f32 {
        self.0[kind as usize]
    }

    pub fn likeliest(&self) -> Kind {
        let more = |a: &Kind, b: &Kind| self.share(*a).total_cmp(&self.share(*b));
        Kind::ALL.into_iter().max_by(more).unwrap_or(Kind::Other)
    }
}

/// What each of the numbers is likely for; nothing for a zero in words.
pub(in crate::understand) fn kinds(
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    found: &[Number],
    about: Option<Leaning>,
) -> Vec<Option<Kinds>> {
    static WEIGHTS: OnceLock<Weights<KINDS>> = OnceLock::new();
    let weights = WEIGHTS.get_or_init(|| Weights::parse(include_str!("numbers.tsv")));
    kinds_by(weights, line, range, marks, found, about)
}

pub(super) fn kinds_by(
    weights: &Weights<KINDS>,
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
    found: &[Number],
    about: Option<Leaning>,
) -> Vec<Option<Kinds>> {
    let kind = |index: usize| {
        let mut sums = Sums::new(weights);
        traits_of(line, range, marks, found, index, about, |one| sums.see(&one));
        sums.shares().map(Kinds)
    };
    (0..found.len()).map(|index| if found[index].role == Role::Zero { None } else { kind(index) }).collect()
}

/// How many words on each side have a place of their own.
const NEAR: usize = 3;
/// How many words on each side count as beside it.
const BESIDE: usize = 7;

/// Shows each thing that is seen of one number.
pub(super) fn traits_of<'l>(
    line: &'l Line,
    range: &Range<usize>,
    marks: &[Mark],
    found: &[Number],
    index: usize,
    about: Option<Leaning>,
    mut see: impl FnMut(Trait<'l>),
) {
    let number = &found[index];
    let mut tell = |seen, first, second| see(Trait::new(seen, first, second));
    let front = words(line, marks, number.tokens.start, range.start, true);
    let back = words(line, marks, number.tokens.end, range.end, false);
    let word = |side: &[&'l str], at: usize| side.get(at).copied().unwrap_or(EDGE);
    for (at, (before, behind)) in [Seen::Before1, Seen::Before2, Seen::Before3]
        .into_iter()
        .zip([Seen::Behind1, Seen::Behind2, Seen::Behind3])
        .enumerate()
    {
        tell(before, word(&front, at), "");
        tell(behind, word(&back, at), "");
    }
    tell(Seen::PairBefore, word(&front, 1), word(&front, 0));
    tell(Seen::PairAround, word(&front, 0), word(&back, 0));
    tell(Seen::PairBehind, word(&back, 0), word(&back, 1));
    for one in front.iter().skip(NEAR) {
        tell(Seen::EarlierBeside, one, "");
    }
    for one in back.iter().skip(NEAR) {
        tell(Seen::LaterBeside, one, "");
    }
    let mut at = range.start;
    while at < range.end {
        let (one, next) = stand_in(line, marks, at, range.end);
        if !number.tokens.contains(&at) {
            tell(Seen::Anywhere, one, "");
        }
        at = next;
    }
    let size = size(number);
    tell(Seen::Size, size, "");
    tell(Seen::SizeAfter, size, word(&front, 0));
    tell(Seen::SizeOf, size, word(&back, 0));
    tell(Seen::Rule, rule(number), size);
    tell(Seen::Place, place(index, found.len()), kin(found, index));
    tell(Seen::Known, is_known(line, &number.before), is_known(line, &number.after));
    let (about, sure) =
        about.map_or(("none", ""), |l| (l.label.name(), if l.share > 0.8 { "sure" } else { "likely" }));
    tell(Seen::About, about, sure);
    tell(Seen::AboutAlone, about, place(index, found.len()));
    tell(Seen::AboutSize, about, size);
    tell(Seen::AboutRule, about, rule(number));
    tell(Seen::Signs, sign(line, number.tokens.start.checked_sub(1)), sign(line, Some(number.tokens.end)));
}

const EDGE: &str = "$";

/// Words on one side of a number, the nearest first; a name, a day or another number is one word.
fn words<'l>(line: &'l Line, marks: &[Mark], from: usize, to: usize, backwards: bool) -> Vec<&'l str> {
    let mut said = Vec::with_capacity(BESIDE);
    if backwards {
        let mut at = from;
        while at > to && said.len() < BESIDE {
            at -= 1;
            let (one, _) = stand_in(line, marks, at, at + 1);
            let same = one.starts_with('@') && said.last() == Some(&one);
            if !same {
                said.push(one);
            }
        }
    } else {
        let mut at = from;
        while at < to && said.len() < BESIDE {
            let (one, next) = stand_in(line, marks, at, to);
            said.push(one);
            at = next;
        }
    }
    said
}

/// How large it is, as far as that tells days and classes from counts.
fn size(number: &Number) -> &'static str {
    let amount = &number.amount;
    if amount.percent {
        return "percent";
    }
    if amount.money {
        return "money";
    }
    match (amount.in_words, amount.whole()) {
        (true, Some(0..=1)) => "one",
        (true, Some(2..=9)) => "few",
        (true, _) => "words",
        (_, None) => "broken",
        (_, Some(0)) => "0",
        (_, Some(1)) => "1",
        (_, Some(2..=5)) => "5",
        (_, Some(6..=12)) => "12",
        (_, Some(13..=31)) => "31",
        (_, Some(32..=99)) => "99",
        (_, Some(100..=999)) => "999",
        (_, Some(1990..=2099)) => "year",
        (_, Some(1000..=9999)) => "9999",
        _ => "more",
    }
}

/// What the rules make of it.
fn rule(number: &Number) -> &'static str {
    match number.role {
        Role::Plain if number.doubtful => "doubtful",
        Role::Plain => "plain",
        Role::Old => "old",
        Role::Former => "former",
        Role::Delta => "delta",
        Role::Whole => "whole",
        Role::Each => "each",
        Role::Zero => "zero",
    }
}

/// Which of how many it is.
fn place(index: usize, count: usize) -> &'static str {
    match (index, count) {
        (_, 1) => "only",
        (0, 2) => "firstof2",
        (1, 2) => "lastof2",
        (0, 3) => "firstof3",
        (2, 3) => "lastof3",
        (1, 3) => "midof3",
        (0, _) => "first",
        (at, count) if at + 1 == count => "last",
        _ => "mid",
    }
}

/// What the rules make of its neighbour, and how near the two are in size.
fn kin(found: &[Number], index: usize) -> &'static str {
    let own = found[index].amount.whole();
    let near = |other: Option<&Number>| {
        let other = other?.amount.whole()?;
        let (less, more) = (own?.min(other), own?.max(other));
        Some(if less == more {
            "same"
        } else if more - less <= 3 {
            "near"
        } else if less * 10 == more {
            "ten"
        } else if more < less * 2 {
            "like"
        } else {
            "far"
        })
    };
    near(index.checked_sub(1).and_then(|n| found.get(n))).or(near(found.get(index + 1))).unwrap_or("none")
}

fn is_known(line: &Line, at: &[usize]) -> &'static str {
    let words: Vec<_> = at.iter().filter_map(|n| line.word(*n)).collect();
    match phrases().concepts(&words) {
        meaning if meaning.concepts.is_empty() && at.is_empty() => "none",
        meaning if meaning.concepts.is_empty() => "no",
        meaning if meaning.others == 0 => "all",
        _ => "some",
    }
}

/// The sign beside it; a word for none.
fn sign(line: &Line, at: Option<usize>) -> &'static str {
    const SIGNS: [(char, &str); 10] = [
        (',', "comma"),
        ('.', "stop"),
        (':', "colon"),
        ('(', "open"),
        (')', "close"),
        ('/', "slash"),
        ('-', "dash"),
        ('=', "equal"),
        ('+', "plus"),
        ('?', "ask"),
    ];
    let Some(at) = at.filter(|at| *at < line.len()) else { return "end" };
    SIGNS.iter().find(|(sign, _)| line.is_sign(at, *sign)).map_or("none", |(_, name)| name)
}
