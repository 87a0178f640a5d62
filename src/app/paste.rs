//! A stretch of chat that an officer pasted: who answered what, shown once before it counts, booked as "ghi hộ" with the
//! moments of the messages; and the other way, the text to put into a group that has no bot.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::AppError;
use super::bind::Bound;
use super::message::Message;
use super::pending::Pending;
use super::record::{Giver, Landing, fields_of};
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Confirmation, ConfirmationLevel, Member, Month, PasteReply, PastedAnswer, PastedLine, ReadBack, Reply,
    Role, SchoolId, Task, TaskId, Values, instant,
};
use crate::understand::{Act, Binding, Intent, Pasted, Who, looks_pasted, pasted, read};
use crate::vietnamese::fold_words;

/// What was read in a stretch of chat, until it is agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Draft {
    /// The text as pasted, in the order of the messages that brought it.
    raw: String,
    /// Folded names of senders whose school the officer told.
    told: BTreeMap<String, SchoolId>,
    /// Tasks told for lines, by their place among the messages.
    tasks: BTreeMap<usize, TaskId>,
    /// Lines that the officer dropped.
    dropped: Vec<usize>,
}

/// What one message of the stretch comes to.
enum Line {
    /// An answer that may be booked.
    Answer { school: SchoolId, task: TaskId, what: What },
    /// It may be an answer, and something is not certain.
    Doubtful(Doubt),
    /// It is none.
    Talk,
}

enum What {
    Values(Values),
    Said(ConfirmationLevel),
}

