//! Asking back, once, of the one person concerned; the answer goes on where the question stopped.

use chrono::{DateTime, Days, NaiveTime, Utc};

use super::AppError;
use super::awaited::{Awaited, Waiting};
use super::bind::Bound;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Address, Asking, ChatRef, CommandProblem, Field, Question, QuestionId, Reply, SchoolId, SearchReply,
    Task, TaskId, Value, Values, instant,
};
use crate::store::StoreError;
use crate::understand::{Act, Asked, By, Given, Intent, Unclear};

/// A question about one task waits until the end of this working day after the one on which it was asked: over a weekend as well.
const PATIENCE: u32 = 3;
/// What asks only which task or school was meant would take a code said days later for its answer.
const SHORT_PATIENCE: u32 = 1;

impl Work<'_> {
    /// Asks what is unclear about an act. What is still unclear after one question goes to a person.
    pub(super) async fn ask(
        &mut self,
        message: &Message,
        bound: &Bound,
        mut act: Act,
        doubt: Unclear,
    ) -> Result<(), AppError> {
        let school = act.school.or_else(|| message.member.schools().first().copied());
        let again = |waiting: &&Waiting| match &waiting.awaited {
            Awaited::Asked(asked) => {
                let (task, own) = waiting.awaited.about();
                same_kind(asked, &doubt) && task == task_of(asked, &act) && (own.is_none() || own == school)
            }
            Awaited::Pending(_) => false,
        };
        if let Some(waiting) = bound.waiting.iter().find(again) {
            self.session.close_question(waiting.question).await?;
            if let Awaited::Asked(Asked::WhichTask { act: pending, .. }) = &waiting.awaited
                && act.given().is_some_and(|given| !given.is_empty())
                && pending.given().is_some()
            {
                // More figures for a task that has not been named yet: it is asked again, for all of them.
                act = joined(pending, act);
            } else {
                return self.still_unclear(message, &act, school, waiting).await;
            }
        }
        let task = act.task.task().and_then(|t| self.snapshot.task(t)).cloned();
        let about = About { tasks: task.iter().map(|t| t.id).collect(), school, ..About::default() };
        let address = Address::of(&message.member.name);
        let given = match (act.given(), &task, school) {
            // What came as a file is given too, and is not asked for again.
            (Some(given), Some(task), Some(school)) if !message.attachments.is_empty() => {
                self.values(task, school, given, &message.attachments, true)
            }
            (given, ..) => given.map(|g| g.values.clone()).unwrap_or_default(),
        };
        // Only what is asked now is settled by its answer: the other doubts are asked after it.
        let settled = |act: &Act| {
            let rest = act.doubts.iter().skip(1).cloned().collect();
            Box::new(Act { doubts: rest, ..act.clone() })
        };
        let (what, asked) = match doubt {
            Unclear::WhichTask(tasks) => {
                let named = self.named_tasks(&tasks);
                let words = message.text.clone();
                (Asking::WhichTask { tasks: named, words }, Asked::WhichTask { act: settled(&act), tasks })
            }
            Unclear::WhichSchool(schools) => {
                let names = schools.iter().map(|s| self.school_name(*s)).collect();
                let words = message.text.clone();
                (
                    Asking::WhichSchool { schools: names, words },
                    Asked::WhichSchool { act: settled(&act), schools },
                )
            }
            Unclear::NoSuchTask { given } => {
                let own = message.member.schools();
                let open = self.open_tasks(&own, false).iter().map(|o| o.task.code()).collect();
                return self.fault(message, CommandProblem::NoSuchTask { given, open }, "viec").await;
            }
            Unclear::NoSuchSchool { given, nearest } => {
                let nearest = nearest.iter().map(|s| self.school_name(*s)).collect();
                return self.fault(message, CommandProblem::NoSuchSchool { given, nearest }, "").await;
            }
            Unclear::OthersSchool(other) => return self.others_school(message, &act, other).await,
            Unclear::GuessedTask(_) | Unclear::GuessedFields => match (&task, act.given()) {
                (Some(task), Some(given)) => {
                    let values = given.values.clone();
                    (self.asking_right(task, school, &values), Asked::Confirm { act: settled(&act) })
                }
                (Some(task), None) => (done_or_not(task), Asked::Confirm { act: settled(&act) }),
                (None, _) => return self.at_a_loss(message, bound, act).await,
            },
            Unclear::SameAsLast => {
                let (Some(task), Some(school)) = (&task, school) else {
                    return self.at_a_loss(message, bound, act).await;
                };
                let Some(last) = self.last_given(task, school) else {
                    let (school_name, fields) = (self.school_name(school), task.form.fields.clone());
                    let keys = fields.iter().map(|f| f.key.clone()).collect();
                    let code = task.code();
                    let reply =
                        Reply::Search(SearchReply::NoLast { address, school: school_name, code, fields });
                    let given = Values::new();
                    let asked = Asked::Fields { task: task.id, school, fields: keys, given };
                    return self.ask_privately(message, &reply, asked, about).await;
                };
                // What is said anew goes over it, and is looked at like any figure.
                let new = act.given().map(|g| g.values.clone()).unwrap_or_default();
                let by = if new.is_empty() { By::LastTime } else { By::Labels };
                let values: Values = last.into_iter().chain(new).collect();
                let given = Given { values: values.clone(), by, ..Given::default() };
                let act = Act { intent: Intent::Submit(given), ..*settled(&act) };
                (self.asking_right(task, Some(school), &values), Asked::Confirm { act: Box::new(act) })
            }
            Unclear::WhichField { figures, fields } => {
                match self.asking_fields(task, school, figures, fields, given) {
                    Some(asked) => asked,
                    None => return self.at_a_loss(message, bound, act).await,
                }
            }
            Unclear::NotANumber { field, given: printed } => {
                match self.asking_fields(task, school, vec![printed], vec![field], given) {
                    Some(asked) => asked,
                    None => return self.at_a_loss(message, bound, act).await,
                }
            }
            Unclear::TwoFigures { field, figures } => {
                match self.asking_fields(task, school, figures, vec![field], given) {
                    Some((Asking::WhichField { code, figures, fields }, asked)) if figures.len() > 1 => {
                        (Asking::TwoFigures { code, figures, fields }, asked)
                    }
                    Some(asked) => asked,
                    None => return self.at_a_loss(message, bound, act).await,
                }
            }
            Unclear::NothingGiven => {
                let (Some(task), Some(school)) = (&task, school) else {
                    return self.at_a_loss(message, bound, act).await;
                };
                return self.ask_where(message, task, school).await;
            }
            Unclear::UntilWhen | Unclear::BadDay { .. } => {
                let code = task.as_ref().map(Task::code);
                (Asking::UntilWhen { code }, Asked::UntilWhen { act: settled(&act) })
            }
            Unclear::DoneOrNot => match &task {
                Some(task) => (done_or_not(task), Asked::Confirm { act: settled(&act) }),
                None => return self.at_a_loss(message, bound, act).await,
            },
        };
        self.ask_privately(message, &Reply::Ask { address, what }, asked, about).await
    }

    /// Until when an answer to a question is one.
    fn patience(&self, awaited: &Awaited) -> DateTime<Utc> {
        let zone = self.snapshot.office.zone;
        let today = self.now.with_timezone(&zone).date_naive();
        let days = if awaited.about().0.is_some() { PATIENCE } else { SHORT_PATIENCE };
        let last = self.snapshot.calendar.add_working_days(today, days);
        instant(last.checked_add_days(Days::new(1)).unwrap_or(last), NaiveTime::MIN, zone)
    }

    /// Says the newest question that waits here once more; it goes on waiting. Whether there was one.
    pub(super) async fn ask_again(&mut self, message: &Message, bound: &Bound) -> Result<bool, AppError> {
        for waiting in bound.waiting.iter().filter(|w| w.is_here()) {
            let Awaited::Asked(asked) = &waiting.awaited else { continue };
            let Some(what) = self.asked_before(asked) else { continue };
            let (task, school) = waiting.awaited.about();
            let about = About {
                tasks: task.into_iter().collect(),
                school,
                question: Some(waiting.question),
                ..About::default()
            };
            let address = Address::of(&message.member.name);
            let reply = self.refused_before(asked, address).unwrap_or(Reply::Ask { address, what });
            let manner = Manner { about, reply_to: Some(message.place.id.clone()), ..Manner::default() };
            self.reply(&message.place.chat.clone(), &reply, manner).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// What was refused is still wrong for the same reason.
    fn refused_before(&self, asked: &Asked, address: Address) -> Option<Reply> {
        let Asked::Fields { task, school, fields, given } = asked else { return None };
        let task = self.snapshot.task(*task)?;
        let faults = task.form.contradictions(given, &self.usual(task, *school).beside());
        let fields = task.form.fields.iter().filter(|f| fields.contains(&f.key)).cloned().collect();
        (!faults.is_empty()).then(|| Reply::Faulty { address, code: task.code(), faults, fields })
    }

    /// A question as it is asked again.
    fn asked_before(&self, asked: &Asked) -> Option<Asking> {
        let words = String::new();
        Some(match asked {
            Asked::WhichTask { tasks, .. } => Asking::WhichTask { tasks: self.named_tasks(tasks), words },
            Asked::WhichSchool { schools, .. } => {
                let names = schools.iter().map(|s| self.school_name(*s)).collect();
                Asking::WhichSchool { schools: names, words }
            }
            Asked::Confirm { act } => {
                let task = self.snapshot.task(act.task.task()?)?;
                match act.given() {
                    Some(given) => self.asking_right(task, act.school, &given.values),
                    None => done_or_not(task),
                }
            }
            Asked::UntilWhen { act } => {
                let code = act.task.task().and_then(|t| self.snapshot.task(t)).map(Task::code);
                Asking::UntilWhen { code }
            }
            Asked::Fields { task, fields, .. } | Asked::Odd { task, fields, .. } => {
                let task = self.snapshot.task(*task)?;
                let asked = task.form.fields.iter().filter(|f| fields.contains(&f.key));
                let (code, fields): (String, Vec<Field>) = (task.code(), asked.cloned().collect());
                if fields.is_empty() {
                    Asking::WhereIsIt { code, fields }
                } else {
                    Asking::StillMissing { code, fields }
                }
            }
        })
    }

    /// Says a question privately and keeps what it asks until it is answered.
    pub(super) async fn ask_privately(
        &mut self,
        message: &Message,
        reply: &Reply,
        asked: impl Into<Awaited>,
        about: About,
    ) -> Result<(), AppError> {
        let chat = self
            .private_chat(&message.member, Some(&message.place.chat))
            .unwrap_or_else(|| message.place.chat.clone());
        let id = self.keep_question(message, &chat, asked.into()).await?;
        let here = chat == message.place.chat;
        let manner = Manner {
            about: About { question: Some(id), ..about },
            reply_to: here.then(|| message.place.id.clone()),
            ..Manner::default()
        };
        self.reply(&chat, reply, manner).await?;
        Ok(())
    }

    /// Keeps what was asked of a person in a chat until it is answered.
    async fn keep_question(
        &mut self,
        message: &Message,
        chat: &ChatRef,
        asked: Awaited,
    ) -> Result<QuestionId, AppError> {
        let id: QuestionId = self.id();
        let (subject, expires_at) = (asked.subject(), self.patience(&asked));
        let body = serde_json::to_value(asked).map_err(|e| StoreError::Other(e.to_string()))?;
        let question = Question {
            id,
            office: Some(self.office()),
            chat: chat.clone(),
            user: message.user.clone(),
            asked_at: self.now,
            expires_at,
            body,
            carried: serde_json::to_value(&message.attachments)
                .map_err(|e| StoreError::Other(e.to_string()))?,
            subject,
        };
        self.session.put_question(&question).await?;
        Ok(id)
    }

    /// What a read-back says is missing is asked for by it: an answer to that needs no code and no names.
    pub(super) async fn keep_gaps(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
    ) -> Result<Option<QuestionId>, AppError> {
        let standing = self.snapshot.standings.get(task.id, school);
        let Some(given) = standing.and_then(|s| s.submission.as_ref()).map(|s| s.values.clone()) else {
            return Ok(None);
        };
        let gaps = task.form.gaps(&given, &self.usual(task, school).beside());
        let fields: Vec<String> = gaps.iter().map(|f| f.key.clone()).collect();
        if fields.is_empty() {
            return Ok(None);
        }
        let chat = self
            .private_chat(&message.member, Some(&message.place.chat))
            .unwrap_or_else(|| message.place.chat.clone());
        let asked = Asked::Fields { task: task.id, school, fields, given: Values::new() };
        // The files of this message are with what is stored.
        let message = Message { attachments: vec![], ..message.clone() };
        Ok(Some(self.keep_question(&message, &chat, asked.into()).await?))
    }

    /// It was said to be there and is not: where are the figures, the link, the file?
    pub(super) async fn ask_where(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
    ) -> Result<(), AppError> {
        let values = self.snapshot.standings.get(task.id, school).and_then(|s| s.submission.clone());
        let given = values.map(|s| s.values).unwrap_or_default();
        let missing: Vec<Field> =
            task.form.gaps(&given, &self.usual(task, school).beside()).into_iter().cloned().collect();
        let fields = if missing.is_empty() { task.form.fields.clone() } else { missing };
        let keys = fields.iter().map(|f| f.key.clone()).collect();
        let what = Asking::WhereIsIt { code: task.code(), fields };
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let reply = Reply::Ask { address: Address::of(&message.member.name), what };
        self.ask_privately(
            message,
            &reply,
            Asked::Fields { task: task.id, school, fields: keys, given: Values::new() },
            about,
        )
        .await
    }

    /// A school answers only for itself; what is said for another goes to a specialist, who can record it.
    async fn others_school(&mut self, message: &Message, act: &Act, other: SchoolId) -> Result<(), AppError> {
        let code = act.task.task().and_then(|t| self.snapshot.task(t)).map(Task::code);
        let own = message.member.schools().first().map(|s| self.school_name(*s)).unwrap_or_default();
        let reply = Reply::Asked { school: own, code, words: message.text.clone() };
        self.tell_specialists(&reply, &About { school: Some(other), ..About::default() }).await?;
        let problem = CommandProblem::OthersSchool { name: self.school_name(other) };
        self.fault(message, problem, "").await
    }

    /// What a school gave last time: the figures of its newest complete answer to an earlier task that asks for at least half of
    /// the same ones, under what it has given to this one already. A half answer to this task is no last time.
    fn last_given(&self, task: &Task, school: SchoolId) -> Option<Values> {
        let own = self.snapshot.standings.get(task.id, school).and_then(|s| s.submission.as_ref());
        if let Some(own) = own.filter(|s| s.complete) {
            return Some(own.values.clone());
        }
        let usual = self.usual(task, school);
        let asked = |key: &str| task.form.field(key).is_some_and(|f| f.kind.is_figure());
        let figures = usual.beside().last?.iter().filter(|(key, _)| asked(key));
        let mut values: Values = figures.map(|(key, value)| (key.clone(), value.clone())).collect();
        values.extend(own.map(|s| s.values.clone()).unwrap_or_default());
        Some(values)
    }

    /// Whether an answer leaves required fields open that last time's figures could fill.
    pub(super) fn lacks(&self, task: &Task, school: SchoolId, given: &Given) -> bool {
        let before = self.snapshot.standings.get(task.id, school).and_then(|s| s.submission.as_ref());
        let mut values = before.map(|b| b.values.clone()).unwrap_or_default();
        values.extend(given.values.clone());
        !task.form.gaps(&values, &self.usual(task, school).beside()).is_empty()
            && self.last_given(task, school).is_some()
    }

    /// Asks whether values that were understood are to count; a yes goes on with `act`.
    pub(super) async fn ask_if_right(
        &mut self,
        message: &Message,
        act: Act,
        task: &Task,
        school: SchoolId,
        values: &Values,
    ) -> Result<(), AppError> {
        let what = self.asking_right(task, Some(school), values);
        let reply = Reply::Ask { address: Address::of(&message.member.name), what };
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        self.ask_privately(message, &reply, Asked::Confirm { act: Box::new(act) }, about).await
    }

    fn named_tasks(&self, tasks: &[TaskId]) -> Vec<(TaskId, String, String)> {
        let named = tasks.iter().filter_map(|t| self.snapshot.task(*t));
        named.map(|t| (t.id, t.code(), t.title(60))).collect()
    }

    fn asking_right(&self, task: &Task, school: Option<SchoolId>, values: &Values) -> Asking {
        let given = |f: &Field| -> Option<(Field, Value)> { Some((f.clone(), values.get(&f.key)?.clone())) };
        Asking::Confirm {
            code: task.code(),
            title: task.title(60),
            school: school.map(|s| self.school_name(s)).unwrap_or_default(),
            values: task.form.fields.iter().filter_map(given).collect(),
        }
    }

    fn asking_fields(
        &self,
        task: Option<Task>,
        school: Option<SchoolId>,
        figures: Vec<String>,
        keys: Vec<String>,
        given: Values,
    ) -> Option<(Asking, Asked)> {
        let (task, school) = (task?, school?);
        let mut fields: Vec<Field> =
            task.form.fields.iter().filter(|f| keys.contains(&f.key)).cloned().collect();
        // Every field has its figure: the one too many may be meant for any of them.
        if fields.is_empty() {
            fields.extend(task.form.fields.iter().filter(|f| f.kind.is_figure()).cloned());
        }
        let keys = fields.iter().map(|f| f.key.clone()).collect();
        let what = if figures.is_empty() {
            Asking::WhereIsIt { code: task.code(), fields }
        } else {
            Asking::WhichField { code: task.code(), figures, fields }
        };
        Some((what, Asked::Fields { task: task.id, school, fields: keys, given }))
    }
}

/// What waits for its task, with what has come since.
fn joined(pending: &Act, mut act: Act) -> Act {
    let before = pending.given().cloned().unwrap_or_default();
    if let Intent::Submit(new) | Intent::Correct(new) = &mut act.intent {
        for (key, value) in before.values {
            new.values.entry(key).or_insert(value);
        }
        new.loose.splice(0..0, before.loose);
        new.links.splice(0..0, before.links);
        new.attached |= before.attached;
    }
    act
}

fn done_or_not(task: &Task) -> Asking {
    Asking::DoneOrNot { code: task.code(), title: task.title(60) }
}

/// The task that a question and a new word may share; none where the question is which task.
fn task_of(asked: &Asked, act: &Act) -> Option<TaskId> {
    let general = matches!(asked, Asked::WhichTask { .. } | Asked::WhichSchool { .. });
    act.task.task().filter(|_| !general)
}

/// Whether the doubt is what the person has just been asked about.
fn same_kind(asked: &Asked, doubt: &Unclear) -> bool {
    matches!(
        (asked, doubt),
        (Asked::WhichTask { .. }, Unclear::WhichTask(_))
            | (Asked::WhichSchool { .. }, Unclear::WhichSchool(_))
            | (Asked::UntilWhen { .. }, Unclear::UntilWhen | Unclear::BadDay { .. })
            | (Asked::Confirm { .. }, Unclear::GuessedTask(_) | Unclear::DoneOrNot)
    )
}
