//! Whether a deadline leaves the schools a fair time: working hours until it, days of Tết in between, and what else is due on
//! the same day. Nothing is decided here; whoever posts is shown what this says.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{DayOff, Holiday, QuietHours, WorkCalendar};
use crate::domain::Fairness;

/// Less than so many working minutes is short: a working day, nine hours less the noon rest.
const SHORT: i64 = 8 * 60;
/// With Tết in between, less than so many is little: five such days.
const SHORT_OVER_TET: i64 = 5 * SHORT;
/// So many other deadlines of the same day make it a heavy one.
pub const HEAVY: usize = 3;

/// What a person should be told before a deadline is posted at `now`; nothing for a fair one. `date` is its day and `moment` its
/// instant there; `others` are the days of the other deadlines of the same schools.
pub fn fairness(
    now: DateTime<Utc>,
    (date, moment): (NaiveDate, DateTime<Utc>),
    others: impl IntoIterator<Item = NaiveDate>,
    hours: &QuietHours,
    calendar: &WorkCalendar,
    zone: Tz,
) -> Vec<Fairness> {
    if moment < now {
        return vec![Fairness::Past { date }];
    }
    let mut out = Vec::new();
    if !calendar.is_working(date) {
        out.push(Fairness::DayOff { date });
    }
    let minutes = hours.working_minutes_between(now, moment, zone, calendar);
    if minutes < SHORT {
        out.push(Fairness::ShortNotice { hours: minutes / 60 });
    }
    let is_tet =
        |why: &DayOff| matches!(why, DayOff::Holiday(Holiday::Tet) | DayOff::Substitute(Holiday::Tet));
    let off = calendar.days_off_between(now.with_timezone(&zone).date_naive(), date);
    let days = off.iter().filter(|(_, why)| is_tet(why)).count();
    if days > 0 && minutes < SHORT_OVER_TET {
        out.push(Fairness::OverTet { days });
    }
    let others = others.into_iter().filter(|other| *other == date).count();
    if others >= HEAVY {
        out.push(Fairness::SameDay { others });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Closures;
    use crate::domain::{Settings, instant};
    use chrono::NaiveTime;

    fn told(from: (i32, u32, u32, u32), to: (i32, u32, u32, u32), others: &[NaiveDate]) -> Vec<Fairness> {
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        let at = |(year, month, day, hour)| {
            let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            (day, instant(day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap(), zone))
        };
        let hours = QuietHours::of_office(&Settings::default()).unwrap();
        let calendar = WorkCalendar::monday_to_friday(Closures::shipped().unwrap());
        fairness(at(from).1, at(to), others.iter().copied(), &hours, &calendar, zone)
    }

    #[test]
    fn a_deadline_is_fair_or_it_is_said_why_not() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let same = day(2026, 10, 16);
        assert_eq!(told((2026, 10, 5, 8), (2026, 10, 16, 17), &[same, same]), []);
        assert_eq!(
            told((2026, 10, 5, 8), (2026, 10, 16, 17), &[same, same, same, day(2026, 10, 15)]),
            [Fairness::SameDay { others: 3 }]
        );
        assert_eq!(
            told((2026, 10, 5, 8), (2026, 10, 4, 17), &[]),
            [Fairness::Past { date: day(2026, 10, 4) }]
        );
        let short = told((2026, 10, 9, 15), (2026, 10, 11, 17), &[]);
        let sunday = Fairness::DayOff { date: day(2026, 10, 11) };
        assert!(
            matches!(&short[..], [off, Fairness::ShortNotice { hours: 1..=3 }] if *off == sunday),
            "{short:?}"
        );
        let over = told((2027, 2, 3, 8), (2027, 2, 15, 10), &[]);
        assert!(matches!(over[..], [Fairness::OverTet { days: 5.. }]), "{over:?}");
        // Weeks before Tết nobody is hurried by it.
        assert_eq!(told((2027, 1, 4, 8), (2027, 2, 15, 10), &[]), []);
    }
}
