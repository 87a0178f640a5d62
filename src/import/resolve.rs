//! The year of a day that was said without one, or with one that cannot be meant.

use chrono::{Datelike, Duration, NaiveDate};

use super::doubt::DoubtKind;
use crate::domain::{Month, SchoolYear};
use crate::vietnamese::{DaySaid, YearSaid};

/// Signs that a document writes between day and month, besides the slash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DaySigns {
    /// "20.9"
    pub dots: bool,
    /// "20-9"
    pub dashes: bool,
}

/// What is known about the time that a text speaks of.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The months of the item; empty when the document has none.
    pub months: Vec<Month>,
    /// First and last day of the week over the item.
    pub week: Option<(NaiveDate, NaiveDate)>,
    /// The school year that the document names.
    pub school_year: Option<SchoolYear>,
    /// The first day on which the document can have been issued.
    pub issued: Option<NaiveDate>,
    /// Of the date of issue only the year is printed.
    pub vague: bool,
    /// Whether it says what is reported when.
    pub of_reports: bool,
    /// Whether a department (Sở) wrote it, to offices.
    pub of_department: bool,
    /// Whether a school wrote it for itself.
    pub of_school: bool,
    /// The date of issue, if it is printed in full: days are counted from it.
    pub signed: Option<NaiveDate>,
    /// How the document writes its days besides "20/9".
    pub signs: DaySigns,
    /// Whether the date stands in a cell that says when something is to be done: it is still to come.
    pub ahead: bool,
    /// The school year that is taken when nothing else tells.
    pub assumed: Option<SchoolYear>,
}

/// A day of so many days before the date of issue is past.
const JUST_NOW: i64 = 45;
/// So is one of so many days, unless the school year has it still to come; one further back is meant for the next year.
const RECENT: i64 = 89;
/// A day that lies so many days ahead (negative) is one of the weeks before the date of issue, in the year before.
const LAST_YEAR: i64 = -334;

/// A day with its year, and what had to be repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The day.
    pub date: NaiveDate,
    /// A repair.
    pub doubt: Option<DoubtKind>,
}

impl Surroundings {
    /// The day that is meant; `None` when that year has no such day (29/2).
    ///
    /// The printed year counts unless it contradicts the months of the item or lies long before the document; without one
    /// the item's months decide, then the first such day on or after the date of issue within the school year.
    pub fn resolve(&self, said: DaySaid, printed: &str) -> Option<Resolved> {
        let expected = self.year_of(said.month, said.day);
        let (year, wrong) = match said.year {
            None => (expected, false),
            Some(YearSaid::Next) => (self.base().year() + 1, false),
            Some(YearSaid::Damaged(_)) => (expected, true),
            Some(YearSaid::Printed(year)) => {
                let wrong = self.contradicts(year, said);
                (if wrong { expected } else { year }, wrong)
            }
        };
        let date = NaiveDate::from_ymd_opt(year, said.month, said.day)?;
        let doubt = wrong.then(|| DoubtKind::WrongYear {
            printed: printed.to_owned(),
            read: date.format("%d/%m/%Y").to_string(),
        });
        Some(Resolved { date, doubt })
    }

    /// The year of a month that was said without one.
    pub fn year_of_month(&self, month: u32) -> i32 {
        self.year_of(month, 28)
    }

    fn year_of(&self, month: u32, day: u32) -> i32 {
        if let Some(own) = self.months.iter().find(|m| m.month == month) {
            return own.year;
        }
        if let Some(first) = self.months.first() {
            // From two months before the section to nine months after it.
            return (first.year - 1..=first.year + 1)
                .find(|year| {
                    let apart = (year - first.year) * 12 + month.cast_signed() - first.month.cast_signed();
                    (-2..=9).contains(&apart)
                })
                .unwrap_or(first.year);
        }
        let year = |year| NaiveDate::from_ymd_opt(year, month, day.min(28));
        if let Some(issued) = self.issued {
            // The first such day on or after the date of issue; but one of the weeks before it is past, not a year away.
            let this = year(issued.year()).unwrap_or(issued);
            let gone = (issued - this).num_days();
            let within = self.school_year.unwrap_or_else(|| SchoolYear::of(issued));
            let by_school_year = Some(within.year_of_month(month));
            let to_come = by_school_year.filter(|y| year(*y).is_some_and(|date| date >= issued));
            return if gone <= LAST_YEAR && !self.vague {
                // In January a day of December is of the year before.
                issued.year() - 1
            } else if gone <= JUST_NOW && !self.vague && !(self.ahead && gone > 0 && to_come.is_some()) {
                issued.year()
            } else if gone <= RECENT {
                to_come.unwrap_or(issued.year())
            } else {
                issued.year() + 1
            };
        }
        self.school_year.or(self.assumed).map_or_else(|| self.base().year(), |s| s.year_of_month(month))
    }

