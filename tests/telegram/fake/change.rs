//! What may be done to a message that stands, and who may write where.

use serde_json::{Value, json};

use super::message::{buttons, words};
use super::pace;
use super::world::{Kind, Message, Refusal, Standing, World};
use crate::emulator::Asked;

/// The signs that every bot may set.
const SIGNS: [&str; 12] = ["👍", "👎", "❤", "🔥", "🎉", "🤔", "👏", "🙏", "👌", "💯", "✍", "🫡"];

/// The chat of a request, if the bot can see it.
pub fn chat(world: &World, asked: &Asked) -> Result<i64, Refusal> {
    let id = asked.number("chat_id").ok_or_else(|| Refusal::bad("chat_id is empty"))?;
    let chat = world.chats.get(&id).ok_or_else(|| Refusal::bad("chat not found"))?;
    if let Some(to) = chat.moved_to {
        return Err(Refusal::moved(to));
    }
    if chat.deleted {
        return Err(Refusal::forbidden("the group chat was deleted"));
    }
    if chat.kind == Kind::Private {
        return match (chat.started, chat.blocked) {
            (false, _) => Err(Refusal::forbidden("bot can't initiate conversation with a user")),
            (_, true) => Err(Refusal::forbidden("bot was blocked by the user")),
            _ => Ok(id),
        };
    }
    match chat.bot {
        Standing::Kicked => Err(Refusal::forbidden(&format!("bot was kicked from the {} chat", chat.sort()))),
        Standing::Left => {
            Err(Refusal::forbidden(&format!("bot is not a member of the {} chat", chat.sort())))
        }
        _ => Ok(id),
    }
}

/// The same, if the bot may write there.
pub fn chat_to_write(world: &World, asked: &Asked) -> Result<i64, Refusal> {
    let id = chat(world, asked)?;
    if world.chats[&id].bot == Standing::Restricted {
        return Err(Refusal::bad("not enough rights to send text messages to the chat"));
    }
    Ok(id)
}

/// What of a message is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Text,
    Caption,
    Buttons,
}

pub fn edit(world: &mut World, asked: &Asked, part: Part) -> Result<Value, Refusal> {
    let chat = chat_to_write(world, asked)?;
    let new = match part {
        Part::Text => Some(words(asked, "text", "entities", 4096)?),
        Part::Caption => Some(words(asked, "caption", "caption_entities", 1024)?),
        Part::Buttons => None,
    };
    if part == Part::Text && new.as_ref().is_some_and(|(text, _)| text.is_none()) {
        return Err(Refusal::bad("message text is empty"));
    }
    let markup = buttons(asked)?;
    let message = asked.number("message_id").unwrap_or_default();
    let found = world.chats.get(&chat).and_then(|c| c.messages.get(&message));
    let found = found.ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if !found.of_bot {
        return Err(Refusal::bad("message can't be edited"));
    }
    let mut json = found.json.clone();
    let set = |json: &mut Value, name: &str, value: Value| {
        if let Some(fields) = json.as_object_mut() {
            fields.remove(name);
            if !value.is_null() {
                fields.insert(name.to_owned(), value);
            }
        }
    };
    match (part, new) {
        (Part::Text, Some((text, entities))) => {
            if found.json["text"].is_null() {
                return Err(Refusal::bad("there is no text in the message to edit"));
            }
            set(&mut json, "text", text.map_or(Value::Null, Value::from));
            set(&mut json, "entities", entities);
        }
        (Part::Caption, Some((caption, entities))) => {
            if !found.json["text"].is_null() {
                return Err(Refusal::bad("there is no caption in the message to edit"));
            }
            set(&mut json, "caption", caption.map_or(Value::Null, Value::from));
            set(&mut json, "caption_entities", entities);
        }
        _ => {}
    }
    set(&mut json, "reply_markup", markup.unwrap_or(Value::Null));
    let same = |name: &str| json[name] == found.json[name];
    if ["text", "entities", "caption", "caption_entities", "reply_markup"].iter().all(|name| same(name)) {
        return Err(Refusal::bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a current \
             content and reply markup of the message",
        ));
    }
    pace::take(world, chat)?;
    json["edit_date"] = json!(world.now() / 1000);
    let known = world.chats.get_mut(&chat).and_then(|c| c.messages.get_mut(&message));
    if let Some(known) = known {
        known.json = json.clone();
        known.edits += 1;
    }
    Ok(json)
}

pub fn delete(world: &mut World, asked: &Asked) -> Result<Value, Refusal> {
    let chat = chat(world, asked)?;
    let (now, message) = (world.now(), asked.number("message_id").unwrap_or_default());
    let Some(here) = world.chats.get_mut(&chat) else { return Err(Refusal::bad("chat not found")) };
    let found = here.messages.get(&message).ok_or_else(|| Refusal::bad("message to delete not found"))?;
    if now - found.at > 48 * 3600 * 1000 || !found.of_bot && here.bot != Standing::Administrator {
        return Err(Refusal::bad("message can't be deleted"));
    }
    here.messages.remove(&message);
    here.pinned.retain(|pinned| *pinned != message);
    Ok(json!(true))
}

pub fn pin(world: &mut World, asked: &Asked, pin: bool) -> Result<Value, Refusal> {
    let chat = chat(world, asked)?;
    let Some(here) = world.chats.get_mut(&chat) else { return Err(Refusal::bad("chat not found")) };
    if here.kind != Kind::Private && here.bot != Standing::Administrator {
        return Err(Refusal::bad("not enough rights to manage pinned messages in the chat"));
    }
    let message = asked.number("message_id").or_else(|| here.pinned.last().copied()).unwrap_or_default();
    if !here.messages.contains_key(&message) {
        let what = if pin { "message to pin not found" } else { "message to unpin not found" };
        return Err(Refusal::bad(what));
    }
    here.pinned.retain(|pinned| *pinned != message);
    if pin {
        here.pinned.push(message);
    }
    Ok(json!(true))
}

pub fn react(world: &mut World, asked: &Asked) -> Result<Value, Refusal> {
    let chat = chat(world, asked)?;
    let reaction = asked.value("reaction");
    let list = reaction.as_array().map(Vec::as_slice).unwrap_or_default();
    let sign = list.first().and_then(|r| r["emoji"].as_str()).map(str::to_owned);
    if list.len() > 1 {
        return Err(Refusal::bad("REACTIONS_TOO_MANY"));
    }
    if sign.as_deref().is_some_and(|s| !SIGNS.contains(&s)) || (!list.is_empty() && sign.is_none()) {
        return Err(Refusal::bad("REACTION_INVALID"));
    }
    let message = asked.number("message_id").unwrap_or_default();
    let found = world.chats.get_mut(&chat).and_then(|c| c.messages.get_mut(&message));
    let found: &mut Message = found.ok_or_else(|| Refusal::bad("message to react not found"))?;
    found.reaction = sign;
    Ok(json!(true))
}
