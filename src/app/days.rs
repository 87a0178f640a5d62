//! The office's own days off.

use chrono::NaiveDate;
use serde_json::json;

use super::AppError;
use super::work::Work;
use crate::calendar::{Closure, ClosureChange, Closures};
use crate::domain::{Member, Reply};

impl Work<'_> {
    /// Adds a day off, or takes one back. Everything that is not out yet is reckoned anew, because nothing of it is
    /// stored.
    pub(super) async fn set_day(
        &mut self,
        by: &Member,
        date: NaiveDate,
        reason: &str,
        working: bool,
    ) -> Result<Reply, AppError> {
        let wrong =
            |e: crate::calendar::ClosuresError| AppError::Setting { name: "closures", why: e.to_string() };
        let mut office = self.snapshot.office.clone();
        let mut closures = Closures::parse(&office.settings.closures).map_err(wrong)?;
        closures.remove(date);
        let change = if working {
            ClosureChange::Work { day: date }
        } else {
            ClosureChange::Off { from: date, to: date, reason: reason.to_owned() }
        };
        closures.add(Closure { change, source: None, confirmed: true }).map_err(wrong)?;
        office.settings.closures = closures.to_string();
        self.session.update_office(&office).await?;
        self.audit(Some(by.id), "calendar.day", json!({ "date": date, "working": working })).await?;
        self.snapshot.office = office;
        Ok(Reply::DayOff { date, reason: reason.to_owned(), working })
    }
}
