//! What is worked out of tasks once, and not at each message: the names of their fields and the words of their topics.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fields::Names;
use super::tasks::Topic;
use crate::domain::{Form, Task, TaskId};

/// What reading needs of the tasks of an office. It answers for a task as it was when the index was made; of one that was
/// changed since, or that it does not know, everything is worked out anew, so that an old index is slow and never wrong.
#[derive(Debug, Clone, Default)]
pub struct TaskIndex {
    tasks: HashMap<TaskId, Known>,
}

#[derive(Debug, Clone)]
struct Known {
    text: String,
    form: Form,
    names: Names,
    topic: Topic,
}

impl Known {
    fn is(&self, task: &Task) -> bool {
        self.text == task.text && self.form == task.form
    }
}

impl TaskIndex {
    /// The index of tasks.
    pub fn new<'t>(tasks: impl IntoIterator<Item = &'t Task>) -> Self {
        let known = |task: &Task| Known {
            text: task.text.clone(),
            form: task.form.clone(),
            names: Names::of_task(task),
            topic: Topic::of(task),
        };
        Self { tasks: tasks.into_iter().map(|task| (task.id, known(task))).collect() }
    }

    /// Whether it was made of just these tasks, as they are.
    pub fn is_of<'t>(&self, tasks: impl IntoIterator<Item = &'t Task>) -> bool {
        let mut count = 0;
        let same = tasks.into_iter().all(|task| {
            count += 1;
            self.tasks.get(&task.id).is_some_and(|known| known.is(task))
        });
        same && count == self.tasks.len()
    }

    pub(super) fn names(&self, task: &Task) -> Cow<'_, Names> {
        match self.tasks.get(&task.id).filter(|known| known.is(task)) {
            Some(known) => Cow::Borrowed(&known.names),
            None => Cow::Owned(Names::of_task(task)),
        }
    }

    pub(super) fn topic(&self, task: &Task) -> Cow<'_, Topic> {
        match self.tasks.get(&task.id).filter(|known| known.is(task)) {
            Some(known) => Cow::Borrowed(&known.topic),
            None => Cow::Owned(Topic::of(task)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::tasks;
    use super::*;

    #[test]
    fn a_changed_task_is_not_taken_for_what_it_was() {
        let mut changed = tasks();
        let index = TaskIndex::new(&changed);
        assert!(index.is_of(&changed));
        changed[0].form.fields.truncate(2);
        assert!(!index.is_of(&changed));
        assert!(matches!(index.names(&changed[0]), Cow::Owned(_)));
        assert!(matches!(index.names(&changed[1]), Cow::Borrowed(_)));
        assert!(!index.is_of(&changed[1..]));
    }
}
