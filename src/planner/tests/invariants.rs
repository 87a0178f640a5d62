//! What must hold of any office at any time.

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use proptest::prelude::*;

use super::world::{World, ZONE, at, id};
use crate::calendar::Errand;
use crate::domain::{DueRole, ExtensionState, Requires, Role, SchoolId, Scope, TaskId, Urgency};
use crate::planner::{Audience, Planned, Post, next_due, plan};

const SCHOOLS: u128 = 4;
const START: &str = "2026-11-12 09:00";

/// One task of a random office; hours are counted from the start.
#[derive(Debug, Clone)]
struct SomeTask {
    deadlines: Vec<i64>,
    urgent: bool,
    planned: bool,
    event: bool,
    requires: Requires,
    scope: Option<u128>,
    schools: Vec<SomeStanding>,
}

#[derive(Debug, Clone)]
struct SomeStanding {
    settled: bool,
    exempt: bool,
    promise: Option<i64>,
    extension: Option<(i64, ExtensionState)>,
}

fn some_standing() -> impl Strategy<Value = SomeStanding> {
    use ExtensionState::{Asked, Granted, Refused};
    let state = prop_oneof![Just(Asked), Just(Granted), Just(Refused)];
    (
        prop::bool::weighted(0.4),
        prop::bool::weighted(0.1),
        prop::option::weighted(0.2, 0..300_i64),
        prop::option::weighted(0.3, (0..400_i64, state)),
    )
        .prop_map(|(settled, exempt, promise, extension)| SomeStanding {
            settled,
            exempt,
            promise,
            extension,
        })
}

fn some_task() -> impl Strategy<Value = SomeTask> {
    let requires = prop_oneof![4 => Just(Requires::Submission), 1 => Just(Requires::None)];
    (
        prop::collection::vec(-100..420_i64, 0..3),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.1),
        requires,
        prop::option::weighted(0.2, 1..=SCHOOLS),
        prop::collection::vec(some_standing(), SCHOOLS as usize),
    )
        .prop_map(|(deadlines, urgent, planned, event, requires, scope, schools)| SomeTask {
            deadlines,
            urgent,
            planned,
            event,
            requires,
            scope,
            schools,
        })
}

fn some_world() -> impl Strategy<Value = World> {
    (prop::collection::vec(some_task(), 1..5), any::<bool>(), 1..4_u32).prop_map(
        |(tasks, two_groups, cap)| {
            let mut world = World::new(SCHOOLS, START);
            world.s.office.settings.daily_cap = cap;
            if two_groups {
                world.s.groups.clear();
                world.group(&[1, 2]);
                world.group(&[2, 3, 4]);
            }
            world.member(50, vec![Role::Principal(id(1)), Role::Deputy(id(3))]);
            tasks.iter().enumerate().for_each(|(n, task)| add(&mut world, n as u32 + 1, task));
            world
        },
    )
}

fn add(world: &mut World, code: u32, some: &SomeTask) {
    let start = at(START);
    let posted = start - TimeDelta::days(2);
    let said = |hours: &i64| {
        let local = (start + TimeDelta::hours(*hours)).with_timezone(&ZONE);
        local.format("%Y-%m-%d %H:%M").to_string()
    };
    let deadlines: Vec<String> = some.deadlines.iter().map(said).collect();
    let deadlines: Vec<&str> = deadlines.iter().map(String::as_str).collect();
    let task =
        if some.planned { world.planned(code, "2026-11", &deadlines) } else { world.task(code, &deadlines) };
    task.posted_at = task.posted_at.map(|_| posted);
    task.urgency = if some.urgent { Urgency::Urgent } else { Urgency::Normal };
    task.requires = some.requires;
    task.scope = some.scope.map_or(Scope::All, |n| Scope::Schools(vec![id(n)]));
    if some.event
        && let Some(due) = task.due.first_mut()
    {
        due.role = DueRole::Event;
    }
    for (n, school) in some.schools.iter().enumerate() {
        let n = n as u128 + 1;
        if let Some((until, state)) = school.extension {
            world.extension(code, n, &said(&until), state);
        }
        if let Some(until) = school.promise {
            world.promise(code, n, &said(&until));
        }
        world.standing(code, n, |s| {
            // Nobody answers what is not out yet.
            s.settled_at = (school.settled && !some.planned).then_some(start);
            s.exempt = school.exempt.then(|| "miễn".to_owned());
        });
    }
}

fn told(planned: &Planned) -> Vec<(TaskId, DateTime<Utc>, SchoolId)> {
    match &planned.post {
        Post::Missing { lines, .. } => lines.clone(),
        _ => Vec::new(),
    }
}

fn tasks(planned: &Planned) -> Vec<TaskId> {
    match &planned.post {
        Post::Reminder { tasks, .. } => tasks.iter().map(|(task, _)| *task).collect(),
        Post::Missing { lines, .. } => lines.iter().map(|(task, _, _)| *task).collect(),
        _ => Vec::new(),
    }
}

