//! An office on the make-believe Zalo, set up in chat from nothing by a specialist: no page beyond the one for files, no
//! operator beyond the token.

use crate::emulator::{Place, pause};
use crate::fake::{Fake, Kind, Said, World};

/// The specialist.
pub const LAN: &str = "1an00000000000000001";

/// Schools, with their principals.
pub const SCHOOLS: [(&str, &str, &str); 6] = [
    ("Trường Mầm non Hoa Sen", "Hoàng Thị Sen", "5e000000000000000002"),
    ("Trường Mầm non Hoa Mai", "Lò Thị Mai", "3a100000000000000003"),
    ("Trường Mầm non Sơn Ca", "Vì Thị Ca", "ca000000000000000004"),
    ("Trường Mầm non Tràng An", "Đinh Thị An", "a0000000000000000005"),
    ("Trường Mầm non Bình Minh", "Cầm Thị Minh", "b0000000000000000006"),
    ("Trường Mầm non Ánh Dương", "Quàng Thị Dương", "d0000000000000000007"),
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
        for (_, message) in chat.messages.iter().rev().take(6).collect::<Vec<_>>().into_iter().rev() {
            let who = if message.of_bot { "bot" } else { "   " };
            lines.push(format!("{} {who} {}", chat.title, message.text.replace('\n', " / ")));
        }
    }
    let refused = world.journal.iter().rev().filter(|c| !matches!(c.code, 200 | 408)).take(5);
    lines.extend(refused.map(|c| format!("{} → {} {}", c.method, c.code, c.body)));
    lines.join("\n")
}

/// The newest message of the bot in a chat with these words, behind so many messages.
fn after(world: &World, chat: &str, behind: usize, part: &str) -> Option<String> {
    let messages = world.chats.get(chat)?.messages.iter().skip(behind);
    messages.map(|(_, m)| m).find(|m| m.of_bot && m.text.contains(part)).map(|m| m.text.clone())
}

/// Somebody writes to the bot in private, and it answers there with these words.
pub async fn ask(fake: &Fake, person: &str, said: Said, part: &str) -> Result<String, String> {
    let chat = fake.with(|world| world.private(0, person));
    ask_in(fake, &chat, person, said, (&chat, part)).await
}

/// Somebody says something in a chat, and the bot answers in that one or another.
pub async fn ask_in(
    fake: &Fake,
    chat: &str,
    person: &str,
    said: Said,
    (answers_in, part): (&str, &str),
) -> Result<String, String> {
    let what = format!("“{part}” after “{}” of {person}", said.text);
    let behind = fake.with(|world| {
        let behind = world.chats.get(answers_in).map_or(0, |chat| chat.messages.len());
        world.say(chat, person, &said);
        behind
    });
    until(fake, &what, 40, |world| after(world, answers_in, behind, part)).await
}

/// Somebody sends a document, opens the link that the bot answers with, and hands the file in there; the bot answers in chat.
pub async fn hand_in(
    fake: &Fake,
    person: &str,
    (name, bytes): (&str, Vec<u8>),
    words: &str,
    part: &str,
) -> Result<String, String> {
    let document = Said { kind: Kind::Unsupported, ..Said::default() };
    let told = ask(fake, person, document, "/gui/").await?;
    let link = told.split_whitespace().find(|word| word.contains("/gui/")).ok_or("no link")?;
    let client = reqwest::Client::new();
    let page = client.get(link).send().await.map_err(|e| e.to_string())?;
    if !page.status().is_success() {
        return Err(format!("the page of the link: {}", page.status()));
    }
    let forged = client.get(format!("{link}0")).send().await.map_err(|e| e.to_string())?;
    if forged.status().as_u16() != 404 {
        return Err(format!("a link that was altered: {}", forged.status()));
    }
    let chat = fake.with(|world| world.private(0, person));
    let behind = fake.with(|world| world.chats[&chat].messages.len());
    let file = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("files", file).text("words", words.to_owned());
    let taken = client.post(link).multipart(form).send().await.map_err(|e| e.to_string())?;
    if !taken.status().is_success() {
        return Err(format!("handing in: {}", taken.status()));
    }
    // The page that was gone to says what was taken: whoever loads it again sends nothing again.
    let went_on = taken.url().query().is_some_and(|query| query.starts_with("once="));
    let page = taken.text().await.map_err(|e| e.to_string())?;
    if !went_on || !page.contains(&format!("Đã nhận: {name}")) {
        return Err(format!("the page after handing in: {page}"));
    }
    until(fake, &format!("“{part}” after {name}"), 40, |world| after(world, &chat, behind, part)).await
}

/// The code of the first specialist, from what the program says when it starts.
pub async fn first_code(fake: &Fake, place: &Place) -> Result<String, String> {
    let told = || code_in(&place.told(), "/dangky ");
    until(fake, "the program tells a code", 30, |_| told()).await.map_err(|e| format!("{e}\n{}", place.log()))
}

/// The code that stands behind these words.
pub fn code_in(text: &str, before: &str) -> Option<String> {
    let (_, rest) = text.split_once(before)?;
    rest.split_whitespace().next().map(|code| code.trim_end_matches(['.', ',']).to_owned())
}

/// Lan founds the office, binds the group by a code and hands every principal a code.
pub async fn found(fake: &Fake, code: &str, group: &str, schools: usize) -> Result<(), String> {
    let schools = &SCHOOLS[..schools];
    fake.with(|world| {
        world.person(LAN, "Lan");
        for (_, principal, id) in schools {
            world.person(id, principal);
        }
    });
    ask(fake, LAN, Said::text(format!("/dangky {code}")), "chuyên viên đầu tiên").await?;
    let mut register =
        "Mã trường;Tên trường;Loại hình;Thôn;Cụm;Hiệu trưởng / Chủ cơ sở;Điện thoại;Tên khác\n".to_owned();
    for (n, (school, principal, _)) in schools.iter().enumerate() {
        register
            .push_str(&format!("MN{n:03};{school};Công lập;Khe Lim;Cụm 1;{principal};0900 000 0{n:02};\n"));
    }
    let added = format!("thêm {}", schools.len());
    hand_in(fake, LAN, ("so-truong.csv", register.into_bytes()), "", &added).await?;
    let name = Said::text("/caidat đơn vị Phòng Văn hóa - Xã hội xã Suối Ngàn");
    ask(fake, LAN, name, "Suối Ngàn").await?;
    let told = ask(fake, LAN, Said::text("/nhom"), "Mã gắn nhóm").await?;
    let code = code_in(&told, "/nhom ").ok_or("no code for the group")?;
    if !fake.with(|world| world.group(0, group, "Nhóm hiệu trưởng")) {
        return Err("the bot may not come into the group".into());
    }
    let bind = Said::to_bot(format!("/nhom {code} Nhóm hiệu trưởng"));
    ask_in(fake, group, LAN, bind, (group, "Nhóm hiệu trưởng")).await?;
    let codes = ask(fake, LAN, Said::text("/ma tất cả"), "MN Hoa Sen").await?;
    for (school, _, id) in schools {
        let short = school.replace("Trường Mầm non", "MN");
        let line = codes.lines().find(|line| line.contains(&short)).unwrap_or_default();
        let code = code_in(line, "/dangky ").ok_or_else(|| format!("no code for {short}: {codes}"))?;
        ask(fake, id, Said::text(code), "Đã ghi nhận").await?;
    }
    Ok(())
}
