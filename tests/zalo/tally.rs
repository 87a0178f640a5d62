//! What a busy day comes to: what was told, what counts, what was said, against what people did and the server has.

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
}

/// What happened.
#[derive(Debug, Default)]
pub struct Day {
    /// By the message that did it.
    pub acts: Vec<(String, Act)>,
    /// Codes of what was posted.
    pub codes: Vec<String>,
    /// When, on the server's clock.
    pub kills: Vec<i64>,
    figures: i64,
}

impl Day {
    /// A number that was not used before, with room for a second one below it, and near the one before: the bot asks about
    /// figures that are far from the last.
    pub fn figure(&mut self) -> i64 {
        self.figures += 2;
        3_000 + self.figures
    }
}

/// The count.
#[derive(Debug, Default)]
pub struct Tally {
    kills: usize,
    /// Updates that people caused; of them those that nobody was there to hear, and those that were under way at a kill: handed
    /// out to a run that did not poll again.
    updates: usize,
    unheard: usize,
    under_way: usize,
    under_way_lost: usize,
    /// How often updates were handed out beyond the first time.
    again: usize,
    updates_lost: Vec<String>,
    effects: usize,
    effects_lost: Vec<String>,
    effects_doubled: Vec<String>,
    messages: usize,
    messages_lost: Vec<String>,
    /// Said once more after a kill, by kill.
    repeats: BTreeMap<usize, Vec<String>>,
    too_many: usize,
    cut: usize,
    down: usize,
}

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

    /// Counts, with the program at rest.
    pub async fn count(fake: &Fake, database: &Path, day: &Day) -> Failing<Self> {
        let pool = pool(database).await?;
        let mut tally = Self { kills: day.kills.len(), ..Self::default() };
        let heard = tally.count_updates(fake, &pool).await?;
        tally.count_effects(&pool, day, &heard).await?;
        let rows = said(&pool).await?;
        fake.with(|world| {
            tally.count_messages(world, day, &rows);
            let code = |code: u16| world.journal.iter().filter(|c| c.code == code).count();
            (tally.too_many, tally.down) = (code(429), code(502));
            tally.cut = world.journal.iter().filter(|c| c.cut).count();
        });
        pool.close().await;
        Ok(tally)
    }

    /// The messages that stand in the inbox.
    async fn count_updates(&mut self, fake: &Fake, pool: &AnyPool) -> Failing<BTreeSet<String>> {
        let rows = sqlx::query("select update_key, state from inbox").fetch_all(pool).await.map_err(told)?;
        let mut heard: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &rows {
            heard.entry(row.get(0)).or_default().push(row.get(1));
        }
        fake.with(|world| {
            for update in &world.told {
                self.updates += 1;
                self.again += update.times.saturating_sub(1);
                let states = heard.get(&update.message).map(Vec::as_slice).unwrap_or_default();
                match (states, update.confirmed) {
                    ([state], _) if state == "handled" => {}
                    ([_, _, ..], _) => self.effects_doubled.push(format!("{} stands twice", update.message)),
                    ([], false) if update.times == 0 => self.unheard += 1,
                    ([], false) => self.under_way_lost += 1,
                    (other, _) => self.updates_lost.push(format!("{other:?} {}", update.event)),
                }
                if update.times > 0 && !update.confirmed {
                    self.under_way += 1;
                }
            }
        });
        Ok(heard.into_keys().collect())
    }

    /// What reached us has its effect once, what did not has none.
    async fn count_effects(&mut self, pool: &AnyPool, day: &Day, heard: &BTreeSet<String>) -> Failing<()> {
        let all =
            |rows: Vec<sqlx::any::AnyRow>| rows.iter().map(|r| r.get::<String, _>(0)).collect::<Vec<_>>();
        let given = sqlx::query("select given from submissions").fetch_all(pool).await.map_err(told)?;
        let tasks = sqlx::query("select text from tasks").fetch_all(pool).await.map_err(told)?;
        let (given, tasks) = (all(given), all(tasks));
        let holds = |text: &str, number: &str| text.split(|c: char| !c.is_ascii_digit()).any(|n| n == number);
        for (message, act) in day.acts.iter().filter(|(message, _)| heard.contains(message)) {
            self.effects += 1;
            let found = match act {
                Act::Figure(n) => given.iter().filter(|g| holds(g, &n.to_string())).count(),
                Act::Task(name) => tasks.iter().filter(|t| t.contains(name.as_str())).count(),
            };
            match found {
                0 => self.effects_lost.push(format!("{act:?} of {message}")),
                1 => {}
                n => self.effects_doubled.push(format!("{act:?} {n} times")),
            }
        }
        Ok(())
    }

    /// Every row that left stands with the server, and what the server has more of was said again.
    fn count_messages(&mut self, world: &World, day: &Day, rows: &[Said]) {
        let mut sent: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for row in rows {
            match row.state.as_str() {
                "sent" => *sent.entry((&row.chat, &row.text)).or_default() += 1,
                // Nobody knows whether it is out.
                "unknown" | "dropped" => {}
                _ => self
                    .messages_lost
                    .push(format!("{} in {}: {} {}", row.state, row.chat, row.error, row.text)),
            }
        }
        let unknown = |chat: &str, text: &str| {
            rows.iter().filter(|r| r.state == "unknown" && r.chat == chat && r.text == text).count()
        };
        let mut stored: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
        let greeting = |text: &str| text == "Xin chào, mình là Bot";
        for (id, chat) in &world.chats {
            for (_, message) in chat.messages.iter().filter(|(_, m)| m.of_bot && !greeting(&m.text)) {
                self.messages += 1;
                stored.entry((id, &message.text)).or_default().push(message.at);
            }
        }
        for ((chat, text), sends) in &sent {
            let there = stored.get(&(*chat, *text)).map_or(0, Vec::len);
            for _ in there..*sends {
                self.messages_lost.push(format!("not with the server: {text} in {chat}"));
            }
        }
        for ((chat, text), times) in stored {
            let known = sent.get(&(chat, text)).copied().unwrap_or_default() + unknown(chat, text);
            for at in times.iter().take(times.len().saturating_sub(known)) {
                let kill = day.kills.iter().position(|kill| kill >= at).unwrap_or(day.kills.len());
                self.repeats.entry(kill).or_default().push(format!("{text} in {chat}"));
            }
        }
    }

    /// Whether nothing that reached us was lost, nothing doubled, and at most one message repeated a kill.
    pub fn holds(&self) -> bool {
        let lost = [&self.updates_lost, &self.effects_lost, &self.effects_doubled, &self.messages_lost];
        lost.iter().all(|list| list.is_empty())
            && self.under_way_lost <= self.kills
            && self.repeats.iter().all(|(kill, all)| *kill < self.kills && all.len() <= 1)
    }
}

