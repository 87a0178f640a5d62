//! One call to the Bot API through teloxide, whose answer is read no further than needed.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use teloxide::Bot;
use teloxide::requests::{JsonRequest, MultipartPayload, MultipartRequest, Payload};
use teloxide::{RequestError, net::default_reqwest_settings};

use super::fault::Fault;

/// How long the server may hold a poll that brings nothing.
pub(super) const POLL: Duration = Duration::from_secs(30);

/// How long a poll may take on the way beyond that.
const POLL_WAY: Duration = Duration::from_secs(15);

/// How long any other call may take. teloxide waits ten of these seconds when the server says 5xx.
const CALL: Duration = Duration::from_secs(22);

/// The two doors to one account: polls are long, everything else is not.
#[derive(Clone)]
pub(super) struct Door {
    poll: Bot,
    call: Bot,
}

/// A payload of teloxide with an answer of any shape: its own types refuse what is newer than Bot API 9.1, and then a
/// message that is out would count as unsent.
#[derive(Serialize)]
#[serde(transparent)]
struct Lean<P>(P);

impl<P: Payload> Payload for Lean<P> {
    type Output = Value;

    const NAME: &'static str = P::NAME;
}

impl Door {
    /// To the server at `api`; nothing is sent.
    pub(super) fn new(token: &str, api: &str) -> Result<Self, String> {
        let client = |longest: Duration| {
            let settings = default_reqwest_settings().timeout(longest).pool_max_idle_per_host(16);
            settings.build().map_err(|e| e.to_string())
        };
        let mut doors =
            [client(POLL + POLL_WAY)?, client(CALL)?].map(|client| Bot::with_client(token, client));
        for door in &mut doors {
            let api = api.parse().map_err(|_| format!("not an address: {api}"))?;
            *door = door.clone().set_api_url(api);
        }
        let [poll, call] = doors;
        Ok(Self { poll, call })
    }

    /// Calls a method; its result.
    pub(super) async fn call<P>(&self, payload: P) -> Result<Value, Fault>
    where
        P: Payload + Serialize + 'static,
    {
        JsonRequest::new(self.call.clone(), Lean(payload)).await.map_err(Fault::of)
    }

    /// Calls a method that the server answers late on purpose.
    pub(super) async fn poll<P>(&self, payload: P) -> Result<Value, Fault>
    where
        P: Payload + Serialize + 'static,
    {
        JsonRequest::new(self.poll.clone(), Lean(payload)).await.map_err(Fault::of)
    }

    /// Calls a method that takes a file. The id of the message that it makes.
    pub(super) async fn upload<P>(&self, payload: P) -> Result<Option<i64>, Fault>
    where
        P: MultipartPayload<Output = teloxide::types::Message> + Serialize + 'static,
    {
        match MultipartRequest::new(self.call.clone(), payload).await {
            Ok(message) => Ok(Some(message.id.0.into())),
            // Out, but told in a shape that teloxide does not know.
            Err(RequestError::InvalidJson { raw, source }) => {
                let answer: Option<Value> = serde_json::from_str(&raw).ok();
                match answer.filter(|a| a["ok"] == true) {
                    Some(answer) => Ok(answer["result"]["message_id"].as_i64()),
                    None => Err(Fault::of(RequestError::InvalidJson { raw, source })),
                }
            }
            Err(error) => Err(Fault::of(error)),
        }
    }

    /// The bytes of a file on the server, at most `max`; `None` when there are more.
    pub(super) async fn download(&self, path: &str, max: u64) -> Result<Option<Vec<u8>>, Fault> {
        // teloxide's own way escapes the slashes of the path, and reads without end.
        let base = self.call.api_url();
        let address = format!("{}/file/bot{}/{path}", base.as_str().trim_end_matches('/'), self.call.token());
        // Its errors name the address, and with it the token: only their kind is told on.
        let lost = |_| Fault::Unreachable("the file broke off".into());
        let mut answer = self.call.client().get(address).send().await.map_err(lost)?;
        if answer.status().is_server_error() {
            return Err(Fault::Unreachable(answer.status().to_string()));
        }
        if !answer.status().is_success() {
            return Err(Fault::Said(answer.status().to_string()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(lost)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > max {
                return Ok(None);
            }
        }
        Ok(Some(bytes))
    }
}
