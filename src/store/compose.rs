//! The last look before a message leaves: what `delivery` asks of whoever decides what is said.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::{OutboxRow, Session, StoreError};
use crate::chat::{About, Deed};
use crate::domain::OutboxId;

/// Puts a row whose body is [`super::OutboxBody::Fresh`] into words, at the second in which it is sent.
#[async_trait]
pub trait Compose: Send + Sync {
    /// The parts that it comes to at `now`, none when there is nothing left to say. `session` is a writing one of the
    /// row's office and is committed, with the parts in it, before anything is sent: what is written down here (a board
    /// as shown) is written down with the words. Called again for every attempt.
    ///
    /// The first part is the row itself, whatever its id here; each further one becomes a row with the id that it was
    /// given, which must be a new one.
    async fn compose(
        &self,
        session: &mut Session,
        row: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<Vec<Part>, StoreError>;
}

/// One message of several, or the only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The outbox row that it will be.
    pub id: OutboxId,
    /// What is done.
    pub deed: Deed,
    /// What it is about.
    pub about: About,
}
