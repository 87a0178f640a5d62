//! Storing what a school hands in: checked, versioned, read back.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::AppError;
use super::awaited::values_of;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::{About, Attachment, AttachmentKind};
use crate::domain::{
    Address, Beside, CheckReply, CommandProblem, Fault, Field, FieldKind, Kept, MemberId, MessageRef, Oddity,
    ReadBack, Reply, SchoolId, Standing, Submission, Task, Value, Values, is_on_time,
};
use crate::understand::{Asked, By, Given};
use crate::vietnamese::fold_words;

/// Who gives an answer, and where.
pub(super) struct Giver {
    pub(super) by: MemberId,
    pub(super) on_behalf: bool,
    pub(super) message: Option<MessageRef>,
    pub(super) at: DateTime<Utc>,
    /// Odd values that were explained.
    pub(super) kept: Vec<Kept>,
    /// The person has been asked about these very values: nothing is odd any more.
    pub(super) trusted: bool,
    /// The person says that what was given before is wrong.
    pub(super) corrects: bool,
}

/// What became of an answer.
pub(super) enum Landing {
    /// Stored, and read back.
    Stored(Box<ReadBack>),
    /// It is what is stored already, which is read back.
    Same(Box<ReadBack>),
    /// It contradicts itself or the form; nothing was stored.
    Faulty(Vec<Fault>),
    /// It is possible and looks like a slip; nothing was stored. The values are all those of the version to be.
    Odd(Vec<Oddity>, Values),
    /// It is what was given back, for this reason.
    StillReturned(String),
    /// There was nothing in it.
    Nothing,
}

