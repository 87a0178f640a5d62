//! The Vietnamese lunar calendar, reckoned at UTC+7.
//!
//! Tết and Giỗ Tổ are lunar days. The Chinese calendar, reckoned at UTC+8, disagrees now and then (Tết 1985 by a whole
//! month, 2007 and 2030 by a day), so a calendar of Beijing will not do. This is a port of the algorithm that Hồ Ngọc Đức
//! published for Việt Nam ("Thuật toán tính âm lịch", after Meeus, *Astronomical Algorithms*): months begin on the day of
//! the new moon, the month that holds the winter solstice is the 11th, and of thirteen months between two such months the
//! first one that holds no principal term (trung khí) is the leap month.
//!
//! Good from 1800 to 2199; the project tests 1900 to 2100 day by day.

use chrono::{Datelike, NaiveDate};
use std::f64::consts::{PI, TAU};

/// Hours that Việt Nam is ahead of UTC, as a part of a day.
const ZONE: f64 = 7.0 / 24.0;
/// `num_days_from_ce` plus this is the Julian day number that begins at noon of that date.
const JULIAN_DAY_OF_CE: i64 = 1_721_425;
/// The Julian day number of 1 January 1900, the day of the new moon that the algorithm counts from.
const FIRST_NEW_MOON: i64 = 2_415_021;
/// Days from one new moon to the next, on average.
const SYNODIC_MONTH: f64 = 29.530_588_853;

/// A day of the Vietnamese lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LunarDate {
    /// The lunar year, numbered as the solar year in which it begins: 2027 is Đinh Mùi.
    pub year: i32,
    /// 1 (tháng Giêng) to 12 (tháng Chạp).
    pub month: u32,
    /// Whether this is the second, inserted month of that number (tháng nhuận).
    pub leap: bool,
    /// 1 to 29 or 30.
    pub day: u32,
}

impl LunarDate {
    /// A day of a month that is not a leap month. Whether the month has that day shows in [`LunarDate::to_solar`].
    pub fn new(year: i32, month: u32, day: u32) -> Self {
        LunarDate { year, month, leap: false, day }
    }

    /// The lunar day of a solar date.
    pub fn of(date: NaiveDate) -> Self {
        let day = julian_day(date);
        let this_winter = new_moon_day(winter_moon(date.year()));
        let winter = if day < this_winter { date.year() - 1 } else { date.year() };
        let months = months_since_winter(winter);
        let index = months.partition_point(|month| month.first_day <= day).saturating_sub(1);
        let Month { year, month, leap, first_day } = months[index];
        LunarDate { year, month, leap, day: day.abs_diff(first_day) as u32 + 1 }
    }

    /// The solar date of this lunar day; `None` if that month has no such day or that year no such leap month.
    pub fn to_solar(self) -> Option<NaiveDate> {
        let winter = if self.month >= 11 { self.year } else { self.year - 1 };
        let winter_months = months_since_winter(winter);
        let index = winter_months
            .iter()
            .position(|month| (month.year, month.month, month.leap) == (self.year, self.month, self.leap))?;
        let first_day = winter_months[index].first_day;
        let next_first_day = match winter_months.get(index + 1) {
            Some(next) => next.first_day,
            None => new_moon_day(winter_moon(winter + 1)),
        };
        let day = first_day + i64::from(self.day) - 1;
        (self.day >= 1 && day < next_first_day).then(|| solar(day)).flatten()
    }
}

/// Mùng 1 Tết, the first day of the lunar year; `None` only beyond the dates that chrono can hold.
pub fn tet(year: i32) -> Option<NaiveDate> {
    LunarDate::new(year, 1, 1).to_solar()
}

/// The number of the month that a lunar year has twice, if it has one.
pub fn leap_month(year: i32) -> Option<u32> {
    let in_year = |month: &Month| month.leap && month.year == year;
    [year - 1, year].into_iter().flat_map(months_since_winter).find(in_year).map(|month| month.month)
}

/// A lunar month and the Julian day number of its first day.
#[derive(Clone, Copy)]
struct Month {
    year: i32,
    month: u32,
    leap: bool,
    first_day: i64,
}

/// The twelve or thirteen months from the one with the winter solstice of the solar year `winter` up to the next such.
fn months_since_winter(winter: i32) -> Vec<Month> {
    let first = winter_moon(winter);
    let count = winter_moon(winter + 1) - first;
    let leap = if count > 12 { leap_position(first) } else { count };
    (0..count)
        .map(|position| {
            let number = 11 + position - i64::from(position >= leap);
            let (year, month) = if number <= 12 { (winter, number) } else { (winter + 1, number - 12) };
            Month {
                year,
                month: month as u32,
                leap: position == leap,
                first_day: new_moon_day(first + position),
            }
        })
        .collect()
}

