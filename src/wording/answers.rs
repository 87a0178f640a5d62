//! Answers about answers: what a school is told of its own, and what the specialist is told of a school.

use i18n_embed_fl::fl;

use super::Voice;
use super::line::{plain, strong, text};
use crate::chat::{Block, Outgoing, Text};
use crate::domain::{Fault, Field, Measure, MyTask, ReadBack, Reply, Requires, Status, Term};

pub(super) fn say(voice: Voice, reply: &Reply) -> Outgoing {
    let words = voice.words();
    match reply {
        Reply::ReadBack(read_back) => one(self::read_back(voice, read_back)),
        Reply::Recorded { school, codes, done, on_behalf } => {
            let what = if codes.is_empty() { fl!(words, "recorded-month") } else { codes.join(", ") };
            let (school, what) = (school.clone(), what);
            one(match (done, on_behalf) {
                (true, false) => fl!(words, "recorded-done", school = school, what = what),
                (false, false) => fl!(words, "recorded-received", school = school, what = what),
                (true, true) => fl!(words, "recorded-done-on-behalf", school = school, what = what),
                (false, true) => fl!(words, "recorded-received-on-behalf", school = school, what = what),
            })
        }
        Reply::Faulty { address, code, faults, fields } => {
            let mut lines: Vec<String> = faults.iter().map(|f| fault(voice, f)).collect();
            let address = voice.address(*address);
            let close = match &fields[..] {
                [field] => {
                    let (label, example) = (field.label.clone(), voice.example(fields));
                    if field.kind.is_figure() {
                        fl!(words, "fault-close-one", address = address, label = label, example = example)
                    } else {
                        fl!(
                            words,
                            "fault-close-one-words",
                            address = address,
                            label = label,
                            example = example
                        )
                    }
                }
                [first, ..] if faults.len() == 1 => {
                    let example = voice.example(std::slice::from_ref(first));
                    fl!(words, "fault-close-which", address = address, example = example)
                }
                _ => fl!(words, "fault-close", address = address),
            };
            match lines.as_mut_slice() {
                [only] => only.push_str(&format!(" {close}")),
                _ => lines.push(close),
            }
            if faults.iter().any(|f| matches!(f, Fault::Missing { .. })) {
                lines.push(fl!(words, "fault-example", code = code.clone(), example = voice.example(fields)));
            }
            one(lines.join("\n"))
        }
        Reply::Withdrawn { school, code, values } => {
            let (school, code) = (school.clone(), code.clone());
            one(if values.is_empty() {
                fl!(words, "withdrawn", school = school, code = code)
            } else {
                fl!(words, "withdrawn-to", school = school, code = code, values = voice.pairs(values))
            })
        }
        Reply::Seen => one(fl!(words, "seen")),
        Reply::Promised { code, until } => {
            one(fl!(words, "promised", code = code.clone(), until = voice.until(*until)))
        }
        Reply::Exempted { school, code, reason } => {
            one(fl!(words, "exempted", school = school.clone(), code = code.clone(), reason = reason.clone()))
        }
        Reply::Unable { school, code, words: said } => {
            let code = code.clone().unwrap_or_else(|| fl!(words, "some-task"));
            one(fl!(words, "unable", school = school.clone(), code = code, words = said.clone()))
        }
        Reply::Asked { school, code, words: said } => {
            let code = code.clone().unwrap_or_else(|| fl!(words, "some-task"));
            one(fl!(words, "asked", school = school.clone(), code = code, words = said.clone()))
        }
        Reply::MyTasks { school, open, done } => my_tasks(voice, school, open, *done),
        _ => Outgoing::default(),
    }
}

