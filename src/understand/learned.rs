//! What a message is most like: a linear model over its words, learned from labelled examples of our own writing.
//!
//! The rules of this room know what a word does to another; nobody can list all the words that people use. So the rules read
//! figures, days, schools and tasks and have the last word about what is denied, and the model tells what a message is about where they are
//! silent or disagree. It is a table of weights in a file, looked up a word and a pair of words at a time: the same message has the
//! same answer on every machine, [`reasons`] names the words that weighed most, and one more example is one more line.
//! `giaoban learn` makes `weights.tsv` anew from `examples.tsv`; a test tells when that was forgotten.

mod examples;
mod train;
mod traits;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

#[cfg(test)]
pub(super) use examples::examples;
pub use examples::{Example, ExampleError, examples_in};
pub use train::train;

use super::SchoolIndex;
use super::line::Line;
use super::marks::{Mark, marks};
use traits::{Trait, traits};

/// What a message is about as a whole; `read` works out the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Label {
    /// Figures, names, links or zero are handed in.
    Submit,
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
    pub const ALL: [Self; 9] = [
        Self::Submit,
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
}

/// Which way a stretch of a message leans; nothing for one without any known word.
pub(super) fn leaning(line: &Line, range: &Range<usize>, marks: &[Mark]) -> Option<Leaning> {
    weights().leaning(line, range, marks)
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
        if let Some(weights) = weights().table.get(&one.key()) {
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

/// How well examples are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measure {
    /// How many were told right.
    pub right: usize,
    /// How many there are.
    pub all: usize,
    /// What was meant, what it was taken for, and how often; the most frequent first.
    pub mistaken: Vec<(Label, Label, usize)>,
}

/// How well a file of weights tells examples.
#[must_use]
pub fn measure(weights: &str, examples: &[Example]) -> Measure {
    let weights = Weights::parse(weights);
    let mut found = Measure { all: examples.len(), ..Measure::default() };
    let mut mistaken: BTreeMap<(Label, Label), usize> = BTreeMap::new();
    for example in examples {
        let line = Line::new(&example.text);
        let marks = marks(&line, &SchoolIndex::by_shape(&example.text).find(&line));
        match weights.leaning(&line, &(0..line.len()), &marks) {
            Some(leaning) if leaning.label == example.label => found.right += 1,
            Some(leaning) => *mistaken.entry((example.label, leaning.label)).or_default() += 1,
            None => {}
        }
    }
    found.mistaken = mistaken.into_iter().map(|((meant, taken), times)| (meant, taken, times)).collect();
    found.mistaken.sort_by_key(|(.., times)| std::cmp::Reverse(*times));
    found
}

/// The learned table.
#[derive(Debug, Default)]
struct Weights {
    table: FxHashMap<u64, [i8; LABELS]>,
}

fn weights() -> &'static Weights {
    static WEIGHTS: OnceLock<Weights> = OnceLock::new();
    WEIGHTS.get_or_init(|| Weights::parse(include_str!("learned/weights.tsv")))
}

impl Weights {
    /// A line holds what is seen, a tab, and a weight for each label with a space between; a line that begins with `#` is none.
    fn parse(file: &str) -> Self {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        let entry = |line: &str| {
            let (seen, numbers) = line.split_once('\t')?;
            let mut weights = [0; LABELS];
            for (weight, number) in weights.iter_mut().zip(numbers.split(' ')) {
                *weight = number.parse().ok()?;
            }
            Some((Trait::parse(seen)?.key(), weights))
        };
        Self { table: lines.filter_map(entry).collect() }
    }

    fn leaning(&self, line: &Line, range: &Range<usize>, marks: &[Mark]) -> Option<Leaning> {
        let mut sums = [0_i32; LABELS];
        let mut known = false;
        traits(line, range, marks, |one| {
            if let Some(weights) = self.table.get(&one.key()) {
                known = true;
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(*weight);
                }
            }
        });
        if !known {
            return None;
        }
        let top = sums.iter().copied().max()?;
        let best = sums.iter().position(|sum| *sum == top)?;
        let rest: f32 = sums.iter().map(|sum| ((*sum - top) as f32 / SCALE).exp()).sum();
        Some(Leaning { label: Label::ALL[best], share: 1.0 / rest })
    }
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
        assert_eq!(
            weights().table.len() + 1,
            file.lines().count(),
            "a line that is no weight, or two of one key"
        );
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
