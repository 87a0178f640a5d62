//! The routes: each reads a request, asks the [`Stage`] and answers JSON.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, JsonRejection};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::error::{StageError, Told};
use super::stage::{Edit, Fault, FileIn, Move, Press, Say, Stage, WhichChat};
use super::uploads::Uploads;
use super::view::View;
use super::words;
use crate::domain::Language;

/// The largest file that a person sends here, as on Telegram.
const LARGEST_FILE: usize = 20 * 1024 * 1024;
/// How long an answer waits for news; shorter than what browsers and proxies put up with.
const LONGEST_WAIT: Duration = Duration::from_secs(25);

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const PICTURE: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The files of the page: path, type, text.
pub(super) const PAGES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("../pages/demo.html")),
    ("/demo.css", CSS, include_str!("../pages/demo.css")),
    ("/demo.svg", PICTURE, include_str!("../pages/demo.svg")),
    ("/demo.js", SCRIPT, include_str!("../pages/demo.js")),
    ("/demo/api.js", SCRIPT, include_str!("../pages/demo/api.js")),
    ("/demo/chat.js", SCRIPT, include_str!("../pages/demo/chat.js")),
    ("/demo/clock.js", SCRIPT, include_str!("../pages/demo/clock.js")),
    ("/demo/composer.js", SCRIPT, include_str!("../pages/demo/composer.js")),
    ("/demo/dom.js", SCRIPT, include_str!("../pages/demo/dom.js")),
    ("/demo/faults.js", SCRIPT, include_str!("../pages/demo/faults.js")),
    ("/demo/list.js", SCRIPT, include_str!("../pages/demo/list.js")),
    ("/demo/state.js", SCRIPT, include_str!("../pages/demo/state.js")),
    ("/demo/words.js", SCRIPT, include_str!("../pages/demo/words.js")),
];

#[derive(Clone)]
struct App {
    stage: Arc<dyn Stage>,
    uploads: Arc<Uploads>,
    ends: CancellationToken,
}

type Answer<T = Json<Value>> = Result<T, Told>;

pub(super) fn routes(stage: Arc<dyn Stage>, ends: CancellationToken) -> Router {
    let app = App { stage, uploads: Arc::default(), ends };
    let mut routes = Router::new()
        .route("/api/words", get(say_words))
        .route("/api/state", get(state))
        .route("/api/file/{id}", get(file))
        .route("/api/upload", post(upload).layer(DefaultBodyLimit::max(LARGEST_FILE)))
        .route("/api/say", post(say))
        .route("/api/edit", post(edit))
        .route("/api/press", post(press))
        .route("/api/clock", post(move_clock))
        .route("/api/clock/stop", post(stop_clock))
        .route("/api/fault", post(fault))
        .route("/api/restart", post(restart));
    for (path, kind, text) in PAGES {
        routes = routes.route(path, get(move || async move { ([(CONTENT_TYPE, *kind)], *text) }));
    }
    routes.fallback(nowhere).with_state(app)
}

/// The language of the page; every request names it.
#[derive(Deserialize)]
struct Lang {
    #[serde(default)]
    lang: String,
}

impl Lang {
    fn language(&self) -> Language {
        self.lang.parse().unwrap_or_default()
    }
}

async fn nowhere(Query(lang): Query<Lang>) -> Told {
    Told(StageError::NotThere, lang.language())
}

async fn say_words(Query(lang): Query<Lang>) -> Json<Value> {
    Json(words::all(lang.language()))
}

#[derive(Deserialize)]
struct Since {
    version: Option<u64>,
    #[serde(default)]
    seen: u64,
    #[serde(default)]
    lang: String,
}

/// Answers at once without a version, else once the version is another, and after [`LONGEST_WAIT`] in any case.
async fn state(State(app): State<App>, Query(since): Query<Since>) -> Answer<Json<View>> {
    let language = since.lang.parse().unwrap_or_default();
    if let Some(version) = since.version {
        let news = app.stage.changed(version);
        tokio::select! {
            _ = tokio::time::timeout(LONGEST_WAIT, news) => {}
            () = app.ends.cancelled() => {}
        }
    }
    app.stage.view(since.seen, language).await.map(Json).map_err(|error| Told(error, language))
}

