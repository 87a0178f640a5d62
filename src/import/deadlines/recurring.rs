//! Dates that come again: "trước ngày 25 hằng tháng", "thứ Năm hằng tuần", "trước 9h00 hằng ngày".

use chrono::{Datelike, Duration, NaiveDate};

use super::scan::{Found, Scan, kind_of};
use crate::domain::{Month, Recur};
use crate::import::days::DayRange;
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, lead};
use crate::vietnamese::{TokenKind, clock_at, day_at, fold_words, months_at, weekday_at, words_at};

impl Scan<'_> {
    /// "trước ngày 25 hằng tháng"; "trước ngày 05 tháng sau", once unless the item comes again.
    pub(super) fn monthly(&mut self, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        let day = token.number().filter(|d| (1..=31).contains(d) && token.width() <= 2)?;
        let following = [&["cua", "thang", "sau"][..], &["thang", "sau"], &["cua", "thang", "ke", "tiep"]]
            .iter()
            .find(|words| words_at(self.tokens, at + 1, words))
            .map(|words| at + 1 + words.len());
        let lead = lead(self.text, self.tokens, at);
        let behind = self.every_behind(at + 1, "thang");
        let every = behind.or_else(|| self.every_month_before(at, &lead));
        let next = every.or(following)?;
        if lead.rejected || !lead.strong {
            return Some(next);
        }
        if every.is_none()
            && !self.comes_again()
            && let Some(date) = self.day_of_next_month(day)
        {
            let printed = self.quote(lead.start, next);
            self.doubt(DoubtKind::CountedFromIssue { printed, date });
            let found = Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead };
            return Some(self.take(found));
        }
        let date = self.first_of_the_monthly(at, day)?;
        let found = Found { kind: kind_of(&lead), date, from: None, recur: Some(Recur::Monthly), next, lead };
        Some(self.take(found))
    }

    /// "Hằng tháng, trước ngày 25 các trường gửi …", "báo cáo hằng tháng (trước ngày 25)": the index after a day that nothing but
    /// the words before it give a month.
    fn every_month_before(&self, at: usize, lead: &Lead) -> Option<usize> {
        let said = self.bare_day(at).is_some() && (lead.day_word || lead.before);
        let (said, mut next) = (said && self.said_every(lead.start, "thang"), at + 1);
        // "trước ngày 25 của tháng"
        for words in [&["cua", "thang"][..], &["trong", "thang"]] {
            let named = self.tokens.get(next + 2).is_some_and(|t| t.number().is_some() || t.is_word("sau"));
            next += if words_at(self.tokens, next, words) && !named { words.len() } else { 0 };
        }
        let counted = self.tokens.get(next).is_some_and(|t| {
            t.is_word("thang")
                || t.is_word("ngay")
                || t.is_range_sign()
                || (!lead.day_word && t.kind == TokenKind::Word)
        });
        (said && !counted).then_some(next)
    }

    /// Whether "hằng tháng", "mỗi tuần", "hằng ngày" is said before a place in its sentence, or in the heading over the item.
    pub(super) fn said_every(&self, start: usize, unit: &str) -> bool {
        /// So many words on, something else is spoken of.
        const FAR: usize = 30;
        let from = start.saturating_sub(FAR);
        let sentence = (from..start).rev().take_while(|at| {
            let token = &self.tokens[*at];
            let full = token.is_sign('.') && self.tokens.get(at + 1).is_some_and(|t| t.capital);
            !(full || token.is_sign(';'))
        });
        let said = sentence.into_iter().any(|at| self.every(at, unit).is_some());
        let heading = || {
            let words = format!(" {} ", fold_words(self.item.heading.as_deref().unwrap_or_default()));
            [" hang ", " moi "].iter().any(|every| words.contains(&format!("{every}{unit} ")))
        };
        said || (self.around.months.is_empty() && heading())
    }

    /// "hằng tháng", "(hằng tháng)", ", định kỳ hằng tháng" behind a day: the index after it.
    fn every_behind(&self, at: usize, unit: &str) -> Option<usize> {
        let mut at = at;
        while self.tokens.get(at).is_some_and(|t| {
            t.is_sign(',')
                || t.is_sign('(')
                || ["dinh", "ky", "vao", "cua"].iter().any(|word| t.is_word(word))
        }) {
            if let Some(next) = self.every(at, unit) {
                return Some(next);
            }
            at += 1;
        }
        self.every(at, unit)
    }

    /// "Hằng năm, báo cáo … trước ngày 31/5": a sentence that opens so.
    pub(super) fn opens_with_every_year(&self, start: usize) -> bool {
        let begins = (1..start)
            .rev()
            .find(|at| {
                let before = &self.tokens[at - 1];
                before.is_sign(';')
                    || before.is_sign(':')
                    || (before.is_sign('.') && self.tokens[*at].capital)
            })
            .unwrap_or(0);
        let begins = begins + if words_at(self.tokens, begins, &["dinh", "ky"]) { 2 } else { 0 };
        begins < start && self.every(begins, "nam").is_some()
    }

    /// Whether an item is done again and again: a row of a table of reports, "báo cáo tháng …", "định kỳ …".
    fn comes_again(&self) -> bool {
        const WORDS: [&str; 8] = [
            " hang thang ",
            " hang quy ",
            " moi thang ",
            " tung thang ",
            " dinh ky ",
            " bao cao thang ",
            " cua thang ",
            " thang truoc ",
        ];
        let heading = self.item.heading.as_deref().unwrap_or_default();
        let said = format!(" {} {} ", fold_words(heading), fold_words(&self.item.text));
        // "ngày 5 của tháng sau" itself says nothing of the kind.
        let said = said.replace(" cua thang sau ", " ").replace(" cua thang ke tiep ", " ");
        self.around.of_reports || self.item.report || WORDS.iter().any(|word| said.contains(word))
    }

    /// That day of the month behind the item's own, else behind the date of issue.
    fn day_of_next_month(&self, day: u32) -> Option<NaiveDate> {
        let own = self.around.months.first().copied();
        let next = own.or_else(|| self.around.signed.map(Month::of))?.next();
        NaiveDate::from_ymd_opt(next.year, next.month, day)
    }

    /// "trước 9h00 hằng ngày".
    pub(super) fn daily(&mut self, at: usize) -> Option<usize> {
        let (_, after) = clock_at(self.text, self.tokens, at)?;
        let lead = lead(self.text, self.tokens, after);
        let dated = self.tokens.get(after).is_some_and(|t| t.is_word("ngay") || t.number().is_some())
            || weekday_at(self.text, self.tokens, after).is_some();
        let before = || lead.before && !dated && self.said_every(lead.start, "ngay");
        let next = self.every_behind(after, "ngay").or_else(|| before().then_some(after))?;
        let start = self.first_day(at);
        let date =
            (0..7).map(|n| start + Duration::days(n)).find(|d| d.weekday().number_from_monday() <= 5)?;
        let found = Found { kind: kind_of(&lead), date, from: None, recur: Some(Recur::Daily), next, lead };
        Some(self.take(found))
    }

    /// "trước 16g00 thứ Năm hằng tuần", "thứ Hai và thứ Năm hằng tuần", "thứ 6 của tuần trước".
    pub(super) fn weekly(&mut self, at: usize) -> Option<usize> {
        let (weekday, mut after) = weekday_at(self.text, self.tokens, at)?;
        let mut weekdays = vec![weekday];
        while self.tokens.get(after).is_some_and(|t| t.is_sign(',') || t.is_word("va"))
            && let Some((weekday, next)) = weekday_at(self.text, self.tokens, after + 1)
        {
            weekdays.push(weekday);
            after = next;
        }
        let of_week = words_at(self.tokens, after, &["cua", "tuan", "truoc"]).then_some(after + 3);
        let each = self.each_such_day(at);
        let dated = || (after..after + 4).any(|at| day_at(self.text, self.tokens, at).is_some());
        let before = || (!dated() && self.said_every(at, "tuan")).then_some(after);
        let next = self.every_behind(after, "tuan").or(of_week).or(each.map(|_| after)).or_else(before)?;
        let lead = lead(self.text, self.tokens, each.unwrap_or(at));
        let start = self.first_day(at);
        let mut end = next;
        for weekday in weekdays {
            let mut days = (0..7).map(|n| start + Duration::days(n));
            let date = days.find(|d| d.weekday().number_from_monday() == weekday)?;
            let lead = Lead { weekday: None, ..lead.clone() };
            end = self.take(Found {
                kind: kind_of(&lead),
                date,
                from: None,
                recur: Some(Recur::Weekly),
                next,
                lead,
            });
        }
        Some(end)
    }

    /// "thứ Sáu tuần cuối mỗi tháng": the first such day. No rule of ours says which days follow, so that it is asked about.
    pub(super) fn weekday_of_each_month(&mut self, at: usize) -> Option<usize> {
        let (weekday, after) = weekday_at(self.text, self.tokens, at)?;
        let mut next = after + usize::from(self.tokens.get(after).is_some_and(|t| t.is_word("cua")));
        if !words_at(self.tokens, next, &["tuan"]) {
            return None;
        }
        next += 1 + usize::from(words_at(self.tokens, next + 1, &["thu"]));
        let place = match self.tokens.get(next)?.folded.as_str() {
            "dau" | "nhat" | "1" => Some(0),
            "hai" | "2" => Some(1),
            "ba" | "3" => Some(2),
            "tu" | "4" => Some(3),
            "cuoi" => None,
            _ => return None,
        };
        next += 1;
        next += usize::from(self.tokens.get(next).is_some_and(|t| t.is_word("cung")));
        let next = self.every_behind(next, "thang")?;
        let lead = lead(self.text, self.tokens, at);
        let start = self.month_before(at).map_or_else(|| self.first_day(at), Month::first_day);
        let date = (0..3).find_map(|n| {
            let month = (0..n).fold(Month::of(start), |month, _| month.next());
            let mut days: Vec<NaiveDate> = month
                .first_day()
                .iter_days()
                .take_while(|day| *day <= month.last_day())
                .filter(|day| day.weekday().number_from_monday() == weekday)
                .collect();
            let day = if let Some(place) = place { days.get(place).copied() } else { days.pop() };
            day.filter(|day| *day >= start)
        })?;
        let printed = self.quote(after, next);
        self.doubt(DoubtKind::SaidToRecur { printed, recur: Recur::Monthly, date });
        let lead = Lead { weekday: None, strong: true, ..lead };
        Some(self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }

    /// "Từ tháng 9/2026, vào …": the month from which on a recurrence runs, said shortly before it.
    fn month_before(&self, at: usize) -> Option<Month> {
        const FAR: usize = 12;
        let from =
            (at.saturating_sub(FAR)..at).rev().find(|at| words_at(self.tokens, *at, &["tu", "thang"]))?;
        let (said, _) = months_at(self.text, self.tokens, from + 1)?;
        let said = said.first()?;
        Month::new(said.year.unwrap_or_else(|| self.around.year_of_month(said.month)), said.month)
    }

    /// "mỗi thứ Sáu", "mỗi chiều thứ Năm": the index of "mỗi".
    fn each_such_day(&self, at: usize) -> Option<usize> {
        let half = at
            .checked_sub(1)
            .filter(|at| ["sang", "chieu", "toi"].iter().any(|w| self.tokens[*at].is_word(w)));
        let place = half.unwrap_or(at).checked_sub(1)?;
        words_at(self.tokens, place, &["moi"]).then_some(place)
    }

    /// "hằng ngày từ 19/10 đến 30/10, trước 9h00": a recurrence with its first and its last day. Without an hour the range stands
    /// as it is.
    pub(super) fn each_day_of(&mut self, range: &DayRange, lead: &Lead, at: usize) -> Option<usize> {
        let every = lead.start.checked_sub(2).filter(|from| self.every(*from, "ngay") == Some(lead.start))?;
        let mut place = range.next;
        while self.tokens.get(place).is_some_and(|t| {
            t.is_sign(',') || ["truoc", "cham", "nhat", "luc", "vao"].iter().any(|word| t.is_word(word))
        }) {
            place += 1;
        }
        let (clock, next) = clock_at(self.text, self.tokens, place)?;
        let to = self.resolve(range.to, at, range.next)?;
        let date = self.resolve(range.from, at, range.next).filter(|from| *from <= to)?;
        let before =
            (range.next..place).any(|at| self.tokens[at].is_word("truoc") || self.tokens[at].is_word("nhat"));
        let lead = Lead { start: every, before, strong: true, clock: Some(clock), ..Lead::default() };
        let kind = kind_of(&lead);
        let next = self.take(Found { kind, date, from: None, recur: Some(Recur::Daily), next, lead });
        if let Some(due) = self.due.last_mut().filter(|due| due.recur == Some(Recur::Daily)) {
            due.until = due.until.or(Some(to));
        }
        Some(next)
    }

    /// "báo cáo hằng ngày trước 15h00": the hour behind the recurrence.
    pub(super) fn daily_before(&mut self, at: usize) -> Option<usize> {
        let after = self.every(at, "ngay")?;
        let mut place = after;
        while self.tokens.get(place).is_some_and(|t| {
            t.is_sign(',')
                || ["truoc", "cham", "muon", "nhat", "luc", "vao", "la"].iter().any(|word| t.is_word(word))
        }) {
            place += 1;
        }
        let (clock, next) = clock_at(self.text, self.tokens, place).filter(|_| place > after)?;
        if self.tokens.get(next).is_some_and(|t| t.is_word("ngay")) {
            return None;
        }
        let limit = lead(self.text, self.tokens, place).before;
        let lead = Lead { start: at, before: limit, strong: true, clock: Some(clock), ..Lead::default() };
        let start = self.first_day(at);
        let mut days = (0..7).map(|n| start + Duration::days(n));
        let date = days.find(|d| d.weekday().number_from_monday() <= 5)?;
        Some(self.take(Found {
            kind: kind_of(&lead),
            date,
            from: None,
            recur: Some(Recur::Daily),
            next,
            lead,
        }))
    }
}
