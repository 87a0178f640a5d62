//! An office on the make-believe Telegram, set up in chat from nothing by a specialist: no page, no operator beyond the token.

use crate::fake::{Fake, Message, Said, Standing, World, pause};

/// The specialist.
pub const LAN: i64 = 1_001;

/// Schools, with their principals.
pub const SCHOOLS: [(&str, &str, i64); 8] = [
    ("Trường Mầm non Hoa Sen", "Hoàng Thị Sen", 2_001),
    ("Trường Mầm non Hoa Mai", "Lò Thị Mai", 2_002),
    ("Trường Mầm non Sơn Ca", "Vì Thị Ca", 2_003),
    ("Trường Mầm non Tràng An", "Đinh Thị An", 2_004),
    ("Trường Mầm non Bình Minh", "Cầm Thị Minh", 2_005),
    ("Trường Mầm non Ánh Dương", "Quàng Thị Dương", 2_006),
    ("Trường Mầm non Họa Mi", "Lường Thị Mi", 2_007),
    ("Trường Mầm non Vành Khuyên", "Tòng Thị Khuyên", 2_008),
];

/// Waits until something is so, for so many seconds at most.
pub async fn until<T>(
    fake: &Fake,
    what: &str,
    seconds: u64,
    look: impl Fn(&World) -> Option<T>,
) -> Result<T, String> {
    for _ in 0..seconds * 40 {
        if let Some(found) = fake.with(|world| look(world)) {
            return Ok(found);
        }
        pause(25).await;
    }
    Err(format!("not within {seconds} s: {what}\n{}", fake.with(|world| talk(world))))
}

/// What was said last in every chat, for a person who looks for what went wrong.
fn talk(world: &World) -> String {
    let mut lines = Vec::new();
    for chat in world.chats.values() {
        for (id, message) in chat.messages.iter().rev().take(6).collect::<Vec<_>>().into_iter().rev() {
            let who = if message.of_bot { "bot" } else { "   " };
            lines.push(format!("{} {who} #{id} {}", chat.title, message.text().replace('\n', " / ")));
        }
    }
    let refused = world.journal.iter().rev().filter(|c| c.code != 200).take(5);
    lines.extend(refused.map(|c| format!("{} → {} {}", c.method, c.code, c.body)));
    lines.join("\n")
}

/// Somebody says something, and the bot answers in that chat with a message that holds these words.
pub async fn ask(fake: &Fake, chat: i64, from: i64, said: Said, part: &str) -> Result<Message, String> {
    let id = fake.with(|world| world.say(chat, from, &said));
    let what = format!("“{part}” after “{}”", said.text);
    until(fake, &what, 30, |world| {
        let after = world.chats.get(&chat)?.messages.range(id + 1..);
        after.map(|(_, m)| m).find(|m| m.of_bot && m.text().contains(part)).cloned()
    })
    .await
}

/// The number of a message.
pub fn number(message: &Message) -> i64 {
    message.json["message_id"].as_i64().unwrap_or_default()
}

/// Somebody presses a button of a message that stands, and is answered.
pub async fn press(fake: &Fake, chat: i64, from: i64, message: &Message, label: &str) -> Result<(), String> {
    let data = message.button(label).ok_or_else(|| format!("no button {label}: {}", message.json))?;
    let press = fake.with(|world| world.press(chat, from, number(message), &data));
    until(fake, &format!("an answer to the press of {label}"), 30, |world| {
        world.presses.get(&press).filter(|p| p.answers > 0).map(drop)
    })
    .await
}

/// The code of the first specialist, from what the program says when it starts.
pub fn first_code(told: &str) -> Option<String> {
    let (_, rest) = told.split_once("?start=")?;
    rest.split_whitespace().next().map(str::to_owned)
}

/// Lan founds the office, makes the group and hands every principal a code. Her group has this id; the bot is no
/// administrator at first.
pub async fn found(fake: &Fake, code: &str, group: i64, schools: usize) -> Result<(), String> {
    let schools = &SCHOOLS[..schools];
    fake.with(|world| {
        world.person(LAN, "Lan");
        for (_, principal, id) in schools {
            world.person(*id, principal);
        }
    });
    ask(fake, LAN, LAN, Said::text(format!("/start {code}")), "").await?;
    let mut register =
        "Mã trường;Tên trường;Loại hình;Thôn;Cụm;Hiệu trưởng / Chủ cơ sở;Điện thoại;Tên khác\n".to_owned();
    for (n, (school, principal, _)) in schools.iter().enumerate() {
        register
            .push_str(&format!("MN{n:03};{school};Công lập;Khe Lim;Cụm 1;{principal};0900 000 0{n:02};\n"));
    }
    let file = Some(("so-truong.csv".to_owned(), register.into_bytes()));
    let added = format!("thêm {}", schools.len());
    ask(fake, LAN, LAN, Said { file, ..Said::default() }, &added).await?;
    ask(fake, LAN, LAN, Said::text("/caidat đơn vị Phòng Văn hóa - Xã hội xã Suối Ngàn"), "Suối Ngàn")
        .await?;
    let members: Vec<i64> = [LAN].into_iter().chain(schools.iter().map(|s| s.2)).collect();
    fake.with(|world| {
        world.group(group, "Nhóm hiệu trưởng", &members);
        world.stand(group, Standing::Member, Some(LAN));
    });
    until(fake, "the bot says who it is", 20, |world| world.said(group, "/nhom").map(drop)).await?;
    fake.with(|world| world.say(group, LAN, &Said::text("/nhom@giaoban_bot")));
    until(fake, "the group is bound", 20, |world| {
        world.said(group, "Nhóm").or_else(|| world.said(LAN, "đã gắn")).map(drop)
    })
    .await?;
    let codes = ask(fake, LAN, LAN, Said::text("/ma tất cả"), "MN Hoa Sen").await?;
    for (school, _, id) in schools {
        let short = school.replace("Trường Mầm non", "MN");
        let line = codes.text().lines().find(|line| line.contains(&short)).unwrap_or_default();
        let (_, code) =
            line.split_once("start=").ok_or_else(|| format!("no code for {short}: {}", codes.text()))?;
        fake.with(|world| world.say(*id, *id, &Said::text(format!("/start {}", code.trim()))));
    }
    for (_, _, id) in schools {
        until(fake, "a principal is known", 30, |world| world.said(*id, "Đã ghi nhận").map(drop)).await?;
    }
    Ok(())
}
