//! The office's own form in Excel: an officer sends it for a task, sees what was found in it and agrees; it goes out with the
//! task, or to whoever asks for it.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::design::form_of_layout;
use super::message::Message;
use super::pending::Pending;
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{About, AttachmentKind, ChatKind, FetchError, Heard, Incoming};
use crate::domain::{Form, FormReply, Id, OfficeId, Reply, Task, TaskId, TaskState};
use crate::import::ImportError;
use crate::import::workbook::{Layout, Shape, Workbook, layout};
use crate::store::StoreError;
use crate::vietnamese::fold_words;
use crate::wording::{no_template, refusal};

/// The largest workbook that is fetched, in bytes: a form is a few dozen kilobytes.
pub(super) const LARGEST: u64 = 5 * 1024 * 1024;

/// A workbook that came with a message, fetched and read before anything is locked.
#[derive(Debug)]
pub(super) struct SentWorkbook {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) read: Result<Workbook, ImportError>,
    /// An officer sends it as a form; it is a filled copy otherwise.
    is_template: bool,
}

/// So many workbooks of one message are read; the others are named.
const MOST: usize = 4;

/// The workbooks of a message.
#[derive(Debug)]
pub(super) struct SentWorkbooks {
    pub(super) read: Vec<SentWorkbook>,
    /// Names of those that were not looked at.
    pub(super) left: Vec<String>,
}

/// A form that waits for an officer's yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Offer {
    task: TaskId,
    file: String,
    /// Under this name its bytes are kept.
    kept: String,
    layout: Layout,
    form: Form,
}

/// Whether a file is a workbook by its name.
pub(super) fn is_workbook(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xlsx", ".xlsm", ".xltx", ".xls"].iter().any(|end| name.ends_with(end))
}

impl App {
    /// The workbooks of an update, if they are what an officer sends as a form, or filled copies.
    pub(super) async fn sent_workbooks(
        &self,
        incoming: &Incoming,
        office: OfficeId,
    ) -> Result<Option<SentWorkbooks>, AppError> {
        let Heard::Message { attachments, text, .. } = &incoming.heard else { return Ok(None) };
        let mut files = attachments.iter().filter(|a| a.kind == AttachmentKind::File && is_workbook(&a.name));
        if files.clone().next().is_none() {
            return Ok(None);
        }
        let mut session = self.store.read().await?;
        let members = session.members_by_account(&incoming.from.user).await?;
        let Some(member) = members.iter().find(|m| m.office == office) else { return Ok(None) };
        let said = fold_words(text);
        let named = ["bieu", "giao", "mau bieu"]
            .iter()
            .any(|word| said == *word || said.starts_with(&format!("{word} ")));
        let is_template = member.directs() && incoming.chat_kind == ChatKind::Private && named;
        if !is_template {
            let posted = session.tasks_of(office, &[TaskState::Posted]).await?;
            let mut awaited = posted.iter().filter(|task| task.form.template.is_some());
            // An officer hands in for schools where it is said so, or for which task.
            let records = member.directs() && incoming.chat_kind == ChatKind::Private;
            let meant = said.starts_with("ghiho ")
                || said.starts_with("ghi ho ")
                || awaited.clone().any(|task| names(text, &task.code()));
            if awaited.next().is_none() || member.schools().is_empty() && !(records && meant) {
                return Ok(None);
            }
        }
        drop(session);
        let Some(platform) = self.platforms.get(&incoming.chat.platform) else { return Ok(None) };
        let mut sent = SentWorkbooks { read: vec![], left: vec![] };
        // A task has one form.
        let most = if is_template { 1 } else { MOST };
        for file in files.by_ref().take(most) {
            let bytes = if file.size.is_some_and(|size| size > LARGEST) {
                Err(FetchError::TooLarge)
            } else {
                self.fetch(&**platform, &file.file, LARGEST).await
            };
            let (bytes, read) = match bytes {
                // The platform is away: the update is tried again later.
                Err(error @ FetchError::Unreachable(_)) => return Err(error.into()),
                Err(FetchError::TooLarge) => (vec![], Err(ImportError::TooBig(LARGEST / 1_000_000))),
                Err(error) => (vec![], Err(ImportError::Unreadable(error.to_string()))),
                Ok(bytes) => (bytes.clone(), self.reader.workbook(bytes).await),
            };
            sent.read.push(SentWorkbook { name: file.name.clone(), bytes, read, is_template });
        }
        sent.left.extend(files.map(|file| file.name.clone()));
        Ok(Some(sent))
    }
}

