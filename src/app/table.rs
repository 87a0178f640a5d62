//! `/bang V2`: the table of a task as a workbook (X3).

use super::AppError;
use super::message::Message;
use super::record::fields_of;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Reply, School, Standing, Task, Values, status};
use crate::export::table;
use crate::wording::{TableRow, task_table};

impl Work<'_> {
    /// Sends the table of a task to the officer, privately where that is possible.
    pub(super) async fn send_table(&mut self, message: &Message, task: &Task) -> Result<(), AppError> {
        let here = message.place.chat.clone();
        let chat = Self::private_chat(&message.member, Some(&here)).unwrap_or(here);
        if !self.app.capabilities(&chat.platform).is_some_and(|c| c.send_files) {
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
            ..Manner::default()
        };
        self.reply(&chat, &reply, manner).await?;
        Ok(())
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
