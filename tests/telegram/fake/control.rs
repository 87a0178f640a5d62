//! The same for other programs, as JSON over HTTP: `POST /control/WHAT`.
//!
//! | what | body | answer |
//! |---|---|---|
//! | `person` | `{id, name}` | `{}` |
//! | `group` | `{id, title, members, standing}`; the bot is put into it | `{}` |
//! | `say` | `{chat, from, text, reply_to?, thread?}` | `{message}` |
//! | `edit` | `{chat, message, text}` | `{}` |
//! | `press` | `{chat, from, message, data}` | `{press}` |
//! | `migrate` | `{old, new}` | `{}` |
//! | `block` | `{user, blocked}` | `{}` |
//! | `leave` | `{chat, user}` | `{}` |
//! | `trouble` | `{method?, chat?, times, what, seconds?, text?}` | `{}` |
//! | `messages` | `{chat}` | `{messages: [{id, text, sent, of_bot, reaction, edits}]}` |
//! | `press_state` | `{press}` | `{answers, said}` |
//! | `journal` | | `{calls: [{at, method, body, code, made, cut}], updates: […], waiting}` |

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use serde_json::{Value, json};

use super::Fake;
use super::life::Said;
use super::world::{Standing, World};
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
    let number = |name: &str| told.number(name).unwrap_or_default();
    let text = |name: &str| told.text(name).unwrap_or_default();
    Some(match what {
        "person" => {
            world.person(number("id"), text("name"));
            json!({})
        }
        "group" => {
            let members = told.value("members");
            let members: Vec<i64> =
                members.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
            let chat = world.group(number("id"), text("title"), &members);
            let standing = match text("standing") {
                "administrator" => Standing::Administrator,
                "restricted" => Standing::Restricted,
                _ => Standing::Member,
            };
            world.stand(chat, standing, members.first().copied());
            json!({})
        }
        "say" => {
            let said = Said {
                text: text("text").to_owned(),
                reply_to: told.number("reply_to"),
                thread: told.number("thread"),
                ..Said::default()
            };
            json!({ "message": world.say(number("chat"), number("from"), &said) })
        }
        "edit" => {
            world.edit(number("chat"), number("message"), text("text"));
            json!({})
        }
        "press" => {
            json!({ "press": world.press(number("chat"), number("from"), number("message"), text("data")) })
        }
        "migrate" => {
            world.migrate(number("old"), number("new"));
            json!({})
        }
        "block" => {
            world.block(number("user"), told.flag("blocked"));
            json!({})
        }
        "leave" => {
            world.leave(number("chat"), number("user"));
            json!({})
        }
        "trouble" => {
            world.chaos.orders.push(Order::told(told)?);
            json!({})
        }
        "messages" => {
            let chat = world.chats.get(&number("chat"))?;
            let told = chat.messages.iter().map(|(id, m)| {
                json!({"id": id, "text": m.text(), "sent": m.first_text, "of_bot": m.of_bot, "reaction": m.reaction,
                    "edits": m.edits})
            });
            json!({ "messages": told.collect::<Vec<_>>() })
        }
        "press_state" => {
            let press = world.presses.get(text("press")).or_else(|| {
                // A form tells numbers apart from words; ids of presses are words of digits.
                world.presses.get(&number("press").to_string())
            })?;
            json!({"answers": press.answers, "said": press.said})
        }
        "journal" => {
            json!({ "calls": calls(world), "updates": world.updates, "waiting": world.waiting.len() })
        }
        _ => return None,
    })
}

/// The journal as other programs read it.
pub fn calls(world: &World) -> Vec<Value> {
    let told = |c: &super::world::Call| json!({"at": c.at, "method": c.method, "body": c.body, "code": c.code, "made": c.made, "cut": c.cut});
    world.journal.iter().map(told).collect()
}
