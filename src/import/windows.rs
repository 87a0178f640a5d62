//! Windows of time: "trong tháng 9", "tuần 2 tháng 10", "giữa tháng", "trong quý I/2027". Those wider than a quarter are no
//! dates to act on.

use chrono::{Duration, NaiveDate};

use super::resolve::Surroundings;
use crate::domain::Month;
use crate::vietnamese::{
    MonthSaid, Token, TokenKind, day_at, is_month_word, is_short_month, letter_and_month, months_at,
    quarter_at, words_at,
};

/// A window with the index of the token after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Index of the token after it.
    pub next: usize,
}

/// The window that begins at `at`. Without a month of its own it needs the item's month, and a cell, a bracket or "trong",
/// "vào" before it.
pub fn window_at(
    text: &str,
    tokens: &[Token],
    at: usize,
    around: &Surroundings,
    cell: bool,
) -> Option<Window> {
    if let Some((part, after)) = part_at(text, tokens, at).or_else(|| first_weeks_at(text, tokens, at)) {
        let placed = placed(tokens, at, cell)
            || matches!(part, Part::Days(..))
            || (stands_apart(tokens, at) && ends_a_clause(tokens, after));
        // "tuần thứ hai của tháng": of the item's.
        let own = is_month_word(tokens.get(after)) && !begins_a_numbered_month(text, tokens, after);
        let (placed, after) = if own { (true, after + 1) } else { (placed, after) };
        let (month, next) = match month_after(text, tokens, after, around) {
            Some((months, next)) => (months.first().copied()?, next),
            None if placed && around.months.len() <= 2 => (*around.months.first()?, after),
            None => return None,
        };
        let (from, to) = part.days(month);
        return Some(Window { from, to, next });
    }
    if tokens[at].is_word("trong") && begins_a_month(text, tokens, at + 1) {
        let (months, next) = match month_after(text, tokens, at + 1, around) {
            Some(found) => found,
            None if cell || in_bracket(tokens, at) || ends_a_clause(tokens, at + 2) => {
                (around.months.clone(), at + 2)
            }
            None => return None,
        };
        return whole(&months, next);
    }
    if cell && at == 0 && begins_a_month(text, tokens, 0) {
        let (months, next) = month_after(text, tokens, 0, around)?;
        return whole(&months, next);
    }
    // "hết tháng 10 phải xong", "đến hết tháng 5".
    let until = at.checked_sub(1).is_some_and(|before| tokens[before].is_word("het"));
    if until && begins_a_month(text, tokens, at) {
        let (months, next) = month_after(text, tokens, at, around)?;
        return whole(&months, next);
    }
    // "báo cáo tháng 3 và dự kiến tháng 4": what the report is of.
    let told = at >= 3 && tokens[at - 3].is_word("va");
    let tentative = at >= 2 && words_at(tokens, at - 2, &["du", "kien"]) && !told;
    let done_in = at >= 2 && words_at(tokens, at - 1, &["vao"]);
    if begins_a_month(text, tokens, at) && (tentative || done_in) {
        let (months, next) = month_after(text, tokens, at, around)?;
        return whole(&months, next);
    }
    let quarter = tokens[at].is_word("quy") && !names_what_follows(text, tokens, at);
    let named = cell || at.checked_sub(1).is_some_and(|before| tokens[before].is_word("trong"));
    if quarter && named { quarter_of(text, tokens, at, around) } else { None }
}

/// A part of a month.
#[derive(Clone, Copy)]
enum Part {
    /// 1 to 4: days 1–7, 8–14, 15–21, 22 to the end.
    Week(u32),
    /// From one week to a later one.
    Weeks(u32, u32),
    /// Days 1–10.
    Beginning,
    /// Days 11–20.
    Middle,
    /// Day 21 to the end.
    End,
    /// Days 1–15, day 16 to the end.
    Half(bool),
    /// So many days from the first on, so many to the last.
    Days(u32, bool),
}

impl Part {
    fn days(self, month: Month) -> (NaiveDate, NaiveDate) {
        let day = |n: i64| month.first_day() + Duration::days(n - 1);
        match self {
            Self::Week(n @ 1..=3) => (day(i64::from(n) * 7 - 6), day(i64::from(n) * 7)),
            Self::Week(_) => (day(22), month.last_day()),
            Self::Weeks(first, last) => (Self::Week(first).days(month).0, Self::Week(last).days(month).1),
            Self::Beginning => (day(1), day(10)),
            Self::Middle => (day(11), day(20)),
            Self::End => (day(21), month.last_day()),
            Self::Half(true) => (day(1), day(15)),
            Self::Half(false) => (day(16), month.last_day()),
            Self::Days(n, true) => (day(1), day(i64::from(n))),
            Self::Days(n, false) => (month.last_day() - Duration::days(i64::from(n) - 1), month.last_day()),
        }
    }
}

