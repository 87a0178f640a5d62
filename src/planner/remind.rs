//! The steps of the ladder in a group: one digest for all tasks of one moment, counts or names of the missing.

use chrono::{DateTime, Utc};

use super::ladder::{DueStep, held_step, next_step};
use super::lines::reminder_line;
use super::tick::{Tick, is_urgent};
use super::{Audience, Planned, Post};
use crate::calendar::Errand;
use crate::domain::{Announcement, Group, Task, TaskId, Tone};

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    let Some(newest) = tick.due_steps().iter().map(|due| due.step.at).max() else { return };
    for group in &tick.snapshot.groups {
        let steps = tick.due_steps().iter().map(|due| (due.step.at, due)).collect();
        let Some((key, steps)) = unsaid(tick, &format!("remind/{}", group.id), newest, steps) else {
            continue;
        };
        let steps: Vec<&DueStep<'_>> = steps.into_iter().filter(|due| lacks(tick, due.task, group)).collect();
        let (Some(tone), Some(last)) =
            (steps.iter().map(|s| s.step.tone).max(), steps.iter().map(|s| s.deadline).max())
        else {
            continue;
        };
        planned.push(Planned {
            key,
            to: Audience::Group(group.id),
            post: Post::Reminder { tone, tasks: steps.iter().map(|s| (s.task.id, s.deadline)).collect() },
            send_before: Some(send_before(tick, last)),
        });
    }
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    tick.missed_tasks()
        .flat_map(|task| tick.deadlines(task).filter_map(move |d| next_step(tick, task, d)))
        .min()
}

/// Whether a step waits for the next open hour.
pub(super) fn is_waiting(tick: &Tick<'_>) -> bool {
    tick.missed_tasks().any(|task| tick.deadlines(task).any(|d| held_step(tick, task, d).is_some()))
}

pub(super) fn facts(
    tick: &Tick<'_>,
    group: &Group,
    tone: Tone,
    tasks: &[(TaskId, DateTime<Utc>)],
) -> Option<Announcement> {
    let lines = tasks.iter().filter_map(|(id, deadline)| {
        let task = tick.snapshot.task(*id).filter(|t| t.is_open() && t.wants_answer())?;
        reminder_line(tick, task, *deadline, tone, Some(group))
    });
    let tasks: Vec<_> = lines.collect();
    (!tasks.is_empty()).then_some(Announcement::Reminder { tone, tasks })
}

/// A reminder is of no use after the last of its deadlines, nor on the day after the one that it speaks of.
pub(super) fn send_before(tick: &Tick<'_>, last_deadline: DateTime<Utc>) -> DateTime<Utc> {
    last_deadline.min(tick.end_of(tick.today))
}

/// Of things due at several moments those that have not been said, and the key of the one post that says them all: that of
/// the newest moment. Once that is out the older ones are over too.
pub(super) fn unsaid<T>(
    tick: &Tick<'_>,
    prefix: &str,
    newest: DateTime<Utc>,
    due: Vec<(DateTime<Utc>, T)>,
) -> Option<(String, Vec<T>)> {
    let base =
        |at: DateTime<Utc>| format!("{prefix}/{}", at.with_timezone(&tick.zone()).format("%Y-%m-%d/%H:%M"));
    // What is urgent may be said at an hour at which the rest has to wait; it must not take the rest's turn.
    let urgent = |base: &str| format!("{base}/urgent");
    let open = tick.is_open(Errand::Reminder);
    let is_said = |base: &str| tick.is_posted(base) || tick.is_posted(&urgent(base));
    let newest = base(newest);
    if if open { tick.is_posted(&newest) } else { is_said(&newest) } {
        return None;
    }
    let unsaid: Vec<T> =
        due.into_iter().filter(|(at, _)| !is_said(&base(*at))).map(|(_, thing)| thing).collect();
    let key = if open { newest } else { urgent(&newest) };
    (!unsaid.is_empty()).then_some((key, unsaid))
}

/// Whether a school of the group is to be reminded of a task.
fn lacks(tick: &Tick<'_>, task: &Task, group: &Group) -> bool {
    tick.to_remind(task, Some(group)).next().is_some()
}

/// Whether a reminder may pass the day's cap: it is about an urgent directive.
pub(super) fn passes_cap(tick: &Tick<'_>, tasks: &[(TaskId, DateTime<Utc>)]) -> bool {
    tasks.iter().filter_map(|(id, _)| tick.snapshot.task(*id)).any(is_urgent)
}
