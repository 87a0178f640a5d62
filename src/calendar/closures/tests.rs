use super::*;
use crate::calendar::holidays::Neighbour;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_file_says_what_it_says() {
    let closures = Closures::parse(
        r#"
        [year.2027]
        tet_days_before = 2
        national_day = "after"
        [[off]]
        from = "18/11/2026"
        to = 2026-11-19
        reason = " Bão "
        source = "Công điện 31"
        [[swap]]
        off = 2027-04-29
        work = 2027-04-24
        [[work]]
        day = 2027-02-10
        confirmed = false
        "#,
    )
    .unwrap();
    let choice = YearChoice { tet_days_before: Some(2), national_day: Some(Neighbour::After) };
    assert_eq!(closures.choice(2027), choice);
    assert_eq!(closures.choice(2028), YearChoice::default());
    let storm = ClosureChange::Off { from: day("2026-11-18"), to: day("2026-11-19"), reason: "Bão".into() };
    let swap = ClosureChange::Swap { off: day("2027-04-29"), work: day("2027-04-24") };
    assert_eq!(
        closures.entries(),
        [
            Closure { change: storm, source: Some("Công điện 31".into()), confirmed: true },
            Closure { change: swap, source: None, confirmed: true },
            Closure {
                change: ClosureChange::Work { day: day("2027-02-10") },
                source: None,
                confirmed: false
            },
        ]
    );
}

#[test]
fn a_file_that_cannot_be_meant_is_refused_with_what_to_do() {
    let cases = [
        ("[[off]]\nfrom = 2026-11-19\nto = 2026-11-18\nreason = 'x'", "exchange the two days"),
        ("[[off]]\nfrom = 2026-11-19\nto = 2027-11-20\nreason = 'x'", "check the year"),
        ("[[off]]\nfrom = 2026-11-19", "has no reason"),
        ("[[off]]\nfrom = '31/11/2026'\nreason = 'x'", "31/11/2026 is not a day: write 2026-11-24"),
        ("[[off]]\nfrom = 08:00:00\nreason = 'x'", "08:00:00 is not a day"),
        ("[[off]]\nday = 2026-11-19\nreason = 'x'", "unknown field `day`"),
        (
            "[[work]]\nday = 2026-11-19\n[[swap]]\noff = 2026-11-19\nwork = 2026-11-21",
            "2026-11-19 is named twice",
        ),
        ("[year.2027]\ntet_days_before = 6", "write 0 to 5"),
        ("[year.2027]\nnational_day = 'both'", "unknown variant `both`"),
        ("[[closed]]\nfrom = 2026-11-19", "unknown field `closed`"),
    ];
    for (text, expected) in cases {
        let error = Closures::parse(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}\ngave: {error}");
    }
}

#[test]
fn the_shipped_file_knows_the_day_of_culture_and_does_not_take_it_for_decided() {
    let shipped = Closures::shipped().unwrap();
    let culture = day("2026-11-24");
    let about = |entry: &&Closure| entry.change.days().contains(&culture);
    assert_eq!(
        shipped.entries().iter().filter(about).map(|entry| entry.confirmed).collect::<Vec<_>>(),
        [false]
    );
    assert!(shipped.entries().iter().all(|entry| entry.source.is_some()), "each entry says where it is from");
}

#[test]
fn later_choices_win_field_by_field() {
    let first = Closures::parse("[year.2027]\ntet_days_before = 1\nnational_day = 'before'").unwrap();
    let later = Closures::parse("[year.2027]\ntet_days_before = 2").unwrap();
    let both = YearChoice { tet_days_before: Some(2), national_day: Some(Neighbour::Before) };
    assert_eq!(first.and(later).choice(2027), both);
}

#[test]
fn an_office_adds_and_takes_out_days() {
    let off = |from: &str, to: &str, confirmed| {
        let change = ClosureChange::Off { from: day(from), to: day(to), reason: "Bão".into() };
        Closure { change, source: None, confirmed }
    };
    let mut closures = Closures::parse("[[off]]\nfrom = 2026-11-18\nto = 2026-11-19\nreason = 'Lũ'").unwrap();
    let overlap = closures.add(off("2026-11-19", "2026-11-20", true));
    assert_eq!(overlap, Err(ClosuresError::Twice { day: day("2026-11-19") }));
    assert_eq!(closures.entries().len(), 1, "what was refused is not kept");
    assert_eq!(closures.add(off("2026-11-19", "2026-11-20", false)), Ok(()));
    assert_eq!(closures.remove(day("2026-11-18")).len(), 1);
    assert_eq!(closures.add(off("2026-11-19", "2026-11-20", true)), Ok(()));
    assert_eq!(closures.remove(day("2026-11-21")), []);
    assert_eq!(closures.entries().len(), 2);
}

#[test]
fn what_is_written_reads_back() {
    let text = r#"
        [year.2027]
        tet_days_before = 2
        national_day = "after"
        [year.2028]
        [[off]]
        from = 2026-11-18
        to = 2026-11-19
        reason = "Bão \"số 13\"\n\\ lũ\u007F"
        [[swap]]
        off = 2027-04-29
        work = 2027-04-24
        source = 'Thông báo'
        [[work]]
        day = 2027-02-10
        confirmed = false
    "#;
    for closures in [Closures::parse(text).unwrap(), Closures::shipped().unwrap(), Closures::default()] {
        assert_eq!(Closures::parse(&closures.to_string()), Ok(closures));
    }
}

#[test]
fn the_example_of_the_manual_is_one() {
    let manual = include_str!("../../../docs/operating.md");
    let example = manual.split("```toml").nth(1).unwrap().split("```").next().unwrap();
    let closures = Closures::parse(example).unwrap();
    assert_eq!(
        closures.entries().iter().map(|entry| entry.confirmed).collect::<Vec<_>>(),
        [true, false, true, true]
    );
}
