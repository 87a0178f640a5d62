//! A message and what is known when it is read, as JSON tells it.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::Deserialize;
use uuid::Uuid;

use crate::domain::{OfficeId, Requires, SchoolId, Scope, Task, TaskId, TaskState, Urgency};
use crate::understand::{Attached, Context, OpenTask, SchoolIndex, Sort, form_in_title};

/// One line of `--jsonl`.
#[derive(Debug, Deserialize)]
pub struct Case {
    /// Given back with the answer.
    pub id: serde_json::Value,
    /// The message.
    #[serde(default)]
    pub text: String,
    /// What came with it: `file:BC_T9.xlsx`, `photo`, `voice`, `sticker`.
    #[serde(default)]
    pub attachments: Vec<String>,
    /// What is known.
    #[serde(default)]
    pub context: Known,
}

/// What is known when a message is read.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Known {
    /// The day of the message; it is read as of 08:00 unless `now` says more.
    pub today: Option<NaiveDate>,
    /// The local moment of the message.
    pub now: Option<NaiveDateTime>,
    /// The tasks that are out, each as `text (hạn 2026-10-17 16:00)`, with the fields behind a colon.
    #[serde(default)]
    pub open_tasks: Vec<String>,
    /// The sender's school, by any of its names.
    pub school: Option<String>,
    /// The words of the message that is quoted.
    pub quoted: Option<String>,
}

/// A message with its tasks made out, ready to be read.
pub struct Scene {
    now: NaiveDateTime,
    /// In the order in which they were given.
    pub tasks: Vec<Task>,
    deadlines: Vec<Option<NaiveDateTime>>,
    index: Option<SchoolIndex>,
    own: Vec<SchoolId>,
    quoted: Option<String>,
    attached: Vec<String>,
}

impl Scene {
    /// What is known of a message; without an index names of schools are found by their shape.
    pub fn new(case: &Case, register: Option<&SchoolIndex>, now: NaiveDateTime) -> Self {
        let known = &case.context;
        let now = known
            .now
            .or_else(|| {
                known.today.map(|day| day.and_time(NaiveTime::from_hms_opt(8, 0, 0).unwrap_or_default()))
            })
            .unwrap_or(now);
        let (tasks, deadlines) = (0_u32..).zip(&known.open_tasks).map(|(n, line)| task(n, line)).unzip();
        let own = register
            .zip(known.school.as_deref())
            .and_then(|(index, name)| index.lookup(name).one())
            .into_iter()
            .collect();
        let index = register.is_none().then(|| SchoolIndex::by_shape(&case.text));
        Self {
            now,
            tasks,
            deadlines,
            index,
            own,
            quoted: known.quoted.clone(),
            attached: case.attachments.clone(),
        }
    }

    /// Hands out the names of schools and the context.
    pub fn with<T>(&self, register: Option<&SchoolIndex>, run: impl FnOnce(&Context) -> T) -> T {
        let tasks: Vec<&Task> = self.tasks.iter().collect();
        let open: Vec<OpenTask> = self
            .tasks
            .iter()
            .zip(&self.deadlines)
            .map(|(task, deadline)| OpenTask { task, deadline: *deadline, owed: true, last: None })
            .collect();
        let none = SchoolIndex::default();
        let attached: Vec<Attached> = self.attached.iter().filter_map(|a| attached(a)).collect();
        run(&Context {
            own: &self.own,
            open: &open,
            tasks: &tasks,
            quoted_text: self.quoted.as_deref(),
            attached: &attached,
            ..Context::bare(self.now, register.or(self.index.as_ref()).unwrap_or(&none))
        })
    }

    /// Where in the given list a task stands.
    pub fn place(&self, id: TaskId) -> Option<usize> {
        self.tasks.iter().position(|t| t.id == id)
    }
}

/// The code that a task is listed with, `V12`, and its text without it.
fn listed(line: &str) -> (Option<u32>, &str) {
    let code = |first: &str| first.trim_end_matches([':', '.']).strip_prefix(['V', 'v'])?.parse().ok();
    match line.split_once(' ') {
        Some((first, rest)) if code(first).is_some() => (code(first), rest.trim_start()),
        _ => (None, line),
    }
}

/// `Cân đo lần 1: tổng số trẻ, nhẹ cân (hạn 2026-10-17 16:00)`, with its code before it or by its number in the list.
fn task(n: u32, line: &str) -> (Task, Option<NaiveDateTime>) {
    let (code, line) = listed(line);
    let (text, due) = line.rsplit_once(" (hạn ").unwrap_or((line, ""));
    let mut due = due.trim_end_matches(')').split(' ');
    let day = due.next().and_then(|d| d.parse::<NaiveDate>().ok());
    let time = due.next().and_then(|t| NaiveTime::parse_from_str(t, "%H:%M").ok());
    let end_of_day = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
    let form = form_in_title(text);
    let requires = if form.is_none() && text.contains(':') && asks_for_confirmation(text) {
        Requires::Confirmation
    } else {
        Requires::Submission
    };
    let task = Task {
        id: TaskId::new(Uuid::from_u128(u128::from(n) + 1)),
        office: OfficeId::new(Uuid::nil()),
        schedule: None,
        code: code.unwrap_or(n + 1),
        text: text.to_owned(),
        months: vec![],
        scope: Scope::All,
        requires,
        due: vec![],
        form: form.unwrap_or_default(),
        urgency: Urgency::Normal,
        state: TaskState::Posted,
        posted_at: None,
        directive: None,
        sources: vec![],
        doubts: vec![],
        moved: None,
    };
    (task, day.map(|d| d.and_time(time.unwrap_or(end_of_day))))
}

/// `file:BC_T9.xlsx`, `photo`; what is none of the kinds counts as a file.
fn attached(said: &str) -> Option<Attached<'_>> {
    let (kind, name) = said.split_once(':').unwrap_or((said, ""));
    let sort = match kind {
        "" => return None,
        "photo" | "image" => Sort::Photo,
        "voice" | "audio" => Sort::Voice,
        "sticker" => Sort::Sticker,
        _ => Sort::File,
    };
    Some(Attached { sort, name })
}

fn asks_for_confirmation(text: &str) -> bool {
    text.rsplit(':').next().is_some_and(|tail| tail.trim().to_lowercase().starts_with("xác nhận"))
}
