//! How much a group hears: thanks, caps and edits of the board.

use super::world::{World, at};
use crate::domain::Urgency;

#[test]
fn thanks_go_once_to_a_group_whose_schools_have_all_answered() {
    let mut world = World::new(3, "2026-10-14 20:00");
    world.task(1, &["2026-10-16"]);
    world.answers(1, [1, 2]);
    world.standing(1, 3, |s| s.exempt = Some("nghỉ".into()));
    assert_eq!(world.run("2026-10-30 08:00"), ["Thu 15/10 07:00 g1: thanks V1 2/2"]);
}

#[test]
fn thanks_are_not_said_for_one_answer_nor_late() {
    // schools, when the last one answers, whether it is thanked for
    let cases = [
        (1, "2026-10-15 09:00", false),
        (2, "2026-10-15 09:00", true),
        (2, "2026-10-20 09:00", true),
        (2, "2026-10-26 09:00", false),
    ];
    for (schools, answered, thanked) in cases {
        let mut world = World::new(schools, answered);
        world.task(1, &["2026-10-16"]);
        world.answers(1, 1..=schools);
        assert_eq!(world.run("2026-11-30 08:00").len(), usize::from(thanked), "{schools} {answered}");
    }
}

#[test]
fn a_group_hears_no_more_than_the_cap_of_a_day() {
    let mut world = World::new(2, "2026-10-12 12:00");
    world.s.office.settings.daily_cap = 1;
    world.planned(1, "2026-10", &[]);
    world.task(2, &["2026-10-15 16:30"]);
    world.task(3, &["2026-10-16"]);
    world.task(4, &["2026-10-30"]);
    world.run("2026-10-14 18:00");
    world.answers(4, [1, 2]);
    assert_eq!(
        world.run("2026-10-16 08:00"),
        [
            "Thu 15/10 07:00 g1: thanks V4 2/2",
            // 13:30 and 14:00: the cap is reached, the schools are told all the same
            "Thu 15/10 13:30 m1: owes last hours V2 MN 1 2026-10-15",
            "Thu 15/10 13:30 m2: owes last hours V2 MN 2 2026-10-15",
            "Thu 15/10 14:00 m1: owes last day V3 MN 1 2026-10-16",
            "Thu 15/10 14:00 m2: owes last day V3 MN 2 2026-10-16",
            "Fri 16/10 08:00 g1: overdue V2 0/2",
            "Fri 16/10 08:00 m901: call V2 0/2 | MN 1: V2; MN 2: V2;",
            "Fri 16/10 08:00 m902: call V2 0/2 | MN 1: V2; MN 2: V2;",
        ]
    );
    assert!(world.run_groups("2026-10-16 23:00").is_empty());
}

#[test]
fn an_urgent_reminder_and_the_months_post_pass_the_cap() {
    let mut world = World::new(1, "2026-10-15 12:00");
    world.s.office.settings.daily_cap = 0;
    world.planned(1, "2026-10", &[]);
    world.task(2, &["2026-10-16"]).urgency = Urgency::Urgent;
    world.task(3, &["2026-10-23"]);
    assert_eq!(
        world.run_groups("2026-10-22 18:00"),
        [
            "Thu 15/10 13:30 g1: month 2026-10 V1 [late]",
            "Thu 15/10 14:00 g1: last day V2 0/1 (MN 1)",
            "Fri 16/10 14:00 g1: last hours V2 0/1 (MN 1)",
            "Fri 16/10 16:00 g1: last hours V2 0/1 (MN 1)"
        ]
    );
}

#[test]
fn a_task_is_spoken_of_twice_a_day_at_most() {
    let mut world = World::new(1, "2026-10-15 09:00");
    world.task(1, &["2026-10-16 10:50", "2026-10-16 16:30", "2026-10-16 19:00", "2026-10-19"]);
    world.task(2, &["2026-10-16 19:00"]);
    assert_eq!(
        world.run_groups("2026-10-16 18:00"),
        [
            "Thu 15/10 14:00 g1: last day V1 0/1 (MN 1) V1 0/1 (MN 1) V1 0/1 (MN 1) V2 0/1 (MN 1)",
            "Fri 16/10 07:50 g1: last hours V1 0/1 (MN 1)",
            "Fri 16/10 13:30 g1: last hours V1 0/1 (MN 1)",
            "Fri 16/10 16:00 g1: last hours V2 0/1 (MN 1)",
        ]
    );
}

#[test]
fn a_board_is_edited_in_bursts_and_back_again() {
    let mut world = World::new(3, "2026-10-01 08:00");
    world.planned(1, "2026-10", &["2026-10-16"]);
    assert_eq!(world.tick(), ["g1: month 2026-10 V1"]);
    world.answers(1, [1]);
    assert!(world.tick().is_empty(), "within five seconds of the last writing");
    world.answers(1, [2]);
    assert_eq!(world.run("2026-10-01 09:00"), ["Thu 01/10 08:00 g1: board 2026-10 V1 2/3"]);
    world.standing(1, 2, |s| s.settled_at = None);
    assert_eq!(world.tick(), ["g1: board 2026-10 V1 1/3"]);
    world.now = at("2026-10-01 21:00");
    world.answers(1, [2]);
    assert_eq!(world.tick(), ["g1: board 2026-10 V1 2/3"]);
    assert!(world.tick().is_empty());
    world.now = at("2026-11-11 21:00");
    world.answers(1, [3]);
    assert_eq!(world.tick(), ["g1: board 2026-10 V1 3/3"], "a task that is still open keeps its board alive");
    world.standing(1, 3, |s| s.settled_at = None);
    world.s.tasks_mut().clear();
    world.now = at("2026-11-11 22:00");
    assert!(world.tick().is_empty());
}

#[test]
fn where_nothing_can_be_edited_what_has_moved_is_told_on_the_next_working_morning() {
    let mut world = World::new(3, "2026-09-30 20:00");
    world.told_anew = true;
    world.planned(1, "2026-10", &["2026-10-30"]);
    world.planned(2, "2026-10", &["2026-10-30"]);
    let month = ["Thu 01/10 08:00 g1: month 2026-10 V1 V2"];
    assert_eq!(world.run_groups("2026-10-01 09:00"), month);
    world.answers(1, [1]);
    // Once, and not again without news; Friday's answer on Monday.
    assert_eq!(world.run_groups("2026-10-02 15:00"), ["Fri 02/10 08:00 g1: daily V1 1/3"]);
    world.answers(1, [2]);
    world.answers(2, [2]);
    assert_eq!(world.run_groups("2026-10-06 15:00"), ["Mon 05/10 08:00 g1: daily V1 2/3 V2 1/3"]);
    // All have answered: thanks, and no count. On the morning of a reminder it has the counts.
    world.answers(1, [3]);
    world.answers(2, [1]);
    let thanks = world.run_groups("2026-10-07 15:00");
    assert_eq!(thanks, ["Tue 06/10 15:00 g1: thanks V1 3/3", "Wed 07/10 08:00 g1: daily V2 2/3"]);
    let rest = world.run_groups("2026-10-31 00:00");
    assert!(!rest.iter().any(|line| line.contains("daily")), "{rest:?}");
}