/// Which month after the one of new moon `first` is the first without a principal term: the sun stands in the same twelfth
/// of its way when that month begins and when it ends.
fn leap_position(first: i64) -> i64 {
    let without_term = |month: &i64| {
        sun_twelfth(new_moon_day(first + month)) == sun_twelfth(new_moon_day(first + month + 1))
    };
    (1..13).find(without_term).unwrap_or(13)
}

/// The number of the new moon that begins the 11th lunar month, the month of the winter solstice, in a solar year.
fn winter_moon(year: i32) -> i64 {
    // The 31st of December of a year is the day before the 1st of January of the next.
    let days_since_first = days_before_year(year + 1) + JULIAN_DAY_OF_CE - FIRST_NEW_MOON;
    let moon = (days_since_first as f64 / SYNODIC_MONTH).floor() as i64;
    // In the tenth twelfth the sun has passed the solstice: that moon begins the 12th month.
    if sun_twelfth(new_moon_day(moon)) >= 9 { moon - 1 } else { moon }
}

/// Days from 31 December of the year before year 1 to 31 December of the year before `year` (Gregorian).
fn days_before_year(year: i32) -> i64 {
    let past = i64::from(year) - 1;
    past * 365 + past.div_euclid(4) - past.div_euclid(100) + past.div_euclid(400)
}

/// The Julian day number of the day, in Việt Nam, on which new moon number `moon` falls.
fn new_moon_day(moon: i64) -> i64 {
    (new_moon(moon as f64) + 0.5 + ZONE).floor() as i64
}

/// The moment of new moon number `k` after that of 1 January 1900, as a Julian date at UTC.
fn new_moon(k: f64) -> f64 {
    let t = k / 1236.85; // Julian centuries since 0.5 January 1900
    let (t2, t3) = (t * t, t * t * t);
    let sin = |degrees: f64| degrees.to_radians().sin();
    let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * sin(166.56 + 132.87 * t - 0.009_173 * t2);
    let sun = 359.2242 + 29.105_356_08 * k - 0.000_033_3 * t2 - 0.000_003_47 * t3;
    let moon = 306.0253 + 385.816_918_06 * k + 0.010_730_6 * t2 + 0.000_012_36 * t3;
    let node = 21.2964 + 390.670_506_46 * k - 0.001_652_8 * t2 - 0.000_002_39 * t3;
    let correction = (0.1734 - 0.000_393 * t) * sin(sun) + 0.0021 * sin(2.0 * sun) - 0.4068 * sin(moon)
        + 0.0161 * sin(2.0 * moon)
        - 0.0004 * sin(3.0 * moon)
        + 0.0104 * sin(2.0 * node)
        - 0.0051 * sin(sun + moon)
        - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2.0 * node + sun)
        - 0.0004 * sin(2.0 * node - sun)
        - 0.0006 * sin(2.0 * node + moon)
        + 0.0010 * sin(2.0 * node - moon)
        + 0.0005 * sin(2.0 * moon + sun);
    let clock_drift = if t < -11.0 {
        0.001 + 0.000_839 * t + 0.000_226_1 * t2 - 0.000_008_45 * t3 - 0.000_000_081 * t * t3
    } else {
        -0.000_278 + 0.000_265 * t + 0.000_262 * t2
    };
    mean + correction - clock_drift
}

/// In which twelfth of its yearly way (0 from the March equinox, 9 from the winter solstice) the sun stands when the day
/// with this Julian day number begins in Việt Nam.
fn sun_twelfth(day: i64) -> u8 {
    (sun_longitude(day as f64 - 0.5 - ZONE) / (PI / 6.0)).floor() as u8
}

/// The longitude of the sun at a Julian date, in radians from 0 to 2π.
fn sun_longitude(julian_date: f64) -> f64 {
    let t = (julian_date - 2_451_545.0) / 36_525.0; // Julian centuries since noon of 1 January 2000
    let t2 = t * t;
    let anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2).to_radians();
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let equation = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    (mean + equation).to_radians().rem_euclid(TAU)
}

fn julian_day(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) + JULIAN_DAY_OF_CE
}

