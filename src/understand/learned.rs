//! What a message is most like: a linear model over its words, learned from labelled examples of our own writing.
//!
//! The rules of this room know what a word does to another; nobody can list all the words that people use. So the rules read
//! figures, days, schools and tasks and have the last word about what is denied, and the model tells what a message is about where they are
//! silent or disagree. It is a table of weights in a file, looked up a word and a pair of words at a time: the same message has the
//! same answer on every machine, [`reasons`] names the words that weighed most, and one more example is one more line.
//! `giaoban learn` makes `weights.tsv` anew from `examples.tsv`; a test tells when that was forgotten.

mod examples;
mod numbers;
mod train;
mod traits;
mod weights;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

#[cfg(test)]
pub(super) use examples::examples;
pub use examples::{Example, ExampleError, examples_in};
pub(super) use numbers::{Kind, Kinds, kinds};
pub use train::{train, train_numbers};

use super::SchoolIndex;
use super::figures::Number;
use super::line::Line;
use super::marks::{Mark, marks};
use traits::traits;
use weights::{Sums, Weights};

/// What a message is about as a whole; `read` works out the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// Figures, names, links or zero are handed in.
    Submit,
    /// There is nothing to report: what is asked for is zero.
    Nothing,
    /// It has been handed in or done.
    Done,
    /// It was received, read, agreed to, passed on, begun.
    Confirm,
    /// It will come, and no more time is asked for.
    Promise,
    /// More time is asked for, or it is put off.
    Extension,
    /// It is not done, cannot be done, does not concern the school.
    Unable,
    /// Something is asked, or the reader is asked to do something.
    Question,
    /// Something that was sent before is replaced, added to or taken back.
    Correction,
    /// Greetings, thanks, talk among colleagues.
    Chitchat,
}

impl Label {
    /// All, in the order of the weights.
    pub const ALL: [Self; 10] = [
        Self::Submit,
        Self::Nothing,
        Self::Done,
        Self::Confirm,
        Self::Promise,
        Self::Extension,
        Self::Unable,
        Self::Question,
        Self::Correction,
        Self::Chitchat,
    ];

    /// Its name in the files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Nothing => "nothing",
            Self::Done => "done",
            Self::Confirm => "confirm",
            Self::Promise => "promise",
            Self::Extension => "extension",
            Self::Unable => "unable",
            Self::Question => "question",
            Self::Correction => "correction",
            Self::Chitchat => "chitchat",
        }
    }

    /// The label of a name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|label| label.name() == name)
    }
}

/// How many labels there are.
const LABELS: usize = Label::ALL.len();
/// A weight in the file is this many times what it is in the sum.
const SCALE: f32 = 32.0;

/// What a message is most like, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leaning {
    pub label: Label,
    /// From 0 to 1: of a hundred messages like this one so many have the label.
    pub share: f32,
    /// The shares of all, in the order of [`Label::ALL`].
    shares: [f32; LABELS],
}

impl Leaning {
    /// The share of several labels together.
    pub fn share_of(&self, labels: &[Label]) -> f32 {
        labels.iter().map(|label| self.shares[*label as usize]).sum()
    }
}

/// Which way a stretch of a message leans; nothing for one without any known word.
pub(super) fn leaning(line: &Line, range: &Range<usize>, marks: &[Mark]) -> Option<Leaning> {
    leaning_by(weights(), line, range, marks)
}

/// The label of a message, how sure it is (0 to 1), and the words that weighed most for it, without their marks, heaviest first.
#[must_use]
pub fn reasons(text: &str, schools: &SchoolIndex, most: usize) -> Option<(Label, f32, Vec<String>)> {
    let line = Line::new(text);
    let marks = marks(&line, &schools.find(&line));
    let range = 0..line.len();
    let leaning = leaning(&line, &range, &marks)?;
    let mut heavy: Vec<(i8, String)> = Vec::new();
    traits(&line, &range, &marks, |one| {
        if let Some(weights) = weights().of(&one) {
            let weight = weights[leaning.label as usize];
            let words = one.words();
            if weight > 0 && !words.is_empty() && !heavy.iter().any(|(_, known)| *known == words) {
                heavy.push((weight, words));
            }
        }
    });
    heavy.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Some((leaning.label, leaning.share, heavy.into_iter().take(most).map(|(_, words)| words).collect()))
}

