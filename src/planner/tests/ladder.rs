//! When a school hears of a deadline: the steps over weekends, holidays and light days.

use super::world::World;
use crate::domain::{Due, DueKind, DueRole, LadderStep, Requires, StepTime, Urgency};

/// What the one missing school of two is told about a deadline, from a day on; the times only.
fn moments(out: &str, deadline: &str) -> Vec<String> {
    let mut world = World::new(2, out);
    world.task(1, &[deadline]);
    world.answers(1, [2]);
    let end = deadline.split(' ').next().unwrap();
    let said = world.run_school(1, &format!("{end} 23:59"));
    said.iter().map(|line| line.split(" m1:").next().unwrap().to_owned()).collect()
}

#[test]
fn steps_keep_the_hours_and_days_of_the_office() {
    let cases: &[(&str, &str, &[&str])] = &[
        // a Friday, all three steps with hours of their own
        ("2026-10-01 08:00", "2026-10-16", &["Tue 13/10 08:00", "Thu 15/10 14:00", "Fri 16/10 14:00"]),
        // a Saturday: the last step has none
        ("2026-10-01 08:00", "2026-10-17", &["Wed 14/10 08:00", "Fri 16/10 14:00"]),
        // a Sunday
        ("2026-10-01 08:00", "2026-10-18", &["Wed 14/10 08:00", "Fri 16/10 14:00"]),
        // a Monday morning: three hours before is night
        ("2026-10-01 08:00", "2026-10-19 08:30", &["Wed 14/10 08:00", "Fri 16/10 14:00"]),
        // three hours before is lunch, or evening
        ("2026-10-01 08:00", "2026-10-16 15:00", &["Tue 13/10 08:00", "Thu 15/10 14:00", "Fri 16/10 11:29"]),
        ("2026-10-01 08:00", "2026-10-16 23:59", &["Tue 13/10 08:00", "Thu 15/10 14:00", "Fri 16/10 17:29"]),
        // Tết Đinh Mùi in the middle: mùng 1 is Saturday 6 February 2027, off from Friday the 5th to Thursday the 11th
        ("2027-01-20 08:00", "2027-02-12", &["Tue 02/02 08:00", "Thu 04/02 14:00", "Fri 12/02 14:00"]),
        ("2027-01-20 08:00", "2027-02-08", &["Tue 02/02 08:00", "Thu 04/02 14:00"]),
        // 20 November is a Friday on which nobody is nagged
        ("2026-11-02 08:00", "2026-11-20", &["Tue 17/11 08:00", "Thu 19/11 14:00"]),
        ("2026-11-02 08:00", "2026-11-21", &["Wed 18/11 08:00", "Thu 19/11 17:29"]),
        ("2026-11-02 08:00", "2026-11-25", &["Thu 19/11 17:29", "Tue 24/11 14:00", "Wed 25/11 14:00"]),
        // out late: the remaining steps only
        ("2026-10-14 08:00", "2026-10-17", &["Fri 16/10 14:00"]),
        ("2026-10-16 13:59", "2026-10-17", &["Fri 16/10 14:00"]),
        ("2026-10-16 14:01", "2026-10-17", &[]),
        ("2026-10-16 09:00", "2026-10-16", &["Fri 16/10 14:00"]),
        // out at once with its deadline over
        ("2026-10-16 09:00", "2026-10-15", &[]),
    ];
    for (out, deadline, expected) in cases {
        assert_eq!(moments(out, deadline), *expected, "{deadline}, out {out}");
    }
}

#[test]
fn an_urgent_directive_keeps_its_hours_on_saturday_and_adds_some() {
    let cases = [
        (Urgency::Normal, vec!["Fri 16/10 14:00 g1: last day V1 0/1 (MN 1)"]),
        (
            Urgency::Urgent,
            vec![
                "Fri 16/10 14:00 g1: last day V1 0/1 (MN 1)",
                "Sat 17/10 14:00 g1: last hours V1 0/1 (MN 1)",
                "Sat 17/10 16:00 g1: last hours V1 0/1 (MN 1)",
            ],
        ),
        (
            Urgency::Express,
            vec![
                "Fri 16/10 14:00 g1: last day V1 0/1 (MN 1)",
                "Sat 17/10 11:00 g1: last hours V1 0/1 (MN 1)",
                // Two posts a day are the most that a task has, whatever its stamp.
                "Sat 17/10 14:00 g1: last hours V1 0/1 (MN 1)",
            ],
        ),
    ];
    for (urgency, expected) in cases {
        let mut world = World::new(1, "2026-10-15 08:00");
        world.task(1, &["2026-10-17"]).urgency = urgency;
        assert_eq!(world.run_groups("2026-10-17 23:00"), expected, "{urgency:?}");
    }
}

