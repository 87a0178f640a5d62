//! Questions of the bot whose answer is yes or no about things that `understand` does not read: what was found of what a
//! school had sent, and a stretch of chat that an officer pasted.

use serde::{Deserialize, Serialize};

use super::AppError;
use super::awaited::Awaited;
use super::broadcast::Proposed;
use super::message::Message;
use super::paste::Draft;
use super::search::Found;
use super::template::Offer;
use super::work::Work;
use crate::domain::{MemberId, QuestionId, Reply};
use crate::understand::agreement;

/// What waits for a yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Pending {
    /// What was found of what a school had sent.
    Found(Box<Found>),
    /// What was read in a stretch of chat.
    Paste(Box<Draft>),
    /// A form of the office in Excel.
    Template(Box<Offer>),
    /// Somebody whose roles are to end.
    Retire(MemberId),
    /// Words for all groups.
    Broadcast(Proposed),
    /// Who stands in for somebody on leave: a name.
    StandIn(MemberId),
}

impl Work<'_> {
    /// What waits for this person's yes, in this chat or privately.
    pub(super) async fn pending(
        &mut self,
        message: &Message,
    ) -> Result<Option<(QuestionId, Pending)>, AppError> {
        let waiting = self.waiting(message).await?;
        Ok(waiting.into_iter().find_map(|w| match w.awaited {
            Awaited::Pending(pending) => Some((w.question, pending)),
            Awaited::Asked(_) => None,
        }))
    }

    /// Takes a message as the answer to what waits. Whether it was one.
    pub(super) async fn answer_pending(&mut self, message: &Message) -> Result<bool, AppError> {
        if message.text.trim_start().starts_with('/') || message.text.is_empty() {
            return Ok(false);
        }
        let waiting = self.waiting(message).await?;
        for waits in waiting.iter().filter(|w| w.is_here()) {
            if let Awaited::Pending(Pending::StandIn(away)) = waits.awaited
                && self.answer_stand_in(message, away).await?
            {
                self.session.close_question(waits.question).await?;
                return Ok(true);
            }
        }
        let pending = waiting.iter().find_map(|w| match &w.awaited {
            Awaited::Pending(Pending::StandIn(_)) | Awaited::Asked(_) => None,
            Awaited::Pending(pending) => Some((w, pending.clone())),
        });
        let Some((waits, pending)) = pending else { return Ok(false) };
        if let Pending::Paste(draft) = &pending
            && self.answer_line(message, draft).await?
        {
            return Ok(true);
        }
        let Some(agreed) = agreement(&message.text) else { return Ok(false) };
        // A yes to somebody else, or to a newer question of another kind.
        let newest = waiting.iter().find(|w| w.is_here()).map(|w| w.question);
        if !waits.is_here() || message.member.directs() && newest != Some(waits.question) {
            return Ok(false);
        }
        if self.is_unclear_yes(message, &waiting).await? {
            return Ok(true);
        }
        self.session.close_question(waits.question).await?;
        let reply = if agreed { self.take_pending(message, pending).await? } else { Reply::Ignored };
        self.reply_to_order(message, &reply).await?;
        Ok(true)
    }

    /// The buttons of what waits.
    pub(super) async fn press_pending(&mut self, message: &Message, take: bool) -> Result<Reply, AppError> {
        let said = self.session.row_of_message(&message.place.chat, &message.place.id).await?;
        let Some(question) = said.and_then(|s| s.about.question) else { return Ok(Reply::Expired) };
        let Some(question) = self.session.question(question).await? else { return Ok(Reply::Expired) };
        let own = question.user == message.user && question.office == Some(self.office());
        let Ok(pending) = serde_json::from_value::<Pending>(question.body) else { return Ok(Reply::Expired) };
        if !own {
            return Ok(Reply::Expired);
        }
        self.session.close_question(question.id).await?;
        let reply = if take { self.take_pending(message, pending).await? } else { Reply::Ignored };
        self.reword_pressed(message, &reply).await?;
        Ok(reply)
    }

    async fn take_pending(&mut self, message: &Message, pending: Pending) -> Result<Reply, AppError> {
        match pending {
            Pending::Found(found) => self.take_found(message, *found).await,
            Pending::Paste(draft) => self.take_paste(message, *draft).await,
            Pending::Template(offer) => self.take_offer(message, *offer).await,
            Pending::Broadcast(proposed) => self.broadcast(message, proposed).await,
            Pending::StandIn(_) => Ok(Reply::Expired),
            Pending::Retire(member) => self.retire(&message.member.clone(), member).await,
        }
    }
}
