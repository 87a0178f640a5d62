//! Amounts as people type and say them: `1.250`, `97,5%`, `3tr5`, `2 tỷ 3`, "ba trăm hai mươi", "hai lăm".
//!
//! Whether an amount is a figure, or part of a date, a telephone number or a name, is for the reader to decide.

use super::tokens::{Token, TokenKind};

/// An amount as said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The value times 10 to the power of `scale`.
    pub digits: i64,
    /// How many decimals `digits` has; the last one is not zero.
    pub scale: u32,
    /// "%", "phần trăm" stood behind it.
    pub percent: bool,
    /// A word of money stood in it or behind it: tr, triệu, tỷ, nghìn, đ, đồng.
    pub money: bool,
    /// It was said in words.
    pub in_words: bool,
    /// Its groups stand apart with spaces (`1 250`): it may be two numbers.
    pub spaced: bool,
    /// Letters were read as digits (`25O`).
    pub repaired: bool,
}

impl Amount {
    fn whole_number(digits: i64) -> Self {
        Self {
            digits,
            scale: 0,
            percent: false,
            money: false,
            in_words: false,
            spaced: false,
            repaired: false,
        }
    }

    fn decimal(digits: i64, scale: u32) -> Self {
        let mut amount = Self { scale, ..Self::whole_number(digits) };
        while amount.scale > 0 && amount.digits % 10 == 0 {
            amount.digits /= 10;
            amount.scale -= 1;
        }
        amount
    }

    /// The value, when it has no decimals.
    #[must_use]
    pub fn whole(&self) -> Option<i64> {
        (self.scale == 0).then_some(self.digits)
    }

    /// The value in hundredths, when it has two decimals at most.
    #[must_use]
    pub fn hundredths(&self) -> Option<i64> {
        (self.scale <= 2).then(|| self.digits.checked_mul(10_i64.pow(2 - self.scale))).flatten()
    }

    fn times(self, factor: i64) -> Option<Self> {
        let digits = self.digits.checked_mul(factor)?;
        Some(Self { money: true, ..Self::decimal(digits, self.scale) })
    }

    fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let lift = |a: Self| a.digits.checked_mul(10_i64.checked_pow(scale - a.scale)?);
        Some(Self { money: true, ..Self::decimal(lift(self)?.checked_add(lift(other)?)?, scale) })
    }
}

/// The amount that begins at `at`, in digits or in words, and the index of the token after it.
#[must_use]
pub fn amount_at(text: &str, tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let (amount, next) = match tokens.get(at)?.kind {
        TokenKind::Sign(_) => return None,
        _ if let Some(spoken) = spoken_decimal_at(text, tokens, at) => spoken,
        TokenKind::Number { .. } => money_in_digits(text, tokens, at)?,
        // "béo phì O": the capital letter alone is a zero that was typed on the wrong key.
        TokenKind::Word if text.get(tokens[at].start..tokens[at].end) == Some("O") => {
            (Amount { repaired: true, ..Amount::whole_number(0) }, at + 1)
        }
        TokenKind::Word => {
            let (value, next) = words_at(text, tokens, at)?;
            let (value, next) = without_share(tokens, at, value, next);
            (Amount { in_words: true, money: value >= 1_000_000, ..Amount::whole_number(value) }, next)
        }
    };
    let (percent, next) = percent_at(tokens, next);
    let (currency, next) = currency_at(text, tokens, next);
    Some((Amount { percent, money: amount.money || currency, ..amount }, next))
}

