//! Days on which people work and yet should hear little: Trung thu, Ngày Nhà giáo, the 23rd of Chạp.
//!
//! An office writes one a line: `solar 20/11 no-reminders`, `lunar 15/8 quiet-from 16:00`.

use chrono::{Datelike, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

use super::lunar::LunarDate;
use super::time_of_day;

/// A day of the year on which to be quieter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LightDay {
    /// When in the year.
    pub when: Yearly,
    /// How quiet.
    pub mood: DayMood,
}

/// A day that comes back every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Yearly {
    /// A day of the common calendar.
    Solar {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// A day of the Vietnamese lunar calendar; not in a leap month, which repeats no feast.
    Lunar {
        /// 1 to 12.
        month: u32,
        /// 1 to 30.
        day: u32,
    },
}

/// How much the bot may say on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DayMood {
    /// As on any day.
    #[default]
    Ordinary,
    /// Nothing at all from this time of day on.
    QuietFrom(NaiveTime),
    /// Posts and answers, but nobody is nagged: reminders wait for the next open hour of another day.
    NoReminders,
}

/// The days of Việt Nam that the program knows: Ngày Nhà giáo Việt Nam (20 November), Trung thu (15/8 lunar) and the day of
/// the Kitchen Gods (23 tháng Chạp), when offices wind down for Tết.
pub const KNOWN: [LightDay; 3] = [
    LightDay { when: Yearly::Solar { month: 11, day: 20 }, mood: DayMood::NoReminders },
    LightDay { when: Yearly::Lunar { month: 8, day: 15 }, mood: DayMood::QuietFrom(hour(16, 0)) },
    LightDay { when: Yearly::Lunar { month: 12, day: 23 }, mood: DayMood::QuietFrom(hour(11, 30)) },
];

/// The mood of a date; of two entries about one date the later one counts.
pub fn mood(days: &[LightDay], date: NaiveDate) -> DayMood {
    if days.is_empty() {
        return DayMood::Ordinary;
    }
    let lunar = LunarDate::of(date);
    let falls = |when: Yearly| match when {
        Yearly::Solar { month, day } => (month, day) == (date.month(), date.day()),
        Yearly::Lunar { month, day } => (month, day, false) == (lunar.month, lunar.day, lunar.leap),
    };
    days.iter().rev().find(|light| falls(light.when)).map_or(DayMood::Ordinary, |light| light.mood)
}

/// A light day that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is not a light day: write `solar 20/11 no-reminders` or `lunar 15/8 quiet-from 16:00`")]
pub struct LightDayError(String);

impl FromStr for LightDay {
    type Err = LightDayError;

    fn from_str(text: &str) -> Result<Self, LightDayError> {
        read(text).ok_or_else(|| LightDayError(text.to_owned()))
    }
}

fn read(text: &str) -> Option<LightDay> {
    let mut words = text.split_whitespace();
    let calendar = words.next()?;
    let (day, month) = words.next()?.split_once('/')?;
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    let when = match calendar {
        // 2028 is a leap year: the 29th of February is a day, the 30th is not.
        "solar" => NaiveDate::from_ymd_opt(2028, month, day).map(|_| Yearly::Solar { month, day }),
        "lunar" if (1..=12).contains(&month) && (1..=30).contains(&day) => Some(Yearly::Lunar { month, day }),
        _ => None,
    }?;
    let mood = match (words.next()?, words.next()) {
        ("no-reminders", None) => DayMood::NoReminders,
        ("ordinary", None) => DayMood::Ordinary,
        ("quiet-from", Some(time)) => DayMood::QuietFrom(time_of_day::parse(time)?),
        _ => return None,
    };
    words.next().is_none().then_some(LightDay { when, mood })
}

impl fmt::Display for LightDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.when {
            Yearly::Solar { month, day } => write!(f, "solar {day}/{month} ")?,
            Yearly::Lunar { month, day } => write!(f, "lunar {day}/{month} ")?,
        }
        match self.mood {
            DayMood::Ordinary => f.write_str("ordinary"),
            DayMood::QuietFrom(time) => write!(f, "quiet-from {}", time.format("%H:%M")),
            DayMood::NoReminders => f.write_str("no-reminders"),
        }
    }
}

impl TryFrom<String> for LightDay {
    type Error = LightDayError;

    fn try_from(text: String) -> Result<Self, LightDayError> {
        text.parse()
    }
}

impl From<LightDay> for String {
    fn from(day: LightDay) -> Self {
        day.to_string()
    }
}

const fn hour(hour: u32, minute: u32) -> NaiveTime {
    match NaiveTime::from_hms_opt(hour, minute, 0) {
        Some(time) => time,
        None => NaiveTime::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_days_fall_on_their_dates() {
        let cases = [
            ("2026-11-20", DayMood::NoReminders),
            ("2026-09-25", DayMood::QuietFrom(hour(16, 0))),
            ("2027-09-15", DayMood::QuietFrom(hour(16, 0))),
            ("2027-01-30", DayMood::QuietFrom(hour(11, 30))),
            ("2026-11-19", DayMood::Ordinary),
            ("2026-08-15", DayMood::Ordinary),
        ];
        for (date, expected) in cases {
            assert_eq!(mood(&KNOWN, date.parse().unwrap()), expected, "{date}");
        }
    }

    #[test]
    fn a_feast_is_not_kept_twice_in_a_leap_month() {
        let sixth = ["lunar 10/6 no-reminders".parse().unwrap()];
        assert_eq!(mood(&sixth, LunarDate::new(2025, 6, 10).to_solar().unwrap()), DayMood::NoReminders);
        let repeated = LunarDate { leap: true, ..LunarDate::new(2025, 6, 10) };
        assert_eq!(mood(&sixth, repeated.to_solar().unwrap()), DayMood::Ordinary);
    }

    #[test]
    fn a_later_entry_wins() {
        let days = [KNOWN[0], "solar 20/11 ordinary".parse().unwrap()];
        assert_eq!(mood(&days, "2026-11-20".parse().unwrap()), DayMood::Ordinary);
    }

    #[test]
    fn a_line_reads_back_as_written() {
        for line in ["solar 20/11 no-reminders", "lunar 15/8 quiet-from 16:00", "solar 8/3 ordinary"] {
            assert_eq!(line.parse::<LightDay>().unwrap().to_string(), line);
        }
        let wrong = [
            "",
            "solar 31/4 no-reminders",
            "lunar 31/8 no-reminders",
            "lunar 15/13 no-reminders",
            "20/11 no-reminders",
            "solar 20/11",
            "solar 20/11 quiet-from",
            "solar 20/11 quiet-from 25:00",
            "solar 20/11 no-reminders please",
            "solar 20/11 quiet-from 16:00 please",
        ];
        for line in wrong {
            assert!(line.parse::<LightDay>().is_err(), "{line}");
        }
    }
}
