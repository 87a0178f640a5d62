//! The pair of tokens. The access token is good for a day; the refresh token is good for one exchange and is replaced by it, so
//! that of all who use the account one at a time may exchange it, and what came of it is kept before anybody uses it.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

/// How long whoever exchanges has for it; longer than the call may take.
pub const TURN: chrono::Duration = chrono::Duration::seconds(60);

/// Between two looks at what somebody else's exchange came to.
pub(super) const LOOK: Duration = Duration::from_millis(250);

/// A pair of tokens.
#[derive(Clone, PartialEq, Eq)]
pub struct Pair {
    /// With it calls are made.
    pub access: String,
    /// With it the next pair is had, once.
    pub refresh: String,
    /// Until when `access` is good.
    pub until: DateTime<Utc>,
}

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pair until {}", self.until)
    }
}

/// Why the pair could not be had or kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tokens cannot be kept: {0}")]
pub struct VaultError(pub String);

/// Where the pair of an account is kept, for all processes that use it.
#[async_trait]
pub trait Vault: Send + Sync {
    /// The pair as it stands. Where `first` is another refresh token than the one that was given last, there is a pair anew: it
    /// holds `first`, and no access token yet.
    async fn pair(&self, account: &str, first: &str) -> Result<Pair, VaultError>;

    /// Takes the turn to exchange this refresh token, until a moment; false where somebody else has it, or has exchanged it.
    async fn take_turn(
        &self,
        account: &str,
        refresh: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, VaultError>;

    /// Keeps the new pair in the place of the one with the refresh token `used`, and gives the turn back.
    async fn keep(&self, account: &str, used: &str, pair: &Pair) -> Result<(), VaultError>;

    /// Gives the turn back without a new pair.
    async fn give_back(&self, account: &str, refresh: &str) -> Result<(), VaultError>;
}
