//! One call to the Bot API: teloxide's payloads over our own client, whose answer is read no further than needed.
//!
//! teloxide's own requests sleep ten seconds inside a call when the server says 5xx, allow every call the same time
//! whatever it carries, and refuse answers that are newer than Bot API 9.1.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use teloxide::requests::Payload;

use super::fault::Fault;

/// How long the server may hold a poll that brings nothing.
pub(super) const POLL: Duration = Duration::from_secs(30);

/// How long a poll may take on the way beyond that.
const POLL_WAY: Duration = Duration::from_secs(15);

/// How long any other call may take, beside what a file takes.
const CALL: Duration = Duration::from_secs(22);

/// A file comes at so many bytes a second at the least, or it is tried again later.
const SLOWEST: u64 = 64 * 1024;

/// How long a connection may take to stand.
const CONNECT: Duration = Duration::from_secs(5);

/// The door to one account.
#[derive(Clone)]
pub(super) struct Door {
    client: Client,
    api: String,
    token: String,
}

/// A file that goes with a call: the name of its parameter, its own name, its bytes, and how long it may take.
pub(super) struct Upload<'f> {
    pub parameter: &'static str,
    pub name: &'f str,
    pub bytes: &'f [u8],
    pub carrying: Duration,
}

/// What the server answers, as far as it matters.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    pub ok: bool,
    pub result: Value,
    pub description: String,
    pub error_code: u16,
    pub parameters: Parameters,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Parameters {
    pub retry_after: Option<i64>,
    pub migrate_to_chat_id: Option<i64>,
}

impl Door {
    /// To the server at `api`; nothing is sent.
    pub(super) fn new(token: &str, api: &str) -> Result<Self, String> {
        let given: reqwest::Url = api.parse().map_err(|_| format!("not an address: {api}"))?;
        let client = Client::builder().connect_timeout(CONNECT).tcp_nodelay(true).pool_max_idle_per_host(16);
        // Wherever a server might send us on to, it would learn the address, and with it the token.
        let client = client.redirect(Policy::none()).referer(false);
        let client = client.build().map_err(|e| e.to_string())?;
        Ok(Self { client, api: given.as_str().trim_end_matches('/').to_owned(), token: token.to_owned() })
    }

    /// Calls a method; its result.
    pub(super) async fn call<P: Payload + Serialize>(&self, payload: P) -> Result<Value, Fault> {
        answered(self.method(P::NAME, CALL).json(&payload)).await
    }

    /// Calls a method that the server answers late on purpose.
    pub(super) async fn poll<P: Payload + Serialize>(&self, payload: P) -> Result<Value, Fault> {
        answered(self.method(P::NAME, POLL + POLL_WAY).json(&payload)).await
    }

    /// Calls a method with a file beside its parameters.
    pub(super) async fn upload(
        &self,
        method: &str,
        parameters: &[(&'static str, Value)],
        file: Upload<'_>,
    ) -> Result<Value, Fault> {
        let mut form = Form::new();
        for (name, value) in parameters.iter().filter(|(_, value)| !value.is_null()) {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            form = form.text(*name, text);
        }
        let part = Part::bytes(file.bytes.to_vec()).file_name(file.name.to_owned());
        let form = form.part(file.parameter, part);
        answered(self.method(method, CALL + file.carrying).multipart(form)).await
    }

    fn method(&self, name: &str, longest: Duration) -> RequestBuilder {
        self.client.post(format!("{}/bot{}/{name}", self.api, self.token)).timeout(longest)
    }

    /// The bytes of a file on the server, at most `max`; `None` when there are more. What is larger may take longer: `size`
    /// is what the server says of it.
    pub(super) async fn download(&self, path: &str, size: u64, max: u64) -> Result<Option<Vec<u8>>, Fault> {
        let longest = CALL + Duration::from_secs(size.div_ceil(SLOWEST));
        let address = format!("{}/file/bot{}/{path}", self.api, self.token);
        let lost = |_| Fault::Unreachable("the file broke off".into());
        let mut answer = self.client.get(address).timeout(longest).send().await.map_err(lost)?;
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

/// Sends a request and reads its answer. Errors of the client name the address, and with it the token: only their kind is
/// told on.
async fn answered(request: RequestBuilder) -> Result<Value, Fault> {
    let answer: Response = request.send().await.map_err(|error| {
        if error.is_connect() {
            Fault::Unreachable("no connection".into())
        } else if error.is_builder() {
            Fault::Said("the request cannot be written".into())
        } else {
            Fault::NoAnswer
        }
    })?;
    let bytes = answer.bytes().await.map_err(|_| Fault::NoAnswer)?;
    Fault::read(&bytes)
}
