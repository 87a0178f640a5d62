//! Workers that take up rows at the same time.

use std::collections::HashMap;

use giaoban::chat::{Deed, Text};
use giaoban::domain::OutboxId;
use giaoban::store::{NewOutboxRow, OutboxState, Priority, Room, Store};

use super::samples::{Sample, at, chat, room};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_workers_take_up_500_rows_once_each_in_the_order_of_their_chats() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    for number in 0..500 {
        let row = sample.row(None, &format!("chat {}", number % 50), &number.to_string());
        session.enqueue(&row).await.unwrap().unwrap();
    }
    session.commit().await.unwrap();

    let stores = [sample.store.clone(), Store::open(&sample.path()).await.unwrap()];
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..8 {
        let store = stores[worker % 2].clone();
        workers.spawn(async move {
            let mut mine: Vec<(String, OutboxId)> = Vec::new();
            loop {
                let mut session = store.begin().await.unwrap();
                let rows = session.claim("telegram", &room(7), at(1), at(60)).await.unwrap();
                session.commit().await.unwrap();
                if rows.is_empty() {
                    let left = store.read().await.unwrap().outbox_counts().await.unwrap().pending;
                    if left == 0 {
                        return mine;
                    }
                    tokio::task::yield_now().await;
                    continue;
                }
                let mut session = store.begin().await.unwrap();
                for row in rows {
                    assert!(session.record_sent(row.id, None, at(1)).await.unwrap(), "nobody else has it");
                    mine.push((row.chat.id, row.id));
                }
                session.commit().await.unwrap();
            }
        });
    }
    let mut by_chat: HashMap<String, Vec<OutboxId>> = HashMap::new();
    let mut all = 0;
    for (chat, id) in workers.join_all().await.into_iter().flatten() {
        by_chat.entry(chat).or_default().push(id);
        all += 1;
    }
    assert_eq!(all, 500);
    for ids in by_chat.values_mut() {
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 10);
    }
}

#[tokio::test]
async fn offices_take_turns_and_replies_go_first() {
    let sample = Sample::new().await;
    let (busy, quiet) = (sample.office("Bận").await, sample.office("Vắng").await);
    let mut session = sample.store.begin().await.unwrap();
    let mut rows = Vec::new();
    for number in 0..20 {
        rows.push((sample.row(Some(&busy), &format!("b{number}"), ""), format!("b{number}")));
    }
    let reply = NewOutboxRow { priority: Priority::Reply, ..sample.row(Some(&busy), "b-reply", "") };
    rows.push((reply, "b-reply".into()));
    rows.push((sample.row(Some(&quiet), "q0", ""), "q0".into()));
    rows.push((sample.row(Some(&quiet), "q1", ""), "q1".into()));
    for (row, _) in &rows {
        session.enqueue(row).await.unwrap().unwrap();
    }
    let mut order = Vec::new();
    for second in 1..=5 {
        let row = session.claim("telegram", &room(1), at(second), at(600)).await.unwrap().remove(0);
        session.record_sent(row.id, None, at(second)).await.unwrap();
        order.push(row.chat.id);
    }
    assert_eq!(order, ["b-reply", "q0", "b0", "q1", "b1"]);
    drop(session);
}

#[tokio::test]
async fn one_row_a_chat_by_priority_then_age() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    let row = |priority| NewOutboxRow { priority, ..sample.row(None, "g", "") };
    let (bulk, reminder) = (row(Priority::Bulk), row(Priority::Reminder));
    let (first, second, edit) = (row(Priority::Reply), row(Priority::Reply), row(Priority::Edit));
    let later = NewOutboxRow { not_before: Some(at(50)), ..row(Priority::Reply) };
    for row in [&later, &bulk, &reminder, &first, &second, &edit] {
        session.enqueue(row).await.unwrap().unwrap();
    }
    let mut order = Vec::new();
    for _ in 0..5 {
        let mut claimed = session.claim("telegram", &room(9), at(1), at(60)).await.unwrap();
        assert_eq!(claimed.len(), 1);
        order.push(claimed[0].id);
        assert_eq!(session.claim("telegram", &room(9), at(1), at(60)).await.unwrap(), [], "one is out");
        assert!(session.record_sent(claimed.remove(0).id, None, at(1)).await.unwrap());
    }
    assert_eq!(order, [first.id, second.id, edit.id, reminder.id, bulk.id]);
    assert_eq!(session.claim("telegram", &room(9), at(49), at(60)).await.unwrap(), []);
    assert_eq!(session.due_chats("telegram", at(49)).await.unwrap()[0].at, at(50));
    assert_eq!(session.claim("telegram", &room(9), at(50), at(60)).await.unwrap()[0].id, later.id);
}

