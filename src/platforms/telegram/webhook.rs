//! Receiving by webhook: each request of Telegram's waits for its answer until its update is safe with us, and an answer
//! that comes too late is a failure, so that Telegram tells it again.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use chrono::{DateTime, Duration, Utc};
use reqwest::Url;
use teloxide::payloads::{GetWebhookInfo, SetWebhook};

use super::call::Door;
use super::decode::{KEY, Me};
use super::fault::Fault;
use super::listen::{LISTENED, PassedOver};
use crate::platforms::Now;
use crate::platforms::waiting::{Waiting, is_same};

/// Where Telegram's requests arrive.
pub(super) const PATH: &str = "/telegram/update";

/// The header by which they are known.
const HEADER: &str = "x-telegram-bot-api-secret-token";

/// The largest request: an update is a few kilobytes.
const LARGEST: usize = 1024 * 1024;

/// How often Telegram is asked how it fares with the webhook.
const LOOKED: Duration = Duration::minutes(5);

/// What came by requests.
pub(super) struct Hook {
    address: Url,
    secret: String,
    watched: Mutex<Watched>,
    me: Me,
    now: Now,
    passed_over: Arc<PassedOver>,
    pub(super) waiting: Waiting,
}

/// How Telegram fared with the webhook.
#[derive(Debug, Default)]
struct Watched {
    looked_at: Option<DateTime<Utc>>,
    /// The last failure that was told, in seconds since 1970.
    failed_at: i64,
    /// Nothing waited when it was looked at last, or nothing had failed for a while.
    fine: bool,
}

impl Hook {
    pub(super) fn new(address: Url, secret: String, me: Me, now: Now, passed_over: Arc<PassedOver>) -> Self {
        let watched = Mutex::default();
        Self { address, secret, watched, me, now, passed_over, waiting: Waiting::default() }
    }

    /// Tells Telegram where to send updates.
    pub(super) async fn set(&self, door: &Door) -> Result<(), Fault> {
        let hook = SetWebhook {
            secret_token: Some(self.secret.clone()),
            allowed_updates: Some(LISTENED.to_vec()),
            ..SetWebhook::new(self.address.clone())
        };
        door.call(hook).await.map(drop)
    }

    /// Now and then asks Telegram how it fares: a webhook that another program took away is set again, and what keeps
    /// Telegram from us is told in the log. Without it a wrong certificate would look like a quiet day.
    pub(super) fn watch(self: &Arc<Self>, door: &Door) {
        let now = (self.now)();
        let mut watched = self.watched();
        if watched.looked_at.is_some_and(|at| now - at < LOOKED) {
            return;
        }
        watched.looked_at = Some(now);
        drop(watched);
        let (hook, door) = (Arc::clone(self), door.clone());
        tokio::spawn(async move {
            if let Err(fault) = hook.look(&door).await {
                let error = fault.for_deed(KEY);
                tracing::warn!(platform = KEY, %error, "it cannot be known how the webhook fares");
            }
        });
    }

    /// Whether silence is silence, as far as Telegram said when it was asked last.
    pub(super) fn reaches_us(&self) -> bool {
        self.watched().fine
    }

    async fn look(&self, door: &Door) -> Result<(), Fault> {
        let told = door.call(GetWebhookInfo::new()).await?;
        let since = (self.now)().timestamp() - told["last_error_date"].as_i64().unwrap_or_default();
        let is_ours = told["url"].as_str() == Some(self.address.as_str());
        let nothing_waits = told["pending_update_count"].as_u64() == Some(0);
        self.watched().fine = is_ours && (nothing_waits || since > 2 * LOOKED.num_seconds());
        if !is_ours {
            tracing::warn!(platform = KEY, "another program has taken the webhook: it is set again");
            return self.set(door).await;
        }
        let failed_at = told["last_error_date"].as_i64().unwrap_or_default();
        let is_new = std::mem::replace(&mut self.watched().failed_at, failed_at) < failed_at;
        if is_new {
            let why = told["last_error_message"].as_str().unwrap_or_default();
            let waiting = told["pending_update_count"].as_u64().unwrap_or_default();
            tracing::warn!(platform = KEY, why, waiting, "Telegram could not reach the webhook");
        }
        Ok(())
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
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
