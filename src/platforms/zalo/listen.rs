//! Receiving by polling. Zalo knows neither an offset nor an acknowledgement: an update may come again at every poll, or never.
//! What came is kept here until it is safe with us; what came again is dropped, as long as it is remembered, and known by
//! its key on disk.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::call::{Door, POLL};
use super::decode::decode;
use super::wire::{Event, Us, events};
use crate::chat::{Incoming, ReceiveError};

/// Between two polls at least: with replay, an update that comes again at once would make a dozen a second.
const FLOOR: Duration = Duration::from_secs(1);

/// How many updates are remembered as safe.
const REMEMBERED: usize = 1_000;

/// Where the polls are.
#[derive(Debug, Default)]
pub(super) struct Polls {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    last: Option<Instant>,
    /// Handed out to us, and not safe yet: nobody else has it.
    unsafe_yet: Vec<Incoming>,
    safe: HashSet<String>,
    order: VecDeque<String>,
}

impl Polls {
    /// What is not safe yet, else what one poll brings; the list is empty when nothing new was said.
    pub(super) async fn receive(
        &self,
        door: &Door,
        key: &str,
        us: &Us,
        now: &(dyn Fn() -> DateTime<Utc> + Send + Sync),
    ) -> Result<Vec<Incoming>, ReceiveError> {
        let waiting = self.state().unsafe_yet.clone();
        if !waiting.is_empty() {
            return Ok(waiting);
        }
        let next = self.state().last.map(|last| last + FLOOR);
        if let Some(next) = next {
            tokio::time::sleep_until(next).await;
        }
        self.state().last = Some(Instant::now());
        // The documentation's type is a string.
        let answer = door.poll("getUpdates", &json!({"timeout": POLL.as_secs().to_string()})).await;
        let delivered = match answer {
            Ok(delivered) => delivered,
            Err(fault) if fault.is_idle() => return Ok(Vec::new()),
            Err(fault) => return Err(fault.for_receiving()),
        };
        let heard = events(delivered).into_iter().filter_map(|event| read(&event, key, us, now()));
        let mut state = self.state();
        let heard: Vec<_> = heard.filter(|incoming| !state.safe.contains(&incoming.key)).collect();
        state.unsafe_yet.clone_from(&heard);
        Ok(heard)
    }

    /// Notes which updates are safe.
    pub(super) fn acknowledge(&self, keys: &[String]) {
        let mut state = self.state();
        state.unsafe_yet.retain(|incoming| !keys.contains(&incoming.key));
        for key in keys {
            if state.safe.insert(key.clone()) {
                state.order.push_back(key.clone());
            }
        }
        while state.order.len() > REMEMBERED {
            let Some(oldest) = state.order.pop_front() else { break };
            state.safe.remove(&oldest);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One event as it came. Of what is not for the bot the log has the name alone.
pub(super) fn read(event: &Value, key: &str, us: &Us, now: DateTime<Utc>) -> Option<Incoming> {
    let event = Event::read(event);
    let name = event.name.clone();
    let heard = decode(event, key, us, now);
    if heard.is_none() {
        tracing::debug!(platform = key, name, "an event is not for the bot");
    }
    heard
}
