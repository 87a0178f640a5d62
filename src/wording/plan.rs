//! What the plans of bots allow, in words.

use chrono::{DateTime, Utc};
use i18n_embed_fl::fl;

use super::Voice;
use crate::chat::{Outgoing, Text};
use crate::domain::{FullBot, PlanUse, Reply, Supply};

pub(super) fn say(voice: Voice, reply: &Reply) -> Outgoing {
    let words = voice.words();
    let said = match reply {
        Reply::FewMessages { used, supply } => {
            let line = voice.plan_messages(used);
            let how = match supply {
                _ if used.refused_since.is_some() => fl!(words, "plan-refused-how"),
                Supply::Spent => fl!(words, "plan-spent"),
                Supply::Reserve => fl!(words, "plan-reserve"),
                _ => fl!(words, "plan-scarce", reserve = used.budget.reserve().to_string()),
            };
            format!("{line}\n{how}")
        }
        Reply::FewPlaces { used, room } => {
            let (people, most) = used.people;
            let (bot, people, most) = (used.bot.clone(), people.to_string(), most.to_string());
            match room.clone() {
                Some(room) => {
                    fl!(words, "plan-people-room", bot = bot, people = people, most = most, room = room)
                }
                None => fl!(words, "plan-people", bot = bot, people = people, most = most),
            }
        }
        Reply::GroupsFull(full) => {
            let (bot, most) = (full.bot.clone(), full.most.to_string());
            match full.room.clone() {
                Some(room) => fl!(words, "groups-full-room", bot = bot, most = most, room = room),
                None => fl!(words, "groups-full", bot = bot, most = most),
            }
        }
        Reply::BotShut { bot, since } => {
            fl!(words, "bot-shut", bot = bot.clone(), since = voice.since(*since))
        }
        _ => String::new(),
    };
    Outgoing { text: Text::plain(said), buttons: vec![] }
}

impl Voice {
    /// The messages of a month: "Bot Giao ban: 412/3000 tin tháng này (gửi 210, nhận 202)".
    pub fn plan_messages(&self, used: &PlanUse) -> String {
        let budget = &used.budget;
        let (bot, percent) = (used.bot.clone(), budget.percent().to_string());
        let (count, most) = (budget.used().to_string(), budget.most.to_string());
        let (sent, received) = (budget.sent.to_string(), budget.received.to_string());
        let words = self.words();
        let said = fl!(
            words,
            "plan-messages",
            bot = bot,
            used = count,
            most = most,
            percent = percent,
            sent = sent,
            received = received
        );
        match used.refused_since {
            Some(since) => fl!(words, "plan-refused", messages = said, since = self.since(since)),
            None => said,
        }
    }

    fn since(&self, at: DateTime<Utc>) -> String {
        format!("{} {}", self.clock(at), self.full_day(self.local_day(at)))
    }

    /// A bot that has no room for more people.
    pub(super) fn full_of_people(&self, full: &FullBot) -> String {
        let (words, bot, most) = (self.words(), full.bot.clone(), full.most.to_string());
        match full.room.clone() {
            Some(room) => fl!(words, "people-full-room", bot = bot, most = most, room = room),
            None => fl!(words, "people-full", bot = bot, most = most),
        }
    }

    /// A bot that has no room for more groups, to whoever is about to bind one.
    pub(super) fn full_of_groups(&self, full: &FullBot) -> String {
        let (words, bot, most) = (self.words(), full.bot.clone(), full.most.to_string());
        match full.room.clone() {
            Some(room) => fl!(words, "group-code-room", bot = bot, most = most, room = room),
            None => fl!(words, "group-code-full", bot = bot, most = most),
        }
    }

    /// One bot with all that its plan allows.
    pub fn plan(&self, used: &PlanUse) -> String {
        let of =
            |(many, most): (u32, u32)| if most == 0 { many.to_string() } else { format!("{many}/{most}") };
        let (groups, people) = (of(used.groups), of(used.people));
        let messages = self.plan_messages(used);
        let line = fl!(self.words(), "plan-line", messages = messages, groups = groups, people = people);
        match &used.hook {
            Some(why) => fl!(self.words(), "plan-hook", line = line, why = why.clone()),
            None => line,
        }
    }
}
