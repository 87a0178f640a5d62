//! Days and hours that people ask for, reckoned from the moment of the message: "thứ 6", "ngày kia", "đến 19/10 16h".

mod bare;
mod clock;
mod hours;
mod lunar;
mod spans;
mod spoken;

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};

use bare::{PLACES, bare_day, beside_a_day, of_month};
use clock::{half_day_alone, time_beside, until_hour};
use hours::hours_more;
use lunar::lunar_day;
pub(super) use spans::Span;
use spans::{after_that, duration, span_asked};
use spoken::by_word;

use super::key::{Key, words};
use super::line::Line;
use super::marks::{Mark, day_in_words, is_in_row, words};
use super::reading::Until;
use crate::vietnamese::{DaySaid, YearSaid, clock_at, day_at};

/// A day found in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub tokens: Range<usize>,
    pub day: Day,
    pub time: Option<NaiveTime>,
    /// A word that asks stands before it: đến, tới, xin, cho em.
    pub asked: bool,
    /// It is named as the deadline that is: "hạn 15 mà".
    pub deadline: bool,
    /// Its clause has a verb of handing in: "mai em gửi, hôm nay kẹt quá".
    pub with_verb: bool,
    /// Its clause is about something else: a refusal, a reason, what is over.
    pub background: bool,
    /// Nothing is said of it in its clause: it counts where no other day does.
    pub aside: bool,
    /// Its clause holds nothing else: "ngày kia chị".
    pub alone: bool,
    /// So many days more: "chậm 2 ngày", "thêm 1 tuần".
    pub more: Option<Span>,
}

/// Which day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    On(NaiveDate),
    /// Said without a day: "tuần sau", "qua Tết".
    Vague,
    /// It has passed.
    Past(NaiveDate),
    /// No calendar has it.
    Unreal,
}

impl Said {
    fn new(tokens: Range<usize>, day: Day) -> Self {
        Self {
            tokens,
            day,
            time: None,
            asked: false,
            deadline: false,
            with_verb: false,
            background: false,
            aside: false,
            alone: false,
            more: None,
        }
    }

    pub fn until(&self, line: &Line) -> Option<Until> {
        match self.day {
            Day::On(day) => {
                Some(Until { day, time: self.time, words: line.printed(self.tokens.clone()).to_owned() })
            }
            _ => None,
        }
    }
}

/// A day without a year that lies further back than this is one of next year.
const LONG_AGO_DAYS: i64 = 60;

/// The days said in a stretch of a message, in its order.
pub(super) fn days(line: &Line, range: Range<usize>, marks: &[Mark], now: NaiveDateTime) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let skip = matches!(
            marks[at],
            Mark::School | Mark::Phone | Mark::Link | Mark::Document | Mark::Code | Mark::Class
        );
        let found = (!skip).then(|| day_from(line, at, range.end, now)).flatten();
        let found = found.or_else(|| (!skip).then(|| beside_a_day(line, at, said.last())).flatten());
        let Some((day, start, end)) = found else {
            at += 1;
            continue;
        };
        at = end;
        let ahead = said.iter().any(|d| matches!(d.day, Day::On(day) if day > now.date()));
        if wished_well(line, start, range.start) || words(line, start, &["trong", "ngay"]) && ahead {
            continue;
        }
        if let Some(Day::On(last)) = said.last().map(|d| d.day)
            && let Some(later) = after_that(line, start, end, last)
        {
            said.push(Said { asked: true, ..Said::new(start..end, Day::On(later)) });
            continue;
        }
        let more = span_asked(line, start, end);
        said.push(Said {
            time: time_beside(line, start, end, &range),
            asked: asks_before(line, start, range.start) || is_explained(line, start, range.start),
            deadline: is_deadline(line, start, range.start)
                && (more.is_none() || line.is(start.saturating_sub(2), words!["truoc"])),
            more,
            ..Said::new(start..end, if is_behind(line, start, end, range.start) { Day::Vague } else { day })
        });
    }
    // "Hạn mùng 9 gấp quá, mùng 10 hen chị": a day behind the one that is too early.
    for at in 1..said.len() {
        if let (true, Day::On(due), Day::On(day)) = (said[at - 1].deadline, said[at - 1].day, said[at].day) {
            said[at].asked |= day > due;
        }
    }
    said.extend(same_day_again(line, &range, &said));
    said.extend(until_hour(line, &range, &said, now));
    if said.is_empty() {
        said.extend(hours_more(line, &range, now));
    }
    if said.is_empty() {
        said.extend(half_day_alone(line, range, now));
    }
    said
}

