//! A task that was dropped is put back where it stood: what one slip of the thumb took away, one press returns.

use serde_json::json;

use super::AppError;
use super::work::Work;
use crate::domain::{
    Address, CommandProblem, DirectiveReply, DirectiveState, Member, NotRestored, Reply, ScheduleState, Task,
    TaskState,
};

impl Work<'_> {
    /// Puts back the task with this number in its code, and shows it.
    pub(super) async fn restore_code(&mut self, by: &Member, code: u32) -> Result<Reply, AppError> {
        let office = self.office();
        match self.session.task_by_code(office, code).await? {
            Some(task) => self.restore(by, task).await,
            None => {
                let fault = CommandProblem::NoSuchTask { given: format!("V{code}"), open: vec![] };
                Ok(Reply::CommandFault { address: Address::Either, fault, example: String::new() })
            }
        }
    }

    /// Puts back a task and shows the draft that it is part of again.
    pub(super) async fn restore_in_draft(&mut self, by: &Member, task: Task) -> Result<Reply, AppError> {
        let directive = task.directive;
        let restored = self.restore(by, task).await?;
        let Some(directive) =
            directive.filter(|_| matches!(&restored, Reply::Directive(DirectiveReply::Item(_))))
        else {
            return Ok(restored);
        };
        match self.session.directive(directive).await? {
            Some(directive) if directive.state == DirectiveState::Draft => self.draft_of(&directive).await,
            _ => Ok(restored),
        }
    }

    async fn restore(&mut self, by: &Member, mut task: Task) -> Result<Reply, AppError> {
        if task.state.is_live() {
            return self.show_item(&task).await;
        }
        task.state = match self.state_before(&task).await? {
            Ok(state) => state,
            Err(why) => {
                return Ok(Reply::Directive(DirectiveReply::NotRestored { code: task.code(), why }));
            }
        };
        self.session.update_task(&task).await?;
        if task.state == TaskState::Planned {
            self.snapshot.tasks_mut().push(task.clone());
        }
        self.audit(Some(by.id), "task.restored", json!({ "task": task.id })).await?;
        self.show_item(&task).await
    }

    /// Where a dropped task stood: in a draft, or waiting for its month in a schedule that is in use.
    async fn state_before(&mut self, task: &Task) -> Result<Result<TaskState, NotRestored>, AppError> {
        if task.state == TaskState::Merged {
            return Ok(Err(NotRestored::Merged));
        }
        if task.posted_at.is_some() {
            return Ok(Err(NotRestored::WasPosted));
        }
        if let Some(schedule) = task.schedule {
            let schedule = self.session.schedule(schedule).await?;
            return Ok(match schedule.map(|schedule| schedule.state) {
                Some(ScheduleState::Draft) => Ok(TaskState::Draft),
                Some(ScheduleState::Active) => Ok(TaskState::Planned),
                _ => Err(NotRestored::DraftGone),
            });
        }
        let Some(directive) = task.directive else { return Ok(Ok(TaskState::Draft)) };
        let directive = self.session.directive(directive).await?;
        Ok(match directive.map(|directive| directive.state) {
            Some(DirectiveState::Draft | DirectiveState::Active) => Ok(TaskState::Draft),
            _ => Err(NotRestored::DraftGone),
        })
    }
}