/// "95 phẩy 5", "chín mươi bảy phẩy hai lăm", "2 phẩy 4 triệu": a comma that is said.
fn spoken_decimal_at(text: &str, tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let in_words = tokens.get(at)?.kind == TokenKind::Word;
    let (whole, comma) = if in_words {
        words_at(text, tokens, at)?
    } else {
        let (amount, next) = plain_at(tokens, at)?;
        (amount.whole()?, next)
    };
    let printed = |t: &Token| text.get(t.start..t.end).unwrap_or_default().to_lowercase();
    tokens.get(comma).filter(|t| t.is_word("phay") || t.is_word("cham") && printed(t) == "chấm")?;
    let first = tokens.get(comma + 1)?;
    let (decimals, width, end) = match first.number() {
        Some(digits) => (i64::from(digits), first.width(), comma + 2),
        None => words_at(text, tokens, comma + 1)
            .map(|(value, end)| (value, if value < 10 { 1 } else { 2 }, end))?,
    };
    let scale = u32::try_from(width).ok().filter(|scale| *scale <= 2)?;
    let digits = whole.checked_mul(10_i64.pow(scale))?.checked_add(decimals)?;
    let amount = Amount { in_words, ..Amount::decimal(digits, scale) };
    match unit_at(tokens, end) {
        Some((unit, end)) => Some((Amount { in_words, ..amount.times(unit)? }, end)),
        None => Some((amount, end)),
    }
}

/// "Hai mươi lăm nghìn một ngày", "một cháu": the last word says for what each.
fn without_share(tokens: &[Token], at: usize, value: i64, next: usize) -> (i64, usize) {
    const EACH: [&str; 13] =
        ["ngay", "chau", "tre", "suat", "thang", "bua", "nguoi", "em", "be", "buoi", "phan", "hs", "lop"];
    let word = |n: usize, words: &[&str]| {
        tokens.get(n).is_some_and(|t| t.kind == TokenKind::Word && words.contains(&t.folded.as_str()))
    };
    let share = next > at + 1
        && word(next - 1, &["mot"])
        && word(next - 2, &["nghin", "ngan", "trieu"])
        && word(next, &EACH);
    if !share {
        return (value, next);
    }
    let tenth = if word(next - 2, &["trieu"]) { 100_000 } else { 100 };
    (value - tenth, next - 1)
}

fn percent_at(tokens: &[Token], at: usize) -> (bool, usize) {
    let word = |n: usize, folded: &str| tokens.get(n).is_some_and(|t| t.is_word(folded));
    if tokens.get(at).is_some_and(|t| t.is_sign('%')) {
        return (true, at + 1);
    }
    if word(at, "phan") && word(at + 1, "tram") { (true, at + 2) } else { (false, at) }
}

fn currency_at(text: &str, tokens: &[Token], at: usize) -> (bool, usize) {
    let Some(token) = tokens.get(at) else { return (false, at) };
    if !token.is_sign('₫') && !token.folded.starts_with(['d', 'v']) {
        return (false, at);
    }
    let printed = text.get(token.start..token.end).unwrap_or_default().to_lowercase();
    let glued = at > 0 && tokens[at - 1].end == token.start;
    let said = token.is_sign('₫')
        || matches!(printed.as_str(), "đ" | "đồng" | "vnđ" | "vnd")
        || (printed == "dong" && text.is_ascii())
        || (printed == "d" && glued);
    let said = said && !tokens.get(at + 1).is_some_and(|t| t.is_word("chi") && token.folded == "dong");
    (said, at + usize::from(said))
}

