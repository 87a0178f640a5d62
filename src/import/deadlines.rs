//! The dates of an item: deadlines, ranges, windows, recurrences and happenings.
//!
//! The text is read from left to right; at each number or word that can begin a date the forms are tried from the longest to
//! the shortest, then the words before it say what kind of date it is (see [`super::lead`]). In a cell that says when, a bare
//! "15/9" is a date; in a sentence it needs a word, a bracket or a neighbour that makes it one.

mod dots;
mod edges;
mod evidence;
mod group;
mod impossible;
mod levels;
mod lunar;
mod recurring;
mod relative;
mod scan;
mod several;
mod take;

pub use dots::signs_of_days;
pub use lunar::around_new_year;

use chrono::NaiveDate;

use super::directive::DraftDue;
use super::doubt::{Doubt, DoubtKind};
use super::entries::hour_within;
use super::item::Item;
use super::lead::lead;
use super::nature::{Nature, nature_of};
use super::references::references;
use super::resolve::{DaySigns, Surroundings};
use super::roles::{Said, judge};
use super::verbs::{clause, hands_over, undated_clauses, without_brackets};
use crate::domain::{DueKind, DueRole, Recur};
use crate::vietnamese::{ClockSaid, clock_at, fold_start, tokens};
use dots::with_slashes;
use scan::{Scan, time_of};

/// The dates of an item, and the doubts of reading them.
pub fn dues(item: &Item, around: &Surroundings) -> (Vec<DraftDue>, Vec<Doubt>) {
    let week = item.week.as_ref().map(|week| (week.from, week.to));
    let around = Surroundings { months: item.months.clone(), week: week.or(around.week), ..around.clone() };
    let mut due = Vec::new();
    let mut doubts = Vec::new();
    for (cell, text) in std::iter::once((false, &item.text)).chain(item.time.iter().map(|t| (true, t))) {
        let tokens = match around.signs {
            DaySigns { dots: false, dashes: false } => tokens(text),
            signs => with_slashes(text, tokens(text), signs),
        };
        let dead = references(text, &tokens);
        let around = Surroundings { ahead: cell && around.school_year.is_some(), ..around.clone() };
        let mut scan = Scan {
            text,
            tokens: &tokens,
            dead: &dead,
            cell,
            item,
            around: &around,
            due: &mut due,
            doubts: &mut doubts,
            listed: None,
            open: None,
        };
        scan.run();
    }
    if is_called_off(&item.text) {
        let rest = behind_what_is_called_off(&item.text);
        due.retain(|due| rest.contains(&due.quote));
        return (due, doubts);
    }
    if let Some(day) = &item.day {
        let own = hands_over(&first_clause(&item.text));
        // "Duyệt kế hoạch (các trường nộp trước 11h cùng ngày)": what a bracket asks for is not what happens.
        let before_it = |due: &DraftDue| {
            let head = item.text.split('(').next().unwrap_or_default();
            due.kind == DueKind::Before && !own && head.len() < item.text.len() && !head.contains(&due.quote)
        };
        let said = due.iter().any(|due| {
            ((day.from..=day.to).contains(&due.date) && !before_it(due))
                || (own && due.role == DueRole::Deadline)
        });
        if !said {
            due.insert(0, happening(item, day));
        }
    }
    leave_out_periods(&mut due, &mut doubts, item);
    leave_out_the_past(&mut due, &mut doubts, item, &around);
    give_the_hour(&mut due, item);
    if due.is_empty()
        && let Some(heading) = &item.heading
    {
        due = of_the_heading(heading, item, &around);
        due.extend(if due.is_empty() { window_of_the_heading(heading, item, &around) } else { None });
    }
    if due.is_empty() && doubts.is_empty() {
        due.extend(within_the_week(item));
    }
    let mut kept: Vec<DraftDue> = Vec::new();
    for one in due {
        if !kept.iter().any(|k| k.date == one.date && k.role == one.role && k.recur == one.recur) {
            kept.push(one);
        }
    }
    doubt_recurrence(&kept, &mut doubts, item);
    (kept, doubts)
}

