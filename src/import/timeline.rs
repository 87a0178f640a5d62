//! Which year a month of a schedule belongs to.
//!
//! A schedule's months run forward, so that only the first year has to be found: from the school year that the document
//! names, else from what most of the printed years say, else from the date of issue. A printed year is a check: one that
//! does not fit into the run is a slip of the pen (THÁNG 4/2021, THÁNG 5/2020, THÁNG 6/2021) and becomes a doubt.

use crate::domain::{Month, SchoolYear};
use crate::vietnamese::MonthSaid;

/// A month heading with its year: the months, and the year that was printed wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The months of the heading.
    pub months: Vec<Month>,
    /// The printed year that does not fit.
    pub wrong: Option<i32>,
}

/// The months of all headings of a schedule in order, each in its year. `year` is what the document says about its school
/// year; without it and without printed years the months stand in `fallback`.
pub fn place(headings: &[Vec<MonthSaid>], year: Option<SchoolYear>, fallback: SchoolYear) -> Vec<Placed> {
    let said: Vec<MonthSaid> = headings.iter().flatten().copied().collect();
    let turns = turns(&said);
    let first = first_year(&said, &turns, year, fallback);
    let mut turns = turns.iter();
    headings
        .iter()
        .map(|heading| {
            let mut wrong = None;
            let months = heading
                .iter()
                .filter_map(|month| {
                    let year = first + turns.next().copied().unwrap_or_default();
                    wrong = wrong.or(month.year.filter(|printed| *printed != year));
                    Month::new(year, month.month)
                })
                .collect();
            Placed { months, wrong }
        })
        .collect()
}

/// How many New Years lie before each month. A small step back (5, then 4) is disorder, not a year.
fn turns(said: &[MonthSaid]) -> Vec<i32> {
    let mut count = 0;
    let mut before: Option<u32> = None;
    said.iter()
        .map(|month| {
            if before.is_some_and(|before| before >= month.month + 6) {
                count += 1;
            }
            before = Some(month.month);
            count
        })
        .collect()
}

fn first_year(said: &[MonthSaid], turns: &[i32], year: Option<SchoolYear>, fallback: SchoolYear) -> i32 {
    let by_school_year = |year: SchoolYear| {
        let opens = said.first().is_none_or(|m| m.month >= 8);
        // "Tháng 6, 7" before "Tháng 8, 9": the summer before the school year.
        let summer_before = said.iter().zip(turns).any(|(m, turn)| *turn == 0 && m.month >= 9)
            || turns.last().is_some_and(|last| *last > 0);
        if opens || summer_before { year.0 } else { year.0 + 1 }
    };
    if let Some(year) = year {
        return by_school_year(year);
    }
    let mut votes: Vec<i32> = said.iter().zip(turns).filter_map(|(m, turn)| Some(m.year? - turn)).collect();
    votes.sort_unstable();
    let most = votes
        .iter()
        .copied()
        .max_by_key(|vote| (votes.iter().filter(|other| *other == vote).count(), std::cmp::Reverse(*vote)));
    most.unwrap_or_else(|| by_school_year(fallback))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(months: &[u32], year: Option<i32>) -> Vec<MonthSaid> {
        months.iter().map(|&month| MonthSaid { month, year }).collect()
    }

    fn placed(headings: &[Vec<MonthSaid>], year: Option<i32>) -> Vec<(String, Option<i32>)> {
        place(headings, year.map(SchoolYear), SchoolYear(2030))
            .iter()
            .map(|p| (p.months.iter().map(Month::to_string).collect::<Vec<_>>().join(" "), p.wrong))
            .collect()
    }

    #[test]
    fn months_run_forward_and_a_printed_year_is_a_check() {
        let year = [
            heading(&[8], Some(2026)),
            heading(&[12], Some(2025)),
            heading(&[1, 2], Some(2027)),
            heading(&[5], Some(2026)),
            heading(&[6, 7, 8], Some(2027)),
        ];
        let want = [
            ("2026-08".to_owned(), None),
            ("2026-12".to_owned(), Some(2025)),
            ("2027-01 2027-02".to_owned(), None),
            ("2027-05".to_owned(), Some(2026)),
            ("2027-06 2027-07 2027-08".to_owned(), None),
        ];
        assert_eq!(placed(&year, Some(2026)), want);
        assert_eq!(placed(&year, None), want);
    }

    #[test]
    fn the_first_year_comes_from_what_is_known() {
        let one = |months: &[u32], year, school| placed(&[heading(months, year)], school)[0].0.clone();
        assert_eq!(one(&[9], None, Some(2026)), "2026-09");
        assert_eq!(one(&[3], None, Some(2026)), "2027-03");
        assert_eq!(one(&[9], Some(2027), None), "2027-09");
        assert_eq!(one(&[9], None, None), "2030-09");
        let summer = [heading(&[6, 7], None), heading(&[8], None), heading(&[9], None), heading(&[1], None)];
        assert_eq!(placed(&summer, Some(2026))[0].0, "2026-06 2026-07");
        assert_eq!(placed(&summer, Some(2026))[3].0, "2027-01");
    }
}
