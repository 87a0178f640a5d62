//! The page of a form: a signed link that expires, given to one person for one school and task; what is sent from it lands
//! in the same record as an answer in chat.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

use super::compose::Fresh;
use super::filled::values_of;
use super::handover::KEPT;
use super::message::Message;
use super::record::{Giver, Landing};
use super::signed::{Purpose, sign, verified};
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{About, Block, Outgoing};
use crate::domain::{
    Address, CommandProblem, Fault, Field, FieldKind, FormLink, Id, Kept, Measure, MemberId, Oddity,
    OfficeId, ReadBack, Reply, School, SchoolId, Task, TaskId, Value, Values,
};
use crate::import::ImportError;
use crate::import::workbook::Workbook;
use crate::planner::{Audience, Post, Snapshot};
use crate::store::{Session, StoreError};
use crate::understand::{field_value, wants_link};
use crate::wording::{CellFault, Voice, copy_fault, refusal};

/// How long a link is good beyond the deadline; without a deadline, from now.
const BEYOND: Duration = Duration::days(14);
/// A form of so many fields is long: its reminders carry the link.
pub(super) const LONG_FORM: usize = 4;
/// The field of the page that takes the reason of an odd value; no key of a form begins so.
pub const REASON: &str = "-reason";
/// The field of the page that takes a filled copy of the office's own workbook.
pub const COPY: &str = "-copy";

/// What a person sees on the page.
#[derive(Debug, Clone)]
pub struct FormPage {
    /// Name of the office.
    pub office: String,
    /// Short name of the school.
    pub school: String,
    /// The task.
    pub code: String,
    /// Its text.
    pub text: String,
    /// The school's deadline.
    pub deadline: Option<DateTime<Utc>>,
    /// The fields, and what is in them: saved values, or what was typed and could not be taken.
    pub fields: Vec<(Field, String)>,
    /// Labels of the fields with a fault, and the sentences.
    pub faults: Vec<(Vec<String>, String)>,
    /// Sentences about values that are possible and look like a slip; with a reason they are taken.
    pub odd: Vec<String>,
    /// The name of the office's own workbook, which can be taken and sent back filled in.
    pub template: Option<String>,
    /// What was stored just now.
    pub stored: Option<ReadBack>,
    /// In whose words.
    pub voice: Voice,
}

/// Something sent from the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// What was typed.
    Text(String),
    /// A file: its name and bytes.
    File(String, Vec<u8>),
}

/// What a link says, once its signature holds.
struct Told {
    office: OfficeId,
    school: SchoolId,
    task: TaskId,
    member: MemberId,
}

impl App {
    /// The page behind a token; none when it is not ours, altered, expired, or the task is over.
    pub async fn form_page(&self, token: &str) -> Result<Option<FormPage>, AppError> {
        let Some(told) = self.told(token).await? else { return Ok(None) };
        let work = Work::begin(self, told.office).await?;
        let Some((school, task)) = work.form_of(&told) else { return Ok(None) };
        Ok(Some(work.page(&school, &task, work.saved(&task, &school))))
    }

    /// Takes what was sent from the page: the same checks and the same record as in chat.
    pub async fn send_form(
        &self,
        token: &str,
        entries: BTreeMap<String, Entry>,
    ) -> Result<Option<FormPage>, AppError> {
        let Some(told) = self.told(token).await? else { return Ok(None) };
        // A foreign file is read in another process, and before the office is locked.
        let copy = match entries.get(COPY) {
            Some(Entry::File(name, bytes)) if !bytes.is_empty() => {
                Some((name.clone(), self.reader.workbook(bytes.clone()).await))
            }
            _ => None,
        };
        let mut work = Work::begin(self, told.office).await?;
        let Some((school, task)) = work.form_of(&told) else { return Ok(None) };
        let page = match copy {
            Some((name, book)) => work.take_copy_of_page(&told, &school, &task, &name, book).await?,
            None => work.take_form(&told, &school, &task, entries).await?,
        };
        work.commit().await?;
        Ok(Some(page))
    }

