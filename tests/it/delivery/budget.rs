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
async fn what_left_within_a_refused_message_leaves_by_itself() {
    let world = counted(1_000).await;
    let rows =
        [world.say("person", "một").await, world.say("person", "hai").await, world.say("person", "ba").await];
    let refused = || fails(SendError::Refused("400".into()));
    world.will([refused()]);
    world.play().await;
    assert_eq!(world.words(), ["một\n\nhai\n\nba", "một", "hai", "ba"]);
    for row in rows {
        assert_eq!(world.state(row).await.0, OutboxState::Sent);
    }
    // What is refused alone is refused.
    let bad = world.say("person", "bốn").await;
    world.will([refused()]);
    world.play().await;
    assert_eq!(world.state(bad).await.0, OutboxState::Failed);
}

#[tokio::test]
async fn the_last_tenth_of_a_month_is_for_deadlines_and_what_is_needed() {
    let world = counted(10).await;
    let unasked = |chat: &str, words: &str, reserved| NewOutboxRow {
        priority: Priority::Reminder,
        reserved,
        ..world.row(chat, says(words))
    };
    for number in 0..9 {
        world.enqueue(unasked(&format!("p{number}"), "x", false)).await;
    }
    world.play().await;
    assert_eq!(supply(&world).await, Supply::Reserve);
    let answer = world.say("person", "đã ghi nhận").await;
    let thanks = world.enqueue(unasked("group3", "cảm ơn", false)).await;
    let reminder = world.enqueue(unasked("group", "nhắc hạn", true)).await;
    let late = world.enqueue(unasked("group2", "nhắc nữa", true)).await;
    world.round().await;
    // By our count the second is one too many. The platform may count otherwise: what is needed is tried.
    for needed in [reminder, late] {
        assert_eq!(world.find(needed).await.state, OutboxState::Sent);
    }
    for kept in [answer, thanks] {
        assert_eq!(world.find(kept).await.state, OutboxState::Pending);
    }
    assert_eq!(supply(&world).await, Supply::Spent);
    // A day later nobody waits for the answer any more.
    world.clock.set(at(25 * 3600));
    world.round().await;
    assert_eq!(world.find(answer).await.state, OutboxState::Dropped);
}

#[tokio::test]
async fn a_bot_that_its_platform_turns_away_is_tried_with_one_message_now_and_then() {
    let world = counted(1_000).await;
    let answers = [world.say("p1", "một").await, world.say("p2", "hai").await, world.say("p3", "ba").await];
    let needed =
        NewOutboxRow {
            priority: Priority::Reminder, reserved: true, ..world.row("group", says("nhắc hạn"))
        };
    world.enqueue(needed).await;
    let spent = || fails(SendError::QuotaSpent("quota exceeded".into()));
    world.will([spent(), spent()]);
    let state = async || world.sample.store.read().await.unwrap().bot_state("telegram").await.unwrap();
    assert_eq!(world.round().await.wakes_at, Some(at(10)));
    assert_eq!((world.words().len(), state().await.quota_since), (1, Some(at(0))), "one for all of them");
    world.clock.set(at(9));
    world.round().await;
    assert_eq!(world.words().len(), 1);
    // What is needed is tried first; each time it is left in peace for longer.
    world.clock.set(at(60));
    assert_eq!(world.round().await.wakes_at, Some(at(120)));
    assert_eq!(world.words().last().map(String::as_str), Some("nhắc hạn"));
    world.clock.set(at(120));
    world.round().await;
    assert_eq!((world.words().len(), state().await.quota_since), (6, None));
    for row in answers {
        assert_eq!(world.find(row).await.state, OutboxState::Sent);
    }
}

#[tokio::test]
async fn a_bot_whose_token_is_refused_is_silent_until_it_has_another() {
    let world = counted(1_000).await;
    let answer = world.say("person", "một").await;
    world.say("group", "hai").await;
    world.will([fails(SendError::Unauthorized("401".into()))]);
    assert_eq!(world.round().await.wakes_at, None);
    world.clock.set(at(7_200));
    world.round().await;
    assert_eq!(world.words(), ["một"], "nothing is tried again");
    let mut session = world.sample.store.begin().await.unwrap();
    session.open_bot("telegram").await.unwrap();
    session.commit().await.unwrap();
    world.play().await;
    assert_eq!(world.find(answer).await.state, OutboxState::Sent);
}

#[tokio::test]
async fn what_waited_for_a_new_month_leaves_in_its_morning() {
    let world = counted(10).await;
    let now = world.now();
    let zone = chrono_tz::Asia::Ho_Chi_Minh;
    let next = giaoban::domain::month_began(now + chrono::Duration::days(32), zone);
    world.clock.set(next - chrono::Duration::hours(2));
    for number in 0..9 {
        world.say(&format!("p{number}"), "x").await;
    }
    world.play().await;
    let answer = world.say("person", "đã ghi nhận").await;
    world.clock.set(next + chrono::Duration::minutes(1));
    assert_eq!(world.round().await.wakes_at, Some(next + chrono::Duration::hours(7)));
    assert_eq!(world.find(answer).await.state, OutboxState::Pending);
    world.clock.set(next + chrono::Duration::hours(7));
    world.round().await;
    assert_eq!(world.find(answer).await.state, OutboxState::Sent);
}
