//! The Telegram side as a whole: the real program on a make-believe server of Telegram's (`fake`), which other people's
//! programs try as well (`tests/telegram/oracles`).
//!
//! Without arguments of its own it runs its tests. It is two programs beside: `cargo test --test telegram -- serve [port]`
//! serves the make-believe Telegram until it is stopped; `… -- journal FILE [program]` plays a month, with this build or
//! another, and writes every request and every update of it; `… -- kills [how many] [seed] [program] [webhook]` kills the bot
//! over and over in the middle of a busy day and counts what was lost or said twice.

#[path = "../emulator/mod.rs"]
mod emulator;
mod fake;
mod group;
mod kills;
mod month;
mod office;
mod program;
mod secrets;
mod tally;

use emulator::{Tried, on_runtime, trial};
use libtest_mimic::Arguments;

use program::Place;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let program = arguments.first().map(String::as_str);
    let done = match program {
        Some("serve") => on_runtime(serve(arguments.get(1).and_then(|port| port.parse().ok()).unwrap_or(0))),
        Some("kills") => on_runtime(kill(&arguments[1..])),
        Some("journal") => match arguments.get(1) {
            Some(file) => on_runtime(journal(file, arguments.get(2).map(Into::into))),
            None => Err("journal needs the file to write".into()),
        },
        _ => {
            let trials = vec![
                trial("a_small_month_is_played_on_the_real_program", || async {
                    month::play(Place::new(None)?).await.map(drop)
                }),
                trial("the_same_month_is_played_by_webhook", || async {
                    month::play(Place::new(None)?.served()?).await.map(drop)
                }),
                trial("a_group_lives_with_privacy_mode_on", group::play),
                trial("the_token_stands_in_nothing_that_a_run_writes", secrets::play),
            ];
            libtest_mimic::run(&Arguments::from_args(), trials).exit();
        }
    };
    if let Err(why) = done {
        eprintln!("{why}");
        std::process::exit(1);
    }
}

/// Kills the bot in the middle of a busy day, and says what became of it.
async fn kill(arguments: &[String]) -> Tried {
    let number = |n: usize, otherwise: u64| arguments.get(n).map_or(Ok(otherwise), |text| text.parse());
    let kills = number(0, 300).map_err(|e| format!("how many kills: {e}"))?;
    let seed = number(1, 1).map_err(|e| format!("the seed: {e}"))?;
    let mut place = Place::new(arguments.get(2).map(Into::into))?;
    if arguments.get(3).is_some_and(|way| way == "webhook") {
        place = place.served()?;
    }
    let tally = kills::play(place, kills as usize, seed).await?;
    println!("{tally}");
    if tally.holds() { Ok(()) } else { Err("something was lost, or said or counted twice".into()) }
}

/// Plays the month and writes what was asked of the server and what it told, for programs that check both.
async fn journal(file: &str, program: Option<std::path::PathBuf>) -> Tried {
    let (fake, _place) = month::play(Place::new(program)?).await?;
    let told = fake.with(|world| serde_json::json!({"calls": fake::calls(world), "updates": world.updates}));
    std::fs::write(file, told.to_string()).map_err(|e| format!("{file}: {e}"))
}

/// Serves until it is stopped; the address and the token are its only words.
async fn serve(port: u16) -> Tried {
    let fake = fake::Fake::start(program::TOKEN, port).await.map_err(|e| e.to_string())?;
    println!("{} {}", fake.address, program::TOKEN);
    tokio::signal::ctrl_c().await.map_err(|e| e.to_string())
}
