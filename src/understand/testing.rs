//! A small office for the tests of this room.

use chrono::{NaiveDate, NaiveDateTime};
use uuid::Uuid;

use super::{Act, Context, OpenTask, SchoolIndex, read};
use crate::domain::{
    Check, Due, Field, FieldKind, Form, OfficeId, Requires, School, SchoolId, SchoolKind, Scope, Task,
    TaskId, TaskState, Urgency, Value, Values,
};

pub(super) fn school(n: u128, short: &str) -> School {
    School {
        id: SchoolId::new(Uuid::from_u128(n)),
        office: OfficeId::new(Uuid::from_u128(1)),
        code: format!("MN{n:03}"),
        name: format!("Trường {}", short.replace("MN ", "Mầm non ").replace("MG ", "Mẫu giáo ")),
        short_name: short.into(),
        aliases: vec![],
        kind: if n.is_multiple_of(2) { SchoolKind::Private } else { SchoolKind::Public },
        ward: if n < 4 { "Phường Hòa Bình".into() } else { "Xã Tân An".into() },
        cluster: if n < 5 { "Cụm 1".into() } else { "Cụm 2".into() },
        principal: String::new(),
        phone: String::new(),
        enrolment: None,
        opened_on: None,
        closed_on: None,
    }
}

pub(super) const NAMES: [&str; 11] = [
    "MN Hoa Mai",
    "MN Hoa Sen 1",
    "MN Hoa Sen 2",
    "MN 20/10",
    "MN 8-3",
    "MG Hoa Mai",
    "MN Sơn Ca",
    "MN Tràng An",
    "MN Mai",
    "MN Ban Mai",
    "MN Hoa Sữa",
];

pub(super) fn schools() -> Vec<School> {
    (1..).zip(NAMES).map(|(n, name)| school(n, name)).collect()
}

pub(super) fn id_of(name: &str) -> SchoolId {
    let n = NAMES.iter().position(|n| *n == name).unwrap();
    SchoolId::new(Uuid::from_u128(n as u128 + 1))
}

pub(super) fn field(label: &str, kind: FieldKind) -> Field {
    Field::new(crate::vietnamese::fold_words(label).replace(' ', "_"), label, kind)
}

pub(super) fn task(code: u32, text: &str, due: (u32, u32), fields: Vec<Field>) -> Task {
    let day = NaiveDate::from_ymd_opt(2026, due.1, due.0).unwrap();
    let checks = if fields.iter().any(|f| f.key == "can_do") {
        vec![Check::AtMost { field: "can_do".into(), of: "tong_so_tre".into() }]
    } else {
        vec![]
    };
    Task {
        id: TaskId::new(Uuid::from_u128(u128::from(code) + 100)),
        office: OfficeId::new(Uuid::from_u128(1)),
        schedule: None,
        code,
        text: text.into(),
        months: vec![],
        scope: Scope::All,
        requires: Requires::Submission,
        due: vec![Due::before(day, None)],
        form: Form { fields, checks, ..Form::default() },
        urgency: Urgency::Normal,
        state: TaskState::Posted,
        posted_at: None,
        directive: None,
        sources: vec![],
        doubts: vec![],
        moved: None,
    }
}

/// V2 weighing with five figures, V5 a present count and a percentage, V6 the database without a form, V7 a link.
pub(super) fn tasks() -> Vec<Task> {
    let count = |label| field(label, FieldKind::Count);
    vec![
        task(
            2,
            "Cân đo trẻ lần 1",
            (17, 10),
            vec![
                count("tổng số trẻ"),
                count("cân đo"),
                count("nhẹ cân"),
                count("thấp còi"),
                count("béo phì"),
            ],
        ),
        task(
            5,
            "Báo cáo chuyên cần tuần",
            (16, 10),
            vec![count("có mặt"), field("tỷ lệ chuyên cần", FieldKind::Percent)],
        ),
        task(6, "Nhập cơ sở dữ liệu ngành", (17, 10), vec![]),
        task(7, "Gửi link minh chứng chuyên đề", (20, 10), vec![field("link minh chứng", FieldKind::Link)]),
    ]
}

/// The world in which a message is read.
pub(super) struct World {
    pub index: SchoolIndex,
    pub tasks: Vec<Task>,
    pub own: Vec<SchoolId>,
    pub officer: bool,
    pub quoted: Vec<TaskId>,
    pub quoted_own: Option<(TaskId, SchoolId)>,
    pub asked: Option<super::Asked>,
    pub last: Option<Values>,
}

