//! The page on which an officer makes the forms of tasks, behind a signed link: plain HTML, every button sends the whole form and
//! says what is to be done with it.

mod page;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use super::{Forms, LARGEST_MB, busy, entries, failed, gone, html, vietnamese};
use crate::app::{DesignDeed, DesignSent, Entry};
use crate::domain::{FieldKind, TypedField};

/// The most rows that are taken from a page; a form may have fewer.
const MOST_ROWS: usize = 200;

/// The tasks.
pub(super) async fn list(State(forms): State<Arc<dyn Forms>>, Path(token): Path<String>) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.design_list(&token).await {
        Ok(Some(list)) => html(StatusCode::OK, page::list(&token, &list)),
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

/// The form of one.
pub(super) async fn show(
    State(forms): State<Arc<dyn Forms>>,
    Path((token, code)): Path<(String, String)>,
) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    match app.design_page(&token, &code).await {
        Ok(Some(design)) => html(StatusCode::OK, page::design(&token, &design)),
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

pub(super) async fn take(
    State(forms): State<Arc<dyn Forms>>,
    Path((token, code)): Path<(String, String)>,
    typed: Multipart,
) -> Response {
    let Some(app) = forms.app().await else { return busy() };
    // A link that is not ours is not worth reading twenty megabytes for.
    match app.design_page(&token, &code).await {
        Ok(Some(_)) => {}
        Ok(None) => return gone(),
        Err(error) => return failed(&error),
    }
    let Some(entries) = entries(typed).await else {
        let words = vietnamese().form_too_large(LARGEST_MB);
        return html(StatusCode::PAYLOAD_TOO_LARGE, super::page::notice(&words, ""));
    };
    match app.send_design(&token, &code, sent(entries)).await {
        Ok(Some(design)) => {
            let status =
                if design.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            html(status, page::design(&token, &design))
        }
        Ok(None) => gone(),
        Err(error) => failed(&error),
    }
}

/// What was sent, put together again.
fn sent(entries: Vec<(String, Entry)>) -> DesignSent {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut file = None;
    for (key, entry) in entries {
        match entry {
            Entry::Text(text) => drop(texts.insert(key, text)),
            Entry::File(name, bytes) if key == "file" && !bytes.is_empty() => file = Some((name, bytes)),
            Entry::File(..) => {}
        }
    }
    let text = |key: &str| texts.get(key).cloned().unwrap_or_default();
    let deed = text("do");
    let (verb, row) = deed.split_once('-').unwrap_or((&deed, ""));
    let row = row.parse::<usize>().ok();
    let deed = match (verb, row, file) {
        ("look", ..) => DesignDeed::Look,
        ("save", ..) => DesignDeed::Save,
        ("add", ..) => DesignDeed::Add,
        ("up", Some(row), _) => DesignDeed::Up(row),
        ("drop", Some(row), _) => DesignDeed::Drop(row),
        ("take", ..) => DesignDeed::Take(text("start")),
        ("line", ..) => DesignDeed::Line(text("line")),
        ("template", _, Some((name, bytes))) => DesignDeed::Template(name, bytes),
        _ => DesignDeed::Stay,
    };
    let count = text("rows").parse::<usize>().unwrap_or_default().min(MOST_ROWS);
    let template =
        Some(text("template")).filter(|name| !name.is_empty() && !texts.contains_key("no-template"));
    DesignSent {
        deed,
        rows: (0..count).map(|row| typed(&texts, row)).collect(),
        rules: text("rules").replace("\r\n", "\n"),
        template: template.map(|name| (name, text("mark"))),
        base: text("base"),
        seen: text("seen"),
        trial: text("trial"),
    }
}

fn typed(texts: &BTreeMap<String, String>, row: usize) -> TypedField {
    let text = |name: &str| texts.get(&format!("{name}-{row}")).cloned().unwrap_or_default();
    let ticked = |name: &str| texts.contains_key(&format!("{name}-{row}"));
    TypedField {
        key: text("key"),
        label: text("label"),
        kind: kind(&text("kind")),
        unit: text("unit"),
        required: ticked("required"),
        min: text("min"),
        max: text("max"),
        options: text("options"),
        enrolment: ticked("enrolment"),
        aliases: text("aliases"),
        example: text("example"),
        help: text("help"),
    }
}

const KINDS: [(FieldKind, &str); 10] = [
    (FieldKind::Count, "count"),
    (FieldKind::Percent, "percent"),
    (FieldKind::Decimal, "decimal"),
    (FieldKind::Money, "money"),
    (FieldKind::Text, "text"),
    (FieldKind::Date, "date"),
    (FieldKind::Choice, "choice"),
    (FieldKind::Link, "link"),
    (FieldKind::File, "file"),
    (FieldKind::Photo, "photo"),
];

fn kind(said: &str) -> Option<FieldKind> {
    KINDS.iter().find(|(_, name)| *name == said).map(|(kind, _)| *kind)
}

/// A kind as the page names it; empty for "by its name".
fn name_of(kind: Option<FieldKind>) -> &'static str {
    KINDS.iter().find(|(one, _)| Some(*one) == kind).map_or("", |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_sends_is_put_together_again() {
        let text = |key: &str, text: &str| (key.to_owned(), Entry::Text(text.to_owned()));
        let sent = sent(vec![
            text("do", "up-1"),
            text("rows", "2"),
            text("label-0", "tổng"),
            text("kind-0", "percent"),
            text("required-0", "1"),
            text("label-1", "nữ"),
            text("label-7", "beyond"),
            text("rules", "a\r\nb"),
            text("template", "x.xlsx"),
            ("file".to_owned(), Entry::File("y.xlsx".to_owned(), vec![])),
        ]);
        assert_eq!(sent.deed, DesignDeed::Up(1));
        let labels: Vec<&str> = sent.rows.iter().map(|r| r.label.as_str()).collect();
        assert_eq!(labels, ["tổng", "nữ"]);
        assert!(sent.rows[0].required && !sent.rows[1].required);
        assert_eq!((sent.rows[0].kind, sent.rows[1].kind), (Some(FieldKind::Percent), None));
        assert_eq!((sent.rules.as_str(), sent.template), ("a\nb", Some(("x.xlsx".into(), String::new()))));
        for (kind, name) in KINDS {
            assert_eq!((super::kind(name), name_of(Some(kind))), (Some(kind), name));
        }
    }
}
