//! `giaoban run` over HTTP: the real program against a server of a few lines that keeps updates until they are confirmed.
//! From a token and nothing else to a posted month; killed in between; told to stop.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as At, State};
use axum::routing::any;
use serde_json::{Value, json};

use crate::source;

const TOKEN: &str = "123456:abcdefghijklmnopqrstuvwxyzABCDEFGHI";
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Default)]
struct Telegram {
    waiting: Mutex<Vec<Value>>,
    last: Mutex<i64>,
    files: Mutex<HashMap<String, Vec<u8>>>,
    /// Method and what came with it.
    calls: Mutex<Vec<(String, Value)>>,
}

impl Telegram {
    fn update(&self, mut fields: Value) {
        let mut last = self.last.lock().unwrap();
        *last += 1;
        fields["update_id"] = json!(*last);
        if fields.get("message").is_some() {
            fields["message"]["message_id"] = json!(*last);
            fields["message"]["date"] = json!(1_790_000_000 + *last);
        }
        self.waiting.lock().unwrap().push(fields);
    }

    fn says(&self, chat: Value, fields: Value) {
        let mut message = json!({"from": {"id": 5, "is_bot": false, "first_name": "Lan"}, "chat": chat});
        message.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.update(json!({"message": message}));
    }

    fn sends(&self, name: &str, bytes: Vec<u8>) {
        self.files.lock().unwrap().insert(name.to_owned(), bytes);
        self.says(private(), json!({"document": {"file_id": name, "file_name": name}}));
    }

    /// Forgets what was confirmed; whether anything waits.
    fn has_from(&self, offset: i64) -> bool {
        let mut waiting = self.waiting.lock().unwrap();
        waiting.retain(|u| u["update_id"].as_i64() >= Some(offset));
        !waiting.is_empty()
    }

    /// The texts that were sent to a chat.
    fn texts(&self, chat: i64) -> Vec<String> {
        let calls = self.calls.lock().unwrap();
        let sent = calls.iter().filter(|(m, b)| m == "sendmessage" && b["chat_id"] == chat);
        sent.map(|(_, b)| b["text"].as_str().unwrap().to_owned()).collect()
    }

    /// Waits for a text with these words in a chat.
    async fn hears(&self, chat: i64, words: &str) -> String {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(text) = self.texts(chat).into_iter().find(|text| text.contains(words)) {
                return text;
            }
            pause().await;
        }
        panic!("{words:?} was not said in {chat}: {:#?}", self.texts(chat));
    }
}

#[expect(clippy::disallowed_methods, reason = "the program is another process and runs by the real clock")]
async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}

async fn answer(State(telegram): State<Arc<Telegram>>, At(path): At<String>, body: Bytes) -> Vec<u8> {
    if let Some(name) = path.strip_prefix(&format!("file/bot{TOKEN}/")) {
        return telegram.files.lock().unwrap()[name].clone();
    }
    let method = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let said: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let result = match method.as_str() {
        "getme" => json!({"id": 700, "is_bot": true, "first_name": "g", "username": "giaoban_bot"}),
        "getupdates" => {
            let from = said["offset"].as_i64().unwrap_or(0);
            for _ in 0..40 {
                if telegram.has_from(from) {
                    break;
                }
                pause().await;
            }
            json!(*telegram.waiting.lock().unwrap())
        }
        "getfile" => json!({"file_path": said["file_id"]}),
        "sendmessage" | "senddocument" => json!({"message_id": telegram.calls.lock().unwrap().len() + 1000}),
        _ => json!(true),
    };
    if method != "getupdates" {
        telegram.calls.lock().unwrap().push((method, said));
    }
    json!({"ok": true, "result": result}).to_string().into_bytes()
}

fn private() -> Value {
    json!({"id": 5, "type": "private"})
}

fn group() -> Value {
    json!({"id": -1001, "type": "supergroup", "title": "Nhóm hiệu trưởng"})
}

