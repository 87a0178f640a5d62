//! Days of the month by their number alone: "cho em 17", "đến 20", "mùng 5 tháng sau", "22 về ký rồi em gửi".

use chrono::{Datelike, NaiveDate};

use super::super::line::Line;
use super::super::marks::{counts_what_is_valid, words};
use super::super::phrases::phrases;
use super::clock::half_day_at;
use super::{Day, Said, asks_before};
use crate::domain::Month;
use crate::understand::key::{Key, words};
use crate::vietnamese::{DaySaid, month_number_at};

/// What has a number of its own: "đợt 2", "ấp 5".
pub(super) const PLACES: &[Key] =
    words!["dot", "lan", "ap", "thon", "xom", "khu", "lop", "khoi", "bieu", "tiet", "cum", "phan", "muc"];

/// A bare day of the month.
pub(super) fn bare_day(line: &Line, at: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    let (day, behind) = number_of_day(line, at)?;
    // "15.000đ" has no day.
    let group = line.is_glued(behind)
        && line.is_glued(behind + 1)
        && line.tokens.get(behind + 1).is_some_and(|t| t.number().is_some() && t.width() == 3);
    if group {
        return None;
    }
    if counts_what_is_valid(line, at) || at > 0 && line.is(at - 1, PLACES) {
        return None;
    }
    if opens_clause(line, at, behind) || is_return(line, at, behind) {
        return Some((of_month(day, today), at, behind));
    }
    let before = at.checked_sub(1)?;
    let named = line.is(before, words!["ngay", "mung", "mong", "han", "hom", "bua"]);
    let moved = line.is(before, words!["lai"])
        && before >= 1
        && line.is(before - 1, words!["doi", "lui", "hoan", "hen"]);
    let to_come = line.is(before, words!["truoc", "het", "tam", "khoang", "chung"])
        && !line.is(behind, words!["lop", "chau", "tre", "phan", "it", "nua", "so"]);
    let moves = line.is(before, words!["den"]) && before >= 1 && line.is(before - 1, words!["chuyen"]);
    // "Dời giùm qua 27", "chiều 20", "chậm nhất là 22".
    let across = line.is(before, words!["qua"])
        && line.spelled[before] == "qua"
        && (before.saturating_sub(7)..before)
            .any(|n| line.is(n, words!["doi", "hoan", "lui", "xin", "chuyen", "khat", "cho", "tre", "cham"]));
    // "Xin chị 24 hoặc 25".
    let either = line.is(behind, words!["hoac", "hay"])
        && line.number(behind + 1).is_some_and(|n| n > day && n <= 31)
        && asks_before(line, at, 0)
        && !is_counted(line, behind + 2);
    let half_day = half_day_at(line, before).is_some() && !line.is(before, words!["dem", "khuya"]);
    let utmost = before - usize::from(before > 0 && line.is(before, words!["la", "cung"]));
    let latest = utmost > 0
        && line.is(utmost, words!["nhat", "nhut"])
        && line.is(utmost - 1, words!["cham", "som", "muon", "tre"]);
    let phrase = line.is(before, words!["den", "toi", "sang", "xin", "hen", "lui", "vao"]) && !moves
        || moved
        || across
        || half_day
        || latest
        || either
        || to_come
        || line.is(behind, words!["tay"])
        || line.is(before, words!["em", "truong", "minh"])
            && before >= 1
            && line.is(before - 1, words!["cho", "xin"]);
    let glued = line.is_glued(behind) && !line.is(behind, words![",", ".", ";", "!", "?", ")"]);
    // "Mùng 8 nhận": a day, whatever stands behind it.
    let early = line.is(before, words!["mung", "mong"]);
    if !(named || phrase) || is_counted(line, behind) && !early || glued {
        return None;
    }
    // "Tới 15 tháng tư".
    if line.is(behind, words!["thang"])
        && line.number(behind + 1).is_none()
        && let Some((month, next)) = month_number_at(&line.text, &line.tokens, behind + 1)
    {
        let said = DaySaid { day, month, year: None, weak: false, repaired: false };
        return Some((super::resolve(said, today), at, next));
    }
    // Without its mark: "15 thang tu".
    let unmarked = (!line.marked && line.is(behind, words!["thang"]) && line.number(behind + 2).is_none())
        .then(|| match line.folded(behind + 1) {
            "tu" => Some(4),
            "nam" => Some(5),
            _ => None,
        });
    if let Some(month) = unmarked.flatten() {
        let said = DaySaid { day, month, year: None, weak: false, repaired: false };
        return Some((super::resolve(said, today), at, behind + 2));
    }
    let said_month = |word| words(line, behind, &["thang", word]);
    let (month, next) = if said_month("sau") || said_month("toi") {
        (Month::of(today).next(), behind + 2)
    } else if said_month("nay") {
        (Month::of(today), behind + 2)
    } else if day >= today.day() {
        (Month::of(today), behind)
    } else {
        (Month::of(today).next(), behind)
    };
    // "Gửi hôm 19 rồi": the last one.
    let over =
        line.is(before, words!["hom"]) && day < today.day() && next == behind && !asks_before(line, at, 0);
    let month = if over { Month::of(today) } else { month };
    let date = NaiveDate::from_ymd_opt(month.year, month.month, day);
    let date = match date {
        Some(date) if date < today => Day::Past(date),
        Some(date) => Day::On(date),
        None => Day::Unreal,
    };
    Some((date, at, next))
}

