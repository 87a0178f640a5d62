//! How much a group hears in a day: the office's cap of unasked posts, and two about one task.
//!
//! The month's post and edits of a board are free. What is over the cap is dropped; the private reminders still go.

use std::collections::HashMap;

use super::remind::passes_cap;
use super::tick::Tick;
use super::{Audience, Planned, Post};
use crate::domain::{GroupId, TaskId};

/// The most posts about one task to one group in one day (rule 2 of the product).
const POSTS_A_TASK: u32 = 2;

/// Keeps what is within the caps, in the order given; a task that has had its share is taken out of a digest.
pub(super) fn within(tick: &Tick<'_>, planned: Vec<Planned>) -> Vec<Planned> {
    if !planned.iter().any(|p| is_capped(&p.post)) {
        return planned;
    }
    let mut said =
        Said { posts: tick.snapshot.posts_today.clone(), of_task: tick.snapshot.task_posts_today.clone() };
    planned.into_iter().filter_map(|p| said.admit(tick, p)).collect()
}

fn is_capped(post: &Post) -> bool {
    matches!(post, Post::Reminder { .. } | Post::Overdue { .. } | Post::Thanks { .. })
}

struct Said {
    posts: HashMap<GroupId, u32>,
    of_task: HashMap<(GroupId, TaskId), u32>,
}

impl Said {
    fn admit(&mut self, tick: &Tick<'_>, mut planned: Planned) -> Option<Planned> {
        let Audience::Group(group) = planned.to else { return Some(planned) };
        if !is_capped(&planned.post) {
            return Some(planned);
        }
        let full = self.posts.get(&group).copied().unwrap_or_default() >= tick.settings().daily_cap;
        let may = |task: &TaskId| self.of_task.get(&(group, *task)).is_none_or(|n| *n < POSTS_A_TASK);
        let tasks: Vec<TaskId> = match &mut planned.post {
            Post::Thanks { task } => Some(*task).filter(|t| may(t)).into_iter().collect(),
            Post::Reminder { tasks, .. } | Post::Overdue { tasks } => {
                tasks.retain(|(task, _)| may(task));
                tasks.iter().map(|(task, _)| *task).collect()
            }
            _ => return Some(planned),
        };
        let urgent = matches!(&planned.post, Post::Reminder { tasks, .. } if passes_cap(tick, tasks));
        if tasks.is_empty() || (full && !urgent) {
            return None;
        }
        *self.posts.entry(group).or_default() += 1;
        for task in tasks {
            *self.of_task.entry((group, task)).or_default() += 1;
        }
        Some(planned)
    }
}
