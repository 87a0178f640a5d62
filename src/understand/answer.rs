//! The answer to a question that the bot asked.

mod done;
mod in_words;
mod others;
mod which;

use super::figures::numbers;
use super::key::{Key, words};
use super::line::Line;
use super::marks::{Mark, marks};
use super::phrases::{Hit, Tag, phrases};
use super::read::{Fixed, acts, first_act};
use super::reading::{Act, Binding, By, Given, Intent, Reading, Unclear};
use super::roles::Role;
use super::stretches::Stretches;
use super::tasks;
use super::when::{asked_day, days};
use super::{Asked, Context};
use crate::domain::{FieldKind, Form, SchoolId, TaskId, Values};

/// What a message says to the question in `context`; `None` when it answers something else.
#[must_use]
pub fn answered(text: &str, context: &Context) -> Option<Reading> {
    answer(&Line::new(text), context.has_files(), context)
}

/// The reading of a message that answers the bot's question; `None` when it says something else.
pub(super) fn answer(line: &Line, attached: bool, context: &Context) -> Option<Reading> {
    if attached && line.quoted.is_none() && context.quoted.is_empty() {
        let act = file_asked(line, context)?;
        return Some(Reading { acts: vec![act] });
    }
    // A quote of something else changes the subject.
    if attached || line.quoted.is_some() || !context.quoted.is_empty() {
        return None;
    }
    let act = match context.asked? {
        Asked::WhichTask { act, tasks } => {
            return Some(Reading { acts: which::which_task(line, act, tasks, context)? });
        }
        Asked::WhichSchool { act, schools } => which_school(line, act, schools, context)?,
        Asked::Confirm { act } => confirm(line, act, context)?,
        Asked::Fields { task, .. } | Asked::Odd { task, .. }
            if others::is_of_another(line, *task, context) =>
        {
            return None;
        }
        Asked::Fields { task, school, fields, given } | Asked::Odd { task, school, fields, given, .. } => {
            over(given, fields_asked(line, *task, *school, (fields, given), context)?)
        }
        Asked::UntilWhen { act } => until_when(line, act, context)?,
    };
    Some(Reading { acts: vec![act] })
}

/// A name alone, or with a few small words.
fn which_school(line: &Line, pending: &Act, offered: &[SchoolId], context: &Context) -> Option<Act> {
    let hits = phrases().find(line);
    if refuses(line, &hits) {
        return Some(Act { intent: Intent::Refused, doubts: vec![], ..pending.clone() });
    }
    let found = context.schools.find(line);
    let who = match &found[..] {
        [one] if line.len() <= one.tokens.len() + 4 => one.who.clone(),
        [] if line.len() <= 6 => context.schools.lookup(&line.text),
        _ => return None,
    };
    // A guess that was offered alone is taken by "đúng rồi".
    let school = match (who.one(), offered) {
        (Some(id), _) if offered.is_empty() || offered.contains(&id) => id,
        (None, [only]) if agrees(line, &hits) => *only,
        (Some(id), _) if context.own.contains(&id) => id,
        _ => return None,
    };
    let mut act = pending.clone();
    act.school = Some(school);
    act.named = true;
    act.doubts.retain(|d| {
        !matches!(d, Unclear::WhichSchool(_) | Unclear::NoSuchSchool { .. } | Unclear::OthersSchool(_))
    });
    if !context.own.is_empty() && !context.own.contains(&school) {
        act.doubts.push(Unclear::OthersSchool(school));
    }
    Some(act)
}

