//! When the month's tasks are posted: a cron expression, or the first or last working day of the month.
//!
//! Three forms, all run by the `cron` crate in the office's zone:
//!
//! - `first-working-day 08:00` and `last-working-day 16:30`: every day at that time, of which only that one is kept;
//! - five fields, minute hour day month weekday: `0 8 1 * *`, `30 7 * * MON`;
//! - six or seven, with a second before and a year after.
//!
//! A plain expression fires as it is written, on days off too; quiet hours then hold the post. Where both a day and a weekday
//! are given, both must match (`0 8 1-7 * MON` is the first Monday). Weekdays are names only: the crate takes 1 for Sunday,
//! most people for Monday.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use cron::Schedule;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

use super::holidays::DayOff;
use super::time_of_day;
use super::work_calendar::WorkCalendar;
use crate::domain::{Month, instant};

/// How many firings of the expression are looked at for one that is kept: of a daily one more than two years, longer than
/// any closure.
const FIRINGS_LOOKED_AT: usize = 800;

/// A rule by which posts go out. Equal rules are written alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PostingRule {
    schedule: Schedule,
    only: Option<WorkingDayOrdinal>,
    text: String,
}

/// Which working day of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WorkingDayOrdinal {
    /// The first.
    First,
    /// The last.
    Last,
}

/// Why a rule was refused; the text says what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PostingRuleError {
    /// Neither of our words nor a cron expression.
    #[error(
        "`{0}` is not a posting rule: write `first-working-day 08:00`, `last-working-day 16:30`, or minute, hour, day, \
         month and weekday such as `0 8 1 * *`"
    )]
    Form(String),
    /// A number for a weekday, which programs count differently.
    #[error(
        "`{0}` for the weekday: some count from Sunday and some from Monday, so write names, such as MON or MON-FRI"
    )]
    WeekdayNumber(String),
    /// More than one minute of an hour, or every hour.
    #[error(
        "`{0}` would post again and again: give one minute and the hours, such as `0 8 …` or `30 7,14 …`"
    )]
    TooOften(String),
    /// A day that no year has.
    #[error("`{0}` never comes: no such day exists")]
    Never(String),
}

impl PostingRule {
    /// The rule of one of the working days of every month.
    pub fn working_day(only: WorkingDayOrdinal, at: NaiveTime) -> Result<Self, PostingRuleError> {
        let text = format!("{only} {}", at.format("%H:%M"));
        let schedule = read_schedule(&format!("0 {} {} * * *", at.minute(), at.hour()))?;
        Ok(PostingRule { schedule, only: Some(only), text })
    }

    /// The first firing after an instant; `None` if there is none, as after the last year of a rule with years.
    pub fn next_after(
        &self,
        after: DateTime<Utc>,
        zone: Tz,
        calendar: &WorkCalendar,
    ) -> Option<DateTime<Utc>> {
        let kept = |at: &DateTime<Tz>| match self.only {
            None => true,
            Some(only) => only.is(at.date_naive(), calendar),
        };
        let local = after.with_timezone(&zone);
        let firing = self.schedule.after(&local).take(FIRINGS_LOOKED_AT).find(kept)?;
        Some(firing.with_timezone(&Utc))
    }

    /// The first firing within a month of the office's zone.
    pub fn occurrence_for_month(
        &self,
        month: Month,
        zone: Tz,
        calendar: &WorkCalendar,
    ) -> Option<DateTime<Utc>> {
        let begins = instant(month.first_day(), NaiveTime::MIN, zone);
        let first = self.next_after(begins - TimeDelta::seconds(1), zone, calendar)?;
        (Month::of(first.with_timezone(&zone).date_naive()) == month).then_some(first)
    }