#[derive(Deserialize)]
struct SayIn {
    person: String,
    chat: WhichChat,
    text: String,
    quote: Option<String>,
    /// Names that `POST /api/upload` gave.
    #[serde(default)]
    uploads: Vec<String>,
}

async fn say(State(app): State<App>, Query(lang): Query<Lang>, body: Body<SayIn>) -> Answer {
    let language = lang.language();
    let SayIn { person, chat, text, quote, uploads } = read(body, language)?;
    let files = app.uploads.take(&uploads).ok_or(Told(StageError::NotThere, language))?;
    let say = Say { person, chat, text, quote, files };
    let message = app.stage.say(say).await.map_err(|error| Told(error, language))?;
    Ok(Json(json!({ "message": message })))
}

async fn edit(State(app): State<App>, Query(lang): Query<Lang>, body: Body<Edit>) -> Answer {
    let edit = read(body, lang.language())?;
    done(app.stage.edit(edit).await, &lang)
}

async fn press(State(app): State<App>, Query(lang): Query<Lang>, body: Body<Press>) -> Answer {
    let press = read(body, lang.language())?;
    let press = app.stage.press(press).await.map_err(|error| Told(error, lang.language()))?;
    Ok(Json(json!({ "press": press })))
}

async fn move_clock(State(app): State<App>, Query(lang): Query<Lang>, body: Body<Move>) -> Answer {
    let to = read(body, lang.language())?;
    done(app.stage.move_clock(to).await, &lang)
}

async fn stop_clock(State(app): State<App>, Query(lang): Query<Lang>) -> Answer {
    done(app.stage.stop_clock().await, &lang)
}

async fn fault(State(app): State<App>, Query(lang): Query<Lang>, body: Body<Fault>) -> Answer {
    let fault = read(body, lang.language())?;
    done(app.stage.fault(fault).await, &lang)
}

async fn restart(State(app): State<App>, Query(lang): Query<Lang>) -> Answer {
    done(app.stage.restart().await, &lang)
}

#[derive(Deserialize)]
struct Upload {
    name: String,
    #[serde(default)]
    lang: String,
}

/// Takes the bytes of a file ahead of its message.
async fn upload(
    State(app): State<App>,
    Query(upload): Query<Upload>,
    body: Result<Bytes, BytesRejection>,
) -> Answer {
    let language = upload.lang.parse().unwrap_or_default();
    let bytes = body.map_err(|_| Told(StageError::FileTooLarge, language))?;
    let name: String = upload.name.chars().filter(|c| !c.is_control()).take(200).collect();
    let upload = app.uploads.keep(FileIn { name, bytes: bytes.to_vec() });
    Ok(Json(json!({ "upload": upload })))
}

/// A file of a message: a picture is shown, everything else is saved.
async fn file(State(app): State<App>, Query(lang): Query<Lang>, Path(id): Path<String>) -> Answer<Response> {
    let (name, bytes) = app.stage.file(&id).await.map_err(|error| Told(error, lang.language()))?;
    let picture = picture(&bytes);
    let shown = if picture.is_some() { "inline" } else { "attachment" };
    let disposition = format!("{shown}; filename*=UTF-8''{}", percent(&name));
    let headers: [(HeaderName, String); 2] = [
        (CONTENT_TYPE, picture.unwrap_or("application/octet-stream").to_owned()),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}

type Body<T> = Result<Json<T>, JsonRejection>;

fn read<T>(body: Body<T>, language: Language) -> Result<T, Told> {
    body.map(|Json(wish)| wish).map_err(|error| Told(StageError::BadRequest(error.body_text()), language))
}

fn done(result: Result<(), StageError>, lang: &Lang) -> Answer {
    result.map(|()| Json(json!({}))).map_err(|error| Told(error, lang.language()))
}

/// The type of a picture by its first bytes, for no name is to be trusted with what a browser runs.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// A name as RFC 5987 writes it in a header.
fn percent(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_cannot_break_out_of_a_header() {
        assert_eq!(percent("Bảng 1\"\r\n.xlsx"), "B%E1%BA%A3ng%201%22%0D%0A.xlsx");
        assert_eq!(picture(b"\x89PNG\r\n"), Some("image/png"));
        assert_eq!(picture(b"<svg onload=alert(1)>"), None);
    }
}
