//! Looking: who has and who has not, what my school owes, the month, the register.

use std::collections::BTreeMap;

use super::AppError;
use super::message::Message;
use super::record::fields_of;
use super::speak::Manner;
use super::work::Work;
use crate::domain::{
    Address, CommandProblem, Count, Doubt, FieldKind, Member, Month, MyTask, Reply, School, SchoolId,
    SchoolLine, Status, Task, TaskState, Value, status,
};
use crate::understand::Who;
use crate::vietnamese::fold;

/// Statuses in the order in which a person wants to see them.
const ORDER: [Status; 7] = [
    Status::Overdue,
    Status::DueSoon,
    Status::NotYetDue,
    Status::Extended,
    Status::DoneLate,
    Status::DoneOnTime,
    Status::Exempt,
];

impl Work<'_> {
    /// What the schools of a person still owe, one reply a school.
    pub(super) fn my_tasks(&self, member: &Member) -> Vec<Reply> {
        member.schools().into_iter().filter_map(|school| self.tasks_of_school(school)).collect()
    }

    fn tasks_of_school(&self, id: SchoolId) -> Option<Reply> {
        let school = self.school(id)?;
        let mine = |t: &&Task| t.is_open() && t.wants_answer() && t.scope.holds(school);
        let mut open = Vec::new();
        let mut done = 0;
        for task in self.snapshot.tasks.iter().filter(mine) {
            let standing = self.snapshot.standings.get(task.id, id);
            if standing.is_some_and(|s| s.is_settled() || s.exempt.is_some()) {
                done += 1;
                continue;
            }
            let given = standing.and_then(|s| s.submission.as_ref());
            let missing = |s: &crate::domain::Submission| {
                task.form
                    .gaps(&s.values, &self.usual(task, id).beside())
                    .iter()
                    .map(|f| f.label.clone())
                    .collect()
            };
            open.push(MyTask {
                status: status(standing, self.deadline(task), self.now),
                until: self.deadline_for(task, id),
                missing: given.map(missing).unwrap_or_default(),
                task: crate::domain::TaskLine { count: None, ..self.line(task) },
            });
        }
        open.sort_by_key(|m| (m.until.is_none(), m.until, m.task.code.len(), m.task.code.clone()));
        Some(Reply::MyTasks { school: school.short_name.clone(), open, done })
    }

    /// "/viec": of one school in a group by private message where that is possible, so that the group stays quiet.
    pub(super) async fn show_mine(&mut self, message: &Message) -> Result<(), AppError> {
        for reply in self.my_tasks(&message.member) {
            let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
            self.reply_privately(&message.member.clone(), &message.place.chat.clone(), &reply, manner)
                .await?;
        }
        Ok(())
    }

    /// Who has and who has not, of one task.
    pub(super) fn standing_of(&self, task: &Task) -> Reply {
        let deadline = self.deadline(task);
        let day = deadline.unwrap_or(self.now).with_timezone(&self.snapshot.office.zone).date_naive();
        let concerned = |s: &&School| task.scope.holds(s) && s.is_open_on(day);
        let mut by_status: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let mut sums: BTreeMap<String, (i64, usize)> = BTreeMap::new();
        for school in self.snapshot.schools.iter().filter(concerned) {
            let standing = self.snapshot.standings.get(task.id, school.id);
            let status = status(standing, deadline, self.now);
            let place = ORDER.iter().position(|s| *s == status).unwrap_or_default();
            by_status.entry(place).or_default().push(school.short_name.clone());
            let values = standing.and_then(|s| s.submission.as_ref()).map(|s| &s.values);
            for (key, value) in values.into_iter().flatten() {
                if let Value::Figure(n) = value {
                    let sum = sums.entry(key.clone()).or_default();
                    *sum = (sum.0.saturating_add(*n), sum.1 + 1);
                }
            }
        }
        let summed = fields_of(task, &crate::domain::Values::new());
        let summed = summed.iter().filter(|f| f.kind.is_figure() && f.kind != FieldKind::Percent);
        let sums = summed.filter_map(|f| {
            let (sum, of) = sums.get(&f.key)?;
            Some((f.clone(), Value::Figure(*sum), *of))
        });
        Reply::Standing {
            task: self.line(task),
            groups: by_status.into_iter().map(|(place, names)| (ORDER[place], names)).collect(),
            sums: sums.collect(),
        }
    }

    /// All open tasks that want an answer, by deadline.
    pub(super) fn overview(&self) -> Reply {
        let mut open: Vec<&Task> =
            self.snapshot.tasks.iter().filter(|t| t.is_open() && t.wants_answer()).collect();
        open.sort_by_key(|t| (self.deadline(t).is_none(), self.deadline(t), t.code));
        let line = |task: &&Task| {
            let line = self.line(task);
            let count = line.count.unwrap_or(Count { settled: 0, expected: 0 });
            let overall = if count.settled == count.expected && count.expected > 0 {
                Status::DoneOnTime
            } else {
                status(None, self.deadline(task), self.now)
            };
            (line, count, overall)
        };
        Reply::Overview { tasks: open.iter().map(line).collect() }
    }

    /// The register, or the schools with this name in it: those that it names, else those whose name holds the words.
    pub(super) fn find_schools(&self, query: &str) -> Reply {
        let (named, nearest) = match self.indexes().schools.lookup(query) {
            Who::One { id, sure: true } => (vec![id], vec![]),
            Who::One { id, sure: false } => (vec![], vec![id]),
            Who::Several(ids) => (ids, vec![]),
            Who::Unknown(nearest) => (vec![], nearest),
        };
        let folded = fold(query);
        let holds = |s: &School| fold(&s.name).contains(&folded) || fold(&s.code) == folded;
        let mut found: Vec<SchoolId> =
            self.snapshot.schools.iter().filter(|s| holds(s)).map(|s| s.id).collect();
        if found.is_empty() {
            found = named;
        }
        if found.is_empty() && !query.is_empty() {
            // A school that is only like it was not found.
            let nearest = nearest.iter().map(|s| self.school_name(*s)).collect();
            let fault = CommandProblem::NoSuchSchool { given: query.to_owned(), nearest };
            return Reply::CommandFault { address: Address::Either, fault, example: String::new() };
        }
        self.schools(query, &found)
    }

    fn schools(&self, query: &str, found: &[SchoolId]) -> Reply {
        let day = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let wanted: Vec<&School> = if query.is_empty() {
            self.snapshot.schools.iter().collect()
        } else {
            self.snapshot.schools.iter().filter(|s| found.contains(&s.id)).collect()
        };
        let line = |school: &&School| SchoolLine {
            name: school.short_name.clone(),
            code: school.code.clone(),
            people: self.people_of(school.id).into_iter().map(|m| m.name).collect(),
            closed: school.closed_on.is_some_and(|end| end <= day),
        };
        Reply::Schools {
            query: query.to_owned(),
            lines: wanted.iter().map(line).collect(),
            total: wanted.len(),
        }
    }

    /// The tasks of a month: of the schedule in use, else of a draft that waits.
    pub(super) async fn month_plan(&mut self, month: Month) -> Result<Reply, AppError> {
        let states = [TaskState::Draft, TaskState::Planned, TaskState::Posted];
        let mut tasks = self.session.tasks_of(self.office(), &states).await?;
        tasks.retain(|t| t.months.contains(&month));
        tasks.sort_by_key(|t| t.code);
        let doubts: Vec<(String, Doubt)> =
            tasks.iter().flat_map(|t| t.doubts.iter().map(|d| (t.code(), d.clone()))).collect();
        let (drafts, tasks): (Vec<Task>, Vec<Task>) =
            tasks.into_iter().partition(|t| t.state == TaskState::Draft);
        let waits = tasks.iter().any(|t| t.state != TaskState::Posted);
        let zone = self.snapshot.office.zone;
        let at = self.snapshot.posting.occurrence_for_month(month, zone, &self.snapshot.calendar);
        let on = at.filter(|at| waits && *at > self.now).map(|at| at.with_timezone(&zone).date_naive());
        let drafted = drafts.iter().map(|t| self.line(t)).collect();
        let tasks = tasks.iter().map(|t| self.line(t)).collect();
        Ok(Reply::MonthPlan { month, tasks, on, doubts, drafted })
    }
}
