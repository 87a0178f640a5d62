//! Days, months and clock times as said: "17/10", "ngày 05 tháng Ba năm 2026", "16g30". Nothing is resolved here.

use super::spelled::spelled_number;
use super::tokens::{Token, TokenKind};

/// A day as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySaid {
    /// 1 to 31.
    pub day: u32,
    /// 1 to 12.
    pub month: u32,
    /// The year, if one was said.
    pub year: Option<YearSaid>,
    /// Written in a way that other numbers are written in too (`24.10`, `8-3`): a date only if the words around say so.
    pub weak: bool,
    /// Letters were read as digits.
    pub repaired: bool,
}

/// A year as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearSaid {
    /// Four digits, or two (26 is 2026).
    Printed(i32),
    /// Three digits, one was lost: `206`.
    Damaged(u32),
    /// "năm sau".
    Next,
}

/// A clock time as said, 00:00 to 24:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockSaid {
    /// 0 to 24.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
}

/// The day that begins with the number at `at`, and the index of the token after it.
#[must_use]
pub fn day_at(text: &str, tokens: &[Token], at: usize) -> Option<(DaySaid, usize)> {
    let first = tokens.get(at)?;
    if at > 0 && joins_numbers(&tokens[at - 1], first) && at > 1 && tokens[at - 2].number().is_some() {
        return None;
    }
    if let Some((day, next)) = spelled_number(tokens, at) {
        let (said, next) = day_with_words(text, tokens, next - 1, day)?;
        return said.is_real().then_some((said, next));
    }
    let day = first.loose_number(text).filter(|day| (1..=31).contains(day) && first.width() <= 2)?;
    let repaired = is_repaired(first);
    let (mut said, mut next) = day_with_signs(text, tokens, at, day).or_else(|| {
        first.number()?;
        day_with_words(text, tokens, at, day)
    })?;
    said.repaired |= repaired;
    if said.year.is_none() && words_at(tokens, next, &["nam", "sau"]) {
        said.year = Some(YearSaid::Next);
        next += 2;
    }
    said.is_real().then_some((said, next))
}

impl DaySaid {
    /// Whether some year has this day.
    #[must_use]
    pub fn is_real(&self) -> bool {
        self.day <= days_of(self.month)
    }
}

/// What is printed like a day that no year has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnrealDay {
    /// As printed: 1 to 99.
    pub day: u32,
    /// As printed: 1 to 99.
    pub month: u32,
    /// The printed year.
    pub year: Option<i32>,
    /// Whether "tháng" stands between day and month.
    pub words: bool,
}

/// "31/9", "32/10/2026", "30 tháng 02 năm 2027", "15/13/2026" at `at`, and the index of the token after it. A ratio ("24/25")
/// may look like one.
#[must_use]
pub fn unreal_day_at(text: &str, tokens: &[Token], at: usize) -> Option<(UnrealDay, usize)> {
    let number =
        |at: usize| tokens.get(at).filter(|t| t.width() <= 2).and_then(Token::number).filter(|n| *n > 0);
    let (day, sign) = (number(at)?, tokens.get(at + 1)?);
    let joined = at > 0 && joins_numbers(&tokens[at - 1], &tokens[at]);
    let words = sign.is_word("thang");
    let named = if words { month_number_at(text, tokens, at + 2) } else { None };
    let (month, next) = named.or_else(|| Some((number(at + 2)?, at + 3)))?;
    if joined || !(words || sign.is_sign('/')) || (month <= 12 && day <= days_of(month)) {
        return None;
    }
    let mark = tokens.get(next).filter(|t| t.is_word("nam") || t.is_sign('/'));
    let year = mark.and(tokens.get(next + 1)).filter(|t| t.width() == 4);
    match year.and_then(|t| year_of(t.loose_number(text)?, 4)) {
        Some(YearSaid::Printed(year)) => Some((UnrealDay { day, month, year: Some(year), words }, next + 2)),
        // "31/12/…", "02/22/NQ": a third part that is no year.
        _ if mark.is_some_and(|t| t.is_sign('/')) => None,
        _ => Some((UnrealDay { day, month, year: None, words }, next)),
    }
}

