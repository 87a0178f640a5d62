//! The methods of the Bot API.

use std::time::Duration;

use serde_json::{Value, json};

use super::world::{Kind, Refusal, World};
use super::{Fake, change, message};
use crate::emulator::Asked;

/// The longest poll that the server allows, in seconds.
const LONGEST_POLL: u64 = 50;

/// After so long a press can no longer be answered, in milliseconds.
const PRESS_LIFE: i64 = 15 * 60 * 1000;

/// `getUpdates`: hands out what waits, from the offset on; everything before it is confirmed and gone.
pub async fn poll(fake: &Fake, asked: &Asked) -> Result<Value, Refusal> {
    let seconds = asked.number("timeout").unwrap_or(0).clamp(0, LONGEST_POLL as i64) as u64;
    let limit = asked.number("limit").unwrap_or(100).clamp(1, 100) as usize;
    let mine = fake.with(|w| {
        if !w.webhook.is_empty() {
            return Err(Refusal::conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            ));
        }
        if let Some(kinds) = asked.value("allowed_updates").as_array() {
            w.allowed = Some(kinds.iter().filter_map(|k| k.as_str().map(str::to_owned)).collect());
        }
        let offset = asked.number("offset").unwrap_or(0);
        if offset > 0 {
            while w.waiting.front().is_some_and(|(id, _, _)| *id < offset) {
                w.waiting.pop_front();
                w.confirmed += 1;
            }
        } else if offset < 0 {
            while w.waiting.len() > offset.unsigned_abs() as usize {
                w.waiting.pop_front();
                w.confirmed += 1;
            }
        }
        w.poll += 1;
        Ok(w.poll)
    })?;
    let handed_out = async {
        loop {
            let rung = fake.rung.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            {
                let mut world = fake.lock();
                if world.poll != mine {
                    return Err(Refusal::conflict(
                        "terminated by other getUpdates request; make sure that only one bot instance is running",
                    ));
                }
                let batch: Vec<Value> = world
                    .waiting
                    .iter_mut()
                    .take(limit)
                    .map(|(_, update, times)| {
                        *times += 1;
                        update.clone()
                    })
                    .collect();
                if !batch.is_empty() {
                    return Ok(json!(batch));
                }
            }
            rung.await;
        }
    };
    tokio::time::timeout(Duration::from_secs(seconds), handed_out).await.unwrap_or(Ok(json!([])))
}

/// Every other method, by its name in small letters.
pub fn answer(world: &mut World, method: &str, asked: &Asked) -> Result<Value, Refusal> {
    match method {
        "getme" => Ok(me(world)),
        "setwebhook" => {
            asked.text("url").unwrap_or_default().clone_into(&mut world.webhook);
            asked.text("secret_token").unwrap_or_default().clone_into(&mut world.secret);
            if let Some(kinds) = asked.value("allowed_updates").as_array() {
                world.allowed = Some(kinds.iter().filter_map(|k| k.as_str().map(str::to_owned)).collect());
            }
            world.poll += 1;
            Ok(json!(true))
        }
        "deletewebhook" => {
            world.webhook.clear();
            if asked.flag("drop_pending_updates") {
                world.waiting.clear();
            }
            Ok(json!(true))
        }
        "getwebhookinfo" => Ok(json!({"url": world.webhook, "has_custom_certificate": false,
            "pending_update_count": world.waiting.len()})),
        "sendmessage" => message::send_text(world, asked),
        "senddocument" => message::send_file(world, asked, "document"),
        "sendphoto" => message::send_file(world, asked, "photo"),
        "editmessagetext" => change::edit(world, asked, change::Part::Text),
        "editmessagecaption" => change::edit(world, asked, change::Part::Caption),
        "editmessagereplymarkup" => change::edit(world, asked, change::Part::Buttons),
        "deletemessage" => change::delete(world, asked),
        "pinchatmessage" => change::pin(world, asked, true),
        "unpinchatmessage" => change::pin(world, asked, false),
        "setmessagereaction" => change::react(world, asked),
        "answercallbackquery" => answer_press(world, asked),
        "sendchataction" => {
            let chat = change::chat_to_write(world, asked)?;
            if let Some(chat) = world.chats.get_mut(&chat) {
                chat.actions += 1;
            }
            Ok(json!(true))
        }
        "getfile" => get_file(world, asked),
        "setmycommands" | "getmycommands" | "deletemycommands" => commands(world, method, asked),
        "setmydescription" | "setmyshortdescription" | "setmyname" => Ok(json!(true)),
        "setmydefaultadministratorrights" | "setchatmenubutton" => Ok(json!(true)),
        "getchat" => {
            let chat = change::chat(world, asked)?;
            let mut told = world.chats[&chat].json();
            told["accent_color_id"] = json!(0);
            told["max_reaction_count"] = json!(11);
            told["accepted_gift_types"] = json!({"unlimited_gifts": false, "limited_gifts": false,
                "unique_gifts": false, "premium_subscription": false, "gifts_from_channels": false});
            Ok(told)
        }
        "getchatmember" => chat_member(world, asked),
        "getchatadministrators" => {
            let id = change::chat(world, asked)?;
            let chat = &world.chats[&id];
            let admins = chat.members.iter().filter(|(_, admin)| **admin);
            Ok(admins
                .filter_map(|(user, _)| world.users.get(user))
                .map(|user| creator(&user.json()))
                .collect())
        }
        "leavechat" => {
            let id = change::chat(world, asked)?;
            super::life::stand(world, id, super::world::Standing::Left, None);
            Ok(json!(true))
        }
        _ => Err(Refusal { code: 404, text: "Not Found".into(), more: None }),
    }
}

