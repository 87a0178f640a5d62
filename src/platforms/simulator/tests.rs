use std::sync::{Arc, Mutex};
use std::time::Duration as Real;

use chrono::{DateTime, Duration, Utc};

use super::*;
use crate::chat::{
    Button, Deed, FetchError, Heard, Incoming, Platform, Quote, Reaction, ReceiveError, SendError, Text,
};
use crate::domain::{ChatRef, OutboxId};

/// A hand that shows the time.
struct Hand(Mutex<DateTime<Utc>>);

impl Hand {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    fn advance(&self, step: Duration) {
        *self.0.lock().unwrap() += step;
    }
}

/// A world with one group a platform, Hoa and Mai in both.
struct Stage {
    clock: Arc<Hand>,
    world: World,
    telegram: Simulator,
    zalo: Simulator,
    loud: ChatRef,
    deaf: ChatRef,
}

fn start() -> DateTime<Utc> {
    "2026-10-01T01:00:00Z".parse().unwrap()
}

fn stage() -> Stage {
    let clock = Arc::new(Hand(Mutex::new(start())));
    furnish(
        World::new({
            let clock = clock.clone();
            move || clock.now()
        }),
        clock,
    )
}

fn furnish(world: World, clock: Arc<Hand>) -> Stage {
    let telegram = Simulator::new(&world, Flavour::telegram_like());
    let zalo = Simulator::new(&world, Flavour::zalo_like());
    world.add_person("hoa", "Nguyễn Thị Hoa").unwrap();
    world.add_person("mai", "Trần Thị Mai").unwrap();
    let loud = world.add_group("sim-telegram", "g1", "Mầm non phường Đông", &["hoa", "mai"]).unwrap();
    let deaf = world.add_group("sim-zalo", "g1", "Mầm non phường Tây", &["hoa", "mai"]).unwrap();
    Stage { clock, world, telegram, zalo, loud, deaf }
}

fn deed(text: &str) -> Deed {
    Deed::Send {
        text: Text::plain(text),
        buttons: vec![],
        reply_to: None,
        thread: None,
        pin: false,
        file: None,
        picture: None,
    }
}

fn edit(message: &str, text: &str) -> Deed {
    let row: OutboxId = "01890000000070008000000000000001".parse().unwrap();
    Deed::Edit { row, message: Some(message.into()), text: Text::plain(text), buttons: vec![] }
}

fn with_button(action: &str) -> Deed {
    let button = Button { label: "Đã nhận".into(), action: action.into(), typed: "/nhan V2".into() };
    Deed::Send {
        text: Text::plain("V2"),
        buttons: vec![vec![button]],
        reply_to: None,
        thread: None,
        pin: false,
        file: None,
        picture: None,
    }
}

fn refused(result: Result<Option<String>, SendError>) -> bool {
    matches!(result, Err(SendError::Refused(_)))
}

/// What waits for the bot; nothing when nothing comes at once.
async fn waiting(platform: &Simulator) -> Vec<Incoming> {
    tokio::time::timeout(Real::from_millis(20), platform.receive()).await.map_or(vec![], Result::unwrap)
}

