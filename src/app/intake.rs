//! A file that a member sends: a directive or the register from an officer, or a file that somebody wants compared.

use i18n_embed_fl::fl;
use sha2::{Digest, Sha256};

use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{Attachment, AttachmentKind, ChatKind, FetchError, Heard, Incoming};
use crate::domain::{MemberId, OfficeId, Reply, ScheduleId};
use crate::import::{Content, Directive as Reading, Doubt, DoubtKind, ImportError, Unread};
use crate::understand::asks_if_genuine;
use crate::wording::unread;

/// A file that a member sent, fetched and read before anything is locked.
#[derive(Debug)]
pub(super) struct SentFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// SHA-256 of the bytes, in hexadecimal; empty when there are none.
    pub(super) sha256: String,
    outcome: Outcome,
    purpose: Purpose,
}

/// What came of it.
#[derive(Debug)]
enum Outcome {
    /// It was read.
    Read(Box<Content>),
    /// It cannot be read.
    Unread(Unread),
    /// The platform did not give it.
    NotFetched(FetchError),
    /// So many photos came together, and cannot be put together.
    Several(usize),
}

/// What is to be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// An officer sent it privately: draft it.
    Draft,
    /// An officer pasted its text, where no files can be sent: draft it if it is a directive at all.
    Pasted,
    /// An officer photographed it: draft it if it is a directive at all, and say why it cannot be read.
    Photographed,
    /// An officer sent it to a group, for the schools to read: a draft of it is offered privately.
    Forwarded,
    /// Somebody asks whether it is genuine.
    Compare,
    /// A school sends a file called like a directive of the office: perhaps it is that very file, and no answer.
    Recognise,
}

/// The largest file that is fetched, in bytes; what is kept in the archive is no larger.
const LARGEST: u64 = 10 * 1024 * 1024;

/// Directives whose names of files are compared with a school's file.
const REMEMBERED: u32 = 200;

/// What a pasted text is called in the archive.
const PASTED: &str = "van-ban-dan.txt";

/// What photos that came together are called in the archive.
const ALBUM: &str = "anh-chup.pdf";

/// What a photographed page is called in the archive: platforms give photos no names.
const PHOTOGRAPHED: &str = "anh-chup.jpg";

/// Shorter texts are talk or orders.
const PASTED_LENGTH: usize = 300;

/// Whether a message may be the text of a document.
pub(super) fn looks_pasted(text: &str) -> bool {
    !text.starts_with('/') && text.lines().count() > 4 && text.chars().count() >= PASTED_LENGTH
}

/// Whether a text that was read is a document of an office with something to do in it, or one that does something to another.
fn is_directive(reading: &Reading) -> bool {
    let header = &reading.header;
    let amends = header.number.is_some() && !reading.relations.is_empty();
    amends || ((header.kind.is_some() || header.number.is_some()) && !reading.tasks.is_empty())
}

impl SentFile {
    fn without_bytes(name: &str, outcome: Outcome, purpose: Purpose) -> Self {
        Self { name: name.to_owned(), bytes: vec![], sha256: String::new(), outcome, purpose }
    }

    /// What was read, if it is a directive.
    pub(super) fn reading(&self) -> Option<&Reading> {
        match &self.outcome {
            Outcome::Read(content) => match content.as_ref() {
                Content::Directive(reading) => Some(reading),
                Content::Register(_) => None,
            },
            _ => None,
        }
    }

    /// It carries a secrecy stamp: nothing of it is kept.
    fn is_secret(&self) -> bool {
        matches!(&self.outcome, Outcome::Unread(Unread::Directive(ImportError::Secret(_))))
    }
}

