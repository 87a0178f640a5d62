//! What follows from each way in which a call fails.

use giaoban::chat::{ChatKind, Deed, SendError};
use giaoban::store::{NewOutboxRow, OutboxState, Priority};

use super::world::{Answer, Call, World, fails, too_many};
use crate::store::samples::{at, chat, pinned, says};

#[tokio::test]
async fn too_many_requests_hold_up_that_chat_only() {
    let world = World::new().await;
    world.will([too_many(30)]);
    for (chat, words) in [("a", "a1"), ("a", "a2"), ("b", "b1")] {
        world.say(chat, words).await;
    }
    let round = world.round().await;
    assert_eq!((round.taken, round.wakes_at), (2, Some(at(30))));
    world.play().await;
    let said = world.said();
    let said: Vec<_> = said.iter().map(|(second, _, words)| (*second, words.as_str())).collect();
    assert_eq!(said, [(0, "a1"), (0, "b1"), (30, "a1"), (30, "a2")]);
    assert_eq!(world.counts().await.sent, 3);
}

#[tokio::test]
async fn a_platform_that_is_down_is_tried_later_and_later_and_nothing_overtakes() {
    let world = World::new().await;
    world.will((0..4).map(|_| fails(SendError::Unreachable("connection refused".into()))));
    world.say("a", "một").await;
    world.say("a", "hai").await;
    world.play().await;
    let said: Vec<_> = world.said().into_iter().map(|(second, _, words)| (second, words)).collect();
    let expected = [(0, "một"), (2, "một"), (6, "một"), (14, "một"), (30, "một"), (30, "hai")];
    assert_eq!(said, expected.map(|(second, words)| (second, words.to_owned())));
}

#[tokio::test]
async fn no_answer_is_unknown_and_not_repeated() {
    let world = World::new().await;
    world.will([fails(SendError::NoAnswer), None, Some(Answer::Panics)]);
    let first = world.say("a", "một").await;
    world.say("a", "hai").await;
    let third = world.say("a", "ba").await;
    world.say("a", "bốn").await;
    world.play().await;
    assert_eq!(world.words(), ["một", "hai", "ba", "bốn"]);
    assert_eq!(world.state(first).await.0, OutboxState::Unknown);
    assert_eq!(world.state(third).await.0, OutboxState::Unknown, "a panic in the call: nobody knows");
    let counts = world.counts().await;
    assert_eq!((counts.sent, counts.unknown, counts.pending), (2, 2, 0));
}

#[tokio::test]
async fn a_platform_that_never_answers_is_not_waited_for_without_end() {
    let world = World::new().await;
    world.will([Some(Answer::Hangs)]);
    let row = world.say("a", "một").await;
    world.say("a", "hai").await;
    world.play().await;
    assert_eq!(world.words(), ["một", "hai"]);
    assert_eq!(world.state(row).await.0, OutboxState::Unknown);
}

#[tokio::test]
async fn what_is_refused_fails_and_the_next_goes_on() {
    let world = World::new().await;
    world.will([fails(SendError::Refused("text is empty".into())), fails(SendError::MessageGone)]);
    let refused = world.say("a", "một").await;
    let gone = world.say("a", "hai").await;
    world.say("a", "ba").await;
    world.play().await;
    assert_eq!(world.state(refused).await, (OutboxState::Failed, Some("refused: text is empty".into())));
    assert_eq!(world.state(gone).await.0, OutboxState::Failed);
    assert_eq!(world.counts().await.sent, 1);
}

#[tokio::test]
async fn a_chat_that_is_gone_keeps_its_rows_until_somebody_speaks_there() {
    let world = World::new().await;
    world.will([fails(SendError::ChatGone("kicked".into()))]);
    let first = world.say("a", "một").await;
    world.say("a", "hai").await;
    let late = NewOutboxRow { send_before: Some(at(100)), ..world.row("a", says("ba")) };
    let late = world.enqueue(late).await;
    let round = world.round().await;
    assert_eq!((round.taken, round.wakes_at), (1, None));
    assert_eq!(world.state(first).await.0, OutboxState::Failed);

    world.clock.set(at(3600));
    let mut session = world.sample.store.begin().await.unwrap();
    session.open_chat(&chat("telegram", "a"), ChatKind::Group).await.unwrap();
    session.commit().await.unwrap();
    world.play().await;
    assert_eq!(world.words(), ["một", "hai"]);
    assert_eq!(world.state(late).await, (OutboxState::Dropped, Some("expired".into())));
    assert_eq!(world.counts().await.expired, 1);
}

#[tokio::test]
async fn a_chat_that_moved_is_followed() {
    let world = World::new().await;
    let to = chat("telegram", "a2");
    world.will([fails(SendError::ChatMoved(to.clone()))]);
    let row = world.say("a", "một").await;
    world.say("a", "hai").await;
    world.play().await;
    let said: Vec<_> = world.said().into_iter().map(|(_, chat, words)| (chat, words)).collect();
    let expected = [("a", "một"), ("a2", "một"), ("a2", "hai")];
    assert_eq!(said, expected.map(|(chat, words)| (chat.to_owned(), words.to_owned())));
    assert_eq!(world.find(row).await.chat, to);
}

