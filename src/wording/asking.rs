//! Asking back, once, with a ready example; and joining.

use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Button, Outgoing, Text};
use crate::domain::{Address, Asking, JoinReply, Role};

pub(super) fn say(voice: Voice, address: Address, question: &Asking) -> Outgoing {
    let words = voice.words();
    let who = voice.address(address);
    match question {
        Asking::WhichTask { tasks, words: said } => {
            let list: Vec<String> = tasks.iter().map(|(_, code, title)| format!("{code} {title}")).collect();
            let code = tasks.first().map(|(_, code, _)| code.clone()).unwrap_or_default();
            let example = format!("{code} {said}");
            let mut text = fl!(words, "ask-which-task", address = who);
            text.push('\n');
            text.push_str(&list.join("\n"));
            text.push('\n');
            text.push_str(&fl!(words, "ask-example", example = example.trim().to_owned()));
            let button = |(id, code, _): &(crate::domain::TaskId, String, String)| Button {
                label: code.clone(),
                action: format!("task {id}"),
                typed: code.clone(),
            };
            Outgoing {
                text: Text::plain(text),
                buttons: tasks.chunks(4).map(|row| row.iter().map(button).collect()).collect(),
            }
        }
        Asking::WhichQuestion { about, words: said } => {
            let name = |(code, school): &(String, String)| format!("{code} {school}").trim().to_owned();
            let list: Vec<String> = about.iter().map(name).collect();
            let text = fl!(
                words,
                "ask-which-question",
                address = who,
                questions = list.join(", "),
                example = format!("{} {said}", list.first().cloned().unwrap_or_default())
            );
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        Asking::WhichSchool { schools, words: said } => {
            let school = schools.first().cloned().unwrap_or_default();
            let button = |(i, name): (usize, &String)| {
                vec![Button { label: name.clone(), action: format!("school {i}"), typed: name.clone() }]
            };
            let text = fl!(
                words,
                "ask-which-school",
                address = who,
                schools = schools.join(", "),
                example = format!("{school}: {said}")
            );
            Outgoing { text: Text::plain(text), buttons: schools.iter().enumerate().map(button).collect() }
        }
        Asking::Confirm { code, title, school, values } => {
            let text = fl!(
                words,
                "ask-confirm",
                address = who,
                school = school.clone(),
                code = code.clone(),
                title = title.clone(),
                values = voice.pairs(values)
            );
            Outgoing { text: Text::plain(text), buttons: vec![yes_or_no(voice)] }
        }
        Asking::WhichField { code, figures, fields } => {
            let text = fl!(
                words,
                "ask-which-field",
                address = who,
                figures = figures.join(", "),
                example = format!("{code} {}", voice.example(fields))
            );
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        Asking::TwoFigures { code, figures, fields } => {
            let (last, first) =
                figures.split_last().map(|(l, f)| (l.clone(), f.join(", "))).unwrap_or_default();
            let label = fields.first().map(|f| f.label.clone()).unwrap_or_default();
            let example = format!("{code} {}", voice.example(fields));
            let text = fl!(
                words,
                "ask-two-figures",
                address = who,
                code = code.clone(),
                label = label,
                first = first,
                last = last,
                example = example
            );
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        Asking::Anew { code, fields } => {
            let labels: Vec<&str> = fields.iter().map(|f| f.label.as_str()).collect();
            let text = fl!(
                words,
                "ask-anew",
                address = who,
                code = code.clone(),
                labels = labels.join(", "),
                example = voice.example(fields)
            );
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        Asking::UntilWhen { code } => {
            let text = match code {
                Some(code) => fl!(words, "ask-until-when", address = who, code = code.clone()),
                None => fl!(words, "ask-which-until-when", address = who),
            };
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        Asking::DoneOrNot { code, title } => {
            let text = fl!(words, "ask-done", address = who, code = code.clone(), title = title.clone());
            Outgoing { text: Text::plain(text), buttons: vec![yes_or_no(voice)] }
        }
        Asking::StillMissing { code, fields } => {
            let labels: Vec<String> = fields.iter().map(|f| f.label.clone()).collect();
            let example = voice.example(fields);
            let (code, labels) = (code.clone(), labels.join(", "));
            let text =
                fl!(words, "ask-missing", address = who, code = code, fields = labels, example = example);
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        Asking::WhereIsIt { code, fields } if fields.is_empty() => {
            let text = fl!(words, "ask-where-anything", address = who, code = code.clone());
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
        Asking::WhereIsIt { code, fields } => {
            let example = format!("{code} {}", voice.example(fields));
            let text = fl!(words, "ask-where", address = who, code = code.clone(), example = example);
            Outgoing { text: Text::plain(text), buttons: vec![] }
        }
    }
}

fn yes_or_no(voice: Voice) -> Vec<Button> {
    let words = voice.words();
    let button = |label: String, action: &str| Button { typed: label.clone(), label, action: action.into() };
    vec![button(fl!(words, "button-yes"), "yes"), button(fl!(words, "button-no"), "no")]
}

pub(super) fn join(voice: Voice, join: &JoinReply) -> Outgoing {
    let words = voice.words();
    let text = match join {
        JoinReply::HowTo => fl!(words, "join-how"),
        JoinReply::Anonymous => fl!(words, "join-anonymous"),
        JoinReply::Joined { school: Some(school), office } => {
            fl!(words, "join-school", school = school.clone(), office = office.clone())
        }
        JoinReply::Joined { school: None, office } if office.is_empty() => fl!(words, "join-first"),
        JoinReply::Joined { school: None, office } => fl!(words, "join-officer", office = office.clone()),
        JoinReply::BadCode => fl!(words, "join-bad-code"),
        JoinReply::Waiting { school } => fl!(words, "join-waiting", school = school.clone()),
        JoinReply::Request { id, name, school, bound } => {
            let mut text = fl!(words, "join-request", name = name.clone(), school = school.clone());
            if !bound.is_empty() {
                text.push(' ');
                text.push_str(&fl!(words, "join-bound", people = bound.join(", ")));
            }
            let row = vec![
                Button {
                    label: fl!(words, "button-approve"),
                    action: format!("admit {id}"),
                    typed: format!("/duyet {name}"),
                },
                Button {
                    label: fl!(words, "button-reject"),
                    action: format!("reject {id}"),
                    typed: format!("/khongduyet {name}"),
                },
            ];
            return Outgoing { text: Text::plain(text), buttons: vec![row] };
        }
        JoinReply::Refused { school } => fl!(words, "join-refused", school = school.clone()),
        JoinReply::Decided { name, school, approved: true } => {
            fl!(words, "join-approved", name = name.clone(), school = school.clone())
        }
        JoinReply::Decided { name, school, approved: false } => {
            fl!(words, "join-rejected", name = name.clone(), school = school.clone())
        }
        JoinReply::Code { code, role, school, until, link, full } => {
            let until = voice.full_day(voice.local_day(*until));
            let said = match school {
                Some(school) => {
                    let (school, code) = (school.clone(), code.clone());
                    if matches!(role, Role::Deputy(_)) {
                        fl!(words, "join-code-deputy", school = school, code = code, until = until)
                    } else {
                        fl!(words, "join-code-school", school = school, code = code, until = until)
                    }
                }
                None if *role == Role::Head => {
                    fl!(words, "join-code-head", code = code.clone(), until = until)
                }
                None => match role {
                    Role::ClusterLead(cluster) => {
                        let (cluster, code) = (cluster.clone(), code.clone());
                        fl!(words, "join-code-cluster", cluster = cluster, code = code, until = until)
                    }
                    _ => fl!(words, "join-code-officer", code = code.clone(), until = until),
                },
            };
            let link = link.as_ref().map(|link| fl!(words, "join-code-link", link = link.clone()));
            let full = full.iter().map(|full| voice.full_of_people(full));
            std::iter::once(said).chain(link).chain(full).collect::<Vec<_>>().join("\n")
        }
        JoinReply::GroupCode { code, until, full } => {
            let until = voice.full_day(voice.local_day(*until));
            let said = fl!(words, "group-code", code = code.clone(), until = until);
            let full = full.iter().map(|full| voice.full_of_groups(full));
            std::iter::once(said).chain(full).collect::<Vec<_>>().join("\n")
        }
        JoinReply::PeopleFull(full) => voice.full_of_people(full),
        JoinReply::AccountCode { code, until } => {
            let until = voice.full_day(voice.local_day(*until));
            fl!(words, "account-code", code = code.clone(), until = until)
        }
        JoinReply::Linked { name } => fl!(words, "account-linked", name = name.clone()),
        JoinReply::LinkedTo { name } => fl!(words, "account-linked-to", name = name.clone()),
        JoinReply::NoSuchSchool { given, nearest } if nearest.is_empty() => {
            fl!(words, "no-such-school", given = given.clone())
        }
        JoinReply::NoSuchSchool { given, nearest } => {
            fl!(words, "no-such-school-nearest", given = given.clone(), nearest = nearest.join(", "))
        }
    };
    Outgoing { text: Text::plain(text), buttons: vec![] }
}
