//! The story, second half: what is heard and what is said.

use std::collections::HashSet;

use chrono::Duration;
use giaoban::chat::{About, ChatKind, Deed, Heard, Incoming, Origin, Sender, Text};
use giaoban::domain::*;
use giaoban::store::{
    ChatState, InboxCounts, NewOutboxRow, OutboxBody, OutboxCounts, OutboxState, Part, Priority, Store,
};

use super::samples::{Sample, at, chat, room, says, user};

pub(crate) fn heard(chat_id: &str, key: &str) -> Incoming {
    Incoming {
        key: key.into(),
        at: at(0),
        chat: chat("telegram", chat_id),
        chat_kind: ChatKind::Group,
        chat_title: None,
        from: Sender { user: user("telegram", "u"), name: "Mai".into() },
        heard: Heard::Message {
            message: key.into(),
            text: "đã nhận ạ".into(),
            quote: None,
            attachments: vec![],
            edited: false,
            origin: Origin::default(),
        },
    }
}

async fn unhandled(store: &Store, second: i64) -> Vec<String> {
    let rows = store.read().await.unwrap().next_unhandled(9, at(second)).await.unwrap();
    rows.into_iter().map(|row| row.incoming.key).collect()
}

#[tokio::test]
async fn an_update_is_stored_once_and_handled_in_the_order_of_its_chat() {
    let sample = Sample::new().await;
    let store = &sample.store;
    let batch: Vec<(InboxId, Incoming)> =
        [("a", "1"), ("a", "2"), ("b", "3")].map(|(chat, key)| (sample.id(), heard(chat, key))).into();
    let mut session = store.begin().await.unwrap();
    assert_eq!(session.receive(&batch, at(1)).await.unwrap(), 3);
    session.commit().await.unwrap();
    store.received().await;
    let mut session = store.begin().await.unwrap();
    let again: Vec<_> = batch.iter().map(|(_, incoming)| (sample.id(), incoming.clone())).collect();
    assert_eq!(session.receive(&again, at(2)).await.unwrap(), 0);
    session.commit().await.unwrap();

    let mut look = store.read().await.unwrap();
    let said = |heard: Vec<Incoming>| heard.into_iter().map(|i| i.key).collect::<Vec<_>>();
    assert_eq!(said(look.heard_in(&chat("telegram", "a"), at(1), 9).await.unwrap()), ["1", "2"]);
    assert_eq!(said(look.heard_in(&chat("telegram", "a"), at(1), 1).await.unwrap()), ["1"]);
    assert_eq!(look.heard_in(&chat("telegram", "a"), at(2), 9).await.unwrap(), []);
    drop(look);
    assert_eq!(unhandled(store, 1).await, ["1", "2", "3"]);
    let row = store.read().await.unwrap().next_unhandled(1, at(1)).await.unwrap().remove(0);
    assert_eq!((row.id, row.received_at, row.attempts, &row.incoming), (batch[0].0, at(1), 0, &batch[0].1));
    let counts = store.read().await.unwrap().inbox_counts().await.unwrap();
    assert_eq!(counts, InboxCounts { waiting: 3, parked: 0, oldest: Some(at(1)) });

    let mut session = store.begin().await.unwrap();
    assert!(session.handled(batch[2].0, at(3)).await.unwrap());
    assert!(!session.handled(batch[2].0, at(3)).await.unwrap(), "once");
    let mut now = at(3);
    for attempt in 1..=5 {
        let parked = session.failed(batch[0].0, "db-busy", now).await.unwrap();
        assert_eq!(parked, attempt == 5);
        if !parked {
            let again = session.inbox_wakes_at().await.unwrap().unwrap();
            assert!(again > now);
            assert_eq!(session.next_unhandled(9, now).await.unwrap(), [], "its chat waits for it");
            now = again;
        }
    }
    assert!(!session.failed(batch[0].0, "db-busy", now).await.unwrap(), "it is parked already");
    session.put_off_update(batch[1].0, now + Duration::minutes(1)).await.unwrap();
    assert_eq!(session.next_unhandled(9, now).await.unwrap(), [], "put off, and no failure");
    now += Duration::minutes(1);
    let next = session.next_unhandled(9, now).await.unwrap();
    assert_eq!(next.iter().map(|row| row.id).collect::<Vec<_>>(), [batch[1].0], "and no longer blocked");
    assert_eq!(session.inbox_counts().await.unwrap().parked, 1);
    assert_eq!(session.forget_handled(at(3)).await.unwrap(), 0);
    assert_eq!(session.forget_handled(at(4)).await.unwrap(), 1);
    session.commit().await.unwrap();
}

