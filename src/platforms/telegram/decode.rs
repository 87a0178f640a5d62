//! An update of Telegram → what was heard.

use chrono::{DateTime, Utc};

use super::wire::{self, CallbackQuery, Chat, ChatMemberUpdated, FileInfo, Message, Update, User};
use crate::chat::{Attachment, AttachmentKind, ChatKind, Heard, Incoming, Origin, Quote, Sender};
use crate::domain::{ChatRef, UserRef};

/// The key of this platform in `ChatRef::platform`.
pub const KEY: &str = "telegram";

/// By this account Telegram shows an anonymous administrator, and by these whoever writes as a channel.
const FACELESS: [i64; 3] = [1_087_968_824, 136_817_688, 777_000];

/// Who we are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Me {
    pub id: i64,
    /// Without `@`.
    pub username: String,
}

/// What an update tells, if it is anything that the bot listens to. `now` stands in where Telegram tells no time.
pub(super) fn decode(update: Update, me: &Me, now: DateTime<Utc>) -> Option<Incoming> {
    let id = update.update_id;
    if let Some(message) = update.message {
        return heard(id, message, false, me, now);
    }
    if let Some(message) = update.edited_message {
        return heard(id, message, true, me, now);
    }
    if let Some(query) = update.callback_query {
        return pressed(id, query, now);
    }
    if let Some(change) = update.my_chat_member {
        return own_standing(id, &change, now);
    }
    // A member who leaves is told as a message too, but only in groups that are small enough.
    update.chat_member.and_then(|change| member_changed(id, &change, now))
}

/// The key of an update. Numbers of updates begin anew after a week of silence, so that one alone says too little.
fn key(update: i64, stamp: impl std::fmt::Display) -> String {
    format!("{update}/{stamp}")
}

fn moment(seconds: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).filter(|_| seconds > 0).unwrap_or(now)
}

fn chat_ref(id: i64) -> ChatRef {
    ChatRef { platform: KEY.to_owned(), id: id.to_string() }
}

/// Private or group; channels are neither, and nothing that happens in them is for the bot.
fn kind(chat: &Chat) -> Option<ChatKind> {
    match chat.kind.as_str() {
        "private" => Some(ChatKind::Private),
        "group" | "supergroup" => Some(ChatKind::Group),
        _ => None,
    }
}

fn user_ref(id: i64) -> UserRef {
    UserRef { platform: KEY.to_owned(), id: id.to_string() }
}

fn name(user: &User) -> String {
    let full = format!("{} {}", user.first_name, user.last_name.as_deref().unwrap_or_default());
    let full = full.trim();
    if full.is_empty() { user.username.clone().unwrap_or_default() } else { full.to_owned() }
}

fn person(user: &User) -> Sender {
    Sender { user: user_ref(user.id), name: name(user) }
}

/// Who says a message. Whoever hides behind the group or a channel is that chat and nobody else.
fn sender(message: &Message) -> Option<Sender> {
    match (&message.from, &message.sender_chat) {
        (Some(from), Some(behind)) if FACELESS.contains(&from.id) => {
            Some(Sender { user: user_ref(behind.id), name: behind.title.clone().unwrap_or_default() })
        }
        (Some(from), _) if from.is_bot => None,
        (Some(from), _) => Some(person(from)),
        (None, Some(behind)) => {
            Some(Sender { user: user_ref(behind.id), name: behind.title.clone().unwrap_or_default() })
        }
        (None, None) => None,
    }
}

