//! What a person can take instead of what was read: the choices of each doubt, worked out when all dates of a task are known.

use chrono::{Datelike, Duration, NaiveDate};

use super::deadlines::around_new_year;
use super::directive::DraftDue;
use super::doubt::{Doubt, DoubtKind};
use super::resolve::Surroundings;
use crate::domain::{Choice, Due, DueRole, Month};
use crate::vietnamese::{Token, tokens, unreal_day_at, weekday_at};

/// Gives the doubts of a task their choices, likeliest first.
pub fn give_choices(doubts: &mut [Doubt], due: &[DraftDue], around: &Surroundings) {
    for doubt in doubts {
        doubt.choices = choices(&doubt.kind, due, around);
    }
}

fn choices(kind: &DoubtKind, due: &[DraftDue], around: &Surroundings) -> Vec<Choice> {
    let on = |date: NaiveDate| due.iter().position(|due| due.date == date);
    let said = |printed: &str| {
        due.iter().position(|due| due.quote.contains(printed) || printed.contains(&due.quote))
    };
    match kind {
        DoubtKind::WeekdayMismatch { printed, date } => with_no_date(on(*date), |due| {
            day_of_the_weekday(printed, *date).map(|date| Choice::Date { due, date }).into_iter().collect()
        }),
        DoubtKind::ImpossibleDate { printed } => {
            near(printed, around).into_iter().map(|date| Choice::AddDate(Due::before(date, None))).collect()
        }
        DoubtKind::ReversedRange { from, to, .. } => {
            let later = Month::of(*to).next();
            let later = NaiveDate::from_ymd_opt(later.year, later.month, to.day()).filter(|day| day >= from);
            let days = later.into_iter().chain([*from, *to]);
            days.map(|date| Choice::AddDate(Due::before(date, None))).collect()
        }
        DoubtKind::ImpossibleHour { printed } => with_no_date(said(printed), |_| Vec::new()),
        DoubtKind::PastDeadline { date } => with_no_date(on(*date), |due| {
            later(*date, around).into_iter().map(|date| Choice::Date { due, date }).collect()
        }),
        DoubtKind::WrongYear { printed, .. } => with_no_date(said(printed), |at| {
            let year = year_in(printed).and_then(|year| due[at].date.with_year(year));
            year.map(|date| Choice::Date { due: at, date }).into_iter().collect()
        }),
        DoubtKind::DayOff { date, before } => {
            on(*date).map(|due| Choice::Date { due, date: *before }).into_iter().collect()
        }
        DoubtKind::Tentative { printed } => with_no_date(said(printed), |at| {
            let role = if due[at].role == DueRole::Event { DueRole::Deadline } else { DueRole::Event };
            vec![Choice::Role { due: at, role }]
        }),
        DoubtKind::TakenForDeadline { printed } => {
            with_no_date(said(printed), |due| vec![Choice::Role { due, role: DueRole::Event }])
        }
        DoubtKind::TakenForEvent { printed } => {
            with_no_date(said(printed), |due| vec![Choice::Role { due, role: DueRole::Deadline }])
        }
        DoubtKind::TakenForPeriod { to, .. } => vec![Choice::AddDate(Due::before(*to, None))],
        DoubtKind::TakenForPast { date, .. } => {
            let days = later(*date, around).into_iter().take(1).chain([*date]);
            days.map(|date| Choice::AddDate(Due::before(date, None))).collect()
        }
        DoubtKind::SaidToRecur { recur, date, .. } => {
            with_no_date(on(*date), |due| vec![Choice::Recur { due, recur: *recur }])
        }
        DoubtKind::TwoReadings { date, other, .. } => {
            with_no_date(on(*date), |due| vec![Choice::Date { due, date: *other }])
        }
        DoubtKind::LunarDay { date, .. }
        | DoubtKind::CountedFromIssue { date, .. }
        | DoubtKind::GroupOnly { date, .. } => with_no_date(on(*date), |_| Vec::new()),
        DoubtKind::DigitsRepaired { printed, .. } | DoubtKind::SlashLost { printed, .. } => {
            with_no_date(said(printed), |_| Vec::new())
        }
        DoubtKind::MonthInferred { month } | DoubtKind::MonthMoved { month } => {
            [before(*month), month.next()].map(|month| Choice::Months(vec![month])).into()
        }
        DoubtKind::RowWithoutNumber => vec![Choice::Drop],
        _ => Vec::new(),
    }
}

/// The choices about a date that was taken, and at last that it is none.
fn with_no_date(due: Option<usize>, choices: impl Fn(usize) -> Vec<Choice>) -> Vec<Choice> {
    due.map_or_else(Vec::new, |due| choices(due).into_iter().chain([Choice::NoDate { due }]).collect())
}

/// "thứ Hai, 13/10" where the 13th is a Tuesday: the Monday of that week.
fn day_of_the_weekday(printed: &str, date: NaiveDate) -> Option<NaiveDate> {
    let tokens = tokens(printed);
    let (weekday, _) = (0..tokens.len()).find_map(|at| weekday_at(printed, &tokens, at))?;
    let monday = date - Duration::days(date.weekday().num_days_from_monday().into());
    Some(monday + Duration::days(i64::from(weekday) - 1)).filter(|other| *other != date)
}

