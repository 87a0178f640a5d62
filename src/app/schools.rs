//! Schools close and open again: from that day on they are not expected to answer, or are.

use chrono::NaiveDate;
use serde_json::json;

use super::AppError;
use super::work::Work;
use crate::domain::{Member, Reply, SchoolId};

impl Work<'_> {
    /// Sets the first day on which a school is no longer expected to answer, or with `opens` the first on which it is.
    /// What is due before that day stays owed.
    pub(super) async fn set_school_open(
        &mut self,
        by: &Member,
        id: SchoolId,
        day: Option<NaiveDate>,
        opens: bool,
    ) -> Result<Reply, AppError> {
        let Some(mut school) = self.school(id).cloned() else { return Ok(Reply::Nothing) };
        let today = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let day = day.unwrap_or(today);
        if opens {
            school.closed_on = None;
            school.opened_on = Some(day);
        } else {
            school.closed_on = Some(day);
        }
        self.session.update_school(&school).await?;
        let what = if opens { "school.opened" } else { "school.closed" };
        self.audit(Some(by.id), what, json!({ "school": id, "day": day })).await?;
        let name = school.short_name.clone();
        if let Some(known) = self.snapshot.schools_mut().iter_mut().find(|s| s.id == id) {
            *known = school;
        }
        Ok(Reply::SchoolOpen { school: name, day, opens })
    }
}
