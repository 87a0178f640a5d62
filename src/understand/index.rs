//! What is worked out of tasks once, and not at each message: the names of their fields and the words of their topics.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::OpenTask;
use super::fields::Names;
use super::line::Line;
use super::tasks::Topic;
use crate::domain::{OwnWord, Task, TaskId};
use crate::vietnamese::fold_words;

/// What reading needs of the tasks of an office. It answers for a task as it was when the index was made; of one that was
/// changed since, or that it does not know, everything is worked out anew, so that an old index is slow and never wrong.
#[derive(Debug, Clone, Default)]
pub struct TaskIndex {
    /// What it was made of. As long as it holds this list nobody changes it: who wants to gets another.
    of: Arc<Vec<Task>>,
    tasks: FxHashMap<TaskId, Known>,
    words: Vec<OwnWord>,
    /// Each of them as folded words.
    typed: Vec<Vec<String>>,
}

/// An open task with what is known of it, looked up once for a message.
#[derive(Debug, Clone)]
pub struct KnownTask<'a> {
    task: &'a Task,
    names: Cow<'a, Names>,
    topic: Cow<'a, Topic>,
}

impl KnownTask<'_> {
    /// Whether this is just that task, where it lies.
    pub(super) fn is(&self, task: &Task) -> bool {
        std::ptr::eq(self.task, task)
    }

    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    pub(super) fn topic(&self) -> &Topic {
        &self.topic
    }
}

#[derive(Debug, Clone)]
struct Known {
    /// Where it stands in the list.
    at: usize,
    names: Names,
    topic: Topic,
}

impl TaskIndex {
    /// The index of tasks.
    pub fn new<'t>(tasks: impl IntoIterator<Item = &'t Task>) -> Self {
        Self::with_words(&Arc::new(tasks.into_iter().cloned().collect()), |_| true, &[])
    }

    /// The index of some tasks of a list, in whose forms fields have the office's own words as well.
    pub fn with_words(tasks: &Arc<Vec<Task>>, which: impl Fn(&Task) -> bool, words: &[OwnWord]) -> Self {
        let known =
            |at, task: &Task| Known { at, names: Names::of_task(task, words), topic: Topic::of(task) };
        let some = tasks.iter().enumerate().filter(|(_, task)| which(task));
        let of = Arc::clone(tasks);
        let tasks = some.map(|(at, task)| (task.id, known(at, task))).collect();
        let folded = |own: &OwnWord| {
            let line = Line::new(&own.word);
            (0..line.len()).map(|at| line.folded(at).to_owned()).collect()
        };
        Self { of, tasks, words: words.to_vec(), typed: words.iter().map(folded).collect() }
    }

    /// Whether it was made of this very list.
    pub fn is_of(&self, tasks: &Arc<Vec<Task>>) -> bool {
        Arc::ptr_eq(&self.of, tasks)
    }

    /// What is known of a task as it is.
    fn of_task(&self, task: &Task) -> Option<&Known> {
        let known = self.tasks.get(&task.id)?;
        let own = self.of.get(known.at)?;
        (std::ptr::eq(own, task) || own.text == task.text && own.form == task.form).then_some(known)
    }

    /// Whether it was made with these words of the office.
    pub fn has_words(&self, words: &[OwnWord]) -> bool {
        self.words == words
    }

    /// Whether a stretch of a message lies within one of the office's own words.
    pub(super) fn is_own_word(&self, line: &Line, range: Range<usize>) -> bool {
        self.typed.iter().any(|typed| {
            let same = |from: usize| {
                from + typed.len() <= line.len()
                    && typed.iter().enumerate().all(|(n, word)| line.folded(from + n) == word)
            };
            let first = (range.end).saturating_sub(typed.len());
            (first..=range.start).any(same)
        })
    }

    /// The only one of these tasks that one of the office's own words for tasks names in a stretch.
    pub(super) fn task_called(
        &self,
        line: &Line,
        stretch: &Range<usize>,
        tasks: &[&OpenTask],
    ) -> Option<TaskId> {
        let stands = |typed: &[String]| {
            let ends = stretch.end.min(line.len());
            !typed.is_empty()
                && (stretch.start..ends).any(|from| {
                    from + typed.len() <= ends
                        && typed.iter().enumerate().all(|(n, word)| line.folded(from + n) == word)
                })
        };
        let own = self.words.iter().zip(&self.typed).find(|(own, typed)| own.of_tasks && stands(typed))?.0;
        let mut meant = tasks.iter().filter(|open| title_has(open.task, &own.means));
        let only = meant.next()?;
        meant.next().is_none().then_some(only.task.id)
    }

    /// The open tasks with what is known of each.
    pub(super) fn known<'a>(&'a self, open: &'a [OpenTask<'a>]) -> Vec<KnownTask<'a>> {
        let known = |open: &'a OpenTask<'a>| {
            let task = open.task;
            let (names, topic) = match self.of_task(task) {
                Some(known) => (Cow::Borrowed(&known.names), Cow::Borrowed(&known.topic)),
                None => (Cow::Owned(Names::of_task(task, &self.words)), Cow::Owned(Topic::of(task))),
            };
            KnownTask { task, names, topic }
        };
        open.iter().map(known).collect()
    }

    pub(super) fn names(&self, task: &Task) -> Cow<'_, Names> {
        match self.of_task(task) {
            Some(known) => Cow::Borrowed(&known.names),
            None => Cow::Owned(Names::of_task(task, &self.words)),
        }
    }

    pub(super) fn topic(&self, task: &Task) -> Cow<'_, Topic> {
        match self.of_task(task) {
            Some(known) => Cow::Borrowed(&known.topic),
            None => Cow::Owned(Topic::of(task)),
        }
    }
}

/// Whether words stand side by side in the title of a task.
#[must_use]
pub fn title_has(task: &Task, words: &str) -> bool {
    let (title, words) = (fold_words(&task.title(160)), fold_words(words));
    !words.is_empty() && format!(" {title} ").contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::super::testing::tasks;
    use super::*;

    #[test]
    fn a_changed_task_is_not_taken_for_what_it_was() {
        let mut changed = tasks();
        let index = TaskIndex::new(&changed);
        changed[0].form.fields.truncate(2);
        assert!(matches!(index.names(&changed[0]), Cow::Owned(_)));
        assert!(matches!(index.names(&changed[1]), Cow::Borrowed(_)));
    }

    #[test]
    fn a_list_that_is_shared_and_changed_is_another() {
        let mut list = Arc::new(tasks());
        let index = TaskIndex::with_words(&list, |_| true, &[]);
        assert!(index.is_of(&list));
        assert!(matches!(index.names(&list[0]), Cow::Borrowed(_)));
        Arc::make_mut(&mut list)[0].form.fields.truncate(2);
        assert!(!index.is_of(&list));
        assert!(matches!(index.names(&list[0]), Cow::Owned(_)));
        assert!(matches!(index.names(&list[1]), Cow::Borrowed(_)));
    }
}
