//! Chats, whether or not they belong to an office: what kind they are, and whether something may be sent.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Row, Session, StoreError, sql};
use crate::chat::ChatKind;
use crate::domain::ChatRef;

/// What is known of a chat. A chat of which nothing is known is open and of no known kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChatState {
    /// Private or group, once something was heard from it.
    pub kind: Option<ChatKind>,
    /// Since when it is closed to us.
    pub gone_at: Option<DateTime<Utc>>,
    /// The topic in which the bot speaks there.
    pub topic: Option<String>,
    /// Nothing at all is sent before this moment.
    pub paused_until: DateTime<Utc>,
    /// No message is sent before this moment: pace.
    pub paced_until: DateTime<Utc>,
    /// No message that nobody waits for is sent before this one; never sooner than `paced_until`.
    pub unasked_until: DateTime<Utc>,
}

impl Session {
    /// What is known of a chat.
    pub async fn chat(&mut self, chat: &ChatRef) -> Result<ChatState, StoreError> {
        let known = sql("select * from chats where platform = $1 and id = $2");
        Ok(self.one(known.bind(&*chat.platform).bind(&*chat.id), state).await?.unwrap_or_default())
    }

    /// Closes a chat: its rows wait until it opens.
    pub async fn close_chat(
        &mut self,
        chat: &ChatRef,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let close = sql("insert into chats (platform, id, gone_at, gone_why, paused_until, paced_until) \
                         values ($1, $2, $3, $4, 0, 0) on conflict (platform, id) do update set \
                         gone_at = excluded.gone_at, gone_why = excluded.gone_why");
        self.write(close.bind(&*chat.platform).bind(&*chat.id).bind(now).bind(why)).await?;
        Ok(())
    }

    /// Opens a chat, of this kind: something was heard from it.
    pub async fn open_chat(&mut self, chat: &ChatRef, kind: ChatKind) -> Result<(), StoreError> {
        self.open_chats(BTreeMap::from([(chat, kind)])).await
    }

    /// [`Session::open_chat`] of several.
    pub(super) async fn open_chats(&mut self, chats: BTreeMap<&ChatRef, ChatKind>) -> Result<(), StoreError> {
        let open = |(chat, kind): (&ChatRef, ChatKind)| {
            sql("insert into chats (platform, id, kind, paused_until, paced_until) \
                        values ($1, $2, $3, 0, 0) on conflict (platform, id) do update set \
                        kind = excluded.kind, gone_at = null, gone_why = null, gone_told = 0 \
                        where chats.gone_at is not null or chats.kind is null or chats.kind <> excluded.kind")
            .bind(&*chat.platform)
            .bind(&*chat.id)
            .word(kind)
        };
        let opened = self.write_many(chats.into_iter().map(open).collect()).await?;
        self.enqueued |= opened > 0;
        Ok(())
    }

    /// Notes whether the bot hears everything in a chat, whatever the platform's rule is.
    pub(super) async fn hears_all_of(&mut self, chat: &ChatRef, hears: bool) -> Result<(), StoreError> {
        let note = sql("update chats set hears_all = $3 where platform = $1 and id = $2 and hears_all <> $3");
        let note = note.bind(&*chat.platform).bind(&*chat.id).bind(i64::from(hears));
        self.write(note).await.map(drop)
    }

    /// Whether the bot hears everything in a chat, whatever the platform's rule is.
    pub async fn hears_all(&mut self, chat: &ChatRef) -> Result<bool, StoreError> {
        let known = sql("select hears_all from chats where platform = $1 and id = $2");
        let known = known.bind(&*chat.platform).bind(&*chat.id);
        Ok(self.one(known, |row| row.get::<i64>("hears_all")).await? == Some(1))
    }

    /// Lets the bot speak in this topic of a group, or in none.
    pub async fn speak_in(&mut self, chat: &ChatRef, topic: Option<&str>) -> Result<(), StoreError> {
        let speak = sql(
            "insert into chats (platform, id, topic, paused_until, paced_until) values ($1, $2, $3, 0, 0) \
                         on conflict (platform, id) do update set topic = excluded.topic",
        );
        self.write(speak.bind(&*chat.platform).bind(&*chat.id).bind(topic)).await?;
        Ok(())
    }

