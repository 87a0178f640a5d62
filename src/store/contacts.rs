//! The bots: when each was in contact with its platform, and what keeps it from speaking or hearing.

use chrono::{DateTime, Utc};

use super::{Row, Session, StoreError, sql};

/// What keeps a bot from speaking or hearing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BotState {
    /// Since when its platform says that its messages are used up.
    pub quota_since: Option<DateTime<Utc>>,
    /// When that is tried again.
    pub quota_until: Option<DateTime<Utc>>,
    /// Since when its platform refuses its token.
    pub shut_since: Option<DateTime<Utc>>,
    /// What its platform said of the address of our webhook; none where it reaches it.
    pub hook: Option<String>,
}

impl Session {
    /// Notes that a platform was reached at `now`, where people call the bot `name`, and says when it was before.
    pub async fn contact(
        &mut self,
        platform: &str,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let before = sql("select at from contacts where platform = $1").bind(platform);
        let before = self.one(before, |row| row.get("at")).await?;
        let note = sql("insert into contacts (platform, name, at) values ($1, $2, $3) \
                        on conflict (platform) do update set name = excluded.name, at = excluded.at");
        self.write(note.bind(platform).bind(name).bind(now)).await?;
        Ok(before)
    }

    /// The platforms that were ever reached, with the bot's name there.
    pub async fn contacts(&mut self) -> Result<Vec<(String, String)>, StoreError> {
        let all = sql("select platform, name from contacts order by platform");
        self.all(all, |row| Ok((row.get("platform")?, row.get("name")?))).await
    }

    /// What keeps the bot of a platform from speaking or hearing.
    pub async fn bot_state(&mut self, platform: &str) -> Result<BotState, StoreError> {
        let state = sql("select * from contacts where platform = $1").bind(platform);
        Ok(self.one(state, bot_state).await?.unwrap_or_default())
    }

    /// The same of every bot that was ever reached.
    pub async fn bot_states(&mut self) -> Result<Vec<(String, BotState)>, StoreError> {
        let states = sql("select * from contacts order by platform");
        self.all(states, |row| Ok((row.get("platform")?, bot_state(row)?))).await
    }

    /// Notes that a platform says that the messages of its bot are used up; nothing is tried before `until`. It has said so
    /// since the first time after `began`.
    pub async fn quota_is_spent(
        &mut self,
        platform: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
        began: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let note = sql(
            "insert into contacts (platform, name, at, quota_since, quota_until) values ($1, '', $2, $2, $3) \
                        on conflict (platform) do update set quota_until = excluded.quota_until, \
                        quota_since = case when contacts.quota_since >= $4 then contacts.quota_since else excluded.quota_since end",
        );
        self.write(note.bind(platform).bind(now).bind(until).bind(began)).await?;
        Ok(())
    }

    /// Lets nothing be tried before `until` of a bot whose messages are used up.
    pub async fn rest_bot(&mut self, platform: &str, until: DateTime<Utc>) -> Result<(), StoreError> {
        let rest = sql("update contacts set quota_until = $2 where platform = $1");
        self.write(rest.bind(platform).bind(until)).await?;
        Ok(())
    }

    /// Its platform takes messages of a bot again.
    pub async fn quota_is_back(&mut self, platform: &str) -> Result<(), StoreError> {
        let back = sql("update contacts set quota_since = null, quota_until = null where platform = $1");
        self.write(back.bind(platform)).await?;
        Ok(())
    }

    /// Notes that a platform refuses the token of its bot, since the first time.
    pub async fn shut_bot(&mut self, platform: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let shut = sql("insert into contacts (platform, name, at, shut_since) values ($1, '', $2, $2) \
                        on conflict (platform) do update set shut_since = coalesce(contacts.shut_since, excluded.shut_since)");
        self.write(shut.bind(platform).bind(now)).await?;
        Ok(())
    }

    /// Its platform knows the token of a bot: what waited leaves.
    pub async fn open_bot(&mut self, platform: &str) -> Result<(), StoreError> {
        let open =
            sql("update contacts set shut_since = null where platform = $1 and shut_since is not null");
        self.enqueued |= self.write(open.bind(platform)).await? > 0;
        Ok(())
    }

    /// Notes what a platform said of the address of our webhook.
    pub async fn note_hook(&mut self, platform: &str, said: Option<&str>) -> Result<(), StoreError> {
        let note = sql("update contacts set hook = $2 where platform = $1");
        self.write(note.bind(platform).bind(said)).await?;
        Ok(())
    }
}

fn bot_state(row: &Row) -> Result<BotState, StoreError> {
    Ok(BotState {
        quota_since: row.maybe("quota_since")?,
        quota_until: row.maybe("quota_until")?,
        shut_since: row.maybe("shut_since")?,
        hook: row.maybe("hook")?,
    })
}
