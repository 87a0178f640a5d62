//! Offices.

use chrono::{DateTime, Utc};

use super::{Row, Session, StoreError, sql};
use crate::domain::{Office, OfficeId};

impl Session {
    /// Adds an office; in a session of [`super::Store::begin`].
    pub async fn insert_office(&mut self, office: &Office) -> Result<(), StoreError> {
        let insert = sql("insert into offices (id, name, language, zone, settings, touched) \
                          values ($1, $2, $3, $4, $5, 0)");
        self.write(
            insert
                .bind(office.id)
                .bind(&*office.name)
                .word(office.language)
                .word(office.zone)
                .json(&office.settings),
        )
        .await?;
        Ok(())
    }

    /// Writes an office anew.
    pub async fn update_office(&mut self, office: &Office) -> Result<(), StoreError> {
        let update =
            sql("update offices set name = $2, language = $3, zone = $4, settings = $5 where id = $1");
        self.write(
            update
                .bind(office.id)
                .bind(&*office.name)
                .word(office.language)
                .word(office.zone)
                .json(&office.settings),
        )
        .await?;
        Ok(())
    }

    /// The office with this id.
    pub async fn office(&mut self, id: OfficeId) -> Result<Option<Office>, StoreError> {
        self.one(sql("select id, name, language, zone, settings from offices where id = $1").bind(id), office)
            .await
    }

    /// The planner's last look at an office at which it could speak.
    pub async fn caught_up(&mut self, id: OfficeId) -> Result<Option<DateTime<Utc>>, StoreError> {
        let seen = sql("select caught_up from offices where id = $1").bind(id);
        Ok(self.one(seen, |row| row.maybe("caught_up")).await?.flatten())
    }

    /// Keeps the planner's last look.
    pub async fn set_caught_up(&mut self, id: OfficeId, seen: DateTime<Utc>) -> Result<(), StoreError> {
        let keep = sql("update offices set caught_up = $2 where id = $1");
        self.write_unversioned(keep.bind(id).bind(seen)).await?;
        Ok(())
    }

    /// All offices, oldest first.
    pub async fn offices(&mut self) -> Result<Vec<Office>, StoreError> {
        self.all(sql("select id, name, language, zone, settings from offices order by id"), office).await
    }
}

fn office(row: &Row) -> Result<Office, StoreError> {
    Ok(Office {
        id: row.get("id")?,
        name: row.get("name")?,
        language: row.word("language")?,
        zone: row.word("zone")?,
        settings: row.json("settings")?,
    })
}
