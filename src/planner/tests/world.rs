//! An office to plan for: built in a line or two, run through time, and what it says written down in short lines.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use uuid::Uuid;

use crate::calendar::{Closures, PostingRule, QuietHours, WorkCalendar};
use crate::domain::*;
use crate::planner::{
    Audience, BoardShown, Planned, Post, Snapshot, Standings, caught_up, count, facts, next_due, plan,
};

pub const ZONE: chrono_tz::Tz = chrono_tz::Asia::Ho_Chi_Minh;

pub fn id<N>(n: u128) -> Id<N> {
    Id::new(Uuid::from_u128(n))
}

/// `2026-10-14 08:00` in the office's zone.
pub fn at(text: &str) -> DateTime<Utc> {
    let (day, time) = text.split_once(' ').unwrap();
    instant(day.parse().unwrap(), time.parse().unwrap(), ZONE)
}

/// `2026-10-17` or `2026-10-17 10:00`.
pub fn due(text: &str) -> Due {
    let (day, time) = text.split_once(' ').map_or((text, None), |(day, time)| (day, Some(time)));
    Due::before(day.parse().unwrap(), time.map(|t| t.parse::<NaiveTime>().unwrap()))
}

#[derive(Debug, Clone)]
pub struct World {
    pub s: Snapshot,
    pub now: DateTime<Utc>,
    day: NaiveDate,
    rows: u128,
    /// Posts of a month cannot be edited.
    pub told_anew: bool,
}

impl World {
    /// An office with one group of all its schools; each school has a principal, all can be reached; a specialist and a
    /// head.
    pub fn new(schools: u128, now: &str) -> Self {
        let settings = Settings::default();
        let s = Snapshot {
            calendar: WorkCalendar::monday_to_friday(Closures::default()),
            quiet: QuietHours::default(),
            posting: settings.posting_rule.parse::<PostingRule>().unwrap(),
            office: Office {
                id: id(1),
                name: "Phòng GD&ĐT Hoa Ban".into(),
                language: Language::Vi,
                zone: ZONE,
                settings,
            },
            groups: Vec::new(),
            schools: Default::default(),
            members: Vec::new(),
            tasks: Default::default(),
            standings: Standings::default(),
            posted: Default::default(),
            caught_up: None,
            posts_today: Default::default(),
            task_posts_today: Default::default(),
            boards: Vec::new(),
        };
        let now = at(now);
        let mut world =
            Self { s, now, day: now.with_timezone(&ZONE).date_naive(), rows: 0, told_anew: false };
        world.group(&[]);
        (1..=schools).for_each(|n| world.school(n));
        world.member(901, vec![Role::Specialist]);
        world.member(902, vec![Role::Head]);
        world
    }

    pub fn group(&mut self, schools: &[u128]) {
        let n = self.s.groups.len() as u128 + 1;
        self.s.groups.push(Group {
            id: id(n),
            office: id(1),
            chat: ChatRef { platform: "simulator".into(), id: format!("g{n}") },
            title: format!("Nhóm {n}"),
            schools: schools.iter().map(|n| id(*n)).collect(),
        });
    }

    /// School `n` with its principal, member `n`.
    pub fn school(&mut self, n: u128) {
        self.s.schools_mut().push(School {
            id: id(n),
            office: id(1),
            code: format!("MN{n:03}"),
            name: format!("Trường Mầm non {n}"),
            short_name: format!("MN {n}"),
            aliases: vec![],
            kind: SchoolKind::Public,
            ward: String::new(),
            cluster: format!("cụm {}", n % 2),
            principal: format!("Cô {n}"),
            phone: format!("090000000{n}"),
            enrolment: None,
            opened_on: None,
            closed_on: None,
        });
        self.member(n, vec![Role::Principal(id(n))]);
    }

    pub fn member(&mut self, n: u128, roles: Vec<Role>) {
        self.s.members.push(Member {
            id: id(n),
            office: id(1),
            name: format!("m{n}"),
            roles,
            accounts: vec![],
            private_chats: vec![ChatRef { platform: "simulator".into(), id: format!("m{n}") }],
            leave: None,
        });
    }

    /// A task that is out since now and wants a submission.
    pub fn task(&mut self, code: u32, deadlines: &[&str]) -> &mut Task {
        self.s.tasks_mut().push(Task {
            id: id(code.into()),
            office: id(1),
            schedule: None,
            code,
            text: format!("Việc {code}"),
            months: vec![],
            scope: Scope::All,
            requires: Requires::Submission,
            due: deadlines.iter().map(|d| due(d)).collect(),
            form: Form::default(),
            urgency: Urgency::Normal,
            state: TaskState::Posted,
            posted_at: Some(self.now),
            directive: None,
            sources: vec![],
            doubts: vec![],
            moved: None,
        });
        self.s.tasks_mut().last_mut().unwrap()
    }

