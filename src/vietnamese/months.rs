//! Months and school years as said: "THÁNG 6,7,8/2021", "Tháng Mười một", "6+7 /2023", "năm học 2022 – 2023".

use super::dates::{YearSaid, month_number_at, year_of};
use super::tokens::{Token, TokenKind};
use crate::domain::SchoolYear;

/// A month as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthSaid {
    /// 1 to 12.
    pub month: u32,
    /// The year printed with it, or after the last month of its list.
    pub year: Option<i32>,
}

/// The months said from the token at `at` on, and the index after them: "6,7,8/2021", "12/2024, 01/2025", "Chín năm 2026",
/// "tháng 6 + tháng 7". A dash between two months takes in those between.
#[must_use]
pub fn months_at(text: &str, tokens: &[Token], at: usize) -> Option<(Vec<MonthSaid>, usize)> {
    let mut months: Vec<MonthSaid> = Vec::new();
    let mut without_year = 0;
    let mut next = at;
    let mut through = false;
    loop {
        if is_month_word(tokens.get(next)) || is_short_month(text, tokens, next) {
            next += 1;
        }
        let Some((month, after)) = month_number_at(text, tokens, next) else { break };
        if through && let Some(first) = months.last().map(|m| m.month) {
            months.extend((1..12).map(|n| (first - 1 + n) % 12 + 1).take_while(|m| *m != month).map(plain));
        }
        months.push(plain(month));
        next = after;
        if let Some((year, after)) = year_after(text, tokens, next) {
            for said in &mut months[without_year..] {
                said.year = Some(year);
            }
            without_year = months.len();
            next = after;
        }
        let Some(sign) = tokens.get(next) else { break };
        let listed = sign.is_sign(',') || sign.is_sign('+') || sign.is_sign('&') || sign.is_word("va");
        through = sign.is_range_sign() || sign.is_word("den");
        let follows = is_month_word(tokens.get(next + 1))
            || is_short_month(text, tokens, next + 1)
            || month_number_at(text, tokens, next + 1).is_some();
        if !(listed || through) || !follows {
            break;
        }
        next += 1;
    }
    let lonely = next < tokens.len() && tokens[next].is_sign('/');
    (!months.is_empty() && !lonely).then_some((months, next))
}

fn plain(month: u32) -> MonthSaid {
    MonthSaid { month, year: None }
}

/// "T9/2026", "T10", "T3 đến T5/2027": a month in short. "T2" to "T7" by themselves are days of the week.
#[must_use]
pub fn is_short_month(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(month) = letter_and_month(tokens, at) else { return false };
    let late = month == 1 || month >= 8;
    let joins = |sign: &Token| {
        sign.is_sign(',')
            || sign.is_sign('+')
            || sign.is_sign('&')
            || sign.is_range_sign()
            || sign.is_word("va")
            || sign.is_word("den")
    };
    late || year_after(text, tokens, at + 2).is_some()
        || (tokens.get(at + 2).is_some_and(joins) && is_short_month(text, tokens, at + 3))
}

/// "T6": a capital T and the number of a month, joined.
#[must_use]
pub fn letter_and_month(tokens: &[Token], at: usize) -> Option<u32> {
    let (letter, number) = (tokens.get(at)?, tokens.get(at + 1)?);
    let joined = letter.is_word("t") && letter.capital && letter.end == number.start;
    number.number().filter(|month| joined && (1..=12).contains(month))
}

/// The months of a quarter at `at`: "quý I", "Quý IV/2026", "QUÝ 2 NĂM 2027", and the index after it.
#[must_use]
pub fn quarter_at(text: &str, tokens: &[Token], at: usize) -> Option<(Vec<MonthSaid>, usize)> {
    let number = tokens.get(at).filter(|t| t.is_word("quy")).and(tokens.get(at + 1))?;
    let quarter = match number.folded.as_str() {
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        _ => number.number().filter(|n| (1..=4).contains(n) && number.width() == 1)?,
    };
    let (year, next) =
        year_after(text, tokens, at + 2).map_or((None, at + 2), |(year, next)| (Some(year), next));
    let first = quarter * 3 - 2;
    Some(((first..first + 3).map(|month| MonthSaid { month, year }).collect(), next))
}

/// "tháng", also as scanners and hasty fingers write it.
#[must_use]
pub fn is_month_word(token: Option<&Token>) -> bool {
    token.is_some_and(|t| {
        t.kind == TokenKind::Word
            && matches!(t.folded.as_str(), "thang" | "thanh" | "thamg" | "tháng" | "thag")
    })
}

