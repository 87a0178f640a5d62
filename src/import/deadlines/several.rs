//! Days that share a month: "ngày 5, 15, 25 hằng tháng", "ngày 12 và 15/10"; days whose month stands around them: "trước ngày
//! 10" under THÁNG MƯỜI, "ngày 25 tháng này", "ngày 20 tháng cuối quý".

use chrono::NaiveDate;

use super::scan::{Found, Scan, kind_of};
use crate::domain::{Month, Recur};
use crate::import::lead::lead;
use crate::vietnamese::{Token, TokenKind, day_at, months_at, words_at};

impl Scan<'_> {
    /// "các ngày 5, 15, 25 hằng tháng", "ngày 12 và 15/10".
    pub(super) fn several_days(&mut self, at: usize) -> Option<usize> {
        let mut days = vec![self.bare_day(at)?];
        let mut next = at + 1;
        let last = loop {
            let sign = self.tokens.get(next)?;
            if !(sign.is_sign(',') || sign.is_sign(';') || sign.is_word("va") || sign.is_sign('&')) {
                break None;
            }
            let mut place = next + 1;
            while self.tokens.get(place).is_some_and(|t| t.is_word("va") || t.is_word("ngay")) {
                place += 1;
            }
            if let Some(found) = day_at(self.text, self.tokens, place) {
                break Some(found);
            }
            days.push(self.bare_day(place)?);
            next = place + 1;
        };
        if days.windows(2).any(|pair| pair[0] >= pair[1]) {
            return None;
        }
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected || !(lead.day_word || lead.before || self.cell) {
            return None;
        }
        let (dates, recur, next) = match last {
            Some((day, after)) if !day.weak && days.last().is_some_and(|before| *before < day.day) => {
                let to = self.resolve(day, at, after)?;
                let mut dates: Vec<NaiveDate> =
                    days.iter().filter_map(|d| on_day(Month::of(to), *d)).collect();
                dates.push(to);
                (dates, None, after)
            }
            Some(_) => return None,
            None => {
                let listed = days.len() > 1 && !self.tokens.get(next).is_some_and(|t| t.is_word("thang"));
                let before = || (listed && self.said_every(lead.start, "thang")).then_some(next);
                let after = self.every(next, "thang").or_else(before)?;
                let firsts: Vec<NaiveDate> =
                    days.iter().filter_map(|day| self.first_of_the_monthly(at, *day)).collect();
                (firsts, Some(Recur::Monthly), after)
            }
        };
        let mut end = next;
        for date in dates {
            end =
                self.take(Found { kind: kind_of(&lead), date, from: None, recur, next, lead: lead.clone() });
        }
        Some(end)
    }

    /// "ngày 15 các tháng 6, 7 và 8": a day of each of these months.
    pub(super) fn day_of_months(&mut self, at: usize) -> Option<usize> {
        let day = self.bare_day(at)?;
        let of = at + 1 + usize::from(self.tokens.get(at + 1).is_some_and(|t| t.is_word("cua")));
        if !words_at(self.tokens, of, &["cac", "thang"]) {
            return None;
        }
        let (months, next) = months_at(self.text, self.tokens, of + 1)?;
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected || !(lead.day_word || lead.before || self.cell) {
            return Some(next);
        }
        let dates: Vec<NaiveDate> = months
            .iter()
            .filter_map(|said| {
                let year = said.year.unwrap_or_else(|| self.around.year_of_month(said.month));
                NaiveDate::from_ymd_opt(year, said.month, day)
            })
            .collect();
        let mut end = next;
        for date in dates {
            let lead = lead.clone();
            end = self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead });
        }
        Some(end)
    }

    /// "trước ngày 10" under a month, "ngày 25 tháng này", "ngày 20 tháng cuối quý".
    pub(super) fn day_of_the_month(&mut self, at: usize) -> Option<usize> {
        let day = self.bare_day(at)?;
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected || !(lead.day_word || (self.cell && lead.before)) {
            return None;
        }
        if let Some((place, next)) = month_of_quarter(self.tokens, at + 1) {
            let start = self.first_day(at);
            let month = (0..4).fold(Month::of(start), |month, n| {
                if n > 0 && month.month % 3 != place { month.next() } else { month }
            });
            let quarters = std::iter::successors(Some(month), |m| Some(m.next().next().next()));
            let year_end = crate::domain::SchoolYear::of(start).months().last()?;
            let dates: Vec<NaiveDate> = quarters
                .take_while(|month| *month <= year_end)
                .filter_map(|month| on_day(month, day))
                .filter(|date| *date >= start)
                .collect();
            let mut end = next;
            for date in dates {
                end = self.take(Found {
                    kind: kind_of(&lead),
                    date,
                    from: None,
                    recur: None,
                    next,
                    lead: lead.clone(),
                });
            }
            return Some(end);
        }
        let this = words_at(self.tokens, at + 1, &["thang", "nay"]);
        let alone = self.tokens.get(at + 1).is_none_or(|t| {
            t.is_sign(';') || t.is_sign('.') || t.is_sign(')') || t.is_sign(',') || t.is_word("de")
        });
        // "cụm 1 ngày 10, cụm 2 ngày 11" under one month.
        let one_month = self.around.months.len() == 1 && lead.day_word;
        if !(this || (alone && (lead.before || self.cell || one_month))) {
            return None;
        }
        let month = match self.around.months.first() {
            Some(month) => *month,
            None => Month::of(self.around.signed.filter(|_| this)?),
        };
        let date = on_day(month, day)?;
        let next = if this { at + 3 } else { at + 1 };
        Some(self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }

    /// A number that can be a day and is no part of a date.
    pub(super) fn bare_day(&self, at: usize) -> Option<u32> {
        let token = self.tokens.get(at)?;
        let joined = |t: Option<&Token>| t.is_some_and(|t| t.is_sign('/') || t.is_sign('%'));
        let before = at.checked_sub(1).and_then(|at| self.tokens.get(at));
        // "T7, 13/12": the number of a weekday.
        let lettered =
            before.is_some_and(|t| t.kind == TokenKind::Word && t.end == token.start && t.is_word("t"));
        if lettered || joined(before) || joined(self.tokens.get(at + 1)) {
            return None;
        }
        token.number().filter(|day| (1..=31).contains(day) && token.width() <= 2)
    }
}

fn on_day(month: Month, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(month.year, month.month, day)
}

/// "tháng cuối quý", "tháng đầu của quý sau": which month of a quarter, as what its number leaves when parted by three, and the
/// index after it.
fn month_of_quarter(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    const LAST: u32 = 0;
    const FIRST: u32 = 1;
    let mut at = at + usize::from(tokens.get(at).is_some_and(|t| t.is_word("cua")));
    let place = match () {
        () if words_at(tokens, at, &["thang", "cuoi"]) => LAST,
        () if words_at(tokens, at, &["thang", "dau"]) => FIRST,
        () => return None,
    };
    at += 2;
    while tokens
        .get(at)
        .is_some_and(|t| ["cung", "tien", "cua", "moi", "hang", "tung"].iter().any(|word| t.is_word(word)))
    {
        at += 1;
    }
    if !words_at(tokens, at, &["quy"]) {
        return None;
    }
    let following = ["sau", "ke", "tiep"].iter().any(|word| words_at(tokens, at + 1, &[word]));
    Some((place, at + 1 + usize::from(following)))
}
