//! What Zalo tells, as far as we read it: documented names, and those that real deliveries carry instead.
//!
//! Nothing here is refused for the sake of a field that we can do without: Zalo tells an event once.

use serde_json::Value;

/// An event of the Bot Platform.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub name: String,
    pub message: Option<Message>,
}

#[derive(Debug, Clone)]
pub(super) struct Message {
    pub id: String,
    /// Milliseconds since 1970; 0 where none are told.
    pub date: i64,
    /// The words, or those under a picture.
    pub text: String,
    /// Where a picture is had.
    pub photo: Option<String>,
    pub from: Account,
    pub chat: Chat,
}

#[derive(Debug, Clone)]
pub(super) struct Account {
    pub id: String,
    pub name: String,
    pub is_bot: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Chat {
    pub id: String,
    pub kind: String,
}

/// Who we are, as `getMe` tells.
#[derive(Debug, Clone)]
pub(super) struct Us {
    pub id: String,
    /// "bot.XXXX": the end of the link by which a group takes the bot in.
    pub account_name: String,
    pub display_name: String,
    pub can_join_groups: bool,
}

impl Event {
    /// Reads an event. Without its message, its sender or its chat it is one that tells nothing.
    pub(super) fn read(event: &Value) -> Self {
        Self {
            name: text(&event["event_name"]).unwrap_or_default(),
            message: Message::read(&event["message"]),
        }
    }
}

impl Message {
    fn read(message: &Value) -> Option<Self> {
        let first = |fields: &[&str]| fields.iter().find_map(|field| text(&message[*field]));
        let (from, chat) = (&message["from"], &message["chat"]);
        Some(Self {
            id: text(&message["message_id"])?,
            date: milliseconds(&message["date"]).unwrap_or_default(),
            text: first(&["text", "caption"]).unwrap_or_default(),
            // The documentation says `photo`, what arrives says `photo_url`.
            photo: first(&["photo_url", "photo"]),
            from: Account {
                id: text(&from["id"])?,
                // Older deliveries say `name`.
                name: text(&from["display_name"]).or_else(|| text(&from["name"])).unwrap_or_default(),
                is_bot: from["is_bot"].as_bool().unwrap_or_default(),
            },
            chat: Chat { id: text(&chat["id"])?, kind: text(&chat["chat_type"]).unwrap_or_default() },
        })
    }
}

impl Us {
    /// Reads who we are; none without an id.
    pub(super) fn read(told: &Value) -> Option<Self> {
        Some(Self {
            id: text(&told["id"])?,
            account_name: text(&told["account_name"]).unwrap_or_default(),
            display_name: text(&told["display_name"]).unwrap_or_default(),
            can_join_groups: told["can_join_groups"].as_bool().unwrap_or_default(),
        })
    }
}

/// A text with something in it; a number stands for its digits.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn milliseconds(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|n| n as i64)),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// The events in what was delivered: one as it is, one in an envelope, or a list of either.
pub(super) fn events(delivered: Value) -> Vec<Value> {
    match delivered {
        Value::Array(many) => many.into_iter().flat_map(events).collect(),
        Value::Object(mut one) if !one.contains_key("event_name") => {
            one.remove("result").map(events).unwrap_or_default()
        }
        event @ Value::Object(_) => vec![event],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_is_found_bare_in_an_envelope_and_in_a_list() {
        let event = json!({"event_name": "message.text.received"});
        for delivered in [
            event.clone(),
            json!({"ok": true, "result": event}),
            json!([event]),
            json!({"ok": true, "result": [event]}),
        ] {
            assert_eq!(events(delivered), vec![event.clone()]);
        }
        assert!(events(json!({"ok": false, "error_code": 408})).is_empty());
        assert!(events(json!("x")).is_empty());
    }

    #[test]
    fn no_field_of_another_kind_or_told_twice_loses_a_message() {
        let message = json!({"message_id": 17, "date": "1783404428055", "text": "", "caption": "V2",
            "photo": "http://127.0.0.1/a.jpg", "photo_url": "http://127.0.0.1/b.jpg",
            "from": {"id": "u1", "display_name": "Cô Hạnh", "name": "Hạnh", "is_bot": null},
            "chat": {"id": "zgr-1", "chat_type": null}});
        let read = Event::read(&json!({"event_name": "message.image.received", "message": message}));
        let message = read.message.unwrap();
        assert_eq!((&*message.id, message.date, &*message.text), ("17", 1_783_404_428_055, "V2"));
        assert_eq!(message.photo.as_deref(), Some("http://127.0.0.1/b.jpg"));
        assert_eq!((&*message.from.name, message.from.is_bot, &*message.chat.kind), ("Cô Hạnh", false, ""));
        for without in [json!({}), json!(null), json!([1]), json!({"message_id": "x", "from": {"id": "u"}})] {
            assert!(Event::read(&json!({"event_name": "x", "message": without})).message.is_none());
        }
    }
}
