//! When the bot may speak: the office's hours on working days, and less on light days.
//!
//! Quiet hours hold everything that is not urgent; a directive stamped KHẨN or HỎA TỐC simply does not ask here.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

use super::light_days::{self, DayMood, LightDay};
use super::time_of_day;
use super::work_calendar::WorkCalendar;
use crate::domain::{Settings, instant};

/// The hours in which an office lets the bot speak, and its light days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// The stretches of a working day in which it may.
    pub open: OpenHours,
    /// Days on which it says less.
    #[serde(default = "known_light_days")]
    pub light: Vec<LightDay>,
}

/// The open stretches of a working day, written `07:00-11:30 13:30-17:30`: in order, apart, at least one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OpenHours(Vec<Window>);

/// A stretch of local time within a day: its first minute is open, its end is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// When it opens.
    pub from: NaiveTime,
    /// When it closes.
    pub to: NaiveTime,
}

/// What somebody wants to say, as far as hours are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Errand {
    /// A monthly post, a board, a digest, a question.
    Post,
    /// A nudge to who is missing: not on days without reminders.
    Reminder,
}

/// Why opening hours were refused; the text says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenHoursError {
    /// A stretch that does not read as two times.
    #[error("`{0}` is not a stretch of hours: write `07:00-11:30 13:30-17:30`")]
    Form(String),
    /// No stretch at all: nothing would ever be sent.
    #[error(
        "no open hours, so nothing would ever be sent: write at least one stretch, such as `07:00-17:30`"
    )]
    None,
    /// A stretch that ends before it begins, or at once.
    #[error("`{0}` ends before it begins: hours lie within one day, the earlier time first")]
    Reversed(Window),
    /// Two stretches that overlap.
    #[error("`{0}` and `{1}` overlap: make them one stretch")]
    Overlap(Window, Window),
}

impl Default for QuietHours {
    /// 07:00 to 11:30 and 13:30 to 17:30, with the light days of the country: lunch is when preschools watch over sleep.
    fn default() -> Self {
        let window = |from: (u32, u32), to: (u32, u32)| {
            let time = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0);
            Some(Window { from: time(from)?, to: time(to)? })
        };
        let open = [window((7, 0), (11, 30)), window((13, 30), (17, 30))].into_iter().flatten().collect();
        QuietHours { open: OpenHours(open), light: known_light_days() }
    }
}

fn known_light_days() -> Vec<LightDay> {
    light_days::KNOWN.to_vec()
}

impl QuietHours {
    /// The hours that an office set, with the light days of the country.
    pub fn of_office(settings: &Settings) -> Result<Self, OpenHoursError> {
        Ok(QuietHours { open: OpenHours::new(&settings.speaking_hours)?, light: known_light_days() })
    }

    /// Whether an errand has to wait at this instant.
    pub fn is_quiet(&self, errand: Errand, at: DateTime<Utc>, zone: Tz, calendar: &WorkCalendar) -> bool {
        self.next_open(errand, at, zone, calendar) != at
    }

    /// The mood of a day, whether it is worked or not.
    pub fn mood(&self, day: NaiveDate) -> DayMood {
        light_days::mood(&self.light, day)
    }

    /// The open stretches of a day for an errand: none on a day off.
    pub fn windows(&self, errand: Errand, day: NaiveDate, calendar: &WorkCalendar) -> Vec<Window> {
        if !calendar.is_working(day) {
            return Vec::new();
        }
        let until = match (self.mood(day), errand) {
            (DayMood::NoReminders, Errand::Reminder) => return Vec::new(),
            (DayMood::QuietFrom(time), _) => Some(time),
            _ => None,
        };
        let cut =
            |window: &Window| Window { to: until.map_or(window.to, |until| window.to.min(until)), ..*window };
        self.open.0.iter().map(cut).filter(|window| window.from < window.to).collect()
    }

    /// The first open instant that is not before `at`: `at` itself when that is open.
    pub fn next_open(
        &self,
        errand: Errand,
        at: DateTime<Utc>,
        zone: Tz,
        calendar: &WorkCalendar,
    ) -> DateTime<Utc> {
        let days = at.with_timezone(&zone).date_naive().iter_days();
        days.flat_map(|day| self.instants(errand, day, zone, calendar))
            .find(|(_, to)| at < *to)
            .map_or(at, |(from, _)| from.max(at))
    }

