//! The later word counts: "chưa xong" behind "xong", and "bỏ tin trên" for what was said last, whatever it was.

use chrono::{DateTime, Duration, SubsecRound as _, Utc};
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::{About, Heard, Incoming};
use crate::domain::{
    CheckReply, Confirmation, ConfirmationLevel, ExtensionState, Reply, SchoolId, Standing, Task, TaskId,
};
use crate::understand::{Act, Binding};

/// How far back a message is looked for that is taken back.
const BACK_DAYS: i64 = 7;
const MOST_MESSAGES: u32 = 2000;

/// What a message has done to one task of one school.
#[derive(Debug, Clone, Copy)]
struct Effect {
    at: DateTime<Utc>,
    task: TaskId,
    school: SchoolId,
    what: What,
}

/// What it has done.
#[derive(Debug, Clone, Copy)]
enum What {
    /// An answer was stored.
    Given,
    /// It was called done.
    Done,
    /// It was promised for a day.
    Promised,
    /// More time was asked for.
    Asked,
}

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

    /// "Bỏ tin trên": the task whose code is said, or all that the quoted message did, else all that this person's last message with
    /// an effect did, to whichever tasks and schools. A word that it is done, a promise and a request for more time are taken back
    /// as well as figures are.
    pub(super) async fn withdraw_last(&mut self, message: &Message, act: &Act) -> Result<(), AppError> {
        let task = act.task.task().and_then(|t| self.snapshot.task(t)).cloned();
        let school = act.school.filter(|_| act.named);
        let named = matches!(act.task, Binding::Code(_) | Binding::Quote(_) | Binding::Answer(_));
        let effects = self.effects(message).await?;
        let quoted = self.quoted_moment(message).await?;
        let of_task =
            |e: &&Effect| task.as_ref().is_none_or(|t| !named || quoted.is_some() || t.id == e.task);
        let of_quoted = |e: &&Effect| quoted.is_none_or(|at| at == e.at);
        let of_school = |e: &&Effect| school.is_none_or(|s| s == e.school);
        let meant: Vec<&Effect> =
            effects.iter().filter(of_task).filter(of_quoted).filter(of_school).collect();
        let Some(last) = meant.iter().map(|e| e.at).max() else {
            // Figures of a colleague of the school are taken back by their code.
            if let (Some(task), Some(school), true) = (task, act.school, named) {
                return self.withdraw(message, school, &task).await;
            }
            return self.nothing_to_take_back(message).await;
        };
        let undone: Vec<Effect> = meant.into_iter().filter(|e| e.at == last).copied().collect();
        for effect in undone {
            self.undo(message, effect).await?;
        }
        Ok(())
    }

    async fn undo(&mut self, message: &Message, effect: Effect) -> Result<(), AppError> {
        let Effect { task, school, what, .. } = effect;
        let Some(task) = self.snapshot.task(task).cloned() else { return Ok(()) };
        let mut standing = self.standing(task.id, school);
        let (code, name) = (task.code(), self.school_name(school));
        match what {
            What::Given => self.withdraw(message, school, &task).await,
            What::Done => {
                self.lower(message, &task, standing, false).await?;
                self.say_of(message, school, &task, CheckReply::Reopened { school: name, code }).await
            }
            What::Promised => {
                standing.promise = None;
                self.put_standing(&task, standing, message.at).await?;
                let detail = json!({ "task": task.id, "school": school });
                self.audit(Some(message.member.id), "promise.withdrawn", detail).await?;
                self.say_of(message, school, &task, CheckReply::PromiseDropped { school: name, code }).await
            }
            What::Asked => match standing.extension {
                Some(extension) => self.drop_wish(message, extension).await,
                None => Ok(()),
            },
        }
    }

    /// What the words of this person have done to open tasks of their schools and still does.
    async fn effects(&mut self, message: &Message) -> Result<Vec<Effect>, AppError> {
        let by = message.member.id;
        let heard = self.heard_from(message).await?;
        let mut effects = Vec::new();
        for school in message.member.schools() {
            for task in self.snapshot.tasks.iter().filter(|t| t.is_open()) {
                let Some(standing) = self.snapshot.standings.get(task.id, school) else { continue };
                let given = standing.submission.as_ref().filter(|s| s.by == by).map(|s| s.at);
                let is_done = |c: &&Confirmation| c.by == by && c.level == ConfirmationLevel::Done;
                let done = standing.confirmation.as_ref().filter(is_done).map(|c| c.at);
                // Nobody's name stands on these: they are this person's where a message of theirs came at that moment.
                let promised = standing.promise.as_ref().map(|p| p.at).filter(|at| heard.contains(at));
                let open = standing.extension.as_ref().filter(|e| e.state == ExtensionState::Asked);
                let asked = open.map(|e| e.at).filter(|at| heard.contains(at));
                let all = [
                    (given, What::Given),
                    (done, What::Done),
                    (promised, What::Promised),
                    (asked, What::Asked),
                ];
                let new = |(at, what): (Option<DateTime<Utc>>, What)| {
                    Some(Effect { at: at?, task: task.id, school, what })
                };
                effects.extend(all.into_iter().filter_map(new));
            }
        }
        Ok(effects)
    }

    /// When this person's messages here were said, this one left out.
    async fn heard_from(&mut self, message: &Message) -> Result<Vec<DateTime<Utc>>, AppError> {
        let since = message.at - Duration::days(BACK_DAYS);
        let heard = self.session.heard_in(&message.place.chat, since, MOST_MESSAGES).await?;
        let own = heard.into_iter().filter(|i| i.from.user == message.user);
        let said =
            own.filter(|i| matches!(&i.heard, Heard::Message { message: id, .. } if *id != message.place.id));
        Ok(said.map(|i| i.at.trunc_subsecs(3)).collect())
    }

    /// When the message of this person that is quoted was said.
    async fn quoted_moment(&mut self, message: &Message) -> Result<Option<DateTime<Utc>>, AppError> {
        let Some(quote) = message.quote.as_ref().filter(|q| !q.of_bot) else { return Ok(None) };
        let Some(quoted) = quote.message.clone() else { return Ok(None) };
        let since = message.at - Duration::days(BACK_DAYS);
        let heard = self.session.heard_in(&message.place.chat, since, MOST_MESSAGES).await?;
        let is_it = |i: &Incoming| {
            i.from.user == message.user
                && matches!(&i.heard, Heard::Message { message: id, .. } if *id == quoted)
        };
        Ok(heard.into_iter().find(is_it).map(|i| i.at.trunc_subsecs(3)))
    }

    /// Said to whom speaks to the bot; among people "bỏ tin trên" may be meant for one of them.
    pub(super) async fn nothing_to_take_back(&mut self, message: &Message) -> Result<(), AppError> {
        if message.is_addressed() {
            let reply = Reply::Check(CheckReply::NothingToTakeBack);
            self.reply(&message.place.chat.clone(), &reply, Manner::default()).await?;
        }
        Ok(())
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
