//! A task as one block of a post.

use i18n_embed_fl::fl;

use super::Voice;
use super::register::kind_of_school;
use crate::chat::{Block, Text};
use crate::domain::{Due, DueKind, DueRole, ReminderLine, Requires, ScopeLabel, TaskLine, Urgency};

impl Voice {
    /// "V2 Cân đo lần 1 (hạn 17/10)" with the whole text, for a post.
    pub(super) fn task_block(&self, task: &TaskLine) -> Block {
        Block { text: self.task_text(task, &task.text), strong: false, task: Some(task.task) }
    }

    /// The same with the short title, as a block of its own.
    pub(super) fn short_block(&self, task: &TaskLine) -> Block {
        Block { text: self.task_title(task), strong: false, task: Some(task.task) }
    }

    /// The same with the short title, for lists.
    pub(super) fn task_title(&self, task: &TaskLine) -> String {
        self.task_text(task, &task.title)
    }

    fn task_text(&self, task: &TaskLine, text: &str) -> String {
        let mut line = match task.urgency {
            Urgency::Normal => format!("{} {text}", task.code),
            Urgency::Urgent => {
                fl!(self.words(), "task-urgent", code = task.code.clone(), text = text.to_owned())
            }
            Urgency::Express => {
                fl!(self.words(), "task-express", code = task.code.clone(), text = text.to_owned())
            }
        };
        let dates: Vec<String> = task.due.iter().map(|d| self.due(d)).collect();
        if !dates.is_empty() {
            line = format!("{} ({})", line.trim_end_matches(['.', ';', ',']), dates.join("; "));
        }
        if let Some(scope) = &task.scope {
            line.push_str(&fl!(self.words(), "task-scope", scope = self.scope(scope)));
        }
        if let Some(file) = &task.template {
            let (file, count) = (file.clone(), task.fields.len().to_string());
            line.push_str(&fl!(self.words(), "task-template", file = file, count = count));
        } else if task.requires == Requires::Submission && !task.fields.is_empty() {
            line.push_str(&fl!(self.words(), "task-fields", fields = task.fields.join(", ")));
        }
        if let Some(count) = task.count {
            let (settled, expected) = (count.settled.to_string(), count.expected.to_string());
            line.push_str(&fl!(self.words(), "task-count", settled = settled, expected = expected));
        }
        line
    }

    /// "hạn 17/10", "hạn 16:00 17/10", "từ 05/10 đến 17/10", "trong tháng 10", "ngày 20/10".
    pub(super) fn due(&self, due: &Due) -> String {
        let words = self.words();
        let day = self.day(due.date);
        let day = match due.time {
            Some(time) => fl!(words, "hour-of-day", hour = self.hour(time), day = day),
            None => day,
        };
        let from = due.from.map(|d| self.day(d));
        match (due.role, due.kind, from) {
            (DueRole::Event, _, Some(from)) => fl!(words, "due-event-range", from = from, to = day),
            (DueRole::Event, _, None) => fl!(words, "due-event", day = day),
            (_, DueKind::Range, Some(from)) => fl!(words, "due-range", from = from, to = day),
            _ => fl!(words, "due-deadline", day = day),
        }
    }

    /// "thứ Bảy 17/10" or "16:00 thứ Bảy 17/10".
    pub(super) fn due_day(&self, due: &Due) -> String {
        let day = self.weekday(due.date);
        match due.time {
            Some(time) => fl!(self.words(), "hour-of-day", hour = self.hour(time), day = day),
            None => day,
        }
    }

    pub(super) fn scope(&self, scope: &ScopeLabel) -> String {
        match scope {
            ScopeLabel::Names(names) => names.join(", "),
            ScopeLabel::Kinds(kinds) => {
                kinds.iter().map(|kind| kind_of_school(self.language, *kind)).collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// "V2 Cân đo lần 1 (hạn 17/10): 14/26 trường" and, where the group may see them, the names on a line of their own.
    pub(super) fn reminder_block(&self, line: &ReminderLine) -> Block {
        let mut text = fl!(
            self.words(),
            "reminder-line",
            code = line.code.clone(),
            title = line.title.clone(),
            due = self.due(&line.due),
            settled = line.count.settled.to_string(),
            expected = line.count.expected.to_string()
        );
        if let Some(missing) = line.missing.as_ref().filter(|m| !m.is_empty()) {
            text.push('\n');
            text.push_str(&fl!(self.words(), "reminder-missing", schools = missing.join(", ")));
        }
        Block { text, strong: false, task: Some(line.task) }
    }
}

/// One block that is not about a task.
pub(super) fn plain(text: String) -> Block {
    Block { text, strong: false, task: None }
}

/// One block shown strong.
pub(super) fn strong(text: String) -> Block {
    Block { text, strong: true, task: None }
}

/// Blocks as a text.
pub(super) fn text(blocks: Vec<Block>) -> Text {
    Text::of(blocks)
}
