//! Days at the edge of a month, and days counted back from another: "ngày làm việc cuối cùng của tháng 11", "trước 2 ngày so với
//! ngày khai mạc (20/11/2026)".

use chrono::{Duration, NaiveDate};

use super::scan::{Found, Scan, kind_of};
use crate::calendar::{Closures, WorkCalendar};
use crate::domain::{DueKind, Month, Recur};
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, lead};
use crate::vietnamese::{day_at, is_month_word, months_at, words_at};

impl Scan<'_> {
    /// "ngày làm việc cuối cùng của tháng 11", "ngày cuối tháng", "ngày làm việc đầu tiên của mỗi tháng": without a month of its own
    /// that of the item. Of each month it is the first of them, and asked about: no rule of ours says which day follows.
    pub(super) fn edge_of_a_month(&mut self, at: usize) -> Option<usize> {
        if !words_at(self.tokens, at, &["ngay"]) {
            return None;
        }
        let working = words_at(self.tokens, at + 1, &["lam", "viec"]);
        let mut next = at + if working { 3 } else { 1 };
        let last = match self.tokens.get(next)?.folded.as_str() {
            "cuoi" => true,
            "dau" => false,
            _ => return None,
        };
        next += 1;
        next += usize::from(["cung", "tien"].iter().any(|word| words_at(self.tokens, next, &[word])));
        next += usize::from(words_at(self.tokens, next, &["cua"]));
        let every = self.every(next, "thang");
        let named = is_month_word(self.tokens.get(next)).then(|| months_at(self.text, self.tokens, next));
        let (month, next) = match (every, named.flatten()) {
            (Some(after), _) => (Month::of(self.first_day(at)), after),
            (None, Some((said, after))) => {
                let said = said.first()?;
                let year = said.year.unwrap_or_else(|| self.around.year_of_month(said.month));
                (Month::new(year, said.month)?, after)
            }
            (None, None) => {
                let after = words_at(self.tokens, next, &["thang"]).then_some(next + 1)?;
                (*self.around.months.first()?, after)
            }
        };
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected {
            return Some(next);
        }
        let date = edge(month, last, working);
        if every.is_some() {
            let printed = self.quote(at, next);
            self.doubt(DoubtKind::SaidToRecur { printed, recur: Recur::Monthly, date });
        }
        Some(self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }

    /// "trước 2 ngày so với ngày khai mạc (20/11/2026)": so many days before a day that is printed right behind.
    pub(super) fn counted_back(&mut self, at: usize) -> Option<usize> {
        /// So many words name the day that is counted from.
        const NAMED: usize = 9;
        const FROM: [&[&str]; 3] = [&["so", "voi"], &["tinh", "den"], &["truoc"]];
        let count = self.tokens.get(at)?.number().filter(|count| (1..=60).contains(count))?;
        let limit = at.checked_sub(1).filter(|before| words_at(self.tokens, *before, &["truoc"]))?;
        let unit = words_at(self.tokens, at + 1, &["ngay"]).then_some(at + 2)?;
        let working = words_at(self.tokens, unit, &["lam", "viec"]);
        let from = unit + if working { 2 } else { 0 };
        let from =
            FROM.iter().find(|words| words_at(self.tokens, from, words)).map(|words| from + words.len())?;
        let end = (from + NAMED).min(self.tokens.len());
        let stop = |at: &usize| self.tokens[*at].is_sign(';') || self.tokens[*at].is_sign('.');
        let place = (from..end)
            .take_while(|at| !stop(at))
            .find(|at| day_at(self.text, self.tokens, *at).is_some())?;
        let (day, next) = day_at(self.text, self.tokens, place)?;
        let held = self.around.resolve(day, "")?.date;
        let date = if working {
            WorkCalendar::monday_to_friday(Closures::default()).working_days_before(held, count)
        } else {
            held - Duration::days(count.into())
        };
        let next = next + usize::from(self.tokens.get(next).is_some_and(|t| t.is_sign(')')));
        let lead = Lead { start: limit, before: true, strong: true, ..Lead::default() };
        Some(self.take(Found { kind: DueKind::Before, date, from: None, recur: None, next, lead }))
    }

    /// "(riêng tháng 12 gửi trước ngày 15)": a day of the month that the exception names.
    pub(super) fn day_of_an_exception(&mut self, at: usize) -> Option<usize> {
        const FAR: usize = 7;
        let day = self.bare_day(at)?;
        if self.tokens.get(at + 1).is_some_and(|t| t.is_word("thang") || t.is_range_sign()) {
            return None;
        }
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected || !(lead.before || lead.day_word) {
            return None;
        }
        let from = (lead.start.saturating_sub(FAR)..lead.start)
            .rev()
            .find(|at| words_at(self.tokens, *at, &["rieng", "thang"]))?;
        let (said, _) = months_at(self.text, self.tokens, from + 1)?;
        let said = said.first()?;
        let year = said.year.unwrap_or_else(|| self.around.year_of_month(said.month));
        let date = NaiveDate::from_ymd_opt(year, said.month, day)?;
        let next = at + 1;
        Some(self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }
}

/// The first or last day of a month, or the first or last that is worked on.
fn edge(month: Month, last: bool, working: bool) -> NaiveDate {
    let calendar = WorkCalendar::monday_to_friday(Closures::default());
    match (last, working) {
        (true, true) => calendar.previous_working_on_or_before(month.last_day()),
        (true, false) => month.last_day(),
        (false, true) => calendar.next_working_on_or_after(month.first_day()),
        (false, false) => month.first_day(),
    }
}
