//! The draft as one JSON object: header, tasks with their dates, doubts. Only fields are added to it, never taken away.

use serde_json::{Value, json};

use super::page::sentence;
use crate::domain::{Due, Language};
use crate::import::{Directive, Doubt, DraftDue, DraftTask, Numbered, Places, Relation, Span};
use crate::wording::Voice;

/// The object; doubts are sentences in the language.
pub fn object(directive: &Directive, language: Language) -> Value {
    let header = &directive.header;
    json!({
        "document": {
            "number": header.number,
            "issuer": header.issuer,
            "place": header.place,
            "issued_on": header.issued_on.map(|date| date.to_string()),
            "subject": header.subject,
            "kind": header.kind.map(crate::import::Kind::name),
            "school_year": header.school_year.map(|year| year.to_string()),
            "addressees": header.addressees,
            "signer": header.signer,
        },
        "tasks": directive.tasks.iter().map(|t| task(t, &directive.places, language)).collect::<Vec<_>>(),
        "doubts": doubts(&directive.doubts, &directive.places, language),
        "urgency": directive.urgency,
        "relations": directive.relations.iter().map(|r| relation(r, &directive.places)).collect::<Vec<_>>(),
        "open": directive.numbered_doubts().iter().map(|n| open(n, directive, language)).collect::<Vec<_>>(),
    })
}

/// One doubt as `--take` counts it: its number, the place of its task, and what can be taken.
fn open(numbered: &Numbered<'_>, directive: &Directive, language: Language) -> Value {
    let voice = Voice { language, zone: chrono_tz::Asia::Ho_Chi_Minh };
    let due = numbered.task.and_then(|at| directive.tasks.get(at)).map(|t| t.due.clone()).unwrap_or_default();
    let due: Vec<Due> = due.into_iter().map(Due::from).collect();
    json!({
        "number": numbered.number,
        "task": numbered.task,
        "said": sentence(numbered.doubt, &directive.places, language),
        "choices": numbered.doubt.choices.iter().map(|c| voice.choice(c, &due)).collect::<Vec<_>>(),
    })
}

fn relation(relation: &Relation, places: &Places) -> Value {
    json!({
        "act": relation.act,
        "kind": relation.kind,
        "number": relation.number,
        "issued_on": relation.issued_on,
        "quote": relation.quote,
        "source": span(relation.span, places),
    })
}

fn task(task: &DraftTask, places: &Places, language: Language) -> Value {
    json!({
        "months": task.months,
        "item": task.label,
        "text": task.text,
        "requires": task.requires,
        "channel": task.channel,
        "to": task.to,
        "scope": task.scope,
        "due": task.due.iter().map(|d| due(d, places)).collect::<Vec<_>>(),
        "doubts": doubts(&task.doubts, places, language),
        "source": span(task.span, places),
    })
}

fn due(due: &DraftDue, places: &Places) -> Value {
    let time =
        due.time.map(|time| if due.midnight { "24:00".to_owned() } else { time.format("%H:%M").to_string() });
    json!({
        "kind": due.kind,
        "date": due.date,
        "from": due.from,
        "time": time,
        "role": due.role,
        "recur": due.recur,
        "until": due.until,
        "quote": due.quote,
        "source": span(due.span, places),
    })
}

fn span(span: Span, places: &Places) -> Value {
    json!({
        "first_line": span.first_line,
        "last_line": span.last_line,
        "start": span.start,
        "end": span.end,
        "place": places.of(span.first_line),
    })
}

fn doubts(doubts: &[Doubt], places: &Places, language: Language) -> Vec<String> {
    doubts.iter().map(|doubt| sentence(doubt, places, language)).collect()
}