    /// A task that waits for the post of a month.
    pub fn planned(&mut self, code: u32, month: &str, deadlines: &[&str]) -> &mut Task {
        let task = self.task(code, deadlines);
        (task.state, task.posted_at) = (TaskState::Planned, None);
        task.months = vec![month.parse().unwrap()];
        task
    }

    pub fn edit(&mut self, code: u32) -> &mut Task {
        self.s.tasks_mut().iter_mut().find(|t| t.code == code).unwrap()
    }

    pub fn standing(&mut self, code: u32, school: u128, change: impl FnOnce(&mut Standing)) {
        let (task, school) = (id(code.into()), id(school));
        let known = self.s.standings.get(task, school).cloned();
        let mut standing = known.unwrap_or_else(|| Standing::blank(task, school));
        change(&mut standing);
        self.s.standings.insert(standing);
    }

    pub fn answers(&mut self, code: u32, schools: impl IntoIterator<Item = u128>) {
        let now = self.now;
        schools.into_iter().for_each(|n| self.standing(code, n, |s| s.settled_at = Some(now)));
    }

    pub fn extension(&mut self, code: u32, school: u128, until: &str, state: ExtensionState) {
        let extension = Extension {
            id: id(1),
            task: id(code.into()),
            school: id(school),
            until: at(until),
            reason: "số liệu chưa chốt".into(),
            at: self.now,
            state,
            granted_before: None,
            decided_by: None,
        };
        self.standing(code, school, |s| s.extension = Some(extension));
    }

    pub fn promise(&mut self, code: u32, school: u128, until: &str) {
        let promise = Promise { until: at(until), at: self.now };
        self.standing(code, school, |s| s.promise = Some(promise));
    }

    /// One look at the office, its posts recorded as the app records them; what is said now, a line a post.
    pub fn tick(&mut self) -> Vec<String> {
        let today = self.now.with_timezone(&ZONE).date_naive();
        if today != self.day {
            self.day = today;
            self.s.posts_today.clear();
            self.s.task_posts_today.clear();
        }
        let planned = plan(&self.s, self.now);
        planned.iter().for_each(|p| self.record(p));
        self.s.caught_up = caught_up(&self.s, self.now);
        let mut said: Vec<String> = planned.iter().filter_map(|p| self.said(p)).collect();
        planned.iter().for_each(|p| self.sent(p));
        said.sort();
        said
    }

    fn record(&mut self, planned: &Planned) {
        assert!(self.s.posted.insert(planned.key.clone()), "said twice: {}", planned.key);
        assert!(planned.send_before.is_none_or(|end| end > self.now), "void at once: {}", planned.key);
        let Audience::Group(group) = planned.to else { return };
        let tasks: Vec<TaskId> = match &planned.post {
            Post::Reminder { tasks, .. } | Post::Overdue { tasks } => tasks.iter().map(|(t, _)| *t).collect(),
            Post::Thanks { task } => vec![*task],
            Post::Month { tasks, .. } => {
                for task in self.s.tasks_mut().iter_mut().filter(|t| tasks.contains(&t.id)) {
                    task.state = TaskState::Posted;
                    task.posted_at = task.posted_at.or(Some(self.now));
                }
                return;
            }
            _ => return,
        };
        *self.s.posts_today.entry(group).or_default() += 1;
        tasks.into_iter().for_each(|t| *self.s.task_posts_today.entry((group, t)).or_default() += 1);
    }

    fn sent(&mut self, planned: &Planned) {
        let Audience::Group(group) = planned.to else { return };
        let shown = |s: &Snapshot, tasks: &[TaskId], now| {
            tasks.iter().filter_map(|t| Some((*t, count(s, group, *t, now)?))).collect()
        };
        match &planned.post {
            Post::Month { month, tasks } => {
                self.rows += 1;
                let shown = shown(&self.s, tasks, self.now);
                let (row, at) = (id(self.rows), self.now);
                self.s.boards.push(BoardShown {
                    group,
                    month: *month,
                    shown,
                    row,
                    at,
                    told_anew: self.told_anew,
                });
            }
            Post::Daily { tasks } => {
                let (shown, now) = (shown(&self.s, tasks, self.now), self.now);
                for board in self.s.boards.iter_mut().filter(|b| b.group == group) {
                    for (task, count) in &mut board.shown {
                        *count = shown.iter().find(|(id, _)| id == task).map_or(*count, |(_, new)| *new);
                    }
                    board.at = now;
                }
            }
            Post::Board { tasks, row, .. } => {
                let shown = shown(&self.s, tasks, self.now);
                let now = self.now;
                let board = self.s.boards.iter_mut().find(|b| b.row == *row).unwrap();
                (board.shown, board.at) = (shown, now);
            }
            _ => {}
        }
    }

