//! Handing in a file under a signed link, and fetching one: for platforms that carry no files.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HeaderName};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::page::{escaped, page};
use super::{Forms, LARGEST_MB, busy, entries, failed, gone, html, vietnamese};
use crate::app::{Entry, UploadPage, Uploaded};

/// The field of the page that takes files, the one that takes words, and the one that holds the mark under which they count once.
const FILES: &str = "files";
const WORDS: &str = "words";
const ONCE: &str = "once";

/// What was sent from the page just before.
#[derive(Debug, Default, Deserialize)]
pub(super) struct After {
    once: Option<String>,
}

pub(super) async fn show(
    State(forms): State<Arc<dyn Forms>>,
    Path(token): Path<String>,
    Query(after): Query<After>,
) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.upload_page(&token, after.once.as_deref()).await {
        Ok(Some(upload)) => html(StatusCode::OK, upload_page(&token, &upload)),
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

pub(super) async fn take(
    State(forms): State<Arc<dyn Forms>>,
    Path(token): Path<String>,
    sent: Multipart,
) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    // A link that is not ours is not worth reading twenty megabytes for.
    match app.upload_page(&token, None).await {
        Ok(Some(_)) => {}
        Ok(None) => return gone(),
        Err(error) => return failed(&error),
    }
    let Some(entries) = entries(sent).await else {
        let words = vietnamese().form_too_large(LARGEST_MB);
        return html(StatusCode::PAYLOAD_TOO_LARGE, super::page::notice(&words, ""));
    };
    let (mut files, mut words, mut once) = (Vec::new(), String::new(), String::new());
    for (key, entry) in entries {
        match entry {
            Entry::File(name, bytes) if key == FILES => files.push((name, bytes)),
            Entry::Text(text) if key == WORDS => words = text,
            Entry::Text(mark) if key == ONCE => once = mark,
            Entry::File(..) | Entry::Text(_) => {}
        }
    }
    match app.upload(&token, &once, files, &words).await {
        // Whoever loads the page again sends nothing again.
        Ok(Some(Uploaded::Taken(once))) => {
            Redirect::to(&format!("/gui/{token}?{ONCE}={once}")).into_response()
        }
        Ok(Some(Uploaded::Nothing)) => Redirect::to(&format!("/gui/{token}")).into_response(),
        Ok(Some(Uploaded::Full)) => {
            let (title, how) = vietnamese().upload_full();
            html(StatusCode::TOO_MANY_REQUESTS, super::page::notice(&title, &how))
        }
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

/// A file of ours; always saved, never shown.
pub(super) async fn fetch(State(forms): State<Arc<dyn Forms>>, Path(token): Path<String>) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.sent_away(&token).await {
        Ok(Some((name, bytes))) => {
            let headers: [(HeaderName, String); 3] = [
                (CONTENT_TYPE, "application/octet-stream".to_owned()),
                (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
                (CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

/// A picture of ours, as a platform fetches it to show it.
pub(super) async fn picture(State(forms): State<Arc<dyn Forms>>, Path(name): Path<String>) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.shown(&name).await {
        Ok(Some(bytes)) => {
            let headers: [(HeaderName, &str); 2] = [(CONTENT_TYPE, "image/png"), (CACHE_CONTROL, "no-store")];
            (headers, bytes).into_response()
        }
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

fn upload_page(token: &str, upload: &UploadPage) -> String {
    let words = upload.voice.upload_words(&upload.name);
    let mut body = format!(
        "<header><p>{}</p><h1>{}</h1><p>{}</p></header>",
        escaped(&upload.office),
        escaped(&words.title),
        escaped(&words.head)
    );
    if !upload.taken.is_empty() {
        let said = upload.voice.uploaded(&upload.taken);
        let _ = write!(body, "<p class=\"stored\" role=\"status\">{}</p>", escaped(&said));
    }
    let _ = write!(
        body,
        "<form method=\"post\" action=\"/gui/{}\" enctype=\"multipart/form-data\" autocomplete=\"off\">\
         <div><label for=\"files\">{}</label>\
         <input id=\"files\" name=\"{FILES}\" type=\"file\" multiple required></div>\
         <div><label for=\"words\">{}</label><p class=\"help\">{}</p>\
         <textarea id=\"words\" name=\"{WORDS}\" rows=\"3\"></textarea></div>\
         <input type=\"hidden\" name=\"{ONCE}\" value=\"{}\">\
         <button type=\"submit\">{}</button></form><footer><p>{}</p></footer>",
        escaped(token),
        escaped(&words.files),
        escaped(&words.words),
        escaped(&words.example),
        escaped(&upload.once),
        escaped(&words.send),
        escaped(&words.foot)
    );
    page(words.language, &words.title, &body)
}
