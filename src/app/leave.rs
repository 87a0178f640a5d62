//! Leave: who stands in, from when until when, and coming back. A person who is away is not written to while somebody else
//! of the school, or of the office, can be.

use chrono::NaiveDate;
use serde_json::json;

use super::AppError;
use super::message::Message;
use super::pending::Pending;
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Extension, ExtensionState, Leave, LeaveReply, Member, MemberId, MoreTime, Reply, Role, SchoolId,
};
use crate::understand::{LeaveSaid, LeaveTold, leave_told, stand_in_named};
use crate::vietnamese::fold_words;

impl Work<'_> {
    /// "Em nghỉ thai sản từ 1/10, cô Liên phụ trách", said to the bot. Whether it was that.
    pub(super) async fn hear_leave(&mut self, message: &Message) -> Result<bool, AppError> {
        let local = message.at.with_timezone(&self.snapshot.office.zone).naive_local();
        let told = leave_told(&message.text, local);
        // In a group only a leave with its day and who stands in is said to the bot as well as to the colleagues.
        let clear =
            matches!(&told, Some(LeaveTold::Away(said)) if said.from.is_some() && !said.who.is_empty());
        if !message.is_addressed() && !clear {
            return Ok(false);
        }
        match told {
            Some(LeaveTold::Away(said)) => self.go_on_leave(message, None, said).await?,
            Some(LeaveTold::Back(on)) if message.member.leave.is_some() => {
                self.come_back(message, None, on).await?;
            }
            Some(LeaveTold::Elsewhere) if !message.member.schools().is_empty() => {
                self.reply_to_order(message, &Reply::Leave(LeaveReply::Elsewhere)).await?;
            }
            Some(LeaveTold::Leaves) if !message.member.schools().is_empty() => {
                self.pass_on_end_of_role(message).await?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// "Em chuyển công tác": a role is ended by a specialist, who is told how.
    async fn pass_on_end_of_role(&mut self, message: &Message) -> Result<(), AppError> {
        let member = message.member.clone();
        let told = Reply::Leave(LeaveReply::Leaves {
            name: member.name.clone(),
            schools: self.names_of(&member),
            words: message.text.trim().to_owned(),
        });
        let about = About { school: member.schools().first().copied(), ..About::default() };
        self.tell_specialists(&told, &about).await?;
        let reply = Reply::Leave(LeaveReply::LeavesPassedOn { name: member.name });
        self.reply_to_order(message, &reply).await
    }

    /// Who stands in, in answer to the question. Whether it was one.
    pub(super) async fn answer_stand_in(
        &mut self,
        message: &Message,
        away: MemberId,
    ) -> Result<bool, AppError> {
        let Some(who) = stand_in_named(&message.text) else { return Ok(false) };
        let member = message.member.clone();
        let Some(leave) = member.leave.filter(|_| member.id == away) else { return Ok(false) };
        let nobody = who.is_empty();
        let said = LeaveSaid { from: Some(leave.from), until: leave.until, who, nobody };
        self.go_on_leave(message, None, said).await?;
        Ok(true)
    }

    /// Notes a leave: the sender's own, or what an officer says of the principal of a school.
    pub(super) async fn go_on_leave(
        &mut self,
        message: &Message,
        school: Option<SchoolId>,
        said: LeaveSaid,
    ) -> Result<(), AppError> {
        let today = self.today();
        let Some(member) = self.who_leaves(message, school) else {
            let reply = Reply::Leave(LeaveReply::NotAway);
            return self.reply_to_order(message, &reply).await;
        };
        let found = self.stand_ins(&member, &said.who);
        if found.len() > 1 {
            let names = found.into_iter().map(|m| m.name).collect();
            let reply = Reply::Leave(LeaveReply::Several { given: said.who, names });
            return self.reply_to_order(message, &reply).await;
        }
        let stand_in = found.into_iter().next();
        let codes = match &stand_in {
            None if !said.who.is_empty() => self.codes_for_stand_in(message, &member).await?,
            _ => vec![],
        };
        let from = said.from.unwrap_or(today);
        let named = stand_in.as_ref().map_or(said.who.clone(), |m| m.name.clone());
        let leave = Leave { from, until: said.until, stand_in: stand_in.as_ref().map(|m| m.id), named };
        self.put_leave(&member, Some(leave.clone())).await?;
        let detail = json!({ "member": member.id, "from": from, "until": said.until });
        self.audit(Some(message.member.id), "member.away", detail).await?;
        let schools = self.names_of(&member);
        let reminded = if leave.named.is_empty() { self.reminded_meanwhile(&member) } else { vec![] };
        let noted = |codes, asks| {
            Reply::Leave(LeaveReply::Noted {
                name: member.name.clone(),
                schools: schools.clone(),
                from,
                until: said.until,
                stand_in: leave.named.clone(),
                codes,
                reminded: reminded.clone(),
                asks,
            })
        };
        // An officer who notes it for somebody names the stand-in at once, or later.
        let asks = leave.named.is_empty() && !said.nobody && school.is_none();
        if asks {
            let pending = Pending::StandIn(member.id);
            self.ask_privately(message, &noted(codes, true), pending, About::default()).await?;
        } else {
            self.reply_to_order(message, &noted(codes, false)).await?;
        }
        if let Some(other) = &stand_in {
            let (name, schools, until) = (member.name.clone(), schools.clone(), said.until);
            let yours = Reply::Leave(LeaveReply::YoursNow { name, schools, from, until });
            self.tell_member(other, &yours).await?;
            if member.directs() {
                self.pass_on_requests(other).await?;
            }
        }
        if !message.member.directs() {
            self.tell_specialists(&noted(vec![], false), &About::default()).await?;
        }
        Ok(())
    }

    /// Ends a leave.
    pub(super) async fn come_back(
        &mut self,
        message: &Message,
        school: Option<SchoolId>,
        on: Option<NaiveDate>,
    ) -> Result<(), AppError> {
        let away = self.who_leaves(message, school).filter(|m| m.leave.is_some());
        let Some(member) = away else {
            let reply = Reply::Leave(LeaveReply::NotAway);
            return self.reply_to_order(message, &reply).await;
        };
        let stand_in = member.leave.as_ref().and_then(|l| l.stand_in);
        // "Mai em đi làm lại" ends it the day before.
        let rest = on.and_then(|day| Some(Leave { until: day.pred_opt(), ..member.leave.clone()? }));
        self.put_leave(&member, rest).await?;
        let detail = json!({ "member": member.id, "on": on });
        self.audit(Some(message.member.id), "member.back", detail).await?;
        let (name, schools) = (member.name.clone(), self.names_of(&member));
        let back = match on {
            Some(from) => LeaveReply::BackOn { name, schools, from },
            None => LeaveReply::Back { name, schools },
        };
        let reply = Reply::Leave(back);
        self.reply_to_order(message, &reply).await?;
        let other = self.snapshot.members.iter().find(|m| Some(m.id) == stand_in).cloned();
        if let Some(other) = other {
            self.tell_member(&other, &reply).await?;
        }
        if !message.member.directs() {
            self.tell_specialists(&reply, &About::default()).await?;
        }
        Ok(())
    }

    fn who_leaves(&self, message: &Message, school: Option<SchoolId>) -> Option<Member> {
        let Some(school) = school.filter(|_| message.member.directs()) else {
            return Some(message.member.clone());
        };
        let of_school = |m: &&Member| m.roles.contains(&Role::Principal(school));
        self.snapshot.members.iter().find(of_school).cloned()
    }

    /// The members of that name who can stand in: people of the same schools, or other officers.
    fn stand_ins(&self, member: &Member, who: &str) -> Vec<Member> {
        let wanted = fold_words(who);
        if wanted.is_empty() {
            return vec![];
        }
        let schools = member.schools();
        let beside = |m: &&Member| {
            m.id != member.id
                && (member.directs() && m.directs() || m.schools().iter().any(|s| schools.contains(s)))
        };
        let is_called = |m: &&Member| {
            let name = fold_words(&m.name);
            name == wanted || name.ends_with(&format!(" {wanted}"))
        };
        self.snapshot.members.iter().filter(beside).filter(is_called).cloned().collect()
    }

    async fn codes_for_stand_in(
        &mut self,
        message: &Message,
        member: &Member,
    ) -> Result<Vec<(String, String)>, AppError> {
        let mut codes = Vec::new();
        if member.directs() {
            codes.push((String::new(), self.new_code(Some(message.member.id), Role::Specialist).await?.code));
            return Ok(codes);
        }
        for school in member.schools() {
            let code = self.new_code(Some(message.member.id), Role::Deputy(school)).await?;
            codes.push((self.school_name(school), code.code));
        }
        Ok(codes)
    }

    async fn put_leave(&mut self, member: &Member, leave: Option<Leave>) -> Result<(), AppError> {
        let member = Member { leave, ..member.clone() };
        self.session.update_member(&member).await?;
        if let Some(known) = self.snapshot.members.iter_mut().find(|m| m.id == member.id) {
            *known = member;
        }
        Ok(())
    }

    /// Who is written to while nobody stands in for a person: the others of the school, or of the office, who can be reached, else
    /// the person.
    fn reminded_meanwhile(&self, member: &Member) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        if member.directs() {
            let others = self.snapshot.members.iter().filter(|m| m.directs() && m.id != member.id);
            names.extend(others.filter(|m| m.is_reachable_on(self.today())).map(|m| m.name.clone()));
        }
        for school in member.schools() {
            let people = self.people_of(school);
            let here = |m: &&Member| m.id != member.id && m.is_reachable_on(self.today());
            let mut others: Vec<String> = people.iter().filter(here).map(|m| m.name.clone()).collect();
            if others.is_empty() {
                others.push(member.name.clone());
            }
            names.extend(others.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
        }
        names
    }

    fn names_of(&self, member: &Member) -> Vec<String> {
        member.schools().into_iter().map(|s| self.school_name(s)).collect()
    }

    async fn tell_member(&mut self, member: &Member, reply: &Reply) -> Result<(), AppError> {
        if let Some(chat) = self.private_chat(member, None) {
            self.reply(&chat, reply, Manner::default()).await?;
        }
        Ok(())
    }

    /// What waited for an officer waits for who stands in.
    async fn pass_on_requests(&mut self, other: &Member) -> Result<(), AppError> {
        let Some(chat) = self.private_chat(other, None) else { return Ok(()) };
        let open: Vec<Extension> = self.session.asked_extensions(self.office()).await?;
        for extension in open.into_iter().filter(|e| e.state == ExtensionState::Asked) {
            let Some(task) = self.snapshot.task(extension.task).cloned() else { continue };
            let reply = Reply::MoreTime(MoreTime::Asked {
                id: extension.id,
                school: self.school_name(extension.school),
                code: task.code(),
                until: extension.until,
                before: None,
                due: Self::last_due(&task),
                late: false,
                words: extension.reason.clone(),
            });
            let about = About {
                tasks: vec![task.id],
                school: Some(extension.school),
                extension: Some(extension.id),
                ..About::default()
            };
            self.reply(&chat, &reply, Manner { about, ..Manner::default() }).await?;
        }
        let overview = self.overview();
        self.reply(&chat, &overview, Manner::default()).await?;
        Ok(())
    }

    /// The day of the moment, in the office's zone.
    pub(super) fn today(&self) -> NaiveDate {
        self.now.with_timezone(&self.snapshot.office.zone).date_naive()
    }
}
