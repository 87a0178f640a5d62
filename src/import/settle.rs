//! A person settles doubts of a draft before it is a task: each by its number, by a choice or as it was read.

use chrono::NaiveDate;

use super::directive::{Directive, DraftDue, DraftTask, Span};
use super::doubt::{Doubt, DoubtKind};
use crate::calendar::{Closures, WorkCalendar};
use crate::domain::{Choice, Dated, Due, DueRole, Recur, SchoolKind, Scope};

/// One doubt of a draft by its number.
#[derive(Debug)]
pub struct Numbered<'a> {
    /// From 1, through the tasks in their order and then the document as a whole.
    pub number: usize,
    /// The place of its task in the draft; none for the document as a whole.
    pub task: Option<usize>,
    /// The doubt.
    pub doubt: &'a Doubt,
}

/// What is to be taken: a doubt by its number and a choice of it, both from 1; choice 0 is "as it was read".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Take {
    /// Which doubt.
    pub doubt: usize,
    /// Which choice.
    pub choice: usize,
}

/// What cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TakeError {
    /// There is no doubt with this number; how many there are.
    #[error("no doubt {0} of {1}")]
    NoDoubt(usize, usize),
    /// The doubt has no such choice; its number and how many choices it has.
    #[error("doubt {0} has {1} choices")]
    NoChoice(usize, usize),
}

impl Dated for DraftDue {
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

impl From<Due> for DraftDue {
    /// A date that a person has added: it stands nowhere in the document.
    fn from(due: Due) -> Self {
        let Due { kind, date, from, time, role, recur, quote } = due;
        Self {
            kind,
            date,
            from,
            time,
            midnight: false,
            role,
            recur,
            until: None,
            quote,
            span: Span::default(),
        }
    }
}

impl Directive {
    /// All doubts with their numbers, in the order in which a page shows them.
    #[must_use]
    pub fn numbered_doubts(&self) -> Vec<Numbered<'_>> {
        let of_tasks =
            self.tasks.iter().enumerate().flat_map(|(at, t)| t.doubts.iter().map(move |d| (Some(at), d)));
        let own = self.doubts.iter().map(|d| (None, d));
        (1..)
            .zip(of_tasks.chain(own))
            .map(|(number, (task, doubt))| Numbered { number, task, doubt })
            .collect()
    }

    /// Adds a doubt to each deadline that is over on a day, with the day of another week and "no date" to choose from. What comes
    /// again has its next day, and one that lies before the document itself is in doubt already.
    pub fn doubt_what_is_over(&mut self, today: NaiveDate) {
        /// Working days that are offered instead.
        const ANOTHER_WEEK: u32 = 5;
        let calendar = WorkCalendar::monday_to_friday(Closures::default());
        for task in &mut self.tasks {
            let over =
                task.due.iter().enumerate().filter(|(_, due)| {
                    due.role == DueRole::Deadline && due.recur.is_none() && due.date < today
                });
            for (at, due) in over {
                let known = |doubt: &Doubt| matches!(doubt.kind, DoubtKind::PastDeadline { date } if date == due.date);
                if task.doubts.iter().any(known) {
                    continue;
                }
                let date = calendar.add_working_days(today, ANOTHER_WEEK);
                let mut doubt = Doubt::new(due.span.first_line, DoubtKind::Over { date: due.date });
                doubt.choices = vec![Choice::Date { due: at, date }, Choice::NoDate { due: at }];
                task.doubts.push(doubt);
            }
        }
    }

    /// Settles these doubts, each by the number that it has before any of them is settled.
    ///
    /// # Errors
    ///
    /// When there is no such doubt or choice; nothing is settled then.
    pub fn settle(&mut self, takes: &[Take]) -> Result<(), TakeError> {
        let mut plan: Vec<(Option<usize>, usize, Option<Choice>)> = Vec::new();
        {
            let doubts = self.numbered_doubts();
            let mut places = std::collections::HashMap::<Option<usize>, usize>::new();
            let placed: Vec<(Option<usize>, usize)> = doubts
                .iter()
                .map(|d| {
                    let next = places.entry(d.task).or_default();
                    *next += 1;
                    (d.task, *next - 1)
                })
                .collect();
            for take in takes {
                let at = take.doubt.wrapping_sub(1);
                let found = doubts.get(at).ok_or(TakeError::NoDoubt(take.doubt, doubts.len()))?;
                let choices = &found.doubt.choices;
                let choice = match take.choice {
                    0 => None,
                    n => Some(
                        choices.get(n - 1).ok_or(TakeError::NoChoice(take.doubt, choices.len()))?.clone(),
                    ),
                };
                plan.push((placed[at].0, placed[at].1, choice));
            }
        }
        // From the last to the first, so that places of what is still to be settled stay true.
        plan.sort_by_key(|(task, doubt, _)| std::cmp::Reverse((*task, *doubt)));
        plan.dedup_by_key(|(task, doubt, _)| (*task, *doubt));
        let mut dropped = Vec::new();
        for (task, doubt, choice) in plan {
            match task.and_then(|at| self.tasks.get_mut(at)) {
                Some(draft) => {
                    if choice == Some(Choice::Drop) {
                        dropped.extend(task);
                    }
                    draft.settle(doubt, choice);
                }
                None => {
                    self.doubts.remove(doubt);
                }
            }
        }
        let mut at = 0;
        self.tasks.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
        Ok(())
    }
}