/// "Nộp sau ngày 20", "sau lễ 30/4", "qua rằm" name no day: it is some day behind.
fn is_behind(line: &Line, start: usize, end: usize, from: usize) -> bool {
    let first = if start > from && line.is(start - 1, words!["ngay"]) { start - 1 } else { start };
    let holiday = first > from + 1
        && line.is(first - 1, words!["le", "dip"])
        && line.is(first - 2, words!["sau", "qua", "het", "xong", "nghi"]);
    let full_moon = line.is(start, words!["ram"])
        && first > from
        && (line.is(first - 1, words!["qua", "sau", "het"]) || line.is(end, words!["xong"]));
    holiday
        || full_moon
        || first > from
            && line.is(first - 1, words!["sau"])
            && span_asked(line, start, end).is_none()
            && !(line.is(end, words!["nua"]) || line.is(end - 1, words!["nua"]))
            && !(first > 1 && line.is(first - 2, words!["tuan", "thang", "hom"]))
}

/// "Thứ 6 em mới về, cho em khất tới hôm đó".
fn same_day_again(line: &Line, range: &Range<usize>, said: &[Said]) -> Option<Said> {
    let last = said.last().filter(|d| matches!(d.day, Day::On(_)))?;
    let at = (last.tokens.end..range.end).find(|at| {
        line.is(*at, words!["hom", "ngay", "bua", "luc", "toi", "chieu", "sang"])
            && line.is(at + 1, words!["do", "ay"])
    })?;
    let asked = asks_before(line, at, range.start);
    // "Nộp sau hôm đó": some day behind it.
    let day = if line.is(at - 1, words!["sau"]) { Day::Vague } else { last.day };
    let counts = line.number(at + 2).is_some() || !asked;
    (!counts).then(|| Said { tokens: at..at + 2, day, asked, deadline: false, ..last.clone() })
}

/// The day that the message asks for: the last one behind a word that asks, else the last that is not the deadline.
pub(super) fn asked_day(days: &[Said]) -> Option<&Said> {
    // A day that no calendar has is asked about, whatever other day stands beside it.
    if let Some(unreal) = days.iter().find(|d| d.day == Day::Unreal && d.asked && !d.deadline) {
        return Some(unreal);
    }
    let last = |fits: fn(&Said) -> bool| days.iter().rev().find(|d| !d.deadline && !d.background && fits(d));
    let found = last(|d| d.asked).or_else(|| last(|d| d.with_verb)).or_else(|| last(|_| true))?;
    // "Cho em sang tuần sau, thứ 4": the day itself, where it is said as well.
    if found.day == Day::Vague {
        let explains =
            |d: &Said| d.tokens.start > found.tokens.start || d.tokens.end + 2 >= found.tokens.start;
        let explained = days
            .iter()
            .rev()
            .filter(|d| !d.deadline && !d.background && matches!(d.day, Day::On(_)) && explains(d));
        return explained
            .clone()
            .find(|d| d.with_verb || d.asked)
            .or(explained.clone().next())
            .or(Some(found));
    }
    Some(found)
}

/// A day of which nothing is said but that the rest of the message can only mean: "tối mai em mới xong, chị bỏ qua cho".
pub(super) fn day_aside(days: &[Said]) -> Option<&Said> {
    let aside = || days.iter().rev().filter(|d| d.aside && !d.deadline && !matches!(d.day, Day::Past(_)));
    aside().find(|d| d.asked).or_else(|| aside().next())
}

