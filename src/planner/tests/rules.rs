//! Who is told and who is left in peace.

use super::world::{World, at, due, id};
use crate::domain::{Confirmation, ConfirmationLevel, ExtensionState, NamePolicy, Role, Scope};
use crate::planner::{facts, plan};

#[test]
fn after_an_outage_only_the_newest_step_is_said() {
    // asleep from Monday 12 October 12:00 to here, and what the missing school is told until the deadline on Friday 17:00
    let cases: &[(&str, &[&str])] = &[
        ("2026-10-13 09:00", &["Tue 13/10 09:00", "Thu 15/10 14:00", "Fri 16/10 14:00"]),
        ("2026-10-13 12:10", &["Tue 13/10 13:30", "Thu 15/10 14:00", "Fri 16/10 14:00"]),
        ("2026-10-15 15:00", &["Thu 15/10 15:00", "Fri 16/10 14:00"]),
        ("2026-10-15 23:00", &["Fri 16/10 07:00", "Fri 16/10 14:00"]),
        ("2026-10-16 16:59", &["Fri 16/10 16:59"]),
        ("2026-10-16 17:01", &[]),
    ];
    for (back, expected) in cases {
        let mut world = World::new(1, "2026-10-12 12:00");
        world.task(1, &["2026-10-16"]);
        world.tick();
        world.sleep(back);
        let said = world.run_school(1, "2026-10-17 23:00");
        let moments: Vec<_> = said.iter().map(|l| l.split(" m1").next().unwrap()).collect();
        assert_eq!(moments, *expected, "back at {back}");
    }
}

#[test]
fn after_an_outage_the_steps_of_several_tasks_are_one_post() {
    let mut world = World::new(1, "2026-10-12 12:00");
    world.task(1, &["2026-10-16"]);
    world.task(2, &["2026-10-19"]);
    world.task(3, &["2026-11-20"]);
    world.tick();
    world.sleep("2026-10-14 10:00");
    assert_eq!(
        world.tick(),
        ["g1: early V1 0/1 V2 0/1", "m1: owes early V1 MN 1 2026-10-16 V2 MN 1 2026-10-19"]
    );
    world.s.caught_up = None;
    assert!(world.tick().is_empty(), "said once even if nobody remembers the last look");
}

#[test]
fn a_call_list_that_was_slept_through_is_not_made_up_for() {
    let mut world = World::new(1, "2026-10-16 16:00");
    world.task(1, &["2026-10-16 16:30"]);
    world.tick();
    world.sleep("2026-10-19 12:00");
    assert_eq!(world.run_groups("2026-10-19 23:00"), ["Mon 19/10 13:30 g1: overdue V1 0/1"]);
    world.sleep("2026-10-22 08:00");
    assert!(world.run("2026-10-30 08:00").is_empty());
}

#[test]
fn silence_of_a_school() {
    type Change = fn(&mut World);
    // what happens to school 1 on Tuesday 13 October 12:00, and when it is reminded of Friday 16 October from then on
    let cases: &[(&str, Change, &[&str])] = &[
        ("nothing", |_| {}, &["Thu 15/10 14:00", "Fri 16/10 14:00"]),
        ("answered", |w| w.answers(1, [1]), &[]),
        ("exempt", |w| w.standing(1, 1, |s| s.exempt = Some("đang sửa trường".into())), &[]),
        (
            "promise until the next day",
            |w| w.promise(1, 1, "2026-10-14 17:00"),
            &["Thu 15/10 14:00", "Fri 16/10 14:00"],
        ),
        ("promise over a step", |w| w.promise(1, 1, "2026-10-15 17:00"), &["Fri 16/10 14:00"]),
        ("promise over the deadline", |w| w.promise(1, 1, "2026-10-16 17:00"), &[]),
        ("extension asked", |w| w.extension(1, 1, "2026-10-30 17:00", ExtensionState::Asked), &[]),
        (
            "extension refused",
            |w| w.extension(1, 1, "2026-10-30 17:00", ExtensionState::Refused),
            &["Thu 15/10 14:00", "Fri 16/10 14:00"],
        ),
        (
            "extension granted: peace while it runs",
            |w| w.extension(1, 1, "2026-10-20 17:00", ExtensionState::Granted),
            &[],
        ),
        (
            "extension granted and a promise",
            |w| {
                w.extension(1, 1, "2026-10-20 17:00", ExtensionState::Granted);
                w.promise(1, 1, "2026-10-19 17:00");
            },
            &[],
        ),
    ];
    for (what, change, expected) in cases {
        let mut world = World::new(2, "2026-10-12 12:00");
        world.task(1, &["2026-10-16"]);
        world.run("2026-10-13 12:00");
        change(&mut world);
        let said = world.run_school(1, "2026-10-30 23:00");
        let moments: Vec<_> = said.iter().map(|l| l.split(" m1").next().unwrap()).collect();
        assert_eq!(moments, *expected, "{what}");
    }
}

