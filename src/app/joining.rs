//! How people and groups come to belong to an office: by a one-time code, or by a person's word.

use chrono::Duration;
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::room::Room;
use super::speak::Manner;
use super::work::Work;
use crate::chat::{About, ChatKind, Heard, Incoming};
use crate::domain::{
    Address, CommandProblem, Grant, Group, JoinCode, JoinReply, JoinRequest, Member, MemberId, Reply, Role,
    SchoolId, Scope, UserRef,
};
use crate::understand::{Command, CommandFault, Context, Join, SchoolIndex, command};
use crate::vietnamese::fold;

/// How long a code is good.
pub(super) const CODE_LIFE: Duration = Duration::days(14);

/// How long a code for another account is good: whoever has it speaks for that person.
const ACCOUNT_CODE_LIFE: Duration = Duration::days(1);

/// Letters and digits that nobody mistakes for one another on a phone: no 0 and O, 1, I and L, 5 and S, 8 and B.
const LETTERS: &[u8; 27] = b"234679ACDEFGHJKMNPQRTUVWXYZ";

/// What a person unknown to an office orders, read without anything that an office knows but its register.
pub(super) fn stranger_order(
    text: &str,
    private: bool,
    schools: &SchoolIndex,
    now: chrono::NaiveDateTime,
) -> Option<Result<Command, CommandFault>> {
    let context = Context { officer: !private, ..Context::bare(now, schools) };
    command(text, private, &context)
}

