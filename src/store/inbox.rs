//! The inbox: an update is stored before it counts as received, and handled in the order of its chat.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Duration, Utc};

use super::column::Bind;
use super::{Row, Session, StoreError, sql};
use crate::chat::{ChatKind, Heard, Incoming};
use crate::domain::{ChatRef, InboxId};

/// How long the first part of an album waits for the others.
const ALBUM: Duration = Duration::milliseconds(1500);

/// So many of one chat are handled before others have their turn.
const OF_ONE_CHAT: u32 = 16;

/// After so many failures an update is parked: it is kept for a person and no longer holds up its chat.
const MOST_ATTEMPTS: u32 = 5;

/// An update that waits to be handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxRow {
    /// Its id, in the order of arrival.
    pub id: InboxId,
    /// What was heard.
    pub incoming: Incoming,
    /// When it was stored.
    pub received_at: DateTime<Utc>,
    /// How often handling it has failed.
    pub attempts: u32,
    /// Other updates that are handled with it: parts of one album.
    pub also: Vec<InboxId>,
}

/// How the inbox stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InboxCounts {
    /// Not handled yet.
    pub waiting: u64,
    /// Handling failed again and again; a person should look.
    pub parked: u64,
    /// When the oldest that waits came.
    pub oldest: Option<DateTime<Utc>>,
}

impl Session {
    /// Stores updates, each with a new id in the order of arrival. One whose platform and key are there already is the
    /// same update and passed over. How many are new. A chat from which something new was heard is open again, one
    /// that the bot was taken out of is closed, one that has another id is moved.
    pub async fn receive(
        &mut self,
        heard: &[(InboxId, Incoming)],
        now: DateTime<Utc>,
    ) -> Result<usize, StoreError> {
        let heard = &self.where_it_is_now(heard).await?;
        let stored = |(id, incoming): &(InboxId, Incoming)| {
            let insert =
                sql("insert into inbox (id, platform, update_key, chat_id, payload, received_at, state, \
                              attempts, not_before) values ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7) \
                              on conflict (platform, update_key) do nothing returning id");
            let chat = &incoming.chat;
            let insert = insert.bind(*id).bind(&*chat.platform).bind(&*incoming.key).bind(&*chat.id);
            let album = matches!(&incoming.heard, Heard::Message { origin, .. } if origin.album.is_some());
            let not_before = if album { now + ALBUM } else { DateTime::default() };
            insert.json(incoming).bind(now).bind(not_before)
        };
        let rows = heard.iter().map(stored).collect();
        let new: HashSet<InboxId> =
            self.write_many_returning(rows, |row| row.get("id")).await?.into_iter().collect();
        let mut open: BTreeMap<&ChatRef, ChatKind> = BTreeMap::new();
        for (_, incoming) in heard.iter().filter(|(id, _)| new.contains(id)) {
            let chat = &incoming.chat;
            if Self::is_said(&incoming.heard) {
                open.insert(chat, incoming.chat_kind);
                continue;
            }
            self.open_chats(std::mem::take(&mut open)).await?;
            match incoming.heard {
                Heard::BotRemoved => self.close_chat(chat, "the bot was taken out", now).await?,
                // At once: what is heard next from the new chat is to find its group there.
                Heard::Migrated { ref to } => self.migrate_chat(chat, to).await?,
                Heard::BotAdded { hears } => {
                    self.open_chat(chat, incoming.chat_kind).await?;
                    self.hears_all_of(chat, hears).await?;
                }
                Heard::BotRights { write, pin, hears } => {
                    if write {
                        self.open_chat(chat, incoming.chat_kind).await?;
                        self.resume_chat(chat).await?;
                    }
                    if write && pin {
                        self.pin_again(chat).await?;
                    }
                    self.hears_all_of(chat, hears).await?;
                }
                _ => {}
            }
        }
        self.open_chats(open).await?;
        self.received |= !new.is_empty();
        Ok(new.len())
    }

