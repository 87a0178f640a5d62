//! How people and groups come to belong to an office: by a one-time code, or by a person's word.

use chrono::Duration;
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::speak::Manner;
use super::work::Work;
use crate::chat::{About, ChatKind, Heard, Incoming};
use crate::domain::{
    Address, CommandProblem, Group, JoinCode, JoinReply, JoinRequest, Member, Reply, Role, SchoolId, Scope,
    UserRef,
};
use crate::understand::{Command, CommandFault, Context, Join, SchoolIndex, command};
use crate::vietnamese::fold;

/// How long a code is good.
pub(super) const CODE_LIFE: Duration = Duration::days(14);

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
        let index = SchoolIndex::new(&self.snapshot.schools);
        let private = incoming.chat_kind == ChatKind::Private;
        let now = incoming.at.with_timezone(&self.snapshot.office.zone).naive_local();
        let reply = match stranger_order(text, private, &index, now) {
            Some(Ok(Command::Join(Join::Code(code)))) => self.join_by_code(incoming, &code).await?,
            Some(Ok(Command::Join(Join::School(school)))) => self.ask_to_join(incoming, school).await?,
            Some(Ok(Command::BindGroup { scope })) => self.bind_group(incoming, &scope).await?,
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
            _ => Ok(()),
        }
    }

    async fn join_by_code(&mut self, incoming: &Incoming, typed: &str) -> Result<Reply, AppError> {
        let code = match self.session.code(typed).await? {
            Some(code) if code.office == self.office() => self.session.use_code(typed, self.now).await?,
            _ => None,
        };
        let Some(JoinCode { role, .. }) = code else { return Ok(Reply::Join(JoinReply::BadCode)) };
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
            heard: Heard::BotAdded,
        };
        let reply = match join {
            Join::Code(code) => self.join_by_code(&incoming, &code).await?,
            Join::School(school) => self.ask_to_join(&incoming, school).await?,
            Join::HowTo => Reply::Join(JoinReply::HowTo),
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
        let code = self.new_code(Some(by.id), role).await?;
        let (until, role, link) = (code.expires_at, code.role, self.join_link(near, &code.code));
        Ok(Reply::Join(JoinReply::Code { code: code.code, role, school, until, link }))
    }

    pub(super) async fn new_code(
        &mut self,
        by: Option<crate::domain::MemberId>,
        role: Role,
    ) -> Result<JoinCode, AppError> {
        let code = JoinCode {
            code: spelled(self.app.ids.secret()),
            office: self.office(),
            role,
            expires_at: self.now + CODE_LIFE,
            used_at: None,
        };
        self.session.insert_code(&code).await?;
        self.audit(by, "code.made", json!({ "role": code.role })).await?;
        Ok(code)
    }

    /// "/nhom" of an officer in a group that is not bound.
    async fn bind_group(&mut self, incoming: &Incoming, scope: &Scope) -> Result<Reply, AppError> {
        let officer = self.snapshot.members.iter().find(|m| m.accounts.contains(&incoming.from.user));
        let Some(officer) = officer.filter(|m| m.directs()).cloned() else {
            return Ok(Reply::Hello { bound: false });
        };
        let group = Group {
            id: self.id(),
            office: self.office(),
            chat: incoming.chat.clone(),
            title: incoming.chat_title.clone().unwrap_or_else(|| self.snapshot.office.name.clone()),
            schools: self.schools_in(scope),
        };
        self.session.insert_group(&group).await?;
        self.session.unsay(&group.chat).await?;
        if let Heard::Message { origin, .. } = &incoming.heard {
            self.session.speak_in(&group.chat, origin.topic.as_deref()).await?;
        }
        self.snapshot.groups.push(group.clone());
        self.audit(Some(officer.id), "group.bound", json!({ "group": group.id })).await?;
        Ok(self.bound_reply(&group))
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
        Ok(self.bound_reply(&group))
    }

    /// The schools of a scope as a group keeps them: none for all, so that schools to come are in it too.
    fn schools_in(&self, scope: &Scope) -> Vec<SchoolId> {
        match scope {
            Scope::All => vec![],
            scope => self.snapshot.schools.iter().filter(|s| scope.holds(s)).map(|s| s.id).collect(),
        }
    }

    fn bound_reply(&self, group: &Group) -> Reply {
        let day = self.now.with_timezone(&self.snapshot.office.zone).date_naive();
        let schools = self.snapshot.schools.iter().filter(|s| group.holds(s.id) && s.is_open_on(day)).count();
        Reply::GroupBound { title: group.title.clone(), office: self.snapshot.office.name.clone(), schools }
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
