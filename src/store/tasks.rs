//! Tasks.

use super::{Row, Session, StoreError, session::Statement, sql};
use crate::domain::{DirectiveId, OfficeId, ScheduleId, Task, TaskId, TaskState};

impl Session {
    /// Adds a task. A code that the office has given before is a [`StoreError::Duplicate`].
    pub async fn insert_task(&mut self, task: &Task) -> Result<(), StoreError> {
        let insert = sql(
            "insert into tasks (id, office_id, schedule_id, code, text, months, scope, requires, due, \
                          form, urgency, state, posted_at, sources, doubts, moved, directive_id) \
                          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        );
        self.write(columns(insert, task)).await?;
        Ok(())
    }

    /// Writes a task anew; it stays with its office.
    pub async fn update_task(&mut self, task: &Task) -> Result<(), StoreError> {
        let update = sql(
            "update tasks set schedule_id = $3, code = $4, text = $5, months = $6, scope = $7, \
                          requires = $8, due = $9, form = $10, urgency = $11, state = $12, posted_at = $13, \
                          sources = $14, doubts = $15, moved = $16, directive_id = $17 where id = $1 and office_id = $2",
        );
        self.write(columns(update, task)).await?;
        Ok(())
    }

    /// The task with this id.
    pub async fn task(&mut self, id: TaskId) -> Result<Option<Task>, StoreError> {
        self.one(sql("select * from tasks where id = $1").bind(id), task).await
    }

    /// The task with this number in its code: 12 for `V12`.
    pub async fn task_by_code(&mut self, office: OfficeId, code: u32) -> Result<Option<Task>, StoreError> {
        let by_code = sql("select * from tasks where office_id = $1 and code = $2");
        self.one(by_code.bind(office).bind(code), task).await
    }

    /// The tasks of an office in these states, by code.
    pub async fn tasks_of(
        &mut self,
        office: OfficeId,
        states: &[TaskState],
    ) -> Result<Vec<Task>, StoreError> {
        let of_office =
            sql("select * from tasks where office_id = $1 and state in ($2, $3, $4, $5, $6) order by code");
        self.all(in_states(of_office.bind(office), states), task).await
    }

    /// The tasks of a schedule, by code.
    pub async fn tasks_of_schedule(&mut self, schedule: ScheduleId) -> Result<Vec<Task>, StoreError> {
        self.all(sql("select * from tasks where schedule_id = $1 order by code").bind(schedule), task).await
    }

    /// The tasks that were read from a directive, by code.
    pub async fn tasks_of_directive(&mut self, directive: DirectiveId) -> Result<Vec<Task>, StoreError> {
        self.all(sql("select * from tasks where directive_id = $1 order by code").bind(directive), task).await
    }

    /// The number of the next code of an office: one more than it ever gave.
    pub async fn next_code(&mut self, office: OfficeId) -> Result<u32, StoreError> {
        let last =
            sql("select cast(coalesce(max(code), 0) as bigint) as last from tasks where office_id = $1");
        let last: Option<u32> = self.one(last.bind(office), |row| row.get("last")).await?;
        Ok(last.unwrap_or_default() + 1)
    }
}

/// Binds the five places of `state in ($n, …)`: there are five states, and no engine-independent way to bind a list.
pub(super) fn in_states(mut statement: Statement, states: &[TaskState]) -> Statement {
    for place in 0..5 {
        statement = match states.get(place).or(states.last()) {
            Some(state) => statement.word(state),
            None => statement.bind(""),
        };
    }
    statement
}

fn columns(statement: Statement, task: &Task) -> Statement {
    statement
        .bind(task.id)
        .bind(task.office)
        .bind(task.schedule)
        .bind(task.code)
        .bind(&*task.text)
        .json(&task.months)
        .json(&task.scope)
        .word(task.requires)
        .json(&task.due)
        .json(&task.form)
        .word(task.urgency)
        .word(task.state)
        .bind(task.posted_at)
        .json(&task.sources)
        .json(&task.doubts)
        .maybe_json(task.moved.as_ref())
        .bind(task.directive)
}

fn task(row: &Row) -> Result<Task, StoreError> {
    Ok(Task {
        id: row.get("id")?,
        office: row.get("office_id")?,
        schedule: row.maybe("schedule_id")?,
        code: row.get("code")?,
        text: row.get("text")?,
        months: row.json("months")?,
        scope: row.json("scope")?,
        requires: row.word("requires")?,
        due: row.json("due")?,
        form: row.json("form")?,
        urgency: row.word("urgency")?,
        state: row.word("state")?,
        posted_at: row.maybe("posted_at")?,
        directive: row.maybe("directive_id")?,
        sources: row.json("sources")?,
        doubts: row.json("doubts")?,
        moved: row.maybe_json("moved")?,
    })
}
