//! The adapter over HTTP, with a server of a few lines: it notes what it is asked and answers what it was told to.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use chrono::{DateTime, Duration};
use serde_json::{Value, json};

use super::*;
use crate::chat::{Block, Button, Heard, NextStep, Reaction, Text};
use crate::domain::OutboxId;

const TOKEN: &str = "123456:abcdefghijklmnopqrstuvwxyzABCDEFGHI";

#[derive(Default)]
struct Server {
    /// By method in small letters.
    answers: Mutex<HashMap<String, VecDeque<(u16, String)>>>,
    asked: Mutex<Vec<(String, Value)>>,
}

impl Server {
    fn will(&self, method: &str, answer: Value) {
        self.will_say(method, 200, &answer.to_string());
    }

    fn will_say(&self, method: &str, status: u16, body: &str) {
        let mut answers = self.answers.lock().unwrap();
        answers.entry(method.to_lowercase()).or_default().push_back((status, body.to_owned()));
    }

    fn will_refuse(&self, method: &str, code: u16, text: &str) {
        self.will(method, json!({"ok": false, "error_code": code, "description": text}));
    }

    /// What was asked of this method, oldest first.
    fn asked(&self, method: &str) -> Vec<Value> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(m, _)| m.eq_ignore_ascii_case(method)).map(|(_, body)| body.clone()).collect()
    }

    fn methods(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(m, _)| m.to_lowercase()).collect()
    }
}

async fn answer(
    State(server): State<Arc<Server>>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(method) = path.strip_prefix(&format!("bot{TOKEN}/")) else {
        let known = path.starts_with(&format!("file/bot{TOKEN}/documents/"));
        return if known { "bytes".into_response() } else { StatusCode::NOT_FOUND.into_response() };
    };
    let is_json = headers.get("content-type").is_some_and(|t| t == "application/json");
    let said = if is_json {
        serde_json::from_slice(&body).unwrap()
    } else {
        Value::String(String::from_utf8_lossy(&body).into_owned())
    };
    server.asked.lock().unwrap().push((method.to_owned(), said));
    let told = server.answers.lock().unwrap().get_mut(&method.to_lowercase()).and_then(VecDeque::pop_front);
    let result = match method.to_lowercase().as_str() {
        "getme" => json!({"id": 700, "is_bot": true, "first_name": "giaoban", "username": "giaoban_bot",
                          "can_read_all_group_messages": true}),
        "getupdates" => json!([]),
        // In no shape that teloxide knows.
        "sendmessage" | "senddocument" | "sendphoto" => json!({"message_id": 88, "new_kind_of_chat": {}}),
        "getfile" => json!({"file_id": "f", "file_path": "documents/file_1.docx", "file_size": 5}),
        _ => json!(true),
    };
    let (status, body) = told.unwrap_or((200, json!({"ok": true, "result": result}).to_string()));
    (StatusCode::from_u16(status).unwrap(), body).into_response()
}

