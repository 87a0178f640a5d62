//! A stretch of chat as people copy it out of their programs → who said what when.
//!
//! Tolerated: a name, a time and lines of text below each other (Zalo on a computer); `Name, [14.10.2026 08:15]` above the
//! text (Telegram); `[08:15, 14/10/2026] Name: text`; and, where it is known to be a stretch of chat, `Name: text`.

use std::sync::LazyLock;

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use regex::{Captures, Regex};

use crate::vietnamese::{fold_words, normal};

/// One message of a stretch.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pasted {
    /// As its program shows the sender.
    pub name: String,
    /// When, local; none where nothing tells.
    pub at: Option<NaiveDateTime>,
    /// Its words.
    pub text: String,
}

static AFTER_NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(.{1,60}?),?\s+\[(\d{1,2})[./-](\d{1,2})[./-](\d{2,4}),?\s+(\d{1,2}):(\d{2})(?::\d{2})?\]:?\s*(.*)$").ok()
});
static DAY_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\[(\d{1,2})[./-](\d{1,2})[./-](\d{2,4}),?\s+(\d{1,2}):(\d{2})(?::\d{2})?\]\s*([^:]{1,60}):\s*(.*)$").ok()
});
static HOUR_FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\[(\d{1,2}):(\d{2})(?::\d{2})?(?:,?\s+(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2,4}))?)?\]\s*([^:]{1,60}):\s*(.*)$").ok()
});
static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(hôm nay|hôm qua)?,?\s*(\d{1,2}):(\d{2})(?::\d{2})?(?:,?\s+(hôm nay|hôm qua|(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2,4}))?))?$").ok()
});
static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:thứ \S+|chủ nhật|cn|t[2-7]),?\s*)?(?:ngày )?(\d{1,2})[./-](\d{1,2})[./-](\d{4})$")
        .ok()
});
static COLON: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^([^:\n]{2,60}?):\s+(.+)$").ok());

/// The messages of a stretch of chat; `now` is the local moment of the pasting. With `told` it is known to be one, and a
/// line `Name: text` is a message.
#[must_use]
pub fn pasted(text: &str, told: bool, now: NaiveDateTime) -> Vec<Pasted> {
    let text = normal(text);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut messages: Vec<Pasted> = Vec::new();
    let mut day: Option<NaiveDate> = None;
    let mut at = 0;
    let mut timed = false;
    while at < lines.len() {
        let line = lines[at];
        if let Some(said) = only_day(line, now.date()) {
            day = Some(said);
        } else if let Some(head) = head(line, day, now) {
            timed = true;
            messages.push(head);
        } else if let Some(time) = lines.get(at + 1).and_then(|next| time(next, day, now))
            && is_name(line)
        {
            timed = true;
            messages.push(Pasted { name: line.to_owned(), at: Some(time), text: String::new() });
            at += 1;
        } else if let Some(found) =
            COLON.as_ref().and_then(|r| r.captures(line)).filter(|f| told && !timed && is_name(&f[1]))
        {
            messages.push(Pasted { name: found[1].trim().to_owned(), at: None, text: found[2].to_owned() });
        } else if let Some(last) = messages.last_mut()
            && !line.is_empty()
        {
            if !last.text.is_empty() {
                last.text.push('\n');
            }
            last.text.push_str(line);
        }
        at += 1;
    }
    messages.retain(|m| !m.text.trim().is_empty());
    messages
}

/// Whether a text has the shape of a stretch of chat: two heads of messages at least.
#[must_use]
pub fn looks_pasted(text: &str, now: NaiveDateTime) -> bool {
    pasted(text, false, now).len() >= 2
}

fn head(line: &str, day: Option<NaiveDate>, now: NaiveDateTime) -> Option<Pasted> {
    let found = |r: &LazyLock<Option<Regex>>| r.as_ref().and_then(|r| r.captures(line));
    let message = |name: &str, at, text: &str| {
        is_name(name).then(|| Pasted { name: name.trim().to_owned(), at, text: text.trim().to_owned() })
    };
    if let Some(c) = found(&AFTER_NAME) {
        return message(&c[1], moment(&c, [2, 3, 4], [5, 6], now), &c[7]);
    }
    if let Some(c) = found(&DAY_FIRST) {
        return message(&c[6], moment(&c, [1, 2, 3], [4, 5], now), &c[7]);
    }
    let c = found(&HOUR_FIRST)?;
    let at = if c.get(3).is_some() {
        moment(&c, [3, 4, 5], [1, 2], now)
    } else {
        clock(&c, [1, 2]).map(|time| on_day(time, day, now))
    };
    message(&c[6], at, &c[7])
}

fn time(line: &str, day: Option<NaiveDate>, now: NaiveDateTime) -> Option<NaiveDateTime> {
    let c = TIME.as_ref()?.captures(line)?;
    let time = clock(&c, [2, 3])?;
    let word = c.get(1).or_else(|| c.get(4)).map(|m| fold_words(m.as_str()));
    match word.as_deref() {
        Some("hom nay") => Some(now.date().and_time(time)),
        Some("hom qua") => Some((now.date() - Duration::days(1)).and_time(time)),
        _ if c.get(5).is_some() => moment(&c, [5, 6, 7], [2, 3], now),
        _ => Some(on_day(time, day, now)),
    }
}

/// A time without a day: of the day above it, else the last such time.
fn on_day(time: NaiveTime, day: Option<NaiveDate>, now: NaiveDateTime) -> NaiveDateTime {
    let today = now.date().and_time(time);
    match day {
        Some(day) => day.and_time(time),
        None if today > now => today - Duration::days(1),
        None => today,
    }
}

