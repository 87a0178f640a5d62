//! The shape of what Telegram tells, as far as we look at it.
//!
//! Own structs and not teloxide's: those know Bot API 9.1 and refuse a whole update over one field that is newer, and a
//! message that cannot be read is a message that is lost. Everything that is not needed is left out, and whatever may
//! be absent is.

use serde::Deserialize;

/// One update.
#[derive(Debug, Deserialize)]
pub(super) struct Update {
    pub update_id: i64,
    pub message: Option<Message>,
    pub edited_message: Option<Message>,
    pub callback_query: Option<CallbackQuery>,
    pub my_chat_member: Option<ChatMemberUpdated>,
    pub chat_member: Option<ChatMemberUpdated>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
    pub last_name: Option<String>,
    pub username: Option<String>,
    /// Of `getMe` only: privacy mode is off.
    #[serde(default)]
    pub can_read_all_group_messages: bool,
}

#[derive(Debug, Deserialize)]
pub(super) struct Chat {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: String,
    pub title: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub message_id: i64,
    #[serde(default)]
    pub date: i64,
    pub edit_date: Option<i64>,
    pub chat: Chat,
    pub from: Option<User>,
    /// The group itself for an anonymous administrator, a channel for whoever writes as one.
    pub sender_chat: Option<Chat>,
    /// A topic only when [`Message::is_topic_message`]; else the thread of replies, which cannot be written to.
    pub message_thread_id: Option<i64>,
    #[serde(default)]
    pub is_topic_message: bool,
    pub media_group_id: Option<String>,
    pub forward_origin: Option<Origin>,
    pub text: Option<String>,
    pub caption: Option<String>,
    pub reply_to_message: Option<Box<Message>>,
    pub external_reply: Option<ExternalReply>,
    pub quote: Option<TextQuote>,
    pub photo: Option<Vec<PhotoSize>>,
    pub document: Option<FileInfo>,
    pub video: Option<FileInfo>,
    pub audio: Option<FileInfo>,
    pub voice: Option<FileInfo>,
    pub video_note: Option<FileInfo>,
    pub sticker: Option<FileInfo>,
    pub new_chat_title: Option<String>,
    pub migrate_to_chat_id: Option<i64>,
    pub migrate_from_chat_id: Option<i64>,
    pub left_chat_member: Option<User>,
}

/// Where a forwarded message comes from.
#[derive(Debug, Deserialize)]
pub(super) struct Origin {
    pub sender_user: Option<User>,
    pub sender_user_name: Option<String>,
    pub sender_chat: Option<Chat>,
    pub chat: Option<Chat>,
}

/// A reply to a message of another chat.
#[derive(Debug, Deserialize)]
pub(super) struct ExternalReply {
    pub origin: Option<Origin>,
}

/// The part of a message that somebody marked before replying.
#[derive(Debug, Deserialize)]
pub(super) struct TextQuote {
    #[serde(default)]
    pub text: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct PhotoSize {
    pub file_id: String,
    #[serde(default)]
    pub width: u64,
    #[serde(default)]
    pub height: u64,
    pub file_size: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FileInfo {
    pub file_id: String,
    pub file_name: Option<String>,
    pub file_size: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct CallbackQuery {
    pub id: String,
    pub from: User,
    pub message: Option<PressedMessage>,
    pub data: Option<String>,
}

/// The message under a button; of an old one little more than its id.
#[derive(Debug, Deserialize)]
pub(super) struct PressedMessage {
    pub message_id: i64,
    pub chat: Chat,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChatMemberUpdated {
    pub chat: Chat,
    pub from: User,
    #[serde(default)]
    pub date: i64,
    pub old_chat_member: ChatMember,
    pub new_chat_member: ChatMember,
}

#[derive(Debug, Deserialize)]
pub(super) struct ChatMember {
    pub status: String,
    pub user: User,
    /// Of who is restricted: still in the group.
    pub is_member: Option<bool>,
    /// Of who is restricted: may write.
    pub can_send_messages: Option<bool>,
    /// Of administrators and who is restricted.
    pub can_pin_messages: Option<bool>,
}

impl ChatMember {
    /// In the chat, whatever the rights.
    pub(super) fn is_in(&self) -> bool {
        match self.status.as_str() {
            "left" | "kicked" => false,
            "restricted" => self.is_member.unwrap_or(true),
            _ => true,
        }
    }

    /// May write there.
    pub(super) fn may_write(&self) -> bool {
        self.is_in() && (self.status != "restricted" || self.can_send_messages.unwrap_or(false))
    }

    /// Administers the chat.
    pub(super) fn is_administrator(&self) -> bool {
        matches!(self.status.as_str(), "administrator" | "creator")
    }

    /// May pin there, as far as is told: of a plain member the group decides.
    pub(super) fn may_pin(&self) -> bool {
        self.is_in() && self.can_pin_messages.unwrap_or(self.status == "creator")
    }
}
