//! Looking into the outbox.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::outbox::outbox_row;
use super::{OutboxRow, OutboxState, Row, Session, StoreError, sql};
use crate::chat::{About, Deed};
use crate::domain::{ChatRef, OfficeId, OutboxId};

/// A message of ours that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidRow {
    /// The row that sent it.
    pub id: OutboxId,
    /// The office whose message it is.
    pub office: Option<OfficeId>,
    /// What it is about.
    pub about: About,
    /// What was said.
    pub deed: Option<Deed>,
}

/// How the outbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OutboxCounts {
    /// Not settled yet.
    pub pending: u64,
    /// Sent.
    pub sent: u64,
    /// Nobody knows.
    pub unknown: u64,
    /// Nothing left to say, or another edit took its place.
    pub dropped: u64,
    /// Too late.
    pub expired: u64,
    /// The platform would not have them.
    pub failed: u64,
    /// Rows that may have been said twice, because the program ended between a call and its record.
    pub perhaps_twice: u64,
}

impl Session {
    /// The keys of an office's rows written since `since`, whatever became of them: what has such a key is not to be
    /// planned again.
    pub async fn posted_keys(
        &mut self,
        office: OfficeId,
        since: DateTime<Utc>,
    ) -> Result<HashSet<String>, StoreError> {
        let keys = sql("select distinct dedupe_key from outbox \
                        where office_id = $1 and created_at >= $2 and dedupe_key is not null");
        let keys = self.all(keys.bind(office).bind(since), |row| row.get("dedupe_key")).await?;
        Ok(keys.into_iter().collect())
    }

    /// Whether a post with this key was ever written for an office.
    pub async fn is_posted(&mut self, office: OfficeId, key: &str) -> Result<bool, StoreError> {
        let found = sql("select dedupe_key from outbox where office_id = $1 and dedupe_key = $2 limit 1");
        let found: Vec<String> = self.all(found.bind(office).bind(key), |row| row.get("dedupe_key")).await?;
        Ok(!found.is_empty())
    }

    /// The unasked posts of an office since `since`, gone or on their way: chat and what each is about, the parts of a
    /// long one once, without edits.
    pub async fn planned_since(
        &mut self,
        office: OfficeId,
        since: DateTime<Utc>,
    ) -> Result<Vec<(ChatRef, About)>, StoreError> {
        let posts = sql("select platform, chat_id, about from outbox \
                         where office_id = $1 and created_at >= $2 and dedupe_key is not null and part = 0 \
                         and priority = 2 and edits is null and state in ('pending', 'sent', 'unknown') order by id");
        self.all(posts.bind(office).bind(since), |row| {
            Ok((ChatRef { platform: row.get("platform")?, id: row.get("chat_id")? }, row.json("about")?))
        })
        .await
    }

    /// Whether anything was said in a chat, or will be.
    pub async fn has_said(&mut self, chat: &ChatRef) -> Result<bool, StoreError> {
        let said = sql("select id from outbox where platform = $1 and chat_id = $2 limit 1");
        let said =
            self.one(said.bind(&*chat.platform).bind(&*chat.id), |row| row.get::<String>("id")).await?;
        Ok(said.is_some())
    }

    /// The message of ours with this id in a chat.
    pub async fn row_of_message(
        &mut self,
        chat: &ChatRef,
        message: &str,
    ) -> Result<Option<SaidRow>, StoreError> {
        let key = (chat.clone(), message.to_owned());
        if let Some(known) = self.remembered.said.get(&key) {
            return Ok(known.clone());
        }
        // An edit has the id of the message it edits; the row that sent it is the one that is asked for.
        let said = sql("select * from outbox where platform = $1 and chat_id = $2 and message_id = $3 \
                        and edits is null order by id limit 1");
        let said = said.bind(&*chat.platform).bind(&*chat.id).bind(message);
        let row = self.one(said, outbox_row).await?;
        let row = row.map(|row| SaidRow {
            id: row.id,
            office: row.office,
            deed: row.deed().cloned(),
            about: row.about,
        });
        self.remembered.said.insert(key, row.clone());
        Ok(row)
    }

