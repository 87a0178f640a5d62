//! Platforms that count messages by the month: how many are left, and answers of one chat that leave as one message.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;

use super::{Delivery, Leaving};
use crate::chat::{Block, Deed, Limits, Text, UPLOADED};
use crate::domain::{Budget, Supply, month_began};
use crate::store::{OutboxBody, OutboxRow, Priority, Session, StoreError};

/// An answer that could not leave for so long is dropped: nobody waits for it any more.
const STALE: Duration = Duration::days(1);

/// The first and the longest wait before a bot whose messages are used up, as its platform says, is tried with one message.
const FIRST_REST: Duration = Duration::seconds(10);
const LONGEST_REST: Duration = Duration::hours(1);

/// What could not leave in the last minutes of a month is none of what waited for the next one.
const TURN: Duration = Duration::minutes(10);

/// Before this hour of its first day nobody is told what waited for a month.
const MORNING: Duration = Duration::hours(7);

/// How a bot stands with its platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may speak.
    Open,
    /// It may not for now.
    Rests,
    /// One message is tried, to see whether its platform takes them again.
    Tries,
}

impl Delivery {
    /// What is left of a platform's month; none where it does not count.
    pub async fn budget(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Budget>, StoreError> {
        let Some(limits) = self.platforms.get(platform).map(|p| &p.capabilities().limits) else {
            return Ok(None);
        };
        let (most, both) = (limits.per_month, limits.counts_received);
        if most == 0 {
            return Ok(None);
        }
        let since = month_began(now, Ho_Chi_Minh);
        let (sent, received) = session.messages_since(platform, since, UPLOADED).await?;
        Ok(Some(Budget { most, sent, received, both }))
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
        let began = month_began(now, Ho_Chi_Minh);
        if now < began + MORNING {
            session.wait_for_morning(platform, began - TURN, began + MORNING).await?;
        }
        let supply = budget.supply();
        if supply.is_reserved() {
            session.drop_stale_answers(platform, now - STALE).await?;
        }
        Ok(supply)
    }

    /// How the bot of a platform stands; a try is noted, so that it is one.
    pub(super) async fn standing(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<Standing, StoreError> {
        let state = session.bot_state(platform).await?;
        if state.shut_since.is_some() {
            return Ok(Standing::Rests);
        }
        let Some(since) = state.quota_since.filter(|since| *since >= month_began(now, Ho_Chi_Minh)) else {
            return Ok(Standing::Open);
        };
        session.drop_stale_answers(platform, now - STALE).await?;
        if state.quota_until.is_some_and(|until| now < until) {
            return Ok(Standing::Rests);
        }
        session.rest_bot(platform, now + rest(since, now)).await?;
        self.resting().insert(platform.to_owned());
        Ok(Standing::Tries)
    }

    /// From when on a platform's bot may speak, or is tried; none until a person acts.
    pub(super) async fn opens_at(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let state = session.bot_state(platform).await?;
        let this_month = state.quota_since.is_some_and(|since| since >= month_began(now, Ho_Chi_Minh));
        let rests_until = state.quota_until.filter(|_| this_month).unwrap_or_default();
        Ok(state.shut_since.is_none().then_some(rests_until))
    }

    /// The platform says that the messages of its bot are used up.
    pub(super) async fn quota_is_spent(
        &self,
        session: &mut Session,
        platform: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let began = month_began(now, Ho_Chi_Minh);
        let known = session.bot_state(platform).await?.quota_since.filter(|since| *since >= began);
        session.quota_is_spent(platform, now, now + rest(known.unwrap_or(now), now), began).await
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

/// How long a bot rests that its platform has turned away since a moment: longer and longer.
fn rest(since: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (now - since).clamp(FIRST_REST, LONGEST_REST)
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
