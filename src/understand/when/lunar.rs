//! Days of the lunar calendar and of the two New Years, as people ask for them around Tết: "28 tết", "mùng 6 tết", "23 tháng
//! chạp", "rằm tháng giêng", "mùng 10 âm lịch", "mùng 3 tết tây".

use chrono::{Datelike, NaiveDate};

use super::super::line::Line;
use super::super::marks::words;
use super::Day;
use crate::calendar::{LunarDate, tet};
use crate::understand::key::words;

/// A lunar day, or one of the solar New Year, whose number or name stands at `at`: the next such day.
pub(super) fn lunar_day(line: &Line, at: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    if words(line, at, &["giao", "thua"]) {
        let eve = coming(today, |year| tet(year)?.pred_opt());
        return Some((eve, at, at + 2));
    }
    if line.is(at, words!["ram"])
        && matches!(line.spelled[at].as_str(), "ră\u{300}m" | "răm\u{300}" | "ram" | "rằm")
    {
        return full_moon(line, at, today);
    }
    let (day, end) = day_number(line, at)?;
    let early = at > 0 && line.is(at - 1, words!["mung", "mong"]);
    if line.is(end, words!["tet"]) {
        if line.is(end + 1, words!["tay", "duong"]) {
            let end = end + 2 + usize::from(line.is(end + 2, words!["lich"]));
            return Some((coming(today, |year| NaiveDate::from_ymd_opt(year, 1, day)), at, end));
        }
        let month = if early { 1 } else { 12 };
        return (early && day <= 10 || !early && day >= 15)
            .then(|| (coming(today, |year| in_month(year, month, day)), at, end + 1));
    }
    if line.is(end, words!["thang"])
        && let Some(month) = named_month(line, end + 1)
    {
        return Some((coming(today, |year| in_month(year, month, day)), at, end + 2));
    }
    let at_tet = early && day <= 15 && is_around_tet(today);
    if at_tet && !line.is(end, words!["thang"]) && !line.is_sign(end, '/') {
        return Some((next_of_moon(today, day), at, end));
    }
    let lunar = words(line, end, &["am", "lich"])
        || line.is(end, words!["al"])
        || line.is(end, words!["am"]) && (early || is_led(line, at, end));
    lunar.then(|| {
        let end = end + 1 + usize::from(line.is(end + 1, words!["lich"]));
        (next_of_moon(today, day), at, end)
    })
}

/// "Cho em qua 18 âm", "tới 25 âm nha": no sound, and nothing below zero.
fn is_led(line: &Line, at: usize, end: usize) -> bool {
    let moon = matches!(line.spelled[end].as_str(), "âm" | "am");
    let leads = words!["den", "toi", "qua", "sang", "ngay", "hom", "bua", "em", "xin", "vao", "hen", "truoc"];
    moon && at > 0 && line.is(at - 1, leads) && !line.is(end + 1, words!["thanh", "tinh", "nhac", "do"])
}

/// A number of a day in digits, or in words behind "mùng".
fn day_number(line: &Line, at: usize) -> Option<(u32, usize)> {
    let spoken = || {
        let early = at > 0 && line.is(at - 1, words!["mung", "mong"]);
        let (amount, end) = line.amount(at).filter(|(a, _)| a.in_words)?;
        let month = line.is(end, words!["thang"]) && named_month(line, end + 1).is_some();
        if !(early || month) {
            return None;
        }
        Some((u32::try_from(amount.whole()?).ok()?, end))
    };
    let (day, end) = line.number(at).map(|day| (day, at + 1)).or_else(spoken)?;
    (1..=30).contains(&day).then_some((day, end))
}

/// tháng giêng, tháng chạp.
fn named_month(line: &Line, at: usize) -> Option<u32> {
    if line.is(at, words!["gieng"]) {
        return Some(1);
    }
    line.is(at, words!["chap"]).then_some(12)
}

/// "Rằm", "rằm tháng giêng", "rằm tháng 7"; "rằm tháng 11 dương lịch" is the fifteenth of the solar month.
fn full_moon(line: &Line, at: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    if !line.is(at + 1, words!["thang"]) {
        return Some((next_of_moon(today, 15), at, at + 1));
    }
    if let Some(month) = named_month(line, at + 2) {
        return Some((coming(today, |year| in_month(year, month, 15)), at, at + 3));
    }
    let month = line.number(at + 2).filter(|m| (1..=12).contains(m))?;
    if line.is(at + 3, words!["duong"]) {
        return Some((coming(today, |year| NaiveDate::from_ymd_opt(year, month, 15)), at, at + 4));
    }
    Some((coming(today, |year| in_month(year, month, 15)), at, at + 3))
}

/// A day of a lunar month; the 30th of a month that has 29 is its last.
fn in_month(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    let solar = |day| LunarDate::new(year, month, day).to_solar();
    solar(day).or_else(|| (day == 30).then(|| solar(29)).flatten())
}

/// The first day from today on that a year gives.
fn coming(today: NaiveDate, in_year: impl Fn(i32) -> Option<NaiveDate>) -> Day {
    let years = today.year() - 1..=today.year() + 1;
    years.filter_map(in_year).find(|day| *day >= today).map_or(Day::Unreal, Day::On)
}

/// From the days before Tết to the middle of the first month people name days of the moon: "mùng 9".
fn is_around_tet(today: NaiveDate) -> bool {
    let moon = LunarDate::of(today);
    moon.month == 12 && moon.day >= 20 || moon.month == 1 && moon.day <= 12
}

/// The next day of that number in a lunar month.
fn next_of_moon(today: NaiveDate, day: u32) -> Day {
    let found = today.iter_days().take(62).find(|date| LunarDate::of(*date).day == day);
    found.map_or(Day::Unreal, Day::On)
}
