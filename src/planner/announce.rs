//! The focal tasks of a month, on the day of the office's posting rule; late ones at the next open hour.

use chrono::{DateTime, Datelike, Utc};

use super::lines::task_line;
use super::tick::Tick;
use super::{Audience, Planned, Post};
use crate::calendar::{DayOff, Errand};
use crate::domain::{Announcement, Group, GroupId, Month, Task, TaskId, TaskState};

/// Days of a month after which a firing of the posting rule is about the month that comes: `last-working-day 16:30` posts
/// October's tasks at the end of September.
const FOR_NEXT_MONTH_AFTER: u32 = 15;

/// Key of the reason of a month's post that went out after its day, without a day off in the way.
pub const LATE: &str = "late";

/// The dedupe key of a month's post in a group; whoever posts a month by hand records it too.
pub fn month_key(group: GroupId, month: Month) -> String {
    format!("month/{group}/{month}")
}

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    if !tick.is_open(Errand::Post) {
        return;
    }
    for month in months(tick) {
        if month > Month::of(tick.today) && tick.today.day() <= FOR_NEXT_MONTH_AFTER {
            continue;
        }
        let posts = pending(tick, month);
        if posts.is_empty() || tick.month_post(month).is_none_or(|at| at > tick.now) {
            continue;
        }
        planned.extend(posts.into_iter().map(|(group, key, tasks)| Planned {
            key,
            to: Audience::Group(group.id),
            post: Post::Month { month, tasks: tasks.iter().map(|t| t.id).collect() },
            send_before: Some(tick.end_of(month.last_day())),
        }));
    }
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    let coming = months(tick).into_iter().filter(|month| !pending(tick, *month).is_empty());
    let at = coming.filter_map(|month| tick.month_post(month)).find_map(|at| {
        let waits = at <= tick.now;
        if !waits {
            Some(at)
        } else {
            (!tick.is_open(Errand::Post)).then(|| tick.next_open(Errand::Post, tick.now))
        }
    });
    // Months further on: their post is the next thing to happen in a schedule whose month is over.
    at.or_else(|| {
        let after = Month::of(tick.today).next();
        let planned = tick.snapshot.tasks.iter().filter(|t| t.state == TaskState::Planned);
        let month = planned.flat_map(|t| t.months.iter().copied()).filter(|m| *m > after).min()?;
        tick.month_post(month)
    })
}

pub(super) fn facts(
    tick: &Tick<'_>,
    group: &Group,
    month: Month,
    tasks: &[TaskId],
    living: bool,
) -> Option<Announcement> {
    let out: Vec<&Task> = tasks.iter().filter_map(|id| tick.snapshot.task(*id)).collect();
    if out.is_empty() || (!living && tick.today > month.last_day()) {
        return None;
    }
    let posted = if living { out.iter().filter_map(|t| t.posted_at).max() } else { None };
    let counts: Vec<_> = out.iter().map(|t| tick.count(t, Some(group))).collect();
    let living = living || counts.iter().any(|c| c.settled > 0);
    let lines = out.iter().zip(counts).map(|(task, count)| {
        let shown = living && task.is_open() && task.wants_answer();
        task_line(tick.snapshot, task, shown.then_some(count))
    });
    Some(Announcement::Month {
        office: tick.snapshot.office.name.clone(),
        month,
        tasks: lines.collect(),
        living,
        moved: moved(tick, month, posted.unwrap_or(tick.now)),
    })
}

/// When a month's post goes out by the rule, held back to an open hour.
pub(super) fn moment(tick: &Tick<'_>, month: Month) -> Option<DateTime<Utc>> {
    Some(tick.next_open(Errand::Post, firing(tick, month)?.0))
}

/// The firing of the rule that is about a month, and the month that it falls in.
fn firing(tick: &Tick<'_>, month: Month) -> Option<(DateTime<Utc>, Month)> {
    let in_month =
        |m: Month| tick.snapshot.posting.occurrence_for_month(m, tick.zone(), &tick.snapshot.calendar);
    let is_early = |at: DateTime<Utc>| tick.day_of(at).day() <= FOR_NEXT_MONTH_AFTER;
    if let Some(at) = in_month(month).filter(|at| is_early(*at)) {
        return Some((at, month));
    }
    let before = Month::of(month.first_day().pred_opt()?);
    in_month(before).filter(|at| !is_early(*at)).map(|at| (at, before))
}

/// Why a post that goes out (or went out) at `at` is not on the usual day; key of the reason.
fn moved(tick: &Tick<'_>, month: Month, at: DateTime<Utc>) -> Option<String> {
    let (fires, falls_in) = firing(tick, month)?;
    let calendar = &tick.snapshot.calendar;
    if tick.day_of(at) > tick.day_of(tick.next_open(Errand::Post, fires)) {
        return Some(LATE.to_owned());
    }
    // The first working day is the usual day even if the month begins with a weekend.
    let by_rule = tick.snapshot.posting.moved_by(falls_in, calendar).filter(|why| *why != DayOff::Weekend);
    by_rule.or_else(|| calendar.why_off(tick.day_of(fires))).map(|why| why.key().to_owned())
}

/// The month of today and the next one, whose post may come before it begins.
fn months(tick: &Tick<'_>) -> [Month; 2] {
    let month = Month::of(tick.today);
    [month, month.next()]
}

/// Groups that have not had their post of a month, each with its tasks; and those that have, with tasks planned since.
fn pending<'a>(tick: &Tick<'a>, month: Month) -> Vec<(&'a Group, String, Vec<&'a Task>)> {
    let mut tasks: Vec<&Task> = tick.snapshot.tasks.iter().filter(|t| t.months.contains(&month)).collect();
    if tasks.is_empty() {
        return Vec::new();
    }
    tasks.sort_by_key(|t| t.code);
    let pending = tick.snapshot.groups.iter().filter_map(|group| {
        let key = month_key(group.id, month);
        let had = tick.is_posted(&key);
        let in_it = |t: &&&Task| (!had || t.state == TaskState::Planned) && touches(tick, t, group);
        let tasks: Vec<&Task> = tasks.iter().filter(in_it).copied().collect();
        let first = tasks.first()?;
        let key = if had { format!("{key}/{}", first.code()) } else { key };
        (!tick.is_posted(&key)).then_some((group, key, tasks))
    });
    pending.collect()
}

/// Whether a group holds a school that a task is for.
fn touches(tick: &Tick<'_>, task: &Task, group: &Group) -> bool {
    tick.schools_of(Some(group)).iter().any(|s| task.scope.holds(s))
}

/// The tasks of a month for all groups together, in the order of their codes.
pub(super) fn tasks_of<'a>(tick: &Tick<'a>, month: Month) -> Vec<&'a Task> {
    let mut tasks: Vec<&Task> = tick.snapshot.tasks.iter().filter(|t| t.months.contains(&month)).collect();
    tasks.sort_by_key(|t| t.code);
    tasks
}