fn days_of(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `17/10`, `17/10/2026`, `12/ 11`, `24.10`, `12-12-2026`.
fn day_with_signs(text: &str, tokens: &[Token], at: usize, day: u32) -> Option<(DaySaid, usize)> {
    let sign = tokens.get(at + 1)?;
    let second = tokens.get(at + 2)?;
    if let Some(found) = day_of_a_sheet(tokens, at, day) {
        return Some(found);
    }
    let slash = sign.is_sign('/');
    let close = |a: &Token, b: &Token| b.start - a.end <= usize::from(slash);
    if !(slash || sign.is_sign('.') || sign.is_dash()) || !close(&tokens[at], sign) || !close(sign, second) {
        return None;
    }
    let month = second.loose_number(text).filter(|month| (1..=12).contains(month) && second.width() <= 2)?;
    let mut said = DaySaid { day, month, year: None, weak: !slash, repaired: is_repaired(second) };
    if second.number().is_none() && tokens.get(at + 3).is_none_or(|t| !t.is_sign('/')) {
        return None;
    }
    let mut next = at + 3;
    if let (Some(sign2), Some(third)) = (tokens.get(next), tokens.get(next + 1))
        && sign2.folded == sign.folded
        && close(second, sign2)
        && close(sign2, third)
    {
        match third.loose_number(text).and_then(|value| year_of(value, third.width())) {
            Some(year) => {
                said.year = Some(year);
                said.repaired |= is_repaired(third);
                said.weak = false;
                next += 2;
            }
            None if third.start == sign2.end => return None,
            None => {}
        }
    } else if tokens.get(next).is_some_and(|t| t.is_word("nam"))
        && let Some(year) = tokens.get(next + 1).and_then(|t| year_of(t.loose_number(text)?, t.width()))
    {
        said.year = Some(year);
        next += 2;
    }
    let glued = tokens.get(next).filter(|t| t.start == tokens[next - 1].end);
    let bad = glued.is_some_and(|t| t.is_sign('%') || t.kind == TokenKind::Word || t.is_sign('/'))
        || tokens.get(next).is_some_and(|t| t.is_sign('%'));
    // A document's number: 02/11-NQ.
    let numbered = glued.is_some_and(Token::is_dash)
        && tokens.get(next + 1).is_some_and(|t| t.kind == TokenKind::Word && t.capital && t.width() > 1);
    (!bad && !numbered).then_some((said, next))
}

/// `20-Thg9`, `5-Sep`: as sheets print a day by themselves.
fn day_of_a_sheet(tokens: &[Token], at: usize, day: u32) -> Option<(DaySaid, usize)> {
    const ENGLISH: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = tokens.get(at + 1).filter(|t| t.is_dash()).and(tokens.get(at + 2))?;
    let (month, mut next) = if name.is_word("thg") {
        (tokens.get(at + 3)?.number().filter(|month| (1..=12).contains(month))?, at + 4)
    } else {
        let month = ENGLISH.iter().position(|month| name.is_word(month))?;
        (u32::try_from(month + 1).ok()?, at + 3)
    };
    let mut year = None;
    if tokens.get(next).is_some_and(Token::is_dash)
        && let Some(said) = tokens.get(next + 1).and_then(|t| year_of(t.number()?, t.width()))
    {
        year = Some(said);
        next += 2;
    }
    Some((DaySaid { day, month, year, weak: false, repaired: false }, next))
}

/// `05 tháng 12 năm 2026`, `15 tháng Ba`, `20 tháng 10/2026`.
fn day_with_words(text: &str, tokens: &[Token], at: usize, day: u32) -> Option<(DaySaid, usize)> {
    if !tokens.get(at + 1)?.is_word("thang") {
        return None;
    }
    let (month, mut next) = month_number_at(text, tokens, at + 2)?;
    let mut said = DaySaid { day, month, year: None, weak: false, repaired: false };
    let mark = tokens.get(next).filter(|t| t.is_word("nam") || t.is_sign('/'));
    if mark.is_some()
        && let Some(year) = tokens.get(next + 1).and_then(|t| year_of(t.loose_number(text)?, t.width()))
    {
        said.year = Some(year);
        next += 2;
    }
    Some((said, next))
}

/// A month's number at `at`: digits, or a word of its name, and the index after it.
#[must_use]
pub fn month_number_at(text: &str, tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let token = tokens.get(at)?;
    if let Some(month) = token.loose_number(text) {
        return ((1..=12).contains(&month) && token.width() <= 2).then_some((month, at + 1));
    }
    // With their marks: without them "từ", "sau" and "nam" would be months.
    let printed = |at: usize| {
        tokens.get(at).and_then(|t| text.get(t.start..t.end)).map(str::to_lowercase).unwrap_or_default()
    };
    let month = match (printed(at).as_str(), printed(at + 1).as_str()) {
        ("mười" | "muoi", "một" | "mot") => return Some((11, at + 2)),
        ("mười" | "muoi", "hai") => return Some((12, at + 2)),
        ("mười" | "muoi", _) => 10,
        ("giêng" | "một" | "gieng" | "mot", _) => 1,
        ("hai", _) => 2,
        ("ba", _) => 3,
        ("tư" | "bốn" | "bon", _) => 4,
        ("năm", _) => 5,
        ("sáu", _) => 6,
        ("bảy" | "bẩy" | "bay", _) => 7,
        ("tám" | "tam", _) => 8,
        ("chín" | "chin", _) => 9,
        ("chạp" | "chap", _) => 12,
        _ => return None,
    };
    Some((month, at + 1))
}

/// The clock time that begins with the number at `at`: `17h00`, `11g30`, `7 giờ 30 phút`, `24:00`, and the index after it.
#[must_use]
pub fn clock_at(text: &str, tokens: &[Token], at: usize) -> Option<(ClockSaid, usize)> {
    let first = tokens.get(at)?;
    let hour = first.loose_number(text).filter(|&hour| hour <= 24 && first.width() <= 2)?;
    let mark = tokens.get(at + 1)?;
    if mark.is_sign(':') && mark.start == first.end {
        let minute = tokens.get(at + 2).filter(|t| t.start == mark.end && t.width() == 2)?;
        let minute = minute.number().filter(|&m| m < 60)?;
        return Some((ClockSaid { hour, minute }, at + 3));
    }
    let letter = (mark.is_word("h") || mark.is_word("g")) && mark.start - first.end <= 1;
    if !letter && !mark.is_word("gio") {
        return None;
    }
    let minute = tokens.get(at + 2).filter(|t| t.width() == 2 && t.start - mark.end <= usize::from(!letter));
    match minute.and_then(|t| t.loose_number(text)).filter(|&m| m < 60) {
        Some(minute) => {
            let end =
                at + 3 + usize::from(tokens.get(at + 3).is_some_and(|t| is_minute_mark(t, &tokens[at + 2])));
            // "17 giờ 30/9": the number begins a date.
            if tokens.get(at + 3).is_some_and(|t| t.is_sign('/')) {
                return Some((ClockSaid { hour, minute: 0 }, at + 2));
            }
            Some((ClockSaid { hour, minute }, end))
        }
        None => Some((ClockSaid { hour, minute: 0 }, at + 2)),
    }
}

/// "30 phút", "30p", "30'": what stands behind minutes, with whatever an editor makes of the stroke.
fn is_minute_mark(mark: &Token, minutes: &Token) -> bool {
    let stroke = matches!(mark.kind, TokenKind::Sign('\'' | '’' | '‘' | '′' | '´' | '`' | 'ʼ' | 'ʹ'));
    let glued = mark.start == minutes.end;
    mark.is_word("phut") || (glued && (stroke || mark.is_word("p") || mark.is_word("ph")))
}

/// A weekday at `at` ("thứ Hai", "thứ 6", "chủ nhật") as 1 (Monday) to 7 (Sunday), and the index after it.
#[must_use]
pub fn weekday_at(text: &str, tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let token = tokens.get(at)?;
    let next = tokens.get(at + 1)?;
    if token.is_word("chu") && next.is_word("nhat") {
        return Some((7, at + 2));
    }
    if let Some(found) = short_weekday(text, tokens, at) {
        return Some(found);
    }
    // "thu 2 khoản" is no Monday; where a text has no marks at all, "thu 2" may be one.
    let printed = text.get(token.start..token.end)?;
    if !token.is_word("thu") || !(printed.to_lowercase() == "thứ" || text.is_ascii()) {
        return None;
    }
    let day = match next.folded.as_str() {
        "hai" | "2" => 1,
        "ba" | "3" => 2,
        "tu" | "bon" | "4" => 3,
        "nam" | "5" => 4,
        "sau" | "6" => 5,
        "bay" | "7" => 6,
        _ => return None,
    };
    Some((day, at + 2))
}

/// "T2, 08/12", "CN 21/3", "Chiều T7 (13/12)": short for a weekday where its day stands behind it.
fn short_weekday(text: &str, tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let token = tokens.get(at)?;
    let (day, next) = match token.folded.as_str() {
        "cn" if token.capital => (7, at + 1),
        "t" if token.capital => {
            let number = tokens.get(at + 1).filter(|t| t.start == token.end && t.width() == 1)?;
            (number.number().filter(|n| (2..=7).contains(n))? - 1, at + 2)
        }
        _ => return None,
    };
    let mut place = next;
    while tokens.get(place).is_some_and(|t| t.is_sign(',') || t.is_sign('(') || t.is_word("ngay")) {
        place += 1;
    }
    let (said, _) = day_at(text, tokens, place)?;
    let apart = place > next || tokens[place].start > tokens[next - 1].end;
    (apart && !said.weak).then_some((day, next))
}

/// A printed year of `width` digits: four, two (this century), or three with one lost.
#[must_use]
pub fn year_of(value: u32, width: usize) -> Option<YearSaid> {
    match width {
        4 if (1990..=2100).contains(&value) => i32::try_from(value).ok().map(YearSaid::Printed),
        // "20226", "2206": a digit too many, or two that changed places.
        4 | 5 if is_near_a_year(value) => Some(YearSaid::Damaged(value)),
        2 if value >= 10 => i32::try_from(2000 + value).ok().map(YearSaid::Printed),
        3 if (190..=299).contains(&value) => Some(YearSaid::Damaged(value)),
        _ => None,
    }
}

/// "2206", "20226": figures of a year of this century with one too many or two in the wrong order.
fn is_near_a_year(value: u32) -> bool {
    (2200..=2299).contains(&value) || (20_200..=20_399).contains(&value)
}

/// Whether these folded words stand at `at`.
#[must_use]
pub fn words_at(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(n, word)| tokens.get(at + n).is_some_and(|t| t.folded == *word))
}

