//! Step 1: taking up rows that can leave now, and knowing when the next ones can.

use chrono::{DateTime, Duration, Utc};

use super::Delivery;
use super::send::LONGEST;
use crate::store::{OutboxRow, Session, StoreError};

/// How many rows one claim takes up at most: all of them are sent before the lease of the last ends, even when each
/// call takes as long as it may and they are sent one after the other.
pub(super) const BATCH: u32 = 4;

/// How long a row stays taken up when nothing is recorded.
const LEASE: Duration = Duration::seconds(120);

const _: () = assert!(LONGEST.as_secs() as i64 * (BATCH as i64) < LEASE.num_seconds());

/// In this time a platform takes at most `Limits::per_second` messages.
const SECOND: Duration = Duration::seconds(1);

impl Delivery {
    /// Takes up at most `limit` rows that can leave at `now`; each is ours until its lease ends.
    pub async fn claim(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let mut session = self.store.begin().await?;
        let mut rows = Vec::new();
        for key in self.platforms.keys() {
            let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(limit));
            let may = left.min(self.left_this_second(&mut session, key, now).await?);
            rows.extend(session.claim(key, may, now, now + LEASE).await?);
        }
        session.commit().await?;
        Ok(rows)
    }

    /// When something can be claimed next; in the past when something can be claimed at once.
    pub async fn wakes_at(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut session = self.store.read().await?;
        let mut first: Option<DateTime<Utc>> = None;
        for key in self.platforms.keys() {
            let Some(chat) = session.due_chats(key, now).await?.into_iter().next() else { continue };
            let full = self.left_this_second(&mut session, key, now).await? == 0;
            let at =
                if full { chat.at.max(self.next_second(&mut session, key, now).await?) } else { chat.at };
            first = Some(first.map_or(at, |first| first.min(at)));
        }
        Ok(first)
    }

    async fn left_this_second(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<u32, StoreError> {
        let most = self.platforms.get(platform).map_or(0, |p| p.capabilities().limits.per_second).max(1);
        let sent = session.sent_lately(platform, now - SECOND, now).await?.len();
        Ok(most.saturating_sub(u32::try_from(sent).unwrap_or(u32::MAX)))
    }

    async fn next_second(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, StoreError> {
        let sent = session.sent_lately(platform, now - SECOND, now).await?;
        Ok(sent.first().map_or(now, |oldest| *oldest + SECOND))
    }
}
