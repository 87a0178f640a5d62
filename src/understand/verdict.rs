//! What is answered to a wish for more time, and the word of a school that needs it no more.
//!
//! A no is never a yes: words that deny beside a day, and whatever asks, decide nothing. Neither is a yes ever a no: one that is
//! qualified ("được, nhưng lần sau không lùi nữa", "ok, thứ 2 nộp nhé") and a "đúng", which answers something else, decide nothing.

use std::ops::Range;

use chrono::{Days, NaiveDate, NaiveDateTime};

use super::key::{Key, words};
use super::line::Line;
use super::marks::marks;
use super::reading::Until;
use super::when::{Day, Said, days};
use crate::vietnamese::{fold, fold_words, is_letter_or_digit};

/// An answer to a wish for more time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Yes or no.
    pub answer: Answered,
    /// It is meant for every school that asks; how many, where that was said.
    pub all: Option<Option<usize>>,
}

/// Yes or no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// Yes: until the day asked for, or until another.
    Granted {
        /// Another day.
        until: Option<Until>,
    },
    /// No.
    Refused {
        /// What the school is told beside it; empty for a bare no.
        words: String,
    },
}

/// Words that say yes when nothing denies them.
const YES: &[Key] =
    words!["duoc", "ok", "uh", "u", "vang", "duyet", "cho", "dong", "nhat", "chap", "yes", "thong"];
/// Words that may stand beside one of those and change nothing.
const BESIDE: &[Key] = words![
    "em", "nhe", "nha", "u", "a", "chi", "anh", "truong", "don", "cac", "ca", "tat", "thoi", "cung", "roi",
    "di", "y", "thuan", "nhan", "lui", "gia", "han", "co", "thay", "minh", "da", "sao", "khong", "het",
    "lun", "luon", "hai", "ba", "bon", "nhi", "tri", "va", "voi", "day", "do", "oi",
];
/// Words that deny. "Đừng" does too: see [`forbids`].
const NO: &[Key] = words!["khong", "chua", "no", "choi", "bac"];
/// Beginnings of what means no though it denies nothing.
const HOLDS: [&str; 8] =
    ["het han", "han la han", "giu nguyen han", "giu han", "dung han", "theo han", "han cu", "giu nguyen"];

/// What an officer's words decide at `now`, about a task that is due on `due`; `None` when they decide nothing.
#[must_use]
pub fn verdict(text: &str, now: NaiveDateTime, due: Option<NaiveDate>) -> Option<Verdict> {
    let line = Line::new(text);
    let asks = line.tokens.iter().any(|t| t.is_sign('?'))
        || (0..line.len())
            .any(|at| line.is(at, words!["sao", "nao", "gi", "ha", "chang"]) && !is_no_matter(&line, at));
    if asks || line.len() == 0 {
        return None;
    }
    let all = those_who_ask(&line);
    let marks = marks(&line, &[]);
    let said = days(&line, 0..line.len(), &marks, now);
    let clauses = clauses(&line);
    let mut granted: Option<Until> = None;
    let mut other_day = false;
    let (mut yes, mut no, mut held, mut qualified) = (false, false, false, false);
    for clause in clauses {
        let words = folded(&line, clause.clone());
        let denies =
            clause.clone().any(|at| (line.is(at, NO) || forbids(&line, at)) && !is_no_matter(&line, at + 1));
        let limits = ["khong qua", "khong muon hon", "khong tre hon", "khong duoc qua"];
        let limit = limits.iter().any(|l| words.contains(l));
        let holds = HOLDS.iter().any(|h| words.contains(h));
        // "Đúng" says that something is so, and a request for more time is not so or not so.
        qualified |= !holds && clause.clone().any(|at| line.is(at, words!["dung"]) && !forbids(&line, at));
        let mut in_clause = said.iter().filter(|d| clause.contains(&d.tokens.start));
        let day = in_clause.next();
        if in_clause.any(|other| day.is_some_and(|day| day.day != other.day)) {
            return None;
        }
        match day {
            Some(_) if denies && !limit => return None,
            // "19/10 là hết hạn rồi".
            Some(_) if words.contains("la het han") => (no, held) = (true, true),
            // "Sở chốt số ngày 19" names a day and offers none.
            Some(day) if !offers(&line, &clause, day) => other_day = true,
            Some(day) => {
                let until = until_of(day, &line, now, due)?;
                if granted.as_ref().is_some_and(|g| g.day != until.day) {
                    return None;
                }
                granted = Some(until);
            }
            None if denies || holds => (no, held) = (true, held || holds),
            // "Em nói rõ thêm cho chị" holds a word that says yes and says none.
            None => {
                let only = clause.clone().all(|at| {
                    line.is(at, YES) || line.is(at, BESIDE) || line.number(at).is_some() || !line.is_word(at)
                });
                yes |= only && clause.clone().any(|at| line.is(at, YES));
            }
        }
    }
    // "Được, nhưng lần sau không lùi nữa", "ok, sáng thứ 2 nộp nhé": a person is asked what was meant.
    qualified |= yes && (other_day || no && granted.is_none());
    if qualified {
        return None;
    }
    let all = all.map(|(_, count)| count);
    match (granted.filter(|_| !held), yes, no) {
        (Some(until), ..) => Some(Verdict { answer: Answered::Granted { until: Some(until) }, all }),
        (None, true, false) => Some(Verdict { answer: Answered::Granted { until: None }, all }),
        (None, _, true) => {
            let bare = line.len() <= 3;
            let words = if bare { String::new() } else { line.text.trim().to_owned() };
            Some(Verdict { answer: Answered::Refused { words }, all })
        }
        (None, false, false) => None,
    }
}

