//! What has been answered, by task and school.

use std::collections::HashMap;

use crate::domain::{SchoolId, Standing, TaskId};

/// The standings of an office. A school without one has said nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Standings {
    by_task: HashMap<TaskId, OfTask>,
    /// Tasks and schools with an extension in whatever state, in the order of their ids: few, and asked for at every tick.
    extended: Vec<(TaskId, SchoolId)>,
}

impl Standings {
    /// Puts a standing in the place of the one that the school had.
    pub fn insert(&mut self, standing: Standing) {
        let place = (standing.task, standing.school);
        match (self.extended.binary_search(&place), standing.extension.is_some()) {
            (Err(index), true) => self.extended.insert(index, place),
            (Ok(index), false) => drop(self.extended.remove(index)),
            _ => {}
        }
        let of_task = self.by_task.entry(standing.task).or_default();
        match of_task.schools.binary_search(&standing.school) {
            Ok(index) => of_task.standings[index] = standing,
            Err(index) => {
                of_task.schools.insert(index, standing.school);
                of_task.standings.insert(index, standing);
            }
        }
    }

    /// Where a school stands with a task.
    pub fn get(&self, task: TaskId, school: SchoolId) -> Option<&Standing> {
        self.of_task(task).get(school)
    }

    /// All standings with a task.
    pub fn of_task(&self, task: TaskId) -> TaskStandings<'_> {
        TaskStandings { of_task: self.by_task.get(&task), next: 0 }
    }

    /// The standings with an extension in whatever state.
    pub fn extended(&self) -> impl Iterator<Item = &Standing> {
        self.extended.iter().filter_map(|(task, school)| self.get(*task, *school))
    }
}

impl FromIterator<Standing> for Standings {
    fn from_iter<I: IntoIterator<Item = Standing>>(standings: I) -> Self {
        let mut all = Self::default();
        standings.into_iter().for_each(|standing| all.insert(standing));
        all
    }
}

/// The standings with one task in the order of the schools' ids. The ids stand apart, close together, because every tick
/// looks for every school.
#[derive(Debug, Clone, Default, PartialEq)]
struct OfTask {
    schools: Vec<SchoolId>,
    standings: Vec<Standing>,
}

/// The standings with one task. Asked for schools in the order of their ids it finds each at once, because ids are given in
/// the order in which schools are listed; in any other order by halving.
#[derive(Debug, Clone)]
pub struct TaskStandings<'a> {
    of_task: Option<&'a OfTask>,
    next: usize,
}

impl<'a> TaskStandings<'a> {
    /// That of a school.
    pub fn get(&mut self, school: SchoolId) -> Option<&'a Standing> {
        let of_task = self.of_task?;
        if of_task.schools.get(self.next) != Some(&school) {
            self.next = of_task.schools.binary_search(&school).ok()?;
        }
        let found = of_task.standings.get(self.next);
        self.next += 1;
        found
    }
}
