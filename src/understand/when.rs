//! Days and hours that people ask for, reckoned from the moment of the message: "thứ 6", "ngày kia", "đến 19/10 16h".

mod bare;
mod hours;
mod lunar;
mod spoken;

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use bare::{bare_day, of_month};
use hours::hours_more;
use lunar::lunar_day;
use spoken::by_word;

use super::key::{Key, words};
use super::line::{Line, spelling};
use super::marks::{Mark, day_in_words, is_in_row, words};
use super::reading::Until;
use crate::vietnamese::{ClockSaid, DaySaid, YearSaid, amount_at, clock_at, day_at};

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
    /// Its clause holds nothing else: "ngày kia chị".
    pub alone: bool,
    /// So many days more: "chậm 2 ngày", "thêm 1 tuần".
    pub more: Option<u64>,
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
        match (!skip).then(|| day_from(line, at, range.end, now)).flatten() {
            Some((day, start, end)) => {
                // "nộp sau ngày 20" names no day.
                let first =
                    if start > range.start && line.is(start - 1, words!["ngay"]) { start - 1 } else { start };
                // "Sau lễ 30/4", "qua lễ 2/9".
                let holiday = first > range.start + 1
                    && line.is(first - 1, words!["le", "dip"])
                    && line.is(first - 2, words!["sau", "qua", "het", "xong", "nghi"]);
                let behind = holiday
                    || first > range.start
                        && line.is(first - 1, words!["sau"])
                        && more_days(line, start, end).is_none()
                        && !(line.is(end, words!["nua"]) || line.is(end - 1, words!["nua"]))
                        && !(first > 1 && line.is(first - 2, words!["tuan", "thang", "hom"]));
                if wished_well(line, start, range.start) {
                    at = end;
                    continue;
                }
                said.push(Said {
                    tokens: start..end,
                    day: if behind { Day::Vague } else { day },
                    time: time_beside(line, start, end, &range),
                    asked: asks_before(line, start, range.start) || is_explained(line, start, range.start),
                    deadline: is_deadline(line, start, range.start)
                        && (more_days(line, start, end).is_none()
                            || line.is(start.saturating_sub(2), words!["truoc"])),
                    with_verb: false,
                    background: false,
                    alone: false,
                    more: more_days(line, start, end),
                });
                at = end;
            }
            None => at += 1,
        }
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

/// "Thứ 6 em mới về, cho em khất tới hôm đó".
fn same_day_again(line: &Line, range: &Range<usize>, said: &[Said]) -> Option<Said> {
    let last = said.last().filter(|d| matches!(d.day, Day::On(_)))?;
    let at = (last.tokens.end..range.end).find(|at| {
        line.is(*at, words!["hom", "ngay", "bua", "luc"]) && line.is(at + 1, words!["do", "ay"])
    })?;
    let asked = asks_before(line, at, range.start);
    asked.then(|| Said { tokens: at..at + 2, asked, deadline: false, ..last.clone() })
}

/// "Chiều nay không kịp, cho em đến 8h tối": an hour of today behind another day.
fn until_hour(line: &Line, range: &Range<usize>, said: &[Said], now: NaiveDateTime) -> Option<Said> {
    let last = said.last()?;
    let at = (last.tokens.end + 4..range.end)
        .find(|at| line.is(at.saturating_sub(1), words!["den", "toi"]) && clock(line, *at).is_some())?;
    let (_, end) = clock_at(&line.text, &line.tokens, at)?;
    let night = line.is(end, words!["toi", "chieu", "dem"]);
    let time = clock(line, at).map(|time| match night && time.hour() < 12 {
        true => time.overflowing_add_signed(chrono::Duration::hours(12)).0,
        false => afternoon(line, at, time, now),
    });
    let asked = asks_before(line, at, range.start);
    (asked && said.iter().all(|d| !d.tokens.contains(&at))).then(|| Said {
        tokens: at..end,
        day: Day::On(now.date()),
        time,
        asked,
        deadline: false,
        with_verb: false,
        background: false,
        alone: false,
        more: None,
    })
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
        return last(|d| matches!(d.day, Day::On(_)) && (d.with_verb || d.asked))
            .or_else(|| last(|d| matches!(d.day, Day::On(_))))
            .or(Some(found));
    }
    Some(found)
}

