//! Orders: one arm a command, each a line to the verb that does it.

use serde_json::json;

use super::AppError;
use super::extend::Decision;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::domain::{
    Address, CommandProblem, DirectiveReply, HelpLine, Month, Reply, ScheduleId, Task, TaskId, TaskState,
};
use crate::planner::{Audience as PostAudience, Planned, Post, month_key};
use crate::understand::{
    Audience, Command, CommandFault, FormOrder, Publish, Whose, audience_of, command, command_names,
};

impl Work<'_> {
    /// Follows a message that is an order. Whether it was one.
    pub(super) async fn order(&mut self, message: &Message) -> Result<bool, AppError> {
        let bound = self.bind(message).await?;
        let drafts = if message.member.directs() {
            self.session.tasks_of(self.office(), &[TaskState::Draft]).await?
        } else {
            vec![]
        };
        let private = message.group.is_none();
        let parsed = self.with_context(message, &bound, &drafts, |c| command(&message.text, private, c));
        match parsed {
            None => return Ok(false),
            Some(Ok(Command::Answer { act })) if message.edited => self.act(message, &bound, act).await?,
            Some(_) if message.edited => self.leave_edited_order(message).await?,
            Some(Err(CommandFault { command: Some(name), .. })) if !self.may(message, name) => {
                self.fault(message, CommandProblem::NotAllowed, "").await?;
            }
            Some(Err(CommandFault { command, problem })) => {
                self.fault(message, problem, command.unwrap_or_default()).await?;
            }
            Some(Ok(order)) if !self.may(message, order.name()) => {
                self.fault(message, CommandProblem::NotAllowed, "").await?;
            }
            Some(Ok(order)) => self.follow(message, order).await?,
        }
        Ok(true)
    }

    fn may(&self, message: &Message, name: &str) -> bool {
        match audience_of(name) {
            Some(Audience::Office) => message.member.directs(),
            Some(Audience::School) => !message.member.schools().is_empty(),
            Some(Audience::Anyone) => true,
            None => false,
        }
    }

    async fn follow(&mut self, message: &Message, order: Command) -> Result<(), AppError> {
        let by = message.member.clone();
        let reply = match order {
            Command::Give(give) => self.give(&by, give).await?,
            Command::Publish(what) => self.publish(message, what).await?,
            Command::Edit { task, changes } => {
                let mut reply = Reply::Nothing;
                for change in changes {
                    reply = self.edit(&by, task, change).await?;
                }
                reply
            }
            Command::Drop { task } => match self.own_task(task).await? {
                Some(task) => self.drop_task(&by, task).await?,
                None => Reply::Nothing,
            },
            Command::DropSchedule => match self.newest_schedule().await? {
                Some(schedule) => self.discard(&by, schedule).await?,
                None => Reply::Directive(DirectiveReply::NoDraft { given: String::new() }),
            },
            Command::DropDirective { figures } => match self.draft_with(figures).await? {
                Ok(directive) => self.drop_directive(&by, directive).await?,
                Err(none) => none,
            },
            Command::ShowDirective { figures } => match self.draft_with(figures).await? {
                Ok(directive) => self.show_draft(message, directive).await?,
                Err(none) => none,
            },
            Command::Recast { figures, schedule } => match self.draft_with(figures).await? {
                Ok(directive) => self.recast(&by, directive, schedule).await?,
                Err(none) => none,
            },
            Command::Supersede { figures } => match self.draft_with(figures).await? {
                Ok(directive) => self.supersede(&by, directive, None).await?,
                Err(none) => none,
            },
            Command::ShowTask { task } => match self.own_task(task).await? {
                Some(task) => self.show_item(&task).await?,
                None => Reply::Nothing,
            },
            Command::Choose { task, doubt, choice } => match self.own_task(task).await? {
                Some(task) => self.settle(&by, task, doubt, choice).await?,
                None => Reply::Nothing,
            },
            Command::Merge { task, into, whose } => {
                match (self.own_task(task).await?, self.own_task(into).await?) {
                    (Some(task), Some(into)) => self.merge(&by, task, into, whose).await?,
                    _ => Reply::Nothing,
                }
            }
            Command::Restore { code } => self.restore_code(&by, code).await?,
            Command::AskOfficers { task, words } => match self.own_task(task).await? {
                Some(task) => self.ask_officers(message, &task, words).await?,
                None => Reply::Nothing,
            },
            Command::Archive(lookup) => return self.look_up(message, lookup).await,
            Command::Standing { task: None } => self.overview(),
            Command::Standing { task: Some(task) } => match self.own_task(task).await? {
                Some(task) => self.standing_of(&task),
                None => Reply::Nothing,
            },
            Command::Remind { task } => match self.own_task(task).await? {
                Some(task) if task.is_open() => self.remind_now(&by, &task).await?,
                Some(task) => self.no_such_task(&task),
                None => Reply::Nothing,
            },
            Command::Extend { task, whose, day, time, reason } => {
                let due = crate::domain::Due::before(day, time);
                let until =
                    due.moment(self.snapshot.office.zone, self.snapshot.office.settings.deadline_hour);
                match (self.own_task(task).await?, whose) {
                    (Some(task), Some(Whose::Schools(schools))) => {
                        for school in schools {
                            let reply = self.extend(&by, &task, school, until, reason.clone()).await?;
                            self.reply_to_order(message, &reply).await?;
                        }
                        return Ok(());
                    }
                    (Some(task), Some(asking)) => {
                        let decision = Decision::Grant(Some(until));
                        let replies = self.decide_for(&by, task.id, &asking, decision).await?;
                        return self.reply_all(message, &replies).await;
                    }
                    (Some(task), None) => self.move_due(&by, task, due, reason).await?,
                    (None, _) => Reply::Nothing,
                }
            }
            Command::Grant { task, whose, until } => {
                let office = &self.snapshot.office;
                let until = until.map(|(day, time)| {
                    crate::domain::Due::before(day, time).moment(office.zone, office.settings.deadline_hour)
                });
                let replies = self.decide_for(&by, task, &whose, Decision::Grant(until)).await?;
                return self.reply_all(message, &replies).await;
            }
            Command::Refuse { task, whose, words } => {
                let replies = self.decide_for(&by, task, &whose, Decision::Refuse(words)).await?;
                return self.reply_all(message, &replies).await;
            }
            Command::Revoke { task, school } => self.revoke(&by, task, school).await?,
            Command::Exempt { task, school, reason } => match self.own_task(task).await? {
                Some(task) => self.exempt(&by, &task, school, reason).await?,
                None => Reply::Nothing,
            },
            Command::Table { task } => match self.own_task(task).await? {
                Some(task) => return self.send_table(message, &task).await,
                None => Reply::Nothing,
            },
            Command::Return { task, school, reason } => {
                return self.give_back(message, task, school, reason).await;
            }
            Command::Words(order) => self.words(&by, order).await?,
            Command::Record { act } => return self.record_for_school(message, act).await,
            Command::Schools { query } => self.find_schools(query.as_deref().unwrap_or_default()),
            Command::MonthPlan { month } => {
                let this = Month::of(self.now.with_timezone(&self.snapshot.office.zone).date_naive());
                self.month_plan(month.unwrap_or(this)).await?
            }
            Command::MakeCode { .. }
            | Command::MakeCodes
            | Command::LinkAccount
            | Command::Forms(FormOrder::Page { .. })
                if message.group.is_some() && self.private_chat(&by, None).is_none() =>
            {
                // Whoever reads a code or a link can use it.
                let bot = self.app.platforms.get(&message.place.chat.platform).map(|p| p.name());
                Reply::PrivateOnly { bot: bot.unwrap_or_default() }
            }
            Command::Forms(order) => self.forms(&by, order).await?,
            Command::MakeCode { role } => self.make_code(&by, role, &message.place.chat).await?,
            Command::MakeCodes => self.make_codes(&by, &message.place.chat).await?,
            Command::FirstSteps => Reply::FirstSteps(self.first_steps(&message.place.chat).await?),
            Command::RegisterTemplate => return self.send_template(message).await,
            Command::FormLink { task } => return self.give_link(message, task).await,
            Command::Broadcast { words } => return self.propose_broadcast(message, words).await,
            Command::Paste { text } => return self.read_paste(message, &text).await,
            Command::CopyOut { task } => {
                let task = match task {
                    Some(task) => self.own_task(task).await?,
                    None => None,
                };
                self.copy_out(task.as_ref())
            }
            Command::Away { school, said } => return self.go_on_leave(message, school, said).await,
            Command::Back { school } => return self.come_back(message, school, None).await,
            Command::Approve { who } => self.decide_join_by_name(&by, &who, true).await?,
            Command::Retire { who } => return self.ask_to_retire(message, &who).await,
            Command::Decline { who } => self.decide_join_by_name(&by, &who, false).await?,
            Command::DayOff { day, reason } => self.set_day(&by, day, &reason, false).await?,
            Command::WorkDay { day, reason } => self.set_day(&by, day, &reason, true).await?,
            Command::SchoolOpen { school, day, opens } => {
                self.set_school_open(&by, school, day, opens).await?
            }
            Command::Settings { change } => self.set(&by, change, &message.place.chat).await?,
            Command::BindGroup { scope } if message.group.is_none() => {
                self.make_group_code(&by, &scope).await?
            }
            Command::BindGroup { scope } => self.rebind_group(message, &scope).await?,
            Command::BindGroupBy { .. } => match &message.group {
                Some(group) => self.bound_reply(group).await?,
                None => self.make_group_code(&by, &crate::domain::Scope::All).await?,
            },
            Command::LinkAccount => self.make_account_code(&by).await?,
            Command::MyTasks => return self.show_mine(message).await,
            Command::Answer { act } => {
                let bound = self.bind(message).await?;
                return self.act(message, &bound, act).await;
            }
            Command::Join(join) => return self.join_more(message, join).await,
            Command::Cancel => self.cancel(message).await?,
            Command::Help { command } => return self.help(message, command).await,
        };
        self.reply_to_order(message, &reply).await
    }

    /// An officer's business is not the group's: it is answered privately where that is possible.
    pub(super) async fn reply_to_order(&mut self, message: &Message, reply: &Reply) -> Result<(), AppError> {
        let chat = message.place.chat.clone();
        let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
        self.reply_privately(&message.member.clone(), &chat, reply, manner).await?;
        Ok(())
    }

    /// A task of this office, drafts included.
    pub(super) async fn own_task(&mut self, id: TaskId) -> Result<Option<Task>, AppError> {
        Ok(self.session.task(id).await?.filter(|t| t.office == self.office()))
    }

    pub(super) fn no_such_task(&self, task: &Task) -> Reply {
        let open =
            self.snapshot.tasks.iter().filter(|t| t.is_open() && t.wants_answer()).map(Task::code).collect();
        let none = || CommandProblem::NoSuchTask { given: task.code(), open };
        let fault = withdrawn(task).unwrap_or_else(none);
        Reply::CommandFault { address: Address::Either, fault, example: String::new() }
    }

    /// The task has no form with fields.
    pub(super) fn no_form(&self, by: &crate::domain::Member, task: &Task) -> Reply {
        let fault = CommandProblem::NoForm { code: task.code() };
        let example = self.voice().command_example("bieu");
        Reply::CommandFault { address: Address::of(&by.name), fault, example }
    }

    async fn publish(&mut self, message: &Message, what: Publish) -> Result<Reply, AppError> {
        let by = message.member.clone();
        match what {
            Publish::Task(task) => match self.own_task(task).await? {
                Some(task) => self.publish_checked(&by, task, false).await,
                None => Ok(Reply::Nothing),
            },
            Publish::Anyway(task) => match self.own_task(task).await? {
                Some(task) => self.publish_checked(&by, task, true).await,
                None => Ok(Reply::Nothing),
            },
            Publish::Directive { figures, by_month, anyway } => match self.draft_with(figures).await? {
                Ok(directive) => self.post_directive(&by, directive, by_month, anyway).await,
                Err(none) => Ok(none),
            },
            Publish::Latest => self.publish_latest(&by).await,
            Publish::Schedule => self.publish_schedule(&by).await,
            Publish::Month(month) => self.publish_month(&by, month).await,
        }
    }

    /// The newest of what waits: a task handed out by hand, a directive, a schedule.
    async fn publish_latest(&mut self, by: &crate::domain::Member) -> Result<Reply, AppError> {
        let drafts = self.session.tasks_of(self.office(), &[TaskState::Draft]).await?;
        let by_hand = drafts.into_iter().filter(|t| t.schedule.is_none() && t.directive.is_none());
        let task = by_hand.max_by_key(|t| t.code);
        let directive = self.draft_with(None).await?.ok();
        match (task, directive) {
            // Ids are in the order of time.
            (Some(task), Some(directive)) if task.id.to_string() < directive.id.to_string() => {
                self.post_directive(by, directive, false, false).await
            }
            (Some(task), _) => self.publish_checked(by, task, false).await,
            (None, Some(directive)) => self.post_directive(by, directive, false, false).await,
            (None, None) => self.publish_schedule(by).await,
        }
    }

    async fn newest_schedule(&mut self) -> Result<Option<ScheduleId>, AppError> {
        let schedules = self.session.schedules_of(self.office(), None).await?;
        let drafts = schedules.into_iter().filter(|s| s.state == crate::domain::ScheduleState::Draft);
        Ok(drafts.map(|s| s.id).max())
    }

    async fn publish_schedule(&mut self, by: &crate::domain::Member) -> Result<Reply, AppError> {
        match self.newest_schedule().await? {
            Some(schedule) => self.agree(by, schedule, false).await,
            None => Ok(Reply::CommandFault {
                address: Address::of(&by.name),
                fault: CommandProblem::Missing { part: "task".into() },
                example: self.voice().command_example("dang"),
            }),
        }
    }

    /// The post of a month now instead of on its day; it is not posted again then.
    async fn publish_month(&mut self, by: &crate::domain::Member, month: Month) -> Result<Reply, AppError> {
        let of_month = |t: &&Task| t.months.contains(&month);
        let mut tasks: Vec<Task> = self.snapshot.tasks.iter().filter(of_month).cloned().collect();
        tasks.sort_by_key(|t| t.code);
        if tasks.is_empty() {
            return Ok(Reply::MonthPlan { month, tasks: vec![], on: None, doubts: vec![], drafted: vec![] });
        }
        let mut out = 0;
        for group in self.snapshot.groups.clone() {
            let own = |t: &&Task| self.groups_of(t).iter().any(|g| g.id == group.id);
            let tasks: Vec<TaskId> = tasks.iter().filter(own).map(|t| t.id).collect();
            let key = month_key(group.id, month);
            if tasks.is_empty() || self.session.is_posted(self.office(), &key).await? {
                continue;
            }
            let post = Post::Month { month, tasks };
            let planned = Planned { key, to: PostAudience::Group(group.id), post, send_before: None };
            self.record_planned(&planned).await?;
            out += 1;
        }
        if out == 0 {
            return self.month_plan(month).await;
        }
        self.audit(Some(by.id), "month.published", json!({ "month": month })).await?;
        let tasks = tasks.iter().map(|t| self.line(t)).collect();
        Ok(Reply::MonthPlan { month, tasks, on: None, doubts: vec![], drafted: vec![] })
    }

    async fn reply_all(&mut self, message: &Message, replies: &[Reply]) -> Result<(), AppError> {
        for reply in replies {
            self.reply_to_order(message, reply).await?;
        }
        Ok(())
    }

    async fn cancel(&mut self, message: &Message) -> Result<Reply, AppError> {
        let bound = self.bind(message).await?;
        if let Some(waiting) = bound.waiting.first() {
            self.session.close_question(waiting.question).await?;
        }
        Ok(Reply::Ignored)
    }

    /// Says what is wrong with a command, with an example of `example` to copy. Of a code whose task was withdrawn that is said.
    pub(super) async fn fault(
        &mut self,
        message: &Message,
        fault: CommandProblem,
        example: &str,
    ) -> Result<(), AppError> {
        let withdrawn = match &fault {
            CommandProblem::NoSuchTask { given, .. } => self.withdrawn_task(given).await?,
            _ => None,
        };
        let example = if withdrawn.is_some() { "" } else { example };
        let fault = withdrawn.unwrap_or(fault);
        let example = if example.is_empty() { String::new() } else { self.voice().command_example(example) };
        let reply = Reply::CommandFault { address: Address::of(&message.member.name), fault, example };
        self.reply_to_order(message, &reply).await
    }

    /// What is to be said of a code, if its task was out and withdrawn.
    async fn withdrawn_task(&mut self, given: &str) -> Result<Option<CommandProblem>, AppError> {
        let number = given.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>();
        let Ok(number) = number else { return Ok(None) };
        let task = self.session.task_by_code(self.office(), number).await?;
        Ok(task.as_ref().and_then(withdrawn))
    }

    /// The commands that this person may use, or one of them with its example.
    pub(super) async fn help(&mut self, message: &Message, of: Option<String>) -> Result<(), AppError> {
        let known = command_names().find(|c| of.as_deref() == Some(c.name));
        let commands = match known {
            Some(command) => vec![HelpLine { command: command.name.to_owned(), full: true }],
            None => {
                let mine = command_names().filter(|c| self.may(message, c.name));
                mine.map(|c| HelpLine { command: c.name.to_owned(), full: false }).collect()
            }
        };
        let pick = self.app.picked_as(&message.place.chat).filter(|_| of.is_none());
        self.reply_to_order(message, &Reply::Help { commands, stranger: false, pick }).await
    }
}

/// A task that was out and was withdrawn, as an answer to who asks for it.
fn withdrawn(task: &Task) -> Option<CommandProblem> {
    const TITLE: usize = 60;
    let out = task.state == TaskState::Retired && task.posted_at.is_some();
    out.then(|| CommandProblem::Withdrawn { code: task.code(), title: task.title(TITLE) })
}
