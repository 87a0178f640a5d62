//! The page on which an officer makes and changes the forms of tasks: a signed link that expires, for one officer. What is typed
//! is judged by the same rules as a line in chat, shown as schools will see it, and stored by the same verb.

use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, Duration, Utc};
use serde_json::json;

use super::signed::{Purpose, sign, verified};
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::About;
use crate::domain::{
    Form, FormReply, Id, Member, MemberId, OfficeId, Reply, Task, TaskState, TypedFault, TypedField,
};
use crate::import::ImportError;
use crate::import::workbook::{Layout, Workbook, layout};
use crate::understand::{
    Context, Heading, Intent, OpenTask, SchoolIndex, form_in_line, form_of_headings, form_of_typed, read,
};
use crate::wording::{Voice, form_problem, no_template, refusal};

/// How long a link is good.
const LIFE: Duration = Duration::days(7);
/// Workbooks of the page begin so; behind it the office and an id.
const KEPT: &str = "template:";

/// The tasks whose forms an officer can make on the page.
#[derive(Debug, Clone)]
pub struct DesignList {
    /// Name of the office.
    pub office: String,
    /// Code, title, whether it is out, how many fields its form has.
    pub tasks: Vec<(String, String, bool, usize)>,
    /// In whose words.
    pub voice: Voice,
}

/// The form of a task as an officer sees it on the page.
#[derive(Debug, Clone)]
pub struct Design {
    /// Name of the office.
    pub office: String,
    /// The task.
    pub code: String,
    /// Its title.
    pub title: String,
    /// It is out already.
    pub out: bool,
    /// Schools that have answered.
    pub answered: usize,
    /// The fields as typed.
    pub rows: Vec<TypedField>,
    /// The rules as typed, one a line.
    pub rules: String,
    /// What is wrong, with its row.
    pub faults: Vec<(Option<usize>, String)>,
    /// The form as it was understood; none where nothing was looked at or something is wrong.
    pub looked: Option<Form>,
    /// What happens to answers that are there.
    pub changes: Vec<String>,
    /// Sent back with a form whose changes a person has seen.
    pub seen: String,
    /// The form that the page began with.
    pub base: String,
    /// The workbook that goes with the form: its name, and its mark where it came by this page and is not stored yet.
    pub template: Option<(String, String)>,
    /// Ready forms: key and title.
    pub starters: Vec<(String, String)>,
    /// An answer typed to try the form, and what is understood of it.
    pub trial: (String, Vec<String>),
    /// What was stored just now, or that nothing was to be stored.
    pub saved: Option<String>,
    /// In whose words.
    pub voice: Voice,
}

/// What is to be done with what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DesignDeed {
    /// Show how it is understood.
    Look,
    /// Store it.
    Save,
    /// Nothing but to show it again.
    Stay,
    /// One row more.
    Add,
    /// A row goes up by one.
    Up(usize),
    /// A row goes.
    Drop(usize),
    /// Begin with a ready form.
    Take(String),
    /// Begin with a line as in chat.
    Line(String),
    /// Begin with a workbook: its name and its bytes.
    Template(String, Vec<u8>),
}

/// What was sent from the page.
#[derive(Debug, Clone)]
pub struct DesignSent {
    /// What is to be done.
    pub deed: DesignDeed,
    /// The fields as typed.
    pub rows: Vec<TypedField>,
    /// The rules as typed.
    pub rules: String,
    /// The workbook of before: its name and its mark.
    pub template: Option<(String, String)>,
    /// As the page had it.
    pub base: String,
    /// As the page had it.
    pub seen: String,
    /// An answer to try the form with.
    pub trial: String,
}

/// What a link says, once its signature holds.
struct Told {
    office: OfficeId,
    member: MemberId,
}

/// A workbook that came by the page, read again, with the form of its headings.
struct Sheet {
    mark: String,
    layout: Layout,
    form: Form,
    bytes: Vec<u8>,
}

