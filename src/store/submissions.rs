//! Submissions: every version is kept, the standing points to the latest.

use super::{Row, Session, StoreError, sql};
use crate::domain::{ChatRef, MessageRef, SchoolId, Submission, TaskId};

/// The columns of a submission under the names that [`joined`] reads.
macro_rules! submissions {
    ($rest:literal) => {
        concat!(
            "select task_id, school_id, id as s_id, version as s_version, given as s_given, \
             form_version as s_form_version, kept as s_kept, \
             complete as s_complete, by_member as s_by_member, on_behalf as s_on_behalf, platform as s_platform, \
             chat_id as s_chat_id, message_id as s_message_id, at as s_at from submissions ",
            $rest
        )
    };
}

impl Session {
    /// Adds a version, which becomes the latest of its standing. A version that is there is a [`StoreError::Duplicate`], at
    /// the latest when the transaction is committed.
    pub async fn insert_submission(&mut self, submission: &Submission) -> Result<(), StoreError> {
        let insert = sql(
            "insert into submissions (id, task_id, school_id, version, given, form_version, kept, complete, \
                          by_member, on_behalf, platform, chat_id, message_id, at) \
                          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        );
        let message = submission.message.as_ref();
        self.write_standing(
            submission.task,
            submission.school,
            insert
                .bind(submission.id)
                .bind(submission.task)
                .bind(submission.school)
                .bind(submission.version)
                .json(&submission.values)
                .bind(submission.form_version)
                .json(&submission.kept)
                .bind(submission.complete)
                .bind(submission.by)
                .bind(submission.on_behalf)
                .bind(message.map(|m| &*m.chat.platform))
                .bind(message.map(|m| &*m.chat.id))
                .bind(message.map(|m| &*m.id))
                .bind(submission.at),
        )
        .await?;
        self.use_files(&submission.values).await?;
        let latest = sql("insert into standings (task_id, school_id, submission_id) values ($1, $2, $3) \
                          on conflict (task_id, school_id) do update set submission_id = excluded.submission_id");
        let latest = latest.bind(submission.task).bind(submission.school).bind(submission.id);
        self.write_standing(submission.task, submission.school, latest).await
    }

    /// All versions of a school's submission to a task, first to latest.
    pub async fn submissions_of(
        &mut self,
        task: TaskId,
        school: SchoolId,
    ) -> Result<Vec<Submission>, StoreError> {
        let history = sql(submissions!("where task_id = $1 and school_id = $2 order by version"));
        self.all(history.bind(task).bind(school), submission).await
    }

    /// The submissions that came from this message, for an edit of it: one a task and school that it answered.
    pub async fn submissions_by_message(
        &mut self,
        message: &MessageRef,
    ) -> Result<Vec<Submission>, StoreError> {
        let by_message =
            sql(submissions!("where platform = $1 and chat_id = $2 and message_id = $3 order by id"));
        let by_message = by_message.bind(&*message.chat.platform).bind(&*message.chat.id);
        self.all(by_message.bind(&*message.id), submission).await
    }
}

fn submission(row: &Row) -> Result<Submission, StoreError> {
    let missing = || StoreError::Unreadable { column: "s_id".to_owned(), why: "null".to_owned() };
    joined(row, row.get("task_id")?, row.get("school_id")?)?.ok_or_else(missing)
}

/// Reads the columns `s_…`; `None` when the join found none.
pub(super) fn joined(row: &Row, task: TaskId, school: SchoolId) -> Result<Option<Submission>, StoreError> {
    let Some(id) = row.maybe("s_id")? else { return Ok(None) };
    let message = match (row.maybe("s_platform")?, row.maybe("s_chat_id")?, row.maybe("s_message_id")?) {
        (Some(platform), Some(chat), Some(id)) => {
            Some(MessageRef { chat: ChatRef { platform, id: chat }, id })
        }
        _ => None,
    };
    Ok(Some(Submission {
        id,
        task,
        school,
        version: row.get("s_version")?,
        values: row.json("s_given")?,
        form_version: row.get("s_form_version")?,
        kept: row.json("s_kept")?,
        complete: row.get("s_complete")?,
        by: row.get("s_by_member")?,
        on_behalf: row.get("s_on_behalf")?,
        message,
        at: row.get("s_at")?,
    }))
}
