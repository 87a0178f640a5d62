//! Answers of schools read over a register, against the labelled messages of the shared corpus: nothing that is certain may be
//! wrong in a way that harms (`scoring/score_replies.py` says which ways). How many are understood is a later matter; the
//! answers are written beside the test binary for that script.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{NaiveDate, NaiveDateTime};
use giaoban::domain::{
    ConfirmationLevel, Form, OfficeId, Requires, School, SchoolId, SchoolKind, Scope, Task, TaskId,
    TaskState, Urgency,
};
use giaoban::understand::{Act, Context, Given, Intent, OpenTask, Reading, SchoolIndex, read};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::shared::shared;

#[test]
fn nothing_certain_harms() {
    let Some(path) = shared("corpus/replies.jsonl") else { return };
    let corpus = std::fs::read_to_string(path).unwrap();
    let golds: Vec<Value> = corpus.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let schools = register(&golds);
    let index = SchoolIndex::new(&schools);
    let mut answers = String::new();
    let mut harm = Vec::new();
    for gold in &golds {
        let reading = read_one(gold, &index);
        harm.extend(
            harms(gold, &reading, &index)
                .into_iter()
                .map(|what| format!("{}: {what}: {}", gold["id"], gold["text"])),
        );
        writeln!(answers, "{}", answer(gold, &reading, &index)).unwrap();
    }
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("replies.jsonl"), answers).unwrap();
    assert!(harm.is_empty(), "{} of {} harm\n{}", harm.len(), golds.len(), harm.join("\n"));
}

/// The register of an office with every school that the messages name.
fn register(golds: &[Value]) -> Vec<School> {
    let mut names = BTreeSet::new();
    for gold in golds {
        names.extend(gold["school"].as_str().map(str::to_owned));
        names.extend(
            gold["schools"].as_array().into_iter().flatten().filter_map(|s| s.as_str().map(str::to_owned)),
        );
    }
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(core(name)));
    (1..)
        .zip(&names)
        .map(|(n, name)| School {
            id: SchoolId::new(Uuid::from_u128(n)),
            office: OfficeId::new(Uuid::from_u128(1)),
            code: format!("X{n:03}"),
            name: name.clone(),
            short_name: name.clone(),
            aliases: vec![],
            kind: SchoolKind::Public,
            ward: String::new(),
            cluster: String::new(),
            principal: String::new(),
            phone: String::new(),
            enrolment: None,
            opened_on: None,
            closed_on: None,
        })
        .collect()
}

/// A name without the words for its kind.
fn core(name: &str) -> String {
    let name = name.trim_start_matches("Trường ");
    ["MN ", "MG ", "mầm non "].iter().fold(name, |name, kind| name.trim_start_matches(kind)).to_owned()
}

/// The name of a school as the labels spell it.
fn named<'a>(gold: &'a Value, act: &Act, index: &'a SchoolIndex) -> Option<&'a str> {
    let name = index.short_name(act.school?);
    let labels =
        gold["schools"].as_array().into_iter().flatten().chain([&gold["school"]]).filter_map(Value::as_str);
    Some(labels.into_iter().find(|label| core(label) == core(name)).unwrap_or(name))
}

fn read_one(gold: &Value, index: &SchoolIndex) -> Reading {
    let today: NaiveDate = gold["context"]["today"].as_str().unwrap().parse().unwrap();
    let open: Vec<(Task, Option<NaiveDateTime>)> = gold["context"]["open_tasks"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(n, line)| open_task(n, line.as_str().unwrap()))
        .collect();
    let tasks: Vec<&Task> = open.iter().map(|(task, _)| task).collect();
    let open: Vec<OpenTask> = open
        .iter()
        .map(|(task, deadline)| OpenTask { task, deadline: *deadline, owed: true, last: None })
        .collect();
    let attached = gold["attachments"].as_array().is_some_and(|list| !list.is_empty());
    let context = Context {
        now: today.and_hms_opt(8, 0, 0).unwrap(),
        schools: index,
        own: &[],
        officer: false,
        open: &open,
        tasks: &tasks,
        quoted: &[],
        quoted_own: None,
        quoted_text: None,
        asked: None,
    };
    read(gold["text"].as_str().unwrap(), attached, &context)
}

