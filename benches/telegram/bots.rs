//! The bots that are measured, each as a process with a database.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlx::{AnyPool, Row};

use crate::Outcome;
use crate::fake::Fake;
use crate::program::{Place, Running, TOKEN};

/// Which bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Giaoban,
    Aiogram,
    Grammy,
}

pub const KINDS: [Kind; 3] = [Kind::Giaoban, Kind::Aiogram, Kind::Grammy];

/// A bot, running or not.
pub struct Bot {
    kind: Kind,
    /// Whether the others answer people, or only write that they would.
    replies: bool,
    pub place: Place,
    running: Option<Running>,
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Giaoban => "giaoban",
            Self::Aiogram => "aiogram",
            Self::Grammy => "grammY",
        }
    }

    /// Whether what it needs is installed.
    pub fn is_there(self) -> bool {
        let needs = match self {
            Self::Giaoban => return true,
            Self::Aiogram => here("target/oracles/bin/python"),
            Self::Grammy => here("benches/telegram/node_modules/libsql"),
        };
        if !needs.exists() {
            println!("{} is left out: {} is not there", self.name(), needs.display());
        }
        needs.exists()
    }
}

impl Bot {
    pub fn new(kind: Kind, replies: bool) -> Outcome<Self> {
        let mut place = Place::new(None)?;
        place.log = "warn";
        Ok(Self { kind, replies, place, running: None })
    }

    pub fn start(&mut self, fake: &Fake) -> Outcome<()> {
        let replies = if self.replies { "yes" } else { "no" };
        let mut command = match self.kind {
            Kind::Giaoban => {
                self.running = Some(self.place.start(fake)?);
                return Ok(());
            }
            Kind::Aiogram => Command::new(here("target/oracles/bin/python")),
            Kind::Grammy => Command::new("node"),
        };
        let program = if self.kind == Kind::Aiogram { "aiogram_bot.py" } else { "grammy_bot.mjs" };
        let database = self.place.database();
        command.arg(here("benches/telegram").join(program)).args([&*fake.address, TOKEN]).arg(database);
        let log = std::fs::File::create(self.place.folder.path().join("log")).map_err(|e| e.to_string())?;
        command.arg(replies).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let process = command.spawn().map_err(|e| format!("{}: {e}", self.kind.name()))?;
        self.running = Some(Running { process });
        Ok(())
    }

    pub fn kill(&mut self) -> Outcome<()> {
        self.running.as_mut().map_or(Ok(()), Running::kill)
    }

    /// Asks it to end.
    pub async fn stop(&mut self) -> Outcome<()> {
        match &mut self.running {
            Some(running) => running.stop("TERM", 10).await.map(drop),
            None => Ok(()),
        }
    }

    /// Its resident memory, in kilobytes.
    pub fn resident(&self) -> Option<u64> {
        let id = self.running.as_ref()?.process.id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// How many updates have had their effect.
    pub async fn handled(&self) -> Outcome<usize> {
        self.count(match self.kind {
            Kind::Giaoban => {
                "select count(*) from inbox where state = 'handled' and payload like '%\"message\"%'"
            }
            _ => "select count(*) from updates",
        })
        .await
    }

    /// How many are safe, whatever becomes of them.
    pub async fn stored(&self) -> Outcome<usize> {
        self.count(match self.kind {
            Kind::Giaoban => "select count(*) from inbox where payload like '%\"message\"%'",
            _ => "select count(*) from updates",
        })
        .await
    }

    async fn count(&self, question: &'static str) -> Outcome<usize> {
        sqlx::any::install_default_drivers();
        let url = format!("sqlite:{}?mode=ro", self.place.database().display());
        // Not there yet is none.
        let Ok(pool) = AnyPool::connect(&url).await else { return Ok(0) };
        let row = sqlx::query(question).fetch_one(&pool).await;
        pool.close().await;
        Ok(row.map_or(0, |row| row.get::<i64, _>(0).unsigned_abs() as usize))
    }
}
