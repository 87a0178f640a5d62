//! The answer to "which task?": a code or several, words of a task and nothing else, "cả hai".

use super::super::Context;
use super::super::figures::numbers;
use super::super::key::{Key, words};
use super::super::line::{Line, is_syllable};
use super::super::marks::{Mark, marks};
use super::super::phrases::{Hit, Tag, phrases};
use super::super::read::{Fixed, acts, first_act};
use super::super::reading::{Act, Binding, Given, Intent, Unclear};
use super::super::tasks;
use super::super::when::days;
use super::{has_figures, refuses, until_when};
use crate::domain::TaskId;

/// Of so many tasks "tất cả" is meant for each; of more it may be said of what the person has in mind.
const FEW: usize = 3;

/// "V2", "2" (the second of those offered only when no code is meant), words of one of the tasks, "V2 và V3", "cả hai".
pub(super) fn which_task(
    line: &Line,
    pending: &Act,
    offered: &[TaskId],
    context: &Context,
) -> Option<Vec<Act>> {
    let marks = marks(line, &[]);
    let hits = phrases().find(line);
    if refuses(line, &hits) {
        return Some(vec![Act { intent: Intent::Refused, doubts: vec![], ..pending.clone() }]);
    }
    let bound = |tasks: &[TaskId]| tasks.iter().map(|task| bound_anew(pending, *task, context)).collect();
    if pending.given().is_none() && offered.len() <= FEW && says_all(line, offered.len()) {
        return Some(bound(offered));
    }
    let whole = 0..line.len();
    let mut coded: Vec<TaskId> = Vec::new();
    for at in whole.clone().filter(|at| marks[*at] == Mark::Code && line.number(*at).is_some()) {
        if let Some(Ok(task)) = tasks::code_in(line, &marks, &(at..at + 1), context)
            && !coded.contains(&task)
        {
            coded.push(task);
        }
    }
    if coded.len() > 1 {
        let names = line.len() <= 6 * coded.len() && names_only(line, &coded, &marks, &hits, context);
        return names.then(|| bound(&coded));
    }
    let short = line.tokens.len() <= 8;
    let coded = coded.first().copied().or_else(|| {
        let number = line.number(0).filter(|_| line.len() == 1)?;
        context
            .open
            .iter()
            .map(|o| o.task)
            .find(|t| t.code == number && offered.contains(&t.id))
            .map(|t| t.id)
    });
    // "V19 đến 20/10" to "which task?" about more time without a day.
    if let (Some(task), Intent::Extension { until: None, .. }) = (coded, &pending.intent)
        && !days(line, whole.clone(), &marks, context.now).is_empty()
    {
        let act = bound_anew(pending, task, context);
        return until_when(line, &act, context).map(|act| vec![act]);
    }
    if let Some(act) = with_more_figures(line, pending, offered, context) {
        return Some(vec![act]);
    }
    let open: Vec<_> = context.open.iter().filter(|o| offered.contains(&o.task.id)).collect();
    let task = coded.filter(|_| short).or_else(|| {
        (short && !has_figures(line, context) && !gives_none(line))
            .then(|| tasks::by_topic(line, &whole, &marks, &hits, &open, context)?.task())
            .flatten()
    })?;
    names_only(line, &[task], &marks, &hits, context).then(|| bound(&[task]))
}

/// "Tổng 200" to which task? "Cân đo 198": the new figures tell the task of both.
fn with_more_figures(line: &Line, pending: &Act, offered: &[TaskId], context: &Context) -> Option<Act> {
    let waits = pending.given().is_some_and(|given| given.values.is_empty() && !given.loose.is_empty());
    if !waits || !has_figures(line, context) {
        return None;
    }
    let free = Context { asked: None, ..*context };
    let more = first_act(acts(line, false, &free, Fixed::default()));
    let Binding::Fields(task) = more.task else { return None };
    let new = more.given().filter(|given| !given.values.is_empty() && more.is_certain())?;
    let mut act = Some(bound_anew(pending, task, context)).filter(|_| offered.contains(&task))?;
    if let Intent::Submit(given) | Intent::Correct(given) = &mut act.intent {
        given.values.extend(new.values.clone());
    }
    for doubt in &mut act.doubts {
        if let Unclear::WhichField { fields, .. } = doubt {
            fields.retain(|key| !new.values.contains_key(key));
        }
    }
    Some(act)
}

/// "Cả hai ạ", "cả 3 việc", "tất cả": each of those that were offered.
fn says_all(line: &Line, offered: usize) -> bool {
    const BESIDE: &[Key] = words![
        "da", "vang", "a", "chi", "anh", "em", "e", "c", "co", "thay", "nhe", "nha", "viec", "nhiem", "vu",
        "luon", "deu", "het", "do", "day", "cac", "ca", "tat", "hai", "ba", "2", "3", "nay",
    ];
    let count = |at: usize| match (line.number(at), line.folded(at)) {
        (Some(n), _) => Some(n as usize),
        (None, "hai") => Some(2),
        (None, "ba") => Some(3),
        _ => None,
    };
    let all = (0..line.len()).any(|at| {
        let both = line.is(at, words!["ca"]) && count(at + 1) == Some(offered);
        both || line.is(at, words!["tat"]) && line.is(at + 1, words!["ca"])
    });
    let word = |at: usize| line.is_word(at) || line.number(at).is_some();
    all && (0..line.len()).all(|at| !word(at) || line.is(at, BESIDE))
        && !line.tokens.iter().any(|t| t.is_sign('?'))
}

