//! The commands that Telegram offers while one is typed, by place and language.

use serde::Serialize;
use teloxide::payloads::SetMyCommands;
use teloxide::types::{BotCommand, BotCommandScope};

use super::Telegram;
use super::decode::KEY;
use crate::chat::SendError;

/// The longest description of a command, in characters.
const DESCRIPTION: usize = 256;

/// Where a list of commands is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Place {
    /// To a person in private.
    Private,
    /// In every group.
    Group,
}

/// A list of commands in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// Where.
    pub place: Place,
    /// For whom, such as `vi`; none for whoever has no list of their own.
    pub language: Option<String>,
    /// Command without slash, and what it does.
    pub commands: Vec<(String, String)>,
}

/// Commands as Telegram takes them.
pub(super) fn shown(commands: &[(String, String)]) -> Vec<BotCommand> {
    let shown = |(name, what): &(String, String)| BotCommand {
        command: name.clone(),
        description: what.chars().take(DESCRIPTION).collect(),
    };
    commands.iter().map(shown).collect()
}

impl Telegram {
    /// Offers lists of commands, each whatever becomes of the others; the first refusal.
    pub async fn offer(&self, menus: &[Menu]) -> Result<(), SendError> {
        let mut refused = None;
        for menu in menus {
            let scope = match menu.place {
                Place::Private => BotCommandScope::AllPrivateChats,
                Place::Group => BotCommandScope::AllGroupChats,
            };
            let set = SetMyCommands {
                scope: Some(scope),
                language_code: menu.language.clone(),
                ..SetMyCommands::new(shown(&menu.commands))
            };
            if let Err(fault) = self.door.call(set).await {
                refused.get_or_insert(fault);
            }
        }
        refused.map_or(Ok(()), |fault| Err(fault.for_deed(KEY)))
    }
}
