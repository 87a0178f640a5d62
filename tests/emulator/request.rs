//! A request in any of the four ways in which clients of bot platforms write one.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Query, Request};
use axum::http::Uri;
use serde_json::{Map, Value, json};

/// Parameters, and the files that came with them.
#[derive(Debug, Default)]
pub struct Asked {
    pub body: Map<String, Value>,
    pub files: Vec<(String, String, Vec<u8>)>,
}

/// The largest upload.
const LARGEST: usize = 51 * 1024 * 1024;

impl Asked {
    /// Reads a request; a body that is none of the four is a fault of the client.
    pub async fn read(request: Request) -> Result<Self, String> {
        let kind = request.headers().get("content-type").and_then(|t| t.to_str().ok()).unwrap_or_default();
        let (kind, query) = (kind.to_owned(), request.uri().query().map(str::to_owned));
        let mut asked = Self::default();
        if let Some(query) = query {
            asked.take_pairs(&query)?;
        }
        if kind.starts_with("multipart/") {
            let mut parts = Multipart::from_request(request, &()).await.map_err(|e| e.to_string())?;
            while let Some(part) = parts.next_field().await.map_err(|e| e.to_string())? {
                let name = part.name().unwrap_or_default().to_owned();
                let file = part.file_name().map(str::to_owned);
                let bytes = part.bytes().await.map_err(|e| e.to_string())?;
                match file {
                    Some(file) => asked.files.push((name, file, bytes.to_vec())),
                    None => asked.take(name, &String::from_utf8_lossy(&bytes)),
                }
            }
            return Ok(asked);
        }
        let bytes: Bytes =
            axum::body::to_bytes(request.into_body(), LARGEST).await.map_err(|e| e.to_string())?;
        if bytes.is_empty() {
            return Ok(asked);
        }
        if kind.starts_with("application/json") {
            match serde_json::from_slice(&bytes).map_err(|e| e.to_string())? {
                Value::Object(body) => asked.body.extend(body),
                other => return Err(format!("not an object: {other}")),
            }
        } else {
            asked.take_pairs(&String::from_utf8_lossy(&bytes))?;
        }
        Ok(asked)
    }

    fn take_pairs(&mut self, pairs: &str) -> Result<(), String> {
        let uri: Uri = format!("/?{pairs}").parse().map_err(|_| "a form that cannot be read".to_owned())?;
        let pairs = Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|e| e.to_string())?;
        for (name, value) in pairs.0 {
            self.take(name, &value);
        }
        Ok(())
    }

    /// In a form everything is text; what is JSON by its first letter is read as such.
    fn take(&mut self, name: String, value: &str) {
        let structured = value.starts_with(['{', '[']);
        let read = structured.then(|| serde_json::from_str(value).ok()).flatten();
        let plain = || match (name.as_str(), value) {
            ("text" | "caption" | "title", _) => json!(value),
            (_, "true" | "True") => json!(true),
            (_, "false" | "False") => json!(false),
            (_, number) => number.parse::<i64>().map_or_else(|_| json!(value), |n| json!(n)),
        };
        let read = read.unwrap_or_else(plain);
        self.body.insert(name, read);
    }

    pub fn number(&self, name: &str) -> Option<i64> {
        let value = self.body.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name)?.as_str()
    }

    pub fn flag(&self, name: &str) -> bool {
        self.body.get(name).is_some_and(|v| v.as_bool().unwrap_or(false))
    }

    pub fn value(&self, name: &str) -> Value {
        self.body.get(name).cloned().unwrap_or(Value::Null)
    }

    /// Bytes of a file that came under this name, or by `attach://`.
    pub fn file(&self, name: &str) -> Option<(&str, &[u8])> {
        let attached = self.text(name).and_then(|v| v.strip_prefix("attach://")).unwrap_or(name);
        let found = self.files.iter().find(|(field, _, _)| field == attached)?;
        Some((&found.1, &found.2))
    }

    /// What the journal keeps: files by name and size.
    pub fn noted(&self) -> Value {
        let mut body = self.body.clone();
        for (field, name, bytes) in &self.files {
            body.insert(field.clone(), json!({"file_name": name, "file_size": bytes.len()}));
        }
        Value::Object(body)
    }
}
