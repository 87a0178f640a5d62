//! One folder a platform: decode what it hears, encode what we say.
//!
//! To add one: a folder with an implementation of [`crate::chat::Platform`] and its [`crate::chat::Capabilities`] as
//! data, then a line in `run`, the only room that names it.

pub mod simulator;
pub mod telegram;
pub mod zalo;
pub mod zalo_oa;

mod absent;
mod waiting;
mod zalo_answer;

use std::sync::Arc;

use chrono::{DateTime, Utc};

pub use absent::Absent;

/// What time it is.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Why a bot could not be reached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The address of the server, or of the webhook, is none or is refused.
    #[error("{0}")]
    Address(String),
    /// The platform does not know the token.
    #[error("the token is refused")]
    Token,
    /// Try again after a while.
    #[error("the platform cannot be reached: {0}")]
    Unreachable(String),
}
