//! So much time more: "thêm 2 ngày", "chậm 1 tuần", "2-3 hôm nữa", "thêm bữa nữa", "nửa tháng", "3 ngày làm việc".

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, Timelike, Weekday};

use super::super::line::Line;
use super::super::marks::words;
use super::{Day, on};
use crate::understand::key::{Key, words};
use crate::vietnamese::Amount;

/// How much time, where it counts from the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::understand) enum Span {
    Days(u64),
    /// Saturdays and Sundays do not count.
    WorkingDays(u64),
    Months(u32),
}

impl Span {
    /// The day so long after another.
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(n) => day.checked_add_days(Days::new(n)),
            Self::Months(n) => day.checked_add_months(Months::new(n)),
            Self::WorkingDays(n) => {
                let works = |d: &NaiveDate| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun);
                let nth = usize::try_from(n).ok()?.checked_sub(1)?;
                day.iter_days().skip(1).filter(works).nth(nth)
            }
        }
    }
}

/// Words for "about" in front of a length of time.
const ABOUT: &[Key] = words!["khoang", "chung", "tam", "do", "co", "dung", "mat", "tron"];

/// A length of time that is asked for, or that is to pass from now: the day that it comes to, seen from today.
pub(super) fn duration(line: &Line, at: usize, now: NaiveDateTime) -> Option<(Day, usize, usize)> {
    if !leads(line, at) && !is_hence(line, at) {
        return None;
    }
    let unit = |n: usize| line.is(n, words!["ngay", "hom", "bua", "tuan", "buoi"]);
    if line.is(at, words!["vai", "may", "it", "dam"]) && (unit(at + 1) || unit(at + 2)) {
        return Some((Day::Vague, at, if unit(at + 1) { at + 2 } else { at + 3 }));
    }
    if let Some((span, end)) = span_at(line, at) {
        let day = span.after(now.date()).map_or(Day::Vague, Day::On);
        return Some((day, at, end));
    }
    // "Thêm một buổi": half a day.
    let (amount, next) = counted_at(line, at)?;
    let count = amount.whole().filter(|n| line.is(next, words!["buoi"]) && (1..=60).contains(n))?;
    let days = if now.hour() < 11 && count == 1 { 0 } else { (count + 1) / 2 };
    Some((on(now.date(), days), at, next + 1))
}

/// A word that asks stands before it, near enough and in the same clause; not "xin nghỉ phép 2 hôm", "con ốm nằm 3 hôm".
fn leads(line: &Line, at: usize) -> bool {
    const ASKS: &[Key] = words![
        "lai", "hen", "xin", "them", "cham", "lui", "tre", "khat", "hoan", "em", "muon", "sau", "no", "han",
        "truong", "gian", "noi", "qua", "lo", "chi", "anh", "bac", "phong",
    ];
    const FAR: &[Key] = words![
        "cham", "lui", "khat", "hoan", "them", "gia", "doi", "tre", "muon", "xin", "gian", "noi", "cho",
    ];
    const OTHERS: &[Key] = words![
        "phep", "om", "hoc", "hop", "vien", "nam", "truc", "day", "lam", "mua", "hien", "o", "choi", "di",
        "cach", "huan", "vang", "mat", "trong", "moi", "thi", "can", "lan",
    ];
    let Some(before) = at.checked_sub(1) else { return false };
    // "Vài ba hôm" is vague, "sau tết một ngày" no day of ours.
    let of_a_feast = at > 1 && line.is(at - 2, words!["sau"]) && line.is(before, words!["tet", "le", "ram"]);
    if of_a_feast || line.is(before, words!["vai", "dam"]) {
        return false;
    }
    if line.is(before, words!["nghi"]) && !(before > 0 && line.is(before - 1, words!["de"])) {
        return false;
    }
    if line.is(before, ASKS) || line.is(before, words!["nghi"]) {
        return true;
    }
    let from = at.saturating_sub(8);
    let ends = |n: &usize| [',', '.', ';', '!', '?', '('].into_iter().any(|sign| line.is_sign(*n, sign));
    let from = (from..at).rev().find(ends).map_or(from, |sign| sign + 1);
    // "Lùi hạn bài dự thi 2 hôm": behind what is put off the length may stand far.
    let put_off = (from..at).any(|n| line.is(n, words!["lui", "hoan", "gian", "cham", "khat", "muon"]));
    let about = line.is(before, ABOUT);
    about || (put_off || !line.is(before, OTHERS)) && (from..at).any(|n| line.is(n, FAR))
}

