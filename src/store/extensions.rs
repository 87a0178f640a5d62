//! Extensions: every one is kept, the standing points to the latest.

use super::{Row, Session, StoreError, sql};
use crate::domain::{Extension, ExtensionId, OfficeId, SchoolId, TaskId};

/// The columns of an extension under the names that [`joined`] reads.
macro_rules! extensions {
    ($rest:literal) => {
        concat!(
            "select e.task_id, e.school_id, e.id as e_id, e.until as e_until, e.reason as e_reason, e.at as e_at, \
             e.state as e_state, e.granted_before as e_granted_before, e.decided_by as e_decided_by from extensions e ",
            $rest
        )
    };
}

impl Session {
    /// Adds an extension, which becomes the latest of its standing.
    pub async fn insert_extension(&mut self, extension: &Extension) -> Result<(), StoreError> {
        let insert = sql(
            "insert into extensions (id, task_id, school_id, until, reason, at, state, granted_before, decided_by) \
                          values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        );
        self.write_standing(
            extension.task,
            extension.school,
            insert
                .bind(extension.id)
                .bind(extension.task)
                .bind(extension.school)
                .bind(extension.until)
                .bind(&*extension.reason)
                .bind(extension.at)
                .word(extension.state)
                .bind(extension.granted_before)
                .bind(extension.decided_by),
        )
        .await?;
        let latest = sql("insert into standings (task_id, school_id, extension_id) values ($1, $2, $3) \
                          on conflict (task_id, school_id) do update set extension_id = excluded.extension_id");
        let latest = latest.bind(extension.task).bind(extension.school).bind(extension.id);
        self.write_standing(extension.task, extension.school, latest).await
    }

    /// Writes all but task and school of an extension anew.
    pub async fn update_extension(&mut self, extension: &Extension) -> Result<(), StoreError> {
        let update =
            sql("update extensions set until = $2, reason = $3, state = $4, decided_by = $5, at = $6, \
                 granted_before = $7 where id = $1");
        self.write_standing(
            extension.task,
            extension.school,
            update
                .bind(extension.id)
                .bind(extension.until)
                .bind(&*extension.reason)
                .word(extension.state)
                .bind(extension.decided_by)
                .bind(extension.at)
                .bind(extension.granted_before),
        )
        .await
    }

    /// The extension with this id.
    pub async fn extension(&mut self, id: ExtensionId) -> Result<Option<Extension>, StoreError> {
        self.one(sql(extensions!("where e.id = $1")).bind(id), extension).await
    }

    /// The extensions that schools of an office have asked for and nobody has decided, oldest first.
    pub async fn asked_extensions(&mut self, office: OfficeId) -> Result<Vec<Extension>, StoreError> {
        let asked = sql(extensions!(
            "join tasks t on t.id = e.task_id where t.office_id = $1 and e.state = 'asked' order by e.id"
        ));
        self.all(asked.bind(office), extension).await
    }
}

fn extension(row: &Row) -> Result<Extension, StoreError> {
    let missing = || StoreError::Unreadable { column: "e_id".to_owned(), why: "null".to_owned() };
    joined(row, row.get("task_id")?, row.get("school_id")?)?.ok_or_else(missing)
}

/// Reads the columns `e_…`; `None` when the join found none.
pub(super) fn joined(row: &Row, task: TaskId, school: SchoolId) -> Result<Option<Extension>, StoreError> {
    let Some(id) = row.maybe("e_id")? else { return Ok(None) };
    Ok(Some(Extension {
        id,
        task,
        school,
        until: row.get("e_until")?,
        reason: row.get("e_reason")?,
        at: row.get("e_at")?,
        state: row.word("e_state")?,
        granted_before: row.maybe("e_granted_before")?,
        decided_by: row.maybe("e_decided_by")?,
    }))
}