    /// The office's own workbook for the form behind a token.
    pub async fn form_template(&self, token: &str) -> Result<Option<(String, Vec<u8>)>, AppError> {
        let Some(told) = self.told(token).await? else { return Ok(None) };
        let mut work = Work::begin(self, told.office).await?;
        let Some((_, task)) = work.form_of(&told) else { return Ok(None) };
        work.template_file(&task).await
    }

    /// A file that was sent from the page before; for who has the link.
    pub async fn form_file(&self, token: &str, key: &str) -> Result<Option<(String, Vec<u8>)>, AppError> {
        let Some(told) = self.told(token).await? else { return Ok(None) };
        let mut work = Work::begin(self, told.office).await?;
        let Some((school, task)) = work.form_of(&told) else { return Ok(None) };
        let given = work.standing(task.id, school.id).submission.map(|s| s.values).unwrap_or_default();
        let Some(Value::File { name, file }) = given.get(key).cloned() else { return Ok(None) };
        Ok(work.session.kept_file(&file).await?.map(|bytes| (name, bytes)))
    }

    /// The address of the page, and until when it is good; none where no public address is set.
    async fn link(
        &self,
        session: &mut Session,
        told: &Told,
        deadline: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<Option<(String, DateTime<Utc>)>, StoreError> {
        let Some(base) = &self.public_url else { return Ok(None) };
        let key = self.link_key(session).await?;
        let until = deadline.map_or(now, |d| d.max(now)) + BEYOND;
        Ok(Some((format!("{}/bieu/{}", base.trim_end_matches('/'), token(told, until, &key)), until)))
    }

    /// Adds to a reminder of one person the pages of the long forms in it.
    pub(super) async fn add_links(
        &self,
        session: &mut Session,
        snapshot: &Snapshot,
        fresh: &Fresh,
        outgoing: &mut Outgoing,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (Audience::Member(member), Post::Missing { lines, .. }) = (fresh.to, &fresh.post) else {
            return Ok(());
        };
        let voice = Voice { language: snapshot.office.language, zone: snapshot.office.zone };
        let said = outgoing.text.tasks();
        for (task, deadline, school) in lines {
            let long =
                snapshot.task(*task).filter(|t| t.form.fields.len() >= LONG_FORM && said.contains(task));
            let Some(task) = long else { continue };
            let told = Told { office: snapshot.office.id, school: *school, task: task.id, member };
            if let Some((address, _)) = self.link(session, &told, Some(*deadline), now).await? {
                let text = voice.form_in_reminder(&task.code(), &address);
                outgoing.text.blocks.push(Block { text, strong: false, task: None });
            }
        }
        Ok(())
    }

    async fn told(&self, token: &str) -> Result<Option<Told>, AppError> {
        let key = self.known_link_key().await?;
        Ok(key.and_then(|key| read_token(token, &key, self.clock.now())))
    }
}

impl Work<'_> {
    /// "Gửi em link" said to the bot by a school. Whether it was that.
    pub(super) async fn hear_link_wish(&mut self, message: &Message) -> Result<bool, AppError> {
        let schools = message.member.schools();
        if schools.is_empty() || !message.is_addressed() || !wants_link(&message.text) {
            return Ok(false);
        }
        let quoted = self.bind(message).await?.quoted;
        let open: Vec<Task> = self.open_tasks(&schools, false).iter().map(|o| o.task.clone()).collect();
        let meant = |t: &&Task| super::more_time::names(&message.text, t) || quoted.contains(&t.id);
        let named: Vec<Task> = open.iter().filter(meant).cloned().collect();
        let with_form: Vec<Task> = open.into_iter().filter(|t| !t.form.is_empty()).collect();
        let tasks = if named.is_empty() { with_form } else { named };
        for task in tasks {
            self.give_link(message, task.id).await?;
        }
        Ok(true)
    }