    /// Why a month's firing is not on the first (or last) day of the month: the holiday or closure in the way, else the
    /// weekend; `None` if nothing is, and for a plain expression, which does not move.
    pub fn moved_by(&self, month: Month, calendar: &WorkCalendar) -> Option<DayOff> {
        let only = self.only?;
        let kept = only.of(month, calendar)?;
        let mut passed = match only {
            WorkingDayOrdinal::First => calendar.days_off_between(month.first_day(), kept),
            WorkingDayOrdinal::Last => calendar.days_off_between(kept, month.last_day()),
        };
        passed.sort_by_key(|(_, why)| *why == DayOff::Weekend);
        passed.into_iter().next().map(|(_, why)| why)
    }
}

impl WorkingDayOrdinal {
    /// That working day of a month; `None` for a month closed throughout.
    pub fn of(self, month: Month, calendar: &WorkCalendar) -> Option<NaiveDate> {
        let day = match self {
            WorkingDayOrdinal::First => calendar.next_working_on_or_after(month.first_day()),
            WorkingDayOrdinal::Last => calendar.previous_working_on_or_before(month.last_day()),
        };
        (Month::of(day) == month).then_some(day)
    }

    fn is(self, day: NaiveDate, calendar: &WorkCalendar) -> bool {
        calendar.is_working(day) && self.of(Month::of(day), calendar) == Some(day)
    }
}

impl FromStr for PostingRule {
    type Err = PostingRuleError;

    fn from_str(text: &str) -> Result<Self, PostingRuleError> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let only = match words.first() {
            Some(&"first-working-day") => Some(WorkingDayOrdinal::First),
            Some(&"last-working-day") => Some(WorkingDayOrdinal::Last),
            _ => None,
        };
        match (only, words.as_slice()) {
            (Some(only), [_, time]) => {
                let at = time_of_day::parse(time).ok_or_else(|| PostingRuleError::Form(text.to_owned()))?;
                Self::working_day(only, at)
            }
            (None, [_, _, _, _, _]) => read_plain(&words, &format!("0 {}", words.join(" "))),
            (None, [_, rest @ ..]) if matches!(rest.len(), 5 | 6) => read_plain(rest, &words.join(" ")),
            _ => Err(PostingRuleError::Form(text.to_owned())),
        }
    }
}

/// A plain expression: `fields` from the minute on, and the whole as the crate reads it, from the second on.
fn read_plain(fields: &[&str], expression: &str) -> Result<PostingRule, PostingRuleError> {
    let (second, minute, hour, weekday) =
        (expression.split(' ').next().unwrap_or("0"), fields[0], fields[1], fields[4]);
    if weekday.contains(|letter: char| letter.is_ascii_digit()) {
        return Err(PostingRuleError::WeekdayNumber(weekday.to_owned()));
    }
    let schedule = read_schedule(expression)?;
    let number = |field: &str| field.bytes().all(|byte| byte.is_ascii_digit());
    if !number(second) || !number(minute) || hour.contains(['*', '?', '/']) {
        return Err(PostingRuleError::TooOften(fields[..2].join(" ")));
    }
    if schedule.after(&DateTime::UNIX_EPOCH).next().is_none() {
        return Err(PostingRuleError::Never(expression.to_owned()));
    }
    // Without its second an expression with a year would read as one with a second and no year.
    let short = second == "0" && fields.len() == 5;
    let text = if short { fields.join(" ") } else { expression.to_owned() };
    Ok(PostingRule { schedule, only: None, text })
}

fn read_schedule(expression: &str) -> Result<Schedule, PostingRuleError> {
    expression.parse().map_err(|_| PostingRuleError::Form(expression.to_owned()))
}

impl fmt::Display for WorkingDayOrdinal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WorkingDayOrdinal::First => "first-working-day",
            WorkingDayOrdinal::Last => "last-working-day",
        })
    }
}

impl fmt::Display for PostingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for PostingRule {
    type Error = PostingRuleError;

    fn try_from(text: String) -> Result<Self, PostingRuleError> {
        text.parse()
    }
}

impl From<PostingRule> for String {
    fn from(rule: PostingRule) -> Self {
        rule.text
    }
}

#[cfg(test)]
mod tests;