fn words(incoming: &Incoming) -> (&str, Option<&Quote>) {
    match &incoming.heard {
        Heard::Message { text, quote, .. } => (text, quote.as_ref()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_update_comes_again_until_it_is_acknowledged() {
    let s = stage();
    let id = s.world.say("hoa", &s.loud, "đã nhận ạ", None, vec![]).unwrap();
    assert_eq!(id, "1");
    let first = waiting(&s.telegram).await;
    assert_eq!(first, waiting(&s.telegram).await);
    assert_eq!((first[0].key.as_str(), first[0].chat_title.as_deref()), ("u1", Some("Mầm non phường Đông")));
    assert_eq!((first[0].at, first[0].from.name.as_str()), (start(), "Nguyễn Thị Hoa"));
    s.telegram.acknowledge(&["u1".into()]).await.unwrap();
    assert_eq!((waiting(&s.telegram).await, s.world.waiting_updates()), (vec![], 0));
    assert!(s.world.repeat_last_update("sim-telegram").unwrap());
    assert_eq!(waiting(&s.telegram).await, first);
    assert!(!s.world.repeat_last_update("sim-zalo").unwrap());
    s.telegram.acknowledge(&["u1".into()]).await.unwrap();
    s.world.say("mai", &s.loud, "em cũng nhận", None, vec![]).unwrap();
    assert_eq!(waiting(&s.telegram).await[0].key, "u2");
}

#[tokio::test]
async fn receiving_waits_until_somebody_speaks() {
    let s = stage();
    let world = s.world.clone();
    let hears = tokio::spawn(async move { s.telegram.receive().await });
    tokio::task::yield_now().await;
    world.say("hoa", &s.loud, "xin chào", None, vec![]).unwrap();
    assert_eq!(words(&hears.await.unwrap().unwrap()[0]), ("xin chào", None));
}

#[tokio::test]
async fn a_zalo_group_is_heard_only_when_the_bot_is_meant() {
    let s = stage();
    s.zalo.send(&s.deaf, &deed("V2 Cân đo lần 1")).await.unwrap();
    for (text, quote) in
        [("đã nhận", None), ("@giaoban V2 xong", None), ("dạ 337 trẻ", Some("1")), ("ok", Some("2"))]
    {
        s.world.say("hoa", &s.deaf, text, quote, vec![]).unwrap();
    }
    let all = s.world.chat(&s.deaf).unwrap().messages;
    assert_eq!(all.iter().map(|m| m.heard).collect::<Vec<_>>(), [true, false, true, true, false]);
    let heard = waiting(&s.zalo).await;
    let unknown = Quote { message: None, text: None, of_bot: true };
    assert_eq!(
        heard.iter().map(words).collect::<Vec<_>>(),
        [("V2 xong", None), ("dạ 337 trẻ", Some(&unknown))]
    );
    assert_eq!(heard[0].chat_title, None);
}

#[tokio::test]
async fn a_quote_names_its_message_where_the_platform_does() {
    let s = stage();
    s.telegram.send(&s.loud, &deed("V2 Cân đo lần 1")).await.unwrap();
    s.world.say("mai", &s.loud, "337 trẻ", Some("1"), vec![]).unwrap();
    let told = Quote { message: Some("1".into()), text: Some("V2 Cân đo lần 1".into()), of_bot: true };
    assert_eq!(words(&waiting(&s.telegram).await[0]), ("337 trẻ", Some(&told)));
}

#[tokio::test]
async fn the_bot_writes_privately_only_after_the_person() {
    let s = stage();
    for platform in [&s.telegram, &s.zalo] {
        let chat = s.world.private_chat(platform.key(), "hoa").unwrap();
        assert!(matches!(platform.send(&chat, &deed("a")).await, Err(SendError::ChatGone(_))));
        s.world.say("hoa", &chat, "chào bot", None, vec![]).unwrap();
        assert_eq!(platform.send(&chat, &deed("a")).await, Ok(Some("2".into())));
        s.world.remove_bot("hoa", &chat).unwrap();
        assert!(matches!(platform.send(&chat, &deed("b")).await, Err(SendError::ChatGone(_))));
        s.world.add_bot("hoa", &chat).unwrap();
        assert_eq!(platform.send(&chat, &deed("b")).await, Ok(Some("3".into())));
    }
    assert!(matches!(waiting(&s.telegram).await[1].heard, Heard::BotRemoved));
    assert_eq!(waiting(&s.zalo).await.len(), 1, "this platform tells nothing of members");
}

#[tokio::test]
async fn what_the_platform_would_refuse_is_refused() {
    let s = stage();
    let long = |n: usize| deed(&"ế".repeat(n));
    assert_eq!(s.telegram.send(&s.loud, &long(4096)).await, Ok(Some("1".into())));
    assert!(refused(s.telegram.send(&s.loud, &long(4097)).await));
    assert_eq!(s.zalo.send(&s.deaf, &long(2000)).await, Ok(Some("1".into())));
    assert!(refused(s.zalo.send(&s.deaf, &long(2001)).await));
    assert!(refused(s.telegram.send(&s.loud, &deed(" ")).await));
    assert!(refused(s.telegram.send(&s.loud, &with_button(&"x".repeat(65))).await));
    assert_eq!(s.telegram.send(&s.loud, &with_button(&"x".repeat(64))).await, Ok(Some("2".into())));
    assert!(refused(s.zalo.send(&s.deaf, &with_button("x")).await));
    for nothing in [Deed::Pin { message: "1".into() }, edit("1", "b"), {
        Deed::React { message: "1".into(), mark: Reaction::Recorded }
    }] {
        assert!(refused(s.zalo.send(&s.deaf, &nothing).await), "{nothing:?}");
    }
    assert_eq!(s.telegram.send(&s.loud, &edit("9", "b")).await, Err(SendError::MessageGone));
    assert_eq!(s.telegram.send(&s.loud, &edit("1", "b")).await, Ok(None));
    assert_eq!(s.telegram.send(&s.loud, &edit("1", "b")).await, Err(SendError::NotModified));
    s.world.delete("hoa", &s.loud, "1").unwrap();
    assert_eq!(s.telegram.send(&s.loud, &edit("1", "c")).await, Err(SendError::MessageGone));
    let unknown = ChatRef { platform: "sim-telegram".into(), id: "nowhere".into() };
    assert!(matches!(s.telegram.send(&unknown, &deed("a")).await, Err(SendError::ChatGone(_))));
}

#[tokio::test]
async fn a_group_takes_twenty_a_minute_and_a_bot_thirty_a_second() {
    let s = stage();
    for n in 1..=20 {
        assert_eq!(s.telegram.send(&s.loud, &deed("a")).await, Ok(Some(n.to_string())));
    }
    let wait = |seconds| Err(SendError::TooMany { after: Duration::seconds(seconds) });
    s.clock.advance(Duration::seconds(20));
    assert_eq!(s.telegram.send(&s.loud, &edit("1", "b")).await, wait(40));
    s.clock.advance(Duration::seconds(40));
    assert_eq!(s.telegram.send(&s.loud, &edit("1", "b")).await, Ok(None));
    let private = s.world.private_chat("sim-telegram", "hoa").unwrap();
    s.world.say("hoa", &private, "chào", None, vec![]).unwrap();
    s.clock.advance(Duration::seconds(5));
    for _ in 0..30 {
        s.telegram.send(&private, &deed("a")).await.unwrap();
    }
    assert_eq!(s.telegram.send(&private, &deed("a")).await, wait(1));
    s.clock.advance(Duration::seconds(1));
    s.telegram.send(&private, &deed("a")).await.unwrap();
}

#[tokio::test]
async fn a_press_reaches_the_bot_and_its_answer_the_presser() {
    let s = stage();
    s.telegram.send(&s.loud, &with_button("ok:V2")).await.unwrap();
    assert!(matches!(s.world.press("hoa", &s.loud, "1", "no"), Err(WorldError::UnknownButton(_))));
    let press = s.world.press("hoa", &s.loud, "1", "ok:V2").unwrap();
    let heard = Heard::Press { message: "1".into(), action: "ok:V2".into(), press: press.clone() };
    assert_eq!(waiting(&s.telegram).await[0].heard, heard);
    let since = s.world.seq();
    let answer = |text: String| Deed::AnswerPress { press: press.clone(), text };
    assert_eq!(s.telegram.send(&s.loud, &answer("Đã ghi nhận".into())).await, Ok(None));
    assert!(refused(s.telegram.send(&s.loud, &answer("ấ".repeat(201))).await));
    let answered = Event::PressAnswered { chat: s.loud.clone(), press, text: "Đã ghi nhận".into() };
    assert_eq!(s.world.log(since).iter().map(|e| &e.event).collect::<Vec<_>>(), [&answered]);
}

#[tokio::test]
async fn people_edit_what_they_wrote_where_the_platform_lets_them() {
    let s = stage();
    for chat in [&s.loud, &s.deaf] {
        s.world.say("hoa", chat, "@giaoban 337 trẻ", None, vec![]).unwrap();
    }
    s.world.edit("hoa", &s.loud, "1", "338 trẻ").unwrap();
    assert!(matches!(s.world.edit("mai", &s.loud, "1", "1 trẻ"), Err(WorldError::NotYours)));
    assert!(matches!(s.world.edit("hoa", &s.deaf, "1", "338 trẻ"), Err(WorldError::NotYours)));
    let heard = waiting(&s.telegram).await;
    assert!(matches!(&heard[1].heard, Heard::Message { message, edited: true, .. } if message == "1"));
    assert_ne!(heard[0].key, heard[1].key);
    s.world.leave("hoa", &s.loud).unwrap();
    assert!(matches!(s.world.say("hoa", &s.loud, "a", None, vec![]), Err(WorldError::NotMember(_))));
}

#[tokio::test]
async fn an_outage_stops_both_ways_and_loses_nothing() {
    let s = stage();
    s.world.say("hoa", &s.loud, "trước", None, vec![]).unwrap();
    s.world.set_outage("sim-telegram", true).unwrap();
    s.world.say("hoa", &s.loud, "trong lúc mất", None, vec![]).unwrap();
    assert!(matches!(s.telegram.receive().await, Err(ReceiveError::Unreachable(_))));
    assert!(matches!(s.telegram.acknowledge(&["u1".into()]).await, Err(ReceiveError::Unreachable(_))));
    assert!(matches!(s.telegram.send(&s.loud, &deed("a")).await, Err(SendError::Unreachable(_))));
    assert_eq!(s.zalo.send(&s.deaf, &deed("a")).await, Ok(Some("1".into())));
    s.world.set_outage("sim-telegram", false).unwrap();
    assert_eq!(waiting(&s.telegram).await.len(), 2);
}

#[tokio::test]
async fn mishaps_meet_messages_one_by_one() {
    let s = stage();
    for (mishap, times) in [
        (Mishap::TooMany { retry_after: 30 }, 2),
        (Mishap::NoAnswer { done: false }, 1),
        (Mishap::NoAnswer { done: true }, 1),
        (Mishap::Hang { done: true }, 1),
    ] {
        s.world.set_mishap("sim-telegram", mishap, times).unwrap();
    }
    let said = || s.world.chat(&s.loud).unwrap().messages.len();
    let too_many = SendError::TooMany { after: Duration::seconds(30) };
    let expected = [(too_many.clone(), 0), (too_many, 0), (SendError::NoAnswer, 0), (SendError::NoAnswer, 1)];
    for (error, messages) in expected {
        assert_eq!((s.telegram.send(&s.loud, &deed("a")).await, said()), (Err(error), messages));
    }
    let hangs = deed("b");
    let hung = tokio::time::timeout(Real::from_millis(20), s.telegram.send(&s.loud, &hangs)).await;
    assert_eq!((hung.is_err(), said()), (true, 2));
    assert_eq!(s.telegram.send(&s.loud, &deed("c")).await, Ok(Some("3".into())));
    s.world.set_refusing(&s.loud, true).unwrap();
    assert!(matches!(s.telegram.send(&s.loud, &deed("d")).await, Err(SendError::ChatGone(_))));
    assert_eq!(s.world.switches("sim-telegram").refusing, vec![s.loud.clone()]);
}

#[tokio::test]
async fn a_moved_group_says_where() {
    let s = stage();
    let to = s.world.move_group("hoa", &s.loud, "g9").unwrap();
    assert_eq!(s.telegram.send(&s.loud, &deed("a")).await, Err(SendError::ChatMoved(to.clone())));
    assert_eq!(s.telegram.send(&to, &deed("a")).await, Ok(Some("1".into())));
    assert_eq!(waiting(&s.telegram).await[0].heard, Heard::Migrated { to: to.clone() });
    assert!(s.world.say("hoa", &s.loud, "a", None, vec![]).is_err());
    assert_eq!(s.world.say("hoa", &to, "a", None, vec![]).unwrap(), "2");
}

#[tokio::test]
async fn files_go_both_ways_where_the_platform_takes_them() {
    let s = stage();
    let file = NewFile { name: "Cân đo.XLSX".into(), bytes: vec![7; 10] };
    s.world.say("hoa", &s.loud, "", None, vec![file.clone()]).unwrap();
    let zalo = s.world.private_chat("sim-zalo", "hoa").unwrap();
    s.world.say("hoa", &zalo, "", None, vec![file]).unwrap();
    let Heard::Message { attachments, .. } = waiting(&s.telegram).await.remove(0).heard else { panic!() };
    assert_eq!((attachments[0].name.as_str(), attachments[0].size), ("Cân đo.XLSX", Some(10)));
    assert_eq!(s.telegram.fetch(&attachments[0].file, 10).await.unwrap(), [7; 10]);
    assert_eq!(s.telegram.fetch(&attachments[0].file, 9).await, Err(FetchError::TooLarge));
    assert_eq!(s.telegram.fetch("../events.jsonl", 9).await, Err(FetchError::Gone));
    let heard = waiting(&s.zalo).await.remove(0).heard;
    // That something was sent is heard, and not what.
    let Heard::Message { attachments, .. } = heard else { panic!() };
    assert!(attachments.len() == 1 && attachments[0].file.is_empty(), "{attachments:?}");
    let Deed::Send { text, .. } = deed("Bảng") else { panic!() };
    let file = Some(("bang.xlsx".to_owned(), vec![1, 2, 3]));
    let deed = Deed::Send {
        text,
        buttons: vec![],
        reply_to: Some("1".into()),
        thread: None,
        pin: true,
        file,
        picture: None,
    };
    s.telegram.send(&s.loud, &deed).await.unwrap();
    let sent = s.world.chat(&s.loud).unwrap().message("2").unwrap().clone();
    assert_eq!((sent.pinned, sent.quote.as_deref()), (true, Some("1")));
    assert_eq!(s.world.file(&sent.files[0].id).unwrap().1.to_vec(), [1, 2, 3]);
    assert!(refused(s.zalo.send(&s.deaf, &deed).await));
}

#[tokio::test]
async fn a_world_in_a_folder_outlives_its_process() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Hand(Mutex::new(start())));
    let open = || {
        let clock = clock.clone();
        World::open(folder.path(), move || clock.now())
    };
    let s = furnish(open().unwrap(), clock.clone());
    let file = NewFile { name: "a.txt".into(), bytes: b"abc".to_vec() };
    s.world.say("hoa", &s.loud, "gửi ạ", None, vec![file]).unwrap();
    s.telegram.send(&s.loud, &with_button("ok")).await.unwrap();
    let (chats, log) = (s.world.chats(), s.world.log(0));
    drop(s);

    // The process died in the middle of a line.
    let path = folder.path().join("events.jsonl");
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, [whole.as_slice(), br#"{"seq":9,"at"#].concat()).unwrap();
    let s = furnish(open().unwrap(), clock.clone());
    assert_eq!((s.world.chats(), s.world.log(0)), (chats, log));
    assert_eq!(waiting(&s.telegram).await.len(), 1);
    assert_eq!(s.world.file("f1").unwrap().1.to_vec(), b"abc");
    assert_eq!(s.world.say("hoa", &s.loud, "nữa", None, vec![]).unwrap(), "3");
    drop(s);
    assert_eq!(
        open()
            .unwrap()
            .chat(&ChatRef { platform: "sim-telegram".into(), id: "g1".into() })
            .unwrap()
            .messages
            .len(),
        3
    );

    std::fs::write(&path, b"nonsense\n").unwrap();
    assert!(matches!(open().err().unwrap(), WorldError::Damaged { line: 1, .. }));
}

#[test]
fn what_has_no_chat_person_or_platform_is_told_so() {
    let s = stage();
    let nowhere = ChatRef { platform: "sim-telegram".into(), id: "g7".into() };
    let elsewhere = ChatRef { platform: "pigeon".into(), id: "g1".into() };
    assert!(matches!(s.world.say("hoa", &nowhere, "a", None, vec![]), Err(WorldError::UnknownChat(_))));
    assert!(matches!(s.world.say("hoa", &elsewhere, "a", None, vec![]), Err(WorldError::UnknownPlatform(_))));
    assert!(matches!(s.world.say("lan", &s.loud, "a", None, vec![]), Err(WorldError::UnknownPerson(_))));
    assert!(matches!(s.world.say("hoa", &s.loud, " ", None, vec![]), Err(WorldError::Empty)));
    assert!(matches!(
        s.world.say("hoa", &s.loud, "a", Some("4"), vec![]),
        Err(WorldError::UnknownMessage(_))
    ));
}
