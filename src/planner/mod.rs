//! When to say something: `plan(&Snapshot, now)` and `next_due`, one rule a file.
//!
//! The planner never speaks and never remembers. It is given all that an office knows ([`Snapshot`]) and the time, and
//! returns only what is due now and has not gone out ([`Snapshot::posted`]), so an outage is caught up by the same code.
//! Each [`Planned`] carries no words and no counts, only *what it is about* ([`Post`]); [`facts`] turns a post into an
//! [`Announcement`] from the snapshot of the second in which it is sent, or into nothing when there is nothing left to say.
//!
//! The loop around it: [`plan`], record what it returns together with [`caught_up`] in one transaction, sleep until
//! [`next_due`] or until something changes, again. Of each ladder only the newest step that came since the last look is
//! said; what came due in an outage and has to wait for an open hour holds [`caught_up`] back, so that it is not lost.
//!
//! To add a rule: a file with `due`, `next` and `facts`, an arm of [`Post`], a line in [`plan`], [`next_due`] and [`facts`],
//! and a scenario.

mod announce;
mod board;
mod cap;
mod daily;
mod escalate;
mod hours;
mod ladder;
mod lines;
mod missing;
mod overdue;
mod preview;
mod remind;
mod snapshot;
mod standings;
mod thanks;
mod tick;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::calendar::Errand;
use crate::domain::{Announcement, Count, GroupId, TaskId};
use tick::Tick;

pub use crate::domain::BoardShown;
pub use announce::{LATE, month_key};
pub use snapshot::{Audience, Planned, Post, Snapshot};
pub use standings::{Standings, TaskStandings};

/// What is due now and has not gone out.
pub fn plan(snapshot: &Snapshot, now: DateTime<Utc>) -> Vec<Planned> {
    let tick = Tick::new(snapshot, now);
    let mut planned = Vec::new();
    announce::due(&tick, &mut planned);
    preview::due(&tick, &mut planned);
    escalate::due(&tick, &mut planned);
    overdue::due(&tick, &mut planned);
    remind::due(&tick, &mut planned);
    missing::due(&tick, &mut planned);
    thanks::due(&tick, &mut planned);
    board::due(&tick, &mut planned);
    daily::due(&tick, &mut planned);
    cap::within(&tick, planned)
}

/// The next moment after `now` at which [`plan`] may have something, once what it has now is recorded. `None` if only a
/// change can bring something.
pub fn next_due(snapshot: &Snapshot, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let tick = Tick::new(snapshot, now);
    let moments = [
        announce::next(&tick),
        preview::next(&tick),
        escalate::next(&tick),
        overdue::next(&tick),
        remind::next(&tick),
        thanks::next(&tick),
        board::next(&tick),
        daily::next(&tick),
    ];
    moments.into_iter().flatten().min()
}

/// What is to be kept as [`Snapshot::caught_up`] once what [`plan`] returned is recorded: now, or what it was if something that
/// came due since waits for an open hour, as after an outage.
pub fn caught_up(snapshot: &Snapshot, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let tick = Tick::new(snapshot, now);
    let waits = || remind::is_waiting(&tick) || escalate::is_waiting(&tick);
    if tick.is_open(Errand::Reminder) || !waits() { Some(now) } else { snapshot.caught_up }
}

/// A post as it is to be said now; `None` if there is nothing left to say.
pub fn facts(snapshot: &Snapshot, to: Audience, post: &Post, now: DateTime<Utc>) -> Option<Announcement> {
    let tick = Tick::new(snapshot, now);
    match to {
        Audience::Group(group) => {
            let group = snapshot.group(group)?;
            match post {
                Post::Month { month, tasks } => announce::facts(&tick, group, *month, tasks, false),
                Post::Board { month, tasks, row } => {
                    board::still_moved(&tick, *row)?;
                    announce::facts(&tick, group, *month, tasks, true)
                }
                Post::Reminder { tone, tasks } => remind::facts(&tick, group, *tone, tasks),
                Post::Overdue { tasks } => overdue::facts(&tick, group, tasks),
                Post::Thanks { task } => thanks::facts(&tick, group, *task),
                Post::Daily { tasks } => daily::facts(&tick, group, tasks),
                Post::Preview { .. } | Post::Missing { .. } | Post::CallList { .. } => None,
            }
        }
        Audience::Member(member) => {
            let member = snapshot.members.iter().find(|m| m.id == member)?;
            match post {
                Post::Preview { month } => preview::facts(&tick, *month),
                Post::Missing { tone, lines } => missing::facts(&tick, member, *tone, lines),
                Post::CallList { tasks } => escalate::facts(&tick, tasks),
                _ => None,
            }
        }
    }
}

/// How many schools of a group have answered a task, of how many: what a board shows of it.
pub fn count(snapshot: &Snapshot, group: GroupId, task: TaskId, now: DateTime<Utc>) -> Option<Count> {
    let tick = Tick::new(snapshot, now);
    Some(tick.count(snapshot.task(task)?, Some(snapshot.group(group)?)))
}
