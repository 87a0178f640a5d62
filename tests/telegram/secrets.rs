//! The token stands in nothing that a run writes: no log however detailed, no sentence, no message, no database.

use crate::fake::{Fake, Mishap, Order, pause};
use crate::month;
use crate::program::{Place, TOKEN};

/// The half of a token that is secret.
fn secret(token: &str) -> &str {
    token.split_once(':').map_or(token, |(_, secret)| secret)
}

/// Looks through everything that was written.
fn search(place: &Place, token: &str) -> Result<(), String> {
    let found = place.files_with(secret(token));
    if found.is_empty() { Ok(()) } else { Err(format!("the token stands in {}", found.join(", "))) }
}

pub async fn play() -> Result<(), String> {
    // A month with a server that fails in every way, in the most detailed log there is.
    let (fake, place) = month::play(Place::new(None)?).await?;
    search(&place, TOKEN)?;
    let said = fake.with(|world| {
        let messages = world.chats.values().flat_map(|chat| chat.messages.values());
        messages.filter(|m| m.json.to_string().contains(secret(TOKEN))).count()
    });
    if said > 0 {
        return Err(format!("the token stands in {said} messages"));
    }
    if !place.log().contains("giaoban") {
        return Err("a log was looked through in which nothing stands".into());
    }

    // Servers that are not there, that know another token, that cut every line, and addresses that are none.
    let mut place = Place::new(None)?;
    let other = "654321:AAFother-token-of-nobody-1234567890abcde";
    let cutting = Fake::start(TOKEN, 0).await.map_err(|e| e.to_string())?;
    let cut = Order { method: "getme".into(), chat: None, times: 99, mishap: Mishap::CutBefore };
    cutting.with(|world| world.chaos.orders.push(cut));
    let refusing = Fake::start(TOKEN, 0).await.map_err(|e| e.to_string())?;
    for (address, token) in [
        ("http://127.0.0.1:1", TOKEN),
        ("http://no-such-host.invalid", TOKEN),
        ("no address", TOKEN),
        (refusing.address.as_str(), other),
        (refusing.address.as_str(), "no token/at all?"),
        (cutting.address.as_str(), TOKEN),
    ] {
        let mut running = place.start_at(address, token, 0)?;
        for _ in 0..30 {
            pause(50).await;
            if running.ended().is_some() {
                break;
            }
        }
        running.kill()?;
        search(&place, token)?;
    }
    Ok(())
}
