//! Step 4: what became of a row, in one transaction.

use chrono::{DateTime, Duration, Utc};

use super::pace::{MINUTE, next_slot};
use super::{Delivery, Leaving};
use crate::chat::{ChatKind, Deed, NextStep, SendError};
use crate::store::{OutboxBody, OutboxRow, OutboxState, Priority, Session, StoreError};

/// The first wait after a platform that could not be reached, and the longest.
const FIRST_WAIT: Duration = Duration::seconds(2);
const LONGEST_WAIT: Duration = Duration::minutes(5);

/// A chat that moves more often than this, for one row, leads in a circle.
const MOST_MOVES: u32 = 4;

/// How long a row waits where the bot may not write, and after how long it is given up there.
const RIGHTS_WAIT: Duration = Duration::minutes(10);
const RIGHTS_PATIENCE: Duration = Duration::days(1);

/// What is done over after a call without an answer is done so often at most.
const MOST_REPEATS: u32 = 6;

/// How often a record is tried when somebody else holds the database: a message that is out and not recorded is sent
/// again.
const TRIES: usize = 3;

impl Delivery {
    /// Records what became of a row, and what follows from it for its chat.
    pub async fn settle(
        &self,
        leaving: &Leaving,
        result: &Result<Option<String>, SendError>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for _ in 1..TRIES {
            match self.try_settle(leaving, result, now).await {
                Err(error) if error.is_passing() => {}
                settled => return settled,
            }
        }
        self.try_settle(leaving, result, now).await
    }

    async fn try_settle(
        &self,
        leaving: &Leaving,
        result: &Result<Option<String>, SendError>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = &leaving.row;
        let mut session = self.begin(row).await?;
        match result {
            Ok(message) => self.sent(&mut session, leaving, message.as_deref(), now).await?,
            Err(error) => {
                tracing::info!(row = %row.id, platform = row.chat.platform, %error, "a deed failed");
                let why = error.to_string();
                match error.next() {
                    NextStep::Done => self.sent(&mut session, leaving, None, now).await?,
                    NextStep::RetryAfter(wait) => {
                        let until = now + wait.max(Duration::seconds(1));
                        wait_in_chat(&mut session, row, &why, until).await?;
                    }
                    NextStep::RetryLater => {
                        wait_in_chat(&mut session, row, &why, now + backoff(row.attempts)).await?;
                    }
                    // It holds up no chat: the bot itself rests.
                    NextStep::BotRests => {
                        session.put_back(row, &why, now).await?;
                        self.quota_is_spent(&mut session, &row.chat.platform, now).await?;
                    }
                    NextStep::BotShut => {
                        session.put_back(row, &why, now).await?;
                        session.shut_bot(&row.chat.platform, now).await?;
                    }
                    NextStep::GiveUp => ended(&mut session, row, OutboxState::Failed, &why, now).await?,
                    NextStep::ChatGone => {
                        ended(&mut session, row, OutboxState::Failed, &why, now).await?;
                        session.close_chat(&row.chat, &why, now).await?;
                    }
                    NextStep::ChatMoved(to) if to == row.chat || row.moves >= MOST_MOVES => {
                        ended(&mut session, row, OutboxState::Failed, &why, now).await?;
                    }
                    NextStep::ChatMoved(to) => {
                        session.put_back(row, &why, now).await?;
                        session.count_move(row.id).await?;
                        session.migrate_chat(&row.chat, &to).await?;
                    }
                    NextStep::WaitForRights if now - row.created_at > RIGHTS_PATIENCE => {
                        ended(&mut session, row, OutboxState::Failed, &why, now).await?;
                    }
                    NextStep::WaitForRights => {
                        wait_in_chat(&mut session, row, &why, now + RIGHTS_WAIT).await?;
                    }
                    NextStep::WithoutTopic if row.moves < MOST_MOVES => {
                        session.speak_in(&row.chat, None).await?;
                        session.put_back(row, &why, now).await?;
                        session.count_move(row.id).await?;
                    }
                    NextStep::WithoutTopic => {
                        ended(&mut session, row, OutboxState::Failed, &why, now).await?;
                    }
                    NextStep::Anew => match &leaving.deed {
                        Deed::Edit { row: target, .. } if row.moves < MOST_MOVES => {
                            session.put_back(row, &why, now).await?;
                            session.count_move(row.id).await?;
                            session.lose_message(*target).await?;
                        }
                        _ => ended(&mut session, row, OutboxState::Failed, &why, now).await?,
                    },
                    NextStep::Unknown if may_be_repeated(leaving, self.counts(&row.chat.platform)) => {
                        session.count_unanswered(row.id).await?;
                        wait_in_chat(&mut session, row, &why, now + backoff(row.attempts)).await?;
                    }
                    NextStep::Unknown => {
                        ended(&mut session, row, OutboxState::Unknown, &why, now).await?;
                        self.pace(&mut session, leaving, now).await?;
                    }
                }
            }
        }
        session.commit().await
    }

