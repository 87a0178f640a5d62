//! A question that the bot has asked one person and that waits for its answer.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ChatRef, OfficeId, QuestionId, UserRef};

/// One open question. A person may have several in a chat, one about each subject: a new one takes the place of the old.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The office; none while the person belongs to none.
    pub office: Option<OfficeId>,
    /// Where it was asked.
    pub chat: ChatRef,
    /// Who was asked.
    pub user: UserRef,
    /// When.
    pub asked_at: DateTime<Utc>,
    /// After this moment what the person says is no answer to it.
    pub expires_at: DateTime<Utc>,
    /// What was asked, in the shape of who asked it.
    pub body: serde_json::Value,
    /// The files of the message that it asks about, in the shape of who asked: the answer goes on with them.
    pub carried: serde_json::Value,
    /// What it is about, such as the values of one school for one task; empty when that is what it asks.
    pub subject: String,
}
