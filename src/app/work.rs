//! One verb at work: a transaction on one office, what the office knows, and the moment.

use chrono::{DateTime, SubsecRound as _, Utc};

use super::load::{Loaded, refresh};
use super::{App, AppError};
use crate::domain::{
    AuditEntry, ChatRef, Count, Due, Group, Id, Member, MemberId, OfficeId, Progress, School, SchoolId,
    Scope, ScopeLabel, Standing, Task, TaskId, TaskLine, progress,
};
use crate::planner::Snapshot;
use crate::store::{Session, Versions};
use crate::wording::Voice;

/// A transaction on one office. Dropped without [`Work::commit`], nothing of it happened.
pub(super) struct Work<'a> {
    pub(super) app: &'a App,
    pub(super) session: Session,
    pub(super) snapshot: Snapshot,
    versions: Versions,
    pub(super) now: DateTime<Utc>,
    /// The master workbook of a task whose table is asked for, made before the office was locked.
    pub(super) master: Option<(TaskId, Vec<u8>)>,
    /// What was sent is secret: its words are forgotten with the commit.
    pub(super) secret: bool,
}

impl<'a> Work<'a> {
    /// Begins on an office: from here on nobody else writes for it.
    pub(super) async fn begin(app: &'a App, office: OfficeId) -> Result<Self, AppError> {
        // As exact as it is stored.
        let now = app.clock.now().trunc_subsecs(3);
        let mut session = app.store.begin_for(office).await?;
        let Loaded { snapshot, versions } = app.kept.load(&mut session, office).await?;
        Ok(Self { app, session, snapshot, versions, now, master: None, secret: false })
    }

    /// Makes it happen.
    pub(super) async fn commit(mut self) -> Result<(), AppError> {
        self.refresh().await?;
        let mut loaded = Loaded { snapshot: self.snapshot, versions: self.versions };
        loaded.moved_to(self.session.commit_versioned().await?);
        self.app.kept.give_back(loaded);
        Ok(())
    }

    /// Sees what it has changed itself.
    pub(super) async fn refresh(&mut self) -> Result<(), AppError> {
        let changed = self.session.newly_changed();
        refresh(&mut self.session, &mut self.snapshot, changed).await
    }

    pub(super) fn id<Noun>(&self) -> Id<Noun> {
        self.app.ids.next(self.now)
    }

    pub(super) fn office(&self) -> OfficeId {
        self.snapshot.office.id
    }

    pub(super) fn voice(&self) -> Voice {
        Voice { language: self.snapshot.office.language, zone: self.snapshot.office.zone }
    }

    pub(super) fn school(&self, id: SchoolId) -> Option<&School> {
        self.snapshot.school(id)
    }

    /// The short name of a school; empty for one of another office, which is not to be named here.
    pub(super) fn school_name(&self, id: SchoolId) -> String {
        self.school(id).map(|s| s.short_name.clone()).unwrap_or_default()
    }

    /// A school's standing with a task; blank when it has said nothing.
    pub(super) fn standing(&self, task: TaskId, school: SchoolId) -> Standing {
        self.snapshot.standings.get(task, school).cloned().unwrap_or_else(|| Standing::blank(task, school))
    }

    /// Writes a standing down, with the on-time stamp of `at` when the answer is complete for the first time. All of it as
    /// exact as it is stored: what is kept of the office is what the database has.
    pub(super) async fn put_standing(
        &mut self,
        task: &Task,
        mut standing: Standing,
        at: DateTime<Utc>,
    ) -> Result<Standing, AppError> {
        if standing.settled_at.is_none() && task.is_answered_by(&standing) {
            // What was given back and is complete again is as early as it first was.
            standing.settled_at = standing.returned.as_ref().and_then(|r| r.settled_at).or(Some(at));
        }
        self.session.put_standing(&standing).await?;
        self.snapshot.standings.insert(standing.clone());
        self.session.seen(standing.task, standing.school);
        Ok(standing)
    }

    /// The last deadline of a task.
    pub(super) fn deadline(&self, task: &Task) -> Option<DateTime<Utc>> {
        task.deadline(self.snapshot.office.zone, self.snapshot.office.settings.deadline_hour)
    }

    /// The deadline of a task for one school: its own, once extended.
    pub(super) fn deadline_for(&self, task: &Task, school: SchoolId) -> Option<DateTime<Utc>> {
        let standing = self.snapshot.standings.get(task.id, school);
        let own = standing.and_then(|s| s.extension.as_ref()).and_then(|e| e.granted_until());
        // A deadline that was moved for all beyond the extension is the later one, and counts.
        own.max(self.deadline(task))
    }

