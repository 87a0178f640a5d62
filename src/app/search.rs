//! "Nộp rồi mà": what came from a school is looked through, shown, and recorded with the moment at which it came.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::AppError;
use super::bind::Bound;
use super::message::Message;
use super::more_time::names;
use super::pending::Pending;
use super::record::{Giver, Landing, fields_of};
use super::work::Work;
use crate::chat::{About, Attachment, Heard, Incoming};
use crate::domain::{
    Address, ConfirmationLevel, Field, Member, MessageRef, Reply, SchoolId, SearchReply, Task, TaskId,
    Unread, Value, Values,
};
use crate::understand::{Asked, claims_sent, read};

/// How many messages of a chat are looked through.
const MOST_MESSAGES: u32 = 2000;
/// How much of a message is shown.
const EXCERPT: usize = 120;

/// What was found of what a school says that it has sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Found {
    pub(super) task: TaskId,
    pub(super) school: SchoolId,
    /// All values that the answer would then have.
    values: Values,
    at: DateTime<Utc>,
    message: MessageRef,
    words: String,
    /// The task to which the message was booked.
    booked: Option<TaskId>,
}

/// For which of a school's tasks is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    /// The one that the school names: a message with a wrong code may be its.
    Named,
    /// Each that is missed.
    Several,
}

/// What a message would be as an answer to a task.
enum Fit {
    /// It says nothing for it.
    None,
    /// It is about it, and contradicts itself or leaves open what is what.
    Unread,
    /// All values that the answer would then have.
    Answer(Values),
}

/// A message of a school, as it was heard.
struct Sent {
    at: DateTime<Utc>,
    place: MessageRef,
    text: String,
    attachments: Vec<Attachment>,
}

