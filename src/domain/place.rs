//! Where things are said: chats, people and messages as a platform names them.

use serde::{Deserialize, Serialize};

use super::{GroupId, OfficeId, SchoolId};

/// A chat on a platform; `id` is the platform's own, opaque to us.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ChatRef {
    /// The platform's key, such as `telegram`; in the simulator one key for each kind of platform that it plays.
    pub platform: String,
    /// The platform's own id of the chat.
    pub id: String,
}

/// A person's account on a platform.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UserRef {
    /// The platform's key.
    pub platform: String,
    /// The platform's own id of the account.
    pub id: String,
}

impl UserRef {
    /// It is no person but a group or a channel that speaks: Telegram numbers those below zero, and no other platform has
    /// ids with a minus in front.
    #[must_use]
    pub fn is_chat(&self) -> bool {
        self.id.starts_with('-')
    }
}

/// A message in a chat.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MessageRef {
    /// Where it stands.
    pub chat: ChatRef,
    /// The platform's own id of the message within that chat.
    pub id: String,
}

/// A chat that is bound to an office, with the schools that belong to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// The office whose group it is.
    pub office: OfficeId,
    /// Where it is.
    pub chat: ChatRef,
    /// Its title as the office knows it.
    pub title: String,
    /// The schools in it; empty means every school of the office.
    pub schools: Vec<SchoolId>,
}

impl Group {
    /// Whether a school belongs to this group.
    pub fn holds(&self, school: SchoolId) -> bool {
        self.schools.is_empty() || self.schools.contains(&school)
    }
}
