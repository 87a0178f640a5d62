//! Zalo, through the Bot Platform (bots made with Zalo Bot Creator).
//!
//! `call` makes one call, `fault` says what a refusal means, `encode` turns our words into theirs; `wire` and `decode` read
//! what Zalo tells, `listen` polls, `webhook` is called. Zalo can do little: there are no buttons, edits, pins, reactions
//! and files, and in a group the bot hears only what mentions or quotes it. What follows from that is for the rules, which
//! ask [`Capabilities`].

mod call;
mod decode;
mod encode;
mod fault;
mod listen;
mod webhook;
mod wire;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use axum::Router;
use serde_json::{Value, json};

use self::call::Door;
use self::fault::Fault;
use self::listen::Polls;
use self::webhook::Hook;
use self::wire::Us;
use super::{ConnectError, Now};
use crate::chat::{
    Capabilities, Deed, FetchError, Incoming, Limits, Platform, ReceiveError, SendError, Text, TextUnit,
};
use crate::domain::ChatRef;

/// Where Zalo's own server is.
pub const OFFICIAL: &str = "https://bot-api.zaloplatforms.com";

/// Where Zalo's requests arrive, with the number of the bot behind it.
const PATH: &str = "/zalo/";

/// The largest picture that is fetched, in bytes. Zalo publishes no limit; its clients assume ten megabytes at most.
const PICTURE: u64 = 10 * 1024 * 1024;

/// The longest text of one message. The documentation says 2,000 of a unit that it does not say; 1,800 are safe.
const TEXT: usize = 1_800;

/// What the plan of a bot allows; zero stands for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Messages a month.
    pub messages: u32,
    /// Those that are received count, too: those who measured differ.
    pub counts_received: bool,
    /// Groups.
    pub groups: u32,
    /// People.
    pub people: u32,
}

impl Plan {
    /// The free one, as of autumn 2026.
    pub const FREE: Self = Self { messages: 3_000, counts_received: true, groups: 3, people: 50 };
}

/// What the keys of bots on Zalo begin with.
pub const KEYS: &str = "zalo:";

/// One bot on Zalo.
pub struct Zalo {
    key: String,
    door: Door,
    us: Us,
    capabilities: Capabilities,
    polls: Polls,
    /// Updates come by requests instead.
    hook: Option<Arc<Hook>>,
    now: Now,
}

impl Zalo {
    /// Asks who we are. Then it is to be said how updates come: [`Zalo::poll`] or [`Zalo::hook`].
    pub async fn connect(token: &str, api: &str, plan: Plan, now: Now) -> Result<Self, ConnectError> {
        let door = Door::new(token, api).map_err(ConnectError::Address)?;
        let said = door.call("getMe", &json!({})).await.map_err(not_reached)?;
        let nobody = || ConnectError::Unreachable("it does not say who we are".into());
        let us = Us::read(&said).ok_or_else(nobody)?;
        let key = format!("{KEYS}{}", us.id);
        Ok(Self { key, door, us, capabilities: capabilities(plan), polls: Polls::default(), hook: None, now })
    }

    /// Lets updates be polled: takes a webhook away, which would keep polls from hearing.
    pub async fn poll(&mut self) -> Result<(), ConnectError> {
        match self.door.call("deleteWebhook", &json!({})).await {
            // There was none.
            Ok(_) | Err(Fault::Said(404, _)) => {}
            Err(fault) => return Err(not_reached(fault)),
        }
        self.hook = None;
        Ok(())
    }

    /// Lets updates come to `base`, an address that Zalo reaches, by requests that are known by `secret`. The route is to be
    /// served there; Zalo is told of it by the first receive, because it probes an address at once.
    pub fn hook(&mut self, base: &str, secret: &str) -> Router {
        let path = format!("{PATH}{}", self.us.id);
        let url = format!("{}{path}", base.trim_end_matches('/'));
        let (us, now) = (self.us.clone(), Arc::clone(&self.now));
        let hook = Arc::new(Hook::new(self.key.clone(), url, secret.to_owned(), us, now));
        self.hook = Some(Arc::clone(&hook));
        hook.router(&path)
    }

