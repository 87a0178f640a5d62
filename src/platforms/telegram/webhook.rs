//! Receiving by webhook: each request of Telegram's waits for its answer until its update is safe with us, and an answer
//! that comes too late is a failure, so that Telegram tells it again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use tokio::sync::{Notify, oneshot};

use super::Now;
use super::decode::Me;
use super::listen::PassedOver;
use crate::chat::Incoming;

/// Where Telegram's requests arrive.
pub(super) const PATH: &str = "/telegram/update";

/// The header by which they are known.
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// The largest request: an update is a few kilobytes.
const LARGEST: usize = 1024 * 1024;

/// How long a request waits for its update to be safe.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a receive that hears nothing takes: whoever receives is to see that we are there.
const QUIET: Duration = Duration::from_secs(30);

/// What came by requests.
pub(super) struct Hook {
    secret: String,
    me: Me,
    now: Now,
    passed_over: Arc<PassedOver>,
    state: Mutex<Requests>,
    bell: Notify,
}

#[derive(Default)]
struct Requests {
    /// Not told on yet.
    fresh: Vec<(Incoming, oneshot::Sender<()>)>,
    /// Told on and not safe yet, by key.
    open: HashMap<String, oneshot::Sender<()>>,
}

impl Hook {
    pub(super) fn new(secret: String, me: Me, now: Now, passed_over: Arc<PassedOver>) -> Self {
        Self { secret, me, now, passed_over, state: Mutex::default(), bell: Notify::new() }
    }

    /// The route; it is to be served where Telegram was told.
    pub(super) fn router(self: Arc<Self>) -> Router {
        Router::new().route(PATH, post(take)).layer(DefaultBodyLimit::max(LARGEST)).with_state(self)
    }

    /// What has come, as soon as something has; nothing after a while.
    pub(super) async fn receive(&self) -> Vec<Incoming> {
        // A request that comes between the look and the wait has rung the bell for it.
        if self.state().fresh.is_empty() && tokio::time::timeout(QUIET, self.bell.notified()).await.is_err() {
            return vec![];
        }
        let mut state = self.state();
        // Whoever waited too long has gone, and comes again.
        state.open.retain(|_, waits| !waits.is_closed());
        let fresh: Vec<_> = state.fresh.drain(..).filter(|(_, waits)| !waits.is_closed()).collect();
        fresh
            .into_iter()
            .map(|(incoming, waits)| {
                state.open.insert(incoming.key.clone(), waits);
                incoming
            })
            .collect()
    }

    /// Answers the requests of these updates.
    pub(super) fn acknowledge(&self, keys: &[String]) {
        let mut state = self.state();
        for waits in keys.iter().filter_map(|key| state.open.remove(key)) {
            // Whoever has gone meanwhile comes again, and the key is known.
            let _ = waits.send(());
        }
    }

    fn state(&self) -> MutexGuard<'_, Requests> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn take(State(hook): State<Arc<Hook>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let given = headers.get(HEADER).map(|v| v.as_bytes()).unwrap_or_default();
    if !is_same(given, hook.secret.as_bytes()) {
        tracing::warn!(platform = "telegram", "a request to the webhook without its secret");
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(update) = serde_json::from_slice(&body) else { return StatusCode::BAD_REQUEST };
    let Some(incoming) = hook.passed_over.read(update, &hook.me, (hook.now)()) else {
        return StatusCode::OK;
    };
    let (waits, safe) = oneshot::channel();
    hook.state().fresh.push((incoming, waits));
    hook.bell.notify_one();
    match tokio::time::timeout(PATIENCE, safe).await {
        Ok(Ok(())) => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Compares in a time that does not tell where the difference is.
fn is_same(given: &[u8], secret: &[u8]) -> bool {
    let differ = given.iter().zip(secret).fold(0, |differ, (a, b)| differ | std::hint::black_box(a ^ b));
    given.len() == secret.len() && std::hint::black_box(differ) == 0
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn a_secret_is_the_same_whole_or_not() {
        assert!(is_same(b"abc", b"abc"));
        for other in [&b"abd"[..], b"ab", b"abcd", b""] {
            assert!(!is_same(other, b"abc"));
        }
    }
}
