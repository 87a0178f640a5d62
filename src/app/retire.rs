//! `/thoivai`: a person's roles end. What they said and did stays; their account is nobody's any more.

use serde_json::json;

use super::AppError;
use super::message::Message;
use super::pending::Pending;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{Member, MemberId, Reply, RetireReply, SchoolId};
use crate::vietnamese::fold_words;

impl Work<'_> {
    /// Asks whether it is this person whose roles are to end.
    pub(super) async fn ask_to_retire(&mut self, message: &Message, who: &str) -> Result<(), AppError> {
        let found = self.people_called(who);
        let reply = match found.as_slice() {
            [only] if self.directs_alone(only) => RetireReply::Last { name: only.name.clone() },
            [only] => {
                let reply = Reply::Retire(RetireReply::Ask {
                    name: only.name.clone(),
                    schools: only.schools().into_iter().map(|s| self.school_name(s)).collect(),
                    officer: only.directs(),
                });
                let pending = Pending::Retire(only.id);
                return self.ask_privately(message, &reply, pending, About::default()).await;
            }
            [] => RetireReply::Nobody { given: who.trim().to_owned() },
            several => RetireReply::Several {
                given: who.trim().to_owned(),
                names: several.iter().map(|m| self.described(m)).collect(),
            },
        };
        self.reply_to_order(message, &Reply::Retire(reply)).await
    }

    /// Ends the roles of a member, and tells the person.
    pub(super) async fn retire(&mut self, by: &Member, id: MemberId) -> Result<Reply, AppError> {
        let member = self.snapshot.members.iter().find(|m| m.id == id && !m.roles.is_empty()).cloned();
        let Some(member) = member.filter(|_| by.directs()) else { return Ok(Reply::Expired) };
        if self.directs_alone(&member) {
            return Ok(Reply::Retire(RetireReply::Last { name: member.name }));
        }
        let retired =
            Member { roles: vec![], accounts: vec![], private_chats: vec![], leave: None, ..member.clone() };
        self.session.update_member(&retired).await?;
        self.snapshot.members.retain(|m| m.id != id);
        let detail = json!({ "member": id, "roles": member.roles });
        self.audit(Some(by.id), "member.retired", detail).await?;
        if member.id != by.id {
            let told = Reply::Retire(RetireReply::You { office: self.snapshot.office.name.clone() });
            for chat in &member.private_chats {
                self.reply(chat, &told, Manner::default()).await?;
            }
        }
        let alone = |school: &SchoolId| self.people_of(*school).is_empty();
        let alone = member.schools().into_iter().filter(alone).map(|s| self.school_name(s)).collect();
        Ok(Reply::Retire(RetireReply::Done { name: member.name, alone }))
    }

    /// The members with this name, or with it at the end of theirs.
    fn people_called(&self, who: &str) -> Vec<Member> {
        let wanted = fold_words(who);
        let active = || self.snapshot.members.iter().filter(|m| !m.roles.is_empty());
        let exactly: Vec<Member> = active().filter(|m| fold_words(&m.name) == wanted).cloned().collect();
        if !exactly.is_empty() {
            return exactly;
        }
        let ends = |m: &&Member| fold_words(&m.name).ends_with(&format!(" {wanted}"));
        active().filter(ends).cloned().collect()
    }

    fn directs_alone(&self, member: &Member) -> bool {
        let others = |m: &Member| m.id != member.id && m.directs() && !m.accounts.is_empty();
        member.directs() && !self.snapshot.members.iter().any(others)
    }

    fn described(&self, member: &Member) -> String {
        let schools: Vec<String> = member.schools().into_iter().map(|s| self.school_name(s)).collect();
        if schools.is_empty() {
            member.name.clone()
        } else {
            format!("{} ({})", member.name, schools.join(", "))
        }
    }
}
