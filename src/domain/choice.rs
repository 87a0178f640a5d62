//! What a person can take instead of what was read, and what a task is once it is taken.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Doubt, DoubtKind, Due, DueRole, Month, Recur, Requires, Scope, Task};

/// Another reading of a task that a person can take in one tap. Places of dates count from 0 in the task's list of dates as
/// it stood when the doubt was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The date at this place is another day.
    Date {
        /// Which of the task's dates.
        due: usize,
        /// The day.
        date: NaiveDate,
    },
    /// The date at this place is an event and no deadline, or the reverse.
    Role {
        /// Which of the task's dates.
        due: usize,
        /// What it is.
        role: DueRole,
    },
    /// The date at this place comes again.
    Recur {
        /// Which of the task's dates.
        due: usize,
        /// How.
        recur: Recur,
    },
    /// The date at this place is no date of this task.
    NoDate {
        /// Which of the task's dates.
        due: usize,
    },
    /// The date at this place comes again: tasks of their own for these days. For whoever keeps tasks.
    Repeat {
        /// Which of the task's dates.
        due: usize,
        /// How.
        every: Recur,
        /// The days.
        dates: Vec<NaiveDate>,
        /// The last day on which it can come again.
        until: NaiveDate,
    },
    /// A date that was not taken belongs to the task.
    AddDate(Due),
    /// The task stands in other months.
    Months(Vec<Month>),
    /// The task is for other schools.
    Scope(Scope),
    /// A school must give something else for it.
    Requires(Requires),
    /// It is no task at all.
    Drop,
}

/// Whose deadline holds when two tasks become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MergedDue {
    /// That of the task that goes.
    New,
    /// That of the task that stays.
    Old,
    /// Both.
    Both,
}

/// A date that a choice can change: of a task, or of the draft that it comes from.
pub trait Dated: From<Due> {
    /// Makes it another day. The first day of a range that would end before it begins goes.
    fn set_day(&mut self, day: NaiveDate);
    /// Makes it a deadline or an event.
    fn set_role(&mut self, role: DueRole);
    /// Makes it come again.
    fn set_recur(&mut self, recur: Recur);
}

impl Dated for Due {
    fn set_day(&mut self, day: NaiveDate) {
        self.date = day;
        self.from = self.from.filter(|from| *from <= day);
    }

    fn set_role(&mut self, role: DueRole) {
        self.role = role;
    }

    fn set_recur(&mut self, recur: Recur) {
        self.recur = Some(recur);
    }
}

impl Choice {
    /// Does to a list of dates what it means for them, and keeps the places in the choices that are still open true:
    /// those of a date that goes go with it. Nothing happens when there is no date at its place.
    pub fn settle_dates<D: Dated>(&self, due: &mut Vec<D>, open: &mut [&mut Vec<Choice>]) {
        match self {
            Self::Date { due: place, date } => {
                if let Some(due) = due.get_mut(*place) {
                    due.set_day(*date);
                }
            }
            Self::Role { due: place, role } => {
                if let Some(due) = due.get_mut(*place) {
                    due.set_role(*role);
                }
            }
            Self::Recur { due: place, recur } => {
                if let Some(due) = due.get_mut(*place) {
                    due.set_recur(*recur);
                }
            }
            Self::NoDate { due: place } if *place < due.len() => {
                due.remove(*place);
                for choices in open {
                    choices.retain(|choice| choice.place() != Some(*place));
                    choices.iter_mut().for_each(|choice| choice.close_gap(*place));
                }
            }
            Self::AddDate(added) => due.push(D::from(added.clone())),
            Self::NoDate { .. }
            | Self::Repeat { .. }
            | Self::Months(_)
            | Self::Scope(_)
            | Self::Requires(_)
            | Self::Drop => {}
        }
    }

    /// Whether the date that it is about is one of so many.
    pub fn fits(&self, dates: usize) -> bool {
        self.place().is_none_or(|place| place < dates)
    }

    /// The same about the date at another place.
    #[must_use]
    pub fn at(mut self, place: usize) -> Self {
        if let Self::Date { due, .. }
        | Self::Role { due, .. }
        | Self::Recur { due, .. }
        | Self::Repeat { due, .. }
        | Self::NoDate { due } = &mut self
        {
            *due = place;
        }
        self
    }

    /// The place of the date that it is about.
    pub fn place(&self) -> Option<usize> {
        match self {
            Self::Date { due, .. }
            | Self::Role { due, .. }
            | Self::Recur { due, .. }
            | Self::Repeat { due, .. }
            | Self::NoDate { due } => Some(*due),
            _ => None,
        }
    }

    /// A date before it went: what stood behind it moves up.
    fn close_gap(&mut self, gone: usize) {
        if let Self::Date { due, .. }
        | Self::Role { due, .. }
        | Self::Recur { due, .. }
        | Self::Repeat { due, .. }
        | Self::NoDate { due } = self
            && *due > gone
        {
            *due -= 1;
        }
    }

    /// Dates went into another list, each to one of these places.
    fn follow(&mut self, places: &[usize]) {
        if let Self::Date { due, .. }
        | Self::Role { due, .. }
        | Self::Recur { due, .. }
        | Self::Repeat { due, .. }
        | Self::NoDate { due } = self
        {
            *due = places.get(*due).copied().unwrap_or(usize::MAX);
        }
    }
}

