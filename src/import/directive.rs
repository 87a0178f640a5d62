//! What reading gives: a draft that binds nobody before a person has agreed to it.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::doubt::Doubt;
use super::places::Places;
use super::relation::Relation;
use crate::domain::{Due, DueKind, DueRole, Month, Recur, Requires, SchoolYear, Urgency};

/// A document as read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Number, date, issuer and so on.
    pub header: Header,
    /// The tasks in the order of the document.
    pub tasks: Vec<DraftTask>,
    /// Doubts about the document as a whole; those about a task stand with it.
    pub doubts: Vec<Doubt>,
    /// Where a person finds the lines that spans and doubts name.
    pub places: Places,
    /// Its stamp: khẩn, thượng khẩn, hỏa tốc.
    pub urgency: Urgency,
    /// What it does to earlier documents.
    pub relations: Vec<Relation>,
}

/// Who wrote what to whom, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Number and symbol as printed, without spaces; none when the number was left blank.
    pub number: Option<String>,
    /// Office and place in short form: "Phòng VH-XH xã Suối Ngàn".
    pub issuer: Option<String>,
    /// The place of the date line.
    pub place: Option<String>,
    /// The date of issue, as far as it was filled in.
    pub issued_on: Option<IssuedOn>,
    /// Trích yếu, without "V/v".
    pub subject: Option<String>,
    /// What kind of document it is.
    pub kind: Option<Kind>,
    /// The school year that the document says it is for.
    pub school_year: Option<SchoolYear>,
    /// To whom it is addressed, one entry a group.
    pub addressees: Vec<String>,
    /// The name under it.
    pub signer: Option<String>,
}

/// A date of issue whose blanks may not have been filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IssuedOn {
    /// "ngày … tháng … năm 2026".
    Year(i32),
    /// "ngày … tháng 8 năm 2026".
    Month(Month),
    /// The full date.
    Day(NaiveDate),
}

/// A kind of document (Nghị định 30/2020/NĐ-CP, Điều 7), as far as offices use them to hand out work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Công văn.
    Letter,
    /// Kế hoạch.
    Plan,
    /// Báo cáo.
    Report,
    /// Thông báo.
    Notice,
    /// Hướng dẫn.
    Guidance,
    /// Lịch công tác.
    Calendar,
}

impl Kind {
    /// As the offices call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Letter => "công văn",
            Self::Plan => "kế hoạch",
            Self::Report => "báo cáo",
            Self::Notice => "thông báo",
            Self::Guidance => "hướng dẫn",
            Self::Calendar => "lịch công tác",
        }
    }
}

/// A task as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTask {
    /// The months in which it stands; empty when the document has no months.
    pub months: Vec<Month>,
    /// Its number as printed, or its place in its group.
    pub label: String,
    /// What is to be done, in the document's words.
    pub text: String,
    /// What a school must give.
    pub requires: Requires,
    /// How it is to be handed over, in the document's words.
    pub channel: Option<String>,
    /// To whom.
    pub to: Option<String>,
    /// Who, when it is not everyone that the document is for.
    pub scope: Option<String>,
    /// Its dates, in the order of the document.
    pub due: Vec<DraftDue>,
    /// What was repaired or guessed in it.
    pub doubts: Vec<Doubt>,
    /// Where it stands.
    pub span: Span,
}

/// A date of a task as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDue {
    /// How it was said.
    pub kind: DueKind,
    /// The day; the last one of a range or window; the first occurrence of a recurrence.
    pub date: NaiveDate,
    /// The first day of a range or window.
    pub from: Option<NaiveDate>,
    /// The clock time said with it; 24:00 is 23:59.
    pub time: Option<NaiveTime>,
    /// "24:00" was said: the time above is the minute before.
    pub midnight: bool,
    /// A deadline for the schools, or a happening.
    pub role: DueRole,
    /// How it comes again.
    pub recur: Option<Recur>,
    /// The last day on which it can come again, where one was said.
    pub until: Option<NaiveDate>,
    /// The words in the document.
    pub quote: String,
    /// Where they stand.
    pub span: Span,
}

/// A place in the source: lines counted from 1, both included, and bytes of the decoded text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First line.
    pub first_line: usize,
    /// Last line.
    pub last_line: usize,
    /// First byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl Span {
    /// The span from the beginning of this one to the end of another after it.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            first_line: self.first_line.min(other.first_line),
            last_line: self.last_line.max(other.last_line),
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl IssuedOn {
    /// The first day that it can be.
    #[must_use]
    pub fn earliest(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Month(month) => month.first_day(),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(),
        }
    }
}

impl std::fmt::Display for IssuedOn {
    /// ISO 8601, as far as it is known: `2026-08-14`, `2026-08`, `2026`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(month) => write!(f, "{month}"),
            Self::Year(year) => write!(f, "{year}"),
        }
    }
}

impl From<DraftDue> for Due {
    /// As a task keeps it.
    fn from(due: DraftDue) -> Self {
        let DraftDue { kind, date, from, time, role, recur, quote, .. } = due;
        Self { kind, date, from, time, role, recur, quote }
    }
}
