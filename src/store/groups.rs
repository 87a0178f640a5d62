//! Groups: a chat belongs to one office.

use super::{Row, Session, StoreError, session::Statement, sql};
use crate::domain::{ChatRef, Group, GroupId, OfficeId};

impl Session {
    /// Adds a group. A chat that is a group already is a [`StoreError::Duplicate`].
    pub async fn insert_group(&mut self, group: &Group) -> Result<(), StoreError> {
        let insert = sql("insert into groups (id, office_id, platform, chat_id, title, schools) \
                          values ($1, $2, $3, $4, $5, $6)");
        self.write(columns(insert, group)).await?;
        Ok(())
    }

    /// Writes a group anew; it stays with its office.
    pub async fn update_group(&mut self, group: &Group) -> Result<(), StoreError> {
        let update = sql("update groups set platform = $3, chat_id = $4, title = $5, schools = $6 \
                          where id = $1 and office_id = $2");
        self.write(columns(update, group)).await?;
        Ok(())
    }

    /// The group with this id.
    pub async fn group(&mut self, id: GroupId) -> Result<Option<Group>, StoreError> {
        self.one(sql("select * from groups where id = $1").bind(id), group).await
    }

    /// The group in this chat.
    pub async fn group_by_chat(&mut self, chat: &ChatRef) -> Result<Option<Group>, StoreError> {
        let by_chat = sql("select * from groups where platform = $1 and chat_id = $2");
        self.one(by_chat.bind(&*chat.platform).bind(&*chat.id), group).await
    }

    /// All groups of all offices.
    pub async fn groups(&mut self) -> Result<Vec<Group>, StoreError> {
        self.all(sql("select * from groups order by id"), group).await
    }

    /// All groups of an office, in the order in which they were added.
    pub async fn groups_of(&mut self, office: OfficeId) -> Result<Vec<Group>, StoreError> {
        self.all(sql("select * from groups where office_id = $1 order by id").bind(office), group).await
    }
}

fn columns(statement: Statement, group: &Group) -> Statement {
    statement
        .bind(group.id)
        .bind(group.office)
        .bind(&*group.chat.platform)
        .bind(&*group.chat.id)
        .bind(&*group.title)
        .json(&group.schools)
}

fn group(row: &Row) -> Result<Group, StoreError> {
    Ok(Group {
        id: row.get("id")?,
        office: row.get("office_id")?,
        chat: ChatRef { platform: row.get("platform")?, id: row.get("chat_id")? },
        title: row.get("title")?,
        schools: row.json("schools")?,
    })
}