#[tokio::test]
async fn a_chat_closes_opens_and_moves() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let (old, new) = (chat("telegram", "-1"), chat("telegram", "-100"));
    assert_eq!(session.chat(&old).await.unwrap(), ChatState::default());
    session.close_chat(&old, "kicked", at(1)).await.unwrap();
    assert_eq!(session.chat(&old).await.unwrap().gone_at, Some(at(1)));
    assert_eq!(session.closed_chats().await.unwrap(), [(old.clone(), "kicked".to_owned())]);
    session.open_chat(&old, ChatKind::Group).await.unwrap();
    session.pause_chat(&old, at(9)).await.unwrap();
    session.pause_chat(&old, at(5)).await.unwrap();
    session.pace_chat(&old, at(7), at(8)).await.unwrap();
    let open = ChatState {
        kind: Some(ChatKind::Group),
        gone_at: None,
        topic: None,
        paused_until: at(9),
        paced_until: at(7),
        unasked_until: at(8),
    };
    assert_eq!(session.chat(&old).await.unwrap(), open);

    session.receive(&[(sample.id(), heard("-1", "1"))], at(1)).await.unwrap();
    let removed = Incoming { heard: Heard::BotRemoved, ..heard("-1", "2") };
    session.receive(&[(sample.id(), removed)], at(2)).await.unwrap();
    assert_eq!(session.chat(&old).await.unwrap().gone_at, Some(at(2)));
    session.receive(&[(sample.id(), heard("-1", "3"))], at(3)).await.unwrap();
    assert_eq!(session.chat(&old).await.unwrap().gone_at, None, "somebody spoke there");

    let refused = Deed::Pin { message: "5".into() };
    let pin = NewOutboxRow::reply(sample.id(), old.clone(), refused, at(3));
    session.enqueue(&pin).await.unwrap().unwrap();
    let taken = session.claim("telegram", &room(1), at(20), at(60)).await.unwrap().remove(0);
    session.record_ended(&taken, OutboxState::Failed, "refused: not enough rights", at(20)).await.unwrap();
    let promoted =
        Incoming { heard: Heard::BotRights { write: true, pin: true, hears: true }, ..heard("-1", "4") };
    session.receive(&[(sample.id(), promoted)], at(21)).await.unwrap();
    let again = session.claim("telegram", &room(1), at(22), at(60)).await.unwrap().remove(0);
    assert_eq!((again.id, again.lapses), (pin.id, 0), "it may pin now");
    assert!(session.hears_all(&old).await.unwrap(), "it administers the group now");
    session.record_sent(pin.id, None, at(22)).await.unwrap();

    let group =
        Group { id: sample.id(), office: office.id, chat: old.clone(), title: "T".into(), schools: vec![] };
    session.insert_group(&group).await.unwrap();
    let row = sample.row(Some(&office), "-1", "chào");
    session.enqueue(&row).await.unwrap().unwrap();
    let before = sample.id();
    session.receive(&[(before, heard("-1", "5"))], at(22)).await.unwrap();
    assert!(session.handled(before, at(22)).await.unwrap());
    session.migrate_chat(&old, &new).await.unwrap();
    let said = session.heard_in(&new, at(22), 9).await.unwrap();
    assert_eq!(
        said.iter().map(|i| &*i.key).collect::<Vec<_>>(),
        ["5"],
        "what was said before the move is found"
    );
    assert!(session.hears_all(&new).await.unwrap());
    assert_eq!(session.group_by_chat(&new).await.unwrap().unwrap().id, group.id);
    assert_eq!(session.group_by_chat(&old).await.unwrap(), None);
    assert_eq!(session.outbox_row(row.id).await.unwrap().unwrap().chat, new);
    assert_eq!(session.next_unhandled(9, at(9)).await.unwrap()[0].incoming.chat, new);
    let late = sample.id();
    session.receive(&[(late, heard("-1", "6"))], at(22)).await.unwrap();
    let waiting = session.next_unhandled(9, at(22)).await.unwrap();
    assert_eq!(waiting.iter().find(|row| row.id == late).unwrap().incoming.chat, new, "said before it moved");
    assert_eq!(session.chat(&new).await.unwrap(), open);
    session.commit().await.unwrap();
}

