//! A message that answers a form in the form's own words: each name with its value beside it, and nothing else that says anything.
//!
//! Names, other names and options of a form are the office's own, so that they are looked for before the meanings of this room: "học 2
//! buổi 101" has one figure, "lắp camera chưa có" denies nothing. A single word that this leaves over and the message is read as any other.

use std::cell::OnceCell;
use std::ops::Range;

use chrono::NaiveDateTime;

use super::amounts::{share_of, value_of};
use super::fields::{Bound, Names};
use super::key::{Key, words};
use super::labels::FieldNames;
use super::line::Line;
use super::marks::{Mark, links_in};
use super::phrases::{Hit, Known, Tag, phrases};
use super::read::One;
use super::reading::{Act, Binding, By, Given, Intent};
use super::worded::day_in;
use super::{Context, tasks};
use crate::domain::{Field, FieldKind, TaskId, Value, Values};
use crate::vietnamese::{Amount, fold, fold_words};

impl One<'_> {
    /// The act of such a message. Its task is named by code or quotation, or is the only one with these fields.
    pub fn in_own_words(&self) -> Option<Act> {
        let (line, range) = (self.line, &self.part.range);
        let coded = self.part.code.map_or_else(|| range.clone(), |at| at..at + 1);
        let known = match (self.fixed.task, tasks::code_in(line, self.marks, &coded, self.context)) {
            (Some(task), _) => Some(Binding::Code(task)),
            (None, Some(Ok(task))) => Some(Binding::Code(task)),
            (None, Some(Err(_))) => return None,
            (None, None) => {
                Some(tasks::without_words(self.context)).filter(|b| matches!(b, Binding::Quote(_)))
            }
        };
        let (binding, values) = match known {
            Some(binding) => {
                let values = self.values_of(binding.task()?)?;
                (binding, values)
            }
            None => self.only_form()?,
        };
        let figures = values.len();
        let given = if self.puts_right() {
            Intent::Correct(Given::default())
        } else {
            Intent::Submit(Given::default())
        };
        let bound = Bound { values: values.clone(), by: By::Labels, named: figures, ..Bound::default() };
        let links = links_in(line.printed(range.clone())).into_iter().collect();
        let mut act = self.finish(given, binding, bound, links, self.part.doubts.clone(), &OnceCell::new());
        if let Intent::Submit(given) | Intent::Correct(given) = &mut act.intent {
            given.values = values;
        }
        Some(act)
    }

    fn values_of(&self, task: TaskId) -> Option<Values> {
        let task = self.task_of(Some(task))?;
        let names = self.context.names(task);
        names.in_own_words(self.line, &self.part.range, self.marks, self.hits, self.context.now)
    }

    /// The only open form whose names these are, two of them at least.
    fn only_form(&self) -> Option<(Binding, Values)> {
        if !self.part.range.clone().any(|at| self.line.number(at).is_some()) {
            return None;
        }
        let open = tasks::candidates(self.context);
        let mut found =
            open.iter().filter_map(|o| Some((o.task.id, self.values_of(o.task.id).filter(|v| v.len() > 1)?)));
        let (task, values) = found.next()?;
        if found.next().is_some() {
            return None;
        }
        let binding = if open.len() == 1 { Binding::OnlyOpen(task) } else { Binding::Fields(task) };
        Some((binding, values))
    }
}

/// A name in a message: its field and the token behind it.
#[derive(Debug, Clone, Copy)]
struct Called {
    field: usize,
    end: usize,
}

impl Names {
    /// The values of a stretch that says nothing but names and values; none for any other.
    fn in_own_words(
        &self,
        line: &Line,
        range: &Range<usize>,
        marks: &[Mark],
        hits: &[Hit],
        now: NaiveDateTime,
    ) -> Option<Values> {
        let said = Said { names: self, line, marks, hits, now, end: range.end };
        let mut values = Values::new();
        let mut at = range.start;
        loop {
            at = said.skip(at, values.len());
            if at >= range.end {
                break;
            }
            let (field, value, end) = said.pair(at, !values.is_empty()).or_else(|| said.pair_behind(at))?;
            let key = &self.field(field).field.key;
            if values.get(key).is_some_and(|there| *there != value) {
                return None;
            }
            values.insert(key.clone(), value);
            at = end;
        }
        (!values.is_empty()).then_some(values)
    }

    /// The longest name that begins at a word.
    fn called_at(&self, line: &Line, at: usize, end: usize) -> Option<Called> {
        self.called_as(line, at, end, as_typed(line, at).as_deref())
    }

