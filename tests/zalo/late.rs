//! Zalo is down when the program starts: Telegram is served meanwhile, and what was to be said on Zalo is said when it is back.

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};

use crate::both::{GROUP, LAN_THERE, TELEGRAM_TOKEN, ask_there, wait_there};
use crate::emulator::{Mishap, Order, Place};
use crate::fake::Said;
use crate::office::{LAN, ask, code_in, found, until};
use crate::program::{Setup, TOKEN, server};
use crate::telegram::Fake as Telegram;

pub async fn play(mut place: Place) -> Result<(), String> {
    let zalo = server(&[TOKEN], "2026-10-05T08:30").await?;
    let telegram = Telegram::start(TELEGRAM_TOKEN, 0).await.map_err(|e| e.to_string())?;
    telegram.with(|world| {
        world.shift = zalo.with(|world| world.shift);
        world.person(LAN_THERE, "Lan");
    });
    let mut setup = Setup::one(false);
    setup.beside = vec![
        ("GIAOBAN_TELEGRAM_TOKEN", TELEGRAM_TOKEN.to_owned()),
        ("GIAOBAN_TELEGRAM_API_URL", telegram.address.clone()),
    ];
    let mut running = setup.start(&mut place, &zalo)?;
    let told = || code_in(&place.told(), "/dangky ").or_else(|| code_in(&place.told(), "?start="));
    let code = until(&zalo, "the program tells a code", 30, |_| told()).await?;
    found(&zalo, &code, GROUP, 1).await?;
    let told = ask(&zalo, LAN, Said::text("/lienket"), "Mã liên kết").await?;
    let code = code_in(&told, "/dangky ").ok_or("no code for an account")?;
    ask_there(&telegram, LAN_THERE, LAN_THERE, &format!("/start {code}"), "Đã liên kết").await?;
    running.stop("TERM", 12).await?;

    // Nobody listens where Zalo was.
    let port = TcpListener::bind(("127.0.0.1", 0))
        .await
        .and_then(|l| l.local_addr())
        .map_err(|e| e.to_string())?
        .port();
    setup.beside.push(("GIAOBAN_ZALO_API_URL", format!("http://127.0.0.1:{port}")));
    let mut running = setup.start(&mut place, &zalo)?;
    let giao = "/giao Báo cáo trẻ 5 tuổi; hạn 16h 08/10; biểu: tổng số trẻ";
    let draft = ask_there(&telegram, LAN_THERE, LAN_THERE, giao, "Bản soạn").await?;
    let (_, code) = draft.split_once("Bản soạn ").ok_or("a draft without a code")?;
    let code = code.split(',').next().unwrap_or_default().to_owned();
    ask_there(&telegram, LAN_THERE, LAN_THERE, &format!("/dang {code}"), "đã đăng").await?;
    if !place.log().contains("trying again") {
        return Err("Zalo was reached".into());
    }

    let address = zalo.address.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|e| e.to_string())?;
    tokio::spawn(async move {
        while let Ok((mut here, _)) = listener.accept().await {
            let address = address.clone();
            tokio::spawn(async move {
                if let Ok(mut there) = TcpStream::connect(address).await {
                    let _ = copy_bidirectional(&mut here, &mut there).await;
                }
            });
        }
    });
    until(&zalo, "the task is posted on Zalo", 60, |world| world.said(GROUP, "VIỆC MỚI").map(drop)).await?;
    ask(&zalo, LAN, Said::text(format!("/tinhhinh {code}")), "0/1").await?;
    ask_there(&telegram, LAN_THERE, LAN_THERE, &format!("/tinhhinh {code}"), "0/1").await?;

    // Zalo takes the token away: that bot stops, its people are told elsewhere, and the other platform goes on.
    let refuse = Mishap::Refuse(401, "Unauthorized".into());
    zalo.with(|w| {
        w.chaos.orders.push(Order { method: "getupdates".into(), chat: None, times: 1, mishap: refuse })
    });
    zalo.with(|w| w.write(0, LAN, &Said::text("/viec")));
    wait_there(&telegram, LAN_THERE, "không còn nhận mã truy cập").await?;
    let polls = zalo.with(|w| w.bots[0].poll);
    ask_there(&telegram, LAN_THERE, LAN_THERE, "/caidat", "tin của tháng này").await?;
    if zalo.with(|w| w.bots[0].poll) > polls {
        return Err("a bot whose token is refused polls on".into());
    }
    let ended = running.stop("INT", 12).await?;
    if ended.success() { Ok(()) } else { Err(format!("SIGINT: {ended}")) }
}
