//! The methods of the Bot Platform.

use std::time::Duration;

use serde_json::{Value, json};

use super::world::{Idle, Message, Refusal, World};
use super::{Fake, hook, limits};
use crate::emulator::{Asked, machine_time};

/// `getUpdates`: one update as soon as there is one; there is neither an offset nor a confirmation.
pub async fn poll(fake: &Fake, bot: usize, asked: &Asked) -> Result<Value, Refusal> {
    let longest = fake.with(|world| world.ways.longest_poll);
    let seconds = asked.number("timeout").unwrap_or(30).clamp(0, longest).unsigned_abs();
    let mine = fake.with(|world| {
        let replays = world.ways.replays;
        let us = &mut world.bots[bot];
        if !us.webhook.is_empty() {
            return Err(Refusal::bad("a webhook is set, delete it first"));
        }
        us.poll += 1;
        us.polling = true;
        // Whoever polls again has what was handed out before.
        let (mine, had) = (us.poll, us.last.filter(|_| us.to_this_run));
        if let Some(had) = had {
            world.told[had].confirmed = true;
        }
        if !replays {
            world.bots[bot].last = None;
        }
        Ok(mine)
    })?;
    let handed_out = async {
        loop {
            let rung = fake.rung.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            if let Some(answer) = hand_out(&mut fake.lock(), bot, mine) {
                return answer;
            }
            rung.await;
        }
    };
    let answer = tokio::time::timeout(Duration::from_secs(seconds), handed_out).await;
    fake.with(|world| {
        let us = &mut world.bots[bot];
        if us.poll == mine {
            us.polling = false;
            us.polled_at = machine_time();
        }
        answer.unwrap_or_else(|_| {
            let as_status = world.ways.idle == Idle::Status;
            Err(Refusal { as_status, ..Refusal::new(408, "Request timeout") })
        })
    })
}

fn hand_out(world: &mut World, bot: usize, mine: u64) -> Option<Result<Value, Refusal>> {
    if world.bots[bot].poll != mine {
        return Some(Err(Refusal::new(408, "Request timeout")));
    }
    let next = match world.bots[bot].waiting.pop_front() {
        Some(next) => Some(next),
        None if world.ways.replays => world.bots[bot].last,
        None => None,
    }?;
    world.bots[bot].last = Some(next);
    world.bots[bot].to_this_run = true;
    world.told[next].times += 1;
    Some(Ok(world.told[next].event.clone()))
}

/// Methods that look at the network or wait have arms of their own in `server`; every other, by its name.
pub fn answer(world: &mut World, bot: usize, method: &str, asked: &Asked) -> Result<Value, Refusal> {
    match method {
        "getMe" => {
            world.bots[bot].to_this_run = false;
            Ok(me(world, bot))
        }
        "deleteWebhook" => {
            let at = world.now();
            let us = &mut world.bots[bot];
            if us.webhook.is_empty() {
                return Err(Refusal::new(404, "Not Found"));
            }
            us.webhook.clear();
            Ok(json!({"url": "", "updated_at": at}))
        }
        "getWebhookInfo" => match &world.bots[bot] {
            us if us.webhook.is_empty() => Err(Refusal::new(404, "Not Found")),
            us => Ok(json!({"url": us.webhook, "updated_at": us.hooked_at})),
        },
        "sendMessage" => send(world, bot, asked, "text"),
        "sendSticker" => send(world, bot, asked, "sticker"),
        "sendVoice" => send(world, bot, asked, "voice_url"),
        "sendChatAction" => {
            let chat = chat(world, bot, asked)?;
            if asked.text("action") != Some("typing") {
                return Err(Refusal::bad("action is not supported"));
            }
            if let Some(chat) = world.chats.get_mut(&chat) {
                chat.actions += 1;
            }
            Ok(Value::Null)
        }
        _ => Err(Refusal::new(404, "Not Found")),
    }
}

