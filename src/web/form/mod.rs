//! The page of a form behind a signed link: plain HTML that works on a phone without JavaScript; and, under links of their own,
//! the page under which a file is handed in, and files of ours
//! (`files`), and the page on which an officer makes forms (`design`).
//!
//! What the link says is checked by `app` at every request; there is nothing else to log in with, so that a page of
//! somebody else cannot send in anybody's name without having the link itself. It is sent by `POST` only.

mod design;
mod files;
mod page;

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::{App, AppError, Entry};
use crate::domain::Language;
use crate::wording::Voice;

/// The largest that is taken in one go, all files together.
const LARGEST_MB: usize = 20;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

/// Our own style and nothing else; the form goes to where it came from.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Who has the verbs; none while the bot is being restarted.
#[async_trait]
pub trait Forms: Send + Sync {
    /// The verbs.
    async fn app(&self) -> Option<Arc<App>>;
}

/// The routes of the page.
pub fn routes(forms: Arc<dyn Forms>) -> Router {
    Router::new()
        .route("/bieu/form.css", get(|| async { ([(CONTENT_TYPE, CSS)], include_str!("../pages/form.css")) }))
        .route("/bieu/{token}", get(show).post(take))
        .route("/bieu/{token}/tep/{key}", get(file))
        .route("/bieu/{token}/bieu.xlsx", get(template))
        .route("/soan/{token}", get(design::list))
        .route("/soan/{token}/{code}", get(design::show).post(design::take))
        .route("/gui/{token}", get(files::show).post(files::take))
        .route("/tep/{token}", get(files::fetch))
        .route("/anh/{token}", get(files::picture))
        .layer(DefaultBodyLimit::max(LARGEST_MB * 1024 * 1024))
        .with_state(forms)
}

async fn show(State(forms): State<Arc<dyn Forms>>, Path(token): Path<String>) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.form_page(&token).await {
        Ok(Some(form)) => html(StatusCode::OK, page::form(&token, &form)),
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

async fn take(State(forms): State<Arc<dyn Forms>>, Path(token): Path<String>, sent: Multipart) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    // A link that is not ours is not worth reading twenty megabytes for.
    match app.form_page(&token).await {
        Ok(Some(_)) => {}
        Ok(None) => return gone(),
        Err(error) => return failed(&error),
    }
    let Some(entries) = entries(sent).await else {
        let words = vietnamese().form_too_large(LARGEST_MB);
        return html(StatusCode::PAYLOAD_TOO_LARGE, page::notice(&words, ""));
    };
    match app.send_form(&token, entries.into_iter().collect()).await {
        Ok(Some(form)) => {
            let status = if form.faults.is_empty() && form.odd.is_empty() {
                StatusCode::OK
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            html(status, page::form(&token, &form))
        }
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

/// A file that was sent before; always saved, never shown, whatever it says it is.
async fn file(State(forms): State<Arc<dyn Forms>>, Path((token, key)): Path<(String, String)>) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.form_file(&token, &key).await {
        Ok(Some((_, bytes))) => {
            let headers: [(HeaderName, &str); 3] = [
                (CONTENT_TYPE, "application/octet-stream"),
                (CONTENT_DISPOSITION, "attachment"),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, bytes).into_response()
        }
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

/// The office's own workbook of the form.
async fn template(State(forms): State<Arc<dyn Forms>>, Path(token): Path<String>) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.form_template(&token).await {
        Ok(Some((_, bytes))) => {
            let headers: [(HeaderName, &str); 3] = [
                (CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                (CONTENT_DISPOSITION, "attachment"),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, bytes).into_response()
        }
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

/// What was sent, each with its field; none when it is too large or broken off.
async fn entries(mut sent: Multipart) -> Option<Vec<(String, Entry)>> {
    let mut entries = Vec::new();
    while let Some(part) = sent.next_field().await.ok()? {
        let Some(key) = part.name().map(str::to_owned) else { continue };
        let file = part.file_name().map(|n| n.chars().filter(|c| !c.is_control()).take(200).collect());
        let entry = match file {
            Some(name) => Entry::File(name, part.bytes().await.ok()?.to_vec()),
            None => Entry::Text(part.text().await.ok()?),
        };
        entries.push((key, entry));
    }
    Some(entries)
}

fn html(status: StatusCode, text: String) -> Response {
    let headers: [(HeaderName, HeaderValue); 4] = [
        (CONTENT_TYPE, HeaderValue::from_static(HTML)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        // Without it a browser sends the form without saying from where, and the link must not leak to other sites.
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, text).into_response()
}

fn gone() -> Response {
    let (title, how) = vietnamese().form_gone();
    html(StatusCode::NOT_FOUND, page::notice(&title, &how))
}

fn busy() -> Response {
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

fn failed(error: &AppError) -> Response {
    tracing::error!(%error, "the page of a form failed");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Before a link has said whose it is, the page speaks Vietnamese.
fn vietnamese() -> Voice {
    Voice { language: Language::Vi, zone: chrono_tz::Asia::Ho_Chi_Minh }
}
