//! Counts to the groups on the mornings after a deadline.

use chrono::{DateTime, Utc};

use super::escalate::{self, next_call};
use super::lines::reminder_line;
use super::tick::Tick;
use super::{Audience, Planned, Post};
use crate::domain::{Announcement, Group, TaskId, Tone};

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    let calls = escalate::due_calls(tick);
    if calls.is_empty() {
        return;
    }
    for group in &tick.snapshot.groups {
        let key = format!("overdue/{}/{}", group.id, tick.today);
        let late = calls.iter().filter(|(task, _)| tick.to_call(task, Some(group)).next().is_some());
        let tasks: Vec<_> = late.map(|(task, deadline)| (task.id, *deadline)).collect();
        if !tasks.is_empty() && !tick.is_posted(&key) {
            planned.push(Planned {
                key,
                to: Audience::Group(group.id),
                post: Post::Overdue { tasks },
                send_before: Some(tick.end_of(tick.today)),
            });
        }
    }
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    if tick.snapshot.groups.is_empty() { None } else { next_call(tick) }
}

pub(super) fn facts(
    tick: &Tick<'_>,
    group: &Group,
    tasks: &[(TaskId, DateTime<Utc>)],
) -> Option<Announcement> {
    let lines = tasks.iter().filter_map(|(id, deadline)| {
        let task = escalate::still_late(tick, *id, *deadline)?;
        reminder_line(tick, task, *deadline, Tone::Overdue, Some(group))
    });
    let tasks: Vec<_> = lines.collect();
    (!tasks.is_empty()).then_some(Announcement::Overdue { tasks })
}
