//! Zalo, through an Official Account with groups of its own (Open API v3, GMF).
//!
//! `keys` keeps the pair of tokens, which is exchanged once a day and each half of which is good for one exchange; `call` makes
//! one call with it, `fault` says what a refusal means; `webhook` is called with what people say, `signature` says whether Zalo
//! is who calls, `decode` reads it. The account hears everything in its groups and sends pictures and some files; it has
//! neither buttons nor edits.

mod call;
mod decode;
mod fault;
mod keys;
mod signature;
mod webhook;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use serde_json::{Value, json};

pub use self::keys::{Pair, Vault, VaultError};
pub use self::signature::SignedWith;

use self::call::{Door, Piece};
use self::fault::Fault;
use self::webhook::Hook;
use super::{ConnectError, Now};
use crate::chat::{
    Capabilities, Deed, FetchError, FileLimit, Incoming, Limits, Platform, ReceiveError, SendError, TextUnit,
};
use crate::domain::ChatRef;
use crate::vietnamese::normal;

/// Where Zalo's own servers are: of the API, and of the tokens.
pub const OFFICIAL: &str = "https://openapi.zalo.me";
/// See [`OFFICIAL`].
pub const OFFICIAL_OAUTH: &str = "https://oauth.zaloapp.com";

/// Where Zalo's requests arrive, with the number of the account behind it.
const PATH: &str = "/zalo-oa/";

/// The longest text of one message: the documentation says 2,000 of a unit that it does not say.
const TEXT: usize = 1_800;

/// The largest file that is sent, in bytes, and the largest picture.
const FILE: u64 = 5 * 1024 * 1024;
const PICTURE: u64 = 1024 * 1024;

/// The largest file that is fetched, in bytes.
const RECEIVES: u64 = 20 * 1024 * 1024;

/// Ids of groups are those of Zalo behind this: they look like those of people.
const GROUP: &str = "group/";

/// What is known of an account before anything is asked.
#[derive(Clone)]
pub struct Account {
    /// The number of the app.
    pub app: String,
    /// The number of the account.
    pub oa: String,
    /// The secret of the app: it is told to the server of the tokens only.
    pub app_secret: String,
    /// The refresh token with which an administrator has let us in: taken when it is another than last time.
    pub first_refresh: String,
    /// The server of the API.
    pub api: String,
    /// The server of the tokens.
    pub oauth: String,
}

/// What the keys of accounts begin with.
const KEYS: &str = "zalo-oa:";

/// The key of an account, by its number.
pub fn key(account: &str) -> String {
    format!("{KEYS}{account}")
}

/// One Official Account.
pub struct ZaloOa {
    key: String,
    door: Door,
    hook: Arc<Hook>,
    capabilities: Capabilities,
}

impl ZaloOa {
    /// An account whose tokens are kept in `vault`; nothing is sent.
    pub fn new(
        account: &Account,
        vault: Arc<dyn Vault>,
        signed: SignedWith,
        now: Now,
    ) -> Result<Self, ConnectError> {
        let key = key(&account.oa);
        let door = Door::new(account, vault, Arc::clone(&now)).map_err(ConnectError::Address)?;
        let hook = Arc::new(Hook::new(key.clone(), signed, now));
        Ok(Self { key, door, hook, capabilities: capabilities() })
    }

    /// Makes sure that the account lets us in.
    pub async fn reach(&self) -> Result<(), ConnectError> {
        match self.door.token().await {
            Ok(_) => Ok(()),
            Err(Fault::Locked(_)) => Err(ConnectError::Token),
            Err(fault) => Err(ConnectError::Unreachable(fault.to_string())),
        }
    }

    /// The route of the webhook; its address is told to Zalo on the page of the app.
    pub fn route(&self) -> Router {
        let path = format!("{PATH}{}", self.key.trim_start_matches(KEYS));
        Arc::clone(&self.hook).router(&path)
    }

    async fn say(&self, chat: &ChatRef, message: Value) -> Result<Option<String>, SendError> {
        let (path, recipient) = match chat.id.strip_prefix(GROUP) {
            Some(group) => ("/v3.0/oa/group/message", json!({ "group_id": group })),
            None => ("/v3.0/oa/message/cs", json!({ "user_id": chat.id })),
        };
        let body = json!({"recipient": recipient, "message": message});
        let told = self.door.post(path, &body).await.map_err(Fault::for_deed)?;
        Ok(told["message_id"].as_str().map(str::to_owned))
    }

