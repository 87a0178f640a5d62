//! The month's post as it will be, to the specialists, on the morning of the working day before it.

use chrono::{DateTime, Utc};

use super::lines::task_line;
use super::tick::Tick;
use super::{Audience, Planned, Post, announce};
use crate::calendar::Errand;
use crate::domain::{Announcement, Member, Month, TaskState};

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    for (month, at, post) in coming(tick) {
        if at > tick.now || tick.day_of(at) < tick.today || !tick.is_open(Errand::Post) {
            continue;
        }
        planned.extend(untold(tick, month).map(|(member, key)| Planned {
            key,
            to: Audience::Member(member.id),
            post: Post::Preview { month },
            send_before: Some(post),
        }));
    }
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    let moments = coming(tick).into_iter().filter_map(|(month, at, _)| {
        untold(tick, month).next()?;
        if at > tick.now {
            return Some(at);
        }
        let held = (!tick.is_open(Errand::Post)).then(|| tick.next_open(Errand::Post, tick.now))?;
        (tick.day_of(held) == tick.day_of(at)).then_some(held)
    });
    moments.min()
}

pub(super) fn facts(tick: &Tick<'_>, month: Month) -> Option<Announcement> {
    let tasks = announce::tasks_of(tick, month);
    let at = announce::moment(tick, month).filter(|at| *at > tick.now)?;
    (!tasks.is_empty()).then(|| Announcement::Preview {
        month,
        on: tick.day_of(at),
        tasks: tasks.iter().map(|t| task_line(tick.snapshot, t, None)).collect(),
        doubts: tasks.iter().map(|t| t.doubts.len()).sum(),
    })
}

/// The next months with planned tasks, each with the moments of its preview and of its post.
fn coming(tick: &Tick<'_>) -> Vec<(Month, DateTime<Utc>, DateTime<Utc>)> {
    let this = Month::of(tick.today);
    let after = tick.snapshot.tasks.iter().filter(|t| t.state == TaskState::Planned);
    let later = after.flat_map(|t| t.months.iter().copied()).filter(|m| *m > this.next()).min();
    let months = [Some(this), Some(this.next()), later].into_iter().flatten();
    months.filter_map(|month| moments(tick, month)).collect()
}

fn moments(tick: &Tick<'_>, month: Month) -> Option<(Month, DateTime<Utc>, DateTime<Utc>)> {
    let is_planned = |t: &crate::domain::Task| t.state == TaskState::Planned && t.months.contains(&month);
    if !tick.snapshot.tasks.iter().any(is_planned) {
        return None;
    }
    let post = announce::moment(tick, month)?;
    let day = tick.snapshot.calendar.previous_working_on_or_before(tick.day_of(post).pred_opt()?);
    let at = tick.next_open(Errand::Post, tick.at(day, tick.settings().morning));
    (at < post).then_some((month, at, post))
}

/// Specialists who can be reached and have not had the preview.
fn untold<'a>(tick: &Tick<'a>, month: Month) -> impl Iterator<Item = (&'a Member, String)> {
    let reachable = tick.snapshot.members.iter().filter(|m| m.is_specialist() && !m.private_chats.is_empty());
    reachable.map(move |m| (m, format!("preview/{}/{month}", m.id))).filter(|(_, key)| !tick.is_posted(key))
}
