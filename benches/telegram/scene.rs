//! An office of sixty schools with three tasks in its group, and what its people say.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use giaoban::app::{App, InProcess, NewMember, NewOffice, NewSchool};
use giaoban::clock::{Ids, ManualClock};
use giaoban::domain::{ChatRef, Language, OfficeId, Role, Settings, UserRef};
use giaoban::store::Store;

use crate::Outcome;
use crate::bots::{Bot, Kind};
use crate::fake::{Fake, Said, Standing, World};
use crate::office::{LAN, ask, number, press, until};
use crate::program::TOKEN;

const SCHOOLS: i64 = 60;
const GROUP: i64 = -1_001_234_567_890;
/// A working Monday morning.
const START: &str = "2026-10-05T08:00:00+07:00";

/// What is said next.
pub struct Scene {
    /// Code, post and button of each task.
    tasks: Vec<(String, i64, String)>,
    said: i64,
}

/// What somebody waits for.
pub struct Asked {
    pub at: i64,
    what: Waiting,
}

enum Waiting {
    Reply { chat: i64, message: i64 },
    Press(String),
}

/// A server, a bot that does not run yet, and the office that it knows.
pub async fn set(kind: Kind, replies: bool) -> Outcome<(Fake, Bot, Scene)> {
    let fake = Fake::start(TOKEN, 0).await.map_err(|e| e.to_string())?;
    let mut bot = Bot::new(kind, replies)?;
    let now = people(&fake)?;
    let mut scene = Scene { tasks: vec![], said: 0 };
    if kind != Kind::Giaoban {
        for n in 1..4 {
            scene.tasks.push((format!("V{n}"), 1, "receive".into()));
        }
        fake.with(|world| world.waiting.clear());
        return Ok((fake, bot, scene));
    }
    office(&bot.place.database(), now).await?;
    bot.start(&fake)?;
    for text in ["Báo cáo trẻ 5 tuổi ra lớp", "Báo cáo trẻ nhà trẻ ra lớp", "Báo cáo trẻ ăn bán trú"]
    {
        let give = format!("/giao {text}; hạn 16h 08/10; biểu: tổng số trẻ, đã ra lớp <= tổng số trẻ");
        let draft = ask(&fake, LAN, LAN, Said::text(give), "Bản soạn").await?;
        let (_, code) = draft.text().split_once("Bản soạn ").ok_or("a draft without a code")?;
        let code = code.split(',').next().unwrap_or_default().to_owned();
        press(&fake, LAN, LAN, &draft, "Đăng").await?;
        let post = until(&fake, "the task is posted", 30, |world| {
            world.said(GROUP, &format!("{code} ")).map(|(_, message)| message.clone())
        })
        .await?;
        scene.tasks.push((code, number(&post), post.button("Đã nhận").unwrap_or_default()));
    }
    bot.stop().await?;
    Ok((fake, bot, scene))
}

/// The specialist, the principals and their group; the time of the server.
pub fn people(fake: &Fake) -> Outcome<DateTime<Utc>> {
    let start = DateTime::parse_from_rfc3339(START).map_err(|e| e.to_string())?;
    fake.with(|world| {
        world.shift = start.timestamp_millis() - world.now();
        let all: Vec<i64> = [LAN].into_iter().chain(2_000..2_000 + SCHOOLS).collect();
        for id in &all {
            world.person(*id, &format!("Người {id}"));
            if let Some(chat) = world.chats.get_mut(id) {
                chat.started = true;
            }
        }
        world.group(GROUP, "Nhóm hiệu trưởng", &all);
        world.stand(GROUP, Standing::Member, Some(LAN));
    });
    Ok(start.to_utc())
}

/// Waits until the bot asks for updates.
pub async fn polled(fake: &Fake) -> Outcome<()> {
    let before = fake.with(|world| world.poll);
    until(fake, "the bot polls", 30, |world| (world.poll > before).then_some(())).await
}

fn chat(id: i64) -> ChatRef {
    ChatRef { platform: "telegram".into(), id: id.to_string() }
}