fn day_from(line: &Line, at: usize, end: usize, now: NaiveDateTime) -> Option<(Day, usize, usize)> {
    let today = now.date();
    if let Some(found) = lunar_day(line, at, today) {
        return Some(found);
    }
    let clock_before = at >= 1 && clock_at(&line.text, &line.tokens, at).is_some();
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
            return None;
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
    at > from && line.is(at - 1, words!["han"]) && !(at > from + 1 && line.is(at - 2, words!["gia", "xin"]))
}

/// "chúc chị cuối tuần vui".
fn wished_well(line: &Line, at: usize, from: usize) -> bool {
    (from.max(at.saturating_sub(4))..at).any(|n| line.is(n, words!["chuc"]))
}

/// A word that asks for a day, within the four tokens before it.
fn asks_before(line: &Line, at: usize, from: usize) -> bool {
    const WORDS: &[Key] = words![
        "den", "toi", "sang", "xin", "lui", "cho", "hen", "khat", "vao", "qua", "hoan", "cham", "them",
        "tre", "doi", "muon",
    ];
    (from.max(at.saturating_sub(4))..at).any(|n| line.is(n, WORDS))
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
    let next_week_behind = line.is(next, words!["tuan"]) && line.is(next + 1, words!["sau", "toi"]);
    let ahead = i64::from(weekday) - i64::from(today.weekday().number_from_monday());
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
    if line.is(at, words!["t"]) && line.is_glued(at + 1) {
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

/// "xin thêm 2 ngày", "chậm 1 tuần", "lùi hai hôm".
fn duration(line: &Line, at: usize, now: NaiveDateTime) -> Option<(Day, usize, usize)> {
    const ASKS: &[Key] = words![
        "lai", "hen", "xin", "them", "cham", "lui", "tre", "khat", "hoan", "em", "muon", "sau", "no",
        "khoang", "han", "truong",
    ];
    const ASKS_FAR: &[Key] = words!["cham", "lui", "khat", "hoan", "them", "gia", "doi", "tre", "muon"];
    let far = || (at.saturating_sub(4)..at).any(|n| line.is(n, ASKS_FAR));
    // "2 ngày nữa em nộp".
    let hence = line.number(at).is_some() && line.is(at + 2, words!["nua"])
        || line.is(at, words!["hai", "ba", "mot"]) && line.is(at + 2, words!["nua"]);
    if !(at > 0 && (line.is(at - 1, ASKS) || far()) || hence) {
        return None;
    }
    if line.is(at, words!["vai", "may", "it"])
        && line.is(at + 1, words!["ngay", "hom", "bua", "tuan", "buoi"])
    {
        return Some((Day::Vague, at, at + 2));
    }
    let (amount, next) = amount_at(&line.text, &line.tokens, at)?;
    let count = amount.whole().filter(|n| (1..=60).contains(n))?;
    let days = match line.folded(next) {
        "ngay" | "hom" | "bua" => count,
        "tuan" => count * 7,
        "buoi" if now.hour() < 11 && count == 1 => 0,
        "buoi" => (count + 1) / 2,
        "thang" if line.is(next + 1, words!["sau", "toi", "nay"]) => return None,
        "thang" => return Some((Day::Vague, at, next + 1)),
        _ => return None,
    };
    Some((on(now.date(), days), at, next + 1))
}

/// How many days a duration has, where it counts from the deadline: not "2 ngày nữa", which counts from now.
fn more_days(line: &Line, start: usize, end: usize) -> Option<u64> {
    let unit = end.checked_sub(1)?;
    let days = match line.folded(unit) {
        "ngay" | "hom" | "bua" => 1,
        "tuan" => 7,
        _ => return None,
    };
    let (amount, next) = amount_at(&line.text, &line.tokens, start)?;
    let added = (start.saturating_sub(3)..start).any(|at| line.is(at, words!["them"]));
    let counts = next == unit && (added || !line.is(end, words!["nua"]));
    amount.whole().filter(|n| counts && (1..=60).contains(n)).and_then(|n| u64::try_from(n * days).ok())
}

/// The clock time or half-day within a few words of a day.
fn time_beside(line: &Line, start: usize, end: usize, range: &Range<usize>) -> Option<NaiveTime> {
    let near = range.start.max(start.saturating_sub(4))..range.end.min(end + 4);
    near.clone()
        .find_map(|at| clock(line, at))
        .or_else(|| half_day(line, range.start.max(start.saturating_sub(1))..end))
}

fn clock(line: &Line, at: usize) -> Option<NaiveTime> {
    let (ClockSaid { hour, minute }, _) = clock_at(&line.text, &line.tokens, at)?;
    // 24:00 is the end of its day.
    if hour == 24 { NaiveTime::from_hms_opt(23, 59, 0) } else { NaiveTime::from_hms_opt(hour, minute, 0) }
}

/// The end of a half-day.
fn half_day(line: &Line, mut range: Range<usize>) -> Option<NaiveTime> {
    range.find_map(|at| {
        let (hour, minute) = match line.folded(at) {
            "sang"
                if line.spelled[at] != "sang"
                    || !line.marked && line.is(at + 1, words!["mai", "nay", "thu", "mot", "t", "cn"]) =>
            {
                (11, 30)
            }
            "trua" => (12, 0),
            "chieu" => (17, 0),
            "toi" if line.is(at + 1, words!["nay", "mai"]) => (21, 0),
            // "Tối em gửi" with its marks; "tôi" is I.
            "toi" if line.spelled[at] == spelling("tối") && !line.is(at + 1, words!["da", "thieu", "uu"]) => {
                (21, 0)
            }
            _ => return None,
        };
        NaiveTime::from_hms_opt(hour, minute, 0)
    })
}

/// "5h em mới xong", said at eight: five in the afternoon, where no morning is named.
fn afternoon(line: &Line, at: usize, time: NaiveTime, now: NaiveDateTime) -> NaiveTime {
    let morning = (at + 1..at + 4).any(|n| line.is(n, words!["sang"]));
    let later = time.overflowing_add_signed(chrono::Duration::hours(12)).0;
    if time < now.time() && time.hour() <= 6 && !morning { later } else { time }
}

/// "chiều em nộp", "15h em gửi": today, when that is still to come.
fn half_day_alone(line: &Line, range: Range<usize>, now: NaiveDateTime) -> Option<Said> {
    range.clone().find_map(|at| {
        let behind = clock_at(&line.text, &line.tokens, at).map_or(at + 1, |(_, end)| end);
        let yesterday = (behind..behind + 2).any(|n| line.is(n, words!["qua"]));
        let past = yesterday
            || line.is(at + 1, words!["qua"])
            || at > 0 && line.is(at - 1, words!["tu", "luc", "hoi", "hom"]);
        let time = clock(line, at)
            .map(|time| afternoon(line, at, time, now))
            .or_else(|| half_day(line, at..at + 1))
            .filter(|t| *t >= now.time() && !past)?;
        Some(Said {
            tokens: at..at + 1,
            day: Day::On(now.date()),
            time: Some(time),
            asked: asks_before(line, at, range.start),
            deadline: is_deadline(line, at, range.start),
            with_verb: false,
            background: false,
            alone: false,
            more: None,
        })
    })
}

#[cfg(test)]
mod tests;
