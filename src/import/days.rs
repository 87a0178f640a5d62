//! Cells that name a week or a day: "Tuần 2 Từ 09/11 - 13/11", "Thứ Hai 16/11", "18-19/11".

use chrono::{Datelike, NaiveDate};

use super::doubt::{Doubt, DoubtKind};
use super::item::DayCell;
use super::resolve::Surroundings;
use crate::vietnamese::{DaySaid, Token, TokenKind, day_at, fold_words, tokens, weekday_at};

/// A week that a cell or heading names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Its days as printed.
    pub quote: String,
}

/// The week that a cell or heading names.
pub fn week_named(text: &str, around: &Surroundings) -> Option<Week> {
    let tokens = tokens(text);
    (0..tokens.len()).find_map(|at| {
        let range = range_at(text, &tokens, at)?;
        let to = around.resolve(range.to, "")?.date;
        let from = around.resolve(range.from, "")?.date;
        let quote = text.get(tokens[at].start..tokens[range.next - 1].end)?.to_owned();
        (from <= to).then_some(Week { from, to, quote })
    })
}

/// First and last day of the week that a cell or heading names.
pub fn week_of(text: &str, around: &Surroundings) -> Option<(NaiveDate, NaiveDate)> {
    week_named(text, around).map(|week| (week.from, week.to))
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

/// "Sáng", "Buổi chiều:", "Cả ngày": a line that is nothing but a part of the day.
pub fn is_half_day(text: &str) -> bool {
    let folded = fold_words(text);
    let name = folded.strip_prefix("buoi ").unwrap_or(&folded);
    matches!(name, "sang" | "chieu" | "toi" | "trua" | "ca ngay" | "s" | "c" | "sang chieu" | "chieu toi")
}

/// A line of nothing but times: dates, clocks, and the words around them.
pub fn says_when(tokens: &[Token]) -> bool {
    const WORDS: [&str; 56] = [
        "ngay", "thang", "tuan", "tu", "den", "truoc", "sau", "cham", "muon", "nhat", "han", "cuoi", "chot",
        "het", "trong", "gio", "h", "g", "sang", "chieu", "toi", "trua", "thu", "hai", "ba", "nam", "bay",
        "chu", "cn", "quy", "i", "ii", "iii", "iv", "dau", "giua", "hang", "moi", "ca", "thuong", "xuyen",
        "khong", "qua", "du", "kien", "la", "luc", "vao", "va", "dot", "buoi", "dot", "xuat", "khi", "dinh",
        "ky",
    ];
    let known = |t: &Token| t.kind != TokenKind::Word || WORDS.contains(&t.folded.as_str());
    let timely = |t: &Token| {
        matches!(t.kind, TokenKind::Number { .. })
            || ["thang", "tuan", "ngay", "quy", "xuyen", "xuat"].iter().any(|word| t.is_word(word))
    };
    !tokens.is_empty() && tokens.len() <= 24 && tokens.iter().all(known) && tokens.iter().any(timely)
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
    let joins = sign.is_range_sign() || sign.is_word("den") || sign.is_word("toi");
    let neighbours =
        ["va", "hoac", "hay"].iter().any(|word| sign.is_word(word)) || sign.is_sign(',') || sign.is_sign('&');
    if !(joins || neighbours) {
        return None;
    }
    // "15/9 -> 30/9"
    second += usize::from(sign.is_dash() && tokens.get(second).is_some_and(|t| t.is_sign('>')));
    while tokens.get(second).is_some_and(|t| t.is_word("het") || t.is_word("ngay") || t.is_word("hết")) {
        second += 1;
    }
    // "Thứ Bảy 11/11 - Chủ nhật, 12/11"
    if let Some((_, behind)) = weekday_at(text, tokens, second).filter(|_| joins) {
        second = behind;
        while tokens.get(second).is_some_and(|t| t.is_sign(',') || t.is_word("ngay")) {
            second += 1;
        }
    }
    let (to, next) = day_at(text, tokens, second).filter(|(day, _)| !day.weak)?;
    let from = match own {
        Some(day) => DaySaid { year: day.year.or(to.year.filter(|_| day.month <= to.month)), ..day },
        None => DaySaid { day: bare?, ..to },
    };
    let ordered = from.month != to.month || from.day < to.day;
    let close = !neighbours
        || last.filter(|_| own.is_none()).map_or_else(|| follows(from, to), |last| to.day == last + 1);
    (ordered && close && from.is_real()).then_some(DayRange { from, to, next })
}

/// Whether a day is the one after another: "31/10 và 01/11". Two days of one month with a month each are two dates.
fn follows(from: DaySaid, to: DaySaid) -> bool {
    let mut next = DaySaid { day: from.day + 1, ..from };
    if !next.is_real() || (from.month == 2 && from.day == 28 && to.month == 3) {
        next = DaySaid { day: 1, month: from.month % 12 + 1, ..from };
    }
    from.month != to.month && (to.day, to.month) == (next.day, next.month)
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
            ("14/11 - Chủ nhật 15/11", Some((14, 11, 15, 11))),
            ("12/10 đến thứ Sáu, ngày 16/10", Some((12, 10, 16, 10))),
            ("15/9-20/9", Some((15, 9, 20, 9))),
            ("28/12 - 03/01", Some((28, 12, 3, 1))),
            ("8,9,10/9", Some((8, 9, 10, 9))),
            ("15/9 → 30/9", Some((15, 9, 30, 9))),
            ("15/9 -> 30/9", Some((15, 9, 30, 9))),
            ("15/9 ~ 30/9", Some((15, 9, 30, 9))),
            ("24 hoặc 25/9", Some((24, 9, 25, 9))),
            ("31/10 và 01/11", Some((31, 10, 1, 11))),
            ("28/02, 01/3", Some((28, 2, 1, 3))),
            ("14/02 và 23/02", None),
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
