//! A file of an officer: the year's schedule, or the register.

use i18n_embed_fl::fl;
use serde_json::json;

use super::message::Message;
use super::roll::{Draft, roll, year_of};
use super::speak::Manner;
use super::work::Work;
use super::{App, AppError};
use crate::chat::{AttachmentKind, ChatKind, FetchError, Heard, Incoming};
use crate::domain::{
    Doubt, DueRole, MemberId, Month, OfficeId, Reply, Schedule, ScheduleState, SchoolYear, TaskState,
};
use crate::import::{Content, Directive, Unread};
use crate::wording::unread;

/// A file that an officer sent privately, fetched and read before anything is locked.
#[derive(Debug)]
pub(super) struct OfficerFile {
    name: String,
    outcome: Outcome,
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
}

/// The largest file that is fetched, in bytes.
const LARGEST: u64 = 10 * 1024 * 1024;

impl App {
    /// The file of an update, if it is a document that an officer sent privately.
    pub(super) async fn officer_file(
        &self,
        incoming: &Incoming,
        office: OfficeId,
    ) -> Result<Option<OfficerFile>, AppError> {
        let (Heard::Message { attachments, quote: None, .. }, ChatKind::Private) =
            (&incoming.heard, incoming.chat_kind)
        else {
            return Ok(None);
        };
        let Some(file) = attachments.iter().find(|a| a.kind == AttachmentKind::File) else { return Ok(None) };
        let members = self.store.read().await?.members_by_account(&incoming.from.user).await?;
        if !members.iter().any(|m| m.office == office && m.directs()) {
            return Ok(None);
        }
        let Some(platform) = self.platforms.get(&incoming.chat.platform) else { return Ok(None) };
        let bytes = if file.size.is_some_and(|size| size > LARGEST) {
            Err(FetchError::TooLarge)
        } else {
            platform.fetch(&file.file, LARGEST).await
        };
        match bytes {
            // The platform is away: the update is tried again later.
            Err(error @ FetchError::Unreachable(_)) => Err(error.into()),
            Err(error) => {
                Ok(Some(OfficerFile { name: file.name.clone(), outcome: Outcome::NotFetched(error) }))
            }
            Ok(bytes) => Ok(Some(self.read_file(&file.name, bytes).await)),
        }
    }

    async fn read_file(&self, name: &str, bytes: Vec<u8>) -> OfficerFile {
        let outcome = match self.reader.read(name, bytes).await {
            Ok(content) => Outcome::Read(Box::new(content)),
            Err(unread) => Outcome::Unread(unread),
        };
        OfficerFile { name: name.to_owned(), outcome }
    }

