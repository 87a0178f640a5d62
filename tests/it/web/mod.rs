//! The page of the simulator over real HTTP: every route, what it refuses, and who may ask.

mod scenery;
mod stage;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use giaoban::app::App;
use giaoban::web::demo;
use giaoban::web::form::Forms;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use stage::EchoStage;

/// The pages of forms have nobody behind them here.
struct NoBot;

#[async_trait]
impl Forms for NoBot {
    async fn app(&self) -> Option<Arc<App>> {
        None
    }
}

/// A served page.
struct Page {
    stage: Arc<EchoStage>,
    address: String,
    ends: CancellationToken,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

async fn page() -> Page {
    let listener = demo::listen(0).await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    assert!(address.starts_with("127.0.0.1:"));
    let (stage, ends) = (EchoStage::new(), CancellationToken::new());
    let server = tokio::spawn(demo::serve(listener, stage.clone(), Arc::new(NoBot), ends.clone()));
    Page { stage, address, ends, server }
}

impl Page {
    async fn ask(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        let host = if head.to_lowercase().contains("host:") { "" } else { "Host: localhost\r\n" };
        let length = body.len();
        let request = format!("{head}\r\n{host}Connection: close\r\nContent-Length: {length}\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        // A server that refuses a large body may close before it is all sent.
        stream.write_all(body).await.ok();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok();
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let status = head[9..12].parse().unwrap();
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        assert!(!chunked, "bodies are short enough to carry their length");
        Answer { status, head, body: answer[end + 4..].to_vec() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1"), b"").await
    }

    async fn post(&self, path: &str, body: &Value) -> Answer {
        let head = format!("POST {path} HTTP/1.1\r\nContent-Type: application/json");
        self.ask(&head, body.to_string().as_bytes()).await
    }

    /// The view once the bot has said `count` messages in all.
    async fn view_with(&self, count: usize) -> Value {
        let mut view = self.get("/api/state").await.json();
        loop {
            let said = view["messages"].as_array().unwrap().iter().filter(|m| m["author"].is_null()).count();
            if said >= count {
                return view;
            }
            let version = view["version"].as_u64().unwrap();
            view = self.get(&format!("/api/state?version={version}")).await.json();
        }
    }
}

fn dong() -> Value {
    json!({ "platform": "sim-telegram", "id": "dong" })
}

#[tokio::test]
async fn the_page_and_all_its_parts_come_from_the_program_itself() {
    let page = page().await;
    let html = page.get("/").await;
    assert_eq!(html.status, 200);
    assert!(html.head.contains("default-src 'self'") && html.head.contains("nosniff"), "{}", html.head);
    let part = regex::Regex::new(r#"(?:src=|href=|from )"\.?(/[^"]+)""#).unwrap();
    let foreign = ["http:", "https:", "@import", "url("];
    let mut parts = vec!["/".to_owned()];
    let mut next = 0;
    while let Some(path) = parts.get(next).cloned() {
        let found = page.get(&path).await;
        assert_eq!(found.status, 200, "{path}");
        let text = found.text().replace("http://www.w3.org/2000/svg", "a name, not a place");
        assert!(!foreign.iter().any(|sign| text.contains(sign)), "{path} names another place");
        // Modules name each other from their own folder.
        let folder = if path.starts_with("/demo/") { "/demo" } else { "" };
        for named in part.captures_iter(found.text()) {
            let named = if named[0].starts_with("from") {
                format!("{folder}{}", &named[1])
            } else {
                named[1].to_owned()
            };
            if !parts.contains(&named) {
                parts.push(named);
            }
        }
        next += 1;
    }
    assert!(parts.len() >= 12, "{parts:?}");
    assert_eq!(page.get("/nowhere").await.status, 404);
    for (lang, word) in [("vi", "Đến việc kế tiếp"), ("en", "To the next event"), ("xx", "Đến việc kế tiếp")]
    {
        let words = page.get(&format!("/api/words?lang={lang}")).await.json();
        assert_eq!(words["demo-clock-next"], word);
    }
}

#[tokio::test]
async fn what_is_said_is_heard_answered_and_told() {
    let page = page().await;
    let say = json!({ "person": "hoa", "chat": dong(), "text": "đã nhận ạ, ghim" });
    assert_eq!(page.post("/api/say", &say).await.json(), json!({ "message": "1" }));
    let view = page.view_with(1).await;
    let messages = view["messages"].as_array().unwrap();
    assert_eq!((&messages[0]["mark"], &messages[0]["heard"]), (&json!("recorded"), &json!(true)));
    assert_eq!((&messages[1]["quote"], &messages[1]["pinned"]), (&json!("1"), &json!(true)));
    assert_eq!(messages[1]["blocks"][0], json!({ "text": "V2 · Đã nghe", "strong": true }));

    let press = json!({ "person": "mai", "chat": dong(), "message": "2", "action": "ok:V2" });
    let seen = view["seq"].as_u64().unwrap();
    let press = page.post("/api/press", &press).await.json()["press"].clone();
    let told = loop {
        let view = page.get(&format!("/api/state?seen={seen}")).await.json();
        if let Some(told) = view["answers"].get(0) {
            break told.clone();
        }
    };
    assert_eq!(told, json!({ "press": press, "text": "Đã ghi nhận MN Hoa Sen" }));
    let edit = json!({ "person": "hoa", "chat": dong(), "message": "1", "text": "đã nhận" });
    assert_eq!(page.post("/api/edit", &edit).await.status, 200);
    let view = page.view_with(2).await;
    assert_eq!(view["messages"][0]["edited"], true);
}

#[tokio::test]
async fn files_are_sent_shown_and_saved_and_never_run() {
    let page = page().await;
    let upload = |name: &str| {
        format!("POST /api/upload?name={name} HTTP/1.1\r\nContent-Type: application/octet-stream")
    };
    let html = page.ask(&upload("b%E1%BA%A3ng.html"), b"<script>alert(1)</script>").await.json();
    let png = page.ask(&upload("anh.png"), b"\x89PNG\r\n\x1a\n").await.json();
    let uploads = json!([html["upload"], png["upload"]]);
    let say = json!({ "person": "hoa", "chat": dong(), "text": "", "uploads": uploads });
    assert_eq!(page.post("/api/say", &say).await.status, 200);
    assert_eq!(page.post("/api/say", &say).await.status, 404, "a file goes with one message");
    let saved = page.get("/api/file/f1").await;
    assert!(saved.head.contains("attachment; filename*=UTF-8''b%E1%BA%A3ng.html"), "{}", saved.head);
    assert!(saved.head.contains("application/octet-stream"));
    assert_eq!(saved.text(), "<script>alert(1)</script>");
    assert!(page.get("/api/file/f2").await.head.contains("image/png"));
    assert_eq!(page.get("/api/file/..%2Fevents.jsonl").await.status, 404);
    let large = vec![0; 20 * 1024 * 1024 + 1];
    let refused = page.ask(&upload("to.bin"), &large).await;
    assert_eq!(refused.status, 413);
    assert!(refused.json()["error"].as_str().unwrap().contains("20 MB"));
}

#[tokio::test]
async fn the_clock_moves_tells_how_far_and_stops() {
    let page = page().await;
    assert_eq!(page.post("/api/clock", &json!({ "minutes": 60 })).await.status, 200);
    assert_eq!(page.get("/api/state").await.json()["clock"]["now"], "2026-10-01T02:00:00Z");
    assert_eq!(page.post("/api/clock", &json!("next_due")).await.status, 200);
    let past = page.post("/api/clock?lang=en", &json!({ "at": "2026-09-01T08:00:00" })).await;
    assert_eq!(past.status, 422);
    assert!(past.json()["error"].as_str().unwrap().starts_with("The clock only moves forward"));
    let far = json!({ "at": "2027-06-30T08:00:00" });
    let (moved, ()) = tokio::join!(page.post("/api/clock", &far), async {
        let mut view = page.get("/api/state").await.json();
        while view["clock"]["moving"].is_null() {
            view = page.get(&format!("/api/state?version={}", view["version"])).await.json();
        }
        assert_eq!(view["clock"]["moving"]["to"], "2027-06-30T01:00:00Z");
        assert_eq!(page.post("/api/clock", &json!({ "minutes": 1 })).await.status, 409);
        assert_eq!(page.post("/api/clock/stop", &json!({})).await.status, 200);
    });
    assert_eq!(moved.status, 200);
    let view = page.get("/api/state").await.json();
    assert!(view["clock"]["moving"].is_null());
    assert!(view["clock"]["now"].as_str().unwrap() < "2027-06-30");
}

#[tokio::test]
async fn switches_turn_and_the_bot_restarts() {
    let page = page().await;
    for fault in [
        json!({ "outage": { "platform": "sim-zalo", "on": true } }),
        json!({ "too_many": { "platform": "sim-zalo", "times": 3, "retry_after": 30 } }),
        json!({ "no_answer": { "platform": "sim-zalo", "times": 2 } }),
        json!({ "duplicate": { "platform": "sim-zalo" } }),
        json!({ "refuse": { "chat": dong(), "on": true } }),
    ] {
        assert_eq!(page.post("/api/fault", &fault).await.status, 200, "{fault}");
    }
    let view = page.get("/api/state").await.json();
    let zalo = &view["platforms"][1];
    assert_eq!(
        (&zalo["outage"], &zalo["too_many"], &zalo["no_answer"]),
        (&json!(true), &json!(3), &json!(2))
    );
    assert_eq!(view["chats"][0]["refusing"], true);
    page.post("/api/fault", &json!({ "clear": { "platform": "sim-zalo" } })).await;
    assert_eq!(page.get("/api/state").await.json()["platforms"][1]["too_many"], 0);
    page.post("/api/restart", &json!({})).await;
    assert_eq!(page.stage.restarts.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_refusal_is_a_sentence_in_the_language_of_the_page() {
    let page = page().await;
    let say = |person: &str, text: &str| json!({ "person": person, "chat": dong(), "text": text });
    for (path, body, status, sentence) in [
        ("/api/say", say("hoa", "  "), 422, "Tin chưa có nội dung."),
        ("/api/say?lang=en", say("hoa", ""), 422, "The message is empty."),
        ("/api/say", say("ai", "a"), 404, "Không tìm thấy."),
        ("/api/say", json!({ "text": 1 }), 400, "Trang gửi yêu cầu sai"),
        ("/api/fault", json!({ "earthquake": {} }), 400, "Trang gửi yêu cầu sai"),
        (
            "/api/press",
            json!({ "person": "hoa", "chat": dong(), "message": "9", "action": "a" }),
            404,
            "Không",
        ),
    ] {
        let answer = page.post(path, &body).await;
        assert_eq!(answer.status, status, "{path} {body}");
        let error = answer.json()["error"].as_str().unwrap().to_owned();
        assert!(error.starts_with(sentence), "{error}");
    }
}

#[tokio::test]
async fn a_foreign_page_gets_nothing() {
    let page = page().await;
    for head in [
        "GET / HTTP/1.1\r\nHost: giaoban.example",
        "GET /api/state HTTP/1.1\r\nHost: 10.0.0.1:80",
        "POST /api/restart HTTP/1.1\r\nHost: localhost\r\nOrigin: https://giaoban.example",
        "POST /api/clock/stop HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site",
    ] {
        assert_eq!(page.ask(head, b"").await.status, 403, "{head}");
    }
    assert_eq!(page.stage.restarts.load(Ordering::SeqCst), 0);
    let form = "POST /api/clock HTTP/1.1\r\nContent-Type: text/plain";
    assert_eq!(
        page.ask(form, b"\"next_due\"").await.status,
        400,
        "only JSON, which no foreign form can send"
    );
}

#[tokio::test]
async fn an_answer_that_waits_ends_with_the_program() {
    let page = page().await;
    let version = page.get("/api/state").await.json()["version"].as_u64().unwrap();
    let path = format!("/api/state?version={version}");
    let (answer, ()) = tokio::join!(page.get(&path), async {
        while page.stage.waiting.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        page.ends.cancel();
    });
    assert_eq!(answer.status, 200);
    page.server.await.unwrap().unwrap();
}
