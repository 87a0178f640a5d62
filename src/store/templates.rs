//! The office's own workbooks: what a task's form was made from, one a version of the form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Session, StoreError, sql};
use crate::domain::TaskId;

impl Session {
    /// Keeps the workbook of a version of a task's form, with where it wants which value; one that was there is replaced.
    pub async fn put_template(
        &mut self,
        task: TaskId,
        version: u32,
        layout: &serde_json::Value,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let put = sql("insert into templates (task_id, version, layout, bytes) values ($1, $2, $3, $4) \
                       on conflict (task_id, version) do update set layout = excluded.layout, bytes = excluded.bytes");
        self.write(put.bind(task).bind(version).json(layout).bind(STANDARD.encode(bytes))).await?;
        Ok(())
    }

    /// Where the workbook of a version of a task's form wants which value.
    pub async fn template_layout(
        &mut self,
        task: TaskId,
        version: u32,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        let layout = sql("select layout from templates where task_id = $1 and version = $2");
        self.one(layout.bind(task).bind(version), |row| row.json("layout")).await
    }

    /// The bytes of the workbook of a version of a task's form.
    pub async fn template_bytes(
        &mut self,
        task: TaskId,
        version: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = sql("select bytes from templates where task_id = $1 and version = $2");
        let text = self.one(bytes.bind(task).bind(version), |row| row.get::<String>("bytes")).await?;
        let Some(text) = text else { return Ok(None) };
        let unreadable = |why: base64::DecodeError| StoreError::Unreadable {
            column: "bytes".to_owned(),
            why: why.to_string(),
        };
        STANDARD.decode(text).map(Some).map_err(unreadable)
    }
}
