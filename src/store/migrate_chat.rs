//! A chat that has another id now: everything that will still be said or answered there moves along.

use super::{Session, StoreError, sql};
use crate::domain::ChatRef;

impl Session {
    /// Moves group, private chats, open questions and requests, waiting updates and pending messages from `old` to
    /// `new`, both of one platform. Messages that were sent stay where they were: their ids name nothing in the new
    /// chat. A group that the new chat already is stays, and the old one keeps its id.
    pub async fn migrate_chat(&mut self, old: &ChatRef, new: &ChatRef) -> Result<(), StoreError> {
        if old == new {
            return Ok(());
        }
        // What was said to it as to a stranger.
        self.unsay(new).await?;
        for moves in [
            "update groups set chat_id = $3 where platform = $1 and chat_id = $2 and not exists \
             (select 1 from groups other where other.platform = $1 and other.chat_id = $3)",
            "update member_chats set chat_id = $3 where platform = $1 and chat_id = $2 and not exists \
             (select 1 from member_chats other where other.member_id = member_chats.member_id \
             and other.platform = $1 and other.chat_id = $3)",
            "update questions set chat_id = $3 where platform = $1 and chat_id = $2 and not exists \
             (select 1 from questions other where other.platform = $1 and other.chat_id = $3 \
             and other.user_id = questions.user_id)",
            "update join_requests set chat_id = $3 where platform = $1 and chat_id = $2",
            "update outbox set chat_id = $3 where platform = $1 and chat_id = $2 and state = 'pending'",
            "insert into chats (platform, id, kind, hears_all, paused_until, paced_until, unasked_until) \
             select platform, $3, kind, hears_all, paused_until, paced_until, unasked_until from chats where platform = $1 and id = $2 \
             on conflict (platform, id) do nothing",
        ] {
            self.write(sql(moves).bind(&*old.platform).bind(&*old.id).bind(&*new.id)).await?;
        }
        let moved = sql(
            "insert into chats (platform, id, moved_to, paused_until, paced_until) values ($1, $2, $3, 0, 0) \
                         on conflict (platform, id) do update set moved_to = excluded.moved_to",
        );
        self.write(moved.bind(&*old.platform).bind(&*old.id).bind(&*new.id)).await?;
        self.move_inbox(old, new).await?;
        self.enqueued = true;
        Ok(())
    }

    /// Whether another chat became this one.
    pub async fn is_moved_to(&mut self, chat: &ChatRef) -> Result<bool, StoreError> {
        let from = sql("select id from chats where platform = $1 and moved_to = $2 limit 1");
        let from =
            self.one(from.bind(&*chat.platform).bind(&*chat.id), |row| row.get::<String>("id")).await?;
        Ok(from.is_some())
    }

    /// Where a chat is now. What is heard under its old id was said before it moved, and comes later when the move was told
    /// by a refusal first.
    pub(super) async fn whereabouts(&mut self, chat: &ChatRef) -> Result<ChatRef, StoreError> {
        let moved =
            sql("select moved_to from chats where platform = $1 and id = $2 and moved_to is not null");
        let moved = self.one(moved.bind(&*chat.platform).bind(&*chat.id), |row| row.get("moved_to")).await?;
        Ok(moved.map_or_else(|| chat.clone(), |id| ChatRef { platform: chat.platform.clone(), id }))
    }
}
