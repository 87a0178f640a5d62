//! A press of a button: what the button means, for the person who pressed it.

use chrono::{DateTime, Utc};

use super::AppError;
use super::issue::DIRECTIVE_VERBS;
use super::message::Message;
use super::work::Work;
use crate::chat::Deed;
use crate::domain::{
    Address, CommandProblem, ConfirmationLevel, Group, Id, Member, MessageRef, Reply, SchoolId, Task,
    TaskState, UserRef,
};
use crate::understand::{Asked, Binding, Intent};
use crate::wording::answer;

/// Buttons for officers only.
const OFFICERS_VERBS: &[&str] =
    &["grant", "refuse", "publish", "drop", "agree", "discard", "admit", "reject"];

/// A press of a member.
#[derive(Debug, Clone)]
pub(super) struct Press {
    /// Who.
    pub(super) member: Member,
    /// Under which message.
    pub(super) place: MessageRef,
    /// The group, when it is in one.
    pub(super) group: Option<Group>,
    /// The button's action: a word and perhaps an id.
    pub(super) action: String,
    /// By which the press is answered.
    pub(super) press: String,
    /// When.
    pub(super) at: DateTime<Utc>,
    /// The account.
    pub(super) user: UserRef,
}

impl Press {
    /// As a message of the same person in the same place: verbs take both.
    fn as_message(&self) -> Message {
        Message {
            member: self.member.clone(),
            place: self.place.clone(),
            group: self.group.clone(),
            text: String::new(),
            quote: None,
            attachments: vec![],
            edited: false,
            at: self.at,
            user: self.user.clone(),
            topic: None,
        }
    }
}

