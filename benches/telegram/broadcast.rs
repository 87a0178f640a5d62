//! A post to a thousand groups at once, while people ask.

use giaoban::chat::{Deed, Text};
use giaoban::clock::Ids;
use giaoban::domain::ChatRef;
use giaoban::store::{NewOutboxRow, Priority};

use crate::Outcome;
use crate::bots::{Bot, Kind};
use crate::fake::{Fake, Standing, pause};
use crate::office::until;
use crate::program::TOKEN;
use crate::scene::{self, question, told, waits};

const GROUPS: i64 = 1_000;
const FIRST: i64 = -1_002_000_000_000;
/// What Telegram takes a second over all chats.
const PER_SECOND: f64 = 30.0;
const WORDS: &str = "VIỆC THÁNG 10/2026";

pub async fn measure() -> Outcome<()> {
    let fake = Fake::start(TOKEN, 0).await.map_err(|e| e.to_string())?;
    let now = scene::people(&fake)?;
    let mut bot = Bot::new(Kind::Giaoban, true)?;
    let (store, office) = scene::office(&bot.place.database(), now).await?;
    let ids = Ids::of_system();
    let mut session = store.begin_for(office).await.map_err(|e| e.to_string())?;
    for n in 0..GROUPS {
        fake.with(|world| {
            world.group(FIRST - n, &format!("Nhóm {n}"), &[]);
            world.chats.get_mut(&(FIRST - n)).map(|chat| chat.bot = Standing::Member)
        });
        let chat = ChatRef { platform: "telegram".into(), id: (FIRST - n).to_string() };
        let text = Text::plain(WORDS);
        let post = Deed::Send {
            text,
            buttons: vec![],
            reply_to: None,
            thread: None,
            pin: false,
            file: None,
            picture: None,
        };
        let row = NewOutboxRow {
            office: Some(office),
            key: Some(format!("broadcast/{n}")),
            priority: Priority::Reminder,
            ..NewOutboxRow::reply(ids.next(now), chat, post, now)
        };
        session.enqueue(&row).await.map_err(|e| e.to_string())?;
    }
    session.commit().await.map_err(|e| e.to_string())?;
    store.close().await;

    bot.start(&fake)?;
    let sent = |world: &crate::fake::World| {
        world.journal.iter().filter(|c| c.body["text"] == WORDS && c.code == 200).count()
    };
    until(&fake, "the first post is out", 30, |world| (sent(world) > 0).then_some(())).await?;
    let mut asked = Vec::new();
    while fake.with(|world| sent(world)) < GROUPS as usize {
        asked.push(fake.with(|world| question(world, asked.len() as i64)));
        if asked.len() > 600 {
            return Err("the broadcast does not come to an end".into());
        }
        pause(500).await;
    }
    pause(3_000).await;
    let waits = fake.with(|world| waits(world, &asked));
    let (took, messages, refused) = fake.with(|world| {
        let posts: Vec<i64> =
            world.journal.iter().filter(|c| c.body["text"] == WORDS && c.code == 200).map(|c| c.at).collect();
        let (first, last) = (posts.first().copied().unwrap_or(0), posts.last().copied().unwrap_or(0));
        let within =
            world.journal.iter().filter(|c| c.made.is_some() && (first..=last).contains(&c.at)).count();
        ((last - first) as f64 / 1000.0, within, world.journal.iter().filter(|c| c.code == 429).count())
    });
    let allowed = messages as f64 / PER_SECOND;
    println!("a post to {GROUPS} groups, and a question of somebody each half second");
    println!(
        "  {took:.1} s for {messages} messages, {:.3} of what the limits allow; 429 {refused} times",
        took / allowed
    );
    println!("  {}", told(waits, asked.len()));
    bot.stop().await
}
