//! Updates that wait, several in one transaction: loading an office and making an answer durable are paid once for all.

use std::collections::HashSet;
use std::sync::Arc;

use super::directory::Belongs;
use super::intake::looks_pasted;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{Heard, Incoming};
use crate::domain::{ChatRef, Group, InboxId, OfficeId};
use crate::store::InboxRow;
use crate::vietnamese::fold_words;

/// An update with the group of its chat.
type Placed = (InboxRow, Option<Group>);

/// How far some updates are.
#[derive(Default)]
struct Round {
    handled: usize,
    /// What comes later there waits.
    failed: HashSet<ChatRef>,
    /// The first part of an album takes the others with it.
    albums: HashSet<String>,
}

/// The album of an update with its chat; of one without, itself.
fn album(row: &InboxRow) -> String {
    match &row.incoming.heard {
        Heard::Message { origin, .. } if origin.album.is_some() => {
            let chat = &row.incoming.chat;
            format!("{}/{}/{}", chat.platform, chat.id, origin.album.as_deref().unwrap_or_default())
        }
        _ => row.id.to_string(),
    }
}

impl App {
    /// Handles updates, those of one chat in their order, each whatever becomes of the others. How many were handled; one
    /// that fails is tried again later, and what is behind it in its chat waits for it.
    pub async fn handle_together(self: &Arc<Self>, rows: Vec<InboxRow>) -> Result<usize, AppError> {
        let mut round = Round::default();
        let mut light: Vec<InboxRow> = Vec::new();
        for row in rows {
            if is_light(&row.incoming) {
                light.push(row);
                continue;
            }
            // What was said before it in its chat comes first.
            self.light(std::mem::take(&mut light), &mut round).await?;
            self.one(&row, &mut round).await?;
        }
        self.light(light, &mut round).await?;
        Ok(round.handled)
    }

    async fn light(self: &Arc<Self>, rows: Vec<InboxRow>, round: &mut Round) -> Result<(), AppError> {
        let mut offices: Vec<(OfficeId, Vec<Placed>)> = Vec::new();
        let mut alone = Vec::new();
        if rows.is_empty() {
            return Ok(());
        }
        let directory = self.directory.load(&mut self.store.read().await?).await?;
        for row in rows.into_iter().filter(|row| !round.failed.contains(&row.incoming.chat)) {
            match directory.of(&row.incoming) {
                Belongs::Office(office, group) => {
                    match offices.iter_mut().find(|(known, _)| *known == office) {
                        Some((_, rows)) => rows.push((row, group)),
                        None => offices.push((office, vec![(row, group)])),
                    }
                }
                Belongs::Alone => alone.push(row),
            }
        }
        for (office, rows) in offices {
            self.of_office(office, rows, round).await?;
        }
        for row in &alone {
            self.one(row, round).await?;
        }
        Ok(())
    }

    /// Those of one office, in one transaction if none of them fails, else each in its own.
    async fn of_office(
        self: &Arc<Self>,
        office: OfficeId,
        rows: Vec<Placed>,
        round: &mut Round,
    ) -> Result<(), AppError> {
        let rows = Arc::new(rows);
        if rows.len() > 1 {
            // A task of its own, so that a panic over one update ends that task and nothing else.
            let (this, all) = (Arc::clone(self), Arc::clone(&rows));
            let heard = tokio::spawn(async move { this.hear_together(office, &all).await }).await;
            match heard {
                Ok(Ok(true)) => {
                    round.handled += rows.len();
                    return Ok(());
                }
                Ok(Ok(false)) => {}
                Ok(Err(error)) => tracing::warn!(%error, "updates are handled one by one"),
                Err(panic) => tracing::warn!(%panic, "updates are handled one by one"),
            }
        }
        for (row, _) in rows.iter() {
            self.one(row, round).await?;
        }
        Ok(())
    }

    async fn one(self: &Arc<Self>, row: &InboxRow, round: &mut Round) -> Result<(), AppError> {
        if round.failed.contains(&row.incoming.chat) || !round.albums.insert(album(row)) {
            return Ok(());
        }
        if self.handle(row).await? {
            round.handled += 1;
        } else {
            round.failed.insert(row.incoming.chat.clone());
        }
        Ok(())
    }

    /// `false` when one of them had been handled: nothing of this happened.
    async fn hear_together(&self, office: OfficeId, rows: &[Placed]) -> Result<bool, AppError> {
        let mut work = Work::begin(self, office).await?;
        work.session.look_at_questions(work.now).await?;
        for (row, group) in rows {
            work.hear(&row.incoming, group.clone(), None).await?;
            work.refresh().await?;
        }
        let ids: Vec<InboxId> = rows.iter().map(|(row, _)| row.id).collect();
        if !work.session.all_handled(&ids, work.now).await? {
            return Ok(false);
        }
        work.commit().await?;
        Ok(true)
    }
}

/// Whether nothing has to be had, read or bound before its office is locked: short words that are new and no command, and presses.
pub fn is_light(incoming: &Incoming) -> bool {
    match &incoming.heard {
        Heard::Press { .. } => true,
        Heard::Message { text, attachments, origin, edited, .. } => {
            attachments.is_empty()
                && !edited
                && origin.album.is_none()
                && !text.starts_with('/')
                && !looks_pasted(text)
                && super::secret::stamp_of(incoming).is_none()
                && !fold_words(text).starts_with("bang ")
        }
        _ => false,
    }
}