/// `Báo cáo tháng 11 (hạn 2026-11-20 16:00)`.
fn open_task(n: usize, line: &str) -> (Task, Option<NaiveDateTime>) {
    let (text, due) = line.rsplit_once(" (hạn ").unwrap_or((line, ""));
    let due = due.trim_end_matches(')');
    let day = due.split(' ').next().and_then(|d| d.parse::<NaiveDate>().ok());
    let time = due.split(' ').nth(1).and_then(|t| chrono::NaiveTime::parse_from_str(t, "%H:%M").ok());
    let deadline =
        day.map(|d| d.and_time(time.unwrap_or_else(|| chrono::NaiveTime::from_hms_opt(17, 0, 0).unwrap())));
    let task = Task {
        id: TaskId::new(Uuid::from_u128(n as u128 + 1)),
        office: OfficeId::new(Uuid::from_u128(1)),
        schedule: None,
        code: u32::try_from(n).unwrap() + 1,
        text: text.to_owned(),
        months: vec![],
        scope: Scope::All,
        requires: Requires::Submission,
        due: vec![],
        form: Form::default(),
        urgency: Urgency::Normal,
        state: TaskState::Posted,
        posted_at: None,
        directive: None,
        sources: vec![],
        doubts: vec![],
        moved: None,
    };
    (task, deadline)
}

fn intent(act: &Act) -> &'static str {
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

fn extension(act: &Act) -> Option<String> {
    match &act.intent {
        Intent::Extension { until, .. } => until.as_ref().map(|u| u.day.to_string()),
        _ => None,
    }
}

fn pairs(given: &Given) -> Vec<(i64, bool)> {
    given.loose.iter().map(|f| (f.hundredths, f.percent)).collect()
}

fn answer(gold: &Value, reading: &Reading, index: &SchoolIndex) -> Value {
    let one = |act: &Act| {
        let values: Vec<Value> = act
            .given()
            .map(|given| {
                given
                    .loose
                    .iter()
                    .map(|f| json!({"label": f.label, "value": f.hundredths as f64 / 100.0, "percent": f.percent}))
                    .collect()
            })
            .unwrap_or_default();
        json!({
            "id": gold["id"],
            "intent": intent(act),
            "school": named(gold, act, index),
            "values": values,
            "links": act.given().map(|g| g.links.clone()).unwrap_or_default(),
            "extension_to": extension(act),
            "task": act.task.task().map(|id| (0..9_u128).find(|n| TaskId::new(Uuid::from_u128(n + 1)) == id)),
            "certain": act.is_certain(),
            "parts": [],
        })
    };
    match &reading.acts[..] {
        [] => {
            json!({"id": gold["id"], "intent": "chitchat", "school": null, "values": [], "links": [], "extension_to": null, "task": null, "certain": true, "parts": []})
        }
        [act] => one(act),
        acts => {
            let mut whole = one(&acts[0]);
            whole["values"] = json!([]);
            whole["school"] = Value::Null;
            let order =
                ["extension", "unable", "submit", "correction", "done", "question", "confirm", "chitchat"];
            let first = order.iter().find(|o| acts.iter().any(|a| intent(a) == **o)).unwrap();
            whole["intent"] = json!(first);
            whole["certain"] = json!(acts.iter().all(Act::is_certain));
            whole["parts"] = acts.iter().map(one).collect();
            whole
        }
    }
}

/// The dangerous errors of `score_replies.py` in what is certain.
fn harms(gold: &Value, reading: &Reading, index: &SchoolIndex) -> Vec<String> {
    let mut harms = Vec::new();
    let fine: Vec<&str> = std::iter::once(&gold["intent"])
        .chain(gold["intents_ok"].as_array().into_iter().flatten())
        .filter_map(Value::as_str)
        .collect();
    for act in reading.acts.iter().filter(|a| a.is_certain()) {
        let school = named(gold, act, index);
        let own = school.and_then(|s| gold["intents_by_school"].get(s)).and_then(Value::as_str);
        let right = own.map_or_else(|| fine.clone(), |own| vec![own]);
        let handed_in = matches!(intent(act), "done" | "submit") && !right.contains(&intent(act));
        if handed_in && matches!(right[0], "unable" | "extension") {
            harms.push(format!("negative as {}", intent(act)));
        }
        let values = match school.and_then(|s| gold["values_by_school"].get(s)) {
            Some(values) => values,
            None => &gold["values"],
        };
        let allowed: Vec<(i64, bool)> = [values, &gold["values_optional"]]
            .into_iter()
            .filter_map(Value::as_object)
            .flatten()
            .map(pair)
            .collect();
        for figure in act.given().map(pairs).unwrap_or_default() {
            if !allowed.contains(&figure) {
                harms.push(format!("figure {} for {}", figure.0 / 100, school.unwrap_or("the sender")));
            }
        }
        if let Some(day) = extension(act)
            && day.as_str() < gold["context"]["today"].as_str().unwrap()
        {
            harms.push(format!("until {day}"));
        }
    }
    harms
}

fn pair((label, value): (&String, &Value)) -> (i64, bool) {
    ((value.as_f64().unwrap() * 100.0).round() as i64, label.ends_with("_pct"))
}
