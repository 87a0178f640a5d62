//! What a platform that counts messages takes: how many there were, and answers that leave within one message.

use chrono::{DateTime, Utc};

use super::outbox::outbox_row;
use super::{OutboxRow, Row, Session, StoreError, sql};
use crate::domain::{OfficeId, OutboxId};

/// A row within another is never due by itself: the end of the year 9999, in milliseconds.
const NEVER: i64 = 253_402_300_799_000;

/// Rows that are put together at once, at most.
const MOST: u32 = 20;

impl Session {
    /// How many messages were sent on a platform since a moment, perhaps sent among them, and how many were received. What
    /// came by a page of ours (its key begins with `besides`) is no message of the platform.
    pub async fn messages_since(
        &mut self,
        platform: &str,
        since: DateTime<Utc>,
        besides: &str,
    ) -> Result<(u32, u32), StoreError> {
        let sent = sql("select count(*) as many from outbox where platform = $1 and sent_at >= $2 \
                        and new_message = 1");
        let sent = self.one(sent.bind(platform).bind(since), |row| row.get::<u32>("many")).await?;
        let received = sql("select count(*) as many from inbox where platform = $1 and received_at >= $2 \
                            and update_key not like $3");
        let received = received.bind(platform).bind(since).bind(format!("{besides}%"));
        let received = self.one(received, |row| row.get::<u32>("many")).await?;
        Ok((sent.unwrap_or_default(), received.unwrap_or_default()))
    }

    /// In how many groups and private chats a bot is.
    pub async fn chats_of(&mut self, platform: &str) -> Result<(u32, u32), StoreError> {
        let many = sql("select coalesce(sum(case when kind = 'group' then 1 else 0 end), 0) as in_groups, \
                        coalesce(sum(case when kind = 'private' then 1 else 0 end), 0) as in_private \
                        from chats where platform = $1 and gone_at is null");
        let many =
            self.one(many.bind(platform), |row| Ok((row.get("in_groups")?, row.get("in_private")?))).await?;
        Ok(many.unwrap_or_default())
    }

    /// How many groups are bound, by any office, in which the bot of a platform still is.
    pub async fn bound_groups(&mut self, platform: &str) -> Result<u32, StoreError> {
        let many = sql("select count(*) as many from groups g where g.platform = $1 and not exists \
                        (select 1 from chats c where c.platform = g.platform and c.id = g.chat_id and c.gone_at is not null)");
        Ok(self.one(many.bind(platform), |row| row.get("many")).await?.unwrap_or_default())
    }

    /// The rows that leave within the message of another, oldest first.
    pub async fn gathered(&mut self, within: OutboxId) -> Result<Vec<OutboxRow>, StoreError> {
        let rows = sql("select * from outbox where within = $1 order by id");
        self.all(rows.bind(within), outbox_row).await
    }

    /// Rows that wait in the chat of a row and could leave within its message: ready, of its office and its priority.
    pub async fn gatherable(
        &mut self,
        row: &OutboxRow,
        now: DateTime<Utc>,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let rows = sql("select * from outbox where platform = $1 and chat_id = $2 and state = 'pending' \
                        and claimed_until <= $3 and not_before <= $3 and priority = 0 and id <> $4 \
                        and new_message = 1 and within is null and part_of is null and alone = 0 \
                        and not exists (select 1 from outbox o where o.id = $4 and o.alone = 1) \
                        and coalesce(office_id, '') = $5 order by id limit $6");
        let office = row.office.map(|office| office.to_string()).unwrap_or_default();
        let rows = rows.bind(&*row.chat.platform).bind(&*row.chat.id).bind(now).bind(row.id);
        self.all(rows.bind(office).bind(MOST), outbox_row).await
    }

    /// Lets a row leave within the message of another.
    pub async fn gather(&mut self, row: OutboxId, within: OutboxId) -> Result<(), StoreError> {
        let gather = sql("update outbox set within = $2, not_before = $3, new_message = 0, paced = 0 \
                          where id = $1 and state = 'pending'");
        self.write(gather.bind(row).bind(within).bind(NEVER)).await?;
        Ok(())
    }

    /// Settles the rows whose messages were settled: they are what became of those. Of a message that was refused each leaves
    /// once more, by itself: only one of them need be what was refused.
    pub async fn settle_gathered(&mut self, platform: &str) -> Result<(), StoreError> {
        let again =
            sql("update outbox set state = 'pending', alone = 1, claimed_until = 0 where platform = $1 \
             and state = 'failed' and alone = 0 \
             and exists (select 1 from outbox o where o.within = outbox.id and o.state = 'pending')");
        self.write(again.bind(platform)).await?;
        let release =
            sql("update outbox set within = null, not_before = 0, new_message = 1, paced = 1, alone = 1 \
             where platform = $1 and state = 'pending' and within is not null \
             and exists (select 1 from outbox o where o.id = outbox.within and o.alone = 1)");
        self.write(release.bind(platform)).await?;
        let settle = sql("update outbox set claimed_until = 0, last_error = 'gathered', \
             state = (select o.state from outbox o where o.id = outbox.within), \
             message_id = (select o.message_id from outbox o where o.id = outbox.within), \
             sent_at = (select o.sent_at from outbox o where o.id = outbox.within) \
             where platform = $1 and state = 'pending' and within is not null \
             and exists (select 1 from outbox o where o.id = outbox.within and o.state <> 'pending')");
        self.write(settle.bind(platform)).await?;
        Ok(())
    }

    /// Lets answers that were written before a month began wait for its first morning: nobody is woken by them.
    pub async fn wait_for_morning(
        &mut self,
        platform: &str,
        before: DateTime<Utc>,
        morning: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let wait = sql(
            "update outbox set not_before = $3 where platform = $1 and state = 'pending' and priority = 0 \
                        and new_message = 1 and created_at < $2 and not_before < $3 and claimed_until = 0",
        );
        self.write(wait.bind(platform).bind(before).bind(morning)).await?;
        Ok(())
    }

    /// How many answers of an office were dropped since a moment because there were no messages left, by platform.
    pub async fn unsaid_since(
        &mut self,
        office: OfficeId,
        since: DateTime<Utc>,
    ) -> Result<Vec<(String, u32)>, StoreError> {
        let unsaid =
            sql("select platform, count(*) as many from outbox where office_id = $1 and state = 'dropped' \
                          and created_at >= $2 and last_error = 'no messages left in this month' \
                          group by platform order by platform");
        let read = |row: &Row| Ok((row.get("platform")?, row.get("many")?));
        self.all(unsaid.bind(office).bind(since), read).await
    }

    /// Drops answers that were written before a moment and have not left: nobody waits for them any more.
    pub async fn drop_stale_answers(
        &mut self,
        platform: &str,
        before: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let stale =
            sql("update outbox set state = 'dropped', last_error = 'no messages left in this month' \
                         where platform = $1 and state = 'pending' and priority = 0 and created_at < $2 \
                         and claimed_until <= $2");
        self.write(stale.bind(platform).bind(before)).await?;
        Ok(())
    }
}
