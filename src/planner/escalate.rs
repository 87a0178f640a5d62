//! The call list to specialists and heads, on the mornings after a deadline: which schools to telephone for which tasks.

use chrono::{DateTime, NaiveDate, Utc};

use super::lines::reminder_line;
use super::tick::Tick;
use super::{Audience, Planned, Post};
use crate::calendar::Errand;
use crate::domain::{Announcement, CallLine, Member, School, Task, TaskId, Tone, is_on_time};

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    let mut tasks = due_calls(tick);
    tasks.retain(|(task, _)| tick.to_call(task, None).next().is_some());
    if tasks.is_empty() {
        return;
    }
    for member in told(tick) {
        let key = format!("calls/{}/{}", member.id, tick.today);
        if !tick.is_posted(&key) {
            planned.push(Planned {
                key,
                to: Audience::Member(member.id),
                post: Post::CallList { tasks: tasks.iter().map(|(task, at)| (task.id, *at)).collect() },
                send_before: Some(tick.end_of(tick.today)),
            });
        }
    }
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    told(tick).next().and_then(|_| next_call(tick))
}

pub(super) fn facts(tick: &Tick<'_>, tasks: &[(TaskId, DateTime<Utc>)]) -> Option<Announcement> {
    let late_tasks: Vec<(&Task, DateTime<Utc>)> =
        tasks.iter().filter_map(|(id, at)| Some((still_late(tick, *id, *at)?, *at))).collect();
    let owing: Vec<(&Task, Vec<&School>)> =
        late_tasks.iter().map(|(task, _)| (*task, tick.to_call(task, None).collect())).collect();
    let calls = tick.snapshot.schools.iter().filter_map(|school| {
        let owed = owing.iter().filter(|(_, schools)| schools.iter().any(|s| s.id == school.id));
        let codes: Vec<String> = owed.map(|(task, _)| task.code()).collect();
        (!codes.is_empty()).then(|| CallLine {
            school: school.short_name.clone(),
            principal: school.principal.clone(),
            phone: school.phone.clone(),
            codes,
        })
    });
    let calls: Vec<CallLine> = calls.collect();
    let lines =
        late_tasks.iter().filter_map(|(task, at)| reminder_line(tick, task, *at, Tone::Overdue, None));
    (!calls.is_empty()).then(|| Announcement::CallList { tasks: lines.collect(), calls })
}

/// Tasks whose missing schools are to be called today, with their last deadlines: the morning has come, was not caught up
/// with, and the day is not over.
pub(super) fn due_calls<'a>(tick: &Tick<'a>) -> Vec<(&'a Task, DateTime<Utc>)> {
    let over =
        |hour: DateTime<Utc>| hour > tick.now || tick.snapshot.caught_up.is_some_and(|past| hour <= past);
    let Some(hour) = tick.call_hour().filter(|hour| !over(*hour)) else { return Vec::new() };
    if !tick.is_open(Errand::Reminder) {
        return Vec::new();
    }
    let past = tick.open_tasks().filter_map(|task| Some((task, past_deadline(tick, task)?)));
    let due = past.filter(|(task, at)| tick.is_due(hour, task) && calls(tick, task, *at).contains(&hour));
    due.collect()
}

/// The task of an overdue post, if the deadline that it was about is still its last one and is past.
pub(super) fn still_late<'a>(tick: &Tick<'a>, task: TaskId, deadline: DateTime<Utc>) -> Option<&'a Task> {
    let task = tick.snapshot.task(task).filter(|t| t.is_open() && t.wants_answer())?;
    (past_deadline(tick, task) == Some(deadline)).then_some(task)
}

/// When the next call list is made: a coming one, or one that waits for the next open hour of today.
pub(super) fn next_call(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    let moments = tick.missed_tasks().filter_map(|task| {
        let calls = calls(tick, task, tick.deadline(task)?);
        let coming = calls.iter().copied().find(|at| *at > tick.now && tick.is_news(*at, task));
        coming.into_iter().chain(held_call(tick, task, &calls)).min()
    });
    moments.min()
}

/// Whether a call list of today waits for the next open hour.
pub(super) fn is_waiting(tick: &Tick<'_>) -> bool {
    let past = |task| past_deadline(tick, task).and_then(|at| held_call(tick, task, &calls(tick, task, at)));
    tick.call_hour().is_some_and(|hour| hour <= tick.now)
        && tick.missed_tasks().any(|task| past(task).is_some())
}

fn held_call(tick: &Tick<'_>, task: &Task, calls: &[DateTime<Utc>]) -> Option<DateTime<Utc>> {
    let today = tick.call_hour().is_some_and(|hour| tick.is_due(hour, task) && calls.contains(&hour));
    let waits = today && !tick.is_open(Errand::Reminder);
    let held = waits.then(|| tick.next_open(Errand::Reminder, tick.now));
    held.filter(|at| tick.day_of(*at) == tick.today)
}

fn told<'a>(tick: &Tick<'a>) -> impl Iterator<Item = &'a Member> {
    let officers = || tick.snapshot.members.iter().filter(|m| m.directs() && !m.private_chats.is_empty());
    let somebody_here = officers().any(|m| !m.is_away_on(tick.today));
    officers().filter(move |m| !somebody_here || !m.is_away_on(tick.today))
}

fn past_deadline(tick: &Tick<'_>, task: &Task) -> Option<DateTime<Utc>> {
    tick.deadline(task).filter(|deadline| !is_on_time(tick.now, *deadline))
}

/// The mornings on which a task's missing are told on, in order. A school whose extension ends after the last of them
/// has mornings of its own.
fn calls(tick: &Tick<'_>, task: &Task, deadline: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let mut calls = mornings(tick, tick.day_of(deadline));
    let last = calls.last().copied();
    let own = tick.snapshot.standings.extended().filter(|s| s.task == task.id && !s.is_settled());
    for until in own.filter_map(|s| s.extension.as_ref()?.granted_until()) {
        if last.is_none_or(|last| until >= last) {
            calls.extend(mornings(tick, tick.day_of(until)));
        }
    }
    calls.sort_unstable();
    calls.dedup();
    calls
}

/// The mornings after a day by the office's setting, each on a day on which people may be nagged.
fn mornings(tick: &Tick<'_>, day: NaiveDate) -> Vec<DateTime<Utc>> {
    let days = tick.settings().overdue_days.iter();
    let mut mornings: Vec<_> =
        days.map(|n| open_morning(tick, tick.snapshot.calendar.add_working_days(day, *n))).collect();
    mornings.sort_unstable();
    mornings
}

fn open_morning(tick: &Tick<'_>, day: NaiveDate) -> DateTime<Utc> {
    let morning = tick.at(day, tick.settings().morning);
    let open = tick.next_open(Errand::Reminder, morning);
    if tick.day_of(open) == day {
        return open;
    }
    tick.next_open(Errand::Reminder, tick.at(tick.day_of(open), tick.settings().morning))
}
