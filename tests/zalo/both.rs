//! One office on Telegram and on Zalo at once, on the real program: accounts are linked, what is handed out goes to both groups,
//! a school answers on either, and everything that is told of it is told on both.

use crate::emulator::Place;
use crate::fake::Said;
use crate::office::{LAN, SCHOOLS, ask, ask_in, code_in, found, until};
use crate::program::{Setup, TOKEN, at, server};
use crate::telegram::{Fake as Telegram, Said as Words, Standing};

pub const GROUP: &str = "zgr-00000000000000000001";
const SEN: &str = SCHOOLS[0].2;
const MAI: &str = SCHOOLS[1].2;
const CA: &str = SCHOOLS[2].2;

/// On Telegram: the group, the specialist, one principal.
pub const THERE: i64 = -1_009_999_000_002;
pub const LAN_THERE: i64 = 1_001;
const MAI_THERE: i64 = 2_002;

pub const TELEGRAM_TOKEN: &str = "123456:tgfake-AAE8kPq0ZrVwXyLmNoPqRsTuVwXyZ1234";

pub async fn play(mut place: Place) -> Result<(), String> {
    let zalo = server(&[TOKEN], "2026-10-05T08:30").await?;
    let telegram = Telegram::start(TELEGRAM_TOKEN, 0).await.map_err(|e| e.to_string())?;
    telegram.with(|world| world.shift = zalo.with(|world| world.shift));
    let beside = vec![
        ("GIAOBAN_TELEGRAM_TOKEN", TELEGRAM_TOKEN.to_owned()),
        ("GIAOBAN_TELEGRAM_API_URL", telegram.address.clone()),
    ];
    let setup = Setup { beside, ..Setup::one(false) };
    let mut running = setup.start(&mut place, &zalo)?;
    let told = || code_in(&place.told(), "/dangky ").or_else(|| code_in(&place.told(), "?start="));
    let code = until(&zalo, "the program tells a code", 30, |_| told()).await?;
    found(&zalo, &code, GROUP, 3).await?;

    // Two people have Telegram as well; the office has a group there.
    telegram.with(|world| {
        world.person(LAN_THERE, "Lan");
        world.person(MAI_THERE, "Mai");
    });
    for (here, there) in [(LAN, LAN_THERE), (MAI, MAI_THERE)] {
        let told = ask(&zalo, here, Said::text("/lienket"), "Mã liên kết").await?;
        let code = code_in(&told, "/dangky ").ok_or("no code for an account")?;
        ask_there(&telegram, there, there, &format!("/start {code}"), "Đã liên kết").await?;
    }
    telegram.with(|world| {
        world.group(THERE, "Nhóm Telegram", &[LAN_THERE, MAI_THERE]);
        world.stand(THERE, Standing::Administrator, Some(LAN_THERE));
    });
    wait_there(&telegram, THERE, "/nhom").await?;
    telegram.with(|world| world.say(THERE, LAN_THERE, &Words::text("/nhom@giaoban_bot")));
    wait_there(&telegram, THERE, "đã gắn").await?;

    // One draft goes to both groups.
    let giao = "/giao Báo cáo trẻ 5 tuổi; hạn 16h 08/10; biểu: tổng số trẻ, đã ra lớp <= tổng số trẻ";
    let draft = ask(&zalo, LAN, Said::text(giao), "Bản soạn").await?;
    let (_, code) = draft.split_once("Bản soạn ").ok_or("a draft without a code")?;
    let code = code.split(',').next().unwrap_or_default().to_owned();
    ask_there(&telegram, LAN_THERE, LAN_THERE, &format!("/dang {code}"), "đã đăng").await?;
    until(&zalo, "the task is posted on Zalo", 20, |world| world.said(GROUP, "VIỆC MỚI").map(drop)).await?;
    wait_there(&telegram, THERE, "VIỆC MỚI").await?;

    // Each answers where they are; what was said on one platform is put right on the other.
    ask_in(
        &zalo,
        GROUP,
        SEN,
        Said::to_bot(format!("{code} tổng số trẻ 60, đã ra lớp 58")),
        (GROUP, "đã ra lớp 58"),
    )
    .await?;
    let figures = format!("{code} tổng số trẻ 99, đã ra lớp 90");
    ask_there(&telegram, THERE, MAI_THERE, &figures, "đã ra lớp 90").await?;
    ask(&zalo, MAI, Said::text(format!("{code} sửa đã ra lớp 91")), "trước đó").await?;
    let here = ask(&zalo, LAN, Said::text(format!("/tinhhinh {code}")), "2/3").await?;
    let there = ask_there(&telegram, LAN_THERE, LAN_THERE, &format!("/tinhhinh {code}"), "2/3").await?;
    for told in [&here, &there] {
        if !told.contains("đã ra lớp 149") {
            return Err(format!("not the one truth: {told}"));
        }
    }

    // Only who is missing is reminded, once, where they are; both groups have the same counts.
    let to = at("2026-10-07T14:00")?;
    telegram.with(|world| world.shift += to - world.now());
    setup.travel((&zalo, &mut place, &mut running), "2026-10-07T14:00").await?;
    until(&zalo, "who is missing is reminded", 60, |world| world.said(CA, "sắp hết hạn").map(drop)).await?;
    until(&zalo, "the group on Zalo is told", 60, |world| world.said(GROUP, "2/3").map(drop)).await?;
    wait_there(&telegram, THERE, "2/3").await?;
    let reminded = zalo.with(|world| [SEN, MAI].iter().any(|id| world.said(id, "sắp hết hạn").is_some()))
        || telegram.with(|world| world.said(MAI_THERE, "sắp hết hạn").is_some());
    if reminded {
        return Err("who has answered was reminded".into());
    }
    let ended = running.stop("INT", 12).await?;
    if ended.success() { Ok(()) } else { Err(format!("SIGINT: {ended}")) }
}

/// Somebody says something on Telegram, and the bot answers in that chat with these words.
pub async fn ask_there(
    telegram: &Telegram,
    chat: i64,
    from: i64,
    words: &str,
    part: &str,
) -> Result<String, String> {
    let id = telegram.with(|world| world.say(chat, from, &Words::text(words)));
    look_there(telegram, chat, id, part).await
}

pub async fn wait_there(telegram: &Telegram, chat: i64, part: &str) -> Result<String, String> {
    look_there(telegram, chat, 0, part).await
}

async fn look_there(telegram: &Telegram, chat: i64, behind: i64, part: &str) -> Result<String, String> {
    for _ in 0..4_800 {
        let found = telegram.with(|world| {
            let after = world.chats.get(&chat)?.messages.range(behind + 1..);
            let text = |m: &crate::telegram::Message| m.text().to_owned();
            after.map(|(_, m)| m).find(|m| m.of_bot && m.text().contains(part)).map(text)
        });
        if let Some(found) = found {
            return Ok(found);
        }
        crate::emulator::pause(25).await;
    }
    let said = telegram.with(|world| {
        let chat = world.chats.get(&chat);
        chat.map(|c| c.messages.values().map(|m| m.text().to_owned()).collect::<Vec<_>>().join("\n"))
    });
    Err(format!("not on Telegram: “{part}”\n{}", said.unwrap_or_default()))
}
