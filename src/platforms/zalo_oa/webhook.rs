//! Receiving: a request waits for its answer until what it brought is safe with us.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;

use super::decode::{decode, words};
use super::signature::SignedWith;
use crate::platforms::Now;
use crate::platforms::waiting::Waiting;

/// The header with the signature.
const HEADER: &str = "x-zevent-signature";

/// The largest request: an event is a few kilobytes.
const LARGEST: usize = 1024 * 1024;

/// What came by requests.
pub(super) struct Hook {
    key: String,
    signed: SignedWith,
    now: Now,
    pub(super) waiting: Waiting,
}

impl Hook {
    pub(super) fn new(key: String, signed: SignedWith, now: Now) -> Self {
        Self { key, signed, now, waiting: Waiting::default() }
    }

    /// The route at `path`.
    pub(super) fn router(self: Arc<Self>, path: &str) -> Router {
        Router::new().route(path, post(take)).layer(DefaultBodyLimit::max(LARGEST)).with_state(self)
    }
}

async fn take(State(hook): State<Arc<Hook>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let event: Value = serde_json::from_slice(&body).unwrap_or_default();
    let signature = headers.get(HEADER).and_then(|header| header.to_str().ok()).unwrap_or_default();
    if !hook.signed.signs(signature, &body, &words(&event["timestamp"])) {
        tracing::warn!(platform = hook.key, "a request to the webhook without a signature that holds");
        return StatusCode::UNAUTHORIZED;
    }
    let heard = decode(&event, &hook.key, (hook.now)());
    if heard.is_empty() {
        let name = words(&event["event_name"]);
        tracing::debug!(platform = hook.key, name, "an event is not for the bot");
    }
    if hook.waiting.until_safe(heard).await { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