#[tokio::test]
async fn a_row_that_ends_every_program_is_not_taken_up_for_ever() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    let row = sample.row(None, "g", "");
    session.enqueue(&row).await.unwrap().unwrap();
    let mut lapses = Vec::new();
    for round in 0..9 {
        let now = at(round * 100);
        lapses.extend(
            session
                .claim("telegram", &room(9), now, at(round * 100 + 60))
                .await
                .unwrap()
                .iter()
                .map(|r| r.lapses),
        );
    }
    assert_eq!(lapses, [0, 1, 2, 3, 4, 5]);
    assert_eq!(session.outbox_counts().await.unwrap().unknown, 1);
    assert_eq!(session.outbox_counts().await.unwrap().perhaps_twice, 1);
}

#[tokio::test]
async fn of_what_a_run_leaves_behind_only_the_newest_message_is_taken_up_again() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    let rows: Vec<NewOutboxRow> =
        ["a", "b", "c"].iter().map(|chat_id| sample.row(None, chat_id, "x")).collect();
    let board = sample.row(None, "d", "bảng");
    for row in rows.iter().chain([&board]) {
        session.enqueue(row).await.unwrap().unwrap();
    }
    let taken = session.claim("telegram", &Room::of("first", 9), at(0), at(60)).await.unwrap();
    session.record_sent(board.id, Some("7"), at(0)).await.unwrap();
    assert_eq!(taken.len(), 4);
    let edit = Deed::Edit { row: board.id, message: None, text: Text::plain("bảng!"), buttons: vec![] };
    let edit = NewOutboxRow::reply(sample.id(), chat("telegram", "d"), edit, at(0));
    session.enqueue(&edit).await.unwrap().unwrap();
    session.claim("telegram", &Room::of("first", 9), at(1), at(61)).await.unwrap();
    // Another run, which is alive, has one under way meanwhile.
    let of_another = sample.row(None, "e", "y");
    session.enqueue(&of_another).await.unwrap().unwrap();
    session.claim("telegram", &Room::of("alive", 9), at(2), at(600)).await.unwrap();

    assert_eq!(session.claim("telegram", &Room::of("second", 9), at(59), at(119)).await.unwrap(), []);
    let again = session.claim("telegram", &Room::of("second", 9), at(61), at(121)).await.unwrap();
    let again: Vec<OutboxId> = again.iter().map(|row| row.id).collect();
    assert_eq!(again, [edit.id, rows[2].id], "the edit comes to the same when it is made twice");
    for row in &rows[..2] {
        let row = session.outbox_row(row.id).await.unwrap().unwrap();
        assert_eq!((row.state, row.last_error.as_deref()), (OutboxState::Unknown, Some("overtaken")));
    }
    let row = session.outbox_row(of_another.id).await.unwrap().unwrap();
    assert_eq!(row.state, OutboxState::Pending);
    assert!(session.record_sent(rows[0].id, Some("8"), at(62)).await.unwrap(), "its answer came after all");
}

#[tokio::test]
async fn there_is_room_for_some_kinds_only() {
    let sample = Sample::new().await;
    let mut session = sample.store.begin().await.unwrap();
    let press = Deed::AnswerPress { press: "1".into(), text: String::new() };
    let press = NewOutboxRow::reply(sample.id(), chat("telegram", "p"), press, at(0));
    let reply = NewOutboxRow { priority: Priority::Reply, ..sample.row(None, "r", "x") };
    let bulk = sample.row(None, "b", "x");
    for row in [&press, &reply, &bulk] {
        session.enqueue(row).await.unwrap().unwrap();
    }
    let mut takes = Vec::new();
    for room in [
        Room { new_messages: 0, ..room(9) },
        Room { paced: 0, ..room(9) },
        Room { unasked: false, ..room(9) },
        Room { paced: 1, ..room(9) },
        Room { new_messages: 1, ..room(9) },
        Room { rows: 2, ..room(9) },
    ] {
        let rows = session.claim("telegram", &room, at(1), at(60)).await.unwrap();
        takes.push(rows.iter().map(|row| row.chat.id.clone()).collect::<String>());
        for row in rows {
            session.put_back(&row, "again", at(0)).await.unwrap();
        }
    }
    assert_eq!(takes, ["p", "p", "pr", "pr", "pr", "pr"]);
}
