//! What people do, for other programs, as JSON over HTTP: `POST /control/WHAT`.
//!
//! | what | body | answer |
//! |---|---|---|
//! | `person` | `{id, name}` | `{}` |
//! | `group` | `{id, title}`; the first bot is put into it | `{added}` |
//! | `write` | `{from, text, kind?}`; in private with the first bot | `{message}` |
//! | `say` | `{chat, from, text, kind?, mention?, quote?}` | `{message}` |
//! | `ways` | `{idle?: "body" or "status", replays?, wrapped?, loses_after?, longest_poll?}`; what is not named stays | `{}` |
//! | `trouble` | `{method?, chat?, times, what, seconds?, text?}` | `{}` |
//! | `messages` | `{chat}` | `{messages: [{id, text, of_bot, photo}]}` |
//! | `journal` | | `{calls: [{at, method, body, code, bot, made, cut}], told: [{message, times, lost}], waiting, polling}` |

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde_json::{Value, json};

use super::Fake;
use super::life::{Kind, Said};
use super::world::{Idle, World};
use crate::emulator::{Asked, Order};

pub async fn hear(fake: &Fake, what: &str, request: Request) -> Response {
    let told = match Asked::read(request).await {
        Ok(asked) => asked,
        Err(why) => return (StatusCode::BAD_REQUEST, why).into_response(),
    };
    match fake.with(|world| act(world, what, &told)) {
        Some(answer) => Json(answer).into_response(),
        None => (StatusCode::NOT_FOUND, "no such control").into_response(),
    }
}

fn act(world: &mut World, what: &str, told: &Asked) -> Option<Value> {
    let text = |name: &str| told.text(name).unwrap_or_default();
    let said = || Said {
        text: text("text").to_owned(),
        kind: match text("kind") {
            "photo" => Kind::Photo(vec![0xff, 0xd8, 0xff]),
            "voice" => Kind::Voice,
            "sticker" => Kind::Sticker,
            "document" => Kind::Unsupported,
            _ => Kind::Text,
        },
        mention: told.flag("mention"),
        quote: told.text("quote").map(str::to_owned),
    };
    Some(match what {
        "person" => {
            world.person(text("id"), text("name"));
            json!({})
        }
        "group" => json!({ "added": world.group(0, text("id"), text("title")) }),
        "write" => json!({ "message": world.write(0, text("from"), &said()) }),
        "say" => json!({ "message": world.say(text("chat"), text("from"), &said()) }),
        "ways" => {
            let ways = &mut world.ways;
            for (name, way) in [("replays", &mut ways.replays), ("wrapped", &mut ways.wrapped)] {
                *way = if told.body.contains_key(name) { told.flag(name) } else { *way };
            }
            match text("idle") {
                "status" => ways.idle = Idle::Status,
                "body" => ways.idle = Idle::Body,
                _ => {}
            }
            ways.loses_after = told.number("loses_after").or(ways.loses_after);
            ways.longest_poll = told.number("longest_poll").unwrap_or(ways.longest_poll);
            json!({})
        }
        "trouble" => {
            world.chaos.orders.push(Order::told(told)?);
            json!({})
        }
        "messages" => {
            let chat = world.chats.get(text("chat"))?;
            let told = chat
                .messages
                .iter()
                .map(|(id, m)| json!({"id": id, "text": m.text, "of_bot": m.of_bot, "photo": m.photo}));
            json!({ "messages": told.collect::<Vec<_>>() })
        }
        "journal" => {
            let told = |c: &super::world::Call| {
                json!({"at": c.at, "method": c.method, "body": c.body, "code": c.code,
                    "bot": c.bot, "made": c.made, "cut": c.cut})
            };
            let calls: Vec<Value> = world.journal.iter().map(told).collect();
            let update =
                |t: &super::world::Told| json!({"message": t.message, "times": t.times, "lost": t.lost});
            let told: Vec<Value> = world.told.iter().map(update).collect();
            let us = &world.bots[0];
            json!({"calls": calls, "told": told, "waiting": us.waiting.len(), "polling": us.polling})
        }
        _ => return None,
    })
}
