//! Days by their words: "mai", "ngày kia", "hết tuần này", "giữa tháng", "qua Tết".

use std::sync::OnceLock;

use chrono::{Datelike, Days, NaiveDate};
use rustc_hash::FxHashMap;

use super::super::line::Line;
use super::super::marks::words;
use super::{Day, on, weekday_said};
use crate::domain::Month;
use crate::understand::key::words;

/// A day as it is said.
#[derive(Clone, Copy)]
enum Said {
    /// In so many days.
    In(i64),
    NextMonday,
    MonthEnd,
    NextMonthEnd,
    /// No day of the calendar.
    Vague,
}

impl Said {
    fn seen_from(self, today: NaiveDate) -> Day {
        let month_end = |day: NaiveDate| Month::of(day).last_day();
        match self {
            Self::In(days) => on(today, days),
            Self::NextMonday => on(today, 8 - i64::from(today.weekday().number_from_monday())),
            Self::MonthEnd => Day::On(month_end(today)),
            Self::NextMonthEnd => Day::On(month_end(month_end(today) + Days::new(1))),
            Self::Vague => Day::Vague,
        }
    }
}

/// The longer before the shorter.
const SAID: [(&[&str], Said); 53] = [
    (&["bua", "khac"], Said::Vague),
    (&["hom", "khac"], Said::Vague),
    (&["ngay", "khac"], Said::Vague),
    (&["tuan", "khac"], Said::Vague),
    (&["tuan", "ke"], Said::Vague),
    (&["dau", "thang"], Said::Vague),
    (&["bua", "nay"], Said::In(0)),
    (&["bua", "mot"], Said::In(2)),
    (&["bua", "kia"], Said::In(2)),
    (&["hom", "sau"], Said::In(1)),
    (&["dem", "nay"], Said::In(0)),
    (&["khuya", "nay"], Said::In(0)),
    (&["qua", "tuan"], Said::Vague),
    (&["it", "hom"], Said::Vague),
    (&["it", "bua"], Said::Vague),
    (&["may", "bua"], Said::Vague),
    (&["vai", "bua"], Said::Vague),
    (&["ra", "gieng"], Said::Vague),
    (&["bua", "nao"], Said::Vague),
    (&["dip", "khac"], Said::Vague),
    (&["ngay", "mai"], Said::In(1)),
    (&["ngay", "mot"], Said::In(2)),
    (&["ngay", "kia"], Said::In(2)),
    (&["hom", "nay"], Said::In(0)),
    (&["trong", "ngay"], Said::In(0)),
    (&["sang", "nay"], Said::In(0)),
    (&["trua", "nay"], Said::In(0)),
    (&["chieu", "nay"], Said::In(0)),
    (&["toi", "nay"], Said::In(0)),
    (&["cuoi", "thang", "sau"], Said::NextMonthEnd),
    (&["cuoi", "thang"], Said::MonthEnd),
    (&["dau", "tuan", "sau"], Said::NextMonday),
    (&["dau", "tuan", "toi"], Said::NextMonday),
    (&["dau", "tuan", "ke"], Said::NextMonday),
    (&["dau", "tuan"], Said::NextMonday),
    (&["cuoi", "tuan"], Said::Vague),
    (&["tuan", "sau"], Said::Vague),
    (&["tuan", "toi"], Said::Vague),
    (&["sang", "tuan"], Said::Vague),
    (&["thang", "sau"], Said::Vague),
    (&["sang", "thang"], Said::Vague),
    (&["qua", "noel"], Said::Vague),
    (&["sau", "noel"], Said::Vague),
    (&["qua", "giang", "sinh"], Said::Vague),
    (&["sau", "giang", "sinh"], Said::Vague),
    (&["qua", "tet"], Said::Vague),
    (&["qua", "le"], Said::Vague),
    (&["sau", "le"], Said::Vague),
    (&["sau", "tet"], Said::Vague),
    (&["ra", "tet"], Said::Vague),
    (&["het", "tet"], Said::Vague),
    (&["vai", "hom"], Said::Vague),
    (&["may", "hom", "nua"], Said::Vague),
];

