//! A platform that counts messages by the month: answers of one chat leave together, and the last tenth is for reminders.

use giaoban::chat::{ChatKind, SendError};
use giaoban::domain::Supply;
use giaoban::store::{NewOutboxRow, OutboxState, Priority};

use super::world::{World, fails};
use crate::store::samples::{at, chat, says};

/// A world that counts, with a group and a person.
async fn counted(per_month: u32) -> World {
    let world = World::with(|limits| {
        (limits.per_month, limits.chat_gap_ms, limits.text) = (per_month, 3_000, 40);
    })
    .await;
    let mut session = world.sample.store.begin().await.unwrap();
    session.open_chat(&chat("telegram", "group"), ChatKind::Group).await.unwrap();
    session.open_chat(&chat("telegram", "person"), ChatKind::Private).await.unwrap();
    session.commit().await.unwrap();
    world
}

async fn supply(world: &World) -> Supply {
    let mut session = world.sample.store.read().await.unwrap();
    let budget = world.delivery.budget(&mut session, "telegram", world.now()).await.unwrap();
    budget.unwrap().supply()
}

#[tokio::test]
async fn answers_that_wait_in_one_chat_leave_as_one_message_as_long_as_they_fit() {
    let world = counted(1_000).await;
    let first = world.say("group", "một").await;
    let others =
        [world.say("group", "hai").await, world.say("group", "ba").await, world.say("person", "bốn").await];
    let long = world.say("group", "một câu dài hơn nhiều so với chỗ").await;
    world.play().await;
    // The first takes those with it that wait at its moment.
    assert_eq!(
        world.said(),
        [
            (0, "group".into(), "một\n\nhai\n\nba".into()),
            (0, "person".into(), "bốn".into()),
            (3, "group".into(), "một câu dài hơn nhiều so với chỗ".into()),
        ]
    );
    let message = world.find(first).await.message_id;
    for row in others.into_iter().take(2).chain([first]) {
        let found = world.find(row).await;
        assert_eq!((found.state, &found.message_id), (OutboxState::Sent, &message));
    }
    assert_eq!(world.find(long).await.state, OutboxState::Sent);
}

#[tokio::test]
async fn what_was_gathered_is_whatever_becomes_of_its_message() {
    let mut world = counted(1_000).await;
    let (first, second) = (world.say("group", "một").await, world.say("group", "hai").await);
    world.will([fails(SendError::Unreachable("down".into())), fails(SendError::NoAnswer)]);
    assert_eq!(world.round().await.wakes_at, Some(at(2)));
    world.restart().await;
    world.play().await;
    assert_eq!(world.words(), ["một\n\nhai", "một\n\nhai"]);
    assert_eq!(world.state(first).await.0, OutboxState::Unknown);
    assert_eq!(world.state(second).await, (OutboxState::Unknown, Some("gathered".into())));
}

#[tokio::test]
async fn the_last_tenth_of_a_month_is_for_what_nobody_asked_for() {
    let world = counted(10).await;
    for number in 0..9 {
        let row =
            NewOutboxRow { priority: Priority::Reminder, ..world.row(&format!("p{number}"), says("x")) };
        world.enqueue(row).await;
    }
    world.play().await;
    assert_eq!(supply(&world).await, Supply::Reserve);
    let answer = world.say("person", "đã ghi nhận").await;
    let reminder = NewOutboxRow { priority: Priority::Reminder, ..world.row("group", says("nhắc hạn")) };
    let reminder = world.enqueue(reminder).await;
    let late = NewOutboxRow { priority: Priority::Reminder, ..world.row("group2", says("nhắc nữa")) };
    let late = world.enqueue(late).await;
    world.round().await;
    assert_eq!(world.find(reminder).await.state, OutboxState::Sent);
    assert_eq!(world.find(answer).await.state, OutboxState::Pending);
    assert_eq!(supply(&world).await, Supply::Spent);
    assert_eq!(world.find(late).await.state, OutboxState::Pending, "nothing is left");
    // A day later nobody waits for the answer any more.
    world.clock.set(at(25 * 3600));
    world.round().await;
    assert_eq!(world.find(answer).await.state, OutboxState::Dropped);
}
