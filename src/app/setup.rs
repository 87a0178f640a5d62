//! An office, its schools, members and groups: for the command line, the demo and the tests.

use chrono::NaiveDate;

use super::work::Work;
use super::{App, AppError};
use crate::domain::{
    ChatRef, Group, GroupId, Language, Member, MemberId, Office, OfficeId, Role, School, SchoolId,
    SchoolKind, Settings, UserRef,
};

/// An office to be.
#[derive(Debug, Clone)]
pub struct NewOffice {
    /// Its name as it signs.
    pub name: String,
    /// The language that the bot speaks in its groups.
    pub language: Language,
    /// Its settings.
    pub settings: Settings,
}

/// A school to be; see [`School`] for the fields.
#[derive(Debug, Clone)]
pub struct NewSchool {
    /// Code of the register.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Its kind.
    pub kind: SchoolKind,
    /// Its ward.
    pub ward: String,
    /// Its cluster.
    pub cluster: String,
    /// Its head.
    pub principal: String,
    /// Its telephone.
    pub phone: String,
    /// How many children it has, where that is known.
    pub enrolment: Option<i64>,
    /// From when on.
    pub opened_on: Option<NaiveDate>,
    /// Until when.
    pub closed_on: Option<NaiveDate>,
}

impl NewSchool {
    /// A public school of which no more is known.
    pub fn named(code: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            name: name.into(),
            aliases: vec![],
            kind: SchoolKind::Public,
            ward: String::new(),
            cluster: String::new(),
            principal: String::new(),
            phone: String::new(),
            enrolment: None,
            opened_on: None,
            closed_on: None,
        }
    }
}

/// A member to be.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// How the person is called.
    pub name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// Accounts on platforms.
    pub accounts: Vec<UserRef>,
    /// Chats in which the person has written to the bot.
    pub private_chats: Vec<ChatRef>,
}

impl App {
    /// Makes an office.
    pub async fn add_office(&self, new: NewOffice) -> Result<OfficeId, AppError> {
        let office = Office {
            id: self.ids.next(self.clock.now()),
            name: new.name,
            language: new.language,
            zone: chrono_tz::Asia::Ho_Chi_Minh,
            settings: new.settings,
        };
        let mut session = self.store.begin().await?;
        session.insert_office(&office).await?;
        session.commit().await?;
        Ok(office.id)
    }

    /// Adds schools to an office, in order.
    pub async fn add_schools(
        &self,
        office: OfficeId,
        new: Vec<NewSchool>,
    ) -> Result<Vec<SchoolId>, AppError> {
        let mut work = Work::begin(self, office).await?;
        let mut ids = Vec::new();
        for new in new {
            let school = School {
                id: work.id(),
                office,
                short_name: School::short_name_of(&new.name),
                code: new.code,
                name: new.name,
                aliases: new.aliases,
                kind: new.kind,
                ward: new.ward,
                cluster: new.cluster,
                principal: new.principal,
                phone: new.phone,
                enrolment: new.enrolment,
                opened_on: new.opened_on,
                closed_on: new.closed_on,
            };
            work.session.insert_school(&school).await?;
            ids.push(school.id);
        }
        work.commit().await?;
        Ok(ids)
    }

    /// Adds a member to an office.
    pub async fn add_member(&self, office: OfficeId, new: NewMember) -> Result<MemberId, AppError> {
        let mut work = Work::begin(self, office).await?;
        let member = Member {
            id: work.id(),
            office,
            name: new.name,
            roles: new.roles,
            accounts: new.accounts,
            private_chats: new.private_chats,
            leave: None,
        };
        work.session.insert_member(&member).await?;
        work.commit().await?;
        Ok(member.id)
    }

    /// Binds a chat to an office, with these schools in it; none means all.
    pub async fn add_group(
        &self,
        office: OfficeId,
        chat: ChatRef,
        title: String,
        schools: Vec<SchoolId>,
    ) -> Result<GroupId, AppError> {
        let mut work = Work::begin(self, office).await?;
        let group = Group { id: work.id(), office, chat, title, schools };
        work.session.insert_group(&group).await?;
        work.commit().await?;
        Ok(group.id)
    }

    /// Agrees to a draft of a schedule in a person's name.
    pub async fn agree_to_schedule(
        &self,
        office: OfficeId,
        by: MemberId,
        schedule: crate::domain::ScheduleId,
    ) -> Result<(), AppError> {
        let mut work = Work::begin(self, office).await?;
        let member = work.snapshot.members.iter().find(|m| m.id == by).cloned();
        if let Some(member) = member {
            work.agree(&member, schedule, true).await?;
        }
        work.commit().await
    }

    /// Adds a task as a person has agreed to it: it waits for its month, or is out when it has none.
    pub async fn add_task(
        &self,
        office: OfficeId,
        make: impl FnOnce(crate::domain::TaskId, u32) -> crate::domain::Task,
    ) -> Result<crate::domain::TaskId, AppError> {
        let mut work = Work::begin(self, office).await?;
        let code = work.session.next_code(office).await?;
        let task = make(work.id(), code);
        work.session.insert_task(&task).await?;
        work.commit().await?;
        Ok(task.id)
    }
}
