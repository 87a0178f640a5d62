//! Words of an officer to all groups.

use serde::{Deserialize, Serialize};

/// What is said about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BroadcastReply {
    /// What would go out, and what it costs. Two buttons.
    Preview {
        /// The words as the groups would read them.
        words: String,
        /// Titles of the groups.
        groups: Vec<String>,
        /// What it takes of the bots whose messages are counted.
        costs: Vec<BroadcastCost>,
    },
    /// To a group.
    Notice {
        /// The words.
        words: String,
        /// Who sends them: the person, and the office.
        from: (String, String),
    },
    /// On its way.
    Sent {
        /// To how many groups.
        groups: usize,
    },
    /// There is no group to send it to.
    NoGroups,
}

/// What a broadcast takes of one bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroadcastCost {
    /// The bot, as people call it.
    pub bot: String,
    /// Messages.
    pub messages: usize,
    /// What is left of this month before it.
    pub left: u32,
    /// What is left is kept for deadlines: it would wait for the next month.
    pub waits: bool,
}
