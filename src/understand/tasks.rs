//! Which task a message is about.

use super::fields::{Bound, Names};
use super::figures::Number;
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag, Word, phrases};
use super::reading::Binding;
use super::{Context, OpenTask};
use crate::domain::{Task, TaskId};

/// The codes that stand in a stretch: V12, việc 12. `Err` holds one that no task has.
pub(super) fn code_in(
    line: &Line,
    marks: &[Mark],
    range: &std::ops::Range<usize>,
    context: &Context,
) -> Option<Result<TaskId, String>> {
    let at = range.clone().find(|at| marks[*at] == Mark::Code && line.number(*at).is_some())?;
    let number = line.number(at)?;
    let start = at.checked_sub(1).unwrap_or(at);
    let task =
        context.tasks.iter().copied().chain(context.open.iter().map(|o| o.task)).find(|t| t.code == number);
    Some(task.map(|t| t.id).ok_or_else(|| line.printed(start..at + 1).to_owned()))
}

/// The task without a look at the words: quoted, or the only one open.
pub(crate) fn without_words(context: &Context) -> Binding {
    if let Some((task, _)) = context.quoted_own {
        return Binding::Quote(task);
    }
    match context.quoted {
        [only] => Binding::Quote(*only),
        _ => {
            let open = candidates(context);
            match open[..] {
                [only] => Binding::OnlyOpen(only.task.id),
                [] => Binding::None,
                _ => Binding::Several(open.iter().map(|o| o.task.id).collect()),
            }
        }
    }
}

/// The tasks that a message without a code or quote may be about: those of the quoted post, those that the sender's schools
/// still owe, else all open ones.
pub(super) fn candidates<'a>(context: &Context<'a>) -> Vec<&'a OpenTask<'a>> {
    let quoted: Vec<&OpenTask> =
        context.open.iter().filter(|o| context.quoted.contains(&o.task.id)).collect();
    if !quoted.is_empty() {
        return quoted;
    }
    let owed: Vec<&OpenTask> = context.open.iter().filter(|o| o.owed).collect();
    if owed.is_empty() { context.open.iter().collect() } else { owed }
}

/// The task and, for figures, what they are in its form.
pub(super) struct Choice {
    pub binding: Binding,
    pub bound: Option<Bound>,
}

/// The open task whose fields the figures name: all of them, and no other task's as well.
pub(super) fn by_fields(
    line: &Line,
    numbers: &[Number],
    context: &Context,
    corrects: bool,
) -> Option<Choice> {
    // What corrects may be about a task that is answered already.
    let tasks: Vec<&OpenTask> = if corrects { context.open.iter().collect() } else { candidates(context) };
    let mut fits: Vec<(TaskId, Bound, usize)> = Vec::new();
    for open in tasks {
        if open.task.form.fields.iter().all(|f| !f.kind.is_figure()) {
            continue;
        }
        let bound = Names::new(&open.task.form).bind(line, numbers, open.last);
        if !bound.values.is_empty() {
            let rank = 4 * bound.named
                + usize::from(bound.loose.is_empty()) * 2
                + usize::from(bound.doubts.is_empty());
            fits.push((open.task.id, bound, rank));
        }
    }
    let top = fits.iter().map(|(.., rank)| *rank).max()?;
    fits.retain(|(.., rank)| *rank == top);
    if fits.len() > 1 {
        return Some(Choice {
            binding: Binding::Several(fits.iter().map(|(id, ..)| *id).collect()),
            bound: None,
        });
    }
    let (task, bound, _) = fits.pop()?;
    Some(Choice { binding: Binding::Fields(task), bound: Some(bound) })
}

/// The only task of these whose form has figures, when the words are about figures: "số liệu", "con số", "biểu".
pub(super) fn by_figure_words(
    line: &Line,
    range: &std::ops::Range<usize>,
    tasks: &[&OpenTask],
) -> Option<TaskId> {
    let about_figures = range.clone().any(|at| {
        line.is(at, &["so"]) && line.is(at + 1, &["lieu"])
            || line.is(at, &["con"]) && line.is(at + 1, &["so"])
            || line.is(at, &["bieu"]) && line.number(at + 1).is_none()
    });
    let mut figured = tasks.iter().filter(|o| o.task.form.fields.iter().any(|f| f.kind.is_figure()));
    match (about_figures, figured.next(), figured.next()) {
        (true, Some(only), None) => Some(only.task.id),
        _ => None,
    }
}

