//! The fields of all children and of those who are there: where shares ("245/250") and totals go.

use super::super::labels::{FieldNames, is_child};
use super::super::phrases::{Word, phrases};
use super::{Names, Target};
use crate::domain::{Check, FieldKind};

impl Names {
    /// The 250 of "245/250 cháu đi học": the field of all children, when there is one.
    pub(super) fn whole_of(&self, part: Option<&Target>) -> Target {
        let part = match part {
            Some(Target::Field(index)) => Some(*index),
            _ => None,
        };
        let of = part.and_then(|index| {
            let key = &self.fields[index].field.key;
            self.form.checks.iter().find_map(|check| match check {
                Check::AtMost { field, of } if field == key => {
                    self.fields.iter().position(|f| f.field.key == *of)
                }
                _ => None,
            })
        });
        let total = || self.total_field().filter(|index| Some(*index) != part);
        of.or_else(total).map_or(Target::Foreign, Target::Field)
    }

    /// The field of those who are there: the part of "245/250" when nothing is said of it, or that it is a sĩ số.
    pub(super) fn present_field(&self) -> Option<usize> {
        let present = phrases().concepts(&[Word::new("co", "co"), Word::new("mat", "mat")]).concepts;
        self.fields.iter().position(|f| {
            f.field.kind == FieldKind::Count && !present.is_empty() && f.meaning.concepts == present
        })
    }

    /// The only field of all children, by its words.
    pub(super) fn total_field(&self) -> Option<usize> {
        let broad = |f: &FieldNames| {
            f.field.kind.is_figure()
                && (f.meaning.concepts.iter().any(|c| phrases().is_broad(*c))
                    || f.names[0].first().is_some_and(|w| w.folded() == "tong"))
        };
        let found: Vec<usize> = (0..self.fields.len()).filter(|n| broad(&self.fields[*n])).collect();
        // Of children and classes the children are meant.
        let children = found.iter().filter(|n| is_child(&self.fields[**n].meaning));
        match (&found[..], &children.collect::<Vec<_>>()[..]) {
            ([only], _) => Some(*only),
            (_, [only]) => Some(**only),
            ([], _) => self.counted_field(),
            _ => None,
        }
    }

    /// "Số trẻ cân đo": the only field that says whom it counts, where none is of all children.
    pub(super) fn counted_field(&self) -> Option<usize> {
        let says = |f: &FieldNames| {
            let name = &f.names[0];
            f.field.kind == FieldKind::Count
                && name.first().is_some_and(|w| w.folded() == "so")
                && name.get(1).is_some_and(|w| w.is_one_of(&["tre", "chau", "hs"]))
                && !f.denied
        };
        let mut found = (0..self.fields.len()).filter(|n| says(&self.fields[*n]));
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}
