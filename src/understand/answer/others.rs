//! What is said to a question about one task and belongs to another.

use super::super::figures::{Number, numbers};
use super::super::line::Line;
use super::super::marks::marks;
use super::super::phrases::phrases;
use super::super::{Context, tasks};
use crate::domain::TaskId;

/// Whether a line that came while figures of a task were asked is about another one: more of its figures stand behind the very
/// names of another form's fields.
pub(super) fn is_of_another(line: &Line, task: TaskId, context: &Context) -> bool {
    let found = context.schools.find(line);
    let marks = marks(line, &found);
    // Its code settles it.
    if tasks::code_in(line, &marks, &(0..line.len()), context).is_some() {
        return false;
    }
    let (figures, zeros) = numbers(line, &(0..line.len()), &marks, &phrases().find(line));
    if figures.is_empty() && zeros.is_empty() {
        return false;
    }
    let own = called(line, &figures, task, context);
    let other = context.open.iter().filter(|o| o.task.id != task);
    other.map(|o| called(line, &figures, o.task.id, context)).any(|n| n > own)
}

/// How many figures stand right behind a name of one of the task's fields.
fn called(line: &Line, figures: &[Number], task: TaskId, context: &Context) -> usize {
    let Some(open) = context.open.iter().find(|o| o.task.id == task) else { return 0 };
    let names = context.names(open.task);
    figures.iter().filter(|n| n.counts()).filter(|n| names.calls_one(line, &n.before)).count()
}
