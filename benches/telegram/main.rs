//! The bot on a make-believe Telegram, beside bots on aiogram and grammY that write each update as durably, in one run.
//!
//! `cargo bench --bench telegram`; one of its parts: `cargo bench --bench telegram -- queue` (also `latency`, `broadcast`, `loss`,
//! `memory`). The other bots are left out when they are not there: `python3 -m venv target/oracles`, then
//! `target/oracles/bin/pip install -r tests/telegram/oracles/requirements.txt`, and `npm ci` in `benches/telegram`.

#[path = "../../tests/emulator/mod.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod emulator;
#[path = "../../tests/telegram/fake/mod.rs"]
#[expect(dead_code, unused_imports, reason = "tests use more of it")]
mod fake;
#[path = "../../tests/telegram/office.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod office;
#[path = "../../tests/telegram/program.rs"]
mod program;

mod bots;
mod broadcast;
mod scene;

use std::time::Instant;

use bots::{Bot, KINDS, Kind};
use fake::{Fake, pause};
use scene::Asked;

pub(crate) type Outcome<T> = Result<T, String>;

/// Updates that wait when the bot starts.
const QUEUED: usize = 1_200;
/// Updates a second, and for how many seconds.
const RATE: u64 = 50;
const SECONDS: u64 = 20;
/// How long a bot is left alone before its memory is looked at.
const IDLE: u64 = 60_000;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = runtime.map_err(|e| e.to_string()).and_then(|runtime| runtime.block_on(measure()));
    if let Err(why) = done {
        eprintln!("{why}");
        std::process::exit(1);
    }
}

async fn measure() -> Outcome<()> {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let wants = |part: &str| wanted.is_empty() || wanted.iter().any(|w| w == part);
    let kinds: Vec<Kind> = KINDS.into_iter().filter(|kind| kind.is_there()).collect();
    if wants("latency") {
        println!("reply latency at {RATE} updates/s for {SECONDS} s: 3 presses for 2 messages");
        for kind in &kinds {
            latency(*kind).await?;
        }
    }
    if wants("loss") {
        println!("killed in the middle of {} queued updates and started again", QUEUED / 2);
        for kind in &kinds {
            loss(*kind).await?;
        }
    }
    let mut idle = Vec::new();
    if wants("queue") || wants("memory") {
        println!("{QUEUED} queued updates, each with its effect and its answer durably written");
        for kind in &kinds {
            idle.push((*kind, queue(*kind).await?));
        }
    }
    if wants("broadcast") {
        broadcast::measure().await?;
    }
    if wants("memory") {
        println!("resident memory after {} s idle", IDLE / 1000);
        pause(IDLE).await;
        for (kind, (_, bot)) in &idle {
            let resident = bot.resident().ok_or("a bot ended by itself")?;
            println!("  {:<8} {:.0} MB", kind.name(), resident as f64 / 1024.0);
        }
    }
    Ok(())
}

/// How long a queue takes.
async fn queue(kind: Kind) -> Outcome<(Fake, Bot)> {
    let (fake, mut bot, mut scene) = scene::set(kind, false).await?;
    fake.with(|world| (0..QUEUED).for_each(|_| drop(scene.figure(world))));
    let before = bot.handled().await?;
    bot.start(&fake)?;
    scene::polled(&fake).await?;
    let begun = Instant::now();
    let mut stored = None;
    while bot.handled().await? < before + QUEUED {
        if stored.is_none() && bot.stored().await? >= before + QUEUED {
            stored = Some(begun.elapsed());
        }
        if begun.elapsed().as_secs() > 300 {
            return Err(format!("{}: it does not come to an end", kind.name()));
        }
        pause(10).await;
    }
    let took = begun.elapsed();
    let rate = |took: std::time::Duration| QUEUED as f64 / took.as_secs_f64();
    let safe = rate(stored.unwrap_or(took));
    println!("  {:<8} {:.0}/s with everything, {safe:.0}/s safe", kind.name(), rate(took));
    Ok((fake, bot))
}

/// How long people wait.
async fn latency(kind: Kind) -> Outcome<()> {
    let (fake, mut bot, mut scene) = scene::set(kind, true).await?;
    bot.start(&fake)?;
    scene::polled(&fake).await?;
    pause(1_500).await;
    let (begun, mut asked): (_, Vec<Asked>) = (Instant::now(), Vec::new());
    for n in 0..RATE * SECONDS {
        let due = n * 1000 / RATE;
        pause(due.saturating_sub(begun.elapsed().as_millis() as u64)).await;
        asked.push(fake.with(|world| if n % 5 < 2 { scene.figure(world) } else { scene.press(world) }));
    }
    pause(5_000).await;
    let waits = fake.with(|world| scene::waits(world, &asked));
    println!("  {:<8} {}", kind.name(), scene::told(waits, asked.len()));
    Ok(())
}

/// What a kill loses.
async fn loss(kind: Kind) -> Outcome<()> {
    let (fake, mut bot, mut scene) = scene::set(kind, false).await?;
    let many = QUEUED / 2;
    fake.with(|world| (0..many).for_each(|_| drop(scene.figure(world))));
    let before = bot.handled().await?;
    bot.start(&fake)?;
    while bot.handled().await? < before + many / 4 {
        pause(2).await;
    }
    bot.kill()?;
    bot.start(&fake)?;
    let mut last = (0, Instant::now());
    while last.1.elapsed().as_secs() < 4 {
        let handled = bot.handled().await?;
        if handled != last.0 {
            last = (handled, Instant::now());
        }
        pause(50).await;
    }
    println!("  {:<8} lost {}", kind.name(), (before + many).saturating_sub(last.0));
    Ok(())
}