impl App {
    /// The file of an update, if it is one that is read.
    pub(super) async fn sent_file(
        &self,
        incoming: &Incoming,
        office: OfficeId,
    ) -> Result<Option<SentFile>, AppError> {
        let Heard::Message { attachments, quote, text, edited, .. } = &incoming.heard else {
            return Ok(None);
        };
        let private = incoming.chat_kind == ChatKind::Private;
        // What the platform does not tell is answered by `handover`.
        let of_kind = |kind| attachments.iter().filter(move |a| a.kind == kind && !a.file.is_empty());
        let photo =
            of_kind(AttachmentKind::Photo).next().filter(|_| private && !*edited && !text.starts_with('/'));
        let file = of_kind(AttachmentKind::File).next().or(photo);
        if file.is_none() && !looks_pasted(text) {
            return Ok(None);
        }
        let mut session = self.store.read().await?;
        let members = session.members_by_account(&incoming.from.user).await?;
        let Some(member) = members.iter().find(|m| m.office == office) else { return Ok(None) };
        let Some(file) = file else {
            if !member.directs() || !private || *edited {
                return Ok(None);
            }
            drop(session);
            return Ok(Some(self.read_file(PASTED, text.clone().into_bytes(), Purpose::Pasted).await));
        };
        let purpose = if asks_if_genuine(text, true) {
            Purpose::Compare
        } else if quote.is_some() {
            return Ok(None);
        } else if file.kind == AttachmentKind::Photo {
            if !member.directs() {
                return Ok(None);
            }
            Purpose::Photographed
        } else if member.directs() {
            if private { Purpose::Draft } else { Purpose::Forwarded }
        } else {
            let known = session.directives_of(office, REMEMBERED).await?;
            if !private || !known.iter().any(|d| d.file_name == file.name) {
                return Ok(None);
            }
            Purpose::Recognise
        };
        drop(session);
        let name = if file.name.is_empty() { PHOTOGRAPHED } else { &file.name };
        let Some(platform) = self.platforms.get(&incoming.chat.platform) else { return Ok(None) };
        let pages: Vec<&Attachment> = match purpose {
            Purpose::Photographed => of_kind(AttachmentKind::Photo).collect(),
            _ => vec![file],
        };
        let name = if pages.len() > 1 { ALBUM } else { name };
        if pages.iter().filter_map(|page| page.size).sum::<u64>() > LARGEST {
            let outcome = Outcome::NotFetched(FetchError::TooLarge);
            return Ok(Some(SentFile::without_bytes(name, outcome, purpose)));
        }
        let reading = async {
            let mut fetched = Vec::new();
            let mut left = LARGEST;
            for page in &pages {
                let bytes = self.fetch(&**platform, &page.file, left).await?;
                left = left.saturating_sub(bytes.len() as u64);
                fetched.push(bytes);
            }
            Ok(self.read_pages(name, fetched, purpose).await)
        };
        // In a group nobody waits for it.
        let read = if private { self.while_working(&incoming.chat, reading).await? } else { reading.await };
        match read {
            // The platform is away: the update is tried again later.
            Err(error @ FetchError::Unreachable(_)) => Err(error.into()),
            Err(error) => Ok(Some(SentFile::without_bytes(name, Outcome::NotFetched(error), purpose))),
            Ok(file) => Ok(Some(file)),
        }
    }

    /// A file, or photos that came together: they are the pages of one, in the order in which they were sent.
    async fn read_pages(&self, name: &str, mut pages: Vec<Vec<u8>>, purpose: Purpose) -> SentFile {
        let count = pages.len();
        if count == 1 {
            return self.read_file(name, pages.pop().unwrap_or_default(), purpose).await;
        }
        let Ok(bytes) = self.reader.bind(pages).await else {
            return SentFile::without_bytes(name, Outcome::Several(count), purpose);
        };
        let mut file = self.read_file(name, bytes, purpose).await;
        if let Outcome::Read(content) = &mut file.outcome
            && let Content::Directive(reading) = content.as_mut()
        {
            reading.doubts.insert(0, Doubt::new(0, DoubtKind::Album { count }));
        }
        file
    }

    async fn read_file(&self, name: &str, bytes: Vec<u8>, purpose: Purpose) -> SentFile {
        let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let outcome = match self.reader.read(name, bytes.clone()).await {
            Ok(content) => Outcome::Read(Box::new(content)),
            Err(why) => Outcome::Unread(why),
        };
        SentFile { name: name.to_owned(), bytes, sha256, outcome, purpose }
    }

