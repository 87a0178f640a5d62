//! Files by a page of ours, where a platform carries none: a signed link under which a file is handed in as if it had been sent
//! in chat, and one under which a file of ours is fetched.

use std::path::Path;

use chrono::{DateTime, Duration, Utc};

use super::message::Message;
use super::signed::{Purpose, sign, verified};
use super::work::Work;
use super::{App, AppError};
use crate::chat::{
    Attachment, AttachmentKind, ChatKind, FetchError, Heard, Incoming, Origin, Platform, Sender, UPLOADED,
};
use crate::domain::{ChatRef, Id, InboxId, Member, MemberId, OfficeId, Reply};
use crate::store::Session;
use crate::wording::Voice;

/// How long a link for handing in is good.
const UPLOAD_LIFE: Duration = Duration::days(1);

/// How often files are taken from one person's page within a day, and how many bytes: a link that got about fills no disk.
const UPLOADS_A_DAY: usize = 30;
const BYTES_A_DAY: u64 = 100 * 1024 * 1024;

/// The length of a mark of the page: that of an id.
const MARK: usize = 32;

/// How long a file of ours is kept, and its link good.
const DOWNLOAD_LIFE: Duration = Duration::days(7);

/// The name of what came by a page, or was fetched for us to keep, begins so.
pub(super) const KEPT: &str = "kept:";

/// How the address of a picture ends.
const PICTURE_ENDING: &str = ".png";

/// The name of what waits to be fetched begins so.
const SENT: &str = "sent:";

/// The page under which a file is handed in.
#[derive(Debug, Clone)]
pub struct UploadPage {
    /// Name of the office.
    pub office: String,
    /// How the person is called.
    pub name: String,
    /// Names of the files that were taken just now.
    pub taken: Vec<String>,
    /// What is sent from this page counts once under this mark, however often it is sent.
    pub once: String,
    /// In whose words.
    pub voice: Voice,
}

/// What became of files that were sent from the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uploaded {
    /// They were taken, now or before, under this mark.
    Taken(String),
    /// There was no file.
    Nothing,
    /// The person has handed in as much as may come in a day.
    Full,
}

/// What an upload link says, once its signature holds.
struct Hand {
    office: OfficeId,
    member: MemberId,
    platform: String,
}

impl App {
    /// The page behind a token; none when it is not ours, altered or expired, or the person is no longer there. `after` is the
    /// mark of what was sent from it just before.
    pub async fn upload_page(
        &self,
        token: &str,
        after: Option<&str>,
    ) -> Result<Option<UploadPage>, AppError> {
        let Some(hand) = self.hand(token).await? else { return Ok(None) };
        let taken = match after.and_then(|once| hand.key(once)) {
            Some(key) => self.store.read().await?.update_of(&hand.platform, &key).await?,
            None => None,
        };
        let work = Work::begin(self, hand.office).await?;
        let Some(member) = work.snapshot.members.iter().find(|m| m.id == hand.member) else {
            return Ok(None);
        };
        let (office, name) = (work.snapshot.office.name.clone(), member.name.clone());
        let once = work.id::<UploadPage>().to_string();
        let taken = taken.iter().flat_map(files_of).map(|file| file.name.clone()).collect();
        Ok(Some(UploadPage { office, name, taken, once, voice: work.voice() }))
    }

    /// Takes files with a few words from the page, all of them or none: from here on they are a message that the person sent in
    /// private. The same mark a second time (a double tap, a page that is loaded again) is the same message.
    pub async fn upload(
        &self,
        token: &str,
        once: &str,
        files: Vec<(String, Vec<u8>)>,
        words: &str,
    ) -> Result<Option<Uploaded>, AppError> {
        let Some(hand) = self.hand(token).await? else { return Ok(None) };
        let now = self.clock.now();
        let mut session = self.store.begin_for(hand.office).await?;
        let Some(member) = session.member(hand.member).await? else { return Ok(None) };
        let Some((chat, account)) = addresses(&member, &hand.platform) else { return Ok(None) };
        let id: InboxId = self.ids.next(now);
        let once = if hand.key(once).is_some() { once.to_owned() } else { id.to_string() };
        let Some(key) = hand.key(&once) else { return Ok(None) };
        let mut attachments = Vec::new();
        for (name, bytes) in files.iter().filter(|(_, bytes)| !bytes.is_empty()) {
            let kept: Id<UploadPage> = self.ids.next(now);
            let size = Some(bytes.len() as u64);
            let file = format!("{KEPT}{kept}");
            attachments.push(Attachment { kind: kind_of(name), name: name.clone(), file, size });
        }
        if attachments.is_empty() {
            return Ok(Some(Uploaded::Nothing));
        }
        let today = session.updates_like(&hand.platform, &hand.keys(), now - Duration::days(1)).await?;
        let bytes: u64 = today.iter().flat_map(files_of).chain(&attachments).filter_map(|f| f.size).sum();
        let again = session.update_of(&hand.platform, &key).await?.is_some();
        if !again && (today.len() >= UPLOADS_A_DAY || bytes > BYTES_A_DAY) {
            return Ok(Some(Uploaded::Full));
        }
        for (file, (_, bytes)) in attachments.iter().zip(files.iter().filter(|(_, bytes)| !bytes.is_empty()))
        {
            session.keep_file(hand.office, &file.file, bytes).await?;
        }
        let heard = Heard::Message {
            message: key.clone(),
            text: words.trim().to_owned(),
            quote: None,
            attachments,
            edited: false,
            origin: Origin::default(),
        };
        let from = Sender { user: account, name: member.name };
        let chat_kind = ChatKind::Private;
        let incoming = Incoming { key, at: now, chat, chat_kind, chat_title: None, from, heard };
        // What is known already is not kept a second time.
        if session.receive(&[(id, incoming)], now).await? > 0 {
            session.commit().await?;
        }
        Ok(Some(Uploaded::Taken(once)))
    }

