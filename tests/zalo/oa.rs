//! The real program with an Official Account, against a make-believe Open API that gives each pair of tokens once: two processes
//! over one database exchange them, and neither spends a token that the other has spent. At last no more are given.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Json;
use axum::routing::any;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::both::{LAN_THERE, TELEGRAM_TOKEN, ask_there, wait_there};
use crate::emulator::{Place, machine_time, pause};
use crate::office::code_in;
use crate::telegram::Fake as Telegram;

const LAN: &str = "5500000000000001";
const GROUP: &str = "7700000000000001";
const APP: &str = "app17";
const OA: &str = "oa17";
const APP_SECRET: &str = "oafake-app-secret";
const HOOK_SECRET: &str = "oafake-hook-secret";

/// What the server knows.
#[derive(Default)]
struct Server {
    exchanges: usize,
    refused: usize,
    /// Every access token up to this number has ended.
    ended: usize,
    /// To whom, and what.
    sent: Vec<(String, String)>,
    events: usize,
    /// An administrator no longer lets the app in.
    withdrawn: bool,
}

type Shared = Arc<Mutex<Server>>;

fn look<T>(server: &Shared, at: impl FnOnce(&mut Server) -> T) -> T {
    at(&mut server.lock().unwrap_or_else(PoisonError::into_inner))
}

