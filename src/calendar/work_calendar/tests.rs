use super::super::holidays::Holiday::*;
use super::*;
use DayOff::{Holiday as On, Substitute as For};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn with(closures: &str) -> WorkCalendar {
    WorkCalendar::monday_to_friday(Closures::parse(closures).unwrap())
}

/// The days off from Monday to Friday between two days, as `MM-DD` and reason.
fn weekdays_off(calendar: &WorkCalendar, from: &str, to: &str) -> Vec<(String, DayOff)> {
    let off = calendar.days_off_between(day(from), day(to)).into_iter();
    let on_weekdays = off.filter(|(date, _)| MONDAY_TO_FRIDAY.contains(date.weekday()));
    on_weekdays.map(|(date, why)| (date.format("%m-%d").to_string(), why)).collect()
}

#[test]
fn a_year_has_the_weekdays_off_that_the_law_gives() {
    type Expected = &'static [(&'static str, DayOff)];
    let cases: [(&str, Expected); 4] = [
        (
            "2026",
            &[
                ("01-01", On(NewYear)),
                ("02-16", On(Tet)),
                ("02-17", On(Tet)),
                ("02-18", On(Tet)),
                ("02-19", On(Tet)),
                ("02-20", On(Tet)),
                ("04-27", For(HungKings)),
                ("04-30", On(Victory)),
                ("05-01", On(Labour)),
                ("09-01", On(National)),
                ("09-02", On(National)),
            ],
        ),
        (
            "2027",
            &[
                ("01-01", On(NewYear)),
                ("02-05", On(Tet)),
                ("02-08", On(Tet)),
                ("02-09", On(Tet)),
                ("02-10", For(Tet)),
                ("02-11", For(Tet)),
                ("04-16", On(HungKings)),
                ("04-30", On(Victory)),
                ("05-03", For(Labour)),
                ("09-02", On(National)),
                ("09-03", On(National)),
            ],
        ),
        (
            // Giỗ Tổ on Saturday 29 April and the 30th on Sunday: both are made up for after 1 May.
            "2023",
            &[
                ("01-02", For(NewYear)),
                ("01-23", On(Tet)),
                ("01-24", On(Tet)),
                ("01-25", On(Tet)),
                ("01-26", For(Tet)),
                ("01-27", For(Tet)),
                ("05-01", On(Labour)),
                ("05-02", For(HungKings)),
                ("05-03", For(Victory)),
                ("09-01", On(National)),
                ("09-04", For(National)),
            ],
        ),
        (
            "2030",
            &[
                ("01-01", On(NewYear)),
                ("02-01", On(Tet)),
                ("02-04", On(Tet)),
                ("02-05", On(Tet)),
                ("02-06", For(Tet)),
                ("02-07", For(Tet)),
                ("04-12", On(HungKings)),
                ("04-30", On(Victory)),
                ("05-01", On(Labour)),
                ("09-02", On(National)),
                ("09-03", On(National)),
            ],
        ),
    ];
    for (year, expected) in cases {
        let got = weekdays_off(&WorkCalendar::default(), &format!("{year}-01-01"), &format!("{year}-12-31"));
        let expected: Vec<_> = expected.iter().map(|(date, why)| (date.to_string(), why.clone())).collect();
        assert_eq!(got, expected, "{year}");
    }
}

#[test]
fn every_year_gives_eleven_weekdays_unless_two_holidays_meet() {
    for year in FIRST_YEAR..=LAST_YEAR {
        let off = weekdays_off(&WorkCalendar::default(), &format!("{year}-01-01"), &format!("{year}-12-31"));
        let hung_kings = super::super::lunar::LunarDate::new(year, 3, 10).to_solar().unwrap();
        let meet = [(4, 30), (5, 1)].contains(&(hung_kings.month(), hung_kings.day()));
        assert_eq!(off.len(), if meet { 10 } else { 11 }, "{year}");
    }
}

#[test]
fn the_second_day_of_september_joins_a_weekend() {
    let beside = [
        ("2021", "09-03"),
        ("2022", "09-01"),
        ("2023", "09-01"),
        ("2024", "09-03"),
        ("2025", "09-01"),
        ("2026", "09-01"),
        ("2027", "09-03"),
        ("2029", "09-03"),
    ];
    for (year, expected) in beside {
        let why = WorkCalendar::default().why_off(day(&format!("{year}-{expected}")));
        assert_eq!(why, Some(On(National)), "{year}");
    }
}

#[test]
fn the_states_choice_moves_tet_and_the_second_of_september() {
    let calendar = with("[year.2027]\ntet_days_before = 2\nnational_day = 'before'");
    let tet = ["02-04", "02-05", "02-08", "02-09", "02-10"];
    let why = [On(Tet), On(Tet), On(Tet), For(Tet), For(Tet)];
    let expected: Vec<_> = tet.iter().map(|date| date.to_string()).zip(why).collect();
    assert_eq!(weekdays_off(&calendar, "2027-02-01", "2027-02-28"), expected);
    assert!(!calendar.is_working(day("2027-09-01")) && calendar.is_working(day("2027-09-03")));
}

