//! Updates by webhook: a request for each, several at once and so in no order, until one is answered with 200.

use std::collections::HashSet;
use std::time::Duration;

use serde_json::Value;
use tokio::task::JoinSet;

use super::Fake;
use crate::emulator::pause;

/// Requests under way at once.
const AT_ONCE: usize = 4;

/// How long the receiver may take, and how long it is left alone after a failure, in milliseconds.
const LONGEST: Duration = Duration::from_secs(30);
const REST: u64 = 500;

/// Delivers for as long as the runtime lives, whenever a webhook is set.
pub fn deliver(fake: Fake) {
    tokio::spawn(async move {
        let client = reqwest::Client::new();
        let mut requests: JoinSet<(i64, bool)> = JoinSet::new();
        let mut under_way = HashSet::new();
        loop {
            let rung = fake.rung.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            for (id, update, address, secret) in next(&fake, &under_way, AT_ONCE - requests.len()) {
                under_way.insert(id);
                let request = client.post(address).timeout(LONGEST).json(&update);
                let request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
                requests.spawn(async move {
                    let taken = request.send().await.is_ok_and(|answer| answer.status().is_success());
                    if !taken {
                        pause(REST).await;
                    }
                    (id, taken)
                });
            }
            tokio::select! {
                () = rung => {}
                Some(Ok((id, taken))) = requests.join_next() => {
                    under_way.remove(&id);
                    let mut world = fake.lock();
                    if taken {
                        world.waiting.retain(|(waits, _, _)| *waits != id);
                        world.confirmed += 1;
                    }
                }
            }
        }
    });
}

/// What waits and is not under way, with where it goes and the secret.
fn next(fake: &Fake, under_way: &HashSet<i64>, most: usize) -> Vec<(i64, Value, String, String)> {
    let mut world = fake.lock();
    let (address, secret) = (world.webhook.clone(), world.secret.clone());
    if address.is_empty() {
        return vec![];
    }
    let free = world.waiting.iter_mut().filter(|(id, _, _)| !under_way.contains(id)).take(most);
    free.map(|(id, update, times)| {
        *times += 1;
        (*id, update.clone(), address.clone(), secret.clone())
    })
    .collect()
}