/// Yes or no; anything with figures is a new answer to the same task. What names another task or school is neither.
fn confirm(line: &Line, pending: &Act, context: &Context) -> Option<Act> {
    let found = context.schools.find(line);
    let marks = marks(line, &found);
    let hits = phrases().find(line);
    let task = pending.task.task();
    let code = tasks::code_in(line, &marks, &(0..line.len()), context);
    if code.is_some_and(|code| code.ok() != task) {
        return None;
    }
    if found.iter().any(|f| f.who.one().is_none() || f.who.one() != pending.school) {
        return None;
    }
    if has_figures(line, context) {
        let task = task?;
        let mut act =
            first_act(acts(line, false, context, Fixed { task: Some(task), school: pending.school }));
        act.task = Binding::Answer(task);
        act.named = pending.named;
        // Figures without names are all of them anew; a named one goes over what was shown. What gives nothing for this task
        // is no yes to what was shown.
        let given = act.given().filter(|g| !g.values.is_empty() || !g.loose.is_empty())?;
        if given.values.is_empty() && is_anothers(line, task, context) {
            return None;
        }
        // "Đã xong hay chưa?" asked for no figures: "đều 0" was said of something else.
        if given.values.is_empty() && pending.given().is_none() {
            return None;
        }
        let named = matches!(given.by, By::Labels);
        let shown = pending.given().filter(|_| named).map(|g| g.values.clone()).unwrap_or_default();
        return Some(over(&shown, act));
    }
    if refuses(line, &hits) {
        return Some(Act { intent: Intent::Refused, doubts: vec![], ..pending.clone() });
    }
    if pending.given().is_none() && done::says_only_not_yet(line) {
        return Some(Act { intent: Intent::Refused, doubts: vec![], ..pending.clone() });
    }
    let own = |at: usize| matches!(marks[at], Mark::Code | Mark::School);
    let done = pending.given().is_none() && done::says_only_done(line, &own);
    if !done && !agrees_beside(line, &hits, &own) {
        return None;
    }
    let mut act = pending.clone();
    if let Some(task) = act.task.task() {
        act.task = Binding::Answer(task);
    }
    act.doubts.clear();
    Some(act)
}

/// Whether the words, taken by themselves, are about another task.
fn is_anothers(line: &Line, task: TaskId, context: &Context) -> bool {
    let free = Context { asked: None, ..*context };
    let act = first_act(acts(line, false, &free, Fixed::default()));
    act.task.task().is_some_and(|other| other != task)
}

/// Figures for the fields that were asked: by their words, or in the order in which they were asked.
fn fields_asked(
    line: &Line,
    task: TaskId,
    school: SchoolId,
    (keys, before): (&[String], &Values),
    context: &Context,
) -> Option<Act> {
    let open = context.open.iter().find(|o| o.task.id == task);
    let form = open
        .map(|o| &o.task.form)
        .or_else(|| context.tasks.iter().find(|t| t.id == task).map(|t| &t.form))?;
    let found = context.schools.find(line);
    if found.iter().any(|f| f.who.one() != Some(school)) {
        return None;
    }
    let marks = marks(line, &found);
    let hits = phrases().find(line);
    if tasks::code_in(line, &marks, &(0..line.len()), context).is_some_and(|code| code != Ok(task)) {
        return None;
    }
    let asked = Form {
        fields: form.fields.iter().filter(|f| keys.contains(&f.key)).cloned().collect(),
        ..Form::default()
    };
    let (figures, _) = numbers(line, &(0..line.len()), &marks, &hits);
    let mut act = first_act(acts(line, false, context, Fixed { task: Some(task), school: Some(school) }));
    act.task = Binding::Answer(task);
    act.named = false;
    let named = in_words::Named { form, asked: keys, given: before, now: context.now };
    let rest = |words: &str| {
        let read = Fixed { task: Some(task), school: Some(school) };
        let act = first_act(acts(&Line::new(words), false, context, read));
        let given =
            act.given().filter(|g| g.loose.is_empty() && g.by == By::Labels && act.doubts.is_empty())?;
        Some(given.values.clone())
    };
    let read_whole = act.given().is_some_and(|g| !g.values.is_empty() && g.loose.is_empty())
        && act.is_certain()
        && in_words::parts(&line.text).len() < 2
        && !named.is_bare_figure(line);
    // "Thấp còi 4, béo phì 5" is said of the task that asks for them.
    let loose = act.given().map_or(&[][..], |g| &g.loose[..]);
    if loose.iter().any(|f| names_something(&f.label)) {
        return None;
    }
    if !read_whole && let Some(answer) = named.answer(line, &act, rest) {
        return Some(answer);
    }
    if let Intent::Submit(given) | Intent::Correct(given) = &act.intent {
        if given.values.is_empty() || given.by == By::Position {
            let bound = super::fields::Names::new(&asked).bind(
                &Stretches::new(line),
                &figures,
                open.and_then(|o| o.last),
            );
            if !bound.values.is_empty() && bound.loose.is_empty() {
                let given =
                    Given { values: bound.values, by: bound.by, loose: bound.loose, ..Given::default() };
                // The order in which they were asked is the order of the answer.
                let doubts = bound.doubts.into_iter().filter(|d| *d != Unclear::GuessedFields).collect();
                return Some(Act { intent: Intent::Submit(given), doubts, ..act });
            }
        }
        return Some(act);
    }
    let plain = figures.iter().any(|n| n.role == Role::Plain);
    (plain && !matches!(act.intent, Intent::Question)).then_some(act)
}

