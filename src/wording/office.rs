//! What the specialist is told of tasks, schedules, schools and groups; and what a group is told of a task by hand.

use i18n_embed_fl::fl;

use super::Voice;
use super::directive::earlier::{merge_button, twin_line};
use super::line::{plain, strong, text};
use crate::chat::{Block, Button, Named, Outgoing, Text};
use crate::domain::{Doubt, Fairness, Field, Reply, SchoolLine, Status, Value};

/// Doubts shown one by one in chat before the rest is counted.
const DOUBTS_SHOWN: usize = 12;
/// Tasks of a schedule that are like others, before the rest is counted.
const TWINS_SHOWN: usize = 5;

pub(super) fn say(voice: Voice, reply: &Reply) -> Outgoing {
    let words = voice.words();
    let said = match reply {
        Reply::Draft { task, schools, doubts, fairness, form } => {
            let mut blocks = vec![
                strong(fl!(words, "draft-head", code = task.code.clone(), schools = schools.to_string())),
                voice.task_block(task),
            ];
            blocks.extend(voice.form(form).into_iter().map(plain));
            blocks.extend(fairness.iter().map(|f| plain(format!("⚠ {}", fair(voice, f)))));
            blocks.extend(doubts.iter().map(|d| plain(format!("⚠ {}", super::doubt(voice, d)))));
            let row = vec![
                Button {
                    label: fl!(words, "button-publish"),
                    action: format!("publish {}", task.task),
                    typed: format!("/dang {}", task.code),
                },
                Button {
                    label: fl!(words, "button-drop"),
                    action: format!("drop {}", task.task),
                    typed: format!("/bo {}", task.code),
                },
            ];
            return Outgoing { text: text(blocks), buttons: vec![row] };
        }
        Reply::Posted { task } => {
            let mut blocks = vec![strong(fl!(words, "posted-head")), voice.task_block(task)];
            let code = task.code.clone();
            blocks.push(plain(match task.template {
                Some(_) => fl!(words, "template-how", code = code),
                None => fl!(words, "month-how", code = code),
            }));
            let received = Button {
                label: fl!(words, "button-received"),
                action: format!("received {}", task.task),
                typed: format!("/nhan {}", task.code),
            };
            return Outgoing { text: text(blocks), buttons: vec![vec![received]] };
        }
        Reply::Published { code, again: true, .. } => fl!(words, "published-again", code = code.clone()),
        Reply::Published { code, groups, schools, .. } => {
            let (groups, schools) = (groups.to_string(), schools.to_string());
            fl!(words, "published", code = code.clone(), groups = groups, schools = schools)
        }
        Reply::Dropped { code, title, was_posted: true } => {
            fl!(words, "dropped-posted", code = code.clone(), title = title.clone())
        }
        Reply::Dropped { code, title, .. } => {
            fl!(words, "dropped", code = code.clone(), title = title.clone())
        }
        Reply::DueMoved { code, title, from, to, why } => {
            let old = from.as_ref().map_or_else(|| fl!(words, "due-none"), |d| voice.due(d));
            let mut said = fl!(
                words,
                "due-moved",
                code = code.clone(),
                title = title.clone(),
                from = old,
                to = voice.due_day(to)
            );
            if !why.is_empty() {
                said.push(' ');
                said.push_str(&fl!(words, "due-moved-why", why = why.clone()));
            }
            said
        }
        Reply::Standing { .. } => return standing(voice, reply),
        Reply::Overview { tasks } if tasks.is_empty() => fl!(words, "overview-none"),
        Reply::Overview { tasks } => {
            let mut blocks = vec![strong(fl!(words, "overview-head", count = tasks.len().to_string()))];
            blocks.extend(tasks.iter().map(|(task, _, status)| Block {
                text: format!("{} · {}", voice.task_title(task), voice.status(*status)),
                strong: false,
                task: Some(task.task),
            }));
            blocks.push(plain(fl!(words, "overview-how", code = tasks[0].0.code.clone())));
            return Outgoing { text: text(blocks), buttons: vec![] };
        }
        Reply::Reminded { code, missing, people, groups } => fl!(
            words,
            "reminded",
            code = code.clone(),
            missing = missing.to_string(),
            people = people.to_string(),
            groups = groups.to_string()
        ),
        Reply::NobodyMissing { code } => fl!(words, "nobody-missing", code = code.clone()),
        Reply::Schools { query, lines, total } => return schools(voice, query, lines, *total),
        Reply::MonthPlan { .. } => return month_plan(voice, reply),
        Reply::ScheduleRead { .. } => return schedule_read(voice, reply),
        Reply::ScheduleActive { year, tasks, next } => {
            let mut said = fl!(words, "schedule-active", year = year.to_string(), tasks = tasks.to_string());
            if let Some((month, at)) = next {
                said.push(' ');
                said.push_str(&fl!(
                    words,
                    "schedule-next",
                    month = voice.month(*month),
                    hour = voice.clock(*at),
                    day = voice.weekday(voice.local_day(*at))
                ));
            }
            said
        }
        Reply::ScheduleDropped => fl!(words, "schedule-dropped"),
        Reply::FileRefused { sentence } => sentence.clone(),
        Reply::SecretText { stamp } => fl!(words, "secret-text", stamp = stamp.clone()),
        Reply::RegisterImported { added, changed, same, notices } => {
            let mut said = fl!(
                words,
                "register-imported",
                added = added.to_string(),
                changed = changed.to_string(),
                same = same.to_string()
            );
            for notice in notices.iter().take(DOUBTS_SHOWN) {
                said.push_str(&format!("\n• {notice}"));
            }
            said
        }
        Reply::DayOff { date, working: true, .. } => fl!(words, "day-working", date = voice.full_day(*date)),
        Reply::DayOff { date, reason, .. } => {
            fl!(words, "day-off", date = voice.full_day(*date), reason = reason.clone())
        }
        Reply::SchoolOpen { school, day, opens } => {
            let (school, day) = (school.clone(), voice.full_day(*day));
            if *opens {
                fl!(words, "school-opens", school = school, day = day)
            } else {
                fl!(words, "school-closes", school = school, day = day)
            }
        }
        Reply::Settings { .. } => super::settings::say(voice, reply),
        Reply::Template => fl!(words, "template"),
        Reply::NoTemplate => fl!(words, "template-none"),
        Reply::GroupBound { title, office, schools, place, room } => {
            let (title, office, schools) = (title.clone(), office.clone(), schools.to_string());
            let bound = fl!(words, "group-bound", title = title, office = office, schools = schools);
            let Some((place, most)) = place else {
                return Outgoing { text: Text::plain(bound), buttons: vec![] };
            };
            let (at, of) = (place.to_string(), most.to_string());
            let where_it_stands = match room.clone() {
                _ if place < most => fl!(words, "plan-group", place = at, most = of),
                Some(room) => fl!(words, "plan-group-last-room", place = at, most = of, room = room),
                None => fl!(words, "plan-group-last", place = at, most = of),
            };
            format!("{bound} {where_it_stands}")
        }
        _ => String::new(),
    };
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

fn standing(voice: Voice, reply: &Reply) -> Outgoing {
    let Reply::Standing { task, groups, sums } = reply else { return Outgoing::default() };
    let words = voice.words();
    let mut blocks = vec![Block { text: voice.task_title(task), strong: true, task: Some(task.task) }];
    let mut missing = Vec::new();
    for (status, schools) in groups {
        if matches!(status, Status::NotYetDue | Status::DueSoon | Status::Overdue) {
            missing.extend(schools.iter().map(|name| Named { name: name.clone(), people: vec![] }));
        }
        let (status, count) = (voice.status(*status), schools.len().to_string());
        let schools = schools.join(", ");
        blocks.push(plain(fl!(words, "standing-line", status = status, count = count, schools = schools)));
    }
    if !sums.is_empty() {
        let sum = |(field, value, of): &(Field, Value, usize)| {
            format!("{} {} ({of})", field.label, voice.value(field, value))
        };
        let sums = sums.iter().map(sum).collect::<Vec<_>>().join(", ");
        blocks.push(plain(fl!(words, "standing-sums", sums = sums)));
    }
    Outgoing { text: Text { named: missing, ..text(blocks) }, buttons: vec![] }
}

fn schools(voice: Voice, query: &str, lines: &[SchoolLine], total: usize) -> Outgoing {
    let words = voice.words();
    if lines.is_empty() {
        return Outgoing {
            text: Text::plain(fl!(words, "no-such-school", given = query.to_owned())),
            buttons: vec![],
        };
    }
    let mut blocks = vec![strong(if query.is_empty() {
        fl!(words, "schools-head", count = total.to_string())
    } else {
        fl!(words, "schools-found", query = query.to_owned(), count = total.to_string())
    })];
    for line in lines {
        let people =
            if line.people.is_empty() { fl!(words, "schools-nobody") } else { line.people.join(", ") };
        let closed = if line.closed { fl!(words, "schools-closed") } else { String::new() };
        blocks.push(plain(format!("{} ({}) · {people}{closed}", line.name, line.code)));
    }
    Outgoing { text: text(blocks), buttons: vec![] }
}

fn month_plan(voice: Voice, reply: &Reply) -> Outgoing {
    let Reply::MonthPlan { month, tasks, on, doubts, drafted } = reply else { return Outgoing::default() };
    let words = voice.words();
    let month = voice.month(*month);
    if tasks.is_empty() && drafted.is_empty() {
        return Outgoing { text: Text::plain(fl!(words, "plan-none", month = month)), buttons: vec![] };
    }
    let mut blocks = Vec::new();
    if !tasks.is_empty() {
        blocks.push(strong(match on {
            Some(day) => fl!(words, "plan-ahead", month = month.clone(), day = voice.weekday(*day)),
            None => fl!(words, "plan-posted", month = month.clone()),
        }));
        blocks.extend(tasks.iter().map(|t| voice.task_block(t)));
    }
    if !drafted.is_empty() {
        blocks.push(strong(fl!(words, "plan-drafted", month = month)));
        blocks.extend(drafted.iter().map(|t| voice.task_block(t)));
    }
    let shown = doubts.iter().take(DOUBTS_SHOWN);
    blocks.extend(shown.map(|(code, d)| plain(format!("⚠ {code}: {}", super::doubt(voice, d)))));
    if doubts.len() > DOUBTS_SHOWN {
        blocks.push(plain(fl!(words, "doubts-more", count = (doubts.len() - DOUBTS_SHOWN).to_string())));
    }
    Outgoing { text: text(blocks), buttons: vec![] }
}

fn schedule_read(voice: Voice, reply: &Reply) -> Outgoing {
    let Reply::ScheduleRead { id, title, read_year, year, months, doubts, replaces, twins, directive, paper } =
        reply
    else {
        return Outgoing::default();
    };
    let words = voice.words();
    let mut blocks = vec![strong(title.clone())];
    let issuer = directive.issuer.as_ref().map(|issuer| format!("{issuer}: ")).unwrap_or_default();
    blocks.push(plain(format!("{issuer}{}", voice.directive_title(directive))));
    blocks.extend(super::directive::paper(voice, paper));
    match read_year.filter(|read| read != year) {
        Some(read) => {
            blocks.push(plain(fl!(words, "schedule-rolled", from = read.to_string(), to = year.to_string())))
        }
        None => blocks.push(plain(fl!(words, "schedule-year", year = year.to_string()))),
    }
    let line = |(month, tasks, deadlines): &(crate::domain::Month, usize, usize)| {
        let (tasks, deadlines) = (tasks.to_string(), deadlines.to_string());
        plain(fl!(words, "schedule-month", month = voice.month(*month), tasks = tasks, deadlines = deadlines))
    };
    blocks.extend(months.iter().map(line));
    blocks.extend(doubts_of(voice, doubts, DOUBTS_SHOWN));
    if *replaces {
        blocks.push(plain(fl!(words, "schedule-replaces", year = year.to_string())));
    }
    blocks.extend(twins.iter().take(TWINS_SHOWN).map(|twin| plain(twin_line(voice, twin))));
    if let Some(more) = twins.len().checked_sub(TWINS_SHOWN).filter(|more| *more > 0) {
        blocks.push(plain(fl!(words, "schedule-more-twins", count = more.to_string())));
    }
    blocks.push(plain(fl!(words, "schedule-how")));
    let row = vec![
        Button {
            label: fl!(words, "button-agree"),
            action: format!("agree {id}"),
            typed: "/dang lịch".into(),
        },
        Button {
            label: fl!(words, "button-drop"),
            action: format!("discard {id}"),
            typed: "/bo lịch".into(),
        },
    ];
    let mut rows: Vec<Vec<Button>> =
        twins.iter().take(TWINS_SHOWN).map(|twin| vec![merge_button(voice, twin)]).collect();
    rows.push(row);
    let id = directive.id;
    rows.push(vec![
        Button {
            label: fl!(words, "button-items"),
            action: format!("items {id}"),
            typed: "/xem văn bản".into(),
        },
        Button {
            label: fl!(words, "button-as-tasks"),
            action: format!("as-tasks {id}"),
            typed: "/sua văn bản thành việc riêng".into(),
        },
    ]);
    Outgoing { text: text(blocks), buttons: rows }
}

/// Doubts one by one, so many at most; the rest is counted.
pub(super) fn doubts_of(voice: Voice, doubts: &[Doubt], most: usize) -> Vec<Block> {
    let shown = doubts.iter().take(most);
    let mut blocks: Vec<Block> = shown.map(|d| plain(format!("⚠ {}", super::doubt(voice, d)))).collect();
    if doubts.len() > most {
        let more = (doubts.len() - most).to_string();
        blocks.push(plain(fl!(voice.words(), "doubts-more", count = more)));
    }
    blocks
}

pub(super) fn fair(voice: Voice, fairness: &Fairness) -> String {
    let words = voice.words();
    match fairness {
        Fairness::DayOff { date } => fl!(words, "fair-day-off", day = voice.weekday(*date)),
        Fairness::ShortNotice { hours } => fl!(words, "fair-short", hours = hours.to_string()),
        Fairness::OverTet { days } => fl!(words, "fair-over-tet", days = days.to_string()),
        Fairness::SameDay { others } => fl!(words, "fair-same-day", others = others.to_string()),
        Fairness::Past { date } => fl!(words, "fair-past", day = voice.full_day(*date)),
    }
}
