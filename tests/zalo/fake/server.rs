//! HTTP: `/bot<token>/<method>` by GET and POST, methods by their exact names.

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{Html, IntoResponse, Json, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::world::{Call, Refusal};
use super::{Fake, answer, control, hook};
use crate::emulator::{Asked, Cut, Door, Mishap, pause};

/// Serves until the runtime ends.
pub fn serve(fake: Fake, listener: TcpListener) {
    let router = Router::new().fallback(hear).layer(DefaultBodyLimit::disable()).with_state(fake);
    let service = router.into_make_service_with_connect_info::<Cut>();
    tokio::spawn(async move {
        let _ = axum::serve(Door(listener), service).await;
    });
}

async fn hear(State(fake): State<Fake>, ConnectInfo(cut): ConnectInfo<Cut>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(what) = path.strip_prefix("/control/") {
        return control::hear(&fake, what, request).await;
    }
    if let Some(file) = path.strip_prefix("/file/") {
        let id = file.split('.').next().unwrap_or_default();
        return match fake.with(|w| w.files.get(id).filter(|_| !w.ways.expired).cloned()) {
            // Only pictures have bytes; those of people are photographs.
            Some(bytes) => ([(CONTENT_TYPE, "image/jpeg")], bytes).into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return say(&Refusal::new(404, "Not Found"));
    };
    let Some(bot) = fake.with(|w| w.bots.iter().position(|bot| bot.token == token)) else {
        return say(&Refusal::new(401, "Unauthorized"));
    };
    let asked = match Asked::read(request).await {
        Ok(asked) => asked,
        Err(why) => return say(&Refusal::bad(&why)),
    };
    call(&fake, &cut, bot, method, &asked).await
}

fn say(refusal: &Refusal) -> Response {
    let status = if refusal.as_status { refusal.code } else { 200 };
    (StatusCode::from_u16(status).unwrap_or(StatusCode::OK), Json(refusal.body())).into_response()
}

/// One call of a method, with what goes wrong.
async fn call(fake: &Fake, cut: &Cut, bot: usize, method: &str, asked: &Asked) -> Response {
    let note = |code: u16, made: Option<(String, String)>, cut: bool| {
        fake.with(|w| {
            let at = w.now();
            w.journal.push(Call { at, bot, method: method.into(), body: asked.noted(), code, made, cut });
        });
    };
    let chat = asked.text("chat_id").map(str::to_owned);
    let mishap = fake.with(|w| w.chaos.meets(&method.to_lowercase(), chat.as_deref()));
    match &mishap {
        Some(Mishap::TooMany(_)) => {
            note(429, None, false);
            return say(&Refusal::new(429, "Quota exceeded"));
        }
        Some(Mishap::BadGateway) => {
            note(502, None, false);
            return (StatusCode::BAD_GATEWAY, Html("<html><h1>502 Bad Gateway</h1></html>")).into_response();
        }
        Some(Mishap::Refuse(code, text)) => {
            note(*code, None, false);
            return say(&Refusal::new(*code, text));
        }
        Some(Mishap::CutBefore) => {
            note(0, None, false);
            cut.now();
            return StatusCode::OK.into_response();
        }
        _ => {}
    }
    let answer = match method {
        "getUpdates" => answer::poll(fake, bot, asked).await,
        "setWebhook" => answer::set_webhook(fake, bot, asked).await,
        "sendPhoto" => answer::send_photo(fake, bot, asked).await,
        "testWebhook" => match fake.with(|w| w.bots[bot].webhook.clone()) {
            url if url.is_empty() => Err(Refusal::new(404, "Not Found")),
            url => Ok(hook::probe(&url).await),
        },
        _ => fake.with(|w| answer::answer(w, bot, method, asked)),
    };
    let made =
        answer.as_ref().ok().filter(|_| method.starts_with("send")).and_then(|said| {
            Some((chat.clone().unwrap_or_default(), said["message_id"].as_str()?.to_owned()))
        });
    let code = answer.as_ref().map_or_else(|refusal| refusal.code, |_| 200);
    note(code, made, mishap == Some(Mishap::CutAfter));
    match mishap {
        Some(Mishap::CutAfter) => {
            cut.now();
            return StatusCode::OK.into_response();
        }
        Some(Mishap::Slow(milliseconds)) => pause(milliseconds).await,
        _ => {}
    }
    match answer {
        Ok(Value::Null) => Json(json!({"ok": true})).into_response(),
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(refusal) => say(&refusal),
    }
}