fn heard(update: i64, message: Message, edited: bool, me: &Me, now: DateTime<Utc>) -> Option<Incoming> {
    let chat_kind = kind(&message.chat)?;
    let stamp = if edited { message.edit_date.unwrap_or(message.date) } else { message.date };
    let incoming = |chat: i64, from: Sender, heard: Heard| Incoming {
        key: key(update, stamp),
        at: moment(stamp, now),
        chat: chat_ref(chat),
        chat_kind,
        chat_title: message.chat.title.clone(),
        from,
        heard,
    };
    let nobody = || Sender { user: user_ref(message.chat.id), name: String::new() };
    let by = || sender(&message).unwrap_or_else(nobody);
    if let Some(to) = message.migrate_to_chat_id {
        return Some(incoming(message.chat.id, by(), Heard::Migrated { to: chat_ref(to) }));
    }
    if let Some(old) = message.migrate_from_chat_id {
        return Some(incoming(old, by(), Heard::Migrated { to: chat_ref(message.chat.id) }));
    }
    if let Some(title) = &message.new_chat_title {
        return Some(incoming(message.chat.id, by(), Heard::Renamed { title: title.clone() }));
    }
    if let Some(left) = message.left_chat_member.as_ref().filter(|left| !left.is_bot) {
        return Some(incoming(message.chat.id, person(left), Heard::MemberLeft));
    }
    let from = sender(&message)?;
    let text = message.text.as_deref().or(message.caption.as_deref()).unwrap_or_default();
    let text = addressed(text, &me.username)?;
    let attachments = attachments(&message);
    if text.is_empty() && attachments.is_empty() && message.text.is_none() {
        return None;
    }
    let said = Heard::Message {
        message: message.message_id.to_string(),
        text: text.into_owned(),
        quote: quote(&message, me),
        attachments,
        edited,
        origin: origin(&message),
    };
    Some(incoming(message.chat.id, from, said))
}

/// A text without the mention of the bot at its start and behind its command; `None` when it is another bot's command.
fn addressed<'t>(text: &'t str, bot: &str) -> Option<std::borrow::Cow<'t, str>> {
    let start = text.trim_start();
    let own = |name: &str| name.eq_ignore_ascii_case(bot);
    let name_ends =
        |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    if let Some(rest) = start.strip_prefix('@') {
        let (name, rest) = rest.split_at(name_ends(rest));
        if own(name) {
            let said = rest.trim_start_matches([',', ':']).trim_start();
            return if said.starts_with('/') { addressed(said, bot) } else { Some(said.into()) };
        }
    }
    if start.starts_with('/') {
        let head = start.split_whitespace().next().unwrap_or_default();
        if let Some((command, name)) = head.split_once('@') {
            return own(name).then(|| linked(format!("{command}{}", &start[head.len()..])).into());
        }
    }
    Some(text.into())
}

/// A group's start by a link (`?startgroup=nhom`) is the command that the link names.
fn linked(text: String) -> String {
    if text.trim_end() == "/start nhom" { "/nhom".to_owned() } else { text }
}

/// What is quoted. The first message of a topic is what everything in the topic replies to, and is no quote.
fn quote(message: &Message, me: &Me) -> Option<Quote> {
    let marked = message.quote.as_ref().map(|q| q.text.clone()).filter(|t| !t.trim().is_empty());
    if let Some(quoted) = &message.reply_to_message {
        if message.is_topic_message && message.message_thread_id == Some(quoted.message_id) {
            return None;
        }
        let words = quoted.text.clone().or_else(|| quoted.caption.clone());
        return Some(Quote {
            message: Some(quoted.message_id.to_string()),
            text: marked.or(words),
            of_bot: quoted.from.as_ref().is_some_and(|from| from.id == me.id),
        });
    }
    let elsewhere = message.external_reply.as_ref()?;
    let by_us = |origin: &wire::Origin| origin.sender_user.as_ref().is_some_and(|user| user.id == me.id);
    Some(Quote { message: None, text: marked, of_bot: elsewhere.origin.as_ref().is_some_and(by_us) })
}

fn origin(message: &Message) -> Origin {
    let topic = message.message_thread_id.filter(|_| message.is_topic_message);
    Origin {
        topic: topic.map(|id| id.to_string()),
        album: message.media_group_id.clone(),
        writer: message.forward_origin.as_ref().and_then(|origin| writer(origin, message.from.as_ref())),
    }
}

