//! Files whose platform lets go of them soon: they are fetched when their message is handled, and kept with us for as long as
//! that message or a submission has them. One that cannot be had is told of, never recorded.

use chrono::Duration;

use super::handover::KEPT;
use super::message::Message;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{Attachment, AttachmentKind, FetchError, Heard};
use crate::domain::{Id, Reply};
use crate::store::InboxRow;

/// For so long a file is tried for that will soon be nowhere: then whoever sent it is told, and what was said behind it is heard.
const PATIENCE: Duration = Duration::seconds(20);

/// A document or a picture at an address of its platform.
fn is_elsewhere(file: &Attachment) -> bool {
    let is_file = matches!(file.kind, AttachmentKind::File | AttachmentKind::Photo);
    is_file && !file.file.is_empty() && !file.file.starts_with(KEPT)
}

impl App {
    /// An update with its files in our keeping, where its platform lets go of them soon; one that cannot be had has no name any
    /// more by which it could be. A stranger's are left alone: they are nobody's answer.
    pub(super) async fn keep_files(&self, row: &InboxRow) -> Result<InboxRow, AppError> {
        let mut row = row.clone();
        let Some(platform) = self.platforms.get(&row.incoming.chat.platform) else { return Ok(row) };
        let able = platform.capabilities();
        let is_soon_gone = |heard: &Heard| matches!(heard, Heard::Message { attachments, .. } if attachments.iter().any(is_elsewhere));
        if !able.files_expire || !is_soon_gone(&row.incoming.heard) {
            return Ok(row);
        }
        let mut session = self.store.read().await?;
        let (office, _) = Self::office_of(&mut session, &row.incoming).await?;
        let members = session.members_by_account(&row.incoming.from.user).await?;
        drop(session);
        let Some(office) = office.filter(|office| members.iter().any(|m| m.office == *office)) else {
            return Ok(row);
        };
        let now = self.clock.now();
        let mut kept = Vec::new();
        if let Heard::Message { attachments, .. } = &mut row.incoming.heard {
            for file in attachments.iter_mut().filter(|file| is_elsewhere(file)) {
                match platform.fetch(&file.file, able.limits.receive_bytes).await {
                    Ok(bytes) => {
                        let id: Id<Attachment> = self.ids.next(now);
                        file.file = format!("{KEPT}{id}");
                        file.size = Some(bytes.len() as u64);
                        kept.push((file.file.clone(), bytes));
                    }
                    Err(FetchError::Unreachable(why)) if now - row.received_at < PATIENCE => {
                        return Err(FetchError::Unreachable(why).into());
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a file that was sent could not be had, its sender is told");
                        file.file.clear();
                    }
                }
            }
        }
        let mut session = self.store.begin_for(office).await?;
        for (name, bytes) in &kept {
            session.keep_file(office, name, bytes).await?;
        }
        session.put_update(row.id, &row.incoming).await?;
        session.commit().await?;
        Ok(row)
    }
}

impl Work<'_> {
    /// Takes files that could not be had out of a message and tells its sender; whether nothing is left of it.
    pub(super) async fn tell_lost_files(&mut self, message: &mut Message) -> Result<bool, AppError> {
        let tells = self.app.capabilities(&message.place.chat.platform).is_some_and(|c| c.receive_files);
        let is_lost = |file: &mut Attachment| {
            let comes = file.kind == AttachmentKind::Photo || (file.kind == AttachmentKind::File && tells);
            comes && file.file.is_empty()
        };
        if message.attachments.extract_if(.., is_lost).count() == 0 {
            return Ok(false);
        }
        let link = self.own_upload_link(message).await?;
        self.reply_to_order(message, &Reply::FileLost { link }).await?;
        Ok(message.attachments.is_empty() && message.text.trim().is_empty())
    }
}
