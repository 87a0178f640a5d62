//! Platforms that count messages by the month: how many are left, and answers of one chat that leave as one message.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;

use super::{Delivery, Leaving};
use crate::chat::{Block, Deed, Limits, Text, UPLOADED};
use crate::domain::{Budget, Supply, month_began};
use crate::store::{OutboxBody, OutboxRow, Priority, Session, StoreError};

/// An answer that could not leave for so long is dropped: nobody waits for it any more.
const STALE: Duration = Duration::days(1);

impl Delivery {
    /// What is left of a platform's month; none where it does not count.
    pub async fn budget(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Budget>, StoreError> {
        let most = self.platforms.get(platform).map_or(0, |p| p.capabilities().limits.per_month);
        if most == 0 {
            return Ok(None);
        }
        let since = month_began(now, Ho_Chi_Minh);
        let (sent, received) = session.messages_since(platform, since, UPLOADED).await?;
        Ok(Some(Budget { most, sent, received }))
    }

    /// How much is left of it, after what was gathered is settled and what nobody waits for any more is dropped.
    pub(super) async fn supply(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<Supply, StoreError> {
        let Some(budget) = self.budget(session, platform, now).await? else { return Ok(Supply::Ample) };
        session.settle_gathered(platform).await?;
        let supply = budget.supply();
        if supply.is_reserved() {
            session.drop_stale_answers(platform, now - STALE).await?;
        }
        Ok(supply)
    }

    /// The limits by which a chat is paced: where messages are counted, the fewer there are the longer answers are gathered.
    pub(super) async fn paced_by(
        &self,
        session: &mut Session,
        platform: &str,
        in_group: bool,
        now: DateTime<Utc>,
    ) -> Result<Option<Limits>, StoreError> {
        let Some(limits) = self.platforms.get(platform).map(|p| p.capabilities().limits.clone()) else {
            return Ok(None);
        };
        let Some(budget) = self.budget(session, platform, now).await? else { return Ok(Some(limits)) };
        let gathers = budget.supply().gathers(in_group).num_milliseconds();
        let gap = limits.chat_gap_ms.max(u32::try_from(gathers).unwrap_or(u32::MAX));
        Ok(Some(Limits { chat_gap_ms: gap, ..limits }))
    }

    /// Whether a platform counts messages by the month.
    pub(super) fn counts(&self, platform: &str) -> bool {
        self.platforms.get(platform).is_some_and(|p| p.capabilities().limits.per_month > 0)
    }

    /// Whether other answers leave within this row's message.
    pub(super) fn gathers(&self, row: &OutboxRow, deed: &Deed) -> bool {
        self.counts(&row.chat.platform) && row.priority == Priority::Reply && words_alone(deed).is_some()
    }

    /// Puts the answers that wait in the same chat into this row's message, as many as fit; committed.
    pub(super) async fn gather(
        &self,
        row: OutboxRow,
        mut deed: Deed,
        now: DateTime<Utc>,
    ) -> Result<Option<Leaving>, StoreError> {
        let mut session = self.begin(&row).await?;
        let Some(limits) = self.platforms.get(&row.chat.platform).map(|p| p.capabilities().limits.clone())
        else {
            return Ok(None);
        };
        let Some(mut words) = words_alone(&deed).cloned() else { return Ok(None) };
        for held in session.gathered(row.id).await? {
            if let OutboxBody::Ready(held) = &held.body
                && let Some(more) = words_alone(held)
            {
                words = joined(&words, more);
            }
        }
        for other in session.gatherable(&row, now).await? {
            let OutboxBody::Ready(theirs) = &other.body else { continue };
            let Some(more) = words_alone(theirs) else { continue };
            let together = joined(&words, more);
            if limits.unit.length(&together.words()) > limits.text {
                break;
            }
            words = together;
            session.gather(other.id, row.id).await?;
        }
        session.commit().await?;
        if let Deed::Send { text, .. } = &mut deed {
            *text = words;
        }
        Ok(Some(Leaving { row, deed }))
    }
}

/// The words of a message that is nothing beside them.
fn words_alone(deed: &Deed) -> Option<&Text> {
    match deed {
        Deed::Send { text, buttons, reply_to: None, thread: None, pin: false, file: None, picture: None }
            if buttons.is_empty() =>
        {
            Some(text)
        }
        _ => None,
    }
}

/// Two texts with an empty line between them.
fn joined(first: &Text, second: &Text) -> Text {
    let gap = Block { text: String::new(), strong: false, task: None };
    let blocks = first.blocks.iter().cloned().chain([gap]).chain(second.blocks.iter().cloned());
    let named = first.named.iter().chain(&second.named).cloned();
    Text { blocks: blocks.collect(), named: named.collect() }
}
