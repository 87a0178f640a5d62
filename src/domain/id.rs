//! Ids: one newtype a noun, time-ordered (UUIDv7 from `clock::Ids`), stored as text.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// An id of one noun; the noun is the type parameter, so that a school's id never passes for a task's.
pub struct Id<Noun>(Uuid, PhantomData<fn() -> Noun>);

/// A text that is no id.
#[derive(Debug, thiserror::Error)]
#[error("not an id: {0}")]
pub struct ParseIdError(String);

impl<N> Id<N> {
    /// Wraps a UUID that `clock::Ids` made.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }
}

impl<N> Clone for Id<N> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<N> Copy for Id<N> {}
impl<N> PartialEq for Id<N> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<N> Eq for Id<N> {}
impl<N> PartialOrd for Id<N> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<N> Ord for Id<N> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<N> std::hash::Hash for Id<N> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<N> fmt::Debug for Id<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<N> fmt::Display for Id<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.simple(), f)
    }
}
impl<N> FromStr for Id<N> {
    type Err = ParseIdError;
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        Uuid::parse_str(text).map(Self::new).map_err(|_| ParseIdError(text.to_owned()))
    }
}
impl<N> Serialize for Id<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, N> Deserialize<'de> for Id<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident of $noun:ident;)*) => {$(
        #[doc(hidden)]
        #[derive(Debug)]
        pub enum $noun {}
        $(#[$doc])*
        pub type $name = Id<$noun>;
    )*};
}

ids! {
    /// Names an office.
    OfficeId of OfficeNoun;
    /// Names a school.
    SchoolId of SchoolNoun;
    /// Names a member.
    MemberId of MemberNoun;
    /// Names a group.
    GroupId of GroupNoun;
    /// Names a schedule.
    ScheduleId of ScheduleNoun;
    /// Names a directive.
    DirectiveId of DirectiveNoun;
    /// Names a task.
    TaskId of TaskNoun;
    /// Names one version of a submission.
    SubmissionId of SubmissionNoun;
    /// Names an extension.
    ExtensionId of ExtensionNoun;
    /// Names a request to join.
    JoinRequestId of JoinRequestNoun;
    /// Names a question that the bot has asked and that waits for its answer.
    QuestionId of QuestionNoun;
    /// Names a row of the outbox.
    OutboxId of OutboxNoun;
    /// Names a line of the audit log.
    AuditId of AuditNoun;
    /// Names a row of the inbox.
    InboxId of InboxNoun;
}
