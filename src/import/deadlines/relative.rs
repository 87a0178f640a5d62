//! Days that are counted from the date of issue: "trong vòng 5 ngày kể từ ngày ký", "chậm nhất thứ Sáu tuần này", "trước 17h00
//! hôm nay". Only a date of issue that is printed in full counts; otherwise the words are kept and there is no date.

use chrono::{Datelike, Duration, NaiveDate};

use super::scan::{Found, Scan, kind_of};
use crate::domain::{DueKind, DueRole};
use crate::import::actors::schools_act;
use crate::import::doubt::DoubtKind;
use crate::import::lead::{Lead, lead};
use crate::import::verbs::{clause, hands_over};
use crate::vietnamese::{Token, day_at, weekday_at, words_at};

impl Scan<'_> {
    /// "05 ngày kể từ ngày ký", "03 ngày làm việc, kể từ ngày ban hành". Counted from anything else ("kể từ ngày nhận", "sau
    /// khi họp") it has no date.
    pub(super) fn counted_days(&mut self, at: usize) -> Option<usize> {
        // In prose it is advice ("góp ý trong vòng 3 ngày …"), and makes no task, unless schools are told to hand something in.
        if self.item.only_if_dated {
            let said = self.clause_before(limit_words(self.tokens, at));
            if !(schools_act(&said) && hands_over(&said)) {
                return None;
            }
        }
        let count = self.tokens[at].number().filter(|n| (1..=60).contains(n))?;
        let mut next = at + 1;
        // "05 (năm) ngày"
        if self.tokens.get(next).is_some_and(|t| t.is_sign('('))
            && self.tokens.get(next + 2).is_some_and(|t| t.is_sign(')'))
        {
            next += 3;
        }
        if !self.tokens.get(next).is_some_and(|t| t.is_word("ngay")) {
            return None;
        }
        next += 1;
        let working = words_at(self.tokens, next, &["lam", "viec"]);
        next += if working { 2 } else { 0 };
        next += usize::from(self.tokens.get(next).is_some_and(|t| t.is_sign(',')));
        next += [&["ke", "tu"][..], &["tinh", "tu"], &["tu"], &["sau"]]
            .iter()
            .find(|words| words_at(self.tokens, next, words))
            .map(|words| words.len())?;
        let next = counted_from_issue(self.tokens, next)?;
        let start = limit_words(self.tokens, at);
        let Some(issued) = self.around.signed else {
            let printed = self.quote(start, next);
            self.doubt(DoubtKind::Undated { printed });
            return Some(next);
        };
        let date =
            if working { after_working_days(issued, count) } else { issued + Duration::days(count.into()) };
        let printed = self.quote(start, next);
        self.doubt(DoubtKind::CountedFromIssue { printed, date });
        let lead = Lead { start, before: true, strong: true, ..Lead::default() };
        Some(self.take(Found { kind: DueKind::Before, date, from: None, recur: None, next, lead }))
    }

    /// "trước 11 giờ cùng ngày": the day that was said last in the item, the day of its cell, or the day of the issue.
    pub(super) fn same_day(&mut self, at: usize) -> Option<usize> {
        let next = at + 2;
        if words_at(self.tokens, at, &["trong", "ngay"]) {
            return self.within_the_day(at, next);
        }
        if !words_at(self.tokens, at, &["cung", "ngay"]) {
            return None;
        }
        // "cùng ngày 05/9" says it itself.
        if day_at(self.text, self.tokens, next).is_some() {
            return None;
        }
        let lead = lead(self.text, self.tokens, at);
        let near = self.day_of_the_happening(at).or(self.due.last().map(|due| due.date));
        let near = near.or(self.item.day.as_ref().map(|day| day.to));
        let date = near.or(self.around.signed.filter(|_| lead.before));
        let (true, Some(date)) = (lead.before && !lead.rejected, date) else { return Some(next) };
        if near.is_none() {
            let printed = self.quote(lead.start, next);
            self.doubt(DoubtKind::CountedFromIssue { printed, date });
        }
        Some(self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }

    /// "…; sau lễ, báo cáo nhanh trước 10h30 cùng ngày": the day of what happens, though a limit was said in between.
    fn day_of_the_happening(&self, at: usize) -> Option<NaiveDate> {
        const HELD: [&[&str]; 7] = [
            &["sau", "le"],
            &["sau", "buoi"],
            &["sau", "hoi"],
            &["sau", "cuoc"],
            &["sau", "khi", "ket", "thuc"],
            &["ket", "thuc", "buoi"],
            &["ket", "thuc", "le"],
        ];
        let stop = |at: &usize| self.tokens[*at].is_sign(';') || self.tokens[*at].is_sign('.');
        let own = (0..at).rev().take_while(|at| !stop(at));
        let after = own.into_iter().any(|at| HELD.iter().any(|words| words_at(self.tokens, at, words)));
        let happening =
            self.due.iter().rev().find(|due| due.role == DueRole::Event && due.kind == DueKind::On)?;
        after.then_some(happening.date)
    }

    /// "Khai giảng lúc 7h30 ngày 05/9, gửi ảnh về Phòng trong ngày.": what is handed over on the day of what was said before it.
    fn within_the_day(&mut self, at: usize, next: usize) -> Option<usize> {
        let ends = self.tokens.get(next).is_none_or(|t| t.is_sign('.') || t.is_sign(';') || t.is_sign(')'));
        let date = self.due.last().filter(|due| due.kind == DueKind::On && due.recur.is_none())?.date;
        let before = self.listed.and_then(|listed| self.tokens.get(listed..at))?;
        let from = before.first()?.start;
        let handed = hands_over(&clause(&self.text[from..self.tokens[at].start]));
        let apart = before.iter().any(|t| t.is_sign('.') || t.is_sign('\n'));
        if !ends || !handed || apart {
            return None;
        }
        let lead = Lead { start: at, strong: true, ..Lead::default() };
        Some(self.take(Found { kind: DueKind::On, date, from: None, recur: None, next, lead }))
    }

    /// "hôm nay", "ngày mai", "thứ Sáu tuần này", "thứ Hai tuần sau", "chậm nhất thứ Sáu".
    pub(super) fn day_near_the_issue(&mut self, at: usize) -> Option<usize> {
        let issued = self.around.signed.filter(|_| self.around.months.is_empty())?;
        let (date, next, needs_limit) = self.near(at, issued)?;
        let lead = lead(self.text, self.tokens, at);
        // A date in a bracket behind it says it better.
        let dated = day_at(self.text, self.tokens, next).is_some()
            || self
                .tokens
                .get(next)
                .is_some_and(|t| t.is_sign('(') || t.is_sign(',') || t.is_dash() || t.is_word("ngay"))
                && (next + 1..next + 3).any(|at| day_at(self.text, self.tokens, at).is_some());
        if dated || lead.rejected || lead.from || !(lead.before || (lead.strong && !needs_limit)) {
            return None;
        }
        let printed = self.quote(lead.start, next);
        self.doubt(DoubtKind::CountedFromIssue { printed, date });
        Some(self.take(Found { kind: kind_of(&lead), date, from: None, recur: None, next, lead }))
    }

    /// "từ thứ Hai đến thứ Sáu tuần sau".
    pub(super) fn weekdays_of_a_week(&mut self, at: usize) -> Option<usize> {
        let issued = self.around.signed.filter(|_| self.around.months.is_empty())?;
        let (first, after) = weekday_at(self.text, self.tokens, at)?;
        self.tokens.get(after).filter(|t| t.is_word("den") || t.is_range_sign())?;
        let (last, after) = weekday_at(self.text, self.tokens, after + 1)?;
        let (weeks, next) = self.week_from_now(after)?;
        let lead = lead(self.text, self.tokens, at);
        if lead.rejected || first >= last {
            return Some(next);
        }
        let monday = issued - Duration::days(issued.weekday().num_days_from_monday().into());
        let day = |weekday: u32| monday + Duration::days(weeks * 7 + i64::from(weekday) - 1);
        let printed = self.quote(lead.start, next);
        self.doubt(DoubtKind::CountedFromIssue { printed, date: day(last) });
        let from = Some(day(first));
        Some(self.take(Found { kind: DueKind::Range, date: day(last), from, recur: None, next, lead }))
    }

    /// "trong tuần này", "trong tuần sau": until its end.
    pub(super) fn within_a_week(&mut self, at: usize) -> Option<usize> {
        const SUNDAY: i64 = 6;
        let issued =
            self.around.signed.filter(|_| self.around.months.is_empty() && self.around.week.is_none())?;
        let within = at.checked_sub(1).is_some_and(|before| {
            words_at(self.tokens, before, &["trong"]) || words_at(self.tokens, before, &["vao"])
        });
        let (weeks, next) = self.week_from_now(at).filter(|_| within)?;
        // "trong tuần này (trước 16h30 ngày 07/3)" says it better.
        let dated = (next..next + 9).any(|n| day_at(self.text, self.tokens, n).is_some());
        let lead = lead(self.text, self.tokens, at);
        if dated || lead.rejected {
            return None;
        }
        let monday = issued - Duration::days(issued.weekday().num_days_from_monday().into());
        let date = monday + Duration::days(weeks * 7 + SUNDAY);
        let from = Some(issued.max(monday + Duration::days(weeks * 7)));
        let printed = self.quote(lead.start, next);
        self.doubt(DoubtKind::CountedFromIssue { printed, date });
        Some(self.take(Found { kind: DueKind::During, date, from, recur: None, next, lead }))
    }

    /// "tuần này", "tuần sau", "tuần tới": how many weeks from that of the issue, and the index after the words.
    fn week_from_now(&self, at: usize) -> Option<(i64, usize)> {
        let is = |word: &str| words_at(self.tokens, at, &["tuan", word]);
        match () {
            () if is("nay") => Some((0, at + 2)),
            () if is("sau") || is("toi") => Some((1, at + 2)),
            () => None,
        }
    }

    /// The day, the index after its words, and whether only a limit ("trước", "chậm nhất") makes it one.
    fn near(&self, at: usize, issued: NaiveDate) -> Option<(NaiveDate, usize, bool)> {
        let tokens = self.tokens;
        if words_at(tokens, at, &["hom", "nay"]) {
            return Some((issued, at + 2, true));
        }
        if words_at(tokens, at, &["ngay", "mai"]) {
            return Some((issued + Duration::days(1), at + 2, true));
        }
        // "9h sáng mai", "cuối giờ chiều nay"
        if ["sang", "trua", "chieu", "toi"].iter().any(|half| words_at(tokens, at, &[half])) {
            let day = |word: &str, days: i64| {
                words_at(tokens, at + 1, &[word]).then_some((issued + Duration::days(days), at + 2, true))
            };
            return day("nay", 0).or_else(|| day("mai", 1));
        }
        let (weekday, mut next) = weekday_at(self.text, tokens, at)?;
        next += usize::from(tokens.get(next).is_some_and(|t| t.is_sign(',')));
        let monday = issued - Duration::days(issued.weekday().num_days_from_monday().into());
        let in_week = |weeks: i64| monday + Duration::days(weeks * 7 + i64::from(weekday) - 1);
        if words_at(tokens, next, &["tuan", "nay"]) {
            return Some((in_week(0), next + 2, false)).filter(|(date, ..)| *date >= issued);
        }
        if ["sau", "toi", "ke"].iter().any(|word| words_at(tokens, next, &["tuan", word])) {
            return Some((in_week(1), next + 2, false));
        }
        let (_, next) = weekday_at(self.text, tokens, at)?;
        let date = (0..7)
            .map(|n| issued + Duration::days(n))
            .find(|d| d.weekday().number_from_monday() == weekday)?;
        Some((date, next, true))
    }
}

