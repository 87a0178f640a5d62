use super::*;
use Errand::*;
use chrono_tz::Asia::Ho_Chi_Minh;
use proptest::prelude::*;

/// A local time in Việt Nam, `2026-10-16 17:45`.
fn at(text: &str) -> DateTime<Utc> {
    let local = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    instant(local.date(), local.time(), Ho_Chi_Minh)
}

fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Ho_Chi_Minh).format("%Y-%m-%d %H:%M").to_string()
}

#[test]
fn a_post_waits_for_the_next_open_hour() {
    let cases = [
        (Post, "2026-10-16 08:00", "2026-10-16 08:00"),
        (Post, "2026-10-16 07:00", "2026-10-16 07:00"),
        (Post, "2026-10-16 06:59", "2026-10-16 07:00"),
        (Post, "2026-10-16 11:30", "2026-10-16 13:30"),
        (Post, "2026-10-16 12:15", "2026-10-16 13:30"),
        (Post, "2026-10-16 17:30", "2026-10-19 07:00"),
        (Post, "2026-10-17 14:00", "2026-10-19 07:00"),
        (Post, "2026-09-01 08:00", "2026-09-03 07:00"),
        (Post, "2027-02-04 18:00", "2027-02-12 07:00"),
        // Trung thu, a Friday: nothing after four.
        (Post, "2026-09-25 15:59", "2026-09-25 15:59"),
        (Post, "2026-09-25 16:00", "2026-09-28 07:00"),
        (Reminder, "2026-09-25 16:00", "2026-09-28 07:00"),
        // Ngày Nhà giáo: posts yes, reminders not before Monday.
        (Post, "2026-11-20 08:00", "2026-11-20 08:00"),
        (Reminder, "2026-11-20 08:00", "2026-11-23 07:00"),
        (Reminder, "2026-11-19 17:30", "2026-11-23 07:00"),
    ];
    for (errand, from, expected) in cases {
        let (hours, calendar) = (QuietHours::default(), WorkCalendar::default());
        assert_eq!(
            local(hours.next_open(errand, at(from), Ho_Chi_Minh, &calendar)),
            expected,
            "{errand:?} {from}"
        );
        let quiet = hours.is_quiet(errand, at(from), Ho_Chi_Minh, &calendar);
        assert_eq!(quiet, from != expected, "{errand:?} {from}");
    }
}

#[test]
fn what_must_come_before_takes_the_last_open_minute() {
    let cases = [
        (Post, "2026-10-16 14:00", "2026-10-16 14:00"),
        (Post, "2026-10-16 12:00", "2026-10-16 11:29"),
        (Post, "2026-10-16 06:00", "2026-10-15 17:29"),
        (Post, "2026-10-17 14:00", "2026-10-16 17:29"),
        (Post, "2027-02-11 09:00", "2027-02-04 17:29"),
        (Reminder, "2026-11-20 16:00", "2026-11-19 17:29"),
        (Post, "2026-11-20 16:00", "2026-11-20 16:00"),
        (Post, "2026-09-25 16:30", "2026-09-25 15:59"),
    ];
    for (errand, before, expected) in cases {
        let (hours, calendar) = (QuietHours::default(), WorkCalendar::default());
        let last = hours.last_open_before(errand, at(before), Ho_Chi_Minh, &calendar);
        assert_eq!(local(last), expected, "{errand:?} {before}");
    }
}

#[test]
fn working_minutes_count_open_hours_of_working_days() {
    let day = 4 * 60 + 30 + 4 * 60;
    let cases = [
        ("2026-10-16 08:00", "2026-10-16 09:30", 90),
        ("2026-10-16 11:00", "2026-10-16 14:00", 60),
        ("2026-10-16 00:00", "2026-10-17 00:00", day),
        ("2026-10-16 16:30", "2026-10-19 08:00", 120),
        ("2027-02-04 17:00", "2027-02-12 07:30", 60),
        ("2026-10-12 07:00", "2026-10-17 17:00", 5 * day),
        ("2026-10-16 09:30", "2026-10-16 08:00", 0),
        ("2026-10-17 08:00", "2026-10-18 08:00", 0),
        // A light day is a day of work all the same.
        ("2026-11-20 07:00", "2026-11-20 17:30", day),
    ];
    for (from, to, expected) in cases {
        let (hours, calendar) = (QuietHours::default(), WorkCalendar::default());
        let minutes = hours.working_minutes_between(at(from), at(to), Ho_Chi_Minh, &calendar);
        assert_eq!(minutes, expected, "{from} to {to}");
    }
}