    fn called_as(&self, line: &Line, at: usize, end: usize, typed: Option<&str>) -> Option<Called> {
        let names = self.beginning_with(line.folded(at));
        let names = names.chain(typed.into_iter().flat_map(|typed| self.beginning_with(typed)));
        let ends =
            names.filter_map(|(field, name)| Some(Called { field, end: end_of(line, at, end, name)? }));
        ends.max_by_key(|called| (called.end, std::cmp::Reverse(called.field)))
    }
}

/// The letters of a short word where they are read as another word: an abbreviation of the office may be a chat word, the "k" of a
/// name is no "không".
fn as_typed(line: &Line, at: usize) -> Option<String> {
    let typed = line.is_word(at).then(|| line.printed(at..at + 1)).filter(|word| word.len() <= 4);
    typed.map(fold).filter(|typed| typed != line.folded(at))
}

/// The names in a message that have a figure beside them: nothing else is meant by their words.
pub(super) fn claimed(line: &Line, context: &Context) -> Vec<Range<usize>> {
    if (0..line.len()).filter(|at| line.number(*at).is_some()).count() < 2 {
        return vec![];
    }
    let typed: Vec<Option<String>> = (0..line.len()).map(|at| as_typed(line, at)).collect();
    let mut claimed: Vec<Range<usize>> = Vec::new();
    for open in context.open.iter().filter(|open| open.task.form.fields.iter().any(|f| f.kind.is_figure())) {
        let names = context.names(open.task);
        for (at, typed) in typed.iter().enumerate() {
            let called = names.called_as(line, at, line.len(), typed.as_deref());
            if let Some(called) = called.filter(|called| called.end > at + 1)
                && (line.number(value_behind(line, called.end)).is_some()
                    || at > 0 && line.number(at - 1).is_some())
            {
                claimed.push(at..called.end);
            }
        }
    }
    claimed
}

/// Takes the meanings of other things from the words of names and from the figures behind them: the 120 of "hồ sơ trực tuyến 120" is the
/// number of no line.
pub(super) fn unmark(line: &Line, claimed: &[Range<usize>], marks: &mut [Mark]) {
    let which =
        |mark: Mark| matches!(mark, Mark::Order | Mark::Measure | Mark::Day | Mark::Class | Mark::Range);
    for range in claimed {
        for at in range.clone() {
            if !which(marks[at]) {
                continue;
            }
            marks[at] = if line.number(at).is_some() { Mark::Age } else { Mark::Free };
        }
        let at = value_behind(line, range.end);
        let joined = ['/', '-', '–'].iter().any(|sign| line.is_sign(at + 1, *sign));
        if line.number(at).is_some() && which(marks[at]) && !joined && !line.is_glued(at) {
            marks[at] = Mark::Free;
        }
    }
}

/// A unit without its marks, blanks and raised digits.
fn unit_letters(unit: &str) -> String {
    fold_words(&unit.replace('²', "2").replace('³', "3")).replace(' ', "")
}

/// Where the figure behind a name stands.
fn value_behind(line: &Line, end: usize) -> usize {
    let parts = line.is_sign(end, ':') || line.is_sign(end, '=') || line.is(end, words!["la"]);
    if parts { end + 1 } else { end }
}

/// The token behind a name that begins here; signs of the label ("số nhóm, lớp") may be typed or left out.
fn end_of(line: &Line, at: usize, end: usize, name: &[Known]) -> Option<usize> {
    let mut next = at;
    for (n, known) in name.iter().enumerate() {
        while n > 0 && [',', '-', '/', '(', ')'].iter().any(|sign| line.is_sign(next, *sign)) {
            next += 1;
        }
        if next >= end || n > 0 && line.begins_line(next) || !is_typed(line, next, known) {
            return None;
        }
        next += 1;
    }
    Some(next)
}

/// Whether a word of a name stands here, as meant or as typed: the "k" of a name is no "không".
fn is_typed(line: &Line, at: usize, known: &Known) -> bool {
    line.word(at).is_some_and(|word| known.is(word))
        || line.is_word(at) && known.is_spelled(&line.printed(at..at + 1).to_lowercase())
}

struct Said<'a> {
    names: &'a Names,
    line: &'a Line,
    marks: &'a [Mark],
    hits: &'a [Hit],
    now: NaiveDateTime,
    end: usize,
}

