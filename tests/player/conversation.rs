//! The conversation: what people do goes in, what the bot does is written between the lines.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;
use giaoban::app::Entry;
use giaoban::clock::Clock;
use giaoban::domain::{ChatRef, Field, instant, status};
use giaoban::platforms::simulator::{Author, Message, Mishap, NewFile};
use giaoban::store::OutboxState;
use giaoban::wording::Voice;

use super::head;
use super::render;
use super::stage::{Kill, Stage};

/// Plays a scenario and returns it with what the bot really said.
pub fn play(scenario: &str) -> Result<String, String> {
    let (head, body) =
        scenario.split_once("\n---\n").ok_or("a scenario has a head, a line ---, a conversation")?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| e.to_string())?;
    runtime.block_on(async {
        let stage = head::build(head).await?;
        let mut player =
            Player { seen: stage.world.seq(), stage, out: format!("{head}\n---\n"), minute: String::new() };
        let inputs = body
            .lines()
            .filter(|l| !l.starts_with("Bot") && !l.starts_with("Page>") && !l.starts_with("     "));
        let mut last_was_blank = false;
        for line in inputs {
            // A blank line is kept where it stands, but never twice.
            if line.trim().is_empty() {
                last_was_blank = true;
                continue;
            }
            if last_was_blank {
                player.out.push('\n');
                last_was_blank = false;
            }
            player.line(line).await.map_err(|e| format!("{line}\n  {e}\n\nso far:\n{}", player.out))?;
        }
        player.end().await?;
        Ok(player.out)
    })
}

struct Player {
    stage: Stage,
    out: String,
    seen: u64,
    /// The minute whose line was written last.
    minute: String,
}

impl Player {
    async fn line(&mut self, line: &str) -> Result<(), String> {
        if line.starts_with('#') {
            self.write(line);
            return Ok(());
        }
        if let Some(fault) = line.strip_prefix("! ") {
            self.write(line);
            return self.fault(fault).await;
        }
        if let Some(question) = line.strip_prefix("? ") {
            return self.look(question, line).await;
        }
        if let Some(to) = line.strip_prefix("(silence until ").and_then(|l| l.strip_suffix(')')) {
            let to = self.moment(to)?;
            self.go(to).await;
            let said = render::lines(&self.stage, self.seen).await;
            self.seen = self.stage.world.seq();
            if let Some(said) = said.first() {
                return Err(format!("not silent: {said}"));
            }
            self.minute = minute(to);
            self.write(line);
            return Ok(());
        }
        if let Ok(to) = self.moment(line) {
            return self.advance(to, line).await;
        }
        self.write(line);
        if let Some((name, entries)) = line.split_once(" fills in the page: ") {
            for said in self.fill_in(name, entries).await? {
                self.write(&format!("Page> {said}"));
            }
        } else {
            self.act(line)?;
        }
        self.stage.settle_paced().await;
        self.write_said().await;
        Ok(())
    }

    /// `Thu 2026-10-01 08:00`, `2026-10-01 08:00` or `08:00` of the same day.
    fn moment(&self, text: &str) -> Result<DateTime<Utc>, String> {
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let time = words.pop().and_then(|t| NaiveTime::parse_from_str(t, "%H:%M").ok()).ok_or("no moment")?;
        let now = self.stage.clock.now().with_timezone(&Ho_Chi_Minh);
        let day = match words.pop() {
            Some(day) => day.parse::<NaiveDate>().map_err(|_| "no moment")?,
            None => now.date_naive(),
        };
        if let Some(weekday) = words.pop()
            && weekday != day.weekday().to_string()
        {
            return Err(format!("{day} is a {}", day.weekday()));
        }
        Ok(instant(day, time, Ho_Chi_Minh))
    }

    /// Moves on; a moment at which the bot speaks on the way gets a line of its own.
    async fn advance(&mut self, to: DateTime<Utc>, line: &str) -> Result<(), String> {
        let mut stops: Vec<(DateTime<Utc>, u64)> = Vec::new();
        self.stage.go(to, |stage| stops.push((stage.clock.now(), stage.world.seq()))).await;
        let target = minute(to);
        let mut from = self.seen;
        for (at, seq) in stops {
            let said = self.said_between(from, seq).await;
            from = seq;
            if said.is_empty() || minute(at) == self.minute {
                said.iter().for_each(|line| self.write(line));
                continue;
            }
            self.minute = minute(at);
            let head = if self.minute == target { line.to_owned() } else { self.minute.clone() };
            self.write(&head);
            said.iter().for_each(|line| self.write(line));
        }
        if self.minute != target {
            self.write(line);
            self.minute = target;
        }
        self.seen = self.stage.world.seq();
        Ok(())
    }

