//! What a person should look at: every repair and every guess of the reader.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::places::Places;
use crate::domain::{self, Choice, Month, Recur};

/// A repair or a guess, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Line of the source, counted from 1; 0 when it is about the whole document.
    pub line: usize,
    /// What it is.
    pub kind: DoubtKind,
    /// What a person can take instead, likeliest first.
    pub choices: Vec<Choice>,
}

impl Doubt {
    /// A doubt that only has its sentence to look at.
    #[must_use]
    pub fn new(line: usize, kind: DoubtKind) -> Self {
        Self { line, kind, choices: Vec::new() }
    }

    /// Whether it quotes these words of the document, or some of them.
    pub(super) fn is_about(&self, words: &str) -> bool {
        let quoted = self.kind.values().into_iter().find(|(name, _)| *name == "printed");
        quoted.is_some_and(|(_, printed)| printed.contains(words) || words.contains(&printed))
    }

    /// As a task keeps it: where it stands, the key of its sentence and the values.
    #[must_use]
    pub fn placed(&self, places: &Places) -> domain::Doubt {
        let values = self.kind.values().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        domain::Doubt {
            place: (self.line > 0).then(|| places.of(self.line)),
            kind: domain::DoubtKind::Reading { key: self.kind.key().to_owned(), values },
            choices: self.choices.clone(),
        }
    }
}

