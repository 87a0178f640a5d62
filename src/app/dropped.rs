//! "Bỏ số trên" said of what was never stored: the question about it is dropped, and what had been given before counts on.

use chrono::{DateTime, Utc};

use super::AppError;
use super::awaited::Waiting;
use super::bind::Bound;
use super::message::Message;
use super::record::fields_of;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Confirmation, ConfirmationLevel, Reply, Standing};
use crate::understand::{Act, Binding};

impl Work<'_> {
    /// Drops the newest question about figures when it came after all that this person has given, and says what counts. Whether there
    /// was one.
    pub(super) async fn drop_asked(
        &mut self,
        message: &Message,
        bound: &Bound,
        act: &Act,
    ) -> Result<bool, AppError> {
        let named = match act.task {
            Binding::Code(task) => Some(task),
            _ => None,
        };
        let own = |waiting: &&Waiting| {
            let (task, school) = waiting.awaited.about();
            waiting.awaited.holds_values()
                && task.is_some()
                && school.is_some()
                && named.is_none_or(|t| Some(t) == task)
        };
        let newest = bound.waiting.iter().filter(own).max_by_key(|w| w.asked_at);
        let Some(waiting) = newest.filter(|w| self.last_effect(message).is_none_or(|at| at < w.asked_at))
        else {
            return Ok(false);
        };
        let (Some(task), Some(school)) = waiting.awaited.about() else { return Ok(false) };
        let Some(task) = self.snapshot.task(task).cloned() else { return Ok(false) };
        self.session.close_question(waiting.question).await?;
        let given = self.standing(task.id, school).submission.map(|s| s.values).unwrap_or_default();
        let fields = fields_of(&task, &given);
        let values = fields.iter().filter_map(|f| Some((f.clone(), given.get(&f.key)?.clone()))).collect();
        let reply = Reply::Withdrawn { school: self.school_name(school), code: task.code(), values };
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let manner = Manner { about, reply_to: Some(message.place.id.clone()), ..Manner::default() };
        let (member, chat) = (message.member.clone(), message.place.chat.clone());
        self.reply_privately(&member, &chat, &reply, manner).await?;
        Ok(true)
    }

    /// When a word of this person last changed what counts.
    fn last_effect(&self, message: &Message) -> Option<DateTime<Utc>> {
        let by = message.member.id;
        let schools = message.member.schools();
        let tasks = self.snapshot.tasks.iter().filter(|t| t.is_open());
        let standings =
            tasks.flat_map(|t| schools.iter().filter_map(|s| self.snapshot.standings.get(t.id, *s)));
        let moment = |standing: &Standing| {
            let given = standing.submission.as_ref().filter(|s| s.by == by).map(|s| s.at);
            let done = |c: &&Confirmation| c.by == by && c.level == ConfirmationLevel::Done;
            given.max(standing.confirmation.as_ref().filter(done).map(|c| c.at))
        };
        standings.filter_map(moment).max()
    }
}