    /// Updates of chats that have moved, in the chats that they are now; the telling of the move itself stays where it is.
    async fn where_it_is_now(
        &mut self,
        heard: &[(InboxId, Incoming)],
    ) -> Result<Vec<(InboxId, Incoming)>, StoreError> {
        let mut known: BTreeMap<ChatRef, ChatRef> = BTreeMap::new();
        let mut all = heard.to_vec();
        let may_move = |i: &Incoming| i.chat_kind == ChatKind::Group && Self::is_said(&i.heard);
        for (_, incoming) in all.iter_mut().filter(|(_, i)| may_move(i)) {
            let chat = incoming.chat.clone();
            incoming.chat = match known.get(&chat) {
                Some(now) => now.clone(),
                None => self.whereabouts(&chat).await?,
            };
            known.insert(chat, incoming.chat.clone());
        }
        Ok(all)
    }

    /// Whether it shows that its chat is open.
    fn is_said(heard: &Heard) -> bool {
        !matches!(
            heard,
            Heard::BotAdded { .. }
                | Heard::BotRemoved
                | Heard::Migrated { .. }
                | Heard::BotRights { .. }
                | Heard::MemberLeft
        )
    }

    /// What was heard in a chat since a moment, under ids of earlier as well, oldest first, as far as it is still kept; `most`
    /// of it.
    pub async fn heard_in(
        &mut self,
        chat: &ChatRef,
        since: DateTime<Utc>,
        most: u32,
    ) -> Result<Vec<Incoming>, StoreError> {
        let heard = sql(
            "select payload from inbox where platform = $1 and received_at >= $3 and (chat_id = $2 or chat_id in \
                         (select id from chats where platform = $1 and moved_to = $2)) order by id limit $4",
        );
        let heard = heard.bind(&*chat.platform).bind(&*chat.id).bind(since).bind(most);
        self.all(heard, |row| row.json("payload")).await
    }

    /// The update with this key, as far as it is still kept.
    pub async fn update_of(&mut self, platform: &str, key: &str) -> Result<Option<Incoming>, StoreError> {
        let known = sql("select payload from inbox where platform = $1 and update_key = $2");
        self.one(known.bind(platform).bind(key), |row| row.json("payload")).await
    }

    /// Updates whose keys begin so and that came since a moment.
    pub async fn updates_like(
        &mut self,
        platform: &str,
        begin: &str,
        since: DateTime<Utc>,
    ) -> Result<Vec<Incoming>, StoreError> {
        let like =
            sql("select payload from inbox where platform = $1 and update_key >= $2 and update_key < $3 \
                        and received_at >= $4 order by id");
        let like = like.bind(platform).bind(begin).bind(format!("{begin}\u{10ffff}")).bind(since);
        self.all(like, |row| row.json("payload")).await
    }

    /// What a message said before this update of it, as far as it is still kept.
    pub async fn said_before(&mut self, row: &InboxRow) -> Result<Option<Heard>, StoreError> {
        let Heard::Message { message, .. } = &row.incoming.heard else { return Ok(None) };
        let chat = &row.incoming.chat;
        let before = sql("select payload from inbox where platform = $1 and chat_id = $2 and id < $3 \
                          and payload like $4 order by id desc");
        // A glance at the text leaves little to be read.
        let glance = format!("%\"message\":{}%", serde_json::Value::from(message.as_str()));
        let before = before.bind(&*chat.platform).bind(&*chat.id).bind(row.id).bind(glance);
        let heard: Vec<Incoming> = self.all(before, |row| row.json("payload")).await?;
        let same = |heard: &Heard| matches!(heard, Heard::Message { message: own, .. } if own == message);
        Ok(heard.into_iter().map(|incoming| incoming.heard).find(same))
    }