impl Work<'_> {
    /// An answer or a correction in chat.
    pub(super) async fn submit(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        given: Given,
        correct: bool,
    ) -> Result<(), AppError> {
        if !self.school(school).is_some_and(|s| task.scope.holds(s)) || !task.is_open() {
            let open = self.open_tasks(&[school], false).iter().map(|o| o.task.code()).collect();
            return self.fault(message, CommandProblem::NoSuchTask { given: task.code(), open }, "nop").await;
        }
        if self.settle_edit(message, school, task, &given).await? {
            return Ok(());
        }
        let mut values = self.values(task, school, &given, &message.attachments, correct);
        // A task that asks for a submission and says not which takes figures in the words in which they came.
        if task.form.is_empty() && !given.loose.is_empty() {
            values.insert("text-0".into(), Value::Text(message.text.clone()));
        }
        let giver = Giver {
            by: message.member.id,
            on_behalf: false,
            message: Some(message.place.clone()),
            at: message.at,
            kept: vec![],
            trusted: given.by == By::LastTime,
            corrects: correct,
        };
        let chat = message.place.chat.clone();
        let given_now = values.clone();
        let unused = unused(task, &given, &message.attachments, &values);
        match self.land(task, school, values, giver).await? {
            Landing::Stored(mut read_back) => {
                read_back.unused = unused;
                let question = self.keep_gaps(message, task, school).await?;
                let manner = Manner {
                    about: About { tasks: vec![task.id], school: Some(school), question, ..About::default() },
                    reply_to: Some(message.place.id.clone()),
                    ..Manner::default()
                };
                self.reply(&chat, &Reply::ReadBack(*read_back), manner).await?;
                Ok(())
            }
            // An edit of the words around the figures, or the same once more: nothing has changed.
            Landing::Same(_) if message.edited => Ok(()),
            // "Béo phì em ghi nhầm": what is there still counts, and the figure that is right has not been said.
            Landing::Same(read_back) if correct && given.is_empty() => {
                let (code, school_name) = (task.code(), read_back.school.clone());
                let words = format!(" {} ", fold_words(&message.text));
                let named = |f: &&Field| words.contains(&format!(" {} ", fold_words(&f.label)));
                let mut fields: Vec<Field> = task.form.fields.iter().filter(named).cloned().collect();
                if fields.is_empty() {
                    fields.clone_from(&task.form.fields);
                }
                let keys = fields.iter().map(|f| f.key.clone()).collect();
                let reply = Reply::Check(CheckReply::NothingNew {
                    address: Address::of(&message.member.name),
                    school: school_name,
                    code,
                    values: read_back.values.clone(),
                    fields,
                });
                let asked = Asked::Fields { task: task.id, school, fields: keys, given: Values::new() };
                let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
                self.ask_privately(message, &reply, asked, about).await
            }
            Landing::Same(mut read_back) => {
                read_back.unused = unused;
                let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
                self.reply(&chat, &Reply::ReadBack(*read_back), manner).await?;
                Ok(())
            }
            Landing::Faulty(faults) => self.send_back(message, task, school, faults, given_now).await,
            Landing::Odd(odd, values) => self.ask_odd(message, task, school, odd, values, message.at).await,
            Landing::StillReturned(reason) => {
                let reply = Reply::Check(CheckReply::StillReturned { code: task.code(), reason });
                let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
                self.reply_privately(&message.member.clone(), &chat, &reply, manner).await?;
                Ok(())
            }
            Landing::Nothing => self.ask_where(message, task, school).await,
        }
    }

    /// The faults go to the person in private, and the answer to them is bound to this task and school.
    pub(super) async fn send_back(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
        faults: Vec<Fault>,
        given: Values,
    ) -> Result<(), AppError> {
        let usual = self.usual(task, school);
        let fields = blamed(task, &faults, &given, &usual.beside());
        let keys = fields.iter().map(|f| f.key.clone()).collect();
        let asked = Asked::Fields { task: task.id, school, fields: keys, given };
        let reply =
            Reply::Faulty { address: Address::of(&message.member.name), code: task.code(), faults, fields };
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        self.ask_privately(message, &reply, asked, about).await
    }

    /// Stores an answer when it holds; the version before it is kept.
    pub(super) async fn land(
        &mut self,
        task: &Task,
        school: SchoolId,
        values: Values,
        giver: Giver,
    ) -> Result<Landing, AppError> {
        let standing = self.standing(task.id, school);
        let before = standing.submission.clone();
        let usual = self.usual(task, school);
        let contradictions = task.form.contradictions(&values, &usual.beside());
        if !contradictions.is_empty() {
            return Ok(Landing::Faulty(contradictions));
        }
        if values.is_empty() {
            return Ok(Landing::Nothing);
        }
        if let Some(same) = before.as_ref().filter(|b| b.values == values) {
            if let Some(returned) = standing.returned.as_ref().filter(|_| standing.is_returned()) {
                return Ok(Landing::StillReturned(returned.reason.clone()));
            }
            return Ok(Landing::Same(Box::new(self.read_back(task, &standing, same, None))));
        }
        let mut kept =
            before.as_ref().map(|b| still_there(task, &b.kept, &b.values, &values)).unwrap_or_default();
        kept.extend(giver.kept);
        let odd = self.oddities(task, &values, before.as_ref(), &kept, &usual, giver.corrects);
        if !odd.is_empty() && !giver.trusted {
            return Ok(Landing::Odd(odd, values));
        }
        let submission = Submission {
            id: self.id(),
            task: task.id,
            school,
            form_version: task.form.version,
            kept,
            version: before.as_ref().map_or(0, |s| s.version) + 1,
            complete: task.form.is_complete(&values, &usual.beside()),
            values,
            by: giver.by,
            on_behalf: giver.on_behalf,
            message: giver.message,
            at: giver.at,
        };
        self.session.insert_submission(&submission).await?;
        let standing = Standing { submission: Some(submission.clone()), ..standing };
        let standing = self.put_standing(task, standing, giver.at).await?;
        // What was asked about the values before, of whomever, is over: its answer would put old ones over these.
        self.session.close_questions_about(self.office(), &values_of(task.id, school)).await?;
        self.audit(
            Some(giver.by),
            "submission.stored",
            json!({ "submission": submission.id, "task": task.id, "school": school, "version": submission.version }),
        )
        .await?;
        Ok(Landing::Stored(Box::new(self.read_back(task, &standing, &submission, before.as_ref()))))
    }

    fn read_back(
        &self,
        task: &Task,
        standing: &Standing,
        submission: &Submission,
        before: Option<&Submission>,
    ) -> ReadBack {
        let fields = fields_of(task, &submission.values);
        let given = |f: &Field| Some((f.clone(), submission.values.get(&f.key)?.clone()));
        let old = |f: &Field| before.and_then(|b| b.values.get(&f.key)).cloned();
        let changed = |f: &&Field| before.is_some() && old(f).as_ref() != submission.values.get(&f.key);
        // A gap that is filled later is no correction of what was there.
        let corrects = fields.iter().filter(changed).filter(|f| old(f).is_some());
        let deadline = self.deadline_for(task, standing.school);
        ReadBack {
            school: self.school_name(standing.school),
            code: task.code(),
            values: fields.iter().filter_map(given).collect(),
            at: submission.at,
            missing: task
                .form
                .gaps(&submission.values, &self.usual(task, standing.school).beside())
                .iter()
                .map(|f| f.label.clone())
                .collect(),
            corrects: corrects.map(|f| (f.clone(), old(f))).collect(),
            kept: submission.kept.clone(),
            on_behalf: submission.on_behalf,
            late: standing.settled_at.zip(deadline).is_some_and(|(at, end)| !is_on_time(at, end)),
            unused: vec![],
        }
    }

    /// The values of the new version: those given, over those of the version before.
    pub(super) fn values(
        &self,
        task: &Task,
        school: SchoolId,
        given: &Given,
        attachments: &[Attachment],
        correct: bool,
    ) -> Values {
        let before = self.snapshot.standings.get(task.id, school).and_then(|s| s.submission.as_ref());
        // A partial answer completes the one before it; so does a correction of one field.
        // An empty form collects: the second photo of an album stands beside the first.
        let keep = task.form.is_empty()
            || correct
            || before.is_some_and(|b| !b.complete)
            || given.values.len() < task.form.fields.len();
        let mut values = before.filter(|_| keep).map(|b| b.values.clone()).unwrap_or_default();
        values.extend(given.values.clone());
        for (i, link) in given.links.iter().enumerate().filter(|_| task.form.is_empty()) {
            values.insert(format!("link-{i}"), Value::Link(link.clone()));
        }
        // A link of a message that was asked about came before its field was known.
        for link in given.links.iter().filter(|_| !task.form.is_empty()) {
            let link = Value::Link(link.clone());
            let free = |f: &&Field| f.kind == FieldKind::Link && !given.values.contains_key(&f.key);
            let placed = given.values.values().any(|value| *value == link);
            if let Some(field) = task.form.fields.iter().find(free).filter(|_| !placed) {
                values.insert(field.key.clone(), link);
            }
        }
        for attachment in attachments {
            attach(task, &mut values, attachment, !given.values.is_empty());
        }
        values
    }

    /// "Bỏ tin trên, em gõ nhầm": the version before counts again; without one the school has not answered.
    pub(super) async fn withdraw(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
    ) -> Result<(), AppError> {
        let Some(given) = self.take_back(message, school, task).await? else {
            return self.nothing_to_take_back(message).await;
        };
        let fields = fields_of(task, &given);
        let values = fields.iter().filter_map(|f| Some((f.clone(), given.get(&f.key)?.clone()))).collect();
        let reply = Reply::Withdrawn { school: self.school_name(school), code: task.code(), values };
        // What counts again may be the half of an answer.
        let question = self.keep_gaps(message, task, school).await?;
        let manner = Manner {
            about: About { tasks: vec![task.id], school: Some(school), question, ..About::default() },
            reply_to: Some(message.place.id.clone()),
            ..Manner::default()
        };
        self.reply(&message.place.chat.clone(), &reply, manner).await?;
        Ok(())
    }

    /// The last version no longer counts; the values that count again, none when nothing had been given.
    pub(super) async fn take_back(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
    ) -> Result<Option<Values>, AppError> {
        let history = self.session.submissions_of(task.id, school).await?;
        let Some(last) = history.iter().max_by_key(|s| s.version) else { return Ok(None) };
        let before = counting_before(&history);
        let submission = Submission {
            id: self.id(),
            version: last.version + 1,
            values: before.map(|s| s.values.clone()).unwrap_or_default(),
            complete: before.is_some_and(|s| s.complete),
            by: message.member.id,
            on_behalf: false,
            message: Some(message.place.clone()),
            at: message.at,
            ..last.clone()
        };
        let mut standing = self.standing(task.id, school);
        if !submission.complete {
            standing.settled_at = None;
        }
        // An empty version is no answer.
        standing.submission = Some(submission.clone()).filter(|s| !s.values.is_empty());
        self.put_standing(task, standing, message.at).await?;
        self.session.insert_submission(&submission).await?;
        Ok(Some(before.map(|s| s.values.clone()).unwrap_or_default()))
    }
}

