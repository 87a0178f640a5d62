//! What the bots have used of what their plans allow: told to the specialists before a limit is met, and shown when asked.

use std::collections::HashSet;
use std::sync::PoisonError;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;

use super::room::Room;
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{Platform, UPLOADED};
use crate::domain::{Budget, ChatRef, Member, Month, PlanUse, Reply, Supply, month_began};
use crate::store::{Session, StoreError};

/// From this share of the people on, in percent, it is told that there are few left.
const FEW_LEFT: u32 = 90;

/// A platform that says for a shorter time that messages are used up had its moods.
const PATIENCE: Duration = Duration::minutes(30);

impl App {
    /// What each bot has used whose platform has limits.
    pub async fn plans(&self) -> Result<Vec<PlanUse>, AppError> {
        let now = self.clock.now();
        let mut session = self.store.read().await?;
        let mut keys: Vec<&String> = self.platforms.keys().collect();
        keys.sort();
        let mut plans = Vec::new();
        for platform in keys.into_iter().filter_map(|key| self.platforms.get(key)) {
            plans.extend(plan(&mut session, &**platform, now).await?);
        }
        Ok(plans)
    }

    /// Looks at what keeps bots from speaking: from now on people are written to elsewhere, where they can be, and the
    /// specialists are told once.
    pub async fn watch_bots(&self) -> Result<(), AppError> {
        let now = self.clock.now();
        let mut silent = HashSet::new();
        for (platform, state) in self.store.read().await?.bot_states().await? {
            let Some(of) = self.platforms.get(&platform) else { continue };
            let used = plan(&mut self.store.read().await?, &**of, now).await?;
            let refused = used.as_ref().and_then(|used| used.refused_since);
            let spent = used.as_ref().is_some_and(|u| u.budget.most > 0 && u.budget.supply().is_spent());
            if state.shut_since.is_none() && refused.is_none() && !spent {
                continue;
            }
            silent.insert(platform.clone());
            if let Some(since) = state.shut_since {
                let reply = Reply::BotShut { bot: of.name(), since };
                let key = format!("shut/{platform}/{}", since.timestamp());
                self.tell_of_bot(&platform, &reply, &key).await?;
            } else if let (Some(since), Some(used)) = (refused, used)
                && now - since >= PATIENCE
            {
                let key = format!("quota/{platform}/{}", since.timestamp());
                self.tell_of_bot(&platform, &Reply::FewMessages { used, supply: Supply::Spent }, &key)
                    .await?;
            }
        }
        self.silent.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&silent);
        Ok(())
    }

    /// Whether the bot of a platform cannot speak for now, as far as is known.
    pub(super) fn is_silent(&self, platform: &str) -> bool {
        self.silent.lock().unwrap_or_else(PoisonError::into_inner).contains(platform)
    }

    /// The platform refuses the token of its bot: it stays silent until a person acts.
    pub async fn bot_is_shut(&self, platform: &str) -> Result<(), AppError> {
        let mut session = self.store.begin().await?;
        session.shut_bot(platform, self.clock.now()).await?;
        Ok(session.commit().await?)
    }

    /// The platform knows the token of its bot.
    pub async fn bot_is_open(&self, platform: &str) -> Result<(), AppError> {
        let mut session = self.store.begin().await?;
        session.open_bot(platform).await?;
        Ok(session.commit().await?)
    }

    /// Notes what a platform said of the address of our webhook; none where it reaches it.
    pub async fn note_hook(&self, platform: &str, said: Option<&str>) -> Result<(), AppError> {
        let mut session = self.store.begin().await?;
        session.note_hook(platform, said).await?;
        Ok(session.commit().await?)
    }

    async fn tell_of_bot(&self, platform: &str, reply: &Reply, key: &str) -> Result<(), AppError> {
        for office in self.store.read().await?.offices().await? {
            let mut work = Work::begin(self, office.id).await?;
            work.tell_of_plan(platform, reply, key).await?;
            work.commit().await?;
        }
        Ok(())
    }

    /// Tells the specialists of each office that uses a bot when its messages, groups or people run short; once each.
    pub(super) async fn watch_plan(&self, platform: &str) -> Result<(), AppError> {
        let now = self.clock.now();
        let Some(of) = self.platforms.get(platform) else { return Ok(()) };
        let used = plan(&mut self.store.read().await?, &**of, now).await?;
        let Some(used) = used else { return Ok(()) };
        let month = Month::of(now.with_timezone(&Ho_Chi_Minh).date_naive());
        let supply = used.budget.supply();
        let (people, most_people) = used.people;
        let crowded = most_people > 0 && people * 100 >= most_people * FEW_LEFT;
        let scarce = used.budget.most > 0 && supply >= Supply::Scarce;
        if !scarce && !crowded {
            return Ok(());
        }
        let room = self.room_beside(&mut self.store.read().await?, platform, Room::People).await?;
        for office in self.store.read().await?.offices().await? {
            let mut work = Work::begin(self, office.id).await?;
            if scarce {
                let key = format!("budget/{platform}/{month}/{supply:?}");
                work.tell_of_plan(platform, &Reply::FewMessages { used: used.clone(), supply }, &key).await?;
            }
            if crowded {
                let full = people >= most_people;
                let key = format!("people/{platform}/{full}");
                work.tell_of_plan(
                    platform,
                    &Reply::FewPlaces { used: used.clone(), room: room.clone() },
                    &key,
                )
                .await?;
            }
            work.commit().await?;
        }
        Ok(())
    }
}

