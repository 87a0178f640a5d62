//! Leave as people say it: "em nghỉ thai sản từ 1/10, cô Liên phụ trách", "em đi làm lại rồi".

use chrono::{NaiveDate, NaiveDateTime};

use super::key::words;
use super::line::Line;
use super::marks::marks;
use super::when::{Day, Said, days};
use crate::vietnamese::fold_words;

/// A leave as said.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct LeaveSaid {
    /// The first day; today without.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// Who stands in, as typed and without the word before the name; empty for nobody.
    pub who: String,
}

/// What a message of ordinary words says about the sender's own leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeaveTold {
    /// It begins.
    Away(LeaveSaid),
    /// It is over.
    Back,
}

const AWAY: [&str; 9] = [
    "nghi thai san",
    "nghi phep",
    "nghi om",
    "nghi che do",
    "nghi viec rieng",
    "di cong tac",
    "di hoc",
    "di vang",
    "vang mat",
];
const TAKES_OVER: [&str; 12] = [
    "phu trach",
    "thay em",
    "thay toi",
    "thay minh",
    "truc thay",
    "dieu hanh",
    "tiep nhan",
    "ban giao cho",
    "lam thay",
    "quyen hieu truong",
    "giao lai cho",
    "uy quyen",
];
const BACK: [&str; 7] = [
    "di lam lai",
    "da di lam lai",
    "het thai san",
    "het phep",
    "het nghi",
    "nhan lai viec",
    "tro lai lam viec",
];

/// Whether words tell of the sender's own leave. Children who are ill are none, nor is a meeting that is missed.
#[must_use]
pub fn leave_told(text: &str, now: NaiveDateTime) -> Option<LeaveTold> {
    let words = format!(" {} ", fold_words(text));
    let says = |phrases: &[&str]| phrases.iter().any(|p| words.contains(&format!(" {p} ")));
    let others = says(&["chau", "tre", "be", "hs", "hoc sinh", "hop", "phu huynh"]);
    if others || text.contains('?') {
        return None;
    }
    if says(&BACK) && !says(&TAKES_OVER) {
        return Some(LeaveTold::Back);
    }
    let away = says(&AWAY) || says(&["nghi", "ban giao"]) && says(&TAKES_OVER);
    (away && says(&TAKES_OVER)).then(|| LeaveTold::Away(leave(text, now)))
}

/// The days and the name in words that are known to be about leave.
#[must_use]
pub fn leave(text: &str, now: NaiveDateTime) -> LeaveSaid {
    let line = Line::new(text);
    let marks = marks(&line, &[]);
    let said = days(&line, 0..line.len(), &marks, now);
    let ends = |d: &&Said| {
        d.tokens.start > 0 && line.is(d.tokens.start - 1, words!["den", "toi", "het", "qua"])
            || d.tokens.start > 1 && line.is(d.tokens.start - 2, words!["den", "toi", "het"])
    };
    let until = said.iter().find(ends).and_then(day_of);
    let from = said.iter().find(|d| !ends(d)).and_then(day_of);
    LeaveSaid { from, until: until.filter(|u| from.is_none_or(|f| f <= *u)), who: name(&line) }
}

fn day_of(said: &Said) -> Option<NaiveDate> {
    match said.day {
        Day::On(day) | Day::Past(day) => Some(day),
        Day::Vague | Day::Unreal => None,
    }
}

/// The name behind "cô", "thầy", "chị", "đồng chí"…: its words in capitals, or, where nothing is, up to a word that is no name.
fn name(line: &Line) -> String {
    let titled = (0..line.len()).filter_map(|at| {
        if line.is(at, words!["dong"]) && line.is(at + 1, words!["chi"]) {
            return Some(at + 2);
        }
        (line.is(at, words!["co", "thay", "chi", "anh", "ba", "ong", "dc", "pht"]) && line.is_word(at + 1))
            .then_some(at + 1)
    });
    for start in titled {
        let name: Vec<&str> = (start..(start + 4).min(line.len()))
            .take_while(|at| is_capital(line, *at))
            .map(|at| line.printed(at..at + 1))
            .collect();
        if !name.is_empty() {
            return name.join(" ");
        }
        let stops = words![
            "phu", "thay", "truc", "dieu", "tiep", "nhan", "lam", "se", "la", "em", "toi", "minh", "quyen",
            "ban", "tu",
        ];
        let name: Vec<&str> = (start..(start + 3).min(line.len()))
            .take_while(|at| line.is_word(*at) && !line.is(*at, stops))
            .map(|at| line.printed(at..at + 1))
            .collect();
        if !name.is_empty() {
            return name.join(" ");
        }
    }
    String::new()
}

fn is_capital(line: &Line, at: usize) -> bool {
    line.is_word(at) && line.printed(at..at + 1).starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 9, 28).unwrap().and_hms_opt(9, 0, 0).unwrap()
    }

    fn shown(text: &str) -> String {
        let day = |d: Option<NaiveDate>| d.map_or("-".to_owned(), |d| d.format("%-d/%-m").to_string());
        match leave_told(text, now()) {
            None => "-".into(),
            Some(LeaveTold::Back) => "back".into(),
            Some(LeaveTold::Away(l)) => {
                format!("{}..{} {}", day(l.from), day(l.until), l.who).trim().to_owned()
            }
        }
    }

    #[test]
    fn leave_is_told_with_its_days_and_who_stands_in() {
        for (text, want) in [
            ("em nghỉ thai sản từ 1/10, cô Liên phụ trách", "1/10..- Liên"),
            (
                "Em nghỉ phép từ 5/10 đến 9/10, chị Trần Thị Hoa điều hành thay em ạ",
                "5/10..9/10 Trần Thị Hoa",
            ),
            ("mai em di cong tac, co lien phu trach a", "29/9..- lien"),
            ("Tôi đi học, bàn giao cho đồng chí Minh từ hôm nay", "28/9..- Minh"),
            ("em đi làm lại rồi ạ", "back"),
            ("hết thai sản em nhận lại việc ạ", "back"),
            ("hôm nay 5 cháu nghỉ ốm", "-"),
            ("em xin vắng họp chiều nay, cô Liên đi thay em", "-"),
            ("em nghỉ ốm chiều nay", "-"),
            ("trường cho trẻ nghỉ phép, cô Liên phụ trách lớp", "-"),
            ("V2 đã xong", "-"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }
}