/// "tuần 2", "tuần đầu", "đầu tháng", "giữa tháng", "cuối tháng"; the index points at the month's word where there is one.
fn part_at(text: &str, tokens: &[Token], at: usize) -> Option<(Part, usize)> {
    let next = tokens.get(at + 1)?;
    // "Trung tuần tháng 3": its ten days in the middle.
    if next.is_word("tuan") && is_month_word(tokens.get(at + 2)) {
        let part = match tokens[at].folded.as_str() {
            "thuong" => Some(Part::Beginning),
            "trung" => Some(Part::Middle),
            "ha" => Some(Part::End),
            _ => None,
        };
        if let Some(part) = part {
            let numbered = begins_a_numbered_month(text, tokens, at + 2);
            return Some((part, if numbered { at + 2 } else { at + 3 }));
        }
    }
    if tokens[at].is_word("tuan") {
        let part = match next.folded.as_str() {
            "dau" => Part::Week(1),
            "cuoi" => Part::Week(4),
            _ => {
                // "tuần thứ 2", "tuần lễ thứ hai"
                let place = at + 1 + usize::from(next.is_word("le"));
                let place = place + usize::from(tokens.get(place).is_some_and(|t| t.is_word("thu")));
                let number = tokens.get(place)?;
                let first = match number.folded.as_str() {
                    "nhat" if place > at + 1 => 1,
                    "hai" if place > at + 1 => 2,
                    "ba" if place > at + 1 => 3,
                    "tu" | "bon" if place > at + 1 => 4,
                    _ => week_number(text, number)?,
                };
                let (last, after) = later_weeks(text, tokens, place + 1, first);
                // "Tuần 4/10": of October.
                let month = tokens.get(after).is_some_and(|t| t.is_sign('/'));
                let part = if last > first { Part::Weeks(first, last) } else { Part::Week(first) };
                let after =
                    if tokens.get(after).is_some_and(|t| t.is_word("cua")) { after + 1 } else { after };
                return Some((part, if month { after + 1 } else { after }));
            }
        };
        // "tuần đầu tiên của tháng", "tuần cuối cùng của tháng"
        let more = tokens.get(at + 2).is_some_and(|t| t.is_word("tien") || t.is_word("cung"));
        let after = at + 2 + usize::from(more);
        let after = after + usize::from(tokens.get(after).is_some_and(|t| t.is_word("cua")));
        return Some((part, after));
    }
    // "nửa đầu tháng", "trong 3 ngày đầu tháng"
    let first = |t: &Token| t.is_word("dau").then_some(true).or(t.is_word("cuoi").then_some(false));
    if tokens[at].is_word("nua") && is_month_word(tokens.get(at + 2)) {
        let numbered = months_at(text, tokens, at + 2).is_some();
        return Some((Part::Half(first(next)?), if numbered { at + 2 } else { at + 3 }));
    }
    if tokens[at].is_word("trong")
        && let Some(count) = next.number().filter(|n| (1..=15).contains(n))
        && tokens.get(at + 2).is_some_and(|t| t.is_word("ngay"))
        && is_month_word(tokens.get(at + 4))
    {
        let numbered = months_at(text, tokens, at + 4).is_some();
        return Some((
            Part::Days(count, first(tokens.get(at + 3)?)?),
            if numbered { at + 4 } else { at + 5 },
        ));
    }
    let part = match tokens[at].folded.as_str() {
        "dau" => Part::Beginning,
        "giua" => Part::Middle,
        "cuoi" => Part::End,
        _ => return None,
    };
    // "đầu T6", "xong hết T10"
    if letter_and_month(tokens, at + 1).is_some() {
        return Some((part, at + 1));
    }
    if !is_month_word(Some(next)) {
        return None;
    }
    // With a number after it the word belongs to the month: "cuối tháng 9".
    let numbered = months_at(text, tokens, at + 1).is_some();
    Some((part, if numbered { at + 1 } else { at + 2 }))
}

/// "2 tuần đầu tháng 11", "hai tuần cuối của tháng": the weeks, and the index of the month's word.
fn first_weeks_at(text: &str, tokens: &[Token], at: usize) -> Option<(Part, usize)> {
    if !tokens.get(at + 1)?.is_word("tuan") {
        return None;
    }
    let count = match tokens[at].folded.as_str() {
        "hai" => 2,
        "ba" => 3,
        _ => tokens[at].number().filter(|count| (2..=3).contains(count) && tokens[at].width() <= 2)?,
    };
    let first = match tokens.get(at + 2)?.folded.as_str() {
        "dau" => true,
        "cuoi" => false,
        _ => return None,
    };
    let after =
        at + 3 + usize::from(tokens.get(at + 3).is_some_and(|t| t.is_word("tien") || t.is_word("cung")));
    let after = after + usize::from(tokens.get(after).is_some_and(|t| t.is_word("cua")));
    let part = if first { Part::Weeks(1, count) } else { Part::Weeks(5 - count, 4) };
    begins_a_month(text, tokens, after).then_some((part, after))
}

