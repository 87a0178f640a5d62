//! The loop.

use std::time::Duration;

use giaoban::chat::{Deed, Reaction};
use giaoban::store::OutboxState;
use tokio_util::sync::CancellationToken;

use super::world::{Answer, World, too_many};
use crate::store::samples::at;

async fn until(world: &World, sent: u64) {
    for _ in 0..500 {
        if world.counts().await.sent == sent {
            return;
        }
        tokio::time::timeout(Duration::from_millis(10), std::future::pending::<()>()).await.unwrap_err();
    }
    panic!("{:?}", world.counts().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_wakes_for_what_is_enqueued_and_for_what_waits_and_ends_when_told() {
    let world = World::new().await;
    let cancel = CancellationToken::new();
    let running = tokio::spawn(world.delivery.clone().run(cancel.clone()));
    for number in 0..30 {
        world.say(&format!("chat {}", number % 10), &number.to_string()).await;
    }
    until(&world, 30).await;
    world.will([too_many(60)]);
    let late = world.say("chat 0", "sau một phút").await;
    // Said and refused is not yet written down: until then the minute has not begun.
    while world.state(late).await.1.is_none() {
        tokio::task::yield_now().await;
    }
    world.clock.set(at(61));
    until(&world, 31).await;
    let of_chat: Vec<_> =
        world.said().into_iter().filter(|(_, chat, _)| chat == "chat 3").map(|s| s.2).collect();
    assert_eq!(of_chat, ["3", "13", "23"]);
    cancel.cancel();
    tokio::time::timeout(Duration::from_secs(5), running).await.unwrap().unwrap();
    assert_eq!(world.counts().await.pending, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_messages_go_one_after_the_other_and_a_slow_one_is_overtaken_in_time() {
    let world = World::new().await.patient();
    world.will([Some(Answer::Hangs)]);
    let slow = world.say("slow", "một").await;
    let cancel = CancellationToken::new();
    let running = tokio::spawn(world.delivery.clone().run(cancel.clone()));
    while world.said().is_empty() {
        tokio::task::yield_now().await;
    }
    let board = world.say("a", "hai").await;
    let mark = Deed::React { message: "m0".into(), mark: Reaction::Recorded };
    world.enqueue(world.row("b", mark)).await;
    until(&world, 1).await;
    assert_eq!(
        world.words(),
        ["một", "react m0"],
        "what comes to the same twice does not wait, a message does"
    );
    world.clock.set(at(2));
    until(&world, 2).await;
    assert_eq!(world.words(), ["một", "react m0", "hai"]);
    let [slow, board] = [slow, board].map(|id| world.find(id));
    let (slow, board) = (slow.await, board.await);
    assert_eq!((board.state, slow.state), (OutboxState::Sent, OutboxState::Pending));
    running.abort();
}