    /// "/link V2": the page of a task's form, for each school of the person.
    pub(super) async fn give_link(&mut self, message: &Message, task: TaskId) -> Result<(), AppError> {
        let Some(task) = self.snapshot.task(task).filter(|t| t.is_open()).cloned() else { return Ok(()) };
        if task.form.is_empty() {
            return self.fault(message, CommandProblem::NoForm { code: task.code() }, "").await;
        }
        let member = message.member.clone();
        let sent = self.send_own_form(message, &task).await?;
        for school in member.schools() {
            let link = self.link(&task, school, member.id).await?;
            if sent && link.is_none() {
                continue;
            }
            let (school_name, code) = (self.school_name(school), task.code());
            let reply = match link {
                Some((address, until)) => {
                    Reply::FormLink(FormLink { school: school_name, code, address, until })
                }
                None => Reply::CommandFault {
                    address: Address::of(&member.name),
                    fault: CommandProblem::NoPage { code: code.clone() },
                    example: format!("{code} {}", self.voice().example(&task.form.fields)),
                },
            };
            // A link lets whoever has it answer for the school: it is never said in a group.
            match self.private_chat(&member, Some(&message.place.chat)) {
                Some(chat) => {
                    let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
                    self.reply(&chat, &reply, Manner { about, ..Manner::default() }).await?;
                }
                None if message.group.is_none() => self.reply_to_order(message, &reply).await?,
                None => {}
            }
        }
        Ok(())
    }

    /// The address of the page, and until when it is good; none where no public address is set.
    pub(super) async fn link(
        &mut self,
        task: &Task,
        school: SchoolId,
        member: MemberId,
    ) -> Result<Option<(String, DateTime<Utc>)>, AppError> {
        let until = self.deadline_for(task, school);
        let told = Told { office: self.office(), school, task: task.id, member };
        Ok(self.app.link(&mut self.session, &told, until, self.now).await?)
    }

    fn form_of(&self, told: &Told) -> Option<(School, Task)> {
        let task = self.snapshot.task(told.task).filter(|t| t.is_open() && !t.form.is_empty())?;
        let school = self.school(told.school).filter(|s| task.scope.holds(s))?;
        let member = self.snapshot.members.iter().find(|m| m.id == told.member)?;
        member.schools().contains(&told.school).then(|| (school.clone(), task.clone()))
    }

    fn saved(&self, task: &Task, school: &School) -> BTreeMap<String, String> {
        let given = self.standing(task.id, school.id).submission.map(|s| s.values).unwrap_or_default();
        let typed = |f: &Field| Some((f.key.clone(), typed(self.voice(), f, given.get(&f.key)?)));
        task.form.fields.iter().filter_map(typed).collect()
    }

    fn page(&self, school: &School, task: &Task, entered: BTreeMap<String, String>) -> FormPage {
        let field = |f: &Field| (f.clone(), entered.get(&f.key).cloned().unwrap_or_default());
        FormPage {
            office: self.snapshot.office.name.clone(),
            school: school.short_name.clone(),
            code: task.code(),
            text: task.text.clone(),
            deadline: self.deadline_for(task, school.id),
            fields: task.form.fields.iter().map(field).collect(),
            faults: vec![],
            odd: vec![],
            template: task.form.template.clone(),
            stored: None,
            voice: self.voice(),
        }
    }

