//! Who reads files from outside: a verb never parses foreign bytes itself, and never while an office is locked.

use async_trait::async_trait;

use crate::import::workbook::{self, Fill, Workbook};
use crate::import::{self, Content, ImportError, Unread};

/// Reads the files of officers.
#[async_trait]
pub trait Reader: Send + Sync {
    /// What a file holds.
    ///
    /// # Errors
    ///
    /// The reason for the person who sent it.
    async fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Content, Unread>;

    /// One file of several pages that were sent together, in their order.
    ///
    /// # Errors
    ///
    /// The reason why they are none.
    async fn bind(&self, pages: Vec<Vec<u8>>) -> Result<Vec<u8>, ImportError>;

    /// The cells of a workbook.
    ///
    /// # Errors
    ///
    /// The reason for the person who sent it.
    async fn workbook(&self, bytes: Vec<u8>) -> Result<Workbook, ImportError>;

    /// A workbook with values in it.
    ///
    /// # Errors
    ///
    /// The reason why nothing can be written into it.
    async fn fill(&self, bytes: Vec<u8>, fill: Fill) -> Result<Vec<u8>, ImportError>;
}

/// Reads in this process: for tests and tools that trust their files.
#[derive(Debug, Clone, Copy, Default)]
pub struct InProcess;

#[async_trait]
impl Reader for InProcess {
    async fn read(&self, name: &str, bytes: Vec<u8>) -> Result<Content, Unread> {
        import::file(name, &bytes)
    }

    async fn bind(&self, pages: Vec<Vec<u8>>) -> Result<Vec<u8>, ImportError> {
        import::bind(&pages)
    }

    async fn workbook(&self, bytes: Vec<u8>) -> Result<Workbook, ImportError> {
        workbook::read(&bytes)
    }

    async fn fill(&self, bytes: Vec<u8>, fill: Fill) -> Result<Vec<u8>, ImportError> {
        workbook::fill(&bytes, &fill)
    }
}
