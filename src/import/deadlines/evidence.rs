//! Whether a number is a date here, and in which year and from which day on it counts.

use chrono::{Datelike, NaiveDate};

use super::Scan;
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, is_name};
use crate::vietnamese::{DaySaid, TokenKind, YearSaid, day_at, words_at};

impl Scan<'_> {
    /// Whether a day counts as a date here: in a cell always, in a sentence by what stands around it.
    pub(super) fn counts(&self, at: usize, lead: &Lead, sure: bool) -> bool {
        if lead.strong {
            return lead.day_word
                || lead.before
                || lead.from
                || !is_name(self.tokens, lead.start)
                || lead.bracket;
        }
        if is_name(self.tokens, at) {
            return false;
        }
        let sign = at.checked_sub(1).and_then(|n| self.tokens.get(n));
        let after_sign =
            sign.is_some_and(|t| t.is_sign(',') || t.is_sign(';') || t.is_sign(':') || t.is_word("va"));
        let in_list = after_sign && self.listed == Some(at.saturating_sub(1));
        self.cell || in_list || (sure && after_sign) || self.closes_a_clause(at)
    }

    /// "Khai giảng 5/9." under September: nothing but a day of the month ends a clause so.
    pub(super) fn closes_a_clause(&self, at: usize) -> bool {
        let Some((day, next)) = day_at(self.text, self.tokens, at) else { return false };
        let ends = self.tokens.get(next).is_none_or(|t| {
            let new_line = self.text[self.tokens[next - 1].end..t.start].contains('\n');
            new_line || matches!(t.folded.as_str(), ";" | "." | ")" | ",")
        });
        let word = at.checked_sub(1).is_some_and(|before| self.tokens[before].kind == TokenKind::Word);
        let own_month = self.around.months.iter().any(|month| month.month == day.month);
        ends && word && own_month && !day.weak && day.day != day.month
    }

    /// "20/9, 20/12/2026": the year stands once, with the last day of the list.
    pub(super) fn year_of_the_list(&self, next: usize, day: DaySaid) -> Option<YearSaid> {
        let sign = self.tokens.get(next).filter(|t| t.is_sign(',') || t.is_word("va"))?;
        let at = next + 1;
        let (other, after) =
            day_at(self.text, self.tokens, at).filter(|_| sign.start >= self.tokens[next - 1].end)?;
        let year = other.year.or_else(|| self.year_of_the_list(after, other));
        year.filter(|_| (other.month, other.day) > (day.month, day.day))
    }

    /// "hằng tháng", "hàng tuần", "mỗi ngày" at `at`: the index after it.
    pub(super) fn every(&self, at: usize, unit: &str) -> Option<usize> {
        let long = ["hang", "moi"].iter().any(|word| words_at(self.tokens, at, &[word, unit]));
        (long || words_at(self.tokens, at, &["cua", "moi", unit])).then_some(at + 2)
    }

    /// From when on a recurrence runs.
    pub(super) fn first_day(&self) -> NaiveDate {
        let month = self.around.months.first().map(|m| m.first_day());
        match (month, self.around.issued) {
            (Some(month), Some(issued))
                if issued.year() == month.year() && issued.month() == month.month() =>
            {
                issued
            }
            (Some(month), _) => month,
            (None, Some(issued)) => issued,
            (None, None) => self
                .around
                .school_year
                .and_then(|year| NaiveDate::from_ymd_opt(year.0, 9, 1))
                .unwrap_or_default(),
        }
    }

    pub(super) fn resolve(&mut self, day: DaySaid, at: usize, next: usize) -> Option<NaiveDate> {
        let printed = self.quote(at, next);
        let Some(resolved) = self.around.resolve(day, &printed) else {
            self.doubt(DoubtKind::ImpossibleDate { printed });
            return None;
        };
        if let Some(kind) = resolved.doubt {
            self.doubt(kind);
        }
        if day.repaired {
            let read = format!("{}/{}", day.day, day.month);
            self.doubt(DoubtKind::DigitsRepaired { printed, read });
        }
        Some(resolved.date)
    }
}
