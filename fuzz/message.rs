//! A message and the task that it answers, from the bytes of a fuzzer: the first line is the title of the task with its form.

use giaoban::clock::Ids;
use giaoban::domain::{OfficeId, Requires, SchoolId, Scope, Task, TaskState, Urgency, Value, Values};
use giaoban::understand::{Asked, Context, OpenTask, SchoolIndex, answered, form_in_title, leave_told, read};

/// Reads the message as a school would have sent it, with names found by their shape and with none known.
pub fn hear(bytes: &[u8]) {
    let whole = String::from_utf8_lossy(bytes);
    let (title, text) = whole.split_once('\n').unwrap_or(("", &whole));
    let now = "2026-10-15T02:00:00Z".parse().unwrap_or_default();
    let ids = Ids::seeded(1);
    let office: OfficeId = ids.next(now);
    let task = Task {
        id: ids.next(now),
        office,
        schedule: None,
        code: 2,
        text: title.to_owned(),
        months: vec![],
        scope: Scope::All,
        requires: Requires::Submission,
        due: vec![],
        form: form_in_title(title).unwrap_or_default(),
        urgency: Urgency::Normal,
        state: TaskState::Posted,
        posted_at: None,
        directive: None,
        sources: vec![],
        doubts: vec![],
        moved: None,
    };
    let open = [OpenTask { task: &task, deadline: None, owed: true, last: None }];
    let tasks = [&task];
    for index in [SchoolIndex::by_shape(text), SchoolIndex::default()] {
        let context = Context { open: &open, tasks: &tasks, ..Context::bare(now.naive_utc(), &index) };
        let _ = read(text, &context);
        for asked in questions(&task, ids.next(now)) {
            let context = Context { asked: Some(&asked), ..context };
            let _ = answered(text, &context);
        }
    }
    let _ = leave_told(text, now.naive_utc());
}

/// The bot's questions about the fields of a task: what is missing, and what was refused.
fn questions(task: &Task, school: SchoolId) -> [Asked; 2] {
    let keys: Vec<String> = task.form.fields.iter().map(|f| f.key.clone()).collect();
    let refused: Values = keys.iter().map(|key| (key.clone(), Value::Figure(7))).collect();
    let asked = |given: Values| Asked::Fields { task: task.id, school, fields: keys.clone(), given };
    [asked(Values::new()), asked(refused)]
}