#[test]
fn a_refused_extension_leaves_the_remaining_steps() {
    let mut world = World::new(1, "2026-10-12 12:00");
    world.task(1, &["2026-10-16"]);
    world.extension(1, 1, "2026-10-30 17:00", ExtensionState::Asked);
    assert!(world.run("2026-10-15 15:00").is_empty());
    world.extension(1, 1, "2026-10-30 17:00", ExtensionState::Refused);
    assert_eq!(world.run_groups("2026-10-17 15:00"), ["Fri 16/10 14:00 g1: last hours V1 0/1 (MN 1)"]);
}

#[test]
fn a_long_extension_has_call_lists_of_its_own() {
    let mut world = World::new(2, "2026-10-16 16:00");
    world.task(1, &["2026-10-16"]);
    world.extension(1, 1, "2026-10-30 17:00", ExtensionState::Granted);
    world.answers(1, [2]);
    let said = world.run("2026-12-01 08:00");
    let calls: Vec<_> = said.iter().filter(|l| l.contains("m901")).map(String::as_str).collect();
    assert_eq!(
        calls,
        ["Mon 02/11 08:00 m901: call V1 1/2 | MN 1: V1;", "Wed 04/11 08:00 m901: call V1 1/2 | MN 1: V1;"]
    );
}

#[test]
fn who_comes_late_gets_the_remaining_steps() {
    let mut world = World::new(1, "2026-10-12 12:00");
    world.task(1, &["2026-10-16"]);
    world.run("2026-10-13 08:30");
    world.school(5);
    world.member(6, vec![Role::Deputy(id(1))]);
    assert_eq!(
        world.run("2026-10-15 14:00"),
        [
            "Thu 15/10 14:00 g1: last day V1 0/2 (MN 1, MN 5)",
            "Thu 15/10 14:00 m1: owes last day V1 MN 1 2026-10-16",
            "Thu 15/10 14:00 m5: owes last day V1 MN 5 2026-10-16",
            "Thu 15/10 14:00 m6: owes last day V1 MN 1 2026-10-16",
        ]
    );
}

#[test]
fn a_school_counts_if_it_is_open_on_the_day_of_the_deadline() {
    // opened, closed, whether it counts for Friday 16 October
    let cases = [
        (None, None, true),
        (None, Some("2026-10-16"), false),
        (None, Some("2026-10-17"), true),
        (Some("2026-10-16"), None, true),
        (Some("2026-10-17"), None, false),
    ];
    for (opened, closed, counts) in cases {
        let mut world = World::new(2, "2026-10-12 12:00");
        world.task(1, &["2026-10-16"]);
        world.s.schools_mut()[1].opened_on = opened.map(|d| d.parse().unwrap());
        world.s.schools_mut()[1].closed_on = closed.map(|d| d.parse().unwrap());
        let expected =
            if counts { "Tue 13/10 08:00 g1: early V1 0/2" } else { "Tue 13/10 08:00 g1: early V1 0/1" };
        assert_eq!(world.run_groups("2026-10-13 09:00"), [expected]);
        assert_eq!(world.run_school(2, "2026-10-15 15:00").is_empty(), !counts);
    }
}

#[test]
fn a_group_hears_of_its_own_schools_only() {
    let mut world = World::new(4, "2026-10-14 12:00");
    world.s.groups.clear();
    world.group(&[1, 2]);
    world.group(&[3, 4]);
    world.task(1, &["2026-10-16"]);
    world.task(2, &["2026-10-16"]).scope = Scope::Schools(vec![id(1)]);
    world.answers(1, [3, 4]);
    assert_eq!(
        world.run_groups("2026-10-19 09:00"),
        [
            "Wed 14/10 13:30 g2: thanks V1 2/2",
            "Thu 15/10 14:00 g1: last day V1 0/2 (MN 1, MN 2) V2 0/1 (MN 1)",
            "Fri 16/10 14:00 g1: last hours V1 0/2 (MN 1, MN 2) V2 0/1 (MN 1)",
            "Mon 19/10 08:00 g1: overdue V1 0/2 V2 0/1",
        ]
    );
}

#[test]
fn names_are_public_as_the_office_wants() {
    let cases = [
        (NamePolicy::Never, ["early V1 1/2", "last day V1 1/2", "last hours V1 1/2", "overdue V1 1/2"]),
        (
            NamePolicy::LastDay,
            ["early V1 1/2", "last day V1 1/2 (MN 2)", "last hours V1 1/2 (MN 2)", "overdue V1 1/2"],
        ),
        (
            NamePolicy::Always,
            ["early V1 1/2 (MN 2)", "last day V1 1/2 (MN 2)", "last hours V1 1/2 (MN 2)", "overdue V1 1/2"],
        ),
    ];
    for (names, expected) in cases {
        let mut world = World::new(2, "2026-10-12 12:00");
        world.s.office.settings.names = names;
        world.task(1, &["2026-10-16"]);
        world.answers(1, [1]);
        let said = world.run_groups("2026-10-19 09:00");
        let said: Vec<_> = said.iter().map(|l| l.split("g1: ").last().unwrap()).collect();
        assert_eq!(said, expected, "{names:?}");
    }
}

