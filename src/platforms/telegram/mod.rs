//! Telegram, through teloxide's Bot API.
//!
//! Of teloxide there are the methods with their parameters; its dispatcher is not used, because it confirms an update
//! before it is safe, nor its requests, which sleep in a call (see `call`). `call` makes one call, `fault` says what a refusal means,
//! `speak` turns deeds into calls, `encode` our words into theirs; `wire` and `decode` read what Telegram tells,
//! `listen` polls, `webhook` is called. To add a deed: its call in `speak`. To hear one more kind of update: its shape in `wire`, an arm of
//! `decode`, its name in `listen::LISTENED`.

mod call;
mod decode;
mod encode;
mod fault;
mod listen;
mod menu;
mod speak;
mod webhook;
mod wire;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use teloxide::payloads::{DeleteWebhook, GetFile, GetMe};
use teloxide::types::FileId;

use self::call::Door;
use self::decode::Me;
use self::fault::{Fault, Meaning};
use self::listen::{PassedOver, Polls};
use self::webhook::Hook;
use super::{ConnectError, Now};
use crate::chat::{
    Capabilities, Deed, FetchError, Incoming, Limits, Platform, ReceiveError, SendError, TextUnit,
};
use crate::domain::ChatRef;

pub use self::decode::KEY;
pub use self::menu::{Menu, Place};

/// Where Telegram's own server is.
pub const OFFICIAL: &str = "https://api.telegram.org";

/// The largest file that Telegram hands to a bot, in bytes.
const RECEIVES: u64 = 20 * 1024 * 1024;

/// One bot on Telegram.
pub struct Telegram {
    door: Door,
    me: Me,
    capabilities: Capabilities,
    polls: Polls,
    /// Updates come by requests instead.
    hook: Option<Arc<Hook>>,
    passed_over: Arc<PassedOver>,
    now: Now,
}

impl Telegram {
    /// Asks who we are. Then it is to be said how updates come: [`Telegram::poll`] or [`Telegram::hook`].
    pub async fn connect(token: &str, api: &str, now: Now) -> Result<Self, ConnectError> {
        let door = Door::new(token, api).map_err(ConnectError::Address)?;
        let said = door.call(GetMe::new()).await.map_err(not_reached)?;
        let user: wire::User =
            serde_json::from_value(said).map_err(|e| ConnectError::Unreachable(e.to_string()))?;
        let me = Me { id: user.id, username: user.username.unwrap_or_default() };
        let capabilities = capabilities(user.can_read_all_group_messages);
        let (polls, passed_over) = (Polls::default(), Arc::default());
        Ok(Self { door, me, capabilities, polls, hook: None, passed_over, now })
    }

    /// Lets updates be polled: takes a webhook away, which would keep polls from hearing.
    pub async fn poll(&mut self) -> Result<(), ConnectError> {
        self.door.call(DeleteWebhook::new()).await.map_err(not_reached)?;
        self.hook = None;
        Ok(())
    }

    /// Lets updates come to `base`, an address that Telegram reaches, by requests that are known by `secret`. The route
    /// is to be served there.
    pub async fn hook(&mut self, base: &str, secret: &str) -> Result<Router, ConnectError> {
        let address = format!("{}{}", base.trim_end_matches('/'), webhook::PATH);
        let url = address.parse().map_err(|_| ConnectError::Address(format!("not an address: {base}")))?;
        let (me, now) = (self.me.clone(), Arc::clone(&self.now));
        let hook = Arc::new(Hook::new(url, secret.to_owned(), me, now, Arc::clone(&self.passed_over)));
        hook.set(&self.door).await.map_err(not_reached)?;
        self.hook = Some(Arc::clone(&hook));
        Ok(hook.router())
    }

    /// The name by which people find the bot, without `@`.
    pub fn username(&self) -> &str {
        &self.me.username
    }
}

/// The Bot API's limits, and the FAQ's: a second for a message in a chat, twenty a minute in a group, thirty a second.
pub fn capabilities(hears_all: bool) -> Capabilities {
    Capabilities {
        buttons: true,
        edit: true,
        pin: true,
        react: true,
        reply: true,
        quote_ids: true,
        receive_files: true,
        files_expire: false,
        send_files: true,
        fetches_pictures: false,
        send_limit: None,
        shows_work: true,
        offers_commands: true,
        hears_all,
        limits: Limits {
            text: 4096,
            caption: speak::CAPTION,
            unit: TextUnit::Utf16,
            per_second: 30,
            chat_gap_ms: 1_000,
            chat_burst: 3,
            group_per_minute: 20,
            group_reserve: 5,
            per_month: 0,
            counts_received: true,
            groups: 0,
            people: 0,
            kept_minutes: 24 * 60,
            action_bytes: 64,
            receive_bytes: RECEIVES,
        },
    }
}

fn not_reached(fault: Fault) -> ConnectError {
    match fault.meaning() {
        Some(Meaning::NotKnown) => ConnectError::Token,
        // What is wrong with the webhook's address or its secret does not get better by waiting.
        Some(Meaning::BadWebhook) => ConnectError::Address(fault.for_deed(KEY).to_string()),
        _ => ConnectError::Unreachable(fault.for_deed(KEY).to_string()),
    }
}

#[async_trait]
impl Platform for Telegram {
    fn key(&self) -> &str {
        KEY
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn join_link(&self, code: &str) -> Option<String> {
        Some(format!("https://t.me/{}?start={code}", self.me.username))
    }

    fn group_link(&self) -> Option<String> {
        // As an administrator it hears everything whatever its privacy, and may pin the board.
        Some(format!("https://t.me/{}?startgroup=nhom&admin=pin_messages", self.me.username))
    }

    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError> {
        match &self.hook {
            Some(hook) => {
                hook.watch(&self.door);
                Ok(hook.waiting.receive().await)
            }
            None => self.polls.receive(&self.door, &self.me, &self.passed_over, &*self.now).await,
        }
    }

    fn reaches_us(&self) -> bool {
        self.hook.as_ref().is_none_or(|hook| hook.reaches_us())
    }

    async fn acknowledge(&self, keys: &[String]) -> Result<(), ReceiveError> {
        match &self.hook {
            Some(hook) => hook.waiting.acknowledge(keys),
            None => self.polls.acknowledge(keys),
        }
        Ok(())
    }

    async fn send(&self, chat: &ChatRef, deed: &Deed) -> Result<Option<String>, SendError> {
        let Ok(id) = chat.id.parse() else {
            return Err(SendError::ChatGone("not a chat of Telegram".into()));
        };
        match speak::perform(&self.door, id, deed).await {
            Ok(message) => Ok(message.map(|m| m.to_string())),
            Err(fault) => Err(fault.for_deed(KEY)),
        }
    }

    async fn fetch(&self, file: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        let max = max.min(RECEIVES);
        let told = self.door.call(GetFile::new(FileId(file.to_owned()))).await.map_err(not_fetched)?;
        let size = told["file_size"].as_u64();
        if size.is_some_and(|size| size > max) {
            return Err(FetchError::TooLarge);
        }
        let path = told["file_path"].as_str().ok_or(FetchError::Gone)?;
        let bytes = self.door.download(path, size.unwrap_or(max), max).await.map_err(not_fetched)?;
        bytes.ok_or(FetchError::TooLarge)
    }
}

fn not_fetched(fault: Fault) -> FetchError {
    match fault {
        Fault::Said(text) if text.to_lowercase().contains("too big") => FetchError::TooLarge,
        Fault::Said(_) => FetchError::Gone,
        other => FetchError::Unreachable(other.for_deed(KEY).to_string()),
    }
}
