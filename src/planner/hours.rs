//! The office's speaking hours, looked up once a day of a tick: the light days among them ask the moon, which takes time.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::Snapshot;
use crate::calendar::Errand;
use crate::domain::instant;

/// How far an open hour is looked for: longer than any closure.
const DAYS_LOOKED_AT: usize = 800;

/// Open from the first instant up to, not including, the second.
type Stretch = (DateTime<Utc>, DateTime<Utc>);

/// Days known, by whether the errand is a reminder.
type Known = HashMap<(NaiveDate, bool), Rc<[Stretch]>>;

/// When an office may be spoken to; the same answers as [`QuietHours`](crate::calendar::QuietHours) gives.
pub(super) struct Hours<'a> {
    snapshot: &'a Snapshot,
    known: RefCell<Known>,
}

impl<'a> Hours<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, known: RefCell::default() }
    }

    /// The open stretches of a day.
    pub fn of(&self, errand: Errand, day: NaiveDate) -> Rc<[Stretch]> {
        let key = (day, errand == Errand::Reminder);
        let known = self.known.borrow().get(&key).cloned();
        known.unwrap_or_else(|| {
            let zone = self.snapshot.office.zone;
            let windows = self.snapshot.quiet.windows(errand, day, &self.snapshot.calendar).into_iter();
            let stretches: Rc<[Stretch]> =
                windows.map(|w| (instant(day, w.from, zone), instant(day, w.to, zone))).collect();
            self.known.borrow_mut().insert(key, stretches.clone());
            stretches
        })
    }

    /// The first open instant from `at` on.
    pub fn next_open(&self, errand: Errand, at: DateTime<Utc>) -> DateTime<Utc> {
        let days = self.day_of(at).iter_days().take(DAYS_LOOKED_AT);
        let found =
            days.filter_map(|day| self.of(errand, day).iter().find(|(_, to)| at < *to).copied()).next();
        found.map_or(at, |(from, _)| from.max(at))
    }

    /// The last open instant up to `at`: `at` itself, or the last minute before closing.
    pub fn last_open(&self, errand: Errand, at: DateTime<Utc>) -> DateTime<Utc> {
        let days = std::iter::successors(Some(self.day_of(at)), NaiveDate::pred_opt).take(DAYS_LOOKED_AT);
        let found = days
            .filter_map(|day| self.of(errand, day).iter().rev().find(|(from, _)| *from <= at).copied())
            .next();
        found.map_or(at, |(_, to)| at.min(to - TimeDelta::minutes(1)))
    }

    fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.snapshot.office.zone).date_naive()
    }
}
