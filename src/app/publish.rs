//! Tasks go out, are withdrawn, or change.

use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::calendar::fairness;
use crate::chat::About;
use crate::domain::{
    Count, DirectiveLine, DirectiveReply, DirectiveState, Doubt, Due, DueRole, Fairness, Member, Month,
    PostWhat, Reply, Schedule, ScheduleId, ScheduleState, Task, TaskLine, TaskState,
};

impl Work<'_> {
    /// Posts one task now, to the groups of its schools.
    pub(super) async fn publish_task(&mut self, by: &Member, mut task: Task) -> Result<Reply, AppError> {
        let code = task.code();
        match task.state {
            TaskState::Posted => return Ok(Reply::Published { code, groups: 0, schools: 0, again: true }),
            TaskState::Retired | TaskState::Merged => {
                return Ok(Reply::Dropped { code, title: task.title(60), was_posted: false });
            }
            TaskState::Draft | TaskState::Planned => {}
        }
        task.state = TaskState::Posted;
        task.posted_at = Some(self.now);
        self.session.update_task(&task).await?;
        self.snapshot.tasks_mut().retain(|t| t.id != task.id);
        self.snapshot.tasks_mut().push(task.clone());
        let groups = self.groups_of(&task);
        let line = TaskLine { count: None, ..self.line(&task) };
        for group in &groups {
            let manner = Manner {
                about: About { tasks: vec![task.id], ..About::default() },
                key: Some(format!("task/{}/{}", task.id, group.id)),
                file: self.template_file(&task).await?,
                ..Manner::default()
            };
            self.reply(&group.chat, &Reply::Posted { task: line.clone() }, manner).await?;
        }
        self.audit(Some(by.id), "task.published", json!({ "task": task.id })).await?;
        let schools = self.progress(&task).expected.len();
        let groups = self.count_open(&groups).await?;
        Ok(Reply::Published { code, groups, schools, again: false })
    }

    /// Withdraws a task: a draft disappears, of one that is out the groups are told.
    pub(super) async fn drop_task(&mut self, by: &Member, mut task: Task) -> Result<Reply, AppError> {
        let was_posted = task.state == TaskState::Posted;
        let reply = Reply::Dropped { code: task.code(), title: task.title(60), was_posted };
        if !task.state.is_live() {
            return Ok(reply);
        }
        task.state = TaskState::Retired;
        self.session.update_task(&task).await?;
        self.snapshot.tasks_mut().retain(|t| t.id != task.id);
        self.audit(Some(by.id), "task.dropped", json!({ "task": task.id })).await?;
        if was_posted {
            self.tell_groups(&task, &reply, &format!("dropped/{}", task.id)).await?;
        }
        Ok(reply)
    }

    /// Tells the groups of a task something about it, once for each `key`.
    pub(super) async fn tell_groups(
        &mut self,
        task: &Task,
        reply: &Reply,
        key: &str,
    ) -> Result<(), AppError> {
        for group in self.groups_of(task) {
            let manner = Manner {
                about: About { tasks: vec![task.id], ..About::default() },
                key: Some(format!("{key}/{}", group.id)),
                ..Manner::default()
            };
            self.reply(&group.chat, reply, manner).await?;
        }
        Ok(())
    }

    /// Another deadline for all: of one that is out the groups are told once, and everything that hangs on it follows
    /// because the planner reads it afresh (S8).
    pub(super) async fn move_due(
        &mut self,
        by: &Member,
        mut task: Task,
        to: Due,
        why: String,
    ) -> Result<Reply, AppError> {
        let from = Self::last_due(&task);
        if from.as_ref().is_some_and(|d| (d.kind, d.date, d.time) == (to.kind, to.date, to.time)) {
            // Said twice: the groups have heard it.
            return Ok(Reply::Nothing);
        }
        match task.due.iter().rposition(|d| d.role == DueRole::Deadline && Some(d) == from.as_ref()) {
            Some(last) => task.due[last] = to.clone(),
            None => task.due.push(to.clone()),
        }
        task.moved = None;
        self.session.update_task(&task).await?;
        if let Some(known) = self.snapshot.tasks_mut().iter_mut().find(|t| t.id == task.id) {
            *known = task.clone();
        }
        self.reword_on_boards(&task).await?;
        self.audit(Some(by.id), "task.due-moved", json!({ "task": task.id, "to": to.date })).await?;
        let reply = Reply::DueMoved { code: task.code(), title: task.title(60), from, to: to.clone(), why };
        if task.is_open() {
            let key = format!("moved/{}/{}", task.id, self.now.timestamp_millis());
            self.tell_groups(&task, &reply, &key).await?;
        }
        Ok(reply)
    }

    /// What boards show of a task is true no more: they are edited at the next look.
    async fn reword_on_boards(&mut self, task: &Task) -> Result<(), AppError> {
        for board in &mut self.snapshot.boards {
            let Some((_, shown)) = board.shown.iter_mut().find(|(id, _)| *id == task.id) else { continue };
            *shown = Count { settled: 0, expected: 0 };
            self.session.put_board(board).await?;
        }
        Ok(())
    }

    /// What to look at before a deadline is posted (S13).
    pub(super) fn fairness(&self, task: &Task) -> Vec<Fairness> {
        let Some(due) = Self::last_due(task) else { return vec![] };
        let office = &self.snapshot.office;
        let moment = due.moment(office.zone, office.settings.deadline_hour);
        let snapshot = &self.snapshot;
        let ends = |t: &Task| t.deadlines().iter().any(|d| d.date == due.date);
        let others = snapshot.tasks.iter().filter(|t| t.id != task.id && ends(t)).map(|_| due.date);
        fairness(self.now, (due.date, moment), others, &snapshot.quiet, &snapshot.calendar, office.zone)
    }

    /// Agrees to a schedule: its tasks wait for their months. A schedule of the same year that was in use is retired with
    /// those of its tasks that are not out. Doubts that somebody could settle are shown first; `seen` says that they were.
    pub(super) async fn agree(&mut self, by: &Member, id: ScheduleId, seen: bool) -> Result<Reply, AppError> {
        let Some(schedule) = self.session.schedule(id).await?.filter(|s| s.office == self.office()) else {
            return Ok(Reply::Nothing);
        };
        if schedule.state == ScheduleState::Retired {
            return Ok(Reply::ScheduleDropped);
        }
        let mut tasks = self.session.tasks_of_schedule(id).await?;
        if !seen && let Some(unsettled) = self.unsettled_schedule(&schedule, &tasks).await? {
            return Ok(unsettled);
        }
        for other in self.session.schedules_of(self.office(), Some(schedule.year)).await? {
            if other.id != id && other.state == ScheduleState::Active {
                self.retire_schedule(other.id).await?;
                self.mark_directive_of(other.id, DirectiveState::Replaced).await?;
            }
        }
        // What is out of the schedule before it stays owed; its months are not handed out a second time.
        let out = |month: &Month| self.snapshot.boards.iter().any(|b| b.month == *month);
        let is_out = |task: &Task| !task.months.is_empty() && task.months.iter().all(&out);
        let again: Vec<bool> = tasks.iter().map(is_out).collect();
        for (task, again) in tasks.iter_mut().zip(again).filter(|(t, _)| t.state == TaskState::Draft) {
            task.state = if again { TaskState::Retired } else { TaskState::Planned };
            self.session.update_task(task).await?;
        }
        self.session.set_schedule_state(id, ScheduleState::Active).await?;
        self.mark_directive_of(id, DirectiveState::Active).await?;
        self.audit(Some(by.id), "schedule.agreed", json!({ "schedule": id })).await?;
        tasks.retain(|t| t.state.is_live());
        let next = self.next_month_post(&tasks);
        Ok(Reply::ScheduleActive { year: schedule.year, tasks: tasks.len(), next })
    }

    /// What is to be seen before a schedule is agreed to: doubts with something to choose. All others are in its draft, and
    /// again in the preview of each month.
    async fn unsettled_schedule(
        &mut self,
        schedule: &Schedule,
        tasks: &[Task],
    ) -> Result<Option<Reply>, AppError> {
        if schedule.state != ScheduleState::Draft {
            return Ok(None);
        }
        let Some(directive) = self.session.directive_of_schedule(schedule.id).await? else { return Ok(None) };
        let choosable = |t: &Task| t.doubts.iter().filter(|d| !d.choices.is_empty()).cloned().collect();
        let open: Vec<(String, String, Vec<Doubt>)> =
            tasks.iter().map(|t| (t.code(), t.title(60), choosable(t))).collect();
        if open.iter().all(|(_, _, doubts)| doubts.is_empty()) {
            return Ok(None);
        }
        let what = PostWhat::Directive(directive.id);
        let directive = Some(DirectiveLine::of(&directive, vec![]));
        Ok(Some(Reply::Directive(DirectiveReply::Unsettled { what, directive, by_month: false, open })))
    }

    /// Drops a draft of a schedule, or retires one in use.
    pub(super) async fn discard(&mut self, by: &Member, id: ScheduleId) -> Result<Reply, AppError> {
        let Some(schedule) = self.session.schedule(id).await?.filter(|s| s.office == self.office()) else {
            return Ok(Reply::Nothing);
        };
        if schedule.state == ScheduleState::Active {
            return Ok(Reply::Nothing);
        }
        self.retire_schedule(id).await?;
        self.mark_directive_of(id, DirectiveState::Dropped).await?;
        self.audit(Some(by.id), "schedule.dropped", json!({ "schedule": id })).await?;
        Ok(Reply::ScheduleDropped)
    }

    async fn retire_schedule(&mut self, id: ScheduleId) -> Result<(), AppError> {
        for mut task in self.session.tasks_of_schedule(id).await? {
            if matches!(task.state, TaskState::Draft | TaskState::Planned) {
                task.state = TaskState::Retired;
                self.session.update_task(&task).await?;
                self.snapshot.tasks_mut().retain(|t| t.id != task.id);
            }
        }
        Ok(self.session.set_schedule_state(id, ScheduleState::Retired).await?)
    }

    /// The next month with tasks to post, and when.
    fn next_month_post(&self, tasks: &[Task]) -> Option<(Month, chrono::DateTime<chrono::Utc>)> {
        let zone = self.snapshot.office.zone;
        let this = Month::of(self.now.with_timezone(&zone).date_naive());
        let mut months: Vec<Month> =
            tasks.iter().flat_map(|t| t.months.clone()).filter(|m| *m >= this).collect();
        months.sort();
        months.dedup();
        months.into_iter().find_map(|month| {
            let at = self.snapshot.posting.occurrence_for_month(month, zone, &self.snapshot.calendar)?;
            (at >= self.now || month == this).then_some((month, at.max(self.now)))
        })
    }

    pub(super) async fn press_schedule(
        &mut self,
        message: &Message,
        id: &str,
        agree: bool,
    ) -> Result<Reply, AppError> {
        let Ok(id) = id.parse() else { return Ok(Reply::Nothing) };
        let reply = if agree {
            self.agree(&message.member, id, false).await?
        } else {
            self.discard(&message.member, id).await?
        };
        if reply != Reply::Nothing {
            self.reword_pressed(message, &reply).await?;
        }
        Ok(reply)
    }
}