/// The office in its database, as if it had been set up in chat.
pub async fn office(database: &Path, now: DateTime<Utc>) -> Outcome<(Store, OfficeId)> {
    let told = |e: giaoban::app::AppError| e.to_string();
    let store = Store::open(&database.to_string_lossy()).await.map_err(|e| e.to_string())?;
    let (clock, ids) = (Arc::new(ManualClock::new(now)), Arc::new(Ids::of_system()));
    let app = App::new(store.clone(), clock, ids, HashMap::new(), Arc::new(InProcess));
    let office = NewOffice { name: "Phòng".into(), language: Language::Vi, settings: Settings::default() };
    let office = app.add_office(office).await.map_err(told)?;
    let schools = app.add_schools(office, (0..SCHOOLS).map(school).collect()).await.map_err(told)?;
    let member = |id: i64, role: Role| NewMember {
        name: format!("Người {id}"),
        roles: vec![role],
        accounts: vec![UserRef { platform: "telegram".into(), id: id.to_string() }],
        private_chats: vec![chat(id)],
    };
    app.add_member(office, member(LAN, Role::Specialist)).await.map_err(told)?;
    for (id, school) in (2_000..).zip(schools) {
        app.add_member(office, member(id, Role::Principal(school))).await.map_err(told)?;
    }
    app.add_group(office, chat(GROUP), "Nhóm hiệu trưởng".into(), vec![]).await.map_err(told)?;
    Ok((store, office))
}

fn school(n: i64) -> NewSchool {
    NewSchool::named(format!("MN{n:03}"), format!("Trường Mầm non số {n}"))
}

impl Scene {
    /// A principal sends figures in private.
    pub fn figure(&mut self, world: &mut World) -> Asked {
        self.said += 1;
        let (who, total) = (2_000 + self.said % SCHOOLS, 3_000 + self.said / SCHOOLS);
        let (code, ..) = &self.tasks[(self.said / SCHOOLS % 3) as usize];
        let text = format!("{code} tổng số trẻ {total}, đã ra lớp {}", total - 1);
        let message = world.say(who, who, &Said::text(text));
        Asked { at: world.now(), what: Waiting::Reply { chat: who, message } }
    }

    /// A principal presses the button of a post in the group.
    pub fn press(&mut self, world: &mut World) -> Asked {
        self.said += 1;
        let (_, post, button) = &self.tasks[(self.said % 3) as usize];
        let press = world.press(GROUP, 2_000 + self.said % SCHOOLS, *post, button);
        Asked { at: world.now(), what: Waiting::Press(press) }
    }
}

/// A principal asks for what is to be done.
pub fn question(world: &mut World, n: i64) -> Asked {
    let who = 2_000 + n % SCHOOLS;
    let message = world.say(who, who, &Said::text("/viec"));
    Asked { at: world.now(), what: Waiting::Reply { chat: who, message } }
}

/// How long each waited in milliseconds, as far as they were answered, in order.
pub fn waits(world: &World, asked: &[Asked]) -> Vec<i64> {
    let mut answered: HashMap<(i64, i64), i64> = HashMap::new();
    let mut pressed: HashMap<String, i64> = HashMap::new();
    for call in world.journal.iter().filter(|c| c.code == 200) {
        let id = &call.body["callback_query_id"];
        if !id.is_null() {
            let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            pressed.entry(id).or_insert(call.at);
        }
        let quoted = call.body["reply_parameters"]["message_id"].as_i64();
        if let (Some(chat), Some(message)) = (call.body["chat_id"].as_i64(), quoted) {
            answered.entry((chat, message)).or_insert(call.at);
        }
        // An answer that quotes nothing answers the last that was said there.
        if let (Some((chat, id)), None) = (call.made, quoted) {
            let said = world.chats[&chat].messages.range(..id).rev().find(|(_, m)| !m.of_bot);
            if let Some((message, _)) = said {
                answered.entry((chat, *message)).or_insert(call.at);
            }
        }
    }
    let wait = |a: &Asked| {
        let at = match &a.what {
            Waiting::Reply { chat, message } => answered.get(&(*chat, *message)),
            Waiting::Press(press) => pressed.get(press),
        };
        at.map(|at| at - a.at)
    };
    let mut waits: Vec<i64> = asked.iter().filter_map(wait).collect();
    waits.sort_unstable();
    waits
}

/// Waits for a person.
pub fn told(waits: Vec<i64>, asked: usize) -> String {
    let at = |share: usize| waits.get((waits.len() * share / 100).min(waits.len().saturating_sub(1)));
    let [half, most, all] = [50, 99, 100].map(|share| at(share).copied().unwrap_or_default());
    let answered = waits.len();
    format!("{answered} of {asked} answered: median {half} ms, 99 of 100 within {most} ms, longest {all} ms")
}
