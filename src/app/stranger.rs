//! People and groups that no office knows: never counted as a school, told once how to join.

use chrono::{DateTime, Duration, NaiveTime, Utc};

use super::joining::stranger_order;
use super::speak::{Cut, Manner, fit};
use super::work::Work;
use super::{App, AppError};
use crate::chat::{About, ChatKind, Deed, Heard, Incoming};
use crate::domain::{ChatRef, CommandProblem, Group, JoinReply, Language, OfficeId, Reply, instant};
use crate::store::{InboxRow, NewOutboxRow, Session};
use crate::understand::{Command, CommandFault, Join, SchoolIndex};
use crate::wording::{Voice, answer};

/// How long the first word in a new group waits for the group to be bound.
const BINDING: Duration = Duration::seconds(2);

impl App {
    /// An update from a chat and a person that belong to no office.
    pub(super) async fn hear_stranger(&self, row: &InboxRow) -> Result<(), AppError> {
        let incoming = &row.incoming;
        let order = order_of(incoming);
        let hidden = order.is_some() && incoming.is_anonymous();
        if !hidden && let Some(office) = self.office_to_join(incoming, order.as_ref()).await? {
            let mut work = Work::begin(self, office).await?;
            work.hear_joining(incoming).await?;
            return work.finish(row).await;
        }
        let talks = matches!(incoming.heard, Heard::Message { .. }) && !matches!(order, Some(Order::Code(_)));
        if talks && incoming.chat_kind == ChatKind::Private {
            let offices = self.store.read().await?.offices().await?;
            if let [only] = offices.as_slice() {
                let mut work = Work::begin(self, only.id).await?;
                work.hear_unknown(incoming, None).await?;
                return work.finish(row).await;
            }
        }
        // Added without the right to write, it says who it is once it may.
        let silent = matches!(incoming.heard, Heard::BotRights { write: true, .. })
            && incoming.chat_kind == ChatKind::Group
            && !self.store.read().await?.has_said(&incoming.chat).await?;
        let reply = match (&incoming.heard, incoming.chat_kind, &order) {
            _ if silent => Some(Reply::Hello { bound: false }),
            _ if hidden => Some(Reply::Join(JoinReply::Anonymous)),
            (Heard::Message { .. }, ChatKind::Group, Some(Order::BindBy(_))) => {
                Some(Reply::Join(JoinReply::BadCode))
            }
            (Heard::BotAdded { .. }, ..) | (Heard::Message { .. }, ChatKind::Group, Some(_)) => {
                Some(Reply::Hello { bound: false })
            }
            (Heard::Message { .. }, ChatKind::Private, Some(Order::Code(_))) => {
                Some(Reply::Join(JoinReply::BadCode))
            }
            (Heard::Message { .. }, ChatKind::Private, _) => Some(Reply::Join(JoinReply::HowTo)),
            _ => None,
        };
        let now = self.clock.now();
        let mut session = self.store.begin().await?;
        if let Some(reply) = reply {
            // Whoever adds the bot by a link that binds the group needs no word about binding it.
            let after =
                if matches!(incoming.heard, Heard::BotAdded { .. }) { BINDING } else { Duration::zero() };
            self.say_without_office(&mut session, &incoming.chat, &reply, now + after).await?;
        }
        if let Heard::Press { press, .. } = &incoming.heard {
            let voice = Voice { language: Language::default(), zone: chrono_tz::Asia::Ho_Chi_Minh };
            let deed = how_to_join(voice, press);
            session
                .enqueue(&NewOutboxRow::reply(self.ids.next(now), incoming.chat.clone(), deed, now))
                .await?;
        }
        if session.handled(row.id, now).await? {
            session.commit().await?;
        }
        Ok(())
    }

    /// Says a reply where no office is known, in the words that most read.
    pub(super) async fn say_without_office(
        &self,
        session: &mut Session,
        chat: &ChatRef,
        reply: &Reply,
        not_before: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let Some(capabilities) = self.capabilities(&chat.platform) else { return Ok(()) };
        let now = self.clock.now();
        let voice = Voice { language: Language::default(), zone: chrono_tz::Asia::Ho_Chi_Minh };
        for (deed, _) in fit(&answer(voice, reply), capabilities, &About::default(), voice, &Cut::default()) {
            let row = NewOutboxRow::reply(self.ids.next(now), chat.clone(), deed, now);
            session.enqueue(&NewOutboxRow { not_before: Some(not_before), ..row }).await?;
        }
        Ok(())
    }

