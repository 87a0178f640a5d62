//! From a message to its acts.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use super::by_name::{claimed, unmark};
use super::claim::claim_then_question;
use super::clause::{Clause, Heard, together};
use super::codes::by_codes;
use super::compose::composed;
use super::fields::{Bound, Names, figure};
use super::figures::{Number, numbers, says_what};
use super::intent::Signs;
use super::key::words;
use super::labels::asks_who_is_not;
use super::line::Line;
use super::marks::{Mark, links_in, marks};
use super::parts::{Part, only, parts};
use super::phrases::{Hit, Tag, phrases};
use super::reading::{Act, Binding, By, Given, Intent, Reading, Unclear};
use super::roles::{Role, take_rests};
use super::stretches::Stretches;
use super::tasks::{self, Choice};
use super::view::View;
use super::when::{Said, asked_day, days};
use super::worded::worded;
use super::{Context, Found, OpenTask, Sort, answer};
use crate::domain::{ConfirmationLevel, FieldKind, Form, SchoolId, Task, TaskId, Value, Values};

/// What a message says.
#[must_use]
pub fn read(text: &str, context: &Context) -> Reading {
    let line = Line::new(text);
    let known = context.index.known(context.open);
    let context = &Context { known: &known, ..*context };
    let attached = context.has_files();
    if line.text.trim().is_empty() && !attached {
        return Reading { acts: wordless(context).into_iter().collect() };
    }
    if let Some(reading) = answer::answer(&line, attached, context) {
        return reading;
    }
    Reading { acts: acts(&line, attached, context, Fixed::default()) }
}

/// A voice without words is for a person to listen to; a sticker says that the message was seen.
fn wordless(context: &Context) -> Option<Act> {
    let has = |sort| context.attached.iter().any(|a| a.sort == sort);
    let intent = if has(Sort::Voice) {
        Intent::Question
    } else if has(Sort::Sticker) {
        Intent::Confirm(ConfirmationLevel::Received)
    } else {
        return None;
    };
    let school = if let [only] = context.own { Some(*only) } else { None };
    Some(Act { school, named: false, task: tasks::without_words(context), intent, doubts: vec![] })
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
    let is_topic = |word: &str| tasks::is_named(word, context);
    let mut heard = phrases().find(line);
    // What the office calls a field so means nothing else: "chậm lớn 5" asks for no time.
    heard.retain(|h| !context.index.is_own_word(line, h.start..h.end));
    let claimed = claimed(line, context);
    heard.retain(|h| !claimed.iter().any(|name| name.start <= h.start && h.end <= name.end));
    let mut hits = composed(line, heard, &is_topic);
    let found = if fixed.school.is_some() { vec![] } else { context.schools.find(line) };
    // "Cho MN Tân Lập tới hết 15/4": asked for by its name.
    let wishes = |f: &&Found| {
        let (first, end) = (f.tokens.start, f.tokens.end);
        first > 0
            && line.is(first - 1, words!["cho"])
            && (end..end + 2).any(|at| line.is(at, words!["toi", "den", "qua", "sang", "xin", "lui"]))
    };
    hits.extend(found.iter().filter(wishes).map(|f| Hit {
        tag: Tag::Wish,
        start: f.tokens.start - 1,
        end: f.tokens.start,
    }));
    hits.sort_by_key(|h| (h.start, h.end, h.tag));
    let mut marks = marks(line, &found);
    unmark(line, &claimed, &mut marks);
    let parts = parts(line, &found, &hits, context, fixed.school);
    let several = parts.len() > 1;
    let parts = match fixed.task {
        Some(_) => parts,
        None => parts.into_iter().flat_map(|part| by_codes(part, line, &marks, context)).collect(),
    };
    let mut acts = Vec::new();
    for part in parts {
        let one = |part: Part, several| One {
            line,
            marks: &marks,
            hits: &hits,
            context,
            fixed,
            part,
            attached,
            several,
        };
        let days = days(line, part.range.clone(), &marks, context.now);
        let today = context.now.date();
        let clauses =
            Heard { line, marks: &marks, hits: &hits, zeros: &[], days: &days, today }.clauses(&part.range);
        match claim_then_question(line, &part.range, &clauses) {
            // "Em gửi rồi, chị xem đúng mẫu chưa": two things are said.
            Some((claim, question)) => {
                acts.extend(one(Part { range: claim, ..part.clone() }, true).acts(None));
                let asked = one(Part { range: question, ..part }, true).acts(None);
                acts.extend(asked.into_iter().filter(|a| a.intent == Intent::Question));
            }
            None => acts.extend(one(part, several).acts(Some(Told { days, clauses }))),
        }
    }
    // Of another school something is only asked or told: "Sao Khuê thì em không biết".
    let says = |act: &Act| !matches!(act.intent, Intent::Question | Intent::Chitchat | Intent::Unknown);
    if several && acts.iter().any(says) {
        acts.retain(says);
    }
    acts
}

