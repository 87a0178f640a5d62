//! What a message is about before it is read: the quoted post, the question it answers, the open tasks of its sender.

use super::AppError;
use super::awaited::Waiting;
use super::message::Message;
use super::work::Work;
use crate::chat::{Attachment, AttachmentKind};
use crate::domain::{ChatRef, QuestionId, SchoolId, Task, TaskId};
use crate::understand::{Asked, Attached, Context, OpenTask, Sort};

/// What was found out about a message.
#[derive(Debug, Clone, Default)]
pub(super) struct Bound {
    /// The tasks of the quoted message.
    pub(super) quoted: Vec<TaskId>,
    /// The quoted message is the read-back of this answer, or the message that it read back.
    pub(super) quoted_own: Option<(TaskId, SchoolId)>,
    /// The questions that wait for this person's answer and that the message may answer, the newest first.
    pub(super) waiting: Vec<Waiting>,
    /// The question that it answers.
    pub(super) asked: Option<(QuestionId, Asked)>,
    /// The files of the message that this question is about.
    pub(super) carried: Vec<Attachment>,
}

impl Work<'_> {
    /// Finds out what a message is about.
    pub(super) async fn bind(&mut self, message: &Message) -> Result<Bound, AppError> {
        let mut bound = Bound::default();
        let chat = message.place.chat.clone();
        if let Some(quoted) = message.quote.as_ref().and_then(|q| q.message.clone()) {
            if let Some(said) = self.session.row_of_message(&chat, &quoted).await?
                && said.office == Some(self.office())
            {
                if let ([task], Some(school)) = (said.about.tasks.as_slice(), said.about.school)
                    && message.member.schools().contains(&school)
                {
                    bound.quoted_own = Some((*task, school));
                }
                bound.quoted = said.about.tasks;
            } else {
                bound.quoted_own = self.answer_in(&chat, &quoted, message).await?;
            }
        }
        if message.edited {
            bound.quoted_own = self.answer_in(&chat, &message.place.id, message).await?.or(bound.quoted_own);
        }
        bound.waiting = self.waiting(message).await?;
        Ok(bound)
    }

    /// The files of the message that a question is about.
    pub(super) async fn carried(&mut self, question: QuestionId) -> Result<Vec<Attachment>, AppError> {
        let question = self.session.question(question).await?;
        Ok(question.and_then(|q| serde_json::from_value(q.carried).ok()).unwrap_or_default())
    }

    /// The answer that one of the person's own messages gave.
    async fn answer_in(
        &mut self,
        chat: &ChatRef,
        id: &str,
        message: &Message,
    ) -> Result<Option<(TaskId, SchoolId)>, AppError> {
        let place = crate::domain::MessageRef { chat: chat.clone(), id: id.to_owned() };
        let given = self.session.submissions_by_message(&place).await?;
        let own = given.iter().find(|s| message.member.schools().contains(&s.school));
        Ok(own.map(|s| (s.task, s.school)))
    }

    /// Where a question to the writer of a message may stand: in its chat, and in private.
    pub(super) fn chats_of(&self, message: &Message) -> Vec<ChatRef> {
        let here = message.place.chat.clone();
        let private = self.private_chat(&message.member, Some(&here)).filter(|chat| *chat != here);
        std::iter::once(here).chain(private).collect()
    }

    /// The tasks that are out, want an answer and are for one of these schools; for an officer all of them.
    pub(super) fn open_tasks(&self, own: &[SchoolId], officer: bool) -> Vec<OpenTask<'_>> {
        let zone = self.snapshot.office.zone;
        let concerns = |task: &Task| {
            let mine = self.snapshot.schools.iter().filter(|s| own.contains(&s.id));
            officer || mine.into_iter().any(|s| task.scope.holds(s))
        };
        let open = self.snapshot.tasks.iter().filter(|t| t.is_open() && concerns(t));
        open.map(|task| {
            let standing = |school: &SchoolId| self.snapshot.standings.get(task.id, *school);
            let owes =
                |school: &&SchoolId| standing(school).is_none_or(|s| !s.is_settled() && s.exempt.is_none());
            let school = own.iter().find(owes).or_else(|| own.first()).copied();
            let until = school.map_or_else(|| self.deadline(task), |s| self.deadline_for(task, s));
            OpenTask {
                task,
                deadline: until.map(|d| d.with_timezone(&zone).naive_local()),
                owed: task.wants_answer() && own.iter().any(|s| owes(&s)),
                last: school
                    .and_then(|s| standing(&s))
                    .and_then(|s| s.submission.as_ref())
                    .map(|s| &s.values),
            }
        })
        .collect()
    }

    /// Everything that `understand` is told about a message, handed to `reads`.
    pub(super) fn with_context<T>(
        &self,
        message: &Message,
        bound: &Bound,
        drafts: &[Task],
        reads: impl FnOnce(&Context<'_>) -> T,
    ) -> T {
        let indexes = self.indexes();
        let own = message.member.schools();
        let officer = message.member.directs();
        let open = self.open_tasks(&own, officer);
        let coded: Vec<&Task> = if officer {
            self.snapshot.tasks.iter().chain(drafts).collect()
        } else {
            open.iter().map(|o| o.task).collect()
        };
        let attached: Vec<Attached> = message.attachments.iter().map(attached).collect();
        let now = message.at.with_timezone(&self.snapshot.office.zone).naive_local();
        let context = Context {
            own: &own,
            officer,
            open: &open,
            tasks: &coded,
            quoted: &bound.quoted,
            quoted_own: bound.quoted_own,
            // An answer that quotes its question says no more than the same words without it.
            quoted_text: message
                .quote
                .as_ref()
                .filter(|_| bound.asked.is_none())
                .and_then(|q| q.text.as_deref()),
            asked: bound.asked.as_ref().map(|(_, asked)| asked),
            attached: &attached,
            index: &indexes.tasks,
            ..Context::bare(now, &indexes.schools)
        };
        reads(&context)
    }
}

fn attached(attachment: &Attachment) -> Attached<'_> {
    let sort = match attachment.kind {
        AttachmentKind::File => Sort::File,
        AttachmentKind::Photo => Sort::Photo,
        AttachmentKind::Voice => Sort::Voice,
        AttachmentKind::Sticker => Sort::Sticker,
    };
    Attached { sort, name: &attachment.name }
}
