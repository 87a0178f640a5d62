//! Messages that are changed after they were sent. A platform tells of it also when nobody sees a difference (a link got its
//! preview), and what an old text ordered or said has had its effect.

use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{Attachment, Heard};
use crate::domain::{Reply, SchoolId, Submission, Task, Value};
use crate::store::InboxRow;
use crate::understand::{Act, Binding, Given, Intent};

impl App {
    /// Whether an update changes neither the words nor the files of its message.
    pub(super) async fn changes_nothing(&self, row: &InboxRow) -> Result<bool, AppError> {
        let Heard::Message { text, attachments, edited: true, .. } = &row.incoming.heard else {
            return Ok(false);
        };
        let before = self.store.read().await?.said_before(row).await?;
        Ok(before.is_some_and(|before| match before {
            Heard::Message { text: words, attachments: files, .. } => {
                words.trim() == text.trim() && looks(&files) == looks(attachments)
            }
            _ => false,
        }))
    }

    /// Marks an update handled without any effect.
    pub(super) async fn pass_over(&self, row: &InboxRow) -> Result<(), AppError> {
        let mut session = self.store.begin().await?;
        if session.handled(row.id, self.clock.now()).await? {
            session.commit().await?;
        }
        Ok(())
    }
}

/// Files as far as they are the same to people: a platform may give the same file another id.
fn looks(files: &[Attachment]) -> Vec<(&str, Option<u64>)> {
    files.iter().map(|file| (file.name.as_str(), file.size)).collect()
}

impl Work<'_> {
    /// An order is followed when it is sent and not when its text is changed: what it did is done. Said once a message.
    pub(super) async fn leave_edited_order(&mut self, message: &Message) -> Result<(), AppError> {
        let (chat, id) = (message.place.chat.clone(), &message.place.id);
        let key = Some(format!("edited-order/{}/{}/{id}", chat.platform, chat.id));
        let manner = Manner { reply_to: Some(id.clone()), key, ..Manner::default() };
        self.reply(&chat, &Reply::EditedOrder, manner).await?;
        Ok(())
    }

    /// An answer whose message is changed. What that message said already is nothing new, whatever came after it; and where
    /// a later message has corrected it, the person is asked which counts. Whether that settles it.
    pub(super) async fn settle_edit(
        &mut self,
        message: &Message,
        school: SchoolId,
        task: &Task,
        given: &Given,
    ) -> Result<bool, AppError> {
        if !message.edited {
            return Ok(false);
        }
        let own = self.session.submissions_by_message(&message.place).await?;
        let own = own.into_iter().filter(|s| s.task == task.id && s.school == school);
        let Some(own) = own.max_by_key(|s| s.version) else { return Ok(false) };
        if says_the_same(&own, given, &message.attachments) {
            return Ok(true);
        }
        let standing = self.standing(task.id, school);
        let overtaken = standing.submission.is_none_or(|newest| newest.version > own.version);
        if overtaken {
            let act = Act {
                school: Some(school),
                named: true,
                task: Binding::Code(task.id),
                intent: Intent::Correct(given.clone()),
                doubts: vec![],
            };
            self.ask_if_right(message, act, task, school, &given.values).await?;
        }
        Ok(overtaken)
    }
}

/// Whether everything that is given stands in an answer already.
fn says_the_same(answer: &Submission, given: &Given, files: &[Attachment]) -> bool {
    let link = |link: &String| answer.values.values().any(|v| *v == Value::Link(link.clone()));
    let file = |file: &Attachment| {
        answer.values.values().any(|v| matches!(v, Value::File { name, .. } if *name == file.name))
    };
    given.values.iter().all(|(key, value)| answer.values.get(key) == Some(value))
        && given.links.iter().all(link)
        && files.iter().all(file)
}
