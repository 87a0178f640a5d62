//! The office's own days: closures, swapped working days, holidays that are worked, and the state's yearly choices.
//!
//! Holidays are computed; what no rule computes is data in a small TOML file:
//!
//! ```toml
//! [year.2027]                # what the state decided for that year
//! tet_days_before = 2        # of the five days of Tết, those before the first (default 1)
//! national_day = "after"     # the day beside 2 September: "before" or "after"
//!
//! [[off]]                    # closed
//! from = 2026-11-18          # or "18/11/2026"
//! to = 2026-11-19            # left out for a single day
//! reason = "Bão số 13"
//! source = "Công điện 31/CĐ-UBND"
//!
//! [[swap]]                   # a working day off against a rest day worked
//! off = 2027-04-29
//! work = 2027-04-24
//!
//! [[work]]                   # worked although it would be off
//! day = 2027-02-10
//!
//! [[off]]                    # known of but not decided: shown, and without effect
//! from = 2026-11-24
//! reason = "Ngày Văn hóa Việt Nam"
//! confirmed = false
//! ```

use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use thiserror::Error;

use super::holidays::{TET_DAYS, YearChoice};

/// The data file compiled in: what is known of 2026 and 2027.
const SHIPPED: &str = include_str!("closures_2026_2027.toml");
/// A longer closure is taken for a slip in the year.
const LONGEST_CLOSURE: i64 = 366;

/// What an office (or the data file of the program) says about particular days. Later entries win over earlier ones.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Closures {
    entries: Vec<Closure>,
    years: BTreeMap<i32, YearChoice>,
}

/// One statement about some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    /// What it says.
    pub change: ClosureChange,
    /// The announcement or letter it rests on.
    pub source: Option<String>,
    /// An entry that is not confirmed has no effect; it is kept so that someone is reminded to check.
    pub confirmed: bool,
}

/// What an entry does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClosureChange {
    /// Closed from the first day to the last, both included.
    Off {
        /// First day off.
        from: NaiveDate,
        /// Last day off.
        to: NaiveDate,
        /// Why, in the office's words.
        reason: String,
    },
    /// A working day off against a rest day that is worked.
    Swap {
        /// The day off.
        off: NaiveDate,
        /// The rest day that is worked.
        work: NaiveDate,
    },
    /// Worked although it would be off.
    Work {
        /// That day.
        day: NaiveDate,
    },
}

/// Why a closures file was refused; the text names the place and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClosuresError {
    /// Not TOML, or not this form.
    #[error("{0}")]
    Form(String),
    /// A closure that ends before it begins.
    #[error("the closure from {from} ends before it begins, on {to}: exchange the two days")]
    EndsBeforeStart {
        /// As written.
        from: NaiveDate,
        /// As written.
        to: NaiveDate,
    },
    /// A closure of more than a year.
    #[error("the closure from {from} to {to} is longer than a year: check the year")]
    TooLong {
        /// As written.
        from: NaiveDate,
        /// As written.
        to: NaiveDate,
    },
    /// A closure without a reason, which nobody could be told.
    #[error("the closure from {from} has no reason: write one, people are told it")]
    NoReason {
        /// As written.
        from: NaiveDate,
    },
    /// Two confirmed entries about one day.
    #[error("{day} is named twice: keep one of the entries")]
    Twice {
        /// That day.
        day: NaiveDate,
    },
    /// More days before Tết than Tết has.
    #[error("tet_days_before of {year} is {days}: write 0 to 5, the five days of Tết include it")]
    TetDays {
        /// Of which year.
        year: i32,
        /// As written.
        days: u64,
    },
}

impl Closures {
    /// Reads a closures file.
    pub fn parse(text: &str) -> Result<Self, ClosuresError> {
        let file: File = toml::from_str(text).map_err(|error| ClosuresError::Form(error.to_string()))?;
        for (year, choice) in &file.year {
            if let Some(days) = choice.tet_days_before.filter(|days| *days > TET_DAYS) {
                return Err(ClosuresError::TetDays { year: *year, days });
            }
        }
        let mut closures = Closures { entries: Vec::new(), years: file.year };
        let mut named = BTreeSet::new();
        for entry in file.off.into_iter().map(Closure::from).chain(file.swap.into_iter().map(Closure::from)) {
            closures.take(entry, &mut named)?;
        }
        for entry in file.work.into_iter().map(Closure::from) {
            closures.take(entry, &mut named)?;
        }
        Ok(closures)
    }

    /// What is known of 2026 and 2027, from the data file compiled in.
    pub fn shipped() -> Result<Self, ClosuresError> {
        Self::parse(SHIPPED)
    }

    /// These and then others, which win where both speak of a day: the shipped ones, then the office's.
    pub fn and(mut self, later: Closures) -> Self {
        self.entries.extend(later.entries);
        for (year, choice) in later.years {
            let known = self.years.entry(year).or_default();
            known.tet_days_before = choice.tet_days_before.or(known.tet_days_before);
            known.national_day = choice.national_day.or(known.national_day);
        }
        self
    }

    /// Adds an entry to an office's own, checked as if it stood in the same file: an office that edits its days in chat.
    pub fn add(&mut self, entry: Closure) -> Result<(), ClosuresError> {
        let confirmed = self.entries.iter().filter(|entry| entry.confirmed);
        let mut named = confirmed.flat_map(|entry| entry.change.days()).collect();
        self.take(entry, &mut named)
    }