impl World {
    /// A principal of MN Hoa Mai, Thursday 2026-10-15, 09:00.
    pub fn new() -> Self {
        Self {
            index: SchoolIndex::new(&schools()),
            tasks: tasks(),
            own: vec![id_of("MN Hoa Mai")],
            officer: false,
            quoted: vec![],
            quoted_own: None,
            asked: None,
            last: None,
        }
    }

    pub fn quoting(mut self, code: u32) -> Self {
        self.quoted = self.tasks.iter().filter(|t| t.code == code).map(|t| t.id).collect();
        self
    }

    pub fn officer(mut self) -> Self {
        self.officer = true;
        self.own.clear();
        self
    }

    pub fn having(mut self, values: &[(&str, i64)]) -> Self {
        self.last = Some(values.iter().map(|(k, v)| ((*k).to_owned(), Value::Figure(*v))).collect());
        self
    }

    pub fn now() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 10, 15).unwrap().and_hms_opt(9, 0, 0).unwrap()
    }

    pub fn with<T>(&self, run: impl FnOnce(&Context) -> T) -> T {
        let open: Vec<OpenTask> = self
            .tasks
            .iter()
            .map(|task| OpenTask {
                task,
                deadline: task.due.first().map(|d| d.date.and_hms_opt(17, 0, 0).unwrap()),
                owed: true,
                last: self.last.as_ref(),
            })
            .collect();
        let tasks: Vec<&Task> = self.tasks.iter().collect();
        run(&Context {
            own: &self.own,
            officer: self.officer,
            open: &open,
            tasks: &tasks,
            quoted: &self.quoted,
            quoted_own: self.quoted_own,
            quoted_text: None,
            asked: self.asked.as_ref(),
            ..Context::bare(Self::now(), &self.index)
        })
    }

    pub fn read(&self, text: &str) -> Vec<Act> {
        self.with(|context| read(text, context).acts)
    }

    pub fn code(&self, id: TaskId) -> String {
        self.tasks.iter().find(|t| t.id == id).map_or_else(|| "?".into(), Task::code)
    }
}

/// An act in one line: school, task, intent, values, doubts by their names.
pub(super) fn shown(world: &World, act: &Act) -> String {
    use super::{Binding, Intent, Unclear};
    let school = act.school.map_or("-".into(), |id| world.index.short_name(id).to_owned());
    let task = match &act.task {
        Binding::Several(tasks) => tasks.iter().map(|t| world.code(*t)).collect::<Vec<_>>().join("|"),
        other => other.task().map_or("-".into(), |t| world.code(t)),
    };
    let values = |given: &super::Given| {
        let mut parts: Vec<String> = given
            .values
            .iter()
            .map(|(k, v)| match v {
                Value::Figure(n) => format!("{k}={n}"),
                Value::Link(l) | Value::Text(l) => format!("{k}={l}"),
                other => format!("{k}={other:?}"),
            })
            .collect();
        parts.extend(given.loose.iter().map(|f| format!("?{}", f.printed)));
        parts.join(" ")
    };
    let until =
        |u: &Option<super::Until>| u.as_ref().map_or("?".into(), |u| u.day.format("%d/%m").to_string());
    let intent = match &act.intent {
        Intent::Confirm(level) => format!("{level:?}"),
        Intent::Submit(given) => format!("submit {}", values(given)),
        Intent::Correct(given) => format!("correct {}", values(given)),
        Intent::Extension { until: u, .. } => format!("extension {}", until(u)),
        Intent::Promise { until: u } => format!("promise {}", until(u)),
        Intent::Unable { not_concerned, .. } => {
            if *not_concerned { "not concerned" } else { "unable" }.into()
        }
        other => format!("{other:?}"),
    };
    let doubts: Vec<&str> = act
        .doubts
        .iter()
        .map(|d| match d {
            Unclear::WhichTask(_) => "task?",
            Unclear::NoSuchTask { .. } => "no task!",
            Unclear::WhichSchool(_) => "school?",
            Unclear::NoSuchSchool { .. } => "no school!",
            Unclear::OthersSchool(_) => "other's school!",
            Unclear::GuessedTask(_) => "guessed task",
            Unclear::GuessedFields => "guessed fields",
            Unclear::WhichField { .. } => "field?",
            Unclear::NotANumber { .. } => "not a number",
            Unclear::TwoFigures { .. } => "two figures",
            Unclear::NothingGiven => "nothing given",
            Unclear::UntilWhen => "until?",
            Unclear::BadDay { .. } => "bad day",
            Unclear::SameAsLast => "same as last?",
            Unclear::DoneOrNot => "done?",
        })
        .collect();
    let line = format!("{school} {task} {}", intent.trim());
    if doubts.is_empty() { line } else { format!("{line} [{}]", doubts.join(", ")) }
}