#[test]
fn an_urgent_reminder_on_a_day_off_does_not_take_the_turn_of_the_others() {
    let mut world = World::new(1, "2026-10-15 08:00");
    world.task(1, &["2026-10-17"]).urgency = Urgency::Urgent;
    world.task(2, &["2026-10-19"]);
    world.tick();
    world.sleep("2026-10-17 14:00");
    assert_eq!(
        world.run_groups("2026-10-17 23:00"),
        ["Sat 17/10 14:00 g1: last hours V1 0/1 (MN 1)", "Sat 17/10 16:00 g1: last hours V1 0/1 (MN 1)"]
    );
    assert_eq!(
        world.run_groups("2026-10-19 12:00"),
        ["Mon 19/10 07:00 g1: last day V2 0/1 (MN 1)", "Mon 19/10 08:00 g1: overdue V1 0/1"]
    );
}

#[test]
fn an_office_edits_its_ladder() {
    let mut world = World::new(1, "2026-10-01 08:00");
    let hour = |h| chrono::NaiveTime::from_hms_opt(h, 0, 0).unwrap();
    let days = |key: &str, days, h| LadderStep {
        key: key.into(),
        time: StepTime::WorkingDaysBefore { days, at: hour(h) },
    };
    world.s.office.settings.ladder = vec![
        days("d0", 0, 9),
        days("noon", 1, 12),
        days("early", 5, 6),
        LadderStep { key: "h48".into(), time: StepTime::HoursBefore { hours: 48 } },
        days("after", 0, 18),
    ];
    world.task(1, &["2026-10-16"]);
    assert_eq!(
        world.run_school(1, "2026-10-16 23:00"),
        [
            "Thu 08/10 17:29 m1: owes early V1 MN 1 2026-10-16",
            "Wed 14/10 17:00 m1: owes early V1 MN 1 2026-10-16",
            "Thu 15/10 11:29 m1: owes last day V1 MN 1 2026-10-16",
            "Fri 16/10 09:00 m1: owes last day V1 MN 1 2026-10-16",
        ]
    );
}

#[test]
fn a_lone_step_without_an_hour_of_its_own_comes_earlier() {
    let mut world = World::new(1, "2026-10-15 08:00");
    world.s.office.settings.ladder =
        vec![LadderStep { key: "h3".into(), time: StepTime::HoursBefore { hours: 3 } }];
    world.task(1, &["2026-10-17"]);
    assert_eq!(
        world.run_school(1, "2026-10-17 23:00"),
        ["Fri 16/10 17:29 m1: owes last day V1 MN 1 2026-10-17"]
    );
}

#[test]
fn what_has_no_deadline_has_no_ladder() {
    let mut world = World::new(2, "2026-10-01 08:00");
    world.task(1, &[]);
    world.task(2, &["2026-10-16"]).requires = Requires::None;
    world.task(3, &["2026-10-16"]).due[0].role = DueRole::Event;
    world.answers(1, [2]);
    assert!(world.run("2026-11-30 08:00").is_empty());
}

#[test]
fn a_recurring_deadline_is_its_occurrence_and_a_range_ends_with_its_last_day() {
    let mut world = World::new(1, "2026-10-15 08:00");
    let task = world.task(1, &["2026-10-16"]);
    task.due[0].recur = Some(crate::domain::Recur::Weekly);
    task.due[0] = Due { kind: DueKind::Range, from: "2026-10-12".parse().ok(), ..task.due[0].clone() };
    assert_eq!(
        world.run_school(1, "2026-10-30 08:00"),
        [
            "Thu 15/10 14:00 m1: owes last day V1 MN 1 2026-10-16",
            "Fri 16/10 14:00 m1: owes last hours V1 MN 1 2026-10-16"
        ]
    );
}

#[test]
fn two_deadlines_have_a_ladder_each_and_are_overdue_after_the_last() {
    let mut world = World::new(1, "2026-10-12 12:00");
    world.task(1, &["2026-10-23", "2026-10-16"]);
    assert_eq!(
        world.run_groups("2026-10-26 09:00"),
        [
            "Tue 13/10 08:00 g1: early V1 0/1",
            "Thu 15/10 14:00 g1: last day V1 0/1 (MN 1)",
            "Fri 16/10 14:00 g1: last hours V1 0/1 (MN 1)",
            "Tue 20/10 08:00 g1: early V1 0/1",
            "Thu 22/10 14:00 g1: last day V1 0/1 (MN 1)",
            "Fri 23/10 14:00 g1: last hours V1 0/1 (MN 1)",
            "Mon 26/10 08:00 g1: overdue V1 0/1",
        ]
    );
}
