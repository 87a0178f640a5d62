//! What reading needs of an office, worked out once and kept until its register or its tasks change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::work::Work;
use crate::domain::{OfficeId, Task};
use crate::planner::Snapshot;
use crate::understand::{SchoolIndex, TaskIndex};

/// The names of an office's schools and the fields and topics of its open tasks.
#[derive(Debug)]
pub(super) struct Indexes {
    pub schools: Arc<SchoolIndex>,
    pub tasks: TaskIndex,
}

/// The indexes of offices. They share the lists that they were made of with the snapshot, and one whose list is another now is made anew:
/// a list that is shared is never changed in its place.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<HashMap<OfficeId, Arc<Indexes>>>);

impl Kept {
    fn of(&self, snapshot: &Snapshot) -> Arc<Indexes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(&snapshot.office.id);
        let words = &snapshot.office.settings.words;
        let same_schools = known.filter(|known| known.schools.is_of(&snapshot.schools));
        if let Some(known) = same_schools
            && known.tasks.is_of(&snapshot.tasks)
            && known.tasks.has_words(words)
        {
            return Arc::clone(known);
        }
        let schools = match same_schools {
            Some(known) => Arc::clone(&known.schools),
            None => Arc::new(SchoolIndex::of(&snapshot.schools)),
        };
        let tasks = TaskIndex::with_words(&snapshot.tasks, Task::is_open, words);
        let made = Arc::new(Indexes { schools, tasks });
        kept.insert(snapshot.office.id, Arc::clone(&made));
        made
    }
}

impl Work<'_> {
    /// The indexes of this office, as it is now.
    pub(super) fn indexes(&self) -> Arc<Indexes> {
        self.app.indexes.of(&self.snapshot)
    }
}