fn moment(c: &Captures, day: [usize; 3], time: [usize; 2], now: NaiveDateTime) -> Option<NaiveDateTime> {
    use chrono::Datelike;
    let number = |i: usize| c.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    let (d, m) = (number(day[0])?, number(day[1])?);
    let clock = clock(c, time)?;
    let in_year = |year| NaiveDate::from_ymd_opt(year, m, d).map(|date| date.and_time(clock));
    match number(day[2]) {
        Some(short @ 0..=99) => in_year(2000 + i32::try_from(short).ok()?),
        Some(year) => in_year(i32::try_from(year).ok()?),
        // Nobody has said it yet: in January "20/12" is the year before's.
        None => {
            let year = now.date().year();
            in_year(year).filter(|at| at.date() <= now.date()).or_else(|| in_year(year - 1))
        }
    }
}

fn clock(c: &Captures, [hour, minute]: [usize; 2]) -> Option<NaiveTime> {
    let number = |i: usize| c.get(i).and_then(|m| m.as_str().parse().ok());
    NaiveTime::from_hms_opt(number(hour)?, number(minute)?, 0)
}

fn only_day(line: &str, today: NaiveDate) -> Option<NaiveDate> {
    match fold_words(line).as_str() {
        "hom nay" => return Some(today),
        "hom qua" => return Some(today - Duration::days(1)),
        _ => {}
    }
    let c = DAY.as_ref()?.captures(line)?;
    let number = |i: usize| c[i].parse::<u32>().ok();
    NaiveDate::from_ymd_opt(i32::try_from(number(3)?).ok()?, number(2)?, number(1)?)
}

/// Words after which a time belongs to the sentence: "…họp lúc", and below it "08:00".
const BEFORE_A_TIME: [&str; 12] =
    ["lúc", "vào", "từ", "đến", "hồi", "khoảng", "trước", "sau", "hạn", "giờ", "là", "tới"];

/// A short line of words that ends no sentence and is no answer: "V2 tổng 337" is none.
fn is_name(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let coded = line.split_whitespace().any(|w| {
        w.strip_prefix(['V', 'v']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    });
    (1..=8).contains(&words)
        && line.chars().any(char::is_alphabetic)
        && !line.ends_with(['.', '!', '?', ',', ':'])
        && !line.split_whitespace().next_back().is_some_and(|last| BEFORE_A_TIME.contains(&last))
        && !coded
        && !line.contains("http")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 10, 15).unwrap().and_hms_opt(14, 0, 0).unwrap()
    }

    fn shown(text: &str, told: bool) -> Vec<String> {
        let at = |m: &Pasted| m.at.map_or("-".to_owned(), |at| at.format("%d/%m %H:%M").to_string());
        let all = pasted(text, told, now());
        all.iter().map(|m| format!("{}|{}|{}", m.name, at(m), m.text.replace('\n', "/"))).collect()
    }

    #[test]
    fn every_usual_shape_is_read() {
        let zalo = "Hôm qua\nLan Hoa Mai\n08:15\nV2 tổng 337\ncân đo 335\nMinh Sơn Ca\n16:40\nđã nộp ạ";
        assert_eq!(
            shown(zalo, false),
            ["Lan Hoa Mai|14/10 08:15|V2 tổng 337/cân đo 335", "Minh Sơn Ca|14/10 16:40|đã nộp ạ"]
        );
        let telegram = "Lan Nguyễn, [14.10.2026 08:15]\nV2 tổng 337\n\nMinh, [14.10.26 09:00:10]\nok";
        assert_eq!(shown(telegram, false), ["Lan Nguyễn|14/10 08:15|V2 tổng 337", "Minh|14/10 09:00|ok"]);
        let brackets = "[08:15, 14/10/2026] Lan: V2 tổng 337\nvà cân 335\n[14/10/2026 09:00] Minh: ok";
        assert_eq!(shown(brackets, false), ["Lan|14/10 08:15|V2 tổng 337/và cân 335", "Minh|14/10 09:00|ok"]);
        assert_eq!(shown("Lan: V2 tổng 337\nMinh: đã xong", true), ["Lan|-|V2 tổng 337", "Minh|-|đã xong"]);
        // A time of this evening was yesterday's.
        assert_eq!(shown("Lan\n20:00\nđã nộp", false), ["Lan|14/10 20:00|đã nộp"]);
    }

    #[test]
    fn a_day_without_a_year_is_never_to_come() {
        let at = |text: &str, now: &str| {
            let now = now.parse::<NaiveDateTime>().unwrap();
            pasted(text, false, now)[0].at.unwrap().to_string()
        };
        let text = "Lan\n08:15 20/12\nđã nộp";
        assert_eq!(at(text, "2027-01-05T09:00:00"), "2026-12-20 08:15:00");
        assert_eq!(at(text, "2026-12-21T09:00:00"), "2026-12-20 08:15:00");
        assert_eq!(at("[08:15, 29/2] Lan: ok", "2028-02-29T09:00:00"), "2028-02-29 08:15:00");
    }

    #[test]
    fn a_time_inside_a_sentence_begins_no_message() {
        let text = "Lan\n08:15\nV2 tổng 337\nmai đoàn họp lúc\n08:00\ncân đo 335\nMinh\n08:20\nok";
        assert_eq!(
            shown(text, false),
            ["Lan|15/10 08:15|V2 tổng 337/mai đoàn họp lúc/08:00/cân đo 335", "Minh|15/10 08:20|ok"]
        );
    }

    #[test]
    fn an_order_and_an_answer_are_no_stretch_of_chat() {
        for text in
            ["V2 tổng 337\ncân đo 335", "Ghi chú: họp lúc 08:00\nĐịa điểm: phòng họp", "/giao Họp; hạn 17/10"]
        {
            assert!(!looks_pasted(text, now()), "{text}");
        }
    }
}
