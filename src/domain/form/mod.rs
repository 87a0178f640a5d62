//! What a submission must carry, and how it is checked.

mod exact;
mod fault;
mod measure;
mod oddity;
mod typed;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

pub use exact::{Exact, Expression};
pub use fault::{Fault, Term};
pub use measure::{Measure, money_unit};
pub use oddity::{Kept, Oddity};
pub use typed::{FormChange, TypedFault, TypedField, TypedProblem};

use super::Values;

/// The name of the register's enrolment in an expression. Keys of fields have no spaces.
pub const ENROLMENT: &str = "register enrolment";
/// What stands before a key in an expression for last time's figure of that field.
pub const LAST: &str = "last ";

/// The fields of a submission and what must hold between them. An empty form takes any answer: a file, a link, a text
/// or the word that it has been handed in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// In the order in which they are asked and read back.
    pub fields: Vec<Field>,
    /// What must hold between them.
    pub checks: Vec<Check>,
    /// How often it has changed since schools began to answer it. A submission keeps the version that it answered.
    pub version: u32,
    /// The name of the office's own workbook that it was made from, which goes out with the task and comes back filled in.
    pub template: Option<String>,
    /// Fields of earlier versions that are not asked any more, so that what was given for them can still be shown.
    pub former: Vec<Field>,
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
    /// What a person should know to answer it; empty for nothing.
    #[serde(default)]
    pub help: String,
    /// A value as a person would type it, for examples; empty for a made-up one.
    #[serde(default)]
    pub example: String,
    /// What may be chosen, for [`FieldKind::Choice`].
    #[serde(default)]
    pub options: Vec<String>,
    /// It is about the school's enrolment and is compared with the register's.
    #[serde(default)]
    pub enrolment: bool,
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
    /// A measure or a mark, kept in hundredths: 350,5 m² is 35050.
    Decimal,
    /// Money, kept in đồng; the unit of the field may be a thousand or a million of them.
    Money,
    /// Words.
    Text,
    /// One of the field's options.
    Choice,
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
        matches!(self, Self::Count | Self::Percent | Self::Decimal | Self::Money)
    }
}

/// What a school gave for a field. Zero, not applicable and not answered are three things: the last is no value at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// A whole number, in the unit of its kind (pieces, hundredths of a percent or a metre, đồng).
    Figure(i64),
    /// Words; for a choice the option as the form spells it.
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
    /// A percentage is the share of two counts, as far as its decimals go.
    Share {
        /// Key of the percentage.
        percent: String,
        /// Key of the part.
        part: String,
        /// Key of the whole.
        whole: String,
    },
    /// Any other comparison.
    Holds(Rule),
    /// A field is required when a condition holds.
    Needed {
        /// Its key.
        field: String,
        /// The condition.
        when: Expression,
        /// As the specialist wrote it.
        said: String,
    },
}

/// A comparison between two expressions, perhaps only where a condition holds. It is looked at once every field in it has a
/// value; a field that does not concern the school counts as nothing in a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// As the specialist wrote it, with the labels that people see.
    pub said: String,
    /// Only where this holds.
    pub when: Option<Expression>,
    /// The left side.
    pub left: Expression,
    /// How they compare.
    pub sign: Sign,
    /// The right side.
    pub right: Expression,
}

/// How two sides compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// Less.
    Less,
    /// More.
    More,
    /// Equal.
    Equal,
    /// Different.
    Differs,
}

impl Sign {
    /// As it stands in an expression.
    pub fn text(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Less => "<",
            Self::More => ">",
            Self::Equal => "=",
            Self::Differs => "#",
        }
    }
}