/// "06 trường chưa nộp báo cáo (hạn 31/10)", "hợp đồng ký trước ngày 01/01 phải bổ sung phụ lục, xong trước 20/3": a limit that was
/// over when the document was written, told beside words that say so, or beside a limit that is still to come.
fn leave_out_the_past(due: &mut Vec<DraftDue>, doubts: &mut Vec<Doubt>, item: &Item, around: &Surroundings) {
    let Some(today) = around.issued.filter(|_| !around.vague).or(around.week.map(|(from, _)| from)) else {
        return;
    };
    let limit = |due: &DraftDue| due.kind == DueKind::Before && due.role == DueRole::Deadline;
    let ahead = due.iter().any(|due| limit(due) && due.date >= today);
    due.retain(|one| {
        let past = limit(one) && one.date < today && one.recur.is_none();
        let Some((before, behind)) = item.text.split_once(&one.quote).filter(|_| past) else { return true };
        let told = tells_of_the_past(before, behind);
        if told || ahead {
            let kind = DoubtKind::TakenForPast { printed: one.quote.clone(), date: one.date };
            doubts.retain(|doubt| doubt.kind != DoubtKind::PastDeadline { date: one.date });
            doubts.push(Doubt::new(item.span.first_line, kind));
        }
        !(told || ahead)
    });
}

/// Whether the words around a limit tell of those who have or have not kept it, or of what it is true of: "… chưa nộp", "… trước
/// ngày 01/01 phải …".
fn tells_of_the_past(before: &str, behind: &str) -> bool {
    const NOT_YET: [&str; 7] =
        [" chua nop ", " chua gui ", " chua bao ", " chua hoan ", " cham nop ", " nop cham ", " nop thieu "];
    const THEN: [&str; 6] = ["phai", "thi", "khong", "duoc", "deu", "chua"];
    let begin = before.rfind([';', '\n']).map_or(0, |at| at + 1);
    let begin = before[begin..].rfind(". ").map_or(begin, |at| begin + at + 2);
    let said = clause(&before[begin..]);
    let next = fold_start(behind.trim_start(), 8);
    NOT_YET.iter().any(|word| said.contains(word))
        || next.split(' ').next().is_some_and(|word| THEN.contains(&word))
}

/// "Hằng tháng báo cáo … trước ngày 25/10/2026": one full date beside words that it comes again.
fn doubt_recurrence(due: &[DraftDue], doubts: &mut Vec<Doubt>, item: &Item) {
    const WORDS: [(&str, Recur); 12] = [
        ("hằng tháng", Recur::Monthly),
        ("hàng tháng", Recur::Monthly),
        ("mỗi tháng", Recur::Monthly),
        ("hằng tuần", Recur::Weekly),
        ("hàng tuần", Recur::Weekly),
        ("mỗi tuần", Recur::Weekly),
        ("hằng năm", Recur::Yearly),
        ("hàng năm", Recur::Yearly),
        ("hằng ngày", Recur::Daily),
        ("hàng ngày", Recur::Daily),
        ("mỗi ngày", Recur::Daily),
        ("mỗi năm", Recur::Yearly),
    ];
    if due.iter().any(|due| due.recur.is_some()) {
        return;
    }
    let once =
        |due: &&DraftDue| due.role == DueRole::Deadline && matches!(due.kind, DueKind::Before | DueKind::On);
    for one in due.iter().filter(once) {
        let Some((before, behind)) = item.text.split_once(&one.quote) else { continue };
        let begin = before.rfind([';', '\n']).map_or(0, |at| at + 1);
        let begin = before[begin..].rfind(". ").map_or(begin, |at| begin + at + 2);
        let end = behind.find([';', '\n', '.']).unwrap_or(behind.len());
        let said = format!("{} {}", &before[begin..], &behind[..end]).to_lowercase();
        let found = WORDS
            .iter()
            .filter_map(|(word, recur)| Some((said.find(word)?, word, *recur)))
            .min_by_key(|(at, ..)| *at);
        // "quyết toán hằng năm", "số liệu hằng tháng" beside a day of its own are what is handed in.
        if let Some((_, word, recur)) = found.filter(|(at, word, _)| !names_a_thing(&said[..*at], word)) {
            let kind = DoubtKind::SaidToRecur { printed: (*word).to_owned(), recur, date: one.date };
            doubts.push(Doubt::new(item.span.first_line, kind));
        }
    }
}

/// Whether words of a recurrence stand right behind a noun that they describe: "số liệu hằng tháng".
fn names_a_thing(before: &str, word: &str) -> bool {
    const THINGS: [&str; 8] = ["liệu", "sổ", "kỳ", "toán", "lương", "tiêu", "thi", "giá"];
    let last = before.split_whitespace().next_back().unwrap_or_default();
    !word.is_empty() && THINGS.contains(&last)
}

