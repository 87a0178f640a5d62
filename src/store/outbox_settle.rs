//! What became of a row that was taken up.

use chrono::{DateTime, Utc};

use super::{NewOutboxRow, OutboxBody, OutboxRow, OutboxState, Part, Session, StoreError, sql};
use crate::chat::{About, Deed};
use crate::domain::{ChatRef, OutboxId};

impl Session {
    /// Writes down what a row comes to, before it is sent: its own words and a row for each further part. Parts of an
    /// earlier attempt that have not left make room. `false` when somebody else has taken the row up meanwhile.
    pub async fn keep_parts(
        &mut self,
        row: &OutboxRow,
        parts: &[Part],
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let Some((first, more)) = parts.split_first() else { return Ok(false) };
        let said = sql("update outbox set said = $3, about = $4 \
                        where id = $1 and state = 'pending' and claimed_until = $2");
        let said = said.bind(row.id).bind(row.claimed_until).json(&first.deed).json(&first.about);
        if self.write(said).await? == 0 {
            return Ok(false);
        }
        self.drop_parts(row.id).await?;
        for (part, number) in more.iter().zip(row.part + 1..) {
            self.enqueue_part(row, part, number, now).await?;
        }
        Ok(true)
    }

    async fn enqueue_part(
        &mut self,
        row: &OutboxRow,
        part: &Part,
        number: u32,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let new = NewOutboxRow {
            id: part.id,
            office: row.office,
            chat: row.chat.clone(),
            key: row.key.clone(),
            part: number,
            body: OutboxBody::Ready(part.deed.clone()),
            edits: None,
            about: part.about.clone(),
            priority: row.priority,
            not_before: None,
            send_before: row.send_before,
            reserved: row.reserved,
            created_at: now,
        };
        if self.enqueue(&new).await?.is_some() {
            let of = sql("update outbox set part_of = $2 where id = $1");
            self.write(of.bind(part.id).bind(row.id)).await?;
        }
        Ok(())
    }

    /// Forgets further parts of a row that have not left.
    async fn drop_parts(&mut self, row: OutboxId) -> Result<(), StoreError> {
        self.write(sql("delete from outbox where part_of = $1 and state = 'pending'").bind(row)).await?;
        Ok(())
    }

    /// Records that a row was sent. Counts whoever has the lease, and after it was given up as unknown: a message that is
    /// out is out. `false` when it was settled before.
    pub async fn record_sent(
        &mut self,
        row: OutboxId,
        message: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sent =
            sql("update outbox set state = 'sent', message_id = $2, sent_at = $3, claimed_until = 0, \
                        last_error = null where id = $1 and state in ('pending', 'unknown')");
        self.enqueued = true;
        Ok(self.write(sent.bind(row).bind(message).bind(now)).await? > 0)
    }

    /// Ends a row that is not sent: dropped, failed or unknown, with the reason; its further parts go with it unless
    /// it may be out. Counts for the holder of the lease only.
    pub async fn record_ended(
        &mut self,
        row: &OutboxRow,
        state: OutboxState,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let sent_at = (state == OutboxState::Unknown).then_some(now);
        let ended = sql("update outbox set state = $3, last_error = $4, sent_at = $5, claimed_until = 0 \
                         where id = $1 and state = 'pending' and claimed_until = $2");
        let ended = ended.bind(row.id).bind(row.claimed_until).word(state).bind(why).bind(sent_at);
        self.enqueued = true;
        if self.write(ended).await? == 0 {
            return Ok(false);
        }
        if state != OutboxState::Unknown {
            self.drop_parts(row.id).await?;
        }
        Ok(true)
    }

    /// Keeps a row taken up for longer, by its holder; what it is then. `None` when somebody else has it.
    pub async fn hold_longer(
        &mut self,
        row: OutboxRow,
        until: DateTime<Utc>,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let longer = sql("update outbox set claimed_until = $3 \
                          where id = $1 and state = 'pending' and claimed_until = $2");
        let held = self.write(longer.bind(row.id).bind(row.claimed_until).bind(until)).await? > 0;
        Ok(held.then_some(OutboxRow { claimed_until: until, ..row }))
    }

