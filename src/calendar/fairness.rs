//! Whether a deadline leaves the schools a fair time: working hours until it, days of Tết in between, and what else is due on
//! the same day. Nothing is decided here; whoever posts is shown what this says.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{DayOff, Holiday, QuietHours, WorkCalendar};

/// Less than so many working minutes is short: half a working day.
const SHORT: i64 = 240;
/// So many other deadlines of the same day make it a heavy one.
const HEAVY: usize = 2;

/// What a deadline asks of the schools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fairness {
    /// Working minutes between posting and the deadline.
    pub working_minutes: i64,
    /// How many days of Tết, with those that make up for them, lie between.
    pub tet_days: usize,
    /// How many other deadlines the same schools have on that day.
    pub same_day: usize,
}

/// Why a deadline is hard to meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfair {
    /// It is over when it is posted.
    Past,
    /// So many working minutes are left.
    Short {
        /// The minutes.
        minutes: i64,
    },
    /// Tết lies between posting and the deadline, and little else.
    OverTet {
        /// Days of Tết.
        days: usize,
    },
    /// Others are due on the same day.
    Crowded {
        /// How many.
        others: usize,
    },
}

/// What a deadline `moment` asks of the schools when it is posted at `now`; `others` are the days of their other deadlines.
pub fn fairness(
    now: DateTime<Utc>,
    moment: DateTime<Utc>,
    others: &[NaiveDate],
    hours: &QuietHours,
    calendar: &WorkCalendar,
    zone: Tz,
) -> Fairness {
    let day = moment.with_timezone(&zone).date_naive();
    let off = calendar.days_off_between(now.with_timezone(&zone).date_naive(), day);
    let is_tet =
        |why: &DayOff| matches!(why, DayOff::Holiday(Holiday::Tet) | DayOff::Substitute(Holiday::Tet));
    Fairness {
        working_minutes: if moment < now {
            -1
        } else {
            hours.working_minutes_between(now, moment, zone, calendar)
        },
        tet_days: off.iter().filter(|(_, why)| is_tet(why)).count(),
        same_day: others.iter().filter(|other| **other == day).count(),
    }
}

impl Fairness {
    /// What a person should be told before it is posted; nothing for a fair deadline.
    pub fn complaints(&self) -> Vec<Unfair> {
        let mut out = Vec::new();
        match self.working_minutes {
            ..0 => return vec![Unfair::Past],
            minutes @ 0..SHORT => out.push(Unfair::Short { minutes }),
            _ => {}
        }
        if self.tet_days > 0 && self.working_minutes < 5 * 2 * SHORT {
            out.push(Unfair::OverTet { days: self.tet_days });
        }
        if self.same_day >= HEAVY {
            out.push(Unfair::Crowded { others: self.same_day });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Closures;
    use crate::domain::{Settings, instant};
    use chrono::NaiveTime;

    fn told(from: (i32, u32, u32, u32), to: (i32, u32, u32, u32), others: &[NaiveDate]) -> Vec<Unfair> {
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        let at = |(year, month, day, hour)| {
            let day = NaiveDate::from_ymd_opt(year, month, day).unwrap();
            instant(day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap(), zone)
        };
        let hours = QuietHours::of_office(&Settings::default()).unwrap();
        let calendar = WorkCalendar::monday_to_friday(Closures::shipped().unwrap());
        fairness(at(from), at(to), others, &hours, &calendar, zone).complaints()
    }

    #[test]
    fn a_deadline_is_fair_or_it_is_said_why_not() {
        let same = NaiveDate::from_ymd_opt(2026, 10, 16).unwrap();
        assert_eq!(told((2026, 10, 5, 8), (2026, 10, 16, 17), &[same]), []);
        assert_eq!(
            told((2026, 10, 5, 8), (2026, 10, 16, 17), &[same, same]),
            [Unfair::Crowded { others: 2 }]
        );
        assert_eq!(told((2026, 10, 5, 8), (2026, 10, 4, 17), &[]), [Unfair::Past]);
        let short = told((2026, 10, 9, 15), (2026, 10, 11, 17), &[]);
        assert!(matches!(short[..], [Unfair::Short { minutes: 60..=180 }]), "{short:?}");
        let over = told((2027, 2, 3, 8), (2027, 2, 15, 10), &[]);
        assert!(matches!(over[..], [Unfair::OverTet { days: 5.. }]), "{over:?}");
        // Weeks before Tết nobody is hurried by it.
        assert_eq!(told((2027, 1, 4, 8), (2027, 2, 15, 10), &[]), []);
    }
}
