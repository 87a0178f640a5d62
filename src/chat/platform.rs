//! What a platform does for us, and how it fails.

use async_trait::async_trait;
use chrono::Duration;

use super::{Capabilities, Deed, Incoming};
use crate::domain::ChatRef;

/// One account of ours on one platform.
#[async_trait]
pub trait Platform: Send + Sync {
    /// Its key in `ChatRef::platform`.
    fn key(&self) -> &str;

    /// How people call the bot there.
    fn name(&self) -> String {
        self.key().to_owned()
    }

    /// What it can do.
    fn capabilities(&self) -> &Capabilities;

    /// Waits for updates and returns those that have not been acknowledged, oldest first. May return the same update
    /// again until it is acknowledged, and after a restart.
    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError>;

    /// Whether a receive that brings nothing shows that there was nothing: where updates come by requests, it may as well be that
    /// none can reach us.
    fn reaches_us(&self) -> bool {
        true
    }

    /// What the platform said of the address of our webhook when it was told of it: nothing where it reaches it; none where
    /// there is no webhook or it says nothing of that.
    fn hook_said(&self) -> Option<Option<String>> {
        None
    }

    /// Tells the platform that these updates, by their keys, are safe with us.
    async fn acknowledge(&self, keys: &[String]) -> Result<(), ReceiveError>;

    /// Does one thing in a chat. Returns the platform's id of a new message, `None` for deeds that make none.
    async fn send(&self, chat: &ChatRef, deed: &Deed) -> Result<Option<String>, SendError>;

    /// An address that opens the private chat with the bot and joins with this code; none where there are no such
    /// addresses.
    fn join_link(&self, code: &str) -> Option<String> {
        let _ = code;
        None
    }

    /// An address that puts the bot into a group and binds it there.
    fn group_link(&self) -> Option<String> {
        None
    }

    /// The bytes of a file that was attached to a message, at most `max` of them.
    async fn fetch(&self, file: &str, max: u64) -> Result<Vec<u8>, FetchError>;
}

/// Why updates could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Try again after a while.
    #[error("the platform cannot be reached: {0}")]
    Unreachable(String),
    /// Somebody else receives for the same account.
    #[error("another program receives for this account")]
    SecondReceiver,
    /// The account is closed to us until a person acts.
    #[error("the platform refuses our token")]
    Unauthorized,
    /// This side is shutting down.
    #[error("receiving has ended")]
    Ended,
}

/// Why a deed failed. What follows from it is [`SendError::next`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// 429: the platform says how long to wait, for this chat.
    #[error("too many requests, retry after {after}")]
    TooMany {
        /// How long.
        after: Duration,
    },
    /// The messages of this bot's month are used up, says the platform.
    #[error("quota: {0}")]
    QuotaSpent(String),
    /// The account is closed to us until a person acts.
    #[error("the platform refuses our token: {0}")]
    Unauthorized(String),
    /// The platform is down or cannot be reached; the deed was not done.
    #[error("unreachable: {0}")]
    Unreachable(String),
    /// The request left and no answer came: it may have been done.
    #[error("no answer")]
    NoAnswer,
    /// The chat is closed to us: kicked, blocked, deleted, or the person never wrote first.
    #[error("chat gone: {0}")]
    ChatGone(String),
    /// The chat has another id.
    #[error("chat moved to {}", .0.id)]
    ChatMoved(ChatRef),
    /// The chat is there, and only its people may write: nothing leaves until the bot may, too.
    #[error("may not write: {0}")]
    MayNotWrite(String),
    /// The topic in which it was to stand is not there.
    #[error("topic gone")]
    TopicGone,
    /// The message to edit, pin or mark is not there.
    #[error("message gone")]
    MessageGone,
    /// The edit changes nothing: as good as done.
    #[error("not modified")]
    NotModified,
    /// The platform will never take this.
    #[error("refused: {0}")]
    Refused(String),
}

/// What follows from a failed deed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// The same row again, after so long, and nothing else in that chat before.
    RetryAfter(Duration),
    /// The same row again, later and later.
    RetryLater,
    /// The same row again, when the platform takes messages of this bot again; one is tried now and then for all of them.
    BotRests,
    /// The same row again, when a person has given the bot a token that is good; until then nothing of this bot.
    BotShut,
    /// Never again; the row failed.
    GiveUp,
    /// Never again, and nothing else in that chat until it opens.
    ChatGone,
    /// The same row in another chat.
    ChatMoved(ChatRef),
    /// The same row, when the bot may write again; given up after a day.
    WaitForRights,
    /// The same row at once, outside the topic, in which nothing is said from now on.
    WithoutTopic,
    /// An edit is said anew as a message of its own; whatever else was to be done to the message is given up.
    Anew,
    /// Nobody knows whether it was done: the row is marked unknown and not blindly repeated.
    Unknown,
    /// It is as good as done.
    Done,
}

impl SendError {
    /// What follows.
    pub fn next(&self) -> NextStep {
        match self {
            Self::TooMany { after } => NextStep::RetryAfter(*after),
            Self::QuotaSpent(_) => NextStep::BotRests,
            Self::Unauthorized(_) => NextStep::BotShut,
            Self::Unreachable(_) => NextStep::RetryLater,
            Self::NoAnswer => NextStep::Unknown,
            Self::ChatGone(_) => NextStep::ChatGone,
            Self::ChatMoved(to) => NextStep::ChatMoved(to.clone()),
            Self::MayNotWrite(_) => NextStep::WaitForRights,
            Self::TopicGone => NextStep::WithoutTopic,
            Self::MessageGone => NextStep::Anew,
            Self::Refused(_) => NextStep::GiveUp,
            Self::NotModified => NextStep::Done,
        }
    }
}

/// Why a file could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It is larger than allowed.
    #[error("the file is too large")]
    TooLarge,
    /// The platform no longer has it.
    #[error("the file is gone")]
    Gone,
    /// Try again after a while.
    #[error("the platform cannot be reached: {0}")]
    Unreachable(String),
}
