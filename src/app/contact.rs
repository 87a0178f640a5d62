//! How long a platform could not be reached, and that work which takes a while is shown.

use std::pin::pin;

use chrono::{DateTime, Duration, Utc};

use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::Deed;
use crate::domain::{ChatRef, Reply};
use crate::store::NewOutboxRow;

/// A shorter time out of reach is not told of, even where nothing is kept: a restart is over in less.
const SHORTEST: Duration = Duration::minutes(15);

/// A chat shows for five seconds that the bot is at work.
const SHOWN: Duration = Duration::seconds(4);

impl App {
    /// Notes that a platform was reached. When it was not for so long that messages may be lost, the specialists of each
    /// office that uses it are told, once.
    pub async fn in_contact(&self, platform: &str) -> Result<(), AppError> {
        let now = self.clock.now();
        let mut session = self.store.begin().await?;
        let name = self.platforms.get(platform).map(|p| p.name()).unwrap_or_default();
        let before = session.contact(platform, &name, now).await?;
        let minutes = self.capabilities(platform).map_or(0, |c| c.limits.kept_minutes);
        let kept = Duration::minutes(minutes.into());
        let Some(before) = before.filter(|before| now - *before > kept.max(SHORTEST)) else {
            session.commit().await?;
            return self.watch_plan(platform).await;
        };
        // Told first: whoever is killed between the two tells it again, under the same key.
        drop(session);
        tracing::warn!(platform, hours = (now - before).num_hours(), "messages may be lost");
        for office in self.store.read().await?.offices().await? {
            let mut work = Work::begin(self, office.id).await?;
            work.tell_of_gap(platform, before, kept).await?;
            work.commit().await?;
        }
        let mut session = self.store.begin().await?;
        session.contact(platform, &name, now).await?;
        Ok(session.commit().await?)
    }

    /// Does something that may take a while, and shows in a chat meanwhile that the bot is at work.
    pub(super) async fn while_working<T>(
        &self,
        chat: &ChatRef,
        work: impl Future<Output = T>,
    ) -> Result<T, AppError> {
        if !self.capabilities(&chat.platform).is_some_and(|c| c.shows_work) {
            return Ok(work.await);
        }
        let mut work = pin!(work);
        loop {
            let now = self.clock.now();
            let row = NewOutboxRow::reply(self.ids.next(now), chat.clone(), Deed::Working, now);
            let mut session = self.store.begin().await?;
            session.enqueue(&NewOutboxRow { send_before: Some(now + SHOWN), ..row }).await?;
            session.commit().await?;
            tokio::select! {
                done = &mut work => return Ok(done),
                () = self.clock.sleep_until(now + SHOWN) => {}
            }
        }
    }
}

impl Work<'_> {
    async fn tell_of_gap(
        &mut self,
        platform: &str,
        before: DateTime<Utc>,
        kept: Duration,
    ) -> Result<(), AppError> {
        let reply = Reply::Gap { from: before, to: self.now, lost_before: self.now - kept };
        for member in self.specialists() {
            let Some(chat) = member.private_chats.iter().find(|c| c.platform == platform).cloned() else {
                continue;
            };
            let key = Some(format!("gap/{platform}/{}/{}", before.timestamp(), member.id));
            self.reply(&chat, &reply, Manner { key, ..Manner::default() }).await?;
        }
        Ok(())
    }
}