    /// Stores a schedule for an office from the bytes of its document and agrees to nothing: the draft, or the sentence
    /// that says why there is none.
    pub async fn import_schedule(
        &self,
        office: OfficeId,
        bytes: &[u8],
        file_name: &str,
    ) -> Result<Result<ScheduleId, String>, AppError> {
        let file = self.read_file(file_name, bytes.to_vec(), Purpose::Draft).await;
        let mut work = Work::begin(self, office).await?;
        let reply = work.file_reply(file, None).await?;
        let outcome = match reply {
            Reply::ScheduleRead { id, .. } => Ok(id),
            Reply::FileRefused { sentence } => Err(sentence),
            _ => Err(String::new()),
        };
        work.commit().await?;
        Ok(outcome)
    }
}

impl Work<'_> {
    /// Does with a file what it was sent for.
    pub(super) async fn take_file(&mut self, message: Message, file: SentFile) -> Result<(), AppError> {
        let by = Some(message.member.id);
        self.secret |= file.is_secret();
        match file.purpose {
            Purpose::Photographed if file.reading().is_some_and(|reading| !is_directive(reading)) => {
                self.message(message).await
            }
            Purpose::Draft | Purpose::Photographed => {
                let reply = self.file_reply(file, by).await?;
                let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
                self.reply(&message.place.chat.clone(), &reply, manner).await?;
                Ok(())
            }
            Purpose::Pasted if file.is_secret() || file.reading().is_some_and(is_directive) => {
                let reply = self.file_reply(file, by).await?;
                self.reply_to_order(&message, &reply).await
            }
            Purpose::Pasted => self.message(message).await,
            Purpose::Forwarded => {
                self.message(message.clone()).await?;
                self.offer_draft(&message, file).await
            }
            Purpose::Compare => self.answer_genuine(&message, Some(&file)).await,
            Purpose::Recognise => {
                if self.session.directive_by_file(self.office(), &file.sha256).await?.is_some() {
                    return self.answer_genuine(&message, Some(&file)).await;
                }
                self.message(message).await
            }
        }
    }

    /// What an officer hands to a group as a file is drafted for the officer alone: the group hears nothing. A file that
    /// holds no tasks is the officer's own business.
    async fn offer_draft(&mut self, message: &Message, file: SentFile) -> Result<(), AppError> {
        let Some(chat) = self.private_chat(&message.member, Some(&message.place.chat)) else {
            return Ok(());
        };
        let tasks = file.reading().is_some_and(is_directive);
        let known = self.session.directive_by_file(self.office(), &file.sha256).await?.is_some();
        if file.is_secret() || (tasks && !known) {
            let reply = self.file_reply(file, Some(message.member.id)).await?;
            self.reply(&chat, &reply, Manner::default()).await?;
        }
        Ok(())
    }

    /// What a file of an officer is goes by its bytes: a register is a table with a column of names, everything else is
    /// read as a directive. The same bytes a second time are known again.
    async fn file_reply(&mut self, file: SentFile, by: Option<MemberId>) -> Result<Reply, AppError> {
        if let Some(known) = self.known_file(&file.sha256).await? {
            return Ok(known);
        }
        let words = self.voice().words();
        let language = self.snapshot.office.language;
        let sentence = match &file.outcome {
            Outcome::Read(content) => match content.as_ref() {
                Content::Register(draft) => return self.take_register(draft, by).await,
                Content::Directive(reading) => return self.take_directive(reading, &file, by).await,
            },
            Outcome::Unread(why) => unread(language, why, &file.name),
            Outcome::NotFetched(FetchError::TooLarge) => fl!(words, "file-too-large", file = file.name),
            Outcome::NotFetched(_) => fl!(words, "file-gone", file = file.name),
            Outcome::Several(count) => fl!(words, "file-several-photos", count = count),
        };
        Ok(Reply::FileRefused { sentence })
    }
}