    /// Updates to handle now, oldest first, sixteen of each chat at most: nothing that is behind one whose time has
    /// not come. Who handles them leaves alone what is behind one that fails. After handling them there may be more.
    pub async fn next_unhandled(
        &mut self,
        limit: u32,
        now: DateTime<Utc>,
    ) -> Result<Vec<InboxRow>, StoreError> {
        let next = sql(
            "select id, payload, received_at, attempts from (select id, payload, received_at, attempts, \
                        row_number() over (partition by platform, chat_id order by id) as place, \
                        max(not_before) over (partition by platform, chat_id order by id) as ready_at \
                        from inbox where state = 'waiting') as i \
                        where place <= $3 and ready_at <= $1 order by id limit $2",
        );
        self.all(next.bind(now).bind(limit).bind(OF_ONE_CHAT), inbox_row).await
    }

    /// An update with the other parts of its album that wait: its files are theirs too, and their words are its own.
    pub async fn with_album(&mut self, mut row: InboxRow) -> Result<InboxRow, StoreError> {
        let chat = row.incoming.chat.clone();
        let Heard::Message { text, quote, attachments, origin, .. } = &mut row.incoming.heard else {
            return Ok(row);
        };
        let Some(album) = origin.album.clone() else { return Ok(row) };
        let later =
            sql("select id, payload, received_at, attempts from inbox where platform = $1 and chat_id = $2 \
                         and state = 'waiting' and id > $3 order by id");
        for part in self.all(later.bind(&*chat.platform).bind(&*chat.id).bind(row.id), inbox_row).await? {
            let Heard::Message { text: words, quote: quoted, attachments: files, origin, .. } =
                part.incoming.heard
            else {
                continue;
            };
            if origin.album.as_ref() == Some(&album) && part.incoming.from == row.incoming.from {
                if text.is_empty() {
                    *text = words;
                }
                *quote = quote.take().or(quoted);
                attachments.extend(files);
                row.also.push(part.id);
            }
        }
        Ok(row)
    }

    /// Marks an update handled, in the transaction of its effects; `false` when it was handled before: roll back.
    pub async fn handled(&mut self, id: InboxId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let done =
            sql("update inbox set state = 'handled', handled_at = $2 where id = $1 and state = 'waiting'");
        Ok(self.write(done.bind(id).bind(now)).await? > 0)
    }

    /// Forgets the words of an update, what it quotes and the files that came with it; that it came is kept.
    pub async fn forget_words(&mut self, id: InboxId) -> Result<(), StoreError> {
        let kept = sql("select payload from inbox where id = $1").bind(id);
        let Some(mut incoming) = self.one(kept, |row| row.json::<Incoming>("payload")).await? else {
            return Ok(());
        };
        if let Heard::Message { text, quote, attachments, .. } = &mut incoming.heard {
            text.clear();
            *quote = None;
            for file in attachments.drain(..) {
                self.drop_file(&file.file).await?;
            }
        }
        let blank = sql("update inbox set payload = $2 where id = $1").bind(id);
        self.write(blank.json(&incoming)).await?;
        Ok(())
    }

    /// Puts what came with an update in the place of what was told of it.
    pub async fn put_update(&mut self, id: InboxId, incoming: &Incoming) -> Result<(), StoreError> {
        let put = sql("update inbox set payload = $2 where id = $1 and state = 'waiting'").bind(id);
        self.write(put.json(incoming)).await?;
        Ok(())
    }

    /// [`Session::handled`] of several: `false` when any of them was handled before.
    pub async fn all_handled(&mut self, ids: &[InboxId], now: DateTime<Utc>) -> Result<bool, StoreError> {
        let done =
            "update inbox set state = 'handled', handled_at = $1 where id in ($2) and state = 'waiting'";
        let list = ids.iter().copied().map(Bind::cell).collect();
        Ok(self.write_listed(done, now.cell(), list).await? == ids.len() as u64)
    }

