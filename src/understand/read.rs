//! From a message to its acts.

use std::ops::Range;

use super::fields::{Bound, Names, figure};
use super::figures::{Number, Role, numbers};
use super::intent::{Signs, signs};
use super::line::Line;
use super::marks::{Mark, links_in, marks};
use super::parts::{Part, parts};
use super::phrases::{Hit, phrases};
use super::reading::{Act, Binding, By, Given, Intent, Reading, Unclear, Until};
use super::tasks::{self, Choice};
use super::when::{Day, Said, asked_day, days};
use super::{Context, OpenTask, answer};
use crate::domain::{ConfirmationLevel, FieldKind, Form, Requires, SchoolId, TaskId, Value};

/// What a message says. `attached`: it came with files, photos or a voice.
#[must_use]
pub fn read(text: &str, attached: bool, context: &Context) -> Reading {
    let line = Line::new(text);
    if line.text.trim().is_empty() && !attached {
        return Reading::default();
    }
    if let Some(reading) = answer::answer(&line, attached, context) {
        return reading;
    }
    Reading { acts: acts(&line, attached, context, Fixed::default()) }
}

/// What is known of an act before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fixed {
    pub task: Option<TaskId>,
    pub school: Option<SchoolId>,
}

/// What words say about a task and school that are known.
pub(super) fn read_fixed(text: &str, attached: bool, context: &Context, fixed: Fixed) -> Act {
    let line = Line::new(text);
    first_act(acts(&line, attached, context, fixed))
}

pub(super) fn first_act(acts: Vec<Act>) -> Act {
    acts.into_iter().next().unwrap_or(Act {
        school: None,
        named: false,
        task: Binding::None,
        intent: Intent::Unknown,
        doubts: vec![],
    })
}

pub(super) fn acts(line: &Line, attached: bool, context: &Context, fixed: Fixed) -> Vec<Act> {
    let hits = phrases().find(line);
    let found = if fixed.school.is_some() { vec![] } else { context.schools.find(line) };
    let marks = marks(line, &found);
    let parts = parts(line, &found, &hits, context, fixed.school);
    let several = parts.len() > 1;
    let mut acts = Vec::new();
    for part in parts {
        let one = One { line, marks: &marks, hits: &hits, context, fixed, part, attached, several };
        acts.push(one.act());
    }
    acts
}

/// The reading of one part.
struct One<'a> {
    line: &'a Line,
    marks: &'a [Mark],
    hits: &'a [Hit],
    context: &'a Context<'a>,
    fixed: Fixed,
    part: Part,
    attached: bool,
    several: bool,
}

