//! Pairs of tokens that a platform exchanges: one process at a time may exchange one, and the new one is here before it is used.

use chrono::{DateTime, Utc};

use super::column::Row;
use super::{Session, StoreError, sql};

/// A pair of tokens, as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct PlatformKeys {
    /// With it calls are made; empty before the first exchange.
    pub access: String,
    /// With it the next pair is had, once.
    pub refresh: String,
    /// Until when `access` is good.
    pub until: DateTime<Utc>,
}

impl Session {
    /// The pair of an account, which is made of its first refresh token where there is none, or where that is another than
    /// the one it was made of.
    pub async fn platform_keys(&mut self, account: &str, first: &str) -> Result<PlatformKeys, StoreError> {
        let make = sql(
            "insert into platform_keys (account, access, refresh, good_until, made_of, turn_until) \
                        values ($1, '', $2, 0, $2, 0) on conflict (account) do update set \
                        access = '', refresh = excluded.refresh, good_until = 0, made_of = excluded.made_of, turn_until = 0 \
                        where platform_keys.made_of <> excluded.made_of",
        );
        self.write(make.bind(account).bind(first)).await?;
        let found = sql("select access, refresh, good_until from platform_keys where account = $1");
        let found = self.one(found.bind(account), keys).await?;
        found.ok_or_else(|| StoreError::Other("an account without its tokens".into()))
    }

    /// Takes the turn to exchange this refresh token, until a moment; false where somebody else has it, or where it has been
    /// exchanged.
    pub async fn take_turn(
        &mut self,
        account: &str,
        refresh: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let take = sql("update platform_keys set turn_until = $4 \
                        where account = $1 and refresh = $2 and turn_until <= $3");
        let taken = self.write(take.bind(account).bind(refresh).bind(now).bind(until)).await?;
        Ok(taken > 0)
    }

    /// Keeps the pair for which a refresh token was exchanged, and gives the turn back.
    pub async fn keep_platform_keys(
        &mut self,
        account: &str,
        used: &str,
        keys: &PlatformKeys,
    ) -> Result<(), StoreError> {
        let keep =
            sql("update platform_keys set access = $3, refresh = $4, good_until = $5, turn_until = 0 \
                        where account = $1 and refresh = $2");
        let keep = keep.bind(account).bind(used).bind(&*keys.access).bind(&*keys.refresh).bind(keys.until);
        self.write(keep).await?;
        Ok(())
    }

    /// Gives the turn back without a new pair.
    pub async fn give_turn_back(&mut self, account: &str, refresh: &str) -> Result<(), StoreError> {
        let back = sql("update platform_keys set turn_until = 0 where account = $1 and refresh = $2");
        self.write(back.bind(account).bind(refresh)).await?;
        Ok(())
    }
}

fn keys(row: &Row) -> Result<PlatformKeys, StoreError> {
    Ok(PlatformKeys {
        access: row.get("access")?,
        refresh: row.get("refresh")?,
        until: row.get("good_until")?,
    })
}
