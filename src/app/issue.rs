//! The draft of a directive goes out, now or with its months, or is dropped.

use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Directive, DirectiveId, DirectiveLine, DirectiveReply, DirectiveState, Doubt, Member, Month, PostWhat,
    Reply, ScheduleId, Task, TaskLine, TaskState,
};

/// Directives among which a draft is looked for.
const RECENT: u32 = 100;

/// What a button about a directive does.
pub(super) const DIRECTIVE_VERBS: &[&str] = &[
    "draft",
    "items",
    "item",
    "take",
    "post",
    "post-seen",
    "post-month",
    "post-month-seen",
    "publish-seen",
    "merge",
    "drop-item",
    "restore",
    "drop-directive",
    "supersede",
    "as-schedule",
    "as-tasks",
];

impl Work<'_> {
    /// Posts the tasks of a directive: now as one post to each group, or each with the post of its month. What is open
    /// about them is shown first; `seen` says that a person has seen it.
    pub(super) async fn post_directive(
        &mut self,
        by: &Member,
        mut directive: Directive,
        by_month: bool,
        seen: bool,
    ) -> Result<Reply, AppError> {
        if let Some(schedule) = directive.schedule {
            return self.agree(by, schedule, seen).await;
        }
        let mut tasks = self.live_tasks(directive.id).await?;
        tasks.retain(|t| t.state == TaskState::Draft);
        let codes: Vec<String> = tasks.iter().map(Task::code).collect();
        if directive.state != DirectiveState::Draft {
            return self.known(&directive).await;
        }
        if tasks.is_empty() {
            return self.file(Some(by.id), directive).await;
        }
        let open: Vec<(String, String, Vec<Doubt>)> =
            tasks.iter().map(|t| (t.code(), t.title(60), self.unsettled(t))).collect();
        if !seen && (open.iter().any(|(_, _, doubts)| !doubts.is_empty()) || !directive.doubts.is_empty()) {
            let mut open = open;
            open.insert(0, (String::new(), String::new(), directive.doubts.clone()));
            return Ok(Reply::Directive(DirectiveReply::Unsettled {
                what: PostWhat::Directive(directive.id),
                directive: Some(DirectiveLine::of(&directive, codes)),
                by_month,
                open,
            }));
        }
        let this = Month::of(self.now.with_timezone(&self.snapshot.office.zone).date_naive());
        let mut months = Vec::new();
        let later = if by_month { Vec::new() } else { later_times(&tasks, this) };
        let mut waiting = Vec::new();
        for task in &mut tasks {
            // A person has seen them and posts it so.
            task.doubts.clear();
            if by_month {
                if task.months.is_empty() {
                    task.months.push(this);
                }
                months.extend(task.months.first().copied());
                task.state = TaskState::Planned;
            } else if later.contains(&task.code) {
                waiting.extend(task.months.first().map(|month| (task.code(), *month)));
                task.state = TaskState::Planned;
            } else {
                // It has had a post of its own and needs none with its month.
                task.months.clear();
                task.state = TaskState::Posted;
                task.posted_at = Some(self.now);
            }
            self.session.update_task(task).await?;
            self.snapshot.tasks_mut().push(task.clone());
        }
        directive.state = DirectiveState::Active;
        self.session.update_directive(&directive).await?;
        let out: Vec<Task> = tasks.iter().filter(|t| t.state == TaskState::Posted).cloned().collect();
        let codes = if by_month { codes } else { out.iter().map(Task::code).collect() };
        let line = DirectiveLine::of(&directive, codes);
        let groups = if by_month { 0 } else { self.post_to_groups(&line, &out).await? };
        let detail = json!({ "directive": directive.id, "by_month": by_month, "doubts_seen": seen });
        self.audit(Some(by.id), "directive.posted", detail).await?;
        let day = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let concerned =
            |s: &&crate::domain::School| s.is_open_on(day) && tasks.iter().any(|t| t.scope.holds(s));
        let schools = self.snapshot.schools.iter().filter(concerned).count();
        months.sort();
        months.dedup();
        Ok(Reply::Directive(DirectiveReply::Published { directive: line, groups, schools, months, waiting }))
    }

    /// One post a group, with those tasks that are for schools of it. In how many groups.
    async fn post_to_groups(&mut self, line: &DirectiveLine, tasks: &[Task]) -> Result<usize, AppError> {
        let mut out = Vec::new();
        for group in self.snapshot.groups.clone() {
            let own = |t: &&Task| self.groups_of(t).iter().any(|g| g.id == group.id);
            let own: Vec<Task> = tasks.iter().filter(own).cloned().collect();
            if own.is_empty() {
                continue;
            }
            let lines = own.iter().map(|t| TaskLine { count: None, ..self.line(t) }).collect();
            let manner = Manner {
                about: About { tasks: own.iter().map(|t| t.id).collect(), ..About::default() },
                key: Some(format!("directive/{}/{}", line.id, group.id)),
                ..Manner::default()
            };
            let posted = DirectiveReply::Posted { directive: line.clone(), tasks: lines };
            self.reply(&group.chat, &Reply::Directive(posted), manner).await?;
            out.push(group);
        }
        self.count_open(&out).await
    }

    /// Posts one task, unless something is open about it that its drafter has not seen.
    pub(super) async fn publish_checked(
        &mut self,
        by: &Member,
        mut task: Task,
        seen: bool,
    ) -> Result<Reply, AppError> {
        if task.state == TaskState::Draft && !seen {
            let mut doubts = self.unsettled(&task);
            if task.directive.is_none() {
                // Its draft has shown all the rest in the very message that is answered.
                doubts.retain(Doubt::is_over);
            }
            if !doubts.is_empty() {
                let open = vec![(task.code(), task.title(60), doubts)];
                let what = PostWhat::Task(task.id);
                let unsettled = DirectiveReply::Unsettled { what, directive: None, by_month: false, open };
                return Ok(Reply::Directive(unsettled));
            }
        }
        if seen {
            task.doubts.clear();
        }
        let directive = task.directive.filter(|_| task.state == TaskState::Draft && task.schedule.is_none());
        let reply = self.publish_task(by, task).await?;
        if let Some(directive) = directive
            && self.live_tasks(directive).await?.iter().all(|t| t.state != TaskState::Draft)
            && let Some(mut all_out) = self.session.directive(directive).await?
        {
            all_out.state = DirectiveState::Active;
            self.session.update_directive(&all_out).await?;
        }
        Ok(reply)
    }

    /// Drops the draft of a directive; it stays in the archive.
    pub(super) async fn drop_directive(
        &mut self,
        by: &Member,
        mut directive: Directive,
    ) -> Result<Reply, AppError> {
        if directive.state != DirectiveState::Draft {
            return self.known(&directive).await;
        }
        if let Some(schedule) = directive.schedule {
            return self.discard(by, schedule).await;
        }
        self.retire_drafts(directive.id).await?;
        directive.state = DirectiveState::Dropped;
        self.session.update_directive(&directive).await?;
        self.audit(Some(by.id), "directive.dropped", json!({ "directive": directive.id })).await?;
        let directive = DirectiveLine::of(&directive, vec![]);
        Ok(Reply::Directive(DirectiveReply::Dropped { directive }))
    }

    /// What became of a schedule became of its directive.
    pub(super) async fn mark_directive_of(
        &mut self,
        schedule: ScheduleId,
        state: DirectiveState,
    ) -> Result<(), AppError> {
        if let Some(mut directive) = self.session.directive_of_schedule(schedule).await? {
            directive.state = state;
            self.session.update_directive(&directive).await?;
        }
        Ok(())
    }

    /// The newest draft, or the one with these figures in its number; the reply that there is none.
    pub(super) async fn draft_with(
        &mut self,
        figures: Option<u32>,
    ) -> Result<Result<Directive, Reply>, AppError> {
        let recent = self.session.directives_of(self.office(), RECENT).await?;
        let meant = |d: &Directive| figures.is_none() || d.figures() == figures;
        let draft = recent.into_iter().find(|d| d.state == DirectiveState::Draft && meant(d));
        let given = figures.map(|f| f.to_string()).unwrap_or_default();
        Ok(draft.ok_or(Reply::Directive(DirectiveReply::NoDraft { given })))
    }

    async fn directive_named(&mut self, id: &str) -> Result<Option<Directive>, AppError> {
        let Ok(id) = id.parse::<DirectiveId>() else { return Ok(None) };
        Ok(self.session.directive(id).await?.filter(|d| d.office == self.office()))
    }

    /// A button under a draft, or under one of its tasks.
    pub(super) async fn press_directive(
        &mut self,
        message: &Message,
        verb: &str,
        id: &str,
    ) -> Result<Reply, AppError> {
        let by = message.member.clone();
        let reply = match verb {
            "merge" => return self.press_merge(message, id).await,
            "item" | "take" | "drop-item" | "restore" | "publish-seen" => {
                let mut parts = id.split(' ');
                let task = self.task_named(parts.next().unwrap_or_default()).await?;
                let Some(task) = task else { return Ok(Reply::Expired) };
                let number =
                    |part: Option<&str>| part.and_then(|n| n.parse::<usize>().ok()).unwrap_or_default();
                match verb {
                    "item" => self.show_item(&task).await?,
                    "publish-seen" => self.publish_checked(&by, task, true).await?,
                    "drop-item" if task.is_open() => self.show_item(&task).await?,
                    "drop-item" => self.drop_item(&by, task).await?,
                    "restore" => self.restore_in_draft(&by, task).await?,
                    _ => {
                        let (doubt, choice) = (number(parts.next()), number(parts.next()));
                        self.settle(&by, task, doubt, Some(choice).filter(|c| *c > 0)).await?
                    }
                }
            }
            _ => {
                let (id, place) = id.split_once(' ').unwrap_or((id, ""));
                let Some(directive) = self.directive_named(id).await? else { return Ok(Reply::Expired) };
                match verb {
                    "post" | "post-seen" => {
                        self.post_directive(&by, directive, false, verb == "post-seen").await?
                    }
                    "post-month" | "post-month-seen" => {
                        self.post_directive(&by, directive, true, verb == "post-month-seen").await?
                    }
                    _ if directive.state != DirectiveState::Draft && verb != "items" => {
                        self.known(&directive).await?
                    }
                    "items" => match self.first_item(directive.id).await? {
                        Some(task) => self.show_item(&task).await?,
                        None => self.known(&directive).await?,
                    },
                    "supersede" => self.supersede(&by, directive, place.parse().ok()).await?,
                    "drop-directive" => self.drop_directive(&by, directive).await?,
                    "as-schedule" | "as-tasks" => self.recast(&by, directive, verb == "as-schedule").await?,
                    _ => self.draft_of(&directive).await?,
                }
            }
        };
        self.reword_pressed(message, &reply).await?;
        Ok(match reply {
            Reply::Directive(DirectiveReply::Item(item)) => Reply::Directive(DirectiveReply::Turned {
                code: item.task.code.clone(),
                place: item.place,
                of: item.of,
            }),
            Reply::Directive(DirectiveReply::Unsettled { open, .. }) => {
                let open = open.iter().map(|(_, _, doubts)| doubts.len()).sum();
                Reply::Directive(DirectiveReply::NotPosted { open })
            }
            Reply::Directive(DirectiveReply::Draft(_)) | Reply::ScheduleRead { .. } => Reply::Nothing,
            other => other,
        })
    }

    /// Under the draft that proposes it: the draft stays, with one task less.
    async fn press_merge(&mut self, message: &Message, codes: &str) -> Result<Reply, AppError> {
        let drafted = codes.split(' ').next().and_then(|c| c.parse().ok());
        let merged = self.merge_codes(&message.member.clone(), codes).await?;
        if matches!(merged, Reply::Directive(DirectiveReply::WhichDue(_))) {
            // The question stands where the draft stood, which comes back with its answer.
            self.reword_pressed(message, &merged).await?;
            return Ok(Reply::Directive(DirectiveReply::WhichDueShown));
        }
        let office = self.office();
        let gone = match drafted {
            Some(code) => self.session.task_by_code(office, code).await?,
            None => None,
        };
        let shown = match gone.and_then(|task| task.directive) {
            Some(directive) => match self.session.directive(directive).await? {
                Some(directive) if directive.state == DirectiveState::Draft => {
                    self.draft_of(&directive).await?
                }
                _ => merged.clone(),
            },
            None => merged.clone(),
        };
        self.reword_pressed(message, &shown).await?;
        Ok(merged)
    }

    /// Drops one task of a draft and shows the next one.
    async fn drop_item(&mut self, by: &Member, task: Task) -> Result<Reply, AppError> {
        let after = self.item(&task).await?.after;
        let directive = task.directive;
        let dropped = self.drop_task(by, task).await?;
        if let Some((next, _)) = after
            && let Some(next) = self.own_task(next).await?
        {
            return self.show_item(&next).await;
        }
        match directive {
            Some(id) => match self.session.directive(id).await? {
                Some(directive) => self.draft_of(&directive).await,
                None => Ok(dropped),
            },
            None => Ok(dropped),
        }
    }
}

/// Codes of tasks that come again in later months: posted now, they would stand beside each other for the rest of the year.
/// The nearest of each is not among them. They are of one sentence of the document, whatever a person made of their words.
fn later_times(tasks: &[Task], this: Month) -> Vec<u32> {
    let source = |task: &Task| task.sources.first().map(|s| s.quote.clone()).unwrap_or_default();
    let month = |task: &Task| task.months.first().copied();
    let mut later = Vec::new();
    for task in tasks.iter().filter(|t| month(t) > Some(this)) {
        let same = tasks.iter().filter(|t| source(t) == source(task));
        let nearest = same.filter_map(|t| Some((month(t)?.max(this), t.code))).min();
        if nearest.is_some_and(|(first, _)| month(task) > Some(first)) {
            later.push(task.code);
        }
    }
    later
}
