//! Files that were sent ahead of the message that they belong to.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::stage::FileIn;

/// How many may wait; the oldest goes when there are more, for its message will hardly come.
const MOST: usize = 8;

/// Files that wait for their message.
#[derive(Default)]
pub(super) struct Uploads(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    count: u64,
    files: VecDeque<(String, FileIn)>,
}

impl Uploads {
    /// Keeps a file and returns the name by which its message takes it.
    pub(super) fn keep(&self, file: FileIn) -> String {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.count += 1;
        let id = waiting.count.to_string();
        waiting.files.push_back((id.clone(), file));
        if waiting.files.len() > MOST {
            waiting.files.pop_front();
        }
        id
    }

    /// Takes these files, or none when one of them is not there.
    pub(super) fn take(&self, ids: &[String]) -> Option<Vec<FileIn>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !ids.iter().all(|id| waiting.files.iter().any(|(known, _)| known == id)) {
            return None;
        }
        let mut taken = Vec::new();
        for id in ids {
            if let Some(at) = waiting.files.iter().position(|(known, _)| known == id) {
                taken.extend(waiting.files.remove(at).map(|(_, file)| file));
            }
        }
        Some(taken)
    }
}
