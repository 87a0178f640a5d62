//! A task handed out by hand: drafted, shown with its doubts, changed; recorded for a school.

use serde_json::json;

use super::AppError;
use super::message::Message;
use super::record::{Giver, Landing};
use super::work::Work;
use crate::domain::{
    Confirmation, ConfirmationLevel, Form, FormReply, Member, Reply, SchoolId, Task, TaskId, TaskLine,
    TaskState, Value,
};
use crate::understand::{Act, Change, Give, Intent};

impl Work<'_> {
    /// Drafts a task; nobody is bound before a person posts it (rule 5 of the product).
    pub(super) async fn give(&mut self, by: &Member, give: Give) -> Result<Reply, AppError> {
        let task = Task {
            id: self.id(),
            office: self.office(),
            schedule: None,
            code: self.session.next_code(self.office()).await?,
            text: give.text,
            months: vec![],
            scope: give.scope,
            requires: give.requires,
            due: give.due.into_iter().collect(),
            form: give.form,
            urgency: give.urgency,
            state: TaskState::Draft,
            posted_at: None,
            directive: None,
            sources: vec![],
            doubts: vec![],
            moved: None,
        };
        self.session.insert_task(&task).await?;
        self.audit(Some(by.id), "task.drafted", json!({ "task": task.id })).await?;
        Ok(self.draft(&task))
    }

    /// A draft as it will be posted, with what to look at.
    pub(super) fn draft(&self, task: &Task) -> Reply {
        let schools = self.progress(task).expected.len();
        Reply::Draft {
            task: TaskLine { count: None, ..self.line(task) },
            schools,
            doubts: task.doubts.clone(),
            fairness: self.fairness(task),
            form: task.form.clone(),
        }
    }

    /// Changes a task. Another deadline of one that is out is told to its groups.
    pub(super) async fn edit(&mut self, by: &Member, id: TaskId, change: Change) -> Result<Reply, AppError> {
        let Some(mut task) = self.own_task(id).await? else { return Ok(Reply::Nothing) };
        match change {
            Change::Due(due) if task.is_open() => return self.move_due(by, task, due, String::new()).await,
            Change::Due(due) => {
                // A person has set it: what was doubted about the dates is settled.
                task.doubts.retain(|d| !d.is_about_dates());
                let last = Self::last_due(&task);
                task.due.retain(|d| Some(d) != last.as_ref());
                task.due.push(due);
            }
            Change::Text(text) => task.text = text,
            Change::Form(form) => {
                let reply = self.set_form(&mut task, form).await?;
                self.session.update_task(&task).await?;
                self.keep_task(&task);
                self.audit(Some(by.id), "task.edited", json!({ "task": task.id })).await?;
                return Ok(reply);
            }
            Change::Checks(form) => {
                // The fields stay, and with them the workbook and what was answered.
                task.form = Form { checks: form.checks, fields: form.fields, ..task.form };
                self.session.update_task(&task).await?;
                self.keep_task(&task);
                self.audit(Some(by.id), "task.edited", json!({ "task": task.id, "checks": true })).await?;
                return Ok(match task.state {
                    TaskState::Draft => self.draft(&task),
                    _ => Reply::Form(FormReply::Set {
                        code: task.code(),
                        form: task.form,
                        answered: 0,
                        dropped: None,
                    }),
                });
            }
            Change::Scope(scope) => {
                task.doubts.retain(|d| !d.is_about_scope());
                task.scope = scope;
            }
            Change::Requires(requires) => task.requires = requires,
        }
        self.session.update_task(&task).await?;
        self.keep_task(&task);
        self.audit(Some(by.id), "task.edited", json!({ "task": task.id })).await?;
        match task.state {
            TaskState::Posted => Ok(self.standing_of(&task)),
            _ if task.directive.is_some() => self.show_item(&task).await,
            _ => Ok(self.draft(&task)),
        }
    }

    /// The snapshot knows the task as it is now.
    pub(super) fn keep_task(&mut self, task: &Task) {
        if let Some(known) = self.snapshot.tasks_mut().iter_mut().find(|t| t.id == task.id) {
            *known = task.clone();
        }
    }

    /// "Ghi hộ": what a school said on the telephone, marked so, read back to the officer and to the school.
    pub(super) async fn record_for_school(&mut self, message: &Message, act: Act) -> Result<(), AppError> {
        if let Some(doubt) = act.doubts.first().cloned() {
            return self.ask(message, &super::bind::Bound::default(), act, doubt).await;
        }
        let task = act.task.task().and_then(|t| self.snapshot.task(t)).filter(|t| t.is_open()).cloned();
        let (Some(school), Some(task)) = (act.school, task) else {
            let fault = crate::domain::CommandProblem::Missing { part: "task".into() };
            return self.fault(message, fault, "ghiho").await;
        };
        let reply = match act.intent {
            Intent::Submit(given) | Intent::Correct(given) => {
                let before = self.standing(task.id, school).submission;
                let mut values = before.map(|b| b.values).unwrap_or_default();
                values.extend(given.values);
                for (i, link) in given.links.into_iter().enumerate().filter(|_| task.form.is_empty()) {
                    values.insert(format!("link-{i}"), Value::Link(link));
                }
                let giver = Giver {
                    by: message.member.id,
                    on_behalf: true,
                    message: None,
                    at: message.at,
                    kept: vec![],
                    trusted: false,
                    corrects: false,
                };
                let given = values.clone();
                match self.land(&task, school, values, giver).await? {
                    Landing::Stored(read_back) | Landing::Same(read_back) => Reply::ReadBack(*read_back),
                    Landing::Faulty(faults) => {
                        return self.send_back(message, &task, school, faults, given).await;
                    }
                    Landing::Odd(odd, values) => {
                        return self.ask_odd(message, &task, school, odd, values, message.at).await;
                    }
                    Landing::StillReturned(reason) => {
                        Reply::Check(crate::domain::CheckReply::StillReturned { code: task.code(), reason })
                    }
                    Landing::Nothing => {
                        let fault = crate::domain::CommandProblem::Missing { part: "values".into() };
                        return self.fault(message, fault, "ghiho").await;
                    }
                }
            }
            Intent::Confirm(level) => self.confirm_for_school(message, &task, school, level).await?,
            _ => {
                let fault = crate::domain::CommandProblem::Missing { part: "values".into() };
                return self.fault(message, fault, "ghiho").await;
            }
        };
        self.reply_to_order(message, &reply).await?;
        self.tell_school(&task, school, &reply).await
    }

    async fn confirm_for_school(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
        level: ConfirmationLevel,
    ) -> Result<Reply, AppError> {
        let mut standing = self.standing(task.id, school);
        standing.confirmation = Some(Confirmation { level, at: message.at, by: message.member.id });
        self.put_standing(task, standing, message.at).await?;
        let detail = json!({ "task": task.id, "school": school, "level": level, "on_behalf": true });
        self.audit(Some(message.member.id), "task.confirmed", detail).await?;
        Ok(Reply::Recorded {
            school: self.school_name(school),
            codes: vec![task.code()],
            done: level == ConfirmationLevel::Done,
            on_behalf: true,
        })
    }
}
