//! What is wrong with the values of a submission.

use serde::{Deserialize, Serialize};

use super::Measure;

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
        /// How both are written.
        #[serde(default)]
        measure: Measure,
    },
    /// A figure is above the greatest one allowed.
    TooLarge {
        /// Its label.
        label: String,
        /// What was given.
        given: i64,
        /// The greatest one.
        max: i64,
        /// How both are written.
        #[serde(default)]
        measure: Measure,
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
        /// The parts.
        parts: Vec<Term>,
        /// What they add up to.
        sum: i64,
        /// Label of the total.
        total: String,
        /// What was given for it.
        given: i64,
    },
    /// A percentage is not that of its counts.
    ShareDiffers {
        /// Its label.
        label: String,
        /// What was given, in hundredths of a percent.
        given: i64,
        /// Label of the part.
        part: String,
        /// Its figure.
        part_given: i64,
        /// Label of the whole.
        whole: String,
        /// Its figure.
        whole_given: i64,
        /// What it comes to, in hundredths of a percent.
        right: i64,
    },
    /// A rule of the form does not hold.
    Breaks {
        /// The rule as the specialist wrote it.
        said: String,
        /// Its fields, those of the left side first.
        terms: Vec<Term>,
        /// What its left side comes to, in hundredths; none where days or choices are compared.
        left: Option<i64>,
        /// What its right side comes to, in hundredths.
        right: Option<i64>,
    },
    /// None of the words to choose from.
    NotAnOption {
        /// The label.
        label: String,
        /// What was given.
        given: String,
        /// What may be chosen.
        options: Vec<String>,
    },
}

/// A figure that takes part in a sum or a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its label.
    pub label: String,
    /// What was given; none where the school says that it does not concern it.
    pub given: Option<i64>,
    /// How it is written.
    #[serde(default)]
    pub measure: Measure,
}

impl Fault {
    /// The same with other words for its fields: with the cells of a workbook behind their labels.
    #[must_use]
    pub fn with_labels(mut self, worded: impl Fn(&str) -> String) -> Self {
        let labels: Vec<&mut String> = match &mut self {
            Self::Missing { label }
            | Self::TooSmall { label, .. }
            | Self::TooLarge { label, .. }
            | Self::NotAnOption { label, .. } => vec![label],
            Self::MoreThan { label, of, .. } => vec![label, of],
            Self::SumDiffers { parts, total, .. } => {
                std::iter::once(total).chain(parts.iter_mut().map(|p| &mut p.label)).collect()
            }
            Self::ShareDiffers { label, part, whole, .. } => vec![label, part, whole],
            Self::Breaks { terms, .. } => terms.iter_mut().map(|t| &mut t.label).collect(),
        };
        for label in labels {
            *label = worded(label);
        }
        self
    }

    /// The labels of the fields that it is about.
    pub fn labels(&self) -> Vec<&str> {
        match self {
            Self::Missing { label }
            | Self::TooSmall { label, .. }
            | Self::TooLarge { label, .. }
            | Self::NotAnOption { label, .. } => vec![label],
            Self::MoreThan { label, of, .. } => vec![label, of],
            Self::SumDiffers { parts, total, .. } => {
                std::iter::once(total).chain(parts.iter().map(|p| &p.label)).map(String::as_str).collect()
            }
            Self::ShareDiffers { label, part, whole, .. } => vec![label, part, whole],
            Self::Breaks { terms, .. } => terms.iter().map(|t| t.label.as_str()).collect(),
        }
    }
}
