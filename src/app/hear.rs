//! One update of a platform, from the inbox to its effect: one transaction, and the update is handled or it is not.

use std::sync::Arc;

use chrono::{Duration, SubsecRound as _};

use super::message::Message;
use super::press::Press;
use super::work::Work;
use super::{App, AppError, handover};
use crate::chat::{ChatKind, FetchError, Heard, Incoming};
use crate::domain::{Group, Id, InboxId, Member, MessageRef, OfficeId, Reply};
use crate::store::{InboxRow, Session};
use crate::understand::asks_if_genuine;

/// What was heard is kept for so long: a platform may tell it again for a day, and a school that says that it has sent its
/// answer is believed by what it wrote since the task was posted, which may be two months ago.
const KEPT: Duration = Duration::days(90);

/// How long a file is waited for whose platform cannot be reached.
const FILE_PATIENCE: Duration = Duration::hours(3);

/// A file that came with a message and was read before anything is locked.
pub(super) enum Sent {
    /// A directive, the register, or a file that somebody wants compared.
    File(super::intake::SentFile),
    /// A form of the office in Excel, or a filled copy of one.
    Workbooks(super::template::SentWorkbooks),
}

impl App {
    /// Stores updates before their platform is told that they are safe. How many are new.
    pub async fn receive(&self, heard: &[Incoming]) -> Result<usize, AppError> {
        let now = self.clock.now();
        let rows: Vec<(InboxId, Incoming)> = heard.iter().map(|i| (self.ids.next(now), i.clone())).collect();
        let mut session = self.store.begin().await?;
        let new = session.receive(&rows, now).await?;
        session.commit().await?;
        Ok(new)
    }

    /// Forgets what was handled so long ago that neither its platform nor a person will come back to it, with the files that came
    /// with it and that no submission has. How many updates.
    pub async fn forget_handled(&self) -> Result<u64, AppError> {
        let moment = self.clock.now() - KEPT;
        let oldest: Id<Incoming> = self.ids.next(moment);
        let mut session = self.store.begin().await?;
        session.drop_files(handover::KEPT, &format!("{}{oldest}", handover::KEPT)).await?;
        let forgotten = session.forget_handled(moment).await?;
        session.commit().await?;
        Ok(forgotten)
    }

    /// Handles the updates that wait, oldest first. How many were handled; one that fails is tried again later and does
    /// not hold up the others.
    pub async fn hear_waiting(self: &Arc<Self>) -> Result<usize, AppError> {
        let mut handled = 0;
        loop {
            let rows = self.store.read().await?.next_unhandled(32, self.clock.now()).await?;
            if rows.is_empty() {
                return Ok(handled);
            }
            match self.handle_together(rows).await? {
                0 => return Ok(handled),
                more => handled += more,
            }
        }
    }

    /// Handles one update whatever comes of it: `false` when it failed, which is noted.
    pub async fn handle(self: &Arc<Self>, row: &InboxRow) -> Result<bool, AppError> {
        // A task of its own, so that a panic over one update ends that task and nothing else.
        let (this, update) = (Arc::clone(self), row.clone());
        match tokio::spawn(async move { this.hear(&update).await }).await {
            Ok(Ok(())) => return Ok(true),
            Ok(Err(AppError::Fetch(FetchError::Unreachable(why))))
                if self.clock.now() - row.received_at < FILE_PATIENCE =>
            {
                self.hear_later(row, &why).await?;
            }
            Ok(Err(error)) => self.hear_failed(row, &error.to_string()).await?,
            Err(panic) => self.hear_failed(row, &panic.to_string()).await?,
        }
        Ok(false)
    }

    /// A file cannot be had while its platform is down: that is no failure of the update. It is tried again after as long as
    /// it has waited, ten minutes at most.
    async fn hear_later(&self, row: &InboxRow, why: &str) -> Result<(), AppError> {
        let now = self.clock.now();
        let wait = (now - row.received_at).clamp(Duration::seconds(5), Duration::minutes(10));
        tracing::warn!(why, seconds = wait.num_seconds(), "a file cannot be had, trying again");
        let mut session = self.store.begin().await?;
        session.put_off_update(row.id, now + wait).await?;
        Ok(session.commit().await?)
    }

