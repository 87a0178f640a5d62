//! A small month on the real program: set up in chat, posted, answered in every way, reminded, told who is missing.

use std::path::PathBuf;
use std::time::Duration;

use crate::fake::{Fake, Mishap, Order, Said, Standing};
use crate::office::{LAN, SCHOOLS, ask, first_code, found, number, press, until};
use crate::program::{Place, Running, TOKEN};

const GROUP: i64 = -1_001_234_567_890;
const SEN: i64 = SCHOOLS[0].2;
const MAI: i64 = SCHOOLS[1].2;
const CA: i64 = SCHOOLS[2].2;

/// A time in Vietnam, in milliseconds since 1970.
pub fn at(text: &str) -> Result<i64, String> {
    let time = chrono::DateTime::parse_from_rfc3339(&format!("{text}:00+07:00"));
    time.map(|t| t.timestamp_millis()).map_err(|e| format!("{text}: {e}"))
}

/// Moves everybody's time; the program is stopped and started over it.
pub async fn travel(fake: &Fake, place: &mut Place, running: &mut Running, to: &str) -> Result<(), String> {
    let to = at(to)?;
    // One that has only just been started does not listen to signals yet.
    until(fake, "the program runs", 20, |_| (!place.log().is_empty()).then_some(())).await?;
    let ended = running.stop("TERM", 10).await?;
    if !ended.success() {
        return Err(format!("ended with {ended}"));
    }
    let polls = fake.with(|world| {
        world.shift += to - world.now();
        world.poll
    });
    *running = place.start(fake)?;
    until(fake, "the program listens again", 30, |world| (world.poll > polls).then_some(())).await
}

/// A server and the program on it, on the morning of this day.
pub async fn begin(program: Option<PathBuf>, day: &str) -> Result<(Fake, Place, Running), String> {
    begin_in(Place::new(program)?, day).await
}

/// The same, with a place of its own.
pub async fn begin_in(mut place: Place, day: &str) -> Result<(Fake, Place, Running), String> {
    let fake = Fake::start(TOKEN, 0).await.map_err(|e| e.to_string())?;
    let start = at(day)?;
    fake.with(|world| world.shift = start - world.now());
    let running = place.start(&fake)?;
    Ok((fake, place, running))
}

/// The code that the program tells whoever has started it.
pub async fn code(fake: &Fake, place: &Place) -> Result<String, String> {
    until(fake, "the program tells a code", 30, |_| first_code(&place.told()))
        .await
        .map_err(|e| format!("{e}\n{}", place.log()))
}