#[tokio::test]
async fn chats_that_move_in_a_circle_are_given_up() {
    let world = World::new().await;
    let moves = |to: &str| fails(SendError::ChatMoved(chat("telegram", to)));
    world.will(["b", "a", "b", "a", "b", "a"].map(moves));
    let row = world.say("a", "một").await;
    world.play().await;
    assert_eq!(world.state(row).await.0, OutboxState::Failed);
}

#[tokio::test]
async fn what_is_too_late_is_dropped_and_shown() {
    let world = World::new().await;
    let row = NewOutboxRow { send_before: Some(at(20)), ..world.row("a", says("nhắc")) };
    let row = world.enqueue(row).await;
    world.will([too_many(30)]);
    world.play().await;
    assert_eq!(world.words(), ["nhắc"], "the attempt that was refused");
    assert_eq!(world.state(row).await, (OutboxState::Dropped, Some("expired".into())));
}

#[tokio::test]
async fn a_pin_follows_its_message_and_presses_wait_for_no_pace() {
    let world = World::with(|limits| limits.chat_gap_ms = 5000).await;
    let pinned = pinned("bảng");
    world.enqueue(world.row("a", pinned)).await;
    world.say("a", "sau").await;
    let press = Deed::AnswerPress { press: "p".into(), text: "Đã ghi".into() };
    world.round().await;
    world.enqueue(world.row("a", press)).await;
    world.play().await;
    let said: Vec<_> = world.said().into_iter().map(|(second, _, words)| (second, words)).collect();
    let expected = [(0, "bảng"), (0, "pin m1"), (0, "press: Đã ghi"), (5, "sau")];
    assert_eq!(said, expected.map(|(second, words)| (second, words.to_owned())));
}

#[tokio::test]
async fn waiting_out_a_platform_s_moods_uses_up_no_other_patience() {
    let world = World::new().await;
    let to = chat("telegram", "b");
    world.will((0..6).map(|_| fails(SendError::Unreachable("502".into()))));
    world.will([fails(SendError::ChatMoved(to.clone()))]);
    let moved = world.say("a", "một").await;
    world.play().await;
    assert_eq!((world.state(moved).await.0, world.find(moved).await.chat), (OutboxState::Sent, to));

    world.will([too_many(5), too_many(5), fails(SendError::NoAnswer)]);
    let reminder = NewOutboxRow { priority: Priority::Reminder, ..world.fresh("c", &["nhắc"]) };
    let reminder = world.enqueue(reminder).await;
    world.play().await;
    assert_eq!(
        world.state(reminder).await.0,
        OutboxState::Sent,
        "it was not answered once, and is said once more"
    );

    world.will([fails(SendError::NoAnswer), too_many(5), fails(SendError::NoAnswer)]);
    let reminder = NewOutboxRow { priority: Priority::Reminder, ..world.fresh("c", &["nhắc"]) };
    let reminder = world.enqueue(reminder).await;
    world.play().await;
    assert_eq!(world.state(reminder).await.0, OutboxState::Unknown, "once more is enough");
}

#[tokio::test]
async fn a_press_is_answered_while_its_chat_waits() {
    let world = World::new().await;
    world.will([too_many(30)]);
    world.say("a", "một").await;
    world.round().await;
    let press = Deed::AnswerPress { press: "p".into(), text: "Đã ghi".into() };
    world.enqueue(world.row("a", press)).await;
    assert_eq!(world.delivery.wakes_at(at(0)).await.unwrap(), Some(at(0)));
    world.play().await;
    let said: Vec<_> = world.said().into_iter().map(|(second, _, words)| (second, words)).collect();
    let expected = [(0, "một"), (0, "press: Đã ghi"), (30, "một")];
    assert_eq!(said, expected.map(|(second, words)| (second, words.to_owned())));
}

#[tokio::test]
async fn a_topic_that_is_gone_is_forgotten() {
    let world = World::new().await;
    let mut session = world.sample.store.begin().await.unwrap();
    session.speak_in(&chat("telegram", "a"), Some("30")).await.unwrap();
    session.commit().await.unwrap();
    world.will([fails(SendError::TopicGone)]);
    let row = world.say("a", "một").await;
    world.say("a", "hai").await;
    world.play().await;
    assert_eq!(world.state(row).await.0, OutboxState::Sent);
    let threads: Vec<_> = world.platform.calls.lock().unwrap().iter().map(thread).collect();
    assert_eq!(threads, [Some("30".to_owned()), None, None]);
}

fn thread(call: &Call) -> Option<String> {
    match &call.deed {
        Deed::Send { thread, .. } => thread.clone(),
        _ => None,
    }
}