/// "Đừng", with its marks: without them it is "đúng" as well.
fn forbids(line: &Line, at: usize) -> bool {
    line.is(at, words!["dung"]) && line.printed(at..at + 1).to_lowercase() == "đừng"
}

/// Whether a stretch offers its day: a word for it stands there, or nothing that says anything else.
fn offers(line: &Line, clause: &Range<usize>, day: &Said) -> bool {
    const LEADS: &[Key] =
        words!["cho", "den", "toi", "het", "thoi", "chi", "lui", "ok", "duoc", "dong", "qua", "muon"];
    clause.clone().any(|at| line.is(at, LEADS))
        || clause.clone().all(|at| day.tokens.contains(&at) || line.is(at, BESIDE) || !line.is_word(at))
}

/// The day of a counter-offer. "Thêm 2 ngày" counts from the deadline, whatever day it is said on.
fn until_of(said: &Said, line: &Line, now: NaiveDateTime, due: Option<NaiveDate>) -> Option<Until> {
    let mut until = said.until(line)?;
    let counted = said.tokens.clone().any(|at| line.is(at, words!["ngay", "hom", "tuan", "bua"]))
        && said.tokens.clone().any(|at| line.number(at).is_some() || line.is(at, words!["mot", "hai", "ba"]))
        && !said.tokens.clone().any(|at| line.is_sign(at, '/'))
        && said.tokens.start > 0
        && line.is(said.tokens.start - 1, words!["them", "lui", "cham"]);
    if let Some(due) = due.filter(|_| counted) {
        let more = u64::try_from((until.day - now.date()).num_days()).ok()?;
        until.day = due.checked_add_days(Days::new(more))?;
    }
    matches!(said.day, Day::On(_)).then_some(until)
}

/// "Cả 3 trường", "tất cả", "các trường xin lùi": every school that asks. Not "cho các trường", which is all there are.
pub(super) fn those_who_ask(line: &Line) -> Option<(Range<usize>, Option<usize>)> {
    let of_schools = |at: usize| {
        at + usize::from(line.is(at, words!["truong", "don"])) + usize::from(line.is(at + 1, words!["vi"]))
    };
    (0..line.len()).find_map(|at| {
        if line.is(at, words!["ca"]) && line.is(at + 2, words!["truong", "don"]) {
            let count = line.number(at + 1).or_else(|| spelled(line.folded(at + 1)))?;
            return Some((at..of_schools(at + 2).min(line.len()), usize::try_from(count).ok()));
        }
        if line.is(at, words!["tat"]) && line.is(at + 1, words!["ca"]) && !line.is(at + 2, words!["cac"]) {
            return Some((at..of_schools(at + 2).min(line.len()), None));
        }
        let those = line.is(at, words!["cac", "nhung"]) && line.is(at + 1, words!["truong"]);
        let asking = (at + 2..at + 5).find(|n| line.is(*n, words!["xin"])).filter(|_| those)?;
        let end = asking
            + 1
            + usize::from(line.is(asking + 1, words!["lui", "gia"]))
            + usize::from(line.is(asking + 2, words!["han"]));
        Some((at..end.min(line.len()), None))
    })
}

fn spelled(word: &str) -> Option<u32> {
    let number =
        ["hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"].iter().position(|w| *w == word)?;
    u32::try_from(number + 2).ok()
}

