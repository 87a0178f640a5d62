//! The adapter over HTTP, with a server of a few lines that notes what it is asked and answers what it was told to.

use std::collections::VecDeque;
use std::sync::Mutex;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use chrono::DateTime;
use serde_json::json;

use super::*;
use crate::chat::{Block, Heard, NextStep, Text};

const TOKEN: &str = "12345689:zalo-nobodys-token";

#[derive(Default)]
struct Server {
    answers: Mutex<VecDeque<(u16, String)>>,
    asked: Mutex<Vec<(String, Value)>>,
}

impl Server {
    /// The next call but `getMe` and `deleteWebhook` is answered so.
    fn will(&self, status: u16, body: &Value) {
        self.answers.lock().unwrap().push_back((status, body.to_string()));
    }

    fn asked(&self, method: &str) -> Vec<Value> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(m, _)| m == method).map(|(_, body)| body.clone()).collect()
    }
}

async fn answer(State(server): State<Arc<Server>>, Path(path): Path<String>, body: Bytes) -> Response {
    let Some(method) = path.strip_prefix(&format!("bot{TOKEN}/")) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let said = serde_json::from_slice(&body).unwrap();
    server.asked.lock().unwrap().push((method.to_owned(), said));
    let (status, body) = match method {
        "getMe" => {
            let us = json!({"id": "b1", "account_name": "bot.GB", "display_name": "Bot GB", "can_join_groups": true});
            (200, json!({"ok": true, "result": us}).to_string())
        }
        "deleteWebhook" => {
            (200, json!({"ok": false, "error_code": 404, "description": "Not Found"}).to_string())
        }
        _ => server.answers.lock().unwrap().pop_front().unwrap_or((200, json!({"ok": true}).to_string())),
    };
    (StatusCode::from_u16(status).unwrap(), body).into_response()
}

async fn connected() -> (Arc<Server>, Zalo) {
    let server = Arc::new(Server::default());
    let router = Router::new().route("/{*path}", any(answer)).with_state(Arc::clone(&server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let now: Now = Arc::new(|| DateTime::from_timestamp(1_790_000_000, 0).unwrap());
    let mut zalo = Zalo::connect(TOKEN, &address, Plan::FREE, now).await.unwrap();
    zalo.poll().await.unwrap();
    (server, zalo)
}

fn says(words: &str) -> Deed {
    Deed::Send {
        text: Text::of(vec![Block { text: words.into(), strong: true, task: None }]),
        buttons: vec![],
        reply_to: None,
        thread: None,
        pin: false,
        file: None,
        picture: None,
    }
}

fn group(zalo: &Zalo) -> ChatRef {
    ChatRef { platform: zalo.key().to_owned(), id: "zgr-1".into() }
}

fn event(id: &str) -> Value {
    json!({"event_name": "message.text.received", "message": {
        "message_id": id, "date": 1_783_404_428_055_i64, "text": "@Bot GB V1 đã xong",
        "from": {"id": "u1", "display_name": "Cô Hạnh"}, "chat": {"id": "zgr-1", "chat_type": "GROUP"}}})
}

#[tokio::test]
async fn words_leave_with_their_form_beside_them() {
    let (server, zalo) = connected().await;
    assert_eq!((zalo.key(), zalo.name()), ("zalo:b1", "Bot GB"));
    server.will(200, &json!({"ok": true, "result": {"message_id": "m7", "date": 1}}));
    let sent = zalo.send(&group(&zalo), &says("Nhiệm vụ **tháng 10**")).await;
    assert_eq!(sent, Ok(Some("m7".into())));
    assert_eq!(
        server.asked("sendMessage"),
        [json!({"chat_id": "zgr-1", "text": "Nhiệm vụ **tháng 10**",
                "text_styles": [{"start": 0, "len": 21, "st": ["b"]}]})]
    );
}

#[tokio::test]
async fn a_refusal_in_a_good_answer_is_a_refusal_and_the_token_is_told_to_nobody() {
    let (server, zalo) = connected().await;
    for (status, code, next) in
        [(200, 429, NextStep::BotRests), (200, 400, NextStep::GiveUp), (502, 502, NextStep::RetryLater)]
    {
        let why = format!("no {TOKEN}");
        server.will(status, &json!({"ok": false, "error_code": code, "description": why}));
        let error = zalo.send(&group(&zalo), &says("x")).await.unwrap_err();
        assert_eq!(error.next(), next, "{code}");
        assert!(!format!("{error} {error:?}").contains(TOKEN));
    }
    let pin = Deed::Pin { message: "m7".into() };
    assert_eq!(zalo.send(&group(&zalo), &pin).await.unwrap_err().next(), NextStep::GiveUp);
}

#[tokio::test]
async fn idle_polls_bring_nothing_and_an_update_that_is_safe_is_not_heard_again() {
    let (server, zalo) = connected().await;
    let idle = json!({"ok": false, "error_code": 408, "description": "Request timeout"});
    server.will(200, &idle);
    assert!(zalo.receive().await.unwrap().is_empty());
    server.will(408, &idle);
    assert!(zalo.receive().await.unwrap().is_empty());
    server.will(200, &json!({"ok": true, "result": event("a")}));
    let heard = zalo.receive().await.unwrap();
    let Heard::Message { text, .. } = &heard[0].heard else { panic!("no message") };
    assert_eq!((&*heard[0].key, &**text), ("a", "V1 đã xong"));
    // Not safe yet: nobody else has it, and it is not asked for again. Safe: it is passed over.
    let polls = server.asked("getUpdates").len();
    assert_eq!(zalo.receive().await.unwrap().len(), 1);
    assert_eq!(server.asked("getUpdates").len(), polls);
    zalo.acknowledge(&["a".into()]).await.unwrap();
    server.will(200, &event("a"));
    assert!(zalo.receive().await.unwrap().is_empty());
    assert_eq!(server.asked("getUpdates")[0], json!({"timeout": "30"}));
}

#[tokio::test]
async fn a_webhook_is_told_of_once_it_is_served_even_where_zalo_cannot_reach_it() {
    let (server, mut zalo) = connected().await;
    let _route = zalo.hook("https://giaoban.example.vn/", "a-secret-of-ours");
    assert!(server.asked("setWebhook").is_empty(), "nothing is served yet");
    server.will(200, &json!({"ok": false, "error_code": 502, "description": "x"}));
    assert!(matches!(zalo.receive().await, Err(ReceiveError::Unreachable(_))));
    let probe = json!({"ok": false, "outcome": "webhook.err.blocked", "hint": "private address"});
    server.will(200, &json!({"ok": true, "result": {"url": "x", "verification": probe}}));
    // It waits for requests from then on.
    let waits = tokio::time::timeout(std::time::Duration::from_millis(300), zalo.receive()).await;
    assert!(waits.is_err());
    assert_eq!(server.asked("setWebhook")[1]["url"], "https://giaoban.example.vn/zalo/b1");
    assert_eq!(server.asked("setWebhook").len(), 2);
}
