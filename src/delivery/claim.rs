//! Step 1: taking up rows that can leave now, and knowing when the next ones can.

use chrono::{DateTime, Duration, Utc};

use super::budget::Standing;
use super::send::LONGEST;
use super::{Delivery, Leaving};
use crate::store::{OutboxRow, Room, Session, StoreError};

/// How many rows one claim takes up at most: all of them are sent before the lease of the last ends, even when each
/// call takes as long as it may and they are sent one after the other.
pub(super) const BATCH: u32 = 4;

/// How long a row stays taken up when nothing is recorded.
const LEASE: Duration = Duration::seconds(120);

const _: () = assert!(LONGEST.as_secs() as i64 * (BATCH as i64) < LEASE.num_seconds());

/// In this time a platform takes at most `Limits::per_second` messages. A little more than a second: moments are kept in
/// whole milliseconds, ours and theirs. What counts is the record, which is later than the message, so that the platform
/// never counts more in its second than we in ours.
const SECOND: Duration = Duration::milliseconds(1005);

/// What a claim may take beside the limits of a platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Rows at most.
    pub rows: u32,
    /// A row that makes a new message may be among them; never two.
    pub new_message: bool,
    /// Messages and edits that nobody waits for may be among them.
    pub unasked: bool,
}

impl Delivery {
    /// Takes up at most `limit` rows that can leave at `now`, one at most that makes a new message; each is ours until its
    /// lease ends.
    pub async fn claim(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        self.take_up(now, Wanted { rows: limit, new_message: true, unasked: true }).await
    }

    pub(super) async fn take_up(
        &self,
        now: DateTime<Utc>,
        wanted: Wanted,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let mut session = self.store.begin().await?;
        let mut rows: Vec<OutboxRow> = Vec::new();
        for key in self.platforms.keys() {
            let taken = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let new_message = wanted.new_message && !rows.iter().any(|row| row.new_message);
            let supply = self.supply(&mut session, key, now).await?;
            let room = Room {
                worker: &self.worker,
                rows: wanted.rows.saturating_sub(taken),
                new_messages: new_message.into(),
                paced: self.left_this_second(&mut session, key, now).await?,
                unasked: wanted.unasked,
                reserved_only: supply.is_reserved(),
            };
            // A try is for what is needed most, and for anything where nothing of that kind waits.
            let one = Room { rows: room.rows.min(1), reserved_only: true, ..room };
            rows.extend(match self.standing(&mut session, key, now).await? {
                Standing::Rests => vec![],
                Standing::Open => session.claim(key, &room, now, now + LEASE).await?,
                Standing::Tries => match session.claim(key, &one, now, now + LEASE).await? {
                    tried if !tried.is_empty() || supply.is_reserved() => tried,
                    _ => session.claim(key, &Room { reserved_only: false, ..one }, now, now + LEASE).await?,
                },
            });
        }
        session.commit().await?;
        Ok(rows)
    }

    /// Keeps what takes longer than other calls taken up for as long as that may be; `None` when somebody else has it.
    pub(super) async fn hold(
        &self,
        leaving: Leaving,
        now: DateTime<Utc>,
    ) -> Result<Option<Leaving>, StoreError> {
        let Leaving { row, deed } = leaving;
        let longer = Duration::from_std(deed.carrying()).unwrap_or(LEASE);
        if longer.is_zero() {
            return Ok(Some(Leaving { row, deed }));
        }
        let mut session = self.begin(&row).await?;
        let held = session.hold_longer(row, now + longer + LEASE).await?;
        session.commit().await?;
        Ok(held.map(|row| Leaving { row, deed }))
    }

    /// When something can be claimed next; in the past when something can be claimed at once.
    pub async fn wakes_at(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut session = self.store.read().await?;
        let mut first: Option<DateTime<Utc>> = None;
        for key in self.platforms.keys() {
            let Some(chat) = session.due_chats(key, now).await?.into_iter().next() else { continue };
            let Some(open) = self.opens_at(&mut session, key, now).await? else { continue };
            let full = self.left_this_second(&mut session, key, now).await? == 0;
            let at =
                if full { chat.at.max(self.next_second(&mut session, key, now).await?) } else { chat.at };
            let at = at.max(open);
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