#[test]
fn a_person_of_two_schools_gets_one_message() {
    let mut world = World::new(3, "2026-10-14 12:00");
    world.s.members.retain(|m| m.id != id(1) && m.id != id(2));
    world.member(7, vec![Role::Principal(id(1)), Role::Deputy(id(2))]);
    world.task(1, &["2026-10-16"]);
    world.task(2, &["2026-10-16"]);
    world.answers(2, [1]);
    let said = Confirmation { level: ConfirmationLevel::Received, at: world.now, by: id(7) };
    world.standing(1, 2, |s| s.confirmation = Some(said));
    assert_eq!(
        world.run_school(7, "2026-10-15 15:00"),
        [
            "Thu 15/10 14:00 m7: owes last day several V1 MN 1 2026-10-16 V1 MN 2 2026-10-16 received V2 MN 2 2026-10-16"
        ]
    );
}

#[test]
fn who_cannot_be_reached_is_not_written_to() {
    let mut world = World::new(1, "2026-10-14 12:00");
    world.s.members.iter_mut().for_each(|m| m.private_chats.clear());
    world.task(1, &["2026-10-16"]);
    assert_eq!(
        world.run("2026-10-19 12:00"),
        [
            "Thu 15/10 14:00 g1: last day V1 0/1 (MN 1)",
            "Fri 16/10 14:00 g1: last hours V1 0/1 (MN 1)",
            "Mon 19/10 08:00 g1: overdue V1 0/1"
        ]
    );
}

#[test]
fn a_head_who_is_a_specialist_gets_one_call_list_over_all_tasks() {
    let mut world = World::new(2, "2026-10-16 15:00");
    world.s.members.retain(|m| m.id != id(901) && m.id != id(902));
    world.member(903, vec![Role::Head, Role::Specialist]);
    world.task(1, &["2026-10-16"]);
    world.task(2, &["2026-10-17"]);
    world.answers(2, [1]);
    let said = world.run("2026-10-19 09:00");
    assert_eq!(
        said,
        [
            "Mon 19/10 08:00 g1: overdue V1 0/2 V2 1/2",
            "Mon 19/10 08:00 m903: call V1 0/2 V2 1/2 | MN 1: V1; MN 2: V1 V2;"
        ]
    );
}

#[test]
fn a_call_list_is_not_made_on_a_day_without_nagging() {
    let mut world = World::new(1, "2026-11-19 15:00");
    world.task(1, &["2026-11-19"]);
    let said = world.run_groups("2026-11-30 09:00");
    assert_eq!(said, ["Mon 23/11 08:00 g1: overdue V1 0/1", "Tue 24/11 08:00 g1: overdue V1 0/1"]);
}

#[test]
fn a_changed_deadline_moves_everything() {
    let mut world = World::new(1, "2026-10-12 12:00");
    world.task(1, &["2026-10-16"]);
    world.run("2026-10-13 07:59");
    world.now = at("2026-10-13 08:00");
    let old = plan(&world.s, world.now);
    assert_eq!(old.len(), 2);
    world.edit(1).due = vec![due("2026-10-23")];
    assert!(old.iter().all(|p| facts(&world.s, p.to, &p.post, world.now).is_none()));
    assert_eq!(
        world.run_groups("2026-10-26 09:00"),
        [
            "Tue 20/10 08:00 g1: early V1 0/1",
            "Thu 22/10 14:00 g1: last day V1 0/1 (MN 1)",
            "Fri 23/10 14:00 g1: last hours V1 0/1 (MN 1)",
            "Mon 26/10 08:00 g1: overdue V1 0/1",
        ]
    );
    let late = plan(&world.s, at("2026-10-28 08:00"));
    assert_eq!(late.len(), 3);
    world.edit(1).due = vec![due("2026-10-30")];
    assert!(late.iter().all(|p| facts(&world.s, p.to, &p.post, at("2026-10-28 08:00")).is_none()));
    assert_eq!(
        world.run_groups("2026-10-29 15:00"),
        ["Tue 27/10 08:00 g1: early V1 0/1", "Thu 29/10 14:00 g1: last day V1 0/1 (MN 1)"]
    );
}

#[test]
fn what_is_said_is_looked_up_when_it_is_sent() {
    let mut world = World::new(2, "2026-10-12 12:00");
    world.task(1, &["2026-10-16"]);
    world.run("2026-10-13 07:59");
    world.now = at("2026-10-13 08:00");
    let planned = plan(&world.s, world.now);
    let said = |w: &World| planned.iter().filter_map(|p| w.said(p)).collect::<Vec<_>>();
    assert_eq!(said(&world).len(), 3);
    world.answers(1, [1]);
    assert_eq!(said(&world), ["g1: early V1 1/2", "m2: owes early V1 MN 2 2026-10-16"]);
    world.extension(1, 2, "2026-10-20 17:00", ExtensionState::Granted);
    assert!(
        said(&world).is_empty(),
        "an extension granted meanwhile silences the reminder of the old deadline"
    );
    world.s.standings = Default::default();
    world.now = at("2026-10-16 17:01");
    assert!(said(&world).is_empty(), "void after the deadline");
    world.now = at("2026-10-13 08:00");
    world.s.tasks_mut().clear();
    assert!(said(&world).is_empty(), "a task that was withdrawn");
}