impl Said<'_> {
    /// The first token that says something: no sign, no courtesy, no code, no number of a list.
    fn skip(&self, mut at: usize, given: usize) -> usize {
        const COURTESY: &[Key] = words![
            "da", "a", "em", "e", "chi", "c", "anh", "thua", "kinh", "gui", "bao", "cao", "nop", "lieu",
            "nhu", "truong", "minh", "ben", "cam", "on", "nhe", "nha", "va", "la", "thi"
        ];
        while at < self.end {
            let line = self.line;
            let listed = line.begins_line(at)
                && line.number(at).and_then(|n| usize::try_from(n).ok()) == Some(given + 1)
                && [')', '.', '/'].iter().any(|sign| line.is_sign(at + 1, *sign))
                && line.number(at + 2).is_none();
            let sign = [',', ';', '.', ':', '=', '-', '–', '+', '•', '*', '!']
                .iter()
                .any(|sign| line.is_sign(at, *sign));
            let two = line.is(at, words!["so"]) && line.is(at + 1, words!["lieu"])
                || line.is(at, words!["nhu"]) && line.is(at + 1, words!["sau"])
                || line.is(at, words!["trong"]) && line.is(at + 1, words!["do"]);
            let apart = matches!(self.marks.get(at), Some(Mark::Code | Mark::School));
            if apart {
                at += 1;
            } else if self.names.called_at(line, at, self.end).is_some() {
                break;
            } else if listed || two {
                at += 2;
            } else if sign || line.is(at, COURTESY) && line.is_word(at) {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// "tổng số trẻ 337", "lắp camera: chưa có".
    fn pair(&self, at: usize, among: bool) -> Option<(usize, Value, usize)> {
        let called = self.names.called_at(self.line, at, self.end)?;
        let line = self.line;
        let colon = line.is_sign(called.end, ':') || line.is_sign(called.end, '=');
        let mut from = called.end;
        while [':', '=', '-', '–'].iter().any(|sign| line.is_sign(from, *sign))
            || line.is(from, words!["la"]) && line.is_word(from)
        {
            from += 1;
        }
        let field = &self.names.field(called.field).field;
        let (value, end) = self.value(field, from, (colon, among))?;
        Some((called.field, value, end))
    }

    /// "337 tổng số trẻ", "chưa có lắp camera".
    fn pair_behind(&self, at: usize) -> Option<(usize, Value, usize)> {
        let line = self.line;
        // What is counted is named right behind its figure.
        let behind =
            |end: usize| self.names.called_at(line, end, self.end).filter(|_| !line.begins_line(end));
        if let Some((_, end)) = self.amount(at) {
            let called = behind(end)?;
            let field = &self.names.field(called.field).field;
            let (value, _) = self.figure(field, at)?;
            return Some((called.field, value, called.end));
        }
        self.names.fields().iter().enumerate().filter(|(_, f)| f.field.kind == FieldKind::Choice).find_map(
            |(index, names)| {
                let (option, end) = self.option(&names.field, at)?;
                let called = behind(end).filter(|c| c.field == index)?;
                Some((index, option, called.end))
            },
        )
    }

    fn value(&self, field: &Field, at: usize, (colon, among): (bool, bool)) -> Option<(Value, usize)> {
        if at >= self.end {
            return None;
        }
        if let Some(end) = self.not_concerned(at) {
            return Some((Value::NotApplicable, end));
        }
        match field.kind {
            FieldKind::Choice => self.option(field, at),
            FieldKind::Text => self.words(at, colon, among),
            FieldKind::Date => {
                let day = (at..self.end).find(|n| self.marks.get(*n) != Some(&Mark::Day)).unwrap_or(self.end);
                let end = if day > at { day } else { self.end_of_words(at, false) };
                Some((Value::Date(day_in(self.line.printed(at..end), self.now)?), end))
            }
            FieldKind::Link => {
                let end = (at..self.end).find(|n| self.marks.get(*n) != Some(&Mark::Link))?.max(at);
                let link = links_in(self.line.printed(at..end)).into_iter().next()?;
                Some((Value::Link(link), end))
            }
            FieldKind::File | FieldKind::Photo => None,
            _ => self.figure(field, at),
        }
    }

    /// A figure of the field's kind with the unit behind it, or the word that there is none.
    fn figure(&self, field: &Field, at: usize) -> Option<(Value, usize)> {
        let line = self.line;
        // "Tỷ lệ chuyên cần 245/250".
        if let (FieldKind::Percent, Some((rate, end))) = (field.kind, share_of(line, at)) {
            return (end <= self.end).then(|| (Value::Figure(rate), self.behind_the_unit(field, end)));
        }
        if let Some((amount, end)) = self.amount(at) {
            let value = value_of(field, &amount)?;
            return Some((value, self.behind_the_unit(field, end)));
        }
        let none = line.is(at, words!["khong"]) && line.is_word(at);
        let end = if none && line.is(at + 1, words!["co"]) { at + 2 } else { at + 1 };
        let closed = end >= self.end
            || line.begins_line(end)
            || [',', ';', '.'].iter().any(|sign| line.is_sign(end, *sign));
        (none && closed && field.kind == FieldKind::Count).then_some((Value::Figure(0), end))
    }

    /// A number by itself: no date, telephone or code, no range, nothing glued to it that is no unit.
    fn amount(&self, at: usize) -> Option<(Amount, usize)> {
        let line = self.line;
        let apart =
            [Mark::Phone, Mark::Link, Mark::Code, Mark::School, Mark::Document, Mark::Clock, Mark::Secret];
        if at >= self.end || self.marks.get(at).is_none_or(|mark| apart.contains(mark)) {
            return None;
        }
        let (amount, end) = line.amount(at)?;
        let joined =
            ['/', '-', '–'].iter().any(|sign| line.is_sign(end, *sign)) && line.number(end + 1).is_some();
        // "Hai", "năm", "sáu" are words of other meanings too where marks are left out.
        let unsure = amount.in_words && !line.marked && end == at + 1;
        let is_unit = |word: &str| {
            let letters = unit_letters(word);
            let begins =
                |f: &FieldNames| !letters.is_empty() && unit_letters(&f.field.unit).starts_with(&letters);
            self.names.fields().iter().any(begins)
        };
        let glued = line.is_glued(end)
            && line.is_word(end)
            && !phrases().is_counted(line.word(end))
            && !is_unit(line.printed(end..end + 1));
        (end <= self.end && !amount.spaced && !joined && !unsure && !glued).then_some((amount, end))
    }

    /// "337 trẻ", "26 người": the noun, unless another name begins with it.
    fn behind_the_unit(&self, field: &Field, at: usize) -> usize {
        let line = self.line;
        if at >= self.end || line.begins_line(at) || self.names.called_at(line, at, self.end).is_some() {
            return at;
        }
        let unit = unit_letters(&field.unit);
        let is_unit = |end: &usize| !unit.is_empty() && unit_letters(line.printed(at..*end)) == unit;
        if line.is_word(at)
            && let Some(end) = (at + 1..=(at + 4).min(self.end)).rev().find(is_unit)
        {
            return end;
        }
        if line.is_word(at) && phrases().is_counted(line.word(at)) { at + 1 } else { at }
    }

    /// The longest option that stands here.
    fn option(&self, field: &Field, at: usize) -> Option<(Value, usize)> {
        let of = |option: &String| {
            let known = Known::of_name(option);
            let end = end_of(self.line, at, self.end, &known)?;
            (!known.is_empty()).then(|| (Value::Text(option.clone()), end))
        };
        field.options.iter().filter_map(of).max_by_key(|(_, end)| *end)
    }

    /// The words of a text: to the next name with a value, which a sign parts from it where a colon opened it.
    fn words(&self, at: usize, colon: bool, among: bool) -> Option<(Value, usize)> {
        let end = self.end_of_words(at, colon);
        // "…, đề xuất cho em xin lùi đến mai": without a colon that may be no answer.
        const ELSE: [Tag; 6] =
            [Tag::Extension, Tag::Wish, Tag::Future, Tag::Withdraw, Tag::Correction, Tag::AskEnd];
        if !colon && !among && end >= self.end
            || !colon && self.hits.iter().any(|h| (at..end).contains(&h.start) && ELSE.contains(&h.tag))
        {
            return None;
        }
        let text = self.line.printed(at..end).trim().trim_end_matches(" ạ");
        (!text.is_empty()).then(|| (Value::Text(text.to_owned()), end))
    }

    fn end_of_words(&self, at: usize, colon: bool) -> usize {
        let line = self.line;
        let sign = |n: usize| [',', ';', '.'].iter().any(|sign| line.is_sign(n, *sign));
        let ends = |n: &usize| {
            line.is_sign(*n, ';')
                || line.begins_line(*n)
                || sign(*n) && self.names.called_at(line, *n + 1, self.end).is_some()
                || !colon && self.pair(*n, false).is_some()
        };
        (at + 1..self.end).find(ends).unwrap_or(self.end)
    }

    /// "không áp dụng", "n/a".
    fn not_concerned(&self, at: usize) -> Option<usize> {
        let line = self.line;
        let long = line.is(at, words!["khong"])
            && (line.is(at + 1, words!["ap"]) && line.is(at + 2, words!["dung"])
                || line.is(at + 1, words!["co", "thuoc"])
                    && line.is(at + 2, words!["doi"])
                    && line.is(at + 3, words!["tuong"]));
        let end = if line.is(at + 1, words!["ap"]) { at + 3 } else { at + 4 };
        long.then_some(end).filter(|end| *end <= self.end)
    }
}

#[cfg(test)]
mod tests;