/// What the values of a submission are compared with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside<'a> {
    /// The school's figures of last time, by the keys of this form.
    pub last: Option<&'a Values>,
    /// The school's enrolment by the register.
    pub enrolment: Option<i64>,
    /// The version before in the same task, where the school does not say that it puts it right.
    pub before: Option<&'a Values>,
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
    pub fn faults(&self, values: &Values, beside: &Beside) -> Vec<Fault> {
        let mut faults = self.contradictions(values, beside);
        faults
            .extend(self.gaps(values, beside).into_iter().map(|f| Fault::Missing { label: f.label.clone() }));
        faults
    }

    /// What contradicts itself, the form or what it is compared with.
    pub fn contradictions(&self, values: &Values, beside: &Beside) -> Vec<Fault> {
        let ranges = self.fields.iter().filter_map(|f| f.refused(values));
        let relations = self.checks.iter().filter_map(|c| self.broken(c, values, beside));
        ranges.chain(relations).collect()
    }

    /// The fields that must have a value and have none.
    pub fn gaps(&self, values: &Values, beside: &Beside) -> Vec<&Field> {
        let needed: BTreeSet<&str> = self
            .checks
            .iter()
            .filter_map(|check| match check {
                Check::Needed { field, when, .. } => {
                    (self.value(when, values, beside) == Exact::Truth(true)).then_some(field.as_str())
                }
                _ => None,
            })
            .collect();
        let gap = |f: &&Field| (f.required || needed.contains(&*f.key)) && !values.contains_key(&f.key);
        self.fields.iter().filter(gap).collect()
    }

    /// Whether every required field has a value.
    pub fn is_complete(&self, values: &Values, beside: &Beside) -> bool {
        self.gaps(values, beside).is_empty()
    }

    /// The fields that a fault is most likely about: the one that is furthest from last time or the register, else the part of a
    /// whole; in a sum and a rule any of them may be wrong.
    pub fn suspects(&self, fault: &Fault, values: &Values, beside: &Beside) -> Vec<&Field> {
        let labels = fault.labels();
        let concerned: Vec<&Field> =
            labels.iter().filter_map(|label| self.fields.iter().find(|f| f.label == **label)).collect();
        let away = |field: &&&Field| {
            let given = figure(values, &field.key)?;
            let enrolled = beside.enrolment.filter(|_| field.enrolment);
            let usual = beside.last.and_then(|last| figure(last, &field.key)).or(enrolled)?;
            // In percent of the usual figure; a quarter away is nothing to suspect.
            let away = given.abs_diff(usual).saturating_mul(100) / usual.unsigned_abs().max(1);
            (away > 25).then_some(away)
        };
        let odd = concerned.iter().filter(|f| away(f).is_some()).max_by_key(|f| away(f));
        match (odd, fault) {
            (Some(odd), _) => vec![*odd],
            (None, Fault::SumDiffers { .. } | Fault::Breaks { .. }) => concerned,
            (None, _) => concerned.into_iter().take(1).collect(),
        }
    }

    fn broken(&self, check: &Check, values: &Values, beside: &Beside) -> Option<Fault> {
        let label = |key: &str| self.label(key);
        match check {
            Check::AtMost { field, of } if !self.are_whole([field, of].into_iter()) => {
                let rule = Rule {
                    said: format!("{} <= {}", label(field), label(of)),
                    when: None,
                    left: Expression::of_name(field)?,
                    sign: Sign::AtMost,
                    right: Expression::of_name(of)?,
                };
                self.breaks(&rule, values, beside)
            }
            Check::SumsTo { parts, total } if !self.are_whole(parts.iter().chain([total])) => {
                parts.iter().find_map(|p| figure(values, p))?;
                let all: Vec<String> = parts.iter().map(|p| label(p)).collect();
                let sum = parts.iter().map(|p| format!("{{{p}}}")).collect::<Vec<_>>().join("+");
                let rule = Rule {
                    said: format!("{} = {}", label(total), all.join(" + ")),
                    when: None,
                    left: Expression::of_name(total)?,
                    sign: Sign::Equal,
                    right: Expression::new(sum)?,
                };
                self.breaks(&rule, values, beside)
            }
            Check::AtMost { field, of } => {
                let (given, whole) = (figure(values, field)?, figure(values, of)?);
                (given > whole).then(|| Fault::MoreThan { label: label(field), given, of: label(of), whole })
            }
            Check::SumsTo { parts, total } => {
                let given = figure(values, total)?;
                parts.iter().find_map(|p| figure(values, p))?;
                let sum = parts.iter().try_fold(0_i64, |sum, p| sum.checked_add(part(values, p)?))?;
                (sum != given).then(|| Fault::SumDiffers {
                    parts: parts.iter().filter_map(|p| self.term(p, values)).collect(),
                    sum,
                    total: label(total),
                    given,
                })
            }
            Check::Share { percent, part, whole } => {
                let (given, part_given, whole_given) =
                    (figure(values, percent)?, figure(values, part)?, figure(values, whole)?);
                let right =
                    Exact::fraction(i128::from(part_given) * 100, i128::from(whole_given)).hundredths()?;
                (!is_share(given, part_given, whole_given)).then(|| Fault::ShareDiffers {
                    label: label(percent),
                    given,
                    part: label(part),
                    part_given,
                    whole: label(whole),
                    whole_given,
                    right,
                })
            }
            Check::Holds(rule) => self.breaks(rule, values, beside),
            Check::Needed { .. } => None,
        }
    }

    fn breaks(&self, rule: &Rule, values: &Values, beside: &Beside) -> Option<Fault> {
        if let Some(when) = &rule.when
            && self.value(when, values, beside) != Exact::Truth(true)
        {
            return None;
        }
        let (left, right) = (self.value(&rule.left, values, beside), self.value(&rule.right, values, beside));
        let holds = Expression::new(format!("{{l}}{}{{r}}", rule.sign.text()))?
            .value(|name| if name == "l" { left } else { right });
        if holds != Exact::Truth(false) {
            return None;
        }
        let keys = rule.left.names().into_iter().chain(rule.right.names());
        let fields: Vec<&Field> = keys.filter_map(|key| self.field(&key)).collect();
        let figures = fields.iter().all(|f| f.kind.is_figure());
        let mut terms: Vec<Term> = Vec::new();
        for term in fields.iter().filter_map(|f| self.term(&f.key, values)) {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        Some(Fault::Breaks {
            said: rule.said.clone(),
            terms,
            left: left.hundredths().filter(|_| figures),
            right: right.hundredths().filter(|_| figures),
        })
    }

    /// The value of an expression over the fields. What does not concern the school counts as 0 beside figures that are there;
    /// an expression of such fields alone has no value.
    fn value(&self, expression: &Expression, values: &Values, beside: &Beside) -> Exact {
        let of = |name: &str| -> Exact {
            let (key, from) = match name.strip_prefix(LAST) {
                Some(key) => (key, beside.last),
                None if name == ENROLMENT => return beside.enrolment.map_or(Exact::Nothing, Exact::whole),
                None => (name, Some(values)),
            };
            let field = self.field(key);
            let one = field.map_or(1, |f| self.measure_in_rules(f).one);
            // A choice counts as the place of its option, from 1; a day as its number.
            let place = |option: &String| {
                let at = field
                    .filter(|f| f.kind == FieldKind::Choice)?
                    .options
                    .iter()
                    .position(|o| o == option)?;
                i64::try_from(at + 1).ok()
            };
            match from.and_then(|values| values.get(key)) {
                Some(Value::Text(option)) => place(option).map_or(Exact::Nothing, Exact::whole),
                Some(Value::Date(day)) => Exact::whole(i64::from(day.num_days_from_ce())),
                Some(Value::Figure(n)) => Exact::fraction(i128::from(*n), i128::from(one)),
                Some(Value::NotApplicable) => Exact::whole(0),
                _ => Exact::Nothing,
            }
        };
        let names = expression.names();
        let is_figure = |name: &String| {
            let counts = matches!(values.get(name), Some(Value::Figure(_) | Value::Text(_) | Value::Date(_)));
            name == ENROLMENT || name.starts_with(LAST) || counts
        };
        if !names.is_empty() && !names.iter().any(is_figure) {
            return Exact::Nothing;
        }
        expression.value(of)
    }

    fn term(&self, key: &str, values: &Values) -> Option<Term> {
        let field = self.field(key)?;
        Some(Term { label: field.label.clone(), given: figure(values, key), measure: field.measure() })
    }

    /// Whether fields are kept as they are written, and compared as they are kept.
    fn are_whole<'k>(&self, mut keys: impl Iterator<Item = &'k String>) -> bool {
        keys.all(|key| self.field(key).is_none_or(|f| f.measure() == Measure::WHOLE))
    }

    /// As figures stand in rules: in the unit of the form where all its money has the same, else in đồng.
    fn measure_in_rules(&self, field: &Field) -> Measure {
        let own = field.measure();
        let mut money = self.fields.iter().filter(|f| f.kind == FieldKind::Money);
        if field.kind == FieldKind::Money && money.any(|f| f.measure() != own) { Measure::WHOLE } else { own }
    }

    fn label(&self, key: &str) -> String {
        self.field(key).map_or_else(|| key.to_owned(), |f| f.label.clone())
    }

    /// This form in the place of an older one that schools have answered. A field that keeps its name and changes what it
    /// holds gets another key, so that an old figure is never read as the new one.
    pub fn after(mut self, old: &Self) -> Self {
        let known: Vec<&Field> = old.fields.iter().chain(&old.former).collect();
        let taken: BTreeSet<&str> = known.iter().map(|f| f.key.as_str()).collect();
        let mut renamed: Vec<(String, String)> = Vec::new();
        for field in &mut self.fields {
            let same = known.iter().find(|f| f.key == field.key);
            if same.is_some_and(|f| !f.means_the_same(field)) {
                let free =
                    (2..).map(|n| format!("{}_{n}", field.key)).find(|key| !taken.contains(key.as_str()));
                let key = free.unwrap_or_default();
                renamed.push((std::mem::replace(&mut field.key, key.clone()), key));
            }
        }
        for check in &mut self.checks {
            renamed.iter().for_each(|(from, to)| check.rename(from, to));
        }
        let asked = |f: &&&Field| self.fields.iter().any(|new| new.key == f.key);
        self.former = known.iter().filter(|f| !asked(f)).map(|f| (*f).clone()).collect();
        self.version = old.version + 1;
        self
    }
}