    /// What the last message of ours in a chat is about, gone or on its way; marks and edits are no messages.
    pub async fn last_said_in(&mut self, chat: &ChatRef) -> Result<Option<About>, StoreError> {
        let said = sql("select * from outbox where platform = $1 and chat_id = $2 and edits is null \
                        and state in ('pending', 'sent', 'unknown') order by id desc limit 8");
        let rows = self.all(said.bind(&*chat.platform).bind(&*chat.id), outbox_row).await?;
        let is_message = |row: &OutboxRow| matches!(row.deed(), None | Some(Deed::Send { .. }));
        Ok(rows.into_iter().find(is_message).map(|row| row.about))
    }

    /// Writes anew what a row is about: a message that was edited.
    pub async fn set_about(&mut self, row: OutboxId, about: &About) -> Result<(), StoreError> {
        self.write(sql("update outbox set about = $2 where id = $1").bind(row).json(about)).await?;
        Ok(())
    }

    /// The row with this id.
    pub async fn outbox_row(&mut self, id: OutboxId) -> Result<Option<OutboxRow>, StoreError> {
        self.one(sql("select * from outbox where id = $1").bind(id), outbox_row).await
    }

    /// The parts of a long message by their common key, in order.
    pub async fn rows_of_key(&mut self, office: OfficeId, key: &str) -> Result<Vec<OutboxRow>, StoreError> {
        let rows = sql("select * from outbox where office_id = $1 and dedupe_key = $2 order by part");
        self.all(rows.bind(office).bind(key), outbox_row).await
    }

    /// All rows in this state, oldest first, `limit` at most.
    pub async fn outbox_in(&mut self, state: OutboxState, limit: u32) -> Result<Vec<OutboxRow>, StoreError> {
        self.all(
            sql("select * from outbox where state = $1 order by id limit $2").word(state).bind(limit),
            outbox_row,
        )
        .await
    }

    /// How the outbox stands.
    pub async fn outbox_counts(&mut self) -> Result<OutboxCounts, StoreError> {
        let counts = sql(
            "select state, cast(case when last_error = 'expired' then 1 else 0 end as bigint) as late, \
                          count(*) as many, cast(sum(case when lapses > 0 then 1 else 0 end) as bigint) as lapsed \
                          from outbox group by state, cast(case when last_error = 'expired' then 1 else 0 end as bigint)",
        );
        let mut all = OutboxCounts::default();
        for row in self.all(counts, counted).await? {
            let place = match row.state {
                OutboxState::Pending => &mut all.pending,
                OutboxState::Sent => &mut all.sent,
                OutboxState::Unknown => &mut all.unknown,
                OutboxState::Dropped if row.late => &mut all.expired,
                OutboxState::Dropped => &mut all.dropped,
                OutboxState::Failed => &mut all.failed,
            };
            *place += row.many;
            all.perhaps_twice += row.lapsed;
        }
        Ok(all)
    }
}

impl OutboxRow {
    /// What it said or will say, once that is decided.
    pub fn deed(&self) -> Option<&Deed> {
        match (&self.said, &self.body) {
            (Some(said), _) => Some(said),
            (None, super::OutboxBody::Ready(deed)) => Some(deed),
            (None, super::OutboxBody::Fresh(_)) => None,
        }
    }
}

struct CountRow {
    state: OutboxState,
    late: bool,
    many: u64,
    lapsed: u64,
}

fn counted(row: &Row) -> Result<CountRow, StoreError> {
    Ok(CountRow {
        state: row.word("state")?,
        late: row.get("late")?,
        many: row.get::<i64>("many")?.unsigned_abs(),
        lapsed: row.get::<i64>("lapsed")?.unsigned_abs(),
    })
}