/// "thống kê trẻ nghỉ từ 01/9 đến 15/9, gửi trước ngày 18/9": days that are counted and told later are no time to work in. Where
/// nothing but the verb says so, it is asked about.
fn leave_out_periods(due: &mut Vec<DraftDue>, doubts: &mut Vec<Doubt>, item: &Item) {
    let limits: Vec<(NaiveDate, String)> = due
        .iter()
        .filter(|due| due.kind == DueKind::Before && due.role == DueRole::Deadline && due.recur.is_none())
        .map(|due| (due.date, due.quote.clone()))
        .collect();
    due.retain(|one| {
        if one.kind != DueKind::Range || one.role != DueRole::Deadline {
            return true;
        }
        let Some((before, behind)) = item.text.split_once(&one.quote) else { return true };
        let told = limits.iter().any(|(date, quote)| {
            let between = behind.split_once(quote.as_str()).map(|(between, _)| between);
            *date >= one.date && between.is_some_and(|between| hands_over(&clause(between)))
        });
        let begin = before.rfind([';', '\n']).map_or(0, |at| at + 1);
        let said = clause(&before[begin..]);
        match told.then(|| period_of(&said)).flatten() {
            None => true,
            Some(certain) => {
                if !certain {
                    let (printed, from) = (one.quote.clone(), one.from.unwrap_or(one.date));
                    let kind = DoubtKind::TakenForPeriod { printed, from, to: one.date };
                    doubts.push(Doubt::new(item.span.first_line, kind));
                }
                false
            }
        }
    });
}

/// Whether the words before a range say that it is the time that figures are of, and whether that is certain.
fn period_of(said: &str) -> Option<bool> {
    const OF: [&str; 9] = [
        " so lieu ",
        " du lieu ",
        " ket qua ",
        " phat sinh ",
        " ky bao cao ",
        " giai doan ",
        " thoi diem ",
        " tinh hinh ",
        " thoi ky ",
    ];
    const COUNTED: [&str; 9] = [
        " thong ke ",
        " tong hop ",
        " bao cao ",
        " diem danh ",
        " cham cong ",
        " bang ke ",
        " doi chieu ",
        " quyet toan ",
        " danh sach ",
    ];
    // "nhập số liệu từ … đến …" is work in that time.
    const WORK: [&str; 6] = [" nhap ", " cap nhat ", " ra soat ", " dang ky ", " thu thap ", " kiem tra "];
    if WORK.iter().any(|word| said.contains(word)) {
        return None;
    }
    let words: Vec<&str> = said.split_whitespace().collect();
    let near = format!(" {} ", words[words.len().saturating_sub(4)..].join(" "));
    match () {
        () if OF.iter().any(|word| near.contains(word)) => Some(true),
        () if COUNTED.iter().any(|word| said.contains(word)) => Some(false),
        () => None,
    }
}

/// "Bãi bỏ điểm 6 (nộp … trước 20/11)": what was to be done is not any more.
pub fn is_called_off(text: &str) -> bool {
    let words = fold_start(text, 24);
    // "… : chưa cần nộp, sẽ có văn bản riêng": not yet.
    if is_not_asked_yet(text) {
        return !text.to_lowercase().contains("hạn");
    }
    ["bai bo ", "huy bo ", "khong thuc hien ", "dung thuc hien ", "thoi thuc hien "]
        .iter()
        .any(|w| words.starts_with(w))
}

/// "Hủy bỏ buổi tập huấn ngày 20/10. Buổi khác lúc 8h00 ngày 27/10, …": what the sentences behind the first one say.
fn behind_what_is_called_off(text: &str) -> &str {
    if is_not_asked_yet(text) {
        return "";
    }
    text.split_once(". ").map_or("", |(_, rest)| rest)
}

/// "nộp báo cáo trước 16h30" beside the cell "Thứ Tư (07/10)": the hour of the words and the day of the cell.
fn give_the_hour(due: &mut [DraftDue], item: &Item) {
    let [only] = due else { return };
    if (item.time.is_empty() && item.day.is_none())
        || only.kind != DueKind::On
        || only.time.is_some()
        || item.text.contains(&only.quote)
    {
        return;
    }
    let tokens = tokens(&item.text);
    let clock = (0..tokens.len()).find_map(|at| {
        let (clock, next) = clock_at(&item.text, &tokens, at)?;
        lead(&item.text, &tokens, next).before.then_some(clock)
    });
    if clock.is_some() {
        (only.time, only.midnight) = time_of(clock);
        only.kind = DueKind::Before;
        only.role = DueRole::Deadline;
    }
}

