//! Why a message is read as it is: the words that a rule knows, with the rule's name.

use serde::Serialize;

use super::Context;
use super::compose::composed;
use super::line::Line;
use super::marks::{Mark, marks};
use super::phrases::{Tag, phrases};
use super::tasks;

/// Words of a message and the rule that knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// As typed.
    pub words: String,
    /// A list of `phrases.toml` (`hand_in`, `negation`), or what numbers and names are (`phone`, `day`, `school`).
    pub rule: String,
}

/// The evidence in a message, in its order.
#[must_use]
pub fn explain(text: &str, context: &Context) -> Vec<Evidence> {
    let line = Line::new(text);
    let found = context.schools.find(&line);
    let marks = marks(&line, &found);
    let mut all: Vec<(usize, Evidence)> = Vec::new();
    let hits = composed(&line, phrases().find(&line), &|word| tasks::is_named(word, context));
    for hit in hits.iter().filter(|h| !matches!(h.tag, Tag::Particle | Tag::Nothing)) {
        all.push((hit.start, evidence(&line, hit.start..hit.end, &hit.tag)));
    }
    let mut at = 0;
    while at < marks.len() {
        let end = (at..marks.len()).find(|n| marks[*n] != marks[at]).unwrap_or(marks.len());
        if marks[at] != Mark::Free {
            all.push((at, evidence(&line, at..end, &marks[at])));
        }
        at = end;
    }
    if let Some(quoted) = &line.quoted {
        all.insert(0, (0, Evidence { words: quoted.clone(), rule: "quoted".into() }));
    }
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, evidence)| evidence).collect()
}

fn evidence(line: &Line, range: std::ops::Range<usize>, rule: &impl Serialize) -> Evidence {
    let rule =
        serde_json::to_value(rule).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    Evidence { words: line.printed(range).to_owned(), rule }
}