impl Work<'_> {
    /// A school's word that it has sent what is missed. Whether it was that.
    pub(super) async fn hear_claim(&mut self, message: &Message) -> Result<bool, AppError> {
        // Where the bot hears only what is said to it, all is.
        let to_bot = message.is_addressed() || !self.hears_all(&message.place.chat).await?;
        if message.member.schools().is_empty() || !claims_sent(&message.text, to_bot) {
            return Ok(false);
        }
        let quoted = self.bind(message).await?.quoted;
        let mut answered = false;
        for school in message.member.schools() {
            let claimed = self.claimed(school, &message.text, &quoted);
            if claimed.is_empty() {
                answered |= self.show_settled(message, school).await?;
                continue;
            }
            answered = true;
            if let [task] = &claimed[..] {
                self.look_for(message, school, task).await?;
                continue;
            }
            // Of several, only what was found is offered; the rest is told in one message.
            let mut without = Vec::new();
            let mut unread = None;
            for task in claimed {
                match self.find(message, school, &task, Among::Several).await? {
                    (Some(found), _) => self.offer(message, school, &task, found).await?,
                    (None, near) => {
                        without.push(task.code());
                        unread = near.or(unread);
                    }
                }
            }
            if !without.is_empty() {
                let reply = Reply::Search(SearchReply::NothingOf {
                    address: Address::of(&message.member.name),
                    school: self.school_name(school),
                    codes: without,
                    unread,
                });
                self.reply_to_order(message, &reply).await?;
            }
        }
        Ok(answered)
    }

    /// The tasks that are meant: by code, by quote, else all that want a submission and are missed.
    fn claimed(&self, school: SchoolId, text: &str, quoted: &[TaskId]) -> Vec<Task> {
        let Some(own) = self.school(school) else { return vec![] };
        let open = |t: &&Task| t.is_open() && t.wants_answer() && t.scope.holds(own);
        let open: Vec<&Task> = self.snapshot.tasks.iter().filter(open).collect();
        let told: Vec<Task> =
            open.iter().filter(|t| names(text, t) || quoted.contains(&t.id)).map(|t| (*t).clone()).collect();
        if !told.is_empty() {
            return told;
        }
        let missed = |t: &&&Task| {
            let standing = self.standing(t.id, school);
            !standing.is_settled() && standing.exempt.is_none()
        };
        open.iter().filter(missed).map(|t| (*t).clone()).collect()
    }

    /// Looks for what a school has sent to a task, and says what was found or what exactly is missing.
    pub(super) async fn look_for(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
    ) -> Result<(), AppError> {
        let standing = self.standing(task.id, school);
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let given = standing.submission.as_ref().map(|s| s.values.clone()).unwrap_or_default();
        if let Some(at) = standing.settled_at.filter(|_| standing.is_settled()) {
            let (school, code, values) = (self.school_name(school), task.code(), shown(task, &given));
            let reply = Reply::Search(SearchReply::Settled { school, code, at, values });
            return self.reply_to_order(message, &reply).await;
        }
        let unread = match self.find(message, school, task, Among::Named).await? {
            (Some(found), _) => return self.offer(message, school, task, found).await,
            (None, unread) => unread,
        };
        if task.form.is_empty() {
            // Nothing is asked for but that it is done, and the school says so.
            self.confirm_task(message, task, school, ConfirmationLevel::Done).await?;
            if self.standing(task.id, school).is_settled() {
                let (school, codes) = (self.school_name(school), vec![task.code()]);
                let reply = Reply::Recorded { school, codes, done: true, on_behalf: false };
                return self.reply_to_order(message, &reply).await;
            }
        }
        let missing = self.missing(task, school, &given);
        let hears = self.hears_all(&message.place.chat).await?;
        let reply = Reply::Search(SearchReply::Nothing {
            address: Address::of(&message.member.name),
            school: self.school_name(school),
            code: task.code(),
            since: task.posted_at,
            values: shown(task, &given),
            missing: missing.clone(),
            unread,
            deaf: !hears,
        });
        let fields = missing.iter().map(|f| f.key.clone()).collect();
        let asked = Asked::Fields { task: task.id, school, fields, given: Values::new() };
        self.ask_privately(message, &reply, asked, about).await
    }

    /// Nothing is missed: what the school gave last is shown, with its moment. Whether there was something.
    async fn show_settled(&mut self, message: &Message, school: SchoolId) -> Result<bool, AppError> {
        let last = self.last_settled(school);
        let Some(task) = last else { return Ok(false) };
        self.look_for(message, school, &task).await?;
        Ok(true)
    }

    fn last_settled(&self, school: SchoolId) -> Option<Task> {
        let settled = |task: &Task| self.standing(task.id, school).settled_at;
        let open = self.snapshot.tasks.iter().filter(|t| t.is_open() && t.wants_answer());
        let last = open.filter_map(|t| Some((settled(t)?, t.code, t))).max_by_key(|l| (l.0, l.1));
        last.map(|(_, _, task)| task.clone())
    }

    /// Shows what was found, and asks whether it is to count.
    async fn offer(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        found: Found,
    ) -> Result<(), AppError> {
        let reply = Reply::Search(SearchReply::Offer {
            address: Address::of(&message.member.name),
            school: self.school_name(school),
            code: task.code(),
            at: found.at,
            words: found.words.clone(),
            values: shown(task, &found.values),
            booked: found.booked.and_then(|t| self.snapshot.task(t)).map(Task::code),
            missing: self.missing(task, school, &found.values).into_iter().map(|f| f.label).collect(),
        });
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        self.ask_privately(message, &reply, Pending::Found(Box::new(found)), about).await
    }

    fn missing(&self, task: &Task, school: SchoolId, values: &Values) -> Vec<Field> {
        task.form.gaps(values, &self.usual(task, school).beside()).into_iter().cloned().collect()
    }

    /// The message that, taken for an answer to the task, would say most: the first that says all of it.
    async fn find(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        among: Among,
    ) -> Result<(Option<Found>, Option<Unread>), AppError> {
        let before = self.standing(task.id, school).submission.map(|s| s.values).unwrap_or_default();
        let mut best: Option<Found> = None;
        let mut unread: Option<Unread> = None;
        for (member, sent) in self.sent_by(school, task, message).await? {
            let booked = self.session.submissions_by_message(&sent.place).await?;
            // Where no task was named, what names another by its code was meant for that one.
            let others = self.snapshot.tasks.iter().filter(|t| t.id != task.id);
            let meant =
                others.filter(|t| t.is_open()).any(|t| names(&sent.text, t)) && !names(&sent.text, task);
            if meant && among == Among::Several || booked.iter().any(|s| s.task == task.id) {
                continue;
            }
            let words = || sent.text.chars().take(EXCERPT).collect::<String>();
            let values = match self.as_answer(message, &member, &sent, school, task) {
                Fit::Answer(values) => values,
                Fit::Unread if booked.is_empty() && !meant => {
                    unread = Some(Unread { at: sent.at, words: words() });
                    continue;
                }
                Fit::Unread | Fit::None => continue,
            };
            let news = values.iter().filter(|(key, value)| before.get(*key) != Some(value)).count();
            let most = best.as_ref().map_or(0, |b| {
                b.values.iter().filter(|(key, value)| before.get(*key) != Some(value)).count()
            });
            let whole = |values: &Values| self.missing(task, school, values).is_empty() && !values.is_empty();
            if news <= most || best.as_ref().is_some_and(|b| whole(&b.values)) {
                continue;
            }
            best = Some(Found {
                task: task.id,
                school,
                values,
                at: sent.at,
                message: sent.place.clone(),
                words: words(),
                booked: booked.first().map(|s| s.task),
            });
        }
        Ok((best, unread))
    }

    /// What the people of a school have said since the task went out, in their groups and privately, oldest first.
    async fn sent_by(
        &mut self,
        school: SchoolId,
        task: &Task,
        except: &Message,
    ) -> Result<Vec<(Member, Sent)>, AppError> {
        let people = self.people_of(school);
        let groups = self.snapshot.groups.iter().filter(|g| g.holds(school)).map(|g| g.chat.clone());
        let private = people.iter().flat_map(|m| m.private_chats.clone());
        let chats: HashSet<_> = groups.chain(private).collect();
        let since = task.posted_at.unwrap_or(self.now - chrono::Duration::days(60));
        let mut all = Vec::new();
        for chat in chats {
            for incoming in self.session.heard_in(&chat, since, MOST_MESSAGES).await? {
                let Incoming { at, chat, from, heard, .. } = incoming;
                let Heard::Message { message, text, attachments, .. } = heard else { continue };
                let place = MessageRef { chat, id: message };
                let by = people.iter().find(|m| m.accounts.contains(&from.user));
                let Some(by) = by.filter(|_| place != except.place) else { continue };
                if !text.starts_with('/') && !claims_sent(&text, true) {
                    all.push((by.clone(), Sent { at, place, text, attachments }));
                }
            }
        }
        all.sort_by_key(|(_, sent)| sent.at);
        Ok(all)
    }

    /// What a message would be as an answer to the task.
    fn as_answer(
        &self,
        message: &Message,
        member: &Member,
        sent: &Sent,
        school: SchoolId,
        task: &Task,
    ) -> Fit {
        let told = Message {
            member: member.clone(),
            place: sent.place.clone(),
            text: sent.text.clone(),
            quote: None,
            attachments: sent.attachments.clone(),
            edited: false,
            at: sent.at,
            ..message.clone()
        };
        let bound = Bound { quoted: vec![task.id], ..Bound::default() };
        let reading = self.with_context(&told, &bound, &[], |context| read(&sent.text, context));
        let own = reading.acts.iter().filter(|act| act.school.is_none_or(|s| s == school));
        // What names another task was meant for it, unless it fits this one by the names of its fields.
        let Some(given) = own.filter_map(|act| act.given()).next() else { return Fit::None };
        let of_task = given.values.keys().filter(|key| task.form.field(key).is_some()).count();
        if of_task < given.values.len() || !given.loose.is_empty() {
            return if of_task > 0 { Fit::Unread } else { Fit::None };
        }
        let values = self.values(task, school, given, &sent.attachments, false);
        let contradicts = !task.form.contradictions(&values, &self.usual(task, school).beside()).is_empty();
        match (values.is_empty(), contradicts) {
            (true, _) => Fit::None,
            (false, true) => Fit::Unread,
            (false, false) => Fit::Answer(values),
        }
    }

    /// Records what was found, with the moment at which it came.
    pub(super) async fn take_found(&mut self, message: &Message, found: Found) -> Result<Reply, AppError> {
        let Some(task) = self.snapshot.task(found.task).cloned() else { return Ok(Reply::Expired) };
        let giver = Giver {
            by: message.member.id,
            on_behalf: false,
            message: Some(found.message.clone()),
            at: found.at,
            kept: vec![],
            // The values were shown and agreed to.
            trusted: true,
            corrects: false,
        };
        let (school, at) = (found.school, found.at);
        match self.land(&task, school, found.values, giver).await? {
            Landing::Stored(read_back) | Landing::Same(read_back) => {
                // Only what has landed is taken from where it was booked.
                if let Some(other) = found.booked.and_then(|t| self.snapshot.task(t)).cloned() {
                    self.unbook(message, &other, school, &found.message).await?;
                }
                let booked = found.booked.and_then(|t| self.snapshot.task(t)).map(Task::code);
                let detail = json!({ "task": task.id, "school": school, "at": at, "booked": booked });
                self.audit(Some(message.member.id), "submission.repaired", detail).await?;
                let (school_name, code) = (self.school_name(school), task.code());
                let told = SearchReply::Repaired { school: school_name, code, at, booked };
                let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
                self.tell_specialists(&Reply::Search(told), &about).await?;
                Ok(Reply::ReadBack(*read_back))
            }
            Landing::Faulty(_) | Landing::Odd(..) | Landing::StillReturned(_) | Landing::Nothing => {
                Ok(Reply::Expired)
            }
        }
    }

    /// A message that was booked to another task is taken from it, where it is still what counts there.
    async fn unbook(
        &mut self,
        message: &Message,
        other: &Task,
        school: SchoolId,
        place: &MessageRef,
    ) -> Result<(), AppError> {
        let counts = self.standing(other.id, school).submission.and_then(|s| s.message);
        if counts.as_ref() == Some(place) {
            self.take_back(message, school, other).await?;
        }
        Ok(())
    }
}

fn shown(task: &Task, values: &Values) -> Vec<(Field, Value)> {
    let fields = fields_of(task, values);
    fields.into_iter().filter_map(|f| values.get(&f.key).cloned().map(|v| (f, v))).collect()
}
