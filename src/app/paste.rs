//! A stretch of chat that an officer pasted: who answered what, shown once before it counts, booked as "ghi hộ" with the
//! moments of the messages; and the other way, the text to put into a group that has no bot.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::AppError;
use super::bind::Bound;
use super::message::Message;
use super::pending::Pending;
use super::record::{Giver, Landing, fields_of};
use super::sender::Sender;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Confirmation, ConfirmationLevel, Member, Month, PasteReply, PastedAnswer, PastedLine, PastedName,
    ReadBack, Reply, Role, SchoolId, Task, TaskId, Values, instant,
};
use crate::understand::{
    Act, Binding, Intent, Pasted, Who, agreement, looks_pasted, pasted, read, spelled_name,
};
use crate::vietnamese::fold_words;

/// What was read in a stretch of chat, until it is agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The text as pasted, in the order of the messages that brought it.
    raw: String,
    /// Names of senders whose school an officer told, now or before.
    told: BTreeMap<String, SchoolId>,
    /// Schools told for lines alone, by their place among the messages.
    of: BTreeMap<usize, SchoolId>,
    /// Tasks told for lines, by their place among the messages.
    tasks: BTreeMap<usize, TaskId>,
    /// Lines that the officer dropped.
    dropped: Vec<usize>,
}

/// What one act of a message of the stretch comes to.
enum Line {
    /// An answer that may be booked.
    Answer { school: SchoolId, task: TaskId, what: What },
    /// It may be an answer, and something is not certain.
    Doubtful(Doubt),
}

enum What {
    Values(Values),
    Said(ConfirmationLevel),
}

/// Why a line is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Doubt {
    /// Nobody knows whose; perhaps of these.
    WhoseIsIt(Vec<SchoolId>),
    WhichTask,
    Unclear,
    WantsTime,
    /// Another person of the school said otherwise.
    Contradicts,
    /// The school has given something else since.
    Newer,
}

