//! Life in a group with privacy mode on: what is not for the bot never reaches it, and everything works all the same.

use crate::fake::{Call, Fake, Message, Said, Standing, World, pause};
use crate::month::{begin, code, travel};
use crate::office::{LAN, SCHOOLS, ask, found, number, press, until};

const GROUP: i64 = -1_001_234_567_891;
const MOVED: i64 = -1_001_234_567_892;
const SILENT: i64 = -1_001_234_567_893;
const SEN: i64 = SCHOOLS[0].2;
const MAI: i64 = SCHOOLS[1].2;
const CA: i64 = SCHOOLS[2].2;
const TOPIC: i64 = 55;

pub async fn play() -> Result<(), String> {
    let (fake, mut place, mut running) = begin(None, "2026-10-05T08:00").await?;
    let first = code(&fake, &place).await?;
    // Told to the bot by getMe, at its start.
    fake.with(|world| world.hears_all = false);
    travel(&fake, &mut place, &mut running, "2026-10-05T08:05").await?;
    found(&fake, &first, GROUP, 3).await?;
    let giao = "/giao Báo cáo trẻ ra lớp; hạn 16h 08/10; biểu: tổng số trẻ, đã ra lớp <= tổng số trẻ";
    let draft = ask(&fake, LAN, LAN, Said::text(giao), "Bản soạn").await?;
    press(&fake, LAN, LAN, &draft, "Đăng").await?;
    let post = until(&fake, "the task is posted", 20, |world| {
        world.said(GROUP, "VIỆC MỚI").map(|(_, message)| message.clone())
    })
    .await?;

    // Talk is not heard; a reply to the bot, a press and a command with its name are.
    let told = fake.with(|world| {
        let before = world.updates.len();
        world.say(GROUP, SEN, &Said::text("V1 tổng số trẻ 99, đã ra lớp 98"));
        world.updates.len() - before
    });
    if told > 0 {
        return Err("privacy mode let talk through".into());
    }
    let reply = |text: &str| Said { reply_to: Some(number(&post)), ..Said::text(text) };
    ask(&fake, GROUP, SEN, reply("tổng số trẻ 40, đã ra lớp 38"), "đã ra lớp 38").await?;
    press(&fake, GROUP, MAI, &post, "Đã nhận").await?;

    // In a topic the answer stands in the topic; when that is closed meanwhile, in General.
    fake.with(|world| world.chats.get_mut(&GROUP).map(|chat| chat.topics.insert(TOPIC, false)));
    let in_topic = |text: &str| Said { thread: Some(TOPIC), ..reply(text) };
    let read_back =
        ask(&fake, GROUP, SEN, in_topic("sửa: tổng số trẻ 40, đã ra lớp 37"), "đã ra lớp 37").await?;
    if read_back.json["message_thread_id"] != TOPIC {
        return Err(format!("not in the topic: {}", read_back.json));
    }
    fake.with(|world| world.chats.get_mut(&GROUP).map(|chat| chat.topics.insert(TOPIC, true)));
    let read_back =
        ask(&fake, GROUP, SEN, in_topic("sửa: tổng số trẻ 40, đã ra lớp 36"), "đã ra lớp 36").await?;
    if !read_back.json["message_thread_id"].is_null() {
        return Err(format!("in a closed topic: {}", read_back.json));
    }

    album_and_hidden_administrator(&fake, number(&post)).await?;

    // Who has blocked the bot is left alone, and heard again afterwards; who has left is told of.
    fake.with(|world| world.block(MAI, true));
    fake.with(|world| world.stand(GROUP, Standing::Administrator, Some(LAN)));
    travel(&fake, &mut place, &mut running, "2026-10-07T14:00").await?;
    until(&fake, "a day out of reach is told", 40, |world| world.said(LAN, "có thể đã mất").map(drop))
        .await?;
    until(&fake, "the other one is reminded", 40, |world| world.said(CA, "sắp hết hạn").map(drop)).await?;
    let to_mai = |call: &Call| call.body["chat_id"] == MAI && call.method == "SendMessage";
    let refused = fake.with(|world| world.journal.iter().filter(|c| to_mai(c) && c.code == 403).count());
    if refused > 1 {
        return Err(format!("{refused} messages were tried to who has blocked the bot"));
    }
    fake.with(|world| world.block(MAI, false));
    ask(&fake, MAI, MAI, Said::text("/viec"), "Báo cáo trẻ ra lớp").await?;
    fake.with(|world| world.leave(GROUP, CA));
    until(&fake, "the specialist hears who has left", 30, |world| world.said(LAN, "Vì Thị Ca (").map(drop))
        .await?;
    becomes_a_supergroup(&fake).await?;
    may_not_write_at_first(&fake).await?;
    let told = |world: &World| {
        world.chats[&LAN].messages.values().filter(|m| m.of_bot && m.text().contains("Vì Thị Ca (")).count()
    };
    if fake.with(|world| told(world)) != 1 {
        return Err("one leaving was told more than once".into());
    }
    running.stop("TERM", 10).await.map(drop)
}

