//! October 2026 as the product tells it, moment by moment; and months whose post is moved.

use super::world::World;
use crate::domain::{ExtensionState, Requires, Role, SchoolKind, Scope};

/// Four schools: 1 Hoa Sen and 2 Hoa Mai answer V2, 3 Sơn Ca does not, 4 Tràng An asks for more time.
fn october() -> World {
    let mut world = World::new(4, "2026-09-29 12:00");
    world.planned(1, "2026-10", &[]).requires = Requires::None;
    world.planned(2, "2026-10", &["2026-10-17"]);
    world.planned(6, "2026-10", &["2026-10-17"]);
    world.planned(9, "2026-11", &["2026-11-27"]);
    world
}

#[test]
fn a_month_goes_as_the_product_tells_it() {
    let mut world = october();
    assert_eq!(
        world.run("2026-10-02 10:00"),
        [
            "Wed 30/09 08:00 m901: preview 2026-10 on 2026-10-01 3 tasks 0 doubts",
            "Thu 01/10 08:00 g1: month 2026-10 V1 V2 V6"
        ]
    );
    world.answers(2, [1, 2]);
    assert_eq!(world.run("2026-10-14 07:59"), ["Fri 02/10 10:00 g1: board 2026-10 V1 V2 2/4 V6 0/4"]);

    assert_eq!(
        world.run("2026-10-14 09:00"),
        [
            "Wed 14/10 08:00 g1: early V2 2/4 V6 0/4",
            "Wed 14/10 08:00 m1: owes early V6 MN 1 2026-10-17",
            "Wed 14/10 08:00 m2: owes early V6 MN 2 2026-10-17",
            "Wed 14/10 08:00 m3: owes early V2 MN 3 2026-10-17 V6 MN 3 2026-10-17",
            "Wed 14/10 08:00 m4: owes early V2 MN 4 2026-10-17 V6 MN 4 2026-10-17",
        ]
    );
    world.extension(2, 4, "2026-10-19 17:00", ExtensionState::Asked);
    world.answers(6, [1, 2, 4]);
    assert_eq!(world.run("2026-10-14 10:00"), ["Wed 14/10 09:00 g1: board 2026-10 V1 V2 2/4 V6 3/4"]);
    world.extension(2, 4, "2026-10-19 17:00", ExtensionState::Granted);

    assert_eq!(
        world.run("2026-10-18 23:00"),
        [
            "Fri 16/10 14:00 g1: last day V2 2/4 (MN 3) V6 3/4 (MN 3)",
            "Fri 16/10 14:00 m3: owes last day V2 MN 3 2026-10-17 V6 MN 3 2026-10-17",
        ]
    );
    assert_eq!(
        world.run("2026-10-19 17:30"),
        [
            "Mon 19/10 08:00 g1: overdue V2 2/4 V6 3/4",
            "Mon 19/10 08:00 m901: call V2 2/4 V6 3/4 | MN 3: V2 V6;",
            "Mon 19/10 08:00 m902: call V2 2/4 V6 3/4 | MN 3: V2 V6;",
        ]
    );
    assert_eq!(
        world.run("2026-10-29 23:00"),
        [
            "Wed 21/10 08:00 g1: overdue V2 2/4 V6 3/4",
            "Wed 21/10 08:00 m901: call V2 2/4 V6 3/4 | MN 3: V2 V6; MN 4: V2;",
            "Wed 21/10 08:00 m902: call V2 2/4 V6 3/4 | MN 3: V2 V6; MN 4: V2;",
        ]
    );
    assert_eq!(
        world.run("2026-11-02 23:00"),
        [
            "Fri 30/10 08:00 m901: preview 2026-11 on 2026-11-02 1 tasks 0 doubts",
            "Mon 02/11 08:00 g1: month 2026-11 V9"
        ]
    );
}