    /// Runs to a moment, stopping at each next due one on the way; all that is said, with its time.
    pub fn run(&mut self, until: &str) -> Vec<String> {
        let until = at(until);
        let mut said = Vec::new();
        loop {
            let stamp = self.now.with_timezone(&ZONE).format("%a %d/%m %H:%M").to_string();
            said.extend(self.tick().into_iter().map(|line| format!("{stamp} {line}")));
            match next_due(&self.s, self.now).filter(|next| *next <= until) {
                Some(next) => {
                    assert!(next > self.now, "next_due does not move on from {stamp}");
                    self.now = next;
                }
                None => break,
            }
        }
        self.now = until;
        said
    }

    /// The same, what is said in groups only.
    pub fn run_groups(&mut self, until: &str) -> Vec<String> {
        let mut said = self.run(until);
        said.retain(|line| line.contains(" g"));
        said
    }

    /// The same, what the principal of a school is told only.
    pub fn run_school(&mut self, school: u128, until: &str) -> Vec<String> {
        let mut said = self.run(until);
        let name = format!(" m{school}: ");
        said.retain(|line| line.contains(&name));
        said
    }

    /// Goes on without a look, as in an outage.
    pub fn sleep(&mut self, until: &str) {
        self.now = at(until);
    }

    pub fn said(&self, planned: &Planned) -> Option<String> {
        let to = match planned.to {
            Audience::Group(id) => format!("g{}", short(id)),
            Audience::Member(id) => format!("m{}", short(id)),
        };
        Some(format!("{to}: {}", words(&facts(&self.s, planned.to, &planned.post, self.now)?)))
    }
}

fn short<N>(id: Id<N>) -> u128 {
    u128::from_str_radix(&id.to_string(), 16).unwrap()
}

fn words(announcement: &Announcement) -> String {
    let tone = |tone: &Tone| match tone {
        Tone::Early => "early",
        Tone::LastDay => "last day",
        Tone::LastHours => "last hours",
        Tone::Asked => "asked",
        Tone::Overdue => "overdue",
    };
    let lines = |tasks: &[ReminderLine]| -> String {
        let line = |l: &ReminderLine| {
            let names = l.missing.as_ref().map(|m| format!(" ({})", m.join(", "))).unwrap_or_default();
            format!(" {} {}/{}{names}", l.code, l.count.settled, l.count.expected)
        };
        tasks.iter().map(line).collect()
    };
    let task = |t: &TaskLine| match t.count {
        Some(count) => format!(" {} {}/{}", t.code, count.settled, count.expected),
        None => format!(" {}", t.code),
    };
    match announcement {
        Announcement::Month { month, tasks, moved, living, .. } => {
            let tasks: String = tasks.iter().map(task).collect();
            let moved = moved.as_ref().map(|why| format!(" [{why}]")).unwrap_or_default();
            format!("{} {month}{tasks}{moved}", if *living { "board" } else { "month" })
        }
        Announcement::Preview { month, on, tasks, doubts } => {
            format!("preview {month} on {on} {} tasks {doubts} doubts", tasks.len())
        }
        Announcement::Reminder { tone: t, tasks } => format!("{}{}", tone(t), lines(tasks)),
        Announcement::Missing { tone: t, lines, several } => {
            let line = |l: &MissingLine| {
                let received = if l.received { " received" } else { "" };
                format!(" {} {} {}{received}", l.code, l.school, l.due.date)
            };
            let lines: String = lines.iter().map(line).collect();
            format!("owes {}{}{lines}", tone(t), if *several { " several" } else { "" })
        }
        Announcement::Overdue { tasks } => format!("overdue{}", lines(tasks)),
        Announcement::CallList { tasks, calls } => {
            let call = |c: &CallLine| format!(" {}: {};", c.school, c.codes.join(" "));
            format!("call{} |{}", lines(tasks), calls.iter().map(call).collect::<String>())
        }
        Announcement::Daily { tasks } => format!("daily{}", lines(tasks)),
        Announcement::Thanks { task: t } => format!("thanks{}", task(t)),
    }
}