    /// A picture or a file goes up first, and is then named in a message.
    async fn carry(&self, name: &str, bytes: &[u8], words: &str) -> Result<Value, SendError> {
        let piece = Piece { name, bytes };
        if is_picture(name) {
            let told = self.door.upload("/v2.0/oa/upload/image", piece).await.map_err(Fault::for_deed)?;
            let element = json!({"media_type": "image", "attachment_id": told["attachment_id"]});
            let payload = json!({"template_type": "media", "elements": [element]});
            return Ok(json!({"text": words, "attachment": {"type": "template", "payload": payload}}));
        }
        let told = self.door.upload("/v2.0/oa/upload/file", piece).await.map_err(Fault::for_deed)?;
        Ok(json!({"attachment": {"type": "file", "payload": {"token": told["token"]}}}))
    }
}

fn is_picture(name: &str) -> bool {
    let name = name.to_lowercase();
    [".png", ".jpg", ".jpeg"].iter().any(|end| name.ends_with(end))
}

/// Our words as the account says them: in NFC, and without what would mention somebody. "[@id]" in a text calls a person, or
/// everybody, and what we say may be somebody's words.
fn plain(text: &str) -> String {
    let text = normal(text);
    let mut said = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once("[@") {
        said.push_str(before);
        rest = match behind.split_once(']') {
            Some((id, after)) if !id.contains('\n') => after,
            // Not closed: it calls nobody, as long as nothing that follows closes it.
            _ => {
                said.truncate(said.trim_end_matches('[').len());
                said.push('@');
                behind
            }
        };
        if rest.starts_with('@') {
            // What stood around a mention makes none.
            said.truncate(said.trim_end_matches('[').len());
        }
    }
    said.push_str(rest);
    said.trim().to_owned()
}

/// What an Official Account can do.
pub fn capabilities() -> Capabilities {
    Capabilities {
        buttons: false,
        edit: false,
        pin: false,
        react: false,
        reply: false,
        quote_ids: true,
        receive_files: true,
        files_expire: true,
        send_files: true,
        fetches_pictures: false,
        send_limit: Some(FileLimit {
            endings: ["pdf", "doc", "docx"].map(str::to_owned).to_vec(),
            bytes: FILE,
            pictures: PICTURE,
        }),
        shows_work: false,
        offers_commands: false,
        hears_all: true,
        limits: Limits {
            text: TEXT,
            // A file goes without words.
            caption: 0,
            unit: TextUnit::Utf16,
            // A hundred requests a minute in the smaller of the packages.
            per_second: 1,
            chat_gap_ms: 1_000,
            chat_burst: 1,
            group_per_minute: 0,
            group_reserve: 0,
            per_month: 0,
            counts_received: true,
            groups: 0,
            people: 0,
            // A request that fails is made again for an hour.
            kept_minutes: 60,
            action_bytes: 0,
            receive_bytes: RECEIVES,
        },
    }
}

#[async_trait]
impl Platform for ZaloOa {
    fn key(&self) -> &str {
        &self.key
    }

    fn name(&self) -> String {
        "Zalo OA".to_owned()
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError> {
        Ok(self.hook.waiting.receive().await)
    }

    async fn acknowledge(&self, keys: &[String]) -> Result<(), ReceiveError> {
        self.hook.waiting.acknowledge(keys);
        Ok(())
    }

    async fn send(&self, chat: &ChatRef, deed: &Deed) -> Result<Option<String>, SendError> {
        let Deed::Send { text, file, .. } = deed else {
            // The rules ask for nothing else where it cannot be had.
            return Err(SendError::Refused("an Official Account has no such deed".into()));
        };
        let words = plain(&text.words());
        let message = match file {
            Some((name, bytes)) => self.carry(name, bytes, &words).await?,
            None => json!({ "text": words }),
        };
        self.say(chat, message).await
    }

    async fn fetch(&self, file: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        self.door.download(file, max.min(RECEIVES)).await
    }
}
