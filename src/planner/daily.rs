//! Where the message of a board cannot be edited: its counts in a new message, once on the morning of a working day, when they
//! have moved and nothing else tells them.

use chrono::{DateTime, TimeDelta, Utc};

use super::lines::TITLE;
use super::tick::Tick;
use super::{Audience, BoardShown, Planned, Post};
use crate::calendar::Errand;
use crate::domain::{Announcement, Group, ReminderLine, Task, TaskId};

/// Later than that after its hour it is no news of the morning; the next day has its own.
const MORNING: TimeDelta = TimeDelta::hours(3);

/// No stretch without working days is longer.
const LONGEST_REST: i64 = 15;

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    let is_now = |at: &DateTime<Utc>| *at <= tick.now && tick.now < *at + MORNING;
    if tick.call_hour().filter(is_now).is_none() || !tick.is_open(Errand::Post) {
        return;
    }
    for group in &tick.snapshot.groups {
        // Whoever is reminded or told of the overdue this morning reads the counts there.
        let is_told = |post: &Planned| post.to == Audience::Group(group.id);
        let heard = tick.snapshot.posts_today.get(&group.id).is_some_and(|posts| *posts > 0);
        if heard || planned.iter().any(is_told) {
            continue;
        }
        let key = format!("daily/{}/{}", group.id, tick.today);
        let tasks = moved(tick, group, |board| tick.day_of(board.at) < tick.today);
        if !tasks.is_empty() && !tick.is_posted(&key) {
            planned.push(Planned {
                key,
                to: Audience::Group(group.id),
                post: Post::Daily { tasks },
                send_before: Some(tick.end_of(tick.today)),
            });
        }
    }
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    if !tick.snapshot.groups.iter().any(|group| !moved(tick, group, |_| true).is_empty()) {
        return None;
    }
    let days = (0..LONGEST_REST).map(|n| tick.today + TimeDelta::days(n));
    let mut mornings = days.filter_map(|day| {
        let at = tick.next_open(Errand::Reminder, tick.at(day, tick.settings().morning));
        (tick.day_of(at) == day && at > tick.now).then_some(at)
    });
    mornings.next()
}

pub(super) fn facts(tick: &Tick<'_>, group: &Group, tasks: &[TaskId]) -> Option<Announcement> {
    let lines = tasks.iter().filter_map(|id| {
        let task = tick.snapshot.task(*id).filter(|task| is_ahead(tick, task))?;
        let hour = tick.settings().deadline_hour;
        let due = task.deadlines().into_iter().max_by_key(|due| due.moment(tick.zone(), hour))?.clone();
        Some(ReminderLine {
            task: task.id,
            code: task.code(),
            title: task.title(TITLE),
            due,
            count: tick.count(task, Some(group)),
            missing: None,
            fields: vec![],
            requires: task.requires,
        })
    });
    let tasks: Vec<ReminderLine> = lines.collect();
    (!tasks.is_empty()).then_some(Announcement::Daily { tasks })
}

/// The tasks of such boards of a group whose counts are others than those that were told.
fn moved(tick: &Tick<'_>, group: &Group, which: impl Fn(&BoardShown) -> bool) -> Vec<TaskId> {
    let boards = tick.snapshot.boards.iter().filter(|b| b.group == group.id && b.told_anew && which(b));
    let shown = boards.flat_map(|board| &board.shown);
    let differs = shown.filter(|(id, told)| {
        let task = tick.snapshot.task(*id).filter(|task| is_ahead(tick, task));
        task.is_some_and(|task| tick.count(task, Some(group)) != *told)
    });
    let mut tasks: Vec<TaskId> = Vec::new();
    for (id, _) in differs {
        if !tasks.contains(id) {
            tasks.push(*id);
        }
    }
    tasks
}

/// After the deadline the counts come with what is said of the overdue; when all have answered, with the thanks.
fn is_ahead(tick: &Tick<'_>, task: &Task) -> bool {
    let ahead = tick.deadline(task).is_some_and(|deadline| tick.now < deadline);
    ahead && task.is_open() && task.wants_answer() && tick.missing(task, None).next().is_some()
}
