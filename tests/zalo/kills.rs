//! A busy day, in the middle of which the program is killed over and over, on a Zalo that tells updates over and over or not
//! at all: nothing that reached us may be lost, nothing may count twice.
//!
//! Everything random comes from one seed. Halves of the day differ in what Zalo does: in the first what was handed out comes
//! back at every poll, idle polls are a status and a webhook is asked thrice; in the second what is said while nobody polls is lost, and so
//! is what a webhook does not take at once.

use crate::emulator::{Odds, Place, Random, pause};
use crate::fake::{Fake, Idle, Said, World};
use crate::office::{LAN, SCHOOLS, ask, first_code, found, until};
use crate::program::{Setup, TOKEN, server};
use crate::tally::{Act, Day, Tally};

const GROUP: &str = "zgr-00000000000000000009";

/// Between two runs, in milliseconds of the world's clock.
const BETWEEN: i64 = 125_000;

/// The longest life of a run, in milliseconds: a few polls, which are a second apart.
const LONGEST_LIFE: u64 = 4_000;

/// Kills the program so often, and counts.
pub async fn play(mut place: Place, by_webhook: bool, kills: usize, seed: u64) -> Result<Tally, String> {
    place.log = "info";
    let setup = Setup::one(by_webhook);
    let fake = server(&[TOKEN], "2026-10-05T07:15").await?;
    fake.with(|world| {
        // More is said on this day than a plan allows in a month.
        world.ways.per_month = usize::MAX;
    });
    let mut running = setup.start(&mut place, &fake)?;
    let code = first_code(&fake, &place).await?;
    found(&fake, &code, GROUP, SCHOOLS.len()).await?;
    let mut day = Day::default();
    post(&fake, &mut day).await?;
    running.kill()?;

    let mut random = Random(seed);
    fake.with(|world| {
        world.chaos.random = Random(seed ^ 0x5eed);
        world.chaos.odds = Odds { too_many: 6, bad_gateway: 4, cut_after: 6, slow: 12 };
    });
    for kill in 0..kills {
        fake.with(|world| {
            world.shift += BETWEEN;
            let first = kill < kills / 2;
            world.ways.replays = first;
            world.ways.idle = if first { Idle::Status } else { Idle::Body };
            world.ways.wrapped = first;
            // Zalo does not say whether it asks again.
            world.ways.hook_retries = if first { 2 } else { 0 };
            world.ways.loses_after = (!first).then_some(2_500);
        });
        let mut running = setup.start(&mut place, &fake)?;
        let (life, acts) = (800 + random.below(LONGEST_LIFE), 1 + random.below(4));
        for _ in 0..acts {
            pause(life / (acts + 1)).await;
            fake.with(|world| something_happens(world, &mut random, &mut day));
        }
        pause(life / (acts + 1)).await;
        if let Some(status) = running.ended() {
            return Err(format!("the program ended by itself with {status}: {}", place.log()));
        }
        running.kill()?;
        day.kills.push(fake.with(|world| world.now()));
    }
    fake.with(|world| world.chaos.odds = Odds::default());
    drain(&setup, &fake, &mut place).await?;
    Tally::count(&fake, &place.database(), &day).await
}

/// Three tasks with figures and one to report as done are handed out.
async fn post(fake: &Fake, day: &mut Day) -> Result<(), String> {
    for (text, with_form) in [
        ("Báo cáo trẻ 5 tuổi ra lớp; hạn 16h 05/10", true),
        ("Báo cáo trẻ nhà trẻ ra lớp; hạn 16h 06/10", true),
        ("Báo cáo trẻ ăn bán trú; hạn 16h 08/10", true),
        ("Rà soát cơ sở vật chất; hạn 16h 05/10", false),
    ] {
        let form =
            if with_form { "; biểu: tổng số trẻ, đã ra lớp <= tổng số trẻ" } else { "" };
        let draft = ask(fake, LAN, Said::text(format!("/giao {text}{form}")), "Bản soạn").await?;
        let (_, code) = draft.split_once("Bản soạn ").ok_or("a draft without a code")?;
        let code = code.split(',').next().unwrap_or_default().to_owned();
        ask(fake, LAN, Said::text(format!("/dang {code}")), "đã đăng").await?;
        until(fake, "the task is posted", 20, |world| world.said(GROUP, &format!("{code} ")).map(drop))
            .await?;
        day.codes.push(code);
    }
    Ok(())
}

/// One thing that people do on such a day.
fn something_happens(world: &mut World, random: &mut Random, day: &mut Day) {
    let principal = SCHOOLS[random.below(SCHOOLS.len() as u64) as usize].2;
    let in_group = random.below(2) == 0;
    let task = random.below(3) as usize;
    let mut says = |text: String| {
        if in_group {
            world.say(GROUP, principal, &Said::to_bot(text))
        } else {
            world.write(0, principal, &Said::text(text))
        }
    };
    match random.below(10) {
        0..=5 => {
            let figure = day.figure();
            let code = &day.codes[task];
            let message = says(format!("{code} tổng số trẻ {figure}, đã ra lớp {}", figure - 1));
            day.acts.push((message, Act::Figure(figure)));
        }
        6 => {
            says(format!("{} đã xong", day.codes[3]));
        }
        7 => {
            world.write(0, LAN, &Said::text(format!("/tinhhinh {}", day.codes[task])));
        }
        _ => {
            let name = format!("Việc số {} của ngày", day.figure());
            let message = world.write(0, LAN, &Said::text(format!("/giao {name}; hạn 20/10")));
            day.acts.push((message, Act::Task(name)));
        }
    }
}

/// Runs the program in peace until nothing waits any more.
async fn drain(setup: &Setup, fake: &Fake, place: &mut Place) -> Result<(), String> {
    for _ in 0..20 {
        fake.with(|world| world.shift += BETWEEN);
        let mut running = setup.start(place, fake)?;
        pause(6_000).await;
        running.stop("TERM", 12).await?;
        let waiting = fake.with(|world| world.bots[0].waiting.len());
        if waiting == 0 && Tally::open(&place.database()).await? == 0 {
            return Ok(());
        }
    }
    Err(format!("it does not come to rest:\n{}", place.log()))
}
