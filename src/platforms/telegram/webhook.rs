//! Receiving by webhook: each request of Telegram's waits for its answer until its update is safe with us, and an answer
//! that comes too late is a failure, so that Telegram tells it again.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use super::decode::Me;
use super::listen::PassedOver;
use crate::platforms::Now;
use crate::platforms::waiting::{Waiting, is_same};

/// Where Telegram's requests arrive.
pub(super) const PATH: &str = "/telegram/update";

/// The header by which they are known.
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// The largest request: an update is a few kilobytes.
const LARGEST: usize = 1024 * 1024;

/// What came by requests.
pub(super) struct Hook {
    secret: String,
    me: Me,
    now: Now,
    passed_over: Arc<PassedOver>,
    pub(super) waiting: Waiting,
}

impl Hook {
    pub(super) fn new(secret: String, me: Me, now: Now, passed_over: Arc<PassedOver>) -> Self {
        Self { secret, me, now, passed_over, waiting: Waiting::default() }
    }

    /// The route; it is to be served where Telegram was told.
    pub(super) fn router(self: Arc<Self>) -> Router {
        Router::new().route(PATH, post(take)).layer(DefaultBodyLimit::max(LARGEST)).with_state(self)
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
    if hook.waiting.until_safe([incoming]).await { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
