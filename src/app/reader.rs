//! Who reads files from outside: a verb never parses foreign bytes itself, and never while an office is locked.

use async_trait::async_trait;

use crate::import::{self, Content, Unread};

/// Reads the files of officers.
#[async_trait]
pub trait Reader: Send + Sync {
    /// What a file holds.
    ///
    /// # Errors
    ///
    /// The reason for the person who sent it.
    async fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Content, Unread>;
}

/// Reads in this process: for tests and tools that trust their files.
#[derive(Debug, Clone, Copy, Default)]
pub struct InProcess;

#[async_trait]
impl Reader for InProcess {
    async fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Content, Unread> {
        import::file(name, &bytes)
    }
}
