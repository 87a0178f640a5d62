//! Time passes: what the planner finds due becomes rows of the outbox.

use chrono::{DateTime, Duration, Utc};

use super::compose::Fresh;
use super::load::look_back;
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{About, Deed};
use crate::domain::{BoardShown, ChatRef, Group, Month, OfficeId, Supply, TaskId, TaskState};
use crate::planner::{Audience, Planned, Post, caught_up, count, facts, next_due, plan};
use crate::store::{NewOutboxRow, OutboxBody, OutboxRow, Priority};
use crate::wording::announce;

/// Units of a message left free for each task of a month's post: " · 26/26" is to fit in later.
const COUNT_RESERVE: usize = 12;

/// What one look of the planner brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tick {
    /// Posts recorded.
    pub planned: usize,
    /// When to look again, if nothing changes before.
    pub next: Option<DateTime<Utc>>,
}

/// How long back a planned post is remembered by its key. A school year, so that no month is posted twice.
const MEMORY: Duration = Duration::days(400);

impl App {
    /// Lets the planner look at every office and records what is due.
    pub async fn tick(&self) -> Result<Tick, AppError> {
        let offices = self.store.read().await?.offices().await?;
        let mut all = Tick::default();
        for office in offices {
            let tick = self.tick_office(office.id).await?;
            all.planned += tick.planned;
            all.next = [all.next, tick.next].into_iter().flatten().min();
        }
        Ok(all)
    }

    async fn tick_office(&self, office: OfficeId) -> Result<Tick, AppError> {
        let mut work = Work::begin(self, office).await?;
        look_back(&mut work.session, &mut work.snapshot, work.now).await?;
        work.snapshot.posted = work.session.posted_keys(office, work.now - MEMORY).await?;
        let planned = plan(&work.snapshot, work.now);
        let seen = caught_up(&work.snapshot, work.now);
        for planned in &planned {
            work.record_planned(planned).await?;
            work.snapshot.posted.insert(planned.key.clone());
        }
        if let Some(seen) = seen {
            work.session.set_caught_up(office, seen).await?;
            work.snapshot.caught_up = Some(seen);
        }
        if !planned.is_empty() {
            work.refresh().await?;
        }
        let next = next_due(&work.snapshot, work.now);
        work.commit().await?;
        Ok(Tick { planned: planned.len(), next })
    }
}

