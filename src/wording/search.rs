//! What was found of what a school says that it has sent, in words.

use chrono::{DateTime, Utc};
use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Button, Outgoing, Text};
use crate::domain::{SearchReply, Unread};

pub(super) fn say(voice: Voice, said: &SearchReply) -> Outgoing {
    let words = voice.words();
    let text = match said {
        SearchReply::Settled { school, code, at, values } => {
            let (school, code, at) = (school.clone(), code.clone(), moment(voice, *at));
            if values.is_empty() {
                fl!(words, "search-settled-plain", school = school, code = code, at = at)
            } else {
                let values = voice.pairs(values);
                fl!(words, "search-settled", school = school, code = code, at = at, values = values)
            }
        }
        SearchReply::Offer { .. } => return offer(voice, said),
        SearchReply::Nothing { .. } => nothing(voice, said),
        SearchReply::NothingOf { address, school, codes, unread } => {
            let mut nothing =
                fl!(words, "search-nothing-of", school = school.clone(), codes = codes.join(", "));
            push_unread(voice, &mut nothing, unread.as_ref());
            let example = format!("{} …", codes.first().map_or("", String::as_str));
            let send = fl!(words, "search-send-each", address = voice.address(*address), example = example);
            format!("{nothing}\n{send}")
        }
        SearchReply::Repaired { school, code, at, booked } => {
            let (school, code, at) = (school.clone(), code.clone(), moment(voice, *at));
            match booked {
                Some(other) => {
                    fl!(
                        words,
                        "search-repaired-from",
                        school = school,
                        code = code,
                        at = at,
                        other = other.clone()
                    )
                }
                None => fl!(words, "search-repaired", school = school, code = code, at = at),
            }
        }
        SearchReply::NoLast { address, school, code, fields } => {
            let example = format!("{code} {}", voice.example(fields));
            let address = voice.address(*address);
            fl!(
                words,
                "search-no-last",
                school = school.clone(),
                code = code.clone(),
                address = address,
                example = example
            )
        }
    };
    Outgoing { text: Text::plain(text), buttons: vec![] }
}

fn offer(voice: Voice, said: &SearchReply) -> Outgoing {
    let SearchReply::Offer { address, school, code, at, words: typed, values, booked, missing } = said else {
        return Outgoing::default();
    };
    let words = voice.words();
    let at = moment(voice, *at);
    let mut text = fl!(
        words,
        "search-found",
        school = school.clone(),
        code = code.clone(),
        at = at,
        words = typed.clone()
    );
    if let Some(other) = booked {
        text.push(' ');
        text.push_str(&fl!(words, "search-booked", other = other.clone()));
    }
    text.push('\n');
    text.push_str(&fl!(words, "search-would-record", values = voice.pairs(values)));
    if !missing.is_empty() {
        text.push(' ');
        text.push_str(&fl!(words, "read-back-missing", fields = missing.join(", ")));
    }
    text.push('\n');
    text.push_str(&fl!(words, "search-ask", address = voice.address(*address)));
    let button = |label: String, action: &str, typed: &str| Button {
        label,
        action: action.to_owned(),
        typed: typed.to_owned(),
    };
    let yes = button(fl!(words, "button-yes"), "count", "đúng");
    let no = button(fl!(words, "button-no-such"), "uncount", "không");
    Outgoing { text: Text::plain(text), buttons: vec![vec![yes, no]] }
}

fn nothing(voice: Voice, said: &SearchReply) -> String {
    let SearchReply::Nothing { address, school, code, since, values, missing, unread, deaf } = said else {
        return String::new();
    };
    let words = voice.words();
    let (school, named) = (school.clone(), code.clone());
    let mut text = match since {
        Some(since) => {
            let since = voice.full_day(voice.local_day(*since));
            fl!(words, "search-nothing", school = school, code = named, since = since)
        }
        None => fl!(words, "search-nothing-plain", school = school, code = named),
    };
    if !values.is_empty() {
        text.push(' ');
        text.push_str(&fl!(words, "search-there-is", values = voice.pairs(values)));
    }
    if !missing.is_empty() {
        let labels: Vec<String> = missing.iter().map(|f| f.label.clone()).collect();
        text.push(' ');
        text.push_str(&fl!(words, "read-back-missing", fields = labels.join(", ")));
    }
    push_unread(voice, &mut text, unread.as_ref());
    if *deaf {
        text.push(' ');
        text.push_str(&fl!(words, "search-deaf"));
    }
    // A task without fields is answered with a word.
    let example = if missing.is_empty() {
        fl!(words, "search-example-done", code = code.clone())
    } else {
        format!("{code} {}", voice.example(missing))
    };
    text.push('\n');
    text.push_str(&fl!(words, "search-send", address = voice.address(*address), example = example));
    text
}

/// What came and could not be recorded.
fn push_unread(voice: Voice, text: &mut String, unread: Option<&Unread>) {
    if let Some(unread) = unread {
        let (at, said) = (moment(voice, unread.at), unread.words.clone());
        text.push(' ');
        text.push_str(&fl!(voice.words(), "search-unread", at = at, words = said));
    }
}

fn moment(voice: Voice, at: DateTime<Utc>) -> String {
    let (hour, day) = (voice.clock(at), voice.day(voice.local_day(at)));
    fl!(voice.words(), "hour-of-day", hour = hour, day = day)
}