impl App {
    /// The tasks of an officer's page; none when the link is not ours, altered, expired, or its person directs no more.
    pub async fn design_list(&self, token: &str) -> Result<Option<DesignList>, AppError> {
        let Some(told) = self.designer(token).await? else { return Ok(None) };
        let mut work = Work::begin(self, told.office).await?;
        if work.directing(told.member).is_none() {
            return Ok(None);
        }
        let mut tasks = work.session.tasks_of(told.office, &[TaskState::Draft]).await?;
        tasks.extend(work.snapshot.tasks.iter().filter(|t| t.is_open()).cloned());
        tasks.sort_by_key(|task| std::cmp::Reverse(task.code));
        let line = |t: &Task| (t.code(), t.title(80), t.is_open(), t.form.fields.len());
        Ok(Some(DesignList {
            office: work.snapshot.office.name.clone(),
            tasks: tasks.iter().map(line).collect(),
            voice: work.voice(),
        }))
    }

    /// The form of a task, to be made or changed.
    pub async fn design_page(&self, token: &str, code: &str) -> Result<Option<Design>, AppError> {
        let Some(told) = self.designer(token).await? else { return Ok(None) };
        let mut work = Work::begin(self, told.office).await?;
        let Some((_, task)) = work.designed(&told, code).await? else { return Ok(None) };
        let page = work.design(&task).await?;
        Ok(Some(page))
    }

    /// Does with a form what was asked on the page.
    pub async fn send_design(
        &self,
        token: &str,
        code: &str,
        sent: DesignSent,
    ) -> Result<Option<Design>, AppError> {
        let Some(told) = self.designer(token).await? else { return Ok(None) };
        // A foreign file is read in another process, and before the office is locked.
        let book = match &sent.deed {
            DesignDeed::Template(_, bytes) => Some(self.reader.workbook(bytes.clone()).await),
            _ => None,
        };
        let sheet = match (&sent.deed, &sent.template) {
            (DesignDeed::Save, Some((_, mark))) if !mark.is_empty() => {
                self.sheet_of_page(told.office, mark).await?
            }
            _ => None,
        };
        let mut work = Work::begin(self, told.office).await?;
        let Some((by, task)) = work.designed(&told, code).await? else { return Ok(None) };
        let page = match (sent.deed.clone(), book) {
            (DesignDeed::Template(name, bytes), Some(book)) => {
                work.begin_with_template(&task, sent, &name, &bytes, book).await?
            }
            _ => work.take_design(&by, task, sent, sheet).await?,
        };
        work.commit().await?;
        Ok(Some(page))
    }

    /// A workbook that came by the page before.
    async fn sheet_of_page(&self, office: OfficeId, mark: &str) -> Result<Option<Sheet>, AppError> {
        if mark.parse::<Id<Sheet>>().is_err() {
            return Ok(None);
        }
        let kept = self.store.read().await?.kept_file(&format!("{KEPT}{office}:{mark}")).await?;
        let Some(bytes) = kept else { return Ok(None) };
        let Ok(Ok(layout)) = self.reader.workbook(bytes.clone()).await.map(|book| layout(&book)) else {
            return Ok(None);
        };
        let form = form_of_layout(&layout);
        Ok(Some(Sheet { mark: mark.to_owned(), layout, form, bytes }))
    }

    async fn designer(&self, token: &str) -> Result<Option<Told>, AppError> {
        let key = self.known_link_key().await?;
        Ok(key.and_then(|key| read_token(token, &key, self.clock.now())))
    }
}

