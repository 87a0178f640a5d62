//! A directive that replaces, corrects or extends another: what is proposed for the tasks of the earlier one, and done on one press.

use chrono::{Datelike, NaiveDate};
use i18n_embed_fl::fl;
use serde_json::json;

use super::AppError;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Amendment, Directive, DirectiveLine, DirectiveReply, DirectiveState, Earlier, Member, Reply, Task,
    TaskState,
};
use crate::import::{Act, Directive as Reading, Relation};
use crate::vietnamese::{day_at, document_key, tokens};

impl Work<'_> {
    /// What the document of a draft does to directives in the archive.
    pub(super) async fn earlier(
        &mut self,
        directive: &Directive,
        tasks: &[Task],
    ) -> Result<Vec<Earlier>, AppError> {
        let reading = self.session.directive_reading(directive.id).await?;
        let Some(reading) = reading.and_then(|r| serde_json::from_value::<Reading>(r).ok()) else {
            return Ok(vec![]);
        };
        let mut all: Vec<Earlier> = Vec::new();
        for relation in &reading.relations {
            let Some(old) = self.meant_by(relation, directive).await? else { continue };
            if all.iter().any(|e| e.directive.id == old.id) {
                continue;
            }
            let live = self.live_tasks(old.id).await?;
            let live: Vec<&Task> =
                live.iter().filter(|t| matches!(t.state, TaskState::Planned | TaskState::Posted)).collect();
            let amendment = amendment(relation.act);
            let moves = if amendment.ends() { vec![] } else { moves(tasks, &live) };
            let codes = live.iter().map(|t| t.code()).collect();
            all.push(Earlier { directive: DirectiveLine::of(&old, codes), amendment, moves });
        }
        Ok(all)
    }

    /// The directive of the archive that a document names.
    async fn meant_by(
        &mut self,
        relation: &Relation,
        own: &Directive,
    ) -> Result<Option<Directive>, AppError> {
        let key = document_key(&relation.number);
        let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
        let Ok(figures) = digits.parse() else { return Ok(None) };
        let mut known = self.session.directives_by_figures(self.office(), figures).await?;
        known.retain(|d| d.id != own.id && d.number_key == key && d.state == DirectiveState::Active);
        // Numbers begin anew each year; within it a slip in the day changes nothing.
        let far = |d: &Directive| match (d.issued_on, relation.issued_on) {
            (Some(known), Some(said)) if known.year() == said.year() => Some(known != said),
            (Some(_), Some(_)) => None,
            _ => Some(false),
        };
        Ok(known.into_iter().filter_map(|d| Some((far(&d)?, d))).min_by_key(|(far, _)| *far).map(|(_, d)| d))
    }

    /// Does what is proposed for the earlier directive at a place (from 0), or for all of them; the schools are told once.
    pub(super) async fn supersede(
        &mut self,
        by: &Member,
        mut directive: Directive,
        place: Option<usize>,
    ) -> Result<Reply, AppError> {
        if directive.state != DirectiveState::Draft {
            return self.known(&directive).await;
        }
        let tasks = self.live_tasks(directive.id).await?;
        let earlier = self.earlier(&directive, &tasks).await?;
        let (mut withdrawn, mut moved) = (vec![], vec![]);
        for (_, earlier) in earlier.iter().enumerate().filter(|(at, _)| place.is_none_or(|p| p == *at)) {
            if earlier.amendment.ends() {
                self.withdraw_directive(by, &directive, earlier).await?;
                withdrawn.extend(earlier.directive.codes.clone());
            } else {
                self.move_deadlines(by, &directive, earlier).await?;
                moved.extend(earlier.moves.iter().map(|(_, old)| format!("V{old}")));
            }
        }
        let done = !withdrawn.is_empty() || !moved.is_empty();
        if done && self.live_tasks(directive.id).await?.is_empty() {
            // All that it says is now in the earlier tasks.
            directive.state = DirectiveState::Active;
            self.session.update_directive(&directive).await?;
            let directive = DirectiveLine::of(&directive, vec![]);
            return Ok(Reply::Directive(DirectiveReply::Superseded { directive, withdrawn, moved }));
        }
        self.draft_of(&directive).await
    }

    async fn withdraw_directive(
        &mut self,
        by: &Member,
        new: &Directive,
        earlier: &Earlier,
    ) -> Result<(), AppError> {
        let tasks = self.live_tasks(earlier.directive.id).await?;
        let out: Vec<Task> = tasks.iter().filter(|t| t.state == TaskState::Posted).cloned().collect();
        for group in self.snapshot.groups.clone() {
            let own: Vec<&Task> =
                out.iter().filter(|t| self.groups_of(t).iter().any(|g| g.id == group.id)).collect();
            if own.is_empty() {
                continue;
            }
            let old =
                DirectiveLine { codes: own.iter().map(|t| t.code()).collect(), ..earlier.directive.clone() };
            let withdrawn = DirectiveReply::Withdrawn {
                directive: old,
                by: DirectiveLine::of(new, vec![]),
                repealed: earlier.amendment == Amendment::Repeals,
            };
            let manner = Manner {
                about: About { tasks: own.iter().map(|t| t.id).collect(), ..About::default() },
                key: Some(format!("withdrawn/{}/{}", earlier.directive.id, group.id)),
                ..Manner::default()
            };
            self.reply(&group.chat, &Reply::Directive(withdrawn), manner).await?;
        }
        for mut task in tasks {
            task.state = TaskState::Retired;
            self.session.update_task(&task).await?;
            self.snapshot.tasks_mut().retain(|t| t.id != task.id);
        }
        if let Some(mut old) = self.session.directive(earlier.directive.id).await? {
            old.state = DirectiveState::Replaced;
            self.session.update_directive(&old).await?;
        }
        let detail = json!({ "directive": earlier.directive.id, "by": new.id });
        self.audit(Some(by.id), "directive.withdrawn", detail).await
    }

    /// The earlier tasks take over the deadlines, and with them the new sources; the drafts that said so are no more.
    async fn move_deadlines(
        &mut self,
        by: &Member,
        new: &Directive,
        earlier: &Earlier,
    ) -> Result<(), AppError> {
        let voice = self.voice();
        let title = voice.directive_title(&DirectiveLine::of(new, vec![]));
        let why = fl!(voice.words(), "directive-why", directive = title);
        for (new_code, old_code) in &earlier.moves {
            let office = self.office();
            let drafted = self.session.task_by_code(office, *new_code).await?;
            let old = self.session.task_by_code(office, *old_code).await?;
            let (Some(mut drafted), Some(old)) = (drafted, old) else { continue };
            let Some(due) = Self::last_due(&drafted) else { continue };
            let id = old.id;
            self.move_due(by, old, due, why.clone()).await?;
            if let Some(mut moved) = self.own_task(id).await? {
                moved.sources.extend(drafted.sources.clone());
                self.session.update_task(&moved).await?;
                if let Some(known) = self.snapshot.tasks_mut().iter_mut().find(|t| t.id == id) {
                    *known = moved;
                }
            }
            drafted.state = TaskState::Merged;
            self.session.update_task(&drafted).await?;
        }
        Ok(())
    }
}

