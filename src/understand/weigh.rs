//! What one part of a message means: its signs, figures, days and task weighed against each other.
//!
//! The order is the rule: what takes back or asks comes first, then what denies, then what is to come, and only then what
//! claims to be done (rule 1 of the product: a negative is never a yes).

use super::OpenTask;
use super::fields::Bound;
use super::figures::Number;
use super::intent::Signs;
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Tag, phrases};
use super::read::One;
use super::reading::{Binding, By, Given, Intent, Unclear, Until};
use super::roles::Role;
use super::tasks;
use super::when::{Day, Said, asked_day};
use crate::domain::{ConfirmationLevel, FieldKind, Requires, TaskId};

/// All that one part says, for deciding what it means.
pub(super) struct View<'a> {
    pub one: &'a One<'a>,
    pub signs: Signs,
    pub figures: &'a [Number],
    pub said: &'a [Said],
    pub links: &'a [String],
    pub binding: &'a Binding,
    pub bound: &'a Bound,
    pub corrects: bool,
    /// The task that the clause of the asked day names: "thiết bị em nộp thứ 2, còn khám sức khỏe thì đúng hạn".
    pub asked_task: Option<TaskId>,
}

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
                && !(named && self.only_offers()));
        if s.withdraws {
            return Intent::Withdraw;
        }
        if s.aside && self.bound.values.is_empty() && !s.done && !s.more_time {
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
        if self.corrects && !wants_time && !(s.denies && !figures && !self.one.part.named) {
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

    /// "Còn 4 cháu chưa cân", "giáo viên 27, còn thiếu 2": what is open is a figure of its own beside those that were given.
    fn rest_is_counted(&self) -> bool {
        let line = self.one.line;
        let given = self.bound.values.len() >= 2 && self.bound.by == By::Labels
            || self.figures.iter().filter(|n| n.role == Role::Plain && self.is_known(n)).count() >= 3;
        let open = self.one.part.range.clone().filter(|at| {
            self.one.hits.iter().any(|h| {
                h.start == *at
                    && (h.tag == Tag::Negation
                        && !self.figures.iter().any(|n| n.role == Role::Zero && n.tokens.contains(at))
                        || h.tag == Tag::Unfinished)
            })
        });
        let people =
            |at: usize| line.is(at, &["chau", "be", "tre", "em", "hs", "gv", "nv", "nguoi", "co", "bo"]);
        let counted = |at: usize| {
            let missing =
                line.is(at, &["con"]) && line.is(at + 1, &["thieu"]) && line.number(at + 2).is_some();
            let before = (at.saturating_sub(5)..at).any(|n| line.number(n).is_some() && people(n + 1));
            let behind = (at..at + 4).any(|n| line.number(n).is_some() && people(n + 1));
            let class = (at.saturating_sub(5)..at + 5)
                .any(|n| line.number(n).is_some() && line.is(n + 1, &["lop", "nhom", "diem"]));
            missing || (before || behind) && !class
        };
        given && open.into_iter().all(counted)
    }

    fn positive(&self, doubts: &mut Vec<Unclear>) -> Intent {
        use ConfirmationLevel::{Done, Received, Started};
        let s = self.signs;
        let named = self.has_named_figures();
        let figures = self.figures.iter().any(|n| n.counts());
        let named = if s.done || s.unable { self.hands_in_figures() } else { named };
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
        if named && !(s.done && self.is_partial()) || figures && !s.done && !s.greets && !s.received {
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
        if s.greets {
            return Intent::Chitchat;
        }
        if s.here {
            doubts.push(Unclear::NothingGiven);
            return Intent::Submit(Given::default());
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
        let over = self.claims_done() && !self.says("chua") && !self.says("khong");
        if over && matches!(self.binding, Binding::Topic(_) | Binding::Code(_) | Binding::Quote(_)) {
            doubts.push(Unclear::DoneOrNot);
            return Intent::Confirm(ConfirmationLevel::Done);
        }
        let own = self.says("em") || self.says("truong");
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

    /// "Nhẹ cân 13-14", "tổng 12.5" to a task that wants figures.
    fn has_unreadable_figure(&self) -> bool {
        let ranged = self.one.part.range.clone().any(|at| self.one.marks[at] == Mark::Range);
        let told = matches!(self.binding, Binding::Quote(_) | Binding::Code(_) | Binding::Answer(_));
        ranged
            && told
            && self.one.form(self.binding.task()).is_some_and(|f| f.fields.iter().any(|f| f.kind.is_figure()))
    }

    /// A form wants what was worked out, not that work was done.
    fn wants_more_than_work(&self) -> bool {
        let open = self.one.open(self.binding.task());
        open.is_none_or(|o| o.task.requires == Requires::Submission)
    }

    /// "Danh sách: cô Hạnh lớp Lá 1, cô Thơm lớp Chồi 2": a title, a colon, and two things at least.
    fn is_list(&self) -> bool {
        let line = self.one.line;
        let range = &self.one.part.range;
        let Some(colon) = range.clone().take(12).find(|at| line.is_sign(*at, ':')) else { return false };
        let parts = [',', ';', '(', '+'];
        let commas =
            (colon..range.end).filter(|at| parts.into_iter().any(|sign| line.is_sign(*at, sign))).count();
        let numbered = (colon..range.end)
            .filter(|at| self.one.marks[*at] == Mark::Order && line.number(*at).is_some())
            .count();
        let people =
            (colon..range.end).filter(|at| line.is(*at, &["co", "thay", "chi", "anh", "bac", "chu"])).count();
        self.binding.task().is_some() && people >= 2 && (commas >= 1 || numbered >= 2)
    }

    fn takes_text(&self) -> bool {
        let open = self.one.open(self.binding.task());
        open.is_some_and(|o| o.task.form.fields.len() == 1 && o.task.form.fields[0].kind == FieldKind::Text)
    }

    /// "Em xin báo cáo ngày 15/12: …" hands in and asks for nothing.
    fn only_offers(&self) -> bool {
        let line = self.one.line;
        self.one
            .hits
            .iter()
            .filter(|h| h.tag == Tag::Wish && self.one.part.range.contains(&h.start))
            .all(|h| line.is(h.end - 1, &["xin"]) && line.is(h.end, &["bao", "gui", "nop"]))
    }

    /// Whether figures stand there under names that fields or the trade know.
    fn has_named_figures(&self) -> bool {
        !self.bound.values.is_empty() && self.bound.by != By::Position && self.bound.by != By::Nothing
            || self.figures.iter().any(|n| n.counts() && (n.role == Role::Zero || self.is_known(n)))
    }

    /// Whether figures of the form stand there; not "nộp bản cứng 2 quyển", "hội đồng ký đủ cả 7 người".
    fn hands_in_figures(&self) -> bool {
        let form =
            self.one.form(self.binding.task()).is_some_and(|f| f.fields.iter().any(|f| f.kind.is_figure()));
        let paper = |n: &Number| {
            let line = self.one.line;
            line.is(n.tokens.end, &["quyen", "bo", "ban", "to", "file", "trang", "tep", "cuon"])
                || n.tokens.start > 0 && line.is(n.tokens.start - 1, &["phong", "trang"])
        };
        if self.figures.iter().filter(|n| n.counts()).all(paper) {
            return false;
        }
        let narrow = |n: &Number| {
            let at = n.before.iter().chain(&n.after);
            let words: Vec<_> = at.filter_map(|n| self.one.line.word(*n)).collect();
            phrases().concepts(&words).concepts.iter().any(|c| !phrases().is_broad(*c))
        };
        // "Nhập xong rồi, 15 lớp 402 hs": figures by themselves beside the claim.
        let data = |n: &Number| {
            let line = self.one.line;
            let at = n.tokens.start;
            let counted = line.is_word(n.tokens.end) && phrases().is_counted(line.word(n.tokens.end));
            at > 0 && [',', '.', ';', ':'].iter().any(|s| line.is_sign(at - 1, *s)) && counted && !paper(n)
        };
        if self.figures.iter().any(|n| n.role == Role::Plain && data(n)) && !self.signs.future {
            return true;
        }
        if form {
            return !self.bound.values.is_empty() && matches!(self.bound.by, By::Labels | By::Only)
                || self.figures.iter().any(|n| n.counts() && narrow(n) && !paper(n));
        }
        self.figures.iter().any(|n| n.counts() && narrow(n) && !paper(n))
    }

    fn is_known(&self, number: &Number) -> bool {
        let at = number.before.iter().chain(&number.after);
        let words: Vec<_> = at.filter_map(|n| self.one.line.word(*n)).collect();
        !phrases().concepts(&words).concepts.is_empty()
    }

    /// "Qua Tết em nộp được không ạ", "mốt em gửi được k": time is asked for as a question.
    fn asks_for_time(&self, asked: Option<&Said>) -> bool {
        let s = self.signs;
        let own = self.says("em") || self.says("truong") || self.says("minh") || self.says("ben");
        let may = self.says("duoc") || self.says("kip");
        asked.is_some_and(|d| !self.is_over(d)) && (s.hand_in || s.works) && own && may
    }

    /// "Xin nghỉ họp ngày mai" asks for no more time.
    fn is_about_leave(&self) -> bool {
        let s = self.signs;
        let line = self.one.line;
        // "Kế toán nghỉ đẻ" is a reason; "em xin nghỉ họp mai" a leave.
        let away = |at: usize| {
            line.is(at, &["hop", "vang"])
                || line.is(at, &["nghi"]) && (at.saturating_sub(4)..at).any(|n| line.is(n, &["xin", "phep"]))
        };
        self.one.part.range.clone().any(away) && !s.hand_in && !s.works && !s.more_time
    }

    /// "Xong 50%", "hoàn thành 8/10 lớp".
    fn is_partial(&self) -> bool {
        let rate = |n: &Number| {
            n.amount.percent && n.amount.hundredths().is_some_and(|h| h < 10_000) && !self.is_known(n)
        };
        // People are counted: "83/84 trẻ hoàn thành" is no work half done.
        let people = |at: usize| {
            self.one.line.is(at, &["tre", "chau", "be", "hs", "em", "nguoi", "gv", "cb", "dong", "hoc"])
        };
        let share = |at: usize| {
            let line = self.one.line;
            let (part, whole) = (line.number(at), line.number(at + 2));
            !people(at + 3) && line.is_sign(at + 1, '/') && self.one.marks[at] == Mark::Range && part < whole
        };
        let wholes = self.figures.windows(2).any(|pair| {
            pair[1].role == Role::Whole
                && !people(pair[1].tokens.end)
                && pair[0].amount.whole() < pair[1].amount.whole()
                && self.bound.values.is_empty()
        });
        let counted = self.figures.iter().any(|n| n.role == Role::Whole && people(n.tokens.end));
        !counted && self.figures.iter().any(rate) || self.one.part.range.clone().any(share) || wholes
    }

    /// "Xong biểu 1 rồi": one form of several.
    fn names_a_part(&self) -> bool {
        self.one
            .part
            .range
            .clone()
            .any(|at| self.one.line.is(at, &["bieu", "phan", "muc"]) && self.one.marks[at] == Mark::Order)
    }

    fn says(&self, folded: &str) -> bool {
        self.one.part.range.clone().any(|at| self.one.line.is(at, &[folded]))
    }

    fn is_over(&self, said: &Said) -> bool {
        matches!(said.day, Day::Past(_))
    }

    /// A word of the past stands there too: "Biểu 01 xong rồi, Biểu 02 mai em gửi".
    fn claims_done(&self) -> bool {
        use Tag::{PastAfter, PastBefore, PastTime};
        let range = &self.one.part.range;
        self.one.hits.iter().any(|h| {
            range.contains(&h.start)
                && (matches!(h.tag, PastAfter | PastTime)
                    || h.tag == PastBefore && self.one.line.spelled[h.start] != "da")
        })
    }

    fn is_long(&self) -> bool {
        self.one.part.range.clone().filter(|at| self.one.line.is_word(*at)).count() > 12
    }

    /// To come by a day: a promise inside the deadline, more time behind it.
    fn to_come(&self, asked: Option<&Said>, doubts: &mut Vec<Unclear>) -> Intent {
        let Some(said) = asked else { return Intent::Promise { until: None } };
        match said.until(self.one.line) {
            Some(until) if self.is_late(&until) => self.extension(asked, doubts),
            Some(until) => Intent::Promise { until: Some(until) },
            None => self.extension(asked, doubts),
        }
    }

    /// Whether a moment lies behind the deadline: of the task, else of every task that may be meant.
    fn is_late(&self, until: &Until) -> bool {
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

    fn extension(&self, asked: Option<&Said>, doubts: &mut Vec<Unclear>) -> Intent {
        let s = self.signs;
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

    /// "Gia hạn 1 tuần", "chậm 2 ngày" count from the deadline while it is to come.
    fn counted_from_deadline(&self, asked: Option<&Said>, until: Until) -> Until {
        let more = asked.and_then(|said| said.more);
        let deadline = self.one.open(self.binding.task()).and_then(|o| o.deadline);
        let day = more
            .zip(deadline.filter(|d| *d >= self.one.context.now))
            .and_then(|(days, deadline)| deadline.date().checked_add_days(chrono::Days::new(days)));
        match day {
            Some(day) => Until { day, ..until },
            None => until,
        }
    }

    fn unable(&self, not_concerned: bool) -> Intent {
        Intent::Unable { not_concerned, reason: self.reason() }
    }

    fn reason(&self) -> String {
        self.one.line.printed(self.one.part.range.clone()).trim().to_owned()
    }
}
