//! Schedules.

use super::{Row, Session, StoreError, sql};
use crate::domain::{OfficeId, Schedule, ScheduleId, ScheduleState, SchoolYear};

impl Session {
    /// Adds a schedule, without its tasks.
    pub async fn insert_schedule(&mut self, schedule: &Schedule) -> Result<(), StoreError> {
        let insert = sql("insert into schedules (id, office_id, year, title, file_name, state) \
                          values ($1, $2, $3, $4, $5, $6)");
        self.write(
            insert
                .bind(schedule.id)
                .bind(schedule.office)
                .bind(i64::from(schedule.year.0))
                .bind(&*schedule.title)
                .bind(&*schedule.file_name)
                .word(schedule.state),
        )
        .await?;
        Ok(())
    }

    /// The schedule with this id.
    pub async fn schedule(&mut self, id: ScheduleId) -> Result<Option<Schedule>, StoreError> {
        self.one(sql("select * from schedules where id = $1").bind(id), schedule).await
    }

    /// Moves a schedule to another state.
    pub async fn set_schedule_state(
        &mut self,
        id: ScheduleId,
        state: ScheduleState,
    ) -> Result<(), StoreError> {
        self.write(sql("update schedules set state = $2 where id = $1").bind(id).word(state)).await?;
        Ok(())
    }

    /// The schedules of an office for a school year, oldest first; for every year when none is given.
    pub async fn schedules_of(
        &mut self,
        office: OfficeId,
        year: Option<SchoolYear>,
    ) -> Result<Vec<Schedule>, StoreError> {
        let of_office = sql("select * from schedules \
                             where office_id = $1 and year >= $2 and year <= $3 order by id");
        let (first, last): (i64, i64) =
            year.map_or((0, i32::MAX.into()), |year| (year.0.into(), year.0.into()));
        self.all(of_office.bind(office).bind(first).bind(last), schedule).await
    }
}

fn schedule(row: &Row) -> Result<Schedule, StoreError> {
    let year: i64 = row.get("year")?;
    Ok(Schedule {
        id: row.get("id")?,
        office: row.get("office_id")?,
        year: SchoolYear(i32::try_from(year).unwrap_or_default()),
        title: row.get("title")?,
        file_name: row.get("file_name")?,
        state: row.word("state")?,
    })
}
