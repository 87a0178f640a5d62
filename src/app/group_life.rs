//! What becomes of a group beside what is said in it.

use serde_json::json;

use super::AppError;
use super::speak::Manner;
use super::work::Work;
use crate::domain::{Group, Member, Reply};

impl Work<'_> {
    /// The group has another title.
    pub(super) async fn rename_group(&mut self, group: Option<Group>, title: &str) -> Result<(), AppError> {
        let Some(mut group) = group.filter(|g| g.title != title) else { return Ok(()) };
        title.clone_into(&mut group.title);
        self.session.update_group(&group).await?;
        self.audit(None, "group.renamed", json!({ "group": group.id })).await
    }

    /// Somebody who answers for a school is no longer in the group: the specialists are told in private, because the
    /// school would go on being expected there. The group hears nothing.
    pub(super) async fn member_left(
        &mut self,
        member: &Member,
        group: Option<Group>,
    ) -> Result<(), AppError> {
        let Some(group) = group else { return Ok(()) };
        let schools = member.schools().into_iter().filter(|s| group.holds(*s));
        let schools: Vec<String> = schools.map(|s| self.school_name(s)).collect();
        if schools.is_empty() {
            return Ok(());
        }
        let reply = Reply::MemberLeft { name: member.name.clone(), schools, group: group.title };
        // Telegram tells one leaving in two ways.
        let key = format!("left/{}/{}/{}", group.id, member.id, self.now.format("%Y-%m-%dT%H"));
        for officer in self.specialists() {
            if let Some(chat) = self.private_chat(&officer, None) {
                let manner = Manner { key: Some(format!("{key}/{}", officer.id)), ..Manner::default() };
                self.reply(&chat, &reply, manner).await?;
            }
        }
        Ok(())
    }
}