/// The days and clauses of a part, where no negation in it is a figure.
struct Told {
    days: Vec<Said>,
    clauses: Vec<Clause>,
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
    fn acts(self, told: Option<Told>) -> Vec<Act> {
        if let Some(act) = self.in_own_words() {
            return vec![act];
        }
        let range = self.part.range.clone();
        let (mut figures, mut zeros) = numbers(self.line, &range, self.marks, self.hits);
        let forms = || self.context.open.iter().map(|o| &o.task.form);
        if forms().any(asks_who_is_not) {
            take_rests(self.line, self.hits, &mut figures, &mut zeros);
        }
        // Where no form asks for figures, a bare number is the number of something: "lỗi 503".
        if !forms().any(|form| form.fields.iter().any(|f| f.kind.is_figure())) {
            let row = is_row(self.line, &range, self.marks, &figures);
            figures.retain(|n| row || says_what(self.line, n));
        }
        figures.retain(|n| !self.is_day_of_a_deadline(n));
        let (days_told, clauses_told) = told.map(|t| (t.days, t.clauses)).unzip();
        let mut said =
            days_told.unwrap_or_else(|| days(self.line, range.clone(), self.marks, self.context.now));
        let today = self.context.now.date();
        let heard =
            Heard { line: self.line, marks: self.marks, hits: self.hits, zeros: &zeros, days: &said, today };
        let clauses = clauses_told.filter(|_| zeros.is_empty()).unwrap_or_else(|| heard.clauses(&range));
        let signs = together(&clauses);
        self.weigh_days(&mut said, &clauses);
        // Numbers inside a day that is asked for are no figures.
        figures.retain(|n| {
            !said.iter().any(|d| {
                n.role != Role::Zero && d.tokens.start < n.tokens.end && n.tokens.start < d.tokens.end
            })
        });
        // "hoàn thành 100%" says done.
        if signs.done || signs.denies || (signs.works || signs.worked) && figures.len() == 1 {
            figures.retain(|n| !(n.amount.percent && n.amount.digits == 100));
        }
        self.weigh_figures(&mut figures);
        let links = self.links(&range);
        let corrects = self.corrects(&signs, &figures);
        let mut doubts = self.part.doubts.clone();
        let Choice { binding, bound } = self.task(&figures, &said, corrects, &mut doubts);
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
            asked_task: asked_day(&said).and_then(|day| self.task_beside(day, &clauses)),
        };
        let before = doubts.clone();
        let by_rules = view.intent(&mut doubts);
        let words = OnceCell::new();
        let worded = || words.get_or_init(|| self.worded(&binding));
        // Words for a field of the form hand in, whatever they sound like.
        let leaning = self.leaning().filter(|_| worded().is_empty());
        let by_both = view.leaned(by_rules, leaning, before, &mut doubts);
        let claim = view.claim(leaning);
        let intent = match by_both {
            // Words for a field of the form hand in, whatever else they sound like.
            Intent::Unknown | Intent::Chitchat | Intent::Unable { not_concerned: true, .. }
                if !worded().is_empty() =>
            {
                Intent::Submit(Given::default())
            }
            // "Ngày hoàn thành 15/10" answers the field of that name, and promises nothing.
            Intent::Promise { .. } | Intent::Extension { .. }
                if !signs.future
                    && !signs.more_time
                    && !signs.wish
                    && worded().values().any(|v| matches!(v, Value::Date(_))) =>
            {
                doubts.clear();
                Intent::Submit(Given::default())
            }
            intent => intent,
        };
        let mut bound = bound;
        if matches!(intent, Intent::Submit(_)) && links.is_empty() && !figures.iter().any(Number::counts) {
            self.report_nothing(leaning, &binding, &mut bound, &mut doubts);
        }
        if matches!(intent, Intent::Submit(_) | Intent::Correct(_)) {
            self.doubt_strangers(&signs, &figures, &bound, &mut doubts);
            self.doubt_unlikely(&figures, &bound, &mut doubts);
        }
        self.doubt_residue(&intent, &figures, &said, &clauses, claim, &mut doubts);
        if matches!(intent, Intent::Correct(_)) {
            self.doubt_replacement(&figures, &bound, binding.task(), &mut doubts);
        }
        // "298 trẻ, còn số mũi tiêm xin thứ 3": what is there is handed in, for the rest more time is asked.
        let partly = matches!(intent, Intent::Extension { .. })
            && (bound.by == By::Labels || self.gives_in_another_clause(&figures, &said, &clauses));
        if !partly {
            return vec![self.finish(intent, binding, bound, links, doubts, &words)];
        }
        // What stands in a clause that waits or gives a reason is why, not what: "chờ quyết định điều động 2 cô".
        let why = |n: &Number| {
            let of = clauses.iter().find(|c| c.range.contains(&n.tokens.start));
            of.is_some_and(|c| c.reason || c.signs.unfinished || c.signs.unable || c.signs.supposed)
        };
        let told: Vec<Number> = figures.iter().filter(|n| !why(n)).cloned().collect();
        let bound = if told.len() < figures.len() { self.bound(&binding, None, &told) } else { bound };
        if !told.iter().any(|n| n.counts()) {
            return vec![self.finish(intent, binding, Bound::default(), links, doubts, &words)];
        }
        let given = Intent::Submit(Given::default());
        let own = self.part.doubts.clone();
        let submit = self.finish(given, binding.clone(), bound, links, own, &words);
        vec![submit, self.finish(intent, binding, Bound::default(), vec![], doubts, &words)]
    }

    /// "Đúng 17 em có mặt", "15 em trình" where a task is due on that day: when, not how many.
    fn is_day_of_a_deadline(&self, number: &Number) -> bool {
        let (line, end) = (self.line, number.tokens.end);
        let due = |open: &OpenTask| {
            open.deadline
                .is_some_and(|d| number.amount.whole() == Some(i64::from(chrono::Datelike::day(&d.date()))))
        };
        let acts = line.is(end + 1, words!["co", "qua", "len"])
            || self.hits.iter().any(|h| {
                h.start == end + 1 && matches!(h.tag, Tag::HandIn | Tag::Doing | Tag::Finish | Tag::Future)
            });
        line.is(end, words!["em", "ben", "truong"])
            && acts
            && number.before.iter().all(|at| line.is(*at, words!["dung", "vang", "da", "chi", "a"]))
            && self.context.open.iter().any(due)
    }

    /// What the words of a figure name.
    pub fn concepts_of(&self, number: &Number) -> Vec<usize> {
        let at = number.before.iter().chain(&number.after);
        let words: Vec<_> = at.filter_map(|n| self.line.word(*n)).collect();
        phrases().concepts(&words).concepts
    }

    /// "Sĩ số 512 có mặt 505; dự toán thứ 6 em gửi sau": two figures with names of their own, in clauses that name no day.
    fn gives_in_another_clause(&self, figures: &[Number], said: &[Said], clauses: &[Clause]) -> bool {
        let dated = |c: &Clause| said.iter().any(|d| c.range.contains(&d.tokens.start));
        let named = |n: &&Number| n.role == Role::Plain && !self.concepts_of(n).is_empty();
        let given = clauses
            .iter()
            .filter(|c| !dated(c) && !c.signs.more_time && !c.signs.denies)
            .map(|c| figures.iter().filter(|n| c.range.contains(&n.tokens.start)).filter(named).count());
        given.sum::<usize>() >= 2
    }

    /// The task that is named in the clause of a day.
    fn task_beside(&self, day: &Said, clauses: &[Clause]) -> Option<TaskId> {
        let clause =
            clauses.iter().find(|c| c.range.contains(&day.tokens.start)).filter(|_| clauses.len() > 1)?;
        let open = tasks::candidates(self.context);
        tasks::by_topic(self.line, &clause.range, self.marks, self.hits, &open, self.context)?.task()
    }

    fn links(&self, range: &Range<usize>) -> Vec<String> {
        links_in(self.line.printed(range.clone()))
    }

    fn corrects(&self, signs: &Signs, figures: &[Number]) -> bool {
        let old = figures.iter().any(|n| n.role == Role::Old);
        let quoted = self.puts_right() && figures.iter().any(|n| n.counts());
        let named = signs.not_that && self.part.named && !signs.received && !signs.ack;
        let redone = signs.redo && !signs.future && figures.iter().any(|n| n.counts());
        // "Nhẹ cân tăng thêm 2": a difference is one from what was said before.
        let more = |at: usize| {
            at > 1
                && self.line.is(at - 1, words!["them", "bot"])
                && self.line.is(at - 2, words!["tang", "giam"])
        };
        let mut counted = figures.iter().filter(|n| n.counts()).peekable();
        let differs = counted.peek().is_some() && counted.all(|n| more(n.tokens.start));
        signs.corrects || old || quoted || named || redone || differs
    }

    /// It answers what was recorded: what it gives takes the place of that.
    pub fn puts_right(&self) -> bool {
        self.context.quoted_own.is_some() || self.quotes_read_back()
    }

    /// What it quotes is what the bot has recorded.
    fn quotes_read_back(&self) -> bool {
        let quoted = self.line.quoted.as_deref().or(self.context.quoted_text).unwrap_or_default();
        !quoted.is_empty() && crate::vietnamese::fold_words(quoted).contains("da ghi nhan")
    }

    /// The task: fixed, by code, quoted, answered, the only one, by its fields, by its words.
    fn task(&self, figures: &[Number], said: &[Said], corrects: bool, doubts: &mut Vec<Unclear>) -> Choice {
        let plain = |binding| Choice { binding, bound: None };
        if let Some(task) = self.fixed.task {
            return plain(Binding::Code(task));
        }
        let whole = 0..self.line.len();
        let own = self.part.code.map(|at| at..at + 1);
        for range in own.iter().chain([&self.part.range, &whole]) {
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
            if only {
                return Choice { binding: outer, ..choice };
            }
            // Words of one task tell more than a single figure that another's form would take.
            let strong = choice.bound.as_ref().is_some_and(|b| b.named >= 2 && b.doubts.is_empty());
            if let Binding::Several(alike) = &choice.binding {
                let named = tasks::by_topic_beside_labels(
                    self.line,
                    &self.part.range,
                    self.marks,
                    self.hits,
                    alike,
                    self.context,
                );
                if let Some(Binding::Topic(topic)) = named {
                    return plain(Binding::Topic(topic));
                }
                let elsewhere = self.topic().and_then(|t| t.task()).filter(|t| !alike.contains(t));
                return elsewhere.map_or(choice, |task| plain(Binding::Topic(task)));
            }
            let topic = if strong { None } else { self.topic() };
            return match topic {
                Some(Binding::Topic(topic)) if choice.binding.task() != Some(topic) => {
                    plain(Binding::Topic(topic))
                }
                _ => choice,
            };
        }
        if matches!(outer, Binding::OnlyOpen(_)) {
            return plain(outer);
        }
        let open = tasks::candidates(self.context);
        // What replaces a figure belongs where figures are asked for.
        if corrects && figures.iter().any(|n| n.counts()) && self.topic().is_none() {
            let figured = |o: &&&OpenTask| o.task.form.fields.iter().any(|f| f.kind.is_figure());
            let mut with = open.iter().filter(figured);
            if let (Some(only), None) = (with.next(), with.next()) {
                return plain(Binding::Fields(only.task.id));
            }
        }
        // "Số liệu em chưa chốt": of the tasks that may be meant only one asks for figures.
        let figured = tasks::by_figure_words(self.line, &self.part.range, &open);
        let topic = self.topic().filter(|topic| figured.is_none() || figured != topic.task());
        let binding = topic
            .or(figured.map(Binding::Fields))
            .or_else(|| self.quoted_topic(&open))
            .or_else(|| self.file_topic(&open))
            .or_else(|| tasks::by_deadline(said, &open).map(Binding::Topic))
            .or_else(|| {
                let none = !figures.iter().any(|n| n.counts());
                none.then(|| tasks::due_now(&open, self.context.now).map(Binding::Due)).flatten()
            });
        plain(binding.unwrap_or(outer))
    }

    /// The task whose words stand in this part, or, for one of several, in the whole message.
    fn topic(&self) -> Option<Binding> {
        let open = tasks::candidates(self.context);
        let of = |range: &Range<usize>| {
            tasks::by_topic(self.line, range, self.marks, self.hits, &open, self.context)
        };
        of(&self.part.range).or_else(|| self.several.then(|| of(&(0..self.line.len()))).flatten())
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
        self.task_of(task).map(|t| &t.form)
    }

    pub fn task_of(&self, task: Option<TaskId>) -> Option<&Task> {
        let known = self.context.open.iter().map(|o| o.task).chain(self.context.tasks.iter().copied());
        known.into_iter().find(|t| Some(t.id) == task)
    }

    /// The figures in the form of the task.
    fn bound(&self, binding: &Binding, bound: Option<Bound>, figures: &[Number]) -> Bound {
        if let Some(bound) = bound {
            return bound;
        }
        let open = self.open(binding.task());
        match self.form(binding.task()).filter(|f| f.fields.iter().any(|f| f.kind.is_figure())) {
            Some(form) => {
                let known = self.task_of(binding.task());
                let names = known.map_or_else(|| Cow::Owned(Names::new(form)), |t| self.context.names(t));
                names.bind(&Stretches::new(self.line), figures, open.and_then(|o| o.last))
            }
            None => Bound {
                loose: figures.iter().filter(|n| n.counts()).map(|n| figure(self.line, n)).collect(),
                ..Bound::default()
            },
        }
    }

    pub fn finish(
        &self,
        intent: Intent,
        binding: Binding,
        bound: Bound,
        links: Vec<String>,
        mut doubts: Vec<Unclear>,
        words: &OnceCell<Values>,
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
            self.take_words_and_links(&binding, words.get_or_init(|| self.worded(&binding)), &mut given);
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
        // "Đã nhận" and "chiều em nộp" may be meant for all that is out, not only for what is due now.
        let general = matches!(
            intent,
            Intent::Confirm(ConfirmationLevel::Received | ConfirmationLevel::Started)
                | Intent::Promise { .. }
                | Intent::Withdraw
        );
        let binding = match binding {
            Binding::Due(_) if general => tasks::without_words(self.context),
            binding => binding,
        };
        self.doubt_task(&intent, &binding, &mut doubts);
        // Which task is asked before until when.
        let more_time = matches!(intent, Intent::Extension { .. });
        doubts.sort_by_key(|d| more_time && !matches!(d, Unclear::WhichTask(_)));
        self.doubt_school(&intent, &mut doubts);
        if matches!(intent, Intent::Chitchat | Intent::Unknown | Intent::Question) {
            doubts.clear();
        }
        // What is asked about a school is not said for it.
        let named = self.part.named && (intent != Intent::Question || self.part.speaks);
        let school = if named == self.part.named { self.part.school } else { only(self.context.own) };
        Act { school, named, task: binding, intent, doubts }
    }

    /// Links and labelled words go into the fields that hold them.
    fn take_words_and_links(&self, binding: &Binding, worded: &Values, given: &mut Given) {
        let Some(task) = binding.task() else { return };
        let Some(form) = self.form(Some(task)) else { return };
        let mut links = given.links.iter();
        for field in form.fields.iter().filter(|f| f.kind == FieldKind::Link) {
            if let Some(link) = links.next() {
                given.values.insert(field.key.clone(), Value::Link(link.clone()));
            }
        }
        given.values.extend(worded.iter().map(|(key, value)| (key.clone(), value.clone())));
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
        let task = self.task_of(binding.task());
        let text = self.line.printed(self.part.range.clone());
        task.map(|task| worded(&self.context.names(task), text, self.context.now)).unwrap_or_default()
    }
}

/// "MN Hạt Nắng 301 - 287 - 14": nothing but figures, whatever they are of.
fn is_row(line: &Line, range: &Range<usize>, marks: &[Mark], figures: &[Number]) -> bool {
    let other = |at: &usize| {
        line.is_word(*at)
            && marks[*at] != Mark::School
            && !line.is(*at, words!["a", "chi", "em", "da", "nhe", "nha"])
            && !figures.iter().any(|n| n.tokens.contains(at))
    };
    figures.len() >= 2
        && figures.iter().all(|n| n.role == Role::Plain && !n.doubtful)
        && !range.clone().any(|at| other(&at))
}

#[cfg(test)]
mod tests;
