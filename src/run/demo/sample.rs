//! The office of the demo: invented, twenty-six schools, three groups, everybody a persona.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Asia::Ho_Chi_Minh;

use super::{Demo, Options, kept};
use crate::app::{App, AppError, NewMember, NewOffice};
use crate::domain::{ChatRef, Language, OfficeId, Role, School, Settings, UserRef, instant};
use crate::platforms::simulator::{Chat, NewFile, WorldError};
use crate::web::demo::{PersonRole, PersonView};

const REGISTER: &[u8] = include_bytes!("../../../samples/register.csv");
const SCHEDULE: &[u8] = include_bytes!("../../../samples/schedule_2026_2027.txt");
const SCHEDULE_NAME: &str = "ke-hoach-2026-2027.txt";
const OFFICE: &str = "Phòng Văn hóa - Xã hội xã Suối Ngàn";
const SPECIALIST: &str = "Lê Thị Hạnh";
const HEAD: &str = "Phạm Văn Dũng";
const STRANGER: &str = "Người lạ";
const TELEGRAM: &str = "sim-telegram";
const ZALO: &str = "sim-zalo";

/// The form that the specialist gives to the weighing of children: reports in the sample schedule are words only.
const FORM: &str = "biểu: tổng số trẻ (trẻ), cân đo <= tổng số trẻ, nhẹ cân, thấp còi, béo phì";

/// Who a persona is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Persona {
    Specialist,
    Head,
    Principal(String),
    Stranger,
}

