//! Words, numbers and signs of a text with their places: the footing of every scanner of dates and times.

use compact_str::{CompactString, ToCompactString};

use super::{fold_word, is_letter_or_digit};

/// A word, a number or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// The folded word, the digits as meant, or the sign.
    pub folded: CompactString,
    /// First byte in the text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Whether its first letter is a capital.
    pub capital: bool,
}

/// What a [`Token`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits, or digits that a scanner misread as letters.
    Number {
        /// The value; numbers too long for it are cut to `u32::MAX`.
        value: u32,
        /// Letters (l, I, O) were read as digits.
        repaired: bool,
    },
    /// Anything else, one character.
    Sign(char),
}

impl Token {
    /// Its value when it is a number without doubt.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        match self.kind {
            TokenKind::Number { value, .. } => Some(value),
            _ => None,
        }
    }

    /// Its value where a number is expected: letters alone that a scanner takes for digits count too (`ll` = 11).
    #[must_use]
    pub fn loose_number(&self, text: &str) -> Option<u32> {
        self.number().or_else(|| match self.kind {
            TokenKind::Word => digits(text.get(self.start..self.end)?)?.parse().ok(),
            _ => None,
        })
    }

    /// Whether it is this sign.
    #[must_use]
    pub fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    /// Whether it is a hyphen or a dash of any kind.
    #[must_use]
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, TokenKind::Sign('-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
    }

    /// Whether it joins the first and the last of a range: a dash, an arrow, "÷", "~".
    #[must_use]
    pub fn is_range_sign(&self) -> bool {
        self.is_dash() || matches!(self.kind, TokenKind::Sign('→' | '➔' | '➝' | '⇒' | '÷' | '~'))
    }

    /// Whether it is this folded word.
    #[must_use]
    pub fn is_word(&self, folded: &str) -> bool {
        self.kind == TokenKind::Word && self.folded == folded
    }

    /// How many digits or letters were printed.
    #[must_use]
    pub fn width(&self) -> usize {
        self.folded.chars().count()
    }
}

/// Cuts a text in normal form into tokens; spaces are left out.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        if !is_letter_or_digit(c) {
            out.push(Token {
                kind: TokenKind::Sign(c),
                folded: c.to_compact_string(),
                start,
                end,
                capital: false,
            });
            continue;
        }
        while let Some(&(at, next)) = chars.peek() {
            if !is_letter_or_digit(next) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        cut_run(text, start, end, &mut out);
    }
    out
}

/// A run of letters and digits: `2O25` is one number, `17hOO` and `THÁNG10` are cut where letters meet digits.
fn cut_run(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let run = &text[start..end];
    if !run.contains(|c: char| c.is_ascii_digit()) {
        out.push(word(text, start, end));
        return;
    }
    // "12l 298hs", "12l/298hs": with more behind it the letter is a unit; "2l/10" and "0l/2026" are parts of a date.
    let month = text[end..].strip_prefix('/').is_some_and(|rest| {
        let figures = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        run.starts_with('0')
            || matches!(rest[..figures].parse::<u32>(), Ok(1..=12))
            || rest.starts_with(['O', 'l'])
    });
    let unit = run.ends_with('l')
        && !month
        && run[..run.len() - 1].bytes().all(|b| b.is_ascii_digit())
        && text[end..].starts_with([' ', '/', ',', '+'])
        && text[end..].trim_start_matches([' ', '/', ',', '+']).starts_with(|c: char| c.is_ascii_digit());
    if let Some(digits) = digits(run).filter(|_| !unit) {
        out.push(number(&digits, run, start, end));
        return;
    }
    if let Some((hour, minute)) = run.split_once(['h', 'g', 'H', 'G'])
        && let Some(hour_digits) = digits(hour)
        && (minute.is_empty() || digits(minute).is_some())
    {
        let at = start + hour.len();
        out.push(number(&hour_digits, hour, start, at));
        out.push(word(text, at, at + 1));
        if let Some(minute_digits) = digits(minute) {
            out.push(number(&minute_digits, minute, at + 1, end));
        }
        return;
    }
    let mut from = start;
    let mut was_digit = None;
    for (offset, c) in run.char_indices() {
        let is_digit = c.is_ascii_digit();
        if was_digit.is_some_and(|was| was != is_digit) {
            push_part(text, from, start + offset, out);
            from = start + offset;
        }
        was_digit = Some(is_digit);
    }
    push_part(text, from, end, out);
}

fn push_part(text: &str, start: usize, end: usize, out: &mut Vec<Token>) {
    let part = &text[start..end];
    if part.starts_with(|c: char| c.is_ascii_digit()) {
        out.push(number(part, part, start, end));
    } else {
        out.push(word(text, start, end));
    }
}

fn word(text: &str, start: usize, end: usize) -> Token {
    let printed = &text[start..end];
    let capital = printed.chars().next().is_some_and(char::is_uppercase);
    let mut folded = fold_word(printed);
    // Short for "trước"; and how the south writes "gửi", which without its marks is "gọi".
    if folded == "trc" {
        folded = CompactString::const_new("truoc");
    } else if folded == "goi" && printed.to_lowercase() == "gởi" {
        folded = CompactString::const_new("gui");
    }
    Token { kind: TokenKind::Word, folded, start, end, capital }
}

fn number(digits: &str, printed: &str, start: usize, end: usize) -> Token {
    let kind = TokenKind::Number { value: digits.parse().unwrap_or(u32::MAX), repaired: digits != printed };
    Token { kind, folded: digits.into(), start, end, capital: false }
}

/// The digits meant by digits and the letters that scanners take for them.
fn digits(printed: &str) -> Option<String> {
    if printed.is_empty() {
        return None;
    }
    printed
        .chars()
        .map(|c| match c {
            '0'..='9' => Some(c),
            'l' | 'I' | '|' => Some('1'),
            'O' => Some('0'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        tokens(text).iter().map(|t| t.folded.clone()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn misread_digits_are_numbers_and_words_stay_words() {
        let table = [
            ("trước l5/4", "truoc 15 / 4"),
            ("17hOO, 9g30", "17 h 00 , 9 g 30"),
            ("ngày 2O25", "ngay 2025"),
            ("THÁNG10 /2025:", "thang 10 / 2025 :"),
            ("trước 2l/10, 3l/10/2026", "truoc 21 / 10 , 31 / 10 / 2026"),
            ("sáng 04/0l/2026", "sang 04 / 01 / 2026"),
            ("12l/298hs", "12 l / 298 hs"),
            ("PCGDMNTE5T", "pcgdmnte 5 t"),
            ("quý II", "quy ii"),
            ("trc 15h gởi", "truoc 15 h gui"),
            ("gọi điện", "goi dien"),
        ];
        for (text, want) in table {
            assert_eq!(shown(text), want, "{text}");
        }
        assert_eq!(tokens("ll")[0].number(), None);
        assert_eq!(tokens("ll")[0].loose_number("ll"), Some(11));
    }
}