    /// Notes that handling failed, with a short code. It is tried again 1, 4, 9, 16 seconds later; nothing of its chat
    /// is handled before. After the fifth time it is parked. `true` when it was parked.
    pub async fn failed(&mut self, id: InboxId, code: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let attempts = sql("select attempts from inbox where id = $1 and state = 'waiting'").bind(id);
        let Some(before) = self.one(attempts, |row| row.get::<u32>("attempts")).await? else {
            return Ok(false);
        };
        let attempts = before + 1;
        let parked = attempts >= MOST_ATTEMPTS;
        let again = now + Duration::seconds(i64::from(attempts * attempts));
        let failed =
            sql("update inbox set attempts = $2, last_error = $3, not_before = $4, state = $5 where id = $1");
        let state = if parked { "parked" } else { "waiting" };
        self.write(failed.bind(id).bind(attempts).bind(code).bind(again).bind(state)).await?;
        Ok(parked)
    }

    /// Lets an update wait until a moment, without counting a failure; nothing of its chat is handled before.
    pub async fn put_off_update(&mut self, id: InboxId, until: DateTime<Utc>) -> Result<(), StoreError> {
        let later = sql("update inbox set not_before = $2 where id = $1 and state = 'waiting'");
        self.write(later.bind(id).bind(until)).await?;
        Ok(())
    }

    /// The moment at which an update that failed is to be tried again; in the past when one can be handled now.
    pub async fn inbox_wakes_at(&mut self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let first = sql("select min(not_before) as first from inbox i where state = 'waiting' \
                         and not exists (select 1 from inbox earlier \
                         where earlier.platform = i.platform and earlier.chat_id = i.chat_id \
                         and earlier.state = 'waiting' and earlier.id < i.id)");
        Ok(self.one(first, |row| row.maybe("first")).await?.flatten())
    }

    /// The next moment at which something may be handled that may not be now.
    pub async fn inbox_wakes_after(
        &mut self,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let next =
            sql("select min(not_before) as next from inbox where state = 'waiting' and not_before > $1");
        Ok(self.one(next.bind(now), |row| row.maybe("next")).await?.flatten())
    }

    /// How the inbox stands.
    pub async fn inbox_counts(&mut self) -> Result<InboxCounts, StoreError> {
        let waiting =
            sql("select count(*) as many, min(received_at) as oldest from inbox where state = 'waiting'");
        let parked = sql("select count(*) as many from inbox where state = 'parked'");
        let read = |row: &Row| Ok((row.get::<i64>("many")?, row.maybe("oldest")?));
        let (waiting, oldest) = self.one(waiting, read).await?.unwrap_or_default();
        let parked = self.one(parked, |row| row.get::<i64>("many")).await?.unwrap_or_default();
        Ok(InboxCounts { waiting: waiting.unsigned_abs(), parked: parked.unsigned_abs(), oldest })
    }

    /// Forgets updates that were handled before `moment`, texts and all; how many. A platform must not be able to send
    /// them again.
    pub async fn forget_handled(&mut self, moment: DateTime<Utc>) -> Result<u64, StoreError> {
        self.write(sql("delete from inbox where state = 'handled' and handled_at < $1").bind(moment)).await
    }

    /// Moves the updates of a chat that still wait to its new id.
    pub(super) async fn move_inbox(&mut self, old: &ChatRef, new: &ChatRef) -> Result<(), StoreError> {
        let waiting = sql("select id, payload, received_at, attempts from inbox \
                           where platform = $1 and chat_id = $2 and state = 'waiting'");
        for mut row in self.all(waiting.bind(&*old.platform).bind(&*old.id), inbox_row).await? {
            row.incoming.chat = new.clone();
            let moved = sql("update inbox set chat_id = $2, payload = $3 where id = $1");
            self.write(moved.bind(row.id).bind(&*new.id).json(&row.incoming)).await?;
        }
        Ok(())
    }
}

fn inbox_row(row: &Row) -> Result<InboxRow, StoreError> {
    Ok(InboxRow {
        id: row.get("id")?,
        incoming: row.json("payload")?,
        received_at: row.get("received_at")?,
        attempts: row.get("attempts")?,
        also: vec![],
    })
}