/// "Không sao", "không vấn đề gì", "đừng lo": denies nothing.
fn is_no_matter(line: &Line, at: usize) -> bool {
    let behind_no = at > 0 && line.is(at - 1, words!["khong", "dung", "chang"]);
    let van_de = line.is(at, words!["van"])
        || at > 2 && line.is(at - 3, words!["khong"]) && line.is(at - 2, words!["van"]);
    (behind_no && line.is(at, words!["sao", "lo", "can"]) && !line.is(at, words!["can"])) || van_de
}

/// The stretches between commas, ends of sentences and "nhưng".
fn clauses(line: &Line) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..line.len() {
        let ends = [',', '.', ';', '!', '-', '–'].iter().any(|sign| line.is_sign(at, *sign))
            || line.is(at, words!["nhung", "chi"])
            || line.begins_line(at);
        if ends {
            clauses.push(start..at);
            start = at;
        }
    }
    clauses.push(start..line.len());
    clauses.retain(|c| !c.is_empty());
    clauses
}

fn folded(line: &Line, range: Range<usize>) -> String {
    range.map(|at| line.folded(at)).collect::<Vec<_>>().join(" ")
}

/// Whether words deny what was said to be done: "chưa họp", but not "sửa chữa", and not the "chưa" that ends a question.
#[must_use]
pub fn says_not_yet(text: &str) -> bool {
    const CLOSING: [&str; 12] =
        ["a", "chi", "anh", "em", "co", "vay", "the", "nhi", "ha", "ta", "hen", "day"];
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !is_letter_or_digit(c)).filter(|w| !w.is_empty()).collect();
    // Without any marks "chua" is "chưa".
    let not_yet = |word: &&str| *word == "chưa" || (text.is_ascii() && *word == "chua");
    let goes_on = |next: &&str| !CLOSING.contains(&fold(next).as_str());
    !text.contains('?') && words.windows(2).any(|pair| not_yet(&pair[0]) && goes_on(&pair[1]))
}

/// Whether a school says that it needs no more time after all: "thôi không xin lùi nữa", "em rút đề nghị gia hạn".
#[must_use]
pub fn no_longer_wanted(text: &str) -> bool {
    let words = fold_words(text);
    let about = ["gia han", "lui", "them thoi gian", "khat"].iter().any(|w| words.contains(w));
    let gives_up = [
        "khong can xin",
        "khong can gia",
        "khong can lui",
        "khong can them",
        "khong xin",
        "thoi khong",
        "rut lai",
        "rut de nghi",
        "rut yeu cau",
        "huy de nghi",
        "huy xin",
        "bo xin",
        "ko can",
        "k can",
        "ko xin",
        "khoi xin",
        "khong phai xin",
    ];
    about && gives_up.iter().any(|w| words.contains(w)) && !text.contains('?')
}

/// The same where a request of the sender is open, which need not be named: "thôi không xin nữa", "thôi em nộp kịp rồi".
#[must_use]
pub fn gives_up(text: &str) -> bool {
    const SAID: [&str; 9] = [
        "khong xin nua",
        "ko xin nua",
        "k xin nua",
        "khoi xin",
        "thoi khoi",
        "thoi khong can",
        "thoi em nop kip",
        "thoi truong em nop kip",
        "thoi kip",
    ];
    let words = format!(" {} ", fold_words(text));
    SAID.iter().any(|said| words.contains(&format!(" {said} "))) && !text.contains('?')
}

