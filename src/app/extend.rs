//! More time for one school, or none: asked and decided, or given unasked; and letting a school off.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Extension, ExtensionState, Member, Reply, SchoolId, Task};

impl Work<'_> {
    pub(super) async fn press_decide(
        &mut self,
        message: &Message,
        id: &str,
        grant: bool,
    ) -> Result<Reply, AppError> {
        let Ok(id) = id.parse() else { return Ok(Reply::Nothing) };
        let Some(extension) = self.session.extension(id).await? else { return Ok(Reply::Nothing) };
        let reply = self.decide(&message.member, extension, grant).await?;
        self.reword_pressed(message, &reply).await?;
        Ok(reply)
    }

    /// Decides what a school has asked for. The first decision stands.
    pub(super) async fn decide(
        &mut self,
        by: &Member,
        mut extension: Extension,
        grant: bool,
    ) -> Result<Reply, AppError> {
        let task = self.session.task(extension.task).await?.filter(|t| t.office == self.office());
        let Some(task) = task else { return Ok(Reply::Nothing) };
        let school = self.school_name(extension.school);
        if extension.state != ExtensionState::Asked {
            let granted = extension.state == ExtensionState::Granted;
            return Ok(Reply::AlreadyDecided { school, code: task.code(), granted });
        }
        extension.state = if grant { ExtensionState::Granted } else { ExtensionState::Refused };
        extension.decided_by = Some(by.id);
        self.session.update_extension(&extension).await?;
        let what = if grant { "extension.granted" } else { "extension.refused" };
        self.settle_extension(by, &task, extension, what).await
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
        self.settle_extension(by, task, extension, "extension.granted").await
    }

    /// Whatever was decided stands in the standing, in the log, and is told to the school.
    async fn settle_extension(
        &mut self,
        by: &Member,
        task: &Task,
        extension: Extension,
        what: &str,
    ) -> Result<Reply, AppError> {
        let school = extension.school;
        let reply = Reply::ExtensionDecided {
            school: self.school_name(school),
            code: task.code(),
            until: extension.granted_until(),
            due: Self::last_due(task),
        };
        let detail = json!({ "extension": extension.id, "task": task.id, "school": school });
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
            self.people_of(school).iter().filter_map(|m| Self::private_chat(m, None)).collect();
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