    /// A filled copy that was sent from the page: its cells as if they had been typed, its faults with their addresses.
    async fn take_copy_of_page(
        &mut self,
        told: &Told,
        school: &School,
        task: &Task,
        name: &str,
        book: Result<Workbook, ImportError>,
    ) -> Result<FormPage, AppError> {
        let (voice, language) = (self.voice(), self.snapshot.office.language);
        let refused = |page: FormPage, sentences: Vec<String>| FormPage {
            faults: sentences.into_iter().map(|sentence| (vec![], sentence)).collect(),
            ..page
        };
        let page = self.page(school, task, self.saved(task, school));
        let Some(layout) = self.template_layout(task).await? else { return Ok(page) };
        let filled = match book {
            Ok(book) => match self.filled_by(&layout, &book, &[school.id]) {
                Ok(filled) => filled,
                Err(faults) => {
                    return Ok(refused(
                        page,
                        faults.iter().map(|fault| copy_fault(language, fault)).collect(),
                    ));
                }
            },
            Err(why) => return Ok(refused(page, vec![refusal(language, &why, name)])),
        };
        let Some(filled) = filled.first() else { return Ok(page) };
        let now = self.now.with_timezone(&self.snapshot.office.zone).naive_local();
        let cells = values_of(task, filled, now);
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        for field in &task.form.fields {
            let text =
                cells.values.get(&field.key).map(|value| typed(voice, field, value)).unwrap_or_default();
            if !text.is_empty() {
                entries.insert(field.key.clone(), Entry::Text(text));
            }
        }
        if !cells.unread.is_empty() {
            let entered = entries.iter().filter_map(|(key, entry)| match entry {
                Entry::Text(text) => Some((key.clone(), text.clone())),
                Entry::File(..) => None,
            });
            let mut page = self.page(school, task, entered.collect());
            let said = |(field, fault, cell, found): &(Field, CellFault, String, String)| {
                (vec![field.label.clone()], voice.cell_fault(*fault, field, cell, found))
            };
            page.faults = cells.unread.iter().map(said).collect();
            return Ok(page);
        }
        self.take_form(told, school, task, entries).await
    }

    async fn take_form(
        &mut self,
        told: &Told,
        school: &School,
        task: &Task,
        entries: BTreeMap<String, Entry>,
    ) -> Result<FormPage, AppError> {
        let before = self.standing(task.id, school.id).submission.map(|s| s.values).unwrap_or_default();
        let mut values = Values::new();
        let mut entered = self.saved(task, school);
        let mut unread = Vec::new();
        let today = self.now.with_timezone(&self.snapshot.office.zone).naive_local();
        for field in &task.form.fields {
            let holds_file = matches!(field.kind, FieldKind::File | FieldKind::Photo);
            match entries.get(&field.key) {
                Some(Entry::File(name, bytes)) if holds_file && !bytes.is_empty() => {
                    let id: Id<Told> = self.id();
                    let file = format!("{KEPT}{id}");
                    self.session.keep_file(self.office(), &file, bytes).await?;
                    values.insert(field.key.clone(), Value::File { name: name.clone(), file });
                }
                Some(Entry::Text(text)) if !holds_file => {
                    entered.insert(field.key.clone(), text.clone());
                    match field_value(field, text, today) {
                        Some(Ok(value)) => {
                            values.insert(field.key.clone(), value);
                        }
                        Some(Err(())) => unread.push(field.clone()),
                        None => {}
                    }
                }
                // A file that is not sent again stays.
                _ => {
                    if let Some(old) = before.get(&field.key) {
                        values.insert(field.key.clone(), old.clone());
                    }
                }
            }
        }
        let mut page = self.page(school, task, entered);
        if !unread.is_empty() {
            page.faults =
                unread.iter().map(|f| (vec![f.label.clone()], self.voice().unreadable(f))).collect();
            return Ok(page);
        }
        let reason = match entries.get(REASON) {
            Some(Entry::Text(words)) => words.trim().to_owned(),
            _ => String::new(),
        };
        let giver = |kept| Giver {
            by: told.member,
            on_behalf: false,
            message: None,
            at: self.now,
            kept,
            trusted: false,
            corrects: false,
        };
        let (first, again) = (giver(vec![]), giver(vec![]));
        let mut landing = self.land(task, school.id, values, first).await?;
        if let Landing::Odd(odd, values) = &landing
            && !reason.is_empty()
        {
            let keep = |oddity: &Oddity| Kept { oddity: oddity.clone(), reason: reason.clone() };
            let kept = odd.iter().map(keep).collect();
            landing = self.land(task, school.id, values.clone(), Giver { kept, ..again }).await?;
        }
        match landing {
            Landing::Stored(read_back) => {
                self.tell_sender(told, task, school.id, &read_back).await?;
                page.fields = self.page(school, task, self.saved(task, school)).fields;
                page.stored = Some(*read_back);
            }
            Landing::Same(read_back) => page.stored = Some(*read_back),
            Landing::Faulty(faults) => {
                let said =
                    |f: &Fault| (f.labels().into_iter().map(str::to_owned).collect(), self.voice().fault(f));
                page.faults = faults.iter().map(said).collect();
            }
            Landing::Odd(odd, _) => page.odd = vec![self.voice().odd(&odd)],
            Landing::StillReturned(reason) => {
                page.faults = vec![(vec![], self.voice().still_returned(&task.code(), &reason))];
            }
            Landing::Nothing => {
                page.faults = vec![(vec![], self.voice().nothing_entered())];
            }
        }
        Ok(page)
    }