/// `/2026`, `-2026`, `.2026`, ` năm 2026`, ` 2026`.
fn year_after(text: &str, tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let sign = tokens.get(at)?;
    let joined = sign.is_sign('/') || sign.is_sign('.') || sign.is_dash() || sign.is_word("nam");
    let at = if joined { at + 1 } else { at };
    let token = tokens.get(at)?;
    if token.width() != 4 {
        return None;
    }
    match year_of(token.loose_number(text)?, 4)? {
        YearSaid::Printed(year) => Some((year, at + 1)),
        _ => None,
    }
}

/// The first school year named by "năm học": two following years, also with a digit lost ("202-2023"), and whether it was
/// repaired.
#[must_use]
pub fn school_year(text: &str, tokens: &[Token]) -> Option<(SchoolYear, bool)> {
    (0..tokens.len()).find_map(|at| {
        let named = tokens[at].is_word("nam") && tokens.get(at + 1).is_some_and(|t| t.is_word("hoc"));
        if named { years_at(text, tokens, at + 2) } else { None }
    })
}

/// Two following years at `at`: `2022-2023`, `2022 – 2023`, `2022/2023`.
#[must_use]
pub fn years_at(text: &str, tokens: &[Token], at: usize) -> Option<(SchoolYear, bool)> {
    let sign = tokens.get(at + 1)?;
    if !(sign.is_dash() || sign.is_sign('/')) {
        return None;
    }
    let first = tokens.get(at)?.loose_number(text)?;
    let second = tokens.get(at + 2)?.loose_number(text)?;
    let second = if second < 100 { 2000 + second } else { second };
    let year = |y: u32| i32::try_from(y).ok();
    match (first, second) {
        (2000..=2100, _) if second == first + 1 => Some((SchoolYear(year(first)?), false)),
        (2000..=2100, 200..=299) => Some((SchoolYear(year(first)?), true)),
        (200..=299, 2001..=2100) => Some((SchoolYear(year(second)? - 1), true)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn months(text: &str) -> Vec<(u32, Option<i32>)> {
        let tokens = tokens(text);
        months_at(text, &tokens, 0)
            .map(|(months, _)| months.iter().map(|m| (m.month, m.year)).collect())
            .unwrap_or_default()
    }

    type Said = &'static [(u32, Option<i32>)];

    #[test]
    fn months_as_said() {
        let table: [(&str, Said); 20] = [
            ("T9/2026:", &[(9, Some(2026))]),
            ("T10", &[(10, None)]),
            ("T10, T11 /2026", &[(10, Some(2026)), (11, Some(2026))]),
            ("T3 đến T5/2027", &[(3, Some(2027)), (4, Some(2027)), (5, Some(2027))]),
            ("T2, T3", &[]),
            ("T2", &[]),
            ("Tháng 9 → 11/2026", &[(9, Some(2026)), (10, Some(2026)), (11, Some(2026))]),
            ("THÁNG 8/2026:", &[(8, Some(2026))]),
            ("THÁNG 01, 02/2027", &[(1, Some(2027)), (2, Some(2027))]),
            ("6+7 /2027", &[(6, Some(2027)), (7, Some(2027))]),
            ("12/2026, 01/2027", &[(12, Some(2026)), (1, Some(2027))]),
            ("THÁNG10 /2026", &[(10, Some(2026))]),
            ("THÁNG MƯỜI MỘT", &[(11, None)]),
            ("Tháng Chín năm 2026", &[(9, Some(2026))]),
            ("THÁNG 02 VÀ 03", &[(2, None), (3, None)]),
            ("Tháng 6 - 8/2027", &[(6, Some(2027)), (7, Some(2027)), (8, Some(2027))]),
            ("THÁNH 3/2O27", &[(3, Some(2027))]),
            ("Tháng 12 + tháng 01", &[(12, None), (1, None)]),
            ("13/2026", &[]),
            ("9/9/2026", &[]),
        ];
        for (text, want) in table {
            assert_eq!(months(text), want, "{text}");
        }
    }

    #[test]
    fn school_years_as_said() {
        let table = [
            ("nhiệm vụ năm học 2026-2027", Some((2026, false))),
            ("Năm học 2026 – 2027", Some((2026, false))),
            ("năm học 202-2027", Some((2026, true))),
            ("giai đoạn 2021-2025", None),
            ("năm học 2021-2025", None),
        ];
        for (text, want) in table {
            let got = school_year(text, &tokens(text)).map(|(y, repaired)| (y.0, repaired));
            assert_eq!(got, want, "{text}");
        }
    }
}
