//! Which task a message is about.

use std::borrow::Cow;

use super::fields::Bound;
use super::figures::Number;
use super::gist::Gist;
use super::key::{Key, words};
use super::line::Line;
use super::marks::Mark;
use super::phrases::{Hit, Tag, Word, phrases};
use super::reading::Binding;
use super::stretches::Stretches;
use super::when::{Day, Said};
use super::{Context, OpenTask};
use crate::domain::{Task, TaskId};
use crate::vietnamese::fold_words;

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
    let gist = Gist::of(line, numbers);
    let stretches = Stretches::new(line);
    for open in tasks {
        if open.task.form.fields.iter().all(|f| !f.kind.is_figure()) {
            continue;
        }
        let names = context.names(open.task);
        if !names.may_take(&gist) {
            continue;
        }
        if let Some(bound) = names.bind_some(&stretches, numbers, open.last) {
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
    // "2 người" for "Đăng ký tập huấn: số người": one figure by a word that every form has is no clue by itself.
    Some(Choice { binding: Binding::Fields(task), bound: Some(bound) })
}

/// The only task of these whose form has figures, when the words are about figures: "số liệu", "con số", "biểu".
pub(super) fn by_figure_words(
    line: &Line,
    range: &std::ops::Range<usize>,
    tasks: &[&OpenTask],
) -> Option<TaskId> {
    let about_figures = range.clone().any(|at| {
        line.is(at, words!["so"]) && line.is(at + 1, words!["lieu"])
            || line.is(at, words!["con"]) && line.is(at + 1, words!["so"])
            || line.is(at, words!["bieu"]) && line.number(at + 1).is_none()
    });
    let mut figured = tasks.iter().filter(|o| o.task.form.fields.iter().any(|f| f.kind.is_figure()));
    match (about_figures, figured.next(), figured.next()) {
        (true, Some(only), None) => Some(only.task.id),
        _ => None,
    }
}

/// The task whose text has words of the message that no other's has; `sure` when no other has nearly as many.
pub(super) fn by_topic(
    line: &Line,
    range: &std::ops::Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    tasks: &[&OpenTask],
    context: &Context,
) -> Option<Binding> {
    if let Some(task) = context.index.task_called(line, range, tasks) {
        return Some(Binding::Topic(task));
    }
    let said = said_words(line, range, marks, hits);
    let topics: Vec<Cow<Topic>> = tasks.iter().map(|o| context.topic(o.task)).collect();
    let mut scores: Vec<(usize, TaskId)> = tasks.iter().map(|o| (0, o.task.id)).collect();
    // What only one task has tells most, what all have tells nothing.
    let mut weigh = |has: &dyn Fn(&Topic) -> bool| {
        let with: Vec<bool> = topics.iter().map(|topic| has(topic)).collect();
        let worth = match with.iter().filter(|has| **has).count() {
            1 => 2,
            others => usize::from(others < topics.len()),
        };
        scores.iter_mut().zip(with).filter(|(_, has)| *has).for_each(|((score, _), _)| *score += worth);
    };
    for word in &said.words {
        let may_shorten = word.len() >= 3 && !super::line::is_syllable(word);
        weigh(&|topic| topic.has(word, may_shorten));
    }
    for concept in &said.concepts {
        if !phrases().is_broad(*concept) || topics.iter().any(|t| t.implied.contains(concept)) {
            weigh(&|topic| topic.names(*concept));
        }
    }
    for subject in &said.subjects {
        weigh(&|topic| topic.subjects.contains(subject));
    }
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let next = scores.get(1).map_or(0, |(score, _)| *score);
    match scores.first() {
        Some((top, task)) if *top >= next + 2 => Some(Binding::Topic(*task)),
        Some((top, task)) if *top >= 2 && *top > next => Some(Binding::Likely(*task)),
        _ => None,
    }
}

/// Which of the tasks that figures fit alike the words name; words that are only labels of their fields name none.
pub(super) fn by_topic_beside_labels(
    line: &Line,
    range: &std::ops::Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
    alike: &[TaskId],
    context: &Context,
) -> Option<Binding> {
    let tasks: Vec<&OpenTask> = context.open.iter().filter(|o| alike.contains(&o.task.id)).collect();
    let label = |at: usize| {
        let named = |o: &&OpenTask| context.names(o.task).labels_have(line.folded(at));
        line.is(at, words!["tong", "hop", "so", "ts"]) || tasks.iter().any(named)
    };
    let beside: Vec<Mark> = (0..line.len())
        .map(|at| if range.contains(&at) && label(at) { Mark::School } else { marks[at] })
        .collect();
    by_topic(line, range, &beside, hits, &tasks, context)
}

/// What a stretch says that may be a topic.
struct Spoken<'l> {
    words: Vec<&'l str>,
    concepts: Vec<usize>,
    subjects: Vec<usize>,
}

fn said_words<'l>(
    line: &'l Line,
    range: &std::ops::Range<usize>,
    marks: &[Mark],
    hits: &[Hit],
) -> Spoken<'l> {
    let talk = |at: usize| {
        let spoken = |h: &Hit| {
            !matches!(
                h.tag,
                Tag::Doing
                    | Tag::NoFigure
                    | Tag::HandIn
                    | Tag::Record
                    | Tag::Office
                    | Tag::Vocative
                    | Tag::Error
            )
        };
        hits.iter().any(|h| spoken(h) && h.start <= at && at < h.end)
    };
    let at: Vec<usize> = range
        .clone()
        .filter(|at| line.is_word(*at) && matches!(marks[*at], Mark::Free | Mark::Order | Mark::Age))
        .filter(|at| !talk(*at))
        .collect();
    let typed: Vec<Word> = at.iter().filter_map(|at| line.word(*at)).collect();
    let mut words: Vec<&str> =
        typed.iter().filter(|w| w.folded.len() > 1 && !w.key.is_one_of(COMMON)).map(|w| w.folded).collect();
    words.sort_unstable();
    words.dedup();
    let numbered = range.clone().filter(|at| marks[*at] == Mark::Order && line.number(*at).is_some());
    words.extend(numbered.map(|at| line.folded(at).trim_start_matches('0')));
    let months = months(line, range.clone());
    words.extend(months);
    Spoken { words, concepts: phrases().concepts(&typed).concepts, subjects: phrases().subjects(&typed) }
}

