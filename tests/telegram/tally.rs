//! What a busy day comes to: what was heard, what counts, what was said, against what people did and the server has.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde_json::Value;
use sqlx::{AnyPool, Row};

use crate::fake::{Fake, World};

/// Something that people did whose effect can be counted.
#[derive(Debug, Clone)]
pub enum Act {
    /// A total that no other answer has: one submission holds it.
    Figure(i64),
    /// A task of this name was handed out.
    Task(String),
    /// This message of the specialist is answered.
    Question(i64),
}

/// What happened.
#[derive(Debug, Default)]
pub struct Day {
    pub acts: Vec<Act>,
    /// Code, message and button of what was posted.
    pub posts: Vec<(String, i64, String)>,
    /// The last answer that can be edited: chat, message, code.
    pub answered: Option<(i64, i64, String)>,
    pub has_moved: bool,
    /// When, on the server's clock.
    pub kills: Vec<i64>,
    group: i64,
    moved: i64,
    figures: i64,
}

impl Day {
    pub fn new(group: i64, moved: i64) -> Self {
        Self { group, moved, figures: 3_000, ..Self::default() }
    }

    /// A number that was not used before, with room for a second one below it, and near the one before: the bot asks about
    /// figures that are far from the last.
    pub fn figure(&mut self) -> i64 {
        self.figures += 2;
        self.figures
    }

    /// One id for the group before and after.
    fn chat(&self, id: i64) -> i64 {
        if id == self.group { self.moved } else { id }
    }
}

/// The count.
#[derive(Debug, Default)]
pub struct Tally {
    pub kills: usize,
    pub updates: usize,
    pub updates_lost: Vec<String>,
    pub effects: usize,
    pub effects_lost: Vec<String>,
    pub effects_doubled: Vec<String>,
    pub messages: usize,
    pub messages_lost: Vec<String>,
    /// Said once more after a kill, by kill.
    pub repeats: BTreeMap<usize, Vec<String>>,
    /// Said once more after the connection was cut under the first.
    pub after_cut: Vec<String>,
    /// Said once more although the first was recorded: never.
    pub without_reason: Vec<String>,
    /// Calls refused for pace, cut after they were done, answered with 502.
    pub too_many: usize,
    pub cut: usize,
    pub down: usize,
}

/// A row of the outbox that makes a message.
struct Said {
    chat: i64,
    /// The chat in which its message stands: ids of the group before and after its move name different messages.
    place: i64,
    text: String,
    state: String,
    message: Option<i64>,
    is_edit: bool,
    error: String,
}

impl Said {
    /// For a person who looks for what went wrong.
    fn told(&self) -> String {
        let kind = if self.is_edit { "edit" } else { "send" };
        format!("{kind} {} #{} {}", self.state, self.message.unwrap_or_default(), self.error)
    }
}

/// A message with the server: when, where, its id.
type Copy = (i64, i64, i64);

type Failing<T> = Result<T, String>;

fn told(error: impl fmt::Display) -> String {
    error.to_string()
}

async fn pool(database: &Path) -> Failing<AnyPool> {
    sqlx::any::install_default_drivers();
    AnyPool::connect(&format!("sqlite:{}", database.display())).await.map_err(told)
}

impl Tally {
    /// How many updates and rows are still to be dealt with.
    pub async fn open(database: &Path) -> Failing<i64> {
        let pool = pool(database).await?;
        let count = "select (select count(*) from inbox where state = 'waiting')
                          + (select count(*) from outbox where state = 'pending')";
        let open = sqlx::query(count).fetch_one(&pool).await.map_err(told)?.get(0);
        pool.close().await;
        Ok(open)
    }

    /// What that is, for a person.
    pub async fn still_open(database: &Path) -> Failing<String> {
        let pool = pool(database).await?;
        let rows =
            "select chat_id || ' ' || state || ' ' || attempts || ' ' || coalesce(last_error, '') || ' ' ||
                    substr(body, 1, 120) from outbox where state = 'pending' limit 10";
        let rows = sqlx::query(rows).fetch_all(&pool).await.map_err(told)?;
        pool.close().await;
        Ok(rows.iter().map(|row| row.get::<String, _>(0)).collect::<Vec<_>>().join("\n"))
    }

    /// Counts, with the program at rest.
    pub async fn count(fake: &Fake, database: &Path, day: &Day) -> Failing<Self> {
        let pool = pool(database).await?;
        let mut tally = Self { kills: day.kills.len(), ..Self::default() };
        tally.count_updates(fake, &pool).await?;
        tally.count_effects(fake, &pool, day).await?;
        let rows = said(&pool, day).await?;
        fake.with(|world| {
            tally.count_messages(world, day, &rows);
            tally.too_many = world.journal.iter().filter(|c| c.code == 429).count();
            tally.down = world.journal.iter().filter(|c| c.code == 502).count();
            tally.cut = world.journal.iter().filter(|c| c.cut).count();
        });
        pool.close().await;
        Ok(tally)
    }

