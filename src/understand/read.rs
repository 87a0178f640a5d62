//! From a message to its acts.

use std::ops::Range;

use super::fields::{Bound, Names, figure};
use super::figures::{Number, Role, numbers};
use super::intent::{Signs, signs};
use super::line::Line;
use super::marks::{Mark, links_in, marks};
use super::parts::{Part, parts};
use super::phrases::{Hit, phrases};
use super::reading::{Act, Binding, Given, Intent, Reading, Unclear};
use super::tasks::{self, Choice};
use super::weigh::View;
use super::when::days;
use super::worded::worded;
use super::{Context, OpenTask, answer};
use crate::domain::{ConfirmationLevel, FieldKind, Form, SchoolId, TaskId, Value, Values};

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
pub(super) struct One<'a> {
    pub line: &'a Line,
    pub marks: &'a [Mark],
    pub hits: &'a [Hit],
    pub context: &'a Context<'a>,
    pub fixed: Fixed,
    pub part: Part,
    pub attached: bool,
    pub several: bool,
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
        let intent = match view.intent(&mut doubts) {
            // Words for a field of the form hand in, whatever else they sound like.
            Intent::Unknown | Intent::Chitchat | Intent::Unable { not_concerned: true, .. }
                if !self.worded(&binding).is_empty() =>
            {
                Intent::Submit(Given::default())
            }
            intent => intent,
        };
        self.finish(intent, binding, bound, links, doubts)
    }

    fn links(&self, range: &Range<usize>) -> Vec<String> {
        links_in(self.line.printed(range.clone()))
    }

    fn corrects(&self, signs: &Signs, figures: &[Number]) -> bool {
        let old = figures.iter().any(|n| n.role == Role::Old);
        let quoted = self.context.quoted_own.is_some() && figures.iter().any(|n| n.counts());
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
        if figures.iter().any(|n| n.counts())
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

    pub fn open(&self, task: Option<TaskId>) -> Option<&OpenTask<'_>> {
        self.context.open.iter().find(|o| Some(o.task.id) == task)
    }

    /// The form of an open task, or of any other that may be named.
    pub fn form(&self, task: Option<TaskId>) -> Option<&Form> {
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
                loose: figures.iter().filter(|n| n.counts()).map(|n| figure(self.line, n)).collect(),
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
        given.values.extend(self.worded(binding));
        if let [field] = &form.fields[..]
            && field.kind == FieldKind::Text
            && given.values.is_empty()
        {
            let text = self.line.printed(self.part.range.clone()).trim().to_owned();
            if !text.is_empty() {
                given.values.insert(field.key.clone(), Value::Text(text));
            }
        }
    }

    /// Answers in words for the form of the task.
    fn worded(&self, binding: &Binding) -> Values {
        let form = self.form(binding.task());
        let text = self.line.printed(self.part.range.clone());
        form.map(|form| worded(form, text, self.context.now)).unwrap_or_default()
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

#[cfg(test)]
mod tests;