impl Work<'_> {
    /// A person unknown here who wants to join, or an officer in a group that nobody knows.
    pub(super) async fn hear_joining(&mut self, incoming: &Incoming) -> Result<(), AppError> {
        let Heard::Message { text, message, .. } = &incoming.heard else { return Ok(()) };
        let indexes = self.indexes();
        let private = incoming.chat_kind == ChatKind::Private;
        let now = incoming.at.with_timezone(&self.snapshot.office.zone).naive_local();
        let reply = match stranger_order(text, private, &indexes.schools, now) {
            Some(Ok(Command::Join(Join::Code(code)))) => self.join_by_code(incoming, &code).await?,
            Some(Ok(Command::Join(Join::School(school)))) => self.ask_to_join(incoming, school).await?,
            Some(Ok(Command::BindGroup { scope })) => self.bind_group(incoming, &scope).await?,
            Some(Ok(Command::BindGroupBy { code, title })) => {
                self.bind_group_by(incoming, &code, &title).await?
            }
            Some(Err(fault)) => match fault.problem {
                CommandProblem::NoSuchSchool { given, nearest } => {
                    Reply::Join(JoinReply::NoSuchSchool { given, nearest })
                }
                problem @ CommandProblem::SeveralSchools { .. } => Reply::CommandFault {
                    address: Address::of(&incoming.from.name),
                    fault: problem,
                    example: String::new(),
                },
                _ => Reply::Join(JoinReply::HowTo),
            },
            _ => Reply::Join(JoinReply::HowTo),
        };
        let manner = Manner { reply_to: Some(message.clone()), ..Manner::default() };
        self.reply(&incoming.chat, &reply, manner).await?;
        match reply {
            Reply::Join(JoinReply::Joined { school: None, .. }) => self.greet_officer(&incoming.chat).await,
            Reply::Join(JoinReply::Joined { .. } | JoinReply::Waiting { .. }) if !private => {
                self.tell_of_room(&incoming.chat).await
            }
            _ => Ok(()),
        }
    }

    /// Whoever joins in a group of a bot without room cannot write to it in private: to another one.
    async fn tell_of_room(&mut self, chat: &crate::domain::ChatRef) -> Result<(), AppError> {
        if let Some(full) = self.is_full(&chat.platform, Room::People).await? {
            self.reply(chat, &Reply::Join(JoinReply::PeopleFull(full)), Manner::default()).await?;
        }
        Ok(())
    }

    async fn join_by_code(&mut self, incoming: &Incoming, typed: &str) -> Result<Reply, AppError> {
        let code = match self.session.code(typed).await? {
            Some(code) if code.office == self.office() => self.session.use_code(typed, self.now).await?,
            _ => None,
        };
        let role = match code.map(|code| code.grant) {
            Some(Grant::Role(role)) => role,
            Some(Grant::Account(member)) => return self.link_account(incoming, member).await,
            // Typed as if it were a person's: it is used up, so that nobody finds it in a chat.
            Some(Grant::Group(_)) | None => return Ok(Reply::Join(JoinReply::BadCode)),
        };
        let school = match &role {
            Role::Principal(school) | Role::Deputy(school) => Some(self.school_name(*school)),
            _ => None,
        };
        let chat = (incoming.chat_kind == ChatKind::Private).then(|| incoming.chat.clone());
        self.let_in(&incoming.from.user, &incoming.from.name, chat, role).await?;
        Ok(Reply::Join(JoinReply::Joined { school, office: self.snapshot.office.name.clone() }))
    }

    /// The account is a group or a channel, behind which anybody may hide.
    fn is_a_chat(&self, user: &UserRef) -> bool {
        let is_of = |g: &Group| g.chat.platform == user.platform && g.chat.id == user.id;
        user.is_chat() || self.snapshot.groups.iter().any(is_of)
    }

    /// Binds an account to a role: of the member that has this account, else of a new one. Never a group or a channel.
    pub(super) async fn let_in(
        &mut self,
        user: &UserRef,
        name: &str,
        private_chat: Option<crate::domain::ChatRef>,
        role: Role,
    ) -> Result<(), AppError> {
        if self.is_a_chat(user) {
            return Ok(());
        }
        let known = self.snapshot.members.iter().find(|m| m.accounts.contains(user)).cloned();
        let is_new = known.is_none();
        let mut member = known.unwrap_or_else(|| Member {
            id: self.id(),
            office: self.office(),
            name: name.to_owned(),
            roles: vec![],
            accounts: vec![user.clone()],
            private_chats: vec![],
            leave: None,
        });
        if !member.roles.contains(&role) {
            member.roles.push(role);
        }
        member.private_chats.extend(private_chat.filter(|c| !member.private_chats.contains(c)));
        if is_new {
            self.session.insert_member(&member).await?;
            self.snapshot.members.push(member.clone());
        } else {
            self.session.update_member(&member).await?;
            if let Some(known) = self.snapshot.members.iter_mut().find(|m| m.id == member.id) {
                *known = member.clone();
            }
        }
        self.audit(Some(member.id), "member.joined", json!({ "member": member.id })).await
    }

    /// Without a code a specialist decides.
    async fn ask_to_join(&mut self, incoming: &Incoming, school: SchoolId) -> Result<Reply, AppError> {
        let request = JoinRequest {
            id: self.id(),
            office: self.office(),
            user: incoming.from.user.clone(),
            name: incoming.from.name.clone(),
            chat: incoming.chat.clone(),
            school,
            asked_at: self.now,
        };
        let name = self.school_name(school);
        if self.session.insert_join_request(&request).await? {
            let bound = self.people_of(school).into_iter().map(|m| m.name).collect();
            let ask = JoinReply::Request {
                id: request.id,
                name: request.name.clone(),
                school: name.clone(),
                bound,
            };
            self.tell_specialists(&Reply::Join(ask), &About { school: Some(school), ..About::default() })
                .await?;
        }
        Ok(Reply::Join(JoinReply::Waiting { school: name }))
    }

    pub(super) async fn press_join(
        &mut self,
        message: &Message,
        id: &str,
        approved: bool,
    ) -> Result<Reply, AppError> {
        let Ok(id) = id.parse() else { return Ok(Reply::Nothing) };
        let Some(request) = self.session.join_request(id).await?.filter(|r| r.office == self.office()) else {
            return Ok(Reply::Nothing);
        };
        let reply = self.decide_join(&message.member, &request, approved).await?;
        self.reword_pressed(message, &reply).await?;
        Ok(reply)
    }

    async fn decide_join(
        &mut self,
        by: &Member,
        request: &JoinRequest,
        approved: bool,
    ) -> Result<Reply, AppError> {
        // Asked from behind a group or a channel, when that was still written down: it would let in whoever hides there.
        let hidden = approved && self.is_a_chat(&request.user);
        let approved = approved && !hidden;
        if !self.session.decide_join_request(request.id, approved, by.id, self.now).await? {
            return Ok(Reply::Nothing);
        }
        let school = self.school_name(request.school);
        let told = if approved {
            // Asked for in a group: that is no place to write to one person.
            let in_group = self.snapshot.groups.iter().any(|g| g.chat == request.chat);
            let private = (!in_group).then(|| request.chat.clone());
            self.let_in(&request.user, &request.name, private, Role::Principal(request.school)).await?;
            JoinReply::Joined { school: Some(school.clone()), office: self.snapshot.office.name.clone() }
        } else if hidden {
            JoinReply::Anonymous
        } else {
            JoinReply::Refused { school: school.clone() }
        };
        self.reply(&request.chat, &Reply::Join(told), Manner::default()).await?;
        self.audit(Some(by.id), "join.decided", json!({ "request": request.id, "approved": approved }))
            .await?;
        Ok(Reply::Join(JoinReply::Decided { name: request.name.clone(), school, approved }))
    }

    /// "/duyet Lan", "/khongduyet Lan": the decision in words. Without a name it is about the only one who waits.
    pub(super) async fn decide_join_by_name(
        &mut self,
        by: &Member,
        who: &str,
        approved: bool,
    ) -> Result<Reply, AppError> {
        let open = self.session.open_join_requests(self.office()).await?;
        let wanted = fold(who.trim());
        let named = |r: &&JoinRequest| wanted.is_empty() || fold(&r.name) == wanted;
        let mut found = open.iter().filter(named);
        match (found.next(), found.next()) {
            (Some(request), None) => self.decide_join(by, request, approved).await,
            _ => Ok(Reply::CommandFault {
                address: Address::of(&by.name),
                fault: CommandProblem::NoSuchRequest {
                    given: who.trim().to_owned(),
                    waiting: open.iter().map(|r| r.name.clone()).collect(),
                },
                example: String::new(),
            }),
        }
    }

    /// Somebody who is known joins one more school, or uses a code.
    pub(super) async fn join_more(&mut self, message: &Message, join: Join) -> Result<(), AppError> {
        let incoming = Incoming {
            key: String::new(),
            at: message.at,
            chat: message.place.chat.clone(),
            chat_kind: if message.group.is_some() { ChatKind::Group } else { ChatKind::Private },
            chat_title: None,
            from: crate::chat::Sender { user: message.user.clone(), name: message.member.name.clone() },
            heard: Heard::BotAdded { hears: false },
        };
        let reply = match join {
            Join::Code(code) => self.join_by_code(&incoming, &code).await?,
            Join::School(school) => self.ask_to_join(&incoming, school).await?,
            // "/start" of somebody who has long joined: what is to be done now.
            Join::HowTo if !message.member.schools().is_empty() => return self.show_mine(message).await,
            Join::HowTo => match self.first_steps(&message.place.chat).await? {
                steps if !steps.are_done() => Reply::FirstSteps(steps),
                _ => self.overview(),
            },
        };
        self.reply_to_order(message, &reply).await
    }

    /// A one-time code that gives a role.
    pub(super) async fn make_code(
        &mut self,
        by: &Member,
        role: Role,
        near: &crate::domain::ChatRef,
    ) -> Result<Reply, AppError> {
        let school = match &role {
            Role::Principal(school) | Role::Deputy(school) => Some(self.school_name(*school)),
            _ => None,
        };
        let code = self.new_code(Some(by.id), role.clone()).await?;
        let (until, link) = (code.expires_at, self.join_link(near, &code.code));
        let full = self.full_bots(Room::People).await?;
        Ok(Reply::Join(JoinReply::Code { code: code.code, role, school, until, link, full }))
    }

    /// "/nhom" of an officer in private: a one-time code that binds the group in which it is typed, whoever types it there.
    pub(super) async fn make_group_code(&mut self, by: &Member, scope: &Scope) -> Result<Reply, AppError> {
        let grant = Grant::Group(self.schools_in(scope));
        let code = self.code_for(Some(by.id), grant, CODE_LIFE).await?;
        let full = self.full_bots(Room::Groups).await?;
        Ok(Reply::Join(JoinReply::GroupCode { code: code.code, until: code.expires_at, full }))
    }

    /// "/lienket": a one-time code by which another account of the same person is told.
    pub(super) async fn make_account_code(&mut self, by: &Member) -> Result<Reply, AppError> {
        let code = self.code_for(Some(by.id), Grant::Account(by.id), ACCOUNT_CODE_LIFE).await?;
        Ok(Reply::Join(JoinReply::AccountCode { code: code.code, until: code.expires_at }))
    }

    /// The account is from now on this member's; what it was bound to before goes with it.
    async fn link_account(&mut self, incoming: &Incoming, member: MemberId) -> Result<Reply, AppError> {
        let user = &incoming.from.user;
        let Some(mut member) = self.snapshot.members.iter().find(|m| m.id == member).cloned() else {
            return Ok(Reply::Join(JoinReply::BadCode));
        };
        let linked = Reply::Join(JoinReply::Linked { name: member.name.clone() });
        if member.accounts.contains(user) {
            return Ok(linked);
        }
        let other = self.snapshot.members.iter().find(|m| m.accounts.contains(user)).cloned();
        if let Some(mut other) = other {
            other.accounts.retain(|account| account != user);
            for role in &other.roles {
                if !member.roles.contains(role) {
                    member.roles.push(role.clone());
                }
            }
            member.leave = member.leave.or(other.leave.take());
            let theirs = std::mem::take(&mut other.private_chats);
            let (moved, kept) = theirs.into_iter().partition(|chat| chat.platform == user.platform);
            other.private_chats = kept;
            member.private_chats.extend::<Vec<_>>(moved);
            if other.accounts.is_empty() {
                other.roles.clear();
            }
            self.session.update_member(&other).await?;
            self.replace_known(other);
        }
        let before = self.private_chat(&member, None);
        member.accounts.push(user.clone());
        if incoming.chat_kind == ChatKind::Private && !member.private_chats.contains(&incoming.chat) {
            member.private_chats.push(incoming.chat.clone());
        }
        self.session.update_member(&member).await?;
        self.replace_known(member.clone());
        self.audit(Some(member.id), "account.linked", json!({ "platform": user.platform })).await?;
        if let Some(chat) = before.filter(|chat| *chat != incoming.chat) {
            let told = JoinReply::LinkedTo { name: incoming.from.name.clone() };
            self.reply(&chat, &Reply::Join(told), Manner::default()).await?;
        }
        Ok(linked)
    }

    fn replace_known(&mut self, member: Member) {
        if let Some(known) = self.snapshot.members.iter_mut().find(|m| m.id == member.id) {
            *known = member;
        }
    }

    /// A one-time code that gives a role.
    pub(super) async fn new_code(&mut self, by: Option<MemberId>, role: Role) -> Result<JoinCode, AppError> {
        self.code_for(by, Grant::Role(role), CODE_LIFE).await
    }

    async fn code_for(
        &mut self,
        by: Option<MemberId>,
        grant: Grant,
        life: Duration,
    ) -> Result<JoinCode, AppError> {
        let code = JoinCode {
            code: spelled(self.app.ids.secret()),
            office: self.office(),
            grant,
            expires_at: self.now + life,
            used_at: None,
        };
        self.session.insert_code(&code).await?;
        self.audit(by, "code.made", json!({ "grant": code.grant })).await?;
        Ok(code)
    }

    /// "/nhom" of an officer in a group that is not bound.
    async fn bind_group(&mut self, incoming: &Incoming, scope: &Scope) -> Result<Reply, AppError> {
        let officer = self.snapshot.members.iter().find(|m| m.accounts.contains(&incoming.from.user));
        let Some(officer) = officer.filter(|m| m.directs()).cloned() else {
            return Ok(Reply::Hello { bound: false });
        };
        if let Some(full) = self.is_full(&incoming.chat.platform, Room::Groups).await? {
            return Ok(Reply::GroupsFull(full));
        }
        let schools = self.schools_in(scope);
        self.bind_chat(incoming, Some(officer.id), schools, "").await
    }

    /// "/nhom HS7K-2MPQ" of whoever has the code: where a platform shows a person under another id in groups, the bot cannot
    /// know that it is an officer.
    async fn bind_group_by(
        &mut self,
        incoming: &Incoming,
        typed: &str,
        title: &str,
    ) -> Result<Reply, AppError> {
        let code = match self.session.code(typed).await? {
            Some(code) if code.office == self.office() && matches!(code.grant, Grant::Group(_)) => {
                // The code stays good: it is for the bot that has room.
                if let Some(full) = self.is_full(&incoming.chat.platform, Room::Groups).await? {
                    return Ok(Reply::GroupsFull(full));
                }
                self.session.use_code(typed, self.now).await?
            }
            _ => None,
        };
        let Some(Grant::Group(schools)) = code.map(|code| code.grant) else {
            return Ok(Reply::Join(JoinReply::BadCode));
        };
        self.bind_chat(incoming, None, schools, title).await
    }

    /// The group belongs to the office from now on, with these schools in it.
    async fn bind_chat(
        &mut self,
        incoming: &Incoming,
        by: Option<MemberId>,
        schools: Vec<SchoolId>,
        title: &str,
    ) -> Result<Reply, AppError> {
        let told = incoming.chat_title.clone().filter(|title| !title.is_empty());
        let said = (!title.is_empty()).then(|| title.to_owned());
        let group = Group {
            id: self.id(),
            office: self.office(),
            chat: incoming.chat.clone(),
            title: told.or(said).unwrap_or_else(|| self.snapshot.office.name.clone()),
            schools,
        };
        self.session.insert_group(&group).await?;
        self.session.unsay(&group.chat).await?;
        if let Heard::Message { origin, .. } = &incoming.heard {
            self.session.speak_in(&group.chat, origin.topic.as_deref()).await?;
        }
        self.snapshot.groups.push(group.clone());
        self.audit(by, "group.bound", json!({ "group": group.id })).await?;
        self.bound_reply(&group).await
    }

    /// "/nhom cụm 1" in a group that is bound already: other schools are in it now.
    pub(super) async fn rebind_group(&mut self, message: &Message, scope: &Scope) -> Result<Reply, AppError> {
        let Some(mut group) = message.group.clone() else { return Ok(Reply::Hello { bound: false }) };
        let schools = self.schools_in(scope);
        self.session.speak_in(&group.chat, message.topic.as_deref()).await?;
        if schools != group.schools {
            group.schools = schools;
            self.session.update_group(&group).await?;
            self.audit(Some(message.member.id), "group.bound", json!({ "group": group.id })).await?;
            if let Some(known) = self.snapshot.groups.iter_mut().find(|g| g.id == group.id) {
                *known = group.clone();
            }
        }
        self.bound_reply(&group).await
    }

    /// The schools of a scope as a group keeps them: none for all, so that schools to come are in it too.
    fn schools_in(&self, scope: &Scope) -> Vec<SchoolId> {
        match scope {
            Scope::All => vec![],
            scope => self.snapshot.schools.iter().filter(|s| scope.holds(s)).map(|s| s.id).collect(),
        }
    }

    pub(super) async fn bound_reply(&mut self, group: &Group) -> Result<Reply, AppError> {
        let place = self.place_of_group(&group.chat).await?;
        let day = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let schools = self.snapshot.schools.iter().filter(|s| group.holds(s.id) && s.is_open_on(day)).count();
        let (title, office) = (group.title.clone(), self.snapshot.office.name.clone());
        let room = match place {
            Some((at, most)) if at >= most => {
                self.app.room_beside(&mut self.session, &group.chat.platform, Room::Groups).await?
            }
            _ => None,
        };
        Ok(Reply::GroupBound { title, office, schools, place, room })
    }
}