    async fn go(&mut self, to: DateTime<Utc>) {
        self.stage.go(to, |_| {}).await;
    }

    async fn said_between(&self, from: u64, to: u64) -> Vec<String> {
        if from == to { vec![] } else { render::between(&self.stage, from, to).await }
    }

    fn act(&mut self, line: &str) -> Result<(), String> {
        if let Some((name, button)) = line.split_once(" presses ") {
            return self.press(name, button);
        }
        let (name, words) = line.split_once("> ").ok_or("neither a moment nor somebody's words")?;
        let (notes, words) = notes(words);
        let words = &words.replace('⏎', "\n");
        let chat = self.place(name, &notes)?;
        if let Some(which) = notes.iter().find_map(|n| n.strip_prefix("edit")) {
            let part = which.strip_prefix(" of ").unwrap_or_default();
            let is_own = |m: &Message| m.author == Author::Person(name.to_owned());
            let own = self.last(&chat, |m| is_own(m) && m.text.words().contains(part))?;
            return self.stage.world.edit(name, &chat, &own.id, words).map_err(|e| e.to_string());
        }
        let quote = match notes.iter().find_map(|n| n.strip_prefix("reply to ")) {
            Some("own") => Some(self.last(&chat, |m| m.author == Author::Person(name.to_owned()))?.id),
            Some(what) => {
                let of_bot = self.last(&chat, |m| m.of_bot() && m.text.words().contains(what));
                Some(of_bot.or_else(|_| self.last(&chat, |m| m.text.words().contains(what)))?.id)
            }
            None => None,
        };
        let mut files = Vec::new();
        for note in &notes {
            if let Some(file) = note.strip_prefix("file ").or_else(|| note.strip_prefix("photo ")) {
                let bytes = self.stage.files.get(file).cloned().unwrap_or_else(|| b"x".to_vec());
                files.push(NewFile { name: file.to_owned(), bytes });
            }
        }
        let pasted =
            notes.iter().find_map(|n| n.strip_prefix("paste ")).and_then(|n| self.stage.files.get(n));
        let pasted = pasted.map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let words = pasted.as_deref().unwrap_or(words);
        self.stage.world.say(name, &chat, words, quote.as_deref(), files).map_err(|e| e.to_string())?;
        Ok(())
    }

    /// Sends the page behind the last link; what the page then says.
    async fn fill_in(&self, name: &str, entries: &str) -> Result<Vec<String>, String> {
        let base = self.stage.pages.clone().ok_or("no pages in the head")?;
        let is_link = |word: &&str| word.starts_with(&base);
        let has = |m: &Message| m.of_bot() && m.text.words().split_whitespace().any(|w| is_link(&w));
        let words = self.last(&self.stage.private_of(name)?, has)?.text.words();
        let link = words.split_whitespace().find(is_link).ok_or("no link")?;
        let token = link.rsplit('/').next().unwrap_or_default();
        let app = self.stage.app();
        let page = app.form_page(token).await.map_err(|e| e.to_string())?.ok_or("the link is not good")?;
        let mut sent = BTreeMap::new();
        for entry in entries.split("; ") {
            let of = |(field, _): &&(Field, String)| entry.trim().starts_with(&field.label);
            let (field, _) = page.fields.iter().find(of).ok_or(format!("no field: {entry}"))?;
            let given = entry.trim()[field.label.len()..].trim();
            let file =
                given.strip_prefix("file ").map(|file| Entry::File(file.into(), b"%PDF-1.4 x".to_vec()));
            sent.insert(field.key.clone(), file.unwrap_or_else(|| Entry::Text(given.into())));
        }
        let page =
            app.send_form(token, sent).await.map_err(|e| e.to_string())?.ok_or("the link is not good")?;
        let stored =
            page.stored.iter().map(|s| format!("{} {}: stored, {} given", s.school, s.code, s.values.len()));
        Ok(page.faults.into_iter().map(|(_, fault)| fault).chain(page.odd).chain(stored).collect())
    }

    fn press(&mut self, name: &str, button: &str) -> Result<(), String> {
        let (notes, label) = notes(button);
        let chat = self.place(name, &notes)?;
        let has = |m: &Message| m.of_bot() && m.buttons.iter().flatten().any(|b| b.label == label);
        let message = self.last(&chat, has)?;
        let action = message.buttons.iter().flatten().find(|b| b.label == label).map(|b| b.action.clone());
        let action = action.ok_or("no such button")?;
        self.stage.world.press(name, &chat, &message.id, &action).map_err(|e| e.to_string())?;
        Ok(())
    }