    /// Notes the failure under a short code; a person whose update is given up is told that nothing was recorded.
    async fn hear_failed(&self, row: &InboxRow, error: &str) -> Result<(), AppError> {
        let code = row.id.to_string()[24..].to_uppercase();
        tracing::error!(code, error, attempts = row.attempts, "an update could not be handled");
        let now = self.clock.now();
        let mut session = self.store.begin().await?;
        let given_up = session.failed(row.id, &code, now).await?;
        if given_up && matches!(row.incoming.heard, Heard::Message { .. } | Heard::Press { .. }) {
            self.say_without_office(&mut session, &row.incoming.chat, &Reply::Broken { code }, now).await?;
        }
        session.commit().await?;
        Ok(())
    }

    /// Handles one update.
    pub async fn hear(&self, row: &InboxRow) -> Result<(), AppError> {
        let row = self.keep_files(row).await?;
        let row = &self.store.read().await?.with_album(row).await?;
        let incoming = &row.incoming;
        if let Some(stamp) = super::secret::stamp_of(incoming) {
            return self.refuse_secret(row, stamp).await;
        }
        if self.changes_nothing(row).await? {
            return self.pass_over(row).await;
        }
        let (office, group) = Self::office_of(&mut self.store.read().await?, incoming).await?;
        let Some(office) = office else { return self.hear_stranger(row).await };
        let workbooks = self.sent_workbooks(incoming, office).await?;
        let file = if workbooks.is_some() { None } else { self.sent_file(incoming, office).await? };
        let master = self.asked_master(incoming, office).await?;
        let mut work = Work::begin(self, office).await?;
        work.master = master;
        work.hear(incoming, group, workbooks.map(Sent::Workbooks).or(file.map(Sent::File))).await?;
        work.finish(row).await
    }

    /// The office of a group. In private the office of the person; for one who belongs to two the office that said what
    /// is quoted or pressed, else the one that has a task of the code that is typed.
    pub(super) async fn office_of(
        session: &mut Session,
        incoming: &Incoming,
    ) -> Result<(Option<OfficeId>, Option<Group>), AppError> {
        if let Some(group) = session.group_by_chat(&incoming.chat).await? {
            return Ok((Some(group.office), Some(group)));
        }
        let members = session.members_by_account(&incoming.from.user).await?;
        let office = match members.as_slice() {
            _ if incoming.chat_kind == ChatKind::Group => None,
            [] => None,
            [only] => Some(only.office),
            several => {
                if let Some(said) = answered_message(incoming)
                    && let Some(row) = session.row_of_message(&incoming.chat, said).await?
                    && let Some(member) = several.iter().find(|m| Some(m.office) == row.office)
                {
                    return Ok((Some(member.office), None));
                }
                let mut chosen = several[0].office;
                for member in several {
                    let open = session.tasks_of(member.office, &[crate::domain::TaskState::Posted]).await?;
                    if names_one_of(incoming, &open) {
                        chosen = member.office;
                        break;
                    }
                }
                Some(chosen)
            }
        };
        Ok((office, None))
    }
}

/// The message that is quoted, or under which a button was pressed.
fn answered_message(incoming: &Incoming) -> Option<&str> {
    match &incoming.heard {
        Heard::Press { message, .. } => Some(message),
        Heard::Message { quote, .. } => quote.as_ref()?.message.as_deref(),
        _ => None,
    }
}

/// Whether a code in the message is one of these tasks'.
fn names_one_of(incoming: &Incoming, tasks: &[crate::domain::Task]) -> bool {
    let Heard::Message { text, .. } = &incoming.heard else { return false };
    let words = text.to_uppercase();
    tasks.iter().any(|t| words.split(|c: char| !c.is_alphanumeric()).any(|w| w == t.code()))
}