/// So many tasks are offered at once for a date that comes again.
const REPEATS: usize = 4;

/// The days on which a date that comes again comes, itself first. One of every year comes once.
pub fn times(first: NaiveDate, every: Recur) -> impl Iterator<Item = NaiveDate> {
    (0u32..).map_while(move |n| match every {
        Recur::Daily => first.checked_add_days(Days::new(n.into())),
        Recur::Weekly => first.checked_add_days(Days::new(7 * u64::from(n))),
        Recur::Monthly => first.checked_add_months(Months::new(n)),
        Recur::Yearly => Some(first).filter(|_| n == 0),
    })
}

/// What is to be looked at about a date that comes again, of which the task holds only one: the days that follow, a few of them
/// at once. Nothing when it is the last.
pub fn repeats(due: usize, date: NaiveDate, every: Recur, until: NaiveDate) -> Option<Doubt> {
    let following = times(date, every).skip(1).take(REPEATS);
    let dates: Vec<NaiveDate> = following.take_while(|day| *day <= until).collect();
    let key = match every {
        Recur::Daily => "doubt-repeats-daily",
        Recur::Weekly => "doubt-repeats-weekly",
        Recur::Monthly | Recur::Yearly => "doubt-repeats-monthly",
    };
    let values = vec![("date".to_owned(), date.format("%d/%m").to_string())];
    let kind = DoubtKind::Reading { key: key.to_owned(), values };
    (!dates.is_empty()).then(|| Doubt {
        place: None,
        kind,
        choices: vec![Choice::Repeat { due, every, dates, until }],
    })
}

impl Task {
    /// Settles the doubt at a place (from 0) as it was read: it is a doubt no more. `false` when there is none.
    pub fn keep(&mut self, doubt: usize) -> bool {
        let there = doubt < self.doubts.len();
        if there {
            self.doubts.remove(doubt);
        }
        there
    }

    /// Takes one choice (from 0) of the doubt at a place (from 0). Doubts about a date that goes with it are settled too.
    /// `false`, and nothing changed, when there is no such choice.
    pub fn take(&mut self, doubt: usize, choice: usize) -> bool {
        let taken = self.doubts.get(doubt).and_then(|d| d.choices.get(choice)).cloned();
        let Some(taken) = taken else { return false };
        self.doubts.remove(doubt);
        self.choose(&taken);
        true
    }

    /// Does what a choice means, whether or not a doubt has offered it. [`Choice::Drop`] is for whoever keeps tasks.
    pub fn choose(&mut self, choice: &Choice) {
        let had: Vec<bool> = self.doubts.iter().map(|d| !d.choices.is_empty()).collect();
        let mut open: Vec<&mut Vec<Choice>> = self.doubts.iter_mut().map(|d| &mut d.choices).collect();
        choice.settle_dates(&mut self.due, &mut open);
        let mut had = had.into_iter();
        // All that could be taken was about the date that has gone.
        self.doubts.retain(|d| had.next() != Some(true) || !d.choices.is_empty());
        match choice {
            Choice::Months(months) => self.months.clone_from(months),
            Choice::Scope(scope) => self.scope = scope.clone(),
            Choice::Requires(requires) => self.requires = *requires,
            _ => {}
        }
    }

    /// Takes another task of the same work into this one: its sources, and while this one is not out also its months, its
    /// dates, what it asks, and its doubts. What is out stays as the schools know it. Where both name deadlines, `whose` says
    /// which of them hold.
    pub fn merge(&mut self, mut other: Task, whose: MergedDue) {
        if !self.is_open() && self.names_other_deadlines(&other) {
            match whose {
                MergedDue::New => self.drop_deadlines(),
                MergedDue::Old => other.drop_deadlines(),
                MergedDue::Both => {}
            }
        }
        self.sources.extend(other.sources);
        if self.is_open() {
            return;
        }
        self.months.extend(other.months);
        self.months.sort();
        self.months.dedup();
        let mut places = Vec::new();
        for due in other.due {
            let known = self.due.iter().position(|own| own.is_same_moment(&due));
            places.push(known.unwrap_or(self.due.len()));
            if known.is_none() {
                self.due.push(due);
            }
        }
        for mut doubt in other.doubts {
            doubt.choices.iter_mut().for_each(|choice| choice.follow(&places));
            self.doubts.push(doubt);
        }
        if self.requires != Requires::Submission && other.requires != Requires::None {
            self.requires = other.requires;
        }
        if self.form.is_empty() {
            self.form = other.form;
        }
        self.urgency = self.urgency.max(other.urgency);
    }

    /// Whether both of two tasks have deadlines, and not the same.
    #[must_use]
    pub fn names_other_deadlines(&self, other: &Task) -> bool {
        let (own, others) = (self.deadlines(), other.deadlines());
        let known = |due: &&Due, all: &[&Due]| all.iter().any(|one| one.is_same_moment(due));
        let differ = own.iter().any(|due| !known(due, &others)) || others.iter().any(|due| !known(due, &own));
        !own.is_empty() && !others.is_empty() && differ
    }

    /// Takes all deadlines from it, and what was asked about them.
    fn drop_deadlines(&mut self) {
        while let Some(due) = self.due.iter().rposition(|due| due.role == DueRole::Deadline) {
            self.choose(&Choice::NoDate { due });
        }
    }
}

#[cfg(test)]
mod tests;
