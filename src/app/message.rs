//! A message of a member, as the verbs take it.

use chrono::{DateTime, Utc};

use super::bind::Bound;
use crate::chat::{Attachment, Quote};
use crate::domain::{Group, Member, MessageRef, UserRef};
use crate::understand::{Act, Binding};

/// A message of a member, as the verbs take it.
#[derive(Debug, Clone)]
pub(super) struct Message {
    /// Who says it.
    pub(super) member: Member,
    /// Where it stands.
    pub(super) place: MessageRef,
    /// The group, when it is said in one.
    pub(super) group: Option<Group>,
    /// Its words.
    pub(super) text: String,
    /// What it quotes.
    pub(super) quote: Option<Quote>,
    /// Its files.
    pub(super) attachments: Vec<Attachment>,
    /// It takes the place of an earlier text of the same message.
    pub(super) edited: bool,
    /// When it was said, by the platform's stamp: what counts for on time.
    pub(super) at: DateTime<Utc>,
    /// The account that says it.
    pub(super) user: UserRef,
    /// The topic of the group in which it is said.
    pub(super) topic: Option<String>,
}

impl Message {
    /// An answer to a question about a message with files goes on with these files.
    pub(super) fn with_files_of(&self, bound: &Bound, act: &Act) -> Option<Self> {
        let answers =
            act.given().is_some_and(|given| given.attached || matches!(act.task, Binding::Answer(_)));
        (answers && self.attachments.is_empty() && !bound.carried.is_empty())
            .then(|| Self { attachments: bound.carried.clone(), ..self.clone() })
    }

    /// It is said to the bot: in private, or as an answer to a message of the bot.
    pub(super) fn is_addressed(&self) -> bool {
        self.group.is_none() || self.quote.as_ref().is_some_and(|q| q.of_bot)
    }
}
