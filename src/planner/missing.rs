//! The same steps in private: to each person of a school that is missing, one message over all tasks and schools.
//!
//! A school with an extension has a ladder of its own, up to its own deadline. It is not in the posts of the others meanwhile.

use chrono::{DateTime, Utc};

use super::ladder::{Step, due_step, held_step, next_step};
use super::lines::missing_line;
use super::remind::{send_before, unsaid};
use super::tick::{Tick, is_urgent};
use super::{Audience, Planned, Post};
use crate::calendar::Errand;
use crate::domain::{Announcement, Member, SchoolId, Standing, Task, TaskId, Tone};

/// One school that owes one task at a step.
#[derive(Clone, Copy)]
struct Owed {
    line: (TaskId, DateTime<Utc>, SchoolId),
    step: Step,
}

pub(super) fn due(tick: &Tick<'_>, planned: &mut Vec<Planned>) {
    let mut owed = Vec::new();
    for due in tick.due_steps() {
        let schools = tick.to_remind(due.task, None).map(|school| school.id);
        owed.extend(schools.map(|school| Owed { line: (due.task.id, due.deadline, school), step: due.step }));
    }
    owed.extend(own_steps(tick));
    if owed.is_empty() {
        return;
    }
    planned.extend(tick.snapshot.members.iter().filter_map(|member| message(tick, member, &owed)));
}

fn message(tick: &Tick<'_>, member: &Member, owed: &[Owed]) -> Option<Planned> {
    if member.private_chats.is_empty() {
        return None;
    }
    let schools = member.schools();
    let theirs: Vec<_> =
        owed.iter().filter(|o| schools.contains(&o.line.2)).map(|o| (o.step.at, o)).collect();
    // Of all tasks, not only of those that these schools still owe: the newest moment must not change as answers come in.
    let of_all = tick.due_steps().iter().map(|due| due.step.at);
    let newest = of_all.chain(theirs.iter().map(|(at, _)| *at)).max()?;
    let (key, theirs) = unsaid(tick, &format!("missing/{}", member.id), newest, theirs)?;
    Some(Planned {
        key,
        to: Audience::Member(member.id),
        send_before: Some(send_before(tick, theirs.iter().map(|o| o.line.1).max()?)),
        post: Post::Missing {
            tone: theirs.iter().map(|o| o.step.tone).max()?,
            lines: theirs.iter().map(|o| o.line).collect(),
        },
    })
}

pub(super) fn next(tick: &Tick<'_>) -> Option<DateTime<Utc>> {
    extended(tick).filter_map(|(task, _, until)| next_step(tick, task, until)).min()
}

/// Whether a step of a school with an extension waits for the next open hour.
pub(super) fn is_waiting(tick: &Tick<'_>) -> bool {
    extended(tick).any(|(task, _, until)| held_step(tick, task, until).is_some())
}

pub(super) fn facts(
    tick: &Tick<'_>,
    member: &Member,
    tone: Tone,
    lines: &[(TaskId, DateTime<Utc>, SchoolId)],
) -> Option<Announcement> {
    let schools = member.schools();
    let lines = lines.iter().filter(|(_, _, school)| schools.contains(school));
    let lines =
        lines.filter_map(|(task, deadline, school)| missing_line(tick, *task, *deadline, *school, tone));
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then_some(Announcement::Missing { tone, lines, several: schools.len() > 1 })
}

/// The due steps of schools with an extension, up to their own deadlines.
fn own_steps(tick: &Tick<'_>) -> Vec<Owed> {
    let open = tick.is_open(Errand::Reminder);
    let due =
        extended(tick).filter(|(task, _, _)| open || is_urgent(task)).filter_map(|(task, standing, _)| {
            let until = own_deadline(tick, standing)?;
            let given = standing.extension.as_ref()?.at;
            let step = due_step(tick, task, until).filter(|step| step.at > given)?;
            Some(Owed { line: (task.id, until, standing.school), step })
        });
    due.collect()
}

/// Schools that owe a task and whose own deadline is still ahead.
fn extended<'a>(tick: &Tick<'a>) -> impl Iterator<Item = (&'a Task, &'a Standing, DateTime<Utc>)> {
    tick.snapshot.standings.extended().filter_map(|standing| {
        let until = running(tick, standing)?;
        let task = tick.snapshot.task(standing.task).filter(|t| t.is_open() && t.wants_answer())?;
        tick.missing(task, None).any(|(s, _)| s.id == standing.school).then_some((task, standing, until))
    })
}

/// The deadline that a running extension has given to a school, if nothing else keeps the school in peace.
pub(super) fn own_deadline(tick: &Tick<'_>, standing: &Standing) -> Option<DateTime<Utc>> {
    let promised = standing.promise.as_ref().is_some_and(|p| tick.now <= p.until);
    let owes = !standing.is_settled() && standing.exempt.is_none() && !promised;
    running(tick, standing).filter(|_| owes)
}

fn running(tick: &Tick<'_>, standing: &Standing) -> Option<DateTime<Utc>> {
    standing.extension.as_ref()?.granted_until().filter(|until| tick.now <= *until)
}