impl Work<'_> {
    /// A stretch of chat, known by its shape, that an officer sends privately. Whether it was one.
    pub(super) async fn hear_paste(&mut self, message: &Message) -> Result<bool, AppError> {
        let local = self.local(message);
        let heard = message.member.directs()
            && message.group.is_none()
            && !message.text.starts_with('/')
            && (looks_pasted(&message.text, local) || self.goes_on(message, local).await?);
        if heard {
            self.read_paste(message, &message.text).await?;
        }
        Ok(heard)
    }

    /// Whether a message with one head of a message goes on where a stretch that waits ended.
    async fn goes_on(&mut self, message: &Message, local: NaiveDateTime) -> Result<bool, AppError> {
        let waits = matches!(self.pending(message).await?, Some((_, Pending::Paste(_))));
        Ok(waits && !pasted(&message.text, false, local).is_empty())
    }

    /// Reads a stretch of chat; what comes while another waits goes on where that ended.
    pub(super) async fn read_paste(&mut self, message: &Message, text: &str) -> Result<(), AppError> {
        let mut draft = match self.pending(message).await? {
            Some((_, Pending::Paste(draft))) => *draft,
            _ => Draft { told: self.session.sender_names(self.office()).await?, ..Draft::default() },
        };
        if !draft.raw.is_empty() {
            draft.raw.push('\n');
        }
        draft.raw.push_str(text);
        self.show_paste(message, draft).await
    }

    async fn show_paste(&mut self, message: &Message, draft: Draft) -> Result<(), AppError> {
        let all = pasted(&draft.raw, true, self.local(message));
        let contradicting = self.contradicting(message, &draft, &all);
        let (mut answers, mut doubts, mut remembered) = (Vec::new(), Vec::new(), Vec::new());
        let mut talk = 0;
        for (n, one) in all.iter().enumerate() {
            let lines = self.read_message(message, &draft, n, one);
            if lines.is_empty() {
                talk += 1;
            }
            if let Some(school) = draft.told.get(&spelled_name(&one.name)).filter(|_| !lines.is_empty())
                && !remembered.iter().any(|r: &PastedName| r.name == one.name)
            {
                let school = self.school_name(*school);
                remembered.push(PastedName { number: n + 1, name: one.name.clone(), school });
            }
            for line in lines {
                match line {
                    Line::Answer { task, .. } if contradicting.contains(&(n, task)) => {
                        doubts.push(self.doubted(n, one, &Doubt::Contradicts));
                    }
                    Line::Answer { school, task, what } => {
                        answers.push(self.shown(n, one, school, task, &what));
                    }
                    Line::Doubtful(doubt) => doubts.push(self.doubted(n, one, &doubt)),
                }
            }
        }
        let reply = Reply::Paste(PasteReply::Preview { answers, doubts, talk, remembered });
        self.ask_privately(message, &reply, Pending::Paste(Box::new(draft)), About::default()).await
    }

    /// A doubtful line for the preview.
    fn doubted(&self, n: usize, one: &Pasted, doubt: &Doubt) -> PastedLine {
        let perhaps = match doubt {
            Doubt::WhoseIsIt(schools) => schools.iter().map(|school| self.school_name(*school)).collect(),
            _ => vec![],
        };
        PastedLine {
            number: n + 1,
            name: one.name.clone(),
            words: excerpt(&one.text),
            why: doubt.key().to_owned(),
            perhaps,
        }
    }

    /// The messages with figures for one school and task that differ, by different people: nobody knows which holds. A person
    /// who writes twice corrects herself.
    fn contradicting(&self, message: &Message, draft: &Draft, all: &[Pasted]) -> BTreeSet<(usize, TaskId)> {
        let mut given: Vec<(usize, String, SchoolId, TaskId, Values)> = Vec::new();
        let mut found = BTreeSet::new();
        for (n, one) in all.iter().enumerate() {
            let name = spelled_name(&one.name);
            for line in self.read_message(message, draft, n, one) {
                let Line::Answer { school, task, what: What::Values(values) } = line else { continue };
                let differs = |(_, by, of, about, before): &&(usize, String, SchoolId, TaskId, Values)| {
                    let other = |(key, value)| values.get(key).is_some_and(|v| v != value);
                    *by != name && *of == school && *about == task && before.iter().any(other)
                };
                let others: Vec<usize> = given.iter().filter(differs).map(|g| g.0).collect();
                if !others.is_empty() {
                    found.extend(others.into_iter().chain([n]).map(|n| (n, task)));
                }
                given.push((n, name.clone(), school, task, values));
            }
        }
        found
    }

    /// An answer for the preview.
    fn shown(&self, n: usize, one: &Pasted, school: SchoolId, task: TaskId, what: &What) -> PastedAnswer {
        let task = self.snapshot.task(task);
        let code = task.map(Task::code).unwrap_or_default();
        let at = one.at.map_or(String::new(), |at| at.format("%H:%M %-d/%-m").to_string());
        let values = match (what, task) {
            (What::Values(values), Some(task)) => fields_of(task, values)
                .into_iter()
                .filter_map(|f| values.get(&f.key).cloned().map(|v| (f, v)))
                .collect(),
            _ => vec![],
        };
        let says_it = self.indexes().schools.of_sender(&one.name) == Who::One { id: school, sure: true };
        let by = if says_it { String::new() } else { one.name.clone() };
        PastedAnswer { number: n + 1, school: self.school_name(school), by, code, at, values }
    }

    /// What one message of the stretch means, as if its sender had said it then: one line for each thing said, none for talk.
    fn read_message(&self, message: &Message, draft: &Draft, n: usize, one: &Pasted) -> Vec<Line> {
        if draft.dropped.contains(&n) {
            return vec![];
        }
        let sender = match draft.of.get(&n) {
            Some(school) => Sender::Known(*school),
            None => self.sender(&draft.told, &one.name),
        };
        let said = |school| self.acts_of(message, draft, n, one, school);
        let named = |acts: &[Act]| {
            let mut named: Vec<SchoolId> = acts.iter().filter(|a| a.named).filter_map(|a| a.school).collect();
            named.sort_unstable();
            named.dedup();
            named
        };
        match sender {
            Sender::Known(school) => {
                let lines = said(Some(school)).into_iter();
                lines.filter_map(|act| self.line_of(school, act, one, message)).collect()
            }
            Sender::Officer => {
                let acts = said(None);
                if !acts.iter().any(hands_in) || self.is_posting(&one.text) {
                    return vec![];
                }
                vec![Line::Doubtful(Doubt::WhoseIsIt(named(&acts)))]
            }
            Sender::Perhaps(near) => {
                let acts = said(None);
                if acts.is_empty() {
                    return vec![];
                }
                let named = named(&acts);
                let indexes = self.indexes();
                let titled = |school: &SchoolId| indexes.schools.is_titled(&one.text, *school);
                if named.is_empty() {
                    return vec![Line::Doubtful(Doubt::WhoseIsIt(near))];
                }
                if !acts.iter().all(|act| act.named) || !named.iter().all(titled) {
                    return vec![Line::Doubtful(Doubt::WhoseIsIt(named))];
                }
                // The words say whose it is: read again as said by that school.
                let of = |school: SchoolId| said(Some(school)).into_iter().map(move |act| (school, act));
                let acts = named.into_iter().flat_map(of).filter(|(school, act)| act.school == Some(*school));
                acts.filter_map(|(school, act)| self.line_of(school, act, one, message)).collect()
            }
        }
    }

    /// What a message of the stretch says that may be an answer, read as said by somebody of this school.
    fn acts_of(
        &self,
        message: &Message,
        draft: &Draft,
        n: usize,
        one: &Pasted,
        school: Option<SchoolId>,
    ) -> Vec<Act> {
        let member =
            Member { roles: school.map(Role::Principal).into_iter().collect(), ..message.member.clone() };
        let said = Message {
            member,
            quote: None,
            attachments: vec![],
            group: None,
            at: self.said_at(message, one),
            text: one.text.clone(),
            ..message.clone()
        };
        let bound = Bound { quoted: draft.tasks.get(&n).copied().into_iter().collect(), ..Bound::default() };
        let reading = self.with_context(&said, &bound, &[], |context| read(&one.text, context));
        reading.acts.into_iter().filter(answers).collect()
    }

    /// Whether an officer's message puts a task into the group: its text and a deadline stand in it.
    fn is_posting(&self, text: &str) -> bool {
        let folded = format!(" {} ", fold_words(text));
        let has = |task: &Task| folded.contains(&fold_words(&task.text));
        folded.contains(" han ") && self.snapshot.tasks.iter().any(has)
    }

    /// None for the word that all has been received.
    fn line_of(&self, school: SchoolId, act: Act, one: &Pasted, message: &Message) -> Option<Line> {
        let doubtful = |doubt| Some(Line::Doubtful(doubt));
        // A school that the words name never counts against who is known.
        if act.named && act.school != Some(school) {
            return doubtful(Doubt::WhoseIsIt([school].into_iter().chain(act.school).collect()));
        }
        if matches!(act.intent, Intent::Extension { .. } | Intent::Promise { .. } | Intent::Unable { .. }) {
            return doubtful(Doubt::WantsTime);
        }
        let Some(task) = act.task.task() else {
            let received = matches!(act.intent, Intent::Confirm(ConfirmationLevel::Received));
            return if received { None } else { doubtful(Doubt::WhichTask) };
        };
        if matches!(act.task, Binding::Topic(_)) {
            return doubtful(Doubt::WhichTask);
        }
        if !act.is_certain() {
            return doubtful(Doubt::Unclear);
        }
        let known = self.snapshot.task(task).filter(|t| t.is_open());
        let Some(known) = known else { return doubtful(Doubt::WhichTask) };
        match act.intent {
            Intent::Submit(given) | Intent::Correct(given) => {
                let values = self.values(known, school, &given, &[], false);
                let usual = self.usual(known, school);
                let wrong = known.form.contradictions(&values, &usual.beside());
                let before = self.standing(task, school).submission;
                let odd = self.oddities(known, &values, before.as_ref(), &[], &usual, false);
                if !wrong.is_empty() || !odd.is_empty() || values.is_empty() {
                    return doubtful(Doubt::Unclear);
                }
                let at = self.said_at(message, one);
                if before.is_some_and(|b| b.at > at && b.values != values) {
                    return doubtful(Doubt::Newer);
                }
                Some(Line::Answer { school, task, what: What::Values(values) })
            }
            Intent::Confirm(level) => Some(Line::Answer { school, task, what: What::Said(level) }),
            _ => doubtful(Doubt::Unclear),
        }
    }

    /// When a message of the stretch was said; what has no time now.
    fn said_at(&self, message: &Message, one: &Pasted) -> DateTime<Utc> {
        one.at.map_or(message.at, |at| self.utc(at)).min(self.now)
    }

    /// "3 Hoa Mai", "3 đúng", "3 V2", "3 bỏ", "3 quên": what a line is. Whether the message said that.
    pub(super) async fn answer_line(&mut self, message: &Message, draft: &Draft) -> Result<bool, AppError> {
        let text = message.text.trim();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = text[..digits].parse::<usize>() else { return Ok(false) };
        let rest = text[digits..].trim_start_matches([' ', ':', '.', '-', '=']);
        let all = pasted(&draft.raw, true, self.local(message));
        let Some(n) = number.checked_sub(1) else { return Ok(false) };
        let Some(one) = all.get(n) else { return Ok(false) };
        let mut draft = draft.clone();
        let folded = fold_words(rest);
        if ["bo", "bo qua", "khong", "thoi"].contains(&folded.as_str()) {
            draft.dropped.push(n);
        } else if ["quen", "quen ten"].contains(&folded.as_str()) {
            draft.of.remove(&n);
            self.forget_sender(message, &mut draft, &one.name).await?;
        } else if let Some(task) = self.snapshot.tasks.iter().find(|t| fold_words(&t.code()) == folded) {
            draft.tasks.insert(n, task.id);
        } else if let Some(school) = self.school_told(message, &draft, n, one, rest) {
            self.name_sender(message, &mut draft, n, &one.name, school).await?;
        } else {
            return Ok(false);
        }
        self.show_paste(message, draft).await?;
        Ok(true)
    }

    /// The school that an officer says a line is of: by its name, or by "đúng" the only one that was proposed.
    fn school_told(
        &self,
        message: &Message,
        draft: &Draft,
        n: usize,
        one: &Pasted,
        said: &str,
    ) -> Option<SchoolId> {
        if let Who::One { id, sure: true } = self.indexes().schools.lookup(said) {
            return Some(id);
        }
        let proposed = self.read_message(message, draft, n, one).into_iter().find_map(|line| match line {
            Line::Doubtful(Doubt::WhoseIsIt(schools)) => Some(schools),
            _ => None,
        })?;
        match proposed[..] {
            [only] if agreement(said) == Some(true) => Some(only),
            _ => None,
        }
    }

    /// A line is of this school. The name is remembered for the next stretch, unless it is an officer's: she speaks for
    /// many.
    async fn name_sender(
        &mut self,
        message: &Message,
        draft: &mut Draft,
        n: usize,
        name: &str,
        school: SchoolId,
    ) -> Result<(), AppError> {
        // A line of somebody who is known otherwise is an exception.
        if !matches!(self.sender(&BTreeMap::new(), name), Sender::Perhaps(_)) {
            draft.of.insert(n, school);
            return Ok(());
        }
        let spelled = spelled_name(name);
        self.session.put_sender_name(self.office(), &spelled, school).await?;
        self.audit(Some(message.member.id), "sender.named", json!({ "school": school })).await?;
        draft.of.remove(&n);
        draft.told.insert(spelled, school);
        Ok(())
    }

    /// A name is asked about again.
    async fn forget_sender(
        &mut self,
        message: &Message,
        draft: &mut Draft,
        name: &str,
    ) -> Result<(), AppError> {
        let spelled = spelled_name(name);
        self.session.forget_sender_name(self.office(), &spelled).await?;
        self.audit(Some(message.member.id), "sender.forgotten", json!({})).await?;
        draft.told.remove(&spelled);
        Ok(())
    }

    /// Books what is certain; the doubtful lines go on waiting.
    pub(super) async fn take_paste(&mut self, message: &Message, draft: Draft) -> Result<Reply, AppError> {
        let all = pasted(&draft.raw, true, self.local(message));
        let (mut booked, mut same, mut doubtful) = (0, 0, 0);
        let mut schools = Vec::new();
        let mut told: BTreeMap<SchoolId, Booked> = BTreeMap::new();
        let contradicting = self.contradicting(message, &draft, &all);
        for (n, one) in all.iter().enumerate() {
            // One after the other: what a message gives is there when the next one is read.
            let many = self.read_message(message, &draft, n, one).len();
            for act in 0..many {
                let line = self.read_message(message, &draft, n, one).into_iter().nth(act);
                let (school, task, what) = match line {
                    Some(Line::Answer { school, task, what }) if !contradicting.contains(&(n, task)) => {
                        (school, task, what)
                    }
                    Some(_) => {
                        doubtful += 1;
                        continue;
                    }
                    None => continue,
                };
                let Some(task) = self.snapshot.task(task).cloned() else { continue };
                let at = self.said_at(message, one);
                if self.book_pasted(message, &task, school, what, at, &mut told).await? {
                    booked += 1;
                    schools.push(school);
                } else {
                    same += 1;
                }
            }
        }
        self.read_back_pasted(&told).await?;
        schools.sort_unstable();
        schools.dedup();
        let detail = json!({ "booked": booked, "same": same, "schools": schools });
        self.audit(Some(message.member.id), "chat.pasted", detail).await?;
        Ok(Reply::Paste(PasteReply::Taken { booked, same, doubtful, schools: schools.len() }))
    }

    /// Books one answer. Whether it was news.
    async fn book_pasted(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
        what: What,
        at: DateTime<Utc>,
        told: &mut BTreeMap<SchoolId, Booked>,
    ) -> Result<bool, AppError> {
        match what {
            What::Values(values) => {
                let giver = Giver {
                    by: message.member.id,
                    on_behalf: true,
                    message: None,
                    at,
                    kept: vec![],
                    trusted: true,
                    corrects: false,
                };
                let Landing::Stored(read_back) = self.land(task, school, values, giver).await? else {
                    return Ok(false);
                };
                told.entry(school).or_default().values.push(*read_back);
                Ok(true)
            }
            What::Said(level) => {
                let news = self.note_said(message, task, school, level, at).await?;
                if news {
                    let said = (self.school_name(school), task.code(), level == ConfirmationLevel::Done);
                    told.entry(school).or_default().said.push(said);
                }
                Ok(news)
            }
        }
    }

    /// What was booked goes to the people of the schools who can be reached: one message each, however much it is.
    async fn read_back_pasted(&mut self, told: &BTreeMap<SchoolId, Booked>) -> Result<(), AppError> {
        let mut people: Vec<Member> = told.keys().flat_map(|school| self.present_of(*school)).collect();
        people.sort_by_key(|member| member.id);
        people.dedup_by_key(|member| member.id);
        for member in people {
            let Some(chat) = self.private_chat(&member, None) else { continue };
            let own: Vec<SchoolId> = member.schools().into_iter().filter(|s| told.contains_key(s)).collect();
            let all = || own.iter().filter_map(|school| told.get(school));
            let values: Vec<ReadBack> = all().flat_map(|booked| booked.values.clone()).collect();
            let said = all().flat_map(|booked| booked.said.clone()).collect();
            let codes: Vec<String> = values.iter().map(|read_back| read_back.code.clone()).collect();
            let tasks =
                self.snapshot.tasks.iter().filter(|t| codes.contains(&t.code())).map(|t| t.id).collect();
            let school = if let [only] = own[..] { Some(only) } else { None };
            let manner = Manner { about: About { tasks, school, ..About::default() }, ..Manner::default() };
            self.reply(&chat, &Reply::Paste(PasteReply::Booked { values, said }), manner).await?;
        }
        Ok(())
    }

    async fn note_said(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
        level: ConfirmationLevel,
        at: DateTime<Utc>,
    ) -> Result<bool, AppError> {
        let mut standing = self.standing(task.id, school);
        if standing.confirmation.as_ref().is_some_and(|c| c.level >= level) {
            return Ok(false);
        }
        standing.confirmation = Some(Confirmation { level, at, by: message.member.id });
        self.put_standing(task, standing, at).await?;
        let detail = json!({ "task": task.id, "school": school, "level": level, "on_behalf": true });
        self.audit(Some(message.member.id), "task.confirmed", detail).await?;
        Ok(true)
    }

    /// The text to put into a group that has no bot: one task, or all that is open.
    pub(super) fn copy_out(&self, task: Option<&Task>) -> Reply {
        let open = |t: &&Task| t.is_open() && t.wants_answer();
        let tasks: Vec<&Task> = match task {
            Some(task) => vec![task],
            None => self.snapshot.tasks.iter().filter(open).collect(),
        };
        let month = Month::of(self.today());
        let lines = tasks
            .iter()
            .map(|t| (crate::domain::TaskLine { count: None, ..self.line(t) }, t.form.fields.clone()))
            .collect();
        Reply::Paste(PasteReply::CopyOut { month, lines })
    }

    fn local(&self, message: &Message) -> NaiveDateTime {
        message.at.with_timezone(&self.snapshot.office.zone).naive_local()
    }

    fn utc(&self, at: NaiveDateTime) -> DateTime<Utc> {
        instant(at.date(), at.time(), self.snapshot.office.zone)
    }
}

/// What was booked for one school.
#[derive(Debug, Default)]
struct Booked {
    values: Vec<ReadBack>,
    said: Vec<(String, String, bool)>,
}

impl Doubt {
    /// The key of its words.
    fn key(&self) -> &'static str {
        match self {
            Self::WhoseIsIt(_) => "whose",
            Self::WhichTask => "task",
            Self::Unclear => "unclear",
            Self::WantsTime => "time",
            Self::Contradicts => "contradicts",
            Self::Newer => "newer",
        }
    }
}

fn answers(act: &Act) -> bool {
    !matches!(act.intent, Intent::Chitchat | Intent::Question | Intent::Unknown | Intent::Refused)
}

/// What an officer says for a school, not of the work at large.
fn hands_in(act: &Act) -> bool {
    let done = matches!(act.intent, Intent::Confirm(ConfirmationLevel::Done));
    act.given().is_some_and(|given| !given.is_empty()) || act.named && done
}

fn excerpt(text: &str) -> String {
    text.chars().take(80).collect::<String>().replace('\n', " ")
}