    async fn count_updates(&mut self, fake: &Fake, pool: &AnyPool) -> Failing<()> {
        let rows = sqlx::query("select update_key, state from inbox").fetch_all(pool).await.map_err(told)?;
        let mut heard: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &rows {
            let key: String = row.get(0);
            let id = key.split('/').next().unwrap_or_default().to_owned();
            heard.entry(id).or_default().push(row.get(1));
        }
        let updates = fake.with(|world| world.updates.clone());
        let said = |u: &&Value| {
            ["text", "document", "migrate_to_chat_id"].iter().any(|f| !u["message"][*f].is_null())
                || !u["edited_message"].is_null()
                || !u["callback_query"].is_null()
        };
        for update in updates.iter().filter(said) {
            self.updates += 1;
            let id = update["update_id"].to_string();
            match heard.get(&id).map(Vec::as_slice) {
                Some([state]) if state == "handled" => {}
                Some(states) if states.len() > 1 => {
                    self.effects_doubled.push(format!("update {id} stands twice"))
                }
                other => self.updates_lost.push(format!("{other:?} {update}")),
            }
        }
        Ok(())
    }

    async fn count_effects(&mut self, fake: &Fake, pool: &AnyPool, day: &Day) -> Failing<()> {
        let all =
            |rows: Vec<sqlx::any::AnyRow>| rows.iter().map(|r| r.get::<String, _>(0)).collect::<Vec<_>>();
        let given = sqlx::query("select given from submissions").fetch_all(pool).await.map_err(told)?;
        let tasks = sqlx::query("select text from tasks").fetch_all(pool).await.map_err(told)?;
        let (given, tasks) = (all(given), all(tasks));
        let holds = |text: &str, number: &str| text.split(|c: char| !c.is_ascii_digit()).any(|n| n == number);
        for act in &day.acts {
            self.effects += 1;
            let found = match act {
                Act::Figure(n) => given.iter().filter(|g| holds(g, &n.to_string())).count(),
                Act::Task(name) => tasks.iter().filter(|t| t.contains(name.as_str())).count(),
                Act::Question(id) => fake.with(|world| {
                    let answers = world.chats[&crate::office::LAN].messages.values();
                    answers.filter(|m| m.json["reply_to_message"]["message_id"] == *id).count().min(1)
                }),
            };
            match found {
                0 => self.effects_lost.push(format!("{act:?}")),
                1 => {}
                n => self.effects_doubled.push(format!("{act:?} {n} times")),
            }
        }
        Ok(())
    }

    /// Every row that left stands with the server, and what the server has more of was said again.
    fn count_messages(&mut self, world: &World, day: &Day, rows: &[Said]) {
        let mut sent: BTreeMap<(i64, &str), (usize, usize)> = BTreeMap::new();
        let mut recorded = BTreeSet::new();
        for row in rows {
            recorded.extend(row.message.map(|message| (row.place, message)));
            let key = (row.chat, row.text.as_str());
            match (row.state.as_str(), row.is_edit) {
                ("sent" | "unknown", false) => sent.entry(key).or_default().0 += 1,
                ("sent" | "unknown", true) => sent.entry(key).or_default().1 += 1,
                ("dropped", _) | (_, true) => {}
                _ => self
                    .messages_lost
                    .push(format!("{} in {}: {} {}", row.state, row.chat, row.error, row.text)),
            }
        }
        let cut: BTreeSet<(i64, i64)> =
            world.journal.iter().filter(|c| c.cut).filter_map(|c| c.made).collect();
        let mut stored: BTreeMap<(i64, &str), Vec<Copy>> = BTreeMap::new();
        for chat in world.chats.values() {
            for (id, message) in chat.messages.iter().filter(|(_, m)| m.of_bot) {
                self.messages += 1;
                let key = (day.chat(chat.id), message.first_text.as_str());
                stored.entry(key).or_default().push((message.at, chat.id, *id));
            }
        }
        let told = |key: &(i64, &str)| {
            let of_text = rows.iter().filter(|row| (row.chat, row.text.as_str()) == *key);
            let told: Vec<String> = of_text.map(Said::told).collect();
            format!("{} in {}: rows {}", key.1.replace('\n', " / "), key.0, told.join(", "))
        };
        for (key, (sends, _)) in &sent {
            let there = stored.get(key).map_or(0, Vec::len);
            for _ in there..*sends {
                self.messages_lost.push(format!("not with the server: {}", told(key)));
            }
        }
        for (key, mut copies) in stored {
            let (sends, edits) = sent.get(&key).copied().unwrap_or_default();
            let extra = copies.len().saturating_sub(sends + edits);
            copies.sort_unstable();
            let of_nobody =
                |(_, chat, id): &(i64, i64, i64)| *chat == day.group || !recorded.contains(&(*chat, *id));
            let firsts: Vec<_> = copies.iter().filter(|copy| of_nobody(copy)).take(extra).collect();
            let ids: Vec<i64> = copies.iter().map(|(_, _, id)| *id).collect();
            let what = format!("{}, messages {ids:?}", told(&key));
            for (at, chat, id) in &firsts {
                if cut.contains(&(*chat, *id)) {
                    self.after_cut.push(what.clone());
                } else {
                    let kill = day.kills.iter().position(|kill| kill >= at).unwrap_or(day.kills.len());
                    self.repeats.entry(kill).or_default().push(what.clone());
                }
            }
            for _ in firsts.len()..extra {
                self.without_reason.push(what.clone());
            }
        }
    }

