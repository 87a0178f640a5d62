//! One call to the Bot Platform: POST with JSON, and the envelope around its answer.

use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;
use serde_json::Value;

use super::fault::Fault;
use crate::platforms::zalo_answer::words;

/// How long the server may hold a poll that brings nothing.
pub(super) const POLL: Duration = Duration::from_secs(30);

/// How long a poll may take on the way beyond that.
const POLL_WAY: Duration = Duration::from_secs(15);

/// How long any other call may take.
const CALL: Duration = Duration::from_secs(20);

/// The way to one account.
#[derive(Clone)]
pub(super) struct Door {
    client: Client,
    /// For pictures, which may stand behind a redirect.
    pictures: Client,
    /// With the token in it: it is told to nobody.
    base: String,
}

impl Door {
    /// To the server at `api`; nothing is sent.
    pub(super) fn new(token: &str, api: &str) -> Result<Self, String> {
        let api = api.trim_end_matches('/');
        if reqwest::Url::parse(api).is_err() {
            return Err(format!("not an address: {api}"));
        }
        // The token is part of the address: it follows no redirect and is told to no other host.
        let client = Client::builder().connect_timeout(CALL / 2).redirect(Policy::none()).referer(false);
        let client = client.build().map_err(|e| e.to_string())?;
        let pictures = Client::builder().connect_timeout(CALL / 2).referer(false).build();
        let pictures = pictures.map_err(|e| e.to_string())?;
        Ok(Self { client, pictures, base: format!("{api}/bot{token}") })
    }

    /// Calls a method; its result.
    pub(super) async fn call(&self, method: &str, body: &Value) -> Result<Value, Fault> {
        self.within(CALL, method, body).await
    }

    /// Calls a method that the server answers late on purpose.
    pub(super) async fn poll(&self, method: &str, body: &Value) -> Result<Value, Fault> {
        self.within(POLL + POLL_WAY, method, body).await
    }

    async fn within(&self, longest: Duration, method: &str, body: &Value) -> Result<Value, Fault> {
        // An error of reqwest names the address, and with it the token: only its kind is told on.
        let address = format!("{}/{method}", self.base);
        let sent = self.client.post(address).timeout(longest).json(body).send().await;
        let answer = sent.map_err(|e| Fault::of(&e))?;
        let status = answer.status();
        let text = words(answer).await.ok_or(Fault::NoAnswer)?;
        match serde_json::from_str::<Value>(&text) {
            // A refusal also comes as HTTP 200: the envelope decides.
            Ok(Value::Object(mut envelope)) if envelope.get("ok") == Some(&Value::Bool(true)) => {
                Ok(envelope.remove("result").unwrap_or(Value::Null))
            }
            Ok(envelope) if envelope.get("ok") == Some(&Value::Bool(false)) => {
                let code = envelope["error_code"].as_i64().unwrap_or_else(|| status.as_u16().into());
                let why = envelope["description"].as_str().unwrap_or_default();
                Err(Fault::Said(code, self.without_token(why)))
            }
            // Without an envelope: an update as it is, where one was asked for.
            Ok(bare) if status.is_success() => Ok(bare),
            _ if status.is_success() => Err(Fault::NoAnswer),
            _ => Err(Fault::Status(status.as_u16())),
        }
    }

    /// The bytes of a picture that Zalo keeps at a public address, at most `max`; `None` when there are more.
    pub(super) async fn download(&self, address: &str, max: u64) -> Result<Option<Vec<u8>>, Fault> {
        let lost = |_| Fault::Unreachable("the file broke off".into());
        let mut answer = self.pictures.get(address).timeout(CALL).send().await.map_err(lost)?;
        if !answer.status().is_success() {
            return Err(Fault::Status(answer.status().as_u16()));
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

    fn without_token(&self, why: &str) -> String {
        let token = self.base.rsplit_once("/bot").map_or("", |(_, token)| token);
        if token.is_empty() { why.to_owned() } else { why.replace(token, "***") }
    }
}