/// `3tr5`, `4tr250`, `12 triệu`, `1 triệu 2`, `64 triệu 200`, `64 triệu 2 trăm nghìn`, `2 tỷ 3`, `500k`, `2 trăm rưỡi`; or the
/// bare number.
fn money_in_digits(text: &str, tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let (first, mut next) = plain_at(tokens, at)?;
    if let Some((amount, end)) = hundreds_in_digits(text, tokens, first, next) {
        return Some((amount, end));
    }
    let Some((unit, after)) = unit_at(tokens, next) else { return Some((first, next)) };
    let mut total = first.times(unit)?;
    let unit_end = tokens[after - 1].end;
    next = after;
    while let Some(rest) = tokens.get(next).filter(|t| t.number().is_some()) {
        let (value, end) = plain_at(tokens, next)?;
        let value_and_end = hundreds_in_digits(text, tokens, value, end).filter(|(amount, _)| amount.money);
        if let Some((amount, end)) = value_and_end.filter(|(amount, _)| amount.digits < unit) {
            total = total.plus(amount)?;
            next = end;
            continue;
        }
        if let Some((smaller, end)) = unit_at(tokens, end).filter(|(smaller, _)| *smaller < unit) {
            total = total.plus(value.times(smaller)?)?;
            next = end;
            continue;
        }
        // What stands right behind the unit are its decimals: 3tr5 is 3,5 million. With a space only where nothing is counted
        // behind it: "1 triệu 2 ạ", "64 triệu 200", "2 tỷ 3".
        let spoken = matches!(rest.width(), 1 | 3) && rest.folded != "0" && ends_amount(text, tokens, end);
        let close = rest.start == unit_end || unit >= 1_000_000 && spoken;
        let ends = tokens.get(end).is_none_or(|t| t.kind != TokenKind::Word || t.start > tokens[end - 1].end);
        if close && ends && rest.width() <= 3 && value.scale == 0 && end == next + 1 {
            let width = u32::try_from(rest.width()).ok()?;
            total = total.plus(Amount::decimal(value.digits, width).times(unit)?)?;
            next = end;
        }
        break;
    }
    if tokens.get(next).is_some_and(|t| t.is_word("ruoi")) {
        total = total.plus(Amount::decimal(5, 1).times(unit)?)?;
        next += 1;
    }
    Some((total, next))
}

/// `2 trăm`, `2 trăm rưỡi`, `2 trăm 45`, `2 trăm nghìn`, `3 chục`: a digit and the rest as said.
fn hundreds_in_digits(text: &str, tokens: &[Token], first: Amount, at: usize) -> Option<(Amount, usize)> {
    let whole = first.whole().filter(|n| (1..=99).contains(n))?;
    let unit = match part_of(text, tokens.get(at)?)? {
        Part::Hundred if !tokens.get(at.wrapping_sub(2)).is_some_and(|t| t.is_word("phan")) => 100,
        Part::Tens if tokens[at].is_word("chuc") => 10,
        _ => return None,
    };
    let mut value = whole * unit;
    let mut next = at + 1;
    let part = tokens.get(next).and_then(|t| part_of(text, t));
    let number = tokens.get(next).filter(|t| t.number().is_some());
    if part == Some(Part::Half) {
        (value, next) = (value + unit / 2, next + 1);
    } else if let Some(more) = number.filter(|t| t.width() <= 2 && ends_amount(text, tokens, next + 1)) {
        let more_value = i64::from(more.number()?);
        value += if more.width() == 1 && unit == 100 { more_value * 10 } else { more_value };
        next += 1;
    } else if unit == 100
        && let Some((low, end)) = words_at(text, tokens, next).filter(|(low, _)| *low < 100)
        && part.is_some_and(|p| matches!(p, Part::Digit(_) | Part::Zero | Part::Ten))
    {
        // "2 trăm năm" may be a year: one word alone is no rest.
        if end - next > 1 {
            (value, next) = (value + low, end);
        }
    }
    match unit_at(tokens, next).filter(|(unit, _)| *unit == 1_000) {
        Some((thousand, end)) => Some((Amount::whole_number(value).times(thousand)?, end)),
        None => Some((Amount::whole_number(value), next)),
    }
}

