//! Which question of the bot a message answers: the one that it quotes, else the one that its words fit.
//!
//! A short yes or no counts only where the question stands, privately, or when it quotes the question: people agree with each other
//! in groups all day. Words that quote somebody else are no answer to the bot.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::AppError;
use super::bind::Bound;
use super::message::Message;
use super::pending::Pending;
use super::speak::Manner;
use super::work::Work;
use crate::chat::Attachment;
use crate::domain::{Address, Asking, Oddity, QuestionId, Reply, SchoolId, TaskId};
use crate::understand::{Act, Asked, By, Reading, agreement, answered, owns_a_slip, says_it_is_right};
use crate::vietnamese::fold;

/// What a question waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Awaited {
    /// What `understand` reads.
    Asked(Asked),
    /// A yes.
    Pending(Pending),
}

impl From<Asked> for Awaited {
    fn from(asked: Asked) -> Self {
        Self::Asked(asked)
    }
}

impl From<Pending> for Awaited {
    fn from(pending: Pending) -> Self {
        Self::Pending(pending)
    }
}

impl Awaited {
    /// The task and school that it is about, as far as they are known.
    pub(super) fn about(&self) -> (Option<TaskId>, Option<SchoolId>) {
        match self {
            Self::Asked(Asked::Fields { task, school, .. } | Asked::Odd { task, school, .. }) => {
                (Some(*task), Some(*school))
            }
            Self::Asked(Asked::Confirm { act } | Asked::UntilWhen { act }) => (act.task.task(), act.school),
            Self::Asked(Asked::WhichTask { act, .. } | Asked::WhichSchool { act, .. }) => (None, act.school),
            Self::Pending(Pending::Found(found)) => (Some(found.task), Some(found.school)),
            Self::Pending(_) => (None, None),
        }
    }

    /// What it is about, in a word: one question waits about each.
    pub(super) fn subject(&self) -> String {
        let (task, school) = self.about();
        match (self, task, school) {
            (Self::Pending(Pending::Paste(_)), ..) => "paste".into(),
            (Self::Pending(Pending::Template(_)), ..) => "template".into(),
            (Self::Pending(Pending::Retire(_)), ..) => "retire".into(),
            (Self::Pending(Pending::StandIn(_)), ..) => "stand-in".into(),
            (Self::Asked(Asked::UntilWhen { .. }), Some(task), Some(school)) => {
                format!("until/{task}/{school}")
            }
            (Self::Asked(Asked::Confirm { act }), Some(task), Some(school)) if act.given().is_none() => {
                format!("done/{task}/{school}")
            }
            (_, Some(task), Some(school)) => values_of(task, school),
            _ => String::new(),
        }
    }

    /// It asks about figures, and has those that were given beside them.
    pub(super) fn asks_values(&self) -> bool {
        match self {
            Self::Asked(Asked::Fields { .. } | Asked::Odd { .. }) => true,
            Self::Asked(Asked::Confirm { act }) => act.given().is_some(),
            _ => false,
        }
    }

    /// It holds figures that were given and are stored nowhere else.
    pub(super) fn holds_values(&self) -> bool {
        match self {
            Self::Asked(Asked::Fields { given, .. } | Asked::Odd { given, .. }) => !given.is_empty(),
            other => other.asks_values(),
        }
    }

    fn takes_yes(&self) -> bool {
        let name = matches!(self, Self::Pending(Pending::StandIn(_)));
        !name && matches!(self, Self::Pending(_) | Self::Asked(Asked::Confirm { .. } | Asked::Odd { .. }))
    }
}

/// The subject of questions about what a school gives for a task.
pub(super) fn values_of(task: TaskId, school: SchoolId) -> String {
    format!("values/{task}/{school}")
}

/// Where a question stands, as seen from a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// The message quotes it, or stands in the same private chat, or is said to the bot where it hears nothing else.
    Here,
    /// In the same group, among talk.
    Amid,
    /// In private, and the message in a group.
    Apart,
}

