//! Bots that have no room for more groups or people, and which other one there has.

use super::work::Work;
use super::{App, AppError};
use crate::chat::Platform;
use crate::domain::{FullBot, roomiest};
use crate::store::{Session, StoreError};

/// What a plan has a limit for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// Groups that are bound.
    Groups,
    /// People who have written in private.
    People,
}

impl Room {
    /// How many a bot has, and how many it may have; zero stands for no limit.
    async fn of(self, session: &mut Session, platform: &dyn Platform) -> Result<(u32, u32), StoreError> {
        let limits = &platform.capabilities().limits;
        Ok(match self {
            Self::Groups => (session.bound_groups(platform.key()).await?, limits.groups),
            Self::People => (session.chats_of(platform.key()).await?.1, limits.people),
        })
    }
}

/// Bots of one platform have keys that are the same up to the colon.
fn is_beside(one: &str, other: &str) -> bool {
    let of = |key: &str| key.split(':').next().unwrap_or_default().to_owned();
    one != other && of(one) == of(other)
}

impl App {
    /// The bot that has the most room beside this one, as people call it; not one that cannot speak.
    pub(super) async fn room_beside(
        &self,
        session: &mut Session,
        key: &str,
        room: Room,
    ) -> Result<Option<String>, StoreError> {
        let beside = |other: &&String| is_beside(key, other) && !self.is_silent(other);
        let mut keys: Vec<&String> = self.platforms.keys().filter(beside).collect();
        keys.sort();
        let mut bots = Vec::new();
        for platform in keys.into_iter().filter_map(|key| self.platforms.get(key)) {
            bots.push((platform.name(), room.of(session, &**platform).await?));
        }
        Ok(roomiest(bots))
    }
}

impl Work<'_> {
    /// The bot of a platform, where it has no room.
    pub(super) async fn is_full(&mut self, key: &str, room: Room) -> Result<Option<FullBot>, AppError> {
        let Some(platform) = self.app.platforms.get(key) else { return Ok(None) };
        let (many, most) = room.of(&mut self.session, &**platform).await?;
        if most == 0 || many < most {
            return Ok(None);
        }
        let beside = self.app.room_beside(&mut self.session, key, room).await?;
        Ok(Some(FullBot { bot: platform.name(), most, room: beside }))
    }

    /// The bots of this office that have no room.
    pub(super) async fn full_bots(&mut self, room: Room) -> Result<Vec<FullBot>, AppError> {
        let mut keys: Vec<String> = self.app.platforms.keys().filter(|key| self.uses(key)).cloned().collect();
        keys.sort();
        let mut full = Vec::new();
        for key in keys {
            full.extend(self.is_full(&key, room).await?);
        }
        Ok(full)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bots_of_one_platform_stand_beside_each_other() {
        assert!(is_beside("zalo:17", "zalo:18"));
        for (one, other) in [("zalo:17", "zalo:17"), ("zalo:17", "zalo-oa:17"), ("zalo:17", "telegram")] {
            assert!(!is_beside(one, other), "{one} {other}");
        }
    }
}
