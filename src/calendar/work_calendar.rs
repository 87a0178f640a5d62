//! Which days an office works, and why not on the others.

use chrono::{Datelike, NaiveDate, Weekday, WeekdaySet};
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::closures::{ClosureChange, Closures, ClosuresError};
use super::holidays::{DayOff, public_holidays};
use crate::domain::Settings;

/// The usual working week of an office.
pub const MONDAY_TO_FRIDAY: WeekdaySet =
    WeekdaySet::from_array([Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri]);

/// The years for which holidays are known: those in which the lunar calendar is tested. Outside of them every weekday of
/// work counts as a working day.
const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2100;

/// An office's working days: its week, the public holidays, and its own closures.
///
/// The days of a year are worked out when first asked for and kept, so asking is a look at one bit.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    workdays: WeekdaySet,
    closures: Closures,
    changed: BTreeMap<NaiveDate, Changed>,
    years: Vec<OnceLock<Box<Year>>>,
}

/// What the closures say of a day.
#[derive(Debug, Clone)]
enum Changed {
    Off(DayOff),
    Work,
}

/// The days of one year.
#[derive(Debug, Clone)]
struct Year {
    /// One bit a day, by its ordinal in the year counted from 0.
    working: [u64; 6],
    /// Days off with a better reason than the weekend.
    off: BTreeMap<NaiveDate, DayOff>,
}

impl Default for WorkCalendar {
    /// Monday to Friday with the computed public holidays and no closures.
    fn default() -> Self {
        Self::monday_to_friday(Closures::default())
    }
}

impl WorkCalendar {
    /// The calendar of an office: Monday to Friday, the shipped closures, and its own over them.
    pub fn of_office(settings: &Settings) -> Result<Self, ClosuresError> {
        Ok(Self::monday_to_friday(Closures::shipped()?.and(Closures::parse(&settings.closures)?)))
    }

    /// An office that works Monday to Friday.
    pub fn monday_to_friday(closures: Closures) -> Self {
        Self::of_week(MONDAY_TO_FRIDAY, closures)
    }

    /// An office with a week of its own; `None` for a week without a working day, in which no next one would be found.
    pub fn new(workdays: WeekdaySet, closures: Closures) -> Option<Self> {
        (!workdays.is_empty()).then(|| Self::of_week(workdays, closures))
    }

    fn of_week(workdays: WeekdaySet, closures: Closures) -> Self {
        let mut changed = BTreeMap::new();
        for entry in closures.entries().iter().filter(|entry| entry.confirmed) {
            match &entry.change {
                ClosureChange::Off { from, to, reason } => {
                    for day in from.iter_days().take_while(|day| day <= to) {
                        changed.insert(day, Changed::Off(DayOff::Closure { reason: reason.clone() }));
                    }
                }
                ClosureChange::Swap { off, work } => {
                    changed.insert(*off, Changed::Off(DayOff::Swapped { worked: *work }));
                    changed.insert(*work, Changed::Work);
                }
                ClosureChange::Work { day } => {
                    changed.insert(*day, Changed::Work);
                }
            }
        }
        let years = (FIRST_YEAR..=LAST_YEAR).map(|_| OnceLock::new()).collect();
        WorkCalendar { workdays, closures, changed, years }
    }

    /// The closures it was built with, those that are not confirmed among them.
    pub fn closures(&self) -> &Closures {
        &self.closures
    }

    /// Whether the office works on a day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        match self.year(day.year()) {
            Some(year) => year.works(day),
            None => self.workdays.contains(day.weekday()),
        }
    }

    /// Why a day is off, `None` for a working day. A holiday is named before a closure, and either before the weekend.
    pub fn why_off(&self, day: NaiveDate) -> Option<DayOff> {
        if self.is_working(day) {
            return None;
        }
        let named = self.year(day.year()).and_then(|year| year.off.get(&day).cloned());
        Some(named.unwrap_or(DayOff::Weekend))
    }

    /// The day itself if it is worked, else the next that is.
    pub fn next_working_on_or_after(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The day itself if it is worked, else the last before it that is.
    pub fn previous_working_on_or_before(&self, day: NaiveDate) -> NaiveDate {
        days_back_from(day).find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The `n`th working day before a day, which is not counted itself: T-3 of Saturday 17 October 2026 is Wednesday the
    /// 14th. With `n` 0 the day itself, worked or not.
    pub fn working_days_before(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let Some(n) = n.checked_sub(1) else { return day };
        let working = days_back_from(day).skip(1).filter(|day| self.is_working(*day));
        nth_or_last(working, n).unwrap_or(day)
    }

    /// The `n`th working day after a day, which is not counted itself. With `n` 0 the day itself, worked or not.
    pub fn add_working_days(&self, day: NaiveDate, n: u32) -> NaiveDate {
        let Some(n) = n.checked_sub(1) else { return day };
        let working = day.iter_days().skip(1).filter(|day| self.is_working(*day));
        nth_or_last(working, n).unwrap_or(day)
    }

    /// The days off from one day to another, both included, each with its reason: what lies in the way of a deadline, or
    /// what a post was moved over.
    pub fn days_off_between(&self, from: NaiveDate, to: NaiveDate) -> Vec<(NaiveDate, DayOff)> {
        let days = from.iter_days().take_while(|day| *day <= to);
        days.filter_map(|day| Some((day, self.why_off(day)?))).collect()
    }

    fn year(&self, year: i32) -> Option<&Year> {
        let slot = self.years.get(usize::try_from(year - FIRST_YEAR).ok()?)?;
        Some(slot.get_or_init(|| Box::new(self.work_out(year))))
    }

    fn work_out(&self, number: i32) -> Year {
        let mut off = public_holidays(number, self.closures.choice(number), self.workdays);
        let mut working = [0; 6];
        let first = NaiveDate::from_yo_opt(number, 1);
        for day in
            first.into_iter().flat_map(|first| first.iter_days().take_while(|day| day.year() == number))
        {
            let worked = match self.changed.get(&day) {
                Some(Changed::Work) => {
                    off.remove(&day);
                    true
                }
                Some(Changed::Off(reason)) => {
                    off.entry(day).or_insert_with(|| reason.clone());
                    false
                }
                None => self.workdays.contains(day.weekday()) && !off.contains_key(&day),
            };
            if worked {
                working[day.ordinal0() as usize / 64] |= 1 << (day.ordinal0() % 64);
            }
        }
        Year { working, off }
    }
}

impl Year {
    fn works(&self, day: NaiveDate) -> bool {
        self.working[day.ordinal0() as usize / 64] >> (day.ordinal0() % 64) & 1 == 1
    }
}

fn days_back_from(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(Some(day), NaiveDate::pred_opt)
}

/// The item at an index, or the last one of an iterator that ends before it.
fn nth_or_last(days: impl Iterator<Item = NaiveDate>, index: u32) -> Option<NaiveDate> {
    days.take(index as usize + 1).last()
}

#[cfg(test)]
mod tests;
