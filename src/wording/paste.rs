//! A stretch of chat, in words.

use i18n_embed_fl::fl;

use super::{Voice, answers};
use crate::chat::{Button, Outgoing, Text};
use crate::domain::{PasteReply, PastedAnswer, PastedLine, PastedName};

pub(super) fn say(voice: Voice, said: &PasteReply) -> Outgoing {
    let words = voice.words();
    match said {
        PasteReply::Preview { .. } => preview(voice, said),
        PasteReply::Taken { booked, same, doubtful, schools } => {
            let mut text =
                fl!(words, "paste-taken", booked = booked.to_string(), schools = schools.to_string());
            if *same > 0 {
                text.push(' ');
                text.push_str(&fl!(words, "paste-same", same = same.to_string()));
            }
            if *doubtful > 0 {
                text.push(' ');
                text.push_str(&fl!(words, "paste-left", doubtful = doubtful.to_string()));
            }
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        PasteReply::Booked { values, said } => {
            let mut lines: Vec<String> =
                values.iter().map(|given| answers::read_back(voice, given)).collect();
            lines.extend(said.iter().map(|(school, code, done)| {
                let (school, what) = (school.clone(), code.clone());
                if *done {
                    fl!(words, "recorded-done-on-behalf", school = school, what = what)
                } else {
                    fl!(words, "recorded-received-on-behalf", school = school, what = what)
                }
            }));
            Outgoing { text: Text::plain(lines.join("\n")), buttons: vec![] }
        }
        PasteReply::CopyOut { lines, .. } if lines.is_empty() => {
            Outgoing { text: Text::plain(fl!(words, "copy-none")), buttons: vec![] }
        }
        PasteReply::CopyOut { month, lines } => {
            let mut text = fl!(words, "copy-head", month = voice.month(*month));
            for (task, fields) in lines {
                text.push('\n');
                text.push_str(&voice.task_block(task).text);
                text.push('\n');
                text.push_str(&if fields.is_empty() {
                    fl!(words, "copy-how-done", code = task.code.clone())
                } else {
                    fl!(words, "copy-how", code = task.code.clone(), example = voice.example(fields))
                });
            }
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
    }
}

fn preview(voice: Voice, said: &PasteReply) -> Outgoing {
    let PasteReply::Preview { answers, doubts, talk, remembered } = said else { return Outgoing::default() };
    let words = voice.words();
    let mut lines = vec![fl!(
        words,
        "paste-head",
        answers = answers.len().to_string(),
        doubts = doubts.len().to_string(),
        talk = talk.to_string()
    )];
    for PastedAnswer { number, school, by, code, at, values } in answers {
        let given = if values.is_empty() { fl!(words, "paste-done") } else { voice.pairs(values) };
        let from: Vec<&str> =
            [by.as_str(), at.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
        let from = if from.is_empty() { String::new() } else { format!(" ({})", from.join(", ")) };
        lines.push(format!("{number}. {school} · {code}: {given}{from}"));
    }
    for PastedName { number, name, school } in remembered {
        let (name, school) = (name.clone(), school.clone());
        lines.push(fl!(words, "paste-remembered", name = name, school = school, number = number.to_string()));
    }
    if !doubts.is_empty() {
        lines.push(fl!(words, "paste-doubts"));
        for line in doubts {
            let why = match line.why.as_str() {
                "whose" if line.perhaps.is_empty() => fl!(words, "paste-whose"),
                "whose" => fl!(words, "paste-perhaps", schools = either(voice, &line.perhaps)),
                "task" => fl!(words, "paste-which-task"),
                "time" => fl!(words, "paste-wants-time"),
                "contradicts" => fl!(words, "paste-contradicts"),
                "newer" => fl!(words, "paste-newer"),
                _ => fl!(words, "paste-unclear"),
            };
            lines.push(format!("{}. {}: “{}” – {why}", line.number, line.name, line.words));
        }
        let first = |is: &dyn Fn(&PastedLine) -> bool| {
            doubts.iter().find(|line| is(line)).map(|line| line.number.to_string())
        };
        if let Some(number) = first(&|line| line.perhaps.len() == 1) {
            lines.push(fl!(words, "paste-right", number = number));
        }
        if let Some(number) = first(&|_| true) {
            lines.push(fl!(words, "paste-how", number = number));
        }
    }
    let button = |label: String, action: &str, typed: &str| Button {
        label,
        action: action.to_owned(),
        typed: typed.to_owned(),
    };
    let book = button(fl!(words, "button-book"), "count", "đúng");
    let drop = button(fl!(words, "button-drop"), "uncount", "không");
    let row = if answers.is_empty() { vec![drop] } else { vec![book, drop] };
    Outgoing { text: Text::plain(lines.join("\n")), buttons: vec![row] }
}

/// "A hay B hay C".
fn either(voice: Voice, schools: &[String]) -> String {
    let mut rest = schools.iter().cloned();
    let first = rest.next().unwrap_or_default();
    rest.fold(first, |first, other| fl!(voice.words(), "paste-or", first = first, other = other))
}
