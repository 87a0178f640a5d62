//! Pace: by chat, by group and over all, over a restart too.

use giaoban::chat::ChatKind;
use giaoban::store::{NewOutboxRow, Priority};

use super::world::World;
use crate::store::samples::{at, chat, says};

fn seconds(world: &World) -> Vec<i64> {
    world.said().into_iter().map(|(second, _, _)| second).collect()
}

#[tokio::test]
async fn a_burst_and_then_one_a_gap_and_a_restart_does_not_burst() {
    let mut world = World::with(|limits| (limits.chat_gap_ms, limits.chat_burst) = (1000, 3)).await;
    for number in 0..6 {
        world.say("a", &number.to_string()).await;
    }
    assert_eq!(world.round().await.wakes_at, Some(at(1)));
    world.restart().await;
    assert_eq!(world.round().await.taken, 0);
    world.play().await;
    assert_eq!(seconds(&world), [0, 0, 0, 1, 2, 3]);
    assert_eq!(world.words(), ["0", "1", "2", "3", "4", "5"]);
}

#[tokio::test]
async fn a_group_has_its_minute_and_a_private_chat_has_not() {
    let world = World::with(|limits| limits.group_per_minute = 2).await;
    let mut session = world.sample.store.begin().await.unwrap();
    session.open_chat(&chat("telegram", "group"), ChatKind::Group).await.unwrap();
    session.open_chat(&chat("telegram", "person"), ChatKind::Private).await.unwrap();
    session.commit().await.unwrap();
    for number in 0..3 {
        world.say("group", &number.to_string()).await;
        world.say("person", &number.to_string()).await;
    }
    world.play().await;
    let of = |chat: &str| -> Vec<i64> {
        world.said().into_iter().filter(|(_, id, _)| id == chat).map(|(second, _, _)| second).collect()
    };
    assert_eq!((of("group"), of("person")), (vec![0, 0, 60], vec![0, 0, 0]));
}

#[tokio::test]
async fn so_many_a_second_over_all_chats() {
    let mut world = World::with(|limits| limits.per_second = 5).await;
    for number in 0..12 {
        world.say(&format!("chat {number}"), "x").await;
    }
    assert_eq!(world.round().await.taken, 5);
    world.restart().await;
    assert_eq!(world.round().await.taken, 0);
    world.play().await;
    assert_eq!(seconds(&world), [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2]);
}

#[tokio::test]
async fn reminders_leave_a_part_of_a_group_s_minute_to_answers() {
    let world = World::with(|limits| (limits.group_per_minute, limits.group_reserve) = (3, 1)).await;
    for number in 0..3 {
        let bulk = NewOutboxRow { priority: Priority::Bulk, ..world.row("group", says(&number.to_string())) };
        world.enqueue(bulk).await;
    }
    assert_eq!(world.round().await.wakes_at, Some(at(60)));
    world.say("group", "trả lời").await;
    world.play().await;
    assert_eq!(world.words(), ["0", "1", "trả lời", "2"]);
    assert_eq!(seconds(&world), [0, 0, 0, 60]);
}
