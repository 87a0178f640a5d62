//! Clock times and half-days beside a day or alone: "trước 17h mai", "3h chiều", "chiều em nộp", "tới nửa đêm".

use std::ops::Range;

use chrono::{NaiveDateTime, NaiveTime, Timelike};

use super::super::line::{Line, spelling};
use super::{Day, Said, asks_before, is_deadline};
use crate::understand::key::words;
use crate::vietnamese::{ClockSaid, clock_at};

/// "Chiều nay không kịp, cho em đến 8h tối": an hour of today behind another day.
pub(super) fn until_hour(
    line: &Line,
    range: &Range<usize>,
    said: &[Said],
    now: NaiveDateTime,
) -> Option<Said> {
    let last = said.last()?;
    let at = (last.tokens.end + 4..range.end)
        .find(|at| line.is(at.saturating_sub(1), words!["den", "toi"]) && clock(line, *at).is_some())?;
    let (time, end) = clock(line, at)?;
    let asked = asks_before(line, at, range.start);
    (asked && said.iter().all(|d| !d.tokens.contains(&at))).then(|| Said {
        time: Some(afternoon(line, at, time, now)),
        asked,
        ..Said::new(at..end, Day::On(now.date()))
    })
}

/// The clock time or half-day within a few words of a day.
pub(super) fn time_beside(line: &Line, start: usize, end: usize, range: &Range<usize>) -> Option<NaiveTime> {
    let near = range.start.max(start.saturating_sub(4))..range.end.min(end + 4);
    near.clone()
        .find_map(|at| clock(line, at).map(|(time, _)| time))
        .or_else(|| half_day(line, range.start.max(start.saturating_sub(1))..end))
}

/// The clock time at `at`, with the half-day behind it, and the token after both: "3h chiều" is fifteen o'clock.
pub(super) fn clock(line: &Line, at: usize) -> Option<(NaiveTime, usize)> {
    let (ClockSaid { hour, minute }, end) = clock_at(&line.text, &line.tokens, at)?;
    let (hour, minute, end) =
        if line.is(end, words!["ruoi"]) { (hour, 30, end + 1) } else { (hour, minute, end) };
    let late = line.is(end, words!["chieu", "dem", "khuya"])
        || line.is(end, words!["toi"])
            && (line.spelled[end] == spelling("tối")
                || line.spelled[end] == "toi"
                    && !line.is(end + 1, words!["se", "moi", "gui", "nop", "xin", "da"]));
    let noon = line.is(end, words!["trua"]) && hour <= 2;
    let midnight = late && hour == 12 && line.is(end, words!["dem", "khuya"]);
    let hour = if (late || noon) && hour < 12 { hour + 12 } else { hour };
    let end = end + usize::from(late || noon);
    // 24:00 is the end of its day.
    let time = match hour {
        _ if midnight => NaiveTime::from_hms_opt(23, 59, 0),
        24 => NaiveTime::from_hms_opt(23, 59, 0),
        hour => NaiveTime::from_hms_opt(hour, minute, 0),
    };
    time.map(|time| (time, end))
}

/// The end of a half-day.
fn half_day(line: &Line, mut range: Range<usize>) -> Option<NaiveTime> {
    range.find_map(|at| {
        let (hour, minute) = half_day_at(line, at)?;
        NaiveTime::from_hms_opt(hour, minute, 0)
    })
}

/// When the half-day named at `at` is over. Its marks count: "tới" is no "tối", "đối chiếu" no "chiều", "sáng kiến" no morning.
pub(super) fn half_day_at(line: &Line, at: usize) -> Option<(u32, u32)> {
    let spelled = line.spelled.get(at)?.as_str();
    let bare = spelled.is_ascii();
    let before = |listed| at > 0 && line.is(at - 1, listed);
    let ends = match line.folded(at) {
        "sang" if line.is(at + 1, words!["kien", "tao", "tac", "suot", "lap"]) => return None,
        "sang" if spelled == "sang\u{301}" => (11, 30),
        "sang"
            if bare
                && !line.marked
                && (line.is(at + 1, words!["mai", "nay", "thu", "mot", "t", "cn"])
                    || line.is(at + 1, words!["som"])) =>
        {
            (11, 30)
        }
        "trua" => (12, 0),
        "chieu" if line.is(at + 1, words!["cao", "dai", "rong", "sau", "sinh", "huong"]) => return None,
        "chieu" if spelled == "chiêu\u{300}" || bare && !before(words!["doi", "tham"]) => (17, 0),
        "toi" if bare && line.is(at + 1, words!["nay", "mai"]) => (21, 0),
        // "Tối em gửi" with its marks; "tôi" is I.
        "toi" if spelled == spelling("tối") && !line.is(at + 1, words!["da", "thieu", "uu"]) => (21, 0),
        "khuya" => (23, 59),
        "dem" if spelled == "đêm" && (before(words!["nua"]) || !before(words!["mot", "hai", "ba"])) => {
            (23, 59)
        }
        "dem" if bare && before(words!["nua"]) => (23, 59),
        _ => return None,
    };
    Some(ends)
}

/// "5h em mới xong", said at eight: five in the afternoon, where no morning is named.
fn afternoon(line: &Line, at: usize, time: NaiveTime, now: NaiveDateTime) -> NaiveTime {
    let morning = (at + 1..at + 4).any(|n| line.is(n, words!["sang"]));
    let later = time.overflowing_add_signed(chrono::Duration::hours(12)).0;
    if time < now.time() && time.hour() <= 6 && !morning { later } else { time }
}

/// "chiều em nộp", "15h em gửi", "khuya nay": today, when that is still to come.
pub(super) fn half_day_alone(line: &Line, range: Range<usize>, now: NaiveDateTime) -> Option<Said> {
    let all = range.clone().filter_map(|at| {
        let hour = clock(line, at);
        let behind = hour.map_or(at + 1, |(_, end)| end);
        let yesterday = (behind..behind + 2).any(|n| line.is(n, words!["qua"]));
        let past = yesterday
            || line.is(at + 1, words!["qua"])
            || at > 0 && line.is(at - 1, words!["tu", "luc", "hoi", "hom"]);
        let time = hour
            .map(|(time, _)| afternoon(line, at, time, now))
            .or_else(|| half_day(line, at..at + 1))
            .filter(|t| *t >= now.time() && !past)?;
        Some(Said {
            time: Some(time),
            asked: asks_before(line, at, range.start),
            deadline: is_deadline(line, at, range.start),
            ..Said::new(at..behind, Day::On(now.date()))
        })
    });
    let mut all: Vec<Said> = all.collect();
    // The half-day behind an hour is a part of it.
    let taken: Vec<Range<usize>> = all.iter().map(|d| d.tokens.clone()).collect();
    all.retain(|d| !taken.iter().any(|t| t.start < d.tokens.start && t.contains(&d.tokens.start)));
    // "Hạn 12h trưa nay mà chắc 2 giờ em mới tới": the hour that is asked for stands behind.
    let asked = all.iter().rev().find(|d| d.asked && !d.deadline);
    asked.or(all.iter().find(|d| !d.deadline)).or(all.first()).cloned()
}