fn me(world: &World) -> Value {
    let mut me = world.me.json();
    let rights =
        ["can_connect_to_business", "has_main_web_app", "supports_inline_queries", "has_topics_enabled"];
    for right in rights {
        me[right] = json!(false);
    }
    me["can_join_groups"] = json!(true);
    me["can_read_all_group_messages"] = json!(world.hears_all);
    me
}

fn creator(user: &Value) -> Value {
    json!({"status": "creator", "user": user, "is_anonymous": false})
}

fn chat_member(world: &World, asked: &Asked) -> Result<Value, Refusal> {
    let id = change::chat(world, asked)?;
    let user = asked.number("user_id").unwrap_or_default();
    let chat = &world.chats[&id];
    if user == world.me.id {
        return Ok(chat.bot.json(&world.me));
    }
    let known = world.users.get(&user).ok_or_else(|| Refusal::bad("user not found"))?.json();
    Ok(match chat.members.get(&user) {
        Some(true) => creator(&known),
        Some(false) => json!({"status": "member", "user": known}),
        None => json!({"status": "left", "user": known}),
    })
}

fn answer_press(world: &mut World, asked: &Asked) -> Result<Value, Refusal> {
    let now = world.now();
    let said = asked.text("text").unwrap_or_default().to_owned();
    if said.chars().count() > 200 {
        return Err(Refusal::bad("MESSAGE_TOO_LONG"));
    }
    let id = asked.value("callback_query_id");
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    match world.presses.get_mut(&id) {
        Some(press) if now - press.at < PRESS_LIFE => {
            press.answers += 1;
            press.said = said;
            Ok(json!(true))
        }
        _ => Err(Refusal::bad("query is too old and response timeout expired or query ID is invalid")),
    }
}

fn get_file(world: &World, asked: &Asked) -> Result<Value, Refusal> {
    let id = asked.text("file_id").unwrap_or_default();
    let file = world.files.get(id);
    let file = file.ok_or_else(|| Refusal::bad("wrong file_id or the file is temporarily unavailable"))?;
    if file.bytes.len() > 20 * 1024 * 1024 {
        return Err(Refusal::bad("file is too big"));
    }
    let end = file.name.rsplit_once('.').map_or("bin", |(_, end)| end);
    Ok(json!({"file_id": id, "file_unique_id": format!("u{id}"), "file_size": file.bytes.len(),
        "file_path": format!("documents/{id}.{end}")}))
}

fn commands(world: &mut World, method: &str, asked: &Asked) -> Result<Value, Refusal> {
    let scope = asked.value("scope");
    let scope = if scope.is_null() { json!({"type": "default"}) } else { scope };
    let key = (scope.to_string(), asked.text("language_code").unwrap_or_default().to_owned());
    match method {
        "getmycommands" => return Ok(world.commands.get(&key).cloned().unwrap_or(json!([]))),
        "deletemycommands" => {
            world.commands.remove(&key);
            return Ok(json!(true));
        }
        _ => {}
    }
    let list = asked.value("commands");
    let commands = list.as_array().ok_or_else(|| Refusal::bad("can't parse commands JSON object"))?;
    if commands.len() > 100 {
        return Err(Refusal::bad("BOT_COMMANDS_TOO_MUCH"));
    }
    for command in commands {
        let name = command["command"].as_str().unwrap_or_default();
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if name.is_empty() || name.len() > 32 || !name.chars().all(fits) {
            return Err(Refusal::bad("BOT_COMMAND_INVALID"));
        }
        let what = command["description"].as_str().unwrap_or_default().chars().count();
        if !(1..=256).contains(&what) {
            return Err(Refusal::bad("BOT_COMMAND_DESCRIPTION_INVALID"));
        }
    }
    world.commands.insert(key, list);
    Ok(json!(true))
}

/// Whether a chat is a private one.
pub fn is_private(world: &World, chat: i64) -> bool {
    world.chats.get(&chat).is_some_and(|c| c.kind == Kind::Private)
}