/// What a bot has used; none where its platform has no limits.
async fn plan(
    session: &mut Session,
    platform: &dyn Platform,
    now: DateTime<Utc>,
) -> Result<Option<PlanUse>, StoreError> {
    let limits = &platform.capabilities().limits;
    let state = session.bot_state(platform.key()).await?;
    let began = month_began(now, Ho_Chi_Minh);
    let refused_since = state.quota_since.filter(|since| *since >= began);
    let unlimited = limits.per_month == 0 && limits.groups == 0 && limits.people == 0;
    if unlimited && refused_since.is_none() && state.hook.is_none() {
        return Ok(None);
    }
    let since = month_began(now, Ho_Chi_Minh);
    let (sent, received) = session.messages_since(platform.key(), since, UPLOADED).await?;
    let (groups, people) = session.chats_of(platform.key()).await?;
    Ok(Some(PlanUse {
        bot: platform.name(),
        budget: Budget { most: limits.per_month, sent, received, both: limits.counts_received },
        groups: (groups, limits.groups),
        people: (people, limits.people),
        refused_since,
        hook: state.hook,
    }))
}

impl Work<'_> {
    /// The bots through which this office speaks.
    pub(super) async fn plans_of_office(&mut self) -> Result<Vec<PlanUse>, AppError> {
        let mut plans = Vec::new();
        let mut keys: Vec<String> = self.app.platforms.keys().cloned().collect();
        keys.sort();
        for key in keys.into_iter().filter(|key| self.uses(key)).collect::<Vec<_>>() {
            if let Some(platform) = self.app.platforms.get(&key) {
                plans.extend(plan(&mut self.session, &**platform, self.now).await?);
            }
        }
        Ok(plans)
    }

    /// What the bot of a platform has used; none where it has no limits.
    pub(super) async fn plan_of(&mut self, platform: &str) -> Result<Option<PlanUse>, AppError> {
        let Some(platform) = self.app.platforms.get(platform) else { return Ok(None) };
        Ok(plan(&mut self.session, &**platform, self.now).await?)
    }

    /// Which of the groups that its bot may be in this one, bound last, is; none where there is no such limit.
    pub(super) async fn place_of_group(&mut self, chat: &ChatRef) -> Result<Option<(u32, u32)>, AppError> {
        let most = self.app.capabilities(&chat.platform).map_or(0, |c| c.limits.groups);
        if most == 0 {
            return Ok(None);
        }
        Ok(Some((self.session.bound_groups(&chat.platform).await?, most)))
    }

    pub(super) fn uses(&self, platform: &str) -> bool {
        let groups = self.snapshot.groups.iter().map(|group| &group.chat);
        let private = self.snapshot.members.iter().flat_map(|member| &member.private_chats);
        groups.chain(private).any(|chat| chat.platform == platform)
    }

    /// Told elsewhere, where a person can be reached elsewhere; unasked, so that it leaves when answers no longer do.
    async fn tell_of_plan(&mut self, platform: &str, reply: &Reply, key: &str) -> Result<(), AppError> {
        if !self.uses(platform) {
            return Ok(());
        }
        for member in self.specialists() {
            let Some(chat) = elsewhere(&member, platform) else { continue };
            let key = Some(format!("{key}/{}", member.id));
            self.reply(&chat, reply, Manner { key, bulk: true, ..Manner::default() }).await?;
        }
        Ok(())
    }
}

fn elsewhere(member: &Member, platform: &str) -> Option<ChatRef> {
    let chats = || member.private_chats.iter();
    chats().find(|chat| chat.platform != platform).or_else(|| chats().next()).cloned()
}
