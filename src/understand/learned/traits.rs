//! What the model sees of a message: its words, pairs of neighbours and of next but one, how long it is, how many numbers stand in it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::FxHasher;

use crate::understand::line::Line;
use crate::understand::marks::Mark;

/// One thing seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Trait<'a> {
    kind: Seen,
    first: &'a str,
    second: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Seen {
    /// A word without its marks.
    Word,
    /// Two neighbours without their marks.
    Pair,
    /// Two words with any one between them.
    Gap,
    /// A word with its marks, in a message that has them.
    Spelled,
    /// Two neighbours with their marks.
    SpelledPair,
    /// How long the message is.
    Length,
    /// How many numbers stand in it that are no days, hours, telephones.
    Numbers,
    /// Of one number: the word right before it, and those before that.
    Before1,
    Before2,
    Before3,
    /// The word right behind it, and those behind that.
    Behind1,
    Behind2,
    Behind3,
    /// The two words before it, the two around it, the two behind it.
    PairBefore,
    PairAround,
    PairBehind,
    /// A word a little further before, or behind.
    EarlierBeside,
    LaterBeside,
    /// A word anywhere in the message.
    Anywhere,
    /// How large it is; with the word before; with the word behind.
    Size,
    SizeAfter,
    SizeOf,
    /// What the rules make of it.
    Rule,
    /// Which of how many it is, and how near the one beside it.
    Place,
    /// Whether the words before and behind are known to name figures.
    Known,
    /// The signs beside it.
    Signs,
    /// What the message is most likely about; with its place, its size, what the rules make of it.
    About,
    AboutAlone,
    AboutSize,
    AboutRule,
}

impl Seen {
    const ALL: [(Self, &'static str); 30] = [
        (Self::Word, "w"),
        (Self::Pair, "p"),
        (Self::Gap, "g"),
        (Self::Spelled, "s"),
        (Self::SpelledPair, "q"),
        (Self::Length, "l"),
        (Self::Numbers, "n"),
        (Self::Before1, "b1"),
        (Self::Before2, "b2"),
        (Self::Before3, "b3"),
        (Self::Behind1, "a1"),
        (Self::Behind2, "a2"),
        (Self::Behind3, "a3"),
        (Self::PairBefore, "bb"),
        (Self::PairAround, "ba"),
        (Self::PairBehind, "aa"),
        (Self::EarlierBeside, "e"),
        (Self::LaterBeside, "f"),
        (Self::Anywhere, "m"),
        (Self::Size, "z"),
        (Self::SizeAfter, "zb"),
        (Self::SizeOf, "za"),
        (Self::Rule, "r"),
        (Self::Place, "o"),
        (Self::Known, "k"),
        (Self::Signs, "i"),
        (Self::About, "t"),
        (Self::AboutAlone, "to"),
        (Self::AboutSize, "tz"),
        (Self::AboutRule, "tr"),
    ];
}

impl<'a> Trait<'a> {
    pub fn new(kind: Seen, first: &'a str, second: &'a str) -> Self {
        Self { kind, first, second }
    }

    /// It as the file has it: `p em nop`.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut words = text.split(' ');
        let kind = words.next()?;
        let kind = Seen::ALL.iter().find(|(_, letter)| *letter == kind)?.0;
        Some(Self { kind, first: words.next()?, second: words.next().unwrap_or_default() })
    }

    /// It for a person: words without marks, "…" for any one between two; nothing for what is no word.
    pub fn words(&self) -> String {
        match self.kind {
            Seen::Word => self.first.to_owned(),
            Seen::Pair => format!("{} {}", self.first, self.second).replace(['^', '$'], "").trim().to_owned(),
            Seen::Gap => format!("{} … {}", self.first, self.second).replace(['^', '$'], ""),
            _ => String::new(),
        }
    }

    /// Its place in the table. It is worked out by the program that looks it up, and stands in no file.
    pub fn key(&self) -> u64 {
        let mut hasher = FxHasher::default();
        (self.kind, self.first, self.second).hash(&mut hasher);
        hasher.finish()
    }
}

impl fmt::Display for Trait<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = Seen::ALL.iter().find(|(kind, _)| *kind == self.kind).map_or("", |(_, letter)| letter);
        write!(f, "{letter} {}", self.first)?;
        if self.second.is_empty() { Ok(()) } else { write!(f, " {}", self.second) }
    }
}

/// Shows each thing that is seen in a stretch of a message.
pub(super) fn traits<'l>(
    line: &'l Line,
    range: &Range<usize>,
    marks: &[Mark],
    mut see: impl FnMut(Trait<'l>),
) {
    // Without and with marks; the ends of the stretch are words too.
    let (mut before, mut last) = (("", ""), ("^", "^"));
    let (mut length, mut numbers) = (0, 0);
    let mut tell = |kind, first, second| see(Trait::new(kind, first, second));
    let mut at = range.start;
    loop {
        let word = if at < range.end { word(line, marks, at) } else { ("$", "$") };
        if !before.0.is_empty() {
            tell(Seen::Gap, before.0, word.0);
        }
        tell(Seen::Pair, last.0, word.0);
        if line.marked && (last.0 != last.1 || word.0 != word.1) {
            tell(Seen::SpelledPair, last.1, word.1);
        }
        if at >= range.end {
            break;
        }
        tell(Seen::Word, word.0, "");
        if line.marked && word.0 != word.1 {
            tell(Seen::Spelled, word.1, "");
        }
        (before, last) = (last, word);
        length += 1;
        numbers += usize::from(word.0 == NUMBER);
        let mark = marks[at];
        at += 1;
        // A name, a link or a day is one word.
        while one_word(mark).is_some() && at < range.end && marks[at] == mark {
            at += 1;
        }
    }
    tell(
        Seen::Length,
        ["0", "3", "6", "11", "19"][[2, 5, 10, 18].iter().filter(|most| length > **most).count()],
        "",
    );
    tell(Seen::Numbers, ["0", "1", "2", "3"][numbers.min(3)], "");
}

const NUMBER: &str = "0";

/// A word without and with its marks, or what stands for it.
fn word<'l>(line: &'l Line, marks: &[Mark], at: usize) -> (&'l str, &'l str) {
    if let Some(name) = one_word(marks[at]) {
        return (name, name);
    }
    if line.number(at).is_some() {
        return (NUMBER, NUMBER);
    }
    let folded = line.folded(at);
    (folded, if line.marked { &line.spelled[at] } else { folded })
}

/// The word at a place without its marks, or what stands for it, and where the next one begins.
pub(super) fn stand_in<'l>(line: &'l Line, marks: &[Mark], at: usize, end: usize) -> (&'l str, usize) {
    let mut next = at + 1;
    while one_word(marks[at]).is_some() && next < end && marks[next] == marks[at] {
        next += 1;
    }
    (word(line, marks, at).0, next)
}

/// What stands for a stretch with this mark, whose own words tell nothing.
fn one_word(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::School => Some("@school"),
        Mark::Link => Some("@link"),
        Mark::Phone => Some("@phone"),
        Mark::Day => Some("@day"),
        Mark::Clock => Some("@hour"),
        Mark::Class => Some("@class"),
        Mark::Code => Some("@code"),
        _ => None,
    }
}