/// Why the stage could not be set.
#[derive(Debug, thiserror::Error)]
pub(super) enum SampleError {
    #[error(transparent)]
    App(#[from] AppError),
    #[error(transparent)]
    World(#[from] WorldError),
    #[error("{0}")]
    Register(String),
    #[error("no bot")]
    NoBot,
}

/// The morning of the first working day of October 2026, half an hour before the month's post.
pub(super) fn first_moment() -> DateTime<Utc> {
    let day = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default();
    instant(day, NaiveTime::from_hms_opt(7, 30, 0).unwrap_or_default(), Ho_Chi_Minh)
}

impl Demo {
    /// Makes the office at the first start; after that only the personas are looked up again.
    pub(super) async fn set_up(&self, options: &Options) -> Result<(), SampleError> {
        let app = {
            let bot = self.bot.lock().await;
            std::sync::Arc::clone(bot.as_ref().ok_or(SampleError::NoBot)?.app())
        };
        let offices =
            app.store().read().await.map_err(AppError::from)?.offices().await.map_err(AppError::from)?;
        if let Some(office) = offices.first() {
            self.meet_people(&app, office.id).await?;
            // A schedule that is named again at the next start is the same one.
            if let Some((name, bytes)) = options.schedule.clone()
                && !self.has_file(&bytes)
            {
                self.hand_in_schedule(name, bytes)?;
            }
            return Ok(());
        }
        kept::begin(&self.folder).map_err(WorldError::from)?;
        let office = make_office(&app, options.language).await?;
        self.meet_people(&app, office).await?;
        self.make_groups(&app, office).await?;
        self.settle().await;
        match options.schedule.clone() {
            Some((name, bytes)) => {
                self.hand_in_schedule(name, bytes)?;
                self.settle().await;
            }
            None => {
                self.hand_in_schedule(SCHEDULE_NAME.to_owned(), SCHEDULE.to_vec())?;
                self.settle().await;
                self.agree_to_sample().await?;
            }
        }
        Ok(kept::finish(&self.folder).map_err(WorldError::from)?)
    }

    /// Everybody whom the page can play, known to the world.
    async fn meet_people(&self, app: &App, office: OfficeId) -> Result<(), SampleError> {
        let schools = schools_of(app, office).await?;
        let mut people = vec![
            (SPECIALIST.to_owned(), Persona::Specialist, PersonRole::Office),
            (HEAD.to_owned(), Persona::Head, PersonRole::Office),
        ];
        people.extend(
            schools
                .iter()
                .map(|s| (s.principal.clone(), Persona::Principal(s.short_name.clone()), PersonRole::School)),
        );
        people.push((STRANGER.to_owned(), Persona::Stranger, PersonRole::Stranger));
        let mut all = self.people.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        all.clear();
        for (name, persona, role) in people {
            self.world.add_person(&name, &name)?;
            all.push((PersonView { key: name.clone(), name, title: String::new(), role }, persona));
        }
        Ok(())
    }

    /// Two groups on the one platform, one on the other; officers are in all of them and reachable on both.
    async fn make_groups(&self, app: &App, office: OfficeId) -> Result<(), SampleError> {
        let schools = schools_of(app, office).await?;
        for (platform, id, title, clusters) in [
            (TELEGRAM, "cum-1", "Hiệu trưởng Cụm 1", &["Cụm 1"][..]),
            (TELEGRAM, "cum-2", "Hiệu trưởng Cụm 2", &["Cụm 2"]),
            (ZALO, "cum-3-4", "Hiệu trưởng Cụm 3, 4", &["Cụm 3", "Cụm 4"]),
        ] {
            let own: Vec<&School> =
                schools.iter().filter(|s| clusters.contains(&s.cluster.as_str())).collect();
            let mut members: Vec<&str> = own.iter().map(|s| s.principal.as_str()).collect();
            members.extend([SPECIALIST, HEAD, STRANGER]);
            let chat = self.world.add_group(platform, id, title, &members)?;
            app.add_group(office, chat, title.to_owned(), own.iter().map(|s| s.id).collect()).await?;
            for school in own {
                let role = Role::Principal(school.id);
                self.add_member(app, office, &school.principal, role, &[platform]).await?;
            }
        }
        self.add_member(app, office, SPECIALIST, Role::Specialist, &[TELEGRAM, ZALO]).await?;
        self.add_member(app, office, HEAD, Role::Head, &[TELEGRAM, ZALO]).await?;
        Ok(())
    }

    /// A member who has greeted the bot privately, so that it may write back.
    async fn add_member(
        &self,
        app: &App,
        office: OfficeId,
        name: &str,
        role: Role,
        platforms: &[&str],
    ) -> Result<(), SampleError> {
        let mut chats = Vec::new();
        for platform in platforms {
            chats.push(self.world.private_chat(platform, name)?);
        }
        let account = |c: &ChatRef| UserRef { platform: c.platform.clone(), id: name.to_owned() };
        let new = NewMember {
            name: name.to_owned(),
            roles: vec![role],
            accounts: chats.iter().map(account).collect(),
            private_chats: vec![],
        };
        app.add_member(office, new).await?;
        for chat in &chats {
            self.world.say(name, chat, "Em chào phòng ạ", None, vec![])?;
        }
        Ok(())
    }

    /// The specialist sends the schedule to the bot, as it is done for real.
    fn hand_in_schedule(&self, name: String, bytes: Vec<u8>) -> Result<(), SampleError> {
        let chat = self.world.private_chat(TELEGRAM, SPECIALIST)?;
        self.world.say(SPECIALIST, &chat, "", None, vec![NewFile { name, bytes }])?;
        Ok(())
    }

    /// Whether somebody has sent this very file.
    fn has_file(&self, bytes: &[u8]) -> bool {
        let of_chat = |chat: &Chat| {
            chat.messages.iter().flat_map(|m| &m.files).map(|f| f.id.clone()).collect::<Vec<_>>()
        };
        let files = self.world.with_chats(of_chat).into_iter().flatten();
        files.into_iter().any(|id| self.world.file(&id).is_some_and(|(_, sent)| *sent == *bytes))
    }

    /// The specialist agrees to the sample and gives its first figures a form.
    async fn agree_to_sample(&self) -> Result<(), SampleError> {
        let chat = self.world.private_chat(TELEGRAM, SPECIALIST)?;
        let weighing = self.code_of("cân đo").await?;
        if let Some(code) = weighing {
            self.world.say(SPECIALIST, &chat, &format!("/sua {code} {FORM}"), None, vec![])?;
            self.settle().await;
        }
        self.world.say(SPECIALIST, &chat, "/dang lịch", None, vec![])?;
        self.settle().await;
        Ok(())
    }

    /// The code of the first task of this month whose text has these words.
    async fn code_of(&self, words: &str) -> Result<Option<String>, SampleError> {
        let bot = self.bot.lock().await;
        let app = bot.as_ref().ok_or(SampleError::NoBot)?.app();
        let mut session = app.store().read().await.map_err(AppError::from)?;
        let offices = session.offices().await.map_err(AppError::from)?;
        let Some(office) = offices.first() else { return Ok(None) };
        let drafts =
            session.tasks_of(office.id, &[crate::domain::TaskState::Draft]).await.map_err(AppError::from)?;
        let this = crate::domain::Month { year: 2026, month: 10 };
        let found = drafts.iter().find(|t| t.months.contains(&this) && t.text.to_lowercase().contains(words));
        Ok(found.map(crate::domain::Task::code))
    }
}

async fn make_office(app: &App, language: Language) -> Result<OfficeId, SampleError> {
    let new = NewOffice { name: OFFICE.into(), language, settings: Settings::default() };
    let office = app.add_office(new).await?;
    app.import_register(office, REGISTER, "register.csv").await?.map_err(SampleError::Register)?;
    Ok(office)
}

async fn schools_of(app: &App, office: OfficeId) -> Result<Vec<School>, AppError> {
    Ok(app.store().read().await?.schools_of(office).await?)
}