impl One<'_> {
    fn act(self) -> Act {
        let range = self.part.range.clone();
        let (mut figures, zeros) = numbers(self.line, &range, self.marks, self.hits);
        let signs = signs(self.line, &range, self.marks, self.hits, &zeros);
        let said = days(self.line, range.clone(), self.marks, self.context.now);
        // Numbers inside a day that is asked for are no figures.
        figures.retain(|n| {
            !said.iter().any(|d| {
                n.role != Role::Zero && d.tokens.start < n.tokens.end && n.tokens.start < d.tokens.end
            })
        });
        // "hoàn thành 100%" says done.
        if signs.done || signs.denies {
            figures.retain(|n| !(n.amount.percent && n.amount.digits == 100));
        }
        let links = self.links(&range);
        let corrects = self.corrects(&signs, &figures);
        let mut doubts = self.part.doubts.clone();
        let Choice { binding, bound } = self.task(&figures, corrects, &mut doubts);
        let bound = self.bound(&binding, bound, &figures);
        let view = View {
            one: &self,
            signs,
            figures: &figures,
            said: &said,
            links: &links,
            binding: &binding,
            bound: &bound,
            corrects,
        };
        let intent = view.intent(&mut doubts);
        self.finish(intent, binding, bound, links, doubts)
    }

    fn links(&self, range: &Range<usize>) -> Vec<String> {
        links_in(self.line.printed(range.clone()))
    }

    fn corrects(&self, signs: &Signs, figures: &[Number]) -> bool {
        let old = figures.iter().any(|n| n.role == Role::Old);
        let quoted = self.context.quoted_own.is_some() && figures.iter().any(|n| n.role != Role::Old);
        signs.corrects || old || quoted || (signs.not_that && self.part.named)
    }

    /// The task: fixed, by code, quoted, answered, the only one, by its fields, by its words.
    fn task(&self, figures: &[Number], corrects: bool, doubts: &mut Vec<Unclear>) -> Choice {
        let plain = |binding| Choice { binding, bound: None };
        if let Some(task) = self.fixed.task {
            return plain(Binding::Code(task));
        }
        let whole = 0..self.line.len();
        for range in [&self.part.range, &whole] {
            match tasks::code_in(self.line, self.marks, range, self.context) {
                Some(Ok(task)) => return plain(Binding::Code(task)),
                Some(Err(given)) => {
                    doubts.push(Unclear::NoSuchTask { given });
                    return plain(Binding::None);
                }
                None => {}
            }
        }
        let outer = tasks::without_words(self.context);
        if matches!(outer, Binding::Quote(_)) {
            return plain(outer);
        }
        if corrects && let [task] = self.answered()[..] {
            // What corrects is about what was given.
            if figures.is_empty() {
                return plain(Binding::OnlyOpen(task));
            }
        }
        if figures.iter().any(|n| n.role != Role::Old)
            && let Some(choice) = tasks::by_fields(self.line, figures, self.context, corrects)
        {
            let only =
                matches!((&choice.binding, &outer), (Binding::Fields(a), Binding::OnlyOpen(b)) if a == b);
            return if only { Choice { binding: outer, ..choice } } else { choice };
        }
        if matches!(outer, Binding::OnlyOpen(_)) {
            return plain(outer);
        }
        let open = tasks::candidates(self.context);
        let topic =
            tasks::by_topic(self.line, &self.part.range, self.marks, self.hits, &open).or_else(|| {
                self.several
                    .then(|| tasks::by_topic(self.line, &whole, self.marks, self.hits, &open))
                    .flatten()
            });
        // "Số liệu em chưa chốt": of the tasks that may be meant only one asks for figures.
        let figured = tasks::by_figure_words(self.line, &self.part.range, &open);
        match topic {
            Some(topic) if figured != Some(topic) => plain(Binding::Topic(topic)),
            _ => match (figured, self.quoted_topic(&open)) {
                (Some(task), _) => plain(Binding::Fields(task)),
                (None, Some(topic)) => plain(Binding::Topic(topic)),
                (None, None) => plain(outer),
            },
        }
    }

    /// The task of what the message quotes in its own text.
    fn quoted_topic(&self, open: &[&OpenTask]) -> Option<TaskId> {
        let line = Line::new(self.line.quoted.as_deref().or(self.context.quoted_text)?);
        let marks = marks(&line, &[]);
        tasks::by_topic(&line, &(0..line.len()), &marks, &phrases().find(&line), open)
    }

    /// Tasks that have been answered.
    fn answered(&self) -> Vec<TaskId> {
        self.context.open.iter().filter(|o| o.last.is_some()).map(|o| o.task.id).collect()
    }

    fn open(&self, task: Option<TaskId>) -> Option<&OpenTask<'_>> {
        self.context.open.iter().find(|o| Some(o.task.id) == task)
    }

    /// The form of an open task, or of any other that may be named.
    fn form(&self, task: Option<TaskId>) -> Option<&Form> {
        let known = self.context.open.iter().map(|o| o.task).chain(self.context.tasks.iter().copied());
        known.into_iter().find(|t| Some(t.id) == task).map(|t| &t.form)
    }

    /// The figures in the form of the task.
    fn bound(&self, binding: &Binding, bound: Option<Bound>, figures: &[Number]) -> Bound {
        if let Some(bound) = bound {
            return bound;
        }
        let open = self.open(binding.task());
        match self.form(binding.task()).filter(|f| f.fields.iter().any(|f| f.kind.is_figure())) {
            Some(form) => Names::new(form).bind(self.line, figures, open.and_then(|o| o.last)),
            None => Bound {
                loose: figures.iter().filter(|n| n.role != Role::Old).map(|n| figure(self.line, n)).collect(),
                ..Bound::default()
            },
        }
    }

    fn finish(
        self,
        intent: Intent,
        binding: Binding,
        bound: Bound,
        links: Vec<String>,
        mut doubts: Vec<Unclear>,
    ) -> Act {
        let gives = matches!(intent, Intent::Submit(_) | Intent::Correct(_));
        let given = || {
            let mut given = Given {
                values: bound.values,
                by: bound.by,
                loose: bound.loose,
                links,
                attached: self.attached,
            };
            self.take_words_and_links(&binding, &mut given);
            given
        };
        let intent = match intent {
            Intent::Submit(_) => Intent::Submit(given()),
            Intent::Correct(_) => Intent::Correct(given()),
            other => other,
        };
        if gives {
            doubts.extend(bound.doubts);
            self.doubt_nothing(&intent, &binding, &mut doubts);
        }
        self.doubt_task(&intent, &binding, &mut doubts);
        self.doubt_school(&intent, &mut doubts);
        if matches!(intent, Intent::Chitchat | Intent::Unknown | Intent::Question) {
            doubts.clear();
        }
        Act { school: self.part.school, named: self.part.named, task: binding, intent, doubts }
    }

    /// Links and labelled words go into the fields that hold them.
    fn take_words_and_links(&self, binding: &Binding, given: &mut Given) {
        let Some(task) = binding.task() else { return };
        let Some(form) = self.form(Some(task)) else { return };
        let mut links = given.links.iter();
        for field in form.fields.iter().filter(|f| f.kind == FieldKind::Link) {
            if let Some(link) = links.next() {
                given.values.insert(field.key.clone(), Value::Link(link.clone()));
            }
        }
        for field in form.fields.iter().filter(|f| f.kind == FieldKind::Text) {
            let only = form.fields.len() == 1;
            let text = labelled_text(self.line.printed(self.part.range.clone()), &field.label)
                .or_else(|| only.then(|| self.line.printed(self.part.range.clone()).trim().to_owned()));
            if let Some(text) = text.filter(|t| !t.is_empty()) {
                given.values.insert(field.key.clone(), Value::Text(text));
            }
        }
    }

    /// A form with fields, and nothing for any of them: figures of other things, or only words.
    fn doubt_nothing(&self, intent: &Intent, binding: &Binding, doubts: &mut Vec<Unclear>) {
        let (Intent::Submit(given) | Intent::Correct(given)) = intent else { return };
        let empty = given.values.is_empty() && given.links.is_empty() && !given.attached;
        let asks = self.form(binding.task()).is_some_and(|form| !form.is_empty());
        let asked = |d: &Unclear| {
            matches!(d, Unclear::NothingGiven | Unclear::WhichField { .. } | Unclear::NotANumber { .. })
        };
        if empty && asks && !doubts.iter().any(asked) {
            doubts.push(Unclear::NothingGiven);
        }
    }

    fn doubt_task(&self, intent: &Intent, binding: &Binding, doubts: &mut Vec<Unclear>) {
        let wants = matches!(
            intent,
            Intent::Submit(_)
                | Intent::Correct(_)
                | Intent::Withdraw
                | Intent::SameAsLast
                | Intent::Extension { .. }
        ) || matches!(intent, Intent::Confirm(ConfirmationLevel::Done));
        if !wants || doubts.iter().any(|d| matches!(d, Unclear::NoSuchTask { .. })) {
            return;
        }
        match binding {
            Binding::Several(tasks) => doubts.push(Unclear::WhichTask(tasks.clone())),
            Binding::None if !self.context.open.is_empty() => {
                doubts.push(Unclear::WhichTask(self.context.open.iter().map(|o| o.task.id).collect()));
            }
            Binding::Topic(task) => doubts.push(Unclear::GuessedTask(*task)),
            _ => {}
        }
    }

    fn doubt_school(&self, intent: &Intent, doubts: &mut Vec<Unclear>) {
        let general = matches!(intent, Intent::Confirm(ConfirmationLevel::Received) | Intent::Promise { .. });
        if self.part.school.is_none()
            && self.context.own.len() > 1
            && !general
            && !doubts.iter().any(is_about_school)
        {
            doubts.insert(0, Unclear::WhichSchool(self.context.own.to_vec()));
        }
    }
}