    /// Puts a row back that comes to a new message although it was to edit one: it is taken up as such.
    pub async fn put_back_as_message(&mut self, row: &OutboxRow) -> Result<(), StoreError> {
        let back =
            sql("update outbox set claimed_until = 0, new_message = 1, last_error = 'its message is gone' \
                        where id = $1 and state = 'pending' and claimed_until = $2");
        self.enqueued = true;
        self.write(back.bind(row.id).bind(row.claimed_until)).await?;
        Ok(())
    }

    /// Puts a row back until `not_before`. Counts for the holder of the lease only.
    pub async fn put_back(
        &mut self,
        row: &OutboxRow,
        why: &str,
        not_before: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let back = sql("update outbox set claimed_until = 0, last_error = $3, not_before = $4 \
                        where id = $1 and state = 'pending' and claimed_until = $2");
        self.enqueued = true;
        Ok(self.write(back.bind(row.id).bind(row.claimed_until).bind(why).bind(not_before)).await? > 0)
    }

    /// Counts that a row's chat, topic or message was elsewhere.
    pub async fn count_move(&mut self, row: OutboxId) -> Result<(), StoreError> {
        self.write(sql("update outbox set moves = moves + 1 where id = $1").bind(row)).await?;
        Ok(())
    }

    /// Counts that a call of a row was not answered and is made again.
    pub async fn count_unanswered(&mut self, row: OutboxId) -> Result<(), StoreError> {
        self.write(sql("update outbox set unanswered = unanswered + 1 where id = $1").bind(row)).await?;
        Ok(())
    }

    /// Drops what was to be said in a chat by no office, and has not been tried yet.
    pub async fn unsay(&mut self, chat: &ChatRef) -> Result<(), StoreError> {
        let unsay =
            sql("update outbox set state = 'dropped', last_error = 'superseded' where platform = $1 \
                         and chat_id = $2 and office_id is null and state = 'pending' and attempts = 0");
        self.write(unsay.bind(&*chat.platform).bind(&*chat.id)).await?;
        Ok(())
    }

    /// Notes that the message of a row which was sent is no longer there.
    pub async fn lose_message(&mut self, row: OutboxId) -> Result<(), StoreError> {
        self.write(sql("update outbox set message_id = null where id = $1").bind(row)).await?;
        Ok(())
    }

    /// Notes that the message of a row which was sent is this one now, in this chat.
    pub async fn replace_message(
        &mut self,
        row: OutboxId,
        chat: &ChatRef,
        message: &str,
    ) -> Result<(), StoreError> {
        let replace = sql("update outbox set message_id = $2, chat_id = $3 where id = $1 and state = 'sent'");
        self.write(replace.bind(row).bind(message).bind(&*chat.id)).await?;
        Ok(())
    }

    /// When the last messages of a chat left, since `since`, oldest first.
    pub async fn sent_in_chat(
        &mut self,
        chat: &ChatRef,
        since: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let sent = sql("select sent_at from outbox where platform = $1 and chat_id = $2 and sent_at > $3 \
                        and paced = 1 order by sent_at");
        self.all(sent.bind(&*chat.platform).bind(&*chat.id).bind(since), |row| row.get("sent_at")).await
    }

    /// Writes the row that pins a message of ours which is out.
    pub async fn enqueue_pin(
        &mut self,
        id: OutboxId,
        row: &OutboxRow,
        message: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let deed = Deed::Pin { message: message.to_owned() };
        let pin = NewOutboxRow {
            office: row.office,
            about: About::default(),
            priority: row.priority,
            ..NewOutboxRow::reply(id, row.chat.clone(), deed, now)
        };
        self.enqueue(&pin).await?;
        Ok(())
    }
}