    /// The file behind a token: its name and bytes.
    pub async fn sent_away(&self, token: &str) -> Result<Option<(String, Vec<u8>)>, AppError> {
        let Some(key) = self.known_link_key().await? else { return Ok(None) };
        let Some(said) = verified(Purpose::Download, token, &key) else { return Ok(None) };
        let mut parts = said.splitn(3, '-');
        let (Some(until), Some(id), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            return Ok(None);
        };
        if !is_good(until, self.clock.now()) {
            return Ok(None);
        }
        let bytes = self.store.read().await?.kept_file(&format!("{SENT}{id}")).await?;
        Ok(bytes.map(|bytes| (name.to_owned(), bytes)))
    }

    /// The picture at the end of an address of ours: its bytes.
    pub async fn shown(&self, name: &str) -> Result<Option<Vec<u8>>, AppError> {
        let Some(token) = name.strip_suffix(PICTURE_ENDING) else { return Ok(None) };
        let file = self.sent_away(token).await?;
        Ok(file.filter(|(name, _)| name.ends_with(PICTURE_ENDING)).map(|(_, bytes)| bytes))
    }

    /// The bytes of a file of a message: from its platform, or what came by the page.
    pub(super) async fn fetch(
        &self,
        platform: &dyn Platform,
        file: &str,
        most: u64,
    ) -> Result<Vec<u8>, FetchError> {
        if !file.starts_with(KEPT) {
            return platform.fetch(file, most).await;
        }
        let unreachable = |error: crate::store::StoreError| FetchError::Unreachable(error.to_string());
        let mut session = self.store.read().await.map_err(unreachable)?;
        let bytes = session.kept_file(file).await.map_err(unreachable)?.ok_or(FetchError::Gone)?;
        if bytes.len() as u64 > most { Err(FetchError::TooLarge) } else { Ok(bytes) }
    }

    /// Whether a file can be handed to people of this chat, by the platform or by a page of ours.
    pub(super) fn hands_over_files(&self, chat: &ChatRef) -> bool {
        self.public_url.is_some() || self.capabilities(&chat.platform).is_some_and(|c| c.send_files)
    }

    /// Keeps a file of ours for a while; the address under which it is fetched. None where no public address is set.
    pub(super) async fn offer_file(
        &self,
        session: &mut Session,
        office: OfficeId,
        (name, bytes): &(String, Vec<u8>),
        now: DateTime<Utc>,
    ) -> Result<Option<(String, DateTime<Utc>)>, AppError> {
        let Some(base) = &self.public_url else { return Ok(None) };
        let id: Id<UploadPage> = self.ids.next(now);
        let until = now + DOWNLOAD_LIFE;
        session.keep_file(office, &format!("{SENT}{id}"), bytes).await?;
        let plain: String =
            name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')).collect();
        let key = self.link_key(session).await?;
        let token = sign(Purpose::Download, &format!("{}-{id}-{plain}", until.timestamp()), &key);
        Ok(Some((format!("{}/tep/{token}", base.trim_end_matches('/')), until)))
    }

    /// Lets go of files whose links have expired. How many.
    pub async fn forget_sent_away(&self) -> Result<u64, AppError> {
        let oldest: Id<UploadPage> = self.ids.next(self.clock.now() - DOWNLOAD_LIFE);
        let mut session = self.store.begin().await?;
        let gone = session.drop_files(SENT, &format!("{SENT}{oldest}")).await?;
        session.commit().await?;
        Ok(gone)
    }

    async fn hand(&self, token: &str) -> Result<Option<Hand>, AppError> {
        let Some(key) = self.known_link_key().await? else { return Ok(None) };
        Ok(verified(Purpose::Upload, token, &key).and_then(|said| hand(said, self.clock.now())))
    }
}

impl Hand {
    /// What the keys of updates from this person's page begin with.
    fn keys(&self) -> String {
        format!("{UPLOADED}{}/", self.member)
    }

    /// The key of the update that is made under a mark of the page; none for what is no mark of ours.
    fn key(&self, once: &str) -> Option<String> {
        let is_mark = once.len() == MARK && once.bytes().all(|b| b.is_ascii_hexdigit());
        is_mark.then(|| format!("{}{once}", self.keys()))
    }
}

fn files_of(incoming: &Incoming) -> &[Attachment] {
    match &incoming.heard {
        Heard::Message { attachments, .. } => attachments,
        _ => &[],
    }
}

