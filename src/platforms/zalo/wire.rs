//! What Zalo tells, as far as we read it: documented names, and those that real deliveries carry instead.

use serde::Deserialize;
use serde_json::Value;

/// An event of the Bot Platform.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Event {
    pub event_name: String,
    #[serde(default)]
    pub message: Option<Message>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Message {
    pub message_id: String,
    /// Milliseconds since 1970.
    #[serde(default)]
    pub date: i64,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub caption: Option<String>,
    /// The documentation says `photo`, what arrives says `photo_url`.
    #[serde(default, alias = "photo")]
    pub photo_url: Option<String>,
    #[serde(default)]
    pub from: Option<Account>,
    #[serde(default)]
    pub chat: Option<Chat>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Account {
    pub id: String,
    /// Older deliveries say `name`.
    #[serde(default, alias = "name")]
    pub display_name: Option<String>,
    #[serde(default)]
    pub is_bot: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Chat {
    pub id: String,
    #[serde(default)]
    pub chat_type: String,
}

/// Who we are, as `getMe` tells.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Us {
    pub id: String,
    /// "bot.XXXX": the end of the link by which a group takes the bot in.
    #[serde(default)]
    pub account_name: String,
    #[serde(default)]
    pub display_name: String,
    #[serde(default)]
    pub can_join_groups: bool,
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
}
