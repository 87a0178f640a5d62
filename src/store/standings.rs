//! Where schools stand with tasks: one row of a join with the latest submission and extension.

use super::tasks::in_states;
use super::{Row, Session, StoreError, extensions, sql, submissions};
use crate::domain::{OfficeId, SchoolId, Standing, TaskId, TaskState};

/// A standing with its latest submission (`s_…`) and extension (`e_…`).
macro_rules! standings {
    ($rest:literal) => {
        concat!(
            "select st.task_id, st.school_id, st.confirmation, st.settled_at, st.exempt, st.promise, st.returned, \
             s.id as s_id, s.version as s_version, s.given as s_given, \
             s.form_version as s_form_version, s.kept as s_kept, s.complete as s_complete, \
             s.by_member as s_by_member, s.on_behalf as s_on_behalf, s.platform as s_platform, \
             s.chat_id as s_chat_id, s.message_id as s_message_id, s.at as s_at, \
             e.id as e_id, e.until as e_until, e.reason as e_reason, e.at as e_at, e.state as e_state, \
             e.granted_before as e_granted_before, e.decided_by as e_decided_by \
             from standings st \
             left join submissions s on s.id = st.submission_id \
             left join extensions e on e.id = st.extension_id ",
            $rest
        )
    };
}

impl Session {
    /// Where a school stands with a task; `None` when it has said nothing.
    pub async fn standing(&mut self, task: TaskId, school: SchoolId) -> Result<Option<Standing>, StoreError> {
        let one = sql(standings!("where st.task_id = $1 and st.school_id = $2"));
        self.one(one.bind(task).bind(school), standing).await
    }

    /// Where all schools that said something stand with a task.
    pub async fn standings_of_task(&mut self, task: TaskId) -> Result<Vec<Standing>, StoreError> {
        let of_task = sql(standings!("where st.task_id = $1 order by st.school_id"));
        self.all(of_task.bind(task), standing).await
    }

    /// All standings of an office with its tasks in these states.
    pub async fn standings_of(
        &mut self,
        office: OfficeId,
        states: &[TaskState],
    ) -> Result<Vec<Standing>, StoreError> {
        let of_office = sql(standings!(
            "join tasks t on t.id = st.task_id where t.office_id = $1 and t.state in ($2, $3, $4, $5, $6)"
        ));
        self.all(in_states(of_office.bind(office), states), standing).await
    }

    /// Writes confirmation, settling moment, exemption, promise and giving back. The latest submission and extension are not written
    /// here but follow from inserting them.
    pub async fn put_standing(&mut self, standing: &Standing) -> Result<(), StoreError> {
        let put = sql(
            "insert into standings (task_id, school_id, confirmation, settled_at, exempt, promise, returned) \
                       values ($1, $2, $3, $4, $5, $6, $7) \
                       on conflict (task_id, school_id) do update set confirmation = excluded.confirmation, \
                       settled_at = excluded.settled_at, exempt = excluded.exempt, promise = excluded.promise, \
                       returned = excluded.returned",
        );
        let put = put
            .bind(standing.task)
            .bind(standing.school)
            .maybe_json(standing.confirmation.as_ref())
            .bind(standing.settled_at)
            .bind(standing.exempt.clone())
            .maybe_json(standing.promise.as_ref())
            .maybe_json(standing.returned.as_ref());
        self.write_standing(standing.task, standing.school, put).await
    }
}

fn standing(row: &Row) -> Result<Standing, StoreError> {
    let (task, school) = (row.get("task_id")?, row.get("school_id")?);
    Ok(Standing {
        task,
        school,
        confirmation: row.maybe_json("confirmation")?,
        submission: submissions::joined(row, task, school)?,
        settled_at: row.maybe("settled_at")?,
        exempt: row.maybe("exempt")?,
        extension: extensions::joined(row, task, school)?,
        promise: row.maybe_json("promise")?,
        returned: row.maybe_json("returned")?,
    })
}
