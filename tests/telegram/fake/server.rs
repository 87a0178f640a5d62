//! HTTP: a router that does not look at the case of a method.

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Json, Response};
use serde_json::json;
use tokio::net::TcpListener;

use super::world::{Call, Refusal};
use super::{Fake, answer, control};
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
    let token = fake.with(|w| w.token.clone());
    if let Some(file) = path.strip_prefix(&format!("/file/bot{token}/")) {
        let id = file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
        return match fake.with(|w| w.files.get(&id).map(|f| f.bytes.clone())) {
            Some(bytes) => bytes.into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        };
    }
    let Some((said, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return say(&Refusal { code: 404, text: "Not Found".into(), more: None });
    };
    if said != token {
        return say(&Refusal { code: 401, text: "Unauthorized".into(), more: None });
    }
    let asked = match Asked::read(request).await {
        Ok(asked) => asked,
        Err(why) => return say(&Refusal::bad(&why)),
    };
    call(&fake, &cut, method, &asked).await
}

fn say(refusal: &Refusal) -> Response {
    let code = StatusCode::from_u16(refusal.code).unwrap_or(StatusCode::BAD_REQUEST);
    (code, Json(refusal.body())).into_response()
}

/// One call of a method, with what goes wrong.
async fn call(fake: &Fake, cut: &Cut, method: &str, asked: &Asked) -> Response {
    let name = method.to_lowercase();
    let mishap = fake.with(|w| {
        let chat = asked.number("chat_id").map(|id| id.to_string());
        w.chaos.meets(&name, chat.as_deref())
    });
    let early = match &mishap {
        Some(Mishap::TooMany(seconds)) => Some(say(&Refusal::too_many(*seconds))),
        Some(Mishap::BadGateway) => {
            let page = Html("<html><h1>502 Bad Gateway</h1></html>");
            Some((StatusCode::BAD_GATEWAY, page).into_response())
        }
        Some(Mishap::Refuse(code, text)) => {
            Some(say(&Refusal { code: *code, text: text.clone(), more: None }))
        }
        Some(Mishap::CutBefore) => {
            cut.now();
            Some(StatusCode::OK.into_response())
        }
        _ => None,
    };
    if let Some(early) = early {
        let cut = mishap == Some(Mishap::CutBefore);
        let code = if cut { 0 } else { early.status().as_u16() };
        fake.with(|w| {
            let at = w.now();
            let call = Call { at, method: method.into(), body: asked.noted(), code, made: None, cut: false };
            w.journal.push(call);
        });
        return early;
    }
    let answer = match name.as_str() {
        "getupdates" => answer::poll(fake, asked).await,
        _ => fake.with(|w| answer::answer(w, &name, asked)),
    };
    let was_cut = mishap == Some(Mishap::CutAfter);
    fake.with(|w| {
        let code = answer.as_ref().map_or_else(|refusal| refusal.code, |_| 200);
        let made = answer.as_ref().ok().and_then(|said| {
            let made = said["message_id"].as_i64().filter(|_| name.starts_with("send"));
            made.map(|id| (said["chat"]["id"].as_i64().unwrap_or_default(), id))
        });
        let at = w.now();
        let call = Call { at, method: method.into(), body: asked.noted(), code, made, cut: was_cut };
        w.journal.push(call);
    });
    match mishap {
        Some(Mishap::CutAfter) => {
            cut.now();
            return StatusCode::OK.into_response();
        }
        Some(Mishap::Slow(milliseconds)) => pause(milliseconds).await,
        _ => {}
    }
    match answer {
        Ok(result) => Json(json!({"ok": true, "result": result})).into_response(),
        Err(refusal) => say(&refusal),
    }
}