fn one(said: String) -> Outgoing {
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

pub(super) fn read_back(voice: Voice, said: &ReadBack) -> String {
    let words = voice.words();
    let mut line = fl!(
        words,
        "read-back",
        school = said.school.clone(),
        code = said.code.clone(),
        values = voice.pairs(&said.values)
    );
    let at = voice.clock(said.at);
    line.push(' ');
    line.push_str(&match (said.corrects.is_empty(), said.on_behalf) {
        (true, false) => fl!(words, "read-back-at", at = at),
        (true, true) => fl!(words, "read-back-on-behalf", at = at),
        (false, _) => fl!(words, "read-back-corrected", at = at, changes = changes(voice, &said.corrects)),
    });
    if let Some(kept) = voice.kept(&said.kept) {
        line.push(' ');
        line.push_str(&kept);
    }
    if !said.missing.is_empty() {
        line.push(' ');
        line.push_str(&fl!(words, "read-back-missing", fields = said.missing.join(", ")));
    }
    if !said.unused.is_empty() {
        line.push(' ');
        line.push_str(&fl!(words, "read-back-unused", figures = said.unused.join(", ")));
    }
    if said.late {
        line.push(' ');
        line.push_str(&fl!(words, "read-back-late"));
    }
    line.push(' ');
    line.push_str(&fl!(words, "read-back-close"));
    line
}

fn changes(voice: Voice, corrects: &[(Field, Option<crate::domain::Value>)]) -> String {
    let was = |(field, old): &(Field, Option<crate::domain::Value>)| match old {
        Some(old) => format!("{} {}", field.label, voice.value(field, old)),
        None => format!("{} –", field.label),
    };
    corrects.iter().map(was).collect::<Vec<_>>().join(", ")
}

/// "Nhà trẻ 50".
fn term(voice: Voice, term: &Term) -> String {
    match term.given {
        Some(given) => format!("{} {}", term.label, voice.measured(given, term.measure)),
        None => format!("{} –", term.label),
    }
}

/// The label as it stands behind the word for a number: "số lớp" is one already.
fn counted(label: &str) -> String {
    let bare = label.strip_prefix("số ").or_else(|| label.strip_prefix("Số "));
    bare.unwrap_or(label).to_owned()
}

pub(super) fn fault(voice: Voice, fault: &Fault) -> String {
    let words = voice.words();
    match fault {
        Fault::Missing { label } => fl!(words, "fault-missing", label = label.clone()),
        Fault::TooSmall { label, given, min, measure } => {
            let (given, min) = (voice.measured(*given, *measure), voice.measured(*min, *measure));
            fl!(words, "fault-too-small", label = counted(label), given = given, min = min)
        }
        Fault::TooLarge { label, given, max, measure } => {
            let (given, max) = (voice.measured(*given, *measure), voice.measured(*max, *measure));
            fl!(words, "fault-too-large", label = counted(label), given = given, max = max)
        }
        Fault::ShareDiffers { label, given, part, part_given, whole, whole_given, right } => fl!(
            words,
            "fault-share",
            label = label.clone(),
            given = voice.measured(*given, Measure::PERCENT),
            part = part.clone(),
            partGiven = voice.figure(*part_given),
            whole = whole.clone(),
            wholeGiven = voice.figure(*whole_given),
            right = voice.measured(*right, Measure::PERCENT)
        ),
        Fault::Breaks { said, terms, left: Some(left), right: Some(right) } => {
            let (left, right) = (voice.hundredths(*left), voice.hundredths(*right));
            let figures: Vec<String> = terms.iter().map(|t| term(voice, t)).collect();
            let (said, figures) = (super::forms::signs(said), figures.join(", "));
            fl!(words, "fault-rule", said = said, figures = figures, left = left, right = right)
        }
        Fault::Breaks { said, .. } => fl!(words, "fault-rule-words", said = super::forms::signs(said)),
        Fault::NotAnOption { label, given, options } => {
            let options = options.join(", ");
            fl!(words, "fault-option", label = label.clone(), given = given.clone(), options = options)
        }
        Fault::MoreThan { label, given, of, whole } => {
            let (given, whole) = (voice.figure(*given), voice.figure(*whole));
            fl!(
                words,
                "fault-more-than",
                label = counted(label),
                given = given,
                of = of.clone(),
                whole = whole
            )
        }
        Fault::SumDiffers { parts, sum, total, given } => fl!(
            words,
            "fault-sum",
            parts = parts.iter().map(|p| term(voice, p)).collect::<Vec<_>>().join(" + "),
            sum = voice.figure(*sum),
            total = total.clone(),
            given = voice.figure(*given)
        ),
    }
}

fn my_tasks(voice: Voice, school: &str, open: &[MyTask], done: usize) -> Outgoing {
    let words = voice.words();
    if open.is_empty() {
        return one(fl!(words, "mine-none", school = school.to_owned(), done = done.to_string()));
    }
    let mut blocks =
        vec![strong(fl!(words, "mine-head", school = school.to_owned(), count = open.len().to_string()))];
    for mine in open {
        let mut line = format!("{} {} · {}", mine.task.code, mine.task.title, voice.status(mine.status));
        if let Some(until) = mine.until {
            line.push_str(&fl!(words, "mine-until", until = voice.until(until)));
        }
        if !mine.missing.is_empty() {
            line.push_str(&fl!(words, "mine-missing", fields = mine.missing.join(", ")));
        }
        blocks.push(Block { text: line, strong: false, task: Some(mine.task.task) });
    }
    let first = &open[0].task;
    blocks.push(plain(if first.requires == Requires::Submission {
        fl!(words, "mine-how-figures", code = first.code.clone())
    } else {
        fl!(words, "mine-how", code = first.code.clone())
    }));
    Outgoing { text: text(blocks), buttons: vec![] }
}

impl Voice {
    /// The status in the words of the law.
    pub fn status(&self, status: Status) -> String {
        let words = self.words();
        match status {
            Status::NotYetDue => fl!(words, "status-not-yet-due"),
            Status::DueSoon => fl!(words, "status-due-soon"),
            Status::Overdue => fl!(words, "status-overdue"),
            Status::DoneOnTime => fl!(words, "status-done-on-time"),
            Status::DoneLate => fl!(words, "status-done-late"),
            Status::Exempt => fl!(words, "status-exempt"),
            Status::Extended => fl!(words, "status-extended"),
        }
    }
}