/// Whether the first words of an answer are those of a yes or a no, however it goes on.
#[must_use]
pub fn sounds_like_verdict(text: &str) -> bool {
    let line = Line::new(text);
    let first = (0..line.len()).find(|at| line.is_word(*at) && !line.is(*at, words!["da", "em", "thi"]));
    first.is_some_and(|at| line.is(at, YES) || line.is(at, NO) || line.is(at, words!["thoi"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 10, 14).unwrap().and_hms_opt(9, 0, 0).unwrap()
    }

    /// `yes`, `yes 23/10`, `no`, `no: words`, with ` all` or ` all 3`; `-` for nothing.
    fn shown(text: &str) -> String {
        let Some(verdict) = verdict(text, now(), NaiveDate::from_ymd_opt(2026, 10, 17)) else {
            return "-".into();
        };
        let answer = match verdict.answer {
            Answered::Granted { until: None } => "yes".to_owned(),
            Answered::Granted { until: Some(until) } => format!("yes {}", until.day.format("%-d/%-m")),
            Answered::Refused { words } if words.is_empty() => "no".to_owned(),
            Answered::Refused { words } => format!("no: {words}"),
        };
        match verdict.all {
            None => answer,
            Some(None) => format!("{answer} all"),
            Some(Some(count)) => format!("{answer} all {count}"),
        }
    }

    #[test]
    fn what_is_not_done_yet() {
        let table = [
            ("mai mới họp, chưa họp", true),
            ("V19 CHƯA xong, thứ Sáu em nộp", true),
            ("v19 chua xong, thu 6 em nop", true),
            ("đang sửa chữa, thứ Sáu em nộp", false),
            ("thứ Sáu em nộp được chưa ạ", false),
            ("chưa nộp kịp hả chị?", false),
        ];
        for (text, want) in table {
            assert_eq!(says_not_yet(text), want, "{text}");
        }
    }

    #[test]
    fn a_wish_is_granted_refused_or_answered_with_another_day() {
        for (text, want) in [
            ("đồng ý", "yes"),
            ("ok em", "yes"),
            ("Được nhé, không sao", "yes"),
            ("cho đến thứ 6 thôi", "yes 16/10"),
            ("thứ 6 nhé", "yes 16/10"),
            ("chỉ đến 20/10", "yes 20/10"),
            ("không quá 20/10", "yes 20/10"),
            ("không được, đến 20/10 thôi", "yes 20/10"),
            ("ok nhưng chỉ đến 19/10 thôi nhé", "yes 19/10"),
            ("cho thêm 2 ngày", "yes 19/10"),
            ("không, hạn là hạn", "no: không, hạn là hạn"),
            ("ko đc", "no"),
            ("không", "no"),
            ("từ chối", "no"),
            ("chưa được em ạ, Sở đang chờ", "no: chưa được em ạ, Sở đang chờ"),
            ("đồng ý cả 3 trường", "yes all 3"),
            ("cho cả ba trường đến 19/10", "yes 19/10 all 3"),
            ("duyệt tất cả", "yes all"),
            ("không cho đến 20/10 đâu", "-"),
            ("sao lại lùi lâu thế", "-"),
            ("đến 20/10 có kịp không?", "-"),
            ("đến 20/10 hay 21/10, cho em chọn", "-"),
            ("em gửi lại số liệu giúp chị", "-"),
            ("em nói rõ thêm cho chị", "-"),
            ("đồng ý, em nhắc trường gửi sớm", "yes"),
            ("cho em xem số liệu trước đã", "-"),
            ("không, hạn là hạn, Sở chốt số ngày 19", "no: không, hạn là hạn, Sở chốt số ngày 19"),
            ("Sở chốt số ngày 19", "-"),
            ("đúng", "-"),
            ("dung roi", "-"),
            ("đúng rồi, cho em lùi", "-"),
            ("ừ được, nhưng lần sau không lùi nữa nhé", "-"),
            ("ok, sáng thứ 2 nộp nhé", "-"),
            ("đừng lùi nữa em", "no: đừng lùi nữa em"),
            ("đừng lo, cho em lùi nhé", "yes"),
            ("không, 19/10 là hết hạn rồi", "no: không, 19/10 là hết hạn rồi"),
            ("đúng hạn nhé em", "no: đúng hạn nhé em"),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    #[test]
    fn an_open_request_is_given_up_in_few_words() {
        for (text, want) in [
            ("thôi không xin nữa ạ", true),
            ("thôi em nộp kịp rồi", true),
            ("thôi khỏi chị ơi", true),
            ("em xin thêm 2 ngày nữa", false),
            ("không xin nữa được không ạ?", false),
        ] {
            assert_eq!(gives_up(text), want, "{text}");
        }
        for (text, want) in [
            ("ừ được, nhưng lần sau không lùi nữa nhé", true),
            ("cho đến 27 thôi", true),
            ("MN Hoa Sen nộp chưa", false),
            ("", false),
        ] {
            assert_eq!(sounds_like_verdict(text), want, "{text}");
        }
    }

    #[test]
    fn a_school_that_needs_no_more_time_says_so() {
        for (text, want) in [
            ("V2 thôi không xin lùi nữa ạ", true),
            ("em rút đề nghị gia hạn, trường làm kịp rồi", true),
            ("trường em không cần gia hạn nữa ạ", true),
            ("cho em xin lùi đến thứ 2", false),
            ("em không kịp, xin gia hạn đến thứ 2", false),
            ("không cần lùi được không ạ?", false),
        ] {
            assert_eq!(no_longer_wanted(text), want, "{text}");
        }
    }
}
