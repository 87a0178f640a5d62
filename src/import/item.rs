//! A piece of the document that is one thing to do, before its dates are read.

use chrono::NaiveDate;

use super::days::Week;
use super::directive::Span;
use super::doubt::Doubt;
use crate::domain::Month;

/// An item: its words, and what the structure around it says.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// The months of its heading, its column, or the document's title.
    pub months: Vec<Month>,
    /// Its number, or its place in its group.
    pub label: String,
    /// Its words, children on lines of their own.
    pub text: String,
    /// The cell that says when, and remarks beside it.
    pub time: Vec<String>,
    /// The cell that says who.
    pub who: Option<String>,
    /// The cell that says how it is handed over.
    pub channel: Option<String>,
    /// The heading over it: a date there holds for it unless it has its own.
    pub heading: Option<String>,
    /// The week heading over it.
    pub week: Option<Week>,
    /// First and last day of its day cell in a calendar: the day on which it happens.
    pub day: Option<DayCell>,
    /// Whether it is a row of a table of reports: each is handed in.
    pub report: bool,
    /// Whether it counts only if it lays a dated duty on somebody: prose, and points of general sections.
    pub only_if_dated: bool,
    /// Whether it stands under a heading that names what the office does itself: "Công việc của Phòng".
    pub of_office: bool,
    /// Whether that heading names a section of the office, which is told what to do until when: "1.2. Bộ phận Tiểu học".
    pub of_section: bool,
    /// Whether it stands outside the months of a schedule: it counts only if it sets a limit.
    pub outside: bool,
    /// Where it stands.
    pub span: Span,
    /// What was repaired so far.
    pub doubts: Vec<Doubt>,
}

/// The day cell of a calendar.
#[derive(Clone, Debug)]
pub struct DayCell {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// As printed.
    pub quote: String,
    /// The clock time that opens the entry: hour and minute.
    pub clock: Option<(u32, u32)>,
}
