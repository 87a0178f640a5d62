//! A platform that is set up and cannot be reached yet, beside others that can.

use std::future::pending;

use async_trait::async_trait;

use crate::chat::{Capabilities, Deed, FetchError, Incoming, Platform, ReceiveError, SendError};
use crate::domain::ChatRef;

/// Stands in for a platform until it is reached: what is to be said there waits in the outbox, and nothing is heard.
pub struct Absent {
    /// The key of the platform.
    pub key: String,
    /// How people called the bot there last time.
    pub name: String,
    /// What the platform can do.
    pub capabilities: Capabilities,
}

impl Absent {
    fn why(&self) -> String {
        format!("{} has not been reached since the start", self.key)
    }
}

#[async_trait]
impl Platform for Absent {
    fn key(&self) -> &str {
        &self.key
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    async fn receive(&self) -> Result<Vec<Incoming>, ReceiveError> {
        pending().await
    }

    async fn acknowledge(&self, _: &[String]) -> Result<(), ReceiveError> {
        Ok(())
    }

    async fn send(&self, _: &ChatRef, _: &Deed) -> Result<Option<String>, SendError> {
        Err(SendError::Unreachable(self.why()))
    }

    async fn fetch(&self, _: &str, _: u64) -> Result<Vec<u8>, FetchError> {
        Err(FetchError::Unreachable(self.why()))
    }
}
