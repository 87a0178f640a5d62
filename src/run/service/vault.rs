//! The tokens of accounts in the database: all processes of an installation share them.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::platforms::zalo_oa::{Pair, Vault, VaultError};
use crate::store::{PlatformKeys, Store, StoreError};

/// Over a database. Each step is a transaction of its own: what is asked of Zalo between them holds up nobody.
pub struct Keys(pub Store);

#[async_trait]
impl Vault for Keys {
    async fn pair(&self, account: &str, first: &str) -> Result<Pair, VaultError> {
        let mut session = self.0.begin().await.map_err(told)?;
        let keys = session.platform_keys(account, first).await.map_err(told)?;
        session.commit().await.map_err(told)?;
        Ok(Pair { access: keys.access, refresh: keys.refresh, until: keys.until })
    }

    async fn take_turn(
        &self,
        account: &str,
        refresh: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, VaultError> {
        let mut session = self.0.begin().await.map_err(told)?;
        let taken = session.take_turn(account, refresh, now, until).await.map_err(told)?;
        session.commit().await.map_err(told)?;
        Ok(taken)
    }

    async fn keep(&self, account: &str, used: &str, pair: &Pair) -> Result<(), VaultError> {
        let Pair { access, refresh, until } = pair.clone();
        let mut session = self.0.begin().await.map_err(told)?;
        let keys = PlatformKeys { access, refresh, until };
        session.keep_platform_keys(account, used, &keys).await.map_err(told)?;
        session.commit().await.map_err(told)
    }

    async fn give_back(&self, account: &str, refresh: &str) -> Result<(), VaultError> {
        let mut session = self.0.begin().await.map_err(told)?;
        session.give_turn_back(account, refresh).await.map_err(told)?;
        session.commit().await.map_err(told)
    }
}

/// Without the words of the database, which may hold what was bound.
fn told(error: StoreError) -> VaultError {
    VaultError(error.code().to_owned())
}
