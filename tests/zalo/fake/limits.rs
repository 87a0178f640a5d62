//! What a plan allows: the length of a text, messages a month, groups and people of one bot.

use super::world::{Refusal, World};

/// The longest text, in a unit that is not documented: here the one that is reached first.
const TEXT: usize = 2_000;

/// The month of a moment in Vietnam.
pub fn month(at: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default() + chrono::Duration::hours(7);
    at.format("%Y-%m").to_string()
}

/// Whether a text may be sent.
pub fn text(text: &str) -> Result<(), Refusal> {
    match text.encode_utf16().count() {
        0 => Err(Refusal::bad("text must not be empty")),
        n if n > TEXT => Err(Refusal::bad("text is too long")),
        _ => Ok(()),
    }
}

/// Counts one message of a bot, or says that there are no more.
pub fn take(world: &mut World, bot: usize) -> Result<(), Refusal> {
    let (month, ways) = (month(world.now()), world.ways.clone());
    let (sent, received) = world.bots[bot].months.entry(month).or_default();
    let used = *sent + if ways.counts_both { *received } else { 0 };
    if used >= ways.per_month {
        return Err(Refusal::new(429, "Quota exceeded"));
    }
    *sent += 1;
    Ok(())
}

/// Whether a bot has room for this person; a new one beyond the plan is not heard.
pub fn person(world: &mut World, bot: usize, id: &str) -> bool {
    let most = world.ways.people;
    let people = &mut world.bots[bot].people;
    if people.contains(id) {
        return true;
    }
    people.len() < most && people.insert(id.to_owned())
}

/// Whether a bot may come into one more group.
pub fn group(world: &mut World, bot: usize, id: &str) -> bool {
    let most = world.ways.groups;
    let groups = &mut world.bots[bot].groups;
    groups.len() < most && groups.insert(id.to_owned())
}
