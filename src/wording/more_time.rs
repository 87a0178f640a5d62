//! More time for one school, in words.

use chrono::{DateTime, Utc};
use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Button, Outgoing, Text};
use crate::domain::{Due, ExtensionId, MoreTime};

pub(super) fn say(voice: Voice, said: &MoreTime) -> Outgoing {
    let words = voice.words();
    let text = match said {
        MoreTime::Asked { .. } => return asked(voice, said),
        MoreTime::Unclear { id, school, code, until } => {
            let text = fl!(
                words,
                "extension-unclear",
                school = school.clone(),
                code = code.clone(),
                until = voice.until(*until)
            );
            return Outgoing {
                text: Text::plain(text),
                buttons: vec![decide(voice, *id, *until, code, school)],
            };
        }
        MoreTime::PassedOn { code, until } => {
            fl!(words, "extension-passed-on", code = code.clone(), until = voice.until(*until))
        }
        MoreTime::Decided { .. } => decided(voice, said),
        MoreTime::AlreadyDecided { school, code, granted } => {
            let (school, code) = (school.clone(), code.clone());
            if *granted {
                fl!(words, "extension-was-granted", school = school, code = code)
            } else {
                fl!(words, "extension-was-refused", school = school, code = code)
            }
        }
        MoreTime::NotNeeded { school, code, at: Some(at) } => {
            let (day, at) = (voice.day(voice.local_day(*at)), voice.clock(*at));
            fl!(
                words,
                "extension-not-needed",
                school = school.clone(),
                code = code.clone(),
                at = at,
                day = day
            )
        }
        MoreTime::NotNeeded { school, code, at: None } => {
            fl!(words, "extension-not-needed-exempt", school = school.clone(), code = code.clone())
        }
        MoreTime::Withdrawn { school, code, due } => {
            let due = due_or_none(voice, due.as_ref());
            fl!(words, "extension-withdrawn", school = school.clone(), code = code.clone(), due = due)
        }
        MoreTime::Revoked { school, code, due } => {
            let due = due_or_none(voice, due.as_ref());
            fl!(words, "extension-revoked", school = school.clone(), code = code.clone(), due = due)
        }
        MoreTime::OtherCount { code, asking } => other_count(voice, code, asking),
    };
    Outgoing { text: Text::plain(text), buttons: vec![] }
}

fn asked(voice: Voice, said: &MoreTime) -> Outgoing {
    let MoreTime::Asked { id, school, code, until, before, due, late, words: typed } = said else {
        return Outgoing::default();
    };
    let words = voice.words();
    let mut text = fl!(
        words,
        "extension-asked",
        school = school.clone(),
        code = code.clone(),
        until = voice.until(*until),
        due = due_or_none(voice, due.as_ref())
    );
    if let Some(before) = before {
        text.push(' ');
        text.push_str(&fl!(words, "extension-before", until = voice.until(*before)));
    }
    if *late {
        text.push(' ');
        text.push_str(&fl!(words, "extension-late"));
    }
    if !typed.is_empty() {
        text.push('\n');
        text.push_str(&fl!(words, "extension-words", words = typed.clone()));
    }
    Outgoing { text: Text::plain(text), buttons: vec![decide(voice, *id, *until, code, school)] }
}

fn decided(voice: Voice, said: &MoreTime) -> String {
    let MoreTime::Decided { school, code, granted, until, due, words: typed } = said else {
        return String::new();
    };
    let words = voice.words();
    let (school, code) = (school.clone(), code.clone());
    let due = due_or_none(voice, due.as_ref());
    let mut text = match (granted, until) {
        (true, Some(until)) => {
            fl!(words, "extension-granted", school = school, code = code, until = voice.until(*until))
        }
        (false, Some(until)) => {
            fl!(words, "extension-no-further", school = school, code = code, until = voice.until(*until))
        }
        (_, None) => fl!(words, "extension-refused", school = school, code = code, due = due),
    };
    if !typed.is_empty() {
        text.push('\n');
        text.push_str(&fl!(words, "extension-answer", words = typed.clone()));
    }
    text
}

fn other_count(voice: Voice, code: &str, asking: &[String]) -> String {
    let words = voice.words();
    let Some(first) = asking.first() else {
        return fl!(words, "extension-nobody-asks", code = code.to_owned());
    };
    let (code, school) = (code.to_owned(), first.clone());
    fl!(words, "extension-who-asks", schools = asking.join(", "), code = code, school = school)
}

fn decide(voice: Voice, id: ExtensionId, until: DateTime<Utc>, code: &str, school: &str) -> Vec<Button> {
    vec![
        // The day that is shown is the day that is granted, whatever is asked for since.
        Button {
            label: fl!(voice.words(), "button-grant"),
            action: format!("grant {id} {}", until.timestamp()),
            typed: format!("/dongy {code} {school}"),
        },
        Button {
            label: fl!(voice.words(), "button-refuse"),
            action: format!("refuse {id}"),
            typed: format!("/tuchoi {code} {school}"),
        },
    ]
}

fn due_or_none(voice: Voice, due: Option<&Due>) -> String {
    due.map_or_else(|| fl!(voice.words(), "due-none"), |d| voice.due(d))
}