    /// Tells Zalo where our webhook is. It stores an address even when its probe fails: what it found is told in the log.
    async fn tell_of_hook(&self, hook: &Hook) -> Result<(), Fault> {
        let body = json!({"url": hook.url, "secret_token": hook.secret()});
        let told = self.door.call("setWebhook", &body).await?;
        let probe = &told["verification"];
        let reached = probe["ok"] == Value::Bool(true);
        let outcome = probe["outcome"].as_str().unwrap_or("unknown");
        *hook.said() = (!reached).then(|| outcome.chars().take(100).collect());
        if !reached {
            let hint = probe["hint"].as_str().unwrap_or_default();
            tracing::warn!(
                platform = self.key,
                outcome,
                hint,
                "Zalo could not reach the webhook when it was set"
            );
        }
        hook.told.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn say(
        &self,
        chat: &ChatRef,
        (said, styles): (String, Vec<Value>),
    ) -> Result<Option<String>, SendError> {
        let mut body = json!({"chat_id": chat.id, "text": said});
        if !styles.is_empty() {
            body["text_styles"] = Value::Array(styles);
        }
        let told = self.door.call("sendMessage", &body).await.map_err(Fault::for_deed)?;
        Ok(told["message_id"].as_str().map(str::to_owned))
    }

    /// A picture that Zalo fetches, with words below it. Where Zalo does not take it, the words with its address.
    async fn show(&self, chat: &ChatRef, text: &Text, address: &str) -> Result<Option<String>, SendError> {
        let (said, styles) = encode::words(text);
        let body = json!({"chat_id": chat.id, "photo": address, "caption": said});
        match self.door.call("sendPhoto", &body).await {
            Ok(told) => Ok(told["message_id"].as_str().map(str::to_owned)),
            Err(Fault::Said(code @ (400 | 404), why)) => {
                tracing::warn!(platform = self.key, code, why, "Zalo did not take a picture: told by a link");
                self.say(chat, (format!("{said}\n{address}"), styles)).await
            }
            Err(fault) => Err(fault.for_deed()),
        }
    }

    /// The name by which people find the bot.
    pub fn name(&self) -> &str {
        if self.us.display_name.is_empty() { &self.us.account_name } else { &self.us.display_name }
    }

    /// Whether Zalo lets this bot into groups at all.
    pub fn can_join_groups(&self) -> bool {
        self.us.can_join_groups
    }
}

/// What a bot can do on the Bot Platform, within a plan.
pub fn capabilities(plan: Plan) -> Capabilities {
    Capabilities {
        buttons: false,
        edit: false,
        pin: false,
        react: false,
        reply: false,
        quote_ids: false,
        receive_files: false,
        files_expire: true,
        send_files: false,
        fetches_pictures: true,
        send_limit: None,
        shows_work: true,
        offers_commands: false,
        hears_all: false,
        limits: Limits {
            text: TEXT,
            caption: TEXT,
            unit: TextUnit::Utf16,
            // Zalo names no rate; this is slow enough for its clients in use.
            per_second: 10,
            // Answers that land within seconds are one message.
            chat_gap_ms: 3_000,
            chat_burst: 1,
            group_per_minute: 0,
            group_reserve: 0,
            per_month: plan.messages,
            counts_received: plan.counts_received,
            groups: plan.groups,
            people: plan.people,
            kept_minutes: 0,
            action_bytes: 0,
            receive_bytes: PICTURE,
        },
    }
}

fn not_reached(fault: Fault) -> ConnectError {
    match fault {
        Fault::Said(401, _) => ConnectError::Token,
        Fault::Said(code, why) => ConnectError::Unreachable(format!("{code} {why}")),
        Fault::Status(status) => ConnectError::Unreachable(format!("HTTP {status}")),
        Fault::Unreachable(why) => ConnectError::Unreachable(why),
        Fault::NoAnswer => ConnectError::Unreachable("no answer".into()),
    }
}

#[async_trait]
impl Platform for Zalo {
    fn key(&self) -> &str {
        &self.key
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn name(&self) -> String {
        Self::name(self).to_owned()
    }

    fn group_link(&self) -> Option<String> {
        // Posted in the group, and tapped there by its leader.
        let name = &self.us.account_name;
        (self.us.can_join_groups && !name.is_empty())
            .then(|| format!("https://bot.zaloplatforms.com/groups/invite/{name}"))
    }

    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError> {
        match &self.hook {
            Some(hook) => {
                if !hook.told.load(Ordering::Relaxed) {
                    self.tell_of_hook(hook).await.map_err(Fault::for_receiving)?;
                }
                Ok(hook.waiting.receive().await)
            }
            None => self.polls.receive(&self.door, &self.key, &self.us, &*self.now).await,
        }
    }

    fn hook_said(&self) -> Option<Option<String>> {
        let hook = self.hook.as_ref().filter(|hook| hook.told.load(Ordering::Relaxed))?;
        Some(hook.said().clone())
    }

    async fn acknowledge(&self, keys: &[String]) -> Result<(), ReceiveError> {
        match &self.hook {
            Some(hook) => hook.waiting.acknowledge(keys),
            None => self.polls.acknowledge(keys),
        }
        Ok(())
    }

    async fn send(&self, chat: &ChatRef, deed: &Deed) -> Result<Option<String>, SendError> {
        match deed {
            Deed::Send { text, picture: Some(address), .. } => self.show(chat, text, address).await,
            Deed::Send { text, .. } => self.say(chat, encode::words(text)).await,
            Deed::Working => {
                let body = json!({"chat_id": chat.id, "action": "typing"});
                self.door.call("sendChatAction", &body).await.map_err(Fault::for_deed)?;
                Ok(None)
            }
            // The rules ask for none of these where they cannot be had.
            Deed::Edit { .. }
            | Deed::React { .. }
            | Deed::Pin { .. }
            | Deed::Unpin { .. }
            | Deed::AnswerPress { .. }
            | Deed::Offer { .. } => Err(SendError::Refused("Zalo has no such deed".into())),
        }
    }

    async fn fetch(&self, file: &str, max: u64) -> Result<Vec<u8>, FetchError> {
        if file.is_empty() {
            return Err(FetchError::Gone);
        }
        match self.door.download(file, max.min(PICTURE)).await {
            Ok(Some(bytes)) => Ok(bytes),
            Ok(None) => Err(FetchError::TooLarge),
            Err(Fault::Status(400..=499)) => Err(FetchError::Gone),
            Err(_) => Err(FetchError::Unreachable("the picture could not be had".into())),
        }
    }
}