fn is_not_asked_yet(text: &str) -> bool {
    const HANDED: [&str; 6] = ["nộp", "Nộp", "NỘP", "gửi", "Gửi", "GỬI"];
    const NOT_YET: [&str; 5] =
        ["chưa cần nộp", "chưa phải nộp", "chưa cần gửi", "chưa phải gửi", "không phải nộp"];
    // Most texts hold none of the verbs: they need no copy in lower case.
    HANDED.iter().any(|verb| text.contains(verb)) && {
        let said = text.to_lowercase();
        NOT_YET.iter().any(|words| said.contains(words))
    }
}

/// "1. Hồ sơ bán trú (xong trước 16h ngày 13/10)": the limits and recurrences of the heading hold for each item under it.
fn of_the_heading(heading: &str, item: &Item, around: &Surroundings) -> Vec<DraftDue> {
    let over =
        Item { text: heading.to_owned(), months: item.months.clone(), span: item.span, ..Item::default() };
    let (due, _) = dues(&over, around);
    due.into_iter()
        .filter(|due| due.role == DueRole::Deadline && (due.kind == DueKind::Before || due.recur.is_some()))
        .collect()
}

/// "1. Việc của các trường trong tháng 5" over a point without a day: some time in that window, if it is work of theirs.
fn window_of_the_heading(heading: &str, item: &Item, around: &Surroundings) -> Option<DraftDue> {
    if !item.months.is_empty() || item.day.is_some() {
        return None;
    }
    let over = Item { text: heading.to_owned(), span: item.span, ..Item::default() };
    let window = dues(&over, around).0.into_iter().find(|due| due.kind == DueKind::During)?;
    let said = clause(&without_brackets(&item.text));
    let days = window.from.map_or(1, |from| (window.date - from).num_days() + 1);
    let judged = judge(Said { days, ..Said::once(DueKind::During) }, &said, &said, item);
    let work = hands_over(&said) || nature_of(&said) == Some(Nature::Work);
    (judged.role == DueRole::Deadline && work).then_some(DraftDue { role: judged.role, ..window })
}

/// "Tuần 6 (từ ngày 12/10 đến ngày 17/10)" over a point without a day: some time in that week.
fn within_the_week(item: &Item) -> Option<DraftDue> {
    let week = item.week.as_ref()?;
    let said = clause(&without_brackets(&item.text));
    let days = (week.to - week.from).num_days() + 1;
    let judged = judge(Said { days, ..Said::once(DueKind::Range) }, &said, &said, item);
    Some(DraftDue {
        kind: DueKind::Range,
        date: week.to,
        from: Some(week.from),
        time: None,
        midnight: false,
        role: if hands_over(&said) { judged.role } else { DueRole::Event },
        recur: None,
        until: None,
        quote: week.quote.clone(),
        span: item.span,
    })
}

/// What an entry says first, before a bracket or the next clause.
fn first_clause(text: &str) -> String {
    clause(text.split([';', '(', '.']).next().unwrap_or_default())
}

/// The day cell as a date of its entry: "Hạn cuối các trường …" makes it a deadline.
fn happening(item: &Item, day: &super::item::DayCell) -> DraftDue {
    let words = fold_start(&item.text, 12);
    let limit =
        ["han cuoi", "han chot", "het han", "han nop", "han gui"].iter().any(|w| words.starts_with(w));
    let kind = match (limit, day.from == day.to) {
        (true, _) => DueKind::Before,
        (false, true) => DueKind::On,
        (false, false) => DueKind::Range,
    };
    let on = clause(&without_brackets(&undated_clauses(&item.text)));
    let (time, midnight) = time_of(
        day.clock.or_else(|| hour_within(&item.text)).map(|(hour, minute)| ClockSaid { hour, minute }),
    );
    DraftDue {
        kind,
        date: day.to,
        from: (kind == DueKind::Range).then_some(day.from),
        time,
        midnight,
        role: if kind == DueKind::Range {
            DueRole::Event
        } else {
            judge(Said::once(kind), &on, &on, item).role
        },
        recur: None,
        until: None,
        quote: day.quote.clone(),
        span: item.span,
    }
}

#[cfg(test)]
mod tests;
