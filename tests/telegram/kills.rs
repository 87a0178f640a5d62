//! A busy day, in the middle of which the program is killed over and over: nothing may be lost, nothing may count twice.
//!
//! Everything random comes from one seed: what people do, what the server does wrong, when the kill comes. (When a process
//! gets its turn is the machine's affair.) Between two kills a little more than a lease of the outbox passes.

use crate::fake::{Fake, Odds, Random, Said, World, pause};
use crate::month::{begin_in, code};
use crate::office::{LAN, SCHOOLS, ask, found, number, press, until};
use crate::program::{Place, Running};
use crate::tally::{Act, Day, Tally};

/// A plain group: it becomes a supergroup in the middle of the day.
pub const GROUP: i64 = -4_001;
pub const MOVED: i64 = -1_001_234_500_001;

/// More than a lease: what was under way at a kill is taken up again by the next run.
const BETWEEN: i64 = 125_000;

/// The longest life of a run, in milliseconds; the first part of it is its start.
const LONGEST_LIFE: u64 = 1_800;

/// Kills the program so often, and counts.
pub async fn play(place: Place, kills: usize, seed: u64) -> Result<Tally, String> {
    let (fake, mut place, mut running) = begin_in(place, "2026-10-05T07:15").await?;
    let code = code(&fake, &place).await?;
    found(&fake, &code, GROUP, SCHOOLS.len()).await?;
    let mut day = Day::new(GROUP, MOVED);
    post(&fake, &mut day).await?;
    running.kill()?;

    let mut random = Random(seed);
    fake.with(|world| {
        world.chaos.random = Random(seed ^ 0x5eed);
        world.chaos.odds = Odds { too_many: 8, bad_gateway: 2, cut_after: 6, slow: 12 };
    });
    for kill in 0..kills {
        fake.with(|world| world.shift += BETWEEN);
        let mut running = place.start(&fake)?;
        let (life, acts) = (random.below(LONGEST_LIFE), 1 + random.below(4));
        for _ in 0..acts {
            pause(life / (acts + 1)).await;
            fake.with(|world| something_happens(world, &mut random, &mut day));
        }
        if kill == kills / 2 {
            fake.with(|world| world.migrate(GROUP, MOVED));
            day.has_moved = true;
        }
        pause(life / (acts + 1)).await;
        if let Some(status) = running.ended() {
            return Err(format!("the program ended by itself with {status}: {}", last_lines(&place.log())));
        }
        running.kill()?;
        day.kills.push(fake.with(|world| world.now()));
    }
    fake.with(|world| world.chaos.odds = Odds::default());
    drain(&fake, &mut place, &day).await?;
    Tally::count(&fake, &place.database(), &day).await
}

/// Three tasks with figures and one to report as done are handed out.
async fn post(fake: &Fake, day: &mut Day) -> Result<(), String> {
    for (text, due) in [
        ("Báo cáo trẻ 5 tuổi ra lớp; hạn 16h 05/10", true),
        ("Báo cáo trẻ nhà trẻ ra lớp; hạn 16h 06/10", true),
        ("Báo cáo trẻ ăn bán trú; hạn 16h 08/10", true),
        ("Rà soát cơ sở vật chất; hạn 16h 05/10", false),
    ] {
        let form = if due { "; biểu: tổng số trẻ, đã ra lớp <= tổng số trẻ" } else { "" };
        let draft = ask(fake, LAN, LAN, Said::text(format!("/giao {text}{form}")), "Bản soạn").await?;
        let (_, code) = draft.text().split_once("Bản soạn ").ok_or("a draft without a code")?;
        let code = code.split(',').next().unwrap_or_default().to_owned();
        press(fake, LAN, LAN, &draft, "Đăng").await?;
        let post = until(fake, "the task is posted", 20, |world| {
            world.said(GROUP, &format!("{code} ")).map(|(_, message)| message.clone())
        })
        .await?;
        day.posts.push((code, number(&post), post.button("Đã nhận").unwrap_or_default()));
    }
    Ok(())
}

/// One thing that people do on such a day.
fn something_happens(world: &mut World, random: &mut Random, day: &mut Day) {
    let principal = SCHOOLS[random.below(SCHOOLS.len() as u64) as usize].2;
    let group = if day.has_moved { MOVED } else { GROUP };
    let place = if random.below(2) == 0 { principal } else { group };
    let task = random.below(3) as usize;
    match random.below(10) {
        0..=4 => {
            let (figure, code) = (day.figure(), &day.posts[task].0);
            let text = format!("{code} tổng số trẻ {figure}, đã ra lớp {}", figure - 1);
            let message = world.say(place, principal, &Said::text(text));
            day.acts.push(Act::Figure(figure));
            day.answered = Some((place, message, code.clone()));
        }
        5 => {
            // A figure that was sent is put right by an edit, in the chat in which it stands.
            if let Some((chat, message, code)) = day.answered.take().filter(|(chat, ..)| *chat != GROUP) {
                let figure = day.figure();
                world.edit(chat, message, &format!("{code} tổng số trẻ {figure}, đã ra lớp {}", figure - 1));
                day.acts.push(Act::Figure(figure));
            }
        }
        6 => {
            let text = format!("{} đã xong", day.posts[3].0);
            world.say(place, principal, &Said::text(text));
        }
        7 => {
            let question = Said::text(format!("/tinhhinh {}", day.posts[task].0));
            let message = world.say(LAN, LAN, &question);
            day.acts.push(Act::Question(message));
        }
        8 if !day.has_moved => {
            let (_, post, button) = &day.posts[task];
            world.press(group, principal, *post, button);
        }
        _ => {
            let name = format!("Việc số {} của ngày", day.figure());
            world.say(LAN, LAN, &Said::text(format!("/giao {name}; hạn 20/10")));
            day.acts.push(Act::Task(name));
        }
    }
}

/// Runs the program in peace until nothing waits any more.
async fn drain(fake: &Fake, place: &mut Place, day: &Day) -> Result<(), String> {
    for _ in 0..30 {
        fake.with(|world| world.shift += BETWEEN);
        let mut running: Running = place.start(fake)?;
        pause(4_000).await;
        running.stop("TERM", 10).await?;
        let waiting = fake.with(|world| world.waiting.len());
        let open = Tally::open(&place.database()).await?;
        if waiting == 0 && open == 0 {
            return Ok(());
        }
    }
    let open = Tally::still_open(&place.database()).await?;
    Err(format!("it does not come to rest after {} kills:\n{open}", day.kills.len()))
}

fn last_lines(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}
