//! What is printed like a date and cannot be one: "31/9", "30 tháng 02 năm 2027", "15/13/2026", a range that ends before it
//! begins. Asked about, never guessed.

use chrono::NaiveDate;

use super::scan::{Found, Scan, counts_something, kind_of, touch};
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, lead};
use crate::vietnamese::{day_at, torn_day_at, unreal_day_at};

/// A range whose ends were swapped within a year goes on over New Year; one of more days than this does not.
const LONGEST: i64 = 300;

/// Whether a beginning lies so long after its end that it is a slip, and not the turn of a year.
pub(super) fn is_reversed(from: NaiveDate, to: NaiveDate) -> bool {
    from > to && (from - to).num_days() < 365 - LONGEST
}

impl Scan<'_> {
    /// "trước ngày 20/92026", "209/2026": a day that lost a slash; taken, and asked about.
    pub(super) fn torn(&mut self, at: usize) -> Option<usize> {
        let (day, next) = torn_day_at(self.tokens, at)?;
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected || self.dead[next - 1] || !(lead.before || lead.day_word) {
            return None;
        }
        let date = self.resolve(day, at, next)?;
        let printed = self.quote(at, next);
        let read = date.format("%d/%m/%Y").to_string();
        self.doubt(DoubtKind::SlashLost { printed, read });
        let kind = kind_of(&lead);
        Some(self.take_joined(Found { kind, date, from: None, recur: None, next, lead }))
    }

    /// "31/9", "31 tháng 11 năm 2026", "32/10/2026": a day that no year has, where the words say that a day stands there.
    pub(super) fn impossible(&mut self, at: usize) -> Option<usize> {
        if day_at(self.text, self.tokens, at).is_some() {
            return None;
        }
        let (said, next) = unreal_day_at(self.text, self.tokens, at)?;
        let lead = lead(self.text, self.tokens, at);
        let limited = lead.before || lead.day_word;
        // Without a year "24/24 giờ" and "12/13 trẻ" look the same.
        let sure = said.words
            || said.year.is_some()
            || ((29..=31).contains(&said.day) && said.month <= 12)
            || !counts_something(self.text, self.tokens, next);
        if !limited || lead.rejected || !sure {
            return None;
        }
        let begins = self.drop_the_beginning(&lead);
        let printed = self.quote(begins.unwrap_or(lead.start), next);
        self.doubt(DoubtKind::ImpossibleDate { printed });
        Some(next)
    }

    /// "từ ngày 28/10 đến ngày 31/11": the beginning of what has no end is no deadline. The first token of it, where one was open.
    pub(super) fn drop_the_beginning(&mut self, lead: &Lead) -> Option<usize> {
        let tokens = self.tokens;
        let (_, start, _) = self.open.take_if(|open| lead.to && touch(tokens, open.2, lead.start))?;
        Some(start)
    }

    /// Asks about a range that ends before it begins.
    pub(super) fn doubt_reversed(&mut self, start: usize, next: usize, from: NaiveDate, to: NaiveDate) {
        let printed = self.quote(start, next);
        self.doubt(DoubtKind::ReversedRange { printed, from, to });
    }
}