/// A row of the outbox that makes a message.
struct Said {
    chat: String,
    text: String,
    state: String,
    error: String,
}

/// The rows that make messages, with their words as they left: those that left within another's message stand in it, an empty
/// line before each.
async fn said(pool: &AnyPool) -> Failing<Vec<Said>> {
    let rows =
        "select chat_id, body, coalesce(said, ''), state, coalesce(last_error, ''), id, coalesce(within, '')
                from outbox order by id";
    let rows = sqlx::query(rows).fetch_all(pool).await.map_err(told)?;
    let mut all: BTreeMap<String, Said> = BTreeMap::new();
    let mut within = Vec::new();
    for row in &rows {
        let text = |n: usize| row.get::<String, _>(n);
        let [body, said] = [text(1), text(2)].map(|json| serde_json::from_str::<Value>(&json).ok());
        let send = |v: &Value| [&v["ready"]["send"], &v["send"]].into_iter().find(|d| d.is_object()).cloned();
        let deed = said.as_ref().and_then(send).or_else(|| body.as_ref().and_then(send));
        let Some(deed) = deed else { continue };
        let blocks = deed["text"]["blocks"].as_array().cloned().unwrap_or_default();
        let lines: Vec<&str> = blocks.iter().filter_map(|b| b["text"].as_str()).collect();
        let words = lines.join("\n");
        if text(6).is_empty() {
            all.insert(text(5), Said { chat: text(0), text: words, state: text(3), error: text(4) });
        } else {
            within.push((text(6), words));
        }
    }
    for (carrier, words) in within {
        let carrier = all.get_mut(&carrier).ok_or("a message within one that is not there")?;
        carrier.text = format!("{}\n\n{words}", carrier.text);
    }
    let trimmed = |said: Said| Said { text: said.text.trim().to_owned(), ..said };
    Ok(all.into_values().map(trimmed).collect())
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repeats: usize = self.repeats.values().map(Vec::len).sum();
        let most = self.repeats.values().map(Vec::len).max().unwrap_or_default();
        writeln!(f, "kills              {}", self.kills)?;
        writeln!(f, "updates            {}, told again {} times", self.updates, self.again)?;
        writeln!(f, "                   {} that nobody heard (Zalo keeps none)", self.unheard)?;
        writeln!(
            f,
            "                   {} under way at a kill, {} of them gone",
            self.under_way, self.under_way_lost
        )?;
        writeln!(f, "                   of all that reached us lost {}", self.updates_lost.len())?;
        let (lost, doubled) = (self.effects_lost.len(), self.effects_doubled.len());
        writeln!(f, "effects            {}, lost {lost}, doubled {doubled}", self.effects)?;
        writeln!(f, "messages           {}, lost {}", self.messages, self.messages_lost.len())?;
        writeln!(f, "repeated           {repeats} after kills, {most} at most after one")?;
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