/// "2 ngày nữa em nộp", "nửa tháng nữa".
fn is_hence(line: &Line, at: usize) -> bool {
    span_at(line, at).is_some_and(|(_, end)| line.is(end, words!["nua"]))
}

/// The length of time at `at`, and the token behind it.
fn span_at(line: &Line, at: usize) -> Option<(Span, usize)> {
    // "1-2 hôm", "2, 3 bữa": as long as the longer.
    if let (Some(low), Some(high)) = (line.number(at), line.number(at + 2))
        && ['-', '–', ','].into_iter().any(|sign| line.is_sign(at + 1, sign))
        && low < high
        && high <= 15
    {
        return unit_behind(line, at + 2, u64::from(high), at + 3);
    }
    if words(line, at, &["nua", "thang"]) {
        return Some((Span::Days(15), at + 2));
    }
    // "Thêm bữa nữa", "cho em thêm hôm", "xin thêm tuần": one.
    let one = at > 0 && line.is(at - 1, words!["them"]);
    if one && line.is(at, words!["ngay", "hom", "bua", "tuan", "dem"]) {
        let named = line.number(at + 1).is_some()
            || line.is(at + 1, words!["nay", "mai", "sau", "toi", "nao", "cong", "kia", "khac"])
            || line.is(at, words!["ngay"]) && !line.is(at + 1, words!["nua"]);
        return (!named).then(|| unit_behind(line, at, 1, at)).flatten();
    }
    let (amount, next) = counted_at(line, at)?;
    let count = amount.whole().filter(|n| (1..=60).contains(n))?;
    unit_behind(line, at, u64::try_from(count).ok()?, next)
}

/// A number; "sau ngay 5" begins with no six.
fn counted_at(line: &Line, at: usize) -> Option<(Amount, usize)> {
    if line.spelled.get(at).is_some_and(|w| w == "sau") {
        return None;
    }
    line.amount(at)
}

/// What is counted, from the word at `unit` on.
fn unit_behind(line: &Line, at: usize, count: u64, unit: usize) -> Option<(Span, usize)> {
    let span = match line.folded(unit) {
        "ngay" if words(line, unit + 1, &["lam", "viec"]) => {
            return Some((Span::WorkingDays(count), unit + 3));
        }
        "ngay" | "hom" | "bua" => Span::Days(count),
        "dem" if line.spelled[unit] != "đêm\u{301}" && !line.is(unit + 1, words!["lai"]) => {
            Span::Days(count)
        }
        "tuan" => Span::Days(count * 7),
        "thang" if line.number(unit + 1).is_none() && is_month_long(line, at, unit) => {
            Span::Months(u32::try_from(count).ok().filter(|n| *n <= 6)?)
        }
        _ => return None,
    };
    // "Một ngày rưỡi" ends within the second day.
    let half = line.is(unit + 1, words!["ruoi"]);
    match span {
        Span::Days(n) if half => Some((Span::Days(n + 1), unit + 2)),
        span => Some((span, unit + 1)),
    }
}

/// "Thêm 1 tháng", "lùi một tháng"; not "5 tháng tư", "20 tháng sau".
fn is_month_long(line: &Line, at: usize, unit: usize) -> bool {
    let named = [
        "sau", "toi", "nay", "mot", "hai", "ba", "tu", "nam", "bay", "tam", "chin", "muoi", "gieng", "chap",
        "truoc",
    ];
    !named.contains(&line.folded(unit + 1)) && (at.saturating_sub(4)..at).any(|n| asks_for_long(line, n))
}

fn asks_for_long(line: &Line, at: usize) -> bool {
    line.is(at, words!["them", "cham", "lui", "hoan", "khat", "no", "tre", "muon", "han", "gian"])
}

/// "Xã ký tới 17, em nộp sau đó 1 bữa": so long behind the day that was said.
pub(super) fn after_that(line: &Line, start: usize, end: usize, day: NaiveDate) -> Option<NaiveDate> {
    let that = start >= 2
        && line.is(start - 1, words!["do", "ay"])
        && (start.saturating_sub(3)..start - 1).any(|at| line.is(at, words!["sau"]));
    let (span, next) = span_at(line, start).filter(|_| that)?;
    if next == end { span.after(day) } else { None }
}

/// How long, where it counts from the deadline: not "2 ngày nữa", which counts from now.
pub(super) fn span_asked(line: &Line, start: usize, end: usize) -> Option<Span> {
    let (span, next) = span_at(line, start)?;
    let added = (start.saturating_sub(3)..start).any(|at| line.is(at, words!["them"]));
    (next == end && (added || !line.is(end, words!["nua"]))).then_some(span)
}
