//! An event of Zalo → what was heard.

use chrono::{DateTime, Utc};

use super::wire::{Event, Us};
use crate::chat::{Attachment, AttachmentKind, ChatKind, Heard, Incoming, Origin, Quote, Sender};
use crate::domain::{ChatRef, UserRef};

/// What an event tells, if a person said something to the bot. `key` is that of the platform; `now` stands in where Zalo
/// tells no time.
///
/// An event carries neither the title of a group nor what is quoted, and does not tell a mention from a quote: in a group
/// everything that arrives was said to the bot.
pub(super) fn decode(event: Event, key: &str, us: &Us, now: DateTime<Utc>) -> Option<Incoming> {
    let message = event.message?;
    let (from, chat) = (message.from?, message.chat?);
    if from.is_bot || from.id == us.id {
        return None;
    }
    let chat_kind =
        if chat.chat_type.eq_ignore_ascii_case("group") { ChatKind::Group } else { ChatKind::Private };
    let attachments: Vec<Attachment> = match event.event_name.as_str() {
        "message.image.received" => vec![attachment(AttachmentKind::Photo, message.photo_url)],
        "message.voice.received" => vec![attachment(AttachmentKind::Voice, None)],
        "message.sticker.received" => vec![attachment(AttachmentKind::Sticker, None)],
        // Documents, videos, cards: that something was sent is all that is told.
        "message.unsupported.received" => vec![attachment(AttachmentKind::File, None)],
        "message.text.received" => Vec::new(),
        _ => return None,
    };
    let text = message.text.or(message.caption).unwrap_or_default();
    let text = without_mention(&text, us);
    if text.is_empty() && attachments.is_empty() {
        return None;
    }
    let to_us = Quote { message: None, text: None, of_bot: true };
    Some(Incoming {
        key: message.message_id.clone(),
        at: DateTime::from_timestamp_millis(message.date).filter(|_| message.date > 0).unwrap_or(now),
        chat: ChatRef { platform: key.to_owned(), id: chat.id },
        chat_kind,
        chat_title: None,
        from: Sender {
            user: UserRef { platform: key.to_owned(), id: from.id },
            name: from.display_name.unwrap_or_default(),
        },
        heard: Heard::Message {
            message: message.message_id,
            text,
            quote: (chat_kind == ChatKind::Group).then_some(to_us),
            attachments,
            edited: false,
            origin: Origin::default(),
        },
    })
}

fn attachment(kind: AttachmentKind, address: Option<String>) -> Attachment {
    Attachment { kind, name: String::new(), file: address.unwrap_or_default(), size: None }
}

/// A text without the mention of the bot, which stands in it as plain words: "@Bot Giao ban /viec".
fn without_mention(text: &str, us: &Us) -> String {
    let said = text.trim();
    for name in [&us.display_name, &us.account_name] {
        let name = name.trim();
        let Some(rest) = said.strip_prefix('@') else { break };
        let is_ours = !name.is_empty()
            && rest.get(..name.len()).is_some_and(|begins| begins.to_lowercase() == name.to_lowercase());
        if is_ours {
            return rest[name.len()..].trim_start_matches([',', ':']).trim().to_owned();
        }
    }
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn us() -> Us {
        Us {
            id: "b0".into(),
            account_name: "bot.GiaoBan".into(),
            display_name: "Bot Giao ban".into(),
            can_join_groups: true,
        }
    }

    fn heard(event: Value) -> Option<Incoming> {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        decode(serde_json::from_value(event).unwrap(), "zalo", &us(), now)
    }

    fn said(name: &str, more: Value) -> Value {
        let mut message = json!({
            "message_id": "2d75", "date": 1_783_404_428_055_i64, "message_type": "CHAT_MESSAGE",
            "from": {"id": "6ede", "display_name": "Cô Hạnh", "is_bot": false},
            "chat": {"id": "zgr-1", "chat_type": "GROUP"},
        });
        message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"event_name": name, "message": message})
    }

    #[test]
    fn words_in_a_group_are_to_the_bot_and_lose_its_name() {
        for text in ["@Bot Giao ban V2 đã xong", "@bot giao ban, V2 đã xong", "@bot.GiaoBan V2 đã xong"]
        {
            let incoming = heard(said("message.text.received", json!({"text": text}))).unwrap();
            assert_eq!((&*incoming.key, incoming.chat_kind), ("2d75", ChatKind::Group));
            assert_eq!(incoming.at.timestamp_millis(), 1_783_404_428_055);
            let Heard::Message { text, quote, .. } = incoming.heard else { panic!("no message") };
            assert_eq!(text, "V2 đã xong");
            assert!(quote.unwrap().of_bot);
        }
    }

    #[test]
    fn pictures_are_read_under_both_names_and_what_is_not_told_is_an_empty_file() {
        for name in ["photo", "photo_url"] {
            let event =
                said("message.image.received", json!({name: "http://127.0.0.1/a.jpg", "caption": "V2"}));
            let Heard::Message { attachments, text, .. } = heard(event).unwrap().heard else {
                panic!("no message")
            };
            assert_eq!((&*attachments[0].file, &*text), ("http://127.0.0.1/a.jpg", "V2"));
        }
        for (name, kind) in [
            ("message.unsupported.received", AttachmentKind::File),
            ("message.voice.received", AttachmentKind::Voice),
        ] {
            let Heard::Message { attachments, .. } = heard(said(name, json!({}))).unwrap().heard else {
                panic!("no message")
            };
            assert_eq!((attachments[0].kind, &*attachments[0].file), (kind, ""));
        }
    }

    #[test]
    fn probes_bots_and_what_is_new_are_passed_over() {
        assert!(
            heard(json!({"event_name": "webhook.test", "message": {"message_id": "webhook-test"}})).is_none()
        );
        assert!(heard(said("message.poll.received", json!({"text": "x"}))).is_none());
        let own = said("message.text.received", json!({"text": "x", "from": {"id": "b1", "is_bot": true}}));
        assert!(heard(own).is_none());
        assert!(heard(json!({"event_name": "message.text.received"})).is_none());
    }
}
