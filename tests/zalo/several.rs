//! Two bots in one installation, each with a plan of its own: whoever meets the end of one is told of the other, and every
//! message leaves by the bot of its chat.

use crate::emulator::Place;
use crate::fake::{Fake, Said};
use crate::office::{LAN, SCHOOLS, ask, ask_in, code_in, first_code, found, until};
use crate::program::{Setup, TOKEN, server};

const SECOND: &str = "98765432:zalofake-def-uvw-BBF9lQr1AsYxZmNo";
const GROUP: &str = "zgr-00000000000000000001";
const ONE_TOO_MANY: &str = "zgr-00000000000000000002";
const BESIDE: &str = "zgr-00000000000000000003";
const SEN: &str = SCHOOLS[0].2;

/// Stands in for a principal, and has the second bot only.
const DUC: &str = "dc000000000000000009";
const OTHER: &str = "Bot Giao ban 2";

pub async fn play(mut place: Place) -> Result<(), String> {
    let zalo = server(&[TOKEN, SECOND], "2026-10-05T08:30").await?;
    let mut setup = Setup::one(false);
    setup.tokens = vec![TOKEN, SECOND];
    setup.beside = vec![("GIAOBAN_ZALO_GROUPS", "1".to_owned()), ("GIAOBAN_ZALO_PEOPLE", "3".to_owned())];
    let mut running = setup.start(&mut place, &zalo)?;
    let code = first_code(&zalo, &place).await?;
    // The specialist and two principals: the first bot has its three people and its one group.
    found(&zalo, &code, GROUP, 2).await?;

    let told = ask(&zalo, LAN, Said::text("/nhom"), "Mã gắn nhóm").await?;
    names(&told, OTHER)?;
    let code = code_in(&told, "/nhom ").ok_or("no code for the group")?;
    let bind = || Said::to_bot(format!("/nhom {code} Nhóm hai"));
    put(&zalo, 0, ONE_TOO_MANY)?;
    let told = ask_in(&zalo, ONE_TOO_MANY, LAN, bind(), (ONE_TOO_MANY, "Chưa gắn nhóm này")).await?;
    names(&told, OTHER)?;
    // The same code is good for the bot that has room.
    put(&zalo, 1, BESIDE)?;
    ask_in(&zalo, BESIDE, LAN, bind(), (BESIDE, "“Nhóm hai” đã gắn")).await?;

    let told = ask(&zalo, LAN, Said::text("/ma MN Hoa Mai"), "/dangky ").await?;
    names(&told, OTHER)?;
    let code = code_in(&told, "/dangky ").ok_or("no code for a school")?;
    let there = zalo.with(|world| {
        world.person(DUC, "Đức");
        world.private(1, DUC)
    });
    let join = Said::text(format!("/dangky {code}"));
    ask_in(&zalo, &there, DUC, join, (&there, "Đã ghi nhận")).await?;

    // One task goes to both groups; each answers where they are.
    let giao = "/giao Báo cáo trẻ 5 tuổi; hạn 16h 08/10; biểu: tổng số trẻ, đã ra lớp <= tổng số trẻ";
    let draft = ask(&zalo, LAN, Said::text(giao), "Bản soạn").await?;
    let (_, code) = draft.split_once("Bản soạn ").ok_or("a draft without a code")?;
    let code = code.split(',').next().unwrap_or_default().to_owned();
    ask(&zalo, LAN, Said::text(format!("/dang {code}")), "đã đăng").await?;
    for group in [GROUP, BESIDE] {
        until(&zalo, "the task is posted", 20, |world| world.said(group, "VIỆC MỚI").map(drop)).await?;
    }
    let first = Said::to_bot(format!("{code} tổng số trẻ 60, đã ra lớp 58"));
    ask_in(&zalo, GROUP, SEN, first, (GROUP, "đã ra lớp 58")).await?;
    let second = Said::to_bot(format!("{code} tổng số trẻ 99, đã ra lớp 90"));
    ask_in(&zalo, BESIDE, DUC, second, (BESIDE, "đã ra lớp 90")).await?;
    ask(&zalo, LAN, Said::text(format!("/tinhhinh {code}")), "2/2").await?;

    let by_the_wrong_one = zalo.with(|world| {
        let of = |chat: &str| world.chats.get(chat).map(|chat| chat.bot);
        let to = |call: &crate::fake::Call| call.body["chat_id"].as_str().map(str::to_owned);
        let sends = world.journal.iter().filter(|call| call.method.eq_ignore_ascii_case("sendMessage"));
        let wrong = |call: &&crate::fake::Call| to(call).and_then(|chat| of(&chat)) != Some(call.bot);
        let by = |bot: usize| sends.clone().filter(|call| call.bot == bot).count();
        (by(0), by(1), sends.clone().filter(wrong).count())
    });
    let ended = running.stop("INT", 12).await?;
    match by_the_wrong_one {
        (1.., 1.., 0) if ended.success() => Ok(()),
        counts => Err(format!("messages of the first, of the second, by the wrong one: {counts:?}; {ended}")),
    }
}

fn names(told: &str, bot: &str) -> Result<(), String> {
    if told.contains(bot) { Ok(()) } else { Err(format!("“{bot}” is not named: {told}")) }
}

fn put(zalo: &Fake, bot: usize, group: &str) -> Result<(), String> {
    let is_in = zalo.with(|world| world.group(bot, group, "Nhóm"));
    if is_in { Ok(()) } else { Err("the bot may not come into the group".into()) }
}