/// `expiry-office-member-platform`.
fn hand(said: &str, now: DateTime<Utc>) -> Option<Hand> {
    let mut parts = said.splitn(4, '-');
    let (until, office, member, platform) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let hand =
        Hand { office: office.parse().ok()?, member: member.parse().ok()?, platform: platform.to_owned() };
    is_good(until, now).then_some(hand)
}

fn is_good(until: &str, now: DateTime<Utc>) -> bool {
    let until = until.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    until.is_some_and(|until| now <= until)
}

/// The private chat and the account of a person on a platform.
fn addresses(member: &Member, platform: &str) -> Option<(ChatRef, crate::domain::UserRef)> {
    let chat = member.private_chats.iter().find(|chat| chat.platform == platform)?;
    let account = member.accounts.iter().find(|account| account.platform == platform)?;
    Some((chat.clone(), account.clone()))
}

fn kind_of(name: &str) -> AttachmentKind {
    let end = Path::new(name).extension().and_then(|end| end.to_str()).unwrap_or_default().to_lowercase();
    match end.as_str() {
        "jpg" | "jpeg" | "png" | "webp" | "heic" => AttachmentKind::Photo,
        _ => AttachmentKind::File,
    }
}

impl Work<'_> {
    /// A file, a video or a voice message of which the platform tells nothing but that it was sent: one answer that helps.
    /// Whether it was that.
    pub(super) async fn hear_untold_file(&mut self, message: &Message) -> Result<bool, AppError> {
        let untold = |kind: AttachmentKind| move |a: &Attachment| a.kind == kind && a.file.is_empty();
        let of = |kind| message.attachments.iter().any(untold(kind));
        let tells = self.app.capabilities(&message.place.chat.platform).is_some_and(|c| c.receive_files);
        if tells || !(of(AttachmentKind::File) || of(AttachmentKind::Voice)) {
            return Ok(false);
        }
        let reply = if of(AttachmentKind::Voice) {
            Reply::VoiceNotHeard
        } else {
            match (
                self.own_upload_link(message).await?,
                &self.app.public_url,
                self.app.platforms.get(&message.place.chat.platform),
            ) {
                (None, Some(_), Some(platform)) => Reply::FilePrivately { bot: platform.name() },
                (link, _, _) => Reply::FileNotTold { link },
            }
        };
        self.reply_to_order(message, &reply).await?;
        Ok(true)
    }

    /// A link for handing in, for somebody who is answered in private on the platform of a message.
    pub(super) async fn own_upload_link(
        &mut self,
        message: &Message,
    ) -> Result<Option<(String, DateTime<Utc>)>, AppError> {
        let platform = &message.place.chat.platform;
        if !message.member.private_chats.iter().any(|chat| chat.platform == *platform) {
            return Ok(None);
        }
        self.upload_link(&message.member, platform).await
    }

    async fn upload_link(
        &mut self,
        member: &Member,
        platform: &str,
    ) -> Result<Option<(String, DateTime<Utc>)>, AppError> {
        let Some(base) = &self.app.public_url else { return Ok(None) };
        let until = self.now + UPLOAD_LIFE;
        let key = self.app.link_key(&mut self.session).await?;
        let said = format!("{}-{}-{}-{platform}", until.timestamp(), self.office(), member.id);
        let token = sign(Purpose::Upload, &said, &key);
        Ok(Some((format!("{}/gui/{token}", base.trim_end_matches('/')), until)))
    }

    /// A file that goes with a message, where the platform takes none: the line that says where it is fetched.
    pub(super) async fn file_line(&mut self, file: &(String, Vec<u8>)) -> Result<Option<String>, AppError> {
        let office = self.office();
        let offered = self.app.offer_file(&mut self.session, office, file, self.now).await?;
        Ok(offered.map(|(address, until)| self.voice().file_at(&file.0, &address, until)))
    }

    /// The address under which a platform fetches a picture.
    pub(super) async fn picture_address(
        &mut self,
        picture: &(String, Vec<u8>),
    ) -> Result<Option<String>, AppError> {
        let office = self.office();
        let offered = self.app.offer_file(&mut self.session, office, picture, self.now).await?;
        // Whoever shows it goes by the end of its address.
        Ok(offered.map(|(address, _)| format!("{}{PICTURE_ENDING}", address.replacen("/tep/", "/anh/", 1))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_for_handing_in_says_whose_it_is_until_it_expires() {
        let id = Id::<OfficeId>::new(uuid::Uuid::from_u128(1));
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let said = format!("1800000000-{id}-{id}-sim-zalo");
        assert_eq!(hand(&said, at).map(|hand| hand.platform), Some("sim-zalo".to_owned()));
        assert!(hand(&said, at + Duration::seconds(1)).is_none());
        assert!(hand("1800000000-x-y-z", at).is_none());
    }

    #[test]
    fn pictures_are_known_by_their_names() {
        assert_eq!(kind_of("anh.JPG"), AttachmentKind::Photo);
        assert_eq!(kind_of("bao-cao.docx"), AttachmentKind::File);
    }
}
