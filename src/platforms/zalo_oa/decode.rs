//! An event of an account → what was heard.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{GROUP, plain};
use crate::chat::{Attachment, AttachmentKind, ChatKind, Heard, Incoming, Origin, Quote, Sender};
use crate::domain::{ChatRef, UserRef};

/// What an event tells; of people who left, one thing a person. `now` stands in where no time is told. What the account said
/// itself comes back as an event too, and is nothing new.
pub(super) fn decode(event: &Value, key: &str, now: DateTime<Utc>) -> Vec<Incoming> {
    let name = words(&event["event_name"]);
    let told = words(&event["timestamp"]).parse().ok().and_then(DateTime::from_timestamp_millis);
    let here = Place { key, at: told.unwrap_or(now) };
    match name.as_str() {
        // The sources disagree on the names.
        "user_out_group" | "user_leave_group" => here.left(event),
        "delete_group" | "disperse_group" => here.removed(event).into_iter().collect(),
        name => match name.strip_prefix("user_send_") {
            Some(what) => here.message(event, what).into_iter().collect(),
            None => Vec::new(),
        },
    }
}

/// Text of a value: a number stands for its digits.
pub(super) fn words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

struct Place<'k> {
    key: &'k str,
    at: DateTime<Utc>,
}

impl Place<'_> {
    fn message(&self, event: &Value, what: &str) -> Option<Incoming> {
        let (what, in_group) = match what.strip_prefix("group_") {
            Some(what) => (what, true),
            None => (what, false),
        };
        let message = &event["message"];
        let id = Some(words(&message["msg_id"])).filter(|id| !id.is_empty())?;
        let from = Some(words(&event["sender"]["id"])).filter(|id| !id.is_empty())?;
        let attachments: Vec<Attachment> = match what {
            "text" | "link" | "location" => vec![],
            "image" | "gif" => files(message, AttachmentKind::Photo),
            "file" => files(message, AttachmentKind::File),
            "sticker" => vec![unread(AttachmentKind::Sticker)],
            "audio" => vec![unread(AttachmentKind::Voice)],
            "video" | "business_card" => vec![unread(AttachmentKind::File)],
            // "user_send_…" of another kind is nothing that is said.
            _ => return None,
        };
        let text = plain(&words(&message["text"]));
        if text.is_empty() && attachments.is_empty() {
            return None;
        }
        let chat =
            if in_group { format!("{GROUP}{}", words(&event["recipient"]["id"])) } else { from.clone() };
        let quoted = Some(words(&message["quote_msg_id"])).filter(|id| !id.is_empty());
        let quote = quoted.map(|quoted| Quote { message: Some(quoted), text: None, of_bot: false });
        let heard = Heard::Message {
            message: id.clone(),
            text,
            quote,
            attachments,
            edited: false,
            origin: Origin::default(),
        };
        Some(self.incoming(id, chat, from, heard))
    }

    fn left(&self, event: &Value) -> Vec<Incoming> {
        let group = words(&event["group_id"]);
        let people = event["users"].as_array().into_iter().flatten().map(|user| words(&user["id"]));
        let people = people.filter(|id| !id.is_empty() && !group.is_empty());
        let left = |id: String| {
            let key = format!("left/{group}/{id}/{}", self.at.timestamp_millis());
            self.incoming(key, format!("{GROUP}{group}"), id, Heard::MemberLeft)
        };
        people.map(left).collect()
    }

    fn removed(&self, event: &Value) -> Option<Incoming> {
        let group = Some(words(&event["group_id"])).filter(|id| !id.is_empty())?;
        let key = format!("removed/{group}/{}", self.at.timestamp_millis());
        Some(self.incoming(key, format!("{GROUP}{group}"), words(&event["oa_id"]), Heard::BotRemoved))
    }

    fn incoming(&self, key: String, chat: String, from: String, heard: Heard) -> Incoming {
        let chat_kind = if chat.starts_with(GROUP) { ChatKind::Group } else { ChatKind::Private };
        let platform = self.key.to_owned();
        Incoming {
            key,
            at: self.at,
            chat: ChatRef { platform: platform.clone(), id: chat },
            chat_kind,
            chat_title: None,
            // No event tells a name.
            from: Sender { user: UserRef { platform, id: from }, name: String::new() },
            heard,
        }
    }
}

/// Something was sent that nobody here reads.
fn unread(kind: AttachmentKind) -> Attachment {
    Attachment { kind, name: String::new(), file: String::new(), size: None }
}

fn files(message: &Value, kind: AttachmentKind) -> Vec<Attachment> {
    let all = message["attachments"].as_array().into_iter().flatten();
    let one = |attachment: &Value| {
        let payload = &attachment["payload"];
        let file = Some(words(&payload["url"])).filter(|url| !url.is_empty())?;
        let name = Some(words(&payload["name"])).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| {
            let last = file.split('?').next().and_then(|path| path.rsplit('/').next());
            last.unwrap_or_default().to_owned()
        });
        Some(Attachment { kind, name, size: words(&payload["size"]).parse().ok(), file })
    };
    all.filter_map(one).collect()
}