/// Why a line is not certain.
enum Doubt {
    WhoseIsIt,
    WhichTask,
    Unclear,
    WantsTime,
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
        let mut answers = Vec::new();
        let mut doubts = Vec::new();
        let mut talk = 0;
        for (n, one) in all.iter().enumerate() {
            let line = PastedLine {
                number: n + 1,
                name: one.name.clone(),
                words: excerpt(&one.text),
                why: String::new(),
            };
            match self.read_line(message, &draft, n, one) {
                Line::Answer { school, task, what } => answers.push(self.shown(one, school, task, &what)),
                Line::Doubtful(doubt) => doubts.push(PastedLine { why: doubt.key().to_owned(), ..line }),
                Line::Talk => talk += 1,
            }
        }
        let reply = Reply::Paste(PasteReply::Preview { answers, doubts, talk });
        self.ask_privately(message, &reply, Pending::Paste(Box::new(draft)), About::default()).await
    }

    /// An answer for the preview.
    fn shown(&self, one: &Pasted, school: SchoolId, task: TaskId, what: &What) -> PastedAnswer {
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
        PastedAnswer { school: self.school_name(school), code, at, values }
    }

    /// What one message of the stretch means, as if its sender had said it then.
    fn read_line(&self, message: &Message, draft: &Draft, n: usize, one: &Pasted) -> Line {
        if draft.dropped.contains(&n) || self.is_officer(&one.name) {
            return Line::Talk;
        }
        let school = self.school_of_sender(draft, &one.name);
        let member =
            Member { roles: school.map(Role::Principal).into_iter().collect(), ..message.member.clone() };
        let at = one.at.map_or(message.at, |at| self.utc(at));
        let said = Message {
            member,
            quote: None,
            attachments: vec![],
            group: None,
            at,
            text: one.text.clone(),
            ..message.clone()
        };
        let bound = Bound { quoted: draft.tasks.get(&n).copied().into_iter().collect(), ..Bound::default() };
        let open = school.is_some();
        let reading = self.with_context(&said, &bound, &[], |context| read(&one.text, context));
        let Some(act) = reading.acts.into_iter().find(answers) else { return Line::Talk };
        // A school that the words name counts for who is not known, never against who is.
        let whose = match (school, act.school.filter(|_| act.named)) {
            (Some(school), None) => Some(school),
            (Some(school), Some(named)) => (named == school).then_some(school),
            (None, named) => named,
        };
        let Some(school) = whose else { return Line::Doubtful(Doubt::WhoseIsIt) };
        if !open {
            // Read again as that school's.
            let known =
                Draft { told: [(fold_words(&one.name), school)].into_iter().collect(), ..draft.clone() };
            return self.read_line(message, &known, n, one);
        }
        self.line_of(school, act)
    }

    fn line_of(&self, school: SchoolId, act: Act) -> Line {
        if matches!(act.intent, Intent::Extension { .. } | Intent::Promise { .. } | Intent::Unable { .. }) {
            return Line::Doubtful(Doubt::WantsTime);
        }
        let Some(task) = act.task.task() else {
            let received = matches!(act.intent, Intent::Confirm(ConfirmationLevel::Received));
            return if received { Line::Talk } else { Line::Doubtful(Doubt::WhichTask) };
        };
        if matches!(act.task, Binding::Topic(_)) {
            return Line::Doubtful(Doubt::WhichTask);
        }
        if !act.is_certain() {
            return Line::Doubtful(Doubt::Unclear);
        }
        let known = self.snapshot.task(task).filter(|t| t.is_open());
        let Some(known) = known else { return Line::Doubtful(Doubt::WhichTask) };
        match act.intent {
            Intent::Submit(given) | Intent::Correct(given) => {
                let values = self.values(known, school, &given, &[], false);
                let usual = self.usual(known, school);
                let wrong = known.form.contradictions(&values, &usual.beside());
                let before = self.standing(task, school).submission;
                let odd = self.oddities(known, &values, before.as_ref(), &[], &usual);
                if !wrong.is_empty() || !odd.is_empty() || values.is_empty() {
                    return Line::Doubtful(Doubt::Unclear);
                }
                Line::Answer { school, task, what: What::Values(values) }
            }
            Intent::Confirm(level) => Line::Answer { school, task, what: What::Said(level) },
            _ => Line::Talk,
        }
    }

    /// The school of a sender: told before, a member's, the register's head of school, or named in the name itself.
    fn school_of_sender(&self, draft: &Draft, name: &str) -> Option<SchoolId> {
        let folded = fold_words(name);
        if let Some(school) = draft.told.get(&folded) {
            return Some(*school);
        }
        let members = self.snapshot.members.iter().filter(|m| fold_words(&m.name) == folded);
        let of_members: Vec<SchoolId> = members.flat_map(Member::schools).collect();
        if let [only] = of_members[..] {
            return Some(only);
        }
        let heads = self.snapshot.schools.iter().filter(|s| fold_words(&s.principal) == folded);
        if let [only] = heads.collect::<Vec<_>>()[..] {
            return Some(only.id);
        }
        match self.indexes().schools.lookup(name) {
            Who::One { id, sure: true } => Some(id),
            _ => {
                // "Lan Hoa Mai": the end of the name is the school's.
                let words: Vec<&str> = name.split_whitespace().collect();
                (1..words.len().min(4)).find_map(|skip| {
                    match self.indexes().schools.lookup(&words[skip..].join(" ")) {
                        Who::One { id, sure: true } => Some(id),
                        _ => None,
                    }
                })
            }
        }
    }

    fn is_officer(&self, name: &str) -> bool {
        let folded = fold_words(name);
        self.snapshot
            .members
            .iter()
            .any(|m| m.directs() && m.schools().is_empty() && fold_words(&m.name) == folded)
    }

    /// "3 Hoa Mai", "3 V2", "3 bỏ": what a doubtful line is. Whether the message said that.
    pub(super) async fn answer_line(&mut self, message: &Message, draft: &Draft) -> Result<bool, AppError> {
        let text = message.text.trim();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Ok(number) = text[..digits].parse::<usize>() else { return Ok(false) };
        let rest = text[digits..].trim_start_matches([' ', ':', '.', '-', '=']);
        let all = pasted(&draft.raw, true, self.local(message));
        let Some(one) = number.checked_sub(1).and_then(|n| all.get(n)) else { return Ok(false) };
        let mut draft = draft.clone();
        let folded = fold_words(rest);
        if ["bo", "bo qua", "khong", "thoi"].contains(&folded.as_str()) {
            draft.dropped.push(number - 1);
        } else if let Some(task) = self.snapshot.tasks.iter().find(|t| fold_words(&t.code()) == folded) {
            draft.tasks.insert(number - 1, task.id);
        } else if let Who::One { id, sure: true } = self.indexes().schools.lookup(rest) {
            let name = fold_words(&one.name);
            self.session.put_sender_name(self.office(), &name, id).await?;
            self.audit(Some(message.member.id), "sender.named", json!({ "school": id })).await?;
            draft.told.insert(name, id);
        } else {
            return Ok(false);
        }
        self.show_paste(message, draft).await?;
        Ok(true)
    }

    /// Books what is certain; the doubtful lines go on waiting.
    pub(super) async fn take_paste(&mut self, message: &Message, draft: Draft) -> Result<Reply, AppError> {
        let all = pasted(&draft.raw, true, self.local(message));
        let (mut booked, mut same, mut doubtful) = (0, 0, 0);
        let mut schools = Vec::new();
        let mut told: BTreeMap<SchoolId, Booked> = BTreeMap::new();
        for (n, one) in all.iter().enumerate() {
            let (school, task, what) = match self.read_line(message, &draft, n, one) {
                Line::Answer { school, task, what } => (school, task, what),
                Line::Doubtful(_) => {
                    doubtful += 1;
                    continue;
                }
                Line::Talk => continue,
            };
            let Some(task) = self.snapshot.task(task).cloned() else { continue };
            let at = one.at.map_or(message.at, |at| self.utc(at)).min(self.now);
            let news = match what {
                What::Values(values) => {
                    let giver = Giver {
                        by: message.member.id,
                        on_behalf: true,
                        message: None,
                        at,
                        kept: vec![],
                        trusted: true,
                    };
                    match self.land(&task, school, values, giver).await? {
                        Landing::Stored(read_back) => {
                            told.entry(school).or_default().values.push(*read_back);
                            true
                        }
                        _ => false,
                    }
                }
                What::Said(level) => {
                    let news = self.note_said(message, &task, school, level, at).await?;
                    if news {
                        let said = (self.school_name(school), task.code(), level == ConfirmationLevel::Done);
                        told.entry(school).or_default().said.push(said);
                    }
                    news
                }
            };
            if news {
                booked += 1;
                schools.push(school);
            } else {
                same += 1;
            }
        }
        self.read_back_pasted(&told).await?;
        schools.sort_unstable();
        schools.dedup();
        let detail = json!({ "booked": booked, "same": same, "schools": schools });
        self.audit(Some(message.member.id), "chat.pasted", detail).await?;
        Ok(Reply::Paste(PasteReply::Taken { booked, same, doubtful, schools: schools.len() }))
    }

    /// What was booked goes to the people of the schools who can be reached: one message each, however much it is.
    async fn read_back_pasted(&mut self, told: &BTreeMap<SchoolId, Booked>) -> Result<(), AppError> {
        let mut people: Vec<Member> = told.keys().flat_map(|school| self.present_of(*school)).collect();
        people.sort_by_key(|member| member.id);
        people.dedup_by_key(|member| member.id);
        for member in people {
            let Some(chat) = Self::private_chat(&member, None) else { continue };
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
        at: chrono::DateTime<chrono::Utc>,
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

    fn utc(&self, at: NaiveDateTime) -> chrono::DateTime<chrono::Utc> {
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
            Self::WhoseIsIt => "whose",
            Self::WhichTask => "task",
            Self::Unclear => "unclear",
            Self::WantsTime => "time",
        }
    }
}

fn answers(act: &Act) -> bool {
    !matches!(act.intent, Intent::Chitchat | Intent::Question | Intent::Unknown | Intent::Refused)
}

fn excerpt(text: &str) -> String {
    text.chars().take(80).collect::<String>().replace('\n', " ")
}