impl Work<'_> {
    /// Does what a button means. The press itself is always answered, so that its spinner ends.
    pub(super) async fn press(&mut self, press: Press) -> Result<(), AppError> {
        let (verb, id) = press.action.split_once(' ').unwrap_or((press.action.as_str(), ""));
        let message = press.as_message();
        let directs = press.member.directs();
        let said = match verb {
            "received" => self.press_received(&message, id).await?,
            "done" => self.press_done(&message, id).await?,
            "mine" => return self.press_mine(&message, &press.press).await,
            "grant" | "refuse" if directs => self.press_decide(&message, id, verb == "grant").await?,
            "publish" | "drop" if directs => self.press_task(&message, id, verb == "publish").await?,
            "agree" | "discard" if directs => self.press_schedule(&message, id, verb == "agree").await?,
            "admit" | "reject" if directs => self.press_join(&message, id, verb == "admit").await?,
            "count" | "uncount" => self.press_pending(&message, verb == "count").await?,
            "task" | "school" | "yes" | "no" => self.press_answer(&message, verb, id).await?,
            verb if DIRECTIVE_VERBS.contains(&verb) && directs => {
                self.press_directive(&message, verb, id).await?
            }
            verb if OFFICERS_VERBS.contains(&verb) || DIRECTIVE_VERBS.contains(&verb) => {
                let fault = CommandProblem::NotAllowed;
                Reply::CommandFault {
                    address: Address::of(&press.member.name),
                    fault,
                    example: String::new(),
                }
            }
            _ => Reply::Expired,
        };
        self.answer_press(&message, &press.press, &said).await
    }

    async fn answer_press(&mut self, message: &Message, press: &str, said: &Reply) -> Result<(), AppError> {
        let words = answer(self.voice(), said).text.words();
        // Telegram shows at most 200 characters of an answer to a press.
        let text = words.chars().take(200).collect();
        self.deed(&message.place.chat.clone(), Deed::AnswerPress { press: press.to_owned(), text }).await
    }

    /// "Đã nhận" under a month's post or a task's.
    async fn press_received(&mut self, message: &Message, id: &str) -> Result<Reply, AppError> {
        let tasks = match id.parse() {
            Ok(id) => vec![id],
            Err(_) => self.tasks_under(message).await?,
        };
        self.press_confirm(message, &tasks, ConfirmationLevel::Received).await
    }

    async fn press_done(&mut self, message: &Message, id: &str) -> Result<Reply, AppError> {
        let Ok(id) = id.parse() else { return Ok(Reply::Nothing) };
        self.press_confirm(message, &[id], ConfirmationLevel::Done).await
    }

    async fn press_confirm(
        &mut self,
        message: &Message,
        tasks: &[crate::domain::TaskId],
        level: ConfirmationLevel,
    ) -> Result<Reply, AppError> {
        let schools: Vec<SchoolId> = message.member.schools();
        let tasks: Vec<Task> =
            tasks.iter().filter_map(|t| self.snapshot.task(*t)).filter(|t| t.is_open()).cloned().collect();
        let mut named = Vec::new();
        for school in &schools {
            let Some(own) = self.school(*school).cloned() else { continue };
            for task in tasks.iter().filter(|t| t.scope.holds(&own)) {
                self.confirm_task(message, task, *school, level).await?;
            }
            named.push(own.short_name);
        }
        if named.is_empty() {
            return Ok(Reply::Nothing);
        }
        let codes = if let [only] = tasks.as_slice() { vec![only.code()] } else { vec![] };
        let done = level == ConfirmationLevel::Done;
        Ok(Reply::Recorded { school: named.join(", "), codes, done, on_behalf: false })
    }

    /// The tasks of all parts of the month's post under which a button was pressed.
    async fn tasks_under(&mut self, message: &Message) -> Result<Vec<crate::domain::TaskId>, AppError> {
        let Some(said) = self.session.row_of_message(&message.place.chat, &message.place.id).await? else {
            return Ok(vec![]);
        };
        if said.office != Some(self.office()) {
            return Ok(vec![]);
        }
        match (said.about.month, &message.group) {
            (Some(month), Some(group)) => {
                let parts = self.snapshot.boards.iter().filter(|b| b.group == group.id && b.month == month);
                Ok(parts.flat_map(|b| b.shown.iter().map(|(task, _)| *task)).collect())
            }
            _ => Ok(said.about.tasks),
        }
    }

    /// "Việc của trường tôi": privately, or as much of it as the answer to a press holds.
    async fn press_mine(&mut self, message: &Message, press: &str) -> Result<(), AppError> {
        let replies = self.my_tasks(&message.member);
        let private = self.private_chat(&message.member, Some(&message.place.chat));
        let mut said = replies.first().cloned().unwrap_or(Reply::Nothing);
        if let Some(chat) = private.filter(|_| !replies.is_empty()) {
            said = Reply::SentPrivately;
            for reply in &replies {
                self.reply(&chat, reply, super::speak::Manner::default()).await?;
            }
        }
        self.answer_press(message, press, &said).await
    }

    async fn press_task(&mut self, message: &Message, id: &str, publish: bool) -> Result<Reply, AppError> {
        let task = match id.parse() {
            Ok(id) => self.session.task(id).await?,
            Err(_) => None,
        };
        let Some(task) = task.filter(|t| t.office == self.office()) else { return Ok(Reply::Nothing) };
        let reply = if publish {
            self.publish_checked(&message.member, task, false).await?
        } else if task.state == TaskState::Draft {
            self.drop_task(&message.member, task).await?
        } else {
            return Ok(Reply::Published { code: task.code(), groups: 0, schools: 0, again: true });
        };
        self.reword_pressed(message, &reply).await?;
        Ok(reply)
    }

    /// The message with the buttons says what became of it.
    pub(super) async fn reword_pressed(&mut self, message: &Message, reply: &Reply) -> Result<(), AppError> {
        match self.session.row_of_message(&message.place.chat, &message.place.id).await? {
            Some(said) if said.office == Some(self.office()) => {
                self.reword(&message.place.chat.clone(), said.id, reply).await
            }
            Some(_) => Ok(()),
            // Pressed before we had written down that it was out: it cannot be edited, and its answer is not lost.
            None => {
                self.reply(&message.place.chat.clone(), reply, super::speak::Manner::default()).await?;
                Ok(())
            }
        }
    }

    /// A button under a question: as if its answer had been typed.
    async fn press_answer(&mut self, message: &Message, verb: &str, id: &str) -> Result<Reply, AppError> {
        let said = self.session.row_of_message(&message.place.chat, &message.place.id).await?;
        let Some(question) = said.and_then(|s| s.about.question) else { return Ok(Reply::Expired) };
        let Some(question) = self.session.question(question).await? else { return Ok(Reply::Expired) };
        let own = question.user == message.user && question.office == Some(self.office());
        let Ok(asked) = serde_json::from_value::<Asked>(question.body) else { return Ok(Reply::Expired) };
        if !own {
            return Ok(Reply::Expired);
        }
        let act = match (verb, asked) {
            ("task", Asked::WhichTask { act, tasks }) => {
                let task = id.parse::<Id<_>>().ok().filter(|t| tasks.contains(t));
                task.map(|task| crate::understand::Act { task: Binding::Answer(task), ..*act })
            }
            ("school", Asked::WhichSchool { act, schools }) => {
                let school = id.parse::<usize>().ok().and_then(|i| schools.get(i).copied());
                school.map(|school| crate::understand::Act { school: Some(school), ..*act })
            }
            ("yes", Asked::Confirm { act }) => Some(*act),
            ("yes", asked @ Asked::Odd { .. }) => {
                self.session.close_question(question.id).await?;
                self.keep_odd(message, asked, String::new()).await?;
                return Ok(Reply::Nothing);
            }
            _ => None,
        };
        let bound = super::bind::Bound { carried: self.carried(question.id).await?, ..Default::default() };
        self.session.close_question(question.id).await?;
        if let Some(act) = act {
            let refused = matches!(act.intent, Intent::Refused);
            let own = act.school.is_none_or(|s| message.member.schools().contains(&s));
            if !refused && !own && message.member.directs() {
                self.record_for_school(message, act).await?;
            } else if !refused {
                self.act(message, &bound, act).await?;
            }
        }
        Ok(if verb == "no" { Reply::Ignored } else { Reply::Nothing })
    }
}
