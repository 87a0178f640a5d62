//! A directive as read becomes a draft: filed in the archive, its tasks by themselves or as the year's schedule.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use i18n_embed_fl::fl;
use serde_json::json;

use super::intake::SentFile;
use super::message::Message;
use super::roll::{Draft, letter, roll, year_of};
use super::whom::Whom;
use super::work::Work;
use super::{AppError, alike};
use crate::calendar::HEAVY;
use crate::domain::{
    Directive, DirectiveDraft, DirectiveId, DirectiveLine, DirectiveReply, DirectiveState, Doubt, DraftLine,
    DroppedTask, DueRole, Earlier, Member, MemberId, Month, Paper, Reply, Schedule, ScheduleState,
    SchoolYear, Task, TaskLine, TaskState, Twin,
};
use crate::import::{Directive as Reading, DoubtKind, IssuedOn};
use crate::store::StoreError;
use crate::vietnamese::document_key;

/// A document whose tasks stand in so many months is the schedule of a year; what stands in fewer is posted by itself.
const MONTHS_OF_A_SCHEDULE: usize = 3;

/// Twins of other documents that are shown.
const TWINS_SHOWN: usize = 3;

impl Work<'_> {
    /// Drafts a directive, in the way that its months suggest.
    pub(super) async fn take_directive(
        &mut self,
        reading: &Reading,
        file: &SentFile,
        by: Option<MemberId>,
    ) -> Result<Reply, AppError> {
        let as_schedule = is_schedule(reading);
        if self.drafts_of(reading, as_schedule).is_empty() {
            if reading.header.number.is_some() {
                return self.file_without_tasks(reading, file, by).await;
            }
            let sentence = fl!(self.voice().words(), "directive-none", file = file.name.clone());
            return Ok(Reply::FileRefused { sentence });
        }
        let directive = self.file_away(reading, file, by).await?;
        self.draft_anew(directive, reading, as_schedule, by).await
    }

    /// A document with a number and without tasks goes into the archive, where schools can ask whether it is genuine. What it does
    /// to an earlier one a person decides first.
    async fn file_without_tasks(
        &mut self,
        reading: &Reading,
        file: &SentFile,
        by: Option<MemberId>,
    ) -> Result<Reply, AppError> {
        let directive = self.file_away(reading, file, by).await?;
        self.settle_earlier_draft(directive.id).await?;
        let proposes = |earlier: &Earlier| earlier.amendment.ends() && !earlier.directive.codes.is_empty();
        if self.earlier(&directive, &[]).await?.iter().any(proposes) {
            self.session.update_directive(&directive).await?;
            return self.draft_of(&directive).await;
        }
        self.file(by, directive).await
    }

    /// A directive that has nothing to post is filed and no more.
    pub(super) async fn file(
        &mut self,
        by: Option<MemberId>,
        mut directive: Directive,
    ) -> Result<Reply, AppError> {
        directive.state = DirectiveState::Active;
        self.session.update_directive(&directive).await?;
        self.audit(by, "directive.filed", json!({ "directive": directive.id })).await?;
        let directive = DirectiveLine::of(&directive, vec![]);
        Ok(Reply::Directive(DirectiveReply::Filed { directive }))
    }

    fn drafts_of(&self, reading: &Reading, as_schedule: bool) -> Vec<Draft> {
        let (calendar, schools) = (&self.snapshot.calendar, &self.snapshot.schools);
        if as_schedule {
            roll(reading, self.year_for(year_of(reading)), calendar, schools)
        } else {
            letter(reading, calendar, schools)
        }
    }

    /// Puts a directive with its file into the archive; one whose draft was dropped is taken out again.
    async fn file_away(
        &mut self,
        reading: &Reading,
        file: &SentFile,
        by: Option<MemberId>,
    ) -> Result<Directive, AppError> {
        if let Some(dropped) = self.session.directive_by_file(self.office(), &file.sha256).await? {
            return Ok(Directive {
                state: DirectiveState::Draft,
                schedule: None,
                sent_by: by,
                sent_at: self.now,
                ..dropped
            });
        }
        let header = &reading.header;
        let day = |on: IssuedOn| if let IssuedOn::Day(day) = on { Some(day) } else { None };
        let directive = Directive {
            id: self.id(),
            office: self.office(),
            number: header.number.clone(),
            number_key: header.number.as_deref().map(document_key).unwrap_or_default(),
            issued_on: header.issued_on.and_then(day),
            issuer: header.issuer.clone(),
            subject: header.subject.clone().unwrap_or_else(|| file.name.clone()),
            kind: header.kind.map(|kind| kind.name().to_owned()),
            signer: header.signer.clone(),
            urgency: reading.urgency,
            state: DirectiveState::Draft,
            schedule: None,
            file_name: file.name.clone(),
            sha256: file.sha256.clone(),
            sent_by: by,
            sent_at: self.now,
            // That it hands nothing out is said in words of its own.
            doubts: reading
                .doubts
                .iter()
                .filter(|doubt| doubt.kind != DoubtKind::NoTasks)
                .map(|doubt| doubt.placed(&reading.places))
                .collect(),
        };
        let read = serde_json::to_value(reading).map_err(|e| StoreError::Other(e.to_string()))?;
        self.session.insert_directive(&directive, &file.bytes, &read).await?;
        Ok(directive)
    }

    /// Makes the tasks of a directive that has none.
    async fn draft_anew(
        &mut self,
        mut directive: Directive,
        reading: &Reading,
        as_schedule: bool,
        by: Option<MemberId>,
    ) -> Result<Reply, AppError> {
        let drafts = self.drafts_of(reading, as_schedule);
        self.settle_earlier_draft(directive.id).await?;
        if as_schedule {
            let year = self.year_for(year_of(reading));
            self.drop_older_drafts(year).await?;
            let schedule = Schedule {
                id: self.id(),
                office: self.office(),
                year,
                title: directive.subject.clone(),
                file_name: directive.file_name.clone(),
                state: ScheduleState::Draft,
            };
            self.session.insert_schedule(&schedule).await?;
            directive.schedule = Some(schedule.id);
        }
        self.session.update_directive(&directive).await?;
        for draft in drafts {
            let code = self.session.next_code(self.office()).await?;
            let mut task =
                draft.into_task(self.id(), self.office(), directive.schedule, Some(directive.id), code);
            task.urgency = directive.urgency;
            if self.unsettled(&task).iter().any(Doubt::is_over) {
                // The day is over: what can be done about it is offered, and that it was over before is no second point.
                task.doubts.retain(|d| !d.is_past() || !d.choices.is_empty());
            }
            self.session.insert_task(&task).await?;
        }
        let what = if as_schedule { "schedule.read" } else { "directive.read" };
        let detail = json!({ "directive": directive.id, "schedule": directive.schedule });
        self.audit(by, what, detail).await?;
        self.draft_of(&directive).await
    }

    /// Drafts a directive anew in the other way: as the year's schedule, or as tasks of its own.
    pub(super) async fn recast(
        &mut self,
        by: &Member,
        mut directive: Directive,
        as_schedule: bool,
    ) -> Result<Reply, AppError> {
        if directive.schedule.is_some() == as_schedule {
            return self.draft_of(&directive).await;
        }
        let Some(reading) = self.reading_of(&directive).await? else { return Ok(Reply::Nothing) };
        if self.drafts_of(&reading, as_schedule).is_empty() {
            let file = directive.file_name.clone();
            return Ok(Reply::FileRefused {
                sentence: fl!(self.voice().words(), "directive-none", file = file),
            });
        }
        self.retire_drafts(directive.id).await?;
        if let Some(schedule) = directive.schedule.take() {
            self.session.set_schedule_state(schedule, ScheduleState::Retired).await?;
        }
        self.draft_anew(directive, &reading, as_schedule, Some(by.id)).await
    }

    /// The draft of a directive for who types: where there are no buttons, with the first of its tasks behind it.
    pub(super) async fn show_draft(
        &mut self,
        message: &Message,
        directive: Directive,
    ) -> Result<Reply, AppError> {
        let buttons = self.app.capabilities(&message.place.chat.platform).is_none_or(|c| c.buttons);
        let first = if buttons { None } else { self.first_item(directive.id).await? };
        let draft = self.draft_of(&directive).await?;
        let Some(first) = first else { return Ok(draft) };
        self.reply_to_order(message, &draft).await?;
        self.show_item(&first).await
    }

    /// The draft of a directive as it stands.
    pub(super) async fn draft_of(&mut self, directive: &Directive) -> Result<Reply, AppError> {
        let tasks = self.live_tasks(directive.id).await?;
        if let Some(schedule) = directive.schedule
            && let Some(schedule) = self.session.schedule(schedule).await?
        {
            return self.schedule_draft(directive, &schedule, &tasks).await;
        }
        let codes = tasks.iter().map(Task::code).collect();
        let earlier = self.earlier(directive, &tasks).await?;
        let reading = self.reading_of(directive).await?;
        let paper = self.paper(directive, reading.as_ref()).await?;
        let mut twins = self.twins(&tasks).await?;
        // What the document itself says of an earlier one counts for more than likeness.
        let named = |twin: &Twin| {
            let takes = |e: &Earlier| match e.amendment.ends() {
                true => e.directive.codes.contains(&format!("V{}", twin.other)),
                false => e.moves.iter().any(|(_, old)| *old == twin.other),
            };
            earlier.iter().any(takes)
        };
        twins.retain(|twin| !named(twin));
        twins.truncate(TWINS_SHOWN);
        let dropped = self.dropped_tasks(directive.id).await?;
        let dropped = dropped.iter().map(|t| DroppedTask { task: t.id, code: t.code() }).collect();
        let line = |task: &Task| DraftLine {
            month: month_of(task),
            dated: task.due.iter().any(|d| d.role == DueRole::Deadline),
            open: self.unsettled(task).len(),
            task: TaskLine { count: None, ..self.line(task) },
        };
        let heavy_days = self.heavy_days(&tasks);
        let mut lines: Vec<DraftLine> = tasks.iter().map(line).collect();
        lines.sort_by_key(|line| (line.month.is_none(), line.month));
        Ok(Reply::Directive(DirectiveReply::Draft(Box::new(DirectiveDraft {
            directive: DirectiveLine::of(directive, codes),
            tasks: lines,
            doubts: directive.doubts.clone(),
            twins,
            earlier,
            heavy_days,
            dropped,
            paper,
        }))))
    }

    async fn schedule_draft(
        &mut self,
        directive: &Directive,
        schedule: &Schedule,
        tasks: &[Task],
    ) -> Result<Reply, AppError> {
        let reading = self.reading_of(directive).await?;
        let paper = self.paper(directive, reading.as_ref()).await?;
        let twins = self.twins_of_schedule(schedule, tasks).await?;
        let of_year = self.session.schedules_of(self.office(), Some(schedule.year)).await?;
        let mut doubts: Vec<Doubt> = directive.doubts.clone();
        doubts.extend(tasks.iter().flat_map(|t| t.doubts.clone()));
        Ok(Reply::ScheduleRead {
            id: schedule.id,
            title: schedule.title.clone(),
            read_year: reading.as_ref().and_then(year_of),
            year: schedule.year,
            months: by_month(tasks),
            doubts,
            replaces: of_year.iter().any(|s| s.id != schedule.id && s.state == ScheduleState::Active),
            twins,
            directive: Box::new(DirectiveLine::of(directive, Vec::new())),
            paper: Box::new(paper),
        })
    }

    /// What was read of a directive's file, as it was read then.
    async fn reading_of(&mut self, directive: &Directive) -> Result<Option<Reading>, AppError> {
        let reading = self.session.directive_reading(directive.id).await?;
        Ok(reading.and_then(|reading| serde_json::from_value(reading).ok()))
    }

    /// To whom it goes, who signed it, and what else was filed under its number and day.
    async fn paper(&mut self, directive: &Directive, reading: Option<&Reading>) -> Result<Paper, AppError> {
        let mut same_number = Vec::new();
        if let Some(figures) = directive.figures() {
            for other in self.session.directives_by_figures(self.office(), figures).await? {
                let same = other.number_key == directive.number_key && other.issued_on == directive.issued_on;
                if same && other.id != directive.id && other.state != DirectiveState::Dropped {
                    let codes = self.live_tasks(other.id).await?.iter().map(Task::code).collect();
                    same_number.push(DirectiveLine::of(&other, codes));
                }
            }
        }
        let addressees = reading.map(|reading| reading.header.addressees.clone()).unwrap_or_default();
        let whom = Whom(&self.snapshot.schools);
        let foreign_levels = whom.foreign_levels(&addressees.join("; "));
        let own_levels = if foreign_levels.is_empty() { BTreeSet::new() } else { whom.levels() };
        let signer = directive.signer.clone();
        Ok(Paper { addressees, signer, same_number, foreign_levels, own_levels })
    }

    /// Days on which the tasks of a draft and all others that are due make too much, with how many they are.
    fn heavy_days(&self, tasks: &[Task]) -> Vec<(NaiveDate, usize)> {
        let others =
            self.snapshot.tasks.iter().filter(|t| t.wants_answer() && tasks.iter().all(|own| own.id != t.id));
        let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for task in tasks.iter().filter(|t| t.wants_answer()).chain(others) {
            let own: BTreeSet<NaiveDate> = task.deadlines().iter().map(|due| due.date).collect();
            own.into_iter().for_each(|day| *days.entry(day).or_default() += 1);
        }
        days.retain(|day, count| {
            let drafted = tasks.iter().any(|t| t.deadlines().iter().any(|due| due.date == *day));
            drafted && *count > HEAVY
        });
        days.into_iter().collect()
    }

    /// Tasks of other documents and of the schedule that may be the same as these.
    async fn twins(&mut self, tasks: &[Task]) -> Result<Vec<Twin>, AppError> {
        let others = self.session.tasks_of(self.office(), &[TaskState::Draft]).await?;
        let others =
            others.iter().chain(self.snapshot.tasks.iter()).filter(|o| tasks.iter().all(|t| t.id != o.id));
        let others: Vec<&Task> = others.collect();
        Ok(pairs(tasks, &others).into_iter().map(|(task, other)| twin(task, other)).collect())
    }

    /// What a schedule says otherwise than tasks that are out, and what it says beside tasks of letters that wait. What waits of the
    /// schedule that it takes the place of goes, and is no twin.
    async fn twins_of_schedule(
        &mut self,
        schedule: &Schedule,
        tasks: &[Task],
    ) -> Result<Vec<Twin>, AppError> {
        if schedule.state != ScheduleState::Draft {
            return Ok(vec![]);
        }
        let drafts = self.session.tasks_of(self.office(), &[TaskState::Draft]).await?;
        let stays = |o: &&Task| o.is_open() || o.schedule.is_none();
        let others: Vec<&Task> = drafts.iter().chain(self.snapshot.tasks.iter()).filter(stays).collect();
        let mut pairs = pairs(tasks, &others);
        let posted = |task: &Task| {
            !task.months.is_empty()
                && task.months.iter().all(|month| self.snapshot.boards.iter().any(|b| b.month == *month))
        };
        // A month that is out is not handed out again: what is the same in it needs no word.
        pairs
            .retain(|(task, other)| !(other.is_open() && posted(task) && !task.names_other_deadlines(other)));
        Ok(pairs.into_iter().map(|(task, other)| twin(task, other)).collect())
    }

    /// The tasks of a directive that were not dropped, by code.
    pub(super) async fn live_tasks(&mut self, directive: DirectiveId) -> Result<Vec<Task>, AppError> {
        let mut tasks = self.session.tasks_of_directive(directive).await?;
        tasks.retain(|t| t.state.is_live());
        Ok(tasks)
    }

    /// Retires what is drafted of a directive.
    pub(super) async fn retire_drafts(&mut self, directive: DirectiveId) -> Result<(), AppError> {
        for mut task in self.live_tasks(directive).await? {
            if task.state == TaskState::Draft {
                task.state = TaskState::Retired;
                self.session.update_task(&task).await?;
            }
        }
        Ok(())
    }

    /// What was dropped from a directive before it is drafted anew is no choice of the new draft.
    async fn settle_earlier_draft(&mut self, directive: DirectiveId) -> Result<(), AppError> {
        for mut task in self.dropped_tasks(directive).await? {
            task.state = TaskState::Merged;
            self.session.update_task(&task).await?;
        }
        Ok(())
    }

    /// The tasks of a directive that somebody dropped before they were out, by code.
    async fn dropped_tasks(&mut self, directive: DirectiveId) -> Result<Vec<Task>, AppError> {
        let mut tasks = self.session.tasks_of_directive(directive).await?;
        tasks.retain(|t| t.state == TaskState::Retired && t.posted_at.is_none());
        Ok(tasks)
    }

    /// The school year that a document is kept for: its own, or the present one when that is over. From June on the
    /// office plans the next.
    fn year_for(&self, read: Option<SchoolYear>) -> SchoolYear {
        let today = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let this = SchoolYear::of(today);
        let planned = if matches!(Month::of(today).month, 6 | 7) { SchoolYear(this.0 + 1) } else { this };
        read.map_or(planned, |read| read.max(planned))
    }

    /// Drafts of a year's schedule that nobody agreed to make room.
    async fn drop_older_drafts(&mut self, year: SchoolYear) -> Result<(), AppError> {
        for other in self.session.schedules_of(self.office(), Some(year)).await? {
            if other.state != ScheduleState::Draft {
                continue;
            }
            for mut task in self.session.tasks_of_schedule(other.id).await? {
                task.state = TaskState::Retired;
                self.session.update_task(&task).await?;
            }
            self.session.set_schedule_state(other.id, ScheduleState::Retired).await?;
            self.mark_directive_of(other.id, DirectiveState::Dropped).await?;
        }
        Ok(())
    }
}

