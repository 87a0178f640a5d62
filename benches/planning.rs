//! Planning a tick for one office of 40 schools with 60 open tasks: at most 2 ms, and 0.1 ms when nothing is due.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use divan::{Bencher, black_box};
use giaoban::calendar::{PostingRule, QuietHours, WorkCalendar};
use giaoban::domain::{
    BoardShown, ChatRef, Due, Form, Group, Id, Language, Member, Month, Office, Requires, Role, School,
    SchoolKind, Scope, Settings, Standing, Task, TaskState, Urgency, instant,
};
use giaoban::planner::{Snapshot, Standings, count, next_due, plan};

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Ho_Chi_Minh;
const SCHOOLS: u128 = 40;
const TASKS: u32 = 60;

fn main() {
    divan::main();
}

fn id<N>(n: u128) -> Id<N> {
    // As the id maker has it: in the order of making, with a tail that looks like chance.
    let tail = n.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835) >> 64;
    Id::new(uuid::Uuid::from_u128((0x019a_0000_0000_u128 + n) << 80 | tail))
}

fn at(day: (i32, u32, u32), hour: u32, minute: u32) -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2).unwrap_or_default();
    instant(day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default(), ZONE)
}

fn chat(id: String) -> ChatRef {
    ChatRef { platform: "simulator".into(), id }
}

fn school(n: u128) -> School {
    School {
        id: id(n),
        office: id(1),
        code: format!("MN{n:03}"),
        name: format!("Trường Mầm non số {n}"),
        short_name: format!("MN số {n}"),
        aliases: vec![],
        kind: SchoolKind::Public,
        ward: String::new(),
        cluster: String::new(),
        principal: String::new(),
        phone: String::new(),
        enrolment: None,
        opened_on: None,
        closed_on: None,
    }
}

fn member(n: u128, roles: Vec<Role>) -> Member {
    let private_chats = vec![chat(format!("m{n}"))];
    let name = format!("m{n}");
    Member { id: id(n), office: id(1), name, roles, accounts: vec![], private_chats, leave: None }
}

fn group(n: u128, schools: impl Iterator<Item = u128>) -> Group {
    let schools = schools.map(id).collect();
    Group { id: id(n), office: id(1), chat: chat(format!("g{n}")), title: format!("Nhóm {n}"), schools }
}

/// Tasks of October with deadlines from the 12th to the 30th, or all on one day.
fn task(code: u32, one_day: bool) -> Task {
    let day = if one_day { 17 } else { 12 + code % 19 };
    Task {
        id: id(1000 + u128::from(code)),
        office: id(1),
        schedule: Some(id(1)),
        code,
        text: "Báo cáo số liệu cân đo, theo dõi sức khỏe trẻ đầu năm học".into(),
        months: Month::new(2026, 10).into_iter().collect(),
        scope: Scope::All,
        requires: Requires::Submission,
        due: vec![Due::before(NaiveDate::from_ymd_opt(2026, 10, day).unwrap_or_default(), None)],
        form: Form::default(),
        urgency: Urgency::Normal,
        state: TaskState::Posted,
        posted_at: Some(at((2026, 10, 1), 8, 0)),
        directive: None,
        sources: vec![],
        doubts: vec![],
        moved: None,
    }
}

/// Half of the schools have answered each task.
fn standings() -> Standings {
    let pairs = (1..=TASKS).flat_map(|code| (1..=SCHOOLS).map(move |n| (code, n)));
    let standings = pairs.map(|(code, n)| {
        let mut standing = Standing::blank(id(1000 + u128::from(code)), id(n));
        standing.settled_at = ((u128::from(code) + n) % 2 == 0).then(|| at((2026, 10, 5), 9, 0));
        standing
    });
    standings.collect()
}

fn office(one_day: bool, now: DateTime<Utc>) -> Snapshot {
    let settings = Settings::default();
    let mut snapshot = Snapshot {
        calendar: WorkCalendar::default(),
        quiet: QuietHours::default(),
        posting: settings.posting_rule.parse::<PostingRule>().unwrap_or_else(|why| panic!("{why}")),
        office: Office { id: id(1), name: "Phòng".into(), language: Language::Vi, zone: ZONE, settings },
        groups: vec![group(1, 1..=SCHOOLS / 2), group(2, SCHOOLS / 2 + 1..=SCHOOLS)],
        schools: Arc::new((1..=SCHOOLS).map(school).collect()),
        members: (1..=SCHOOLS).map(|n| member(n, vec![Role::Principal(id(n))])).collect(),
        tasks: Arc::new((1..=TASKS).map(|code| task(code, one_day)).collect()),
        standings: standings(),
        posted: (0..5_000).map(|n| format!("remind/{n}")).collect(),
        caught_up: Some(now - TimeDelta::minutes(10)),
        posts_today: Default::default(),
        task_posts_today: Default::default(),
        boards: vec![],
    };
    snapshot.members.push(member(900, vec![Role::Specialist]));
    if let Some(october) = Month::new(2026, 10) {
        let tasks: Vec<_> = snapshot.tasks.iter().map(|t| t.id).collect();
        for n in 1..=2 {
            let group = id(n);
            snapshot.posted.insert(giaoban::planner::month_key(group, october));
            let counts = tasks.iter().filter_map(|t| Some((*t, count(&snapshot, group, *t, now)?)));
            let board = BoardShown {
                group,
                month: october,
                shown: counts.collect(),
                row: id(70 + n),
                at: at((2026, 10, 5), 9, 0),
                told_anew: false,
            };
            snapshot.boards.push(board);
        }
        // The year's schedule waits behind them.
        snapshot.tasks_mut().extend((100..340).map(|code| Task {
            state: TaskState::Planned,
            posted_at: None,
            months: vec![(0..1 + code % 8).fold(october, |m, _| m.next())],
            ..task(code, false)
        }));
    }
    snapshot
}

/// A T-1 step of all 60 tasks at once: two digests and 40 private messages over 30 tasks each.
#[divan::bench]
fn all_tasks_due(bencher: Bencher<'_, '_>) {
    let now = at((2026, 10, 16), 14, 0);
    let office = office(true, now);
    assert_eq!(plan(&office, now).len(), 42);
    bencher.bench(|| plan(black_box(&office), black_box(now)));
}

/// Wednesday 10:07: deadlines ahead and behind, nothing to say.
#[divan::bench]
fn nothing_due(bencher: Bencher<'_, '_>) {
    let now = at((2026, 10, 21), 10, 7);
    let office = office(false, now);
    assert!(plan(&office, now).is_empty());
    bencher.bench(|| plan(black_box(&office), black_box(now)));
}

/// The same at night near the end of the month.
#[divan::bench]
fn nothing_due_at_night(bencher: Bencher<'_, '_>) {
    let now = at((2026, 10, 28), 21, 7);
    let office = office(false, now);
    assert!(plan(&office, now).is_empty());
    bencher.bench(|| plan(black_box(&office), black_box(now)));
}

/// What the timer sleeps by.
#[divan::bench]
fn next(bencher: Bencher<'_, '_>) {
    let now = at((2026, 10, 21), 10, 7);
    let office = office(false, now);
    assert!(next_due(&office, now).is_some());
    bencher.bench(|| next_due(black_box(&office), black_box(now)));
}