/// `setWebhook`: the address is stored even when its probe fails.
pub async fn set_webhook(fake: &Fake, bot: usize, asked: &Asked) -> Result<Value, Refusal> {
    let url = asked.text("url").unwrap_or_default().to_owned();
    let secret = asked.text("secret_token").unwrap_or_default().to_owned();
    if url.is_empty() {
        return Err(Refusal::bad("url is required"));
    }
    if !(8..=256).contains(&secret.chars().count()) {
        return Err(Refusal::bad("secret_token must have 8 to 256 characters"));
    }
    let at = fake.with(|world| {
        let at = world.now();
        let us = &mut world.bots[bot];
        (us.webhook, us.secret, us.hooked_at) = (url.clone(), secret, at);
        us.poll += 1;
        at
    });
    let verification = hook::probe(&url).await;
    Ok(json!({"url": url, "updated_at": at, "verification": verification}))
}

/// The largest picture that is taken, in bytes.
const PICTURE: usize = 10 * 1024 * 1024;

/// `sendPhoto`: the address is fetched before anything is said, and must be a picture's.
pub async fn send_photo(fake: &Fake, bot: usize, asked: &Asked) -> Result<Value, Refusal> {
    let address = asked.text("photo").ok_or_else(|| Refusal::bad("photo is required"))?;
    let lost = |_| Refusal::bad("photo cannot be fetched");
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().map_err(lost)?;
    let answer = client.get(address).timeout(Duration::from_secs(5)).send().await.map_err(lost)?;
    let said =
        answer.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if !answer.status().is_success() || !said.starts_with("image/") {
        return Err(Refusal::bad("photo is no picture"));
    }
    let bytes = answer.bytes().await.map_err(lost)?;
    let is_one = bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(b"\xff\xd8\xff");
    if !is_one || bytes.len() > PICTURE {
        return Err(Refusal::bad("photo is no picture that can be shown"));
    }
    fake.with(|world| send(world, bot, asked, "photo"))
}

fn me(world: &World, bot: usize) -> Value {
    let us = &world.bots[bot];
    json!({"id": us.id, "account_name": us.account_name, "account_type": "BASIC", "can_join_groups": true,
        "display_name": us.name})
}

fn chat(world: &World, bot: usize, asked: &Asked) -> Result<String, Refusal> {
    let value = asked.value("chat_id");
    let id = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match world.chats.get(&id) {
        Some(chat) if chat.bot == bot => Ok(id),
        _ => Err(Refusal::new(404, "chat not found")),
    }
}

fn send(world: &mut World, bot: usize, asked: &Asked, what: &str) -> Result<Value, Refusal> {
    let chat = chat(world, bot, asked)?;
    let content = asked.text(what).ok_or_else(|| Refusal::bad(&format!("{what} is required")))?.to_owned();
    let (text, photo) = match what {
        "text" => (content, None),
        _ => (asked.text("caption").unwrap_or_default().to_owned(), Some(content)),
    };
    if what == "text" || !text.is_empty() {
        limits::text(&text)?;
    }
    if let Some(address) = photo.as_ref().filter(|_| what != "sticker")
        && !address.starts_with("http")
    {
        return Err(Refusal::bad(&format!("{what} must be an address")));
    }
    styles(&asked.value("text_styles"), &text)?;
    limits::take(world, bot)?;
    let at = world.now();
    let id = world.store(&chat, Message { text, at, of_bot: true, photo });
    Ok(json!({"message_id": id, "date": at}))
}

/// `text_styles` lie within the text and have codes that there are.
fn styles(styles: &Value, text: &str) -> Result<(), Refusal> {
    const CODES: [&str; 19] = [
        "b", "i", "u", "s", "f_13", "f_15", "f_18", "f_20", "c_050a19", "c_15a85f", "c_f7b503", "c_f27806",
        "c_db342e", "lst_1", "lst_2", "ind_1", "ind_2", "ind_3", "ind_4",
    ];
    let length = text.encode_utf16().count() as u64;
    for style in styles.as_array().into_iter().flatten() {
        let end = style["start"].as_u64().zip(style["len"].as_u64()).map(|(start, len)| start + len);
        let known = |code: &Value| code.as_str().is_some_and(|c| CODES.contains(&c));
        let codes = style["st"].as_array().is_some_and(|codes| codes.iter().all(known));
        if end.is_none_or(|end| end > length) || !codes {
            return Err(Refusal::bad("text_styles cannot be read"));
        }
    }
    Ok(())
}
