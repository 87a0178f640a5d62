//! A document of the office: what it says of itself, and what became of it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{DirectiveId, Doubt, MemberId, OfficeId, ScheduleId, Urgency};

/// Văn bản: one file that an officer sent and that was read. It stays in the archive whatever becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Its id.
    pub id: DirectiveId,
    /// The office.
    pub office: OfficeId,
    /// Number and symbol as printed: "155/PGDĐT-GDMN"; none when it was left blank.
    pub number: Option<String>,
    /// The same as it is looked up: folded, without spaces; empty when there is none.
    pub number_key: String,
    /// The day of issue, where it is wholly printed.
    pub issued_on: Option<NaiveDate>,
    /// Who issued it, in short form.
    pub issuer: Option<String>,
    /// Trích yếu; the name of the file when it has none.
    pub subject: String,
    /// What the office calls such a document: "công văn", "kế hoạch".
    pub kind: Option<String>,
    /// The name under it.
    pub signer: Option<String>,
    /// Its stamp.
    pub urgency: Urgency,
    /// What became of it.
    pub state: DirectiveState,
    /// The schedule that it became; none when its tasks stand for themselves.
    pub schedule: Option<ScheduleId>,
    /// The name of the file.
    pub file_name: String,
    /// SHA-256 of the bytes of the file, in hexadecimal.
    pub sha256: String,
    /// Who sent it; none when it came by the command line.
    pub sent_by: Option<MemberId>,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// What a person should look at in the document as a whole.
    pub doubts: Vec<Doubt>,
}

/// What became of a directive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectiveState {
    /// A person has not agreed to its tasks yet.
    Draft,
    /// Its tasks are out, or wait for their months.
    Active,
    /// The draft was dropped.
    Dropped,
    /// Another directive has taken its place.
    Replaced,
}

impl Directive {
    /// The figures of its number: 155 of "155/PGDĐT-GDMN".
    pub fn figures(&self) -> Option<u32> {
        figures_of(&self.number_key)
    }
}

/// The figures before the symbol of a number.
fn figures_of(number: &str) -> Option<u32> {
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_number_stand_before_its_symbol() {
        for (number, figures) in
            [("155/pgddt-gdmn", Some(155)), ("07/tb", Some(7)), ("/bc", None), ("", None), ("12", Some(12))]
        {
            assert_eq!(figures_of(number), figures, "{number}");
        }
    }
}