/// Each drafted task with the other one that may be the same: alike, or the only two of these words.
fn pairs<'t>(tasks: &'t [Task], others: &[&'t Task]) -> Vec<(&'t Task, &'t Task)> {
    let only = |task: &Task| {
        let mut same = others.iter().filter(|other| alike::says_the_same(task, other));
        let other = same.next().filter(|_| same.next().is_none())?;
        let alone = tasks.iter().filter(|t| alike::says_the_same(t, other)).count() == 1;
        alone.then_some(*other)
    };
    let drafts = tasks.iter().filter(|t| t.state == TaskState::Draft);
    drafts
        .filter_map(|task| {
            let other = others.iter().copied().find(|other| alike::alike(task, other));
            Some((task, other.or_else(|| only(task))?))
        })
        .collect()
}

fn twin(task: &Task, other: &Task) -> Twin {
    let dues = |task: &Task| task.deadlines().into_iter().cloned().collect();
    let differ = task.names_other_deadlines(other);
    Twin {
        code: task.code,
        other: other.code,
        title: other.title(60),
        out: other.is_open(),
        dues: differ.then(|| (dues(task), dues(other))),
    }
}

/// Whether a document is the schedule of a year.
fn is_schedule(reading: &Reading) -> bool {
    let mut months: Vec<&Month> = reading.tasks.iter().flat_map(|t| &t.months).collect();
    months.sort();
    months.dedup();
    months.len() >= MONTHS_OF_A_SCHEDULE
}

/// The month in whose post a task would stand.
fn month_of(task: &Task) -> Option<Month> {
    task.months.first().copied()
}

/// Tasks and deadlines of each month, in order.
fn by_month(tasks: &[Task]) -> Vec<(Month, usize, usize)> {
    let mut months: BTreeMap<Month, (usize, usize)> = BTreeMap::new();
    for task in tasks {
        let deadlines = task.due.iter().filter(|d| d.role == DueRole::Deadline).count();
        if let Some(month) = month_of(task) {
            let count = months.entry(month).or_default();
            *count = (count.0 + 1, count.1 + deadlines);
        }
    }
    months.into_iter().map(|(month, (tasks, deadlines))| (month, tasks, deadlines)).collect()
}