#[tokio::test]
async fn what_is_said_is_written_first_and_settled_later() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let task: TaskId = sample.id();
    let about = About { tasks: vec![task], ..About::default() };
    let fresh = NewOutboxRow {
        key: Some("month/2026-10".into()),
        body: OutboxBody::Fresh(serde_json::json!({ "month": "2026-10" })),
        send_before: Some(at(500)),
        priority: Priority::Reminder,
        ..sample.row(Some(&office), "g", "")
    };
    assert_eq!(session.enqueue(&fresh).await.unwrap(), Some(fresh.id));
    let twin = NewOutboxRow { id: sample.id(), ..fresh.clone() };
    assert_eq!(session.enqueue(&twin).await.unwrap(), None, "the key is there");
    let reply = sample.row(None, "h", "chào chị");
    session.enqueue(&reply).await.unwrap().unwrap();
    session.commit().await.unwrap();
    sample.store.enqueued().await;

    let mut session = sample.store.begin().await.unwrap();
    assert_eq!(session.due_chats("telegram", at(1)).await.unwrap().len(), 2);
    let claimed = session.claim("telegram", &room(9), at(1), at(61)).await.unwrap();
    assert_eq!(claimed.iter().map(|row| row.id).collect::<Vec<_>>(), [fresh.id, reply.id], "by priority");
    let (row, other) = (&claimed[0], &claimed[1]);
    assert_eq!((row.attempts, row.claimed_until, row.deed()), (1, at(61), None));
    assert_eq!(session.claim("telegram", &room(9), at(2), at(62)).await.unwrap(), [], "both are out");
    let due = session.due_chats("telegram", at(2)).await.unwrap();
    assert!(due.iter().all(|chat| chat.at == at(61)), "until their leases end");
    let part = |words: &str| Part { id: sample.id(), deed: says(words), about: about.clone() };
    let (first, second) = (part("một"), part("hai"));
    assert!(session.keep_parts(row, &[first.clone(), part("bỏ"), part("bỏ")], at(2)).await.unwrap());
    assert!(session.keep_parts(row, &[first.clone(), second.clone()], at(2)).await.unwrap(), "anew");
    assert!(session.record_sent(row.id, Some("m1"), at(3)).await.unwrap());
    assert!(!session.record_sent(row.id, Some("m2"), at(4)).await.unwrap(), "once");
    session.enqueue_pin(sample.id(), row, "m1", at(3)).await.unwrap();
    assert!(session.put_back(other, "503", at(8)).await.unwrap());
    assert!(!session.put_back(other, "503", at(8)).await.unwrap(), "the lease is over");
    session.commit().await.unwrap();

    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let said = session.row_of_message(&fresh.chat, "m1").await.unwrap().unwrap();
    assert_eq!((said.id, &said.about, said.deed), (fresh.id, &about, Some(first.deed)));
    assert_eq!(session.row_of_message(&reply.chat, "m1").await.unwrap(), None);
    let parts = session.rows_of_key(office.id, "month/2026-10").await.unwrap();
    let parts: Vec<_> = parts.into_iter().map(|row| (row.id, row.part, row.state)).collect();
    let expected = [(fresh.id, 0, OutboxState::Sent), (second.id, 1, OutboxState::Pending)];
    assert_eq!(parts, expected);
    let keys = session.posted_keys(office.id, at(0)).await.unwrap();
    assert_eq!(keys, HashSet::from(["month/2026-10".to_owned()]));
    assert_eq!(session.posted_keys(office.id, at(60)).await.unwrap(), HashSet::new());
    let planned = session.planned_since(office.id, at(0)).await.unwrap();
    assert_eq!(planned, [(fresh.chat.clone(), about.clone())]);
    assert_eq!(session.caught_up(office.id).await.unwrap(), None);
    session.set_caught_up(office.id, at(5)).await.unwrap();
    assert_eq!(session.caught_up(office.id).await.unwrap(), Some(at(5)));
    session.set_about(fresh.id, &About::default()).await.unwrap();
    assert_eq!(session.outbox_row(fresh.id).await.unwrap().unwrap().about, About::default());
    assert_eq!(session.sent_in_chat(&fresh.chat, at(0)).await.unwrap(), [at(3)]);
    assert_eq!(session.sent_lately("telegram", at(0), at(5)).await.unwrap(), [at(3)]);

    let edit =
        |words: &str| Deed::Edit { row: fresh.id, message: None, text: Text::plain(words), buttons: vec![] };
    for words in ["cũ", "mới"] {
        let mut row = sample.row(Some(&office), "g", "");
        row.body = OutboxBody::Ready(edit(words));
        session.enqueue(&row).await.unwrap().unwrap();
    }
    let dropped = session.outbox_in(OutboxState::Dropped, 9).await.unwrap();
    assert_eq!(dropped.len(), 1);
    assert_eq!(dropped[0].deed(), Some(&edit("cũ")), "the newer edit takes its place");
    session.commit().await.unwrap();

    let mut session = sample.store.begin().await.unwrap();
    let claimed = session.claim("telegram", &room(9), at(600), at(660)).await.unwrap();
    let ended: Vec<_> = claimed.iter().map(|row| row.chat.id.as_str()).collect();
    assert_eq!(ended, ["g", "h"], "the pin and the reply; the second part has expired");
    assert!(session.record_ended(&claimed[1], OutboxState::Unknown, "no answer", at(601)).await.unwrap());
    assert!(!session.record_ended(&claimed[1], OutboxState::Failed, "x", at(601)).await.unwrap());
    let counts = session.outbox_counts().await.unwrap();
    let expected =
        OutboxCounts { pending: 2, sent: 1, unknown: 1, dropped: 1, expired: 1, failed: 0, perhaps_twice: 0 };
    assert_eq!(counts, expected);
    let board = BoardShown {
        group: sample.id(),
        month: Month::of(at(0).date_naive()),
        shown: vec![(task, Count { settled: 1, expected: 2 })],
        row: fresh.id,
        at: at(0) + Duration::milliseconds(1),
        told_anew: true,
    };
    session.commit().await.unwrap();

    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let group = Group {
        id: board.group,
        office: office.id,
        chat: fresh.chat.clone(),
        title: "T".into(),
        schools: vec![],
    };
    session.insert_group(&group).await.unwrap();
    session.put_board(&board).await.unwrap();
    let newer = BoardShown { at: at(9), shown: vec![], ..board };
    session.put_board(&newer).await.unwrap();
    assert_eq!(session.boards_of(office.id).await.unwrap(), std::slice::from_ref(&newer));
    session.remove_board(newer.row).await.unwrap();
    assert_eq!(session.boards_of(office.id).await.unwrap(), []);
    session.commit().await.unwrap();
}