async fn server() -> (Arc<Server>, String) {
    let server = Arc::new(Server::default());
    let router = Router::new().route("/{*path}", any(answer)).with_state(Arc::clone(&server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (server, address)
}

async fn connected() -> (Arc<Server>, Telegram) {
    let (server, address) = server().await;
    let now: Now = Arc::new(|| DateTime::from_timestamp(1_790_000_000, 0).unwrap());
    let mut telegram = Telegram::connect(TOKEN, &address, now).await.unwrap();
    telegram.poll().await.unwrap();
    (server, telegram)
}

fn chat() -> ChatRef {
    ChatRef { platform: KEY.into(), id: "-1001".into() }
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

#[tokio::test]
async fn it_asks_who_it_is_and_takes_a_webhook_away() {
    let (server, telegram) = connected().await;
    assert_eq!(server.methods(), ["getme", "deletewebhook"]);
    assert_eq!(telegram.username(), "giaoban_bot");
    assert!(telegram.capabilities().hears_all);
}

#[tokio::test]
async fn a_token_that_is_refused_is_told_apart_from_a_server_that_is_down() {
    let (server, address) = server().await;
    let now: Now = Arc::new(DateTime::default);
    server.will_refuse("getMe", 401, "Unauthorized");
    assert_eq!(Telegram::connect(TOKEN, &address, now.clone()).await.err(), Some(ConnectError::Token));
    let nowhere = Telegram::connect(TOKEN, "http://127.0.0.1:9", now.clone()).await.err().unwrap();
    assert!(matches!(nowhere, ConnectError::Unreachable(_)), "{nowhere}");
    assert!(!format!("{nowhere} {nowhere:?}").contains(TOKEN));
    assert!(matches!(
        Telegram::connect(TOKEN, "no address", now).await.err(),
        Some(ConnectError::Address(_))
    ));
}

fn update(id: i64, fields: Value) -> Value {
    let mut update = json!({"update_id": id});
    update.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    update
}

fn said(id: i64, text: &str) -> Value {
    update(
        id,
        json!({"message": {"message_id": id, "date": 1_789_999_000, "text": text,
            "chat": {"id": -1001, "type": "supergroup"}, "from": {"id": 5, "first_name": "Lan"}}}),
    )
}

#[tokio::test]
async fn a_poll_is_confirmed_by_the_next_only_when_all_of_it_is_safe() {
    let (server, telegram) = connected().await;
    let batch = json!([
        said(11, "một"),
        update(12, json!({"poll": {}})),
        said(13, "hai"),
        update(14, json!({"message": 3}))
    ]);
    for _ in 0..3 {
        server.will("getUpdates", json!({"ok": true, "result": batch}));
    }
    let heard = telegram.receive().await.unwrap();
    let keys: Vec<String> = heard.iter().map(|i| i.key.clone()).collect();
    assert_eq!(keys, ["11/1789999000", "13/1789999000"]);
    telegram.receive().await.unwrap();
    telegram.acknowledge(&keys[..1]).await.unwrap();
    telegram.receive().await.unwrap();
    telegram.acknowledge(&keys).await.unwrap();
    assert!(telegram.receive().await.unwrap().is_empty());
    assert!(telegram.receive().await.unwrap().is_empty());
    let polls = server.asked("getUpdates");
    let offsets: Vec<Option<i64>> = polls.iter().map(|p| p["offset"].as_i64()).collect();
    // After an empty answer nothing is left to confirm, and numbers may begin anew.
    assert_eq!(offsets, [None, None, None, Some(15), None]);
    let listened = json!(["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]);
    assert_eq!((&polls[0]["allowed_updates"], &polls[0]["timeout"]), (&listened, &json!(30)));
}

#[tokio::test]
async fn what_nobody_listens_to_is_confirmed_without_anybody() {
    let (server, telegram) = connected().await;
    server.will("getUpdates", json!({"ok": true, "result": [update(20, json!({"poll": {}}))]}));
    assert!(telegram.receive().await.unwrap().is_empty());
    telegram.receive().await.unwrap();
    assert_eq!(server.asked("getUpdates")[1]["offset"], 21);
}

#[tokio::test]
async fn a_second_program_is_told_for_what_it_is() {
    let (server, telegram) = connected().await;
    server.will_refuse(
        "getUpdates",
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    );
    assert!(matches!(telegram.receive().await, Err(ReceiveError::SecondReceiver)));
    server.will_refuse("getUpdates", 401, "Unauthorized");
    assert!(matches!(telegram.receive().await, Err(ReceiveError::Unauthorized)));
}

#[tokio::test]
async fn a_message_is_sent_with_its_form_buttons_and_reply() {
    let (server, telegram) = connected().await;
    let Deed::Send { text, .. } = says("Hạn <b>17/10</b>") else { panic!() };
    let button = Button { label: "Đã nhận".into(), action: "received".into(), typed: String::new() };
    let buttons = vec![vec![button]];
    let deed = Deed::Send {
        text,
        buttons,
        reply_to: Some("7".into()),
        thread: Some("30".into()),
        pin: false,
        file: None,
        picture: None,
    };
    assert_eq!(telegram.send(&chat(), &deed).await.unwrap().as_deref(), Some("88"));
    let sent = json!({"chat_id": -1001, "text": "Hạn <b>17/10</b>",
        "entities": [{"type": "bold", "offset": 0, "length": 16}],
        "reply_parameters": {"message_id": 7, "allow_sending_without_reply": true},
        "reply_markup": {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "received"}]]}});
    assert_eq!(server.asked("sendMessage"), [sent]);
}

#[tokio::test]
async fn what_is_refused_is_taken_out_one_after_the_other() {
    let (server, telegram) = connected().await;
    for text in ["TOPIC_CLOSED", "can't parse entities: x", "message to be replied not found"] {
        server.will_refuse("sendMessage", 400, &format!("Bad Request: {text}"));
    }
    let Deed::Send { text, .. } = says("x") else { panic!() };
    let deed = Deed::Send {
        text,
        buttons: vec![],
        reply_to: None,
        thread: Some("30".into()),
        pin: false,
        file: None,
        picture: None,
    };
    let refused = telegram.send(&chat(), &deed).await;
    let sent = server.asked("sendMessage");
    assert_eq!(
        (sent[0]["message_thread_id"].as_i64(), sent[1]["message_thread_id"].as_i64()),
        (Some(30), None)
    );
    assert!(sent[1]["entities"].is_array() && sent[2]["entities"].is_null());
    // It replied to nothing: no second way is left.
    assert_eq!(refused.unwrap_err().next(), NextStep::GiveUp);
    // A topic that is gone is forgotten by whoever asked for it.
    server.will_refuse("sendMessage", 400, "Bad Request: message thread not found");
    assert_eq!(telegram.send(&chat(), &deed).await.unwrap_err().next(), NextStep::WithoutTopic);
}

#[tokio::test]
async fn every_other_deed_is_its_call() {
    let (server, telegram) = connected().await;
    let edit = |row: u128| Deed::Edit {
        row: OutboxId::new(uuid::Uuid::from_u128(row)),
        message: Some("9".into()),
        text: Text::plain("bảng 2/2"),
        buttons: vec![],
    };
    let (press, message) = ("77".to_owned(), "9".to_owned());
    for deed in [
        edit(1),
        Deed::React { message: message.clone(), mark: Reaction::Recorded },
        Deed::Pin { message: message.clone() },
        Deed::Unpin { message },
        Deed::AnswerPress { press, text: "Đã ghi".into() },
        Deed::Offer { commands: vec![("giao".into(), "Giao việc".into())] },
        Deed::Working,
    ] {
        assert_eq!(telegram.send(&chat(), &deed).await, Ok(None), "{deed:?}");
    }
    let asked = |method: &str| server.asked(method).remove(0);
    assert_eq!(asked("editMessageText"), json!({"chat_id": -1001, "message_id": 9, "text": "bảng 2/2"}));
    let marked = json!({"chat_id": -1001, "message_id": 9, "reaction": [{"type": "emoji", "emoji": "👍"}]});
    assert_eq!(asked("setMessageReaction"), marked);
    assert_eq!(
        asked("pinChatMessage"),
        json!({"chat_id": -1001, "message_id": 9, "disable_notification": true})
    );
    assert_eq!(asked("unpinChatMessage"), json!({"chat_id": -1001, "message_id": 9}));
    assert_eq!(asked("answerCallbackQuery"), json!({"callback_query_id": "77", "text": "Đã ghi"}));
    assert_eq!(asked("setMyCommands")["scope"], json!({"type": "chat", "chat_id": -1001}));
    assert_eq!(asked("sendChatAction"), json!({"chat_id": -1001, "action": "typing"}));
    server.will_refuse("editMessageText", 400, "Bad Request: there is no text in the message to edit");
    assert_eq!(telegram.send(&chat(), &edit(2)).await, Ok(None));
    assert_eq!(asked("editMessageCaption")["caption"], "bảng 2/2");
}

#[tokio::test]
async fn a_file_goes_with_its_words_and_the_words_go_where_no_file_may() {
    let (server, telegram) = connected().await;
    let with_file = |words: &str, name: &str| {
        let Deed::Send { text, .. } = says(words) else { panic!() };
        let file = Some((name.to_owned(), b"PK".to_vec()));
        Deed::Send { text, buttons: vec![], reply_to: None, thread: None, pin: false, file, picture: None }
    };
    assert_eq!(
        telegram.send(&chat(), &with_file("Bảng V2", "bang-V2.xlsx")).await.unwrap().as_deref(),
        Some("88")
    );
    let body = server.asked("sendDocument").remove(0).to_string();
    assert!(body.contains("Bảng V2") && body.contains("bang-V2.xlsx"), "{body}");
    server.will_refuse("sendPhoto", 400, "Bad Request: PHOTO_INVALID_DIMENSIONS");
    telegram.send(&chat(), &with_file("Ma trận", "ma-tran.png")).await.unwrap();
    assert!(server.asked("sendDocument").remove(1).to_string().contains("ma-tran.png"));
    server.will_refuse("sendDocument", 400, "Bad Request: not enough rights to send documents to the chat");
    let sent = telegram.send(&chat(), &with_file("Biểu V2: gõ /bieumau V2", "bieu.xlsx")).await.unwrap();
    assert_eq!(sent.as_deref(), Some("88"));
    assert_eq!(server.asked("sendMessage").remove(0)["text"], "Biểu V2: gõ /bieumau V2");
}

#[tokio::test]
async fn refusals_are_the_next_steps_of_the_outbox() {
    let (server, telegram) = connected().await;
    server.will_say("sendMessage", 429, r#"{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}"#);
    server.will_say("sendMessage", 400, r#"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat","parameters":{"migrate_to_chat_id":-1002}}"#);
    server.will_refuse("sendMessage", 403, "Forbidden: bot was kicked from the supergroup chat");
    server.will_say("sendMessage", 200, r#"{"ok":true,"result":{"mess"#);
    server.will_refuse("sendMessage", 500, "Internal Server Error");
    server.will_say("sendMessage", 502, "<html>502 Bad Gateway</html>");
    let begun = std::time::Instant::now();
    let moved = ChatRef { platform: KEY.into(), id: "-1002".into() };
    for step in [
        NextStep::RetryAfter(Duration::seconds(7)),
        NextStep::ChatMoved(moved),
        NextStep::ChatGone,
        NextStep::Unknown,
        NextStep::RetryLater,
        NextStep::RetryLater,
    ] {
        assert_eq!(telegram.send(&chat(), &says("x")).await.unwrap_err().next(), step);
    }
    assert!(begun.elapsed().as_secs() < 5, "a server that is down holds up nobody");
}

#[tokio::test]
async fn a_file_is_fetched_up_to_a_size() {
    let (server, telegram) = connected().await;
    assert_eq!(telegram.fetch("f", 100).await, Ok(b"bytes".to_vec()));
    assert_eq!(telegram.fetch("f", 4).await, Err(FetchError::TooLarge));
    server.will("getFile", json!({"ok": true, "result": {"file_path": "documents/x"}}));
    assert_eq!(telegram.fetch("f", 4).await, Err(FetchError::TooLarge), "the size was not told");
    server.will_refuse("getFile", 400, "Bad Request: wrong file_id or the file is temporarily unavailable");
    assert_eq!(telegram.fetch("f", 4).await, Err(FetchError::Gone));
    server.will_refuse("getFile", 400, "Bad Request: file is too big");
    assert_eq!(telegram.fetch("f", 4).await, Err(FetchError::TooLarge));
}

#[tokio::test]
async fn commands_are_offered_by_place_and_language() {
    let (server, telegram) = connected().await;
    let commands = vec![("viec".to_owned(), "việc trường còn phải làm".to_owned())];
    let menu = Menu { place: Place::Private, language: Some("vi".into()), commands };
    telegram.offer(std::slice::from_ref(&menu)).await.unwrap();
    let set = json!({"commands": [{"command": "viec", "description": "việc trường còn phải làm"}],
        "scope": {"type": "all_private_chats"}, "language_code": "vi"});
    assert_eq!(server.asked("setMyCommands"), [set]);
    server.will_refuse("setMyCommands", 400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID");
    let group = Menu { place: Place::Group, ..menu.clone() };
    assert!(telegram.offer(&[menu, group]).await.is_err());
    assert_eq!(
        server.asked("setMyCommands").len(),
        3,
        "one that is refused keeps no other from being offered"
    );
}

#[tokio::test]
async fn what_was_heard_is_what_was_said() {
    let (server, telegram) = connected().await;
    server.will("getUpdates", json!({"ok": true, "result": [said(30, "@giaoban_bot đã nhận ạ")]}));
    let heard = telegram.receive().await.unwrap().remove(0);
    assert!(matches!(heard.heard, Heard::Message { text, .. } if text == "đã nhận ạ"));
}

/// Posts an update to a webhook's address with this secret; the status of the answer.
async fn post(address: &str, secret: &str, body: String) -> u16 {
    // The client of teloxide is the only one here.
    let client = teloxide::net::default_reqwest_settings().build().unwrap();
    let request = client.post(format!("{address}{}", webhook::PATH)).body(body);
    let answer = request.header("X-Telegram-Bot-Api-Secret-Token", secret).send().await.unwrap();
    answer.status().as_u16()
}

#[tokio::test]
async fn a_request_is_answered_when_its_update_is_safe() {
    let (server, mut telegram) = connected().await;
    let routes = telegram.hook("https://giaoban.example.vn/", "s3cret").await.unwrap();
    let set = server.asked("setWebhook").remove(0);
    assert_eq!(
        (&set["url"], &set["secret_token"]),
        (&json!("https://giaoban.example.vn/telegram/update"), &json!("s3cret"))
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    assert_eq!(post(&address, "s3creT", said(1, "x").to_string()).await, 401);
    assert_eq!(post(&address, "s3cret", "no json".into()).await, 400);
    assert_eq!(post(&address, "s3cret", update(2, json!({"poll": {}})).to_string()).await, 200);
    let posting = tokio::spawn({
        let address = address.clone();
        async move { post(&address, "s3cret", said(3, "V2 xong").to_string()).await }
    });
    let heard = telegram.receive().await.unwrap();
    assert!(!posting.is_finished(), "it waits until the update is safe");
    telegram.acknowledge(&[heard[0].key.clone()]).await.unwrap();
    assert_eq!(posting.await.unwrap(), 200);
    assert_eq!(server.asked("getUpdates").len(), 0);
}

#[tokio::test]
async fn a_webhook_that_another_program_took_away_is_set_again() {
    let (server, address) = server().await;
    let now: Now = Arc::new(DateTime::default);
    let mut telegram = Telegram::connect(TOKEN, &address, now).await.unwrap();
    let _route = telegram.hook("https://bot.example", "a-secret").await.unwrap();
    server.will("getWebhookInfo", json!({"ok": true, "result": {"url": "", "pending_update_count": 3}}));
    let both = async {
        while server.asked("setWebhook").len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        heard = telegram.receive() => panic!("nothing was said: {heard:?}"),
        set = tokio::time::timeout(std::time::Duration::from_secs(10), both) => set.unwrap(),
    }
    assert!(!telegram.reaches_us(), "what waits there did not come");
    let set = server.asked("setWebhook");
    assert_eq!(set[0], set[1]);
    assert_eq!(set[1]["url"], "https://bot.example/telegram/update");
}
