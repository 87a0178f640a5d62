//! What a school says of its tasks.

use serde_json::json;

use super::AppError;
use super::awaited::{Answer, Awaited, Said, Waiting};
use super::bind::Bound;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::{About, Reaction};
use crate::domain::{CheckReply, Confirmation, ConfirmationLevel, Reply, SchoolId, Task, TaskId};
use crate::understand::{
    Act, Asked, Binding, By, Intent, Overheard, Unclear, agreement, as_last_time, overheard, read,
    says_not_yet,
};

impl Work<'_> {
    /// Reads a message and does what it says.
    pub(super) async fn answer(&mut self, message: &Message) -> Result<(), AppError> {
        let bound = self.bind(message).await?;
        if message.member.schools().is_empty() {
            return self.officer_talk(message, &bound).await;
        }
        match self.find_answer(message, &bound).await? {
            Answer::Unclear => return Ok(()),
            Answer::To(waiting, Said::Right(reason)) => {
                let Awaited::Asked(asked) = waiting.awaited else { return Ok(()) };
                return self.keep_odd(message, asked, reason).await;
            }
            Answer::To(waiting, Said::Slip) => {
                let Awaited::Asked(asked) = waiting.awaited else { return Ok(()) };
                return self.ask_anew(message, asked).await;
            }
            Answer::To(waiting, Said::Acts(acts)) => {
                let bound = answering(bound, *waiting);
                for act in acts {
                    self.act(message, &bound, act).await?;
                }
                return Ok(());
            }
            Answer::None => {}
        }
        let reading = self.with_context(message, &bound, &[], |context| read(&message.text, context));
        for act in reading.acts {
            self.close_outdated(&bound, &act).await?;
            self.act(message, &bound, act).await?;
        }
        Ok(())
    }

    /// A new word closes what it makes idle: questions about the same thing, and, when it gives something, those that asked what
    /// an earlier message was about.
    async fn close_outdated(&mut self, bound: &Bound, act: &Act) -> Result<(), AppError> {
        let says = !matches!(act.intent, Intent::Chitchat | Intent::Question | Intent::Unknown);
        for waiting in bound.waiting.iter().filter(|_| says) {
            let (task, school) = waiting.awaited.about();
            let same =
                task.is_some() && task == act.task.task() && (school == act.school || act.school.is_none());
            // Which task was meant is settled by the word about one of them.
            let offered = matches!(&waiting.awaited, Awaited::Asked(Asked::WhichTask { tasks, .. })
                if act.task.task().is_some_and(|t| tasks.contains(&t)) && matches!(act.task, Binding::Code(_)));
            let general = task.is_none() && act.given().is_some_and(|g| !g.is_empty()) || offered;
            let own = matches!(waiting.awaited, Awaited::Asked(_));
            // "Đang rà lại, mai em gửi" gives no figure: the ones that were asked about still wait for theirs.
            let figures = waiting.awaited.asks_values() && act.given().is_none();
            if own && !figures && (same && act.is_certain() || general) {
                self.session.close_question(waiting.question).await?;
            }
        }
        Ok(())
    }

    /// An officer who orders nothing: talk among people in a group; in private a greeting, thanks, "ok", or a slip, which
    /// is answered with the commands.
    async fn officer_talk(&mut self, message: &Message, bound: &Bound) -> Result<(), AppError> {
        if message.group.is_some() {
            return Ok(());
        }
        match self.find_answer(message, bound).await? {
            Answer::To(_, Said::Acts(acts)) => {
                if let [act] = acts.as_slice()
                    && act.school.is_some()
                    && act.given().is_some()
                {
                    // What was asked about an answer that is recorded for a school.
                    return self.record_for_school(message, act.clone()).await;
                }
                return Ok(());
            }
            Answer::To(waiting, Said::Right(reason)) => {
                let Awaited::Asked(asked) = waiting.awaited else { return Ok(()) };
                return self.keep_odd(message, asked, reason).await;
            }
            Answer::To(waiting, Said::Slip) => {
                let Awaited::Asked(asked) = waiting.awaited else { return Ok(()) };
                return self.ask_anew(message, asked).await;
            }
            Answer::Unclear => return Ok(()),
            Answer::None => {}
        }
        let reading = self.with_context(message, bound, &[], |context| read(&message.text, context));
        let polite = |act: &Act| {
            !act.named && matches!(act.intent, Intent::Chitchat | Intent::Confirm(_) | Intent::Refused)
        };
        if reading.acts.iter().all(polite) { Ok(()) } else { self.help(message, None).await }
    }

    /// One school's word about one task.
    pub(super) async fn act(&mut self, message: &Message, bound: &Bound, act: Act) -> Result<(), AppError> {
        match &act.intent {
            Intent::Refused if bound.asked.is_some() => {
                // What was guessed is dropped; what is missing is still asked for.
                if let (Some(task), Some(school)) = (act.task.task(), act.school)
                    && let Some(task) = self.snapshot.task(task).cloned()
                {
                    self.keep_gaps(message, &task, school).await?;
                }
                return self.mark_or_say(message, &Reply::Ignored).await;
            }
            // "Trừ V23 ra" answers no question, and yet is about a task.
            Intent::Chitchat if matches!(act.task, Binding::Code(_)) && message.is_addressed() => {
                self.ask_again(message, bound).await?;
                return Ok(());
            }
            Intent::Chitchat | Intent::Refused => return Ok(()),
            Intent::Unknown if message.is_addressed() => return self.not_understood(message, bound).await,
            Intent::Unknown => return Ok(()),
            Intent::Question => return self.pass_on_question(message, &act).await,
            // "Dạ vâng ạ" to a colleague is said to the colleague.
            Intent::Confirm(level)
                if message.quote.as_ref().is_some_and(|q| !q.of_bot)
                    && bound.quoted.is_empty()
                    && bound.quoted_own.is_none()
                    && (act.task.task().is_none()
                        || *level != ConfirmationLevel::Done
                            && matches!(act.task, Binding::OnlyOpen(_) | Binding::Due(_))) =>
            {
                return Ok(());
            }
            _ => {}
        }
        let with_files = message.with_files_of(bound, &act);
        let message = with_files.as_ref().unwrap_or(message);
        if act.intent == Intent::Withdraw {
            if self.drop_asked(message, bound, &act).await? {
                return Ok(());
            }
            return self.withdraw_last(message, &act).await;
        }
        match self.overheard(message, bound, &act).await? {
            Overheard::Answer => {}
            Overheard::Talk => return Ok(()),
            Overheard::Perhaps => {
                let task = act.task.task().and_then(|t| self.snapshot.task(t)).cloned();
                if let (Some(school), Some(task), Some(given), []) =
                    (act.school, task, act.given().cloned(), &act.doubts[..])
                {
                    return self.ask_if_right(message, act, &task, school, &given.values).await;
                }
            }
        }
        if let Some(doubt) = act.doubts.first().cloned() {
            return self.ask(message, bound, act, doubt).await;
        }
        let Some(school) = act.school else { return self.act_for_all(message, bound, act).await };
        let task = act.task.task().and_then(|t| self.snapshot.task(t)).cloned();
        // "Mai mới họp, chưa họp": what was said to be done is not.
        if matches!(act.intent, Intent::Promise { .. } | Intent::Extension { .. })
            && says_not_yet(&message.text)
            && let Some(task) = task.as_ref().filter(|_| is_named(&act.task))
            && self.standing(task.id, school).submission.is_none_or(|s| !s.complete)
        {
            self.reopen(message, school, task).await?;
        }
        // "Như lần trước, chỉ béo phì 5": the old figures are offered under the new ones.
        if let (Some(given), Some(task)) = (act.given(), &task)
            && given.by == By::Labels
            && as_last_time(&message.text)
            && self.lacks(task, school, given)
        {
            return self.ask(message, bound, act.clone(), Unclear::SameAsLast).await;
        }
        match (act.intent.clone(), task) {
            (Intent::Confirm(level), task) => self.confirm(message, bound, &act, school, task, level).await,
            (Intent::Submit(given), Some(task)) => self.submit(message, school, &task, given, false).await,
            (Intent::Correct(given), Some(task)) => self.submit(message, school, &task, given, true).await,
            (Intent::Extension { until: Some(until), reason }, Some(task)) => {
                self.ask_extension(message, school, &task, &until, reason).await
            }
            (Intent::Promise { until }, _) => self.promise(message, school, &act.task, until).await,
            (Intent::Unable { reason, not_concerned }, task) => {
                if let Some(task) = task.as_ref().filter(|_| !not_concerned && is_named(&act.task)) {
                    self.reopen(message, school, task).await?;
                }
                self.pass_on_unable(message, school, task, reason).await
            }
            _ => self.at_a_loss(message, bound, act).await,
        }
    }

    /// Whether figures that were said to nobody, in a group that the bot hears whole, are an answer.
    async fn overheard(
        &mut self,
        message: &Message,
        bound: &Bound,
        act: &Act,
    ) -> Result<Overheard, AppError> {
        let guessed = matches!(
            act.task,
            Binding::OnlyOpen(_)
                | Binding::Fields(_)
                | Binding::Topic(_)
                | Binding::Likely(_)
                | Binding::Due(_)
                | Binding::Several(_)
                | Binding::None
        );
        let corrects = message.edited || bound.quoted_own.is_some();
        if message.is_addressed() || !guessed || corrects || !self.hears_all(&message.place.chat).await? {
            return Ok(Overheard::Answer);
        }
        Ok(self.with_context(message, bound, &[], |context| overheard(&message.text, act, context)))
    }

    /// What a person of several schools says without naming one, and that may be meant for all of them: "đã nhận ạ",
    /// "chiều em nộp". Nothing else is: figures without a school are booked nowhere.
    async fn act_for_all(&mut self, message: &Message, bound: &Bound, act: Act) -> Result<(), AppError> {
        if !matches!(act.intent, Intent::Confirm(ConfirmationLevel::Received) | Intent::Promise { .. }) {
            return Ok(());
        }
        for school in message.member.schools() {
            let own = Act { school: Some(school), ..act.clone() };
            Box::pin(self.act(message, bound, own)).await?;
        }
        Ok(())
    }

    /// "Đã nhận", "đã xong". Without a task "đã nhận" is meant for all that is out and unconfirmed.
    async fn confirm(
        &mut self,
        message: &Message,
        bound: &Bound,
        act: &Act,
        school: SchoolId,
        task: Option<Task>,
        level: ConfirmationLevel,
    ) -> Result<(), AppError> {
        let meant: Vec<TaskId> = match (&act.task, &task) {
            (_, Some(task)) => vec![task.id],
            (Binding::Several(tasks), None) => tasks.clone(),
            _ if !bound.quoted.is_empty() => bound.quoted.clone(),
            _ => self.open_tasks(&[school], false).iter().map(|o| o.task.id).collect(),
        };
        let mut tasks: Vec<Task> = Vec::new();
        for id in meant {
            let for_school = |t: &&Task| self.school(school).is_some_and(|s| t.scope.holds(s));
            tasks.extend(self.snapshot.task(id).filter(|t| t.is_open()).filter(for_school).cloned());
        }
        if tasks.is_empty() {
            return Ok(());
        }
        for task in &tasks {
            self.confirm_task(message, task, school, level).await?;
        }
        self.acknowledge(message, school, &tasks, level, task.is_some()).await?;
        let reacts = self.app.capabilities(&message.place.chat.platform).is_some_and(|c| c.react);
        if let (Binding::Topic(_) | Binding::Due(_), Some(task), true) = (&act.task, &task, reacts)
            && level == ConfirmationLevel::Done
        {
            // Nobody named the task by its code: it is read back with it, so that a wrong one is seen.
            let codes = vec![task.code()];
            let reply =
                Reply::Recorded { school: self.school_name(school), codes, done: true, on_behalf: false };
            let (member, chat) = (message.member.clone(), message.place.chat.clone());
            self.reply_privately(&member, &chat, &reply, Manner::default()).await?;
        }
        if let (Some(task), ConfirmationLevel::Done) = (&task, level)
            && !self.standing(task.id, school).is_settled()
            && task.wants_answer()
        {
            // "Nộp rồi" does not carry the figures that the form asks for.
            self.look_for(message, school, task).await?;
        }
        Ok(())
    }

    /// Records one confirmation; a weaker word never takes the place of a stronger one.
    pub(super) async fn confirm_task(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
        level: ConfirmationLevel,
    ) -> Result<(), AppError> {
        let mut standing = self.standing(task.id, school);
        if standing.confirmation.as_ref().is_some_and(|c| c.level >= level) {
            return Ok(());
        }
        standing.confirmation = Some(Confirmation { level, at: message.at, by: message.member.id });
        self.put_standing(task, standing, message.at).await?;
        self.audit(
            Some(message.member.id),
            "task.confirmed",
            json!({ "task": task.id, "school": school, "level": level }),
        )
        .await
    }

    /// A reaction; where there is none, words in private and nothing in a group (rule 2 of the product).
    async fn acknowledge(
        &mut self,
        message: &Message,
        school: SchoolId,
        tasks: &[Task],
        level: ConfirmationLevel,
        one: bool,
    ) -> Result<(), AppError> {
        let reacts = self.app.capabilities(&message.place.chat.platform).is_some_and(|c| c.react);
        if reacts {
            return self.react(&message.place, Reaction::Recorded).await;
        }
        if message.group.is_some() {
            return Ok(());
        }
        let codes = if one { tasks.iter().map(Task::code).collect() } else { vec![] };
        let reply = Reply::Recorded {
            school: self.school_name(school),
            codes,
            done: level == ConfirmationLevel::Done,
            on_behalf: false,
        };
        self.reply(&message.place.chat, &reply, Manner::default()).await?;
        Ok(())
    }

    /// What a person must answer goes to the specialists; talk among colleagues in a group does not.
    async fn pass_on_question(&mut self, message: &Message, act: &Act) -> Result<(), AppError> {
        if !message.is_addressed() {
            return Ok(());
        }
        let school = act.school.or_else(|| message.member.schools().first().copied());
        let code = act.task.task().and_then(|t| self.snapshot.task(t)).map(Task::code);
        let words = message.text.clone();
        let reply =
            Reply::Asked { school: school.map(|s| self.school_name(s)).unwrap_or_default(), code, words };
        let passed_on = Reply::Check(CheckReply::PassedOn {
            code: act.task.task().and_then(|t| self.snapshot.task(t)).map(Task::code),
        });
        self.tell_specialists(&reply, &About { school, ..About::default() }).await?;
        self.mark_or_say(message, &passed_on).await
    }

    /// What is neither read nor an answer: a yes to what was read back is seen, what waits is asked again, else the commands help.
    async fn not_understood(&mut self, message: &Message, bound: &Bound) -> Result<(), AppError> {
        if agreement(&message.text) == Some(true) {
            return self.mark_or_say(message, &Reply::Seen).await;
        }
        if self.ask_again(message, bound).await? {
            return Ok(());
        }
        self.help(message, None).await
    }

    async fn pass_on_unable(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: Option<Task>,
        words: String,
    ) -> Result<(), AppError> {
        let code = task.as_ref().map(Task::code);
        let reply = Reply::Unable { school: self.school_name(school), code, words };
        let about =
            About { tasks: task.iter().map(|t| t.id).collect(), school: Some(school), ..About::default() };
        let passed_on = Reply::Check(CheckReply::PassedOn { code: task.as_ref().map(Task::code) });
        self.tell_specialists(&reply, &about).await?;
        self.mark_or_say(message, &passed_on).await
    }
}

/// Whether the words, the quote or the question name the task: a guess takes nothing back.
fn is_named(binding: &Binding) -> bool {
    matches!(
        binding,
        Binding::Code(_) | Binding::Quote(_) | Binding::Answer(_) | Binding::Topic(_) | Binding::OnlyOpen(_)
    )
}

/// What is known of a message that answers a question.
fn answering(bound: Bound, waiting: Waiting) -> Bound {
    let asked = match waiting.awaited {
        Awaited::Asked(asked) => Some((waiting.question, asked)),
        Awaited::Pending(_) => None,
    };
    Bound { asked, carried: waiting.carried, ..bound }
}
