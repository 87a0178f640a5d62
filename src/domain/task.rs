//! One thing to do.

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{
    DirectiveId, Doubt, Due, DueRole, Form, Month, OfficeId, ScheduleId, Scope, Source, Standing, TaskId,
};

/// One thing to do, from a schedule or handed out by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The office.
    pub office: OfficeId,
    /// The schedule that it belongs to; none when it was handed out by hand or by one directive.
    pub schedule: Option<ScheduleId>,
    /// The directive that it was read from; none when it was handed out by hand.
    pub directive: Option<DirectiveId>,
    /// The number of its short code: 12 is `V12`. Unique within the office.
    pub code: u32,
    /// What is to be done, in one line or a few.
    pub text: String,
    /// The months in whose posts it stands; empty for one handed out by hand.
    pub months: Vec<Month>,
    /// Which schools it is for.
    pub scope: Scope,
    /// What a school must give.
    pub requires: Requires,
    /// Its dates: deadlines and events, in the order of the source.
    pub due: Vec<Due>,
    /// What a submission must carry.
    pub form: Form,
    /// How urgent.
    pub urgency: Urgency,
    /// Draft, waiting for its month, out, or withdrawn.
    pub state: TaskState,
    /// When it went out.
    pub posted_at: Option<DateTime<Utc>>,
    /// The places of documents that it came from: several when tasks were merged.
    pub sources: Vec<Source>,
    /// What a person should look at before it goes out.
    pub doubts: Vec<Doubt>,
    /// Why its deadline is another one than the source's, for the post.
    pub moved: Option<Doubt>,
}

/// What a school must give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Requires {
    /// Nothing: it is to be known.
    #[default]
    None,
    /// The word that it is done.
    Confirmation,
    /// Figures, a file, a link, a text.
    Submission,
}

/// The urgency stamp of a directive (Nghị định 30/2020/NĐ-CP, Phụ lục I): KHẨN and above may break quiet hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// No stamp.
    #[default]
    Normal,
    /// Khẩn, thượng khẩn.
    Urgent,
    /// Hỏa tốc.
    Express,
}

/// Where a task is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// A person has not agreed to it yet: it binds nobody.
    Draft,
    /// It waits for the post of its month.
    Planned,
    /// It is out.
    Posted,
    /// It was withdrawn.
    Retired,
    /// Another task took it in: what it said is said there.
    Merged,
}

impl TaskState {
    /// Whether it is a task still: drafted, waiting or out.
    pub fn is_live(self) -> bool {
        !matches!(self, Self::Retired | Self::Merged)
    }
}

impl Task {
    /// Its short code as people type it.
    pub fn code(&self) -> String {
        format!("V{}", self.code)
    }

    /// Its text without the tail that would not fit in a list: up to the first sentence, `limit` characters at most.
    pub fn title(&self, limit: usize) -> String {
        let first = self.text.split(['\n', ';']).next().unwrap_or_default();
        let first = first.split(". ").next().unwrap_or(first).trim().trim_end_matches([':', '.', ',']);
        if first.chars().count() <= limit {
            return first.to_owned();
        }
        let cut: String = first.chars().take(limit).collect();
        let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
        format!("{}…", cut.trim_end_matches([',', ';', ':', '(', '“']).trim_end())
    }

    /// Its deadlines, earliest first.
    pub fn deadlines(&self) -> Vec<&Due> {
        let mut deadlines: Vec<&Due> = self.due.iter().filter(|d| d.role == DueRole::Deadline).collect();
        deadlines.sort_by_key(|d| (d.date, d.time));
        deadlines
    }

    /// The last instant of its last deadline: after it a school that has not answered is late.
    pub fn deadline(&self, zone: Tz, deadline_hour: NaiveTime) -> Option<DateTime<Utc>> {
        self.deadlines().iter().map(|d| d.moment(zone, deadline_hour)).max()
    }

    /// Whether it is out and schools can still answer it.
    pub fn is_open(&self) -> bool {
        self.state == TaskState::Posted
    }

    /// Whether a school owes something for it: a task to be known only, and one that never went out, owe nothing.
    pub fn wants_answer(&self) -> bool {
        self.requires != Requires::None
    }

    /// Whether these answers are all that it asks. A task with a deadline wants the word that it is done; without one
    /// the word that it was received is enough. A form wants its required fields; an empty form takes any submission
    /// or the word that it was handed in.
    pub fn is_answered_by(&self, standing: &Standing) -> bool {
        use super::ConfirmationLevel::{Done, Received};
        if standing.is_returned() {
            return false;
        }
        let said = standing.confirmation.as_ref().map(|c| c.level);
        // A submission that was taken back is a version without values.
        let given = standing.submission.as_ref().filter(|s| !s.values.is_empty());
        match self.requires {
            Requires::None => false,
            Requires::Confirmation if self.deadlines().is_empty() => said >= Some(Received),
            Requires::Confirmation => said >= Some(Done) || given.is_some(),
            Requires::Submission if self.form.is_empty() => said >= Some(Done) || given.is_some(),
            Requires::Submission => given.is_some_and(|s| s.complete),
        }
    }
}
