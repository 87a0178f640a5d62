//! The program ends between any two steps of a send: nothing is lost, and something is said twice only when it ended
//! between the call and its record.

use giaoban::delivery::Leaving;
use giaoban::store::OutboxState;

use super::world::World;
use crate::store::samples::at;

/// Claims and composes the first row of chat `a`.
async fn leaving(world: &World) -> Leaving {
    let rows = world.delivery.claim(world.now(), 1).await.unwrap();
    world.delivery.compose(rows[0].clone(), world.now()).await.unwrap().unwrap()
}

async fn world() -> World {
    let world = World::new().await;
    world.enqueue(world.fresh("a", &["một", "hai"])).await;
    world.say("a", "ba").await;
    world
}

#[tokio::test]
async fn after_it_was_enqueued() {
    let mut world = world().await;
    world.restart().await;
    world.play().await;
    assert_eq!(world.words(), ["một", "hai", "ba"]);
}

#[tokio::test]
async fn after_the_claim() {
    let mut world = world().await;
    world.delivery.claim(world.now(), 1).await.unwrap();
    world.restart().await;
    let round = world.round().await;
    assert_eq!((round.taken, round.wakes_at), (0, Some(at(120))), "its lease holds the chat");
    world.play().await;
    assert_eq!(world.words(), ["một", "hai", "ba"]);
    assert_eq!(world.counts().await.perhaps_twice, 1, "nobody knows that the call was not made");
}

#[tokio::test]
async fn after_it_was_composed() {
    let mut world = world().await;
    leaving(&world).await;
    world.restart().await;
    world.play().await;
    assert_eq!(world.words(), ["một", "hai", "ba"], "the parts are not there twice");
    assert_eq!(world.counts().await.sent, 3);
}

#[tokio::test]
async fn after_the_call() {
    let mut world = world().await;
    let leaving = leaving(&world).await;
    world.delivery.send(&leaving).await.unwrap();
    world.restart().await;
    world.play().await;
    assert_eq!(world.words(), ["một", "một", "hai", "ba"], "the one case in which something is said twice");
    let row = world.find(leaving.row.id).await;
    assert_eq!((row.state, row.lapses, row.message_id.as_deref()), (OutboxState::Sent, 1, Some("m2")));
    assert_eq!(world.counts().await.perhaps_twice, 1, "and it is counted");
}

#[tokio::test]
async fn after_the_record() {
    let mut world = world().await;
    let leaving = leaving(&world).await;
    let result = world.delivery.send(&leaving).await;
    world.delivery.settle(&leaving, &result, world.now()).await.unwrap();
    world.restart().await;
    world.play().await;
    assert_eq!(world.words(), ["một", "hai", "ba"]);
    assert_eq!(world.counts().await.perhaps_twice, 0);
}

#[tokio::test]
async fn a_record_that_comes_after_the_lease_counts_and_a_second_does_not() {
    let world = world().await;
    let slow = leaving(&world).await;
    let result = world.delivery.send(&slow).await;
    world.clock.set(at(121));
    let again = world.delivery.claim(world.now(), 1).await.unwrap().remove(0);
    assert_eq!(again.id, slow.row.id);
    world.delivery.settle(&slow, &result, world.now()).await.unwrap();
    assert_eq!(world.find(slow.row.id).await.state, OutboxState::Sent);
    assert_eq!(world.delivery.compose(again, world.now()).await.unwrap(), None, "it is out: not said again");
}