    fn place(&self, name: &str, notes: &[String]) -> Result<ChatRef, String> {
        if notes.iter().any(|n| n == "to bot") {
            return self.stage.private_of(name);
        }
        if let Some(platform) = notes.iter().find_map(|n| n.strip_prefix("to bot on ")) {
            return self.stage.world.private_chat(platform, name).map_err(|e| e.to_string());
        }
        match notes.iter().find_map(|n| n.strip_prefix("in ")) {
            Some(title) => self.stage.group(title),
            None => self.stage.groups.first().map(|(_, c)| c.clone()).ok_or("no group".to_owned()),
        }
    }

    fn last(&self, chat: &ChatRef, is: impl Fn(&Message) -> bool) -> Result<Message, String> {
        let chat = self.stage.world.chat(chat).ok_or("no such chat")?;
        chat.messages.into_iter().rev().find(|m| is(m)).ok_or("no such message".to_owned())
    }

    async fn fault(&mut self, fault: &str) -> Result<(), String> {
        let words: Vec<&str> = fault.split_whitespace().collect();
        let world = self.stage.world.clone();
        let said = |r: Result<(), giaoban::platforms::simulator::WorldError>| r.map_err(|e| e.to_string());
        match words.as_slice() {
            ["restart"] => self.stage.restart().await,
            ["new", "school", rest @ ..] => head::add_school(&mut self.stage, &rest.join(" ")).await?,
            ["kill", "after", step] => {
                self.stage.kill = Some(match *step {
                    "receive" => Kill::Receive,
                    "claim" => Kill::Claim,
                    "compose" => Kill::Compose,
                    "send" => Kill::Send,
                    other => return Err(format!("no step {other}")),
                });
            }
            [platform, rest @ ..] => {
                let platform = &format!("sim-{platform}");
                match rest {
                    ["429", times, seconds] => {
                        let retry_after = seconds.parse().map_err(|_| "seconds")?;
                        let times = times.parse().map_err(|_| "times")?;
                        said(world.set_mishap(platform, Mishap::TooMany { retry_after }, times))?;
                    }
                    ["no", "answer", times] => {
                        let times = times.parse().map_err(|_| "times")?;
                        said(world.set_mishap(platform, Mishap::NoAnswer { done: true }, times))?;
                    }
                    ["no", "answer"] => said(world.set_mishap(platform, Mishap::NoAnswer { done: true }, 1))?,
                    ["outage", on] => said(world.set_outage(platform, *on == "on"))?,
                    ["duplicate"] => {
                        world.repeat_last_update(platform).map_err(|e| e.to_string())?;
                    }
                    ["refuse", title @ ..] => {
                        said(world.set_refusing(&self.stage.group(&title.join(" "))?, true))?
                    }
                    other => return Err(format!("no fault {other:?}")),
                }
            }
            [] => return Err("no fault".to_owned()),
        }
        self.stage.settle_unless_killing().await;
        self.write_said().await;
        Ok(())
    }

    /// `? V2 MN A: …`, `? board V2 1/3`, `? version 2 of V2 MN A`: the true answer is written.
    async fn look(&mut self, question: &str, line: &str) -> Result<(), String> {
        if let Some(rest) = question.strip_prefix("board ") {
            let code = rest.split_whitespace().next().unwrap_or_default();
            let shown = self.board(code).await?;
            self.write(&format!("? board {code} {shown}"));
        } else if let Some(rest) = question.strip_prefix("log of ") {
            let (what, _) = rest.split_once(':').unwrap_or((rest, ""));
            let (code, school) = what.split_once(' ').ok_or("? log of V2 MN A: …")?;
            let said = self.extension_log(code, school).await?;
            self.write(&format!("? log of {what}: {said}"));
        } else if let Some(rest) = question.strip_prefix("versions of ") {
            let (what, _) = rest.split_once(':').unwrap_or((rest, ""));
            let (code, school) = what.split_once(' ').ok_or("? versions of V2 MN A: 2")?;
            let (task, school) = (self.stage.task(code).await?, self.stage.school(school).await?);
            let mut session = self.stage.app().store().read().await.map_err(|e| e.to_string())?;
            let all = session.submissions_of(task.id, school.id).await.map_err(|e| e.to_string())?;
            self.write(&format!("? versions of {what}: {}", all.len()));
        } else {
            let (what, _) = question.split_once(':').ok_or(format!("no question {line}"))?;
            let (code, name) = what.split_once(' ').ok_or("? V2 MN A: …")?;
            let (task, school) = (self.stage.task(code).await?, self.stage.school(name).await?);
            let mut session = self.stage.app().store().read().await.map_err(|e| e.to_string())?;
            let standing = session.standing(task.id, school.id).await.map_err(|e| e.to_string())?;
            let office = session.office(task.office).await.map_err(|e| e.to_string())?.ok_or("no office")?;
            let deadline = task.deadline(office.zone, office.settings.deadline_hour);
            let voice = Voice { language: office.language, zone: office.zone };
            let status = status(standing.as_ref(), deadline, self.stage.clock.now());
            self.write(&format!("? {what}: {}", voice.status(status)));
        }
        Ok(())
    }

