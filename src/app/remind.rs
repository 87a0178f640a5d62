//! "Nhắc ngay": the missing are reminded now, and only they.

use serde_json::json;

use super::AppError;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Member, Reply, SchoolId, Standing, Task, Tone};
use crate::planner::{Audience, Post, facts};

impl Work<'_> {
    /// Reminds who is missing from a task: each person privately, each group that holds a missing school.
    pub(super) async fn remind_now(&mut self, by: &Member, task: &Task) -> Result<Reply, AppError> {
        let quiet = |school: &SchoolId| {
            let standing: Option<&Standing> = self.snapshot.standings.get(task.id, *school);
            standing.is_some_and(|s| s.is_quiet_at(self.now))
        };
        let missing: Vec<SchoolId> = self.progress(task).missing.into_iter().filter(|s| !quiet(s)).collect();
        let Some(moment) = self.deadline(task).filter(|_| !missing.is_empty()) else {
            return self.remind_undated(task, &missing).await;
        };
        let mut people = 0;
        for member in self.snapshot.members.clone() {
            let lines: Vec<_> = member
                .schools()
                .into_iter()
                .filter(|s| missing.contains(s))
                .map(|s| (task.id, moment, s))
                .collect();
            let Some(chat) = Self::private_chat(&member, None).filter(|_| !lines.is_empty()) else {
                continue;
            };
            let post = Post::Missing { tone: Tone::Asked, lines };
            if let Some(said) = facts(&self.snapshot, Audience::Member(member.id), &post, self.now) {
                self.announce(&chat, &said, self.reminder_manner(task)).await?;
                people += 1;
            }
        }
        let mut groups = 0;
        for group in self.groups_of(task) {
            let post = Post::Reminder { tone: Tone::Asked, tasks: vec![(task.id, moment)] };
            if let Some(said) = facts(&self.snapshot, Audience::Group(group.id), &post, self.now) {
                self.announce(&group.chat, &said, self.reminder_manner(task)).await?;
                groups += 1;
            }
        }
        self.audit(Some(by.id), "task.reminded", json!({ "task": task.id, "missing": missing.len() }))
            .await?;
        Ok(Reply::Reminded { code: task.code(), missing: missing.len(), people, groups })
    }

    /// A task without a deadline has no ladder; who is missing is said to the officer, who knows what to do.
    async fn remind_undated(&mut self, task: &Task, missing: &[SchoolId]) -> Result<Reply, AppError> {
        if missing.is_empty() {
            return Ok(Reply::NobodyMissing { code: task.code() });
        }
        let line = crate::domain::TaskLine { count: None, ..self.line(task) };
        let groups = self.groups_of(task);
        for group in &groups {
            self.reply(&group.chat, &Reply::Posted { task: line.clone() }, self.reminder_manner(task))
                .await?;
        }
        Ok(Reply::Reminded { code: task.code(), missing: missing.len(), people: 0, groups: groups.len() })
    }

    fn reminder_manner(&self, task: &Task) -> Manner {
        Manner { about: About { tasks: vec![task.id], ..About::default() }, ..Manner::default() }
    }
}
