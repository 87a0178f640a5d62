//! What an officer answers in words to a school's wish for more time: "đồng ý", "cho đến thứ 6 thôi", "không, hạn là hạn".

use chrono::{DateTime, Utc};

use super::AppError;
use super::extend::Decision;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::{About, Reaction};
use crate::domain::{Extension, ExtensionState, Member, MoreTime, Reply, SchoolId, Task, TaskId};
use crate::understand::{Answered, Verdict, Whose, sounds_like_verdict, verdict};
use crate::vietnamese::fold_words;

/// An answer that quotes nothing is taken for one to the only open request up to this length; longer ones are talk.
const MOST_WORDS: usize = 10;

impl Work<'_> {
    /// Follows an officer's words that decide a request: the one that is quoted; in private the one whose school is named, or
    /// the one that the bot told last while nothing else waits for an answer. Whether they did.
    pub(super) async fn decide_by_words(&mut self, message: &Message) -> Result<bool, AppError> {
        let text = message.text.trim();
        if !message.member.directs() || text.is_empty() || text.starts_with('/') {
            return Ok(false);
        }
        let quoted = self.quoted_request(message).await?;
        let short = text.split_whitespace().count() <= MOST_WORDS;
        let mut words = text.to_owned();
        let extension = match quoted.clone() {
            Some(extension) => extension,
            None if message.group.is_none() && message.quote.is_none() && short => {
                match self.meant_request(message).await? {
                    Some((extension, rest)) => {
                        words = rest;
                        extension
                    }
                    None => return Ok(false),
                }
            }
            None => return Ok(false),
        };
        let Some(task) = self.own_task(extension.task).await? else { return Ok(false) };
        let zone = self.snapshot.office.zone;
        let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
        let due = self.deadline(&task).map(|d| local(d).date());
        let Some(verdict) = verdict(&words, local(message.at), due) else { return Ok(false) };
        let by = message.member.clone();
        let decision = self.decision(&verdict);
        let all = match verdict.all {
            Some(count) => Whose::Asking { count },
            None => Whose::Schools(vec![extension.school]),
        };
        let replies = match all {
            Whose::Schools(_) => vec![self.decide(&by, extension, decision).await?],
            asking => self.decide_asking(&by, &task, &asking, decision).await?,
        };
        let asker = quoted.map(|e| self.school_name(e.school));
        for reply in &replies {
            if let Reply::MoreTime(MoreTime::Decided { school, .. }) = reply
                && asker.as_ref() == Some(school)
            {
                self.reword_quoted(message, reply).await?;
                continue;
            }
            self.reply_to_order(message, reply).await?;
        }
        Ok(true)
    }

    /// An answer to a request that is neither yes nor no nor a day, and orders nothing else: asked once more with its
    /// buttons. Whether it was one.
    pub(super) async fn ask_decision_again(&mut self, message: &Message) -> Result<bool, AppError> {
        if !message.member.directs() {
            return Ok(false);
        }
        let quoted = self.quoted_request(message).await?;
        let alone = message.group.is_none() && message.quote.is_none() && sounds_like_verdict(&message.text);
        let told = if quoted.is_none() && alone { self.meant_request(message).await? } else { None };
        let Some(extension) = quoted.or(told.map(|(extension, _)| extension)) else { return Ok(false) };
        let Some(task) = self.own_task(extension.task).await? else { return Ok(false) };
        if extension.state != ExtensionState::Asked {
            return Ok(false);
        }
        let reply = Reply::MoreTime(MoreTime::Unclear {
            id: extension.id,
            school: self.school_name(extension.school),
            code: task.code(),
            until: extension.until,
        });
        let about = About {
            tasks: vec![task.id],
            school: Some(extension.school),
            extension: Some(extension.id),
            ..About::default()
        };
        let manner = Manner { about, reply_to: Some(message.place.id.clone()), ..Manner::default() };
        let chat = message.place.chat.clone();
        self.reply_privately(&message.member.clone(), &chat, &reply, manner).await?;
        Ok(true)
    }

    /// The request that words without a quote are about, and the words beside the name of its school.
    async fn meant_request(&mut self, message: &Message) -> Result<Option<(Extension, String)>, AppError> {
        let open = self.session.asked_extensions(self.office()).await?;
        let named: Vec<(Extension, String)> = open
            .iter()
            .filter_map(|e| Some((e.clone(), without_name(&message.text, &self.school_name(e.school))?)))
            .collect();
        match named.as_slice() {
            [only] => return Ok(Some(only.clone())),
            [] => {}
            _ => return Ok(None),
        }
        if !self.waiting(message).await?.is_empty() {
            return Ok(None);
        }
        let last = self.session.last_said_in(&message.place.chat).await?.and_then(|about| about.extension);
        let meant = open.into_iter().find(|e| Some(e.id) == last);
        Ok(meant.map(|extension| (extension, message.text.trim().to_owned())))
    }

    async fn quoted_request(&mut self, message: &Message) -> Result<Option<Extension>, AppError> {
        let Some(quoted) = message.quote.as_ref().and_then(|q| q.message.clone()) else { return Ok(None) };
        let said = self.session.row_of_message(&message.place.chat, &quoted).await?;
        let said = said.filter(|s| s.office == Some(self.office()));
        match said.and_then(|s| s.about.extension) {
            Some(id) => Ok(self.session.extension(id).await?),
            None => Ok(None),
        }
    }

    fn decision(&self, verdict: &Verdict) -> Decision {
        match &verdict.answer {
            Answered::Granted { until } => Decision::Grant(until.as_ref().map(|u| self.moment(u))),
            Answered::Refused { words } => Decision::Refuse(words.clone()),
        }
    }

    /// The request that was answered shows what became of it; it is said anew where messages cannot be edited.
    async fn reword_quoted(&mut self, message: &Message, reply: &Reply) -> Result<(), AppError> {
        let quoted = message.quote.as_ref().and_then(|q| q.message.clone()).unwrap_or_default();
        let Some(said) = self.session.row_of_message(&message.place.chat, &quoted).await? else {
            return self.reply_to_order(message, reply).await;
        };
        self.react(&message.place, Reaction::Recorded).await?;
        self.reword(&message.place.chat.clone(), said.id, reply).await
    }

    /// Decides for the schools that are meant: named ones, or those that ask for more time for the task.
    pub(super) async fn decide_for(
        &mut self,
        by: &Member,
        task: TaskId,
        whose: &Whose,
        decision: Decision,
    ) -> Result<Vec<Reply>, AppError> {
        let Some(task) = self.own_task(task).await? else { return Ok(vec![Reply::Nothing]) };
        let schools = match whose {
            Whose::Schools(schools) => schools.clone(),
            asking => return self.decide_asking(by, &task, asking, decision).await,
        };
        let mut replies = Vec::new();
        for school in schools {
            replies.push(self.decide_one(by, &task, school, decision.clone()).await?);
        }
        Ok(replies)
    }

    async fn decide_one(
        &mut self,
        by: &Member,
        task: &Task,
        school: SchoolId,
        decision: Decision,
    ) -> Result<Reply, AppError> {
        match (self.standing(task.id, school).extension, decision) {
            (Some(extension), decision) => self.decide(by, extension, decision).await,
            (None, Decision::Grant(Some(until))) => self.extend(by, task, school, until, String::new()).await,
            // Nothing was asked: there is nothing to grant without a day.
            (None, _) => Ok(Reply::CommandFault {
                address: crate::domain::Address::of(&by.name),
                fault: crate::domain::CommandProblem::Missing { part: "date".into() },
                example: self.voice().command_example("giahan"),
            }),
        }
    }

    /// "Cả 3 trường": every school that asks for more time for the task, if it is as many as were meant.
    async fn decide_asking(
        &mut self,
        by: &Member,
        task: &Task,
        whose: &Whose,
        decision: Decision,
    ) -> Result<Vec<Reply>, AppError> {
        let mut asked = self.session.asked_extensions(self.office()).await?;
        asked.retain(|e| e.task == task.id);
        let meant = match whose {
            Whose::Asking { count: Some(count) } => *count == asked.len(),
            _ => !asked.is_empty(),
        };
        if !meant {
            let asking = asked.iter().map(|e| self.school_name(e.school)).collect();
            return Ok(vec![Reply::MoreTime(MoreTime::OtherCount { code: task.code(), asking })]);
        }
        let mut replies = Vec::new();
        for extension in asked {
            replies.push(self.decide(by, extension, decision.clone()).await?);
        }
        Ok(replies)
    }
}

/// The words beside the name of a school; `None` when it is not named.
fn without_name(text: &str, school: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |w: &str| fold_words(w);
    let folded: Vec<String> = words.iter().map(|w| bare(w)).collect();
    let name: Vec<String> = school.split_whitespace().map(bare).collect();
    // "MN Hoa Sen", and "Hoa Sen" alone.
    let short = name.get(1..).filter(|rest| rest.len() > 1).unwrap_or(&name);
    [&name[..], short].into_iter().filter(|name| !name.is_empty()).find_map(|name| {
        let at = folded.windows(name.len()).position(|run| run == name)?;
        let rest: Vec<&str> = words[..at].iter().chain(&words[at + name.len()..]).copied().collect();
        Some(rest.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::without_name;

    #[test]
    fn the_name_of_a_school_is_taken_out_of_an_answer() {
        for (text, rest) in [
            ("đồng ý MN Hoa Sen", Some("đồng ý")),
            ("hoa sen: cho đến 20/10", Some("cho đến 20/10")),
            ("đồng ý", None),
            ("đồng ý Hoa Mai", None),
        ] {
            assert_eq!(without_name(text, "MN Hoa Sen").as_deref(), rest, "{text}");
        }
    }
}
