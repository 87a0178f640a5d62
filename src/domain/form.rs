//! What a submission must carry, and how it is checked.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Values;

/// The fields of a submission and what must hold between them. An empty form takes any answer: a file, a link, a text
/// or the word that it has been handed in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// In the order in which they are asked and read back.
    pub fields: Vec<Field>,
    /// What must hold between them.
    pub checks: Vec<Check>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Stable within the form: the folded label, `can_do`.
    pub key: String,
    /// As people read it: "cân đo".
    pub label: String,
    /// Other words for it that people type.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether a submission is incomplete without it.
    #[serde(default = "yes")]
    pub required: bool,
    /// The unit behind a figure in a read-back ("trẻ"); empty for none.
    #[serde(default)]
    pub unit: String,
    /// The least figure allowed.
    #[serde(default)]
    pub min: Option<i64>,
    /// The greatest figure allowed.
    #[serde(default)]
    pub max: Option<i64>,
}

const fn yes() -> bool {
    true
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A whole number of children, classes, teachers.
    Count,
    /// A percentage, kept in hundredths of a percent: 97,5 % is 9750.
    Percent,
    /// Money in đồng.
    Money,
    /// Words.
    Text,
    /// An address on the web.
    Link,
    /// A document.
    File,
    /// A photo.
    Photo,
    /// A day.
    Date,
}

impl FieldKind {
    /// Whether it holds a figure.
    pub fn is_figure(self) -> bool {
        matches!(self, Self::Count | Self::Percent | Self::Money)
    }
}

/// What a school gave for a field. Zero, not applicable and not answered are three things: the last is no value at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A whole number, in the unit of its kind (pieces, hundredths of a percent, đồng).
    Figure(i64),
    /// Words.
    Text(String),
    /// An address on the web.
    Link(String),
    /// A file or photo kept by the platform or by us.
    File {
        /// Its name.
        name: String,
        /// By which it can be fetched again.
        file: String,
    },
    /// A day.
    Date(NaiveDate),
    /// The school says that this does not concern it.
    NotApplicable,
}

/// What must hold between the fields of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// `field` is at most `of`: nobody weighs more children than there are.
    AtMost {
        /// Key of the smaller one.
        field: String,
        /// Key of the larger one.
        of: String,
    },
    /// `parts` add up to `total`.
    SumsTo {
        /// Keys of the parts.
        parts: Vec<String>,
        /// Key of the sum.
        total: String,
    },
}

/// What is wrong with the values of a submission; the names are labels, to be said to the school in private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A required field has no value.
    Missing {
        /// Its label.
        label: String,
    },
    /// A figure is below the least one allowed.
    TooSmall {
        /// Its label.
        label: String,
        /// What was given.
        given: i64,
        /// The least one.
        min: i64,
    },
    /// A figure is above the greatest one allowed.
    TooLarge {
        /// Its label.
        label: String,
        /// What was given.
        given: i64,
        /// The greatest one.
        max: i64,
    },
    /// A part is larger than the whole.
    MoreThan {
        /// Label of the part.
        label: String,
        /// What was given.
        given: i64,
        /// Label of the whole.
        of: String,
        /// Its figure.
        whole: i64,
    },
    /// Parts do not add up.
    SumDiffers {
        /// Labels of the parts.
        parts: Vec<String>,
        /// What they add up to.
        sum: i64,
        /// Label of the total.
        total: String,
        /// What was given for it.
        given: i64,
    },
}

impl Form {
    /// Whether any submission at all satisfies it.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// Everything that is wrong with these values, contradictions before gaps. Only contradictions keep a value from
    /// being stored; a gap leaves the submission incomplete.
    pub fn faults(&self, values: &Values) -> Vec<Fault> {
        let mut faults = self.contradictions(values);
        faults.extend(
            self.fields
                .iter()
                .filter(|f| f.required && !values.contains_key(&f.key))
                .map(|f| Fault::Missing { label: f.label.clone() }),
        );
        faults
    }

