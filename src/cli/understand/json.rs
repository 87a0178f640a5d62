//! The reading of a message as one JSON object a line. Only fields are added to it, never taken away.

use serde_json::{Value as Json, json};

use super::case::Scene;
use crate::domain::{ConfirmationLevel, Field, FieldKind, Value};
use crate::understand::{Act, Given, Intent, Reading, SchoolIndex};

/// Which intent a message with several has: what keeps somebody from being counted as done comes first.
const ORDER: [&str; 8] =
    ["extension", "unable", "submit", "correction", "done", "question", "confirm", "chitchat"];

/// The answer to one message.
pub fn answer(id: &Json, reading: &Reading, scene: &Scene, index: &SchoolIndex) -> Json {
    let mut schools: Vec<Json> = Vec::new();
    for (n, act) in reading.acts.iter().enumerate() {
        let same = reading.acts[..n].iter().position(|a| a.school == act.school);
        let object = one(act, scene, index);
        match same.and_then(|first| place_of(&reading.acts, first)).and_then(|at| schools.get_mut(at)) {
            Some(there) => join(there, object),
            None => schools.push(object),
        }
    }
    let mut object = match schools.len() {
        0 => silence(),
        1 => schools.remove(0),
        _ => several(schools),
    };
    object["id"] = id.clone();
    object
}

fn silence() -> Json {
    json!({ "intent": "chitchat", "school": null, "values": [], "links": [], "extension_to": null, "task": null,
            "certain": true, "parts": [] })
}

/// Which of the objects an act's school has: one a school, in the order in which they are first spoken of.
fn place_of(acts: &[Act], first: usize) -> Option<usize> {
    let new = |n: &usize| !acts[..*n].iter().any(|a| a.school == acts[*n].school);
    (0..=first).filter(new).position(|n| n == first)
}

/// What one school says twice over: "298 trẻ, còn số mũi tiêm xin thứ 3".
fn join(there: &mut Json, more: Json) {
    there["intent"] = json!(first_of([&*there, &more].into_iter()));
    there["certain"] = json!(there["certain"] == json!(true) && more["certain"] == json!(true));
    for list in ["values", "links", "doubts"] {
        if let (Some(all), Json::Array(new)) = (there[list].as_array_mut(), more[list].clone()) {
            all.extend(new);
        }
    }
    for key in ["extension_to", "task"] {
        if there[key].is_null() {
            there[key] = more[key].clone();
        }
    }
}

/// The intent that counts for objects together.
fn first_of<'a>(objects: impl Iterator<Item = &'a Json> + Clone) -> Option<&'static str> {
    ORDER.into_iter().find(|name| objects.clone().any(|o| o["intent"] == json!(name)))
}

fn several(schools: Vec<Json>) -> Json {
    let task = schools[0]["task"].clone();
    let same = schools.iter().all(|s| s["task"] == task);
    json!({
        "intent": first_of(schools.iter()),
        "school": null,
        "values": [],
        "links": [],
        "extension_to": null,
        "task": if same { task } else { Json::Null },
        "certain": schools.iter().all(|s| s["certain"] == json!(true)),
        "doubts": [],
        "parts": schools,
    })
}

fn one(act: &Act, scene: &Scene, index: &SchoolIndex) -> Json {
    let given = act.given();
    json!({
        "intent": intent(act),
        "school": act.school.map(|id| index.short_name(id)),
        "values": given.map(|g| values(act, g, scene)).unwrap_or_default(),
        "links": given.map(|g| g.links.clone()).unwrap_or_default(),
        "extension_to": until(act),
        "task": act.task.task().and_then(|t| scene.place(t)),
        "certain": act.is_certain(),
        "doubts": act.doubts,
        "parts": [],
    })
}

/// The contract's name of an intent.
pub fn intent(act: &Act) -> &'static str {
    match &act.intent {
        Intent::Confirm(ConfirmationLevel::Done) => "done",
        Intent::Confirm(_) | Intent::Promise { .. } => "confirm",
        Intent::Submit(_) | Intent::SameAsLast => "submit",
        Intent::Correct(_) | Intent::Withdraw => "correction",
        Intent::Extension { .. } => "extension",
        Intent::Unable { .. } => "unable",
        Intent::Question => "question",
        Intent::Chitchat | Intent::Unknown | Intent::Refused => "chitchat",
    }
}

fn until(act: &Act) -> Option<String> {
    match &act.intent {
        Intent::Extension { until, .. } => until.as_ref().map(|u| u.day.to_string()),
        _ => None,
    }
}

/// The figures in the order of the form, then those that found no field.
fn values(act: &Act, given: &Given, scene: &Scene) -> Vec<Json> {
    let form = act.task.task().and_then(|t| scene.place(t)).map(|n| &scene.tasks[n].form);
    let fields = form.map(|f| f.fields.as_slice()).unwrap_or_default();
    let bound = fields.iter().filter_map(|field| figure(field, given.values.get(&field.key)?));
    let loose = given
        .loose
        .iter()
        .map(|f| json!({ "label": f.label, "value": hundredths(f.hundredths), "percent": f.percent }));
    bound.chain(loose).collect()
}

fn figure(field: &Field, value: &Value) -> Option<Json> {
    let Value::Figure(n) = value else { return None };
    let percent = field.kind == FieldKind::Percent;
    let decimal = percent || field.kind == FieldKind::Decimal;
    let value = if decimal { hundredths(*n) } else { json!(n) };
    Some(json!({ "label": field.label, "value": value, "percent": percent }))
}

/// Whole numbers without a point: 312, not 312.0.
fn hundredths(n: i64) -> Json {
    if n % 100 == 0 { json!(n / 100) } else { json!(n as f64 / 100.0) }
}