/// The version that counts once the last one is taken back. A version with the values of the one before the one before
/// it is itself a taking back, so that taking back twice goes back two steps.
fn counting_before(history: &[Submission]) -> Option<&Submission> {
    let mut versions: Vec<&Submission> = history.iter().collect();
    versions.sort_by_key(|s| s.version);
    let mut standing: Vec<&Submission> = Vec::new();
    for version in versions {
        let below = standing.len().checked_sub(2).map(|i| &standing[i].values);
        let takes_back = match below {
            Some(values) => *values == version.values,
            None => version.values.is_empty(),
        };
        if takes_back {
            standing.pop();
        } else {
            standing.push(version);
        }
    }
    standing.len().checked_sub(2).map(|i| standing[i])
}

/// The fields of a task's form; for an empty form one for each thing handed in.
pub(super) fn fields_of(task: &Task, values: &Values) -> Vec<Field> {
    if !task.form.is_empty() {
        return task.form.fields.clone();
    }
    let field = |(key, value): (&String, &Value)| {
        let kind = match value {
            Value::Link(_) => FieldKind::Link,
            Value::File { .. } => FieldKind::File,
            Value::Date(_) => FieldKind::Date,
            Value::Figure(_) => FieldKind::Count,
            Value::Text(_) | Value::NotApplicable => FieldKind::Text,
        };
        Field { required: false, ..Field::new(key, "", kind) }
    };
    values.iter().map(field).collect()
}

