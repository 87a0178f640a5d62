//! An event of Zalo → what was heard.

use chrono::{DateTime, Duration, Utc};

use super::wire::{Account, Chat, Event, Us};
use crate::chat::{Attachment, AttachmentKind, ChatKind, Heard, Incoming, Origin, Quote, Sender};
use crate::domain::{ChatRef, UserRef};
use crate::vietnamese::normal;

/// How far Vietnam's clocks are ahead of UTC: a picture is named by its time there.
const HOURS_AHEAD: i64 = 7;

/// Ids of groups begin so.
const GROUP: &str = "zgr-";

/// What an event tells, if a person said something to the bot. `key` is that of the platform; `now` stands in where Zalo
/// tells no time.
///
/// An event carries neither the title of a group nor what is quoted, and does not tell a mention from a quote: in a group
/// everything that arrives was said to the bot.
pub(super) fn decode(event: Event, key: &str, us: &Us, now: DateTime<Utc>) -> Option<Incoming> {
    let message = event.message?;
    let (from, chat) = (&message.from, &message.chat);
    if from.is_bot || from.id == us.id {
        return None;
    }
    let chat_kind = kind_of(chat, from);
    let at = DateTime::from_timestamp_millis(message.date).filter(|_| message.date > 0).unwrap_or(now);
    let attachments: Vec<Attachment> = match event.name.as_str() {
        "message.image.received" => vec![picture(message.photo, at)],
        "message.voice.received" => vec![untold(AttachmentKind::Voice)],
        "message.sticker.received" => vec![untold(AttachmentKind::Sticker)],
        // Documents, videos, cards: that something was sent is all that is told.
        "message.unsupported.received" => vec![untold(AttachmentKind::File)],
        "message.text.received" => Vec::new(),
        _ => return None,
    };
    let text = without_mention(&message.text, us);
    if text.is_empty() && attachments.is_empty() {
        return None;
    }
    let to_us = Quote { message: None, text: None, of_bot: true };
    Some(Incoming {
        key: message.id.clone(),
        at,
        chat: ChatRef { platform: key.to_owned(), id: chat.id.clone() },
        chat_kind,
        chat_title: None,
        from: Sender {
            user: UserRef { platform: key.to_owned(), id: from.id.clone() },
            name: from.name.clone(),
        },
        heard: Heard::Message {
            message: message.id,
            text,
            quote: (chat_kind == ChatKind::Group).then_some(to_us),
            attachments,
            edited: false,
            origin: Origin::default(),
        },
    })
}

/// A chat is private only where that is sure: what is said there may be for one person alone.
fn kind_of(chat: &Chat, from: &Account) -> ChatKind {
    let is_private = chat.id == from.id || chat.kind.eq_ignore_ascii_case("private");
    if is_private && !chat.id.starts_with(GROUP) { ChatKind::Private } else { ChatKind::Group }
}

fn untold(kind: AttachmentKind) -> Attachment {
    Attachment { kind, name: String::new(), file: String::new(), size: None }
}

/// A picture; Zalo names none, so that its time does.
fn picture(address: Option<String>, at: DateTime<Utc>) -> Attachment {
    let name = (at + Duration::hours(HOURS_AHEAD)).format("%Y-%m-%d_%Hh%M.jpg").to_string();
    Attachment { name, file: address.unwrap_or_default(), ..untold(AttachmentKind::Photo) }
}

/// A text without the mentions of the bot, which stand in it as plain words: "@Bot Giao ban /viec", "đã xong @Bot Giao ban".
fn without_mention(text: &str, us: &Us) -> String {
    let mut names: Vec<String> =
        [&us.display_name, &us.account_name].iter().map(|name| normal(name.trim()).to_lowercase()).collect();
    names.retain(|name| !name.is_empty());
    // The longer name first: it may begin with the other.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let text = normal(text);
    let mut said = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once('@') {
        said.push_str(before);
        let stands_alone = before.chars().next_back().is_none_or(|c| !is_of_word(c));
        match names.iter().find_map(|name| after_name(behind, name)).filter(|_| stands_alone) {
            Some(after) => {
                let after = after.trim_start_matches([',', ':']);
                if !said.is_empty() && after.starts_with(char::is_whitespace) {
                    said.truncate(said.trim_end().len());
                }
                rest = after;
            }
            None => {
                said.push('@');
                rest = behind;
            }
        }
    }
    said.push_str(rest);
    said.trim().to_owned()
}

/// What follows this name, which is in small letters, at the beginning of a text; none where it is another or a longer word.
fn after_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut expected = name.chars();
    let mut at = 0;
    for c in text.chars() {
        if expected.as_str().is_empty() {
            break;
        }
        for small in c.to_lowercase() {
            if expected.next() != Some(small) {
                return None;
            }
        }
        at += c.len_utf8();
    }
    let rest = text.get(at..)?;
    let ends = rest.chars().next().is_none_or(|c| !is_of_word(c));
    (expected.as_str().is_empty() && ends).then_some(rest)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
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
        decode(Event::read(&event), "zalo", &us(), now)
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
        for text in [
            "@Bot Giao ban V2 đã xong",
            "@bot giao ban, V2 đã xong",
            "@bot.GiaoBan V2 đã xong",
            "V2 đã xong @Bot Giao ban",
            "V2 @Bot Giao ban đã xong",
            // A telephone that writes letters and their marks apart.
            "@Bot Giao ban V2 đa\u{303} xong",
        ] {
            let incoming = heard(said("message.text.received", json!({"text": text}))).unwrap();
            assert_eq!((&*incoming.key, incoming.chat_kind), ("2d75", ChatKind::Group));
            assert_eq!(incoming.at.timestamp_millis(), 1_783_404_428_055);
            let Heard::Message { text, quote, .. } = incoming.heard else { panic!("no message") };
            assert_eq!(text, "V2 đã xong");
            assert!(quote.unwrap().of_bot);
        }
    }

    #[test]
    fn what_only_looks_like_a_mention_stays() {
        for text in ["gửi a@bot giao ban.vn", "@Bot Giao bane V2", "@Cô Hạnh V2", "V2 @"] {
            let incoming = heard(said("message.text.received", json!({"text": text}))).unwrap();
            let Heard::Message { text: read, .. } = incoming.heard else { panic!("no message") };
            assert_eq!(read, text);
        }
    }

    #[test]
    fn a_chat_of_a_new_kind_is_no_private_one() {
        for (chat, kind) in [
            (json!({"id": "zgr-9", "chat_type": "SUPERGROUP"}), ChatKind::Group),
            (json!({"id": "zgr-9", "chat_type": "PRIVATE"}), ChatKind::Group),
            (json!({"id": "c7"}), ChatKind::Group),
            (json!({"id": "6ede"}), ChatKind::Private),
            (json!({"id": "c7", "chat_type": "PRIVATE"}), ChatKind::Private),
        ] {
            let event = said("message.text.received", json!({"text": "x", "chat": chat}));
            assert_eq!(heard(event).unwrap().chat_kind, kind, "{chat}");
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
            assert_eq!(attachments[0].name, "2026-07-07_13h07.jpg");
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
