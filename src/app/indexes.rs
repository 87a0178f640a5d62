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
    pub schools: SchoolIndex,
    pub tasks: TaskIndex,
}

/// The indexes of offices by what they were made of: one that no longer agrees with what the database holds is made anew.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<HashMap<OfficeId, Arc<Indexes>>>);

impl Kept {
    fn of(&self, snapshot: &Snapshot) -> Arc<Indexes> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let open = || snapshot.tasks.iter().filter(|t| t.is_open());
        if let Some(known) = kept.get(&snapshot.office.id)
            && known.agrees(snapshot, open())
        {
            return Arc::clone(known);
        }
        let tasks = TaskIndex::with_words(open(), &snapshot.office.settings.words);
        let made = Arc::new(Indexes { schools: SchoolIndex::new(&snapshot.schools), tasks });
        kept.insert(snapshot.office.id, Arc::clone(&made));
        made
    }
}

impl Indexes {
    fn agrees<'t>(&self, snapshot: &Snapshot, open: impl Iterator<Item = &'t Task>) -> bool {
        let words = &snapshot.office.settings.words;
        self.schools.is_of(&snapshot.schools) && self.tasks.has_words(words) && self.tasks.is_of(open)
    }
}

impl Work<'_> {
    /// The indexes of this office, as it is now.
    pub(super) fn indexes(&self) -> Arc<Indexes> {
        self.app.indexes.of(&self.snapshot)
    }
}