#[tokio::test]
async fn the_parts_of_an_album_are_handled_together() {
    let sample = Sample::new().await;
    let part = |key: &str, words: &str, album: Option<&str>| {
        let mut incoming = heard("a", key);
        if let Heard::Message { text, origin, attachments, .. } = &mut incoming.heard {
            words.clone_into(text);
            origin.album = album.map(str::to_owned);
            let file = giaoban::chat::Attachment {
                kind: giaoban::chat::AttachmentKind::Photo,
                name: String::new(),
                file: key.to_owned(),
                size: None,
            };
            attachments.push(file);
        }
        (sample.id(), incoming)
    };
    let batch = [part("1", "", Some("x")), part("2", "V5 ảnh", Some("x")), part("3", "khác", None)];
    let mut session = sample.store.begin().await.unwrap();
    session.receive(&batch, at(1)).await.unwrap();
    session.commit().await.unwrap();
    let mut session = sample.store.begin().await.unwrap();
    assert!(session.next_unhandled(9, at(1)).await.unwrap().is_empty(), "the others may still come");
    let first = session.next_unhandled(9, at(3)).await.unwrap().remove(0);
    let whole = session.with_album(first).await.unwrap();
    let Heard::Message { text, attachments, .. } = &whole.incoming.heard else { panic!() };
    let files: Vec<&str> = attachments.iter().map(|a| &*a.file).collect();
    assert_eq!((&**text, files, whole.also.len()), ("V5 ảnh", vec!["1", "2"], 1));
}