/// What a number of a message is likely for.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberTold {
    /// As typed.
    pub number: String,
    /// Whether it is one of before, or a difference.
    pub former: bool,
    /// How likely it is what it is taken for, from 0 to 1.
    pub share: f32,
}

/// The numbers of a message that examples tell to be no figures that are reported now.
#[must_use]
pub fn no_figures(text: &str, schools: &SchoolIndex) -> Vec<NumberTold> {
    let line = Line::new(text);
    let marks = marks(&line, &schools.find(&line));
    let range = 0..line.len();
    let found = train::numbers_in(&line, &marks);
    let told = kinds(&line, &range, &marks, &found, leaning(&line, &range, &marks));
    let of = |(number, kinds): (&Number, Option<Kinds>)| {
        let kinds = kinds?;
        let kind = kinds.likeliest();
        let number = line.printed(number.tokens.clone()).to_owned();
        (kind != Kind::Figure).then(|| NumberTold {
            number,
            former: kind == Kind::Former,
            share: kinds.share(kind),
        })
    };
    found.iter().zip(told).filter_map(of).collect()
}

/// How well examples are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measure {
    /// How many were told right.
    pub right: usize,
    /// How many there are.
    pub all: usize,
    /// What was meant, what it was taken for, and how often, by their names in the files; the most frequent first.
    pub mistaken: Vec<(&'static str, &'static str, usize)>,
}

/// How well a file of weights tells what messages are about.
#[must_use]
pub fn measure(weights: &str, examples: &[Example]) -> Measure {
    let weights = Weights::parse(weights);
    let mut found = Counted::default();
    for example in examples {
        let (line, marks) = train::prepared(example);
        let told = leaning_by(&weights, &line, &(0..line.len()), &marks);
        found.count(example.label.name(), told.map(|leaning| leaning.label.name()));
    }
    found.measure()
}

/// How well a file of weights tells what numbers are for.
#[must_use]
pub fn measure_numbers(weights: &str, examples: &[Example]) -> Measure {
    let weights = Weights::parse(weights);
    // What its messages are about is told by the weights that the program has.
    let about = |line: &Line, marks: &[Mark]| leaning(line, &(0..line.len()), marks);
    let mut found = Counted::default();
    for example in examples {
        let (line, marks) = train::prepared(example);
        let numbers = train::numbers_in(&line, &marks);
        let told =
            numbers::kinds_by(&weights, &line, &(0..line.len()), &marks, &numbers, about(&line, &marks));
        for (number, told) in numbers.iter().zip(told) {
            if let (Some(meant), Some(told)) = (train::kind_of(example, &line, number), told) {
                found.count(meant.name(), Some(told.likeliest().name()));
            }
        }
    }
    found.measure()
}

#[derive(Debug, Default)]
struct Counted(BTreeMap<(&'static str, &'static str), usize>, usize);

impl Counted {
    fn count(&mut self, meant: &'static str, told: Option<&'static str>) {
        self.1 += 1;
        *self.0.entry((meant, told.unwrap_or_default())).or_default() += 1;
    }

    fn measure(self) -> Measure {
        let right = self.0.iter().filter(|((meant, told), _)| meant == told).map(|(_, times)| times).sum();
        let wrong = self.0.into_iter().filter(|((meant, told), _)| meant != told);
        let mut mistaken: Vec<_> = wrong.map(|((meant, told), times)| (meant, told, times)).collect();
        mistaken.sort_by_key(|(.., times)| std::cmp::Reverse(*times));
        Measure { right, all: self.1, mistaken }
    }
}

fn weights() -> &'static Weights<LABELS> {
    static WEIGHTS: OnceLock<Weights<LABELS>> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights::parse(include_str!("learned/weights.tsv")))
}

