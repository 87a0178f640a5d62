//! Directives: the archive of documents, their files beside them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Row, Session, StoreError, sql};
use crate::domain::{Directive, DirectiveId, OfficeId, ScheduleId};

impl Session {
    /// Adds a directive with the bytes of its file and what the reader made of them. The same bytes a second time in one
    /// office are a [`StoreError::Duplicate`].
    pub async fn insert_directive(
        &mut self,
        directive: &Directive,
        bytes: &[u8],
        reading: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let insert =
            sql("insert into directives (id, office_id, number, number_key, figures, issued_on, issuer, \
                          subject, kind, signer, urgency, state, schedule_id, file_name, sha256, sent_by, \
                          sent_at, doubts) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
                          $14, $15, $16, $17, $18)");
        self.write(
            insert
                .bind(directive.id)
                .bind(directive.office)
                .bind(directive.number.clone())
                .bind(&*directive.number_key)
                .bind(directive.figures())
                .bind(directive.issued_on)
                .bind(directive.issuer.clone())
                .bind(&*directive.subject)
                .bind(directive.kind.clone())
                .bind(directive.signer.clone())
                .word(directive.urgency)
                .word(directive.state)
                .bind(directive.schedule)
                .bind(&*directive.file_name)
                .bind(&*directive.sha256)
                .bind(directive.sent_by)
                .bind(directive.sent_at)
                .json(&directive.doubts),
        )
        .await?;
        let file = sql("insert into directive_files (directive_id, bytes, reading) values ($1, $2, $3)");
        self.write(file.bind(directive.id).bind(STANDARD.encode(bytes)).json(reading)).await?;
        Ok(())
    }

    /// Writes down what became of a directive: its state, its schedule, its doubts, who sent it and when. What was read
    /// from its file stays.
    pub async fn update_directive(&mut self, directive: &Directive) -> Result<(), StoreError> {
        let update = sql("update directives set state = $2, schedule_id = $3, doubts = $4, sent_by = $5, \
                          sent_at = $6 where id = $1");
        self.write(
            update
                .bind(directive.id)
                .word(directive.state)
                .bind(directive.schedule)
                .json(&directive.doubts)
                .bind(directive.sent_by)
                .bind(directive.sent_at),
        )
        .await?;
        Ok(())
    }

    /// The directive with this id.
    pub async fn directive(&mut self, id: DirectiveId) -> Result<Option<Directive>, StoreError> {
        self.one(sql("select * from directives where id = $1").bind(id), directive).await
    }

    /// The directive whose file has these bytes, by their SHA-256.
    pub async fn directive_by_file(
        &mut self,
        office: OfficeId,
        sha256: &str,
    ) -> Result<Option<Directive>, StoreError> {
        let by_file = sql("select * from directives where office_id = $1 and sha256 = $2");
        self.one(by_file.bind(office).bind(sha256), directive).await
    }

    /// The directive that became a schedule.
    pub async fn directive_of_schedule(
        &mut self,
        schedule: ScheduleId,
    ) -> Result<Option<Directive>, StoreError> {
        self.one(sql("select * from directives where schedule_id = $1").bind(schedule), directive).await
    }

    /// The directives whose number begins with these figures (155 of "155/PGDĐT-GDMN"), newest first.
    pub async fn directives_by_figures(
        &mut self,
        office: OfficeId,
        figures: u32,
    ) -> Result<Vec<Directive>, StoreError> {
        let by_figures = sql(
            "select * from directives where office_id = $1 and figures = $2 order by sent_at desc, id desc",
        );
        self.all(by_figures.bind(office).bind(figures), directive).await
    }

    /// The last directives of an office, newest first.
    pub async fn directives_of(
        &mut self,
        office: OfficeId,
        limit: u32,
    ) -> Result<Vec<Directive>, StoreError> {
        let newest =
            sql("select * from directives where office_id = $1 order by sent_at desc, id desc limit $2");
        self.all(newest.bind(office).bind(limit), directive).await
    }

    /// The bytes of the file of a directive.
    pub async fn directive_bytes(&mut self, id: DirectiveId) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = sql("select bytes from directive_files where directive_id = $1").bind(id);
        let Some(text) = self.one(bytes, |row| row.get::<String>("bytes")).await? else { return Ok(None) };
        let bytes = STANDARD.decode(text);
        bytes.map(Some).map_err(|e| StoreError::Unreadable { column: "bytes".to_owned(), why: e.to_string() })
    }

    /// What the reader made of the file of a directive, in the shape of who read it.
    pub async fn directive_reading(
        &mut self,
        id: DirectiveId,
    ) -> Result<Option<serde_json::Value>, StoreError> {
        let reading = sql("select reading from directive_files where directive_id = $1").bind(id);
        self.one(reading, |row| row.json("reading")).await
    }
}

fn directive(row: &Row) -> Result<Directive, StoreError> {
    Ok(Directive {
        id: row.get("id")?,
        office: row.get("office_id")?,
        number: row.maybe("number")?,
        number_key: row.get("number_key")?,
        issued_on: row.maybe("issued_on")?,
        issuer: row.maybe("issuer")?,
        subject: row.get("subject")?,
        kind: row.maybe("kind")?,
        signer: row.maybe("signer")?,
        urgency: row.word("urgency")?,
        state: row.word("state")?,
        schedule: row.maybe("schedule_id")?,
        file_name: row.get("file_name")?,
        sha256: row.get("sha256")?,
        sent_by: row.maybe("sent_by")?,
        sent_at: row.get("sent_at")?,
        doubts: row.json("doubts")?,
    })
}
