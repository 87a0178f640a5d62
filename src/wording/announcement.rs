//! What the planner says unasked.

use i18n_embed_fl::fl;

use super::Voice;
use super::line::{plain, strong, text};
use crate::chat::{Block, Button, Outgoing};
use crate::domain::{Announcement, CallLine, MissingLine, ReminderLine, Requires, TaskLine, Tone};

/// Words an announcement.
pub fn announce(voice: Voice, announcement: &Announcement) -> Outgoing {
    let words = voice.words();
    match announcement {
        Announcement::Month { office, month, tasks, living: _, moved } => {
            let mut blocks =
                vec![strong(fl!(words, "month-head", month = voice.month(*month))), plain(office.clone())];
            if let Some(why) = moved {
                blocks.push(plain(voice.moved(why)));
            }
            blocks.extend(tasks.iter().map(|t| voice.task_block(t)));
            blocks.push(plain(fl!(words, "month-how", code = example_code(tasks))));
            Outgoing { text: text(blocks), buttons: month_buttons(voice) }
        }
        Announcement::Preview { month, on, tasks, doubts } => {
            let mut blocks = vec![strong(fl!(
                words,
                "preview-head",
                month = voice.month(*month),
                day = voice.weekday(*on),
                tasks = tasks.len().to_string()
            ))];
            blocks.extend(tasks.iter().map(|t| voice.task_block(t)));
            if *doubts > 0 {
                blocks.push(plain(fl!(words, "preview-doubts", doubts = doubts.to_string())));
            }
            blocks.push(plain(fl!(words, "preview-how")));
            Outgoing { text: text(blocks), buttons: vec![] }
        }
        Announcement::Reminder { tone, tasks } => reminder(voice, *tone, tasks),
        Announcement::Missing { tone, lines, several } => missing(voice, *tone, lines, *several),
        Announcement::Overdue { tasks } => {
            let mut blocks = vec![strong(fl!(words, "overdue-head"))];
            blocks.extend(tasks.iter().map(|t| voice.reminder_block(t)));
            blocks.push(plain(fl!(words, "overdue-how")));
            Outgoing { text: text(blocks), buttons: my_tasks(voice) }
        }
        Announcement::CallList { tasks, calls } => {
            let mut blocks = vec![strong(fl!(words, "calls-head", schools = calls.len().to_string()))];
            blocks.extend(tasks.iter().map(|t| voice.reminder_block(t)));
            blocks.extend(calls.iter().map(|c| call(voice, c)));
            blocks.push(plain(fl!(words, "calls-how")));
            Outgoing { text: text(blocks), buttons: vec![] }
        }
        Announcement::Daily { tasks } => {
            let mut blocks = vec![strong(fl!(words, "daily-head"))];
            blocks.extend(tasks.iter().map(|t| voice.reminder_block(t)));
            Outgoing { text: text(blocks), buttons: vec![] }
        }
        Announcement::Thanks { task } => {
            let count = task.count.map(|c| c.expected).unwrap_or_default().to_string();
            let line =
                fl!(words, "thanks", code = task.code.clone(), title = task.title.clone(), count = count);
            let block = Block { text: line, strong: false, task: Some(task.task) };
            Outgoing { text: text(vec![block]), buttons: vec![] }
        }
    }
}

/// The code for the example: of a task that wants an answer, where there is one.
fn example_code(tasks: &[TaskLine]) -> String {
    let wanted = tasks.iter().find(|t| t.requires != Requires::None).or_else(|| tasks.first());
    wanted.map(|t| t.code.clone()).unwrap_or_default()
}

fn month_buttons(voice: Voice) -> Vec<Vec<Button>> {
    let received = Button {
        label: fl!(voice.words(), "button-received"),
        action: "received".into(),
        typed: "/nhan".into(),
    };
    let mut row = vec![received];
    row.extend(my_tasks(voice).into_iter().flatten());
    vec![row]
}

fn my_tasks(voice: Voice) -> Vec<Vec<Button>> {
    vec![vec![Button {
        label: fl!(voice.words(), "button-my-tasks"),
        action: "mine".into(),
        typed: "/viec".into(),
    }]]
}