fn leaning_by(
    weights: &Weights<LABELS>,
    line: &Line,
    range: &Range<usize>,
    marks: &[Mark],
) -> Option<Leaning> {
    let mut sums = Sums::new(weights);
    traits(line, range, marks, |one| sums.see(&one));
    let shares = sums.shares()?;
    let best = (0..LABELS).max_by(|a, b| shares[*a].total_cmp(&shares[*b]).then(b.cmp(a)))?;
    Some(Leaning { label: Label::ALL[best], share: shares[best], shares })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `giaoban learn` writes at the head of its file; other examples have another one.
    fn head(weights: &str) -> &str {
        weights.lines().next().unwrap_or_default()
    }

    #[test]
    fn the_weights_were_learned_from_the_examples() {
        let mark = train::mark(&examples().unwrap());
        let file = include_str!("learned/weights.tsv");
        assert_eq!(
            head(file),
            mark,
            "run `giaoban learn src/understand/learned/examples.tsv` and keep what it prints in weights.tsv"
        );
        assert_eq!(weights().len() + 1, file.lines().count(), "a line that is no weight, or two of one key");
    }

    #[test]
    fn the_kinds_of_numbers_were_learned_from_the_same_examples() {
        let mark = train::mark(&examples().unwrap());
        let file = include_str!("learned/numbers.tsv");
        let again = "run `giaoban learn --numbers src/understand/learned/examples.tsv` and keep what it prints in numbers.tsv";
        assert_eq!(head(file), mark, "{again}");
        assert_eq!(Weights::<{ numbers::KINDS }>::parse(file).len() + 1, file.lines().count());
    }

    /// The kind that is likeliest for each number of a message.
    fn kinds_in(text: &str) -> Vec<&'static str> {
        let line = Line::new(text);
        let marks = marks(&line, &[]);
        let range = 0..line.len();
        let found = train::numbers_in(&line, &marks);
        let about = leaning(&line, &range, &marks);
        kinds(&line, &range, &marks, &found, about)
            .into_iter()
            .flatten()
            .map(|kinds| kinds.likeliest().name())
            .collect()
    }

    #[test]
    fn what_a_number_is_for_is_told_from_the_words_around_it() {
        let table: [(&str, &[&str]); 4] = [
            ("trường em báo cáo 215 trẻ, nhẹ cân 7", &["figure", "figure"]),
            ("mất điện 3 tiếng nên em chưa nhập được chị ơi", &["other"]),
            ("nhà 2 đứa nhỏ sốt hết, em xin nộp trễ nha chị", &["other"]),
            ("chị ơi có phải đủ 30 cháu mới mở được lớp không", &["other"]),
        ];
        for (text, want) in table {
            assert_eq!(kinds_in(text), want, "{text}");
        }
    }

    #[test]
    fn the_same_examples_give_the_same_weights_whatever_their_order() {
        let some: Vec<Example> = examples().unwrap().into_iter().step_by(97).collect();
        let turned: Vec<Example> = some.iter().rev().cloned().collect();
        let weights = train(&some);
        assert_eq!(weights, train(&turned));
        assert!(weights.lines().count() > 100);
    }

    #[test]
    fn what_it_has_not_seen_is_told_from_what_it_has() {
        let all = examples().unwrap();
        let (held, rest): (Vec<_>, Vec<_>) = all.into_iter().enumerate().partition(|(n, _)| n % 40 == 7);
        let plain = |list: Vec<(usize, Example)>| list.into_iter().map(|(_, e)| e).collect::<Vec<_>>();
        let held = plain(held);
        let found = measure(&train(&plain(rest).into_iter().step_by(4).collect::<Vec<_>>()), &held);
        assert!(found.right * 100 >= held.len() * 70, "{found:?}");
    }

    #[test]
    fn its_reasons_are_words_of_the_message() {
        let text = "em nộp đủ cả rồi chị ơi";
        let (label, share, seen) = reasons(text, &SchoolIndex::default(), 4).unwrap();
        assert_eq!(label, Label::Done);
        assert!(share > 0.8, "{share}");
        assert!(seen.iter().any(|s| s.contains("roi") || s.contains("nop")), "{seen:?}");
    }
}