/// "ngày ký", "ngày ban hành công văn này": the index after it, where days are counted from the issue.
fn counted_from_issue(tokens: &[Token], at: usize) -> Option<usize> {
    let at = if words_at(tokens, at, &["khi"]) { at + 1 } else { at };
    let at = if tokens.get(at)?.is_word("ngay") { at + 1 } else { at };
    let words: &[&[&str]] = &[
        &["ky", "ban", "hanh"],
        &["ky", "cong", "van"],
        &["ky", "van", "ban"],
        &["ky"],
        &["ban", "hanh"],
        &["phat", "hanh"],
        &["ra", "van", "ban"],
    ];
    let mut next = words.iter().find(|words| words_at(tokens, at, words)).map(|words| at + words.len())?;
    for more in [&["cong", "van"][..], &["van", "ban"], &["ke", "hoach"], &["thong", "bao"], &["nay"]] {
        if words_at(tokens, next, more) {
            next += more.len();
        }
    }
    Some(next)
}

/// Working days from Monday to Friday; days off are for a person to look at.
fn after_working_days(issued: NaiveDate, count: u32) -> NaiveDate {
    let working = |day: &NaiveDate| day.weekday().number_from_monday() <= 5;
    let days = issued.iter_days().skip(1).filter(working);
    days.take(usize::try_from(count).unwrap_or_default()).last().unwrap_or(issued)
}

/// The first token of "chậm nhất sau", "trong vòng", "trong thời hạn" before a number.
fn limit_words(tokens: &[Token], at: usize) -> usize {
    const WORDS: [&[&str]; 8] = [
        &["sau"],
        &["la"],
        &["cham", "nhat"],
        &["muon", "nhat"],
        &["trong", "vong"],
        &["trong", "thoi", "han"],
        &["thoi", "han"],
        &["trong"],
    ];
    let mut at = at;
    while let Some(words) =
        WORDS.iter().find(|words| at >= words.len() && words_at(tokens, at - words.len(), words))
    {
        at -= words.len();
    }
    at
}
