//! Thanks to a group when all of its schools have answered a task: once.

use chrono::{DateTime, TimeDelta, Utc};

use super::lines::task_line;
use super::tick::Tick;
use super::{Audience, Planned, Post};
use crate::calendar::Errand;
use crate::domain::{Announcement, Count, Group, Task, TaskId};

/// Nobody is thanked for less than two answers.
const FEWEST: usize = 2;
/// After that time since the last answer, thanks would puzzle.
const FRESH: TimeDelta = TimeDelta::days(4);
/// That long after the deadline, thanks would be mockery.
const AFTER_DEADLINE: TimeDelta = TimeDelta::days(7);

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    if !tick.is_open(Errand::Post) {
        return;
    }
    planned.extend(earned(tick).map(|(task, group, key, last)| Planned {
        key,
        to: Audience::Group(group.id),
        post: Post::Thanks { task: task.id },
        send_before: Some(last + FRESH),
    }));
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    // Those that are due now and are held by the day's cap come with the next day.
    let from = if tick.is_open(Errand::Post) { tick.end_of(tick.today) } else { tick.now };
    let mut earned = earned(tick).peekable();
    earned.peek()?;
    let at = tick.next_open(Errand::Post, from);
    earned.any(|(_, _, _, last)| at <= last + FRESH).then_some(at)
}

pub(super) fn facts(tick: &Tick<'_>, group: &Group, task: TaskId) -> Option<Announcement> {
    let task = tick.snapshot.task(task)?;
    let count = tick.count(task, Some(group));
    is_whole(count)
        .then(|| Announcement::Thanks { task: Box::new(task_line(tick.snapshot, task, Some(count))) })
}

/// Groups whose schools have all answered a task and that have not been thanked, with the key and the last answer's time.
fn earned<'a>(tick: &Tick<'a>) -> impl Iterator<Item = (&'a Task, &'a Group, String, DateTime<Utc>)> {
    let recent = tick
        .open_tasks()
        .filter(|task| tick.deadline(task).is_none_or(|deadline| tick.now <= deadline + AFTER_DEADLINE));
    let groups = recent.flat_map(|task| tick.snapshot.groups.iter().map(move |group| (task, group)));
    groups.filter_map(|(task, group)| {
        // Cheapest first: most tasks have a school that has not answered, most of the others have been thanked for.
        if tick.missing(task, Some(group)).next().is_some() {
            return None;
        }
        let last = last_answer(tick, task, group).filter(|last| tick.now <= *last + FRESH)?;
        let key = format!("thanks/{}/{}", task.id, group.id);
        (is_whole(tick.count(task, Some(group))) && !tick.is_posted(&key)).then_some((task, group, key, last))
    })
}

fn is_whole(count: Count) -> bool {
    count.expected >= FEWEST && count.settled == count.expected
}

fn last_answer(tick: &Tick<'_>, task: &Task, group: &Group) -> Option<DateTime<Utc>> {
    tick.expected(task, Some(group)).filter_map(|(_, standing)| standing?.settled_at).max()
}