/// Nothing is counted by the number that ends here: the text ends, a sign follows, a word of courtesy, or one that begins another
/// clause ("9 triệu 2 chứ không phải …").
fn ends_amount(text: &str, tokens: &[Token], at: usize) -> bool {
    let courtesy = [
        "a", "nhe", "nha", "chi", "anh", "thoi", "dong", "roi", "do", "va", "chu", "khong", "hong", "ne",
        "nghen", "nhung", "nen", "vi",
    ];
    tokens.get(at).is_none_or(|t| {
        matches!(t.kind, TokenKind::Sign(c) if !matches!(c, '%' | '/' | '.' | ','))
            || (t.is_sign('.') || t.is_sign(',')) && tokens.get(at + 1).is_none_or(|n| n.start > t.end)
            || t.kind == TokenKind::Word && courtesy.contains(&t.folded.as_str())
            || text.get(tokens[at - 1].end..t.start).is_some_and(|between| between.contains('\n'))
    })
}

fn unit_at(tokens: &[Token], at: usize) -> Option<(i64, usize)> {
    let token = tokens.get(at).filter(|t| t.kind == TokenKind::Word)?;
    let glued = at > 0 && tokens[at - 1].end == token.start;
    let unit = match token.folded.as_str() {
        "ty" | "ti" => 1_000_000_000,
        "trieu" | "tr" | "cu" => 1_000_000,
        "nghin" | "ngan" => 1_000,
        "k" if glued => 1_000,
        _ => return None,
    };
    // "tỷ lệ" and "tr. đồng" look alike: a rate is no milliard, "củ" only as slang right behind.
    let rate = tokens.get(at + 1).is_some_and(|t| t.is_word("le"));
    let slang = token.folded == "cu" && !glued;
    (!rate && !slang).then_some((unit, at + 1))
}

/// `1250`, `1.250`, `1,250`, `1 250`, `178.500.000`, `97,5`, `96.3`.
fn plain_at(tokens: &[Token], at: usize) -> Option<(Amount, usize)> {
    let first = tokens.get(at)?;
    let mut repaired = is_repaired(first);
    first.number()?;
    // "21,19,22,20" is a list to its end.
    let listed = at > 1
        && tokens[at - 1].is_sign(',')
        && tokens[at - 2].number().is_some()
        && tokens[at - 2].end == tokens[at - 1].start
        && tokens[at - 1].end == first.start;
    if listed {
        return None;
    }
    let glued = |n: usize, sign: char| {
        tokens.get(n).is_some_and(|t| t.is_sign(sign) && t.start == tokens[n - 1].end)
            && tokens.get(n + 1).is_some_and(|t| t.number().is_some() && t.start == tokens[n].end)
    };
    let mut digits = first.folded.clone();
    let mut next = at + 1;
    if let Some(sign) = ['.', ',', '\''].into_iter().find(|s| glued(next, *s)) {
        let thousands = first.width() <= 3 && first.folded != "0" && tokens[next + 1].width() == 3;
        while thousands && glued(next, sign) && tokens[next + 1].width() == 3 {
            repaired |= is_repaired(&tokens[next + 1]);
            digits.push_str(&tokens[next + 1].folded);
            next += 2;
        }
        if !thousands || ((sign == '.' && glued(next, ',')) || (sign == ',' && glued(next, '.'))) {
            // What is left behind a point or comma are decimals, unless more such groups follow: then it is no amount.
            let decimals = tokens.get(next + 1).filter(|t| t.width() <= 2)?;
            if ['.', ','].into_iter().any(|s| glued(next + 2, s)) {
                return None;
            }
            repaired |= is_repaired(decimals);
            digits.push_str(&decimals.folded);
            let scale = u32::try_from(decimals.width()).ok()?;
            return Some((Amount { repaired, ..Amount::decimal(digits.parse().ok()?, scale) }, next + 2));
        }
        if ['.', ','].into_iter().any(|s| glued(next, s)) {
            return None;
        }
        return Some((Amount { repaired, ..Amount::whole_number(digits.parse().ok()?) }, next));
    }
    let mut spaced = false;
    let apart = |n: usize| {
        tokens
            .get(n)
            .is_some_and(|t| t.number().is_some() && t.width() == 3 && t.start == tokens[n - 1].end + 1)
    };
    if first.width() <= 2 && first.number() != Some(0) && !is_number_before(tokens, at) {
        while apart(next) {
            digits.push_str(&tokens[next].folded);
            next += 1;
            spaced = true;
        }
        // More numbers in a row are a list, not one amount.
        if spaced && tokens.get(next).is_some_and(|t| t.number().is_some()) {
            return Some((Amount { repaired, ..Amount::whole_number(first.folded.parse().ok()?) }, at + 1));
        }
    }
    Some((Amount { repaired, spaced, ..Amount::whole_number(digits.parse().ok()?) }, next))
}

