//! Values that are possible and look like slips: asked about once, kept with the reason, told to the specialist.

use chrono::{DateTime, Utc};

use super::AppError;
use super::message::Message;
use super::record::{Giver, Landing};
use super::speak::Manner;
use super::work::Work;
use crate::chat::About;
use crate::domain::{
    Address, Beside, CheckReply, Field, Kept, Oddity, Reply, SchoolId, Task, TaskId, Value, Values,
};
use crate::understand::Asked;

/// What a school's values are compared with.
#[derive(Debug, Clone, Default)]
pub(super) struct Usual {
    last: Option<Values>,
    enrolment: Option<i64>,
}

impl Usual {
    pub(super) fn beside(&self) -> Beside<'_> {
        Beside { last: self.last.as_ref(), enrolment: self.enrolment, before: None }
    }
}

impl Work<'_> {
    /// Last time's figures and the register's. Last time is the newest task before this one whose form asks for at least half
    /// of the same figures.
    pub(super) fn usual(&self, task: &Task, school: SchoolId) -> Usual {
        let figures: Vec<&Field> = task.form.fields.iter().filter(|f| f.kind.is_figure()).collect();
        let shared = |other: &Task| {
            let same = |f: &&&Field| {
                other.form.field(&f.key).is_some_and(|o| (o.kind, &o.unit) == (f.kind, &f.unit))
            };
            figures.iter().filter(same).count()
        };
        let given = |t: &Task| {
            let submission = self.snapshot.standings.get(t.id, school)?.submission.as_ref()?;
            submission.complete.then(|| submission.values.clone())
        };
        let before = |t: &&Task| t.id != task.id && t.posted_at.is_some() && t.posted_at <= task.posted_at;
        let alike = |t: &&Task| !figures.is_empty() && shared(t) * 2 >= figures.len();
        let earlier = self.snapshot.tasks.iter().filter(before).filter(alike);
        let last = earlier.filter_map(|t| Some((t.posted_at, t.code, given(t)?))).max_by_key(|l| (l.0, l.1));
        Usual {
            last: last.map(|(_, _, values)| values),
            enrolment: self.school(school).and_then(|s| s.enrolment),
        }
    }

    /// What is odd about values and has not been explained yet. What was there before is not asked about again.
    pub(super) fn oddities(
        &self,
        task: &Task,
        values: &Values,
        before: Option<&crate::domain::Submission>,
        explained: &[Kept],
        usual: &Usual,
        corrects: bool,
    ) -> Vec<Oddity> {
        let known = |odd: &Oddity| explained.iter().any(|k| k.oddity == *odd);
        let near_before = |odd: &Oddity| {
            let field = odd.label().and_then(|label| task.form.fields.iter().find(|f| f.label == label));
            let before = field.and_then(|f| before?.values.get(&f.key));
            matches!(before, Some(Value::Figure(n)) if odd.is_near(*n))
        };
        // What stood so last time has been looked at then.
        let as_last = |odd: &Oddity| {
            let field = odd.label().and_then(|label| task.form.fields.iter().find(|f| f.label == label));
            field.is_some_and(|f| {
                values.get(&f.key).is_some_and(|v| usual.last.as_ref().and_then(|l| l.get(&f.key)) == Some(v))
            })
        };
        let beside = Beside { before: before.filter(|_| !corrects).map(|b| &b.values), ..usual.beside() };
        let mut found = task.form.oddities(values, &beside);
        found.retain(|odd| !known(odd) && !near_before(odd) && !as_last(odd));
        found
    }

    /// Asks the person, privately; the answer goes on where this stopped, at the moment at which the values were given.
    pub(super) async fn ask_odd(
        &mut self,
        message: &Message,
        task: &Task,
        school: SchoolId,
        odd: Vec<Oddity>,
        given: Values,
        at: DateTime<Utc>,
    ) -> Result<(), AppError> {
        let named = |f: &&Field| odd.iter().any(|o| o.label() == Some(&f.label));
        let fields: Vec<Field> = task.form.fields.iter().filter(named).cloned().collect();
        let keys = fields.iter().map(|f| f.key.clone()).collect();
        let reply = Reply::Check(CheckReply::Odd {
            address: Address::of(&message.member.name),
            school: self.school_name(school),
            code: task.code(),
            odd: odd.clone(),
            fields,
        });
        let asked = Asked::Odd { task: task.id, school, fields: keys, given, odd, at };
        let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
        self.ask_privately(message, &reply, asked, about).await
    }

    /// Stores values that were asked about, with the school's reason.
    pub(super) async fn keep_odd(
        &mut self,
        message: &Message,
        asked: Asked,
        reason: String,
    ) -> Result<(), AppError> {
        let Asked::Odd { task, school, given, odd, at, .. } = asked else { return Ok(()) };
        let Some(task) = self.open_task_for(task, school) else { return Ok(()) };
        let kept = odd.iter().map(|o| Kept { oddity: o.clone(), reason: reason.clone() }).collect();
        let on_behalf = !message.member.schools().contains(&school);
        let giver = Giver {
            by: message.member.id,
            on_behalf,
            message: (!on_behalf).then(|| message.place.clone()),
            at,
            kept,
            trusted: true,
            corrects: false,
        };
        if let Landing::Stored(read_back) | Landing::Same(read_back) =
            self.land(&task, school, given, giver).await?
        {
            let about = About { tasks: vec![task.id], school: Some(school), ..About::default() };
            let question = self.keep_gaps(message, &task, school).await?;
            let manner = Manner { about: About { question, ..about.clone() }, ..Manner::default() };
            self.reply(&message.place.chat.clone(), &Reply::ReadBack(*read_back), manner).await?;
            let kept = CheckReply::Kept { school: self.school_name(school), code: task.code(), odd, reason };
            self.tell_specialists(&Reply::Check(kept), &about).await?;
        }
        Ok(())
    }

    fn open_task_for(&self, task: TaskId, school: SchoolId) -> Option<Task> {
        let school = self.school(school)?;
        self.snapshot.task(task).filter(|t| t.is_open() && t.scope.holds(school)).cloned()
    }
}
