//! What the program keeps for itself: keys that it made once, and files that came by a page of ours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Session, StoreError, sql};
use crate::domain::{OfficeId, Value, Values};

impl Session {
    /// The key of this name, once one was made.
    pub async fn secret(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        self.one(sql("select value from secrets where name = $1").bind(name), |row| row.get("value")).await
    }

    /// The key of this name: the one that is there, else `fresh`, which is kept from now on.
    pub async fn keep_secret(&mut self, name: &str, fresh: &str) -> Result<String, StoreError> {
        let keep = sql("insert into secrets (name, value) values ($1, $2) on conflict (name) do nothing");
        self.write(keep.bind(name).bind(fresh)).await?;
        Ok(self.secret(name).await?.unwrap_or_else(|| fresh.to_owned()))
    }

    /// Keeps the bytes of a file under a name that nothing else has.
    pub async fn keep_file(&mut self, office: OfficeId, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let keep = sql("insert into kept_files (name, office_id, bytes, used) values ($1, $2, $3, 0)");
        self.write(keep.bind(name).bind(office).bind(STANDARD.encode(bytes))).await?;
        Ok(())
    }

    /// Notes that a submission has these files, as far as they are kept here: they stay.
    pub(super) async fn use_files(&mut self, values: &Values) -> Result<(), StoreError> {
        for value in values.values() {
            if let Value::File { file, .. } = value {
                let used = sql("update kept_files set used = 1 where name = $1");
                self.write(used.bind(&**file)).await?;
            }
        }
        Ok(())
    }

    /// Lets go of a file that was kept; whether it was there.
    pub async fn drop_file(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(self.write(sql("delete from kept_files where name = $1").bind(name)).await? > 0)
    }

    /// Lets go of files whose names begin so and come before another, as far as no submission has them; how many. Names end with ids, which are in the order of time.
    pub async fn drop_files(&mut self, begin: &str, before: &str) -> Result<u64, StoreError> {
        let drop = sql("delete from kept_files where name >= $1 and name < $2 and used = 0");
        self.write(drop.bind(begin).bind(before)).await
    }

    /// The bytes of a file that was kept.
    pub async fn kept_file(&mut self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let kept = sql("select bytes from kept_files where name = $1").bind(name);
        let Some(text) = self.one(kept, |row| row.get::<String>("bytes")).await? else { return Ok(None) };
        let unreadable = |why: base64::DecodeError| StoreError::Unreadable {
            column: "bytes".to_owned(),
            why: why.to_string(),
        };
        STANDARD.decode(text).map(Some).map_err(unreadable)
    }
}