/// What was repaired or guessed. [`DoubtKind::key`] names its sentence in `locales/`, [`DoubtKind::values`] fills it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DoubtKind {
    /// Read from an encoding of old; its name.
    Encoding {
        /// The encoding.
        name: String,
    },
    /// Some characters of the file cannot be read.
    CharactersLost {
        /// How many.
        count: usize,
    },
    /// A part of the file beside its text is damaged: styles, numbering, notes.
    PartDamaged {
        /// Its name in the file.
        part: String,
    },
    /// The whole document was read from a picture.
    FromPicture,
    /// The pages are photos that were sent together, read in that order.
    Album {
        /// How many.
        count: usize,
    },
    /// A page of a PDF is a picture, beside others that are text.
    PageNotRead {
        /// Its number, from 1.
        page: usize,
    },
    /// A word with digits that was recognised with little certainty.
    Unclear {
        /// As recognised.
        printed: String,
    },
    /// Formulas of a sheet whose outcome was never computed.
    FormulasWithoutValue {
        /// How many.
        count: usize,
    },
    /// A Word document of before 2007: what was deleted with changes being tracked may still be in the text.
    OldWord,
    /// The year printed with a date or a heading cannot be meant.
    WrongYear {
        /// As printed.
        printed: String,
        /// As read: a date or a month.
        read: String,
    },
    /// The school year was printed with a digit missing.
    SchoolYearRepaired {
        /// As read.
        read: String,
    },
    /// The document does not say its school year; this one was taken.
    SchoolYearAssumed {
        /// As read.
        read: String,
    },
    /// A group of rows has no month label; the month after the one before it was taken.
    MonthInferred {
        /// The month.
        month: Month,
    },
    /// The month label stood on a later row of its group.
    MonthMoved {
        /// The month.
        month: Month,
    },
    /// Two printed rows or lines are one task.
    RowJoined,
    /// The number of a row stood in another column or on its second line.
    NumberMoved {
        /// The number.
        number: String,
    },
    /// A row without a number was taken as a task of its own.
    RowWithoutNumber,
    /// A point's number or full stop was misread or lost.
    PointRepaired {
        /// As printed.
        printed: String,
        /// As read.
        read: String,
    },
    /// Letters were read as digits (l, I, O).
    DigitsRepaired {
        /// As printed.
        printed: String,
        /// As read.
        read: String,
    },
    /// A slash of a date was lost: "20/92026".
    SlashLost {
        /// As printed.
        printed: String,
        /// As read.
        read: String,
    },
    /// The weekday said and the date do not agree.
    WeekdayMismatch {
        /// As printed.
        printed: String,
        /// The date as read.
        date: NaiveDate,
    },
    /// No year has this day; no deadline was taken from it.
    ImpossibleDate {
        /// As printed.
        printed: String,
    },
    /// A range of days ends before it begins; no deadline was taken from it.
    ReversedRange {
        /// As printed.
        printed: String,
        /// Its first day as read.
        from: NaiveDate,
        /// Its last day as read.
        to: NaiveDate,
    },
    /// No day has this hour; the date was taken without it.
    ImpossibleHour {
        /// As printed.
        printed: String,
    },
    /// The date of issue was misprinted; none was taken.
    IssueUnread {
        /// As printed.
        printed: String,
    },
    /// A letter or a notice without a number.
    NumberLost,
    /// A letter or a notice without the day of its issue: nothing can be counted from it.
    IssueLost,
    /// A limit of some only: the sentence or bracket that sets it speaks of nobody else.
    GroupOnly {
        /// Whom it speaks of, as printed.
        printed: String,
        /// The day.
        date: NaiveDate,
    },
    /// The deadline lies before the document's own date.
    PastDeadline {
        /// The deadline.
        date: NaiveDate,
    },
    /// The deadline is over on the day on which the document is read.
    Over {
        /// The deadline.
        date: NaiveDate,
    },
    /// The document calls the date tentative.
    Tentative {
        /// As printed.
        printed: String,
    },
    /// Nothing says whether it is a deadline or a happening; it was taken for a deadline.
    TakenForDeadline {
        /// As printed.
        printed: String,
    },
    /// Nothing says whether it is a deadline or a happening; it was taken for a happening.
    TakenForEvent {
        /// As printed.
        printed: String,
    },
    /// Days between which figures were counted, by the verb before them; no deadline was taken from them.
    TakenForPeriod {
        /// As printed.
        printed: String,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// A limit that was over when the document was written: told of, and not set by it. No deadline was taken from it.
    TakenForPast {
        /// As printed.
        printed: String,
        /// The day.
        date: NaiveDate,
    },
    /// "hằng tháng" beside one full date: the date was taken once.
    SaidToRecur {
        /// The words of the recurrence.
        printed: String,
        /// How it would come again.
        recur: Recur,
        /// The day that was taken.
        date: NaiveDate,
    },
    /// A day and a month, or two days of one month: "10-12".
    TwoReadings {
        /// As printed.
        printed: String,
        /// The day that was taken.
        date: NaiveDate,
        /// The last day of the other reading.
        other: NaiveDate,
    },
    /// A day of the lunar calendar was named.
    LunarDay {
        /// As printed.
        printed: String,
        /// The day of our calendar.
        date: NaiveDate,
    },
    /// A deadline was counted from the date of issue.
    CountedFromIssue {
        /// As printed.
        printed: String,
        /// The day.
        date: NaiveDate,
    },
    /// The deadline falls on a Sunday or a public holiday.
    DayOff {
        /// The deadline.
        date: NaiveDate,
        /// The working day before it.
        before: NaiveDate,
    },
    /// Something is to be handed in, and only words say when.
    Undated {
        /// The words.
        printed: String,
    },
    /// No task was found in the document.
    NoTasks,
}