/// "Quý III/2022: 12/9": what stands behind the colon is the date, and the window its name.
fn names_what_follows(text: &str, tokens: &[Token], at: usize) -> bool {
    quarter_at(text, tokens, at).is_some_and(|(_, next)| {
        tokens.get(next).is_some_and(|t| t.is_sign(':')) && day_at(text, tokens, next + 1).is_some()
    })
}

/// "tháng 10", but not "tháng" by itself.
fn begins_a_numbered_month(text: &str, tokens: &[Token], at: usize) -> bool {
    months_at(text, tokens, at).is_some()
}

/// "tháng …", "T10".
fn begins_a_month(text: &str, tokens: &[Token], at: usize) -> bool {
    is_month_word(tokens.get(at)) || is_short_month(text, tokens, at)
}

fn week_number(text: &str, token: &Token) -> Option<u32> {
    token.loose_number(text).filter(|n| (1..=5).contains(n) && token.width() == 1)
}

/// "Tuần 3, tuần 4", "tuần 2 - 3", "tuần 1+2": the last week and the index after it.
fn later_weeks(text: &str, tokens: &[Token], from: usize, first: u32) -> (u32, usize) {
    let (mut last, mut after) = (first, from);
    while let Some(sign) = tokens.get(after) {
        let joined = sign.is_sign(',')
            || sign.is_sign('+')
            || sign.is_range_sign()
            || sign.is_word("va")
            || sign.is_word("den");
        let place = after + 1 + usize::from(tokens.get(after + 1).is_some_and(|t| t.is_word("tuan")));
        let named = place > after + 1;
        let Some(week) = tokens.get(place).and_then(|t| week_number(text, t)).filter(|week| *week > last)
        else {
            break;
        };
        // "tuần 2, 3/10" may be a day.
        let open = tokens.get(place + 1).is_none_or(|t| !t.is_sign('/') || named);
        if !joined || !open {
            break;
        }
        (last, after) = (week, place + 1);
    }
    (last, after)
}

/// "tháng 10", "tháng 10/2026", "tháng 9, 10" at `at`, each in its year.
fn month_after(
    text: &str,
    tokens: &[Token],
    at: usize,
    around: &Surroundings,
) -> Option<(Vec<Month>, usize)> {
    // "tuần 4/10"
    let slash = at.checked_sub(1).is_some_and(|before| tokens[before].is_sign('/'));
    let alone = letter_and_month(tokens, at).filter(|_| !is_short_month(text, tokens, at));
    if !slash && alone.is_none() && !begins_a_month(text, tokens, at) {
        return None;
    }
    let (said, next) = match alone {
        Some(month) => (vec![MonthSaid { month, year: None }], at + 2),
        None => months_at(text, tokens, at)?,
    };
    let months = said
        .iter()
        .filter_map(|m| Month::new(m.year.unwrap_or_else(|| around.year_of_month(m.month)), m.month));
    Some((months.collect(), next))
}

fn whole(months: &[Month], next: usize) -> Option<Window> {
    let from = months.first()?.first_day();
    let to = months.last()?.last_day();
    (from <= to && to - from <= Duration::days(95)).then_some(Window { from, to, next })
}

/// "quý I", "quý 4/2026".
fn quarter_of(text: &str, tokens: &[Token], at: usize, around: &Surroundings) -> Option<Window> {
    let (said, next) = quarter_at(text, tokens, at)?;
    let first = said.first()?.month;
    let year = said.first()?.year.unwrap_or_else(|| around.year_of_month(first));
    whole(&[Month::new(year, first)?, Month::new(year, first + 2)?], next)
}

fn ends_a_clause(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|t| t.is_sign('.') || t.is_sign(';') || t.is_sign(','))
}

/// "Hội thi cấp cụm, tuần 3.", "ban giám khảo chấm tuần 3": not what a report or a plan is for ("kế hoạch tuần 2").
fn stands_apart(tokens: &[Token], at: usize) -> bool {
    const NAMED: [&str; 12] =
        ["hoach", "cao", "lich", "an", "cua", "mon", "trinh", "giao", "hoc", "bai", "chu", "thang"];
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
    before.is_sign(',')
        || before.is_sign(':')
        || matches!(before.kind, TokenKind::Number { .. })
        || (before.kind == TokenKind::Word && !NAMED.contains(&before.folded.as_str()))
}

