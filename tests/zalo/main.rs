//! The Zalo side as a whole: the real program on a make-believe Bot Platform (`fake`), which other people's programs try as
//! well (`tests/zalo/oracles`).
//!
//! Without arguments of its own it runs its tests. It is three programs beside: `cargo test --test zalo -- serve [port]` serves
//! the make-believe Zalo until it is stopped; `… -- kills [how many] [seed] [program, - for this] [webhook]` kills the bot over and over in
//! the middle of a busy day and counts what was lost or said twice; `… -- budget [seed]` prints what a month costs.

mod both;
mod budget;
#[path = "../emulator/mod.rs"]
mod emulator;
mod fake;
mod kills;
mod late;
mod month;
mod oa;
mod office;
#[path = "../player/mod.rs"]
#[expect(dead_code, clippy::expect_used, reason = "the player of tests/transcripts, which uses more of it")]
mod player;
mod program;
mod several;
mod tally;
#[path = "../telegram/fake/mod.rs"]
#[expect(dead_code, unused_imports, reason = "Telegram's side uses more of it")]
mod telegram;

use emulator::{Place, Tried, on_runtime, trial};
use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let program = arguments.first().map(String::as_str);
    let done = match program {
        Some("serve") => on_runtime(serve(arguments.get(1).and_then(|port| port.parse().ok()).unwrap_or(0))),
        Some("budget") => budget::show(arguments.get(1).and_then(|seed| seed.parse().ok()).unwrap_or(1)),
        Some("kills") => on_runtime(kill(&arguments[1..])),
        _ => {
            let trials = vec![
                Trial::test("a_month_of_thirty_schools_leaves_a_third_of_the_free_plan", || {
                    budget::show(1).map_err(Into::into)
                }),
                trial("a_small_month_is_played_on_the_real_program", || async {
                    month::play(Place::new(None)?.served()?, false).await
                }),
                trial("the_same_month_is_played_by_webhook", || async {
                    month::play(Place::new(None)?.served()?, true).await
                }),
                trial("one_office_is_on_telegram_and_zalo_at_once", || async {
                    both::play(Place::new(None)?.served()?).await
                }),
                trial("a_platform_that_is_down_at_the_start_holds_up_no_other", || async {
                    late::play(Place::new(None)?.served()?).await
                }),
                trial("two_bots_stand_beside_each_other_and_name_the_one_with_room", || async {
                    several::play(Place::new(None)?.served()?).await
                }),
                trial("an_official_account_spends_no_token_twice", || async {
                    oa::play(Place::new(None)?).await
                }),
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
    let kills = number(0, 100).map_err(|e| format!("how many kills: {e}"))?;
    let seed = number(1, 1).map_err(|e| format!("the seed: {e}"))?;
    let by_webhook = arguments.get(3).is_some_and(|way| way == "webhook");
    let program = arguments.get(2).filter(|program| *program != "-").map(Into::into);
    let tally = kills::play(Place::new(program)?.served()?, by_webhook, kills as usize, seed).await?;
    println!("{tally}");
    if tally.holds() { Ok(()) } else { Err("something was lost, or said or counted twice".into()) }
}

/// Serves until it is stopped; the address and the token are its only words.
async fn serve(port: u16) -> Tried {
    let fake = fake::Fake::start(&[program::TOKEN], port).await.map_err(|e| e.to_string())?;
    println!("{} {}", fake.address, program::TOKEN);
    tokio::signal::ctrl_c().await.map_err(|e| e.to_string())
}
