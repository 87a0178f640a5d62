//! A secret paper that is pasted into a chat: nothing of it is read or kept, and whoever pasted it is told.

use super::work::Work;
use super::{App, AppError};
use crate::chat::{Heard, Incoming};
use crate::domain::Reply;
use crate::import::secrecy_of_text;
use crate::store::InboxRow;

/// Who is asked for a word of it gives lines of one or two words; a paper has more.
const LINES_OF_TALK: usize = 2;

/// The stamp of a secret paper whose text is pasted, whatever its length and whoever pastes it.
pub(super) fn stamp_of(incoming: &Incoming) -> Option<String> {
    let Heard::Message { text, .. } = &incoming.heard else { return None };
    if text.lines().filter(|line| !line.trim().is_empty()).count() <= LINES_OF_TALK {
        return None;
    }
    secrecy_of_text(text)
}

impl App {
    /// Refuses a pasted secret, and forgets its words with the same stroke.
    pub(super) async fn refuse_secret(&self, row: &InboxRow, stamp: String) -> Result<(), AppError> {
        let now = self.clock.now();
        let mut session = self.store.begin().await?;
        if !session.handled(row.id, now).await? {
            return Ok(());
        }
        session.forget_words(row.id).await?;
        for part in &row.also {
            session.handled(*part, now).await?;
            session.forget_words(*part).await?;
        }
        let reply = Reply::SecretText { stamp };
        self.say_without_office(&mut session, &row.incoming.chat, &reply, now).await?;
        Ok(session.commit().await?)
    }
}

impl Work<'_> {
    /// Forgets the words beside a file that turned out to be secret, its name with them.
    pub(super) async fn forget_secret(&mut self, row: &InboxRow) -> Result<(), AppError> {
        for id in std::iter::once(&row.id).chain(&row.also).filter(|_| self.secret) {
            self.session.forget_words(*id).await?;
        }
        Ok(())
    }
}
