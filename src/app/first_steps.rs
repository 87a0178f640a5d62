//! Setting an office up in chat: what is left to do, the template of the register, codes for all schools at once.

use serde_json::json;

use super::AppError;
use super::joining::CODE_LIFE;
use super::message::Message;
use super::room::Room;
use super::speak::Manner;
use super::work::Work;
use crate::domain::{ChatRef, FirstSteps, Member, Reply, Role, SchoolCodes};
use crate::export::register_template;
use crate::wording::register_words;

impl Work<'_> {
    /// How far the office is set up.
    pub(super) async fn first_steps(&mut self, near: &ChatRef) -> Result<FirstSteps, AppError> {
        let troubles = self.troubles().await?;
        let shut = self.session.closed_to(self.office()).await?;
        let today = self.today();
        let open = || self.snapshot.schools.iter().filter(|s| s.is_open_on(today));
        Ok(FirstSteps {
            office: self.snapshot.office.name.clone(),
            schools: open().count(),
            without_people: open().filter(|s| self.people_of(s.id).is_empty()).count(),
            groups: self
                .snapshot
                .groups
                .iter()
                .filter(|g| !shut.contains(&g.chat))
                .map(|g| g.title.clone())
                .collect(),
            tasks: !self.snapshot.tasks.is_empty(),
            group_link: self.app.platforms.get(&near.platform).and_then(|p| p.group_link()),
            troubles,
        })
    }

    /// What is left to do, to an officer who has just joined an office that is not set up.
    pub(super) async fn greet_officer(&mut self, chat: &ChatRef) -> Result<(), AppError> {
        let steps = self.first_steps(chat).await?;
        if !steps.are_done() {
            self.reply(chat, &Reply::FirstSteps(steps), Manner::default()).await?;
        }
        Ok(())
    }

    /// `/truong mẫu`: the workbook to fill in.
    pub(super) async fn send_template(&mut self, message: &Message) -> Result<(), AppError> {
        let here = message.place.chat.clone();
        let chat = self.private_chat(&message.member, Some(&here)).unwrap_or(here);
        if !self.app.hands_over_files(&chat) {
            return self.reply_to_order(message, &Reply::NoTemplate).await;
        }
        let words = register_words(self.snapshot.office.language);
        let bytes = register_template(&words).map_err(|e| crate::store::StoreError::Other(e.to_string()))?;
        let file = Some(("danh-sach-truong.xlsx".to_owned(), bytes));
        self.reply(&chat, &Reply::Template, Manner { file, ..Manner::default() }).await?;
        Ok(())
    }

    /// `/ma tất cả`: a code for every school that nobody has joined for.
    pub(super) async fn make_codes(&mut self, by: &Member, near: &ChatRef) -> Result<Reply, AppError> {
        let today = self.today();
        let schools = self.snapshot.schools.iter().filter(|s| s.is_open_on(today));
        let alone = schools.filter(|s| self.people_of(s.id).is_empty());
        let alone: Vec<_> = alone.map(|s| (s.id, s.short_name.clone())).collect();
        let mut codes = Vec::new();
        for (school, name) in alone {
            let code = self.new_code(Some(by.id), Role::Principal(school)).await?.code;
            let link = self.join_link(near, &code);
            codes.push((name, code, link));
        }
        self.audit(Some(by.id), "codes.made", json!({ "schools": codes.len() })).await?;
        let full = self.full_bots(Room::People).await?;
        Ok(Reply::SchoolCodes(SchoolCodes { codes, until: self.now + CODE_LIFE, full }))
    }

    /// The address that joins with a code, where the platform has one.
    pub(super) fn join_link(&self, near: &ChatRef, code: &str) -> Option<String> {
        self.app.platforms.get(&near.platform)?.join_link(code)
    }
}
