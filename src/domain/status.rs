//! Status of a school's answer in the words of the law, and the counts over all schools.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{School, SchoolId, Standing, Task, is_on_time};

/// The status of one school's answer to one task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Chưa đến hạn; also a task without a deadline that is not answered.
    NotYetDue,
    /// Sắp đến hạn: within 72 hours.
    DueSoon,
    /// Quá hạn.
    Overdue,
    /// Hoàn thành đúng hạn.
    DoneOnTime,
    /// Hoàn thành trễ hạn.
    DoneLate,
    /// Được miễn.
    Exempt,
    /// Được gia hạn.
    Extended,
}

/// The status at `now`. `deadline` is the task's own (see [`Task::deadline`]); a granted extension takes its place.
pub fn status(standing: Option<&Standing>, deadline: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Status {
    let granted = standing.and_then(|s| s.extension.as_ref()).and_then(|e| e.granted_until());
    // A deadline that was moved for all beyond the extension is later than it, and the later one counts.
    let own = granted.max(deadline);
    if standing.is_some_and(|s| s.exempt.is_some()) {
        return Status::Exempt;
    }
    if let Some(at) = standing.and_then(|s| s.settled_at) {
        return if own.is_none_or(|d| is_on_time(at, d)) { Status::DoneOnTime } else { Status::DoneLate };
    }
    match own {
        Some(end) if !is_on_time(now, end) => Status::Overdue,
        Some(_) if granted.is_some() => Status::Extended,
        Some(end) if end - now <= Duration::hours(72) => Status::DueSoon,
        _ => Status::NotYetDue,
    }
}

/// How far a task is over all schools that are expected to answer it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Schools in scope minus closed and exempt ones, on the day of the deadline.
    pub expected: Vec<SchoolId>,
    /// Those of them that have answered completely.
    pub settled: Vec<SchoolId>,
    /// Those of them that have not.
    pub missing: Vec<SchoolId>,
}

/// Counts a task over the schools of an office. `standing` looks up a school's standing with this task.
pub fn progress<'a>(
    task: &Task,
    schools: impl IntoIterator<Item = &'a School>,
    standing: impl Fn(SchoolId) -> Option<&'a Standing>,
    (zone, deadline_hour): (Tz, NaiveTime),
    now: DateTime<Utc>,
) -> Progress {
    let day = task.deadline(zone, deadline_hour).unwrap_or(now).with_timezone(&zone).date_naive();
    let mut progress = Progress::default();
    for school in schools {
        let standing = standing(school.id);
        let exempt = standing.is_some_and(|s| s.exempt.is_some());
        if !task.scope.holds(school) || !school.is_open_on(day) || exempt {
            continue;
        }
        progress.expected.push(school.id);
        let settled = standing.is_some_and(Standing::is_settled);
        if settled { progress.settled.push(school.id) } else { progress.missing.push(school.id) }
    }
    progress
}