    /// Whether nothing was lost, nothing doubled, and at most one message repeated a kill.
    pub fn holds(&self) -> bool {
        let lost = [&self.updates_lost, &self.effects_lost, &self.effects_doubled, &self.messages_lost];
        lost.iter().all(|list| list.is_empty())
            && self.without_reason.is_empty()
            && self.repeats.iter().all(|(kill, all)| *kill < self.kills && all.len() <= 1)
    }
}

/// The rows that make messages, with their words as they left.
async fn said(pool: &AnyPool, day: &Day) -> Failing<Vec<Said>> {
    let rows =
        "select chat_id, body, coalesce(said, ''), state, coalesce(message_id, ''), coalesce(last_error, '')
                from outbox";
    let rows = sqlx::query(rows).fetch_all(pool).await.map_err(told)?;
    let mut all = Vec::new();
    for row in &rows {
        let text = |n: usize| row.get::<String, _>(n);
        let [body, said] = [text(1), text(2)].map(|json| serde_json::from_str::<Value>(&json).ok());
        let deed = |kind: &str| {
            let inside =
                |v: &Value| [&v["ready"][kind], &v[kind]].into_iter().find(|d| d.is_object()).cloned();
            said.as_ref().and_then(inside).or_else(|| body.as_ref().and_then(inside))
        };
        let (deed, is_edit) = match (deed("send"), deed("edit")) {
            (Some(send), _) => (send, false),
            (None, Some(edit)) => (edit, true),
            // A mark, a pin, the answer to a press; or words that were never found.
            (None, None) => continue,
        };
        let blocks = deed["text"]["blocks"].as_array().cloned().unwrap_or_default();
        let mut words = String::new();
        for block in blocks.iter().filter_map(|b| b["text"].as_str()) {
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(if words.is_empty() { block.trim_start() } else { block });
        }
        all.push(Said {
            chat: day.chat(text(0).parse().unwrap_or_default()),
            place: text(0).parse().unwrap_or_default(),
            text: words.trim().to_owned(),
            state: text(3),
            message: text(4).parse().ok(),
            is_edit,
            error: text(5),
        });
    }
    Ok(all)
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repeats: usize = self.repeats.values().map(Vec::len).sum();
        let most = self.repeats.values().map(Vec::len).max().unwrap_or_default();
        writeln!(f, "kills              {}", self.kills)?;
        writeln!(f, "updates            {}, lost {}", self.updates, self.updates_lost.len())?;
        let (lost, doubled) = (self.effects_lost.len(), self.effects_doubled.len());
        writeln!(f, "effects            {}, lost {lost}, doubled {doubled}", self.effects)?;
        writeln!(f, "messages           {}, lost {}", self.messages, self.messages_lost.len())?;
        writeln!(f, "repeated           {repeats} after kills, {most} at most after one")?;
        writeln!(
            f,
            "                   {} after a cut answer, {} without reason",
            self.after_cut.len(),
            self.without_reason.len()
        )?;
        write!(
            f,
            "the server said    429 {} times, 502 {} times, cut {} answers",
            self.too_many, self.down, self.cut
        )?;
        let lists = [
            ("update lost", &self.updates_lost),
            ("effect lost", &self.effects_lost),
            ("doubled", &self.effects_doubled),
            ("message lost", &self.messages_lost),
            ("repeated after a cut answer", &self.after_cut),
            ("repeated without reason", &self.without_reason),
        ];
        for (what, list) in lists {
            for item in list.iter().take(10) {
                write!(f, "\n{what}: {item}")?;
            }
        }
        for (kill, all) in self.repeats.iter().filter(|(_, all)| all.len() > 1).take(10) {
            write!(f, "\nrepeated after kill {kill}: {}", all.join(" | "))?;
        }
        Ok(())
    }
}