    async fn sent(
        &self,
        session: &mut Session,
        leaving: &Leaving,
        message: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = &leaving.row;
        if !session.record_sent(row.id, message, now).await? {
            tracing::warn!(row = %row.id, "a message went out of a row that was settled meanwhile");
            return Ok(());
        }
        if leaving.deed != Deed::Working && self.resting().remove(&row.chat.platform) {
            session.quota_is_back(&row.chat.platform).await?;
        }
        self.pace(session, leaving, now).await?;
        if let (Deed::Send { .. }, Some(target), Some(message)) = (&leaving.deed, row.edits, message) {
            session.replace_message(target, &row.chat, message).await?;
        }
        let can_pin = self.platforms.get(&row.chat.platform).is_some_and(|p| p.capabilities().pin);
        if let (Deed::Send { pin: true, .. }, Some(message), true) = (&leaving.deed, message, can_pin) {
            session.enqueue_pin(self.ids.next(now), row, message, now).await?;
        }
        Ok(())
    }

    /// Lets the chat rest until its next slot.
    async fn pace(
        &self,
        session: &mut Session,
        leaving: &Leaving,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let chat = &leaving.row.chat;
        if !matches!(leaving.deed, Deed::Send { .. } | Deed::Edit { .. }) {
            return Ok(());
        }
        let state = session.chat(chat).await?;
        let lately = session.sent_in_chat(chat, now - MINUTE).await?;
        // A chat of unknown kind may be a group.
        let in_group = state.kind != Some(ChatKind::Private);
        let Some(limits) = self.paced_by(session, &chat.platform, in_group, now).await? else {
            return Ok(());
        };
        let next = next_slot(&limits, in_group, state.paced_until, &lately, now);
        session.pace_chat(chat, next.asked, next.unasked).await
    }
}

/// Whether a call that was not answered is made again. Whatever comes to the same when it is done twice is: an edit, a
/// mark, a pin, the answer to a press. A reminder is, once: it is put into words anew, so that who has answered meanwhile
/// is not in it, and a second one does less harm than none; but not where messages are counted. Every other message is not:
/// nobody knows whether it is out.
fn may_be_repeated(leaving: &Leaving, counted: bool) -> bool {
    let row = &leaving.row;
    match &leaving.deed {
        Deed::Send { .. } => {
            let reminds = matches!(row.body, OutboxBody::Fresh(_)) && row.priority == Priority::Reminder;
            reminds && row.unanswered == 0 && !counted
        }
        Deed::Working => false,
        _ => row.unanswered < MOST_REPEATS,
    }
}

/// The wait after so many attempts: twice as long each time.
pub(super) fn backoff(attempts: u32) -> Duration {
    let doubled = 1_i32.checked_shl(attempts.saturating_sub(1).min(16)).unwrap_or(1);
    (FIRST_WAIT * doubled).min(LONGEST_WAIT)
}

/// Puts a row back, with nothing else in its chat before it.
async fn wait_in_chat(
    session: &mut Session,
    row: &OutboxRow,
    why: &str,
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    session.put_back(row, why, until).await?;
    session.pause_chat(&row.chat, until).await
}

async fn ended(
    session: &mut Session,
    row: &OutboxRow,
    state: OutboxState,
    why: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if state != OutboxState::Unknown {
        tracing::warn!(row = %row.id, platform = row.chat.platform, why, "a row failed");
    }
    session.record_ended(row, state, why, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_five_minutes() {
        let waits: Vec<i64> = [0, 1, 2, 3, 8, 9, 99].map(|n| backoff(n).num_seconds()).into();
        assert_eq!(waits, [2, 2, 4, 8, 256, 300, 300]);
    }
}
