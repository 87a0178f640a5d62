//! Saying things: words are fitted to the platform of the chat and written to the outbox.

use chrono::{DateTime, Utc};
use i18n_embed_fl::fl;

use super::work::Work;
use super::{App, AppError};
use crate::chat::{About, Block, Capabilities, Deed, Limits, Outgoing, Reaction, Text, split};
use crate::domain::{ChatRef, Member, MessageRef, OutboxId, Reply};
use crate::store::{NewOutboxRow, Priority};
use crate::wording::{Voice, answer};

/// How a message is said.
#[derive(Debug, Clone, Default)]
pub(super) struct Manner {
    /// What it is about, beside the tasks that its blocks name.
    pub(super) about: About,
    /// Unique within the office: a second message with the same key is not said.
    pub(super) key: Option<String>,
    /// The message that it replies to.
    pub(super) reply_to: Option<String>,
    /// A file that goes with the first part, where the platform takes files.
    pub(super) file: Option<(String, Vec<u8>)>,
    /// A picture of that file, where the platform takes pictures and not the file.
    pub(super) picture: Option<(String, Vec<u8>)>,
    /// Unasked: it waits behind replies.
    pub(super) bulk: bool,
    /// Pin the first part.
    pub(super) pin: bool,
    /// After this moment it is dropped.
    pub(super) send_before: Option<DateTime<Utc>>,
}

/// What is to be minded when words are cut to a platform.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cut<'a> {
    /// The message that the first part replies to.
    pub(super) reply_to: Option<&'a str>,
    /// So many units of each part stay free.
    pub(super) reserve: usize,
    /// The first part has room beside a file.
    pub(super) carries: bool,
    /// The bot, as it is picked in a group that it hears only so.
    pub(super) pick: Option<&'a str>,
}

/// Words cut to a platform: the parts of one message with what each is about.
pub(super) fn fit(
    outgoing: &Outgoing,
    capabilities: &Capabilities,
    about: &About,
    voice: Voice,
    cut: &Cut,
) -> Vec<(Deed, About)> {
    let Cut { reply_to, reserve, carries, pick } = *cut;
    let mut text = outgoing.text.clone();
    let mut buttons = outgoing.buttons.clone();
    if !capabilities.buttons && !buttons.is_empty() {
        let typed = buttons.iter().flatten().map(|b| b.typed.as_str()).filter(|t| !t.is_empty());
        let typed: Vec<&str> = typed.collect();
        if !typed.is_empty() {
            let line = fl!(voice.words(), "typed", commands = typed.join(" · "));
            text.blocks.push(Block { text: line, strong: false, task: None });
            if let Some(bot) = pick {
                let line = fl!(voice.words(), "heard-by-pick", bot = bot);
                text.blocks.push(Block { text: line, strong: false, task: None });
            }
        }
        buttons.clear();
    }
    let limits = &capabilities.limits;
    let parts: Vec<Text> = if carries { beside_file(&text, limits) } else { split(&text, limits, reserve) };
    let last = parts.len().saturating_sub(1);
    let part = |(i, text): (usize, Text)| {
        let mut tasks = if parts_are_tasks(&text) { text.tasks() } else { about.tasks.clone() };
        tasks.dedup();
        let about = About { tasks, ..about.clone() };
        let reply_to = reply_to.filter(|_| i == 0 && capabilities.reply).map(str::to_owned);
        let buttons = if i == last { std::mem::take(&mut buttons) } else { vec![] };
        (Deed::Send { text, buttons, reply_to, thread: None, pin: false, file: None, picture: None }, about)
    };
    parts.into_iter().enumerate().map(part).collect()
}

/// Words cut so that the first part goes with a file.
fn beside_file(text: &Text, limits: &Limits) -> Vec<Text> {
    let mut parts = split(text, &Limits { text: limits.caption, ..limits.clone() }, 0).into_iter();
    let first = parts.next();
    let rest = Text { blocks: parts.flat_map(|part| part.blocks).collect(), named: text.named.clone() };
    first.into_iter().chain(split(&rest, limits, 0)).collect()
}