impl Work<'_> {
    pub(super) async fn record_planned(&mut self, planned: &Planned) -> Result<(), AppError> {
        let Some(chat) = self.chat_of(planned.to) else { return Ok(()) };
        match &planned.post {
            Post::Month { month, tasks } => self.post_month(planned, &chat, *month, tasks).await,
            Post::Daily { tasks } if !self.tells_daily(planned.to, &chat, tasks).await? => Ok(()),
            post => {
                let edits = if let Post::Board { row, .. } = post { Some(*row) } else { None };
                let fresh = Fresh { to: planned.to, post: post.clone() };
                let body = serde_json::to_value(fresh)
                    .map_err(|e| crate::store::StoreError::Other(e.to_string()))?;
                let row = NewOutboxRow {
                    office: Some(self.office()),
                    key: Some(planned.key.clone()),
                    body: OutboxBody::Fresh(body),
                    edits,
                    about: About { tasks: tasks_of(post), ..About::default() },
                    priority: if edits.is_some() { Priority::Edit } else { Priority::Reminder },
                    send_before: planned.send_before,
                    reserved: is_of_a_deadline(post),
                    ..NewOutboxRow::reply(self.id(), chat, nothing(), self.now)
                };
                self.session.enqueue(&row).await?;
                Ok(())
            }
        }
    }

    fn chat_of(&self, to: Audience) -> Option<ChatRef> {
        match to {
            Audience::Group(group) => self.snapshot.group(group).map(|g| g.chat.clone()),
            Audience::Member(member) => {
                let member = self.snapshot.members.iter().find(|m| m.id == member)?;
                self.private_chat(member, None)
            }
        }
    }

    /// The month's post is written down in words at once: its parts are boards, known by their rows. Where messages
    /// cannot be edited its counts are told anew in the morning.
    async fn post_month(
        &mut self,
        planned: &Planned,
        chat: &ChatRef,
        month: Month,
        tasks: &[TaskId],
    ) -> Result<(), AppError> {
        let Audience::Group(group) = planned.to else { return Ok(()) };
        let Some(announcement) = facts(&self.snapshot, planned.to, &planned.post, self.now) else {
            return Ok(());
        };
        let manner = Manner {
            about: About { month: Some(month), ..About::default() },
            key: Some(planned.key.clone()),
            bulk: true,
            pin: true,
            send_before: planned.send_before,
            ..Manner::default()
        };
        self.unpin_boards(group, month).await?;
        let outgoing = announce(self.voice(), &announcement);
        let rows = self.say_parts(chat, &outgoing, manner, COUNT_RESERVE * tasks.len().min(60)).await?;
        self.mark_posted(tasks).await?;
        let told_anew = !self.app.capabilities(&chat.platform).is_some_and(|c| c.edit);
        for (row, about) in rows {
            let shown =
                about.tasks.iter().filter_map(|t| Some((*t, count(&self.snapshot, group, *t, self.now)?)));
            let board = BoardShown { group, month, shown: shown.collect(), row, at: self.now, told_anew };
            self.session.put_board(&board).await?;
        }
        Ok(())
    }

    /// Notes what the counts of a morning come to, and whether they are told: not where messages run short.
    async fn tells_daily(
        &mut self,
        to: Audience,
        chat: &ChatRef,
        tasks: &[TaskId],
    ) -> Result<bool, AppError> {
        let Audience::Group(group) = to else { return Ok(false) };
        let used = self.plan_of(&chat.platform).await?;
        let tells = used.is_none_or(|used| used.budget.most == 0 || used.budget.supply() < Supply::Scarce);
        let mut boards = self.snapshot.boards.clone();
        for board in boards.iter_mut().filter(|board| board.group == group && board.told_anew) {
            for (task, shown) in board.shown.iter_mut().filter(|(task, _)| tells && tasks.contains(task)) {
                *shown = count(&self.snapshot, group, *task, self.now).unwrap_or(*shown);
            }
            board.at = self.now;
            self.session.put_board(board).await?;
        }
        self.snapshot.boards = boards;
        Ok(tells)
    }

    async fn mark_posted(&mut self, tasks: &[TaskId]) -> Result<(), AppError> {
        let now = self.now;
        for task in self.snapshot.tasks_mut().iter_mut().filter(|t| tasks.contains(&t.id)) {
            if task.state == TaskState::Planned {
                task.state = TaskState::Posted;
                task.posted_at = Some(now);
                self.session.update_task(task).await?;
            }
        }
        Ok(())
    }

    /// A new month's board takes the place of the older ones at the head of the group (S10).
    async fn unpin_boards(&mut self, group: crate::domain::GroupId, month: Month) -> Result<(), AppError> {
        let Some(Group { chat, .. }) = self.snapshot.group(group).cloned() else { return Ok(()) };
        if !self.app.capabilities(&chat.platform).is_some_and(|c| c.pin) {
            return Ok(());
        }
        let older: Vec<_> = self
            .snapshot
            .boards
            .iter()
            .filter(|b| b.group == group && b.month < month)
            .map(|b| b.row)
            .collect();
        for row in older {
            let sent = self.session.outbox_row(row).await?;
            // After a move of the chat the old id would name somebody else's message.
            let pinned =
                |r: &OutboxRow| matches!(r.deed(), Some(Deed::Send { pin: true, .. })) && r.chat == chat;
            let Some(sent) = sent.filter(pinned) else {
                continue;
            };
            let Some(message) = sent.message_id else { continue };
            let key = format!("unpin/{row}");
            let unpin = NewOutboxRow {
                office: Some(self.office()),
                key: Some(key),
                priority: Priority::Reminder,
                ..NewOutboxRow::reply(self.id(), chat.clone(), Deed::Unpin { message }, self.now)
            };
            self.session.enqueue(&unpin).await?;
        }
        Ok(())
    }
}

/// Whether a post is about a deadline that comes or has passed.
fn is_of_a_deadline(post: &Post) -> bool {
    matches!(
        post,
        Post::Reminder { .. } | Post::Missing { .. } | Post::Overdue { .. } | Post::CallList { .. }
    )
}

fn tasks_of(post: &Post) -> Vec<TaskId> {
    match post {
        Post::Month { tasks, .. } | Post::Board { tasks, .. } | Post::Daily { tasks } => tasks.clone(),
        Post::Preview { .. } => vec![],
        Post::Reminder { tasks, .. } | Post::Overdue { tasks } | Post::CallList { tasks } => {
            tasks.iter().map(|(t, _)| *t).collect()
        }
        Post::Missing { lines, .. } => lines.iter().map(|(t, _, _)| *t).collect(),
        Post::Thanks { task } => vec![*task],
    }
}

/// The deed of a row whose body is decided later.
fn nothing() -> Deed {
    Deed::Unpin { message: String::new() }
}
