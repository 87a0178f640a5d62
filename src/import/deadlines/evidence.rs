//! Whether a number is a date here, and in which year and from which day on it counts.

use chrono::{Datelike, NaiveDate};

use super::scan::Scan;
use crate::domain::Month;
use crate::import::days::DayRange;
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, is_name};
use crate::import::verbs::{clause, hands_over, is_a_paper};
use crate::vietnamese::{DaySaid, TokenKind, YearSaid, day_at, weekday_at, words_at};

impl Scan<'_> {
    /// Whether a day counts as a date here: in a cell always, in a sentence by what stands around it.
    pub(super) fn counts(&self, at: usize, lead: &Lead, sure: bool) -> bool {
        if lead.strong {
            return lead.day_word
                || lead.before
                || lead.from
                || lead.start < at
                || !is_name(self.text, self.tokens, lead.start);
        }
        if is_name(self.text, self.tokens, at) {
            return self.is_of_a_level(at);
        }
        let sign = at.checked_sub(1).and_then(|n| self.tokens.get(n));
        let after_sign = sign.is_some_and(|t| {
            t.is_sign(',') || t.is_sign(';') || t.is_sign(':') || t.is_word("va") || t.is_word("hoac")
        });
        let in_list = after_sign && self.listed == Some(at.saturating_sub(1));
        self.cell
            || in_list
            || (sure && after_sign)
            || self.closes_a_clause(at)
            || self.stands_behind_a_comma(at)
    }

    /// "… gửi Phòng sớm hơn, 03/01.": a day behind a comma that ends what is to be handed in.
    fn stands_behind_a_comma(&self, at: usize) -> bool {
        let comma = at.checked_sub(1).filter(|n| self.tokens[*n].is_sign(','));
        let word =
            comma.and_then(|n| n.checked_sub(1)).is_some_and(|n| self.tokens[n].kind == TokenKind::Word);
        let Some((day, next)) = day_at(self.text, self.tokens, at).filter(|(day, _)| word && !day.weak)
        else {
            return false;
        };
        let ends = self.tokens.get(next).is_none_or(|t| matches!(t.folded.as_str(), ";" | "." | ")"));
        let own_month = self.around.months.iter().any(|month| month.month == day.month);
        let padded = self.tokens[at].folded.starts_with('0');
        let no_share = day.day > 12 && day.day > day.month;
        ends && (own_month || padded || no_share) && hands_over(&self.clause_before(at))
    }

    /// "(hạn: 30/9/2026; bản cứng 05/10/2026)": a day behind another with nothing but a name between them.
    pub(super) fn is_next_by_name(&self, start: usize) -> bool {
        const NAME: usize = 5;
        let between = self.listed.and_then(|listed| self.tokens.get(listed..start)).unwrap_or_default();
        let Some((sign, name)) = between.split_first() else { return false };
        (sign.is_sign(';') || sign.is_sign(','))
            && (1..=NAME).contains(&name.len())
            && name.iter().all(|t| t.kind == TokenKind::Word)
            && !is_name(self.text, self.tokens, start)
    }

    /// "Khai giảng 5/9." under September: nothing but a day of the month ends a clause so.
    pub(super) fn closes_a_clause(&self, at: usize) -> bool {
        let Some((day, next)) = day_at(self.text, self.tokens, at) else { return false };
        let ends = self.tokens.get(next).is_none_or(|t| {
            let new_line = self.text[self.tokens[next - 1].end..t.start].contains('\n');
            let bracket = t.is_sign('(') && self.after_a_label(at);
            let half = ["sang", "chieu"].iter().any(|half| t.is_word(half));
            // "Ngày hội đọc sách cấp huyện 19/4 tại …" under April
            let own = || self.around.months.iter().any(|month| month.month == day.month);
            let half = half || (t.is_word("tai") && !day.weak && own());
            let another = t.is_word("va") && day_at(self.text, self.tokens, next + 1).is_some();
            new_line || bracket || half || another || matches!(t.folded.as_str(), ";" | "." | ")" | ",")
        });
        let word = at.checked_sub(1).is_some_and(|before| self.tokens[before].kind == TokenKind::Word);
        let own_month = self.around.months.iter().any(|month| month.month == day.month);
        // A share is never more than the whole: 24/12 is none.
        let labelled = self.after_a_label(at);
        let padded = |n: usize| self.tokens.get(n).is_some_and(|t| t.folded.starts_with('0'));
        // "gửi biên bản 03/6": who hands in eleven papers of which so many … does not write the first of them "03".
        let handed = padded(at) && hands_over(&self.clause_before(at));
        let no_share = (day.day > day.month
            && (day.day > 12 || own_month || labelled || !self.due.is_empty()))
            || (labelled && (padded(at) || padded(at + 2)))
            || handed;
        if day.weak {
            return ends && (word || labelled) && self.is_a_padded_day(at, own_month);
        }
        ends && (word || labelled)
            && (own_month || no_share)
            && (day.day != day.month || (labelled && (own_month || handed)))
    }

    /// "nộp danh sách 05.3": no number is written so; where it is of the item's month, or something is handed in, it is a day.
    fn is_a_padded_day(&self, at: usize, own_month: bool) -> bool {
        let padded =
            |at: usize| self.tokens.get(at).is_some_and(|t| t.width() == 2 && t.folded.starts_with('0'));
        let dot = self.tokens.get(at + 1).is_some_and(|t| t.is_sign('.'));
        // "…, biên bản 01.11"
        let paper = || {
            let before = self.tokens.get(at).and_then(|t| self.text.get(..t.start)).unwrap_or_default();
            let own = before.rsplit([',', ';', '(', ':', '.']).next().unwrap_or_default();
            is_a_paper(&clause(own))
        };
        dot && padded(at) && (own_month || hands_over(&self.clause_before(at)) || paper())
    }

    /// "tuyển trực tuyến 03-07/7, …": two days of one month between words and the end of a clause.
    pub(super) fn days_close_a_clause(&self, at: usize, range: &DayRange) -> bool {
        let ends =
            self.tokens.get(range.next).is_none_or(|t| matches!(t.folded.as_str(), ";" | "." | ")" | ","));
        let word = at.checked_sub(1).is_some_and(|before| self.tokens[before].kind == TokenKind::Word);
        let own_month = self.around.months.iter().any(|month| month.month == range.to.month);
        let padded = self.tokens[at].folded.starts_with('0');
        ends && word && (own_month || padded)
    }

    /// "Trẻ 5 tuổi: 18/5.", "đợt 1: 20/10": a date after what it is the date of.
    fn after_a_label(&self, at: usize) -> bool {
        const COUNTED: [&str; 8] = ["dat", "le", "so", "tong", "co", "duoc", "hien", "nhan"];
        let Some(colon) = at.checked_sub(1).filter(|at| self.tokens[*at].is_sign(':')) else { return false };
        let from = colon.saturating_sub(2);
        !self.tokens[from..colon].iter().any(|t| COUNTED.contains(&t.folded.as_str()))
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
        // "mỗi sáng", "mỗi buổi chiều"
        let half = |at: usize| {
            ["sang", "chieu", "toi", "trua"].iter().any(|word| words_at(self.tokens, at, &[word]))
        };
        if unit == "ngay" && words_at(self.tokens, at, &["moi"]) {
            let place = at + 1 + usize::from(words_at(self.tokens, at + 1, &["buoi"]));
            if half(place) && weekday_at(self.text, self.tokens, place + 1).is_none() {
                return Some(place + 1);
            }
        }
        (long || words_at(self.tokens, at, &["cua", "moi", unit])).then_some(at + 2)
    }

    /// From when on a recurrence runs: from the "từ ngày …" before it in its sentence, else from the item's month or the issue.
    pub(super) fn first_day(&mut self, at: usize) -> NaiveDate {
        let same_sentence = |open: &mut (NaiveDate, usize, usize)| {
            let between = self.tokens.get(open.2..at).unwrap_or_default();
            !between.iter().any(|t| t.is_sign(';') || t.is_sign('.'))
        };
        if let Some((day, ..)) = self.open.take_if(same_sentence) {
            return day;
        }
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

    /// The first such day of a month from when on it runs.
    pub(super) fn first_of_the_monthly(&mut self, at: usize, day: u32) -> Option<NaiveDate> {
        let start = self.first_day(at);
        (0..14).find_map(|n| {
            let month = (0..n).fold(Month::of(start), |m, _| m.next());
            NaiveDate::from_ymd_opt(month.year, month.month, day).filter(|date| *date >= start)
        })
    }

    /// Whether a date of our calendar ends right before a token.
    pub(super) fn said_before(&self, at: usize) -> bool {
        (at.saturating_sub(5)..at).any(|from| {
            day_at(self.text, self.tokens, from).is_some_and(|(_, next)| next == at || next + 1 == at)
        })
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
