//! Talk among people whose figures fit a form by chance: "tháng này trường em thiếu 3 giáo viên các chị ạ" answers no task.
//!
//! In a group that the bot hears whole, figures without a code, a quote or a question before them are an answer when they read
//! like one: nothing stands beside them but names of fields, the school's name and polite words, or they fill a good part of the
//! form. What is lacking, needed or away is never how many there are.

use super::key::{Key, words};
use super::line::Line;
use super::marks::{Mark, marks};
use super::phrases::{Tag, Word, phrases};
use super::reading::{Act, Binding, By};
use super::{Context, OpenTask};
use crate::domain::{Field, Value};

/// What figures are that somebody said to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overheard {
    /// An answer to the task.
    Answer,
    /// Perhaps one: the person is asked, in private.
    Perhaps,
    /// Talk.
    Talk,
}

/// How many words that nothing explains may stand beside an answer that fills half of a form.
const STRAY: usize = 3;
/// Words in front of a figure that make it the number of what is not there, with their marks where other words share the letters.
const LACKS: [&str; 12] =
    ["thiếu", "thừa", "dư", "hụt", "cần", "nghỉ", "xin", "mua", "tuyển", "mượn", "thuê", "tặng"];
/// The same as people type them without marks; "can" is also cân, "du" is also đủ.
const LACKS_BARE: &[Key] =
    words!["thieu", "thua", "hut", "nghi", "xin", "mua", "tuyen", "muon", "thue", "tang"];

/// Whether what was read out of words that were said to nobody is an answer. `act` has a task that they do not name.
#[must_use]
pub fn overheard(text: &str, act: &Act, context: &Context) -> Overheard {
    let open = context.open.iter().find(|o| Some(o.task.id) == act.task.task());
    let figures = act
        .given()
        .is_some_and(|g| !(g.loose.is_empty() && g.values.is_empty()) && g.links.is_empty() && !g.attached);
    let Some(open) = open else {
        // Of no task in particular, and of what is lacking or away: nobody is asked which task that answers.
        return if figures && is_of_lack(&Line::new(text), context) {
            Overheard::Talk
        } else {
            Overheard::Answer
        };
    };
    let Some(given) = act.given().filter(|g| g.links.is_empty() && !g.attached) else {
        return Overheard::Answer;
    };
    let line = Line::new(text);
    let fields = &open.task.form.fields;
    // A form that wants no figures has them from whoever reports.
    if fields.is_empty() {
        let reports = phrases().find(&line).iter().any(|h| h.tag == Tag::HandIn);
        let lacks = !lacking(&line, open).is_empty();
        return if given.loose.is_empty() || reports && !lacks { Overheard::Answer } else { Overheard::Talk };
    }
    if given.values.is_empty() && given.loose.is_empty() {
        return Overheard::Answer;
    }
    let lacking = lacking(&line, open);
    let is_lacking = |value: &Value| matches!(value, Value::Figure(n) if lacking.contains(n));
    let kept = |f: &&Field| given.values.get(&f.key).is_some_and(|v| !is_lacking(v));
    let told = fields.iter().filter(kept).count();
    let strays = strays(&line, open, context);
    if told == 0 {
        let row = given.values.is_empty() && lacking.is_empty() && strays == 0;
        return if row { Overheard::Answer } else { Overheard::Talk };
    }
    let gap = |f: &&Field| f.required && open.last.is_none_or(|last| !last.contains_key(&f.key));
    let wanted = fields.iter().filter(gap).count();
    let filled = fields.iter().filter(gap).filter(kept).count();
    let half = filled > 0 && filled * 2 >= wanted;
    let sure = told == given.values.len();
    // Nothing else stands there, and it is more than one of what the form may do without.
    let topic = matches!(act.task, Binding::Topic(_));
    let plain = strays == 0 && (filled > 0 || open.last.is_some() || wanted == 0 || topic);
    // Figures by their order are shown before they count.
    let shown = given.by == By::Position;
    if sure && (plain || shown || half && (filled > 1 || strays <= STRAY)) {
        Overheard::Answer
    } else if half || filled > 1 {
        Overheard::Perhaps
    } else {
        Overheard::Talk
    }
}