impl Work<'_> {
    /// "/bieu V2": the form of a task, and the page on which it is made; without a task the page of all.
    pub(super) async fn show_form_page(
        &mut self,
        by: &Member,
        task: Option<&Task>,
    ) -> Result<Reply, AppError> {
        let page = match self.app.public_url.clone() {
            Some(base) => {
                let until = self.now + LIFE;
                let key = self.app.link_key(&mut self.session).await?;
                let said = format!("{}-{}-{}", self.office(), by.id, until.timestamp());
                let token = sign(Purpose::Design, &said, &key);
                let behind = task.map(|task| format!("/{}", task.code())).unwrap_or_default();
                Some((format!("{}/soan/{token}{behind}", base.trim_end_matches('/')), until))
            }
            None => None,
        };
        Ok(Reply::Form(FormReply::Page {
            code: task.map(Task::code),
            form: task.map(|task| task.form.clone()).unwrap_or_default(),
            page,
        }))
    }

    fn directing(&self, id: MemberId) -> Option<Member> {
        self.snapshot.members.iter().find(|m| m.id == id && m.directs()).cloned()
    }

    async fn designed(&mut self, told: &Told, code: &str) -> Result<Option<(Member, Task)>, AppError> {
        let Some(by) = self.directing(told.member) else { return Ok(None) };
        let number = code.strip_prefix(['V', 'v']).and_then(|n| n.parse::<u32>().ok());
        let Some(number) = number else { return Ok(None) };
        let task = self.session.task_by_code(self.office(), number).await?;
        Ok(task.filter(|task| task.state.is_live()).map(|task| (by, task)))
    }

    /// The page as it is opened.
    async fn design(&mut self, task: &Task) -> Result<Design, AppError> {
        let voice = self.voice();
        let standings = self.session.standings_of_task(task.id).await?;
        let own = self.snapshot.office.settings.forms.iter().map(|f| (f.key.clone(), f.title.clone()));
        let ready = self.app.ready_forms.iter().map(|s| (s.key.clone(), s.title.clone()));
        Ok(Design {
            office: self.snapshot.office.name.clone(),
            code: task.code(),
            title: task.title(120),
            out: task.is_open(),
            answered: standings.iter().filter(|s| s.submission.is_some()).count(),
            rows: typed(voice, &task.form),
            rules: voice.rules(&task.form).join("\n"),
            faults: vec![],
            looked: None,
            changes: vec![],
            seen: String::new(),
            base: mark_of(&task.form),
            template: task.form.template.clone().map(|name| (name, String::new())),
            starters: own.chain(ready).collect(),
            trial: (String::new(), vec![]),
            saved: None,
            voice,
        })
    }

    /// The page begins anew with the headings of a workbook; its bytes are kept until the form is stored.
    async fn begin_with_template(
        &mut self,
        task: &Task,
        sent: DesignSent,
        name: &str,
        bytes: &[u8],
        book: Result<Workbook, ImportError>,
    ) -> Result<Design, AppError> {
        let (voice, language) = (self.voice(), self.snapshot.office.language);
        let page = self.design(task).await?;
        let found = book
            .map_err(|why| refusal(language, &why, name))
            .and_then(|book| layout(&book).map_err(|why| no_template(language, &why, name)));
        match found {
            Ok(layout) => {
                let form = form_of_layout(&layout);
                let id: Id<Sheet> = self.id();
                self.session
                    .keep_file(self.office(), &format!("{KEPT}{}:{id}", self.office()), bytes)
                    .await?;
                Ok(Design {
                    rows: typed(voice, &form),
                    rules: voice.rules(&form).join("\n"),
                    template: Some((name.to_owned(), id.to_string())),
                    looked: Some(form),
                    ..page
                })
            }
            Err(sentence) => Ok(Design { faults: vec![(None, sentence)], ..typed_again(page, sent) }),
        }
    }

    async fn take_design(
        &mut self,
        by: &Member,
        task: Task,
        sent: DesignSent,
        sheet: Option<Sheet>,
    ) -> Result<Design, AppError> {
        let language = self.snapshot.office.language;
        let page = self.design(&task).await?;
        let deed = sent.deed.clone();
        let begun = |page: Design, sent: DesignSent, form: &Form| Design {
            rows: typed(page.voice, form),
            rules: page.voice.rules(form).join("\n"),
            looked: Some(form.clone()),
            ..typed_again(page, sent)
        };
        match deed {
            DesignDeed::Stay
            | DesignDeed::Add
            | DesignDeed::Up(_)
            | DesignDeed::Drop(_)
            | DesignDeed::Template(..) => {
                let mut page = typed_again(page, sent);
                match deed {
                    DesignDeed::Up(row) if (1..page.rows.len()).contains(&row) => {
                        page.rows.swap(row - 1, row)
                    }
                    DesignDeed::Drop(row) if row < page.rows.len() => drop(page.rows.remove(row)),
                    DesignDeed::Add => page.rows.push(TypedField { required: true, ..TypedField::default() }),
                    _ => {}
                }
                Ok(page)
            }
            DesignDeed::Take(key) => match self.find_form(&key) {
                Ok(found) => Ok(begun(page, sent, &found.form)),
                Err(_) => Ok(typed_again(page, sent)),
            },
            DesignDeed::Line(line) => match form_in_line(&line) {
                Ok(form) => Ok(begun(page, sent, &form)),
                Err(why) => Ok(Design {
                    faults: vec![(None, form_problem(language, &why))],
                    ..typed_again(page, sent)
                }),
            },
            DesignDeed::Look | DesignDeed::Save => self.judge_design(by, task, page, sent, sheet).await,
        }
    }

    async fn judge_design(
        &mut self,
        by: &Member,
        task: Task,
        page: Design,
        sent: DesignSent,
        sheet: Option<Sheet>,
    ) -> Result<Design, AppError> {
        let voice = self.voice();
        let mut before = task.form.clone();
        if let Some(sheet) = &sheet {
            let known: Vec<String> = sheet.form.fields.iter().map(|f| f.key.clone()).collect();
            before.fields.retain(|f| !known.contains(&f.key));
            before.fields.extend(sheet.form.fields.iter().cloned());
        }
        let saves = sent.deed == DesignDeed::Save;
        let (base, seen, trial) = (sent.base.clone(), sent.seen.clone(), sent.trial.clone());
        let template = sent.template.clone().map(|(name, _)| name);
        let judged = form_of_typed(&sent.rows, &sent.rules, &before);
        let mut page = typed_again(page, sent);
        let form = match judged {
            Ok(form) => Form { template, ..form },
            Err(faults) => {
                let said = |fault: &TypedFault| (fault.row, voice.typed_fault(fault));
                page.faults = faults.iter().map(said).collect();
                return Ok(page);
            }
        };
        // What was to go by its name is shown as it was understood.
        let filled = page.rows.iter_mut().filter(|row| !row.is_blank());
        for (row, field) in filled.zip(&form.fields) {
            (row.kind, row.enrolment) = (Some(field.kind), field.enrolment);
        }
        if page.answered > 0 {
            page.changes = voice.form_changes(&form.changes(&task.form), page.answered, &task.code());
        }
        page.seen = mark_of(&form);
        page.trial.1 = self.try_form(&task, &form, &trial);
        page.looked = Some(form.clone());
        if !saves {
            return Ok(page);
        }
        if base != mark_of(&task.form) {
            page.base = mark_of(&task.form);
            page.faults = vec![(None, voice.design_changed_elsewhere())];
            return Ok(page);
        }
        if sheet.is_none() && page.template.as_ref().is_some_and(|(_, mark)| !mark.is_empty()) {
            page.template = task.form.template.clone().map(|name| (name, String::new()));
            page.faults = vec![(None, voice.design_no_file())];
            return Ok(page);
        }
        // Whoever has answers waiting sees first what becomes of them.
        if !page.changes.is_empty() && seen != page.seen {
            page.faults = vec![(None, voice.design_look_first())];
            return Ok(page);
        }
        let same = sheet.is_none()
            && (&form.fields, &form.checks, &form.template)
                == (&task.form.fields, &task.form.checks, &task.form.template);
        let said = if same {
            voice.design_same()
        } else {
            self.store_design(by, task.clone(), form, sheet).await?;
            voice.design_saved(&task.code(), task.is_open())
        };
        let Some(task) = self.own_task(task.id).await? else { return Ok(page) };
        let stored = self.design(&task).await?;
        Ok(Design { saved: Some(said), trial: page.trial, looked: page.looked, ..stored })
    }

    async fn store_design(
        &mut self,
        by: &Member,
        task: Task,
        form: Form,
        sheet: Option<Sheet>,
    ) -> Result<(), AppError> {
        let (id, is_new) = (task.id, sheet.is_some());
        let book = match sheet {
            Some(Sheet { mark, mut layout, form, bytes }) => {
                for (slot, field) in layout.slots.iter_mut().zip(&form.fields) {
                    slot.key.clone_from(&field.key);
                }
                self.session.drop_file(&format!("{KEPT}{}:{mark}", self.office())).await?;
                Some((layout, bytes))
            }
            None => None,
        };
        let reply = self.adopt_form(task, form, book, is_new).await?;
        self.audit(Some(by.id), "task.edited", json!({ "task": id, "form": "page" })).await?;
        // The draft is posted in chat, and what changed is on record there.
        if let Some(chat) = self.private_chat(by, None) {
            let about = About { tasks: vec![id], ..About::default() };
            self.reply(&chat, &reply, Manner { about, ..Manner::default() }).await?;
        }
        Ok(())
    }

    /// What the bot would understand if a school answered so.
    fn try_form(&self, task: &Task, form: &Form, words: &str) -> Vec<String> {
        let Some(school) = self.snapshot.schools.first().filter(|_| !words.trim().is_empty()) else {
            return vec![];
        };
        let voice = self.voice();
        let task = Task { form: form.clone(), ..task.clone() };
        let now = self.now.with_timezone(&self.snapshot.office.zone).naive_local();
        let index = SchoolIndex::of(&self.snapshot.schools);
        let open = [OpenTask { task: &task, deadline: None, owed: true, last: None }];
        let (known, quoted, own) = ([&task], [task.id], [school.id]);
        let context =
            Context { own: &own, open: &open, tasks: &known, quoted: &quoted, ..Context::bare(now, &index) };
        let acts = read(words, &context).acts;
        let given = acts.into_iter().find_map(|act| match act.intent {
            Intent::Submit(given) | Intent::Correct(given) => Some(given),
            _ => None,
        });
        let Some(given) = given.filter(|given| !given.values.is_empty()) else {
            return vec![voice.design_not_understood()];
        };
        let beside = crate::domain::Beside::default();
        let faults = form.faults(&given.values, &beside);
        let pairs = form.fields.iter().filter_map(|f| Some((f.clone(), given.values.get(&f.key)?.clone())));
        let mut said = vec![voice.pairs(&pairs.collect::<Vec<_>>())];
        said.extend(faults.iter().map(|fault| voice.fault(fault)));
        said
    }
}

