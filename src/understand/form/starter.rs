//! The forms of the usual reports, as data: `starter.toml` is compiled in, and an office's own file has the same shape.

use std::sync::LazyLock;

use serde::Deserialize;

use super::line;
use crate::domain::{CommandProblem, Form};

/// A form that a specialist can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starter {
    /// As it is typed: `candolan1`.
    pub key: String,
    /// Its name.
    pub title: String,
    /// The form.
    pub form: Form,
}

/// Why a file of forms cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StarterError {
    /// It is no such file.
    #[error("{0}")]
    Toml(String),
    /// A line of one form cannot be read.
    #[error("form {key}: {problem:?}")]
    Form {
        /// The form.
        key: String,
        /// What is wrong.
        problem: CommandProblem,
    },
    /// Two forms share a key.
    #[error("form {0} stands there twice")]
    Twice(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    form: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    keys: Vec<String>,
    titles: Vec<String>,
    fields: Vec<String>,
    #[serde(default)]
    rules: Vec<String>,
}

/// The starter set as a file, to begin one's own with.
pub const STARTER_FILE: &str = include_str!("starter.toml");

/// The starter set.
pub fn starters() -> &'static [Starter] {
    static SET: LazyLock<Vec<Starter>> = LazyLock::new(|| starters_in(STARTER_FILE).unwrap_or_default());
    &SET
}

/// The forms of a file.
///
/// # Errors
/// With the form and the part of it that cannot be read.
pub fn starters_in(text: &str) -> Result<Vec<Starter>, StarterError> {
    let file: File = toml::from_str(text).map_err(|e| StarterError::Toml(e.to_string()))?;
    let mut found: Vec<Starter> = Vec::new();
    for entry in file.form {
        let first = entry.keys.first().cloned().unwrap_or_default();
        let fault = |problem| StarterError::Form { key: first.clone(), problem };
        let mut form = line::form_of(entry.fields.iter().map(String::as_str)).map_err(fault)?;
        for rule in &entry.rules {
            line::add(&mut form, rule).map_err(fault)?;
        }
        for (key, title) in entry.keys.into_iter().zip(entry.titles) {
            if found.iter().any(|s| s.key == key) {
                return Err(StarterError::Twice(key));
            }
            found.push(Starter { key, title, form: form.clone() });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Beside, Check, FieldKind, Value, Values};

    #[test]
    fn every_usual_report_has_its_form() {
        starters_in(STARTER_FILE).unwrap();
        let keys: Vec<&str> = starters().iter().map(|s| s.key.as_str()).collect();
        assert_eq!(
            keys,
            [
                "candolan1",
                "candolan2",
                "candolan3",
                "thongkedaunam",
                "thongkecuoinam",
                "phocap5tuoi",
                "tuyensinh",
                "yte",
                "ngoaiconglap",
                "siso",
                "thidua"
            ]
        );
        for starter in starters() {
            assert!(!starter.title.is_empty() && starter.form.fields.len() >= 5, "{}", starter.key);
            assert!(!starter.form.checks.is_empty(), "{} checks nothing", starter.key);
            assert!(starter.form.fields.iter().any(|f| f.required), "{} asks nothing", starter.key);
        }
    }

    /// A school where everything is 0, or does not concern it, contradicts nothing; more parts than the whole always do.
    #[test]
    fn the_checks_of_every_form_can_be_kept_and_broken() {
        for starter in starters() {
            let fill = |figure: i64| -> Values {
                let figures = starter.form.fields.iter().filter(|f| f.kind == FieldKind::Count);
                figures.map(|f| (f.key.clone(), Value::Figure(figure.max(f.min.unwrap_or(0))))).collect()
            };
            let mut broken = fill(1);
            for check in &starter.form.checks {
                if let Check::AtMost { field, .. } = check {
                    broken.insert(field.clone(), Value::Figure(999_999));
                }
            }
            let faults = starter.form.contradictions(&broken, &Beside::default());
            assert!(!faults.is_empty(), "{}: nothing is refused", starter.key);
        }
    }

    /// What schools are shown as an example is an answer that would be taken.
    #[test]
    fn the_examples_of_every_form_keep_its_checks() {
        let now = chrono::NaiveDate::from_ymd_opt(2026, 10, 14).unwrap().and_hms_opt(9, 0, 0).unwrap();
        for starter in starters() {
            let value = |f: &crate::domain::Field| {
                let typed = f.options.first().unwrap_or(&f.example);
                let value = crate::understand::field_value(f, typed, now)?;
                Some((f.key.clone(), value.unwrap_or_else(|()| panic!("{}: {}", starter.key, f.label))))
            };
            let mut values: Values = starter.form.fields.iter().filter_map(value).collect();
            assert_eq!(starter.form.contradictions(&values, &Beside::default()), [], "{}", starter.key);
            assert!(starter.form.is_complete(&values, &Beside::default()), "{}", starter.key);
            // Optional figures may be left out.
            values.retain(|key, _| starter.form.field(key).is_some_and(|f| f.required));
            assert_eq!(starter.form.contradictions(&values, &Beside::default()), [], "{}", starter.key);
        }
    }

    #[test]
    fn a_bad_file_is_told_with_its_form() {
        assert!(matches!(starters_in("x = 1"), Err(StarterError::Toml(_))));
        let bad =
            "[[form]]\nkeys = [\"a\"]\ntitles = [\"A\"]\nfields = [\"tổng\"]\nrules = [\"tổng + gì <= 3\"]\n";
        assert!(matches!(starters_in(bad), Err(StarterError::Form { key, .. }) if key == "a"));
    }
}