fn is_about_school(doubt: &Unclear) -> bool {
    matches!(doubt, Unclear::WhichSchool(_) | Unclear::NoSuchSchool { .. })
}

/// The text behind a field's label and a colon, up to the end of the line.
fn labelled_text(text: &str, label: &str) -> Option<String> {
    let label = crate::vietnamese::fold_words(label);
    text.split(['\n', ';']).find_map(|line| {
        let (head, tail) = line.split_once(':')?;
        crate::vietnamese::fold_words(head).ends_with(&label).then(|| tail.trim().to_owned())
    })
}

/// All that one part says, for deciding what it means.
struct View<'a> {
    one: &'a One<'a>,
    signs: Signs,
    figures: &'a [Number],
    said: &'a [Said],
    links: &'a [String],
    binding: &'a Binding,
    bound: &'a Bound,
    corrects: bool,
}

impl View<'_> {
    fn intent(&self, doubts: &mut Vec<Unclear>) -> Intent {
        let s = self.signs;
        let figures = self.figures.iter().any(|n| n.role != Role::Old);
        let gives = figures || !self.links.is_empty() || self.one.attached;
        let asked = asked_day(self.said);
        let wants_time = s.more_time || (s.wish && asked.is_some());
        if s.withdraws {
            return Intent::Withdraw;
        }
        if s.asks && !wants_time && !(figures && s.corrects) {
            return if self.asks_for_time(asked) { self.extension(asked, doubts) } else { Intent::Question };
        }
        if s.same_as_last && !figures {
            doubts.push(Unclear::SameAsLast);
            return Intent::SameAsLast;
        }
        if self.corrects && !wants_time && !(s.denies && !figures && !self.one.part.named) {
            if !gives {
                doubts.push(Unclear::NothingGiven);
            }
            return Intent::Correct(Given::default());
        }
        if wants_time {
            if self.has_named_figures() {
                doubts.push(Unclear::DoneOrNot);
            }
            return self.extension(asked, doubts);
        }
        if s.not_concerned && !figures {
            return self.unable(true);
        }
        if s.denies || s.unfinished {
            return self.negative(asked, doubts);
        }
        let to_come = (s.future || asked.is_some_and(|d| !self.is_over(d)))
            && (s.hand_in || s.works || s.done || s.future);
        if to_come && !self.has_named_figures() && !s.delegated {
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
        let bound = !self.bound.values.is_empty() || !s.denies;
        if bound && self.has_named_figures() {
            doubts.push(Unclear::DoneOrNot);
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
        let figures = self.figures.iter().any(|n| n.role != Role::Old);
        if named || figures && !s.done && !s.greets && !s.received {
            return Intent::Submit(Given::default());
        }
        if !self.links.is_empty() || self.one.attached && !s.greets {
            return Intent::Submit(Given::default());
        }
        if s.delegated {
            return Intent::Confirm(Received);
        }
        if s.done {
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
        if self.one.context.quoted.len() == 1 && self.takes_text() {
            return Intent::Submit(Given::default());
        }
        Intent::Unknown
    }

    /// "Rồi ạ": what the quoted or asked words wanted to know.
    fn bare_done(&self, doubts: &mut Vec<Unclear>) -> Intent {
        let quoted = self.one.line.quoted.as_deref().or(self.one.context.quoted_text).unwrap_or_default();
        let line = Line::new(quoted);
        let tags = phrases().find(&line);
        let has = |tag| tags.iter().any(|h| h.tag == tag);
        use super::phrases::Tag::{Finish, HandIn, Received};
        if has(HandIn) || has(Finish) {
            return Intent::Confirm(ConfirmationLevel::Done);
        }
        if has(Received) {
            return Intent::Confirm(ConfirmationLevel::Received);
        }
        doubts.push(Unclear::DoneOrNot);
        Intent::Confirm(ConfirmationLevel::Done)
    }

    /// A form wants what was worked out, not that work was done.
    fn wants_more_than_work(&self) -> bool {
        let open = self.one.open(self.binding.task());
        open.is_none_or(|o| o.task.requires == Requires::Submission)
    }

    fn takes_text(&self) -> bool {
        let open = self.one.open(self.binding.task());
        open.is_some_and(|o| o.task.form.fields.len() == 1 && o.task.form.fields[0].kind == FieldKind::Text)
    }

    /// Whether figures stand there under names that fields or the trade know.
    fn has_named_figures(&self) -> bool {
        !self.bound.values.is_empty() && self.bound.by != By::Position && self.bound.by != By::Nothing
            || self.figures.iter().any(|n| n.role != Role::Old && self.is_known(n))
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

    fn says(&self, folded: &str) -> bool {
        self.one.part.range.clone().any(|at| self.one.line.is(at, &[folded]))
    }

    fn is_over(&self, said: &Said) -> bool {
        matches!(said.day, Day::Past(_))
    }

    /// A word of the past stands there too: "Biểu 01 xong rồi, Biểu 02 mai em gửi".
    fn claims_done(&self) -> bool {
        use super::phrases::Tag::{PastAfter, PastBefore, PastTime};
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
        match self.one.open(self.binding.task()) {
            Some(open) => late(open),
            None => {
                let open = tasks::candidates(self.one.context);
                !open.is_empty() && open.iter().all(|o| late(o))
            }
        }
    }

    fn extension(&self, asked: Option<&Said>, doubts: &mut Vec<Unclear>) -> Intent {
        let until = asked.and_then(|said| said.until(self.one.line));
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

    fn unable(&self, not_concerned: bool) -> Intent {
        Intent::Unable { not_concerned, reason: self.reason() }
    }

    fn reason(&self) -> String {
        self.one.line.printed(self.one.part.range.clone()).trim().to_owned()
    }
}

#[cfg(test)]
mod tests;
