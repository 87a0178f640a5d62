//! Receiving by long polling: a batch is confirmed by the offset of the next poll, and that is asked for only when every
//! update of the batch is safe.

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use serde_json::Value;
use teloxide::payloads::GetUpdates;
use teloxide::types::AllowedUpdate;

use super::call::{Door, POLL};
use super::decode::{Me, decode};
use super::fault::{Fault, Meaning};
use super::wire::Update;
use crate::chat::{Incoming, ReceiveError};

/// What we listen to. Told at every poll: the server remembers what it was told last, by whomever.
pub(super) const LISTENED: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::MyChatMember,
    AllowedUpdate::ChatMember,
];

/// How many updates one poll brings at most.
const BATCH: u8 = 100;

/// Where the polls are.
#[derive(Debug, Default)]
pub(super) struct Polls {
    state: Mutex<State>,
}

/// What was passed over: updates that are none of our business, and those that cannot be read.
#[derive(Debug, Default)]
pub(super) struct PassedOver(AtomicU64);

#[derive(Debug, Default)]
struct State {
    /// The next poll begins here; everything before is confirmed by it. None asks for whatever waits.
    offset: Option<i64>,
    /// Told on and not acknowledged.
    open: HashSet<String>,
    /// Where the poll after these begins.
    after: Option<i64>,
}

impl Polls {
    /// Polls until something is heard or the server says that nothing waits; then the list is empty.
    pub(super) async fn receive(
        &self,
        door: &Door,
        me: &Me,
        passed_over: &PassedOver,
        now: &(dyn Fn() -> DateTime<Utc> + Send + Sync),
    ) -> Result<Vec<Incoming>, ReceiveError> {
        let offset = self.state().offset;
        let poll = GetUpdates {
            offset: offset.and_then(|o| o.try_into().ok()),
            limit: Some(BATCH),
            timeout: Some(POLL.as_secs() as u32),
            allowed_updates: Some(LISTENED.to_vec()),
        };
        let answer = door.poll(poll).await.map_err(refused)?;
        let Value::Array(updates) = answer else {
            return Err(ReceiveError::Unreachable("the answer is no list".into()));
        };
        let last = updates.iter().filter_map(|u| u["update_id"].as_i64()).max();
        let heard: Vec<Incoming> =
            updates.into_iter().filter_map(|u| passed_over.read(u, me, now())).collect();
        let mut state = self.state();
        // An empty answer has confirmed all before the offset. The numbers may begin anew lower than it after a week of
        // silence, so that it is not asked for again.
        state.after = last.map(|last| last + 1);
        state.open = heard.iter().map(|i| i.key.clone()).collect();
        if heard.is_empty() {
            state.offset = state.after;
        }
        Ok(heard)
    }

    /// Notes which updates are safe; the next poll confirms them.
    pub(super) fn acknowledge(&self, keys: &[String]) {
        let mut state = self.state();
        for key in keys {
            state.open.remove(key);
        }
        if state.open.is_empty() {
            state.offset = state.after;
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PassedOver {
    /// One update as it came. What cannot be read is counted and never asked for again.
    pub(super) fn read(&self, update: Value, me: &Me, now: DateTime<Utc>) -> Option<Incoming> {
        let id = update["update_id"].as_i64();
        let kinds = |u: &Value| {
            let keys =
                u.as_object().map(|o| o.keys().filter(|k| *k != "update_id").cloned().collect::<Vec<_>>());
            keys.unwrap_or_default().join(" ")
        };
        let kind = kinds(&update);
        let heard = match serde_json::from_value::<Update>(update) {
            Ok(update) => decode(update, me, now),
            Err(error) => {
                tracing::warn!(update = id, kind, %error, "an update cannot be read");
                None
            }
        };
        if heard.is_none() {
            let passed_over = self.0.fetch_add(1, Ordering::Relaxed) + 1;
            // The first, the tenth, the hundredth: enough to see that there are many.
            if 10_u64.pow(passed_over.ilog10()) == passed_over {
                tracing::info!(update = id, kind, passed_over, "an update is not for the bot");
            } else {
                tracing::debug!(update = id, kind, passed_over, "an update is not for the bot");
            }
        }
        heard
    }
}

fn refused(fault: Fault) -> ReceiveError {
    match fault.meaning() {
        Some(Meaning::SecondReceiver) => ReceiveError::SecondReceiver,
        Some(Meaning::NotKnown) => ReceiveError::Unauthorized,
        _ => ReceiveError::Unreachable(match fault {
            Fault::Unreachable(why) | Fault::Said(why) => why,
            Fault::NoAnswer => "no answer".into(),
            Fault::TooMany(seconds) => format!("too many requests, {seconds} s"),
            Fault::Moved(_) => "moved".into(),
        }),
    }
}
