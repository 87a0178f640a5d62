//! What is heard.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{ChatRef, UserRef};

/// The key of an update that a page of ours made begins so; no platform's does.
pub const UPLOADED: &str = "upload/";

/// One update of a platform, decoded. It is stored before the platform is told that it was received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// The platform's own key of the update; the same key again is the same update.
    pub key: String,
    /// When it happened, by the platform's stamp.
    pub at: DateTime<Utc>,
    /// Where.
    pub chat: ChatRef,
    /// What kind of chat that is.
    pub chat_kind: ChatKind,
    /// The chat's title, where the platform tells it.
    pub chat_title: Option<String>,
    /// Who.
    pub from: Sender,
    /// What.
    pub heard: Heard,
}

impl Incoming {
    /// The sender hides behind the group or behind a channel, and could be anybody.
    pub fn is_anonymous(&self) -> bool {
        self.from.user.is_chat() || (self.chat_kind == ChatKind::Group && self.from.user.id == self.chat.id)
    }
}

/// Private or group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// One person and the bot.
    Private,
    /// Several people.
    Group,
}

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    /// The account.
    pub user: UserRef,
    /// The name that the platform shows. It proves nothing.
    pub name: String,
}

/// What was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Heard {
    /// A message.
    Message {
        /// The platform's id of it within the chat.
        message: String,
        /// Its words; the caption of a file; empty for none. A mention of the bot at its start is already stripped.
        text: String,
        /// The message that it quotes.
        quote: Option<Quote>,
        /// Files and photos.
        attachments: Vec<Attachment>,
        /// It takes the place of an earlier message with the same id.
        edited: bool,
        /// Where it comes from, beside its chat and its sender.
        #[serde(default)]
        origin: Origin,
    },
    /// A press of a button.
    Press {
        /// The message under which the button stands.
        message: String,
        /// The button's [`super::Button::action`].
        action: String,
        /// By which the press is answered.
        press: String,
    },
    /// The bot was put into the group.
    BotAdded {
        /// As somebody who hears everything there, whatever the platform's rule is.
        hears: bool,
    },
    /// The bot was taken out of the group, or blocked.
    BotRemoved,
    /// The bot may do more or less than before, in a group; or a person lets it write again.
    BotRights {
        /// It may write.
        write: bool,
        /// It may pin.
        pin: bool,
        /// It hears everything there, whatever the platform's rule is.
        hears: bool,
    },
    /// The group has another title now.
    Renamed {
        /// The new one.
        title: String,
    },
    /// The person of [`Incoming::from`] is no longer in the group.
    MemberLeft,
    /// The group has another id now.
    Migrated {
        /// The new one.
        to: ChatRef,
    },
}

/// Where a message comes from, beside its chat and its sender.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Origin {
    /// The topic of the group.
    pub topic: Option<String>,
    /// Messages of one album are one message in parts: each has one of its files, one has its words.
    pub album: Option<String>,
    /// Who wrote it, when that is somebody else than the sender: it was forwarded.
    pub writer: Option<String>,
}

/// The quoted message, as far as the platform tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Its id, where the platform tells it.
    pub message: Option<String>,
    /// Its words, where the platform tells them.
    pub text: Option<String>,
    /// Whether the bot wrote it.
    pub of_bot: bool,
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// What it is.
    pub kind: AttachmentKind,
    /// Its name; empty when the platform gives none.
    pub name: String,
    /// By which [`super::Platform::fetch`] brings its bytes.
    pub file: String,
    /// Its size in bytes, where known.
    pub size: Option<u64>,
}

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A document.
    File,
    /// A photo.
    Photo,
    /// A voice message: nobody here listens to it.
    Voice,
    /// A sticker.
    Sticker,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_speaks_as_a_group_or_a_channel_is_nobody_in_particular() {
        let said = |user: &str, chat: &str, chat_kind| Incoming {
            key: String::new(),
            at: DateTime::default(),
            chat: ChatRef { platform: "x".into(), id: chat.into() },
            chat_kind,
            chat_title: None,
            from: Sender { user: UserRef { platform: "x".into(), id: user.into() }, name: String::new() },
            heard: Heard::MemberLeft,
        };
        assert!(said("-1001", "-1001", ChatKind::Group).is_anonymous());
        assert!(said("-1002", "-1001", ChatKind::Group).is_anonymous());
        assert!(said("g1", "g1", ChatKind::Group).is_anonymous());
        assert!(!said("17", "-1001", ChatKind::Group).is_anonymous());
        assert!(!said("17", "17", ChatKind::Private).is_anonymous());
    }
}
