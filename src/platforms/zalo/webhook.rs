//! Receiving by webhook: a request waits for its answer until its update is safe with us.
//!
//! Zalo probes an address without the secret, without a body, or with an event of its own: such requests are answered and
//! change nothing, by whatever method they come. A request with a wrong secret is refused.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::any;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::listen;
use super::wire::{Us, events};
use crate::platforms::Now;
use crate::platforms::waiting::{Waiting, is_same};

/// The header by which Zalo's requests are known.
const HEADER: &str = "x-bot-api-secret-token";

/// The largest request: an event is a few kilobytes.
const LARGEST: usize = 1024 * 1024;

/// What came by requests.
pub(super) struct Hook {
    key: String,
    /// Where Zalo is to call, and whether it knows.
    pub(super) url: String,
    pub(super) told: AtomicBool,
    /// What Zalo said of the address, where it does not reach it.
    said: Mutex<Option<String>>,
    secret: String,
    us: Us,
    now: Now,
    pub(super) waiting: Waiting,
}

impl Hook {
    pub(super) fn new(key: String, url: String, secret: String, us: Us, now: Now) -> Self {
        let (told, said) = (AtomicBool::new(false), Mutex::default());
        Self { key, url, told, said, secret, us, now, waiting: Waiting::default() }
    }

    /// What Zalo said of the address.
    pub(super) fn said(&self) -> MutexGuard<'_, Option<String>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// By which Zalo's requests are known.
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// The route at `path`; it is to be served where Zalo was told.
    pub(super) fn router(self: Arc<Self>, path: &str) -> Router {
        Router::new().route(path, any(take)).layer(DefaultBodyLimit::max(LARGEST)).with_state(self)
    }
}

async fn take(State(hook): State<Arc<Hook>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(given) = headers.get(HEADER) else {
        tracing::debug!(platform = hook.key, "a request to the webhook without a secret");
        return StatusCode::OK;
    };
    if !is_same(given.as_bytes(), hook.secret.as_bytes()) {
        tracing::warn!(platform = hook.key, "a request to the webhook with a wrong secret");
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(delivered) = serde_json::from_slice(&body) else { return StatusCode::OK };
    let heard: Vec<_> = events(delivered)
        .iter()
        .filter_map(|event| listen::read(event, &hook.key, &hook.us, (hook.now)()))
        .collect();
    if hook.waiting.until_safe(heard).await { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
