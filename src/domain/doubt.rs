//! What a person should look at: what was read with a repair or a guess.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Choice, Fairness, Place};

/// Something that a person should look at: a repair, a guess, a move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Where it stands in the source; none when it is about the whole document or about now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What it is about.
    pub kind: DoubtKind,
    /// What a person can take instead of what was read, likeliest first; none when there is only the sentence to look at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

impl Doubt {
    /// Whom a task is for is in doubt.
    pub fn is_about_scope(&self) -> bool {
        const KEYS: [&str; 2] = ["doubt-scope", "doubt-scope-level"];
        let named = matches!(&self.kind, DoubtKind::Reading { key, .. } if KEYS.contains(&key.as_str()));
        named || self.choices.iter().any(|c| matches!(c, Choice::Scope(_)))
    }

    /// The reader found its deadline before the date of the document.
    pub fn is_past(&self) -> bool {
        matches!(&self.kind, DoubtKind::Reading { key, .. } if key == "doubt-past-deadline")
    }

    /// Its deadline is over at the moment of reckoning.
    pub fn is_over(&self) -> bool {
        matches!(&self.kind, DoubtKind::Unfair(Fairness::Past { .. }))
    }

    /// Its dates may be in doubt: everything but what is known to be about something else.
    pub fn is_about_dates(&self) -> bool {
        let other = |c: &Choice| matches!(c, Choice::Scope(_) | Choice::Months(_) | Choice::Requires(_));
        !self.is_about_scope() && !self.choices.iter().any(other)
    }
}

/// What a doubt is about. The words are in `locales/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoubtKind {
    /// The reader repaired or guessed something; the sentence was made by `import` from its own kinds.
    Reading {
        /// Key of the sentence in `locales/`.
        key: String,
        /// Its placeables.
        values: Vec<(String, String)>,
    },
    /// A date was taken over from another school year.
    RolledForward {
        /// The old date.
        from: NaiveDate,
        /// The new one.
        to: NaiveDate,
        /// The key of the reason why it is not the same day and month, if it is not.
        why: Option<String>,
    },
    /// Its deadline leaves the schools little room (S13); reckoned at the moment, never stored.
    Unfair(Fairness),
    /// Two dates that should agree do not, after rolling forward.
    OutsideMonth {
        /// The date.
        date: NaiveDate,
    },
}