fn day_from(line: &Line, at: usize, end: usize, now: NaiveDateTime) -> Option<(Day, usize, usize)> {
    let today = now.date();
    if let Some(found) = lunar_day(line, at, today) {
        return Some(found);
    }
    let clock_before = at >= 1 && clock_at(&line.text, &line.tokens, at).is_some();
    // "Đợt 2 tháng 11".
    let part = at > 0 && line.is(at - 1, PLACES) && line.is(at + 1, words!["thang"]);
    if part {
        return None;
    }
    if !clock_before
        && !is_in_row(line, at)
        && let Some((day, next)) = day_at(&line.text, &line.tokens, at)
    {
        let ratio = line.is_word(next)
            && super::phrases::phrases().is_counted(line.word(next))
            && !line.is(next, words!["em", "co", "con"]);
        let named = at > 0 && names_a_day(line, at - 1);
        let reached = at > 0
            && line.is(at - 1, words!["duoc", "dat", "xong", "moi", "du"])
            && line.is_word(next)
            && !line.is(next, words!["em", "a", "nhe", "nha", "chi", "thi", "roi"]);
        // "1/3 nhé chị": a day by itself, and no share of anything.
        let opens = at == 0 && line.is(next, words!["nhe", "nha", "nghen", "em", "a"]);
        let near = matches!(resolve(day, today), Day::On(on) if (on - today).num_days() <= 31);
        let pointed = day.weak && opens && near
            || day.weak && is_pointed_day(line, at, next, resolve(day, today), today);
        if (day.weak && !pointed || ratio || reached) && !named {
            // "Chậm 1-2 ngày".
            return duration(line, at, now);
        }
        return Some((resolve(day, today), at, next));
    }
    if let Some(next) = unreal_at(line, at) {
        return Some((Day::Unreal, at, next));
    }
    if let Some(((day, month), next)) = day_in_words(line, at) {
        let resolved = match month {
            Some(month) => resolve(DaySaid { day, month, year: None, weak: false, repaired: false }, today),
            None => of_month(day, today),
        };
        return Some((resolved, at, next));
    }
    dated_weekday(line, at, end, now)
        .or_else(|| weekday(line, at, end, today))
        .or_else(|| by_word(line, at, today))
        .or_else(|| duration(line, at, now))
        .or_else(|| bare_day(line, at, today))
}

/// "Em nộp 15.6 nha, 13.6 hội đồng mới họp": written with a point, near today, where one hands in or meets; no 15,6 percent.
fn is_pointed_day(line: &Line, at: usize, next: usize, day: Day, today: NaiveDate) -> bool {
    let near = |day: NaiveDate| (day - today).num_days().abs() <= 45;
    let near = matches!(day, Day::On(day) | Day::Past(day) if near(day));
    // Only rates have decimals.
    let named =
        (at.saturating_sub(4)..at).any(|n| line.is(n, words!["ty", "ti", "le", "dat", "chiem", "can"]));
    let acts = (at.saturating_sub(6)..at).any(|n| line.is(n, words!["nop", "gui", "xin", "trinh", "hen"]))
        || line.is(next, words!["moi"]);
    near && acts && !named && !line.is_sign(next, '%') && line.is_sign(at + 1, '.')
}

/// The date of a day as said: its printed year, else the first such day from about now on.
pub(super) fn resolve(said: DaySaid, today: NaiveDate) -> Day {
    let in_year = |year| NaiveDate::from_ymd_opt(year, said.month, said.day);
    match said.year {
        Some(YearSaid::Printed(year)) => match in_year(year) {
            Some(day) if day < today => Day::Past(day),
            Some(day) => Day::On(day),
            None => Day::Unreal,
        },
        Some(YearSaid::Next) => in_year(today.year() + 1).map_or(Day::Unreal, Day::On),
        Some(YearSaid::Damaged(_)) => Day::Unreal,
        None => match in_year(today.year()) {
            Some(day) if day >= today => Day::On(day),
            Some(day) if (today - day).num_days() <= LONG_AGO_DAYS => Day::Past(day),
            _ => in_year(today.year() + 1).map_or(Day::Unreal, Day::On),
        },
    }
}

/// `31/9`, `30/2`: written as a date and none.
fn unreal_at(line: &Line, at: usize) -> Option<usize> {
    let (day, month) = (line.number(at)?, line.number(at + 2)?);
    let slash = line.is_sign(at + 1, '/') && line.is_glued(at + 1) && line.is_glued(at + 2);
    let named = at > 0 && names_a_day(line, at - 1);
    let shaped = slash && (1..=31).contains(&day) && (1..=12).contains(&month) || slash && named;
    let more = line.is_sign(at + 3, '/') && line.is_glued(at + 3) || line.is_sign(at + 3, '%');
    let less = at > 1 && line.is_sign(at - 1, '/') && line.is_glued(at);
    (shaped && !more && !less).then_some(at + 3)
}

