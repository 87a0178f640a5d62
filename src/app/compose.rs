//! The last look: what was planned is put into words from the facts of the second in which it leaves.

use std::collections::BTreeSet;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::speak::{Cut, fit};
use super::{App, AppError};
use crate::chat::{About, Deed, Named, Outgoing, Text};
use crate::domain::{Announcement, BoardShown, Member, OutboxId};
use crate::planner::{Audience, Post, Snapshot, count, facts};
use crate::store::{Compose, OutboxRow, Part, Session, StoreError};
use crate::wording::{Voice, announce};

/// The body of a row that is decided when it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fresh {
    pub(super) to: Audience,
    pub(super) post: Post,
}

#[async_trait]
impl Compose for App {
    async fn compose(
        &self,
        session: &mut Session,
        row: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<Vec<Part>, StoreError> {
        let (Some(office), crate::store::OutboxBody::Fresh(body)) = (row.office, &row.body) else {
            return Ok(vec![]);
        };
        let fresh: Fresh =
            serde_json::from_value(body.clone()).map_err(|e| StoreError::Other(e.to_string()))?;
        let loaded = self.kept.load(session, office).await.map_err(|e| match e {
            AppError::Store(e) => e,
            other => StoreError::Other(other.to_string()),
        })?;
        let parts = self.parts(session, row, &fresh, &loaded.snapshot, now).await;
        self.kept.give_back(loaded);
        parts
    }
}

impl App {
    async fn parts(
        &self,
        session: &mut Session,
        row: &OutboxRow,
        fresh: &Fresh,
        snapshot: &Snapshot,
        now: DateTime<Utc>,
    ) -> Result<Vec<Part>, StoreError> {
        let Some(announcement) = facts(snapshot, fresh.to, &fresh.post, now) else { return Ok(vec![]) };
        let voice = Voice { language: snapshot.office.language, zone: snapshot.office.zone };
        let mut outgoing = announce(voice, &announcement);
        outgoing.text.named = named(snapshot, &announcement, &row.chat.platform);
        self.add_links(session, snapshot, fresh, &mut outgoing, now).await?;
        if let Post::Board { row: board, .. } = &fresh.post {
            let parts = board_part(snapshot, *board, &announcement, outgoing, row.id);
            if let Some(shown) = board_shown(snapshot, *board, now) {
                session.put_board(&shown).await?;
            }
            return Ok(parts);
        }
        let Some(capabilities) = self.capabilities(&row.chat.platform) else { return Ok(vec![]) };
        let in_group = matches!(fresh.to, Audience::Group(_));
        let pick = in_group.then(|| self.picked_as(&row.chat)).flatten();
        let cut = Cut { pick: pick.as_deref(), ..Cut::default() };
        let parts = fit(&outgoing, capabilities, &row.about, voice, &cut);
        let part =
            |(i, (deed, about))| Part { id: if i == 0 { row.id } else { self.ids.next(now) }, deed, about };
        Ok(parts.into_iter().enumerate().map(part).collect())
    }
}

/// The schools that a reminder to a group names, with those who answer for them there; those that are to be called, by name alone.
fn named(snapshot: &Snapshot, announcement: &Announcement, platform: &str) -> Vec<Named> {
    if let Announcement::CallList { calls, .. } = announcement {
        return calls.iter().map(|call| Named { name: call.school.clone(), people: vec![] }).collect();
    }
    let Announcement::Reminder { tasks, .. } = announcement else { return vec![] };
    let names: BTreeSet<&String> = tasks.iter().filter_map(|line| line.missing.as_ref()).flatten().collect();
    let people = |name: &String| {
        let school = snapshot.schools.iter().find(|s| s.short_name == *name);
        let speaks = |m: &&Member| school.is_some_and(|s| m.schools().contains(&s.id));
        let accounts = snapshot.members.iter().filter(speaks).flat_map(|m| &m.accounts);
        accounts.filter(|account| account.platform == platform).cloned().collect()
    };
    names.into_iter().map(|name| Named { name: name.clone(), people: people(name) }).collect()
}

/// The part of a month's post that a board is: the head stands in the first part, the foot in the last.
fn board_part(
    snapshot: &Snapshot,
    board: OutboxId,
    announcement: &Announcement,
    outgoing: Outgoing,
    row: OutboxId,
) -> Vec<Part> {
    let Announcement::Month { tasks, .. } = announcement else { return vec![] };
    let (first, last) = ends(snapshot, board);
    let blocks = outgoing.text.blocks;
    let head = blocks.iter().take_while(|b| b.task.is_none()).count();
    let foot = blocks.iter().rev().take_while(|b| b.task.is_none()).count();
    let range =
        if first { 0 } else { head }..if last { blocks.len() } else { blocks.len().saturating_sub(foot) };
    let text = Text::of(blocks.get(range).unwrap_or_default().to_vec());
    let buttons = if last { outgoing.buttons } else { vec![] };
    let about = About { tasks: tasks.iter().map(|t| t.task).collect(), ..About::default() };
    vec![Part { id: row, deed: Deed::Edit { row: board, message: None, text, buttons }, about }]
}

fn ends(snapshot: &Snapshot, row: OutboxId) -> (bool, bool) {
    let Some(own) = snapshot.boards.iter().find(|b| b.row == row) else { return (true, true) };
    let siblings =
        || snapshot.boards.iter().filter(|b| b.group == own.group && b.month == own.month).map(|b| b.row);
    (siblings().min() == Some(row), siblings().max() == Some(row))
}

fn board_shown(snapshot: &Snapshot, row: OutboxId, now: DateTime<Utc>) -> Option<BoardShown> {
    let board = snapshot.boards.iter().find(|b| b.row == row)?;
    let counted = |(task, old): &(_, _)| (*task, count(snapshot, board.group, *task, now).unwrap_or(*old));
    Some(BoardShown { shown: board.shown.iter().map(counted).collect(), at: now, ..board.clone() })
}
