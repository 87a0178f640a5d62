//! All that an office knows, read in one go.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveTime, Utc};

use super::AppError;
use crate::calendar::{PostingRule, QuietHours, WorkCalendar};
use crate::domain::{Office, OfficeId, TaskState, instant};
use crate::planner::{Snapshot, Standings};
use crate::store::Session;

/// Loads the snapshot of an office at `now`, without the keys of what was posted: only who plans needs a year of them.
pub(super) async fn load(
    session: &mut Session,
    office: OfficeId,
    now: DateTime<Utc>,
) -> Result<Snapshot, AppError> {
    let office = session.office(office).await?.ok_or(AppError::NoOffice)?;
    let (calendar, quiet, posting) = rules(&office)?;
    let states = [TaskState::Planned, TaskState::Posted];
    let mut standings = Standings::default();
    for standing in session.standings_of(office.id, &[TaskState::Posted]).await? {
        standings.insert(standing);
    }
    let groups = session.groups_of(office.id).await?;
    let midnight = instant(now.with_timezone(&office.zone).date_naive(), NaiveTime::MIN, office.zone);
    let mut posts_today = HashMap::new();
    let mut task_posts_today = HashMap::new();
    for (chat, about) in session.planned_since(office.id, midnight).await? {
        // A month's post and what is no message of its own stand outside the cap.
        if about.month.is_some() || about.tasks.is_empty() {
            continue;
        }
        let Some(group) = groups.iter().find(|g| g.chat == chat) else { continue };
        *posts_today.entry(group.id).or_default() += 1;
        for task in about.tasks {
            *task_posts_today.entry((group.id, task)).or_default() += 1;
        }
    }
    Ok(Snapshot {
        schools: session.schools_of(office.id).await?,
        members: session.members_of(office.id).await?,
        tasks: session.tasks_of(office.id, &states).await?,
        boards: session.boards_of(office.id).await?,
        caught_up: session.caught_up(office.id).await?,
        standings,
        groups,
        posted: HashSet::new(),
        posts_today,
        task_posts_today,
        calendar,
        quiet,
        posting,
        office,
    })
}

fn rules(office: &Office) -> Result<(WorkCalendar, QuietHours, PostingRule), AppError> {
    let wrong = |name: &'static str, why: String| AppError::Setting { name, why };
    let settings = &office.settings;
    let calendar = WorkCalendar::of_office(settings).map_err(|e| wrong("closures", e.to_string()))?;
    let quiet = QuietHours::of_office(settings).map_err(|e| wrong("speaking_hours", e.to_string()))?;
    let posting =
        settings.posting_rule.parse::<PostingRule>().map_err(|e| wrong("posting_rule", e.to_string()))?;
    Ok((calendar, quiet, posting))
}
