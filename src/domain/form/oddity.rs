//! What is possible and yet odd: asked about once, and kept with the reason.

use serde::{Deserialize, Serialize};

use super::{Beside, Form, Measure, figure};
use crate::domain::Values;

/// A change below this many pieces is never odd: three thin children more are no slip.
const SMALL: i64 = 30;
/// So many figures, all as they were last time, are perhaps last time's sheet; fewer when one of them is not small.
const ALIKE: usize = 4;
const ALIKE_AND_LARGE: usize = 2;

/// A figure that can be right and looks like a slip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Oddity {
    /// A digit more or less than the figure it is compared with.
    TenFold {
        /// Label of the field.
        label: String,
        /// What was given.
        given: i64,
        /// What it is compared with.
        usual: i64,
        /// That is the register's figure; last time's otherwise.
        register: bool,
        /// How both are written.
        #[serde(default)]
        measure: Measure,
    },
    /// More than half away from last time.
    Jump {
        /// Label of the field.
        label: String,
        /// What was given.
        given: i64,
        /// Last time's.
        last: i64,
        /// How both are written.
        #[serde(default)]
        measure: Measure,
    },
    /// Far from the register's enrolment.
    NotEnrolment {
        /// Label of the field.
        label: String,
        /// What was given.
        given: i64,
        /// The register's.
        enrolled: i64,
    },
    /// Every figure is last time's.
    SameAsLast {
        /// How many.
        figures: usize,
    },
}

impl Oddity {
    /// The label of its field; none for the form as a whole.
    pub fn label(&self) -> Option<&str> {
        match self {
            Self::TenFold { label, .. } | Self::Jump { label, .. } | Self::NotEnrolment { label, .. } => {
                Some(label)
            }
            Self::SameAsLast { .. } => None,
        }
    }

    /// The figure that was given; none for the form as a whole.
    pub fn given(&self) -> Option<i64> {
        match self {
            Self::TenFold { given, .. } | Self::Jump { given, .. } | Self::NotEnrolment { given, .. } => {
                Some(*given)
            }
            Self::SameAsLast { .. } => None,
        }
    }

    /// Whether the value is close to one that the school gave to the same task before and that was taken: a small correction
    /// of it needs no second explanation.
    pub fn is_near(&self, before: i64) -> bool {
        match self {
            Self::TenFold { given, .. } | Self::Jump { given, .. } | Self::NotEnrolment { given, .. } => {
                !is_ten_fold(*given, before) && !is_far(*given, before, 2)
            }
            Self::SameAsLast { .. } => false,
        }
    }
}

/// An odd value that was kept, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What is odd.
    pub oddity: Oddity,
    /// The school's words; empty when it only said that it is right.
    pub reason: String,
}

impl Form {
    /// What is odd about these values, field by field, the weightiest for each.
    pub fn oddities(&self, values: &Values, beside: &Beside) -> Vec<Oddity> {
        let mut found: Vec<Oddity> = Vec::new();
        let (mut alike, mut compared, mut large) = (0, 0, false);
        for field in self.fields.iter().filter(|f| f.kind.is_figure()) {
            let Some(given) = figure(values, &field.key) else { continue };
            let measure = field.measure();
            let last = beside.last.and_then(|last| figure(last, &field.key));
            let enrolled = beside.enrolment.filter(|_| field.enrolment);
            if let Some(last) = last {
                compared += 1;
                large |= given >= SMALL;
                alike += usize::from(last == given);
            }
            let ten = |usual: Option<i64>, register| {
                let usual = usual.filter(|usual| is_ten_fold(given, *usual))?;
                Some(Oddity::TenFold { label: field.label.clone(), given, usual, register, measure })
            };
            // Where nothing else tells what is usual, the school's own answer does.
            let before = beside.before.filter(|_| last.is_none() && enrolled.is_none());
            let before = before.and_then(|before| figure(before, &field.key));
            let odd = ten(last, false)
                .or_else(|| ten(enrolled, true))
                .or_else(|| ten(before, false))
                .or_else(|| {
                    let enrolled = enrolled.filter(|e| is_far(given, *e, 4))?;
                    Some(Oddity::NotEnrolment { label: field.label.clone(), given, enrolled })
                })
                .or_else(|| {
                    let last = last.filter(|last| is_far(given, *last, 2))?;
                    Some(Oddity::Jump { label: field.label.clone(), given, last, measure })
                });
            found.extend(odd);
        }
        if (compared >= ALIKE || large && compared >= ALIKE_AND_LARGE) && alike == compared {
            found.push(Oddity::SameAsLast { figures: alike });
        }
        found
    }
}

/// A digit was added or dropped: 3370 for 337, 33 for 337.
fn is_ten_fold(given: i64, usual: i64) -> bool {
    let (small, large) = (given.min(usual), given.max(usual));
    small >= 10 && (8..=12).contains(&(large / small)) && large.saturating_sub(small) >= SMALL
}

/// Away by more than one `share`-th of the usual figure, and by no small number.
fn is_far(given: i64, usual: i64, share: i64) -> bool {
    let away = given.abs_diff(usual);
    usual > 0 && away >= SMALL.unsigned_abs() && away > (usual / share).unsigned_abs()
}