/// The group has another id: it is answered there, and not greeted like one that is new.
async fn becomes_a_supergroup(fake: &Fake) -> Result<(), String> {
    fake.with(|world| world.migrate(GROUP, MOVED));
    let moved = Said::text("V1 tổng số trẻ 40, đã ra lớp 35");
    ask(fake, MOVED, SEN, moved, "đã ra lớp 35").await?;
    pause(3_000).await;
    match fake.with(|world| world.said(MOVED, "/nhom").map(|(_, message)| message.text().to_owned())) {
        Some(said) => Err(format!("a group that is known was greeted: {said}")),
        None => Ok(()),
    }
}

/// A group in which the bot may not write hears who it is once it may.
async fn may_not_write_at_first(fake: &Fake) -> Result<(), String> {
    fake.with(|world| {
        world.group(SILENT, "Nhóm tổ trưởng", &[LAN]);
        world.stand(SILENT, Standing::Restricted, Some(LAN));
    });
    pause(1_000).await;
    fake.with(|world| world.stand(SILENT, Standing::Member, Some(LAN)));
    until(fake, "it says who it is once it may", 20, |world| world.said(SILENT, "/nhom").map(drop)).await
}

/// An album is one message and answered once, in private too; who hides behind the group could be anybody.
async fn album_and_hidden_administrator(fake: &Fake, post: i64) -> Result<(), String> {
    for (chat, reply_to) in [(GROUP, Some(post)), (SEN, None)] {
        let parts: Vec<i64> = fake.with(|world| {
            let part = |n: u8| Said {
                text: if n == 0 { "V1 tổng số trẻ 50, đã ra lớp 49".into() } else { String::new() },
                reply_to,
                file: Some((format!("anh{n}.jpg"), vec![0xff, 0xd8, 0xff, n])),
                album: Some(format!("album{chat}")),
                ..Said::default()
            };
            (0..3).map(|n| world.say(chat, SEN, &part(n))).collect()
        });
        let answers = |world: &World| -> Vec<String> {
            let after = world.chats[&chat].messages.range(parts[0]..).filter(|(_, m)| m.of_bot);
            let answers = |m: &Message| {
                let quoted = m.json["reply_to_message"]["message_id"].as_i64();
                chat == SEN || quoted.is_some_and(|quoted| parts.contains(&quoted))
            };
            after.filter(|(_, m)| answers(m)).map(|(_, m)| m.text().to_owned()).collect()
        };
        until(fake, "the album is answered", 20, |world| (!answers(world).is_empty()).then_some(())).await?;
        pause(3_000).await;
        let answers = fake.with(|world| answers(world));
        if answers.len() > 1 {
            return Err(format!("an album was answered {} times: {answers:?}", answers.len()));
        }
    }
    let hidden = Said {
        anonymous: true, reply_to: Some(post), ..Said::text("tổng số trẻ 99, đã ra lớp 98")
    };
    fake.with(|world| world.say(GROUP, LAN, &hidden));
    pause(3_000).await;
    let counted =
        fake.with(|world| world.chats[&GROUP].messages.values().any(|m| m.of_bot && m.text().contains("98")));
    if counted {
        return Err("an answer of nobody in particular was counted".into());
    }
    // A school or a code would be everybody's who hides there.
    let told = fake.with(|world| world.chats[&LAN].messages.len());
    for join in ["/dangky@giaoban_bot MN Hoa Sen", "/start@giaoban_bot ABCD-2346"] {
        let join = Said { anonymous: true, ..Said::text(join) };
        ask(fake, GROUP, LAN, join, "ẩn danh").await?;
    }
    pause(1_000).await;
    let asked = fake.with(|world| world.chats[&LAN].messages.len()) > told;
    if asked { Err("nobody in particular was proposed for a school".into()) } else { Ok(()) }
}
