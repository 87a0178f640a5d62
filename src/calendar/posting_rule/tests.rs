use super::*;
use crate::calendar::{Closures, Holiday};
use crate::domain::Settings;
use chrono_tz::Asia::Ho_Chi_Minh;

fn rule(text: &str) -> PostingRule {
    text.parse().unwrap()
}

fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&Ho_Chi_Minh).format("%Y-%m-%d %H:%M").to_string()
}

/// The firing of a month, local, or `-`.
fn in_month(text: &str, month: &str, calendar: &WorkCalendar) -> String {
    let month = month.parse().unwrap();
    rule(text).occurrence_for_month(month, Ho_Chi_Minh, calendar).map_or("-".into(), local)
}

#[test]
fn a_month_is_posted_on_its_working_day() {
    let (first, last) = ("first-working-day 08:00", "last-working-day 16:30");
    let cases = [
        (first, "2026-10", "2026-10-01 08:00"),
        (first, "2026-09", "2026-09-03 08:00"),
        (first, "2026-11", "2026-11-02 08:00"),
        (first, "2027-01", "2027-01-04 08:00"),
        (first, "2027-02", "2027-02-01 08:00"),
        (first, "2030-02", "2030-02-08 08:00"), // after Tết and the two days that make up for its weekend
        (first, "2027-05", "2027-05-04 08:00"),
        ("first-working-day 7h30", "2026-10", "2026-10-01 07:30"),
        (last, "2026-10", "2026-10-30 16:30"),
        (last, "2027-04", "2027-04-29 16:30"),
        (last, "2026-12", "2026-12-31 16:30"),
        ("0 8 1 * *", "2027-01", "2027-01-01 08:00"), // as written, a holiday or not
        ("0 8 1-7 * MON", "2026-10", "2026-10-05 08:00"),
        ("30 7,14 5 * *", "2026-10", "2026-10-05 07:30"),
        ("0 8 31 * *", "2026-11", "-"),
        ("0 0 8 5 9 ? 2027", "2026-09", "-"),
        ("0 0 8 5 9 ? 2027", "2027-09", "2027-09-05 08:00"),
        ("0 8 * SEP mon-fri", "2026-09", "2026-09-01 08:00"),
    ];
    for (text, month, expected) in cases {
        assert_eq!(in_month(text, month, &WorkCalendar::default()), expected, "{text} in {month}");
    }
}

#[test]
fn a_month_closed_throughout_has_no_post_and_the_next_one_has() {
    let closed = "[[off]]\nfrom = 2026-10-01\nto = 2026-10-31\nreason = 'Lũ'";
    let calendar = WorkCalendar::monday_to_friday(Closures::parse(closed).unwrap());
    assert_eq!(in_month("first-working-day 08:00", "2026-10", &calendar), "-");
    assert_eq!(in_month("last-working-day 08:00", "2026-10", &calendar), "-");
    let october = "2026-10-01T00:00:00Z".parse().unwrap();
    let next = rule("first-working-day 08:00").next_after(october, Ho_Chi_Minh, &calendar).unwrap();
    assert_eq!(local(next), "2026-11-02 08:00");
}

#[test]
fn the_next_firing_comes_after_the_instant_itself() {
    let cases = [
        ("first-working-day 08:00", "2026-10-01T00:59:59Z", Some("2026-10-01 08:00")),
        ("first-working-day 08:00", "2026-10-01T01:00:00Z", Some("2026-11-02 08:00")),
        // 31 August 22:00 UTC is already September in Việt Nam.
        ("first-working-day 08:00", "2026-08-31T22:00:00Z", Some("2026-09-03 08:00")),
        ("0 8 * * MON-FRI", "2026-10-02T01:00:00Z", Some("2026-10-05 08:00")),
        ("0 8 29 2 *", "2026-10-02T01:00:00Z", Some("2028-02-29 08:00")),
        ("0 0 8 1 1 ? 2020", "2026-10-02T01:00:00Z", None),
    ];
    for (text, after, expected) in cases {
        let next = rule(text).next_after(after.parse().unwrap(), Ho_Chi_Minh, &WorkCalendar::default());
        assert_eq!(next.map(local).as_deref(), expected, "{text} after {after}");
    }
}