/// 1 to 31 in digits; in words from ten on: "ngày mười ba", "cho em hai mươi".
fn number_of_day(line: &Line, at: usize) -> Option<(u32, usize)> {
    let spoken = || {
        let (amount, end) = line.amount(at).filter(|(a, _)| a.in_words)?;
        let day = amount.whole().and_then(|n| u32::try_from(n).ok())?;
        let led = at > 0 && line.is(at - 1, words!["ngay", "den", "toi", "em", "truong", "xin"]);
        (led && day >= 10 && !line.is(end, words!["nghin", "ngan", "phan", "phay"])).then_some((day, end))
    };
    // "Bữa hăm tám".
    let twenties = || {
        let unit = ["mot", "hai", "ba", "bon", "lam", "sau", "bay", "tam", "chin"];
        let low = unit.iter().position(|word| line.folded(at + 1) == *word)?;
        // As typed: "hăm" is also how some write "không".
        let typed = line.printed(at..at + 1).to_lowercase();
        matches!(typed.as_str(), "hăm" | "ham").then_some((u32::try_from(low).ok()? + 21, at + 2))
    };
    let (day, end) = line.number(at).map(|day| (day, at + 1)).or_else(spoken).or_else(twenties)?;
    (1..=31).contains(&day).then_some((day, end))
}

/// "09 em nộp": a message that begins with a day.
fn opens_clause(line: &Line, at: usize, behind: usize) -> bool {
    let clause = at == 0
        || !line.is_word(at - 1)
            && line.number(at - 1).is_none()
            && !line.is_sign(at - 1, ':')
            && !line.is_glued(at);
    clause
        && line.is(behind, words!["em", "truong", "ben", "minh"])
        && ((behind + 1..behind + 3).any(|n| line.is(n, words!["nop", "gui", "trinh", "bao", "moi", "chot"]))
            || line.is(behind + 1, words!["di"]) && line.is(behind + 2, words!["tap", "cong", "hop", "vien"]))
}

/// "Hiệu trưởng đi công tác, 22 về ký rồi em gửi", "20 mới họp": the day on which somebody is back or something takes place.
fn is_return(line: &Line, at: usize, behind: usize) -> bool {
    const THEN: &[Key] =
        words!["ve", "hop", "ky", "xong", "co", "tra", "chot", "nhan", "ranh", "gui", "nop", "lam"];
    let label: Vec<_> = (at.saturating_sub(2)..at).filter_map(|n| line.word(n)).collect();
    if !phrases().concepts(&label).concepts.is_empty() || line.is_glued(behind) {
        return false;
    }
    let only = line.is(behind, words!["moi"]) && line.is(behind + 1, THEN);
    let back = line.is(behind, words!["ve", "hop"])
        || (behind..behind + 3).all(|n| line.is_word(n)) && line.is(behind + 2, words!["di", "ve"]);
    let gives = (behind + 1..line.len().min(behind + 9)).any(|n| {
        line.is(n, words!["roi", "moi"])
            && (n + 1..n + 4).any(|m| line.is(m, words!["em", "truong", "nop", "gui", "trinh"]))
    });
    only || back && gives
}

/// What is counted behind the number: no day of the month. "20 em nộp" is one.
fn is_counted(line: &Line, behind: usize) -> bool {
    let acts = line.is(behind, words!["em"])
        && line.is(
            behind + 1,
            words!["moi", "nop", "gui", "se", "lam", "xin", "trinh", "bao", "chot", "nhap", "co"],
        );
    !acts
        && line.is_word(behind)
        && (phrases().is_counted(line.word(behind))
            || line.is(
                behind,
                words![
                    "ruoi", "ngan", "nghin", "trieu", "tr", "k", "ngay", "hom", "tuan", "buoi", "h", "g",
                    "gio", "phut", "bua", "tet", "lan", "ban", "van", "tieng", "dem", "buoc"
                ],
            ))
}

/// "Hạn 20, em 22 nha", "đoàn hẹn 24, em xin báo 25", "24 hoặc 25": a number shortly behind a day that was said, and nothing counted.
pub(super) fn beside_a_day(line: &Line, at: usize, last: Option<&Said>) -> Option<(Day, usize, usize)> {
    let day = line.number(at).filter(|n| (1..=31).contains(n))?;
    let last = last.filter(|d| at < d.tokens.end + 12)?;
    let (Day::On(earlier) | Day::Past(earlier)) = last.day else { return None };
    let numbered = last.tokens.clone().any(|n| line.number(n) == Some(earlier.day()));
    let before = at.checked_sub(1)?;
    let leads = line.is(
        before,
        words![
            "em", "nop", "gui", "bao", "xin", "trinh", "hen", "cho", "de", "thi", "nhung", "ma", "hoac",
            "hay", "truong", "lay", "thanh",
        ],
    );
    let polite = !line.is_word(at + 1) && line.number(at + 1).is_none() && !line.is_sign(at + 1, '/')
        || line.is(
            at + 1,
            words![
                "em", "nha", "nhe", "nghe", "nghen", "a", "chi", "anh", "bac", "duoc", "thi", "moi", "hen",
                "hi", "nop", "gui", "trinh",
            ],
        );
    let later = earlier.iter_days().skip(1).take(12).find(|d| d.day() == day)?;
    let glued = line.is_glued(at + 1) && line.is_word(at + 1);
    (numbered && leads && polite && !glued).then_some((Day::On(later), at, at + 1))
}

/// The next such day of a month.
pub(super) fn of_month(day: u32, today: NaiveDate) -> Day {
    let month = if day >= today.day() { Month::of(today) } else { Month::of(today).next() };
    NaiveDate::from_ymd_opt(month.year, month.month, day).map_or(Day::Unreal, Day::On)
}