#[test]
fn an_office_writes_its_own_hours() {
    let cases = [
        ("07:00-11:30 13:30-17:30", "07:00-11:30 13:30-17:30"),
        ("13h30–17h, 7h-11h", "07:00-11:00 13:30-17:00"),
        ("8:00-12:00;12:00-19:00", "08:00-12:00 12:00-19:00"),
    ];
    for (text, expected) in cases {
        assert_eq!(text.parse::<OpenHours>().unwrap().to_string(), expected, "{text}");
    }
    let wrong = [
        ("", "at least one"),
        ("07:00", "is not a stretch"),
        ("7-11", "is not a stretch"),
        ("07:00-25:00", "is not a stretch"),
        ("17:30-07:00", "`17:30-07:00` ends before it begins"),
        ("07:00-07:00", "ends before it begins"),
        ("07:00-12:00 11:30-17:00", "`07:00-12:00` and `11:30-17:00` overlap"),
    ];
    for (text, expected) in wrong {
        let error = text.parse::<OpenHours>().unwrap_err().to_string();
        assert!(error.contains(expected), "{text} gave: {error}");
    }
}

#[test]
fn the_default_is_what_offices_are_given() {
    assert_eq!(QuietHours::of_office(&Settings::default()), Ok(QuietHours::default()));
    let never = Settings { speaking_hours: Vec::new(), ..Settings::default() };
    assert_eq!(QuietHours::of_office(&never), Err(OpenHoursError::None));
}

#[test]
fn settings_survive_storing() {
    let hours = QuietHours::default();
    let stored = serde_json::to_string(&hours).unwrap();
    assert_eq!(
        stored,
        r#"{"open":"07:00-11:30 13:30-17:30","light":["solar 20/11 no-reminders","lunar 15/8 quiet-from 16:00","lunar 23/12 quiet-from 11:30"]}"#
    );
    assert_eq!(serde_json::from_str::<QuietHours>(&stored).unwrap(), hours);
    assert_eq!(serde_json::from_str::<QuietHours>(r#"{"open":"07:00-11:30 13:30-17:30"}"#).unwrap(), hours);
    assert!(serde_json::from_str::<QuietHours>(r#"{"open":"17:30-07:00"}"#).is_err());
}

proptest! {
    #[test]
    fn the_next_and_the_last_open_instant_are_open(minute in 0i64..2 * 366 * 24 * 60, reminder: bool) {
        let errand = if reminder { Reminder } else { Post };
        let (hours, calendar) = (QuietHours::default(), WorkCalendar::default());
        let start = at("2026-01-01 00:00") + TimeDelta::minutes(minute);
        let next = hours.next_open(errand, start, Ho_Chi_Minh, &calendar);
        let last = hours.last_open_before(errand, start, Ho_Chi_Minh, &calendar);
        prop_assert!(last <= start && start <= next);
        prop_assert!(!hours.is_quiet(errand, next, Ho_Chi_Minh, &calendar));
        prop_assert!(!hours.is_quiet(errand, last, Ho_Chi_Minh, &calendar));
        prop_assert_eq!(next == start, last == start);
    }

    #[test]
    fn no_open_minute_is_passed_over(minute in 0i64..2 * 366 * 24 * 60) {
        let hours = QuietHours { light: Vec::new(), ..QuietHours::default() };
        let calendar = WorkCalendar::default();
        let start = at("2026-01-01 00:00") + TimeDelta::minutes(minute);
        let next = hours.next_open(Post, start, Ho_Chi_Minh, &calendar);
        let last = hours.last_open_before(Post, start, Ho_Chi_Minh, &calendar);
        let between = hours.working_minutes_between(last, next, Ho_Chi_Minh, &calendar);
        prop_assert_eq!(between, if next == last { 0 } else { 1 });
    }
}