    /// The last open instant that is not after `at`: `at` itself when that is open, else the last minute before closing.
    /// For what must still be said before a deadline on a day off or at night.
    pub fn last_open_before(
        &self,
        errand: Errand,
        at: DateTime<Utc>,
        zone: Tz,
        calendar: &WorkCalendar,
    ) -> DateTime<Utc> {
        let days = std::iter::successors(Some(at.with_timezone(&zone).date_naive()), NaiveDate::pred_opt);
        days.flat_map(|day| self.instants(errand, day, zone, calendar).into_iter().rev())
            .find(|(from, _)| *from <= at)
            .map_or(at, |(_, to)| at.min(to - TimeDelta::minutes(1)))
    }

    /// How many open minutes for work (whatever the mood of the day) lie between two instants; 0 if they are the wrong way
    /// round. This is what a school really has for a task.
    pub fn working_minutes_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        zone: Tz,
        calendar: &WorkCalendar,
    ) -> i64 {
        let last = to.with_timezone(&zone).date_naive();
        let days = from.with_timezone(&zone).date_naive().iter_days().take_while(|day| *day <= last);
        days.filter(|day| calendar.is_working(*day))
            .flat_map(|day| self.open.0.iter().map(move |window| (day, window)))
            .map(|(day, window)| {
                let begins = instant(day, window.from, zone).max(from);
                let ends = instant(day, window.to, zone).min(to);
                (ends - begins).num_minutes().max(0)
            })
            .sum()
    }

    fn instants(
        &self,
        errand: Errand,
        day: NaiveDate,
        zone: Tz,
        calendar: &WorkCalendar,
    ) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let windows = self.windows(errand, day, calendar).into_iter();
        windows.map(|window| (instant(day, window.from, zone), instant(day, window.to, zone))).collect()
    }
}

impl FromStr for OpenHours {
    type Err = OpenHoursError;

    /// Stretches apart by spaces, commas or semicolons; the two times of one by `-` or `–`, in any order of the stretches.
    fn from_str(text: &str) -> Result<Self, OpenHoursError> {
        let parts = text.split([' ', ',', ';']).filter(|part| !part.is_empty());
        Self::of_windows(parts.map(parse_window).collect::<Result<_, _>>()?)
    }
}

impl OpenHours {
    /// Stretches in any order, each from its first time up to its second.
    pub fn new(stretches: &[(NaiveTime, NaiveTime)]) -> Result<Self, OpenHoursError> {
        Self::of_windows(stretches.iter().map(|(from, to)| Window { from: *from, to: *to }).collect())
    }

    /// The stretches in order.
    pub fn windows(&self) -> &[Window] {
        &self.0
    }

    fn of_windows(mut windows: Vec<Window>) -> Result<Self, OpenHoursError> {
        if let Some(window) = windows.iter().find(|window| window.to <= window.from) {
            return Err(OpenHoursError::Reversed(*window));
        }
        windows.sort_by_key(|window| window.from);
        if windows.is_empty() {
            return Err(OpenHoursError::None);
        }
        match windows.windows(2).find(|pair| pair[1].from < pair[0].to) {
            Some(pair) => Err(OpenHoursError::Overlap(pair[0], pair[1])),
            None => Ok(OpenHours(windows)),
        }
    }
}

fn parse_window(text: &str) -> Result<Window, OpenHoursError> {
    let times = text
        .split_once(['-', '–'])
        .and_then(|(from, to)| Some(Window { from: time_of_day::parse(from)?, to: time_of_day::parse(to)? }));
    times.ok_or_else(|| OpenHoursError::Form(text.to_owned()))
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

impl fmt::Display for OpenHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, window) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            write!(f, "{gap}{window}")?;
        }
        Ok(())
    }
}

impl TryFrom<String> for OpenHours {
    type Error = OpenHoursError;

    fn try_from(text: String) -> Result<Self, OpenHoursError> {
        text.parse()
    }
}

impl From<OpenHours> for String {
    fn from(hours: OpenHours) -> Self {
        hours.to_string()
    }
}

#[cfg(test)]
mod tests;