/// Looks at the world now and checks all that must hold of what is planned.
fn check(world: &mut World) -> Result<Vec<String>, TestCaseError> {
    let now = world.now;
    let planned = plan(&world.s, now);
    for post in &planned {
        for (task, _, school) in told(post) {
            let standing = world.s.standings.get(task, school);
            prop_assert!(!standing.is_some_and(|s| s.is_quiet_at(now)), "{post:?}");
        }
        let errand = match post.post {
            Post::Month { .. } | Post::Preview { .. } | Post::Thanks { .. } => Errand::Post,
            _ => Errand::Reminder,
        };
        let urgent = tasks(post).iter().any(|id| world.s.task(*id).unwrap().urgency == Urgency::Urgent);
        let board = matches!(post.post, Post::Board { .. });
        let open = !world.s.quiet.is_quiet(errand, now, ZONE, &world.s.calendar);
        prop_assert!(open || urgent || board, "outside the hours: {post:?}");
        prop_assert!(world.said(post).is_some(), "nothing to say: {post:?}");
        let Audience::Group(_) = post.to else { continue };
        let said = world.said(post).unwrap();
        for n in 1..=SCHOOLS {
            let quiet_everywhere = tasks(post)
                .iter()
                .all(|task| world.s.standings.get(*task, id(n)).is_some_and(|s| s.is_quiet_at(now)));
            let named = said.contains(&format!("MN {n},")) || said.contains(&format!("MN {n})"));
            prop_assert!(!named || !quiet_everywhere, "{said}");
        }
    }
    let before = world.s.caught_up;
    let said = world.tick();
    let twice = plan(&world.s, now);
    prop_assert!(twice.is_empty(), "planned twice: {twice:?}");
    // The keys alone do it too, but for what the day's cap has dropped.
    let kept = std::mem::replace(&mut world.s.caught_up, before);
    let twice = plan(&world.s, now);
    let dropped = |p: &Planned| matches!(p.post, Post::Reminder { .. } | Post::Overdue { .. });
    prop_assert!(twice.iter().all(dropped), "planned twice: {twice:?}");
    world.s.caught_up = kept;
    Ok(said)
}

fn stamped(world: &World, said: Vec<String>) -> impl Iterator<Item = String> {
    let stamp = world.now.with_timezone(&ZONE).format("%d/%m %H:%M").to_string();
    said.into_iter().map(move |line| format!("{stamp} {line}"))
}

/// An answer of a school to the first task, so many hours after the start.
fn answer(world: &mut World, answers: &[(i64, u128)]) {
    let hours = (world.now - at(START)).num_hours();
    let exact = world.now == at(START) + TimeDelta::hours(hours);
    let out = world.s.tasks.first().is_some_and(|t| t.is_open());
    for (_, school) in answers.iter().filter(|(at, _)| exact && out && *at == hours) {
        world.answers(1, [*school]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// From Thursday 12 November 2026 over Ngày Nhà giáo (a Friday) to the Tuesday after: stopping at the due moments only
    /// says the same as looking all the time, that is at each minute beside which anything in these worlds can happen.
    #[test]
    fn stopping_at_due_moments_says_what_looking_all_the_time_says(
        world in some_world(),
        answers in prop::collection::vec((1..280_i64, 1..=SCHOOLS), 0..6),
    ) {
        let (mut looking, mut stopping) = (world.clone(), world);
        let end = at("2026-11-24 12:00");
        let mut seen = Vec::new();
        while looking.now <= end {
            answer(&mut looking, &answers);
            let said = if looking.now.minute() == 0 { check(&mut looking)? } else { looking.tick() };
            seen.extend(stamped(&looking, said));
            let minutes = [1, 29, 30, 31, 60].into_iter().find(|m| *m > looking.now.minute()).unwrap_or(60);
            looking.now += TimeDelta::minutes((minutes - looking.now.minute()).into());
        }
        let mut stops = Vec::new();
        loop {
            answer(&mut stopping, &answers);
            let said = check(&mut stopping)?;
            stops.extend(stamped(&stopping, said));
            let next = next_due(&stopping.s, stopping.now);
            prop_assert!(next.is_none_or(|next| next > stopping.now));
            let change = answers.iter().map(|(hours, _)| at(START) + TimeDelta::hours(*hours));
            match next.into_iter().chain(change.filter(|at| *at > stopping.now)).min() {
                Some(next) if next <= end => stopping.now = next,
                _ => break,
            }
        }
        // A board that has to wait some seconds is edited within that minute, or is seen in the next.
        let (boards, seen): (Vec<_>, Vec<_>) = seen.into_iter().partition(|line| line.contains("board"));
        let (edits, stops): (Vec<_>, Vec<_>) = stops.into_iter().partition(|line| line.contains("board"));
        prop_assert_eq!(seen, stops);
        prop_assert_eq!(boards.len(), edits.len());
    }

    /// Looks at odd times, with outages between them.
    #[test]
    fn any_look_at_any_time_keeps_the_rules(
        mut world in some_world(),
        looks in prop::collection::vec(1..3_000_i64, 1..40),
    ) {
        for minutes in looks {
            check(&mut world)?;
            world.now += TimeDelta::minutes(minutes);
        }
    }
}