impl Work<'_> {
    /// Commits with the mark that the update is handled; if somebody else has handled it, nothing of this happened.
    pub(super) async fn finish(mut self, row: &InboxRow) -> Result<(), AppError> {
        if !self.session.handled(row.id, self.now).await? {
            return Ok(());
        }
        for part in &row.also {
            self.session.handled(*part, self.now).await?;
        }
        self.forget_secret(row).await?;
        self.commit().await
    }

    pub(super) async fn hear(
        &mut self,
        incoming: &Incoming,
        group: Option<Group>,
        sent: Option<Sent>,
    ) -> Result<(), AppError> {
        // As it is now: somebody may have moved or renamed it since it was looked up.
        let group = group.and_then(|g| self.snapshot.groups.iter().find(|known| known.id == g.id).cloned());
        let user = &incoming.from.user;
        let member = self.snapshot.members.iter().find(|m| m.accounts.contains(user)).cloned();
        let member = member.filter(|_| !incoming.is_anonymous());
        match (&incoming.heard, member) {
            // Telegram tells of a group that became a supergroup as if the bot was added to another one.
            (Heard::BotAdded { .. }, _) if self.session.is_moved_to(&incoming.chat).await? => Ok(()),
            (Heard::BotAdded { .. }, _) => {
                self.reply(
                    &incoming.chat,
                    &Reply::Hello { bound: group.is_some() },
                    super::speak::Manner::default(),
                )
                .await?;
                Ok(())
            }
            (Heard::BotRemoved, _) => Ok(()),
            (Heard::BotRights { .. }, _) => Ok(()),
            (Heard::Renamed { title }, _) => self.rename_group(group, title).await,
            (Heard::MemberLeft, Some(member)) => self.member_left(&member, group).await,
            (Heard::MemberLeft, None) => Ok(()),
            (Heard::Migrated { to }, _) => Ok(self.session.migrate_chat(&incoming.chat, to).await?),
            (_, None) => self.hear_unknown(incoming, group.as_ref()).await,
            (Heard::Press { message, action, press }, Some(member)) => {
                let member = self.remember_chat(incoming, member).await?;
                self.offer_officer_commands(incoming, &member).await?;
                let place = MessageRef { chat: incoming.chat.clone(), id: message.clone() };
                let press = Press {
                    member,
                    place,
                    group,
                    action: action.clone(),
                    press: press.clone(),
                    at: incoming.at.trunc_subsecs(3),
                    user: incoming.from.user.clone(),
                };
                self.press(press).await
            }
            // Words of somebody else that are passed on in a group are talk, unless they answer the bot.
            (Heard::Message { origin, quote, .. }, Some(member))
                if origin.writer.is_some()
                    && group.is_some()
                    && !member.directs()
                    && !quote.as_ref().is_some_and(|q| q.of_bot) =>
            {
                Ok(())
            }
            (Heard::Message { message, text, quote, attachments, edited, origin }, Some(member)) => {
                let member = self.remember_chat(incoming, member).await?;
                self.offer_officer_commands(incoming, &member).await?;
                let message = Message {
                    member,
                    place: MessageRef { chat: incoming.chat.clone(), id: message.clone() },
                    group,
                    text: text.clone(),
                    quote: quote.clone(),
                    attachments: attachments.clone(),
                    edited: *edited,
                    at: incoming.at.trunc_subsecs(3),
                    user: incoming.from.user.clone(),
                    topic: origin.topic.clone(),
                };
                match sent {
                    Some(Sent::File(file)) => self.take_file(message, file).await,
                    Some(Sent::Workbooks(workbooks)) => self.take_workbooks(message, workbooks).await,
                    None => self.message(message).await,
                }
            }
        }
    }

    /// A person who writes privately can be written to privately from now on.
    async fn remember_chat(&mut self, incoming: &Incoming, mut member: Member) -> Result<Member, AppError> {
        if incoming.chat_kind == ChatKind::Private && !member.private_chats.contains(&incoming.chat) {
            member.private_chats.push(incoming.chat.clone());
            self.session.update_member(&member).await?;
            if let Some(known) = self.snapshot.members.iter_mut().find(|m| m.id == member.id) {
                *known = member.clone();
            }
        }
        Ok(member)
    }

    pub(super) async fn message(&mut self, mut message: Message) -> Result<(), AppError> {
        let taken = self.tell_lost_files(&mut message).await?
            || self.hear_untold_file(&message).await?
            || self.hear_paste(&message).await?
            || self.answer_pending(&message).await?
            || self.decide_by_words(&message).await?
            || self.hear_claim(&message).await?
            || self.hear_link_wish(&message).await?
            || self.withdraw_wish(&message).await?
            || self.hear_leave(&message).await?
            || self.order(&message).await?
            || self.ask_decision_again(&message).await?;
        if taken {
            return Ok(());
        }
        if asks_if_genuine(&message.text, false) {
            return self.answer_genuine(&message, None).await;
        }
        self.answer(&message).await
    }
}
