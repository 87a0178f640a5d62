//! Step 2: the last look. What is put into words only now is composed; an edit learns which message it edits.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};

use super::settle::backoff;
use super::{Delivery, Leaving};
use crate::chat::Deed;
use crate::store::{OutboxBody, OutboxRow, OutboxState, Part, Session, StoreError};

/// After so many attempts a row whose words cannot be had is given up.
const MOST_ATTEMPTS: u32 = 8;

/// How an edit waits for the message that it edits, when the queue did not know of it.
const WAIT: Duration = Duration::seconds(5);

/// What an edit finds of the message that it edits.
enum Edited {
    Message(String),
    NotYet,
    /// It was out and is no longer there: deleted, or left behind when its chat moved.
    Lost {
        pinned: bool,
    },
    Never,
}

impl Delivery {
    /// The words in which a row that was taken up leaves; committed. `None` when it does not leave now: there is
    /// nothing left to say, its message to edit is not out, or composing failed; the row says which.
    pub async fn compose(&self, row: OutboxRow, now: DateTime<Utc>) -> Result<Option<Leaving>, StoreError> {
        match &row.body {
            OutboxBody::Ready(deed @ Deed::Edit { .. }) => {
                let deed = deed.clone();
                let session = self.begin(&row).await?;
                self.aim(session, row, deed, now).await
            }
            OutboxBody::Ready(deed) if self.gathers(&row, deed) => {
                let deed = deed.clone();
                self.gather(row, deed, now).await
            }
            OutboxBody::Ready(deed) => {
                let mut deed = deed.clone();
                let mut session = self.store.read().await?;
                in_topic(&mut session, &row, &mut deed).await?;
                Ok(Some(Leaving { deed, row }))
            }
            OutboxBody::Fresh(_) => self.compose_fresh(row, now).await,
        }
    }

    async fn compose_fresh(&self, row: OutboxRow, now: DateTime<Utc>) -> Result<Option<Leaving>, StoreError> {
        let mut session = self.begin(&row).await?;
        let task = tokio::spawn({
            let (compose, row) = (Arc::clone(&self.compose), row.clone());
            async move {
                let parts = compose.compose(&mut session, &row, now).await;
                (session, parts)
            }
        });
        // A task of its own, so that a panic ends that task and rolls its transaction back, and nothing else.
        let (mut session, parts) = match task.await {
            Ok((session, Ok(parts))) => (session, parts),
            Ok((session, Err(error))) => {
                drop(session);
                return self.compose_failed(&row, &error, now).await;
            }
            Err(_) => return self.end(&row, OutboxState::Failed, "panic while composing", now).await,
        };
        let Some(first) = parts.first().cloned() else {
            session.record_ended(&row, OutboxState::Dropped, "nothing left to say", now).await?;
            session.commit().await?;
            return Ok(None);
        };
        if !session.keep_parts(&row, &parts, now).await? {
            return Ok(None);
        }
        let Part { deed, about, .. } = first;
        let row = OutboxRow { said: Some(deed.clone()), about, ..row };
        if matches!(deed, Deed::Edit { .. }) {
            return self.aim(session, row, deed, now).await;
        }
        let mut deed = deed;
        in_topic(&mut session, &row, &mut deed).await?;
        session.commit().await?;
        Ok(Some(Leaving { row, deed }))
    }

    /// Fills in the message that an edit edits; one that is lost is said anew in its place. What `session` holds is kept
    /// only if it leaves.
    async fn aim(
        &self,
        mut session: Session,
        row: OutboxRow,
        mut deed: Deed,
        now: DateTime<Utc>,
    ) -> Result<Option<Leaving>, StoreError> {
        let Deed::Edit { row: target, message, text, buttons } = &mut deed else { return Ok(None) };
        let found = match session.outbox_row(*target).await? {
            Some(said) if said.state == OutboxState::Pending => Edited::NotYet,
            Some(said) if said.state == OutboxState::Sent => {
                let pinned = matches!(said.deed(), Some(Deed::Send { pin: true, .. }));
                // After a move of the chat the old id would name somebody else's message.
                let here = said.message_id.filter(|_| said.chat == row.chat);
                here.map_or(Edited::Lost { pinned }, Edited::Message)
            }
            _ => Edited::Never,
        };
        match found {
            Edited::Message(id) => *message = Some(id),
            Edited::Lost { .. } if !row.new_message => {
                session.put_back_as_message(&row).await?;
                session.commit().await?;
                return Ok(None);
            }
            Edited::Lost { pinned } => {
                let thread = session.chat(&row.chat).await?.topic;
                deed = Deed::Send {
                    text: std::mem::take(text),
                    buttons: std::mem::take(buttons),
                    reply_to: None,
                    thread,
                    pin: pinned,
                    file: None,
                    picture: None,
                };
            }
            Edited::NotYet => {
                drop(session);
                return self.put_off(&row, "its message is not out yet", now + WAIT).await;
            }
            Edited::Never => {
                drop(session);
                return self.end(&row, OutboxState::Dropped, "its message is not out", now).await;
            }
        }
        session.commit().await?;
        Ok(Some(Leaving { row, deed }))
    }

    async fn compose_failed(
        &self,
        row: &OutboxRow,
        error: &StoreError,
        now: DateTime<Utc>,
    ) -> Result<Option<Leaving>, StoreError> {
        tracing::warn!(row = %row.id, code = error.code(), "a row could not be put into words");
        // Attempts count refusals for pace as well: this is given up only when it failed the last time, too.
        let again = row.last_error.as_deref() == Some(error.code());
        if row.attempts >= MOST_ATTEMPTS && again {
            return self.end(row, OutboxState::Failed, error.code(), now).await;
        }
        self.put_off(row, error.code(), now + backoff(row.attempts)).await
    }

    async fn end(
        &self,
        row: &OutboxRow,
        state: OutboxState,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Leaving>, StoreError> {
        let mut session = self.begin(row).await?;
        session.record_ended(row, state, why, now).await?;
        session.commit().await?;
        Ok(None)
    }

    async fn put_off(
        &self,
        row: &OutboxRow,
        why: &str,
        until: DateTime<Utc>,
    ) -> Result<Option<Leaving>, StoreError> {
        let mut session = self.begin(row).await?;
        session.put_back(row, why, until).await?;
        session.commit().await?;
        Ok(None)
    }
}

/// A message that replies to none stands in the topic in which the bot speaks.
async fn in_topic(session: &mut Session, row: &OutboxRow, deed: &mut Deed) -> Result<(), StoreError> {
    if let Deed::Send { reply_to: None, thread, .. } = deed {
        *thread = session.chat(&row.chat).await?.topic;
    }
    Ok(())
}
