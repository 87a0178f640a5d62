//! Days by their words: "mai", "ngày kia", "hết tuần này", "giữa tháng", "qua Tết".

use chrono::{Datelike, Days, NaiveDate};

use super::super::line::Line;
use super::super::marks::words;
use super::{Day, on, weekday_said};
use crate::domain::Month;

/// mai, mốt, ngày kia, hôm nay, cuối tháng, tuần sau, qua Tết.
pub(super) fn by_word(line: &Line, at: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    let month_end = |day: NaiveDate| Month::of(day).last_day();
    if let Some(found) = part_of_month(line, at, today) {
        return Some(found);
    }
    let fixed: [(&[&str], Day); 42] = [
        (&["bua", "nay"], on(today, 0)),
        (&["bua", "mot"], on(today, 2)),
        (&["bua", "kia"], on(today, 2)),
        (&["hom", "sau"], on(today, 1)),
        (&["dem", "nay"], on(today, 0)),
        (&["khuya", "nay"], on(today, 0)),
        (&["qua", "tuan"], Day::Vague),
        (&["it", "hom"], Day::Vague),
        (&["it", "bua"], Day::Vague),
        (&["may", "bua"], Day::Vague),
        (&["vai", "bua"], Day::Vague),
        (&["ra", "gieng"], Day::Vague),
        (&["bua", "nao"], Day::Vague),
        (&["dip", "khac"], Day::Vague),
        (&["ngay", "mai"], on(today, 1)),
        (&["ngay", "mot"], on(today, 2)),
        (&["ngay", "kia"], on(today, 2)),
        (&["hom", "nay"], on(today, 0)),
        (&["trong", "ngay"], on(today, 0)),
        (&["sang", "nay"], on(today, 0)),
        (&["trua", "nay"], on(today, 0)),
        (&["chieu", "nay"], on(today, 0)),
        (&["toi", "nay"], on(today, 0)),
        (&["cuoi", "thang", "sau"], Day::On(month_end(month_end(today) + Days::new(1)))),
        (&["cuoi", "thang"], Day::On(month_end(today))),
        (&["dau", "tuan", "sau"], on(today, 8 - i64::from(today.weekday().number_from_monday()))),
        (&["dau", "tuan", "toi"], on(today, 8 - i64::from(today.weekday().number_from_monday()))),
        (&["dau", "tuan"], on(today, 8 - i64::from(today.weekday().number_from_monday()))),
        (&["cuoi", "tuan"], Day::Vague),
        (&["tuan", "sau"], Day::Vague),
        (&["tuan", "toi"], Day::Vague),
        (&["sang", "tuan"], Day::Vague),
        (&["thang", "sau"], Day::Vague),
        (&["sang", "thang"], Day::Vague),
        (&["qua", "tet"], Day::Vague),
        (&["qua", "le"], Day::Vague),
        (&["sau", "le"], Day::Vague),
        (&["sau", "tet"], Day::Vague),
        (&["ra", "tet"], Day::Vague),
        (&["het", "tet"], Day::Vague),
        (&["vai", "hom"], Day::Vague),
        (&["may", "hom", "nua"], Day::Vague),
    ];
    // "Quà tết" is no "qua Tết".
    let gift = line.spelled.get(at).is_some_and(|w| w == "qua\u{300}");
    if let Some((said, day)) = fixed.iter().find(|(said, _)| words(line, at, said) && !gift) {
        // "tuần sau thứ 3" is that Tuesday.
        if said[0] == "tuan" && weekday_said(line, at + 2).is_some() {
            return None;
        }
        return Some((*day, at, at + said.len()));
    }
    // "Mai mốt": soon, and no day.
    if words(line, at, &["mai", "mot"]) || at > 0 && words(line, at - 1, &["mai", "mot"]) {
        return None;
    }
    let spelled = line.spelled.get(at)?.as_str();
    let day = match spelled {
        "mai" if !after_person(line, at) => on(today, 1),
        "môt\u{301}" if !line.is(at.wrapping_sub(1), &["muoi", "hai", "ba", "tram"]) => on(today, 2),
        "nay" if at > 0 && line.text[line.tokens[at].start..].to_lowercase().starts_with("hnay") => {
            on(today, 0)
        }
        _ => return None,
    };
    Some((day, at, at + 1))
}

/// "cuối tháng 10" is its last day, "nửa cuối tháng 4", "đầu tháng 5" no day.
fn part_of_month(line: &Line, at: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    // "Hết tuần này" ends with its Sunday; "giữa tháng" is its fifteenth.
    if line.is(at, &["het"]) && line.is(at + 1, &["tuan"]) && line.spelled[at] != "hêt" {
        let week = if line.is(at + 2, &["sau", "toi"]) { 14 } else { 7 };
        let end = at + 2 + usize::from(line.is(at + 2, &["sau", "toi", "nay"]));
        return Some((on(today, week - i64::from(today.weekday().number_from_monday())), at, end));
    }
    if line.is(at, &["giua"]) && line.is(at + 1, &["thang"]) && line.number(at + 2).is_none() {
        let next = line.is(at + 2, &["sau", "toi"]) || today.day() > 15;
        let month = if next { Month::of(today).next() } else { Month::of(today) };
        let middle = NaiveDate::from_ymd_opt(month.year, month.month, 15).map_or(Day::Vague, Day::On);
        return Some((middle, at, at + 2 + usize::from(line.is(at + 2, &["sau", "toi", "nay"]))));
    }
    // "Qua tháng 12", "sang tháng 1": its first days, and no day of them.
    let coming = line.is(at, &["qua", "sang", "ra"]) && line.is(at + 1, &["thang"]);
    if coming && line.number(at + 2).is_some_and(|m| (1..=12).contains(&m)) && !line.is_sign(at + 3, '/') {
        return Some((Day::Vague, at, at + 3));
    }
    let ends = line.is(at, &["het"]) && line.is(at + 1, &["thang"]);
    if ends && line.number(at + 2).is_none() {
        let month = if line.is(at + 2, &["sau", "toi"]) { Month::of(today).next() } else { Month::of(today) };
        return Some((Day::On(month.last_day()), at, at + 2));
    }
    if !line.is(at, &["dau", "giua", "cuoi", "het"]) || !line.is(at + 1, &["thang"]) {
        return None;
    }
    let month = line.number(at + 2).filter(|m| (1..=12).contains(m))?;
    let half = at > 0 && line.is(at - 1, &["nua"]);
    let year = if month < today.month() { today.year() + 1 } else { today.year() };
    let last = Month { year, month }.last_day();
    let day = if line.is(at, &["cuoi", "het"]) && !half { Day::On(last) } else { Day::Vague };
    Some((day, at, at + 3))
}

/// "cô Mai" is a person.
fn after_person(line: &Line, at: usize) -> bool {
    at > 0 && line.is(at - 1, &["co", "chi", "be", "ban", "hoa", "sao", "bac", "ba"])
}