#[test]
fn a_moved_post_says_why() {
    // month, when the run begins, what is posted
    let cases = [
        ("2026-09", "2026-08-31 07:00", "Thu 03/09 08:00 g1: month 2026-09 V1 [national]"),
        ("2026-08", "2026-07-31 09:00", "Mon 03/08 08:00 g1: month 2026-08 V1"),
        ("2026-10", "2026-10-12 20:00", "Tue 13/10 07:00 g1: month 2026-10 V1 [late]"),
        ("2026-10", "2026-10-13 09:20", "Tue 13/10 09:20 g1: month 2026-10 V1 [late]"),
        ("2026-10", "2026-10-01 12:00", "Thu 01/10 13:30 g1: month 2026-10 V1"),
        ("2027-01", "2026-12-31 18:00", "Mon 04/01 08:00 g1: month 2027-01 V1 [new-year]"),
    ];
    for (month, from, expected) in cases {
        let mut world = World::new(2, from);
        world.planned(1, month, &[]).requires = Requires::None;
        let end = format!("{month}-28 12:00");
        assert_eq!(world.run_groups(&end), [expected], "{month}");
    }
}

#[test]
fn a_month_that_is_over_is_not_posted() {
    let mut world = World::new(2, "2026-11-01 09:00");
    world.planned(1, "2026-10", &["2026-10-17"]);
    assert!(world.run("2026-12-31 09:00").is_empty());
}

#[test]
fn a_rule_at_the_end_of_a_month_posts_the_next_one() {
    let mut world = World::new(2, "2026-09-01 09:00");
    world.s.posting = "last-working-day 16:30".parse().unwrap();
    world.planned(1, "2026-10", &[]);
    assert_eq!(
        world.run("2026-10-31 12:00"),
        [
            "Tue 29/09 08:00 m901: preview 2026-10 on 2026-09-30 1 tasks 0 doubts",
            "Wed 30/09 16:30 g1: month 2026-10 V1"
        ]
    );
}

#[test]
fn a_plain_expression_on_a_day_off_waits_for_the_office() {
    let mut world = World::new(2, "2026-10-31 19:00");
    world.s.posting = "0 8 1 * *".parse().unwrap();
    world.planned(1, "2026-11", &[]);
    assert_eq!(world.run_groups("2026-11-30 12:00"), ["Mon 02/11 07:00 g1: month 2026-11 V1 [weekend]"]);
}

#[test]
fn each_group_gets_the_tasks_that_touch_its_schools() {
    let mut world = World::new(3, "2026-10-01 07:30");
    world.s.groups.clear();
    world.group(&[1]);
    world.group(&[2, 3]);
    world.s.schools_mut()[2].kind = SchoolKind::Private;
    world.planned(1, "2026-10", &[]);
    world.planned(2, "2026-10", &[]).scope = Scope::Kinds(vec![SchoolKind::Private]);
    assert_eq!(
        world.run("2026-10-31 12:00"),
        ["Thu 01/10 08:00 g1: month 2026-10 V1", "Thu 01/10 08:00 g2: month 2026-10 V1 V2"]
    );
}

#[test]
fn a_task_planned_after_the_months_post_follows_it() {
    let mut world = World::new(2, "2026-09-30 18:00");
    world.planned(1, "2026-10", &[]);
    world.run("2026-10-06 18:00");
    world.planned(2, "2026-10", &[]);
    assert_eq!(world.run("2026-10-31 12:00"), ["Wed 07/10 07:00 g1: month 2026-10 V2 [late]"]);
}

#[test]
fn a_group_bound_after_the_months_post_gets_it_too() {
    let mut world = World::new(2, "2026-09-30 18:00");
    world.planned(1, "2026-10", &[]);
    world.run("2026-10-06 18:00");
    world.answers(1, [1]);
    world.group(&[1, 2]);
    assert_eq!(
        world.run("2026-10-31 12:00"),
        ["Tue 06/10 18:00 g1: board 2026-10 V1 1/2", "Wed 07/10 07:00 g2: board 2026-10 V1 1/2 [late]"]
    );
}

#[test]
fn a_preview_goes_to_specialists_who_can_be_reached() {
    let mut world = World::new(1, "2026-09-30 07:00");
    world.member(903, vec![Role::Specialist]);
    world.s.members.last_mut().unwrap().private_chats.clear();
    world.member(904, vec![Role::Head, Role::Specialist]);
    world.planned(1, "2026-10", &[]);
    assert_eq!(
        world.run("2026-09-30 12:00"),
        [
            "Wed 30/09 08:00 m901: preview 2026-10 on 2026-10-01 1 tasks 0 doubts",
            "Wed 30/09 08:00 m904: preview 2026-10 on 2026-10-01 1 tasks 0 doubts"
        ]
    );
}
