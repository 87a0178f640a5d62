//! The only place that builds concrete things; starts the loops and stops them in order.
//!
//! [`Bot`] is the bot over any platforms: one [`Bot::settle`] does everything that can be done at one moment, in an order
//! that is the same every time, and says when to look again. The demo and the transcripts drive it over the simulator
//! and a clock that they move; `service` runs it in earnest.

mod bot;
pub mod demo;
pub mod reader;
pub mod service;

pub use bot::{Bot, BotError};
pub use reader::ChildReader;

use crate::store::StoreError;

/// What is wrong with a database, as far as a person can do something about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreProblem {
    /// Its file or folder cannot be written.
    Unwritable,
    /// Another version of the program made it.
    OtherVersion,
    /// It is damaged, or something else is wrong; the short code of the log.
    Damaged(String),
}

impl StoreProblem {
    /// What an error of the store comes to.
    pub fn of(error: &StoreError) -> Self {
        match error {
            StoreError::Unwritable(_) => Self::Unwritable,
            StoreError::MigrationMissing(_) | StoreError::MigrationChanged(_) => Self::OtherVersion,
            other => Self::Damaged(other.code().to_owned()),
        }
    }
}
