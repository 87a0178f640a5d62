//! The commands that a platform may offer while one is typed.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::AppError;
use super::work::Work;
use crate::chat::{ChatKind, Deed, Incoming};
use crate::domain::{Language, Member};
use crate::store::{NewOutboxRow, Priority};
use crate::understand::{Audience, command_names};
use crate::wording::Voice;

/// What is offered in groups beside what schools use: what an officer types there.
const GROUP: [&str; 2] = ["nhom", "tinhhinh"];

/// For whom a list of commands is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MenuFor {
    /// Whoever writes in private.
    Private,
    /// Whoever writes in a group.
    Group,
    /// An officer, in private.
    Officer,
}

/// Commands, each with what it does.
#[must_use]
pub fn menu(language: Language, whom: MenuFor) -> Vec<(String, String)> {
    let voice = Voice { language, zone: chrono_tz::Asia::Ho_Chi_Minh };
    let offered = |audience: Audience, name: &str| match whom {
        MenuFor::Private => audience != Audience::Office,
        MenuFor::Group => audience != Audience::Office || GROUP.contains(&name),
        MenuFor::Officer => audience != Audience::School,
    };
    command_names()
        .filter(|c| offered(c.audience, c.name))
        .map(|c| (c.name.to_owned(), voice.command_help(c.name)))
        .collect()
}

impl Work<'_> {
    /// Who directs is offered the commands of officers in private, once, and again when there are others.
    pub(super) async fn offer_officer_commands(
        &mut self,
        incoming: &Incoming,
        member: &Member,
    ) -> Result<(), AppError> {
        let chat = &incoming.chat;
        let offers = self.app.capabilities(&chat.platform).is_some_and(|c| c.offers_commands);
        if !offers || !member.directs() || incoming.chat_kind != ChatKind::Private {
            return Ok(());
        }
        let commands = menu(self.snapshot.office.language, MenuFor::Officer);
        let mut hasher = DefaultHasher::new();
        commands.hash(&mut hasher);
        let offer = NewOutboxRow {
            office: Some(self.office()),
            key: Some(format!("commands/{}/{}/{:x}", chat.platform, chat.id, hasher.finish())),
            priority: Priority::Bulk,
            ..NewOutboxRow::reply(self.id(), chat.clone(), Deed::Offer { commands }, self.now)
        };
        self.session.enqueue(&offer).await?;
        Ok(())
    }
}
