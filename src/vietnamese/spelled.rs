//! Days whose number is spelled in words ("mồng năm tháng mười"), and days that lost a slash ("20/92026").

use super::dates::{DaySaid, YearSaid, year_of};
use super::tokens::{Token, TokenKind};

/// Whether the number of a day begins at `at` in words, as [`super::day_at`] reads it.
#[must_use]
pub fn is_spelled_day(text: &str, tokens: &[Token], at: usize) -> bool {
    spelled_number(tokens, at).is_some() && super::day_at(text, tokens, at).is_some()
}

/// The number of a day in words at `at`, behind "ngày", "mồng" or "mùng" and before "tháng", and the index of that word.
pub(super) fn spelled_number(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let first = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?;
    let ten = first.folded == "muoi";
    let digit = digit_of(&first.folded);
    if !ten && digit.is_none() {
        return None;
    }
    let named = tokens.get(at.checked_sub(1)?)?;
    if !["ngay", "mong", "mung"].iter().any(|word| named.is_word(word)) {
        return None;
    }
    let word = |at: usize| tokens.get(at).filter(|t| t.kind == TokenKind::Word).map(|t| t.folded.as_str());
    let (tens, mut next) = match digit {
        None => (10, at + 1),
        Some(tens) if word(at + 1) == Some("muoi") => (tens * 10, at + 2),
        Some(day) => return (word(at + 1) == Some("thang")).then_some((day, at + 1)),
    };
    let mut day = tens;
    if let Some(unit) = word(next).and_then(digit_of) {
        day += unit;
        next += 1;
    }
    (word(next) == Some("thang") && (1..=31).contains(&day)).then_some((day, next))
}

/// One to nine, as said alone or behind tens.
fn digit_of(word: &str) -> Option<u32> {
    Some(match word {
        "mot" => 1,
        "hai" => 2,
        "ba" => 3,
        "bon" | "tu" => 4,
        "nam" | "lam" | "nham" => 5,
        "sau" => 6,
        "bay" => 7,
        "tam" => 8,
        "chin" => 9,
        _ => return None,
    })
}

/// A day with its year that lost one slash, or has one too many, at `at`: "20/92026", "209/2026", "20//9/2026"; where the figures
/// can be cut in one way only. The index of the token after it comes with it.
#[must_use]
pub fn torn_day_at(tokens: &[Token], at: usize) -> Option<(DaySaid, usize)> {
    let glued = |at: usize| tokens[at - 1].end == tokens[at].start;
    let (first, sign, second) = (tokens.get(at)?, tokens.get(at + 1)?, tokens.get(at + 2)?);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let within = before.is_some_and(|t| t.end == first.start && !t.is_sign('(') && !t.is_sign(':'));
    if within || !sign.is_sign('/') || !glued(at + 1) || !glued(at + 2) {
        return None;
    }
    first.number()?;
    let (figures, mut next) = match second.number() {
        Some(_) => (vec![first.folded.as_str(), second.folded.as_str()], at + 3),
        // "20//9/2026"
        None if second.is_sign('/') => {
            let (third, last, year) = (tokens.get(at + 3)?, tokens.get(at + 4)?, tokens.get(at + 5)?);
            third.number().and(year.number()).filter(|_| last.is_sign('/'))?;
            (vec![first.folded.as_str(), third.folded.as_str(), year.folded.as_str()], at + 6)
        }
        None => return None,
    };
    let said = match figures.as_slice() {
        [day, rest] if day.len() <= 2 && (5..=6).contains(&rest.len()) => {
            let (month, year) = rest.split_at(rest.len() - 4);
            whole(day, month, year)
        }
        [days, year] if (3..=4).contains(&days.len()) => {
            let cuts = (1..=2).filter(|cut| days.len() - cut <= 2);
            // Nobody writes "2/09".
            let usual = |cut: &usize| *cut > 1 || !days[*cut..].starts_with('0');
            let mut found = cuts.filter(usual).filter_map(|cut| whole(&days[..cut], &days[cut..], year));
            found.next().filter(|_| found.next().is_none())
        }
        [day, month, year] => whole(day, month, year),
        _ => None,
    }?;
    // "209/2026/QĐ-UBND": the number of a document.
    let more =
        tokens.get(next).is_some_and(|t| t.start == tokens[next - 1].end && (t.is_sign('/') || t.is_dash()));
    next = if more { return None } else { next };
    Some((said, next))
}

fn whole(day: &str, month: &str, year: &str) -> Option<DaySaid> {
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    let year = year_of(year.parse().ok()?, year.len()).filter(|year| matches!(year, YearSaid::Printed(_)))?;
    let said = DaySaid { day, month, year: Some(year), weak: false, repaired: false };
    (day > 0 && (1..=12).contains(&month) && said.is_real()).then_some(said)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn days_that_lost_a_slash() {
        let table = [
            ("20/92026", Some((20, 9))),
            ("20/102026", Some((20, 10))),
            ("05/012026", Some((5, 1))),
            ("209/2026", Some((20, 9))),
            ("2009/2026", Some((20, 9))),
            ("0510/2026", Some((5, 10))),
            ("20//9/2026", Some((20, 9))),
            // The 11th of January or the 1st of November.
            ("111/2026", None),
            ("209/2026/QĐ-UBND", None),
            ("36/2017", None),
            ("20/9/2026", None),
            ("99/992026", None),
            ("20/92926", None),
        ];
        for (text, want) in table {
            let got = torn_day_at(&tokens(text), 0).map(|(day, _)| (day.day, day.month));
            assert_eq!(got, want, "{text}");
        }
    }
}
