//! What happened, as lines of a scenario.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use giaoban::chat::Button;
use giaoban::domain::ChatRef;
use giaoban::platforms::simulator::{Author, Entry, Event, StoredFile};

use super::stage::Stage;

/// The bot's lines for what happened since an entry.
pub async fn lines(stage: &Stage, since: u64) -> Vec<String> {
    between(stage, since, u64::MAX).await
}

/// The bot's lines for what happened after one entry up to another.
pub async fn between(stage: &Stage, since: u64, to: u64) -> Vec<String> {
    let mut lines = Vec::new();
    for Entry { event, .. } in stage.log(since).into_iter().filter(|e| e.seq <= to) {
        if stage.is_board(&event).await {
            continue;
        }
        if let Some(line) = line(stage, &event) {
            lines.push(line);
        }
    }
    lines
}

fn line(stage: &Stage, event: &Event) -> Option<String> {
    match event {
        Event::Said { chat, message, author: Author::Bot, text, buttons, files, .. } => {
            let pinned =
                stage.world.chat(chat).and_then(|c| c.message(message).map(|m| m.pinned)).unwrap_or(false);
            let words = format!("{}{}", text.words(), seen(pinned, buttons));
            let sheets = files.iter().map(|f| sheet(stage, f)).collect::<String>();
            Some(bot(stage, chat, "", &words, &sheets))
        }
        Event::Edited { chat, by: Author::Bot, text, buttons, .. } => {
            Some(bot(stage, chat, "edits", &text.words(), &seen(false, buttons)))
        }
        Event::Reacted { chat, message, .. } => {
            let chat = stage.world.chat(chat)?;
            match &chat.message(message)?.author {
                Author::Person(key) => Some(format!("Bot marks {key}")),
                Author::Bot => Some("Bot marks itself".to_owned()),
            }
        }
        Event::PressAnswered { text, .. } => Some(bot_lines("Bot shows> ", text)),
        Event::Unpinned { chat, message } => {
            let chat = stage.world.chat(chat)?;
            let head = chat.message(message)?.text.words();
            Some(format!("Bot unpins {}", head.lines().next().unwrap_or_default()))
        }
        _ => None,
    }
}

/// A workbook that the bot sent: its name, and the rows of its first sheet.
fn sheet(stage: &Stage, file: &StoredFile) -> String {
    let mut out = format!("\n[{}]", file.name);
    let Some((_, bytes)) = stage.world.file(&file.id) else { return out };
    let Ok(mut book) = Xlsx::new(Cursor::new(bytes)) else { return out };
    let Some(Ok(range)) = book.worksheet_range_at(0) else { return out };
    for row in range.rows().filter(|row| row.iter().any(|cell| *cell != Data::Empty)) {
        let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
        out.push_str(&format!("\n{}", cells.join(" | ").trim_end_matches([' ', '|'])));
    }
    out
}

fn seen(pinned: bool, buttons: &[Vec<Button>]) -> String {
    let labels: Vec<&str> = buttons.iter().flatten().map(|b| b.label.as_str()).collect();
    let buttons = if labels.is_empty() { None } else { Some(format!("buttons: {}", labels.join(" · "))) };
    let all: Vec<String> = pinned.then(|| "pinned".to_owned()).into_iter().chain(buttons).collect();
    if all.is_empty() { String::new() } else { format!("   [{}]", all.join("; ")) }
}

fn bot(stage: &Stage, chat: &ChatRef, how: &str, words: &str, seen: &str) -> String {
    let first = stage.groups.first().map(|(_, c)| c);
    let place = if Some(chat) == first {
        None
    } else if let Some((title, _)) = stage.groups.iter().find(|(_, c)| c == chat) {
        Some(format!("in {title}"))
    } else {
        let person = stage.person_of(chat).unwrap_or_else(|| chat.id.clone());
        let elsewhere = stage.homes.get(&person).is_some_and(|home| *home != chat.platform);
        Some(if elsewhere { format!("to {person} on {}", chat.platform) } else { format!("to {person}") })
    };
    let notes: Vec<String> = (!how.is_empty()).then(|| how.to_owned()).into_iter().chain(place).collect();
    let note = if notes.is_empty() { String::new() } else { format!("[{}] ", notes.join(" ")) };
    bot_lines("Bot> ", &format!("{note}{words}{seen}"))
}

/// Further lines of a message stand indented under the first.
fn bot_lines(head: &str, words: &str) -> String {
    let mut lines = words.lines();
    let mut out = format!("{head}{}", lines.next().unwrap_or_default());
    for line in lines {
        out.push_str("\n     ");
        out.push_str(line);
    }
    out.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}
