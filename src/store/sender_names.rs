//! Which school a sender's name means in a stretch of chat that an officer pastes.

use std::collections::BTreeMap;

use super::{Row, Session, StoreError, sql};
use crate::domain::{OfficeId, SchoolId};

impl Session {
    /// Remembers the school of a name; another one takes its place.
    pub async fn put_sender_name(
        &mut self,
        office: OfficeId,
        name: &str,
        school: SchoolId,
    ) -> Result<(), StoreError> {
        let put = sql("insert into sender_names (office_id, name, school_id) values ($1, $2, $3) \
                       on conflict (office_id, name) do update set school_id = excluded.school_id");
        self.write(put.bind(office).bind(name).bind(school)).await?;
        Ok(())
    }

    /// Forgets what a name means.
    pub async fn forget_sender_name(&mut self, office: OfficeId, name: &str) -> Result<(), StoreError> {
        let forget = sql("delete from sender_names where office_id = $1 and name = $2");
        self.write(forget.bind(office).bind(name)).await?;
        Ok(())
    }

    /// All that an office has told, by name.
    pub async fn sender_names(&mut self, office: OfficeId) -> Result<BTreeMap<String, SchoolId>, StoreError> {
        let all = sql("select name, school_id from sender_names where office_id = $1");
        Ok(self.all(all.bind(office), named).await?.into_iter().collect())
    }
}

fn named(row: &Row) -> Result<(String, SchoolId), StoreError> {
    Ok((row.get("name")?, row.get("school_id")?))
}