/// The form that the headings of a workbook ask for.
pub(super) fn form_of_layout(layout: &Layout) -> Form {
    form_of_headings(layout.slots.iter().map(|slot| Heading {
        label: &slot.label,
        unit: &slot.unit,
        percent: slot.percent,
        date: slot.date,
    }))
}

fn typed(voice: Voice, form: &Form) -> Vec<TypedField> {
    form.fields.iter().map(|field| voice.typed_field(field)).collect()
}

/// The page with what was typed in it.
fn typed_again(page: Design, sent: DesignSent) -> Design {
    Design {
        rows: sent.rows,
        rules: sent.rules,
        template: sent.template,
        base: sent.base,
        trial: (sent.trial, vec![]),
        ..page
    }
}

/// A mark by which a form is known to be the same.
fn mark_of(form: &Form) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(form).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// What a token says: `office-member-expiry`; `None` for one that was not signed with this key, was altered, or has expired.
fn read_token(token: &str, key: &str, now: DateTime<Utc>) -> Option<Told> {
    let said = verified(Purpose::Design, token, key)?;
    let parts: Vec<&str> = said.split('-').collect();
    let [office, member, until] = parts[..] else { return None };
    let until = DateTime::from_timestamp(until.parse().ok()?, 0)?;
    (now <= until).then_some(Told { office: office.parse().ok()?, member: member.parse().ok()? })
}