#[test]
fn closures_change_single_days() {
    let calendar = with(
        r#"
        [[off]]
        from = 2026-11-18
        to = 2026-11-22
        reason = "Bão"
        [[off]]
        from = 2027-02-05
        to = 2027-02-12
        reason = "Nghỉ Tết theo tỉnh"
        [[off]]
        from = 2026-11-24
        reason = "chưa chắc"
        confirmed = false
        [[swap]]
        off = 2027-04-29
        work = 2027-04-24
        [[work]]
        day = 2027-05-03
        "#,
    );
    let closed = |reason: &str| Some(DayOff::Closure { reason: reason.into() });
    let cases = [
        ("2026-11-17", None),
        ("2026-11-18", closed("Bão")),
        ("2026-11-21", closed("Bão")),
        ("2026-11-23", None),
        ("2026-11-24", None),
        ("2026-11-28", Some(DayOff::Weekend)),
        ("2027-02-06", Some(On(Tet))),
        ("2027-02-11", Some(For(Tet))),
        ("2027-02-12", closed("Nghỉ Tết theo tỉnh")),
        ("2027-04-24", None),
        ("2027-04-29", Some(DayOff::Swapped { worked: day("2027-04-24") })),
        ("2027-05-01", Some(On(Labour))),
        ("2027-05-03", None),
    ];
    for (date, expected) in cases {
        assert_eq!(calendar.why_off(day(date)), expected, "{date}");
        assert_eq!(calendar.is_working(day(date)), expected.is_none(), "{date}");
    }
}

#[test]
fn an_offices_file_wins_over_the_shipped_one() {
    let office = Closures::parse("[[off]]\nfrom = 2026-11-24\nreason = 'Ngày Văn hóa'").unwrap();
    let calendar = WorkCalendar::monday_to_friday(Closures::shipped().unwrap().and(office));
    assert_eq!(calendar.why_off(day("2026-11-24")), Some(DayOff::Closure { reason: "Ngày Văn hóa".into() }));
    let shipped = WorkCalendar::monday_to_friday(Closures::shipped().unwrap());
    assert!(shipped.is_working(day("2026-11-24")));
    let settings =
        Settings { closures: "[[off]]\nfrom = '24/11/2026'\nreason = 'x'".into(), ..Settings::default() };
    assert!(!WorkCalendar::of_office(&settings).unwrap().is_working(day("2026-11-24")));
    assert!(WorkCalendar::of_office(&Settings::default()).unwrap().is_working(day("2026-11-24")));
    let reopened = Closures::parse("[[work]]\nday = 2026-11-24").unwrap();
    let calendar = WorkCalendar::monday_to_friday(calendar.closures().clone().and(reopened));
    assert!(calendar.is_working(day("2026-11-24")));
}

#[test]
fn the_next_and_the_previous_working_day() {
    // day, next on or after, previous on or before
    let cases = [
        ("2026-10-01", "2026-10-01", "2026-10-01"),
        ("2026-10-17", "2026-10-19", "2026-10-16"),
        ("2026-09-01", "2026-09-03", "2026-08-31"),
        ("2027-02-05", "2027-02-12", "2027-02-04"),
        ("2027-01-01", "2027-01-04", "2026-12-31"),
    ];
    let calendar = WorkCalendar::default();
    for (date, next, previous) in cases {
        assert_eq!(calendar.next_working_on_or_after(day(date)), day(next), "{date}");
        assert_eq!(calendar.previous_working_on_or_before(day(date)), day(previous), "{date}");
    }
}

#[test]
fn counting_working_days_leaves_out_the_day_itself() {
    // day, n, before, after
    let cases = [
        ("2026-10-17", 0, "2026-10-17", "2026-10-17"),
        ("2026-10-17", 1, "2026-10-16", "2026-10-19"),
        ("2026-10-17", 3, "2026-10-14", "2026-10-21"),
        ("2026-10-16", 1, "2026-10-15", "2026-10-19"),
        ("2027-02-12", 3, "2027-02-02", "2027-02-17"),
        ("2027-02-04", 1, "2027-02-03", "2027-02-12"),
    ];
    let calendar = WorkCalendar::default();
    for (date, n, before, after) in cases {
        assert_eq!(calendar.working_days_before(day(date), n), day(before), "{date} - {n}");
        assert_eq!(calendar.add_working_days(day(date), n), day(after), "{date} + {n}");
    }
}

#[test]
fn a_week_of_six_days_rests_on_sunday_only() {
    let six = MONDAY_TO_FRIDAY.union(WeekdaySet::single(Weekday::Sat));
    let calendar = WorkCalendar::new(six, Closures::default()).unwrap();
    assert!(calendar.is_working(day("2026-10-17")) && !calendar.is_working(day("2026-10-18")));
    // Saturday 6 February is a day of Tết on a workday: only Sunday the 7th is made up for.
    assert_eq!(calendar.next_working_on_or_after(day("2027-02-05")), day("2027-02-11"));
    assert_eq!(calendar.why_off(day("2027-05-01")), Some(On(Labour)));
    assert!(calendar.is_working(day("2027-05-03")));
    assert!(WorkCalendar::new(WeekdaySet::EMPTY, Closures::default()).is_none());
}

#[test]
fn beyond_the_known_years_only_the_week_counts() {
    let calendar = WorkCalendar::default();
    assert_eq!(calendar.why_off(day("2101-01-01")), Some(DayOff::Weekend)); // a Saturday
    assert!(calendar.is_working(day("2102-09-01")) && calendar.is_working(day("1899-09-01")));
}
