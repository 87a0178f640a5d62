//! What one part of a message means: its signs, figures, days and task weighed against each other.
//!
//! The order is the rule: what takes back or asks comes first, then what denies, then what is to come, and only then what
//! claims to be done (rule 1 of the product: a negative is never a yes).

use super::OpenTask;
use super::key::words;
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Tag, phrases};
use super::reading::{Binding, By, Given, Intent, Unclear, Until};
use super::roles::Role;
use super::tasks;
use super::view::View;
use super::when::{Day, Said, asked_day, day_aside};
use crate::domain::ConfirmationLevel;

impl View<'_> {
    pub fn intent(&self, doubts: &mut Vec<Unclear>) -> Intent {
        let s = self.signs;
        let figures = self.figures.iter().any(|n| n.counts());
        let asked = asked_day(self.said);
        // "Em nộp trễ rồi" is over, "nộp muộn có sao không" asks.
        let late =
            s.more_time && asked.is_none() && !s.wish && !(s.asks && self.says("duoc") && !s.asks_what);
        let named = self.has_named_figures();
        let wants_time = (s.more_time && !(late && (s.asks || named || s.done && !s.future)))
            || (s.wish
                && asked.is_some_and(|d| !(self.corrects && self.is_over(d)))
                && !self.is_about_leave()
                && !self.registers()
                && !(named && self.only_offers()));
        if s.withdraws {
            return Intent::Withdraw;
        }
        let rule = s.asks && self.asks_about_a_rule();
        let open = s.denies_work || s.unable;
        if s.aside
            && self.bound.values.is_empty()
            && !s.done
            && !s.more_time
            && !rule
            && !open
            && !self.corrects
            && (!s.hand_in || s.asks || s.wish || asked.is_none_or(|d| self.is_over(d)))
        {
            return Intent::Chitchat;
        }
        // "Muộn nhất mấy giờ" wants to know, not to have more time.
        let wants_to_know = s.asks_what && !s.wish && !asked.is_some_and(|d| d.asked);
        let checked =
            s.checks && !s.asks_what && self.bound.by == By::Labels && !self.bound.values.is_empty();
        if (checked || !self.links.is_empty() && s.requests && !s.asks_what) && !s.denies && !self.corrects {
            return Intent::Submit(Given::default());
        }
        if self.is_list() && !s.denies && !s.asks && !s.more_time && !s.wish && !self.corrects {
            return Intent::Submit(Given::default());
        }
        let elsewhere = s.refers && !s.asks_what;
        if s.asks && (!wants_time || wants_to_know) && !(figures && s.corrects) && !elsewhere {
            return if self.asks_for_time(asked) { self.extension(asked, doubts) } else { Intent::Question };
        }
        if s.same_as_last && !figures {
            doubts.push(Unclear::SameAsLast);
            return Intent::SameAsLast;
        }
        // "Tài khoản bị khóa, nhập sai 3 lần": what stands in the way, not what is put right.
        let changed = !self.links.is_empty() || self.figures.iter().any(|n| n.role == Role::Old);
        let blocked = s.unable && self.bound.values.is_empty() && !changed && !self.one.attached;
        let denied = s.denies && !figures && !self.one.part.named;
        // "Mai em gửi lại": it will be put right, and nothing is yet.
        let line = self.one.line;
        let again = |at: usize| line.is(at, words!["gui", "nop", "bao"]) && line.is(at + 1, words!["lai"]);
        let later = !figures
            && self.one.part.range.clone().any(again)
            && !changed
            && !self.one.attached
            && asked.is_some_and(|d| matches!(d.day, Day::On(_)) && !self.is_over(d));
        if self.corrects && later && !s.asks {
            return self.to_come(asked, doubts);
        }
        if self.corrects && !blocked && !wants_time && !denied {
            return Intent::Correct(Given::default());
        }
        if wants_time {
            return self.extension(asked, doubts);
        }
        if s.nothing && !s.denies_work && !s.done && !s.unfinished {
            return Intent::Submit(Given::default());
        }
        if s.not_concerned && (!figures || self.bound.values.is_empty() && self.says("khong")) {
            return self.unable(true);
        }
        if s.refers && !s.done && !figures {
            return self.unable(false);
        }
        if s.requests && !s.hands_in_own() && !figures && self.links.is_empty() && !self.one.attached {
            return Intent::Question;
        }
        if s.denies || s.unfinished {
            return self.negative(asked, doubts);
        }
        if s.unable && !s.done && !s.hand_in && asked.is_none() && !figures {
            return self.unable(false);
        }
        if self.registers() && !s.done && !s.future && !s.supposed {
            return Intent::Submit(Given::default());
        }
        // "Ngày kia chị": a day and nothing else answers when.
        if let Some(day) = asked
            && matches!(day.day, Day::On(_))
            && day.alone
            && !figures
            && !s.done
            && !s.received
            && !s.ack
            && !s.greets
            && self.links.is_empty()
        {
            return self.to_come(asked, doubts);
        }
        let to_come = (s.future || asked.is_some_and(|d| !self.is_over(d)))
            && (s.hand_in || s.works || s.done || s.future && !s.greets);
        if to_come && !self.has_named_figures() && !s.delegated && self.links.is_empty() {
            if s.done
                && self.claims_done()
                && asked.is_some_and(|d| d.day == Day::On(self.one.context.now.date()))
                && !s.future
            {
                // "sáng nay em gửi rồi".
                return self.positive(doubts);
            }
            if s.done && self.claims_done() {
                doubts.push(Unclear::DoneOrNot);
                return Intent::Confirm(ConfirmationLevel::Done);
            }
            return self.to_come(asked, doubts);
        }
        self.positive(doubts)
    }

    /// "Chưa", "đang làm": never done, whatever else it says.
    fn negative(&self, asked: Option<&Said>, doubts: &mut Vec<Unclear>) -> Intent {
        let s = self.signs;
        if !s.denies_work && !s.done && self.has_named_figures() {
            return Intent::Submit(Given::default());
        }
        let several = self.figures.iter().filter(|n| n.counts()).count() > 1;
        if (several || !self.bound.values.is_empty()) && self.has_named_figures() {
            if !self.rest_is_counted() {
                doubts.push(Unclear::DoneOrNot);
            }
            return Intent::Submit(Given::default());
        }
        if s.denies && (s.received || s.ack) && !s.hand_in && !s.works && !s.done && s.unable {
            return self.unable(false);
        }
        match asked.filter(|d| !self.is_over(d)) {
            Some(_) if s.hand_in || s.works || s.done || s.future => self.to_come(asked, doubts),
            _ => self.unable(false),
        }
    }

    fn positive(&self, doubts: &mut Vec<Unclear>) -> Intent {
        use ConfirmationLevel::{Done, Received, Started};
        let s = self.signs;
        let named = self.has_named_figures();
        let figures = self.figures.iter().any(|n| n.counts());
        let named = if s.done || s.unable { self.hands_in_figures() } else { named };
        // "Chúc các chị luôn vui và nhận được nhiều hoa".
        if s.greets && s.received && self.says("chuc") && !self.claims_over() && !s.hand_in {
            return Intent::Chitchat;
        }
        if s.unable && !named && !s.done && self.bound.values.is_empty() && self.links.is_empty() {
            return self.unable(false);
        }
        // "Em nhận rồi, tuần này 2 cô nghỉ ốm": talk beside a confirmation of what asks for no figures.
        let asked_for =
            self.one.form(self.binding.task()).is_some_and(|f| f.fields.iter().any(|f| f.kind.is_figure()));
        if s.received
            && self.claims_done()
            && !s.done
            && figures
            && !asked_for
            && self.bound.values.is_empty()
            && self.binding.task().is_some()
        {
            return Intent::Confirm(Received);
        }
        // "Điều tra xong rồi: trẻ 87, ra lớp 86, tỷ lệ 98,9%": figures of the form are no half of the work.
        let filled = self.bound.by == By::Labels && self.bound.values.len() >= 2;
        if named && (filled || !(s.done && self.is_partial()))
            || figures && !s.done && !s.greets && !s.received
        {
            return Intent::Submit(Given::default());
        }
        if !self.links.is_empty() || self.one.attached && !s.greets {
            return Intent::Submit(Given::default());
        }
        if self.is_list() && !s.done {
            return Intent::Submit(Given::default());
        }
        if s.delegated {
            return Intent::Confirm(Received);
        }
        if s.done && self.is_partial() {
            return self.unable(false);
        }
        if s.done {
            if self.names_a_part() || s.hearsay {
                doubts.push(Unclear::DoneOrNot);
            }
            if s.future && !self.claims_done() {
                return Intent::Promise { until: None };
            }
            return Intent::Confirm(Done);
        }
        if s.worked {
            if self.wants_more_than_work() {
                doubts.push(Unclear::DoneOrNot);
            }
            return Intent::Confirm(Done);
        }
        if s.bare_done {
            return self.bare_done(doubts);
        }
        if s.unable {
            return self.unable(false);
        }
        if s.started {
            return Intent::Confirm(Started);
        }
        if s.received {
            return Intent::Confirm(Received);
        }
        if s.future && (s.works || s.hand_in) {
            return Intent::Promise { until: None };
        }
        // "Đã rõ, cảm ơn đồng chí" has heard.
        let heard = s.ack && (self.says("ok") || self.says("ro") || self.says("nhat"));
        if s.greets && !heard {
            return Intent::Chitchat;
        }
        if s.here {
            doubts.push(Unclear::NothingGiven);
            return Intent::Submit(Given::default());
        }
        // "16h em gửi": an hour to come.
        let hour = self.one.part.range.clone().any(|at| self.one.marks[at] == Mark::Clock);
        if s.hand_in && hour && !self.claims_over() {
            return Intent::Promise { until: None };
        }
        if s.hand_in && !self.is_long() {
            doubts.push(Unclear::DoneOrNot);
            return Intent::Confirm(Done);
        }
        if s.ack && !self.is_long() {
            return Intent::Confirm(Received);
        }
        if figures {
            return Intent::Submit(Given::default());
        }
        if self.has_unreadable_figure() {
            doubts.push(Unclear::NothingGiven);
            return Intent::Submit(Given::default());
        }
        if self.one.context.quoted.len() == 1 && self.takes_text() {
            return Intent::Submit(Given::default());
        }
        self.by_manner(doubts)
    }

    /// No word of it is known: its manner tells. "Cho em xin cái đó với" asks, "đã lưu ạ" has heard, and what is over about a task is
    /// perhaps done.
    fn by_manner(&self, doubts: &mut Vec<Unclear>) -> Intent {
        let s = self.signs;
        if self.is_long() || s.aside {
            return Intent::Unknown;
        }
        if s.wish && !self.is_about_leave() {
            return Intent::Question;
        }
        let over = self.claims_over() && !self.says("chua") && !self.says("khong");
        if over && matches!(self.binding, Binding::Topic(_) | Binding::Code(_) | Binding::Quote(_)) {
            doubts.push(Unclear::DoneOrNot);
            return Intent::Confirm(ConfirmationLevel::Done);
        }
        let own = self.says("em") || self.says("truong");
        if own && self.lacks_the_thing() {
            return self.unable(true);
        }
        if over && (own || self.one.line.len() <= 4) && !self.one.part.named {
            return Intent::Confirm(ConfirmationLevel::Received);
        }
        Intent::Unknown
    }

    /// "Rồi ạ": what the quoted or asked words wanted to know.
    fn bare_done(&self, doubts: &mut Vec<Unclear>) -> Intent {
        let quoted = self.one.line.quoted.as_deref().or(self.one.context.quoted_text).unwrap_or_default();
        let line = Line::new(quoted);
        let tags = phrases().find(&line);
        let has = |tag| tags.iter().any(|h| h.tag == tag);
        use Tag::{Finish, HandIn, Received};
        if has(HandIn) || has(Finish) {
            return Intent::Confirm(ConfirmationLevel::Done);
        }
        if has(Received) {
            return Intent::Confirm(ConfirmationLevel::Received);
        }
        doubts.push(Unclear::DoneOrNot);
        Intent::Confirm(ConfirmationLevel::Done)
    }

    /// To come by a day: a promise inside the deadline, more time behind it.
    pub fn to_come(&self, asked: Option<&Said>, doubts: &mut Vec<Unclear>) -> Intent {
        let asked = asked.or_else(|| day_aside(self.said));
        let Some(said) = asked else { return Intent::Promise { until: None } };
        match said.until(self.one.line) {
            Some(until) if self.is_late(&until) => self.extension(asked, doubts),
            Some(until) => Intent::Promise { until: Some(until) },
            None => self.extension(asked, doubts),
        }
    }

    /// Whether a moment lies behind the deadline: of the task, else of every task that may be meant.
    pub fn is_late(&self, until: &Until) -> bool {
        let late = |open: &OpenTask| {
            open.deadline.is_some_and(|deadline| {
                let moment = until
                    .time
                    .map_or_else(|| until.day.and_time(chrono::NaiveTime::MIN), |t| until.day.and_time(t));
                moment > deadline
            })
        };
        let task = match self.binding {
            Binding::Quote(task) | Binding::Code(task) | Binding::Answer(task) | Binding::OnlyOpen(task) => {
                Some(*task)
            }
            _ => self.asked_task.or(self.binding.task()),
        };
        match self.one.open(task) {
            Some(open) => late(open),
            None => {
                let open = tasks::candidates(self.one.context);
                !open.is_empty() && open.iter().all(|o| late(o))
            }
        }
    }

    pub fn extension(&self, asked: Option<&Said>, doubts: &mut Vec<Unclear>) -> Intent {
        let s = self.signs;
        let asked = asked.or_else(|| day_aside(self.said));
        let until = asked
            .and_then(|said| said.until(self.one.line))
            .map(|until| self.counted_from_deadline(asked, until));
        // "Em xin nộp thứ 6" inside the deadline asks for nothing.
        if let Some(until) = &until
            && !s.more_time
            && s.hand_in
            && self.one.open(self.binding.task()).is_some_and(|o| o.deadline.is_some())
            && !self.is_late(until)
        {
            return Intent::Promise { until: Some(until.clone()) };
        }
        if until.is_none() {
            let given = asked.map(|d| self.one.line.printed(d.tokens.clone()).to_owned());
            match asked.map(|d| d.day) {
                Some(Day::Past(_) | Day::Unreal) => {
                    doubts.push(Unclear::BadDay { given: given.unwrap_or_default() })
                }
                _ => doubts.push(Unclear::UntilWhen),
            }
        }
        Intent::Extension { until, reason: self.reason() }
    }

    /// "Gia hạn 1 tuần", "chậm 2 ngày" count from the deadline while it is to come; "1 tuần kể từ hôm nay" does not.
    fn counted_from_deadline(&self, asked: Option<&Said>, until: Until) -> Until {
        let line = self.one.line;
        let from_today = (1..line.len()).any(|at| {
            line.is(at, words!["tu"])
                && (line.is(at + 1, words!["nay", "bay"])
                    || line.is(at + 1, words!["hom"]) && line.is(at + 2, words!["nay"]))
        });
        if from_today {
            return until;
        }
        let more = asked.and_then(|said| said.more);
        let deadline = self.one.open(self.binding.task()).and_then(|o| o.deadline);
        let day = more
            .zip(deadline.filter(|d| *d >= self.one.context.now))
            .and_then(|(span, deadline)| span.after(deadline.date()));
        match day {
            Some(day) => Until { day, ..until },
            None => until,
        }
    }

    pub fn unable(&self, not_concerned: bool) -> Intent {
        Intent::Unable { not_concerned, reason: self.reason() }
    }

    fn reason(&self) -> String {
        self.one.line.printed(self.one.part.range.clone()).trim().to_owned()
    }
}
