//! What the kinds of platform can do, as data.

use crate::chat::{Capabilities, Limits, TextUnit};

/// The manners of one kind of platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flavour {
    /// Its key in `ChatRef::platform`.
    pub key: String,
    /// What it can do.
    pub capabilities: Capabilities,
    /// A text longer than this, in the unit of the limits, is refused. Not less than `limits.text`, at which we split.
    pub refuses_text_over: usize,
    /// What stands after `@` when the bot is mentioned; compared without case.
    pub bot_name: String,
    /// Updates carry the title of a group.
    pub tells_titles: bool,
    /// The bot is told when it is put into a group or out of it, and when a group moves.
    pub tells_membership: bool,
    /// People can edit what they said.
    pub people_edit: bool,
}

impl Flavour {
    /// Telegram with the bot as an administrator of its groups, so that it hears everything (Bot API: limits of
    /// `sendMessage` and `callback_data`, and the FAQ's 1 a second in a chat, 20 a minute in a group, 30 a second).
    pub fn telegram_like() -> Self {
        Self {
            key: "sim-telegram".into(),
            capabilities: Capabilities {
                buttons: true,
                edit: true,
                pin: true,
                react: true,
                reply: true,
                quote_ids: true,
                receive_files: true,
                files_expire: false,
                send_files: true,
                fetches_pictures: false,
                send_limit: None,
                shows_work: true,
                offers_commands: false,
                hears_all: true,
                limits: Limits {
                    text: 4096,
                    caption: 1024,
                    unit: TextUnit::Utf16,
                    per_second: 30,
                    chat_gap_ms: 1_000,
                    chat_burst: 3,
                    group_per_minute: 20,
                    group_reserve: 5,
                    per_month: 0,
                    counts_received: true,
                    groups: 0,
                    people: 0,
                    kept_minutes: 24 * 60,
                    action_bytes: 64,
                    receive_bytes: 20 * 1024 * 1024,
                },
            },
            refuses_text_over: 4096,
            bot_name: "giaoban".into(),
            tells_titles: true,
            tells_membership: true,
            people_edit: true,
        }
    }

    /// The Zalo Bot Platform: text only, 2000 long of an unsaid unit and therefore split at 1800; in a group it hears
    /// what mentions it or quotes it, and no title, no event and no id of a quoted message comes along.
    pub fn zalo_like() -> Self {
        Self {
            key: "sim-zalo".into(),
            capabilities: Capabilities {
                buttons: false,
                edit: false,
                pin: false,
                react: false,
                reply: false,
                quote_ids: false,
                receive_files: false,
                files_expire: true,
                send_files: false,
                fetches_pictures: true,
                send_limit: None,
                shows_work: false,
                offers_commands: false,
                hears_all: false,
                limits: Limits {
                    text: 1800,
                    caption: 1800,
                    unit: TextUnit::Utf16,
                    per_second: 10,
                    chat_gap_ms: 3_000,
                    chat_burst: 1,
                    group_per_minute: 0,
                    group_reserve: 0,
                    per_month: 3_000,
                    counts_received: true,
                    groups: 3,
                    people: 50,
                    kept_minutes: 0,
                    action_bytes: 0,
                    receive_bytes: 10 * 1024 * 1024,
                },
            },
            refuses_text_over: 2000,
            bot_name: "giaoban".into(),
            tells_titles: false,
            tells_membership: false,
            people_edit: false,
        }
    }
}
