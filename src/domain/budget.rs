//! How many messages a bot may exchange in a month where its platform counts them, and what is said when they run short.

use chrono::{DateTime, Datelike, Duration, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::instant;

/// From this share on, in percent, answers are gathered for longer.
const SPARING: u32 = 50;
/// From this share on they are gathered for much longer, and the specialists are told.
const SCARCE: u32 = 80;
/// From this share on what is left is kept: for reminders of deadlines, for what the bot asks back, and for officers.
const RESERVE: u32 = 90;

/// The messages of one bot in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// How many there may be.
    pub most: u32,
    /// Sent, or perhaps sent.
    pub sent: u32,
    /// Received.
    pub received: u32,
    /// Whether what is received counts.
    pub both: bool,
}

/// How much of a budget is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supply {
    /// Enough.
    Ample,
    /// More than half is used.
    Sparing,
    /// Four fifths are used.
    Scarce,
    /// What is left is kept for reminders of deadlines, for what the bot asks back, and for officers.
    Reserve,
    /// By our count nothing is left.
    Spent,
}

impl Budget {
    /// How many messages there were.
    pub fn used(&self) -> u32 {
        self.sent.saturating_add(if self.both { self.received } else { 0 })
    }

    /// The share that is used, in percent, cut off.
    pub fn percent(&self) -> u32 {
        let percent = u64::from(self.used()) * 100 / u64::from(self.most.max(1));
        u32::try_from(percent).unwrap_or(u32::MAX)
    }

    /// How much is left.
    pub fn supply(&self) -> Supply {
        match self.percent() {
            100.. => Supply::Spent,
            RESERVE.. => Supply::Reserve,
            SCARCE.. => Supply::Scarce,
            SPARING.. => Supply::Sparing,
            _ => Supply::Ample,
        }
    }

    /// How many messages are kept to the end of a month.
    pub fn reserve(&self) -> u32 {
        self.most * (100 - RESERVE) / 100
    }
}

impl Supply {
    /// How long answers in one chat are gathered into one message after the one before, at least: longer in a group, where
    /// many are answered, than for one person who waits.
    pub fn gathers(self, in_group: bool) -> Duration {
        match (self, in_group) {
            (Self::Ample, _) => Duration::zero(),
            (Self::Sparing, true) => Duration::seconds(60),
            (Self::Sparing, false) => Duration::seconds(10),
            (_, true) => Duration::minutes(10),
            (_, false) => Duration::minutes(1),
        }
    }

    /// Whether what is left is kept: for reminders of deadlines, for what the bot asks back, and for officers.
    pub fn is_reserved(self) -> bool {
        self >= Self::Reserve
    }

    /// Whether, by our count, the platform will take no more; what is needed is tried all the same, because it may count otherwise.
    pub fn is_spent(self) -> bool {
        self == Self::Spent
    }
}

/// When the month of a moment began, where the budget is counted.
pub fn month_began(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    instant(today.with_day(1).unwrap_or(today), NaiveTime::MIN, zone)
}

/// What a bot has used of what its plan allows; zero stands for no limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanUse {
    /// The bot, as people call it.
    pub bot: String,
    /// Messages of this month.
    pub budget: Budget,
    /// Groups in which it is, and how many there may be.
    pub groups: (u32, u32),
    /// People who have written to it, and how many there may be.
    pub people: (u32, u32),
    /// Since when its platform says that the messages of this month are used up.
    pub refused_since: Option<DateTime<Utc>>,
    /// What its platform said of the address of our webhook, where it does not reach it.
    pub hook: Option<String>,
}

/// A bot that has no room for more groups or people, and another one on its platform that has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FullBot {
    /// The bot, as people call it.
    pub bot: String,
    /// How many its plan allows.
    pub most: u32,
    /// The other one, as people call it; none where no bot has room.
    pub room: Option<String>,
}

/// Of bots with how many they have of something and how many they may have (zero stands for no limit), the one with the most
/// room; none where each is full. Of several the first.
pub fn roomiest<T>(bots: impl IntoIterator<Item = (T, (u32, u32))>) -> Option<T> {
    let left = |(bot, (many, most)): (T, (u32, u32))| match most {
        0 => (bot, u32::MAX),
        most => (bot, most.saturating_sub(many)),
    };
    let with_room = bots.into_iter().map(left).filter(|(_, left)| *left > 0);
    let best = with_room.reduce(|best, other| if other.1 > best.1 { other } else { best });
    best.map(|(bot, _)| bot)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(sent: u32, received: u32) -> Budget {
        Budget { most: 3_000, sent, received, both: true }
    }

    #[test]
    fn both_directions_use_it_up_step_by_step() {
        for (sent, received, supply) in [
            (0, 0, Supply::Ample),
            (700, 799, Supply::Ample),
            (700, 800, Supply::Sparing),
            (1_200, 1_200, Supply::Scarce),
            (1_350, 1_350, Supply::Reserve),
            (1_500, 1_500, Supply::Spent),
            (0, 9_000, Supply::Spent),
        ] {
            assert_eq!(budget(sent, received).supply(), supply, "{sent} {received}");
        }
        let sent_alone = Budget { both: false, ..budget(1_000, 9_000) };
        assert_eq!(sent_alone.supply(), Supply::Ample);
        assert_eq!((budget(0, 0).reserve(), budget(1_000, 250).percent()), (300, 41));
    }

    #[test]
    fn the_last_tenth_is_kept_and_answers_are_gathered_for_longer_and_longer() {
        assert!(!Supply::Scarce.is_reserved() && Supply::Reserve.is_reserved());
        assert!(!Supply::Reserve.is_spent() && Supply::Spent.is_spent());
        let waits = [Supply::Ample, Supply::Sparing, Supply::Scarce].map(|s| s.gathers(true));
        assert!(waits.is_sorted() && waits[0] < waits[2]);
    }

    #[test]
    fn the_bot_with_the_most_room_is_named_and_none_where_each_is_full() {
        assert_eq!(roomiest([("a", (3, 3)), ("b", (2, 3)), ("c", (0, 3)), ("d", (0, 3))]), Some("c"));
        assert_eq!(roomiest([("a", (1, 3)), ("no limit", (70, 0))]), Some("no limit"));
        assert_eq!(roomiest([("a", (3, 3)), ("over", (4, 3))]), None);
        assert_eq!(roomiest::<&str>([]), None);
    }

    #[test]
    fn a_month_begins_at_midnight_where_it_is_counted() {
        let zone = chrono_tz::Asia::Ho_Chi_Minh;
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(month_began(at("2026-09-30T17:00:00Z"), zone), at("2026-09-30T17:00:00Z"));
        assert_eq!(month_began(at("2026-09-30T16:59:59Z"), zone), at("2026-08-31T17:00:00Z"));
    }
}