/// Whether a line names tasks and says nothing else: their codes, words of their texts, and polite words. "V21 chưa nộp đâu",
/// "trừ V23 ra", "V19 xin gửi sau" and "V56 tổng 80" say more.
fn names_only(line: &Line, named: &[TaskId], marks: &[Mark], hits: &[Hit], context: &Context) -> bool {
    const BESIDE: &[Key] = words![
        "da", "vang", "a", "chi", "anh", "em", "e", "c", "co", "thay", "bac", "bot", "oi", "nhe", "nha",
        "ah", "viec", "la", "nhiem", "vu", "cua", "cai", "phan", "muc", "ma", "do", "day", "thi", "so",
        "lieu", "truong", "bao", "cao", "bc", "ve", "nay", "ay",
    ];
    const JOINTS: &[Key] = words!["va", "voi", "ca", "lan", "cung"];
    if line.tokens.iter().any(|t| t.is_sign('?')) || hits.iter().any(|h| denies(line, h)) {
        return false;
    }
    let known = context.open.iter().map(|o| o.task).chain(context.tasks.iter().copied());
    let open: Vec<_> = named.iter().filter_map(|id| known.clone().find(|t| t.id == *id)).collect();
    if open.len() < named.len() {
        return false;
    }
    let topics: Vec<_> = open.iter().map(|task| context.topic(task)).collect();
    let of_task = |at: usize| {
        let Some(word) = line.word(at) else { return false };
        topics.iter().any(|t| t.has(word.folded, word.folded.len() >= 3 && !is_syllable(word.folded)))
    };
    let allowed = |at: usize| {
        marks.get(at).is_some_and(|m| matches!(m, Mark::Code | Mark::School))
            || open.iter().any(|t| line.number(at) == Some(t.code))
            || line.is(at, BESIDE)
            || named.len() > 1 && line.is(at, JOINTS)
            || of_task(at)
    };
    (0..line.len()).all(|at| !line.is_word(at) && line.number(at).is_none() || allowed(at))
}

/// What is no answer to "which task": the words say something else of it, or of another time.
fn denies(line: &Line, hit: &Hit) -> bool {
    // "Bao" is also the beginning of "báo cáo", "cho" and "sau" stand in the names of tasks.
    let blurred = line.spelled[hit.start].is_ascii() && line.is(hit.start, words!["cho", "bao", "de"]);
    matches!(
        hit.tag,
        Tag::Negation
            | Tag::No
            | Tag::Future
            | Tag::Extension
            | Tag::Wish
            | Tag::Unfinished
            | Tag::Unable
            | Tag::Correction
            | Tag::Withdraw
            | Tag::Former
    ) && !blurred
}

/// The pending act for a task that is now known: loose figures are put into its form.
fn bound_anew(pending: &Act, task: TaskId, context: &Context) -> Act {
    let mut act = pending.clone();
    act.task = Binding::Answer(task);
    act.doubts.retain(|d| !is_about_task(d));
    let loose: Vec<String> = match &act.intent {
        Intent::Submit(given) | Intent::Correct(given) if given.values.is_empty() => {
            given.loose.iter().map(|f| format!("{} {}", f.label, f.printed)).collect()
        }
        _ => vec![],
    };
    if loose.is_empty() {
        return act;
    }
    let line = Line::new(&loose.join(", "));
    let read = first_act(acts(&line, false, context, Fixed { task: Some(task), school: act.school }));
    let given = match read.intent {
        Intent::Submit(given) | Intent::Correct(given) => given,
        _ => return act,
    };
    act.doubts.retain(|d| !matches!(d, Unclear::WhichField { .. } | Unclear::GuessedFields));
    act.doubts.extend(read.doubts);
    act.intent = match act.intent {
        Intent::Correct(old) => Intent::Correct(Given { links: old.links, attached: old.attached, ..given }),
        Intent::Submit(old) => Intent::Submit(Given { links: old.links, attached: old.attached, ..given }),
        other => other,
    };
    act
}

fn is_about_task(doubt: &Unclear) -> bool {
    matches!(doubt, Unclear::WhichTask(_) | Unclear::GuessedTask(_) | Unclear::NoSuchTask { .. })
}

/// "Nhẹ cân không có cháu nào": a figure in words.
pub(super) fn gives_none(line: &Line) -> bool {
    let marks = marks(line, &[]);
    let (figures, zeros) = numbers(line, &(0..line.len()), &marks, &phrases().find(line));
    !zeros.is_empty() || !figures.is_empty()
}