/// "31/9": the 30th of September, the 1st of October. "05/13/2026": the 13th of May, or the month after the last.
fn near(printed: &str, around: &Surroundings) -> Vec<NaiveDate> {
    const DECEMBER: u32 = 12;
    let tokens = tokens(printed);
    let unreal = |at: usize| unreal_day_at(printed, &tokens, at).map(|(said, _)| said);
    // "30 Tết" of a year whose last month has 29 days.
    if tokens.iter().any(|t| t.is_word("tet") || t.is_word("chap")) {
        return around_new_year(year_in(printed).unwrap_or_else(|| around.year_of_month(2)));
    }
    let Some(said) = (0..tokens.len()).find_map(unreal) else {
        // "29/2/2027"
        let february = Month::new(year_in(printed).unwrap_or_else(|| around.year_of_month(2)), 2);
        return february.map_or_else(Vec::new, |month| vec![month.last_day(), month.next().first_day()]);
    };
    let year = |month: u32| said.year.unwrap_or_else(|| around.year_of_month(month));
    if said.month <= DECEMBER {
        let month = Month::new(year(said.month), said.month);
        return month.map_or_else(Vec::new, |month| vec![month.last_day(), month.next().first_day()]);
    }
    let date = |year: i32, month: u32, day: u32| NaiveDate::from_ymd_opt(year, month, day);
    let turned = date(year(said.day), said.day, said.month);
    let last = date(year(DECEMBER), DECEMBER, said.day);
    let next = date(year(DECEMBER) + 1, 1, said.day);
    [turned, last, next].into_iter().flatten().collect()
}

fn year_in(printed: &str) -> Option<i32> {
    let year = tokens(printed).iter().find(|t| t.width() == 4).and_then(Token::number);
    year.and_then(|year| i32::try_from(year).ok()).filter(|year| (1990..=2100).contains(year))
}

/// A deadline before the issue: the same day of the month after it, and of the next year.
fn later(date: NaiveDate, around: &Surroundings) -> Vec<NaiveDate> {
    let Some(issued) = around.issued else { return Vec::new() };
    let month = Month::of(issued);
    let day = |month: Month| NaiveDate::from_ymd_opt(month.year, month.month, date.day());
    let soon = [month, month.next()].into_iter().filter_map(day).find(|date| *date >= issued);
    soon.into_iter().chain(date.with_year(date.year() + 1)).collect()
}

fn before(month: Month) -> Month {
    let day = month.first_day() - Duration::days(1);
    Month::of(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read;

    fn offered(line: &str) -> String {
        let text = format!(
            "Số: 5/VHXH\nV/v nộp báo cáo\nĐồi Chè, ngày 12 tháng 10 năm 2026\nKính gửi: Các trường mầm non\n\n1. {line}\n"
        );
        let directive = read(text.as_bytes()).unwrap();
        let doubts = directive.tasks.iter().flat_map(|task| &task.doubts);
        let one = |choice: &Choice| match choice {
            Choice::Date { due, date } => format!("{due}:{date}"),
            Choice::AddDate(due) => format!("+{}", due.date),
            Choice::NoDate { due } => format!("{due}:-"),
            Choice::Role { due, role } => format!("{due}:{role:?}"),
            Choice::Recur { due, recur } => format!("{due}:{recur:?}"),
            other => format!("{other:?}"),
        };
        doubts.flat_map(|doubt| doubt.choices.iter().map(one)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_doubt_offers_what_else_it_may_be() {
        let table = [
            ("Gửi biểu muộn nhất thứ Hai (20/10).", "0:2026-10-19 0:-"),
            ("Gửi biểu trước ngày 31/11.", "+2026-11-30 +2026-12-01"),
            ("Gửi biểu trước ngày 30 tháng 02 năm 2027.", "+2027-02-28 +2027-03-01"),
            ("Gửi biểu trước ngày 29/2/2027.", "+2027-02-28 +2027-03-01"),
            ("Gửi biểu trước ngày 33/12/2026.", "+2026-12-31 +2027-01-01"),
            ("Gửi biểu trước ngày 20/13/2026.", "+2026-12-20 +2027-01-20"),
            ("Gửi biểu trước ngày 11/13/2026.", "+2026-11-13 +2026-12-11 +2027-01-11"),
            ("Gửi biểu từ ngày 25/10 đến ngày 31/11/2026.", "+2026-11-30 +2026-12-01"),
            ("Gửi biểu từ ngày 26/10 đến ngày 16/10/2026.", "+2026-11-16 +2026-10-26 +2026-10-16"),
            ("Gửi biểu trước ngày 05/10/2026.", "0:2026-11-05 0:2027-10-05 0:-"),
            ("Gửi biểu trước ngày 16/11/2025.", "0:2025-11-16 0:-"),
            ("Gửi biểu trước ngày 18/10/2026.", "0:2026-10-16"),
            ("Gửi biểu trước ngày 02/9/2027.", "0:2027-09-01"),
            ("Hội thi (dự kiến ngày 06/11).", "0:Deadline 0:-"),
            ("Thực hiện chủ đề từ ngày 19/10 đến ngày 30/10.", "0:Event 0:-"),
            ("Vệ sinh trường lớp ngày 24/10.", "0:Deadline 0:-"),
            ("Gửi biểu trong vòng 5 ngày kể từ ngày ký.", "0:-"),
            ("Gửi biểu trước ngày l5/10.", "0:-"),
            ("Gửi biểu ngay khi nhận được công văn.", ""),
            ("Gửi biểu trước ngày 16/10.", ""),
            ("Hằng tháng gửi biểu trước ngày 26/10/2026.", "0:Monthly 0:-"),
            ("Trường chưa gửi biểu (hạn 25/9) giải trình trước 20/10.", "+2026-10-25 +2026-09-25"),
        ];
        for (line, want) in table {
            assert_eq!(offered(line), want, "{line}");
        }
    }
}