fn reminder(voice: Voice, tone: Tone, tasks: &[ReminderLine]) -> Outgoing {
    let words = voice.words();
    let head = match tone {
        Tone::Early => fl!(words, "reminder-early"),
        Tone::LastDay => fl!(words, "reminder-last-day"),
        Tone::LastHours => fl!(words, "reminder-last-hours"),
        Tone::Asked => fl!(words, "reminder-asked"),
        Tone::Overdue => fl!(words, "overdue-head"),
    };
    let mut blocks = vec![strong(head)];
    blocks.extend(tasks.iter().map(|t| voice.reminder_block(t)));
    blocks.push(plain(how(voice, tasks.iter().map(|t| (t.requires, t.code.as_str(), t.fields.is_empty())))));
    Outgoing { text: text(blocks), buttons: my_tasks(voice) }
}

fn missing(voice: Voice, tone: Tone, lines: &[MissingLine], several: bool) -> Outgoing {
    let words = voice.words();
    let school = lines.first().map(|l| l.school.clone()).unwrap_or_default();
    let head = match tone {
        _ if several => fl!(words, "missing-head-several"),
        Tone::Early => fl!(words, "missing-head-early", school = school),
        Tone::LastDay => fl!(words, "missing-head-last-day", school = school),
        Tone::LastHours => fl!(words, "missing-head-last-hours", school = school),
        Tone::Asked => fl!(words, "missing-head-asked", school = school),
        Tone::Overdue => fl!(words, "missing-head-overdue", school = school),
    };
    let mut blocks = vec![strong(head)];
    for line in lines {
        let title = if several { format!("{} · {}", line.school, line.title) } else { line.title.clone() };
        let due = fl!(words, "due-deadline", day = voice.due_day(&line.due));
        let mut text = format!("{} {title} ({due})", line.code);
        if !line.fields.is_empty() {
            text.push_str(&fl!(words, "task-fields", fields = line.fields.join(", ")));
        }
        if let Some(until) = line.promised {
            text.push_str(&fl!(words, "missing-promised", until = voice.until(until)));
        } else if line.received {
            text.push_str(&fl!(words, "missing-received"));
        }
        blocks.push(Block { text, strong: false, task: Some(line.task) });
    }
    blocks.push(plain(how(voice, lines.iter().map(|l| (l.requires, l.code.as_str(), l.fields.is_empty())))));
    blocks.push(plain(fl!(words, "missing-more-time")));
    let confirm_only: Vec<&MissingLine> =
        lines.iter().filter(|l| l.requires == Requires::Confirmation).collect();
    let done = |line: &&MissingLine| Button {
        label: fl!(words, "button-done", code = line.code.clone()),
        action: format!("done {}", line.task),
        typed: format!("/xong {}", line.code),
    };
    let buttons = if several { vec![] } else { confirm_only.iter().map(|l| vec![done(l)]).collect() };
    Outgoing { text: text(blocks), buttons }
}

/// How to answer: by quoting this post, or by a code with what that task asks for: figures, a file or link, the word
/// that it is done. The example is of the most demanding task.
fn how<'a>(voice: Voice, tasks: impl Iterator<Item = (Requires, &'a str, bool)>) -> String {
    let words = voice.words();
    let tasks: Vec<(Requires, &str, bool)> = tasks.collect();
    let first =
        |is: fn(&(Requires, &str, bool)) -> bool| tasks.iter().find(|t| is(t)).map(|t| t.1.to_owned());
    if let Some(code) = first(|(requires, _, bare)| *requires == Requires::Submission && !bare) {
        return fl!(words, "how-submit", code = code);
    }
    if let Some(code) = first(|(requires, _, _)| *requires == Requires::Submission) {
        return fl!(words, "how-hand-in", code = code);
    }
    fl!(words, "how-confirm", code = first(|_| true).unwrap_or_default())
}

fn call(voice: Voice, call: &CallLine) -> Block {
    let mut line = format!("{}: {}", call.school, call.codes.join(", "));
    let who: Vec<&str> =
        [call.principal.as_str(), call.phone.as_str()].into_iter().filter(|s| !s.is_empty()).collect();
    if who.is_empty() {
        line.push_str(&fl!(voice.words(), "calls-unknown"));
    } else {
        line.push_str(&format!(" · {}", who.join(" · ")));
    }
    plain(line)
}