/// Sayings by their first word.
type ByFirst = FxHashMap<&'static str, Vec<(&'static [&'static str], Said)>>;

/// [`SAID`] by the first word: every word of every message is looked up.
fn by_first() -> &'static ByFirst {
    static BY_FIRST: OnceLock<ByFirst> = OnceLock::new();
    BY_FIRST.get_or_init(|| {
        let mut by_first: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (said, day) in SAID {
            by_first.entry(said[0]).or_default().push((said, day));
        }
        by_first
    })
}

/// mai, mốt, ngày kia, hôm nay, cuối tháng, tuần sau, qua Tết.
pub(super) fn by_word(line: &Line, at: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    if let Some(found) = part_of_month(line, at, today) {
        return Some(found);
    }
    // "Ngày kìa" is the day behind "ngày kia".
    if line.is(at, words!["ngay", "bua", "hom"])
        && line.spelled.get(at + 1).is_some_and(|w| w == "kia\u{300}")
    {
        return Some((on(today, 3), at, at + 2));
    }
    // "Quà tết" is no "qua Tết".
    let gift = line.spelled.get(at).is_some_and(|w| w == "qua\u{300}");
    let begins = by_first().get(line.folded(at));
    let said = begins.into_iter().flatten().find(|(said, _)| words(line, at, said) && !gift);
    if let Some((said, day)) = said {
        // "Trong ngày mai", "trong ngày 20", "trong ngày đó".
        let named = line.number(at + 2).is_some()
            || line.is(at + 2, words!["mai", "mot", "kia", "hom", "thu", "t", "cn", "chu", "do", "ay", "le"]);
        if words(line, at, &["trong", "ngay"]) && named {
            return None;
        }
        // "tuần sau thứ 3" is that Tuesday.
        if said[0] == "tuan" && weekday_said(line, at + 2).is_some() {
            return None;
        }
        return Some((day.seen_from(today), at, at + said.len()));
    }
    // "Mai mốt": soon, and no day.
    if words(line, at, &["mai", "mot"]) || at > 0 && words(line, at - 1, &["mai", "mot"]) {
        return None;
    }
    let spelled = line.spelled.get(at)?.as_str();
    let day = match spelled {
        "mai" if !after_person(line, at) => on(today, 1),
        // "Sáng mơi": mai in the south.
        "mơi" => on(today, 1),
        "mot" if is_bare_mot(line, at) => on(today, 2),
        "môt\u{301}" if !line.is(at.wrapping_sub(1), words!["muoi", "hai", "ba", "tram"]) => on(today, 2),
        "nay" if at > 0 && line.text[line.tokens[at].start..].to_lowercase().starts_with("hnay") => {
            on(today, 0)
        }
        _ => return None,
    };
    Some((day, at, at + 1))
}

/// "Trua mot", "mot em nop", "cho em mot nghe" without its mark; not "toi mot tuan", "mot chut".
fn is_bare_mot(line: &Line, at: usize) -> bool {
    let behind = at + 1;
    let polite = !line.is_word(behind)
        || line.is(behind, words!["nha", "nhe", "nghe", "nghen", "nhen", "hi", "hen", "a", "chi", "anh"]);
    let acts = line.is(behind, words!["moi", "chac", "gui", "nop"])
        || line.is(behind, words!["em", "tui", "truong"])
            && line.is(
                behind + 1,
                words![
                    "nop", "gui", "tong", "moi", "se", "bao", "trinh", "lam", "chot", "dem", "mang", "dua",
                    "co"
                ],
            );
    let half_day = at > 0 && line.is(at - 1, words!["sang", "chieu", "trua"]);
    let leads = at > 0 && line.is(at - 1, words!["toi", "qua", "den", "de", "lai", "hen", "em", "cho"]);
    let opens = at == 0 || !line.is_word(at - 1);
    let counts = line.number(behind).is_some()
        || line.is(
            behind,
            words![
                "ngay", "hom", "bua", "tuan", "thang", "buoi", "chut", "ti", "it", "xiu", "tieng", "gio",
                "dem", "lan", "nua", "so", "luot", "minh", "the", "cai", "con", "phan", "doi", "lop", "chau",
                "be", "tre", "truong", "co", "nguoi", "bo", "ban", "thoi",
            ],
        );
    let not_mai = !(at > 0 && line.is(at - 1, words!["mai", "muoi", "hai", "ba"]));
    !line.marked && not_mai && !counts && (half_day || leads && (polite || acts) || opens && acts)
}