fn start(folder: &Path, address: &str) -> Child {
    let log = |name: &str| {
        let file = std::fs::File::options().create(true).append(true).open(folder.join(name)).unwrap();
        Stdio::from(file)
    };
    Command::new(env!("CARGO_BIN_EXE_giaoban"))
        .args(["run", "--database"])
        .arg(folder.join("bot.db"))
        .env("GIAOBAN_TELEGRAM_TOKEN", TOKEN)
        .env("GIAOBAN_TELEGRAM_API_URL", address)
        .env("GIAOBAN_LOG", "debug")
        .stdout(log("out"))
        .stderr(log("log"))
        .spawn()
        .unwrap()
}

async fn written(folder: &Path, name: &str, words: &str) -> String {
    let until = Instant::now() + PATIENCE;
    loop {
        let text = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        if text.contains(words) {
            return text;
        }
        assert!(Instant::now() < until, "{words:?} is not in {name}: {text}");
        pause().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_token_to_a_posted_month() {
    let telegram = Arc::new(Telegram::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let routes = Router::new().route("/{*path}", any(answer)).with_state(Arc::clone(&telegram));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let folder = tempfile::tempdir().unwrap();
    let mut bot = start(folder.path(), &address);

    let out = written(folder.path(), "out", "?start=").await;
    let code = out.split("?start=").nth(1).unwrap().split_whitespace().next().unwrap();
    telegram.says(private(), json!({"text": format!("/start {code}")}));
    telegram.hears(5, "startgroup=nhom").await;
    telegram.says(private(), json!({"text": "/caidat đơn vị Phòng Văn hóa - Xã hội xã Suối Ngàn"}));
    telegram.hears(5, "✓ Phòng Văn hóa - Xã hội xã Suối Ngàn").await;
    telegram.sends("register.csv", std::fs::read(source::root().join("samples/register.csv")).unwrap());
    telegram.hears(5, "thêm 26").await;

    // Killed: what was said meanwhile is heard by the next.
    bot.kill().unwrap();
    bot.wait().unwrap();
    let of_bot = json!({"id": 700, "is_bot": true, "first_name": "g"});
    telegram.update(json!({"my_chat_member": {"chat": group(), "date": 1_790_000_000,
        "from": {"id": 5, "first_name": "Lan"}, "old_chat_member": {"status": "left", "user": of_bot},
        "new_chat_member": {"status": "administrator", "can_pin_messages": true, "user": of_bot}}}));
    telegram.says(group(), json!({"text": "/start@giaoban_bot nhom"}));
    let mut bot = start(folder.path(), &address);
    telegram.hears(-1001, "26 trường").await;
    assert_eq!(telegram.texts(-1001).len(), 1, "whoever binds the group needs no word about binding it");

    let schedule = "samples/schedule_2026_2027.txt";
    telegram.sends("schedule.txt", std::fs::read(source::root().join(schedule)).unwrap());
    telegram.hears(5, "Lịch năm học 2026-2027").await;
    telegram.says(private(), json!({"text": "/dang lịch"}));
    telegram.hears(5, "Đã dùng lịch").await;
    telegram.says(private(), json!({"text": "/dang tháng 5"}));
    telegram.hears(-1001, "THÁNG 5/2027").await;
    let until = Instant::now() + PATIENCE;
    while !telegram.calls.lock().unwrap().iter().any(|(method, _)| method == "pinchatmessage") {
        assert!(Instant::now() < until, "the month is pinned");
        pause().await;
    }
    let greetings = telegram.texts(5).iter().filter(|text| text.contains("chuyên viên đầu tiên")).count();
    assert_eq!(greetings, 1, "an update that comes again is handled once");

    let told = Instant::now();
    Command::new("kill").args(["-TERM", &bot.id().to_string()]).status().unwrap();
    assert!(bot.wait().unwrap().success());
    assert!(told.elapsed() < Duration::from_secs(10), "{:?}", told.elapsed());
    for name in ["out", "log"] {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(!text.contains("abcdefghijklm"), "the token is in {name}");
    }
}

#[test]
fn without_a_token_it_says_what_to_do() {
    let mut run = Command::new(env!("CARGO_BIN_EXE_giaoban"));
    let folder = tempfile::tempdir().unwrap();
    let said = run.arg("run").current_dir(&folder).env_remove("GIAOBAN_TELEGRAM_TOKEN").output().unwrap();
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).contains("@BotFather"));
    assert!(std::fs::read_dir(&folder).unwrap().next().is_none(), "it makes nothing");
}
