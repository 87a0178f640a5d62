//! The outbox: what is to be said, written in the transaction of the change that caused it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Row, Session, StoreError, sql};
use crate::chat::{About, Deed};
use crate::domain::{ChatRef, OfficeId, OutboxId};

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxBody {
    /// Decided; it leaves as it is.
    Ready(Deed),
    /// Decided when it is sent, by [`super::Compose`], whose own shape this is.
    Fresh(serde_json::Value),
}

/// What goes first in a chat, and between the messages of one office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// A press waits for it, or whoever waits is to see that we are at work: it goes beside what is under way.
    Press,
    /// Somebody waits for it.
    Reply,
    /// It keeps a board up to date.
    Edit,
    /// It is unasked and has its time.
    Reminder,
    /// It can wait for everything else.
    Bulk,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxState {
    /// Not yet, or not recorded yet.
    Pending,
    /// Done.
    Sent,
    /// It left and no answer came: nobody knows, and it is not repeated.
    Unknown,
    /// There was nothing left to say, or its time had passed; `last_error` says which.
    Dropped,
    /// The platform will not have it.
    Failed,
}

/// A row to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutboxRow {
    /// Its id; rows of one chat and priority leave in the order of their ids.
    pub id: OutboxId,
    /// The office whose message it is.
    pub office: Option<OfficeId>,
    /// Where it goes.
    pub chat: ChatRef,
    /// Made of facts, unique within the office together with `part`; only rows of an office have one.
    pub key: Option<String>,
    /// Which part of a long message, from 0.
    pub part: u32,
    /// What it says.
    pub body: OutboxBody,
    /// The row whose message it edits; a `Ready` edit is understood without.
    pub edits: Option<OutboxId>,
    /// What it is about; for a `Fresh` body [`super::Compose`] says it.
    pub about: About,
    /// What goes first.
    pub priority: Priority,
    /// It is not sent before this moment and holds up nothing until then.
    pub not_before: Option<DateTime<Utc>>,
    /// After this moment it is dropped.
    pub send_before: Option<DateTime<Utc>>,
    /// It may use the messages that are kept to the end of a month, where a platform counts them.
    pub reserved: bool,
    /// Now.
    pub created_at: DateTime<Utc>,
}

impl NewOutboxRow {
    /// A row that says `deed` in `chat` as soon as it can, a reply without office, key or end.
    pub fn reply(id: OutboxId, chat: ChatRef, deed: Deed, now: DateTime<Utc>) -> Self {
        Self {
            id,
            office: None,
            chat,
            key: None,
            part: 0,
            body: OutboxBody::Ready(deed),
            edits: None,
            about: About::default(),
            priority: Priority::Reply,
            not_before: None,
            send_before: None,
            reserved: false,
            created_at: now,
        }
    }
}