/// "cuối tháng 10" is its last day, "nửa cuối tháng 4", "đầu tháng 5" no day.
fn part_of_month(line: &Line, at: usize, today: NaiveDate) -> Option<(Day, usize, usize)> {
    // "Hết tuần này" ends with its Sunday; "giữa tháng" is its fifteenth.
    if line.is(at, words!["het"]) && line.is(at + 1, words!["tuan"]) && line.spelled[at] != "hêt" {
        let week = if line.is(at + 2, words!["sau", "toi"]) { 14 } else { 7 };
        let end = at + 2 + usize::from(line.is(at + 2, words!["sau", "toi", "nay"]));
        return Some((on(today, week - i64::from(today.weekday().number_from_monday())), at, end));
    }
    // "Tới cuối tuần" is over with its Sunday; "qua cuối tuần" is behind it.
    if words(line, at, &["cuoi", "tuan"])
        && !(at > 0 && line.is(at - 1, words!["qua", "sau"]))
        && !line.is(at + 2, words!["roi", "qua", "truoc"])
    {
        let next = line.is(at + 2, words!["sau", "toi", "ke"]);
        let days = 7 - i64::from(today.weekday().number_from_monday()) + if next { 7 } else { 0 };
        return Some((on(today, days), at, at + 2 + usize::from(next || line.is(at + 2, words!["nay"]))));
    }
    // The middle of the week is its Wednesday, of the quarter and the year the end is their last day.
    if words(line, at, &["giua", "tuan"]) {
        let next = line.is(at + 2, words!["sau", "toi", "ke"]);
        let ahead = 3 - i64::from(today.weekday().number_from_monday());
        let days = if next || ahead < 0 { ahead + 7 } else { ahead };
        return Some((on(today, days), at, at + 2 + usize::from(next || line.is(at + 2, words!["nay"]))));
    }
    if line.is(at, words!["het"]) && line.is(at + 1, words!["quy", "nam"]) && line.number(at + 2).is_none() {
        let quarter = line.is(at + 1, words!["quy"]);
        let month = if quarter { today.month().div_ceil(3) * 3 } else { 12 };
        let other = line.spelled[at + 1] != "quy\u{301}" && quarter && line.marked
            || line.is(at + 2, words!["hoc", "sau", "toi", "roi"]);
        return (!other).then(|| (Day::On(Month { year: today.year(), month }.last_day()), at, at + 2));
    }
    if line.is(at, words!["giua"]) && line.is(at + 1, words!["thang"]) && line.number(at + 2).is_none() {
        let next = line.is(at + 2, words!["sau", "toi"]) || today.day() > 15;
        let month = if next { Month::of(today).next() } else { Month::of(today) };
        let middle = NaiveDate::from_ymd_opt(month.year, month.month, 15).map_or(Day::Vague, Day::On);
        return Some((middle, at, at + 2 + usize::from(line.is(at + 2, words!["sau", "toi", "nay"]))));
    }
    // "Qua tháng 12", "sang tháng 1": its first days, and no day of them.
    let coming = line.is(at, words!["qua", "sang", "ra"]) && line.is(at + 1, words!["thang"]);
    if coming && line.number(at + 2).is_some_and(|m| (1..=12).contains(&m)) && !line.is_sign(at + 3, '/') {
        return Some((Day::Vague, at, at + 3));
    }
    let ends = line.is(at, words!["het"]) && line.is(at + 1, words!["thang"]);
    if ends && line.number(at + 2).is_none() {
        let month =
            if line.is(at + 2, words!["sau", "toi"]) { Month::of(today).next() } else { Month::of(today) };
        return Some((Day::On(month.last_day()), at, at + 2));
    }
    if !line.is(at, words!["dau", "giua", "cuoi", "het"]) || !line.is(at + 1, words!["thang"]) {
        return None;
    }
    let month = line.number(at + 2).filter(|m| (1..=12).contains(m))?;
    let half = at > 0 && line.is(at - 1, words!["nua"]);
    let year = if month < today.month() { today.year() + 1 } else { today.year() };
    let last = Month { year, month }.last_day();
    let day = if line.is(at, words!["cuoi", "het"]) && !half { Day::On(last) } else { Day::Vague };
    Some((day, at, at + 3))
}

/// "cô Mai" is a person.
fn after_person(line: &Line, at: usize) -> bool {
    at > 0 && line.is(at - 1, words!["co", "chi", "be", "ban", "hoa", "sao", "bac", "ba"])
}
