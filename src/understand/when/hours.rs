//! Hours that people ask for: "thêm 2 tiếng nữa", "trễ 30 phút", "xin thêm 24h".

use std::ops::Range;

use chrono::{Duration, NaiveDateTime};

use super::super::line::Line;
use super::{Day, Said, asks_before};
use crate::understand::key::words;

/// So many hours or minutes from now, where a word asks for them.
pub(super) fn hours_more(line: &Line, range: &Range<usize>, now: NaiveDateTime) -> Option<Said> {
    range.clone().find_map(|at| {
        let (minutes, end) = minutes_at(line, at)?;
        let hence = line.is(end, words!["nua"]);
        let asked = asks_for(line, at, range.start);
        let within = at > 1 && line.is(at - 1, words!["vong"]) && line.is(at - 2, words!["trong"]);
        let moment = now.checked_add_signed(Duration::minutes(minutes))?;
        (asked || hence || within).then(|| Said {
            time: Some(moment.time()),
            asked,
            ..Said::new(at..end, Day::On(moment.date()))
        })
    })
}

/// A word that asks for time stands right before it: "thêm 2 tiếng", "trễ 30 phút"; not "họp 2 tiếng".
fn asks_for(line: &Line, at: usize, from: usize) -> bool {
    let near = from.max(at.saturating_sub(2))..at;
    let own = line.is(at.saturating_sub(1), words!["em", "truong"])
        && at >= 2
        && line.is(at - 2, words!["cho", "xin"]);
    let asks =
        words!["them", "tre", "cham", "muon", "lui", "doi", "xin", "khat", "dung", "khoang", "chung", "co"];
    (own || near.clone().any(|n| line.is(n, asks))) && asks_before(line, at, from)
}

/// `2 tiếng`, `hai giờ`, `30 phút`, `30p`, "nửa tiếng", "24 giờ", "thêm 24h".
fn minutes_at(line: &Line, at: usize) -> Option<(i64, usize)> {
    if line.is(at, words!["nua"]) && line.is(at + 1, words!["tieng", "gio"]) {
        return Some((30, at + 2));
    }
    let (amount, end) = line.amount(at)?;
    let count = amount.whole().filter(|n| (1..=90).contains(n))?;
    let long = count >= 24;
    let added = at > 0 && line.is(at - 1, words!["them", "vong"]);
    let minutes = match line.folded(end) {
        "tieng" => count * 60,
        "gio" | "h" if line.is(end + 1, words!["nua"]) || added || long => count * 60,
        "phut" | "p" => count,
        _ => return None,
    };
    let half = line.is(end, words!["tieng"]) && line.is(end + 1, words!["ruoi"]);
    Some((minutes + if half { 30 } else { 0 }, end + 1 + usize::from(half)))
}
