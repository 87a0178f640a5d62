//! `/bang V2`: the table of a task as a workbook (X3).

use std::collections::BTreeMap;

use super::message::Message;
use super::record::fields_of;
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{About, Heard, Incoming};
use crate::domain::{
    ChatRef, FormReply, Measure, OfficeId, Reply, School, SchoolId, Standing, Table, Task, TaskId, Values,
    status,
};
use crate::export::{picture, table};
use crate::import::workbook::{Layout, Line, Shape};
use crate::understand::SchoolIndex;
use crate::vietnamese::fold_words;
use crate::wording::{TableRow, task_table};

impl App {
    /// The master workbook of a task whose table an officer asks for: the office's own form with the answers of now. Nothing
    /// when the task has no such form. It is made in another process, so before the office is locked.
    pub(super) async fn asked_master(
        &self,
        incoming: &Incoming,
        office: OfficeId,
    ) -> Result<Option<(TaskId, Vec<u8>)>, AppError> {
        let Heard::Message { text, .. } = &incoming.heard else { return Ok(None) };
        if !fold_words(text).starts_with("bang ") {
            return Ok(None);
        }
        let mut session = self.store.read().await?;
        let code = |word: &str| word.strip_prefix(['v', 'V'])?.parse::<u32>().ok();
        let Some(code) = text.split(|c: char| !c.is_alphanumeric()).find_map(code) else { return Ok(None) };
        let task = session.task_by_code(office, code).await?.filter(|task| task.form.template.is_some());
        let Some(task) = task else { return Ok(None) };
        let (id, version) = (task.id, task.form.version);
        let layout = session
            .template_layout(id, version)
            .await?
            .and_then(|l| serde_json::from_value::<Layout>(l).ok());
        let (Some(layout), Some(bytes)) = (layout, session.template_bytes(id, version).await?) else {
            return Ok(None);
        };
        let schools = session.schools_of(office).await?;
        let standings = session.standings_of_task(id).await?;
        drop(session);
        let given = |school: &School| standings.iter().find(|s| s.school == school.id)?.submission.as_ref();
        let lines = lines(&layout, &task, &schools, &|school| {
            given(school).map(|s| s.values.clone()).unwrap_or_default()
        });
        match self.reader.fill(bytes, layout.master(&lines, &measures(&task))).await {
            Ok(bytes) => Ok(Some((id, bytes))),
            Err(error) => {
                tracing::warn!(%error, "a master workbook could not be made");
                Ok(None)
            }
        }
    }
}

/// How the fields keep their figures, by their keys.
fn measures(task: &Task) -> BTreeMap<String, Measure> {
    task.form.fields.iter().map(|f| (f.key.clone(), f.measure())).collect()
}

/// The schools in scope with what they gave; those that the form lists keep their rows.
fn lines(layout: &Layout, task: &Task, schools: &[School], given: &dyn Fn(&School) -> Values) -> Vec<Line> {
    let index = SchoolIndex::new(schools);
    let listed: Vec<(u32, SchoolId)> = match &layout.shape {
        Shape::Rows { listed, .. } => {
            listed.iter().filter_map(|(row, name)| Some((*row, index.lookup(name).one()?))).collect()
        }
        Shape::Sheet { .. } => vec![],
    };
    let concerned = schools.iter().filter(|s| task.scope.holds(s) && s.closed_on.is_none());
    let line = |school: &School| Line {
        name: school.short_name.clone(),
        row: listed.iter().find(|(_, id)| *id == school.id).map(|(row, _)| *row),
        values: given(school),
    };
    concerned.map(line).collect()
}

impl Work<'_> {
    /// Sends the table of a task to the officer, privately where that is possible.
    pub(super) async fn send_table(&mut self, message: &Message, task: &Task) -> Result<(), AppError> {
        let here = message.place.chat.clone();
        let chat = self.private_chat(&message.member, Some(&here)).unwrap_or(here);
        if !self.app.hands_over_files(&chat) {
            return self.reply_to_order(message, &Reply::NoFiles { code: task.code() }).await;
        }
        let rows = self.table_rows(task);
        let answered = rows.iter().filter(|r| !r.values.is_empty()).count();
        let fields = fields_of(task, &Values::new());
        let made = task_table(self.voice(), &task.code(), &task.title(120), &fields, &rows);
        let bytes = table(&made).map_err(|e| crate::store::StoreError::Other(e.to_string()))?;
        let reply = Reply::TableSent { code: task.code(), schools: rows.len(), answered };
        let manner = Manner {
            about: About { tasks: vec![task.id], ..About::default() },
            file: Some((format!("bang-{}.xlsx", task.code()), bytes)),
            picture: self.picture_of(&chat, &made, task),
            ..Manner::default()
        };
        self.reply(&chat, &reply, manner).await?;
        let Some((_, bytes)) = self.master.take().filter(|(of, _)| *of == task.id) else { return Ok(()) };
        let reply = Reply::Form(FormReply::Master { code: task.code(), answered, schools: rows.len() });
        let manner = Manner {
            about: About { tasks: vec![task.id], ..About::default() },
            file: Some((format!("bieu-{}.xlsx", task.code()), bytes)),
            ..Manner::default()
        };
        self.reply(&chat, &reply, manner).await?;
        Ok(())
    }

    /// The table as a picture, for a platform that does not take workbooks. One that cannot be drawn is only missed.
    fn picture_of(&self, chat: &ChatRef, made: &Table, task: &Task) -> Option<(String, Vec<u8>)> {
        let capabilities = self.app.capabilities(&chat.platform)?;
        if capabilities.sends("bang.xlsx", 0) {
            return None;
        }
        let drawn = picture(made).inspect_err(|error| tracing::warn!(%error, "a table could not be drawn"));
        Some((format!("bang-{}.png", task.code()), drawn.ok()??))
    }

    /// The schools that the task is for, in the order of the register.
    fn table_rows(&self, task: &Task) -> Vec<TableRow> {
        let deadline = self.deadline(task);
        let day = deadline.unwrap_or(self.now).with_timezone(&self.snapshot.office.zone).date_naive();
        let concerned = |s: &&School| task.scope.holds(s) && s.is_open_on(day);
        let row = |school: &School| {
            let standing = self.snapshot.standings.get(task.id, school.id);
            let given = standing.and_then(|s| s.submission.as_ref());
            let returned = |s: &Standing| s.returned.clone().filter(|_| s.is_returned()).map(|r| r.reason);
            TableRow {
                school: school.short_name.clone(),
                status: status(standing, deadline, self.now),
                values: given.map(|s| s.values.clone()).unwrap_or_default(),
                at: given.map(|s| s.at),
                on_behalf: given.is_some_and(|s| s.on_behalf),
                kept: given.map(|s| s.kept.clone()).unwrap_or_default(),
                returned: standing.and_then(returned),
            }
        };
        self.snapshot.schools.iter().filter(concerned).map(row).collect()
    }
}
