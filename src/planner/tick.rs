//! One look at an office: the snapshot, the time, and what several rules ask of both.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::hours::Hours;
use super::ladder::{DueStep, Step};
use super::{Snapshot, announce, ladder};
use crate::calendar::Errand;
use crate::domain::{
    Count, Group, GroupId, Member, Month, School, SchoolId, Settings, Standing, Task, Urgency, instant,
};

/// Steps by deadline and by whether they are urgent.
type Ladders = HashMap<(DateTime<Utc>, Urgency), Rc<[Step]>>;

/// A snapshot at a time.
pub(super) struct Tick<'a> {
    pub snapshot: &'a Snapshot,
    pub now: DateTime<Utc>,
    /// The day in the office's zone.
    pub today: NaiveDate,
    hours: Hours<'a>,
    all_schools: OnceCell<Vec<&'a School>>,
    schools_by_group: OnceCell<HashMap<GroupId, Vec<&'a School>>>,
    due_steps: OnceCell<Vec<DueStep<'a>>>,
    call_hour: OnceCell<Option<DateTime<Utc>>>,
    ladders: RefCell<Ladders>,
    month_posts: RefCell<HashMap<Month, Option<DateTime<Utc>>>>,
}

impl<'a> Tick<'a> {
    pub fn new(snapshot: &'a Snapshot, now: DateTime<Utc>) -> Self {
        Self {
            snapshot,
            now,
            today: now.with_timezone(&snapshot.office.zone).date_naive(),
            hours: Hours::new(snapshot),
            all_schools: OnceCell::new(),
            schools_by_group: OnceCell::new(),
            due_steps: OnceCell::new(),
            call_hour: OnceCell::new(),
            ladders: RefCell::default(),
            month_posts: RefCell::default(),
        }
    }

    pub fn zone(&self) -> Tz {
        self.snapshot.office.zone
    }