fn parts_are_tasks(text: &Text) -> bool {
    text.blocks.iter().any(|b| b.task.is_some())
}

impl Manner {
    /// It asks for something without which nothing goes on.
    fn is_needed(&self) -> bool {
        self.about.question.is_some() || self.about.extension.is_some()
    }
}

impl App {
    /// The name by which the bot is picked in groups of this platform; none where it hears everything.
    pub(super) fn picked_as(&self, chat: &ChatRef) -> Option<String> {
        let platform = self.platforms.get(&chat.platform)?;
        (!platform.capabilities().hears_all).then(|| platform.name())
    }
}

impl Work<'_> {
    /// Whether the bot hears everything that is said in a chat: by the rule of its platform, or because it administers it.
    pub(super) async fn hears_all(&mut self, chat: &ChatRef) -> Result<bool, AppError> {
        let by_rule = self.app.capabilities(&chat.platform).is_some_and(|c| c.hears_all);
        Ok(by_rule || self.session.hears_all(chat).await?)
    }

    /// The private chat of somebody who directs.
    fn is_an_officers(&self, chat: &ChatRef) -> bool {
        let directs = |member: &&Member| member.directs() && member.private_chats.contains(chat);
        self.snapshot.members.iter().any(|member| directs(&member))
    }

    /// Says a reply in a chat.
    pub(super) async fn reply(
        &mut self,
        chat: &ChatRef,
        reply: &Reply,
        manner: Manner,
    ) -> Result<Option<OutboxId>, AppError> {
        let outgoing = answer(self.voice(), reply);
        self.say(chat, &outgoing, manner).await
    }

    /// Says words in a chat. The outbox row of the first part; none when its key had been said.
    pub(super) async fn say(
        &mut self,
        chat: &ChatRef,
        outgoing: &Outgoing,
        manner: Manner,
    ) -> Result<Option<OutboxId>, AppError> {
        Ok(self.say_parts(chat, outgoing, manner, 0).await?.first().map(|(row, _)| *row))
    }

    /// Says words in a chat, leaving `reserve` units of each part free for later edits. The rows of the parts with what
    /// each is about.
    pub(super) async fn say_parts(
        &mut self,
        chat: &ChatRef,
        outgoing: &Outgoing,
        manner: Manner,
        reserve: usize,
    ) -> Result<Vec<(OutboxId, About)>, AppError> {
        let Some(capabilities) = self.app.capabilities(&chat.platform) else { return Ok(vec![]) };
        let voice = self.voice();
        let mut outgoing = outgoing.clone();
        let sends = |file: &&(String, Vec<u8>)| capabilities.sends(&file.0, file.1.len() as u64);
        let mut file = manner.file.as_ref().filter(sends);
        let mut shown = None;
        if let Some(left) = manner.file.as_ref().filter(|file| !sends(file)) {
            if let Some(line) = self.file_line(left).await? {
                outgoing.text.blocks.push(Block { text: line, strong: false, task: None });
            }
            file = manner.picture.as_ref().filter(sends);
            let picture = manner.picture.as_ref().filter(|_| file.is_none() && capabilities.fetches_pictures);
            if let Some(picture) = picture {
                shown = self.picture_address(picture).await?;
            }
        }
        let can_pin = capabilities.pin;
        let carries = file.is_some() || shown.is_some();
        let pick = self.snapshot.groups.iter().any(|g| g.chat == *chat).then(|| self.app.picked_as(chat));
        let pick = pick.flatten();
        let cut = Cut { reply_to: manner.reply_to.as_deref(), reserve, carries, pick: pick.as_deref() };
        let parts = fit(&outgoing, capabilities, &manner.about, voice, &cut);
        let mut rows = Vec::new();
        for (part, (mut deed, about)) in parts.into_iter().enumerate() {
            if let Deed::Send { pin, file: carried, picture, .. } = &mut deed
                && part == 0
            {
                *pin = manner.pin && can_pin;
                *carried = file.cloned();
                picture.clone_from(&shown);
            }
            let row = NewOutboxRow {
                office: Some(self.office()),
                key: manner.key.clone(),
                part: u32::try_from(part).unwrap_or(u32::MAX),
                about: about.clone(),
                priority: if manner.bulk { Priority::Reminder } else { Priority::Reply },
                send_before: manner.send_before,
                reserved: manner.is_needed() || self.is_an_officers(chat),
                ..NewOutboxRow::reply(self.id(), chat.clone(), deed, self.now)
            };
            if let Some(id) = self.session.enqueue(&row).await? {
                rows.push((id, about));
            }
        }
        Ok(rows)
    }

    /// Sets a mark on a message, where the platform can.
    pub(super) async fn react(&mut self, message: &MessageRef, mark: Reaction) -> Result<(), AppError> {
        if self.app.capabilities(&message.chat.platform).is_some_and(|c| c.react) {
            self.deed(&message.chat, Deed::React { message: message.id.clone(), mark }).await?;
        }
        Ok(())
    }

    /// Does something in a chat that is no message of its own.
    pub(super) async fn deed(&mut self, chat: &ChatRef, deed: Deed) -> Result<(), AppError> {
        let row = NewOutboxRow {
            office: Some(self.office()),
            ..NewOutboxRow::reply(self.id(), chat.clone(), deed, self.now)
        };
        self.session.enqueue(&row).await?;
        Ok(())
    }

    /// Puts other words into a message of ours, where the platform can; otherwise says them anew.
    pub(super) async fn reword(
        &mut self,
        chat: &ChatRef,
        row: OutboxId,
        reply: &Reply,
    ) -> Result<(), AppError> {
        if !self.app.capabilities(&chat.platform).is_some_and(|c| c.edit) {
            self.reply(chat, reply, Manner::default()).await?;
            return Ok(());
        }
        let outgoing = answer(self.voice(), reply);
        let deed = Deed::Edit { row, message: None, text: outgoing.text, buttons: outgoing.buttons };
        self.deed(chat, deed).await
    }

    /// Says a reply to a person privately; in `fallback` when the person cannot be reached so.
    pub(super) async fn reply_privately(
        &mut self,
        member: &Member,
        fallback: &ChatRef,
        reply: &Reply,
        manner: Manner,
    ) -> Result<Option<OutboxId>, AppError> {
        match self.private_chat(member, Some(fallback)) {
            Some(chat) if chat != *fallback => {
                self.reply(&chat, reply, Manner { reply_to: None, ..manner }).await
            }
            _ => self.reply(fallback, reply, manner).await,
        }
    }

    /// Says a reply to every specialist who can be reached.
    pub(super) async fn tell_specialists(&mut self, reply: &Reply, about: &About) -> Result<usize, AppError> {
        let mut told = 0;
        for member in self.specialists() {
            if let Some(chat) = self.private_chat(&member, None) {
                self.reply(&chat, reply, Manner { about: about.clone(), ..Manner::default() }).await?;
                told += 1;
            }
        }
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_go_with_a_file_fit_beside_it_and_the_rest_follows() {
        let limits = Limits {
            text: 40,
            caption: 10,
            unit: crate::chat::TextUnit::Utf16,
            per_second: 30,
            chat_gap_ms: 1000,
            chat_burst: 3,
            group_per_minute: 20,
            group_reserve: 0,
            per_month: 0,
            counts_received: true,
            groups: 0,
            people: 0,
            kept_minutes: 0,
            action_bytes: 64,
            receive_bytes: 0,
        };
        let words = |text: &str| -> Vec<String> {
            beside_file(&Text::plain(text), &limits).iter().map(Text::words).collect()
        };
        assert_eq!(words("bảng V2"), ["bảng V2"]);
        assert_eq!(words("bảng V2 có một hai ba bốn"), ["bảng V2", "có một\nhai ba bốn"]);
    }
}