    /// The office that a stranger's words lead to: that of the code, the only one there is for the name of a school, or
    /// that of an officer who binds a group.
    async fn office_to_join(
        &self,
        incoming: &Incoming,
        order: Option<&Order>,
    ) -> Result<Option<OfficeId>, AppError> {
        let mut session = self.store.read().await?;
        match (incoming.chat_kind, order) {
            (ChatKind::Group, Some(Order::Bind)) => {
                let members = session.members_by_account(&incoming.from.user).await?;
                Ok(members.iter().find(|m| m.directs()).map(|m| m.office))
            }
            (ChatKind::Group, Some(Order::BindBy(code))) => Ok(session.code(code).await?.map(|c| c.office)),
            (ChatKind::Private, Some(Order::Code(code))) => Ok(session.code(code).await?.map(|c| c.office)),
            (ChatKind::Private, Some(Order::School)) => {
                let offices = session.offices().await?;
                Ok(if let [only] = offices.as_slice() { Some(only.id) } else { None })
            }
            _ => Ok(None),
        }
    }
}

/// The answer to a press of somebody unknown: only they see it.
fn how_to_join(voice: Voice, press: &str) -> Deed {
    let text = answer(voice, &Reply::Join(JoinReply::HowTo)).text.words();
    Deed::AnswerPress { press: press.to_owned(), text: text.chars().take(200).collect() }
}

/// What a stranger orders, as far as it matters before an office is known.
enum Order {
    /// Join by this code.
    Code(String),
    /// Join the school of a name.
    School,
    /// Bind the group.
    Bind,
    /// Bind the group by this code.
    BindBy(String),
    /// Something that strangers cannot order.
    Other,
}

fn order_of(incoming: &Incoming) -> Option<Order> {
    let Heard::Message { text, .. } = &incoming.heard else { return None };
    let nobody = SchoolIndex::new(&[]);
    let private = incoming.chat_kind == ChatKind::Private;
    Some(match stranger_order(text, private, &nobody, incoming.at.naive_utc())? {
        Ok(Command::Join(Join::Code(code))) => Order::Code(code),
        Ok(Command::Join(Join::School(_))) => Order::School,
        Ok(Command::BindGroup { .. }) => Order::Bind,
        Ok(Command::BindGroupBy { code, .. }) => Order::BindBy(code),
        // Without a register the schools of a group are unknown too.
        Err(CommandFault { command: Some("nhom"), .. }) => Order::Bind,
        Err(CommandFault { problem: CommandProblem::NoSuchSchool { .. }, .. }) => Order::School,
        _ => Order::Other,
    })
}

impl Work<'_> {
    /// A person whom this office does not know, in one of its groups or in private.
    pub(super) async fn hear_unknown(
        &mut self,
        incoming: &Incoming,
        group: Option<&Group>,
    ) -> Result<(), AppError> {
        match &incoming.heard {
            Heard::Press { press, .. } => self.deed(&incoming.chat, how_to_join(self.voice(), press)).await,
            // Whoever hides is nobody: a code or a school would be everybody's who hides there.
            Heard::Message { .. }
                if !incoming.is_anonymous()
                    && matches!(order_of(incoming), Some(Order::Code(_) | Order::School)) =>
            {
                self.hear_joining(incoming).await
            }
            Heard::Message { quote, .. } => {
                // Talk of people unknown is left alone; only who plainly answers the bot is told how to be counted.
                let orders = order_of(incoming).is_some();
                let answers = quote.as_ref().is_some_and(|q| q.of_bot) || orders;
                if group.is_some() && !answers {
                    return Ok(());
                }
                let day = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
                let midnight = instant(day, NaiveTime::MIN, self.snapshot.office.zone).timestamp();
                let user = &incoming.from.user;
                let key =
                    format!("how-to-join/{}/{}/{}/{midnight}", user.platform, user.id, incoming.chat.id);
                // Who talks is told once a day, who asks each time.
                let manner = Manner { key: (!orders).then_some(key), ..Manner::default() };
                let how = if incoming.is_anonymous() { JoinReply::Anonymous } else { JoinReply::HowTo };
                self.reply(&incoming.chat, &Reply::Join(how), manner).await?;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