fn joins_numbers(sign: &Token, next: &Token) -> bool {
    (sign.is_sign('/') || sign.is_sign('.')) && sign.end == next.start
}

fn is_repaired(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Number { repaired: true, .. } | TokenKind::Word)
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn day(text: &str) -> Option<(u32, u32, Option<YearSaid>)> {
        let tokens = tokens(text);
        (0..tokens.len()).find_map(|at| day_at(text, &tokens, at)).map(|(d, _)| (d.day, d.month, d.year))
    }

    #[test]
    fn days_as_said() {
        use YearSaid::{Damaged, Next, Printed};
        let table = [
            ("trước ngày 17/10", Some((17, 10, None))),
            ("ngày 05 tháng 12 năm 2026", Some((5, 12, Some(Printed(2026))))),
            ("ngày 15 tháng Ba", Some((15, 3, None))),
            ("ngày 3 tháng mười một", Some((3, 11, None))),
            ("31/12 /2026", Some((31, 12, Some(Printed(2026))))),
            ("ngày 12/ 11", Some((12, 11, None))),
            ("hạn 24.10", Some((24, 10, None))),
            ("12-12-2026", Some((12, 12, Some(Printed(2026))))),
            ("20-Thg9", Some((20, 9, None))),
            ("5-Sep-26", Some((5, 9, Some(Printed(2026))))),
            ("15/12/25", Some((15, 12, Some(Printed(2025))))),
            ("15/5/206", Some((15, 5, Some(Damaged(206))))),
            ("l4/ll/2O25", Some((14, 11, Some(Printed(2025))))),
            ("20/01 năm sau", Some((20, 1, Some(Next)))),
            ("20/9/2206", Some((20, 9, Some(Damaged(2206))))),
            ("20/9/20226", Some((20, 9, Some(Damaged(20226))))),
            ("ngày mồng năm tháng mười", Some((5, 10, None))),
            ("ngày hai mươi tháng chín", Some((20, 9, None))),
            ("ngày ba mươi mốt tháng mười hai năm 2026", Some((31, 12, Some(Printed(2026))))),
            ("mùng một tháng 6", Some((1, 6, None))),
            ("ngày mười lăm tháng Ba", Some((15, 3, None))),
            ("ba mươi mốt tháng chín", None),
            ("ngày ba mươi mốt tháng chín", None),
            ("trẻ từ hai tháng chín ngày", None),
            ("Thông tư 36/2017/TT-BGDĐT", None),
            ("02/2022/NQ-HĐND", None),
            ("16/16 đơn vị", None),
            ("31/4", None),
            ("1,2 %", None),
        ];
        for (text, want) in table {
            assert_eq!(day(text), want, "{text}");
        }
    }

    #[test]
    fn days_that_no_year_has() {
        let table = [
            ("31/9", Some((31, 9, None))),
            ("30 tháng 02 năm 2027", Some((30, 2, Some(2027)))),
            ("31 tháng Mười Một", Some((31, 11, None))),
            ("32/10/2026", Some((32, 10, Some(2026)))),
            ("15/13/2026", Some((15, 13, Some(2026)))),
            ("31/11/2026/KH", Some((31, 11, Some(2026)))),
            ("30/11", None),
            ("29/02/2027", None),
            ("36/67/89", None),
        ];
        for (text, want) in table {
            let got =
                unreal_day_at(text, &tokens(text), 0).map(|(said, _)| (said.day, said.month, said.year));
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn clock_times_as_said() {
        let table = [
            ("17h00", Some((17, 0))),
            ("11g30", Some((11, 30))),
            ("7 giờ 30 phút", Some((7, 30))),
            ("14 giờ 00 ngày", Some((14, 0))),
            ("24:00", Some((24, 0))),
            ("9h", Some((9, 0))),
            ("11h30' ngày", Some((11, 30))),
            ("11h30’ ngày", Some((11, 30))),
            ("2Oh00", Some((20, 0))),
            ("lO giờ 00", Some((10, 0))),
            ("24/24 giờ", None),
            ("25h00", None),
        ];
        for (text, want) in table {
            let tokens = tokens(text);
            assert_eq!(clock_at(text, &tokens, 0).map(|(c, _)| (c.hour, c.minute)), want, "{text}");
        }
    }

    #[test]
    fn weekdays_as_said() {
        for (text, want) in [
            ("thứ Sáu", Some(5)),
            ("thứ 2", Some(1)),
            ("Chủ nhật", Some(7)),
            ("thứ nhất", None),
            ("Thu 2 khoản phí", None),
            ("thu 6 nop", Some(5)),
            ("T7, 13/12", Some(6)),
            ("CN 21/3", Some(7)),
            ("T9-T11", None),
            ("CN ký", None),
        ] {
            assert_eq!(weekday_at(text, &tokens(text), 0).map(|(d, _)| d), want, "{text}");
        }
    }
}
