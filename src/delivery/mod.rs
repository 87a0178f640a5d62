//! Claim, compose, send, settle: the only caller of `Platform::send`.
//!
//! A row is taken up by lease and that is committed; a row that is put into words only now is composed and that is
//! committed; the platform is called; what became of it is committed. So whenever the program ends, the next one finds
//! each row before or after its call, or, when it ended between the call and the record, with a lease that runs out:
//! only then is a message said twice, and the row counts it.
//!
//! At most one message is said twice however the program ends, because new messages leave one after the other: the next is
//! taken up when the one before it is recorded, or has been without an answer for `SLOW`. Of what a run left without a
//! record only the newest is sent again; older ones were slow, and are treated like calls that were never answered. Deeds
//! that come to the same when they are done twice (edits, marks, pins, answers to presses) go several at once.
//!
//! The steps are functions of their own, chained by [`Delivery::run_once`] (everything that can be sent at one moment,
//! one after the other) and [`Delivery::run`] (until cancelled). Pace is kept in the database: after a
//! message its chat waits until the next slot, whoever sends then. To add a decision after a failed call: an arm of
//! `chat::NextStep` and of [`Delivery::settle`].

mod budget;
mod claim;
mod compose;
mod pace;
mod run;
mod send;
mod settle;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::chat::{Deed, Platform};
use crate::clock::{Clock, Ids};
use crate::store::{Compose, OutboxRow, Session, Store, StoreError};

/// Sends what the outbox holds.
pub struct Delivery {
    store: Store,
    clock: Arc<dyn Clock>,
    ids: Arc<Ids>,
    /// By key, in an order that is the same in every run.
    platforms: BTreeMap<String, Arc<dyn Platform>>,
    compose: Arc<dyn Compose>,
    /// The name of this run: what another one took up and never recorded is told apart by it.
    worker: String,
    /// See [`Delivery::answer_within`].
    patience: Duration,
    /// Bots of which one message was tried, because their platforms had none left for them.
    resting: Mutex<BTreeSet<String>>,
}

/// A row with the words in which it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// The row, taken up.
    pub row: OutboxRow,
    /// What is done.
    pub deed: Deed,
}

/// What [`Delivery::run_once`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// How many rows it took up, whatever became of them.
    pub taken: usize,
    /// When something can be sent next, as far as is known now.
    pub wakes_at: Option<DateTime<Utc>>,
}

impl Delivery {
    /// Sends through these platforms, by their keys; rows of other platforms are left alone.
    pub fn new(
        store: Store,
        clock: Arc<dyn Clock>,
        ids: Arc<Ids>,
        platforms: HashMap<String, Arc<dyn Platform>>,
        compose: Arc<dyn Compose>,
    ) -> Self {
        Self {
            store,
            clock,
            ids,
            platforms: platforms.into_iter().collect(),
            compose,
            worker: Ids::name_of_run(),
            patience: send::LONGEST,
            resting: Mutex::default(),
        }
    }

    /// Waits for the answer to a call this long instead of 25 seconds; never longer than that, so that no lease ends
    /// under a call.
    #[must_use]
    pub fn answer_within(self, patience: Duration) -> Self {
        Self { patience: patience.min(send::LONGEST), ..self }
    }

    fn resting(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.resting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A writing transaction of whoever's row it is.
    async fn begin(&self, row: &OutboxRow) -> Result<Session, StoreError> {
        match row.office {
            Some(office) => self.store.begin_for(office).await,
            None => self.store.begin().await,
        }
    }
}
