//! A person looks at a draft task by task: settles doubts, merges, asks a colleague.

use chrono::{Days, NaiveDate};
use i18n_embed_fl::fl;
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Choice, DirectiveLine, DirectiveReply, Doubt, DoubtKind, DraftItem, Due, DueRole, Fairness, Member,
    MergedDue, Month, Recur, Reply, SchoolYear, Task, TaskId, TaskLine, TaskState, WhichDue, repeats,
};

/// Working days that a task whose deadline is over is offered instead.
const ANOTHER_WEEK: usize = 5;

impl Work<'_> {
    /// All that is open about a task: what the reader doubted, then what is unfair about its deadline now.
    pub(super) fn unsettled(&self, task: &Task) -> Vec<Doubt> {
        let mut doubts = task.doubts.clone();
        doubts.extend(self.unfair(task));
        doubts
    }

    /// What is unfair about a task's last deadline (S13), with days that would be fairer.
    fn unfair(&self, task: &Task) -> Vec<Doubt> {
        let last = Self::last_due(task);
        let place = task.due.iter().rposition(|d| d.role == DueRole::Deadline && Some(d) == last.as_ref());
        let (Some(last), Some(due)) = (last, place) else { return vec![] };
        if last.recur.is_some() {
            return vec![];
        }
        let today = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let day = |date: NaiveDate| Choice::Date { due, date };
        let offered = |fairness: &Fairness| match fairness {
            Fairness::Past { .. } => vec![day(self.working_day(today, ANOTHER_WEEK)), Choice::NoDate { due }],
            Fairness::DayOff { date } => {
                let before = self.working_day_before(*date).filter(|before| *before > today);
                let after = self.working_day(*date, 1);
                before.into_iter().chain([after]).map(day).collect()
            }
            Fairness::ShortNotice { .. } => vec![day(self.working_day(today.max(last.date), 1))],
            Fairness::OverTet { .. } => vec![day(self.working_day(last.date, ANOTHER_WEEK))],
            Fairness::SameDay { .. } => vec![day(self.working_day(last.date, 1))],
        };
        let doubt = |fairness: Fairness| Doubt {
            place: None,
            choices: offered(&fairness),
            kind: DoubtKind::Unfair(fairness),
        };
        // That it is over is said once, and with something to choose.
        let offers = |d: &Doubt| d.is_past() && !d.choices.is_empty();
        // So is that it falls on a day off, which the reader may have seen already.
        let day_off = |d: &Doubt| matches!(&d.kind, DoubtKind::Reading { key, .. } if key == "doubt-day-off");
        let of_last = |d: &Doubt| {
            day_off(d) && d.choices.iter().any(|c| matches!(c, Choice::Date { due: of, .. } if *of == due))
        };
        let is_said = |f: &Fairness| match f {
            Fairness::Past { .. } => task.doubts.iter().any(offers),
            Fairness::DayOff { .. } => task.doubts.iter().any(of_last),
            _ => false,
        };
        self.fairness(task).into_iter().filter(|f| !is_said(f)).map(doubt).collect()
    }

    /// The working day that is so many working days after a day.
    fn working_day(&self, from: NaiveDate, count: usize) -> NaiveDate {
        let working = |d: &NaiveDate| self.snapshot.calendar.is_working(*d);
        from.iter_days().skip(1).take(90).filter(working).nth(count.saturating_sub(1)).unwrap_or(from)
    }

    fn working_day_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        (1..30)
            .filter_map(|n| day.checked_sub_days(Days::new(n)))
            .find(|d| self.snapshot.calendar.is_working(*d))
    }

    /// One task of a draft, with its neighbours there.
    pub(super) async fn item(&mut self, task: &Task) -> Result<DraftItem, AppError> {
        let siblings = match task.directive {
            Some(directive) => self.live_tasks(directive).await?,
            None => vec![task.clone()],
        };
        let at = siblings.iter().position(|t| t.id == task.id).unwrap_or_default();
        let named = |t: &Task| (t.id, t.code());
        Ok(DraftItem {
            task: self.line(task),
            schools: self.progress(task).expected.len(),
            sources: task.sources.clone(),
            doubts: if task.is_open() { vec![] } else { self.unsettled(task) },
            directive: task.directive,
            draft: task.state == TaskState::Draft,
            place: at + 1,
            of: siblings.len(),
            before: at.checked_sub(1).and_then(|i| siblings.get(i)).map(named),
            after: siblings.get(at + 1).map(named),
        })
    }

    /// The same as a reply.
    pub(super) async fn show_item(&mut self, task: &Task) -> Result<Reply, AppError> {
        Ok(Reply::Directive(DirectiveReply::Item(Box::new(self.item(task).await?))))
    }

    /// The task of a directive that a person should look at first: with something open, else the first.
    pub(super) async fn first_item(
        &mut self,
        directive: crate::domain::DirectiveId,
    ) -> Result<Option<Task>, AppError> {
        let tasks = self.live_tasks(directive).await?;
        let open = tasks.iter().find(|t| !self.unsettled(t).is_empty()).or(tasks.first());
        Ok(open.cloned())
    }

    /// Settles the doubt `number` (from 1): by its choice `choice` (from 1), or as it was read.
    pub(super) async fn settle(
        &mut self,
        by: &Member,
        mut task: Task,
        number: usize,
        choice: Option<usize>,
    ) -> Result<Reply, AppError> {
        if !matches!(task.state, TaskState::Draft | TaskState::Planned) {
            return self.show_item(&task).await;
        }
        let open = self.unsettled(&task);
        let at = number.wrapping_sub(1);
        let taken = choice.and_then(|c| open.get(at)?.choices.get(c.wrapping_sub(1)));
        let stored = at < task.doubts.len();
        match (taken, choice) {
            (Some(Choice::Drop), _) => return self.drop_task(by, task).await,
            // It is about a date that the task has no more: nothing can be taken.
            (Some(taken), _) if !taken.fits(task.due.len()) => return self.show_item(&task).await,
            (Some(Choice::Repeat { due, every, dates, until }), _) => {
                if stored {
                    task.doubts.remove(at);
                }
                let (due, every, dates, until) = (*due, *every, dates.clone(), *until);
                self.repeat(&task, due, &dates, |last| repeats(due, last, every, until)).await?;
            }
            (Some(taken), _) => {
                if stored {
                    task.doubts.remove(at);
                }
                task.choose(taken);
                if let Choice::Recur { due, recur } = taken {
                    task.doubts.extend(self.following(&task, *due, *recur));
                }
            }
            // No such choice: the task is shown again with those that there are.
            (None, Some(_)) => return self.show_item(&task).await,
            (None, None) => {
                if !task.keep(at) {
                    return self.show_item(&task).await;
                }
            }
        }
        self.session.update_task(&task).await?;
        if let Some(known) = self.snapshot.tasks_mut().iter_mut().find(|t| t.id == task.id) {
            *known = task.clone();
        }
        let detail = json!({ "task": task.id, "doubt": number, "choice": choice });
        self.audit(Some(by.id), "doubt.settled", detail).await?;
        self.show_item(&task).await
    }

    /// What a date that a person says comes again offers: its next times in this school year.
    fn following(&self, task: &Task, due: usize, every: Recur) -> Option<Doubt> {
        let date = task.due.get(due)?.date;
        repeats(due, date, every, super::roll::last_working_day(SchoolYear::of(date)))
    }

    /// Tasks like this one for other days. What follows the last of them is offered with it.
    async fn repeat(
        &mut self,
        task: &Task,
        due: usize,
        dates: &[NaiveDate],
        following: impl Fn(NaiveDate) -> Option<Doubt>,
    ) -> Result<(), AppError> {
        for date in dates {
            let mut again = Task { id: self.id(), doubts: vec![], moved: None, ..task.clone() };
            again.code = self.session.next_code(self.office()).await?;
            again.choose(&Choice::Date { due, date: *date });
            again.months = vec![Month::of(*date)];
            if Some(date) == dates.last() {
                again.doubts.extend(following(*date));
            }
            self.session.insert_task(&again).await?;
            if again.state == TaskState::Planned {
                self.snapshot.tasks_mut().push(again);
            }
        }
        Ok(())
    }

    /// Makes one task of two; what is out already keeps its code and stays as the schools know it. Where they name different
    /// deadlines a person says first which of them holds.
    pub(super) async fn merge(
        &mut self,
        by: &Member,
        task: Task,
        into: Task,
        whose: Option<MergedDue>,
    ) -> Result<Reply, AppError> {
        let (mut gone, mut kept) = if task.is_open() { (into, task) } else { (task, into) };
        if gone.is_open() {
            return Ok(Reply::Published { code: gone.code(), groups: 0, schools: 0, again: true });
        }
        for retired in [&gone, &kept] {
            if !retired.state.is_live() {
                return Ok(self.no_such_task(retired));
            }
        }
        let differ = kept.names_other_deadlines(&gone);
        let both = whose == Some(MergedDue::Both);
        let whose = match whose.filter(|_| !(both && kept.is_open())) {
            Some(whose) => whose,
            None if differ => return Ok(which_due(&gone, &kept)),
            None => MergedDue::Both,
        };
        let other_due = Self::last_due(&gone).filter(|due| {
            kept.is_open() && !differ && !Self::last_due(&kept).is_some_and(|own| own.is_same_moment(due))
        });
        kept.merge(gone.clone(), whose);
        gone.state = TaskState::Merged;
        for changed in [&gone, &kept] {
            self.session.update_task(changed).await?;
        }
        self.snapshot.tasks_mut().retain(|t| t.id != gone.id);
        if let Some(known) = self.snapshot.tasks_mut().iter_mut().find(|t| t.id == kept.id) {
            *known = kept.clone();
        }
        self.audit(Some(by.id), "task.merged", json!({ "task": gone.id, "into": kept.id })).await?;
        let moved = Self::last_due(&gone).filter(|_| kept.is_open() && differ && whose == MergedDue::New);
        if let Some(due) = moved {
            self.move_to_merged(by, &gone, kept.clone(), due).await?;
            kept = self.own_task(kept.id).await?.unwrap_or(kept);
        }
        let into = TaskLine { count: None, ..self.line(&kept) };
        Ok(Reply::Directive(DirectiveReply::Merged { code: gone.code(), into, other_due }))
    }

    /// What is out takes over the deadline of the task that it took in; the groups hear why.
    async fn move_to_merged(
        &mut self,
        by: &Member,
        gone: &Task,
        kept: Task,
        due: Due,
    ) -> Result<(), AppError> {
        let directive = match gone.directive {
            Some(id) => self.session.directive(id).await?,
            None => None,
        };
        let voice = self.voice();
        let why = directive.map_or_else(String::new, |directive| {
            let title = voice.directive_title(&DirectiveLine::of(&directive, vec![]));
            fl!(voice.words(), "directive-why", directive = title)
        });
        self.move_due(by, kept, due, why).await?;
        Ok(())
    }

    /// The two tasks with these codes made one: `2 1`, or `2 1 new` with whose deadline holds.
    pub(super) async fn merge_codes(&mut self, by: &Member, codes: &str) -> Result<Reply, AppError> {
        let mut parts = codes.split(' ');
        let mut number = || parts.next().and_then(|n| n.parse::<u32>().ok());
        let (Some(gone), Some(into)) = (number(), number()) else { return Ok(Reply::Nothing) };
        let whose = match parts.next() {
            Some("new") => Some(MergedDue::New),
            Some("old") => Some(MergedDue::Old),
            Some("both") => Some(MergedDue::Both),
            _ => None,
        };
        let office = self.office();
        let gone = self.session.task_by_code(office, gone).await?;
        let into = self.session.task_by_code(office, into).await?;
        match (gone, into) {
            (Some(gone), Some(into)) if gone.id != into.id => self.merge(by, gone, into, whose).await,
            _ => Ok(Reply::Nothing),
        }
    }

    /// Asks the other officers about a task: they see it as its drafter does, and any of them can settle it.
    pub(super) async fn ask_officers(
        &mut self,
        message: &Message,
        task: &Task,
        words: String,
    ) -> Result<Reply, AppError> {
        let by = &message.member;
        let others = self.snapshot.members.iter().filter(|m| m.directs() && m.id != by.id);
        let others: Vec<(String, _)> =
            others.filter_map(|m| Some((m.name.clone(), self.private_chat(m, None)?))).collect();
        let item = Box::new(self.item(task).await?);
        let asked = Reply::Directive(DirectiveReply::Asked { by: by.name.clone(), words, item });
        let about = About { tasks: vec![task.id], ..About::default() };
        for (_, chat) in &others {
            self.reply(chat, &asked, Manner { about: about.clone(), ..Manner::default() }).await?;
        }
        let to = others.into_iter().map(|(name, _)| name).collect();
        Ok(Reply::Directive(DirectiveReply::PassedOn { code: task.code(), to }))
    }

    /// The task with this id as a button names it.
    pub(super) async fn task_named(&mut self, id: &str) -> Result<Option<Task>, AppError> {
        match id.parse::<TaskId>() {
            Ok(id) => self.own_task(id).await,
            Err(_) => Ok(None),
        }
    }
}

/// Asks which deadline holds when these two become one.
fn which_due(gone: &Task, kept: &Task) -> Reply {
    let deadlines = |task: &Task| task.deadlines().into_iter().cloned().collect();
    Reply::Directive(DirectiveReply::WhichDue(Box::new(WhichDue {
        gone: gone.code,
        kept: kept.code,
        title: kept.title(60),
        new: deadlines(gone),
        old: deadlines(kept),
        out: kept.is_open(),
        directive: gone.directive,
    })))
}