fn is_number_before(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].number().is_some() && tokens[at - 1].end + 1 == tokens[at].start
}

fn is_repaired(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Number { repaired: true, .. })
}

/// One word of a number.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Digit(i64),
    /// mốt, lăm, nhăm, tư: only behind tens.
    Low(i64),
    /// mười.
    Ten,
    /// mươi, chục: ten times what stands before.
    Tens,
    Hundred,
    Thousand,
    Million,
    Milliard,
    /// linh, lẻ.
    Zero,
    Half,
    /// hăm: twenty before a digit.
    Twenty,
}

/// The words of [`part_of`] without their marks: of every word of every text it is asked whether it is one.
const NUMERALS: [&str; 25] = [
    "khong", "mot", "hai", "ba", "bon", "tu", "nam", "lam", "nham", "sau", "bay", "tam", "chin", "muoi",
    "chuc", "tram", "nghin", "ngan", "trieu", "ty", "ti", "linh", "le", "ruoi", "ham",
];

fn part_of(text: &str, token: &Token) -> Option<Part> {
    if token.kind != TokenKind::Word || !NUMERALS.contains(&token.folded.as_str()) {
        return None;
    }
    // With their marks where there are any: "từ" is not four, "sau" with a mark is six.
    let printed = text.get(token.start..token.end)?.to_lowercase();
    Some(match printed.as_str() {
        "không" | "khong" => Part::Digit(0),
        "một" | "mot" => Part::Digit(1),
        "mốt" => Part::Low(1),
        "hai" => Part::Digit(2),
        "ba" => Part::Digit(3),
        "bốn" | "bon" => Part::Digit(4),
        "tư" | "tu" => Part::Low(4),
        "năm" | "nam" => Part::Digit(5),
        "lăm" | "lam" | "nhăm" | "nham" => Part::Low(5),
        "sáu" | "sau" => Part::Digit(6),
        "bảy" | "bẩy" | "bay" => Part::Digit(7),
        "tám" | "tam" => Part::Digit(8),
        "chín" | "chin" => Part::Digit(9),
        "mười" => Part::Ten,
        "muoi" => Part::Tens,
        "mươi" | "chục" | "chuc" => Part::Tens,
        "trăm" | "tram" => Part::Hundred,
        "nghìn" | "nghin" | "ngàn" | "ngan" => Part::Thousand,
        "triệu" | "trieu" => Part::Million,
        "tỷ" | "tỉ" | "ty" => Part::Milliard,
        "linh" | "lẻ" | "lẽ" | "le" => Part::Zero,
        "rưỡi" | "rưởi" | "ruoi" => Part::Half,
        // "hăm hai": twenty-two.
        "hăm" | "ham" => Part::Twenty,
        _ => return None,
    })
}

/// The number said in words from `at` on. One word alone counts too ("ba"): the reader must see that something is counted.
fn words_at(text: &str, tokens: &[Token], at: usize) -> Option<(i64, usize)> {
    let mut parts = Vec::new();
    let mut next = at;
    while let Some(part) = tokens.get(next).and_then(|t| part_of(text, t)) {
        // "phần trăm" ends a number and is read as a percent sign.
        parts.push(part);
        next += 1;
    }
    // The longest beginning that makes a number: "hai ba" behind one may be the next words of the sentence.
    let (value, end) = (1..=parts.len()).rev().find_map(|n| Some((value_of(&parts[..n])?, at + n)))?;
    let alone = end - at == 1 && lost_its_marks(text, &tokens[at]) && !text.is_ascii();
    // "Khong hu hai chi", "thiet hai 5 trieu": harm and loss, without their marks.
    let harm = tokens[at].folded == "hai"
        && at > 0
        && matches!(tokens[at - 1].folded.as_str(), "hu" | "thiet" | "tai" | "tac" | "nguy");
    (!alone && !harm).then_some((value, end))
}