    /// Takes out the entries that name a day, and gives them back.
    pub fn remove(&mut self, day: NaiveDate) -> Vec<Closure> {
        self.entries.extract_if(.., |entry| entry.change.days().contains(&day)).collect()
    }

    /// Every entry, earlier ones first, with those that are not confirmed.
    pub fn entries(&self) -> &[Closure] {
        &self.entries
    }

    /// What the state decided for a year, as far as is known.
    pub fn choice(&self, year: i32) -> YearChoice {
        self.years.get(&year).copied().unwrap_or_default()
    }

    /// Keeps an entry if it makes sense and no confirmed entry of the same file has `named` one of its days.
    fn take(&mut self, entry: Closure, named: &mut BTreeSet<NaiveDate>) -> Result<(), ClosuresError> {
        if let ClosureChange::Off { from, to, reason } = &entry.change {
            let (from, to) = (*from, *to);
            if to < from {
                return Err(ClosuresError::EndsBeforeStart { from, to });
            }
            if (to - from).num_days() >= LONGEST_CLOSURE {
                return Err(ClosuresError::TooLong { from, to });
            }
            if reason.trim().is_empty() {
                return Err(ClosuresError::NoReason { from });
            }
        }
        if entry.confirmed {
            for day in entry.change.days() {
                if !named.insert(day) {
                    return Err(ClosuresError::Twice { day });
                }
            }
        }
        self.entries.push(entry);
        Ok(())
    }
}

impl ClosureChange {
    /// The days that this is about.
    fn days(&self) -> Vec<NaiveDate> {
        match self {
            ClosureChange::Off { from, to, .. } => from.iter_days().take_while(|day| day <= to).collect(),
            ClosureChange::Swap { off, work } => vec![*off, *work],
            ClosureChange::Work { day } => vec![*day],
        }
    }
}

/// The file that reads back as these closures.
impl fmt::Display for Closures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (year, choice) in &self.years {
            writeln!(f, "[year.{year}]")?;
            if let Some(days) = choice.tet_days_before {
                writeln!(f, "tet_days_before = {days}")?;
            }
            if let Some(neighbour) = choice.national_day {
                writeln!(f, "national_day = \"{}\"", neighbour.key())?;
            }
            writeln!(f)?;
        }
        for entry in &self.entries {
            writeln!(f, "{entry}")?;
        }
        Ok(())
    }
}

/// The table of the file that reads back as this entry.
impl fmt::Display for Closure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.change {
            ClosureChange::Off { from, to, reason } => {
                writeln!(f, "[[off]]\nfrom = {from}\nto = {to}\nreason = {}", quoted(reason))?;
            }
            ClosureChange::Swap { off, work } => writeln!(f, "[[swap]]\noff = {off}\nwork = {work}")?,
            ClosureChange::Work { day } => writeln!(f, "[[work]]\nday = {day}")?,
        }
        if let Some(source) = &self.source {
            writeln!(f, "source = {}", quoted(source))?;
        }
        if !self.confirmed {
            writeln!(f, "confirmed = false")?;
        }
        Ok(())
    }
}

/// A text as a TOML string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    year: BTreeMap<i32, YearChoice>,
    #[serde(default)]
    off: Vec<OffTable>,
    #[serde(default)]
    swap: Vec<SwapTable>,
    #[serde(default)]
    work: Vec<WorkTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OffTable {
    from: Day,
    to: Option<Day>,
    #[serde(default)]
    reason: String,
    source: Option<String>,
    #[serde(default = "confirmed_unless_said")]
    confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SwapTable {
    off: Day,
    work: Day,
    source: Option<String>,
    #[serde(default = "confirmed_unless_said")]
    confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkTable {
    day: Day,
    source: Option<String>,
    #[serde(default = "confirmed_unless_said")]
    confirmed: bool,
}

fn confirmed_unless_said() -> bool {
    true
}

/// A day as TOML writes one, or in quotes as people here write one.
#[derive(Deserialize, Clone, Copy)]
#[serde(try_from = "DayText")]
struct Day(NaiveDate);

#[derive(Deserialize)]
#[serde(untagged)]
enum DayText {
    Toml(toml::value::Datetime),
    Text(String),
}

impl TryFrom<DayText> for Day {
    type Error = String;

    fn try_from(day: DayText) -> Result<Self, String> {
        let text = match day {
            DayText::Toml(day) => day.to_string(),
            DayText::Text(text) => text.trim().to_owned(),
        };
        NaiveDate::parse_from_str(&text, "%Y-%m-%d")
            .or_else(|_| NaiveDate::parse_from_str(&text, "%d/%m/%Y"))
            .map(Day)
            .map_err(|_| format!("{text} is not a day: write 2026-11-24 or \"24/11/2026\""))
    }
}

impl From<OffTable> for Closure {
    fn from(table: OffTable) -> Self {
        let from = table.from.0;
        let to = table.to.map_or(from, |to| to.0);
        let reason = table.reason.trim().to_owned();
        Closure {
            change: ClosureChange::Off { from, to, reason },
            source: table.source,
            confirmed: table.confirmed,
        }
    }
}

impl From<SwapTable> for Closure {
    fn from(table: SwapTable) -> Self {
        let change = ClosureChange::Swap { off: table.off.0, work: table.work.0 };
        Closure { change, source: table.source, confirmed: table.confirmed }
    }
}

impl From<WorkTable> for Closure {
    fn from(table: WorkTable) -> Self {
        Closure {
            change: ClosureChange::Work { day: table.day.0 },
            source: table.source,
            confirmed: table.confirmed,
        }
    }
}

#[cfg(test)]
mod tests;
