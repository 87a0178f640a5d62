//! The month's post as it will be, to the specialists, on the morning of the working day before it.

use chrono::{DateTime, Utc};

use super::lines::task_line;
use super::tick::Tick;
use super::{Audience, Planned, Post, announce};
use crate::calendar::Errand;
use crate::domain::{Announcement, Member, Month, TaskState};

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    if !tick.is_open(Errand::Post) {
        return;
    }
    for (month, at, post) in this_and_next(tick).into_iter().filter_map(|month| moments(tick, month)) {
        if at > tick.now || tick.day_of(at) < tick.today {
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
    let at = tick.month_post(month).filter(|at| *at > tick.now)?;
    (!tasks.is_empty()).then(|| Announcement::Preview {
        month,
        on: tick.day_of(at),
        tasks: tasks.iter().map(|t| task_line(tick.snapshot, t, None)).collect(),
        doubts: tasks.iter().map(|t| t.doubts.len()).sum(),
    })
}

/// The next months with planned tasks, each with the moments of its preview and of its post.
fn coming(tick: &Tick<'_>) -> Vec<(Month, DateTime<Utc>, DateTime<Utc>)> {
    let near = this_and_next(tick);
    let after = tick.snapshot.tasks.iter().filter(|t| t.state == TaskState::Planned);
    let later = after.flat_map(|t| t.months.iter().copied()).filter(|m| *m > near[1]).min();
    near.into_iter().chain(later).filter_map(|month| moments(tick, month)).collect()
}

fn this_and_next(tick: &Tick<'_>) -> [Month; 2] {
    let this = Month::of(tick.today);
    [this, this.next()]
}

fn moments(tick: &Tick<'_>, month: Month) -> Option<(Month, DateTime<Utc>, DateTime<Utc>)> {
    let is_planned = |t: &crate::domain::Task| t.state == TaskState::Planned && t.months.contains(&month);
    if !tick.snapshot.tasks.iter().any(is_planned) {
        return None;
    }
    let post = tick.month_post(month)?;
    let day = tick.snapshot.calendar.previous_working_on_or_before(tick.day_of(post).pred_opt()?);
    let at = tick.next_open(Errand::Post, tick.at(day, tick.settings().morning));
    (at < post).then_some((month, at, post))
}

/// Specialists who can be reached and have not had the preview.
fn untold<'a>(tick: &Tick<'a>, month: Month) -> impl Iterator<Item = (&'a Member, String)> {
    let reachable = tick.snapshot.members.iter().filter(|m| m.is_specialist() && !m.private_chats.is_empty());
    reachable.map(move |m| (m, format!("preview/{}/{month}", m.id))).filter(|(_, key)| !tick.is_posted(key))
}
