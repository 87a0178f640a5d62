//! Deadlines and events as they were said, and the instants that they mean.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// One date of a task, with the way in which it was said.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// How it was said.
    pub kind: DueKind,
    /// The day; the last one of a range or window. "Trước ngày 17/10" means the 17th itself, inclusive.
    pub date: NaiveDate,
    /// The first day of a range or window.
    pub from: Option<NaiveDate>,
    /// The clock time, where one was said; 24:00 is kept as 23:59.
    pub time: Option<NaiveTime>,
    /// A deadline for the schools, or a happening.
    pub role: DueRole,
    /// How it comes again.
    pub recur: Option<Recur>,
    /// The words in the source; empty when a person set it.
    pub quote: String,
}

/// How a due date was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DueKind {
    /// Trước ngày, chậm nhất, hạn cuối.
    Before,
    /// Ngày, trong ngày.
    On,
    /// Từ ngày … đến ngày ….
    Range,
    /// Trong tháng, tuần 2 tháng 10.
    During,
}

/// What happens on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DueRole {
    /// Something is to be finished or handed in.
    Deadline,
    /// A fixed happening: a meeting, a contest.
    Event,
}

/// How it comes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recur {
    /// Hằng ngày.
    Daily,
    /// Hằng tuần.
    Weekly,
    /// Hằng tháng.
    Monthly,
    /// Hằng năm.
    Yearly,
}

impl Due {
    /// A plain deadline that a person set.
    pub fn before(date: NaiveDate, time: Option<NaiveTime>) -> Self {
        Self {
            kind: DueKind::Before,
            date,
            from: None,
            time,
            role: DueRole::Deadline,
            recur: None,
            quote: String::new(),
        }
    }

    /// Whether two say the same day, hour and role, in whatever words.
    pub fn is_same_moment(&self, other: &Self) -> bool {
        (self.date, self.from, self.time, self.role) == (other.date, other.from, other.time, other.role)
    }

    /// The last instant at which it is met, minute-exact: an answer is on time until the end of that minute.
    /// `deadline_hour` is the office's for deadlines without an hour.
    pub fn moment(&self, zone: Tz, deadline_hour: NaiveTime) -> DateTime<Utc> {
        instant(self.date, self.time.unwrap_or(deadline_hour), zone)
    }
}

/// The instant of a local day and time; in a gap of the zone, the first instant after it.
pub fn instant(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(time);
    zone.from_local_datetime(&local)
        .earliest()
        .or_else(|| zone.from_local_datetime(&(local + Duration::hours(1))).earliest())
        .map_or_else(|| local.and_utc(), |t| t.with_timezone(&Utc))
}

/// Whether something that happened at `at` met a deadline that ends with the minute `moment`.
pub fn is_on_time(at: DateTime<Utc>, moment: DateTime<Utc>) -> bool {
    at < moment + Duration::minutes(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_without_an_hour_ends_with_the_minute_of_the_office() {
        let due = Due::before(NaiveDate::from_ymd_opt(2026, 10, 17).unwrap(), None);
        let five = NaiveTime::from_hms_opt(17, 0, 0).unwrap();
        let moment = due.moment(chrono_tz::Asia::Ho_Chi_Minh, five);
        assert_eq!(moment.to_rfc3339(), "2026-10-17T10:00:00+00:00");
        assert!(is_on_time(moment + Duration::seconds(59), moment));
        assert!(!is_on_time(moment + Duration::seconds(60), moment));
    }
}
