//! Taking up rows to send: by lease, one a chat, fair between offices.
//!
//! A run takes up a row that makes a new message only while it has no other such call under way, slow ones apart (see
//! `delivery`). So of what a run leaves behind when it is killed, only the newest can be a call that had just begun.

use chrono::{DateTime, Duration, Utc};

use super::outbox::outbox_row;
use super::{OutboxRow, Row, Session, StoreError, sql};

/// How far back what an office was served counts against it.
const FAIRNESS: Duration = Duration::seconds(10);

/// A row that was taken up so often without a record is not taken up again: whatever it does, it ends the program.
const MOST_LAPSES: u32 = 5;

/// How much may be taken up, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room<'w> {
    /// The run of a program that takes rows up; no other run has this name.
    pub worker: &'w str,
    /// Rows at most.
    pub rows: u32,
    /// Of them, rows that make a new message.
    pub new_messages: u32,
    /// Of them, rows that count into the pace: messages and edits.
    pub paced: u32,
    /// Whether messages and edits that nobody waits for are among them.
    pub unasked: bool,
    /// Whether only those that may use what is kept to the end of a month are.
    pub reserved_only: bool,
}

impl<'w> Room<'w> {
    /// Room for so many rows, whatever they are.
    pub fn of(worker: &'w str, rows: u32) -> Self {
        Self { worker, rows, new_messages: rows, paced: rows, unasked: true, reserved_only: false }
    }
}

/// When something of a chat can be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatDue {
    /// The chat's id on the platform that was asked about.
    pub chat: String,
    /// The first moment at which something can be claimed, as far as the chat alone goes.
    pub at: DateTime<Utc>,
}

impl Session {
    /// Takes up rows of a platform that can be sent at `now`, until `lease` or until they are settled, as many as there
    /// is room for.
    /// In a session of [`super::Store::begin`], which keeps two workers from taking rows of one chat.
    ///
    /// Of each chat only the first by priority and id, the parts of a long message together, and none while one is out
    /// (answers to presses go beside it, and where a chat is paused); chats that are gone, paused or (for
    /// messages) paced wait, as do edits of a message that has not left. What somebody waits for goes first; for the rest offices
    /// take turns: the one that had least in the last seconds first.
    pub async fn claim(
        &mut self,
        platform: &str,
        room: &Room<'_>,
        now: DateTime<Utc>,
        lease: DateTime<Utc>,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        self.give_up_overdue(platform, now).await?;
        self.give_up_overtaken(platform, room.worker, now).await?;
        let claim = sql(
            "update outbox set claimed_until = $4, claimed_by = $6, claimed_at = $2, attempts = attempts + 1, \
             lapses = lapses + case when claimed_until > 0 then 1 else 0 end \
             where state = 'pending' and claimed_until <= $2 and id in ( \
               select id from ( \
                 select t.*, row_number() over (partition by new_message order by asked, turn, priority, id) as as_message, \
                   row_number() over (partition by paced order by asked, turn, priority, id) as as_paced from ( \
                 select o.id, o.priority, o.new_message, o.paced, case when o.priority <= 0 then 0 else 1 end as asked, \
                   coalesce(had.many, 0) + row_number() over \
                   (partition by o.office_id order by o.priority, o.id) as turn \
                 from ( \
                   select o.id, o.office_id, o.priority, o.new_message, o.paced, row_number() over \
                     (partition by o.chat_id order by o.priority, coalesce(o.part_of, o.id), o.part, o.id) as place \
                   from outbox o left join chats c on c.platform = o.platform and c.id = o.chat_id \
                   where o.state = 'pending' and o.platform = $1 and o.not_before <= $2 and o.claimed_until <= $2 \
                   and (o.paced = 0 or $8 > 0 and (o.priority <= 0 or $9 > 0) and (o.reserved = 1 or $10 = 0)) and (o.new_message = 0 or $7 > 0) \
                   and c.gone_at is null and (o.priority < 0 or coalesce(c.paused_until, 0) <= $2) \
                   and (o.paced = 0 or coalesce(case when o.priority <= 0 then c.paced_until else c.unasked_until end, 0) <= $2) \
                   and (o.priority < 0 or not exists (select 1 from outbox busy where busy.state = 'pending' \
                     and busy.platform = o.platform and busy.chat_id = o.chat_id and busy.claimed_until > 0 and busy.claimed_until > $2 \
                     and busy.priority >= 0)) \
                   and (o.edits is null or not exists \
                     (select 1 from outbox said where said.id = o.edits and said.state = 'pending')) \
                 ) o left join ( \
                   select office_id, count(*) as many from outbox \
                   where platform = $1 and sent_at > $5 group by office_id \
                 ) had on coalesce(had.office_id, '') = coalesce(o.office_id, '') \
                 where o.place = 1 \
               ) t) t where (new_message = 0 or as_message <= $7) and (paced = 0 or as_paced <= $8) \
               order by asked, turn, priority, id limit $3) \
             returning *",
        );
        let claim = claim.bind(platform).bind(now).bind(room.rows).bind(lease).bind(now - FAIRNESS);
        let claim = claim
            .bind(room.worker)
            .bind(room.new_messages)
            .bind(room.paced)
            .bind(room.unasked)
            .bind(room.reserved_only);
        let mut rows = self.write_returning(claim, outbox_row).await?;
        // `returning` keeps no order. Replies first, then what was written first.
        rows.sort_by_key(|row| (row.priority, row.id));
        Ok(rows)
    }