#[test]
fn every_month_of_a_century_has_one_first_and_one_last_working_day() {
    let calendar = WorkCalendar::default();
    for text in ["first-working-day 08:00", "last-working-day 08:00"] {
        let mut after = "2000-01-01T00:00:00Z".parse().unwrap();
        let mut month = Month::new(2000, 1).unwrap();
        while month.year < 2099 {
            after = rule(text).next_after(after, Ho_Chi_Minh, &calendar).unwrap();
            assert_eq!(Month::of(after.with_timezone(&Ho_Chi_Minh).date_naive()), month, "{text}");
            month = month.next();
        }
    }
}

#[test]
fn a_moved_post_knows_why() {
    let cases = [
        ("first-working-day 08:00", "2026-10", None),
        ("first-working-day 08:00", "2026-11", Some(DayOff::Weekend)),
        ("first-working-day 08:00", "2026-09", Some(DayOff::Holiday(Holiday::National))),
        ("first-working-day 08:00", "2027-05", Some(DayOff::Holiday(Holiday::Labour))),
        ("first-working-day 08:00", "2030-02", Some(DayOff::Holiday(Holiday::Tet))),
        ("last-working-day 08:00", "2027-04", Some(DayOff::Holiday(Holiday::Victory))),
        ("last-working-day 08:00", "2026-10", Some(DayOff::Weekend)),
        ("0 8 1 * *", "2026-11", None),
    ];
    for (text, month, expected) in cases {
        let why = rule(text).moved_by(month.parse().unwrap(), &WorkCalendar::default());
        assert_eq!(why, expected, "{text} in {month}");
    }
}

#[test]
fn what_could_be_misread_is_refused_with_what_to_write() {
    let cases = [
        ("0 7 * * 1", "`1` for the weekday"),
        ("0 0 7 * * 1-5", "`1-5` for the weekday"),
        ("0 7 * * MON,3", "`MON,3` for the weekday"),
        ("0 7 * * */2", "write names, such as MON"),
        ("* 8 1 * *", "`* 8` would post again and again"),
        ("0/5 8 1 * *", "would post again and again"),
        ("0,30 8 1 * *", "would post again and again"),
        ("0 * 1 * *", "would post again and again"),
        ("* 0 8 1 * *", "would post again and again"),
        ("0 8 31 2 *", "never comes"),
        ("0 8 L * *", "is not a posting rule: write `first-working-day 08:00`"),
        ("0 25 1 * *", "is not a posting rule"),
        ("@monthly", "is not a posting rule"),
        ("first-working-day", "is not a posting rule"),
        ("first-working-day 8", "is not a posting rule"),
        ("first-working-day 24:00", "is not a posting rule"),
        ("first-working-day 08:00 MON", "is not a posting rule"),
        ("second-working-day 08:00", "is not a posting rule"),
        ("", "is not a posting rule"),
    ];
    for (text, expected) in cases {
        let error = text.parse::<PostingRule>().unwrap_err().to_string();
        assert!(error.contains(expected), "{text} gave: {error}");
    }
}

#[test]
fn a_rule_reads_back_as_the_same_rule() {
    let cases = [
        ("first-working-day  8h", "first-working-day 08:00"),
        ("last-working-day 16:30", "last-working-day 16:30"),
        ("0  8 1 * *", "0 8 1 * *"),
        ("0 0 8 1 * *", "0 8 1 * *"),
        ("15 0 8 1 * *", "15 0 8 1 * *"),
        ("0 0 8 1 * ? 2027", "0 0 8 1 * ? 2027"),
    ];
    for (text, written) in cases {
        assert_eq!(rule(text).to_string(), written, "{text}");
        assert_eq!(rule(written), rule(text), "{text}");
        let stored = serde_json::to_string(&rule(text)).unwrap();
        assert_eq!(serde_json::from_str::<PostingRule>(&stored).unwrap(), rule(text), "{text}");
    }
    assert_eq!(rule(&Settings::default().posting_rule).to_string(), "first-working-day 08:00");
}
