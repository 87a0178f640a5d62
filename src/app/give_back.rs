//! An answer given back by the specialist, with a reason that reaches the school.

use serde_json::json;

use super::AppError;
use super::message::Message;
use super::work::Work;
use crate::domain::{CheckReply, CommandProblem, Reply, Returned, SchoolId, TaskId, is_on_time};

impl Work<'_> {
    /// The school owes the task again. The moment of its first complete answer is kept: once it is complete again it is as
    /// early as it was (T7).
    pub(super) async fn give_back(
        &mut self,
        message: &Message,
        task: TaskId,
        school: SchoolId,
        reason: String,
    ) -> Result<(), AppError> {
        let Some(task) = self.own_task(task).await?.filter(crate::domain::Task::is_open) else {
            let fault = CommandProblem::Missing { part: "task".into() };
            return self.fault(message, fault, "tralai").await;
        };
        let mut standing = self.standing(task.id, school);
        let (name, code) = (self.school_name(school), task.code());
        if standing.submission.is_none() && standing.confirmation.is_none() || standing.is_returned() {
            let reply = Reply::Check(CheckReply::NothingToReturn { school: name, code });
            return self.reply_to_order(message, &reply).await;
        }
        let first = standing.settled_at.take().or(standing.returned.as_ref().and_then(|r| r.settled_at));
        standing.returned = Some(Returned {
            reason: reason.clone(),
            at: message.at,
            by: message.member.id,
            version: standing.submission.as_ref().map_or(0, |s| s.version),
            settled_at: first,
        });
        self.put_standing(&task, standing, message.at).await?;
        let detail = json!({ "task": task.id, "school": school, "reason": reason });
        self.audit(Some(message.member.id), "submission.returned", detail).await?;
        let until = self.deadline_for(&task, school);
        let on_time = first.is_some_and(|at| until.is_none_or(|end| is_on_time(at, end)));
        let told =
            CheckReply::Returned { school: name.clone(), code: code.clone(), reason: reason.clone(), until };
        self.tell_school(&task, school, &Reply::Check(told)).await?;
        let done = CheckReply::GaveBack { school: name, code, reason, on_time };
        self.reply_to_order(message, &Reply::Check(done)).await
    }
}