    pub fn settings(&self) -> &'a Settings {
        &self.snapshot.office.settings
    }

    /// The day of an instant in the office's zone.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone()).date_naive()
    }

    /// The instant of a day and time in the office's zone.
    pub fn at(&self, day: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
        instant(day, time, self.zone())
    }

    /// The midnight that ends a day.
    pub fn end_of(&self, day: NaiveDate) -> DateTime<Utc> {
        self.at(day.succ_opt().unwrap_or(day), NaiveTime::MIN)
    }

    /// Whether an errand may be run now.
    pub fn is_open(&self, errand: Errand) -> bool {
        self.stretch(errand).is_some()
    }

    /// Whether this is the last minute before the hours of reminders close: what was wanted for an hour that is not open is
    /// said in it.
    pub fn is_closing(&self) -> bool {
        self.stretch(Errand::Reminder).is_some_and(|to| to - self.now <= TimeDelta::minutes(1))
    }

    /// When the open stretch that holds the present moment closes.
    fn stretch(&self, errand: Errand) -> Option<DateTime<Utc>> {
        let today = self.hours.of(errand, self.today);
        today.iter().find(|(from, to)| (*from..*to).contains(&self.now)).map(|(_, to)| *to)
    }

    /// The first open instant from `at` on.
    pub fn next_open(&self, errand: Errand, at: DateTime<Utc>) -> DateTime<Utc> {
        self.hours.next_open(errand, at)
    }

    /// The last open instant up to `at`.
    pub fn last_open(&self, errand: Errand, at: DateTime<Utc>) -> DateTime<Utc> {
        self.hours.last_open(errand, at)
    }

    /// Whether a moment has come, and came after what was caught up with and after the task went out.
    pub fn is_due(&self, at: DateTime<Utc>, task: &Task) -> bool {
        at <= self.now && self.is_news(at, task)
    }

    /// Whether a moment is after what was caught up with and after the task went out.
    pub fn is_news(&self, at: DateTime<Utc>, task: &Task) -> bool {
        self.snapshot.caught_up.is_none_or(|past| at > past) && task.posted_at.is_none_or(|out| at > out)
    }

    pub fn is_posted(&self, key: &str) -> bool {
        self.snapshot.posted.contains(key)
    }

    /// The steps of the ladder up to a deadline; worked out once for all tasks of that moment.
    pub fn ladder(&self, deadline: DateTime<Utc>, urgency: Urgency) -> Rc<[Step]> {
        let known = self.ladders.borrow().get(&(deadline, urgency)).cloned();
        known.unwrap_or_else(|| {
            let steps: Rc<[Step]> = ladder::steps(self, deadline, urgency).into();
            self.ladders.borrow_mut().insert((deadline, urgency), steps.clone());
            steps
        })
    }

    /// When a month's post goes out; the rule is asked once.
    pub fn month_post(&self, month: Month) -> Option<DateTime<Utc>> {
        *self.month_posts.borrow_mut().entry(month).or_insert_with(|| announce::moment(self, month))
    }

    /// The steps that are due now.
    pub fn due_steps(&self) -> &[DueStep<'a>] {
        self.due_steps.get_or_init(|| ladder::due_steps(self))
    }

    /// The one moment of today at which call lists are made; none on a day on which nobody is nagged.
    pub fn call_hour(&self) -> Option<DateTime<Utc>> {
        *self.call_hour.get_or_init(|| {
            let at = self.next_open(Errand::Reminder, self.at(self.today, self.settings().morning));
            (self.day_of(at) == self.today).then_some(at)
        })
    }

    /// Tasks that are out and want an answer.
    pub fn open_tasks(&self) -> impl Iterator<Item = &'a Task> + use<'a> {
        self.snapshot.tasks.iter().filter(|t| t.is_open() && t.wants_answer())
    }

    /// Those of them that a school has not answered.
    pub fn missed_tasks(&self) -> impl Iterator<Item = &'a Task> + use<'a, '_> {
        self.open_tasks().filter(|task| self.missing(task, None).next().is_some())
    }

    /// The moment of a task's last deadline.
    pub fn deadline(&self, task: &Task) -> Option<DateTime<Utc>> {
        self.deadlines(task).max()
    }

    /// The moments of a task's deadlines.
    pub fn deadlines<'t>(&self, task: &'t Task) -> impl Iterator<Item = DateTime<Utc>> + use<'t> {
        let (zone, hour) = (self.zone(), self.settings().deadline_hour);
        let deadlines = task.due.iter().filter(|d| d.role == crate::domain::DueRole::Deadline);
        deadlines.map(move |d| d.moment(zone, hour))
    }

    /// The schools of a group, or of the office, in the snapshot's order.
    pub fn schools_of(&self, group: Option<&Group>) -> &[&'a School] {
        let all = || self.all_schools.get_or_init(|| self.snapshot.schools.iter().collect());
        let Some(group) = group.filter(|g| !g.schools.is_empty()) else { return all() };
        let groups = self.schools_by_group.get_or_init(|| {
            let own = self.snapshot.groups.iter().filter(|g| !g.schools.is_empty());
            own.map(|g| {
                let held: HashSet<SchoolId> = g.schools.iter().copied().collect();
                (g.id, self.snapshot.schools.iter().filter(|s| held.contains(&s.id)).collect())
            })
            .collect()
        });
        groups.get(&group.id).map_or(&[], Vec::as_slice)
    }

    /// The schools about which a person is written to today: their own, without those of which somebody else can be written
    /// to while the person is on leave.
    pub fn spoken_for(&self, member: &Member) -> Vec<SchoolId> {
        let mut schools = member.schools();
        if member.is_away_on(self.today) {
            let here = |school: &SchoolId| {
                let others = self.snapshot.members.iter().filter(|m| m.is_reachable_on(self.today));
                others.into_iter().any(|m| m.schools().contains(school))
            };
            schools.retain(|school| !here(school));
        }
        schools
    }

    /// The schools of a group, or of the office, that are expected to answer a task, as `domain::progress` has them.
    pub fn expected<'t>(
        &'t self,
        task: &'t Task,
        group: Option<&Group>,
    ) -> impl Iterator<Item = (&'a School, Option<&'a Standing>)> + use<'a, 't> {
        let day = self.deadline(task).map_or(self.today, |d| self.day_of(d));
        let mut standings = self.snapshot.standings.of_task(task.id);
        let open = self.schools_of(group).iter().filter(move |s| task.scope.holds(s) && s.is_open_on(day));
        open.map(move |s| (*s, standings.get(s.id)))
            .filter(|(_, standing)| !standing.is_some_and(|s| s.exempt.is_some()))
    }

    /// Those of them that have not answered; those that are to be left in peace are among them.
    pub fn missing<'t>(
        &'t self,
        task: &'t Task,
        group: Option<&Group>,
    ) -> impl Iterator<Item = (&'a School, Option<&'a Standing>)> + use<'a, 't> {
        self.expected(task, group).filter(|(_, standing)| !standing.is_some_and(Standing::is_settled))
    }

    /// The same without those that are to be left in peace now.
    pub fn to_remind<'t>(
        &'t self,
        task: &'t Task,
        group: Option<&Group>,
    ) -> impl Iterator<Item = &'a School> + use<'a, 't> {
        let missing = self.missing(task, group);
        missing
            .filter(|(_, standing)| !standing.is_some_and(|s| s.is_quiet_at(self.now)))
            .map(|(school, _)| school)
    }

    /// The missing that are to be called after the deadline.
    pub fn to_call<'t>(
        &'t self,
        task: &'t Task,
        group: Option<&Group>,
    ) -> impl Iterator<Item = &'a School> + use<'a, 't> {
        let missing = self.missing(task, group);
        missing
            .filter(|(_, standing)| !standing.is_some_and(|s| s.is_excused_at(self.now)))
            .map(|(school, _)| school)
    }

    /// How many schools have answered a task, of how many; nothing of nothing for one that wants no answer.
    pub fn count(&self, task: &Task, group: Option<&Group>) -> Count {
        let mut count = Count { settled: 0, expected: 0 };
        if task.is_open() && task.wants_answer() {
            for (_, standing) in self.expected(task, group) {
                count.expected += 1;
                count.settled += usize::from(standing.is_some_and(Standing::is_settled));
            }
        }
        count
    }
}

/// Whether a task may break the quiet hours: KHẨN and above.
pub(super) fn is_urgent(task: &Task) -> bool {
    task.urgency >= Urgency::Urgent
}