fn names_a_day(line: &Line, at: usize) -> bool {
    const WORDS: &[Key] = words![
        "ngay", "han", "den", "toi", "sang", "hom", "truoc", "qua", "chieu", "trua", "lui", "vao", "het",
        "xin", "nop", "gui", "hen", "em", "trong",
    ];
    line.is(at, WORDS)
}

/// "hạn 15" names the deadline that is, "gia hạn 15" another.
fn is_deadline(line: &Line, at: usize, from: usize) -> bool {
    let before = |n: usize, listed: &[Key]| at >= from + n && line.is(at - n, listed);
    // "20/7 thay vì 16/7", "hạn là hôm nay".
    let instead = (1..3).any(|n| before(n, words!["vi"]) && before(n + 1, words!["thay"]));
    let named = before(1, words!["la"]) && before(2, words!["han"]);
    instead || named || before(1, words!["han"]) && !before(2, words!["gia", "xin"])
}

/// "chúc chị cuối tuần vui".
fn wished_well(line: &Line, at: usize, from: usize) -> bool {
    (from.max(at.saturating_sub(4))..at).any(|n| line.is(n, words!["chuc"]))
}

/// A word that asks for a day, within the four tokens before it.
fn asks_before(line: &Line, at: usize, from: usize) -> bool {
    const WORDS: &[Key] = words![
        "den", "toi", "sang", "xin", "lui", "cho", "hen", "khat", "vao", "qua", "hoan", "cham", "them",
        "tre", "doi", "muon", "de",
    ];
    let near = from.max(at.saturating_sub(4))..at;
    // What is asked for ends with its clause: "cho em sang thứ 2, cuối tuần em đi trực".
    let ends = |n: &usize| [',', '.', ';', '!', '?'].into_iter().any(|sign| line.is_sign(*n, sign));
    let start = near.clone().rev().find(ends).map_or(near.start, |sign| sign + 1);
    (start..at).any(|n| line.is(n, WORDS))
}

/// "Sau lễ, tức mùng 3/6": the day itself behind words for it.
pub(super) fn is_explained(line: &Line, start: usize, from: usize) -> bool {
    (from.max(start.saturating_sub(3))..start)
        .any(|at| line.is(at, words!["tuc"]) && line.spelled[at] != "tưc\u{323}")
}

/// "Thứ Sáu 11/12", "thứ 6 (ngày 11/12)": the date that is written counts, and one that is no such weekday is no day.
fn dated_weekday(line: &Line, at: usize, end: usize, now: NaiveDateTime) -> Option<(Day, usize, usize)> {
    let (weekday, mut date) = weekday_said(line, at)?;
    while date < end && line.is(date, words!["(", ",", "tuc", "la", "ngay"]) {
        date += 1;
    }
    if day_at(&line.text, &line.tokens, date).is_none() {
        // "Chủ nhật 29": the weekday and the day of the month agree.
        let number = line.number(date).filter(|n| (1..=31).contains(n) && date < end)?;
        let Day::On(day) = of_month(number, now.date()) else { return None };
        let free = !line.is_word(date + 1) || !super::phrases::phrases().is_counted(line.word(date + 1));
        let agrees = day.weekday().number_from_monday() == weekday;
        return (agrees && free && !line.is_glued(date + 1)).then_some((Day::On(day), at, date + 1));
    }
    let (day, _, next) = day_from(line, date, end, now)?;
    let day = match day {
        Day::On(on) | Day::Past(on) if on.weekday().number_from_monday() != weekday => Day::Unreal,
        day => day,
    };
    Some((day, at, next))
}

