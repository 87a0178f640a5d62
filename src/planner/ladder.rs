//! The steps of reminding before a deadline, and which of them are due.
//!
//! A step keeps the office's speaking hours by coming earlier, never later: one at 14:00 on a Saturday has no hour of its own
//! and is merged into the step before it, one at 12:00 is said at 11:29, one on a day without reminders on the day before.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::tick::{Tick, is_urgent};
use crate::calendar::Errand;
use crate::domain::{StepTime, Task, Tone, Urgency};

/// A step counted back from a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// When it is said.
    pub at: DateTime<Utc>,
    /// By the time left.
    pub tone: Tone,
}

/// The newest step of a task's deadline that is due.
#[derive(Debug, Clone, Copy)]
pub(super) struct DueStep<'a> {
    pub task: &'a Task,
    pub deadline: DateTime<Utc>,
    pub step: Step,
}

/// Hours before a deadline at which an urgent directive is said once more, whatever the office's ladder: KHẨN and THƯỢNG KHẨN
/// in the last hour, HỎA TỐC, which is often for the same day, half a day before it too.
fn quickened(urgency: Urgency) -> &'static [u32] {
    match urgency {
        Urgency::Normal => &[],
        Urgency::Urgent => &[1],
        Urgency::Express => &[6, 1],
    }
}

/// The steps of the office's ladder, with those that urgency adds.
fn times<'a>(tick: &'a Tick<'_>, urgency: Urgency) -> impl Iterator<Item = StepTime> + 'a {
    let added = quickened(urgency).iter().map(|hours| StepTime::HoursBefore { hours: *hours });
    tick.settings().ladder.iter().map(|step| step.time).chain(added)
}

/// The steps up to a deadline, earliest first, each later than the one before. An urgent directive's are not moved.
pub(super) fn steps(tick: &Tick<'_>, deadline: DateTime<Utc>, urgency: Urgency) -> Vec<Step> {
    let day = tick.day_of(deadline);
    let urgent = urgency >= Urgency::Urgent;
    let mut raw: Vec<(DateTime<Utc>, StepTime)> =
        times(tick, urgency).map(|time| (said(tick, time, deadline, day), time)).collect();
    raw.retain(|(at, _)| *at < deadline);
    raw.sort_by_key(|(at, _)| *at);

    let mut steps: Vec<Step> = Vec::with_capacity(raw.len());
    for (wanted, time) in raw {
        let at = if urgent { wanted } else { tick.last_open(Errand::Reminder, wanted) };
        let same_day = tick.day_of(at) == tick.day_of(wanted);
        let hours = matches!(time, StepTime::HoursBefore { .. });
        if hours && !same_day && !steps.is_empty() {
            continue;
        }
        let tone = match time {
            StepTime::HoursBefore { hours } if hours < 24 && same_day => Tone::LastHours,
            _ if tick.day_of(at) >= last_working_day(tick, day) => Tone::LastDay,
            _ => Tone::Early,
        };
        match steps.last_mut() {
            Some(before) if at == before.at => before.tone = before.tone.max(tone),
            Some(before) if at < before.at => {}
            _ => steps.push(Step { at, tone }),
        }
    }
    steps
}

fn said(tick: &Tick<'_>, time: StepTime, deadline: DateTime<Utc>, day: NaiveDate) -> DateTime<Utc> {
    match time {
        StepTime::WorkingDaysBefore { days, at } => {
            tick.at(tick.snapshot.calendar.working_days_before(day, days), at)
        }
        StepTime::HoursBefore { hours } => deadline - TimeDelta::hours(hours.into()),
    }
}

/// The last working day before a deadline's day.
pub(super) fn last_working_day(tick: &Tick<'_>, day: NaiveDate) -> NaiveDate {
    tick.snapshot.calendar.working_days_before(day, 1)
}

/// Of each deadline the newest step that is due: after an outage the older ones are skipped.
pub(super) fn due_steps<'a>(tick: &Tick<'a>) -> Vec<DueStep<'a>> {
    let open = tick.is_open(Errand::Reminder);
    if !open && !tick.open_tasks().any(is_urgent) {
        return Vec::new();
    }
    let horizon = horizon(tick);
    let mut due = Vec::new();
    for task in tick.open_tasks() {
        if !open && !is_urgent(task) {
            continue;
        }
        for deadline in tick.deadlines(task) {
            if deadline <= horizon
                && may_be_due(tick, task.urgency, deadline)
                && let Some(step) = due_step(tick, task, deadline)
            {
                due.push(DueStep { task, deadline, step });
            }
        }
    }
    due
}

/// Whether a step before a deadline can be due, without looking at hours: while the office is open and not about to close,
/// only one that was wanted for a moment between the last look and now.
fn may_be_due(tick: &Tick<'_>, urgency: Urgency, deadline: DateTime<Utc>) -> bool {
    if tick.now >= deadline {
        return false;
    }
    let day = tick.day_of(deadline);
    let wanted = |at: DateTime<Utc>| at <= tick.now && tick.snapshot.caught_up.is_none_or(|past| at > past);
    tick.is_closing() || times(tick, urgency).any(|time| wanted(said(tick, time, deadline, day)))
}

/// The newest step before a deadline if it is due: it has come, was not caught up with, and the deadline is still ahead.
pub(super) fn due_step(tick: &Tick<'_>, task: &Task, deadline: DateTime<Utc>) -> Option<Step> {
    if tick.now >= deadline {
        return None;
    }
    let steps = tick.ladder(deadline, task.urgency);
    steps.iter().rev().find(|s| s.at <= tick.now).filter(|s| tick.is_due(s.at, task)).copied()
}

/// When the next step before a deadline is said: a coming one, or one that waits for the next open hour.
pub(super) fn next_step(tick: &Tick<'_>, task: &Task, deadline: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if tick.now >= deadline {
        return None;
    }
    let steps = tick.ladder(deadline, task.urgency);
    let coming = steps.iter().map(|s| s.at).find(|at| *at > tick.now && tick.is_news(*at, task));
    coming.into_iter().chain(held_step(tick, task, deadline)).min()
}

/// The open hour before a deadline for which its newest step waits.
pub(super) fn held_step(tick: &Tick<'_>, task: &Task, deadline: DateTime<Utc>) -> Option<DateTime<Utc>> {
    if is_urgent(task) || tick.is_open(Errand::Reminder) {
        return None;
    }
    due_step(tick, task, deadline)?;
    Some(tick.next_open(Errand::Reminder, tick.now)).filter(|at| *at < deadline)
}

/// A moment so late that no deadline after it has a step yet: most tasks are far off and are not looked at.
fn horizon(tick: &Tick<'_>) -> DateTime<Utc> {
    let (mut days, mut hours) = (0, 0);
    for time in times(tick, Urgency::Express) {
        match time {
            StepTime::WorkingDaysBefore { days: n, .. } => days = days.max(n),
            StepTime::HoursBefore { hours: n } => hours = hours.max(n),
        }
    }
    // A step that is said in the last minute of a day was wanted no later than the next day with an open hour.
    let wanted = if tick.is_closing() {
        tick.day_of(tick.next_open(Errand::Reminder, tick.end_of(tick.today)))
    } else {
        tick.today
    };
    let by_days = tick.snapshot.calendar.add_working_days(wanted, days + 1);
    let by_hours = wanted.checked_add_days(Days::new(u64::from(hours / 24) + 1)).unwrap_or(wanted);
    tick.end_of(by_days.max(by_hours))
}