impl Check {
    fn rename(&mut self, from: &str, to: &str) {
        let swap = |key: &mut String| {
            if key == from {
                to.clone_into(key);
            }
        };
        let within = |expression: &mut Expression| {
            let text = expression.text().replace(&format!("{{{from}}}"), &format!("{{{to}}}"));
            if let Some(new) = Expression::new(text) {
                *expression = new;
            }
        };
        match self {
            Self::AtMost { field, of } => [field, of].into_iter().for_each(swap),
            Self::SumsTo { parts, total } => parts.iter_mut().chain([total]).for_each(swap),
            Self::Share { percent, part, whole } => [percent, part, whole].into_iter().for_each(swap),
            Self::Holds(rule) => {
                rule.when.iter_mut().chain([&mut rule.left, &mut rule.right]).for_each(within);
            }
            Self::Needed { field, when, .. } => {
                swap(field);
                within(when);
            }
        }
    }
}

impl Field {
    /// A required field without anything special.
    pub fn new(key: impl Into<String>, label: impl Into<String>, kind: FieldKind) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            aliases: Vec::new(),
            kind,
            required: true,
            unit: String::new(),
            min: None,
            max: None,
            help: String::new(),
            example: String::new(),
            options: Vec::new(),
            enrolment: false,
        }
    }

    /// What is wrong with the value of this field alone.
    fn refused(&self, values: &Values) -> Option<Fault> {
        if let (FieldKind::Choice, Some(Value::Text(given))) = (self.kind, values.get(&self.key)) {
            return (!self.options.contains(given)).then(|| Fault::NotAnOption {
                label: self.label.clone(),
                given: given.clone(),
                options: self.options.clone(),
            });
        }
        let given = figure(values, &self.key)?;
        let measure = self.measure();
        if let Some(min) = self.min.or(Some(0)).filter(|m| given < *m) {
            return Some(Fault::TooSmall { label: self.label.clone(), given, min, measure });
        }
        let max = self.max.or(measure.percent.then_some(10_000))?;
        (given > max).then(|| Fault::TooLarge { label: self.label.clone(), given, max, measure })
    }
}

/// Whether a percentage, in hundredths, is that of a part of a whole, as far as it was said: 97 % and 97,4 % and 97,36 % are
/// all right for 221 of 227, cut off or rounded.
fn is_share(percent: i64, part: i64, whole: i64) -> bool {
    let unit = match percent {
        p if p % 100 == 0 => 100,
        p if p % 10 == 0 => 10,
        _ => 1,
    };
    let above = i128::from(percent) * i128::from(whole) - i128::from(part) * 10_000;
    let unit = i128::from(unit) * i128::from(whole.max(1));
    -unit < above && above * 2 <= unit
}

/// A part of a sum: what does not concern the school adds nothing.
fn part(values: &Values, key: &str) -> Option<i64> {
    match values.get(key) {
        Some(Value::NotApplicable) => Some(0),
        _ => figure(values, key),
    }
}

fn figure(values: &Values, key: &str) -> Option<i64> {
    match values.get(key) {
        Some(Value::Figure(n)) => Some(*n),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
