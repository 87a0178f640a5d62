//! What did not reach the groups of an office, and whether anybody was told.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::outbox::outbox_row;
use super::{OutboxRow, Row, Session, StoreError, sql};
use crate::domain::{ChatRef, OfficeId, OutboxId};

/// A group that is closed to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedGroup {
    /// Whose group.
    pub office: OfficeId,
    /// Its title.
    pub title: String,
    /// Its chat.
    pub chat: ChatRef,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Session {
    /// The groups of every office that are closed to us and of which nobody was told.
    pub async fn untold_closed(&mut self) -> Result<Vec<ClosedGroup>, StoreError> {
        let closed = sql("select g.office_id, g.title, g.platform, g.chat_id, c.gone_at from groups g \
                          join chats c on c.platform = g.platform and c.id = g.chat_id \
                          where c.gone_at is not null and c.gone_told = 0 order by g.id");
        self.all(closed, closed_group).await
    }

    /// Posts in groups that failed, or of which nobody knows, or that wait for the right to write, and of which nobody was
    /// told: each with the title of its group, oldest first.
    pub async fn untold_posts(&mut self, limit: u32) -> Result<Vec<(String, OutboxRow)>, StoreError> {
        let posts = sql("select o.*, g.title from outbox o \
                         join groups g on g.platform = o.platform and g.chat_id = o.chat_id and g.office_id = o.office_id \
                         where o.state <> 'sent' and o.told = 0 and o.new_message = 1 \
                         and (o.state in ('failed', 'unknown') or o.state = 'pending' and o.last_error like 'may not write%') \
                         order by o.id limit $1");
        self.all(posts.bind(limit), titled).await
    }

    /// Notes that the specialists know of a row.
    pub async fn told_of_post(&mut self, row: OutboxId) -> Result<(), StoreError> {
        self.write(sql("update outbox set told = 1 where id = $1").bind(row)).await?;
        Ok(())
    }

    /// Notes that the specialists know that a chat is closed.
    pub async fn told_of_closed(&mut self, chat: &ChatRef) -> Result<(), StoreError> {
        let told = sql("update chats set gone_told = 1 where platform = $1 and id = $2");
        self.write(told.bind(&*chat.platform).bind(&*chat.id)).await?;
        Ok(())
    }

    /// The posts of an office that failed, or of which nobody knows, written since `since`, newest first, with the titles of
    /// their groups.
    pub async fn troubled_posts(
        &mut self,
        office: OfficeId,
        since: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(String, OutboxRow)>, StoreError> {
        let posts = sql("select o.*, g.title from outbox o \
                         join groups g on g.platform = o.platform and g.chat_id = o.chat_id and g.office_id = o.office_id \
                         where o.state <> 'sent' and o.office_id = $1 and o.created_at >= $2 and o.new_message = 1 \
                         and o.state in ('failed', 'unknown') order by o.id desc limit $3");
        self.all(posts.bind(office).bind(since).bind(limit), titled).await
    }

    /// The chats of an office's groups that are closed to us.
    pub async fn closed_to(&mut self, office: OfficeId) -> Result<HashSet<ChatRef>, StoreError> {
        let closed = sql("select g.platform, g.chat_id from groups g \
                          join chats c on c.platform = g.platform and c.id = g.chat_id \
                          where g.office_id = $1 and c.gone_at is not null");
        let chat = |row: &Row| Ok(ChatRef { platform: row.get("platform")?, id: row.get("chat_id")? });
        Ok(self.all(closed.bind(office), chat).await?.into_iter().collect())
    }
}

fn closed_group(row: &Row) -> Result<ClosedGroup, StoreError> {
    Ok(ClosedGroup {
        office: row.get("office_id")?,
        title: row.get("title")?,
        chat: ChatRef { platform: row.get("platform")?, id: row.get("chat_id")? },
        since: row.get("gone_at")?,
    })
}

fn titled(row: &Row) -> Result<(String, OutboxRow), StoreError> {
    Ok((row.get("title")?, outbox_row(row)?))
}