/// Whether words name a task by its code.
pub(super) fn names(text: &str, code: &str) -> bool {
    text.to_uppercase().split(|c: char| !c.is_alphanumeric()).any(|word| word == code)
}

impl Work<'_> {
    /// Does with workbooks what they were sent for. What is no copy of any form is a file like any other; beside a copy it is named.
    pub(super) async fn take_workbooks(
        &mut self,
        message: Message,
        sent: SentWorkbooks,
    ) -> Result<(), AppError> {
        let SentWorkbooks { read, mut left } = sent;
        let mut taken = false;
        for workbook in read {
            let name = workbook.name.clone();
            if workbook.is_template {
                self.take_template(&message, workbook).await?;
                taken = true;
            } else if self.take_copy(&message, workbook).await? {
                taken = true;
            } else {
                left.push(name);
            }
        }
        if !taken {
            return self.message(message).await;
        }
        if !left.is_empty() {
            let reply = Reply::Form(FormReply::FilesLeft { files: left });
            let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
            let chat = message.place.chat.clone();
            self.reply_privately(&message.member, &chat, &reply, manner).await?;
        }
        Ok(())
    }

    /// What was found in an officer's form is shown, and asked about before it is used.
    async fn take_template(&mut self, message: &Message, sent: SentWorkbook) -> Result<(), AppError> {
        let language = self.snapshot.office.language;
        let task = match self.task_of_template(message).await? {
            Some(task) => task,
            None => {
                let mut tasks = self.session.tasks_of(self.office(), &[TaskState::Draft]).await?;
                tasks.extend(self.snapshot.tasks.iter().filter(|t| t.is_open()).cloned());
                let tasks = tasks.iter().rev().take(8).map(|t| (t.code(), t.title(60))).collect();
                let reply = Reply::Form(FormReply::WhichTask { file: sent.name, tasks });
                return self.reply_to_order(message, &reply).await;
            }
        };
        let found = match &sent.read {
            Ok(book) => layout(book).map_err(|why| no_template(language, &why, &sent.name)),
            Err(why) => Err(refusal(language, why, &sent.name)),
        };
        let layout = match found {
            Ok(layout) => layout,
            Err(sentence) => return self.reply_to_order(message, &Reply::FileRefused { sentence }).await,
        };
        let form = Form { template: Some(sent.name.clone()), ..form_of_layout(&layout) };
        let id: Id<Offer> = self.id();
        let kept = format!("template:{id}");
        self.session.keep_file(self.office(), &kept, &sent.bytes).await?;
        let table = matches!(layout.shape, Shape::Rows { .. });
        let cell = |slot: &crate::import::workbook::Slot| {
            let address = slot.place.address();
            if table { address.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned() } else { address }
        };
        let standings = self.session.standings_of_task(task.id).await?;
        let reply = Reply::Form(FormReply::Template {
            code: task.code(),
            file: sent.name.clone(),
            sheet: layout.sheet.clone(),
            table,
            cells: layout.slots.iter().map(cell).zip(form.fields.iter().cloned()).collect(),
            form: form.clone(),
            others: layout.others.clone(),
            answered: standings.iter().filter(|s| s.submission.is_some()).count(),
        });
        let offer = Offer { task: task.id, file: sent.name, kept, layout, form };
        let about = About { tasks: vec![task.id], ..About::default() };
        self.ask_privately(message, &reply, Pending::Template(Box::new(offer)), about).await
    }

    /// The task that a form is sent for: the one that its words hand out, name or quote.
    async fn task_of_template(&mut self, message: &Message) -> Result<Option<Task>, AppError> {
        if fold_words(&message.text).starts_with("giao") {
            let before = self.session.next_code(self.office()).await?;
            let order = Message { attachments: vec![], ..message.clone() };
            Box::pin(self.message(order)).await?;
            return Ok(self.session.task_by_code(self.office(), before).await?);
        }
        let mut tasks = self.session.tasks_of(self.office(), &[TaskState::Draft]).await?;
        tasks.extend(self.snapshot.tasks.iter().cloned());
        let named = |task: &&Task| names(&message.text, &task.code());
        let quoted = self.bind(message).await?.quoted;
        let only = |task: &&Task| matches!(quoted[..], [one] if one == task.id);
        Ok(tasks.iter().find(named).or_else(|| tasks.iter().find(only)).cloned())
    }

    /// The yes to a form: it becomes the task's; of a task that is out the groups get it at once.
    pub(super) async fn take_offer(&mut self, message: &Message, offer: Offer) -> Result<Reply, AppError> {
        let Some(task) = self.own_task(offer.task).await?.filter(|t| t.state.is_live()) else {
            return Ok(Reply::Expired);
        };
        let Some(bytes) = self.session.kept_file(&offer.kept).await? else { return Ok(Reply::Expired) };
        let mut layout = offer.layout;
        for (slot, field) in layout.slots.iter_mut().zip(&offer.form.fields) {
            slot.key.clone_from(&field.key);
        }
        let id = task.id;
        let reply = self.adopt_form(task, offer.form, Some((layout, bytes)), true).await?;
        self.session.drop_file(&offer.kept).await?;
        let by = Some(message.member.id);
        self.audit(by, "task.edited", json!({ "task": id, "template": offer.file })).await?;
        Ok(reply)
    }

    /// A form in the place of a task's, with the office's workbook of it: a new one, of which the groups are told when the task
    /// is out, or the one that goes with the task already. What the form does not ask for any more has no cell.
    pub(super) async fn adopt_form(
        &mut self,
        mut task: Task,
        mut form: Form,
        book: Option<(Layout, Vec<u8>)>,
        is_new: bool,
    ) -> Result<Reply, AppError> {
        let book = match book {
            _ if form.template.is_none() => None,
            Some(book) => Some(book),
            None => {
                let layout = self.template_layout(&task).await?;
                layout.zip(self.session.template_bytes(task.id, task.form.version).await?)
            }
        };
        let asked: Vec<String> = form.fields.iter().map(|field| field.key.clone()).collect();
        let book = book.filter(|(layout, _)| layout.slots.iter().any(|slot| asked.contains(&slot.key)));
        form.template = form.template.filter(|_| book.is_some());
        let reply = self.set_form(&mut task, form).await?;
        if let Some((mut layout, bytes)) = book {
            // A field that means something else from now on has got another key.
            layout.slots.retain_mut(|slot| {
                let field = asked.iter().position(|key| *key == slot.key);
                let field = field.and_then(|at| task.form.fields.get(at));
                field.inspect(|field| slot.key.clone_from(&field.key)).is_some()
            });
            let layout = serde_json::to_value(&layout).map_err(|e| StoreError::Other(e.to_string()))?;
            self.session.put_template(task.id, task.form.version, &layout, &bytes).await?;
        }
        self.session.update_task(&task).await?;
        self.keep_task(&task);
        let Some(file) = task.form.template.clone().filter(|_| is_new && task.is_open()) else {
            return Ok(reply);
        };
        let (code, title) = (task.code(), task.title(60));
        let out = Reply::Form(FormReply::TemplateOut { task: task.id, code, title, file });
        let key = format!("template/{}/{}", task.id, task.form.version);
        for group in self.groups_of(&task) {
            let manner = Manner {
                about: About { tasks: vec![task.id], ..About::default() },
                key: Some(format!("{key}/{}", group.id)),
                file: self.template_file(&task).await?,
                ..Manner::default()
            };
            self.reply(&group.chat, &out, manner).await?;
        }
        Ok(reply)
    }

    /// The file of a task's form, if it is one of the office's own.
    pub(super) async fn template_file(&mut self, task: &Task) -> Result<Option<(String, Vec<u8>)>, AppError> {
        let Some(name) = task.form.template.clone() else { return Ok(None) };
        let bytes = self.session.template_bytes(task.id, task.form.version).await?;
        Ok(bytes.map(|bytes| (name, bytes)))
    }

    /// Where the file of a task's form wants which value.
    pub(super) async fn template_layout(&mut self, task: &Task) -> Result<Option<Layout>, AppError> {
        if task.form.template.is_none() {
            return Ok(None);
        }
        let layout = self.session.template_layout(task.id, task.form.version).await?;
        Ok(layout.and_then(|layout| serde_json::from_value(layout).ok()))
    }

    /// Sends the file to a school that asked for the form, where files can be sent. Whether it was sent.
    pub(super) async fn send_own_form(&mut self, message: &Message, task: &Task) -> Result<bool, AppError> {
        let here = message.place.chat.clone();
        let chat = self.private_chat(&message.member, Some(&here)).unwrap_or(here);
        if !self.app.hands_over_files(&chat) {
            return Ok(false);
        }
        let Some((name, bytes)) = self.template_file(task).await? else { return Ok(false) };
        let reply = Reply::Form(FormReply::TemplateSent { code: task.code(), file: name.clone() });
        let about = About { tasks: vec![task.id], ..About::default() };
        self.reply(&chat, &reply, Manner { about, file: Some((name, bytes)), ..Manner::default() }).await?;
        Ok(true)
    }
}
