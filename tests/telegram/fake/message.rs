//! What may be sent: the checks of the real server on texts, form, buttons and replies.

use serde_json::{Value, json};

use super::change::chat_to_write;
use super::pace;
use super::world::{Refusal, World};
use crate::emulator::Asked;

/// The most units of UTF-16 that a text may have, and a caption.
const TEXT: usize = 4096;
const CAPTION: usize = 1024;

pub fn send_text(world: &mut World, asked: &Asked) -> Result<Value, Refusal> {
    let chat = chat_to_write(world, asked)?;
    let (text, entities) = words(asked, "text", "entities", TEXT)?;
    let text = text.ok_or_else(|| Refusal::bad("message text is empty"))?;
    let mut message = json!({"text": text});
    if !entities.is_null() {
        message["entities"] = entities;
    }
    out(world, asked, chat, message)
}

pub fn send_file(world: &mut World, asked: &Asked, kind: &str) -> Result<Value, Refusal> {
    let chat = chat_to_write(world, asked)?;
    let (caption, entities) = words(asked, "caption", "caption_entities", CAPTION)?;
    let Some((name, bytes)) = asked.file(kind) else {
        return Err(Refusal::bad("there is no file in the request"));
    };
    let most = if kind == "photo" { 10 } else { 50 } * 1024 * 1024;
    if bytes.is_empty() || bytes.len() > most {
        return Err(Refusal::bad(if bytes.is_empty() {
            "file must be non-empty"
        } else {
            "file is too big"
        }));
    }
    let id = world.keep(name, bytes);
    let file = json!({"file_id": id, "file_unique_id": format!("u{id}"), "file_size": bytes.len()});
    let mut message = json!({});
    if kind == "photo" {
        let mut size = file;
        (size["width"], size["height"]) = (json!(800), json!(600));
        message["photo"] = json!([size]);
    } else {
        let mut document = file;
        document["file_name"] = json!(name);
        message["document"] = document;
    }
    if let Some(caption) = caption {
        message["caption"] = json!(caption);
    }
    if !entities.is_null() {
        message["caption_entities"] = entities;
    }
    out(world, asked, chat, message)
}

/// Reply, topic, buttons and pace; then the message stands.
fn out(world: &mut World, asked: &Asked, chat: i64, mut message: Value) -> Result<Value, Refusal> {
    message["from"] = world.me.json();
    if let Some(buttons) = buttons(asked)? {
        message["reply_markup"] = buttons;
    }
    let here = &world.chats[&chat];
    let reply = asked.value("reply_parameters");
    let quoted = reply["message_id"].as_i64().or_else(|| asked.number("reply_to_message_id"));
    let mut thread = asked.number("message_thread_id");
    if let Some(quoted) = quoted {
        match here.messages.get(&quoted) {
            Some(original) => {
                let mut original = original.json.clone();
                if let Some(fields) = original.as_object_mut() {
                    fields.remove("reply_to_message");
                }
                if thread.is_none() && original["is_topic_message"] == true {
                    thread = original["message_thread_id"].as_i64();
                }
                message["reply_to_message"] = original;
            }
            None if reply["allow_sending_without_reply"] == true
                || asked.flag("allow_sending_without_reply") => {}
            None => return Err(Refusal::bad("message to be replied not found")),
        }
    }
    if let Some(thread) = thread {
        match here.topics.get(&thread) {
            Some(true) => return Err(Refusal::bad("TOPIC_CLOSED")),
            Some(false) => {
                message["message_thread_id"] = json!(thread);
                message["is_topic_message"] = json!(true);
            }
            None => return Err(Refusal::bad("message thread not found")),
        }
    }
    pace::take(world, chat)?;
    Ok(world.store(chat, message, true))
}

/// A text as the server keeps it, with its form; none when nothing is left of it.
pub fn words(asked: &Asked, name: &str, form: &str, most: usize) -> Result<(Option<String>, Value), Refusal> {
    if asked.text("parse_mode").is_some_and(|mode| !mode.is_empty()) {
        return Err(Refusal::bad("can't parse entities: this server takes entities only"));
    }
    let given = asked.value(name);
    let given = given
        .as_str()
        .map_or_else(|| if given.is_null() { String::new() } else { given.to_string() }, str::to_owned);
    let text = given.trim().to_owned();
    let length = text.encode_utf16().count();
    if length > most {
        let what = if most == TEXT { "message is too long" } else { "message caption is too long" };
        return Err(Refusal::bad(what));
    }
    let entities = asked.value(form);
    let list = entities.as_array().map(Vec::as_slice).unwrap_or_default();
    if list.len() > 100 {
        return Err(Refusal::bad("can't parse entities: too many entities"));
    }
    // Stricter than the server, which would move what lies before and after blank ends: our own offsets are to be right.
    let units = given.encode_utf16().count();
    for entity in list {
        let (offset, size) = (entity["offset"].as_u64(), entity["length"].as_u64());
        let (Some(offset), Some(size)) = (offset, size) else {
            return Err(Refusal::bad("can't parse entities: Can't find field \"offset\" or \"length\""));
        };
        if size == 0 || offset + size > units as u64 {
            return Err(Refusal::bad("can't parse entities: ENTITY_BOUNDS_INVALID"));
        }
    }
    let entities = if list.is_empty() { Value::Null } else { entities };
    Ok(((!text.is_empty()).then_some(text), entities))
}

/// The buttons, checked.
pub fn buttons(asked: &Asked) -> Result<Option<Value>, Refusal> {
    let markup = asked.value("reply_markup");
    let Some(rows) = markup["inline_keyboard"].as_array() else { return Ok(None) };
    let all: Vec<&Value> = rows.iter().filter_map(Value::as_array).flatten().collect();
    if all.is_empty() {
        return Ok(None);
    }
    if all.len() > 100 {
        return Err(Refusal::bad("reply markup is too long"));
    }
    for button in all {
        if button["text"].as_str().unwrap_or_default().is_empty() {
            return Err(Refusal::bad("inline keyboard button text must be non-empty"));
        }
        let pressed = button["callback_data"].as_str();
        let data = pressed.map_or(1, str::len);
        let does = button.as_object().map_or(0, |b| b.len().saturating_sub(1));
        if !(1..=64).contains(&data) {
            return Err(Refusal::bad("BUTTON_DATA_INVALID"));
        }
        if does == 0 {
            return Err(Refusal::bad("BUTTON_TYPE_INVALID"));
        }
    }
    Ok(Some(json!({ "inline_keyboard": rows })))
}
