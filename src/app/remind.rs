//! "Nhắc ngay": the missing are reminded now, and only they.

use chrono::Duration;
use serde_json::json;

use super::AppError;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Member, Reply, SchoolId, Standing, Task, Tone};
use crate::planner::{Audience, Planned, Post, facts};

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
        // Decided again in the second in which it leaves: a school that answers meanwhile is not in it.
        let send_before = Some(if moment > self.now { moment } else { self.now + Duration::hours(12) });
        let asked = format!("asked/{}/{}", task.id, self.now.timestamp());
        let mut people = 0;
        for member in self.snapshot.members.clone() {
            let lines: Vec<_> = member
                .schools()
                .into_iter()
                .filter(|s| missing.contains(s))
                .map(|s| (task.id, moment, s))
                .collect();
            if lines.is_empty() || self.private_chat(&member, None).is_none() {
                continue;
            }
            let post = Post::Missing { tone: Tone::Asked, lines };
            let (key, to) = (format!("{asked}/{}", member.id), Audience::Member(member.id));
            if facts(&self.snapshot, to, &post, self.now).is_some() {
                self.record_planned(&Planned { key, to, post, send_before }).await?;
                people += 1;
            }
        }
        let mut groups = Vec::new();
        for group in self.groups_of(task) {
            let post = Post::Reminder { tone: Tone::Asked, tasks: vec![(task.id, moment)] };
            let (key, to) = (format!("{asked}/{}", group.id), Audience::Group(group.id));
            if facts(&self.snapshot, to, &post, self.now).is_some() {
                self.record_planned(&Planned { key, to, post, send_before }).await?;
                groups.push(group);
            }
        }
        self.audit(Some(by.id), "task.reminded", json!({ "task": task.id, "missing": missing.len() }))
            .await?;
        let groups = self.count_open(&groups).await?;
        Ok(Reply::Reminded { code: task.code(), missing: missing.len(), people, groups })
    }

    /// A task without a deadline has no ladder and no reminder of its own: its post is said again where schools are
    /// missing.
    async fn remind_undated(&mut self, task: &Task, missing: &[SchoolId]) -> Result<Reply, AppError> {
        if missing.is_empty() {
            return Ok(Reply::NobodyMissing { code: task.code() });
        }
        let line = crate::domain::TaskLine { count: None, ..self.line(task) };
        let mut groups = self.groups_of(task);
        groups.retain(|g| missing.iter().any(|s| g.holds(*s)));
        let about = About { tasks: vec![task.id], ..About::default() };
        for group in &groups {
            let manner = Manner { about: about.clone(), ..Manner::default() };
            self.reply(&group.chat, &Reply::Posted { task: line.clone() }, manner).await?;
        }
        let groups = self.count_open(&groups).await?;
        Ok(Reply::Reminded { code: task.code(), missing: missing.len(), people: 0, groups })
    }
}