/// A question that waits.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) question: QuestionId,
    pub(super) awaited: Awaited,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) carried: Vec<Attachment>,
    stands: Stands,
    quoted: bool,
}

/// What a message says to a question.
pub(super) enum Said {
    /// The odd values are right, for this reason.
    Right(String),
    /// They are slips; the right ones have not been said.
    Slip,
    Acts(Vec<Act>),
}

/// The question that a message answers.
pub(super) enum Answer {
    /// None.
    None,
    /// This one.
    To(Box<Waiting>, Said),
    /// Several that it would fit: the person was asked which.
    Unclear,
}

impl Work<'_> {
    /// The questions that a message may answer, the newest first.
    pub(super) async fn waiting(&mut self, message: &Message) -> Result<Vec<Waiting>, AppError> {
        let quoted = match &message.quote {
            Some(quote) if !quote.of_bot => return Ok(vec![]),
            Some(quote) => quote.message.clone(),
            None => None,
        };
        let office = Some(self.office());
        let mut found = Vec::new();
        if let Some(quoted) = quoted {
            let said = self.session.row_of_message(&message.place.chat, &quoted).await?;
            let question = said.filter(|s| s.office == office).and_then(|s| s.about.question);
            let Some(question) = question else { return Ok(vec![]) };
            if let Some(question) = self.session.question(question).await?
                && question.user == message.user
                && question.expires_at >= self.now
            {
                found.push((question, Stands::Here));
            }
        } else {
            let here = message.place.chat.clone();
            let hears_all = self.hears_all(&here).await?;
            for chat in self.chats_of(message) {
                let stands = match (chat == here, message.group.is_some() && hears_all) {
                    (true, false) => Stands::Here,
                    (true, true) => Stands::Amid,
                    (false, _) => Stands::Apart,
                };
                let open = self.session.questions_for(&message.user, &chat, self.now).await?;
                found.extend(open.into_iter().filter(|q| q.office == office).map(|q| (q, stands)));
            }
        }
        let quoted = message.quote.as_ref().is_some_and(|q| q.message.is_some());
        let waiting = |(question, stands): (crate::domain::Question, Stands)| {
            Some(Waiting {
                question: question.id,
                asked_at: question.asked_at,
                awaited: serde_json::from_value(question.body).ok()?,
                carried: serde_json::from_value(question.carried).unwrap_or_default(),
                stands,
                quoted,
            })
        };
        Ok(found.into_iter().filter_map(waiting).collect())
    }

    /// Which of the questions that wait a message answers, and what it says. Where it fits several the person is asked which.
    pub(super) async fn find_answer(&mut self, message: &Message, bound: &Bound) -> Result<Answer, AppError> {
        let mut fits: Vec<(Waiting, Said)> = Vec::new();
        for waiting in &bound.waiting {
            let Awaited::Asked(asked) = &waiting.awaited else { continue };
            if let Some(said) = self.says_to(message, bound, waiting, asked) {
                fits.push((waiting.clone(), said));
            }
        }
        // Of questions that ask what a message is about the newest is meant.
        let mut general = 0;
        fits.retain(|(waiting, _)| {
            general += usize::from(waiting.awaited.subject().is_empty());
            general < 2 || !waiting.awaited.subject().is_empty()
        });
        if fits.is_empty() {
            return Ok(Answer::None);
        }
        if fits.len() > 1 {
            let all: Vec<Awaited> = fits.into_iter().map(|(waiting, _)| waiting.awaited).collect();
            self.ask_which_question(message, &all).await?;
            return Ok(Answer::Unclear);
        }
        let (waiting, said) = fits.remove(0);
        self.session.close_question(waiting.question).await?;
        Ok(Answer::To(Box::new(waiting), said))
    }

    fn says_to(&self, message: &Message, bound: &Bound, waiting: &Waiting, asked: &Asked) -> Option<Said> {
        // A changed message whose answer counts corrects it, whatever is asked besides.
        if message.edited && bound.quoted_own.is_some() {
            return None;
        }
        if let Asked::Odd { odd, .. } = asked
            && waiting.stands == Stands::Here
        {
            let given: Vec<i64> = odd.iter().filter_map(Oddity::given).collect();
            if let Some(reason) = says_it_is_right(&message.text, &given) {
                return Some(Said::Right(reason));
            }
            match owns_a_slip(&message.text, &given).as_deref() {
                Some("") => return Some(Said::Slip),
                Some(right) => {
                    let read = self.read_answer(message, bound, waiting, right);
                    let certain = |reading: &Reading| reading.acts.iter().all(Act::is_certain);
                    if let Some(reading) = read.filter(certain) {
                        return Some(Said::Acts(reading.acts));
                    }
                }
                None => {}
            }
        }
        let reading = self.read_answer(message, bound, waiting, &message.text)?;
        let fits = match (waiting.stands, asked) {
            (Stands::Here, _) => true,
            _ if agreement(&message.text).is_some() => false,
            (_, Asked::Fields { .. } | Asked::Odd { .. } | Asked::Confirm { .. }) => {
                let named =
                    |act: &Act| act.given().is_some_and(|g| g.by == By::Labels || is_bare(&message.text));
                reading.acts.iter().all(named)
            }
            (Stands::Amid, Asked::UntilWhen { .. }) => true,
            (Stands::Apart, Asked::UntilWhen { .. }) => false,
            (_, Asked::WhichTask { .. } | Asked::WhichSchool { .. }) => true,
        };
        fits.then_some(Said::Acts(reading.acts))
    }

    /// What words say to a question.
    fn read_answer(
        &self,
        message: &Message,
        bound: &Bound,
        waiting: &Waiting,
        words: &str,
    ) -> Option<Reading> {
        let Awaited::Asked(asked) = &waiting.awaited else { return None };
        let bound = Bound {
            asked: Some((waiting.question, asked.clone())),
            quoted: if waiting.quoted { vec![] } else { bound.quoted.clone() },
            quoted_own: if waiting.quoted { None } else { bound.quoted_own },
            ..Bound::default()
        };
        self.with_context(message, &bound, &[], |context| answered(words, context))
    }

    /// Whether a yes or no may be meant for another question than this pending one; the person is then asked which.
    pub(super) async fn is_unclear_yes(
        &mut self,
        message: &Message,
        waiting: &[Waiting],
    ) -> Result<bool, AppError> {
        let here = waiting.iter().filter(|w| w.stands == Stands::Here && w.awaited.takes_yes());
        let all: Vec<Awaited> = here.map(|w| w.awaited.clone()).collect();
        let of_school = all.iter().all(|a| a.about().0.is_some());
        if all.len() < 2 || !of_school {
            return Ok(false);
        }
        self.ask_which_question(message, &all).await?;
        Ok(true)
    }

    async fn ask_which_question(&mut self, message: &Message, all: &[Awaited]) -> Result<(), AppError> {
        let mut about = Vec::new();
        for awaited in all {
            let (task, school) = awaited.about();
            let code = task.and_then(|t| self.snapshot.task(t)).map(crate::domain::Task::code);
            let school = school.map(|s| self.school_name(s)).unwrap_or_default();
            about.push((code.unwrap_or_default(), school));
        }
        let what = Asking::WhichQuestion { about, words: message.text.trim().to_owned() };
        let reply = Reply::Ask { address: Address::of(&message.member.name), what };
        let (member, chat) = (message.member.clone(), message.place.chat.clone());
        self.reply_privately(&member, &chat, &reply, Manner::default()).await?;
        Ok(())
    }
}

impl Waiting {
    /// A yes or no in this message is an answer to it.
    pub(super) fn is_here(&self) -> bool {
        self.stands == Stands::Here
    }
}

/// Figures and polite words, and nothing else.
fn is_bare(text: &str) -> bool {
    const POLITE: [&str; 11] = ["da", "a", "chi", "anh", "em", "nhe", "nha", "tre", "chau", "va", "voi"];
    let said = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) || POLITE.contains(&fold(w).as_str());
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.'))
        .filter(|w| !w.is_empty())
        .all(said)
}