/// Eight letters of a secret: `HS7K-2MPQ`. A digit and a letter are among them: without a digit, people and programs take
/// a code for a name.
fn spelled(mut secret: u64) -> String {
    let (digits, letters) = LETTERS.split_at(6);
    let mut code = String::with_capacity(9);
    for i in 0..8 {
        if i == 4 {
            code.push('-');
        }
        let one_kind = |of: fn(&u8) -> bool| code.bytes().filter(|b| *b != b'-').all(|b| of(&b));
        let from = match i {
            7 if one_kind(u8::is_ascii_alphabetic) => digits,
            7 if one_kind(u8::is_ascii_digit) => letters,
            _ => LETTERS.as_slice(),
        };
        code.push(char::from(from[(secret % from.len() as u64) as usize]));
        secret /= LETTERS.len() as u64;
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Ids;

    #[test]
    fn every_code_is_known_for_one_by_a_digit_and_a_letter() {
        let ids = Ids::seeded(3);
        for secret in (0..5_000).map(|_| ids.secret()).chain([0, u64::MAX]) {
            let code = spelled(secret);
            let has = |of: fn(&u8) -> bool| code.bytes().any(|b| of(&b));
            assert!(has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic), "{code}");
            assert_eq!((code.len(), &code[4..5]), (9, "-"));
        }
    }
}
