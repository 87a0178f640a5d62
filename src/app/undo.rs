//! The later word counts: "chưa xong" behind "xong", and "bỏ tin trên" for what was said last, whatever it was.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{CheckReply, Confirmation, ConfirmationLevel, Reply, SchoolId, Standing, Task, TaskId};
use crate::understand::Binding;

impl Work<'_> {
    /// "V19 chưa xong": a school that had called it done has not. Figures that it gave are not dropped without being asked.
    pub(super) async fn reopen(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
    ) -> Result<(), AppError> {
        let standing = self.standing(task.id, school);
        let (code, name) = (task.code(), self.school_name(school));
        let reply = if standing.submission.as_ref().is_some_and(|s| s.complete) {
            CheckReply::StillCounted { school: name, code }
        } else if standing.confirmation.as_ref().is_some_and(|c| c.level == ConfirmationLevel::Done) {
            self.lower(message, task, standing, true).await?;
            CheckReply::Reopened { school: name, code }
        } else {
            return Ok(());
        };
        self.say_of(message, school, task, reply).await
    }

    /// "Bỏ tin trên": what is named or quoted, else what this person said last in this place that had an effect. A word that it is
    /// done is taken back as well as figures are.
    pub(super) async fn withdraw_last(
        &mut self,
        message: &Message,
        binding: &Binding,
        school: SchoolId,
        task: Option<Task>,
    ) -> Result<(), AppError> {
        let named = matches!(binding, Binding::Code(_) | Binding::Quote(_) | Binding::Answer(_));
        let last = self.last_said(message, school).and_then(|id| self.snapshot.task(id)).cloned();
        let Some(task) = task.filter(|_| named).or(last) else {
            return self.nothing_to_take_back(message).await;
        };
        let standing = self.standing(task.id, school);
        let given = standing.submission.as_ref().map(|s| s.at);
        let confirmed = standing.confirmation.as_ref().filter(|c| c.level == ConfirmationLevel::Done);
        match confirmed.map(|c| c.at) {
            Some(at) if given.is_none_or(|given| given <= at) => {
                self.lower(message, &task, standing, false).await?;
                let (code, name) = (task.code(), self.school_name(school));
                self.say_of(message, school, &task, CheckReply::Reopened { school: name, code }).await
            }
            _ => self.withdraw(message, school, &task).await,
        }
    }

    /// Said to whom speaks to the bot; among people "bỏ tin trên" may be meant for one of them.
    pub(super) async fn nothing_to_take_back(&mut self, message: &Message) -> Result<(), AppError> {
        if message.is_addressed() {
            let reply = Reply::Check(CheckReply::NothingToTakeBack);
            self.reply(&message.place.chat.clone(), &reply, Manner::default()).await?;
        }
        Ok(())
    }

    /// The open task about which a person said or gave something last for a school.
    fn last_said(&self, message: &Message, school: SchoolId) -> Option<TaskId> {
        let by = message.member.id;
        let moment = |task: &&Task| -> Option<(DateTime<Utc>, TaskId)> {
            let standing = self.snapshot.standings.get(task.id, school)?;
            let given = standing.submission.as_ref().filter(|s| s.by == by).map(|s| s.at);
            let done = |c: &&Confirmation| c.by == by && c.level == ConfirmationLevel::Done;
            let said = standing.confirmation.as_ref().filter(done).map(|c| c.at);
            given.max(said).map(|at| (at, task.id))
        };
        let open = self.snapshot.tasks.iter().filter(|t| t.is_open());
        open.filter_map(|task| moment(&task)).max().map(|(_, task)| task)
    }

    /// A school has only received what it had called done. What had been on time may be so again.
    async fn lower(
        &mut self,
        message: &Message,
        task: &Task,
        standing: Standing,
        denied: bool,
    ) -> Result<(), AppError> {
        let school = standing.school;
        let level = ConfirmationLevel::Received;
        let confirmation = Some(Confirmation { level, at: message.at, by: message.member.id });
        let settled_at =
            standing.settled_at.filter(|_| standing.submission.as_ref().is_some_and(|s| s.complete));
        self.put_standing(task, Standing { confirmation, settled_at, ..standing }, message.at).await?;
        let detail = json!({ "task": task.id, "school": school, "denied": denied });
        self.audit(Some(message.member.id), "task.unconfirmed", detail).await
    }

    async fn say_of(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        reply: CheckReply,
    ) -> Result<(), AppError> {
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let manner = Manner { about, reply_to: Some(message.place.id.clone()), ..Manner::default() };
        let (member, chat) = (message.member.clone(), message.place.chat.clone());
        self.reply_privately(&member, &chat, &Reply::Check(reply), manner).await?;
        Ok(())
    }
}
