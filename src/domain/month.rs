//! Months and school years.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A month of a year, written `2026-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// Four digits.
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month with this number (1 to 12) of this year; `None` for any other number.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// The month that holds a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or_default()
    }

    /// The month after it.
    #[must_use]
    pub fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('-').ok_or("a month is written YYYY-MM")?;
        let number = |s: &str| s.parse().map_err(|_| "a month is written YYYY-MM");
        Self::new(number(year)?, number(month)? as u32).ok_or("a month has a number from 1 to 12")
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A school year by its first calendar year: 2026 is năm học 2026-2027. It runs from August to July; a schedule may
/// reach into the August at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchoolYear(pub i32);

impl SchoolYear {
    /// The school year that a day belongs to: from August on the one that begins, before it the one that ends.
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() >= 8 { day.year() } else { day.year() - 1 })
    }

    /// The calendar year in which a month with this number falls: 8 to 12 in the first, 1 to 7 in the second.
    pub fn year_of_month(self, month: u32) -> i32 {
        if month >= 8 { self.0 } else { self.0 + 1 }
    }

    /// Its twelve months in order, August to July.
    pub fn months(self) -> impl Iterator<Item = Month> {
        let first = Month { year: self.0, month: 8 };
        std::iter::successors(Some(first), |m| Some(m.next())).take(12)
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

impl FromStr for SchoolYear {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SHAPE: &str = "a school year is written 2026-2027";
        let (first, second) = text.trim().split_once(['-', '–']).ok_or(SHAPE)?;
        let first: i32 = first.trim().parse().map_err(|_| SHAPE)?;
        let second: i32 = second.trim().parse().map_err(|_| SHAPE)?;
        if second == first + 1 && (1990..2100).contains(&first) { Ok(Self(first)) } else { Err(SHAPE) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_knows_its_ends_across_the_year() {
        let december = Month::new(2026, 12).unwrap();
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(december.last_day().to_string(), "2026-12-31");
        assert_eq!("2028-02".parse::<Month>().unwrap().last_day().day(), 29);
        assert!("2026-13".parse::<Month>().is_err());
    }

    #[test]
    fn a_school_year_runs_from_august_to_july() {
        let year: SchoolYear = "2026-2027".parse().unwrap();
        assert_eq!(year.months().next().unwrap().to_string(), "2026-08");
        assert_eq!(year.months().last().unwrap().to_string(), "2027-07");
        assert_eq!(SchoolYear::of(NaiveDate::from_ymd_opt(2027, 7, 31).unwrap()), year);
        assert!("2026-2028".parse::<SchoolYear>().is_err());
    }
}
