//! A small month on the real program: set up in chat, posted, answered in every way that Zalo has, reminded, told who is
//! missing.

use crate::emulator::{Mishap, Order, Place};
use crate::fake::{Fake, Idle, Kind, Said};
use crate::office::{LAN, SCHOOLS, ask, ask_in, first_code, found, hand_in, until};
use crate::program::{Setup, TOKEN, at, server};

const GROUP: &str = "zgr-00000000000000000001";
const SEN: &str = SCHOOLS[0].2;
const MAI: &str = SCHOOLS[1].2;
const CA: &str = SCHOOLS[2].2;

pub async fn play(mut place: Place, by_webhook: bool) -> Result<(), String> {
    let setup = Setup::one(by_webhook);
    let fake = server(&[TOKEN], "2026-09-28T09:00").await?;
    fake.with(|world| {
        world.ways.idle = if by_webhook { Idle::Body } else { Idle::Status };
        world.ways.wrapped = by_webhook;
    });
    let mut running = setup.start(&mut place, &fake)?;
    let code = first_code(&fake, &place).await?;
    found(&fake, &code, GROUP, 4).await?;

    // The plan of the year: handed in by the page, agreed to by a word, posted on its day.
    let plan = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/schedule_2026_2027.txt"));
    let plan = plan.map_err(|e| e.to_string())?;
    hand_in(&fake, LAN, ("lich.txt", plan), "", "Tháng 10/2026").await?;
    ask(&fake, LAN, Said::text("/dang lịch"), "Đã dùng lịch").await?;
    setup.travel((&fake, &mut place, &mut running), "2026-10-01T08:00").await?;
    until(&fake, "the month is posted", 30, |world| world.said(GROUP, "THÁNG 10/2026").map(drop)).await?;

    // A task with a form; answered in the group after a mention, by a quote, in private, and with a wrong figure.
    let giao =
        "/giao Báo cáo trẻ 5 tuổi; hạn 16h 08/10; biểu: tổng số trẻ 5 tuổi, đã ra lớp <= tổng số trẻ 5 tuổi";
    let draft = ask(&fake, LAN, Said::text(giao), "Bản soạn").await?;
    let (_, code) = draft.split_once("Bản soạn ").ok_or("a draft without a code")?;
    let code = code.split(',').next().unwrap_or_default().to_owned();
    ask(&fake, LAN, Said::text(format!("/dang {code}")), "đã đăng").await?;
    let post = until(&fake, "the task is posted", 20, |world| {
        let messages = &world.chats[GROUP].messages;
        messages.iter().find(|(_, m)| m.of_bot && m.text.contains("VIỆC MỚI")).map(|(id, _)| id.clone())
    })
    .await?;
    let talk = fake.with(|world| {
        let told = world.told.len();
        world.say(GROUP, SEN, &Said::text(format!("{code} trẻ 5 tuổi 99, ra lớp 98")));
        world.told.len() - told
    });
    if talk > 0 {
        return Err("what is not for the bot was told to it".into());
    }
    let figures = Said::to_bot(format!("{code} trẻ 5 tuổi 60, ra lớp 58"));
    ask_in(&fake, GROUP, SEN, figures, (GROUP, "đã ra lớp 58")).await?;
    let quoting = Said { quote: Some(post), ..Said::text(format!("{code} sửa: ra lớp 59")) };
    ask_in(&fake, GROUP, SEN, quoting, (GROUP, "đã ra lớp 59")).await?;
    ask(&fake, CA, Said::text(format!("{code} trẻ 5 tuổi 40, ra lớp 45")), "45").await?;
    ask(&fake, CA, Said::text("đã ra lớp 39"), "đã ra lớp 39").await?;

    // What Zalo does not pass on gets one answer that helps; a picture is passed on.
    let voice = Said { kind: Kind::Voice, ..Said::default() };
    ask(&fake, MAI, voice, "tin thoại").await?;
    ask(&fake, LAN, Said::text("/giao Nộp báo cáo bán trú; hạn 16h 09/10; biểu: báo cáo (tệp)"), "Bản soạn")
        .await?;
    ask(&fake, LAN, Said::text("/dang"), "đã đăng").await?;
    hand_in(&fake, MAI, ("bao-cao.pdf", b"%PDF-1.4 x".to_vec()), "V54", "V54: báo cáo: tệp bao-cao.pdf")
        .await?;

    // A picture is fetched when it comes: Zalo lets go of it. One that cannot be had is told of.
    let photo = || Said { kind: Kind::Photo(b"\xff\xd8\xff".to_vec()), ..Said::to_bot("V54") };
    ask_in(&fake, GROUP, SEN, photo(), (GROUP, "V54: báo cáo: tệp 2026-10-01_")).await?;
    fake.with(|world| world.ways.expired = true);
    ask(&fake, CA, Said { text: String::new(), ..photo() }, "chưa ghi nhận").await?;
    fake.with(|world| world.ways.expired = false);

    // The table comes by a link that expires.
    let told = ask(&fake, LAN, Said::text(format!("/bang {code}")), "/tep/").await?;
    let link = told.split_whitespace().find(|word| word.contains("/tep/")).ok_or("no link to the table")?;
    let table = reqwest::get(link).await.map_err(|e| e.to_string())?;
    let bytes = table.bytes().await.map_err(|e| e.to_string())?;
    if !bytes.starts_with(b"PK") {
        return Err("no workbook behind the link".into());
    }

    // Beside it stands a picture of it, which the server has fetched; where it takes none, its address stands in the words.
    let pictured = |fake: &Fake| {
        fake.with(|w| w.journal.iter().filter(|c| c.method == "sendPhoto" && c.code == 200).count())
    };
    if pictured(&fake) != 1 {
        return Err("the table was not shown as a picture".into());
    }
    let refuse = Mishap::Refuse(400, "photo is not supported".into());
    let order = Order { method: "sendphoto".into(), chat: None, times: 1, mishap: refuse };
    fake.with(|w| w.chaos.orders.push(order));
    let told = ask(&fake, LAN, Said::text(format!("/bang {code}")), "/anh/").await?;
    let link = told.split_whitespace().find(|word| word.contains("/anh/")).ok_or("no link to the picture")?;
    let status = |link: String| async move {
        reqwest::get(link).await.map(|a| a.status().as_u16()).map_err(|e| e.to_string())
    };
    let altered = link.replace("/anh/", "/anh/x");
    if (status(link.to_owned()).await?, status(altered).await?) != (200, 404) {
        return Err("the picture is not where it is said to be, or an altered link opens it".into());
    }

    // Reminders, in spite of a server that has its moods.
    let order = |method: &str, mishap| Order { method: method.into(), chat: None, times: 1, mishap };
    fake.with(|world| {
        world.chaos.orders.extend([
            order("sendmessage", Mishap::TooMany(0)),
            order("sendmessage", Mishap::BadGateway),
            order("getupdates", Mishap::CutBefore),
        ]);
    });
    setup.travel((&fake, &mut place, &mut running), "2026-10-07T14:00").await?;
    until(&fake, "who has not answered is reminded in private", 60, |world| {
        world.said(MAI, "sắp hết hạn").map(drop)
    })
    .await?;
    let reminded = |id: &str| {
        fake.with(|world| world.said(id, "sắp hết hạn").is_some_and(|m| m.text.contains("trẻ 5 tuổi")))
    };
    if reminded(SEN) || reminded(CA) {
        return Err("who has answered was reminded".into());
    }
    fake.with(|world| world.write(0, MAI, &Said::text(format!("{code} cho em xin lùi đến thứ Hai"))));
    until(&fake, "the wish reaches the specialist", 30, |world| world.said(LAN, "xin lùi").map(drop)).await?;
    ask(&fake, LAN, Said::text("đồng ý"), "gia hạn").await?;
    until(&fake, "she may have more time", 20, |world| world.said(MAI, "gia hạn").map(drop)).await?;
    ask(&fake, LAN, Said::text(format!("/tinhhinh {code}")), "2/4").await?;

    setup.travel((&fake, &mut place, &mut running), "2026-10-16T14:00").await?;
    let today = at("2026-10-16T14:00")?;
    until(&fake, "the group is reminded", 60, |world| {
        world.said(GROUP, "Hạn sắp hết").filter(|message| message.at >= today).map(drop)
    })
    .await?;
    setup.travel((&fake, &mut place, &mut running), "2026-10-19T08:00").await?;
    let today = at("2026-10-19T08:00")?;
    until(&fake, "the specialist has the list of whom to call", 60, |world| {
        world.said(LAN, "Danh sách cần gọi").filter(|message| message.at >= today).map(drop)
    })
    .await?;
    let ended = running.stop("INT", 12).await?;
    if !ended.success() {
        return Err(format!("SIGINT: {ended}"));
    }
    let secret = TOKEN.split(':').nth(1).unwrap_or_default();
    let found = place.files_with(secret);
    if found.is_empty() { Ok(()) } else { Err(format!("the token stands in {}", found.join(", "))) }
}
