//! Why somebody cannot do something in the world.

use std::path::PathBuf;

/// Why somebody cannot do that.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// No simulator plays this platform.
    #[error("no such platform: {0}")]
    UnknownPlatform(String),
    /// Nobody has this key.
    #[error("no such person: {0}")]
    UnknownPerson(String),
    /// No chat has this id, or it has moved.
    #[error("no such chat: {0}")]
    UnknownChat(String),
    /// It is not in this chat, or deleted.
    #[error("no such message: {0}")]
    UnknownMessage(String),
    /// The person is not in that chat.
    #[error("{0} is not in this chat")]
    NotMember(String),
    /// The message has no such button.
    #[error("no such button: {0}")]
    UnknownButton(String),
    /// Somebody else wrote it, or the platform lets nobody edit.
    #[error("this message cannot be changed")]
    NotYours,
    /// The message has neither words nor files.
    #[error("an empty message")]
    Empty,
    /// The folder cannot be written or read.
    #[error("the folder of the simulator: {0}")]
    Folder(#[from] std::io::Error),
    /// A line of the folder's entries is no entry.
    #[error("{}, line {line}: not an entry of the simulator", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
}
