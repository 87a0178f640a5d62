//! Where a person finds each line of a document.

use serde::{Deserialize, Serialize};

use crate::domain::Place;

/// The places of all lines: each stretch of lines that follow each other with its first line and place. Empty for a text, whose
/// lines are their own places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places(Vec<(usize, Place)>);

impl Places {
    /// Adds the place of the next line.
    pub fn push(&mut self, line: usize, place: Place) {
        let goes_on = self.0.last().is_some_and(|(first, begin)| begin.after(line - first) == place);
        if !goes_on {
            self.0.push((line, place));
        }
    }

    /// The place of a line.
    #[must_use]
    pub fn of(&self, line: usize) -> Place {
        let at = self.0.partition_point(|(first, _)| *first <= line);
        match at.checked_sub(1).and_then(|at| self.0.get(at)) {
            Some((first, place)) => place.after(line - first),
            None => Place::Line { line },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found_where_it_stands_in_its_form() {
        let mut places = Places::default();
        let row = |row| Place::Row { table: 1, row };
        let paragraph = |paragraph| Place::Paragraph { paragraph };
        let all = [paragraph(1), paragraph(2), paragraph(2), row(1), row(2), paragraph(3)];
        for (n, place) in all.iter().enumerate() {
            places.push(n + 1, place.clone());
        }
        for (n, place) in all.iter().enumerate() {
            assert_eq!(places.of(n + 1), *place);
        }
        assert_eq!(Places::default().of(7), Place::Line { line: 7 });
    }
}