/// Figures behind a word of lack, need or leave in the same clause, where the form asks for no such thing.
fn lacking(line: &Line, open: &OpenTask) -> Vec<i64> {
    let lack = |at: usize| {
        let said = says_lack(line, at);
        // "Thừa cân" is a name, "xin báo cáo" a way to begin.
        let other = line.is(at + 1, words!["can", "phep", "bao", "gui", "nop", "chao", "loi"]);
        said && !other && !asks_for(open, line, at)
    };
    let ends = |at: usize| {
        line.is_sign(at, ',') || line.is_sign(at, ';') || line.is_sign(at, '.') || line.begins_line(at)
    };
    let mut found = Vec::new();
    for at in (0..line.len()).filter(|at| line.is_word(*at) && lack(*at)) {
        let clause = (at + 1..line.len()).take_while(|n| !ends(*n));
        let amounts = clause.filter_map(|n| line.amount(n));
        found.extend(amounts.filter_map(|(amount, _)| amount.whole()));
    }
    found
}

/// A word of lack, need or leave.
fn says_lack(line: &Line, at: usize) -> bool {
    let typed = line.printed(at..at + 1).to_lowercase();
    if line.spelled[at].is_ascii() { line.is(at, LACKS_BARE) } else { LACKS.contains(&typed.as_str()) }
}

/// "Em có 2 giáo viên nghỉ thai sản": such a word stands beside a figure, and no open form asks for what it says.
fn is_of_lack(line: &Line, context: &Context) -> bool {
    let beside = |at: usize| (at.saturating_sub(4)..at + 4).any(|n| line.number(n).is_some());
    let wanted = |at: usize| context.open.iter().any(|open| asks_for(open, line, at));
    (0..line.len()).any(|at| line.is_word(at) && says_lack(line, at) && beside(at) && !wanted(at))
}

/// Whether a word of a message is one of a task's own: of its text or of its fields, or means what one of them means.
fn asks_for(open: &OpenTask, line: &Line, at: usize) -> bool {
    let Some(word) = line.word(at) else { return false };
    let fields = &open.task.form.fields;
    let names = fields.iter().flat_map(|f| std::iter::once(&f.label).chain(&f.aliases));
    let said = |text: &str| {
        let own = Line::new(text);
        (0..own.len()).any(|n| own.folded(n) == word.folded)
    };
    let concepts = phrases().concepts(&[word]).concepts;
    let named = |label: &str| {
        let own = Line::new(label);
        let typed: Vec<Word> = (0..own.len()).filter_map(|n| own.word(n)).collect();
        phrases().concepts(&typed).concepts.iter().any(|c| concepts.contains(c))
    };
    said(&open.task.text) || names.clone().any(|name| said(name) || named(name))
}

/// Words that are no name of a field, no unit, no school, and say nothing about handing in.
fn strays(line: &Line, open: &OpenTask, context: &Context) -> usize {
    const BESIDE: &[Key] = words![
        "cac", "nhe", "nha", "thay", "co", "bac", "sep", "ban", "giam", "hieu", "oi", "la", "nhu", "duoi",
        "hom", "nay", "sang", "chieu", "tre", "chau", "be", "ca", "hop", "le", "khong", "ko", "k", "vao",
        "luc", "het", "roi", "gio", "moi", "nguoi", "ten", "don", "vi", "muc", "o", "p", "t", "g",
    ];
    let found = context.schools.find(line);
    let marks = marks(line, &found);
    let names = context.names(open.task);
    let topic = context.topic(open.task);
    let hits = phrases().find(line);
    let hands_in = |at: usize| {
        hits.iter().any(|h| {
            (h.start..h.end).contains(&at)
                && matches!(
                    h.tag,
                    Tag::HandIn
                        | Tag::Finish
                        | Tag::PastAfter
                        | Tag::PastBefore
                        | Tag::Greeting
                        | Tag::Vocative
                        | Tag::Ack
                        | Tag::NoFigure
                        | Tag::Correction
                        | Tag::Received
                        | Tag::Record
                        | Tag::Nothing
                )
        })
    };
    // "nhẹ cân", "đang học": so many words that together are a thing which schools count.
    let thing = |from: usize, len: usize| {
        let typed: Vec<Word> = (from..from + len).map_while(|n| line.word(n)).collect();
        let meaning = phrases().concepts(&typed);
        typed.len() == len && !meaning.concepts.is_empty() && meaning.others == 0
    };
    let named = |at: usize| (1..=4).any(|len| (at.saturating_sub(len - 1)..=at).any(|from| thing(from, len)));
    let known = |at: usize| {
        let Some(word) = line.word(at) else { return true };
        marks[at] != Mark::Free
            || line.amount(at).is_some()
            || phrases().is_filler(word)
            || phrases().is_counted(Some(word))
            || line.is(at, BESIDE)
            || names.labels_have(word.folded)
            || names.shortens(word.folded)
            || named(at)
            || topic.calls(word.folded)
            || hands_in(at)
    };
    (0..line.len()).filter(|at| line.is_word(*at) && !known(*at)).count()
}

#[cfg(test)]
mod tests;
