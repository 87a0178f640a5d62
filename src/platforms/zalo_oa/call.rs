//! One call to the Open API, with a token that is good.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use serde_json::Value;
use tokio::time::Instant;

use super::Account;
use super::fault::{Fault, RATE};
use super::keys::{LOOK, Pair, TURN, Vault};
use crate::chat::FetchError;
use crate::platforms::Now;
use crate::platforms::zalo_answer::words;

/// How long a call may take; an exchange of tokens is one, and has to end within its turn.
const CALL: Duration = Duration::from_secs(20);

/// An access token is exchanged so long before its end.
const EARLY: chrono::Duration = chrono::Duration::minutes(10);

/// How long an access token is good where it is not told.
const DAY: i64 = 90_000;

/// A file on its way up.
pub(super) struct Piece<'p> {
    pub name: &'p str,
    pub bytes: &'p [u8],
}

/// The way to one account.
pub(super) struct Door {
    client: Client,
    account: Account,
    vault: Arc<dyn Vault>,
    now: Now,
}

impl Door {
    pub(super) fn new(account: &Account, vault: Arc<dyn Vault>, now: Now) -> Result<Self, String> {
        for address in [&account.api, &account.oauth] {
            reqwest::Url::parse(address).map_err(|_| format!("not an address: {address}"))?;
        }
        let client = Client::builder().connect_timeout(CALL / 2).timeout(CALL);
        let client = client.redirect(Policy::none()).referer(false).build().map_err(|e| e.to_string())?;
        Ok(Self { client, account: account.clone(), vault, now })
    }

    /// Posts JSON; what stands under `data` of the answer.
    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, Fault> {
        self.with_token(|| self.client.post(self.at(path)).json(body)).await
    }

    /// Uploads a file; what stands under `data` of the answer.
    pub(super) async fn upload(&self, path: &str, piece: Piece<'_>) -> Result<Value, Fault> {
        let request = || {
            let part = Part::bytes(piece.bytes.to_vec()).file_name(piece.name.to_owned());
            self.client.post(self.at(path)).multipart(Form::new().part("file", part))
        };
        self.with_token(request).await
    }

    /// The bytes of a file that people sent, at most `max`.
    pub(super) async fn download(&self, address: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        if address.is_empty() {
            return Err(FetchError::Gone);
        }
        let lost = |_| FetchError::Unreachable("the file could not be had".into());
        let mut answer = self.client.get(address).send().await.map_err(lost)?;
        if answer.status().is_client_error() {
            return Err(FetchError::Gone);
        }
        if !answer.status().is_success() {
            return Err(FetchError::Unreachable(answer.status().to_string()));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(lost)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > max {
                return Err(FetchError::TooLarge);
            }
        }
        Ok(bytes)
    }

    /// An access token that is good.
    pub(super) async fn token(&self) -> Result<String, Fault> {
        self.token_but("").await
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.account.api.trim_end_matches('/'))
    }

    /// Makes a call; once more with another token where the first is not taken.
    async fn with_token(&self, request: impl Fn() -> RequestBuilder) -> Result<Value, Fault> {
        let token = self.token().await?;
        match data_of(request().header("access_token", &token)).await {
            Err(Fault::Stale) => {
                let token = self.token_but(&token).await?;
                data_of(request().header("access_token", &token)).await
            }
            told => told,
        }
    }

    /// An access token that is good and is not this one: the one that is kept, or one for which it is exchanged, by us or by
    /// another process.
    async fn token_but(&self, refused: &str) -> Result<String, Fault> {
        let name = &*self.account.oa;
        loop {
            let pair = self.vault.pair(name, &self.account.first_refresh).await?;
            let now = (self.now)();
            if !pair.access.is_empty() && pair.access != refused && now < pair.until - EARLY {
                return Ok(pair.access);
            }
            if self.vault.take_turn(name, &pair.refresh, now, now + TURN).await? {
                return self.exchange(&pair).await;
            }
            tokio::time::sleep_until(Instant::now() + LOOK).await;
        }
    }

    /// Exchanges the pair, with the turn to do so. The new one is kept before it is used.
    async fn exchange(&self, pair: &Pair) -> Result<String, Fault> {
        let name = &*self.account.oa;
        match self.ask_for_pair(&pair.refresh).await {
            Ok(new) => {
                self.vault.keep(name, &pair.refresh, &new).await?;
                Ok(new.access)
            }
            Err(fault) => {
                if let Fault::Locked(why) = &fault {
                    tracing::error!(
                        account = name,
                        why,
                        "Zalo gives no new tokens: let an administrator authorise the app again and set the new refresh token"
                    );
                    // The access token goes too: whoever looks next, as `doctor`, is not to take it for good.
                    let none =
                        Pair { access: String::new(), refresh: pair.refresh.clone(), until: (self.now)() };
                    self.vault.keep(name, &pair.refresh, &none).await?;
                } else {
                    self.vault.give_back(name, &pair.refresh).await?;
                }
                Err(fault)
            }
        }
    }

    async fn ask_for_pair(&self, refresh: &str) -> Result<Pair, Fault> {
        let address = format!("{}/v4/oa/access_token", self.account.oauth.trim_end_matches('/'));
        let form =
            [("grant_type", "refresh_token"), ("refresh_token", refresh), ("app_id", &*self.account.app)];
        let request = self.client.post(address).header("secret_key", &self.account.app_secret).form(&form);
        let answer = request.send().await.map_err(|e| Fault::of(&e))?;
        let status = answer.status();
        let text = words(answer).await.ok_or(Fault::NoAnswer)?;
        let told: Value = serde_json::from_str(&text).map_err(|_| Fault::NoAnswer)?;
        let text = |name: &str| told[name].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        if let (Some(access), Some(refresh)) = (text("access_token"), text("refresh_token")) {
            let seconds = told["expires_in"].as_i64().or_else(|| told["expires_in"].as_str()?.parse().ok());
            return Ok(Pair { access, refresh, until: end((self.now)(), seconds.unwrap_or(DAY)) });
        }
        // Too many requests are not a refusal for good.
        if status.is_server_error() || status.as_u16() == 429 || told["error"].as_i64() == Some(RATE) {
            return Err(Fault::Unreachable(format!("HTTP {status}")));
        }
        let why = text("error_name").or_else(|| text("error_description")).or_else(|| text("message"));
        Err(Fault::Locked(format!("{} {}", told["error"], why.unwrap_or_default())))
    }
}

fn end(now: DateTime<Utc>, seconds: i64) -> DateTime<Utc> {
    now + chrono::Duration::seconds(seconds.clamp(0, 10 * DAY))
}

/// What stands under `data` of the answer to a request; a refusal comes as HTTP 200 too.
async fn data_of(request: RequestBuilder) -> Result<Value, Fault> {
    let answer = request.send().await.map_err(|e| Fault::of(&e))?;
    let status = answer.status();
    let told = words(answer).await.and_then(|text| serde_json::from_str::<Value>(&text).ok());
    match told {
        Some(mut told) if told["error"].is_i64() => match told["error"].as_i64() {
            Some(0) => Ok(told["data"].take()),
            number => {
                Err(Fault::said(number.unwrap_or_default(), told["message"].as_str().unwrap_or_default()))
            }
        },
        // A gateway on the way that did not wait: it may have been done.
        _ if status.is_success() || status.as_u16() == 504 => Err(Fault::NoAnswer),
        _ => Err(Fault::Unreachable(format!("HTTP {status}"))),
    }
}