/// A word that is a number only when its marks were left out: among words with marks "nam" is male and no five.
fn lost_its_marks(text: &str, token: &Token) -> bool {
    let printed = text.get(token.start..token.end).unwrap_or_default();
    printed.is_ascii() && !matches!(token.folded.as_str(), "hai" | "ba")
}

fn value_of(parts: &[Part]) -> Option<i64> {
    let mut rest = parts;
    let mut total = 0;
    let mut last_unit = i64::MAX;
    for (unit, mark) in [(1_000_000_000, Part::Milliard), (1_000_000, Part::Million), (1_000, Part::Thousand)]
    {
        let Some(at) = rest.iter().position(|p| *p == mark) else { continue };
        let count = match at {
            0 if total == 0 && unit < 1_000_000 => 1,
            0 => return None,
            _ => below_thousand(&rest[..at], total > 0)?,
        };
        total += count * unit;
        rest = &rest[at + 1..];
        last_unit = unit;
    }
    match rest {
        [] => (total > 0).then_some(total),
        [Part::Half] if total > 0 => Some(total + last_unit / 2),
        // "hai nghìn ba" is 2300, "một triệu hai" 1 200 000.
        [Part::Digit(d @ 1..) | Part::Low(d)] if total > 0 => Some(total + d * last_unit / 10),
        rest => Some(total + below_thousand(rest, total > 0)?),
    }
}

/// 0 to 999. `inside`: behind a larger unit, where "không trăm" and "linh" may begin it.
fn below_thousand(parts: &[Part], inside: bool) -> Option<i64> {
    let (hundreds, rest) = match parts {
        [Part::Digit(h), Part::Hundred, rest @ ..] if *h > 0 || inside => (*h, rest),
        [Part::Hundred, rest @ ..] if !rest.is_empty() => (1, rest),
        rest => {
            return match rest {
                [Part::Zero, Part::Digit(d) | Part::Low(d)] if inside => Some(*d),
                rest => below_hundred(rest),
            };
        }
    };
    let low = match rest {
        [] => 0,
        [Part::Half] => 50,
        // "trăm hai" is 120, "trăm linh hai" 102.
        [Part::Digit(d @ 1..) | Part::Low(d)] => d * 10,
        [Part::Zero, Part::Digit(d) | Part::Low(d)] => *d,
        // "ba trăm ba bảy": behind a hundred two digits are tens and ones.
        [Part::Digit(t @ 2..), Part::Digit(d @ 1..)] => t * 10 + d,
        rest => below_hundred(rest)?,
    };
    Some(hundreds * 100 + low)
}

fn below_hundred(parts: &[Part]) -> Option<i64> {
    Some(match parts {
        [Part::Digit(d)] => *d,
        [Part::Ten | Part::Tens] => 10,
        [Part::Ten | Part::Tens, Part::Digit(d @ 1..) | Part::Low(d)] => 10 + d,
        [Part::Digit(t @ 1..), Part::Tens] => t * 10,
        [Part::Digit(t @ 1..), Part::Tens, Part::Digit(d @ 1..) | Part::Low(d)] => t * 10 + d,
        [Part::Twenty, Part::Digit(d @ 1..) | Part::Low(d)] => 20 + d,
        // "hai lăm", "ba mốt"; two plain digits may be a list and are no number.
        [Part::Digit(t @ 2..), Part::Low(d)] => t * 10 + d,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
