//! The public holidays of a year, and why a day is off.
//!
//! Labour Code 2019 (Bộ luật Lao động 45/2019/QH14), article 112: 1 January, five days of Tết, the 10th of the third lunar
//! month, 30 April, 1 May, and 2 September with one day beside it; a holiday on a weekly rest day is made up for on the next
//! working day (nghỉ bù). Which five days of Tết and which neighbour of 2 September is decided every year, so that is a
//! [`YearChoice`] with a default.

use chrono::{Datelike, Days, NaiveDate, WeekdaySet};
use serde::Deserialize;
use std::collections::BTreeMap;

use super::lunar::{self, LunarDate};

/// A public holiday of article 112.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holiday {
    /// Tết Dương lịch, 1 January.
    NewYear,
    /// Tết Âm lịch, five days around the first of the lunar year.
    Tet,
    /// Giỗ Tổ Hùng Vương, the 10th of the third lunar month.
    HungKings,
    /// Ngày Chiến thắng, 30 April.
    Victory,
    /// Ngày Quốc tế Lao động, 1 May.
    Labour,
    /// Quốc khánh, 2 September and one day beside it.
    National,
}

/// Why nobody works on a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DayOff {
    /// A weekly rest day.
    Weekend,
    /// A public holiday, also where it falls on a weekly rest day.
    Holiday(Holiday),
    /// The day off that makes up for a holiday on a weekly rest day (nghỉ bù).
    Substitute(Holiday),
    /// A day off given against a rest day that is worked (hoán đổi ngày làm việc).
    Swapped {
        /// The rest day that is worked instead.
        worked: NaiveDate,
    },
    /// A closure from the office's own data: a storm, a flood, the school's longer Tết.
    Closure {
        /// As the office wrote it.
        reason: String,
    },
}

impl DayOff {
    /// A short and stable name of the reason, the key of its words in `locales/`. What a closure gives as its reason, and the
    /// day worked in a swap, are not in it.
    pub fn key(&self) -> &'static str {
        match self {
            DayOff::Weekend => "weekend",
            DayOff::Holiday(holiday) => holiday.key(),
            DayOff::Substitute(Holiday::NewYear) => "substitute-new-year",
            DayOff::Substitute(Holiday::Tet) => "substitute-tet",
            DayOff::Substitute(Holiday::HungKings) => "substitute-hung-kings",
            DayOff::Substitute(Holiday::Victory) => "substitute-victory",
            DayOff::Substitute(Holiday::Labour) => "substitute-labour",
            DayOff::Substitute(Holiday::National) => "substitute-national",
            DayOff::Swapped { .. } => "swapped",
            DayOff::Closure { .. } => "closure",
        }
    }
}

impl Holiday {
    /// A short and stable name, the key of its words in `locales/`.
    pub fn key(self) -> &'static str {
        match self {
            Holiday::NewYear => "new-year",
            Holiday::Tet => "tet",
            Holiday::HungKings => "hung-kings",
            Holiday::Victory => "victory",
            Holiday::Labour => "labour",
            Holiday::National => "national",
        }
    }
}

/// Which day beside 2 September is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Neighbour {
    /// 1 September.
    Before,
    /// 3 September.
    After,
}

impl Neighbour {
    /// As the closures file writes it.
    pub fn key(self) -> &'static str {
        match self {
            Neighbour::Before => "before",
            Neighbour::After => "after",
        }
    }
}

/// What the state decides anew for each year; `None` where the default holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearChoice {
    /// How many of the five days of Tết lie before the first of the lunar year: 0 to 5, one by default.
    pub tet_days_before: Option<u64>,
    /// The neighbour of 2 September. By default the one that joins a weekend; on a Wednesday, which has none, the day before.
    pub national_day: Option<Neighbour>,
}

/// Days of Tết by article 112.
pub(super) const TET_DAYS: u64 = 5;

/// The public holidays of a year and the days that make up for those on a weekly rest day, for people who work on
/// `workdays`. Where two holidays meet on one day the first of the year keeps it; the law says nothing about that case.
pub fn public_holidays(year: i32, choice: YearChoice, workdays: WeekdaySet) -> BTreeMap<NaiveDate, DayOff> {
    let mut days = BTreeMap::new();
    for (date, holiday) in dates(year, choice, workdays) {
        days.entry(date).or_insert(DayOff::Holiday(holiday));
    }
    let on_rest_days: Vec<_> = days
        .iter()
        .filter_map(|(date, day_off)| match day_off {
            DayOff::Holiday(holiday) if !workdays.contains(date.weekday()) => Some((*date, *holiday)),
            _ => None,
        })
        .collect();
    for (date, holiday) in on_rest_days {
        let free = |day: &NaiveDate| workdays.contains(day.weekday()) && !days.contains_key(day);
        // Two weeks hold every run of holidays; without a workday in the week there is nothing to make up for.
        if let Some(substitute) = date.iter_days().take(14).find(free) {
            days.insert(substitute, DayOff::Substitute(holiday));
        }
    }
    days
}

/// The holidays themselves, in the order of the law.
fn dates(year: i32, choice: YearChoice, workdays: WeekdaySet) -> Vec<(NaiveDate, Holiday)> {
    let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let before_tet = choice.tet_days_before.unwrap_or(1).min(TET_DAYS);
    let tet = lunar::tet(year).and_then(|first| first.checked_sub_days(Days::new(before_tet)));
    let national = fixed(9, 2);
    let beside_national = national.and_then(|day| {
        match choice.national_day.unwrap_or_else(|| neighbour_joining_a_weekend(day, workdays)) {
            Neighbour::Before => day.pred_opt(),
            Neighbour::After => day.succ_opt(),
        }
    });
    [
        (fixed(1, 1), Holiday::NewYear),
        (LunarDate::new(year, 3, 10).to_solar(), Holiday::HungKings),
        (fixed(4, 30), Holiday::Victory),
        (fixed(5, 1), Holiday::Labour),
        (national, Holiday::National),
        (beside_national, Holiday::National),
    ]
    .into_iter()
    .filter_map(|(date, holiday)| Some((date?, holiday)))
    .chain(
        tet.into_iter()
            .flat_map(|first| first.iter_days().take(TET_DAYS as usize))
            .map(|day| (day, Holiday::Tet)),
    )
    .collect()
}

/// The working neighbour of `day` that has a rest day, or `day` at rest, on its other side; the day before if both or none do.
/// So it was decided for 2021 to 2025, and for 2026, whose 2 September is a Wednesday.
fn neighbour_joining_a_weekend(day: NaiveDate, workdays: WeekdaySet) -> Neighbour {
    let works = |offset: i64| {
        let shifted = day.checked_add_signed(chrono::TimeDelta::days(offset));
        shifted.is_some_and(|shifted| workdays.contains(shifted.weekday()))
    };
    let at_rest_itself = !works(0);
    let joins = |step: i64| works(step) && (at_rest_itself || !works(2 * step) || !works(-step));
    if !joins(-1) && joins(1) { Neighbour::After } else { Neighbour::Before }
}
