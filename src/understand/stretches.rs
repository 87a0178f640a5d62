//! The words beside the figures of a message, each stretch of them understood once: every form is asked whether it is of one of its
//! fields.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::key::words;
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
        Stretch {
            content: typed.iter().copied().filter(|w| !phrases().is_filler(*w)).collect(),
            meaning: phrases().concepts(&typed),
            denies: typed.iter().any(|w| denies(w.folded) && w.spelled != "chưa\u{303}"),
            typed,
        }
    }
}

impl Deref for Stretches<'_> {
    type Target = Line;

    fn deref(&self) -> &Line {
        self.line
    }
}