fn placed(tokens: &[Token], at: usize, cell: bool) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    cell || in_bracket(tokens, at)
        || before.is_some_and(|t| matches!(t.folded.as_str(), "trong" | "vao" | "kien"))
}

/// Whether a bracket is open before the token.
fn in_bracket(tokens: &[Token], at: usize) -> bool {
    let opened = tokens[..at].iter().filter(|t| t.is_sign('(')).count();
    opened > tokens[..at].iter().filter(|t| t.is_sign(')')).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::tokens;

    #[test]
    fn windows_as_said() {
        let around =
            Surroundings { months: vec![Month { year: 2026, month: 10 }], ..Surroundings::default() };
        let table = [
            ("trong tháng 9", false, Some(("2026-09-01", "2026-09-30"))),
            ("tuần 2 tháng 10", false, Some(("2026-10-08", "2026-10-14"))),
            ("Tuần 4 tháng 2/2027", false, Some(("2027-02-22", "2027-02-28"))),
            ("trong tuần đầu tháng 12", false, Some(("2026-12-01", "2026-12-07"))),
            ("giữa tháng 11", false, Some(("2026-11-11", "2026-11-20"))),
            ("(cuối tháng)", false, Some(("2026-10-21", "2026-10-31"))),
            ("Tuần 3", true, Some(("2026-10-15", "2026-10-21"))),
            ("Trong tháng", true, Some(("2026-10-01", "2026-10-31"))),
            ("trong quý I/2027", false, Some(("2027-01-01", "2027-03-31"))),
            ("báo cáo tháng 9", false, None),
            ("kế hoạch tuần 2", false, None),
            ("Hội thi cấp cụm, tuần 3.", false, Some(("2026-10-15", "2026-10-21"))),
            ("nộp video 13/10; chấm tuần 3.", false, Some(("2026-10-15", "2026-10-21"))),
            ("Đoàn của Sở kiểm tra, giữa tháng.", false, Some(("2026-10-11", "2026-10-20"))),
            ("Dạy học chương trình tuần 3.", false, None),
            ("Tuần 3, tuần 4", true, Some(("2026-10-15", "2026-10-31"))),
            ("tuần thứ 2 của tháng 11", false, Some(("2026-11-08", "2026-11-14"))),
            ("tuần thứ hai tháng 11/2026", false, Some(("2026-11-08", "2026-11-14"))),
            ("tuần lễ thứ ba của tháng 11", false, Some(("2026-11-15", "2026-11-21"))),
            ("Tuần 1+2", true, Some(("2026-10-01", "2026-10-14"))),
            ("Tuần 4/10", true, Some(("2026-10-22", "2026-10-31"))),
            ("trong tuần 2 và tuần 3 tháng 11", false, Some(("2026-11-08", "2026-11-21"))),
            ("đầu T6", false, Some(("2027-06-01", "2027-06-10"))),
            ("xong hết T10", false, Some(("2026-10-01", "2026-10-31"))),
            ("Giữa T2/2027", true, Some(("2027-02-11", "2027-02-20"))),
            ("báo cáo quý III", false, None),
            (
                "Các trường tự kiểm tra, báo cáo tuần thứ hai của tháng.",
                false,
                Some(("2026-10-08", "2026-10-14")),
            ),
            ("trong tuần đầu tiên của tháng 01/2027", false, Some(("2027-01-01", "2027-01-07"))),
            ("trong 2 tuần đầu tháng 11", false, Some(("2026-11-01", "2026-11-14"))),
            ("2 tuần đầu tháng", true, Some(("2026-10-01", "2026-10-14"))),
            ("trong hai tuần cuối của tháng 11", false, Some(("2026-11-15", "2026-11-30"))),
            ("Trung tuần tháng 3 đoàn về", false, Some(("2027-03-11", "2027-03-20"))),
            ("Hạ tuần tháng 10", true, Some(("2026-10-21", "2026-10-31"))),
            ("Quý III/2026: 12/9; quý IV/2026: 12/12", true, None),
            ("Báo cáo tháng 9 và dự kiến tháng 10.", false, None),
            ("cuối năm học", false, None),
        ];
        for (text, cell, want) in table {
            let tokens = tokens(text);
            let got = (0..tokens.len()).find_map(|at| window_at(text, &tokens, at, &around, cell));
            let got = got.map(|w| (w.from.to_string(), w.to.to_string()));
            assert_eq!(got, want.map(|(a, b)| (a.to_owned(), b.to_owned())), "{text}");
        }
    }
}
