//! A school asks for more time, thinks better of it, or says when it will hand in.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::{About, Reaction};
use crate::domain::{
    ConfirmationLevel, Extension, ExtensionState, MoreTime, Promise, Reply, SchoolId, Task, TaskId, instant,
    is_on_time,
};
use crate::understand::{Binding, Until, gives_up, no_longer_wanted};

impl Work<'_> {
    /// A wish for more time; one that ends within the deadline is a promise, and one for what is done needs nobody.
    pub(super) async fn ask_extension(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        until: &Until,
        reason: String,
    ) -> Result<(), AppError> {
        let until = self.moment(until);
        self.wish(message, school, task, until, reason).await
    }

    async fn wish(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        until: DateTime<Utc>,
        reason: String,
    ) -> Result<(), AppError> {
        let standing = self.standing(task.id, school);
        if standing.is_settled() || standing.exempt.is_some() {
            let reply = self.not_needed(task, school);
            self.reply_privately(&message.member.clone(), &message.place.chat, &reply, Manner::default())
                .await?;
            return Ok(());
        }
        if self.deadline_for(task, school).is_none_or(|d| is_on_time(until, d)) {
            return self.note_promise(message, school, task, until).await;
        }
        let open = standing.extension.clone().filter(|e| e.state == ExtensionState::Asked);
        match open {
            // The same once more: it is with the specialist already.
            Some(open) if open.until == until => {}
            Some(open) => {
                let before = open.until;
                let extension = Extension { until, reason, at: message.at, ..open };
                self.session.update_extension(&extension).await?;
                self.ask_specialists(message, task, extension, Some(before)).await?;
            }
            None => {
                let extension = Extension {
                    id: self.id(),
                    task: task.id,
                    school,
                    until,
                    reason,
                    at: message.at,
                    state: ExtensionState::Asked,
                    granted_before: standing.extension.and_then(|e| e.granted_until()),
                    decided_by: None,
                };
                self.session.insert_extension(&extension).await?;
                self.ask_specialists(message, task, extension, None).await?;
            }
        }
        let passed_on = Reply::MoreTime(MoreTime::PassedOn { code: task.code(), until });
        self.mark_or_say(message, &passed_on).await
    }

    /// The request as the specialists see it; an answer to it decides.
    async fn ask_specialists(
        &mut self,
        message: &Message,
        task: &Task,
        extension: Extension,
        before: Option<DateTime<Utc>>,
    ) -> Result<(), AppError> {
        let school = extension.school;
        let reply = Reply::MoreTime(MoreTime::Asked {
            id: extension.id,
            school: self.school_name(school),
            code: task.code(),
            until: extension.until,
            before,
            due: Self::last_due(task),
            late: self.deadline_for(task, school).is_some_and(|end| !is_on_time(message.at, end)),
            words: extension.reason.clone(),
        });
        let about = About {
            tasks: vec![task.id],
            school: Some(school),
            extension: Some(extension.id),
            ..About::default()
        };
        self.tell_specialists(&reply, &about).await?;
        let what = if before.is_some() { "extension.changed" } else { "extension.asked" };
        let detail = json!({ "extension": extension.id, "task": task.id, "school": school,
                             "from": self.deadline_for(task, school), "until": extension.until,
                             "reason": extension.reason });
        self.audit(Some(message.member.id), what, detail).await?;
        let mut standing = self.standing(task.id, school);
        standing.extension = Some(extension);
        self.put_standing(task, standing, message.at).await?;
        Ok(())
    }

    /// What a school that asks for more time is told when it needs none.
    pub(super) fn not_needed(&self, task: &Task, school: SchoolId) -> Reply {
        let at = self.standing(task.id, school).settled_at;
        Reply::MoreTime(MoreTime::NotNeeded { school: self.school_name(school), code: task.code(), at })
    }

    /// "Thôi không xin lùi nữa, kịp rồi": an open request is taken back. Whether it was one.
    pub(super) async fn withdraw_wish(&mut self, message: &Message) -> Result<bool, AppError> {
        if !no_longer_wanted(&message.text) && !gives_up(&message.text) {
            return Ok(false);
        }
        let schools = message.member.schools();
        let quoted = self.bind(message).await?.quoted;
        let own = |s: &&crate::domain::Standing| {
            schools.contains(&s.school)
                && (quoted.is_empty() || quoted.contains(&s.task))
                && s.extension.as_ref().is_some_and(|e| e.state == ExtensionState::Asked)
        };
        let asked: Vec<Extension> =
            self.snapshot.standings.extended().filter(own).filter_map(|s| s.extension.clone()).collect();
        // Of several the one whose code is said; else all of them are meant.
        let said = |e: &&Extension| self.snapshot.task(e.task).is_some_and(|t| names(&message.text, t));
        let named: Vec<Extension> = asked.iter().filter(said).cloned().collect();
        let meant = if named.is_empty() { asked } else { named };
        for extension in meant.clone() {
            self.drop_wish(message, extension).await?;
        }
        Ok(!meant.is_empty())
    }

    /// An open request is over, and the specialists need not answer it.
    pub(super) async fn drop_wish(
        &mut self,
        message: &Message,
        mut extension: Extension,
    ) -> Result<(), AppError> {
        let Some(task) = self.snapshot.task(extension.task).cloned() else { return Ok(()) };
        extension.state = ExtensionState::Withdrawn;
        self.session.update_extension(&extension).await?;
        let school = extension.school;
        let detail = json!({ "extension": extension.id, "task": task.id, "school": school });
        self.audit(Some(message.member.id), "extension.withdrawn", detail).await?;
        let mut standing = self.standing(task.id, school);
        standing.extension = Some(extension);
        self.put_standing(&task, standing, message.at).await?;
        let (school_name, due) = (self.school_name(school), Self::last_due(&task));
        let reply = Reply::MoreTime(MoreTime::Withdrawn { school: school_name, code: task.code(), due });
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        self.tell_specialists(&reply, &about).await?;
        self.mark_or_say(message, &reply).await
    }

    /// "Chiều em nộp": the task was received, and silence until then. Where several tasks may be meant it is silence about
    /// all that are not due before.
    pub(super) async fn promise(
        &mut self,
        message: &Message,
        school: SchoolId,
        binding: &Binding,
        until: Option<Until>,
    ) -> Result<(), AppError> {
        let several: &[TaskId] = if let Binding::Several(tasks) = binding { tasks } else { &[] };
        let meant: Vec<Task> =
            binding.task().iter().chain(several).filter_map(|t| self.snapshot.task(*t)).cloned().collect();
        let Some(until) = until.map(|until| self.moment(&until)) else {
            for task in &meant {
                self.confirm_task(message, task, school, ConfirmationLevel::Received).await?;
            }
            return if meant.is_empty() {
                Ok(())
            } else {
                let codes = meant.iter().map(Task::code).collect::<Vec<_>>().join(", ");
                let school = self.school_name(school);
                let reply = Reply::Recorded { school, codes: vec![codes], done: false, on_behalf: false };
                self.mark_or_say(message, &reply).await
            };
        };
        match meant.as_slice() {
            [] => Ok(()),
            // What is promised for behind the deadline is asked for.
            [only] => self.wish(message, school, only, until, message.text.clone()).await,
            several => {
                let in_time = |t: &&Task| self.deadline_for(t, school).is_none_or(|d| is_on_time(until, d));
                let owed = |t: &&Task| !self.standing(t.id, school).is_settled();
                let kept: Vec<Task> = several.iter().filter(in_time).filter(owed).cloned().collect();
                for task in &kept {
                    self.put_promise(message, school, task, until).await?;
                }
                let codes = kept.iter().map(Task::code).collect::<Vec<_>>().join(", ");
                if kept.is_empty() {
                    return Ok(());
                }
                self.mark_or_say(message, &Reply::Promised { code: codes, until }).await
            }
        }
    }

    async fn note_promise(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        until: DateTime<Utc>,
    ) -> Result<(), AppError> {
        self.put_promise(message, school, task, until).await?;
        self.mark_or_say(message, &Reply::Promised { code: task.code(), until }).await
    }

    async fn put_promise(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        until: DateTime<Utc>,
    ) -> Result<(), AppError> {
        self.confirm_task(message, task, school, ConfirmationLevel::Received).await?;
        let mut standing = self.standing(task.id, school);
        standing.promise = Some(Promise { until, at: message.at });
        self.put_standing(task, standing, message.at).await?;
        Ok(())
    }

    /// A mark under the message; where there are none the same in words, privately where that is possible.
    pub(super) async fn mark_or_say(&mut self, message: &Message, reply: &Reply) -> Result<(), AppError> {
        if self.app.capabilities(&message.place.chat.platform).is_some_and(|c| c.react) {
            return self.react(&message.place, Reaction::Recorded).await;
        }
        self.reply_privately(&message.member.clone(), &message.place.chat, reply, Manner::default()).await?;
        Ok(())
    }

    pub(super) fn moment(&self, until: &Until) -> DateTime<Utc> {
        let office = &self.snapshot.office;
        let local: NaiveDateTime = until.moment(office.settings.deadline_hour);
        instant(local.date(), local.time(), office.zone)
    }
}

/// Whether the code of a task stands in a text.
pub(super) fn names(text: &str, task: &Task) -> bool {
    text.to_uppercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == task.code())
}