    /// Whether a printed year cannot be meant.
    fn contradicts(&self, year: i32, said: DaySaid) -> bool {
        if let Some(own) = self.months.iter().find(|m| m.month == said.month) {
            return own.year != year;
        }
        let Some(date) = NaiveDate::from_ymd_opt(year, said.month, said.day.min(28)) else { return false };
        if let Some(first) = self.months.first() {
            let apart = (year - first.year) * 12 + said.month.cast_signed() - first.month.cast_signed();
            return !(-6..=18).contains(&apart);
        }
        // What is still to come is not printed with a year that has passed.
        let least = if self.ahead { JUST_NOW } else { 270 };
        self.issued.is_some_and(|issued| {
            date < issued - Duration::days(least) && date > issued - Duration::days(400)
        })
    }

    /// The day that "năm sau" is counted from.
    fn base(&self) -> NaiveDate {
        self.issued
            .or_else(|| self.months.first().map(|m| m.first_day()))
            .or_else(|| self.school_year.or(self.assumed).map(|s| Month { year: s.0, month: 9 }.first_day()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32, month: u32, year: Option<YearSaid>) -> DaySaid {
        DaySaid { day, month, year, weak: false, repaired: false }
    }

    fn months(list: &[(i32, u32)]) -> Surroundings {
        let months = list.iter().map(|&(year, month)| Month { year, month }).collect();
        Surroundings { months, school_year: Some(SchoolYear(2026)), ..Surroundings::default() }
    }

    fn issued(year: i32, month: u32, day: u32) -> Surroundings {
        Surroundings { issued: NaiveDate::from_ymd_opt(year, month, day), ..Surroundings::default() }
    }

    #[test]
    fn the_year_comes_from_the_nearest_thing_that_knows() {
        use YearSaid::{Damaged, Next, Printed};
        let december = months(&[(2026, 12)]);
        let summer = months(&[(2027, 6), (2027, 7), (2027, 8)]);
        let table = [
            (&december, day(8, 12, None), "2026-12-08", false),
            (&december, day(5, 1, None), "2027-01-05", false),
            (&december, day(30, 11, None), "2026-11-30", false),
            (&december, day(15, 12, Some(Printed(2025))), "2026-12-15", true),
            (&december, day(22, 5, Some(Printed(2027))), "2027-05-22", false),
            (&december, day(15, 12, Some(Damaged(206))), "2026-12-15", true),
            (&summer, day(21, 8, None), "2027-08-21", false),
            (&issued(2026, 10, 12), day(5, 10, None), "2026-10-05", false),
            (&issued(2026, 10, 12), day(5, 5, None), "2027-05-05", false),
            (&issued(2027, 1, 8), day(29, 12, None), "2026-12-29", false),
            (&issued(2026, 10, 12), day(20, 10, None), "2026-10-20", false),
            (&issued(2026, 10, 12), day(20, 1, None), "2027-01-20", false),
            (&issued(2026, 10, 12), day(20, 1, Some(Next)), "2027-01-20", false),
            (&issued(2026, 10, 12), day(15, 11, Some(Printed(2025))), "2026-11-15", true),
            (&issued(2026, 10, 12), day(5, 9, Some(Printed(2026))), "2026-09-05", false),
        ];
        for (around, said, want, wrong) in table {
            let got = around.resolve(said, "x").unwrap();
            assert_eq!((got.date.to_string().as_str(), got.doubt.is_some()), (want, wrong), "{said:?}");
        }
        assert_eq!(months(&[(2027, 2)]).resolve(day(29, 2, None), "29/2"), None);
    }
}