    /// Ends the lease of every row at `now`: for a run that knows that no other is alive. What was under way is settled by the
    /// next claim as after any lease that ran out. How many there were.
    pub async fn end_leases(&mut self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let ended =
            sql("update outbox set claimed_until = $1 where state = 'pending' and claimed_until > $1");
        self.write(ended.bind(now)).await
    }

    /// Drops what should have left before `now`, and stops what lapses again and again.
    async fn give_up_overdue(&mut self, platform: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let expired =
            sql("update outbox set state = 'dropped', last_error = 'expired' where state = 'pending' \
                           and platform = $1 and send_before < $2 and claimed_until <= $2");
        self.write(expired.bind(platform).bind(now)).await?;
        let lapsed = sql("update outbox set state = 'unknown', last_error = 'lapsed', sent_at = $2 \
                          where state = 'pending' and platform = $1 and lapses >= $3 \
                          and claimed_until > 0 and claimed_until <= $2");
        self.write(lapsed.bind(platform).bind(now).bind(MOST_LAPSES)).await?;
        Ok(())
    }

    /// Of the new messages that a run of a program was sending when it ended, keeps the newest, which is sent again: its
    /// call may have just begun. The others had been under way for so long that the next one was begun beside them:
    /// nobody knows what became of them, and they are not repeated. Another run has ended when a lease of its runs out.
    async fn give_up_overtaken(
        &mut self,
        platform: &str,
        worker: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let overtaken = sql(
            "update outbox set state = 'unknown', last_error = 'overtaken', sent_at = $2, claimed_until = 0 \
             where state = 'pending' and platform = $1 and new_message = 1 and claimed_until > 0 and claimed_by <> $3 \
             and exists (select 1 from outbox ended where ended.state = 'pending' and ended.platform = $1 \
               and ended.claimed_by = outbox.claimed_by and ended.claimed_until > 0 and ended.claimed_until <= $2) \
             and exists (select 1 from outbox newer where newer.state = 'pending' and newer.platform = $1 \
               and newer.claimed_by = outbox.claimed_by and newer.new_message = 1 and newer.claimed_until > 0 \
               and (newer.claimed_at > outbox.claimed_at or newer.claimed_at = outbox.claimed_at and newer.id > outbox.id))",
        );
        self.write(overtaken.bind(platform).bind(now).bind(worker)).await?;
        Ok(())
    }

    /// When something can be claimed for a platform, a chat each, soonest first. Chats that are gone are not in it.
    pub async fn due_chats(
        &mut self,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<ChatDue>, StoreError> {
        let due = sql("select o.chat_id, \
             max(case when o.claimed_until > $2 and o.priority >= 0 then o.claimed_until end) as out_until, \
             min(case when o.claimed_until <= $2 and o.priority < 0 then o.not_before end) as press_at, \
             min(case when o.paced = 1 and o.priority <= 0 then o.not_before end) as reply_at, \
             min(case when o.paced = 1 and o.priority > 0 then o.not_before end) as unasked_at, \
             min(case when o.paced = 0 and o.priority >= 0 then o.not_before end) as other_at, \
             max(coalesce(c.paused_until, 0)) as paused_until, max(coalesce(c.paced_until, 0)) as paced_until, \
             max(coalesce(c.unasked_until, 0)) as unasked_until \
             from outbox o left join chats c on c.platform = o.platform and c.id = o.chat_id \
             where o.state = 'pending' and o.platform = $1 and c.gone_at is null \
             and (o.edits is null or o.claimed_until > $2 or not exists \
               (select 1 from outbox said where said.id = o.edits and said.state = 'pending')) \
             group by o.chat_id");
        let mut chats = self.all(due.bind(platform).bind(now), chat_due).await?;
        chats.sort_by(|a, b| (a.at, &a.chat).cmp(&(b.at, &b.chat)));
        Ok(chats)
    }

    /// When the last messages of a platform left, since `since`, oldest first; what is out now counts as leaving now.
    pub async fn sent_lately(
        &mut self,
        platform: &str,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Vec<DateTime<Utc>>, StoreError> {
        let sent = sql(
            "select sent_at as at from outbox where platform = $1 and sent_at > $2 and paced = 1 \
                        union all select cast($3 as bigint) as at from outbox \
                        where state = 'pending' and platform = $1 and claimed_until > $3 and paced = 1 order by 1",
        );
        self.all(sent.bind(platform).bind(since).bind(now), |row| row.get("at")).await
    }
}

fn chat_due(row: &Row) -> Result<ChatDue, StoreError> {
    let chat = row.get("chat_id")?;
    let paused: DateTime<Utc> = row.get("paused_until")?;
    let press: Option<DateTime<Utc>> = row.maybe("press_at")?;
    if let Some(at) = row.maybe("out_until")? {
        return Ok(ChatDue { chat, at: press.map_or(at, |press| press.min(at)) });
    }
    let paced: DateTime<Utc> = row.get("paced_until")?;
    let unasked: DateTime<Utc> = row.get("unasked_until")?;
    let after = |column: &str, pace: DateTime<Utc>| {
        let at: Option<DateTime<Utc>> = row.maybe(column)?;
        Ok::<_, StoreError>(at.map(|at| at.max(paused).max(pace)))
    };
    let all = [press, after("reply_at", paced)?, after("unasked_at", unasked)?, after("other_at", paused)?];
    let at = all.into_iter().flatten().min().unwrap_or(paused);
    Ok(ChatDue { chat, at })
}
