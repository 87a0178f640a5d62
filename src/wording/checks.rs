//! Odd values, and answers given back.

use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Button, Outgoing, Text};
use crate::domain::{CheckReply, Kept, Oddity};

pub(super) fn say(voice: Voice, reply: &CheckReply) -> Outgoing {
    let words = voice.words();
    let said = match reply {
        CheckReply::Odd { address, school, code, odd, fields } => {
            let mut said =
                fl!(words, "odd-head", school = school.clone(), code = code.clone(), odd = voice.odd(odd));
            said.push(' ');
            said.push_str(&match fields.first() {
                Some(field) => fl!(
                    words,
                    "odd-how",
                    address = voice.address(*address),
                    example = voice.example(std::slice::from_ref(field))
                ),
                None => fl!(words, "odd-how-all", address = voice.address(*address)),
            });
            let yes = Button {
                label: fl!(words, "button-yes"),
                action: "yes".into(),
                typed: fl!(words, "button-yes"),
            };
            return Outgoing { text: Text::plain(said), buttons: vec![vec![yes]] };
        }
        CheckReply::NothingNew { address, school, code, values, fields } => {
            let example = format!("{code} {}", voice.example(fields.get(..1).unwrap_or_default()));
            fl!(
                words,
                "nothing-new",
                school = school.clone(),
                code = code.clone(),
                values = voice.pairs(values),
                address = voice.address(*address),
                example = example
            )
        }
        CheckReply::Reopened { school, code } => {
            fl!(words, "reopened", school = school.clone(), code = code.clone())
        }
        CheckReply::PromiseDropped { school, code } => {
            fl!(words, "promise-dropped", school = school.clone(), code = code.clone())
        }
        CheckReply::StillCounted { school, code } => {
            fl!(words, "still-counted", school = school.clone(), code = code.clone())
        }
        CheckReply::NothingToTakeBack => fl!(words, "nothing-to-take-back"),
        CheckReply::PassedOn { code: Some(code) } => fl!(words, "passed-on-task", code = code.clone()),
        CheckReply::PassedOn { code: None } => fl!(words, "passed-on"),
        CheckReply::StillUnclear { address, words: said } => {
            fl!(words, "still-unclear", address = voice.address(*address), words = said.trim().to_owned())
        }
        CheckReply::Kept { school, code, odd, reason } => {
            let (school, code) = (school.clone(), code.clone());
            let reason = voice.reason(reason);
            fl!(words, "odd-kept", school = school, code = code, odd = voice.odd(odd), reason = reason)
        }
        CheckReply::Returned { school, code, reason, until } => {
            let (school, code) = (school.clone(), code.clone());
            let mut said =
                fl!(words, "returned", school = school, code = code.clone(), reason = reason.clone());
            said.push(' ');
            said.push_str(&match until {
                Some(until) => fl!(words, "returned-until", code = code, until = voice.until(*until)),
                None => fl!(words, "returned-how", code = code),
            });
            said
        }
        CheckReply::GaveBack { school, code, reason, on_time } => {
            let (school, code) = (school.clone(), code.clone());
            let mut said = fl!(words, "gave-back", school = school, code = code, reason = reason.clone());
            if *on_time {
                said.push(' ');
                said.push_str(&fl!(words, "gave-back-on-time"));
            }
            said
        }
        CheckReply::StillReturned { code, reason } => {
            fl!(words, "still-returned", code = code.clone(), reason = reason.clone())
        }
        CheckReply::NothingToReturn { school, code } => {
            fl!(words, "nothing-to-return", school = school.clone(), code = code.clone())
        }
    };
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

impl Voice {
    fn reason(&self, reason: &str) -> String {
        if reason.is_empty() { fl!(self.words(), "odd-said-right") } else { format!("“{reason}”") }
    }

    /// What was kept, with the reason, behind a read-back.
    pub(super) fn kept(&self, kept: &[Kept]) -> Option<String> {
        let reason = kept.iter().map(|k| &k.reason).find(|r| !r.is_empty())?;
        Some(fl!(self.words(), "read-back-reason", reason = reason.clone()))
    }

    /// Odd values in words, the label first.
    pub fn odd(&self, odd: &[Oddity]) -> String {
        let words = self.words();
        let one = |oddity: &Oddity| match oddity {
            Oddity::TenFold { label, given, usual, register, measure } => {
                let (given, usual) = (self.measured(*given, *measure), self.measured(*usual, *measure));
                if *register {
                    fl!(words, "odd-ten-register", label = label.clone(), given = given, usual = usual)
                } else {
                    fl!(words, "odd-ten", label = label.clone(), given = given, usual = usual)
                }
            }
            Oddity::Jump { label, given, last, measure } => {
                let (given, last) = (self.measured(*given, *measure), self.measured(*last, *measure));
                fl!(words, "odd-jump", label = label.clone(), given = given, last = last)
            }
            Oddity::NotEnrolment { label, given, enrolled } => {
                let (given, enrolled) = (self.figure(*given), self.figure(*enrolled));
                fl!(words, "odd-register", label = label.clone(), given = given, enrolled = enrolled)
            }
            Oddity::SameAsLast { figures } => fl!(words, "odd-same", count = figures.to_string()),
        };
        odd.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}
