//! Edits find the message that they edit.

use giaoban::chat::{Deed, SendError, Text};
use giaoban::domain::OutboxId;
use giaoban::store::{NewOutboxRow, OutboxState, Priority};

use super::world::{World, fails, too_many};
use crate::store::samples::{chat, pinned, says};

fn edit(row: OutboxId, words: &str) -> Deed {
    Deed::Edit { row, message: None, text: Text::plain(words), buttons: vec![] }
}

#[tokio::test]
async fn an_edit_waits_for_its_message_and_only_the_newest_is_made() {
    let world = World::new().await;
    let bulk = NewOutboxRow { priority: Priority::Bulk, ..world.row("a", says("bảng 0/2")) };
    let board = world.enqueue(bulk).await;
    let old = world.enqueue(world.row("a", edit(board, "bảng 1/2"))).await;
    world.enqueue(world.row("a", edit(board, "bảng 2/2"))).await;
    world.play().await;
    assert_eq!(world.words(), ["bảng 0/2", "edit m1: bảng 2/2"]);
    assert_eq!(world.state(old).await, (OutboxState::Dropped, Some("superseded".into())));
    let mut session = world.sample.store.read().await.unwrap();
    let said = session.row_of_message(&chat("telegram", "a"), "m1").await.unwrap().unwrap();
    assert_eq!(said.id, board, "the message is the row's that sent it");
}

#[tokio::test]
async fn an_edit_of_what_is_not_out_is_dropped() {
    let world = World::new().await;
    world.will([fails(SendError::NoAnswer), fails(SendError::Refused("no".into()))]);
    let unknown = world.say("a", "một").await;
    let failed = world.say("a", "hai").await;
    let edits = [world.row("a", edit(unknown, "một!")), world.row("a", edit(failed, "hai!"))]
        .map(|row| world.enqueue(row));
    let [first, second] = edits;
    let edits = [first.await, second.await];
    world.play().await;
    assert_eq!(world.words(), ["một", "hai"]);
    for id in edits {
        assert_eq!(world.state(id).await.0, OutboxState::Dropped);
    }
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_done() {
    let world = World::new().await;
    let board = world.say("a", "bảng").await;
    world.round().await;
    world.will([fails(SendError::NotModified)]);
    let same = world.enqueue(world.row("a", edit(board, "bảng"))).await;
    world.play().await;
    assert_eq!(world.state(same).await, (OutboxState::Sent, None));
}

#[tokio::test]
async fn after_a_move_no_stranger_s_message_is_edited_and_it_is_said_anew() {
    let world = World::new().await;
    let board = world.say("a", "bảng").await;
    world.round().await;
    world.will([too_many(10)]);
    let row = world.enqueue(world.row("a", edit(board, "bảng 1/2"))).await;
    world.round().await;
    let mut session = world.sample.store.begin().await.unwrap();
    session.migrate_chat(&chat("telegram", "a"), &chat("telegram", "a2")).await.unwrap();
    session.commit().await.unwrap();
    world.play().await;
    assert_eq!(world.state(row).await.0, OutboxState::Sent);
    let words = world.words();
    assert_eq!(words, ["bảng", "edit m1: bảng 1/2", "bảng 1/2"], "the second is the call that was refused");
    world.enqueue(world.row("a2", edit(board, "bảng 2/2"))).await;
    world.play().await;
    assert_eq!(
        world.words().last().unwrap(),
        "edit m3: bảng 2/2",
        "what is said anew is what is edited next"
    );
}

#[tokio::test]
async fn a_board_that_somebody_deleted_is_said_anew_and_pinned_as_before() {
    let world = World::new().await;
    let pinned = pinned("bảng 0/2");
    let board = world.enqueue(world.row("a", pinned)).await;
    world.play().await;
    world.will([fails(SendError::MessageGone)]);
    world.enqueue(world.row("a", edit(board, "bảng 1/2"))).await;
    world.play().await;
    let mut session = world.sample.store.read().await.unwrap();
    let said = session.outbox_row(board).await.unwrap().unwrap();
    assert_eq!(world.words()[2..], ["edit m1: bảng 1/2", "bảng 1/2", "pin m4"]);
    assert_eq!(said.message_id.as_deref(), Some("m4"));
}

#[tokio::test]
async fn an_edit_that_is_composed_finds_its_message_too() {
    let world = World::new().await;
    let board = world.say("a", "bảng").await;
    world.round().await;
    *world.composer.instead.lock().unwrap() = Some(vec![edit(board, "bảng 2/2")]);
    let row = NewOutboxRow { edits: Some(board), ..world.fresh("a", &[]) };
    let row = world.enqueue(row).await;
    world.play().await;
    assert_eq!(world.words(), ["bảng", "edit m1: bảng 2/2"]);
    assert_eq!(world.state(row).await.0, OutboxState::Sent);
}
