//! Which office a chat or a person belongs to, for many updates at once: kept while the groups and the people of the
//! installation stand still.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::AppError;
use crate::chat::{ChatKind, Incoming};
use crate::domain::{ChatRef, Group, OfficeId, UserRef};
use crate::store::{Known, Session};

/// Groups and people of all offices.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// The versions of groups and members of which it was made.
    made_of: [Option<i64>; 2],
    groups: HashMap<ChatRef, Group>,
    offices: HashMap<UserRef, Vec<OfficeId>>,
}

/// The directory that was made last.
#[derive(Debug, Default)]
pub(super) struct KeptDirectory(Mutex<Arc<Directory>>);

/// Where an update belongs.
pub(super) enum Belongs {
    /// To an office, in a group of it or in private.
    Office(OfficeId, Option<Group>),
    /// To nobody that is known, or to a person of several offices, whose words decide: it is heard by itself, and what is said in its
    /// chat stays in its order.
    Alone,
}

impl KeptDirectory {
    /// The directory as it stands in this transaction.
    pub(super) async fn load(&self, session: &mut Session) -> Result<Arc<Directory>, AppError> {
        let versions = session.versions().await?;
        let made_of = [Known::Groups, Known::Members].map(|known| versions.get(&known).copied());
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if made_of.iter().all(Option::is_some) && kept.made_of == made_of {
            return Ok(kept);
        }
        let mut offices: HashMap<UserRef, Vec<OfficeId>> = HashMap::new();
        for (user, office) in session.accounts().await? {
            offices.entry(user).or_default().push(office);
        }
        let groups = session.groups().await?.into_iter().map(|group| (group.chat.clone(), group)).collect();
        let made = Arc::new(Directory { made_of, groups, offices });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&made);
        Ok(made)
    }
}

impl Directory {
    /// Where an update belongs.
    pub(super) fn of(&self, incoming: &Incoming) -> Belongs {
        if let Some(group) = self.groups.get(&incoming.chat) {
            return Belongs::Office(group.office, Some(group.clone()));
        }
        let offices = self.offices.get(&incoming.from.user).map(Vec::as_slice).unwrap_or_default();
        match offices {
            [only] if incoming.chat_kind == ChatKind::Private => Belongs::Office(*only, None),
            _ => Belongs::Alone,
        }
    }
}
