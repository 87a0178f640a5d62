//! More time for one school, or none: asked and decided, or given unasked; and letting a school off.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Extension, ExtensionState, Member, MoreTime, Reply, SchoolId, Task, TaskId, is_on_time};

/// What is decided about a wish for more time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decision {
    /// Granted: until the day asked for, or another one.
    Grant(Option<DateTime<Utc>>),
    /// Refused, with a word to the school; empty for none.
    Refuse(String),
}

impl Work<'_> {
    /// A button under a request: what it shows is what is granted, whatever was asked for since.
    pub(super) async fn press_decide(
        &mut self,
        message: &Message,
        id: &str,
        grant: bool,
    ) -> Result<Reply, AppError> {
        let (id, shown) = id.split_once(' ').unwrap_or((id, ""));
        let Ok(id) = id.parse() else { return Ok(Reply::Nothing) };
        let Some(extension) = self.session.extension(id).await? else { return Ok(Reply::Nothing) };
        let shown = shown.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        let decision = if grant { Decision::Grant(shown) } else { Decision::Refuse(String::new()) };
        let reply = self.decide(&message.member, extension, decision).await?;
        self.reword_pressed(message, &reply).await?;
        Ok(reply)
    }

    /// Decides what a school has asked for. The first decision stands.
    pub(super) async fn decide(
        &mut self,
        by: &Member,
        mut extension: Extension,
        decision: Decision,
    ) -> Result<Reply, AppError> {
        let task = self.session.task(extension.task).await?.filter(|t| t.office == self.office());
        let Some(task) = task else { return Ok(Reply::Nothing) };
        let school = self.school_name(extension.school);
        match extension.state {
            ExtensionState::Asked => {}
            ExtensionState::Withdrawn => {
                let due = Self::last_due(&task);
                return Ok(Reply::MoreTime(MoreTime::Withdrawn { school, code: task.code(), due }));
            }
            state => {
                let granted = state == ExtensionState::Granted;
                return Ok(Reply::MoreTime(MoreTime::AlreadyDecided { school, code: task.code(), granted }));
            }
        }
        let standing = self.standing(task.id, extension.school);
        let settled = standing.settled_at.filter(|_| standing.is_settled());
        let in_time = |at| self.deadline_for(&task, extension.school).is_none_or(|end| is_on_time(at, end));
        if settled.is_some_and(in_time) {
            return Ok(self.not_needed(&task, extension.school));
        }
        let (what, words) = match decision {
            Decision::Grant(until) => {
                extension.state = ExtensionState::Granted;
                extension.until = until.unwrap_or(extension.until);
                ("extension.granted", String::new())
            }
            Decision::Refuse(words) => {
                extension.state = ExtensionState::Refused;
                ("extension.refused", words)
            }
        };
        extension.decided_by = Some(by.id);
        self.session.update_extension(&extension).await?;
        self.settle_extension(by, &task, extension, what, words).await
    }

    /// What was granted is taken back: the task's own deadline counts again.
    pub(super) async fn revoke(
        &mut self,
        by: &Member,
        task: TaskId,
        school: SchoolId,
    ) -> Result<Reply, AppError> {
        let Some(task) = self.own_task(task).await? else { return Ok(Reply::Nothing) };
        let Some(mut extension) = self.standing(task.id, school).extension else {
            return Ok(Reply::MoreTime(MoreTime::OtherCount { code: task.code(), asking: vec![] }));
        };
        extension.state = ExtensionState::Withdrawn;
        extension.granted_before = None;
        extension.decided_by = Some(by.id);
        self.session.update_extension(&extension).await?;
        let detail = json!({ "extension": extension.id, "task": task.id, "school": school });
        self.audit(Some(by.id), "extension.revoked", detail).await?;
        let mut standing = self.standing(task.id, school);
        standing.extension = Some(extension);
        self.put_standing(&task, standing, self.now).await?;
        let (school_name, due) = (self.school_name(school), Self::last_due(&task));
        let reply = Reply::MoreTime(MoreTime::Revoked { school: school_name, code: task.code(), due });
        self.tell_school(&task, school, &reply).await?;
        Ok(reply)
    }

    /// Gives a school more time unasked, or what it has asked for.
    pub(super) async fn extend(
        &mut self,
        by: &Member,
        task: &Task,
        school: SchoolId,
        until: DateTime<Utc>,
        reason: String,
    ) -> Result<Reply, AppError> {
        let extension = Extension {
            id: self.id(),
            task: task.id,
            school,
            until,
            reason,
            at: self.now,
            state: ExtensionState::Granted,
            granted_before: None,
            decided_by: Some(by.id),
        };
        self.session.insert_extension(&extension).await?;
        self.settle_extension(by, task, extension, "extension.granted", String::new()).await
    }

    /// Whatever was decided stands in the standing, in the log, and is told to the school.
    async fn settle_extension(
        &mut self,
        by: &Member,
        task: &Task,
        extension: Extension,
        what: &str,
        words: String,
    ) -> Result<Reply, AppError> {
        let school = extension.school;
        let detail = json!({ "extension": extension.id, "task": task.id, "school": school,
                             "from": self.deadline_for(task, school), "until": extension.until,
                             "reason": extension.reason, "asked": extension.at, "words": words });
        let reply = Reply::MoreTime(MoreTime::Decided {
            school: self.school_name(school),
            code: task.code(),
            granted: extension.state == ExtensionState::Granted,
            until: extension.granted_until(),
            due: Self::last_due(task),
            words,
        });
        self.audit(Some(by.id), what, detail).await?;
        let mut standing = self.standing(task.id, school);
        standing.extension = Some(extension);
        self.put_standing(task, standing, self.now).await?;
        self.tell_school(task, school, &reply).await?;
        Ok(reply)
    }

    /// Tells the people of a school; in a group of theirs when none of them can be reached privately.
    pub(super) async fn tell_school(
        &mut self,
        task: &Task,
        school: SchoolId,
        reply: &Reply,
    ) -> Result<(), AppError> {
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let manner = Manner { about, ..Manner::default() };
        let chats: Vec<_> =
            self.present_of(school).iter().filter_map(|m| self.private_chat(m, None)).collect();
        for chat in &chats {
            self.reply(chat, reply, manner.clone()).await?;
        }
        if chats.is_empty() {
            let group = self.groups_of(task).into_iter().find(|g| g.holds(school));
            if let Some(group) = group {
                self.reply(&group.chat, reply, manner).await?;
            }
        }
        Ok(())
    }

    /// Lets a school off a task.
    pub(super) async fn exempt(
        &mut self,
        by: &Member,
        task: &Task,
        school: SchoolId,
        reason: String,
    ) -> Result<Reply, AppError> {
        let mut standing = self.standing(task.id, school);
        standing.exempt = Some(reason.clone());
        self.put_standing(task, standing, self.now).await?;
        self.audit(Some(by.id), "school.exempted", json!({ "task": task.id, "school": school })).await?;
        let reply = Reply::Exempted { school: self.school_name(school), code: task.code(), reason };
        self.tell_school(task, school, &reply).await?;
        Ok(reply)
    }
}
