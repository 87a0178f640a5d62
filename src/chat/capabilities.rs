//! What a platform can do and how much of it, as data.

use serde::{Deserialize, Serialize};

/// What a platform can do. Rules ask for a capability, never for a platform's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capabilities {
    /// Buttons under a message; without them the same choices are written as short commands.
    pub buttons: bool,
    /// Own messages can be edited.
    pub edit: bool,
    /// Messages can be pinned.
    pub pin: bool,
    /// A reaction can be set on a message.
    pub react: bool,
    /// A message can be sent as a reply to another.
    pub reply: bool,
    /// A heard quote names the quoted message; without it the quoted text at best.
    pub quote_ids: bool,
    /// Files can be received.
    pub receive_files: bool,
    /// What was sent can be had for a short time only.
    pub files_expire: bool,
    /// Files can be sent.
    pub send_files: bool,
    /// It shows a picture whose address is given; the address is fetched from outside.
    pub fetches_pictures: bool,
    /// Which files can be sent; none for whichever.
    pub send_limit: Option<FileLimit>,
    /// It can be shown that the bot is at work.
    pub shows_work: bool,
    /// Commands can be offered to one person while one is typed.
    pub offers_commands: bool,
    /// Everything said in a group is heard; without it only what is addressed to the bot or quotes it.
    pub hears_all: bool,
    /// How much.
    pub limits: Limits,
}

/// How much a platform takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// The longest text of one message.
    pub text: usize,
    /// The longest text that goes with a file.
    pub caption: usize,
    /// The unit in which `text` and `caption` count.
    pub unit: TextUnit,
    /// Messages a second over all chats.
    pub per_second: u32,
    /// Milliseconds between two messages in one chat, after the burst.
    pub chat_gap_ms: u32,
    /// How many may follow each other in one chat without that gap.
    pub chat_burst: u32,
    /// Messages a minute in one group, edits included; 0 for no limit.
    pub group_per_minute: u32,
    /// How many of those are kept for what somebody waits for: reminders and boards leave them alone.
    pub group_reserve: u32,
    /// Messages a month of one bot; 0 where they are not counted. Where they are, answers that wait in one chat leave as one
    /// message.
    pub per_month: u32,
    /// Whether what is received counts among them.
    pub counts_received: bool,
    /// Groups in which one bot may be; 0 for no limit.
    pub groups: u32,
    /// People to whom one bot may talk; 0 for no limit.
    pub people: u32,
    /// For how many minutes the platform keeps what is said while nobody listens.
    pub kept_minutes: u32,
    /// The longest `Button::action`, in bytes.
    pub action_bytes: usize,
    /// The largest file that can be received, in bytes.
    pub receive_bytes: u64,
}

/// The files that a platform takes, where it does not take every one. Pictures are taken beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLimit {
    /// How their names end, without the dot, in small letters.
    pub endings: Vec<String>,
    /// The largest, in bytes.
    pub bytes: u64,
    /// The largest picture, in bytes.
    pub pictures: u64,
}

impl Capabilities {
    /// Whether a file of this name and size can be sent.
    pub fn sends(&self, name: &str, bytes: u64) -> bool {
        let Some(limit) = &self.send_limit else { return self.send_files };
        let (_, end) = name.rsplit_once('.').unwrap_or_default();
        let end = end.to_lowercase();
        let picture = matches!(end.as_str(), "png" | "jpg" | "jpeg") && bytes <= limit.pictures;
        self.send_files && (picture || (limit.endings.contains(&end) && bytes <= limit.bytes))
    }
}

/// In what a platform counts the length of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextUnit {
    /// UTF-16 code units.
    Utf16,
    /// Unicode scalar values.
    Chars,
    /// Bytes of UTF-8.
    Bytes,
}

impl TextUnit {
    /// The length of a text in this unit.
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Utf16 => text.encode_utf16().count(),
            Self::Chars => text.chars().count(),
            Self::Bytes => text.len(),
        }
    }
}
