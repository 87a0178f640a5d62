//! The words beside the figures of a message, each stretch of them understood once: every form is asked whether it is of one of its
//! fields.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::key::{Sieve, words};
use super::labels::{denies, words};
use super::line::Line;
use super::phrases::{Meaning, Word, phrases};

/// A message and what was understood of its stretches so far.
pub(super) struct Stretches<'l> {
    line: &'l Line,
    known: RefCell<FxHashMap<Box<[usize]>, Rc<Stretch<'l>>>>,
}

/// Words beside a figure.
pub(super) struct Stretch<'l> {
    pub typed: Vec<Word<'l>>,
    /// Those of them that say something.
    pub content: Vec<Word<'l>>,
    pub meaning: Meaning,
    /// "Chưa", "không" stands among them.
    pub denies: bool,
    /// What a field that they may name has one of.
    pub sieve: Sieve,
}

impl<'l> Stretches<'l> {
    pub fn new(line: &'l Line) -> Self {
        Self { line, known: RefCell::default() }
    }

    /// The words at these places.
    pub fn at(&self, places: &[usize]) -> Rc<Stretch<'l>> {
        if let Some(known) = self.known.borrow().get(places) {
            return Rc::clone(known);
        }
        let new = Rc::new(self.understood(places));
        self.known.borrow_mut().insert(places.into(), Rc::clone(&new));
        new
    }

    fn understood(&self, places: &[usize]) -> Stretch<'l> {
        let line = self.line;
        let mut typed = words(line, places);
        // "5 co": behind a figure it is the teacher, not the verb.
        if let (Some(first), Some(word)) = (places.first(), typed.first_mut())
            && word.spelled == "co"
            && *first > 0
            && line.number(first - 1).is_some()
            && !line.is(first + 1, words!["mat", "phep"])
        {
            *word = Word { level: word.level, ..Word::new("cô", word.folded) };
        }
        let content: Vec<Word> = typed.iter().copied().filter(|w| !phrases().is_filler(*w)).collect();
        let meaning = phrases().concepts(&typed);
        Stretch {
            sieve: sieve(&typed, &content, &meaning),
            content,
            meaning,
            denies: typed.iter().any(|w| denies(w.folded) && w.spelled != "chưa\u{303}"),
            typed,
        }
    }
}

fn sieve(typed: &[Word], content: &[Word], meaning: &Meaning) -> Sieve {
    // The beginning of a word may stand for it: "24 cam".
    if content.len() == 1 && meaning.concepts.is_empty() {
        return Sieve::OPEN;
    }
    let mut sieve = Sieve::default();
    typed.iter().for_each(|word| sieve.add(word.key));
    if typed.iter().any(|word| denies(word.folded)) {
        words!["chua", "khong"].iter().for_each(|word| sieve.add(*word));
    }
    sieve.add_meanings(&meaning.concepts);
    sieve
}

impl Deref for Stretches<'_> {
    type Target = Line;

    fn deref(&self) -> &Line {
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields::Names;
    use super::super::testing::tasks;
    use super::*;

    #[test]
    fn what_a_field_looks_past_does_not_name_it() {
        for text in [
            "tổng số trẻ được cân 337 cháu nhẹ cân 13 thấp còi 9",
            "chưa tiêm đủ 15 bé không uống 3",
            "24 cam 3 gv 5 co 6 nv 2 phong hoc",
            "nc 5 tc 7 bp 3 ts 250 vắng 4 có phép",
        ] {
            let line = Line::new(text);
            let stretches = Stretches::new(&line);
            let all = 0..line.len();
            let runs = all.clone().flat_map(|from| (from..=all.end).map(move |to| from..to));
            let runs: Vec<Vec<usize>> = runs.map(Iterator::collect).collect();
            for task in tasks() {
                let names = Names::of_task(&task, &[]);
                for (run, field) in runs.iter().flat_map(|run| names.fields().iter().map(move |f| (run, f))) {
                    let sifted = stretches.understood(run);
                    let open = Stretch { sieve: Sieve::OPEN, ..stretches.understood(run) };
                    let label = &field.field.label;
                    assert_eq!(field.score(&sifted), field.score(&open), "{label}: {run:?} of {text}");
                }
            }
        }
    }
}
