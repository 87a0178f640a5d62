//! The forms that a specialist can take, the form of a task set anew, and an office's own forms.

use serde_json::json;

use super::AppError;
use super::work::Work;
use crate::domain::{Form, FormReply, Member, OwnForm, Reply, Requires, Task, TaskState};
use crate::understand::{FormOrder, starters};
use crate::vietnamese::fold_words;

/// The forms that every office can take: those of the starter set, and an installation's own in the place of ours or behind them.
pub(super) fn ready(mut own: Vec<OwnForm>) -> Vec<OwnForm> {
    let ours = starters().iter().map(|s| OwnForm {
        key: s.key.clone(),
        title: s.title.clone(),
        form: s.form.clone(),
    });
    let in_place = |form: OwnForm| match own.iter().position(|o| o.key == form.key) {
        Some(at) => own.remove(at),
        None => form,
    };
    let mut all: Vec<OwnForm> = ours.map(in_place).collect();
    all.append(&mut own);
    all
}

impl Work<'_> {
    /// Lists forms, shows one, gives one to a task, or keeps a task's as the office's own.
    pub(super) async fn forms(&mut self, by: &Member, order: FormOrder) -> Result<Reply, AppError> {
        match order {
            FormOrder::List => Ok(Reply::Form(self.list_forms())),
            FormOrder::Show { key } => Ok(Reply::Form(match self.find_form(&key) {
                Ok(OwnForm { key, title, form }) => FormReply::Shown { key, title, form },
                Err(nearest) => FormReply::Unknown { given: key, nearest },
            })),
            FormOrder::Attach { key, task } => {
                let Some(mut task) = self.own_task(task).await? else { return Ok(Reply::Nothing) };
                let form = match self.find_form(&key) {
                    Ok(found) => found.form,
                    Err(nearest) => return Ok(Reply::Form(FormReply::Unknown { given: key, nearest })),
                };
                let reply = self.set_form(&mut task, form).await?;
                self.session.update_task(&task).await?;
                self.keep_task(&task);
                self.audit(Some(by.id), "task.edited", json!({ "task": task.id, "form": key })).await?;
                Ok(reply)
            }
            FormOrder::Page { task: None } => self.show_form_page(by, None).await,
            FormOrder::Page { task: Some(task) } => match self.own_task(task).await? {
                Some(task) => self.show_form_page(by, Some(&task)).await,
                None => Ok(Reply::Nothing),
            },
            FormOrder::Keep { task, title } => match self.own_task(task).await? {
                Some(task) if !task.form.is_empty() => self.keep_form(by, &task, title).await,
                Some(task) => Ok(self.no_form(by, &task)),
                None => Ok(Reply::Nothing),
            },
        }
    }

    /// Puts a form in the place of a task's. What schools have answered already keeps the form that it answered.
    pub(super) async fn set_form(&mut self, task: &mut Task, form: Form) -> Result<Reply, AppError> {
        let standings = self.session.standings_of_task(task.id).await?;
        let answered = standings.iter().filter(|s| s.submission.is_some()).count();
        task.requires = Requires::Submission;
        let dropped = task.form.template.clone().filter(|_| form.template.is_none());
        task.form = if answered > 0 { form.after(&task.form) } else { form };
        Ok(match task.state {
            TaskState::Draft => self.draft(task),
            _ => {
                Reply::Form(FormReply::Set { code: task.code(), form: task.form.clone(), answered, dropped })
            }
        })
    }

    async fn keep_form(&mut self, by: &Member, task: &Task, title: String) -> Result<Reply, AppError> {
        let key = fold_words(&title).replace(' ', "");
        let mut office = self.snapshot.office.clone();
        office.settings.forms.retain(|f| f.key != key);
        let form = Form { version: 0, template: None, former: vec![], ..task.form.clone() };
        office.settings.forms.push(OwnForm { key: key.clone(), title: title.clone(), form });
        self.session.update_office(&office).await?;
        self.snapshot.office = office;
        self.audit(Some(by.id), "settings.changed", json!({ "what": "forms", "form": key })).await?;
        Ok(Reply::Form(FormReply::Kept { key, title }))
    }

    fn list_forms(&self) -> FormReply {
        let own = self.snapshot.office.settings.forms.iter();
        FormReply::List {
            starters: self
                .app
                .ready_forms
                .iter()
                .map(|s| (s.key.clone(), s.title.clone(), s.form.fields.len()))
                .collect(),
            own: own.map(|f| (f.key.clone(), f.title.clone(), f.form.fields.len())).collect(),
        }
    }

    /// The form of this key, or the nearest key; the office's own goes before one of the starter set.
    pub(super) fn find_form(&self, given: &str) -> Result<OwnForm, String> {
        let own = self.snapshot.office.settings.forms.iter().cloned();
        let ready = self.app.ready_forms.iter().cloned();
        let known: Vec<OwnForm> = own.chain(ready).collect();
        let named = known.iter().find(|f| f.key == given);
        // The beginning of one key alone is enough: "phocap".
        let mut begun = known.iter().filter(|f| f.key.starts_with(given));
        let begun = begun.next().filter(|_| begun.next().is_none());
        if let Some(found) = named.or(begun) {
            return Ok(found.clone());
        }
        let near = |f: &&OwnForm| strsim::normalized_damerau_levenshtein(&f.key, given);
        let nearest = known.iter().max_by(|a, b| near(a).total_cmp(&near(b)));
        Err(nearest.map(|f| f.key.clone()).unwrap_or_default())
    }
}