/// Whether the words beside a figure that no field takes name what it counts: "tổng", "thấp còi", and not "trẻ".
fn names_something(label: &str) -> bool {
    let line = Line::new(label);
    let words: Vec<_> = (0..line.len()).filter_map(|at| line.word(at)).collect();
    let named = phrases().concepts(&words).concepts.iter().any(|c| !phrases().is_broad(*c));
    named || (0..line.len()).any(|at| line.is(at, words!["tong"]))
}

/// A file or photo for the field of files that is missing, with words that say nothing else.
fn file_asked(line: &Line, context: &Context) -> Option<Act> {
    let Asked::Fields { task, school, fields, given } = context.asked? else { return None };
    let form = context.open.iter().find(|o| o.task.id == *task).map(|o| &o.task.form)?;
    let takes =
        |key: &String| form.field(key).is_some_and(|f| matches!(f.kind, FieldKind::File | FieldKind::Photo));
    let whole = 0..line.len();
    let marks = marks(line, &context.schools.find(line));
    let coded = tasks::code_in(line, &marks, &whole, context).is_some_and(|code| code != Ok(*task));
    let other = is_anothers(line, *task, context)
        || which::gives_none(line)
        || !context.schools.find(line).is_empty();
    if !given.is_empty() || !fields.iter().any(takes) || coded || other || done::says_only_not_yet(line) {
        return None;
    }
    let given = Given { attached: true, ..Given::default() };
    Some(Act {
        school: Some(*school),
        named: false,
        task: Binding::Answer(*task),
        intent: Intent::Submit(given),
        doubts: vec![],
    })
}

/// A day; or the task, when neither was said.
fn until_when(line: &Line, pending: &Act, context: &Context) -> Option<Act> {
    let hits = phrases().find(line);
    if refuses(line, &hits) {
        return Some(Act { intent: Intent::Refused, doubts: vec![], ..pending.clone() });
    }
    if line.len() > 14 {
        return None;
    }
    let mut act = pending.clone();
    let own = tasks::code_in(line, &marks(line, &[]), &(0..line.len()), context);
    let told = match (own, pending.task.task()) {
        (None, _) => false,
        (Some(Ok(code)), task) if task.is_none_or(|task| task == code) => {
            act.task = Binding::Answer(code);
            task.is_none()
        }
        (Some(_), _) => return None,
    };
    // A bare day needs the word that the question had: "19" is "đến 19".
    let named = Line::new(&format!("đến {}", line.text));
    let said = days(&named, 0..named.len(), &marks(&named, &[]), context.now);
    let Some(day) = asked_day(&said) else { return told.then_some(act) };
    let Intent::Extension { until, .. } = &mut act.intent else { return None };
    *until = day.until(&named);
    act.doubts.retain(|d| !matches!(d, Unclear::UntilWhen | Unclear::BadDay { .. }));
    if until.is_none() {
        act.doubts.push(Unclear::BadDay { given: line.text.trim().to_owned() });
    }
    Some(act)
}