    /// What the newest month's post in the first group shows behind a task: its count, or `-`.
    async fn board(&self, code: &str) -> Result<String, String> {
        let chat = &self.stage.groups.first().ok_or("no group")?.1;
        let head = format!("{code} ");
        let messages = self.stage.world.chat(chat).ok_or("no chat")?.messages;
        let mut session = self.stage.app().store().read().await.map_err(|e| e.to_string())?;
        for message in messages.iter().rev().filter(|m| m.of_bot()) {
            let row = session.row_of_message(chat, &message.id).await.map_err(|e| e.to_string())?;
            if row.is_none_or(|row| row.about.month.is_none()) {
                continue;
            }
            if let Some(line) = message.text.words().lines().find(|l| l.starts_with(&head)) {
                return Ok(line.rsplit_once("· ").map_or("-".to_owned(), |(_, count)| count.to_owned()));
            }
        }
        Err(format!("no board with {code}"))
    }

    /// What the audit log says of more time for one school, oldest first.
    async fn extension_log(&self, code: &str, school: &str) -> Result<String, String> {
        let (task, school) = (self.stage.task(code).await?, self.stage.school(school).await?);
        let mut session = self.stage.app().store().read().await.map_err(|e| e.to_string())?;
        let members = session.members_of(task.office).await.map_err(|e| e.to_string())?;
        let log = session.audit_of(task.office, 1000).await.map_err(|e| e.to_string())?;
        let told = |entry: &giaoban::domain::AuditEntry, key: &str| {
            let text = entry.detail.get(key).and_then(|v| v.as_str()).unwrap_or("-").to_owned();
            let moment: Option<DateTime<Utc>> = text.parse().ok();
            moment.map_or(text, |m| m.with_timezone(&Ho_Chi_Minh).format("%d/%m %H:%M").to_string())
        };
        let of = |e: &&giaoban::domain::AuditEntry| {
            e.what.starts_with("extension.")
                && told(e, "task") == task.id.to_string()
                && told(e, "school") == school.id.to_string()
        };
        let lines = log.iter().rev().filter(of).map(|e| {
            let by = members.iter().find(|m| Some(m.id) == e.by).map_or("-", |m| m.name.as_str());
            let (from, until, reason) = (told(e, "from"), told(e, "until"), told(e, "reason"));
            format!("{} by {by} from {from} to {until} “{reason}”", e.what)
        });
        Ok(lines.collect::<Vec<_>>().join("; "))
    }

    async fn write_said(&mut self) {
        let to = self.stage.world.seq();
        for line in self.said_between(self.seen, to).await {
            self.write(&line);
        }
        self.seen = to;
    }

    fn write(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Nothing may be left: pending, failed, unknown or too late.
    async fn end(&mut self) -> Result<(), String> {
        let mut session = self.stage.app().store().read().await.map_err(|e| e.to_string())?;
        let mut left = Vec::new();
        let counts = session.outbox_counts().await.map_err(|e| e.to_string())?;
        for (name, count) in [
            ("pending", counts.pending),
            ("failed", counts.failed),
            ("unknown", counts.unknown),
            ("expired", counts.expired),
        ] {
            if count > 0 {
                left.push(format!("{name} {count}"));
            }
        }
        let inbox = session.inbox_counts().await.map_err(|e| e.to_string())?;
        if inbox.waiting + inbox.parked > 0 {
            left.push(format!("inbox {}", inbox.waiting + inbox.parked));
        }
        let left = left.join(", ");
        if left == self.stage.leaves {
            return Ok(());
        }
        let mut rows = String::new();
        for state in [OutboxState::Pending, OutboxState::Failed, OutboxState::Unknown] {
            for row in session.outbox_in(state, 5).await.map_err(|e| e.to_string())? {
                rows.push_str(&format!("\n  {state:?} {:?} {:?}", row.last_error, row.deed()));
            }
        }
        Err(format!("left over: {left:?} instead of {:?}{rows}\n\n{}", self.stage.leaves, self.out))
    }
}

/// A moment as a line of its own: `Thu 2026-10-01 08:00`.
fn minute(at: DateTime<Utc>) -> String {
    at.with_timezone(&Ho_Chi_Minh).format("%a %Y-%m-%d %H:%M").to_string()
}

/// Bracketed notes before the words.
fn notes(words: &str) -> (Vec<String>, &str) {
    let mut notes = Vec::new();
    let mut rest = words;
    while let Some((note, tail)) = rest.strip_prefix('(').and_then(|r| r.split_once(')')) {
        notes.push(note.to_owned());
        rest = tail.trim_start();
    }
    (notes, rest)
}