/// What came with an answer and stands nowhere in it: figures that no field takes, files and photos that none holds.
fn unused(task: &Task, given: &Given, attachments: &[Attachment], values: &Values) -> Vec<String> {
    let takes_files = task.form.fields.iter().any(|f| matches!(f.kind, FieldKind::File | FieldKind::Photo));
    let kept = |a: &&Attachment| {
        values.values().any(|v| matches!(v, Value::File { file, .. } if *file == a.file))
            || match a.kind {
                AttachmentKind::Photo => false,
                // A filled copy of a workbook was read, and is no file that a field asks for.
                AttachmentKind::File => !takes_files,
                AttachmentKind::Voice | AttachmentKind::Sticker => true,
            }
    };
    let told =
        |printed: &str| values.values().any(|v| matches!(v, Value::Text(words) if words.contains(printed)));
    let figures = given.loose.iter().filter(|f| !told(&f.printed)).map(|figure| {
        let label = figure.label.trim();
        if label.is_empty() { figure.printed.clone() } else { format!("{label} {}", figure.printed) }
    });
    let files = attachments.iter().filter(|a| !kept(a)).map(|a| a.name.clone());
    figures.chain(files).filter(|said| !said.is_empty()).collect()
}

/// A file goes into the first field for its kind that has none; into an empty form always. A photo beside figures is no plan in a
/// file: it shows what the figures tell.
fn attach(task: &Task, values: &mut Values, attachment: &Attachment, beside_figures: bool) {
    let value = Value::File { name: attachment.name.clone(), file: attachment.file.clone() };
    let fits = |kind: FieldKind| match attachment.kind {
        AttachmentKind::Photo => kind == FieldKind::Photo || kind == FieldKind::File && !beside_figures,
        AttachmentKind::File => kind == FieldKind::File,
        AttachmentKind::Voice | AttachmentKind::Sticker => false,
    };
    if task.form.is_empty() && matches!(attachment.kind, AttachmentKind::File | AttachmentKind::Photo) {
        let free = (0..).map(|i| format!("file-{i}")).find(|key| !values.contains_key(key));
        values.insert(free.unwrap_or_default(), value);
        return;
    }
    let field = task.form.fields.iter().find(|f| fits(f.kind) && !values.contains_key(&f.key));
    let field = field.or_else(|| task.form.fields.iter().find(|f| fits(f.kind)));
    if let Some(field) = field {
        values.insert(field.key.clone(), value);
    }
}

/// What was kept and is still in the values.
fn still_there(task: &Task, kept: &[Kept], before: &Values, values: &Values) -> Vec<Kept> {
    let given = |label: &str| {
        let field = task.form.fields.iter().find(|f| f.label == label)?;
        values.get(&field.key)
    };
    let stays = |k: &&Kept| match &k.oddity {
        Oddity::TenFold { label, given: n, .. }
        | Oddity::Jump { label, given: n, .. }
        | Oddity::NotEnrolment { label, given: n, .. } => given(label) == Some(&Value::Figure(*n)),
        // The sheet is another one as soon as one of its figures is.
        Oddity::SameAsLast { .. } => before == values,
    };
    kept.iter().filter(stays).cloned().collect()
}

/// The fields of each fault that may be wrong, one where that can be told; all fields of the form when none can be named.
pub(super) fn blamed(task: &Task, faults: &[Fault], given: &Values, beside: &Beside) -> Vec<Field> {
    let suspects = faults.iter().flat_map(|f| task.form.suspects(f, given, beside));
    let keys: Vec<&str> = suspects.map(|f| f.key.as_str()).collect();
    let named: Vec<Field> =
        task.form.fields.iter().filter(|f| keys.contains(&f.key.as_str())).cloned().collect();
    if named.is_empty() { task.form.fields.clone() } else { named }
}