impl DraftTask {
    fn settle(&mut self, doubt: usize, choice: Option<Choice>) {
        let settled = self.doubts.remove(doubt);
        let Some(choice) = choice else { return };
        let mut open: Vec<&mut Vec<Choice>> = self.doubts.iter_mut().map(|d| &mut d.choices).collect();
        choice.settle_dates(&mut self.due, &mut open);
        // A date that was added stands where the doubt about it stands.
        for due in self.due.iter_mut().filter(|due| due.quote.is_empty()) {
            let line = settled.line;
            let printed = settled.kind.values().into_iter().find(|(name, _)| *name == "printed");
            due.quote = printed.map(|(_, words)| words).unwrap_or_default();
            due.span = Span { first_line: line, last_line: line, ..self.span };
        }
        match choice {
            Choice::Months(months) => self.months = months,
            Choice::Requires(requires) => self.requires = requires,
            Choice::Scope(scope) => self.scope = words_of(&scope),
            _ => {}
        }
    }
}

/// Whom a task is for in the words that documents use; none for everyone.
fn words_of(scope: &Scope) -> Option<String> {
    let kind = |kind: &SchoolKind| match kind {
        SchoolKind::Public => "công lập",
        SchoolKind::Private => "tư thục",
        SchoolKind::Independent => "độc lập",
    };
    match scope {
        Scope::All | Scope::Schools(_) => None,
        Scope::Kinds(kinds) => Some(kinds.iter().map(kind).collect::<Vec<_>>().join(", ")),
        Scope::Clusters(names) | Scope::Wards(names) => Some(names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use NaiveDate;

    use super::*;
    use crate::import::DoubtKind;

    fn draft() -> Directive {
        let text = "Số: 12/VHXH\nSuối Ngàn, ngày 05 tháng 10 năm 2026\n\n1. Gửi báo cáo về Phòng trước ngày 17/10/2026.\n\
                    2. Gửi danh sách về Phòng trước ngày 20/10/2026.\n";
        let mut draft = crate::import::read(text.as_bytes()).unwrap();
        draft.doubts.clear();
        let doubt = |choices| Doubt { choices, ..Doubt::new(4, DoubtKind::RowJoined) };
        let day = NaiveDate::from_ymd_opt(2026, 10, 16).unwrap();
        draft.tasks[0].doubts =
            vec![doubt(vec![Choice::Date { due: 0, date: day }]), doubt(vec![Choice::NoDate { due: 0 }])];
        draft.tasks[1].doubts = vec![doubt(vec![Choice::Drop])];
        draft.doubts = vec![doubt(vec![])];
        draft
    }

    fn take(doubt: usize, choice: usize) -> Take {
        Take { doubt, choice }
    }

    #[test]
    fn doubts_are_settled_by_the_numbers_that_the_page_shows() {
        let mut settled = draft();
        assert_eq!(settled.numbered_doubts().len(), 4);
        settled.settle(&[take(1, 1), take(3, 1), take(4, 0)]).unwrap();
        assert_eq!(settled.tasks.len(), 1, "the second task was dropped");
        assert_eq!(settled.tasks[0].due[0].date, NaiveDate::from_ymd_opt(2026, 10, 16).unwrap());
        assert_eq!((settled.tasks[0].doubts.len(), settled.doubts.len()), (1, 0));
    }

    #[test]
    fn a_date_that_is_added_keeps_the_words_that_were_printed() {
        let text =
            "Số: 12/VHXH\nSuối Ngàn, ngày 05 tháng 10 năm 2026\n\n1. Gửi biểu về Phòng trước ngày 31/11.\n";
        let mut draft = crate::import::read(text.as_bytes()).unwrap();
        draft.settle(&[take(1, 1)]).unwrap();
        let due = &draft.tasks[0].due[0];
        let said = (due.date.to_string(), due.quote.as_str(), due.span.first_line);
        assert_eq!(said, ("2026-11-30".to_owned(), "trước ngày 31/11", 4));
    }

    #[test]
    fn what_is_not_there_cannot_be_taken_and_nothing_is_settled() {
        let mut untouched = draft();
        assert_eq!(untouched.settle(&[take(1, 1), take(9, 1)]), Err(TakeError::NoDoubt(9, 4)));
        assert_eq!(untouched.settle(&[take(1, 2)]), Err(TakeError::NoChoice(1, 1)));
        assert_eq!(untouched, draft());
    }
}
