//! The audit log: it is added to and read, never changed.

use super::{Row, Session, StoreError, sql};
use crate::domain::{AuditEntry, OfficeId};

impl Session {
    /// Adds a line.
    pub async fn append_audit(&mut self, entry: &AuditEntry) -> Result<(), StoreError> {
        let insert = sql("insert into audit (id, office_id, by_member, what, detail, at) \
                          values ($1, $2, $3, $4, $5, $6)");
        let insert = insert.bind(entry.id).bind(entry.office).bind(entry.by);
        self.write_later(insert.bind(&*entry.what).json(&entry.detail).bind(entry.at)).await
    }

    /// The last `limit` lines of an office, newest first.
    pub async fn audit_of(&mut self, office: OfficeId, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let last = sql("select * from audit where office_id = $1 order by at desc, id desc limit $2");
        self.all(last.bind(office).bind(limit), entry).await
    }
}

fn entry(row: &Row) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        id: row.get("id")?,
        office: row.get("office_id")?,
        by: row.maybe("by_member")?,
        what: row.get("what")?,
        detail: row.json("detail")?,
        at: row.get("at")?,
    })
}