/// Who wrote what was forwarded; none when that is who forwards it.
fn writer(origin: &wire::Origin, sender: Option<&User>) -> Option<String> {
    if let Some(user) = &origin.sender_user {
        return (sender.is_none_or(|s| s.id != user.id)).then(|| name(user));
    }
    let chat = origin.sender_chat.as_ref().or(origin.chat.as_ref());
    let named = origin.sender_user_name.clone().or_else(|| chat.and_then(|c| c.title.clone()));
    Some(named.unwrap_or_default())
}

fn attachments(message: &Message) -> Vec<Attachment> {
    let mut all = Vec::new();
    let largest = message.photo.iter().flatten().max_by_key(|size| size.width * size.height);
    if let Some(photo) = largest {
        all.push(Attachment {
            kind: AttachmentKind::Photo,
            name: String::new(),
            file: photo.file_id.clone(),
            size: photo.file_size,
        });
    }
    let mut add = |kind, file: &Option<FileInfo>| {
        if let Some(file) = file {
            all.push(Attachment {
                kind,
                name: file.file_name.clone().unwrap_or_default(),
                file: file.file_id.clone(),
                size: file.file_size,
            });
        }
    };
    add(AttachmentKind::File, &message.document);
    add(AttachmentKind::File, &message.video);
    add(AttachmentKind::File, &message.audio);
    add(AttachmentKind::Voice, &message.voice);
    add(AttachmentKind::Voice, &message.video_note);
    add(AttachmentKind::Sticker, &message.sticker);
    all
}

fn pressed(update: i64, query: CallbackQuery, now: DateTime<Utc>) -> Option<Incoming> {
    let under = query.message?;
    let chat_kind = kind(&under.chat)?;
    Some(Incoming {
        key: key(update, &query.id),
        at: now,
        chat: chat_ref(under.chat.id),
        chat_kind,
        chat_title: under.chat.title.clone(),
        from: person(&query.from),
        heard: Heard::Press {
            message: under.message_id.to_string(),
            action: query.data.unwrap_or_default(),
            press: query.id,
        },
    })
}

/// The bot itself was added, taken out, or has other rights.
fn own_standing(update: i64, change: &ChatMemberUpdated, now: DateTime<Utc>) -> Option<Incoming> {
    let chat_kind = kind(&change.chat)?;
    let (old, new) = (&change.old_chat_member, &change.new_chat_member);
    let heard = match (old.is_in(), new.is_in(), chat_kind) {
        (_, false, _) => Heard::BotRemoved,
        (false, true, ChatKind::Group) if new.may_write() => {
            Heard::BotAdded { hears: new.is_administrator() }
        }
        // Unblocked by a person, or other rights in a group.
        _ => Heard::BotRights {
            write: new.may_write(),
            pin: new.may_pin(),
            // Privacy mode does not hold for administrators.
            hears: new.is_administrator(),
        },
    };
    Some(standing(update, change, chat_kind, person(&change.from), heard, now))
}

/// Somebody left a group, or was put out of it.
fn member_changed(update: i64, change: &ChatMemberUpdated, now: DateTime<Utc>) -> Option<Incoming> {
    let chat_kind = kind(&change.chat)?;
    let (old, new) = (&change.old_chat_member, &change.new_chat_member);
    let left = old.is_in() && !new.is_in() && !new.user.is_bot;
    left.then(|| standing(update, change, chat_kind, person(&new.user), Heard::MemberLeft, now))
}

fn standing(
    update: i64,
    change: &ChatMemberUpdated,
    chat_kind: ChatKind,
    from: Sender,
    heard: Heard,
    now: DateTime<Utc>,
) -> Incoming {
    Incoming {
        key: key(update, change.date),
        at: moment(change.date, now),
        chat: chat_ref(change.chat.id),
        chat_kind,
        chat_title: change.chat.title.clone(),
        from,
        heard,
    }
}

#[cfg(test)]
mod tests;
