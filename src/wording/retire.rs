//! Somebody no longer answers for a school or for the office.

use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Button, Outgoing, Text};
use crate::domain::RetireReply;

pub(super) fn say(voice: Voice, reply: &RetireReply) -> Outgoing {
    let words = voice.words();
    let mut buttons = vec![];
    let said = match reply {
        RetireReply::Ask { name, schools, officer } => {
            let button =
                |label: String, action: &str| Button { typed: label.clone(), label, action: action.into() };
            buttons = vec![vec![
                button(fl!(words, "button-use-template"), "count"),
                button(fl!(words, "button-no-template"), "uncount"),
            ]];
            let mut of = schools.clone();
            if *officer {
                of.push(fl!(words, "retire-officer"));
            }
            fl!(words, "retire-ask", name = name.clone(), schools = of.join(", "))
        }
        RetireReply::Done { name, alone } => {
            let mut said = fl!(words, "retire-done", name = name.clone());
            if let Some(school) = alone.first() {
                said.push(' ');
                let schools = alone.join(", ");
                said.push_str(&fl!(words, "retire-alone", schools = schools, school = school.clone()));
            }
            said
        }
        RetireReply::You { office } => fl!(words, "retire-you", office = office.clone()),
        RetireReply::Last { name } => fl!(words, "retire-last", name = name.clone()),
        RetireReply::Nobody { given } => fl!(words, "retire-nobody", given = given.clone()),
        RetireReply::Several { given, names } => {
            fl!(words, "retire-several", given = given.clone(), names = names.join("; "))
        }
    };
    Outgoing { text: Text::plain(said), buttons }
}
