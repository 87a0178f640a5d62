//! Days of the lunar calendar: "mùng 4 Tết", "28 Tết", "23 tháng Chạp", "15/8 âm lịch", "rằm tháng Giêng", "trước Tết Nguyên đán". They are
//! turned into ours, for a person to look at.

use chrono::{Duration, NaiveDate};

use super::scan::{Found, Scan, kind_of};
use crate::calendar::{LunarDate, tet};
use crate::domain::DueKind;
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, lead};
use crate::vietnamese::{Token, day_at, month_number_at, words_at};

/// The last month of the lunar year, tháng Chạp.
const LAST: u32 = 12;
/// The middle of a lunar month, rằm.
const MIDDLE: u32 = 15;

impl Scan<'_> {
    /// "mùng 4 Tết", "mùng 10 tháng Giêng", "rằm tháng 8 âm lịch", "trước Tết Nguyên đán": the day of our calendar, for a person to
    /// look at. With a date of our calendar behind it nothing is left open, nor is "trước Tết" beside any.
    pub(super) fn lunar(&mut self, at: usize) -> Option<usize> {
        if words_at(self.tokens, at, &["tet"]) {
            return self.new_year(at);
        }
        let (said, next) = self.first_days(at).or_else(|| self.full_moon(at))?;
        let dated = (next..self.tokens.len()).any(|n| day_at(self.text, self.tokens, n).is_some());
        let lead = lead(self.text, self.tokens, at);
        if dated || lead.rejected || !(lead.strong || self.cell) {
            return Some(next);
        }
        self.take_lunar(said, at, next, lead)
    }

    /// "mùng 4 Tết", "mùng 10 tháng Giêng".
    fn first_days(&self, at: usize) -> Option<(LunarDate, usize)> {
        let first = self.tokens.get(at).filter(|t| t.is_word("mung") || t.is_word("mong"))?;
        let day =
            self.tokens.get(at + 1).and_then(Token::number).filter(|day| *day <= 10 && first.end > 0)?;
        let feast = self.tokens.get(at + 2).is_some_and(|t| t.is_word("tet"));
        // "mùng 3 Tết Dương lịch"
        let solar = feast && words_at(self.tokens, at + 3, &["duong"]);
        let next = if feast { at + 3 } else { at + 4 };
        let said = !solar && (feast || words_at(self.tokens, at + 2, &["thang", "gieng"]));
        said.then(|| (LunarDate::new(self.around.year_of_month(2), 1, day), next))
    }

    /// "rằm tháng 8 âm lịch", "rằm tháng Giêng", "rằm Trung thu".
    fn full_moon(&self, at: usize) -> Option<(LunarDate, usize)> {
        const AUTUMN: u32 = 8;
        let printed = |t: &Token| self.text.get(t.start..t.end).map(str::to_lowercase);
        let first = self.tokens.get(at).filter(|t| t.is_word("ram"))?;
        if !matches!(printed(first).as_deref(), Some("rằm" | "ram")) {
            return None;
        }
        let named = |words: &[&str]| words_at(self.tokens, at + 1, words).then_some(at + 1 + words.len());
        let (month, next) = named(&["trung", "thu"])
            .map(|next| (AUTUMN, next))
            .or_else(|| named(&["thang", "gieng"]).map(|next| (1, next)))
            .or_else(|| named(&["thang", "chap"]).map(|next| (LAST, next)))
            .or_else(|| {
                let after = named(&["thang"])?;
                month_number_at(self.text, self.tokens, after)
            })?;
        let next = if words_at(self.tokens, next, &["am", "lich"]) { next + 2 } else { next };
        // A lunar month lies a month or so behind ours of the same number; the last one ends in the next year.
        let year = self.around.year_of_month(if month == LAST { 1 } else { month + 1 });
        Some((LunarDate::new(if month == LAST { year - 1 } else { year }, month, MIDDLE), next))
    }

    /// "28 Tết", "30 Tết": a day of the last month. Not every year has a 30th.
    pub(super) fn eve(&mut self, at: usize) -> Option<usize> {
        let day = self.tokens.get(at)?.number().filter(|day| (20..=30).contains(day))?;
        if !words_at(self.tokens, at + 1, &["tet"]) {
            return None;
        }
        let (year, next) = self.year_of_the_feast(at + 2);
        let dated = (next..self.tokens.len()).any(|n| day_at(self.text, self.tokens, n).is_some());
        let lead = lead(self.text, self.tokens, at);
        if dated || lead.rejected || !(lead.strong || self.cell) {
            return Some(next);
        }
        self.take_lunar(LunarDate::new(year - 1, LAST, day), at, next, lead)
    }

    /// "trước Tết Nguyên đán 2027", "trước Tết 07 ngày": to be done before the first day of the lunar year.
    fn new_year(&mut self, at: usize) -> Option<usize> {
        const OTHERS: [&str; 6] = ["trung", "thieu", "duong", "doan", "trong", "khai"];
        let lead = lead(self.text, self.tokens, at);
        let limit = at.checked_sub(1).is_some_and(|before| self.tokens[before].is_word("truoc"));
        let capital = self.tokens.get(at).is_some_and(|t| t.capital);
        let mut next = at + 1;
        if OTHERS.iter().any(|word| words_at(self.tokens, next, &[word])) {
            return None;
        }
        for words in [&["nguyen", "dan"][..], &["am", "lich"], &["co", "truyen"]] {
            next += if words_at(self.tokens, next, words) { words.len() } else { 0 };
        }
        let (year, next) = self.year_of_the_feast(next);
        let dated = (0..self.tokens.len()).any(|n| day_at(self.text, self.tokens, n).is_some());
        // "trước Tết 07 ngày"
        let days = self.tokens.get(next).and_then(Token::number);
        let days = days.filter(|_| words_at(self.tokens, next + 1, &["ngay"]));
        let ends =
            self.tokens.get(next).is_none_or(|t| [',', ';', '.', ')'].iter().any(|sign| t.is_sign(*sign)));
        let dated = dated || !(self.cell || self.item.time.is_empty());
        if !limit || !capital || dated || lead.rejected || !(ends || days.is_some()) {
            return Some(next);
        }
        let date = tet(year)? - Duration::days(days.unwrap_or(1).into());
        let next = next + if days.is_some() { 2 } else { 0 };
        let printed = self.quote(lead.start, next);
        self.doubt(DoubtKind::LunarDay { printed, date });
        Some(self.take(Found { kind: DueKind::Before, date, from: None, recur: None, next, lead }))
    }

    /// "Tết Đinh Mùi 2027", "Tết 2027": the year of a feast, as printed behind it or that of the next one; the index after it.
    fn year_of_the_feast(&self, at: usize) -> (i32, usize) {
        const STEMS: [&str; 10] = ["giap", "at", "binh", "dinh", "mau", "ky", "canh", "tan", "nham", "quy"];
        let named = STEMS.iter().any(|stem| words_at(self.tokens, at, &[stem]));
        let place = at + if named { 2 } else { 0 };
        let place = place + usize::from(words_at(self.tokens, place, &["nam"]));
        let printed = self.tokens.get(place).filter(|t| t.width() == 4).and_then(Token::number);
        let printed =
            printed.filter(|year| (2000..=2100).contains(year)).and_then(|year| i32::try_from(year).ok());
        match printed {
            Some(year) => (year, place + 1),
            None => (self.around.year_of_month(2), if named { at + 2 } else { at }),
        }
    }

    pub(super) fn take_lunar(
        &mut self,
        said: LunarDate,
        at: usize,
        next: usize,
        lead: Lead,
    ) -> Option<usize> {
        let printed = self.quote(at, next);
        let Some(date) = said.to_solar() else {
            self.doubt(DoubtKind::ImpossibleDate { printed });
            return Some(next);
        };
        self.doubt(DoubtKind::LunarDay { printed, date });
        if lead.from && !lead.before {
            self.close_open();
            self.open = Some((date, lead.start, next));
            return Some(next);
        }
        Some(self.take_joined(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }
}

/// The last day of the year that has no 30th of its last month, and New Year's Day: what "30 Tết" may mean.
pub fn around_new_year(year: i32) -> Vec<NaiveDate> {
    tet(year).map_or_else(Vec::new, |first| vec![first - Duration::days(1), first])
}

/// "15/8 âm lịch", "23 tháng Chạp", "mùng 10 tháng Giêng": the index after the words of a lunar day.
pub(super) fn lunar_until(tokens: &[Token], at: usize, next: usize) -> Option<usize> {
    if words_at(tokens, next, &["am", "lich"]) {
        return Some(next + 2);
    }
    let month = tokens.get(at + 2)?;
    (next == at + 3 && (month.is_word("chap") || month.is_word("gieng"))).then_some(next)
}