/// An answer over what was given before it.
fn over(given: &Values, mut act: Act) -> Act {
    if let Intent::Submit(new) | Intent::Correct(new) = &mut act.intent {
        let values = given.iter().filter(|(key, _)| !new.values.contains_key(*key));
        let values: Vec<_> = values.map(|(key, value)| (key.clone(), value.clone())).collect();
        new.values.extend(values);
    }
    act
}

fn has_figures(line: &Line, context: &Context) -> bool {
    let found = context.schools.find(line);
    let marks = marks(line, &found);
    !numbers(line, &(0..line.len()), &marks, &phrases().find(line)).0.is_empty()
}

/// A bare yes or no to what the bot asked; `None` for whatever says more.
#[must_use]
pub fn agreement(text: &str) -> Option<bool> {
    let line = Line::new(text);
    let hits = phrases().find(&line);
    if refuses(&line, &hits) {
        return Some(false);
    }
    (agrees(&line, &hits) && !line.tokens.iter().any(|t| t.number().is_some())).then_some(true)
}

/// Whether last time's figures are meant: "như lần trước, chỉ béo phì 5".
#[must_use]
pub fn as_last_time(text: &str) -> bool {
    phrases().find(&Line::new(text)).iter().any(|h| h.tag == Tag::SameAsLast)
}

/// Yes and nothing else.
fn agrees(line: &Line, hits: &[Hit]) -> bool {
    agrees_beside(line, hits, &|_| false)
}

/// Yes, polite words, and tokens that say nothing here: whatever else stands there is more than a yes. "Vâng, để em xem lại" agrees
/// to nothing.
fn agrees_beside(line: &Line, hits: &[Hit], nothing: &dyn Fn(usize) -> bool) -> bool {
    const POLITE: &[Key] = words![
        "da", "vang", "a", "chi", "anh", "em", "e", "c", "co", "thay", "bac", "sep", "bot", "oi", "nhe",
        "nha", "nhen", "nghen", "ah", "roi", "do", "day", "vay", "the", "het", "ca", "luon", "thoi", "cam",
        "on", "nhieu", "so", "lieu", "nay", "that", "la", "giup", "ghi", "nhan", "di", "chac", "chan",
        "hoan", "toan", "y",
    ];
    let yes = hits.iter().any(|h| matches!(h.tag, Tag::Yes | Tag::Ack));
    let thumb = line.text.contains(['👍', '👌', '✅']);
    let says_yes = |at: usize| {
        hits.iter().any(|h| matches!(h.tag, Tag::Yes | Tag::Ack) && (h.start..h.end).contains(&at))
    };
    let name = |at: usize| {
        at > 0 && line.tokens[at].capital && line.is(at - 1, words!["chi", "anh", "co", "thay", "em"])
    };
    let forbids =
        |at: usize| line.is(at, words!["dung"]) && line.printed(at..at + 1).to_lowercase() == "đừng";
    let mut all = 0..line.len();
    (yes || thumb)
        && line.len() <= 14
        && all.all(|at| {
            !forbids(at)
                && !line.is_sign(at, '?')
                && (nothing(at) || says_yes(at) || line.is(at, POLITE) || name(at) || !line.is_word(at))
        })
}

/// A short no: not "chưa nộp được", which says more.
fn refuses(line: &Line, hits: &[Hit]) -> bool {
    let no = hits.iter().any(|h| h.tag == Tag::No);
    let more = hits
        .iter()
        .any(|h| matches!(h.tag, Tag::HandIn | Tag::Doing | Tag::Finish | Tag::Received | Tag::Extension));
    no && !more && line.len() <= 6 && !line.tokens.iter().any(|t| t.is_sign('?'))
}

#[cfg(test)]
mod tests;