/// `thứ 6`, `t6`, `CN`, with "tuần sau", "tới", "này".
fn weekday(line: &Line, at: usize, end: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    let (weekday, mut next) = weekday_said(line, at)?;
    if at > 0 && line.is(at - 1, words!["hom"]) && !line.is(next, words!["toi", "sau"]) {
        return None;
    }
    let since = at > 0 && line.spelled[at - 1] == "tư\u{300}" && !line.is(next, words!["den", "toi", "tro"]);
    let over = since
        || line.is(next, words!["tuan"]) && line.is(next + 1, words!["truoc", "qua", "roi"])
        || line.is(next, words!["truoc"])
        || line.is(next, words!["vua"]) && line.is(next + 1, words!["roi", "qua"]);
    if over {
        return None;
    }
    let mut start = at;
    let next_week_before =
        at >= 2 && line.is(at - 2, words!["tuan"]) && line.is(at - 1, words!["sau", "toi"]);
    let next_week_behind = line.is(next, words!["tuan"]) && line.is(next + 1, words!["sau", "toi", "ke"]);
    let ahead = i64::from(weekday) - i64::from(today.weekday().number_from_monday());
    // "Thứ 4 tuần này", said on Thursday.
    if ahead <= 0 && line.is(next, words!["tuan"]) && line.is(next + 1, words!["nay"]) {
        let day = today.checked_sub_days(Days::new(ahead.unsigned_abs()))?;
        return Some((if ahead < 0 { Day::Past(day) } else { Day::On(day) }, start, next + 2));
    }
    let days = if next_week_before || next_week_behind {
        ahead + 7
    } else if ahead > 0 {
        ahead
    } else {
        ahead + 7
    };
    if next_week_before {
        start = at - 2;
    }
    // "Thứ 2 tuần sau nữa".
    if next_week_behind && line.is(next + 2, words!["nua"]) {
        return Some((on(today, days + 7), start, next + 3));
    }
    if next_week_behind || line.is(next, words!["tuan"]) && line.is(next + 1, words!["nay"]) {
        next += 2;
    } else if next < end && line.is(next, words!["toi", "nay", "sau"]) {
        next += 1;
    }
    Some((on(today, days), start, next))
}

/// 1 (Monday) to 7, and the token after it.
fn weekday_said(line: &Line, at: usize) -> Option<(u32, usize)> {
    if words(line, at, &["chu", "nhat"]) {
        return Some((7, at + 2));
    }
    if line.is(at, words!["cn"]) {
        return Some((7, at + 1));
    }
    // "t6", "th 6"; not "BC T6", "cuối t6", "5 th 6".
    let glued = line.is(at, words!["t"]) && line.is_glued(at + 1);
    let short = glued || line.is(at, words!["th"]);
    let month = at > 0
        && (line.number(at - 1).is_some() && !glued
            || line.is(at - 1, words!["bc", "cao", "lieu", "luong", "cuoi", "dau", "giua", "het", "quy"]));
    if short && !month {
        let day = line.number(at + 1).filter(|d| (2..=7).contains(d))?;
        return Some((day - 1, at + 2));
    }
    let spelled = line.spelled.get(at)?;
    if !matches!(spelled.as_str(), "thu" | "thư" | "thư\u{301}") {
        return None;
    }
    // "Hướng dẫn thu năm nay", among words with their marks.
    if spelled == "thu" && line.marked && line.number(at + 1).is_none() {
        return None;
    }
    let day = match line.folded(at + 1) {
        "hai" | "2" => 1,
        "ba" | "3" => 2,
        "tu" | "bon" | "4" => 3,
        "nam" | "5" => 4,
        "sau" | "6" => 5,
        "bay" | "7" => 6,
        _ => return None,
    };
    let money =
        line.is(at + 2, words!["trieu", "tr", "ty", "nghin", "khoan", "dong", "chau", "lop", "%", ".", ","]);
    let bare = spelled == "thu"
        && (money && line.number(at + 1).is_some() && line.is_glued(at + 2)
            || line.is(at + 2, words!["trieu", "tr", "ty", "nghin", "khoan", "dong"]));
    (!bare).then_some((day, at + 2))
}

fn on(today: NaiveDate, days: i64) -> Day {
    let shifted = u64::try_from(days).ok().and_then(|d| today.checked_add_days(Days::new(d)));
    shifted.map_or(Day::Vague, Day::On)
}

#[cfg(test)]
mod tests;
