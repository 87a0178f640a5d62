//! Updates by webhook: a request for each, one after the other, flat or in an envelope; made again as often as `Ways` says.

use std::time::Duration;

use serde_json::{Value, json};

use super::Fake;
use crate::emulator::pause;

/// How long the receiver may take.
const LONGEST: Duration = Duration::from_secs(5);

/// Between two tries of one request, in milliseconds.
const REST: u64 = 300;

/// The probe of an address: a request without the secret and without a body. What it comes to.
pub async fn probe(url: &str) -> Value {
    let answer = reqwest::Client::new().post(url).timeout(LONGEST).send().await;
    match answer {
        Ok(answer) if answer.status().is_success() => {
            json!({"ok": true, "status_code": 200, "outcome": "webhook.ok", "latency_ms": 1})
        }
        Ok(answer) => {
            let status = answer.status().as_u16();
            json!({"ok": false, "status_code": status, "outcome": format!("webhook.http.{status}")})
        }
        Err(_) => json!({"ok": false, "outcome": "webhook.err.timeout", "hint": "no answer"}),
    }
}

/// Delivers to one bot for as long as the runtime lives, whenever a webhook is set.
pub fn deliver(fake: Fake, bot: usize) {
    tokio::spawn(async move {
        let client = reqwest::Client::new();
        loop {
            let rung = fake.rung.notified();
            tokio::pin!(rung);
            rung.as_mut().enable();
            let Some((place, body, address, secret, tries)) = next(&fake, bot) else {
                rung.await;
                continue;
            };
            for _ in 0..tries {
                fake.lock().told[place].times += 1;
                let request = client.post(&address).timeout(LONGEST).json(&body);
                let answer = request.header("X-Bot-Api-Secret-Token", &secret).send().await;
                if answer.is_ok_and(|answer| answer.status().is_success()) {
                    fake.lock().told[place].confirmed = true;
                    break;
                }
                pause(REST).await;
            }
            let told = &mut fake.lock().told[place];
            told.lost = !told.confirmed;
        }
    });
}

/// What waits, as it is told, with where it goes, the secret, and how often it is tried.
fn next(fake: &Fake, bot: usize) -> Option<(usize, Value, String, String, usize)> {
    let mut world = fake.lock();
    if world.bots[bot].webhook.is_empty() {
        return None;
    }
    let place = world.bots[bot].waiting.pop_front()?;
    let event = world.told[place].event.clone();
    let body = if world.ways.wrapped { json!({"ok": true, "result": event}) } else { event };
    let us = &world.bots[bot];
    Some((place, body, us.webhook.clone(), us.secret.clone(), 1 + world.ways.hook_retries))
}
