//! The office that directs, and the settings that it may edit.

use chrono::NaiveTime;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{Form, Language, OfficeId};

/// Who directs: a Phòng GD&ĐT, since 7/2025 a commune's Phòng Văn hóa - Xã hội, a Sở, a cụm. All of it is data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Its id.
    pub id: OfficeId,
    /// Its name as it signs.
    pub name: String,
    /// The language that the bot speaks in its groups.
    pub language: Language,
    /// The zone in which its deadlines are meant.
    pub zone: Tz,
    /// What it may edit.
    pub settings: Settings,
}

/// What an office may edit; every default is what most offices want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// When the month's tasks are posted: `first-working-day HH:MM`, `last-working-day HH:MM` or a cron expression
    /// with weekday names (`calendar::PostingRule`).
    pub posting_rule: String,
    /// The steps of reminding before a deadline, earliest first.
    pub ladder: Vec<LadderStep>,
    /// Working days after the deadline on which the missing are told on to the specialist and the head.
    pub overdue_days: Vec<u32>,
    /// The hour of the overdue call list and of whatever waits for a morning.
    pub morning: NaiveTime,
    /// The hour at which a deadline without an hour ends (rule 6 of the product: 17:00).
    pub deadline_hour: NaiveTime,
    /// Windows of a working day in which the bot may speak unasked.
    pub speaking_hours: Vec<(NaiveTime, NaiveTime)>,
    /// Whether groups see the names of the missing.
    pub names: NamePolicy,
    /// The most unasked posts to one group in one day.
    pub daily_cap: u32,
    /// The office's own days off and swapped working days, TOML as `calendar::Closures` reads it.
    pub closures: String,
    /// The office's own forms, beside the starter set.
    pub forms: Vec<OwnForm>,
    /// The office's own words for fields and tasks, beside the tables of the program.
    pub words: Vec<OwnWord>,
}

/// A word of the office's own for a field, wherever a form has it, or for the tasks whose title has what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnWord {
    /// As schools type it: `nc`, `sổ vàng`.
    pub word: String,
    /// The field, as forms write it: `nhẹ cân`; words of a title: `thống kê đầu năm`.
    pub means: String,
    /// It names tasks, not a field.
    #[serde(default)]
    pub of_tasks: bool,
}

/// A form that an office keeps to take it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnForm {
    /// As it is typed: `candolan1`.
    pub key: String,
    /// Its name.
    pub title: String,
    /// The form.
    pub form: Form,
}

impl Default for Settings {
    fn default() -> Self {
        let at = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap_or_default();
        Self {
            posting_rule: "first-working-day 08:00".into(),
            ladder: vec![
                LadderStep { key: "t3".into(), time: StepTime::WorkingDaysBefore { days: 3, at: at(8, 0) } },
                LadderStep { key: "t1".into(), time: StepTime::WorkingDaysBefore { days: 1, at: at(14, 0) } },
                LadderStep { key: "h3".into(), time: StepTime::HoursBefore { hours: 3 } },
            ],
            overdue_days: vec![1, 3],
            morning: at(8, 0),
            deadline_hour: at(17, 0),
            speaking_hours: vec![(at(7, 0), at(11, 30)), (at(13, 30), at(17, 30))],
            names: NamePolicy::LastDay,
            daily_cap: 6,
            closures: String::new(),
            forms: Vec::new(),
            words: Vec::new(),
        }
    }
}

/// One step of the ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderStep {
    /// Short and stable: part of the dedupe keys of its reminders.
    pub key: String,
    /// When it fires.
    pub time: StepTime,
}

/// When a step of the ladder fires, counted back from the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepTime {
    /// So many working days before the deadline's day, at this hour. The deadline's own day counts as day 0 whether or
    /// not it is a working day.
    WorkingDaysBefore {
        /// How many, 0 for the day itself.
        days: u32,
        /// The hour, in the office's zone.
        at: NaiveTime,
    },
    /// So many hours before the deadline's moment. A step without a speaking hour of its own merges into the step
    /// before it.
    HoursBefore {
        /// How many.
        hours: u32,
    },
}

/// Whether a group may see which schools are missing (rule 4 of the product: face-saving).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamePolicy {
    /// Counts only.
    Never,
    /// Names from the last working day before the deadline on.
    LastDay,
    /// Names in every reminder.
    Always,
}
