//! All that an office knows: read once, kept, and read again as far as somebody changed it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveTime, Utc};

use super::AppError;
use crate::calendar::{PostingRule, QuietHours, WorkCalendar};
use crate::domain::{Office, OfficeId, TaskState, instant};
use crate::planner::{Snapshot, Standings};
use crate::store::{Changed, Known, Session, Versions};

/// The tasks that a snapshot holds.
const STATES: [TaskState; 2] = [TaskState::Planned, TaskState::Posted];

/// A snapshot with the versions of what it was made of.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) snapshot: Snapshot,
    pub(super) versions: Versions,
}

/// What was loaded of each office and nobody works on. Whoever takes it gives it back as the database has it, or not at all.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<HashMap<OfficeId, Loaded>>);

impl Kept {
    fn take(&self, office: OfficeId) -> Option<Loaded> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&office)
    }

    /// Keeps it for who comes next.
    pub(super) fn give_back(&self, mut loaded: Loaded) {
        loaded.snapshot.posted = HashSet::new();
        let office = loaded.snapshot.office.id;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(office, loaded);
    }

    /// The snapshot of an office, without what only the planner wants ([`look_back`]).
    pub(super) async fn load(&self, session: &mut Session, office: OfficeId) -> Result<Loaded, AppError> {
        // What a transaction has changed and not committed is nobody else's, and has no version yet.
        if session.has_changed() {
            return Loaded::afresh(session, office, Versions::new()).await;
        }
        let versions = session.versions().await?;
        let Some(mut loaded) = self.take(office) else {
            return Loaded::afresh(session, office, versions).await;
        };
        let moved = |known: &Known| versions.get(known) != loaded.versions.get(known);
        let kinds = Known::ALL.into_iter().filter(moved).collect();
        refresh(session, &mut loaded.snapshot, Changed { kinds, ..Changed::default() }).await?;
        loaded.snapshot.caught_up = session.caught_up(office).await?;
        loaded.versions = versions;
        #[cfg(debug_assertions)]
        loaded.is_true(session).await?;
        Ok(loaded)
    }
}

impl Loaded {
    async fn afresh(session: &mut Session, office: OfficeId, versions: Versions) -> Result<Self, AppError> {
        let office = session.office(office).await?.ok_or(AppError::NoOffice)?;
        let (calendar, quiet, posting) = rules(&office)?;
        let snapshot = Snapshot {
            schools: session.schools_of(office.id).await?.into(),
            members: session.members_of(office.id).await?,
            tasks: session.tasks_of(office.id, &STATES).await?.into(),
            boards: session.boards_of(office.id).await?,
            groups: session.groups_of(office.id).await?,
            standings: standings(session, office.id).await?,
            caught_up: session.caught_up(office.id).await?,
            posted: HashSet::new(),
            posts_today: HashMap::new(),
            task_posts_today: HashMap::new(),
            calendar,
            quiet,
            posting,
            office,
        };
        Ok(Self { snapshot, versions })
    }

    /// Notes the versions that its changes have come to. One that moved by more than these was changed by somebody else.
    pub(super) fn moved_to(&mut self, versions: Versions) {
        for (known, version) in versions {
            if self.versions.get(&known).is_some_and(|before| before + 1 == version) {
                self.versions.insert(known, version);
            } else {
                self.versions.remove(&known);
            }
        }
    }

    /// That what was kept is what the database holds: so every test of a verb is one of this.
    #[cfg(debug_assertions)]
    async fn is_true(&self, session: &mut Session) -> Result<(), AppError> {
        let fresh = Self::afresh(session, self.snapshot.office.id, Versions::new()).await?.snapshot;
        let kept = &self.snapshot;
        assert_eq!((&kept.office, &kept.posting, &kept.quiet), (&fresh.office, &fresh.posting, &fresh.quiet));
        assert_eq!((&kept.schools, &kept.members), (&fresh.schools, &fresh.members));
        assert_eq!((&kept.groups, &kept.boards), (&fresh.groups, &fresh.boards));
        assert_eq!((&kept.tasks, &kept.standings), (&fresh.tasks, &fresh.standings));
        Ok(())
    }
}

/// Reads again what was changed.
pub(super) async fn refresh(
    session: &mut Session,
    snapshot: &mut Snapshot,
    changed: Changed,
) -> Result<(), AppError> {
    let office = snapshot.office.id;
    for known in &changed.kinds {
        match known {
            Known::Offices => {
                snapshot.office = session.office(office).await?.ok_or(AppError::NoOffice)?;
                (snapshot.calendar, snapshot.quiet, snapshot.posting) = rules(&snapshot.office)?;
            }
            Known::Schools => keep_equal(&mut snapshot.schools, session.schools_of(office).await?),
            Known::Members => snapshot.members = session.members_of(office).await?,
            Known::Groups => snapshot.groups = session.groups_of(office).await?,
            Known::Tasks => keep_equal(&mut snapshot.tasks, session.tasks_of(office, &STATES).await?),
            Known::Boards => snapshot.boards = session.boards_of(office).await?,
            Known::Standings => {}
        }
    }
    // Those of tasks that are out: another task may be among them now.
    if changed.kinds.contains(&Known::Standings) || changed.kinds.contains(&Known::Tasks) {
        snapshot.standings = standings(session, office).await?;
        return Ok(());
    }
    for (task, school) in changed.standings {
        if !snapshot.task(task).is_some_and(|t| t.state == TaskState::Posted) {
            continue;
        }
        if let Some(standing) = session.standing(task, school).await? {
            snapshot.standings.insert(standing);
        }
    }
    Ok(())
}

/// Takes a list over that was read again. One that is the same stays where it is, with all that shares it: most changes are
/// another office's.
fn keep_equal<T: PartialEq>(kept: &mut Arc<Vec<T>>, fresh: Vec<T>) {
    if **kept != fresh {
        *kept = Arc::new(fresh);
    }
}

async fn standings(session: &mut Session, office: OfficeId) -> Result<Standings, AppError> {
    Ok(session.standings_of(office, &[TaskState::Posted]).await?.into_iter().collect())
}

/// Adds what only the planner wants: how much was said today.
pub(super) async fn look_back(
    session: &mut Session,
    snapshot: &mut Snapshot,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let office = &snapshot.office;
    snapshot.posts_today.clear();
    snapshot.task_posts_today.clear();
    let midnight = instant(now.with_timezone(&office.zone).date_naive(), NaiveTime::MIN, office.zone);
    for (chat, about) in session.planned_since(office.id, midnight).await? {
        // A month's post and what is no message of its own stand outside the cap.
        if about.month.is_some() || about.tasks.is_empty() {
            continue;
        }
        let Some(group) = snapshot.groups.iter().find(|g| g.chat == chat) else { continue };
        *snapshot.posts_today.entry(group.id).or_default() += 1;
        for task in about.tasks {
            *snapshot.task_posts_today.entry((group.id, task)).or_default() += 1;
        }
    }
    Ok(())
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
