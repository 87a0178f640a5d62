//! A message and the task that it answers, from the bytes of a fuzzer: the first line is the title of the task with its form.

use giaoban::clock::Ids;
use giaoban::domain::{OfficeId, Requires, Scope, Task, TaskState, Urgency};
use giaoban::understand::{Context, OpenTask, SchoolIndex, form_in_title, read};

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
    }
}