#[tokio::test]
async fn a_chat_keeps_its_topic_and_a_platform_its_last_contact() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    let group = chat("telegram", "a");
    session.speak_in(&group, Some("30")).await.unwrap();
    assert_eq!(session.chat(&group).await.unwrap().topic.as_deref(), Some("30"));
    session.speak_in(&group, None).await.unwrap();
    assert_eq!(session.chat(&group).await.unwrap().topic, None);
    assert_eq!(session.contact("telegram", "@hoabot", at(1)).await.unwrap(), None);
    assert_eq!(session.contact("telegram", "@hoabot", at(9)).await.unwrap(), Some(at(1)));
    assert_eq!(session.contacts().await.unwrap(), [("telegram".to_owned(), "@hoabot".to_owned())]);
}

#[tokio::test]
async fn what_waits_for_rights_goes_on_when_they_are_given() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    let row = NewOutboxRow::reply(sample.id(), chat("telegram", "a"), says("chào"), at(0));
    session.enqueue(&row).await.unwrap();
    let taken = session.claim("telegram", &room(1), at(0), at(60)).await.unwrap().remove(0);
    session.put_back(&taken, "may not write: no", at(600)).await.unwrap();
    session.pause_chat(&taken.chat, at(600)).await.unwrap();
    let mut may = heard("a", "9");
    may.heard = Heard::BotRights { write: true, pin: false, hears: false };
    session.receive(&[(sample.id(), may)], at(5)).await.unwrap();
    assert_eq!(session.claim("telegram", &room(1), at(5), at(60)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_press_is_answered_beside_a_message_that_is_under_way() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    let row = |deed| NewOutboxRow::reply(sample.id(), chat("telegram", "a"), deed, at(0));
    session.enqueue(&row(says("một"))).await.unwrap();
    session.enqueue(&row(says("hai"))).await.unwrap();
    assert_eq!(session.claim("telegram", &room(1), at(0), at(60)).await.unwrap().len(), 1);
    assert!(session.claim("telegram", &room(1), at(0), at(60)).await.unwrap().is_empty());
    let press = Deed::AnswerPress { press: "p".into(), text: "Đã ghi".into() };
    session.enqueue(&row(press.clone())).await.unwrap();
    assert!(session.due_chats("telegram", at(0)).await.unwrap()[0].at <= at(0));
    let taken = session.claim("telegram", &room(9), at(0), at(60)).await.unwrap();
    assert_eq!(taken.iter().map(|row| row.deed().unwrap()).collect::<Vec<_>>(), [&press]);
}

#[tokio::test]
async fn what_did_not_reach_a_group_is_told_once() {
    let sample = Sample::new().await;
    let office = sample.office("Phòng").await;
    let place = chat("telegram", "-1");
    let mut session = sample.store.begin_for(office.id).await.unwrap();
    let group = Group {
        id: sample.id(),
        office: office.id,
        chat: place.clone(),
        title: "Nhóm".into(),
        schools: vec![],
    };
    session.insert_group(&group).await.unwrap();
    let row = NewOutboxRow {
        office: Some(office.id),
        ..NewOutboxRow::reply(sample.id(), place.clone(), says("V1"), at(1))
    };
    session.enqueue(&row).await.unwrap();
    let row = session.claim("telegram", &room(1), at(1), at(9)).await.unwrap().remove(0);
    assert_eq!(session.untold_posts(9).await.unwrap(), []);
    session.record_ended(&row, OutboxState::Failed, "refused", at(2)).await.unwrap();
    let untold = session.untold_posts(9).await.unwrap();
    assert_eq!(untold.iter().map(|(title, row)| (&**title, row.id)).collect::<Vec<_>>(), [("Nhóm", row.id)]);
    session.told_of_post(row.id).await.unwrap();
    assert_eq!(session.untold_posts(9).await.unwrap(), []);
    assert_eq!(session.troubled_posts(office.id, at(0), 9).await.unwrap().len(), 1);
    assert_eq!(session.troubled_posts(office.id, at(5), 9).await.unwrap().len(), 0);

    assert!(session.closed_to(office.id).await.unwrap().is_empty());
    for second in [3, 6] {
        session.close_chat(&place, "kicked", at(second)).await.unwrap();
        assert_eq!(session.untold_closed().await.unwrap()[0].since, at(second));
        session.told_of_closed(&place).await.unwrap();
        assert_eq!(session.untold_closed().await.unwrap(), []);
        assert!(session.closed_to(office.id).await.unwrap().contains(&place));
        session.open_chat(&place, ChatKind::Group).await.unwrap();
    }
}