fn solar(julian_day: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(julian_day - JULIAN_DAY_OF_CE).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn tet_falls_on_the_day_it_did_or_will() {
        // Every date is the Vietnamese one; 1968, 1985, 2007 and 2030 differ from Beijing.
        let known = [
            "1968-01-29",
            "1985-01-21",
            "2000-02-05",
            "2007-02-17",
            "2020-01-25",
            "2021-02-12",
            "2022-02-01",
            "2023-01-22",
            "2024-02-10",
            "2025-01-29",
            "2026-02-17",
            "2027-02-06",
            "2028-01-26",
            "2029-02-13",
            "2030-02-02",
        ];
        for date in known.map(day) {
            assert_eq!(tet(date.year()), Some(date));
            assert_eq!(LunarDate::of(date), LunarDate::new(date.year(), 1, 1));
        }
    }

    #[test]
    fn known_days_convert_both_ways() {
        let leap = |year, month, day| LunarDate { leap: true, ..LunarDate::new(year, month, day) };
        let cases = [
            ("2025-04-07", LunarDate::new(2025, 3, 10)), // Giỗ Tổ
            ("2026-04-26", LunarDate::new(2026, 3, 10)),
            ("2027-04-16", LunarDate::new(2027, 3, 10)),
            ("2026-08-13", LunarDate::new(2026, 7, 1)),
            ("2026-09-25", LunarDate::new(2026, 8, 15)), // Trung thu
            ("2027-09-15", LunarDate::new(2027, 8, 15)),
            ("2027-01-30", LunarDate::new(2026, 12, 23)), // 23 tháng Chạp
            ("2027-02-05", LunarDate::new(2026, 12, 29)), // giao thừa, there is no 30th
            ("2023-02-20", LunarDate::new(2023, 2, 1)),
            ("2023-03-22", leap(2023, 2, 1)),
            ("2025-07-25", leap(2025, 6, 1)),
            ("2033-12-22", leap(2033, 11, 1)),
            ("2034-02-19", LunarDate::new(2034, 1, 1)),
        ];
        for (solar, lunar) in cases {
            assert_eq!(LunarDate::of(day(solar)), lunar, "{solar}");
            assert_eq!(lunar.to_solar(), Some(day(solar)), "{lunar:?}");
        }
    }

    #[test]
    fn leap_months_stand_in_their_years() {
        let known = [
            (2019, None),
            (2020, Some(4)),
            (2021, None),
            (2022, None),
            (2023, Some(2)),
            (2024, None),
            (2025, Some(6)),
            (2026, None),
            (2027, None),
            (2028, Some(5)),
            (2029, None),
            (2030, None),
            (2031, Some(3)),
            (2032, None),
            (2033, Some(11)),
            (2034, None),
        ];
        for (year, month) in known {
            assert_eq!(leap_month(year), month, "{year}");
        }
    }

    #[test]
    fn a_day_that_a_month_does_not_have_is_none() {
        let nothing = [
            LunarDate::new(2026, 12, 30),
            LunarDate::new(2026, 1, 0),
            LunarDate::new(2026, 13, 1),
            LunarDate::new(2026, 0, 1),
            LunarDate::new(2026, 1, 31),
            LunarDate { leap: true, ..LunarDate::new(2026, 6, 1) },
        ];
        for lunar in nothing {
            assert_eq!(lunar.to_solar(), None, "{lunar:?}");
        }
    }

    #[test]
    fn days_follow_each_other_from_1900_to_2100() {
        let mut yesterday = LunarDate::of(day("1899-12-31"));
        for date in day("1900-01-01").iter_days().take_while(|date| date.year() <= 2100) {
            let today = LunarDate::of(date);
            if today.day == 1 {
                assert!(matches!(yesterday.day, 29 | 30), "{date}: a month of {} days", yesterday.day);
                let next = (yesterday.year, yesterday.month) == (today.year, today.month) && today.leap
                    || (today.year * 12 + today.month as i32)
                        == (yesterday.year * 12 + yesterday.month as i32) + 1;
                assert!(next, "{date}: {yesterday:?} then {today:?}");
            } else {
                assert_eq!(today, LunarDate { day: yesterday.day + 1, ..yesterday }, "{date}");
            }
            yesterday = today;
        }
    }

    proptest! {
        #[test]
        fn solar_to_lunar_and_back(days in 693_596i32..767_010) {
            let date = NaiveDate::from_num_days_from_ce_opt(days).unwrap();
            prop_assert!((1900..=2100).contains(&date.year()));
            prop_assert_eq!(LunarDate::of(date).to_solar(), Some(date));
        }
    }
}
