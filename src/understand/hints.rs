//! The task as something else than the message's own words tells it: the name of a file, what is quoted.

use super::line::Line;
use super::marks::marks;
use super::phrases::phrases;
use super::read::One;
use super::reading::Binding;
use super::{OpenTask, tasks};

impl One<'_> {
    /// The task that the name of a file tells: `BC_CanDo_L1.xlsx`.
    pub fn file_topic(&self, open: &[&OpenTask]) -> Option<Binding> {
        self.context.attached.iter().find_map(|file| {
            let line = Line::new(&spaced(file.name));
            let marks = marks(&line, &[]);
            tasks::by_topic(&line, &(0..line.len()), &marks, &phrases().find(&line), open, self.context)
        })
    }

    /// The task of what the message quotes in its own text.
    pub fn quoted_topic(&self, open: &[&OpenTask]) -> Option<Binding> {
        let line = Line::new(self.line.quoted.as_deref().or(self.context.quoted_text)?);
        let marks = marks(&line, &[]);
        tasks::by_topic(&line, &(0..line.len()), &marks, &phrases().find(&line), open, self.context)
    }
}

/// A file's name as words: `BC_CanDo_L1.xlsx` is "BC Can Do L 1".
fn spaced(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut words = String::with_capacity(stem.len() + 8);
    let mut before = ' ';
    for c in stem.chars() {
        if before.is_lowercase() && c.is_uppercase() || before.is_alphabetic() && c.is_numeric() {
            words.push(' ');
        }
        words.push(if matches!(c, '_' | '-' | '.') { ' ' } else { c });
        before = c;
    }
    words
}
