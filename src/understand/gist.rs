//! What the figures of a message may be of, for passing over the forms that have nothing of it.

use super::figures::Number;
use super::key::Key;
use super::labels::{FieldNames, words};
use super::line::Line;
use super::phrases::phrases;
use super::roles::Role;

/// The words beside the figures of a message, all together.
#[derive(Debug, Default)]
pub(super) struct Gist<'l> {
    folded: Vec<(Key, &'l str)>,
    /// Whether each concept, by its number, is named; those behind the end are not.
    concepts: Vec<bool>,
    /// Some figure has no words that tell forms apart: any form may take it.
    pub unnamed: bool,
    /// Some figure is a total of what is not said.
    pub total: bool,
    pub money: bool,
    pub percent: bool,
    denied: bool,
}

impl<'l> Gist<'l> {
    pub fn of(line: &'l Line, numbers: &[Number]) -> Self {
        let mut gist = Self::default();
        // The whole of a share goes where its part goes.
        for number in numbers.iter().filter(|n| n.counts() && n.role != Role::Whole) {
            let beside: Vec<usize> = number.before.iter().chain(&number.after).copied().collect();
            let typed = words(line, &beside);
            gist.unnamed |=
                typed.iter().all(|w| phrases().is_filler(*w) && !matches!(w.folded, "tong" | "ts"));
            gist.total |= typed.iter().any(|w| matches!(w.folded, "tong" | "ts"));
            gist.money |= number.amount.money;
            gist.percent |= number.amount.percent;
            gist.denied |= typed.iter().any(|w| matches!(w.folded, "chua" | "khong"));
            for from in 0..typed.len() {
                gist.names_also(&phrases().concepts(&typed[from..]).concepts);
                gist.names_also(&phrases().concepts(&typed[from..=from]).concepts);
            }
            gist.folded.extend(typed.iter().map(|w| (w.key, w.folded)));
        }
        gist
    }

    fn names_also(&mut self, concepts: &[usize]) {
        for concept in concepts {
            self.concepts.resize(self.concepts.len().max(concept + 1), false);
            self.concepts[*concept] = true;
        }
    }

    fn says(&self, key: Key, word: &str) -> bool {
        self.folded.iter().any(|(known, folded)| *known == key && *folded == word)
    }

    /// Whether a word or a meaning is that of a field.
    pub fn names(&self, field: &FieldNames) -> bool {
        self.denied && field.denied
            || field.meaning.concepts.iter().chain(&field.also).any(|c| self.concepts.get(*c) == Some(&true))
            || field.initials.iter().any(|i| self.says(Key::of(i), i))
            || field.names.iter().flatten().any(|w| self.says(w.key(), w.folded()))
    }
}