    /// Stores a schedule for an office from the bytes of its document and agrees to nothing: the draft, or the sentence
    /// that says why there is none.
    pub async fn import_schedule(
        &self,
        office: OfficeId,
        bytes: &[u8],
        file_name: &str,
    ) -> Result<Result<crate::domain::ScheduleId, String>, AppError> {
        let file = self.read_file(file_name, bytes.to_vec()).await;
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
    /// What an officer's file is goes by its bytes: a register is a table with a column of names, everything else is read
    /// as a schedule.
    pub(super) async fn take_file(&mut self, message: &Message, file: OfficerFile) -> Result<(), AppError> {
        let by = Some(message.member.id);
        let reply = self.file_reply(file, by).await?;
        let manner = Manner { reply_to: Some(message.place.id.clone()), ..Manner::default() };
        self.reply(&message.place.chat.clone(), &reply, manner).await?;
        Ok(())
    }

    /// What a file comes to, as an answer.
    async fn file_reply(&mut self, file: OfficerFile, by: Option<MemberId>) -> Result<Reply, AppError> {
        let words = self.voice().words();
        let language = self.snapshot.office.language;
        let OfficerFile { name, outcome } = file;
        let sentence = match outcome {
            Outcome::Read(content) => match *content {
                Content::Register(draft) => return self.take_register(&draft, by).await,
                Content::Directive(directive) => return self.take_schedule(&directive, &name, by).await,
            },
            Outcome::Unread(why) => unread(language, &why, &name),
            Outcome::NotFetched(FetchError::TooLarge) => fl!(words, "file-too-large", file = name),
            Outcome::NotFetched(_) => fl!(words, "file-gone", file = name),
        };
        Ok(Reply::FileRefused { sentence })
    }

    /// Takes a schedule over, rolled forward where it is of an older year, and keeps it as a draft.
    async fn take_schedule(
        &mut self,
        directive: &Directive,
        file_name: &str,
        by: Option<MemberId>,
    ) -> Result<Reply, AppError> {
        let read_year = year_of(directive);
        let year = self.year_for(read_year);
        let drafts = roll(directive, year, &self.snapshot.calendar, &self.snapshot.schools);
        if drafts.is_empty() {
            let sentence = fl!(self.voice().words(), "schedule-none", file = file_name.to_owned());
            return Ok(Reply::FileRefused { sentence });
        }
        let replaces = self.drop_older_drafts(year).await?;
        let schedule = Schedule {
            id: self.id(),
            office: self.office(),
            year,
            title: title(directive, file_name),
            file_name: file_name.to_owned(),
            state: ScheduleState::Draft,
        };
        self.session.insert_schedule(&schedule).await?;
        let months = by_month(&drafts);
        let mut doubts: Vec<Doubt> = directive.doubts.iter().map(super::roll::reading).collect();
        doubts.extend(drafts.iter().flat_map(|d| d.doubts.clone()));
        for draft in drafts {
            let code = self.session.next_code(self.office()).await?;
            let task = draft.into_task(self.id(), self.office(), Some(schedule.id), None, code);
            self.session.insert_task(&task).await?;
        }
        self.audit(by, "schedule.read", json!({ "schedule": schedule.id })).await?;
        Ok(Reply::ScheduleRead {
            id: schedule.id,
            title: schedule.title,
            read_year,
            year,
            months,
            doubts,
            replaces,
        })
    }

    /// The school year that a document is kept for: its own, or the present one when that is over. From June on the
    /// office plans the next.
    fn year_for(&self, read: Option<SchoolYear>) -> SchoolYear {
        let today = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let this = SchoolYear::of(today);
        let planned = if matches!(Month::of(today).month, 6 | 7) { SchoolYear(this.0 + 1) } else { this };
        read.map_or(planned, |read| read.max(planned))
    }

    /// Drafts that nobody agreed to make room. Whether a schedule of that year is in use.
    async fn drop_older_drafts(&mut self, year: SchoolYear) -> Result<bool, AppError> {
        let mut in_use = false;
        for other in self.session.schedules_of(self.office(), Some(year)).await? {
            match other.state {
                ScheduleState::Draft => {
                    for mut task in self.session.tasks_of_schedule(other.id).await? {
                        task.state = TaskState::Retired;
                        self.session.update_task(&task).await?;
                    }
                    self.session.set_schedule_state(other.id, ScheduleState::Retired).await?;
                }
                ScheduleState::Active => in_use = true,
                ScheduleState::Retired => {}
            }
        }
        Ok(in_use)
    }
}

fn title(directive: &Directive, file_name: &str) -> String {
    directive.header.subject.clone().unwrap_or_else(|| file_name.to_owned())
}

/// Tasks and deadlines of each month, in order.
fn by_month(drafts: &[Draft]) -> Vec<(Month, usize, usize)> {
    let mut months: std::collections::BTreeMap<Month, (usize, usize)> = std::collections::BTreeMap::new();
    for draft in drafts {
        let deadlines = draft.due.iter().filter(|d| d.role == DueRole::Deadline).count();
        for month in draft.months.iter().take(1) {
            let count = months.entry(*month).or_default();
            *count = (count.0 + 1, count.1 + deadlines);
        }
    }
    months.into_iter().map(|(month, (tasks, deadlines))| (month, tasks, deadlines)).collect()
}
