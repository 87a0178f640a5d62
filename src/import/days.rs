//! Cells that name a week or a day: "Tuần 2 Từ 09/11 - 13/11", "Thứ Hai 16/11", "18-19/11".

use chrono::{Datelike, NaiveDate};

use super::doubt::{Doubt, DoubtKind};
use super::item::DayCell;
use super::resolve::Surroundings;
use crate::vietnamese::{DaySaid, Token, TokenKind, day_at, tokens, weekday_at};

/// First and last day of the week that a cell or heading names.
pub fn week_of(text: &str, around: &Surroundings) -> Option<(NaiveDate, NaiveDate)> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let range = range_at(text, &tokens, at)?;
        let to = around.resolve(range.to, "")?.date;
        let from = around.resolve(range.from, "")?.date;
        (from <= to).then_some((from, to))
    })
}

/// Whether a line is nothing but the name of a week or of days: "Tuần 2", "Từ 09/11 - 13/11", "Thứ Hai".
pub fn is_label(text: &str) -> bool {
    const WORDS: [&str; 22] = [
        "tuan", "tu", "den", "ngay", "thu", "hai", "ba", "nam", "sau", "bay", "chu", "nhat", "thang", "sang",
        "chieu", "hoc", "i", "ii", "iii", "iv", "v", "bon",
    ];
    let tokens = tokens(text);
    let names =
        tokens.iter().any(|t| t.is_word("tuan") || t.is_word("tu") || t.is_word("thu") || t.is_word("ngay"));
    let known = |t: &Token| t.kind != TokenKind::Word || WORDS.contains(&t.folded.as_str());
    names && tokens.len() > 1 && tokens.iter().all(known)
}

/// The day or days that a cell of a calendar names.
pub fn day_cell(text: &str, around: &Surroundings, line: usize, doubts: &mut Vec<Doubt>) -> Option<DayCell> {
    let tokens = tokens(text);
    let quote = |from: usize, next: usize| text[tokens[from].start..tokens[next - 1].end].to_owned();
    let weekday = (0..tokens.len()).find_map(|at| weekday_at(text, &tokens, at)).map(|(day, _)| day);
    for at in 0..tokens.len() {
        if let Some(range) = range_at(text, &tokens, at) {
            let to = around.resolve(range.to, "")?.date;
            let from = around.resolve(range.from, "")?.date;
            return Some(DayCell { from, to, quote: quote(at, range.next), clock: None });
        }
        if let Some((day, next)) = day_at(text, &tokens, at) {
            let resolved = around.resolve(day, &quote(at, next))?;
            doubts.extend(resolved.doubt.map(|kind| Doubt::new(line, kind)));
            let date = resolved.date;
            if weekday.is_some_and(|weekday| weekday != date.weekday().number_from_monday()) {
                let printed = text.trim().to_owned();
                doubts.push(Doubt::new(line, DoubtKind::WeekdayMismatch { printed, date }));
            }
            return Some(DayCell { from: date, to: date, quote: quote(at, next), clock: None });
        }
    }
    None
}

/// Two days joined by a dash, "đến", or as neighbours ("18, 19/11").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRange {
    /// First day.
    pub from: DaySaid,
    /// Last day.
    pub to: DaySaid,
    /// Index of the token after it.
    pub next: usize,
}

/// The range of days that begins with the number at `at`: "15/9 - 26/9", "5 - 15/9", "07–11/9", "13 và 14/11",
/// "06/4 đến ngày 10/4", "19-23/10".
pub fn range_at(text: &str, tokens: &[Token], at: usize) -> Option<DayRange> {
    let first = tokens.get(at)?;
    if at > 1 && tokens[at - 1].start == tokens[at - 2].end && tokens[at - 1].is_sign('/') {
        return None;
    }
    // A whole day first; a bare number only if the second day lends it its month.
    let (own, after) = match day_at(text, tokens, at) {
        Some((day, next)) if !day.weak => (Some(day), next),
        _ => (None, at + 1),
    };
    let bare = first.loose_number(text).filter(|n| (1..=31).contains(n) && first.width() <= 2);
    // "8, 9, 10/9": the days between are named too.
    let mut after = after;
    let mut last = bare;
    while own.is_none()
        && tokens.get(after).is_some_and(|t| t.is_sign(','))
        && let Some(next) = tokens.get(after + 1).and_then(Token::number)
        && last.is_some_and(|last| next == last + 1)
        && tokens.get(after + 2).is_some_and(|t| t.is_sign(',') || t.is_word("va"))
    {
        last = Some(next);
        after += 2;
    }
    let sign = tokens.get(after)?;
    let mut second = after + 1;
    let joins = sign.is_dash() || sign.is_word("den") || sign.is_word("toi");
    let neighbours = own.is_none() && (sign.is_sign(',') || sign.is_word("va") || sign.is_sign('&'));
    if !(joins || neighbours) {
        return None;
    }
    while tokens.get(second).is_some_and(|t| t.is_word("het") || t.is_word("ngay") || t.is_word("hết")) {
        second += 1;
    }
    let (to, next) = day_at(text, tokens, second).filter(|(day, _)| !day.weak)?;
    let from = match own {
        Some(day) => DaySaid { year: day.year.or(to.year.filter(|_| day.month <= to.month)), ..day },
        None => DaySaid { day: bare?, ..to },
    };
    let ordered = from.month != to.month || from.day < to.day;
    let close = !neighbours || last.is_some_and(|last| to.day == last + 1);
    (ordered && close && from.is_real()).then_some(DayRange { from, to, next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_as_said() {
        let table = [
            ("15/9 - 26/9", Some((15, 9, 26, 9))),
            ("5 - 15/9", Some((5, 9, 15, 9))),
            ("07–11/9", Some((7, 9, 11, 9))),
            ("13 và 14/11", Some((13, 11, 14, 11))),
            ("05, 06/3", Some((5, 3, 6, 3))),
            ("06/4 đến hết ngày 10/4", Some((6, 4, 10, 4))),
            ("15/9-20/9", Some((15, 9, 20, 9))),
            ("28/12 - 03/01", Some((28, 12, 3, 1))),
            ("8,9,10/9", Some((8, 9, 10, 9))),
            ("20/9, 20/12", None),
            ("1, 4/12", None),
            ("12/13 chỉ tiêu", None),
        ];
        for (text, want) in table {
            let tokens = tokens(text);
            let got = range_at(text, &tokens, 0).map(|r| (r.from.day, r.from.month, r.to.day, r.to.month));
            assert_eq!(got, want, "{text}");
        }
    }
}