pub async fn play(place: Place) -> Result<(Fake, Place), String> {
    let (fake, mut place, mut running) = begin_in(place, "2026-09-28T09:00").await?;
    let code = code(&fake, &place).await?;
    found(&fake, &code, GROUP, 4).await?;
    until(&fake, "the specialist is offered her commands", 20, |world| {
        let (_, offered) = world.commands.iter().find(|((scope, _), _)| scope.contains(&LAN.to_string()))?;
        offered.as_array()?.iter().any(|c| c["command"] == "giao").then_some(())
    })
    .await?;

    // The plan of the year: read, agreed to, posted on its day.
    let plan = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/schedule_2026_2027.txt"));
    let file = Some(("lich.txt".to_owned(), plan.map_err(|e| e.to_string())?));
    let draft = ask(&fake, LAN, LAN, Said { file, ..Said::default() }, "Tháng 10/2026").await?;
    press(&fake, LAN, LAN, &draft, "Dùng lịch này").await?;
    travel(&fake, &mut place, &mut running, "2026-10-01T08:00").await?;
    let post = until(&fake, "the month is posted", 30, |world| {
        world.said(GROUP, "THÁNG 10/2026").map(|(_, message)| message.clone())
    })
    .await?;
    // The bot may not pin yet; as soon as it may, it does.
    until(&fake, "it may not pin", 20, |world| {
        world.journal.iter().any(|c| c.method == "PinChatMessage" && c.code == 400).then_some(())
    })
    .await?;
    fake.with(|world| world.stand(GROUP, Standing::Administrator, Some(LAN)));
    until(&fake, "it is pinned", 20, |world| {
        world.chats[&GROUP].pinned.contains(&number(&post)).then_some(())
    })
    .await?;

    // A task by hand, with a form; answered by a reply, in private, by a press, and with a wrong figure.
    let giao =
        "/giao Báo cáo trẻ 5 tuổi; hạn 16h 08/10; biểu: tổng số trẻ 5 tuổi, đã ra lớp <= tổng số trẻ 5 tuổi";
    let draft = ask(&fake, LAN, LAN, Said::text(giao), "Bản soạn").await?;
    let (_, code) = draft.text().split_once("Bản soạn ").ok_or("a draft without a code")?;
    let code = code.split(',').next().unwrap_or_default();
    press(&fake, LAN, LAN, &draft, "Đăng").await?;
    let post = until(&fake, "the task is posted", 20, |world| {
        world.said(GROUP, "VIỆC MỚI").map(|(_, message)| message.clone())
    })
    .await?;
    press(&fake, GROUP, MAI, &post, "Đã nhận").await?;
    let reply = Said { reply_to: Some(number(&post)), ..Said::text("trẻ 5 tuổi 60, ra lớp 58") };
    let read_back = ask(&fake, GROUP, SEN, reply, "đã ra lớp 58").await?;
    let first = read_back.json["reply_to_message"]["message_id"].as_i64().unwrap_or_default();
    fake.with(|world| world.edit(GROUP, first, "trẻ 5 tuổi 60, ra lớp 59"));
    until(&fake, "the edited answer counts", 20, |world| world.said(GROUP, "đã ra lớp 59").map(drop)).await?;
    let odd = Said { reply_to: Some(number(&post)), ..Said::text("trẻ 5 tuổi 40, ra lớp 45") };
    fake.with(|world| world.say(GROUP, CA, &odd));
    until(&fake, "the odd figure is asked about in private", 20, |world| world.said(CA, "45").map(drop))
        .await?;
    ask(&fake, CA, CA, Said::text("đã ra lớp 39"), "đã ra lớp 39").await?;

    // Reminders, in spite of a server that has its moods.
    let order = |method: &str, mishap| Order { method: method.into(), chat: None, times: 1, mishap };
    fake.with(|world| {
        world.chaos.orders.extend([
            order("sendmessage", Mishap::TooMany(2)),
            order("sendmessage", Mishap::BadGateway),
            order("getupdates", Mishap::CutBefore),
        ]);
    });
    travel(&fake, &mut place, &mut running, "2026-10-07T14:00").await?;
    until(&fake, "who has not answered is reminded in private", 60, |world| {
        world.said(MAI, "sắp hết hạn").map(drop)
    })
    .await?;
    let told = |id: i64| fake.with(|world| world.said(id, "Báo cáo trẻ 5 tuổi").is_some());
    if told(SEN) || told(CA) {
        return Err("who has answered was reminded".into());
    }
    let request = Said::text(format!("{code} cho em xin lùi đến thứ Hai"));
    fake.with(|world| world.say(MAI, MAI, &request));
    let wish = until(&fake, "the wish reaches the specialist", 30, |world| {
        world.said(LAN, "xin lùi").map(|(_, message)| message.clone())
    })
    .await?;
    press(&fake, LAN, LAN, &wish, "Đồng ý").await?;
    until(&fake, "she may have more time", 20, |world| world.said(MAI, "gia hạn").map(drop)).await?;
    ask(&fake, LAN, LAN, Said::text(format!("/tinhhinh {code}")), "2/4").await?;

    // Put out and taken in again, restricted, renamed; a plain SIGINT at the end.
    fake.with(|world| world.rename(GROUP, LAN, "Hiệu trưởng xã Suối Ngàn"));
    fake.with(|world| world.stand(GROUP, Standing::Kicked, Some(LAN)));
    fake.with(|world| world.stand(GROUP, Standing::Member, Some(LAN)));
    travel(&fake, &mut place, &mut running, "2026-10-16T14:00").await?;
    let today = at("2026-10-16T14:00")?;
    until(&fake, "the group that took it in again is reminded", 60, |world| {
        let (_, message) = world.said(GROUP, "Hạn sắp hết")?;
        (message.at >= today).then_some(())
    })
    .await?;
    travel(&fake, &mut place, &mut running, "2026-10-19T08:00").await?;
    let today = at("2026-10-19T08:00")?;
    until(&fake, "the specialist has the list of whom to call", 60, |world| {
        let (_, message) = world.said(LAN, "Danh sách cần gọi")?;
        (message.at >= today).then_some(())
    })
    .await?;
    let ended = tokio::time::timeout(Duration::from_secs(11), running.stop("INT", 10)).await;
    let ended = ended.map_err(|_| "it did not end on SIGINT")??;
    if !ended.success() {
        return Err(format!("SIGINT: {ended}"));
    }
    Ok((fake, place))
}
