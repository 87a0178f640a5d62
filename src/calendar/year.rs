//! Rolling a schedule forward: where a date of one school year stands in another.
//!
//! (The months of a school year and the year of a date are [`SchoolYear::months`] and [`SchoolYear::of`].)

use chrono::{Datelike, Months, NaiveDate};

use super::holidays::DayOff;
use super::work_calendar::WorkCalendar;
use crate::domain::SchoolYear;

/// A deadline in its new school year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shifted {
    /// A working day.
    pub date: NaiveDate,
    /// Why it is not the same day and month as before, if it is not.
    pub moved: Option<Moved>,
}

/// Why a date is not the same day and month in another year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// That day is off.
    DayOff(DayOff),
    /// 29 February of a year that has none.
    NoSuchDay,
}

impl Moved {
    /// A short and stable name of the reason, the key of its words in `locales/`: that of [`DayOff::key`], or `no-such-day`.
    pub fn key(&self) -> &'static str {
        match self {
            Moved::DayOff(day_off) => day_off.key(),
            Moved::NoSuchDay => "no-such-day",
        }
    }
}

/// The same day and month in another school year, worked or not: for happenings, which keep their day (khai giảng is on
/// 5 September also on a Saturday). 29 February becomes the 28th where it must.
pub fn same_day(date: NaiveDate, from: SchoolYear, to: SchoolYear) -> NaiveDate {
    let years = to.0 - from.0;
    let months = Months::new(years.unsigned_abs().saturating_mul(12));
    let shifted = if years >= 0 { date.checked_add_months(months) } else { date.checked_sub_months(months) };
    shifted.unwrap_or(date)
}

/// The same place of a deadline in another school year: the same day and month, moved to a working day.
///
/// It moves forward, because a time limit that ends on a day off ends with the next working day (Civil Code 2015, Bộ luật
/// Dân sự 91/2015/QH13, article 148 clause 5), and nobody is given less time than before. But a task belongs to the post of
/// its month and is counted with it: where forward would leave the month, it moves back to the last working day.
pub fn same_place(date: NaiveDate, from: SchoolYear, to: SchoolYear, calendar: &WorkCalendar) -> Shifted {
    let same = same_day(date, from, to);
    let no_such_day = (same.day() != date.day()).then_some(Moved::NoSuchDay);
    match calendar.why_off(same) {
        None => Shifted { date: same, moved: no_such_day },
        Some(day_off) => {
            Shifted { date: working_day_near(same, calendar), moved: Some(Moved::DayOff(day_off)) }
        }
    }
}

fn working_day_near(day: NaiveDate, calendar: &WorkCalendar) -> NaiveDate {
    let forward = calendar.next_working_on_or_after(day);
    let back = calendar.previous_working_on_or_before(day);
    let in_month = |other: NaiveDate| (other.year(), other.month()) == (day.year(), day.month());
    if !in_month(forward) && in_month(back) { back } else { forward }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Closures, Holiday};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_deadline_keeps_its_day_and_month_on_a_working_day() {
        let off = |day_off| Some(Moved::DayOff(day_off));
        let cases = [
            ("2025-10-17", 1, "2026-10-19", off(DayOff::Weekend)),
            ("2025-10-16", 1, "2026-10-16", None),
            // Saturday the 31st: forward would leave October.
            ("2025-10-31", 1, "2026-10-30", off(DayOff::Weekend)),
            ("2026-02-10", 1, "2027-02-12", off(DayOff::Substitute(Holiday::Tet))),
            ("2026-02-06", 1, "2027-02-12", off(DayOff::Holiday(Holiday::Tet))),
            ("2026-01-01", 1, "2027-01-04", off(DayOff::Holiday(Holiday::NewYear))),
            ("2026-04-30", 1, "2027-04-29", off(DayOff::Holiday(Holiday::Victory))),
            ("2026-05-29", 1, "2027-05-31", off(DayOff::Weekend)),
            ("2028-02-29", 1, "2029-02-28", Some(Moved::NoSuchDay)),
            ("2028-02-29", -1, "2027-02-26", off(DayOff::Weekend)),
            ("2028-02-29", 4, "2032-02-27", off(DayOff::Weekend)),
            ("2024-02-29", 4, "2028-02-29", None),
            ("2025-10-17", 0, "2025-10-17", None),
            ("2026-10-19", -1, "2025-10-20", off(DayOff::Weekend)),
        ];
        for (date, years, expected, moved) in cases {
            let (from, to) = (SchoolYear::of(day(date)), SchoolYear(SchoolYear::of(day(date)).0 + years));
            let shifted = same_place(day(date), from, to, &WorkCalendar::default());
            assert_eq!(shifted, Shifted { date: day(expected), moved }, "{date} {years:+}");
        }
    }

    #[test]
    fn a_month_that_is_closed_throughout_gives_the_next_working_day() {
        let closed = "[[off]]\nfrom = 2027-02-01\nto = 2027-02-28\nreason = 'x'";
        let calendar = WorkCalendar::monday_to_friday(Closures::parse(closed).unwrap());
        let shifted = same_place(day("2026-02-24"), SchoolYear(2025), SchoolYear(2026), &calendar);
        assert_eq!(shifted.date, day("2027-03-01"));
    }

    #[test]
    fn a_happening_keeps_its_day() {
        let cases =
            [("2025-09-05", "2026-09-05"), ("2026-01-01", "2027-01-01"), ("2027-08-15", "2028-08-15")];
        for (date, expected) in cases {
            assert_eq!(same_day(day(date), SchoolYear(2025), SchoolYear(2026)), day(expected), "{date}");
        }
    }
}