    /// Lets nothing at all into a chat before `until`; never sooner than it was.
    pub async fn pause_chat(&mut self, chat: &ChatRef, until: DateTime<Utc>) -> Result<(), StoreError> {
        let pause =
            sql("insert into chats (platform, id, paused_until, paced_until) values ($1, $2, $3, 0) \
                         on conflict (platform, id) do update set paused_until = excluded.paused_until \
                         where chats.paused_until < excluded.paused_until");
        self.write(pause.bind(&*chat.platform).bind(&*chat.id).bind(until)).await?;
        Ok(())
    }

    /// The bot may write in a chat again: what waited for that waits no longer.
    pub async fn resume_chat(&mut self, chat: &ChatRef) -> Result<(), StoreError> {
        let waits = sql("update outbox set not_before = created_at where platform = $1 and chat_id = $2 \
                         and state = 'pending' and claimed_until = 0 and last_error like 'may not write%'");
        if self.write(waits.bind(&*chat.platform).bind(&*chat.id)).await? > 0 {
            let resume = sql("update chats set paused_until = 0 where platform = $1 and id = $2");
            self.write(resume.bind(&*chat.platform).bind(&*chat.id)).await?;
            self.enqueued = true;
        }
        Ok(())
    }

    /// The bot may pin in a chat now: what it was refused to pin last is pinned, unless it was to be taken down since.
    pub async fn pin_again(&mut self, chat: &ChatRef) -> Result<(), StoreError> {
        let again =
            sql("update outbox set state = 'pending', attempts = 0, claimed_until = 0, last_error = null \
                         where id = (select max(id) from outbox where platform = $1 and chat_id = $2 \
                           and (body like '{\"ready\":{\"pin\":%' or body like '{\"ready\":{\"unpin\":%')) \
                         and state = 'failed' and body like '{\"ready\":{\"pin\":%'");
        self.enqueued |= self.write(again.bind(&*chat.platform).bind(&*chat.id)).await? > 0;
        Ok(())
    }

    /// Lets no further message into a chat before `until`, and none that nobody waits for before `unasked`: pace.
    pub async fn pace_chat(
        &mut self,
        chat: &ChatRef,
        until: DateTime<Utc>,
        unasked: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let pace = sql(
            "insert into chats (platform, id, paused_until, paced_until, unasked_until) values ($1, $2, 0, $3, $4) \
                        on conflict (platform, id) do update set \
                        paced_until = case when chats.paced_until < excluded.paced_until \
                          then excluded.paced_until else chats.paced_until end, \
                        unasked_until = case when chats.unasked_until < excluded.unasked_until \
                          then excluded.unasked_until else chats.unasked_until end",
        );
        let pace = pace.bind(&*chat.platform).bind(&*chat.id).bind(until).bind(unasked.max(until));
        self.write(pace).await?;
        Ok(())
    }

    /// The chats that are closed to us, each with the reason.
    pub async fn closed_chats(&mut self) -> Result<Vec<(ChatRef, String)>, StoreError> {
        let closed = sql("select platform, id, gone_why from chats where gone_at is not null \
                          order by platform, id");
        self.all(closed, |row| {
            let chat = ChatRef { platform: row.get("platform")?, id: row.get("id")? };
            Ok((chat, row.maybe("gone_why")?.unwrap_or_default()))
        })
        .await
    }
}

fn state(row: &Row) -> Result<ChatState, StoreError> {
    let kind = row.maybe::<String>("kind")?.map(|_| row.word("kind")).transpose()?;
    Ok(ChatState {
        kind,
        gone_at: row.maybe("gone_at")?,
        topic: row.maybe("topic")?,
        paused_until: row.get("paused_until")?,
        paced_until: row.get("paced_until")?,
        unasked_until: row.get("unasked_until")?,
    })
}