/// The task whose text has words of the message that no other's has.
pub(super) fn by_topic(
    line: &Line,
    range: &std::ops::Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    tasks: &[&OpenTask],
) -> Option<TaskId> {
    let talk = |at: usize| {
        let spoken = |h: &Hit| !matches!(h.tag, Tag::Doing | Tag::NoFigure | Tag::HandIn);
        hits.iter().any(|h| spoken(h) && h.start <= at && at < h.end)
    };
    let at: Vec<usize> = range
        .clone()
        .filter(|at| line.is_word(*at) && matches!(marks[*at], Mark::Free | Mark::Order | Mark::Age))
        .filter(|at| !talk(*at))
        .collect();
    let words: Vec<Word> = at.iter().filter_map(|at| line.word(*at)).collect();
    let meant = phrases().concepts(&words).concepts;
    let mut said: Vec<&str> =
        words.iter().map(|w| w.folded).filter(|w| w.len() > 1 && !is_common(w)).collect();
    said.sort_unstable();
    said.dedup();
    let topics: Vec<Topic> = tasks.iter().map(|o| Topic::of(o.task)).collect();
    let mut scores: Vec<(usize, TaskId)> = Vec::new();
    for (open, topic) in tasks.iter().zip(&topics) {
        let weigh = |has: &dyn Fn(&Topic) -> bool| match topics.iter().filter(|t| has(t)).count() {
            _ if !has(topic) => 0,
            1 => 2,
            others => usize::from(others < topics.len()),
        };
        let by_words: usize = said.iter().map(|word| weigh(&|t: &Topic| t.has(word))).sum();
        let narrow = meant.iter().filter(|c| !phrases().is_broad(**c));
        let by_concepts: usize = narrow.map(|concept| weigh(&|t: &Topic| t.concepts.contains(concept))).sum();
        scores.push((by_words + by_concepts, open.task.id));
    }
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scores[..] {
        [(top, task), (next, _), ..] if top >= 2 && top > next => Some(task),
        [(top, task)] if top >= 2 => Some(task),
        _ => None,
    }
}

/// Words that stand in most tasks and most messages.
fn is_common(word: &str) -> bool {
    const COMMON: [&str; 52] = [
        "truong", "so", "lieu", "ngay", "nam", "tre", "chau", "lop", "giao", "vien", "thuc", "hien", "viec",
        "cac", "cho", "mam", "non", "hoc", "ve", "va", "cua", "theo", "qua", "den", "gui", "nop", "bao",
        "cao", "lam", "nhap", "co", "ca", "em", "chi", "ben", "la", "duoc", "roi", "nay", "mai", "ai", "mot",
        "hai", "sang", "ra", "thi", "de", "bc", "minh", "con", "du", "cap",
    ];
    COMMON.contains(&word)
}

/// The words of a task's text, what they name, and the first letters of its phrases: "csdl" is cơ sở dữ liệu.
struct Topic {
    words: Vec<String>,
    concepts: Vec<usize>,
    initials: String,
}

impl Topic {
    fn of(task: &Task) -> Self {
        let line = Line::new(&task.title(160));
        let typed: Vec<Word> =
            (0..line.len()).filter(|at| line.is_word(*at)).filter_map(|at| line.word(at)).collect();
        let words: Vec<String> = typed.iter().map(|w| w.folded.to_owned()).collect();
        let initials = words.iter().filter_map(|w| w.chars().next()).collect();
        Self { concepts: phrases().concepts(&typed).concepts, words, initials }
    }

    fn has(&self, word: &str) -> bool {
        // Abbreviations of three letters and more: shorter ones are in every text.
        self.words.iter().any(|w| w == word)
            || word.len() >= 3 && !super::line::is_syllable(word) && self.initials.contains(word)
    }
}
