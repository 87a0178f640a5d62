//! How much a bot may say: the limits of Telegram's FAQ, as strict as anybody has seen them. Edits count like messages.

use super::world::{Chat, Kind, Refusal, World};

/// The limits. Zero is none.
#[derive(Debug, Clone)]
pub struct Pace {
    pub group_per_minute: usize,
    /// Messages that may follow each other at once in one chat; then one a second.
    pub burst: usize,
    pub per_second: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self { group_per_minute: 20, burst: 5, per_second: 30 }
    }
}

/// Counts one message or edit, or says how long to wait. What is refused is not counted.
pub fn take(world: &mut World, chat: i64) -> Result<(), Refusal> {
    let (now, pace) = (world.now(), world.pace.clone());
    let within = |chat: &Chat, ms: i64| chat.paced.iter().filter(|at| now - **at < ms).count();
    let overall: usize = world.chats.values().map(|chat| within(chat, 1000)).sum();
    if pace.per_second > 0 && overall >= pace.per_second {
        return Err(Refusal::too_many(1));
    }
    let Some(chat) = world.chats.get_mut(&chat) else { return Ok(()) };
    while chat.paced.front().is_some_and(|at| now - at >= 60_000) {
        chat.paced.pop_front();
    }
    if chat.kind != Kind::Private && pace.group_per_minute > 0 && chat.paced.len() >= pace.group_per_minute {
        let oldest = chat.paced.front().copied().unwrap_or(now);
        return Err(Refusal::too_many((oldest + 60_000 - now) / 1000 + 1));
    }
    // A bucket that holds `burst` and gains one a second, played over the last minute.
    let mut held = pace.burst as f64;
    let mut before = now - 60_000;
    for at in &chat.paced {
        held = (held + (at - before) as f64 / 1000.0).min(pace.burst as f64) - 1.0;
        before = *at;
    }
    held = (held + (now - before) as f64 / 1000.0).min(pace.burst as f64);
    if pace.burst > 0 && held < 1.0 {
        return Err(Refusal::too_many(1));
    }
    chat.paced.push_back(now);
    Ok(())
}
