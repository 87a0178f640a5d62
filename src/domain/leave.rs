//! Leave: who is away, from when until when, and who stands in.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Member, MemberId};

/// The leave of a member. What is said to the member meanwhile is said to who stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day; none until the person says that they are back.
    pub until: Option<NaiveDate>,
    /// Who stands in; none while nobody has joined for it.
    pub stand_in: Option<MemberId>,
    /// How who stands in was called.
    pub named: String,
}

impl Member {
    /// Whether the person is on leave on a day.
    pub fn is_away_on(&self, day: NaiveDate) -> bool {
        self.leave.as_ref().is_some_and(|l| l.from <= day && l.until.is_none_or(|until| day <= until))
    }

    /// Whether the person is here on a day and can be written to privately.
    pub fn is_reachable_on(&self, day: NaiveDate) -> bool {
        !self.is_away_on(day) && !self.private_chats.is_empty()
    }
}
