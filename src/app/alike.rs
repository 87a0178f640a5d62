//! Whether two documents speak of the same task. Pure, and only ever a proposal: a person merges.

use std::collections::BTreeSet;

use chrono::Duration;

use crate::domain::{Month, Task};
use crate::vietnamese::fold_words;

/// Of the words of both, so many must be in both, in hundredths (Dice's coefficient).
const SHARED: usize = 65;
/// With fewer words than this nothing can be told: "Gửi báo cáo".
const FEWEST_WORDS: usize = 4;
/// Deadlines further apart than this are of two tasks.
const APART: Duration = Duration::days(10);

/// Words that say nothing about what is to be done, folded.
const EMPTY: &[&str] = &[
    "cac", "cua", "va", "ve", "voi", "tai", "cho", "theo", "trong", "nam", "hoc", "truong", "mam", "non",
    "phong", "gui", "den", "thuc", "hien", "trien", "khai", "hoan", "thanh", "truoc", "ngay", "thang", "lan",
    "don", "vi",
];

/// Whether two tasks may be the same: their words are, and their months and deadlines do not speak against it.
pub(super) fn alike(one: &Task, other: &Task) -> bool {
    !is_apart(one, other) && has_same_words(one, other)
}

/// Whether two tasks are said in the same words, whenever they are due.
pub(super) fn has_same_words(one: &Task, other: &Task) -> bool {
    let (a, b) = (words(one), words(other));
    if a.len().min(b.len()) < FEWEST_WORDS {
        return false;
    }
    let both = a.intersection(&b).count();
    2 * both * 100 >= SHARED * (a.len() + b.len())
}

/// Whether two tasks are said in the same words and with the same numbers, whenever they are due.
pub(super) fn says_the_same(one: &Task, other: &Task) -> bool {
    has_same_words(one, other) && numbers(one) == numbers(other)
}

fn numbers(task: &Task) -> BTreeSet<String> {
    words(task).into_iter().filter(|w| w.bytes().all(|b| b.is_ascii_digit())).collect()
}

/// Whether the words of a task name another one: of what that one says first, so many are in it.
pub(super) fn is_named_in(text: &Task, named: &Task) -> bool {
    const NAMED: usize = 75;
    let first = named.text.split([';', '(', ':']).next().unwrap_or_default().to_owned();
    let sought = words(&Task { text: first, ..named.clone() });
    let both = sought.intersection(&words(text)).count();
    sought.len() >= FEWEST_WORDS && both * 100 >= NAMED * sought.len()
}

/// Numbers count as words: "lần 1" and "lần 2" are two tasks, which one word of many would not show.
fn words(task: &Task) -> BTreeSet<String> {
    let folded = fold_words(&task.text);
    folded.split(' ').filter(|w| !w.is_empty() && !EMPTY.contains(w)).map(str::to_owned).collect()
}

fn is_apart(one: &Task, other: &Task) -> bool {
    if numbers(one) != numbers(other) {
        return true;
    }
    let (a, b) = (one.deadlines(), other.deadlines());
    let near = a.iter().any(|x| b.iter().any(|y| (x.date - y.date).abs() <= APART));
    if !a.is_empty() && !b.is_empty() {
        return !near;
    }
    let (a, b) = (months(one), months(other));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

fn months(task: &Task) -> BTreeSet<Month> {
    task.months.iter().copied().chain(task.due.iter().map(|d| Month::of(d.date))).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::{Due, Form, Id, Requires, Scope, TaskState, Urgency};

    fn task(text: &str, month: Option<u32>, day: Option<(u32, u32)>) -> Task {
        let id = uuid::Uuid::nil();
        let due = day.and_then(|(m, d)| NaiveDate::from_ymd_opt(2026, m, d));
        Task {
            id: Id::new(id),
            office: Id::new(id),
            schedule: None,
            directive: None,
            code: 1,
            text: text.into(),
            months: month.and_then(|m| Month::new(2026, m)).into_iter().collect(),
            scope: Scope::All,
            requires: Requires::Confirmation,
            due: due.map(|d| Due::before(d, None)).into_iter().collect(),
            form: Form::default(),
            urgency: Urgency::Normal,
            state: TaskState::Draft,
            posted_at: None,
            sources: vec![],
            doubts: vec![],
            moved: None,
        }
    }

    #[test]
    fn the_same_work_in_other_words_is_proposed_and_nothing_else() {
        let weighing = "Cân đo, chấm biểu đồ tăng trưởng cho trẻ lần 1";
        let again = "Tổ chức cân đo và chấm biểu đồ tăng trưởng cho trẻ lần 1";
        for (one, other, same) in [
            (task(weighing, Some(10), Some((10, 17))), task(again, None, Some((10, 15))), true),
            (task(weighing, Some(10), Some((10, 17))), task(again, None, None), true),
            (task(weighing, Some(10), None), task(again, Some(11), None), false),
            (task(weighing, None, Some((10, 17))), task(again, None, Some((12, 15))), false),
            (
                task(weighing, None, None),
                task("Cân đo, chấm biểu đồ tăng trưởng cho trẻ lần 2", None, None),
                false,
            ),
            (task("Gửi báo cáo tháng", None, None), task("Gửi báo cáo tháng", None, None), false),
            (task(weighing, None, None), task("Kiểm tra an toàn thực phẩm bếp ăn", None, None), false),
        ] {
            assert_eq!(alike(&one, &other), same, "{} / {}", one.text, other.text);
            assert_eq!(alike(&other, &one), same, "either way");
        }
    }
}
