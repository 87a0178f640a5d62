//! What must be asked before one part of a message is stored (rule 1 of the product: what is not certain is asked).

use super::fields::Bound;
use super::figures::Number;
use super::intent::Signs;
use super::line::Line;
use super::phrases::phrases;
use super::read::One;
use super::reading::{Binding, Figure, Intent, Unclear};
use super::roles::Role;
use crate::domain::{ConfirmationLevel, TaskId};

impl One<'_> {
    /// A figure whose words nobody knows, beside what denies, asks, supposes or is to come: it may be no figure of the answer.
    pub fn doubt_strangers(
        &self,
        signs: &Signs,
        figures: &[Number],
        bound: &Bound,
        doubts: &mut Vec<Unclear>,
    ) {
        // "5 tiết đổi thành 4, cô Vui xin nghỉ": the new one takes the place of the old one.
        let plain = figures.iter().filter(|n| n.role == Role::Plain).count();
        if plain == 1 && figures.iter().any(|n| n.role == Role::Old) {
            return;
        }
        if !signs.is_shaky() || !doubts.is_empty() || !bound.doubts.is_empty() {
            return;
        }
        let strange = |n: &&Number| {
            n.role == Role::Plain
                && !n.is_likely()
                && !n.amount.money
                && !n.amount.percent
                && self.concepts_of(n).is_empty()
                && !phrases().is_counted(self.line.word(n.tokens.end))
                && bound.loose.iter().any(|f| f.printed == self.line.printed(n.tokens.clone()))
        };
        // "Đã tiêm 198, chưa 7, tổng 205": what the others come to is accounted for.
        let is_sum = |n: &Number| {
            let others = figures.iter().filter(|o| o.counts() && o.tokens != n.tokens);
            let sum: Option<i64> = others.map(|o| o.amount.whole()).sum();
            figures.len() > 2 && sum.is_some() && sum == n.amount.whole()
        };
        let strangers: Vec<&Number> = figures.iter().filter(strange).filter(|n| !is_sum(n)).collect();
        if !strangers.is_empty() {
            let figures = strangers.iter().map(|n| self.line.printed(n.tokens.clone()).to_owned()).collect();
            doubts.push(Unclear::WhichField { figures, fields: vec![] });
        }
    }

    /// Two figures for one thing in a correction, and nothing tells which is the new one: neither is stored unasked.
    pub fn doubt_replacement(
        &self,
        figures: &[Number],
        bound: &Bound,
        task: Option<TaskId>,
        doubts: &mut Vec<Unclear>,
    ) {
        if figures.iter().any(|n| n.role == Role::Old) || !bound.doubts.is_empty() {
            return;
        }
        let plain: Vec<&Number> = figures.iter().filter(|n| n.role == Role::Plain).collect();
        let known: Vec<_> = plain.iter().map(|n| self.concepts_of(n)).collect();
        // What found its field is named by it.
        let loose = |n: usize| {
            let printed = self.line.printed(plain[n].tokens.clone());
            bound.loose.iter().any(|f| f.printed == printed)
        };
        let clash = plain.len() > 1
            && (0..known.len()).any(|n| {
                let same = known.iter().enumerate().any(|(m, other)| m != n && *other == known[n]);
                loose(n) && (known[n].is_empty() || same)
            });
        if clash {
            let figures = plain.iter().map(|n| self.line.printed(n.tokens.clone()).to_owned()).collect();
            let fields = self.form(task).map(|f| f.fields.as_slice()).unwrap_or_default();
            let fields = fields.iter().filter(|f| f.kind.is_figure()).map(|f| f.key.clone()).collect();
            doubts.push(Unclear::WhichField { figures, fields });
        }
    }

    /// A form with fields, and nothing for any of them: figures of other things, or only words.
    pub fn doubt_nothing(&self, intent: &Intent, binding: &Binding, doubts: &mut Vec<Unclear>) {
        let Intent::Submit(given) = intent else { return };
        let empty = given.values.is_empty() && given.links.is_empty() && !given.attached;
        let asks = self.form(binding.task()).is_some_and(|form| !form.is_empty());
        let asked = |d: &Unclear| {
            matches!(d, Unclear::NothingGiven | Unclear::WhichField { .. } | Unclear::NotANumber { .. })
        };
        // "Đạt chuẩn 94%", "15 đảng viên": what is given has a name of its own.
        let told = |f: &Figure| {
            let line = Line::new(&f.label);
            let words: Vec<_> = (0..line.len()).filter_map(|at| line.word(at)).collect();
            let named = phrases().concepts(&words).concepts.iter().any(|c| !phrases().is_broad(*c));
            named || f.percent && !words.is_empty()
        };
        let empty = empty && (given.loose.is_empty() || !given.loose.iter().all(told));
        if empty && asks && !doubts.iter().any(asked) {
            doubts.push(Unclear::NothingGiven);
        }
    }

    pub fn doubt_task(&self, intent: &Intent, binding: &Binding, doubts: &mut Vec<Unclear>) {
        let wants = matches!(
            intent,
            Intent::Submit(_) | Intent::Correct(_) | Intent::SameAsLast | Intent::Extension { .. }
        ) || matches!(intent, Intent::Confirm(ConfirmationLevel::Done));
        // Words that correct ("thay cô Hạnh bằng cô Mến", "em là Hoa Sen 2") store nothing: a person sees to them.
        let words_only = matches!(intent, Intent::Correct(given) if given.is_empty());
        if !wants || words_only || doubts.iter().any(|d| matches!(d, Unclear::NoSuchTask { .. })) {
            return;
        }
        match binding {
            Binding::Several(tasks) => doubts.push(Unclear::WhichTask(tasks.clone())),
            Binding::None if !self.context.open.is_empty() => {
                doubts.push(Unclear::WhichTask(self.context.open.iter().map(|o| o.task.id).collect()));
            }
            Binding::Likely(task) => doubts.push(Unclear::GuessedTask(*task)),
            _ => {}
        }
    }

    pub fn doubt_school(&self, intent: &Intent, doubts: &mut Vec<Unclear>) {
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