    /// Whether every required field has a value.
    pub fn is_complete(&self, values: &Values) -> bool {
        self.fields.iter().all(|f| !f.required || values.contains_key(&f.key))
    }

    fn contradictions(&self, values: &Values) -> Vec<Fault> {
        let ranges = self.fields.iter().filter_map(|f| f.out_of_range(values));
        let relations = self.checks.iter().filter_map(|c| self.broken(c, values));
        ranges.chain(relations).collect()
    }

    fn broken(&self, check: &Check, values: &Values) -> Option<Fault> {
        let label = |key: &str| self.field(key).map_or_else(|| key.to_owned(), |f| f.label.clone());
        match check {
            Check::AtMost { field, of } => {
                let (given, whole) = (figure(values, field)?, figure(values, of)?);
                (given > whole).then(|| Fault::MoreThan { label: label(field), given, of: label(of), whole })
            }
            Check::SumsTo { parts, total } => {
                let given = figure(values, total)?;
                let sum = parts.iter().map(|p| figure(values, p)).sum::<Option<i64>>()?;
                (sum != given).then(|| Fault::SumDiffers {
                    parts: parts.iter().map(|p| label(p)).collect(),
                    sum,
                    total: label(total),
                    given,
                })
            }
        }
    }
}

impl Field {
    fn out_of_range(&self, values: &Values) -> Option<Fault> {
        let given = figure(values, &self.key)?;
        if let Some(min) = self.min.or(Some(0)).filter(|m| given < *m) {
            return Some(Fault::TooSmall { label: self.label.clone(), given, min });
        }
        let max = self.max.or((self.kind == FieldKind::Percent).then_some(10_000))?;
        (given > max).then(|| Fault::TooLarge { label: self.label.clone(), given, max })
    }
}

fn figure(values: &Values, key: &str) -> Option<i64> {
    match values.get(key) {
        Some(Value::Figure(n)) => Some(*n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(key: &str) -> Field {
        Field {
            key: key.into(),
            label: key.into(),
            aliases: vec![],
            kind: FieldKind::Count,
            required: true,
            unit: String::new(),
            min: None,
            max: None,
        }
    }

    fn values(given: &[(&str, i64)]) -> Values {
        given.iter().map(|(k, n)| ((*k).to_owned(), Value::Figure(*n))).collect()
    }

    #[test]
    fn parts_never_exceed_the_whole_and_gaps_come_last() {
        let form = Form {
            fields: vec![count("tong"), count("can"), count("beo")],
            checks: vec![Check::AtMost { field: "can".into(), of: "tong".into() }],
        };
        let faults = form.faults(&values(&[("tong", 198), ("can", 205)]));
        assert_eq!(
            faults,
            [
                Fault::MoreThan { label: "can".into(), given: 205, of: "tong".into(), whole: 198 },
                Fault::Missing { label: "beo".into() },
            ]
        );
        assert!(form.faults(&values(&[("tong", 198), ("can", 198), ("beo", 0)])).is_empty());
    }

    #[test]
    fn sums_are_checked_only_when_every_part_is_given() {
        let form = Form {
            fields: vec![count("a"), count("b"), count("ab")],
            checks: vec![Check::SumsTo { parts: vec!["a".into(), "b".into()], total: "ab".into() }],
        };
        assert!(matches!(
            form.faults(&values(&[("a", 1), ("b", 2), ("ab", 4)]))[..],
            [Fault::SumDiffers { sum: 3, given: 4, .. }]
        ));
        assert!(matches!(form.faults(&values(&[("a", 1), ("ab", 4)]))[..], [Fault::Missing { .. }]));
    }

    #[test]
    fn a_count_below_zero_is_a_slip() {
        let form = Form { fields: vec![count("a")], checks: vec![] };
        assert!(matches!(form.faults(&values(&[("a", -1)]))[..], [Fault::TooSmall { .. }]));
    }
}