impl DoubtKind {
    /// The key of its sentence in `locales/`.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Encoding { .. } => "doubt-encoding",
            Self::CharactersLost { .. } => "doubt-characters-lost",
            Self::PartDamaged { .. } => "doubt-part-damaged",
            Self::FromPicture => "doubt-from-picture",
            Self::Album { .. } => "doubt-album",
            Self::PageNotRead { .. } => "doubt-page-not-read",
            Self::Unclear { .. } => "doubt-unclear",
            Self::FormulasWithoutValue { .. } => "doubt-formulas-without-value",
            Self::OldWord => "doubt-old-word",
            Self::WrongYear { .. } => "doubt-wrong-year",
            Self::SchoolYearRepaired { .. } => "doubt-school-year-repaired",
            Self::SchoolYearAssumed { .. } => "doubt-school-year-assumed",
            Self::MonthInferred { .. } => "doubt-month-inferred",
            Self::MonthMoved { .. } => "doubt-month-moved",
            Self::RowJoined => "doubt-row-joined",
            Self::NumberMoved { .. } => "doubt-number-moved",
            Self::RowWithoutNumber => "doubt-row-without-number",
            Self::PointRepaired { .. } => "doubt-point-repaired",
            Self::DigitsRepaired { .. } => "doubt-digits-repaired",
            Self::SlashLost { .. } => "doubt-slash-lost",
            Self::WeekdayMismatch { .. } => "doubt-weekday-mismatch",
            Self::ImpossibleDate { .. } => "doubt-impossible-date",
            Self::ReversedRange { .. } => "doubt-reversed-range",
            Self::ImpossibleHour { .. } => "doubt-impossible-hour",
            Self::IssueUnread { .. } => "doubt-issue-unread",
            Self::NumberLost => "doubt-number-lost",
            Self::IssueLost => "doubt-issue-lost",
            Self::GroupOnly { .. } => "doubt-group-only",
            Self::PastDeadline { .. } => "doubt-past-deadline",
            Self::Over { .. } => "doubt-over",
            Self::Tentative { .. } => "doubt-tentative",
            Self::TakenForDeadline { .. } => "doubt-taken-for-deadline",
            Self::TakenForEvent { .. } => "doubt-taken-for-event",
            Self::TakenForPeriod { .. } => "doubt-taken-for-period",
            Self::TakenForPast { .. } => "doubt-taken-for-past",
            Self::SaidToRecur { .. } => "doubt-said-to-recur",
            Self::TwoReadings { .. } => "doubt-two-readings",
            Self::LunarDay { .. } => "doubt-lunar-day",
            Self::CountedFromIssue { .. } => "doubt-counted-from-issue",
            Self::DayOff { .. } => "doubt-day-off",
            Self::Undated { .. } => "doubt-undated",
            Self::NoTasks => "doubt-no-tasks",
        }
    }

    /// The values of its sentence, by the names that the sentence uses; dates as `17/10/2026`, months as `10/2026`.
    #[must_use]
    pub fn values(&self) -> Vec<(&'static str, String)> {
        let day = |date: &NaiveDate| date.format("%d/%m/%Y").to_string();
        let month = |month: &Month| format!("{}/{}", month.month, month.year);
        match self {
            Self::Encoding { name } => vec![("name", name.clone())],
            Self::CharactersLost { count } | Self::FormulasWithoutValue { count } | Self::Album { count } => {
                vec![("count", count.to_string())]
            }
            Self::PartDamaged { part } => vec![("part", part.clone())],
            Self::PageNotRead { page } => vec![("page", page.to_string())],
            Self::Unclear { printed } => vec![("printed", printed.clone())],
            Self::WrongYear { printed, read }
            | Self::PointRepaired { printed, read }
            | Self::DigitsRepaired { printed, read }
            | Self::SlashLost { printed, read } => {
                vec![("printed", printed.clone()), ("read", read.clone())]
            }
            Self::SchoolYearRepaired { read } | Self::SchoolYearAssumed { read } => {
                vec![("read", read.clone())]
            }
            Self::MonthInferred { month: m } | Self::MonthMoved { month: m } => vec![("month", month(m))],
            Self::NumberMoved { number } => vec![("number", number.clone())],
            Self::WeekdayMismatch { printed, date }
            | Self::LunarDay { printed, date }
            | Self::GroupOnly { printed, date }
            | Self::TakenForPast { printed, date }
            | Self::SaidToRecur { printed, date, .. }
            | Self::CountedFromIssue { printed, date } => {
                vec![("printed", printed.clone()), ("date", day(date))]
            }
            Self::PastDeadline { date } | Self::Over { date } => vec![("date", day(date))],
            Self::DayOff { date, before } => vec![("date", day(date)), ("before", day(before))],
            Self::ImpossibleDate { printed }
            | Self::ReversedRange { printed, .. }
            | Self::ImpossibleHour { printed }
            | Self::IssueUnread { printed }
            | Self::Tentative { printed }
            | Self::TakenForDeadline { printed }
            | Self::TakenForEvent { printed }
            | Self::TakenForPeriod { printed, .. }
            | Self::Undated { printed } => vec![("printed", printed.clone())],
            Self::TwoReadings { printed, date, other } => {
                vec![("printed", printed.clone()), ("date", day(date)), ("other", day(other))]
            }
            Self::RowJoined
            | Self::RowWithoutNumber
            | Self::NoTasks
            | Self::FromPicture
            | Self::OldWord
            | Self::NumberLost
            | Self::IssueLost => Vec::new(),
        }
    }
}