async fn answer(
    State(server): State<Shared>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Json<Value> {
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if path == "v4/oa/access_token" {
        // Time for another process to ask as well.
        pause(300).await;
        let form = String::from_utf8_lossy(&body).into_owned();
        return Json(look(&server, |server| {
            if server.withdrawn {
                return json!({"error": -14014, "error_name": "Invalid refresh token."});
            }
            let good = form.contains(&format!("refresh_token=oafake-r{}&", server.exchanges));
            if !good || header("secret_key") != APP_SECRET {
                server.refused += 1;
                return json!({"error": -14014, "error_name": "Invalid refresh token."});
            }
            server.exchanges += 1;
            let n = server.exchanges;
            json!({"access_token": format!("oafake-a{n}"), "refresh_token": format!("oafake-r{n}"), "expires_in": "90000"})
        }));
    }
    let said: Value = serde_json::from_slice(&body).unwrap_or_default();
    Json(look(&server, |server| {
        let token = header("access_token");
        let number = token.trim_start_matches("oafake-a").parse().unwrap_or(0);
        if number <= server.ended || number > server.exchanges {
            return json!({"error": -220, "message": "Access token has expired"});
        }
        let recipient = &said["recipient"];
        let to = recipient["group_id"].as_str().or(recipient["user_id"].as_str()).unwrap_or_default();
        let text = said["message"]["text"].as_str().unwrap_or_default();
        server.sent.push((to.to_owned(), text.to_owned()));
        json!({"error": 0, "data": {"message_id": format!("out{}", server.sent.len())}})
    }))
}

/// An event, signed; the status of the answer.
async fn tell(server: &Shared, port: u16, event: &str, text: &str, secret: &str) -> Result<u16, String> {
    let number = look(server, |server| {
        server.events += 1;
        server.events
    });
    let time = machine_time().to_string();
    let body = json!({"app_id": APP, "oa_id": OA, "event_name": event, "timestamp": time,
        "sender": {"id": LAN}, "recipient": {"id": GROUP},
        "message": {"msg_id": format!("in{number}"), "text": text}});
    let body = body.to_string();
    let hash = Sha256::digest(format!("{APP}{body}{time}{secret}"));
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let request = reqwest::Client::new().post(format!("http://127.0.0.1:{port}/zalo-oa/{OA}"));
    let request = request.header("X-ZEvent-Signature", format!("mac={hash}")).body(body);
    Ok(request.send().await.map_err(|e| e.to_string())?.status().as_u16())
}

async fn said(server: &Shared, place: &Place, to: &str, part: &str) -> Result<String, String> {
    for _ in 0..1_200 {
        let found = look(server, |server| {
            let mut sent = server.sent.iter().rev();
            sent.find(|(who, text)| who == to && text.contains(part)).map(|(_, text)| text.clone())
        });
        if let Some(found) = found {
            return Ok(found);
        }
        pause(25).await;
    }
    let sent = look(server, |server| format!("{:?}", server.sent));
    Err(format!("not said to {to}: “{part}”\n{sent}\n{}", place.log()))
}

pub async fn play(place: Place) -> Result<(), String> {
    let mut place = place.served()?;
    place.log = "info";
    let port = place.port.ok_or("no port")?;
    let server = Shared::default();
    let router = Router::new().route("/{*path}", any(answer)).with_state(Arc::clone(&server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.map_err(|e| e.to_string())?;
    let address = format!("http://{}", listener.local_addr().map_err(|e| e.to_string())?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    let variables = [
        ("GIAOBAN_ZALO_OA_ID", OA.to_owned()),
        ("GIAOBAN_ZALO_OA_APP_ID", APP.to_owned()),
        ("GIAOBAN_ZALO_OA_APP_SECRET", APP_SECRET.to_owned()),
        ("GIAOBAN_ZALO_OA_REFRESH_TOKEN", "oafake-r0".to_owned()),
        ("GIAOBAN_ZALO_OA_WEBHOOK_SECRET", HOOK_SECRET.to_owned()),
        ("GIAOBAN_ZALO_OA_API_URL", address.clone()),
        ("GIAOBAN_ZALO_OA_OAUTH_URL", address),
    ];
    let mut running = place.run(0, &variables)?;
    let mut code = None;
    for _ in 0..1_200 {
        code = code_in(&place.told(), "/dangky ");
        if code.is_some() {
            break;
        }
        pause(25).await;
    }
    let code = code.ok_or_else(|| format!("no code: {}", place.log()))?;

    // Who signs with another secret is not heard.
    let join = format!("/dangky {code}");
    let refused = tell(&server, port, "user_send_text", &join, "another").await?;
    if refused != 401 {
        return Err(format!("a forged request: {refused}"));
    }
    let taken = tell(&server, port, "user_send_text", &join, HOOK_SECRET).await?;
    if taken != 200 {
        return Err(format!("a signed request: {taken}\n{}", place.log()));
    }
    said(&server, &place, LAN, "chuyên viên đầu tiên").await?;
    tell(&server, port, "user_send_group_text", "/nhom", HOOK_SECRET).await?;
    said(&server, &place, GROUP, "đã gắn").await?;

    // The token ends before its time: the bot and the doctor, a second process, both want another.
    for round in 1..=3 {
        look(&server, |server| server.ended = server.exchanges);
        let words = format!("/trogiup giao{}", " ".repeat(round));
        let doctor = std::process::Command::new(env!("CARGO_BIN_EXE_giaoban"))
            .arg("doctor")
            .current_dir(place.folder.path())
            .env("GIAOBAN_DATABASE", place.database())
            .envs(variables.iter().map(|(name, value)| (*name, value)))
            .stdout(std::process::Stdio::piped())
            .spawn()
            .map_err(|e| e.to_string())?;
        let before = look(&server, |server| server.sent.len());
        tell(&server, port, "user_send_text", &words, HOOK_SECRET).await?;
        let doctor = doctor.wait_with_output().map_err(|e| e.to_string())?;
        let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
        if !told.contains(OA) {
            return Err(format!("the doctor does not know the account: {told}"));
        }
        for _ in 0..1_200 {
            if look(&server, |server| server.sent.len()) > before {
                break;
            }
            pause(25).await;
        }
    }
    let (refused, exchanges, sent) =
        look(&server, |server| (server.refused, server.exchanges, server.sent.len()));
    if refused > 0 || exchanges < 4 || sent < 5 {
        return Err(format!("{refused} tokens spent twice, {exchanges} exchanges, {sent} messages"));
    }
    running.stop("TERM", 12).await?;
    // The next run goes on with the newest pair, not with the one of the environment.
    let mut running = place.run(0, &variables)?;
    let taken = tell_once_it_listens(&server, port, "/trogiup dang").await;
    said(&server, &place, LAN, "/dang").await?;
    running.stop("TERM", 12).await?;
    if taken != 200 || look(&server, |server| server.refused) > 0 {
        return Err("a token was spent twice over a restart".into());
    }
    refused_for_good(&server, &mut place, &variables).await?;
    for secret in ["oafake-a", "oafake-r", APP_SECRET, HOOK_SECRET] {
        let logs: Vec<_> =
            place.files_with(secret).into_iter().filter(|file| !file.contains("giaoban.db")).collect();
        if !logs.is_empty() {
            return Err(format!("a secret stands in {}", logs.join(", ")));
        }
    }
    Ok(())
}

/// Says something as soon as the program listens; the status of the answer.
async fn tell_once_it_listens(server: &Shared, port: u16, text: &str) -> u16 {
    loop {
        match tell(server, port, "user_send_text", text, HOOK_SECRET).await {
            Ok(status) => return status,
            Err(_) => pause(100).await,
        }
    }
}

/// An administrator withdraws the consent: the specialist is told elsewhere, once, and the doctor says so too.
async fn refused_for_good(
    server: &Shared,
    place: &mut Place,
    variables: &[(&'static str, String)],
) -> Result<(), String> {
    let port = place.port.ok_or("no port")?;
    let telegram = Telegram::start(TELEGRAM_TOKEN, 0).await.map_err(|e| e.to_string())?;
    telegram.with(|world| world.person(LAN_THERE, "Lan"));
    let mut both = variables.to_vec();
    both.push(("GIAOBAN_TELEGRAM_TOKEN", TELEGRAM_TOKEN.to_owned()));
    both.push(("GIAOBAN_TELEGRAM_API_URL", telegram.address.clone()));
    let mut running = place.run(0, &both)?;
    tell_once_it_listens(server, port, "/lienket").await;
    let code = code_in(&said(server, place, LAN, "Mã liên kết").await?, "/dangky ").ok_or("no code")?;
    ask_there(&telegram, LAN_THERE, LAN_THERE, &format!("/start {code}"), "Đã liên kết").await?;

    look(server, |server| {
        server.ended = server.exchanges;
        server.withdrawn = true;
    });
    tell(server, port, "user_send_text", "/trogiup giao", HOOK_SECRET).await?;
    let shut = "không còn nhận mã truy cập";
    wait_there(&telegram, LAN_THERE, shut).await?;
    tell(server, port, "user_send_text", "/trogiup dang", HOOK_SECRET).await?;
    ask_there(&telegram, LAN_THERE, LAN_THERE, "/trogiup dang", "/dang").await?;
    let doctor = std::process::Command::new(env!("CARGO_BIN_EXE_giaoban"))
        .arg("doctor")
        .current_dir(place.folder.path())
        .env("GIAOBAN_DATABASE", place.database())
        .envs(both.iter().map(|(name, value)| (*name, value)))
        .output()
        .map_err(|e| e.to_string())?;
    let times = telegram.with(|world| {
        let told = world.chats.get(&LAN_THERE).map(|chat| chat.messages.values());
        told.into_iter().flatten().filter(|m| m.of_bot && m.text().contains(shut)).count()
    });
    running.stop("TERM", 12).await?;
    if doctor.status.success() || times != 1 {
        let told = String::from_utf8_lossy(&doctor.stdout).into_owned();
        return Err(format!("told {times} times, the doctor: {} {told}", doctor.status));
    }
    Ok(())
}
