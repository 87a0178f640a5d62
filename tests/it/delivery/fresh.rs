//! What is put into words only when it is sent.

use giaoban::store::{NewOutboxRow, OutboxState, StoreError};

use super::world::{World, too_many};

#[tokio::test]
async fn several_parts_are_rows_of_their_own() {
    let world = World::with(|limits| limits.chat_gap_ms = 1000).await;
    let row = NewOutboxRow { key: Some("month/2026-10".into()), ..world.fresh("a", &["một", "hai", "ba"]) };
    world.enqueue(row).await;
    world.play().await;
    assert_eq!(world.words(), ["một", "hai", "ba"]);
    let mut session = world.sample.store.read().await.unwrap();
    let rows = session.rows_of_key(world.office.id, "month/2026-10").await.unwrap();
    let parts: Vec<_> = rows.iter().map(|row| (row.part, row.message_id.as_deref().unwrap())).collect();
    assert_eq!(parts, [(0, "m1"), (1, "m2"), (2, "m3")]);
}

#[tokio::test]
async fn nothing_left_to_say_is_dropped() {
    let world = World::new().await;
    let row = world.enqueue(world.fresh("a", &["nhắc"])).await;
    *world.composer.instead.lock().unwrap() = Some(vec![]);
    world.play().await;
    assert_eq!(world.words(), Vec::<String>::new());
    assert_eq!(world.state(row).await, (OutboxState::Dropped, Some("nothing left to say".into())));
}

#[tokio::test]
async fn a_school_that_answers_while_its_reminder_waits_is_not_reminded() {
    let world = World::new().await;
    world.will([too_many(60)]);
    let row = world.enqueue(world.fresh("a", &["nhắc trường 1", "nhắc trường 2"])).await;
    world.round().await;
    *world.composer.instead.lock().unwrap() = Some(vec![]);
    world.play().await;
    assert_eq!(world.words(), ["nhắc trường 1"], "the call that was refused");
    assert_eq!(world.state(row).await.0, OutboxState::Dropped);
    assert_eq!(world.counts().await.pending, 0, "the second part went with it");
}

#[tokio::test]
async fn composing_that_fails_is_tried_again_and_a_panic_harms_only_its_row() {
    let world = World::new().await;
    *world.composer.fails.lock().unwrap() = Some(Some(StoreError::Busy("locked".into())));
    world.enqueue(world.fresh("a", &["một"])).await;
    world.play().await;
    assert_eq!(world.said(), [(2, "a".to_owned(), "một".to_owned())]);

    *world.composer.fails.lock().unwrap() = Some(None);
    let harmed = world.enqueue(world.fresh("a", &["hai"])).await;
    world.enqueue(world.fresh("a", &["ba"])).await;
    world.play().await;
    assert_eq!(world.state(harmed).await, (OutboxState::Failed, Some("panic while composing".into())));
    assert_eq!(world.words(), ["một", "ba"]);
}
