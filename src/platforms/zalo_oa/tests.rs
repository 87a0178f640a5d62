//! The account against a server that gives each pair of tokens once.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Json;
use axum::routing::any;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::decode::decode;
use super::*;
use crate::chat::{AttachmentKind, ChatKind, Heard, NextStep, Text};

/// One pair at a time; a refresh token that was used is refused for ever.
#[derive(Default)]
struct Server {
    exchanges: usize,
    reused: usize,
    sent: Vec<(String, Value)>,
    /// Every access token up to this number is refused.
    ended: usize,
}

type Shared = Arc<Mutex<Server>>;

async fn answer(
    State(server): State<Shared>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Json<Value> {
    if path == "v4/oa/access_token" {
        assert_eq!(headers["secret_key"], "app-secret");
        // Whoever else wants one asks meanwhile.
        let ready = tokio::time::Instant::now() + std::time::Duration::from_millis(50);
        tokio::time::sleep_until(ready).await;
        let mut server = server.lock().unwrap();
        let form = String::from_utf8_lossy(&body).into_owned();
        if !form.contains(&format!("refresh_token=r{}&", server.exchanges)) {
            server.reused += 1;
            return Json(json!({"error": -14014, "error_name": "Invalid refresh token."}));
        }
        server.exchanges += 1;
        let n = server.exchanges;
        return Json(
            json!({"access_token": format!("a{n}"), "refresh_token": format!("r{n}"), "expires_in": "90000"}),
        );
    }
    let mut server = server.lock().unwrap();
    let token = headers["access_token"].to_str().unwrap().to_owned();
    if token[1..].parse::<usize>().unwrap() <= server.ended {
        return Json(json!({"error": -220, "message": "Access token has expired"}));
    }
    let said = serde_json::from_slice(&body).unwrap_or(json!({ "bytes": body.len() }));
    server.sent.push((path.clone(), said));
    Json(match &*path {
        "v2.0/oa/upload/file" => json!({"error": 0, "data": {"token": "t1"}}),
        "v2.0/oa/upload/image" => json!({"error": 0, "data": {"attachment_id": "i1"}}),
        _ => json!({"error": 0, "data": {"message_id": "m1"}}),
    })
}

/// A place for one pair, with a turn.
#[derive(Default)]
struct Kept(Mutex<Option<(Pair, DateTime<Utc>)>>);

#[async_trait]
impl Vault for Kept {
    async fn pair(&self, _: &str, first: &str) -> Result<Pair, VaultError> {
        let (access, refresh, until) = (String::new(), first.to_owned(), DateTime::default());
        let made = || (Pair { access, refresh, until }, DateTime::default());
        Ok(self.0.lock().unwrap().get_or_insert_with(made).0.clone())
    }

    async fn take_turn(
        &self,
        _: &str,
        refresh: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, VaultError> {
        let mut kept = self.0.lock().unwrap();
        let (pair, turn) = kept.as_mut().unwrap();
        let free = pair.refresh == refresh && *turn <= now;
        if free {
            *turn = until;
        }
        Ok(free)
    }

    async fn keep(&self, _: &str, used: &str, pair: &Pair) -> Result<(), VaultError> {
        let mut kept = self.0.lock().unwrap();
        assert_eq!(kept.as_ref().unwrap().0.refresh, used);
        *kept = Some((pair.clone(), DateTime::default()));
        Ok(())
    }

    async fn give_back(&self, _: &str, _: &str) -> Result<(), VaultError> {
        self.0.lock().unwrap().as_mut().unwrap().1 = DateTime::default();
        Ok(())
    }
}

async fn served() -> (Shared, Arc<Kept>, String) {
    let server = Shared::default();
    let router = Router::new().route("/{*path}", any(answer)).with_state(Arc::clone(&server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (server, Arc::default(), address)
}

fn account(address: &str, vault: &Arc<Kept>, first: &str) -> ZaloOa {
    let account = Account {
        app: "app1".into(),
        oa: "oa1".into(),
        app_secret: "app-secret".into(),
        first_refresh: first.into(),
        api: address.into(),
        oauth: address.into(),
    };
    let signed = SignedWith { number: "app1".into(), secret: "hook".into() };
    let now: Now = Arc::new(|| DateTime::from_timestamp(1_790_000_000, 0).unwrap());
    ZaloOa::new(&account, vault.clone(), signed, now).unwrap()
}

fn says(words: &str, file: Option<(&str, &[u8])>) -> Deed {
    Deed::Send {
        text: Text::plain(words),
        buttons: vec![],
        reply_to: None,
        thread: None,
        pin: false,
        file: file.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())),
        picture: None,
    }
}

fn chat(id: &str) -> ChatRef {
    ChatRef { platform: "zalo-oa:oa1".into(), id: id.into() }
}

#[tokio::test]
async fn a_refresh_token_is_used_once_however_many_want_one() {
    let (server, vault, address) = served().await;
    let several: Vec<_> = (0..4).map(|_| account(&address, &vault, "r0")).collect();
    for round in 1..=3 {
        let sends = several.iter().map(|oa| async {
            oa.send(&chat("group/7"), &says("x", None)).await.unwrap();
        });
        let all: Vec<_> = sends.collect();
        let mut all = all.into_iter();
        let (a, b, c, d) =
            (all.next().unwrap(), all.next().unwrap(), all.next().unwrap(), all.next().unwrap());
        tokio::join!(a, b, c, d);
        let mut server = server.lock().unwrap();
        assert_eq!((server.exchanges, server.reused, server.sent.len()), (round, 0, 4 * round));
        // Long before its time the token is refused.
        server.ended = round;
    }
}

#[tokio::test]
async fn without_new_tokens_nothing_is_lost_and_an_administrator_is_asked_for() {
    let (server, vault, address) = served().await;
    let oa = account(&address, &vault, "spent");
    assert!(matches!(oa.reach().await, Err(ConnectError::Token)));
    let refused = oa.send(&chat("group/7"), &says("x", None)).await.unwrap_err();
    assert_eq!(refused.next(), NextStep::BotShut);
    assert!(!format!("{refused:?}").contains("spent"));
    assert_eq!(server.lock().unwrap().sent.len(), 0);
}

#[tokio::test]
async fn an_account_that_is_refused_for_good_is_not_taken_for_reached_afterwards() {
    let (server, vault, address) = served().await;
    let oa = account(&address, &vault, "r0");
    oa.reach().await.unwrap();
    // Consent is withdrawn long before the token's time: neither half of the pair is taken.
    {
        let mut server = server.lock().unwrap();
        server.ended = 1;
        server.exchanges = 7;
    }
    let refused = oa.send(&chat("group/7"), &says("x", None)).await.unwrap_err();
    assert_eq!(refused.next(), NextStep::BotShut);
    let another_process = account(&address, &vault, "r0");
    assert!(matches!(another_process.reach().await, Err(ConnectError::Token)));
}

#[tokio::test]
async fn words_pictures_and_files_go_to_groups_and_people() {
    let (server, vault, address) = served().await;
    let oa = account(&address, &vault, "r0");
    let id = oa.send(&chat("group/7"), &says("V1 [@all] [@7] xong [@", None)).await.unwrap();
    assert_eq!(id.as_deref(), Some("m1"));
    oa.send(&chat("55"), &says("chào", None)).await.unwrap();
    oa.send(&chat("group/7"), &says("", Some(("bao-cao.pdf", b"%PDF")))).await.unwrap();
    oa.send(&chat("group/7"), &says("bảng", Some(("bang.png", b"\x89PNG")))).await.unwrap();
    assert_eq!(oa.send(&chat("55"), &Deed::Working).await.unwrap_err().next(), NextStep::GiveUp);
    let sent = server.lock().unwrap().sent.clone();
    let said: Vec<_> = sent.iter().filter(|(path, _)| path.starts_with("v3")).collect();
    let to_group = |message: Value| json!({"recipient": {"group_id": "7"}, "message": message});
    assert_eq!(said[0].1, to_group(json!({"text": "V1   xong @"})));
    assert_eq!(said[1].0, "v3.0/oa/message/cs");
    assert_eq!(said[1].1, json!({"recipient": {"user_id": "55"}, "message": {"text": "chào"}}));
    let file = json!({"attachment": {"type": "file", "payload": {"token": "t1"}}});
    assert_eq!(said[2].1, to_group(file));
    let element = json!({"media_type": "image", "attachment_id": "i1"});
    let payload = json!({"template_type": "media", "elements": [element]});
    let picture = json!({"text": "bảng", "attachment": {"type": "template", "payload": payload}});
    assert_eq!(said[3].1, to_group(picture));
}

#[test]
fn only_what_the_account_takes_is_sent_as_a_file() {
    let can = capabilities();
    for (name, bytes, sends) in [
        ("a.pdf", FILE, true),
        ("a.DOCX", 1, true),
        ("a.pdf", FILE + 1, false),
        ("a.xlsx", 1, false),
        ("a.png", PICTURE, true),
        ("a.png", PICTURE + 1, false),
        ("pdf", 1, false),
    ] {
        assert_eq!(can.sends(name, bytes), sends, "{name} {bytes}");
    }
}

#[test]
fn no_words_of_anybody_call_anybody() {
    for (text, said) in [
        ("chào [@123] và [@group]", "chào  và"),
        ("[[@1]@2]", "@2]"),
        ("[[[[@", "@"),
        ("[@không\nđóng] lại", "@không\nđóng] lại"),
        ("a@b.vn [x]", "a@b.vn [x]"),
    ] {
        assert_eq!(plain(text), said, "{text}");
        assert!(!plain(text).contains("[@"));
    }
    assert_eq!(plain(&"[".repeat(100_000)).len(), 100_000);
}

#[test]
fn events_of_groups_people_and_their_leaving_are_heard() {
    let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
    let heard = |event: Value| decode(&event, "zalo-oa:oa1", now);
    let event = |name: &str, message: Value| {
        json!({"app_id": "app1", "oa_id": "oa1", "event_name": name, "timestamp": "1783404428055",
            "sender": {"id": "55"}, "recipient": {"id": "7"}, "message": message})
    };
    let text = json!({"msg_id": "m1", "text": "[@oa1] V1 đã xong", "quote_msg_id": "q1"});
    let said = heard(event("user_send_group_text", text.clone())).remove(0);
    assert_eq!((&*said.chat.id, said.chat_kind, &*said.from.user.id), ("group/7", ChatKind::Group, "55"));
    assert_eq!(said.at.timestamp_millis(), 1_783_404_428_055);
    let Heard::Message { text: words, quote, .. } = said.heard else { panic!("no message") };
    assert_eq!((&*words, quote.unwrap().message.as_deref()), ("V1 đã xong", Some("q1")));
    let said = heard(event("user_send_text", text.clone())).remove(0);
    assert_eq!((&*said.chat.id, said.chat_kind), ("55", ChatKind::Private));

    let payload = json!({"url": "http://127.0.0.1/x", "name": "bc.pdf", "size": "17"});
    let file = json!({"msg_id": "m2", "attachments": [{"type": "file", "payload": payload}]});
    let Heard::Message { attachments, .. } = heard(event("user_send_group_file", file)).remove(0).heard
    else {
        panic!("no message")
    };
    let file = &attachments[0];
    assert_eq!((file.kind, &*file.name, file.size), (AttachmentKind::File, "bc.pdf", Some(17)));

    for nothing in ["oa_send_group_text", "user_seen_message", "user_send_group_dance", ""] {
        assert!(heard(event(nothing, text.clone())).is_empty(), "{nothing}");
    }
    let left = json!({"event_name": "user_out_group", "group_id": "7", "users": [{"id": "55"}, {"id": 56}]});
    let left = heard(left);
    assert_eq!(left.iter().map(|l| &*l.from.user.id).collect::<Vec<_>>(), ["55", "56"]);
    assert_ne!(left[0].key, left[1].key);
    let gone = heard(json!({"event_name": "disperse_group", "group_id": "7", "oa_id": "oa1"}));
    assert_eq!(gone[0].heard, Heard::BotRemoved);
}
