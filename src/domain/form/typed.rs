//! A form as it is typed on a page, row by row, and what a change of a form does to what schools have answered.

use super::{Field, FieldKind, Form};
use crate::domain::CommandProblem;

/// One field as it was typed; nothing of it is judged yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedField {
    /// The key that it has in the form that is changed; empty for a new one. A field keeps its key under another name.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What it holds; none to go by its name.
    pub kind: Option<FieldKind>,
    /// The unit behind a figure.
    pub unit: String,
    /// Whether an answer is incomplete without it.
    pub required: bool,
    /// The least figure.
    pub min: String,
    /// The greatest figure.
    pub max: String,
    /// What may be chosen, with strokes between.
    pub options: String,
    /// It is compared with the register's enrolment.
    pub enrolment: bool,
    /// Other words for it, with strokes between.
    pub aliases: String,
    /// A value as a person would type it.
    pub example: String,
    /// What a person should know to answer it.
    pub help: String,
}

impl TypedField {
    /// A row in which nothing stands.
    pub fn is_blank(&self) -> bool {
        let words = [&self.label, &self.unit, &self.min, &self.max, &self.options, &self.aliases];
        words.into_iter().chain([&self.example, &self.help]).all(|text| text.trim().is_empty())
    }
}

/// What keeps a typed form from being one: of which row, or of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedFault {
    /// The row, from 0; none for a rule.
    pub row: Option<usize>,
    /// What is wrong.
    pub problem: TypedProblem,
}

/// What is wrong with a typed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypedProblem {
    /// Nothing is asked for.
    NoFields,
    /// More fields than a form may have.
    TooMany(usize),
    /// Something stands in the row, and no name.
    NoName,
    /// The name has no letters or is too long.
    BadName(String),
    /// Two rows have this name.
    Twice(String),
    /// A limit is no number.
    NoNumber {
        /// The field.
        label: String,
        /// As typed.
        given: String,
    },
    /// The least figure is above the greatest.
    Crossed(String),
    /// A choice with fewer than two things to choose.
    FewOptions(String),
    /// A rule cannot be read.
    Rule(CommandProblem),
}

/// What a changed form means for what schools have answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormChange {
    /// Asked for from now on.
    Added {
        /// The field.
        label: String,
        /// It must be answered.
        required: bool,
    },
    /// Not asked for any more.
    Dropped(String),
    /// Another name for the same field.
    Renamed {
        /// Its name so far.
        from: String,
        /// Its name from now on.
        to: String,
    },
    /// It holds something else from now on: what was given for it is kept beside it.
    Anew(String),
    /// Limits or checks have changed: what was taken is not looked at again.
    Checks,
}

impl Form {
    /// What this form would change in the place of an older one.
    pub fn changes(&self, old: &Self) -> Vec<FormChange> {
        let mut found = Vec::new();
        for field in &self.fields {
            match old.field(&field.key) {
                None => {
                    found.push(FormChange::Added { label: field.label.clone(), required: field.required });
                }
                Some(was) if !field.means_the_same(was) => found.push(FormChange::Anew(field.label.clone())),
                Some(was) if was.label != field.label => {
                    found.push(FormChange::Renamed { from: was.label.clone(), to: field.label.clone() });
                }
                Some(_) => {}
            }
        }
        let gone = old.fields.iter().filter(|f| self.field(&f.key).is_none());
        found.extend(gone.map(|f| FormChange::Dropped(f.label.clone())));
        let limits = |f: &Field| (f.min, f.max, f.required, f.options.clone(), f.enrolment);
        let tighter = |f: &Field| old.field(&f.key).is_some_and(|was| limits(was) != limits(f));
        if self.checks != old.checks || self.fields.iter().any(tighter) {
            found.push(FormChange::Checks);
        }
        found
    }
}

impl Field {
    /// Whether a value of the other field is one of this.
    pub(super) fn means_the_same(&self, other: &Self) -> bool {
        let meaning = |f: &Self| (f.kind, f.unit.to_lowercase());
        meaning(self) == meaning(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Check;

    #[test]
    fn what_a_change_does_to_answers_is_told_field_by_field() {
        let count = |key: &str, label: &str| Field::new(key, label, FieldKind::Count);
        let old = Form {
            fields: vec![count("tong", "tổng"), count("nu", "nữ"), count("nam", "nam")],
            ..Form::default()
        };
        let new = Form {
            fields: vec![
                count("tong", "tổng số trẻ"),
                Field { kind: FieldKind::Percent, ..count("nu", "nữ") },
                Field { required: false, ..count("ghi_chu", "ghi chú") },
            ],
            checks: vec![Check::AtMost { field: "nu".into(), of: "tong".into() }],
            ..Form::default()
        };
        let told = new.changes(&old);
        assert_eq!(
            told,
            [
                FormChange::Renamed { from: "tổng".into(), to: "tổng số trẻ".into() },
                FormChange::Anew("nữ".into()),
                FormChange::Added { label: "ghi chú".into(), required: false },
                FormChange::Dropped("nam".into()),
                FormChange::Checks,
            ]
        );
        assert!(old.changes(&old).is_empty());
    }
}
