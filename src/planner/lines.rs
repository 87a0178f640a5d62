//! Lines of announcements: names resolved, counts taken now.

use chrono::{DateTime, Utc};

use super::Snapshot;
use super::ladder::last_working_day;
use super::tick::Tick;
use crate::domain::{
    ConfirmationLevel, Count, Due, Group, MissingLine, NamePolicy, ReminderLine, School, SchoolId, Scope,
    ScopeLabel, Task, TaskId, TaskLine, Tone,
};

/// How long a title in a list is at most, in characters.
pub(super) const TITLE: usize = 80;

/// A task as a block of a post.
pub(super) fn task_line(snapshot: &Snapshot, task: &Task, count: Option<Count>) -> TaskLine {
    TaskLine { count, ..TaskLine::of(task, scope_label(snapshot, &task.scope)) }
}

fn scope_label(snapshot: &Snapshot, scope: &Scope) -> Option<ScopeLabel> {
    match scope {
        Scope::All => None,
        Scope::Kinds(kinds) => Some(ScopeLabel::Kinds(kinds.clone())),
        Scope::Clusters(names) | Scope::Wards(names) => Some(ScopeLabel::Names(names.clone())),
        Scope::Schools(ids) => {
            let schools = ids.iter().filter_map(|id| snapshot.school(*id));
            Some(ScopeLabel::Names(schools.map(|s| s.short_name.clone()).collect()))
        }
    }
}

/// A task in a digest to a group, or to the office when there is none; `None` when there is nobody left to remind of it, the
/// deadline is no longer one of the task's, or is past and the tone speaks of time left.
pub(super) fn reminder_line(
    tick: &Tick<'_>,
    task: &Task,
    deadline: DateTime<Utc>,
    tone: Tone,
    group: Option<&Group>,
) -> Option<ReminderLine> {
    let due = due_at(tick, task, deadline)?;
    if is_void(tick, deadline, tone) {
        return None;
    }
    let task = tick.snapshot.task(task.id)?;
    let names = |schools: &mut dyn Iterator<Item = &School>| -> Vec<String> {
        schools.map(|s| s.short_name.clone()).collect()
    };
    let missing = if tone == Tone::Overdue {
        names(&mut tick.to_call(task, group))
    } else {
        names(&mut tick.to_remind(task, group))
    };
    if missing.is_empty() {
        return None;
    }
    let named = group.is_some() && tone != Tone::Overdue && names_are_public(tick, deadline);
    Some(ReminderLine {
        task: task.id,
        code: task.code(),
        title: task.title(TITLE),
        due,
        count: tick.count(task, group),
        missing: named.then_some(missing),
        fields: fields(task),
        requires: task.requires,
    })
}

/// What one school owes; `None` when it owes it no more, is to be left in peace, or has another deadline by now.
pub(super) fn missing_line(
    tick: &Tick<'_>,
    task: TaskId,
    deadline: DateTime<Utc>,
    school: SchoolId,
    tone: Tone,
) -> Option<MissingLine> {
    let task = tick.snapshot.task(task).filter(|t| t.is_open() && t.wants_answer())?;
    let (school, standing) = tick.missing(task, None).find(|(s, _)| s.id == school)?;
    if standing.is_some_and(|s| s.is_quiet_at(tick.now)) {
        return None;
    }
    let due = due_at(tick, task, deadline)?;
    if is_void(tick, deadline, tone) {
        return None;
    }
    let said = standing.and_then(|s| s.confirmation.as_ref()).map(|c| c.level);
    Some(MissingLine {
        task: task.id,
        code: task.code(),
        title: task.title(TITLE),
        due,
        school: school.short_name.clone(),
        fields: fields(task),
        requires: task.requires,
        received: said == Some(ConfirmationLevel::Received),
        promised: standing
            .and_then(|s| s.promise.as_ref())
            .map(|p| p.until)
            .filter(|until| *until < tick.now),
    })
}

/// Whether words about time left would be wrong.
fn is_void(tick: &Tick<'_>, deadline: DateTime<Utc>, tone: Tone) -> bool {
    !matches!(tone, Tone::Overdue | Tone::Asked) && tick.now >= deadline
}

/// The entry of a task whose moment this is.
fn due_at(tick: &Tick<'_>, task: &Task, deadline: DateTime<Utc>) -> Option<Due> {
    let hour = tick.settings().deadline_hour;
    let mut deadlines = task.deadlines().into_iter();
    deadlines.find(|d| d.moment(tick.zone(), hour) == deadline).cloned()
}

fn fields(task: &Task) -> Vec<String> {
    task.form.fields.iter().map(|f| f.label.clone()).collect()
}

/// Whether a group may see today who is missing (rule 4 of the product).
fn names_are_public(tick: &Tick<'_>, deadline: DateTime<Utc>) -> bool {
    match tick.settings().names {
        NamePolicy::Never => false,
        NamePolicy::Always => true,
        NamePolicy::LastDay => tick.today >= last_working_day(tick, tick.day_of(deadline)),
    }
}