/// A row as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its id.
    pub id: OutboxId,
    /// See [`NewOutboxRow::office`].
    pub office: Option<OfficeId>,
    /// See [`NewOutboxRow::chat`].
    pub chat: ChatRef,
    /// See [`NewOutboxRow::key`].
    pub key: Option<String>,
    /// See [`NewOutboxRow::part`].
    pub part: u32,
    /// What it was written with.
    pub body: OutboxBody,
    /// What a `Fresh` body was put into, last time.
    pub said: Option<Deed>,
    /// What it is about.
    pub about: About,
    /// The row whose message it edits.
    pub edits: Option<OutboxId>,
    /// What goes first.
    pub priority: Priority,
    /// It is not sent before this moment.
    pub not_before: DateTime<Utc>,
    /// After this moment it is dropped.
    pub send_before: Option<DateTime<Utc>>,
    /// See [`NewOutboxRow::reserved`].
    pub reserved: bool,
    /// What became of it.
    pub state: OutboxState,
    /// It makes a new message: done twice, people see it twice.
    pub new_message: bool,
    /// How often it was taken up.
    pub attempts: u32,
    /// How often its chat, its topic or its message was elsewhere.
    pub moves: u32,
    /// How often a call of it was not answered, and made again.
    pub unanswered: u32,
    /// How often it was taken up and nothing recorded: so often at most it was said twice.
    pub lapses: u32,
    /// The end of the lease of whoever has taken it up; in the past when nobody has.
    pub claimed_until: DateTime<Utc>,
    /// The platform's id of the message.
    pub message_id: Option<String>,
    /// When it was sent, or may have been.
    pub sent_at: Option<DateTime<Utc>>,
    /// What went wrong last, as a short code or the platform's words.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl Session {
    /// Writes a row. `None` when its key is there already: it has been said, or will be. An edit takes the place of
    /// edits of the same message that have not left: they are dropped.
    pub async fn enqueue(&mut self, new: &NewOutboxRow) -> Result<Option<OutboxId>, StoreError> {
        let edits = match &new.body {
            OutboxBody::Ready(Deed::Edit { row, .. }) => Some(*row),
            _ => new.edits,
        };
        let priority = match &new.body {
            OutboxBody::Ready(Deed::AnswerPress { .. } | Deed::Working) => Priority::Press,
            _ => new.priority,
        };
        let insert = sql(
            "insert into outbox (id, office_id, platform, chat_id, dedupe_key, part, body, about, edits, \
                          paced, new_message, priority, not_before, send_before, created_at, reserved, \
                          state, attempts, lapses, claimed_until) \
                          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'pending', 0, 0, 0) \
                          on conflict (office_id, dedupe_key, part) do nothing",
        );
        let insert = insert
            .bind(new.id)
            .bind(new.office)
            .bind(&*new.chat.platform)
            .bind(&*new.chat.id)
            .bind(new.key.clone())
            .bind(new.part)
            .json(&new.body)
            .json(&new.about)
            .bind(edits)
            .bind(is_paced(&new.body))
            .bind(makes_message(&new.body))
            .bind(rank(priority))
            .bind(new.not_before.unwrap_or(new.created_at))
            .bind(new.send_before)
            .bind(new.created_at)
            .bind(new.reserved);
        // Without a key it cannot be there already.
        if new.key.is_none() {
            self.write_later(insert).await?;
        } else if self.write(insert).await? == 0 {
            return Ok(None);
        }
        self.enqueued = true;
        if let Some(target) = edits {
            let older = sql("update outbox set state = 'dropped', last_error = 'superseded' \
                             where edits = $1 and id < $2 and state = 'pending' and claimed_until <= $3");
            self.write(older.bind(target).bind(new.id).bind(new.created_at)).await?;
        }
        Ok(Some(new.id))
    }
}

/// Whether it counts into the pace of a chat: messages and edits do, marks, pins and answers to presses do not.
fn is_paced(body: &OutboxBody) -> bool {
    matches!(body, OutboxBody::Fresh(_) | OutboxBody::Ready(Deed::Send { .. } | Deed::Edit { .. }))
}

/// Whether it makes a new message, as far as is known before it is put into words.
fn makes_message(body: &OutboxBody) -> bool {
    matches!(body, OutboxBody::Fresh(_) | OutboxBody::Ready(Deed::Send { .. }))
}

fn rank(priority: Priority) -> i64 {
    match priority {
        Priority::Press => -1,
        Priority::Reply => 0,
        Priority::Edit => 1,
        Priority::Reminder => 2,
        Priority::Bulk => 3,
    }
}

/// Reads a whole row.
pub(super) fn outbox_row(row: &Row) -> Result<OutboxRow, StoreError> {
    Ok(OutboxRow {
        id: row.get("id")?,
        office: row.maybe("office_id")?,
        chat: ChatRef { platform: row.get("platform")?, id: row.get("chat_id")? },
        key: row.maybe("dedupe_key")?,
        part: row.get("part")?,
        body: row.json("body")?,
        said: row.maybe_json("said")?,
        about: row.json("about")?,
        edits: row.maybe("edits")?,
        priority: match row.get::<i64>("priority")? {
            -1 => Priority::Press,
            0 => Priority::Reply,
            1 => Priority::Edit,
            2 => Priority::Reminder,
            _ => Priority::Bulk,
        },
        not_before: row.get("not_before")?,
        send_before: row.maybe("send_before")?,
        reserved: row.get("reserved")?,
        state: row.word("state")?,
        new_message: row.get("new_message")?,
        attempts: row.get("attempts")?,
        moves: row.get("moves")?,
        unanswered: row.get("unanswered")?,
        lapses: row.get("lapses")?,
        claimed_until: row.get("claimed_until")?,
        message_id: row.maybe("message_id")?,
        sent_at: row.maybe("sent_at")?,
        last_error: row.maybe("last_error")?,
        created_at: row.get("created_at")?,
    })
}