    /// What was sent from the page is read back in chat too.
    async fn tell_sender(
        &mut self,
        told: &Told,
        task: &Task,
        school: SchoolId,
        read_back: &ReadBack,
    ) -> Result<(), AppError> {
        let member = self.snapshot.members.iter().find(|m| m.id == told.member).cloned();
        let chat = member.and_then(|m| self.private_chat(&m, None));
        let Some(chat) = chat else { return Ok(()) };
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let manner = Manner { about, ..Manner::default() };
        self.reply(&chat, &Reply::ReadBack(read_back.clone()), manner).await?;
        Ok(())
    }
}

/// A value as a person would type it into its field.
fn typed(voice: Voice, field: &Field, value: &Value) -> String {
    match value {
        Value::Text(words) | Value::Link(words) => words.clone(),
        Value::File { name, .. } => name.clone(),
        Value::Figure(n) if field.measure() == Measure::WHOLE => n.to_string(),
        // "12,345" would be thousands: in đồng it is what it is.
        Value::Figure(n) if field.kind == FieldKind::Money && field.measure().parts(*n).1.len() == 3 => {
            voice.value(&Field { unit: String::new(), ..field.clone() }, value)
        }
        Value::Figure(n) => voice.measured(*n, field.measure()),
        other => voice.value(field, other),
    }
}

/// `office-school-task-member-expiry-signature`.
fn token(told: &Told, until: DateTime<Utc>, key: &str) -> String {
    let said = format!("{}-{}-{}-{}-{}", told.office, told.school, told.task, told.member, until.timestamp());
    sign(Purpose::Form, &said, key)
}

/// What a token says; `None` for one that was not signed with this key, was altered, or has expired.
fn read_token(token: &str, key: &str, now: DateTime<Utc>) -> Option<Told> {
    let said = verified(Purpose::Form, token, key)?;
    let parts: Vec<&str> = said.split('-').collect();
    let [office, school, task, member, until] = parts[..] else { return None };
    let until = DateTime::from_timestamp(until.parse().ok()?, 0)?;
    (now <= until).then_some(())?;
    Some(Told {
        office: office.parse().ok()?,
        school: school.parse().ok()?,
        task: task.parse().ok()?,
        member: member.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_link_that_is_altered_expired_or_signed_by_another_opens_nothing() {
        let id = |n| Uuid::from_u128(n);
        let told = Told {
            office: Id::new(id(1)),
            school: Id::new(id(2)),
            task: Id::new(id(3)),
            member: Id::new(id(4)),
        };
        let until = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let good = token(&told, until, "key");
        let opens = |token: &str, key: &str, at| read_token(token, key, at).is_some();
        assert!(opens(&good, "key", until));
        assert!(!opens(&good, "key", until + Duration::seconds(1)), "expired");
        assert!(!opens(&good, "other", until), "another key");
        assert!(!opens(&good.replace("1800000000", "1900000000"), "key", until), "a later end");
        let other =
            good.replacen(&Id::<Told>::new(id(2)).to_string(), &Id::<Told>::new(id(5)).to_string(), 1);
        assert!(!opens(&other, "key", until), "another school");
        for broken in ["", "-", "a-b", &good[..good.len() - 2], &format!("{good}00"), &good.replace('-', "_")]
        {
            assert!(!opens(broken, "key", until), "{broken}");
        }
    }
}
