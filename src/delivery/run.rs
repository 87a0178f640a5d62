//! The chain of the steps: all that can leave at one moment, and the loop.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use super::claim::{BATCH, Wanted};
use super::{Delivery, Round};
use crate::store::{OutboxRow, Priority, StoreError};

/// How many calls are under way at once: a slow chat holds up no other.
const AT_ONCE: usize = 16;

/// A new message that has been without an answer for this long holds up the next one no longer. Most answers come within a
/// tenth of it; somebody who waits for a reply is to have it within two seconds.
const SLOW: Duration = Duration::milliseconds(1500);

/// How long the loop rests after the database failed it.
const REST: Duration = Duration::seconds(5);

/// The calls of one loop.
#[derive(Default)]
struct Calls {
    under_way: JoinSet<()>,
    /// When the calls that make a new message were taken up.
    messages: HashMap<Id, DateTime<Utc>>,
    /// When something that nobody waits for was taken up last.
    unasked: DateTime<Utc>,
}

impl Calls {
    /// Forgets the calls that have ended.
    fn tidy(&mut self) {
        while let Some(ended) = self.under_way.try_join_next_with_id() {
            self.ended(&ended);
        }
    }

    fn ended(&mut self, ended: &Result<(Id, ()), JoinError>) {
        self.messages.remove(&ended.as_ref().map_or_else(JoinError::id, |(id, ())| *id));
    }

    async fn one_ends(&mut self) -> bool {
        match self.under_way.join_next_with_id().await {
            Some(ended) => {
                self.ended(&ended);
                true
            }
            None => false,
        }
    }

    /// Until when the next message waits for the one before it; in the past when it need not.
    fn held_until(&self) -> DateTime<Utc> {
        self.messages.values().max().map_or_else(DateTime::default, |at| *at + SLOW)
    }
}

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
        let mut calls = Calls::default();
        while !cancel.is_cancelled() {
            let wakes_at = match self.start(&mut calls).await {
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
                true = calls.one_ends() => {}
                () = woken => {}
            }
        }
        while calls.one_ends().await {}
    }

    /// Starts as many calls as may be under way; the moment to look again, if nothing ends or is enqueued before.
    async fn start(self: &Arc<Self>, calls: &mut Calls) -> Result<Option<DateTime<Utc>>, StoreError> {
        loop {
            calls.tidy();
            let room = u32::try_from(AT_ONCE.saturating_sub(calls.under_way.len())).unwrap_or_default();
            if room == 0 {
                return Ok(None);
            }
            let now = self.clock.now();
            let (held_until, spaced_until) = (calls.held_until(), calls.unasked + self.spacing());
            let wanted = Wanted {
                rows: room.min(BATCH),
                new_message: held_until <= now,
                unasked: spaced_until <= now,
            };
            let rows = self.take_up(now, wanted).await?;
            if rows.is_empty() {
                // Asked with the same `now`, so that what becomes due meanwhile is slept for not at all. What was
                // enqueued meanwhile rings.
                let due = self.wakes_at(now).await?.map(|at| if at > now { at } else { now + REST });
                let held = [held_until, spaced_until].into_iter().filter(|at| *at > now);
                return Ok(due.map(|due| held.fold(due, DateTime::min)));
            }
            for row in rows {
                let makes_message = row.new_message;
                if row.priority > Priority::Reply {
                    calls.unasked = now;
                }
                let this = Arc::clone(self);
                let call = calls.under_way.spawn(async move {
                    let id = row.id;
                    if let Err(error) = this.deliver(row, &|| this.clock.now()).await {
                        // Its lease runs out and it is taken up again.
                        tracing::error!(row = %id, code = error.code(), %error, "a row could not be settled");
                    }
                });
                if makes_message {
                    calls.messages.insert(call.id(), now);
                }
            }
        }
    }

    /// Between two messages that nobody waits for: three quarters of what they may take of a second, so that many of them
    /// leave room at any moment for one that somebody waits for.
    fn spacing(&self) -> Duration {
        let per_second = self.platforms.values().map(|p| p.capabilities().limits.per_second).min();
        Duration::milliseconds(750 / i64::from(per_second.unwrap_or(1).max(1)))
    }

    async fn deliver(
        &self,
        row: OutboxRow,
        now: &(dyn Fn() -> DateTime<Utc> + Sync),
    ) -> Result<(), StoreError> {
        let Some(leaving) = self.compose(row, now()).await? else { return Ok(()) };
        let Some(leaving) = self.hold(leaving, now()).await? else { return Ok(()) };
        let result = self.send(&leaving).await;
        self.settle(&leaving, &result, now()).await
    }
}
