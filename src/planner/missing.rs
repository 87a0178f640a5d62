//! The same steps in private: to each person of a school that is missing, one message over all tasks and schools.
//!
//! A school with an extension is left in peace until that ends (rule 3 of the product); then it is among the overdue.

use chrono::{DateTime, Utc};

use super::ladder::Step;
use super::lines::missing_line;
use super::remind::{send_before, unsaid};
use super::tick::Tick;
use super::{Audience, Planned, Post};
use crate::domain::{Announcement, Member, SchoolId, TaskId, Tone};

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
    if owed.is_empty() {
        return;
    }
    planned.extend(tick.snapshot.members.iter().filter_map(|member| message(tick, member, &owed)));
}

fn message(tick: &Tick<'_>, member: &Member, owed: &[Owed]) -> Option<Planned> {
    if member.private_chats.is_empty() {
        return None;
    }
    let schools = tick.spoken_for(member);
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

pub(super) fn facts(
    tick: &Tick<'_>,
    member: &Member,
    tone: Tone,
    lines: &[(TaskId, DateTime<Utc>, SchoolId)],
) -> Option<Announcement> {
    let schools = tick.spoken_for(member);
    let lines = lines.iter().filter(|(_, _, school)| schools.contains(school));
    let lines =
        lines.filter_map(|(task, deadline, school)| missing_line(tick, *task, *deadline, *school, tone));
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then_some(Announcement::Missing { tone, lines, several: schools.len() > 1 })
}