fn amendment(act: Act) -> Amendment {
    match act {
        Act::Replace => Amendment::Replaces,
        Act::Repeal => Amendment::Repeals,
        Act::Correct => Amendment::Corrects,
        Act::Adjust => Amendment::Adjusts,
        Act::Supplement => Amendment::Supplements,
        Act::Extend => Amendment::Extends,
    }
}

/// The one of these tasks that is so; nothing when several are.
fn only<'a, 't>(live: &'a [&'t Task], is: impl Fn(&Task) -> bool) -> Option<&'a &'t Task> {
    let mut found = live.iter().filter(|old| is(old));
    found.next().filter(|_| found.next().is_none())
}

/// "đã ghi … ngày 23/10; nay sửa thành … ngày 30/10": the words of the new task name the day on which the old one is due.
fn is_due_on_a_day_of(new: &Task, old: &Task) -> bool {
    let tokens = tokens(&new.text);
    let named = |day: NaiveDate| {
        let own = new.deadlines().iter().any(|due| due.date == day);
        !own && (0..tokens.len()).any(|at| {
            day_at(&new.text, &tokens, at)
                .is_some_and(|(said, _)| !said.weak && (said.day, said.month) == (day.day(), day.month()))
        })
    };
    old.deadlines().last().is_some_and(|due| named(due.date))
}

/// Which drafted task moves which earlier one, by their codes: those with the same words; the only one whose old day it names, or
/// which it names; the only one of each in any words.
fn moves(tasks: &[Task], live: &[&Task]) -> Vec<(u32, u32)> {
    let dated: Vec<&Task> =
        tasks.iter().filter(|t| t.state == TaskState::Draft && !t.deadlines().is_empty()).collect();
    if let ([new], [old]) = (dated.as_slice(), live) {
        return vec![(new.code, old.code)];
    }
    let old_of = |new: &&Task| {
        let same = live.iter().find(|old| super::alike::has_same_words(new, old));
        same.or_else(|| only(live, |old| is_due_on_a_day_of(new, old)))
            .or_else(|| only(live, |old| super::alike::is_named_in(new, old)))
    };
    dated.iter().filter_map(|new| Some((new.code, old_of(new)?.code))).collect()
}
