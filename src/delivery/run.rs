//! The chain of the steps: all that can leave at one moment, and the loop.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::claim::BATCH;
use super::{Delivery, Round};
use crate::store::{OutboxRow, StoreError};

/// How many calls are under way at once: a slow chat holds up no other.
const AT_ONCE: usize = 8;

/// How long the loop rests after the database failed it.
const REST: Duration = Duration::seconds(5);

impl Delivery {
    /// Sends everything that can leave at `now`, one after the other, in an order that is the same every time.
    pub async fn run_once(&self, now: DateTime<Utc>) -> Result<Round, StoreError> {
        let mut taken = 0;
        loop {
            let rows = self.claim(now, BATCH).await?;
            if rows.is_empty() {
                return Ok(Round { taken, wakes_at: self.wakes_at(now).await? });
            }
            for row in rows {
                taken += 1;
                self.deliver(row, &|| now).await?;
            }
        }
    }

    /// Sends until cancelled, waking when something is enqueued and when something that waits can leave. What is under
    /// way is finished first.
    pub async fn run(self: Arc<Self>, cancel: CancellationToken) {
        let mut under_way = JoinSet::new();
        while !cancel.is_cancelled() {
            let wakes_at = match self.start(&mut under_way).await {
                Ok(wakes_at) => wakes_at,
                Err(error) => {
                    tracing::error!(code = error.code(), %error, "the outbox cannot be read");
                    Some(self.clock.now() + REST)
                }
            };
            let woken = async {
                match wakes_at {
                    Some(at) => self.clock.sleep_until(at).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = cancel.cancelled() => {}
                () = self.store.enqueued() => {}
                Some(_) = under_way.join_next() => {}
                () = woken => {}
            }
        }
        while under_way.join_next().await.is_some() {}
    }

    /// Starts as many calls as may be under way; when there is room left, the moment to look again.
    async fn start(
        self: &Arc<Self>,
        under_way: &mut JoinSet<()>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        while under_way.try_join_next().is_some() {}
        loop {
            let room = u32::try_from(AT_ONCE.saturating_sub(under_way.len())).unwrap_or_default();
            if room == 0 {
                return Ok(None);
            }
            let now = self.clock.now();
            let rows = self.claim(now, room.min(BATCH)).await?;
            if rows.is_empty() {
                // Asked with the same `now`, so that what becomes due meanwhile is slept for not at all. What was
                // enqueued meanwhile rings.
                return Ok(self.wakes_at(now).await?.map(|at| if at > now { at } else { now + REST }));
            }
            for row in rows {
                let this = Arc::clone(self);
                under_way.spawn(async move {
                    let id = row.id;
                    if let Err(error) = this.deliver(row, &|| this.clock.now()).await {
                        // Its lease runs out and it is taken up again.
                        tracing::error!(row = %id, code = error.code(), %error, "a row could not be settled");
                    }
                });
            }
        }
    }

    async fn deliver(
        &self,
        row: OutboxRow,
        now: &(dyn Fn() -> DateTime<Utc> + Sync),
    ) -> Result<(), StoreError> {
        let Some(leaving) = self.compose(row, now()).await? else { return Ok(()) };
        let result = self.send(&leaving).await;
        self.settle(&leaving, &result, now()).await
    }
}
