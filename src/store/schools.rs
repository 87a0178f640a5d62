//! Schools.

use super::{Row, Session, StoreError, session::Statement, sql};
use crate::domain::{OfficeId, School, SchoolId};

impl Session {
    /// Adds a school.
    pub async fn insert_school(&mut self, school: &School) -> Result<(), StoreError> {
        let insert = sql("insert into schools (id, office_id, code, name, short_name, aliases, kind, ward, \
                          cluster, principal, phone, opened_on, closed_on, enrolment) \
                          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");
        self.write(columns(insert, school)).await?;
        Ok(())
    }

    /// Writes a school anew; it stays with its office.
    pub async fn update_school(&mut self, school: &School) -> Result<(), StoreError> {
        let update = sql(
            "update schools set code = $3, name = $4, short_name = $5, aliases = $6, kind = $7, \
                          ward = $8, cluster = $9, principal = $10, phone = $11, opened_on = $12, closed_on = $13, enrolment = $14 \
                          where id = $1 and office_id = $2",
        );
        self.write(columns(update, school)).await?;
        Ok(())
    }

    /// The school with this id.
    pub async fn school(&mut self, id: SchoolId) -> Result<Option<School>, StoreError> {
        self.one(sql("select * from schools where id = $1").bind(id), school).await
    }

    /// All schools of an office, closed ones too, in the order in which they were added.
    pub async fn schools_of(&mut self, office: OfficeId) -> Result<Vec<School>, StoreError> {
        self.all(sql("select * from schools where office_id = $1 order by id").bind(office), school).await
    }
}

fn columns(statement: Statement, school: &School) -> Statement {
    statement
        .bind(school.id)
        .bind(school.office)
        .bind(&*school.code)
        .bind(&*school.name)
        .bind(&*school.short_name)
        .json(&school.aliases)
        .word(school.kind)
        .bind(&*school.ward)
        .bind(&*school.cluster)
        .bind(&*school.principal)
        .bind(&*school.phone)
        .bind(school.opened_on)
        .bind(school.closed_on)
        .bind(school.enrolment)
}

fn school(row: &Row) -> Result<School, StoreError> {
    Ok(School {
        id: row.get("id")?,
        office: row.get("office_id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        short_name: row.get("short_name")?,
        aliases: row.json("aliases")?,
        kind: row.word("kind")?,
        ward: row.get("ward")?,
        cluster: row.get("cluster")?,
        principal: row.get("principal")?,
        phone: row.get("phone")?,
        opened_on: row.maybe("opened_on")?,
        closed_on: row.maybe("closed_on")?,
        enrolment: row.maybe("enrolment")?,
    })
}