/// The numbers of months, "tháng 10" and "T10", each as a word that no other word is.
fn months(line: &Line, range: std::ops::Range<usize>) -> impl Iterator<Item = &str> {
    const NAMES: [&str; 12] =
        ["t/1", "t/2", "t/3", "t/4", "t/5", "t/6", "t/7", "t/8", "t/9", "t/10", "t/11", "t/12"];
    range.filter_map(move |at| {
        let said = line.is(at, words!["thang"]) || line.is(at, words!["t"]) && line.is_glued(at + 1);
        let month = line.number(at + 1).filter(|n| said && (1..=12).contains(n))?;
        NAMES.get(usize::try_from(month).ok()? - 1).copied()
    })
}

/// The task whose deadline a message names: "hạn 15 mà …".
pub(super) fn by_deadline(days: &[Said], tasks: &[&OpenTask]) -> Option<TaskId> {
    let named = days.iter().find(|d| d.deadline).and_then(|d| match d.day {
        Day::On(day) | Day::Past(day) => Some(day),
        _ => None,
    })?;
    let mut due = tasks.iter().filter(|o| o.deadline.is_some_and(|d| d.date() == named));
    let only = due.next()?;
    due.next().is_none().then_some(only.task.id)
}

/// The task that is due within three days, or over, while every other is due two days after it at the earliest: who says
/// "nộp rồi" on that day means it.
pub(super) fn due_now(tasks: &[&OpenTask], now: chrono::NaiveDateTime) -> Option<TaskId> {
    let mut due: Vec<(chrono::NaiveDateTime, TaskId)> =
        tasks.iter().filter_map(|o| Some((o.deadline?, o.task.id))).collect();
    due.sort();
    let (first, task) = *due.first()?;
    let close = first - now <= chrono::Duration::days(3);
    let alone = due.get(1).is_none_or(|(next, _)| *next - first >= chrono::Duration::days(2));
    (close && alone && due.len() == tasks.len()).then_some(task)
}

/// Whether a folded word stands in the title of an open task.
pub(super) fn is_named(word: &str, context: &Context) -> bool {
    context.open.iter().any(|o| context.topic(o.task).calls(word))
}

/// Words that stand in most tasks and most messages.
const COMMON: &[Key] = words![
    "truong", "so", "lieu", "ngay", "nam", "tre", "chau", "lop", "giao", "vien", "thuc", "hien", "viec",
    "cac", "cho", "mam", "non", "hoc", "ve", "va", "cua", "theo", "qua", "den", "gui", "nop", "bao", "cao",
    "lam", "nhap", "co", "ca", "em", "chi", "ben", "la", "duoc", "roi", "nay", "mai", "ai", "mot", "hai",
    "sang", "ra", "thi", "de", "bc", "minh", "con", "du", "cap",
];

/// The words of a task's text, what they name, and the first letters of its phrases: "csdl" is cơ sở dữ liệu.
#[derive(Debug, Clone)]
pub(super) struct Topic {
    title: Vec<(Key, String)>,
    words: Vec<(Key, String)>,
    concepts: Vec<usize>,
    subjects: Vec<usize>,
    /// What schools count where its subject is.
    implied: Vec<usize>,
    initials: String,
}

impl Topic {
    pub fn of(task: &Task) -> Self {
        let title = task.title(160);
        let line = Line::new(&title);
        let typed: Vec<Word> =
            (0..line.len()).filter(|at| line.is_word(*at)).filter_map(|at| line.word(at)).collect();
        let mut words: Vec<String> = typed.iter().map(|w| w.folded.to_owned()).collect();
        let initials = words.iter().filter_map(|w| w.chars().next()).collect();
        let keyed = |word: String| (Key::of(&word), word);
        // "Biểu 02", "lần 1".
        let marks = super::marks::marks(&line, &[]);
        let numbered = (0..line.len()).filter(|at| marks[*at] == Mark::Order && line.number(*at).is_some());
        words.extend(numbered.map(|at| line.folded(at).trim_start_matches('0').to_owned()));
        words.extend(months(&line, 0..line.len()).map(str::to_owned));
        let subjects = phrases().subjects(&typed);
        let implied = phrases().implied(&subjects);
        let title = fold_words(&title).split(' ').map(|word| keyed(word.to_owned())).collect();
        let words = words.into_iter().map(keyed).collect();
        Self { title, concepts: phrases().concepts(&typed).concepts, subjects, implied, words, initials }
    }

    /// Whether a folded word stands in the title.
    pub fn calls(&self, word: &str) -> bool {
        holds(&self.title, word)
    }

    fn names(&self, concept: usize) -> bool {
        self.concepts.contains(&concept) || self.implied.contains(&concept)
    }

    /// Whether a folded word is one of its words, or the first letters of some. Abbreviations have three letters and more:
    /// shorter ones are in every text.
    pub fn has(&self, word: &str, may_shorten: bool) -> bool {
        holds(&self.words, word) || may_shorten && self.initials.contains(word)
    }
}

/// Whether a word is one of these.
fn holds(words: &[(Key, String)], word: &str) -> bool {
    let key = Key::of(word);
    words.iter().any(|(known, letters)| *known == key && letters == word)
}
