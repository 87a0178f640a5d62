//! What did not reach a group.

use serde::{Deserialize, Serialize};

/// Something that keeps posts from a group, or one that it kept from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Title of the group.
    pub group: String,
    /// What it is.
    pub kind: TroubleKind,
    /// The tasks of the posts; none when they name none, or when it is not about posts.
    pub codes: Vec<String>,
    /// The first words of the post.
    pub words: String,
}

/// What keeps a post from a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// The bot is not in it.
    Closed,
    /// The bot may not write there: what is to be said waits for a day.
    Muted,
    /// The platform will not have it.
    Failed {
        /// In the platform's words.
        why: String,
    },
    /// No answer came: it may be there or not.
    Unknown,
    /// Answers were dropped, because there were no messages left in the month: the group stands for the bot.
    Unsaid {
        /// How many.
        many: u32,
    },
}
