//! Leave, in words.

use chrono::NaiveDate;
use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Outgoing, Text};
use crate::domain::LeaveReply;

pub(super) fn say(voice: Voice, said: &LeaveReply) -> Outgoing {
    let words = voice.words();
    let text = match said {
        LeaveReply::Noted { name, schools, from, until, stand_in, codes, reminded, asks } => {
            let who = who(name, schools);
            let mut text = fl!(words, "leave-noted", who = who, days = days(voice, *from, *until));
            text.push(' ');
            text.push_str(&match (stand_in.is_empty(), reminded.is_empty()) {
                (false, _) => fl!(words, "leave-stand-in", name = stand_in.clone()),
                (true, true) => fl!(words, "leave-nobody"),
                (true, false) => fl!(words, "leave-reminded", names = reminded.join(", ")),
            });
            if *asks {
                text.push('\n');
                text.push_str(&fl!(words, "leave-who"));
            }
            for (school, code) in codes {
                text.push('\n');
                text.push_str(&if school.is_empty() {
                    fl!(words, "leave-code-office", name = stand_in.clone(), code = code.clone())
                } else {
                    let (name, school, code) = (stand_in.clone(), school.clone(), code.clone());
                    fl!(words, "leave-code", name = name, school = school, code = code)
                });
            }
            text.push('\n');
            text.push_str(&fl!(words, "leave-how-back"));
            text
        }
        LeaveReply::YoursNow { name, schools, from, until } => {
            fl!(words, "leave-yours", who = who(name, schools), days = days(voice, *from, *until))
        }
        LeaveReply::Back { name, schools } => fl!(words, "leave-back", who = who(name, schools)),
        LeaveReply::Elsewhere => fl!(words, "leave-elsewhere"),
        LeaveReply::Leaves { name, schools, words: said } => {
            let school = schools.first().cloned().unwrap_or_default();
            let (who, name) = (who(name, schools), name.clone());
            fl!(words, "leave-leaves", who = who, words = said.clone(), name = name, school = school)
        }
        LeaveReply::LeavesPassedOn { name } => fl!(words, "leave-leaves-passed-on", name = name.clone()),
        LeaveReply::BackOn { name, schools, from } => {
            fl!(words, "leave-back-on", who = who(name, schools), from = voice.full_day(*from))
        }
        LeaveReply::NotAway => fl!(words, "leave-not-away"),
        LeaveReply::Several { given, names } => {
            fl!(words, "leave-several", given = given.clone(), names = names.join(", "))
        }
    };
    Outgoing { text: Text::plain(text), buttons: vec![] }
}

fn who(name: &str, schools: &[String]) -> String {
    if schools.is_empty() { name.to_owned() } else { format!("{name} ({})", schools.join(", ")) }
}

fn days(voice: Voice, from: NaiveDate, until: Option<NaiveDate>) -> String {
    let (first, from) = (from, voice.full_day(from));
    match until {
        Some(until) if until == first => fl!(voice.words(), "leave-day", day = from),
        Some(until) => fl!(voice.words(), "leave-days", from = from, until = voice.full_day(until)),
        None => fl!(voice.words(), "leave-from", from = from),
    }
}
