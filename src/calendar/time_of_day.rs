//! Times of day as people write them in settings, and local times as instants.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// Reads `08:00`, `8:00`, `8h`, `8h30`, `8g30`; without seconds, from 00:00 to 23:59.
pub(super) fn parse(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once([':', 'h', 'H', 'g'])?;
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let minute = if minute.is_empty() && !text.contains(':') { 0 } else { minute.parse().ok()? };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute, 0)
}

/// The instant of a local time. Of a time that comes twice in a zone with summer time it is the first; of one that is left
/// out, the same time by the clock an hour later.
pub(super) fn instant(day: NaiveDate, time: NaiveTime, zone: Tz) -> DateTime<Utc> {
    let local = day.and_time(time);
    let at = |local| zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc));
    at(local).or_else(|| at(local + TimeDelta::hours(1))).unwrap_or_else(|| local.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_written() {
        let cases = [
            ("08:00", Some("08:00")),
            ("8:05", Some("08:05")),
            ("8h", Some("08:00")),
            ("17h30", Some("17:30")),
            ("7g30", Some("07:30")),
            ("23:59", Some("23:59")),
            ("24:00", None),
            ("8", None),
            ("8:", None),
            (":30", None),
            ("h", None),
            ("08:000", None),
            ("+8:00", None),
            ("8:60", None),
            ("08:00:00", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                parse(text).map(|time| time.format("%H:%M").to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn instants_of_local_times() {
        let hour = |hour| NaiveTime::from_hms_opt(hour, 30, 0).unwrap();
        let cases = [
            (chrono_tz::Asia::Ho_Chi_Minh, "2026-10-01", 8, "2026-10-01T01:30:00Z"),
            (chrono_tz::Europe::Paris, "2026-03-29", 2, "2026-03-29T01:30:00Z"), // left out: 03:30 by the new time
            (chrono_tz::Europe::Paris, "2026-10-25", 2, "2026-10-25T00:30:00Z"), // twice: the first
        ];
        for (zone, day, at, expected) in cases {
            let expected: DateTime<Utc> = expected.parse().unwrap();
            assert_eq!(instant(day.parse().unwrap(), hour(at), zone), expected, "{zone} {day}");
        }
    }
}
