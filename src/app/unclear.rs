//! What no question settles: words that stay unclear, words about nothing known, a slip without its right figure.

use super::AppError;
use super::awaited::Waiting;
use super::bind::Bound;
use super::message::Message;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Address, Asking, CheckReply, Field, Reply, SchoolId, Task, TaskId};
use crate::understand::{Act, Asked, Unclear};

impl Work<'_> {
    /// What is still unclear after one question goes to a person, and the one who said it hears so; the question goes on waiting.
    pub(super) async fn still_unclear(
        &mut self,
        message: &Message,
        act: &Act,
        school: Option<SchoolId>,
        waiting: &Waiting,
    ) -> Result<(), AppError> {
        let words = message.text.clone();
        let code = act.task.task().and_then(|t| self.snapshot.task(t)).map(Task::code);
        let school_name = school.map(|s| self.school_name(s)).unwrap_or_default();
        let about = About { school, ..About::default() };
        self.tell_specialists(&Reply::Asked { school: school_name, code, words: words.clone() }, &about)
            .await?;
        let address = Address::of(&message.member.name);
        let reply = Reply::Check(CheckReply::StillUnclear { address, words });
        let carrying = Message { attachments: waiting.carried.clone(), ..message.clone() };
        self.ask_privately(&carrying, &reply, waiting.awaited.clone(), about).await
    }

    /// Nothing tells what a word is about: in private it is asked which task is meant, among people it is talk.
    pub(super) async fn at_a_loss(
        &mut self,
        message: &Message,
        bound: &Bound,
        act: Act,
    ) -> Result<(), AppError> {
        if !message.is_addressed() {
            return Ok(());
        }
        let own = message.member.schools();
        let open = self.open_tasks(&own, false);
        let owed: Vec<TaskId> = open.iter().filter(|o| o.owed).map(|o| o.task.id).collect();
        let tasks = if owed.is_empty() { open.iter().map(|o| o.task.id).collect() } else { owed };
        if act.task.task().is_some() || tasks.is_empty() {
            return self.help(message, None).await;
        }
        let doubt = Unclear::WhichTask(tasks);
        let doubts = std::iter::once(doubt.clone()).chain(act.doubts.iter().cloned()).collect();
        Box::pin(self.ask(message, bound, Act { doubts, ..act }, doubt)).await
    }

    /// Asks for the figure that is right, of who owns that the one asked about is a slip.
    pub(super) async fn ask_anew(&mut self, message: &Message, asked: Asked) -> Result<(), AppError> {
        let Asked::Odd { task, school, fields, mut given, .. } = asked else { return Ok(()) };
        let Some(task) = self.snapshot.task(task).cloned() else { return Ok(()) };
        let slips = |f: &&Field| fields.is_empty() || fields.contains(&f.key);
        let wrong: Vec<Field> = task.form.fields.iter().filter(slips).cloned().collect();
        let keys: Vec<String> = wrong.iter().map(|f| f.key.clone()).collect();
        given.retain(|key, _| !keys.contains(key));
        let what = Asking::Anew { code: task.code(), fields: wrong };
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        let reply = Reply::Ask { address: Address::of(&message.member.name), what };
        let asked = Asked::Fields { task: task.id, school, fields: keys, given };
        self.ask_privately(message, &reply, asked, about).await
    }
}
