//! `/thongbao`: words of an officer to all groups of the office, on every platform. Shown first, with what it costs where
//! messages are counted; one yes sends it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::pending::Pending;
use super::speak::{Cut, Manner, fit};
use super::work::Work;
use crate::chat::About;
use crate::domain::{BroadcastCost, BroadcastReply, Group, Id, Reply};
use crate::wording::answer;

/// What waits for a yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Proposed {
    /// Makes the rows of its messages unique: agreed to twice it is sent once.
    id: Id<Proposed>,
    /// The words.
    words: String,
}

impl Work<'_> {
    /// Shows what would go out, and asks.
    pub(super) async fn propose_broadcast(
        &mut self,
        message: &Message,
        words: String,
    ) -> Result<(), AppError> {
        let groups = self.groups_to_tell().await?;
        if groups.is_empty() {
            return self.reply_to_order(message, &Reply::Broadcast(BroadcastReply::NoGroups)).await;
        }
        let costs = self.costs(message, &words, &groups).await?;
        let titles = groups.iter().map(|group| group.title.clone()).collect();
        let reply = Reply::Broadcast(BroadcastReply::Preview { words: words.clone(), groups: titles, costs });
        let proposed = Proposed { id: self.id(), words };
        self.ask_privately(message, &reply, Pending::Broadcast(proposed), About::default()).await
    }

    /// Sends it to every group that the bot is in.
    pub(super) async fn broadcast(
        &mut self,
        message: &Message,
        proposed: Proposed,
    ) -> Result<Reply, AppError> {
        let groups = self.groups_to_tell().await?;
        let notice = self.notice(message, &proposed.words);
        let mut sent = 0;
        for group in &groups {
            let manner = Manner {
                key: Some(format!("broadcast/{}/{}", proposed.id, group.id)),
                bulk: true,
                ..Manner::default()
            };
            sent += usize::from(self.reply(&group.chat, &notice, manner).await?.is_some());
        }
        let detail = json!({ "groups": sent, "characters": proposed.words.chars().count() });
        self.audit(Some(message.member.id), "broadcast.sent", detail).await?;
        Ok(Reply::Broadcast(BroadcastReply::Sent { groups: sent }))
    }

    async fn groups_to_tell(&mut self) -> Result<Vec<Group>, AppError> {
        let closed = self.session.closed_to(self.office()).await?;
        Ok(self.snapshot.groups.iter().filter(|g| !closed.contains(&g.chat)).cloned().collect())
    }

    fn notice(&self, message: &Message, words: &str) -> Reply {
        let from = (message.member.name.clone(), self.snapshot.office.name.clone());
        Reply::Broadcast(BroadcastReply::Notice { words: words.to_owned(), from })
    }

    /// How many messages it takes of each bot whose messages are counted.
    async fn costs(
        &mut self,
        message: &Message,
        words: &str,
        groups: &[Group],
    ) -> Result<Vec<BroadcastCost>, AppError> {
        let outgoing = answer(self.voice(), &self.notice(message, words));
        let mut messages: BTreeMap<String, usize> = BTreeMap::new();
        for group in groups {
            let Some(capabilities) = self.app.capabilities(&group.chat.platform) else { continue };
            let parts = fit(&outgoing, capabilities, &About::default(), self.voice(), &Cut::default()).len();
            *messages.entry(group.chat.platform.clone()).or_default() += parts;
        }
        let mut costs = Vec::new();
        for (platform, messages) in messages {
            let Some(used) = self.plan_of(&platform).await?.filter(|used| used.budget.most > 0) else {
                continue;
            };
            let left = used.budget.most.saturating_sub(used.budget.used());
            let waits = used.budget.supply().is_reserved();
            costs.push(BroadcastCost { bot: used.bot, messages, left, waits });
        }
        Ok(costs)
    }
}