    /// The last deadline as it was said.
    pub(super) fn last_due(task: &Task) -> Option<Due> {
        task.deadlines().last().map(|d| (*d).clone())
    }

    /// How far a task is over all schools of the office.
    pub(super) fn progress(&self, task: &Task) -> Progress {
        let office = &self.snapshot.office;
        let standing = |school| self.snapshot.standings.get(task.id, school);
        progress(
            task,
            self.snapshot.schools.iter(),
            standing,
            (office.zone, office.settings.deadline_hour),
            self.now,
        )
    }

    /// A task's line with its count.
    pub(super) fn line(&self, task: &Task) -> TaskLine {
        let mut line = TaskLine::of(task, self.scope_label(&task.scope));
        if task.is_open() && task.wants_answer() {
            let progress = self.progress(task);
            line.count = Some(Count { settled: progress.settled.len(), expected: progress.expected.len() });
        }
        line
    }

    fn scope_label(&self, scope: &Scope) -> Option<ScopeLabel> {
        match scope {
            Scope::All => None,
            Scope::Kinds(kinds) => Some(ScopeLabel::Kinds(kinds.clone())),
            Scope::Clusters(names) | Scope::Wards(names) => Some(ScopeLabel::Names(names.clone())),
            Scope::Schools(schools) => {
                Some(ScopeLabel::Names(schools.iter().map(|s| self.school_name(*s)).collect()))
            }
        }
    }

    /// Groups that hold a school of the task's scope.
    pub(super) fn groups_of(&self, task: &Task) -> Vec<Group> {
        let schools: Vec<&School> = self.snapshot.schools.iter().filter(|s| task.scope.holds(s)).collect();
        let touches = |g: &&Group| schools.iter().any(|s| g.holds(s.id));
        self.snapshot.groups.iter().filter(touches).cloned().collect()
    }

    /// The people who answer for a school.
    pub(super) fn people_of(&self, school: SchoolId) -> Vec<Member> {
        self.snapshot.members.iter().filter(|m| m.schools().contains(&school)).cloned().collect()
    }

    /// The specialists who are here, and who stands in for one who is away; the heads where there is none.
    pub(super) fn specialists(&self) -> Vec<Member> {
        let today = self.today();
        let members = &self.snapshot.members;
        let standing_in = |member: &Member| {
            members
                .iter()
                .filter(|m| m.is_specialist() && m.is_away_on(today))
                .any(|m| m.leave.as_ref().and_then(|l| l.stand_in) == Some(member.id) && member.directs())
        };
        let here = |m: &&Member| !m.is_away_on(today) && (m.is_specialist() || standing_in(m));
        let of = |is: &dyn Fn(&&Member) -> bool| -> Vec<Member> {
            members.iter().filter(|m| is(m)).cloned().collect()
        };
        let found = of(&here);
        if !found.is_empty() {
            return found;
        }
        let heads = of(&|m| m.is_head());
        if heads.is_empty() { of(&|m| m.is_specialist()) } else { heads }
    }

    /// The people of a school who are to be told something now: those who are here, or all when nobody of them is.
    pub(super) fn present_of(&self, school: SchoolId) -> Vec<Member> {
        let people = self.people_of(school);
        let here = |m: &Member| m.is_reachable_on(self.today());
        if people.iter().any(here) { people.into_iter().filter(here).collect() } else { people }
    }

    /// Where a person can be written to privately: where a bot can speak now, and of that on the platform of `near` if possible.
    pub(super) fn private_chat(&self, member: &Member, near: Option<&ChatRef>) -> Option<ChatRef> {
        let rank =
            |c: &&ChatRef| (self.app.is_silent(&c.platform), near.is_none_or(|n| n.platform != c.platform));
        member.private_chats.iter().min_by_key(rank).cloned()
    }

    /// Adds a line to the audit log.
    pub(super) async fn audit(
        &mut self,
        by: Option<MemberId>,
        what: &str,
        detail: serde_json::Value,
    ) -> Result<(), AppError> {
        let entry = AuditEntry {
            id: self.id(),
            office: self.office(),
            by,
            what: what.to_owned(),
            detail,
            at: self.now,
        };
        Ok(self.session.append_audit(&entry).await?)
    }
}
