//! The commands that a platform may offer while one is typed.

use crate::domain::Language;
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
