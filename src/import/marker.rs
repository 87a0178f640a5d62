//! The sign that opens a point or a bullet: "II.", "4.2.1.", "a)", "-", "+", and the glyphs that Word leaves behind.

use super::pictographs::is_pictograph;
use crate::vietnamese::fold;

/// How a line opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marker {
    /// "Phần thứ nhất".
    Part,
    /// "A." to "H.".
    Capital(char),
    /// "II."
    Roman(u32),
    /// "1.", "1.2", "(3)"; never empty.
    Number(Vec<u32>),
    /// "a)", "b."
    Letter(char),
    /// "-", "•", "*" and Word's bullet glyphs; the sign.
    Bullet(char),
    /// "+", "o", ".": a bullet below a bullet.
    Sub,
    /// None: a paragraph.
    Plain,
}

impl Marker {
    /// Its depth: a smaller one holds the greater ones after it. Paragraphs have none.
    pub fn level(&self) -> Option<usize> {
        Some(match self {
            Self::Part => 0,
            Self::Capital(_) => 1,
            Self::Roman(_) => 2,
            Self::Number(path) => 2 + path.len().min(4),
            Self::Letter(_) => 7,
            Self::Bullet(_) => 8,
            Self::Sub => 9,
            Self::Plain => return None,
        })
    }

    /// As a label: "2", "4.1", "a"; empty for bullets.
    pub fn label(&self) -> String {
        match self {
            Self::Capital(c) | Self::Letter(c) => c.to_string(),
            Self::Roman(n) => roman(*n).to_owned(),
            Self::Number(path) => path.iter().map(u32::to_string).collect::<Vec<_>>().join("."),
            _ => String::new(),
        }
    }
}

/// The marker of a line and the words after it; the marker as printed when letters were read as its digits.
pub struct Opening<'a> {
    /// The marker.
    pub marker: Marker,
    /// What stands after it.
    pub rest: &'a str,
    /// As printed, when it had to be repaired.
    pub repaired: Option<&'a str>,
}

/// Reads how a line opens.
pub fn opening(line: &str) -> Opening<'_> {
    let text = line.trim();
    let found = bullet(text).or_else(|| numbered(text)).or_else(|| lettered(text));
    let (marker, rest, repaired) = found.unwrap_or((Marker::Plain, text, None));
    let part = marker == Marker::Plain && is_part(rest);
    let marker = if part { Marker::Part } else { marker };
    // "- 1. …": the number stands behind a bullet of the converter.
    if matches!(marker, Marker::Bullet(_)) && rest.starts_with(['-', '+']) && rest.len() > 2 {
        let inner = opening(rest);
        return Opening { marker: inner.marker, rest: inner.rest, repaired };
    }
    Opening { marker, rest, repaired }
}

type Found<'a> = Option<(Marker, &'a str, Option<&'a str>)>;

fn bullet(text: &str) -> Found<'_> {
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let spaced = rest.starts_with([' ', '\t']);
    let marker = match first {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Marker::Bullet('-'),
        '•' | '●' | '▪' | '■' | '◆' | '►' | '➢' | '➤' | '✓' | '✔' | '❖' | '·' | '\u{e000}'..='\u{f8ff}' => {
            Marker::Bullet('•')
        }
        '*' => Marker::Bullet('*'),
        'ü' | '§' | 'v' | 'Ø' | 'q' if rest.starts_with('\t') => Marker::Bullet('•'),
        'ü' | '§' | 'Ø' if spaced => Marker::Bullet('•'),
        'o' | '○' | '◦' | '□' if spaced => Marker::Sub,
        '+' => Marker::Sub,
        '.' if spaced => Marker::Sub,
        // Each picture is a sign of its own: "📌" over "⭐".
        _ if spaced && is_pictograph(first) => Marker::Bullet(first),
        _ => return None,
    };
    // Signs of its own before a word are a bullet, before a figure a dash or a minus.
    let rest = rest.trim_start_matches(|c: char| c == '-' && first == '-').trim_start();
    (!rest.is_empty()).then_some((marker, rest, None))
}

fn numbered(text: &str) -> Found<'_> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let mut path = Vec::new();
    let mut rest = inner;
    let mut closed = false;
    loop {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 || digits > 2 {
            break;
        }
        path.push(rest[..digits].parse().ok()?);
        rest = &rest[digits..];
        closed = false;
        match rest.chars().next() {
            Some('.') => {
                closed = true;
                rest = &rest[1..];
                if !rest.starts_with(|c: char| c.is_ascii_digit()) {
                    break;
                }
            }
            // "3 . Hồ sơ": typed with a blank before its full stop.
            Some(' ') if path.len() == 1 && (rest.starts_with(" . ") || rest.starts_with(" ) ")) => {
                closed = true;
                rest = &rest[2..];
                break;
            }
            Some(')' | '/' | ':') if path.len() == 1 => {
                closed = true;
                rest = &rest[1..];
                break;
            }
            _ => break,
        }
    }
    if !path.is_empty() {
        let spaced = rest.starts_with([' ', '\t']);
        let word = rest.trim_start();
        let opens = word.starts_with(|c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '(' | '‘' | '*'));
        let long = path.len() > 1 && spaced && opens;
        let figures = word.starts_with(|c: char| c.is_ascii_digit()) && spaced && closed && path.len() == 1;
        let is_date = path.len() == 3 && path[2] > 31;
        if !is_date && ((closed && (opens || figures)) || long) {
            return Some((Marker::Number(path), word, None));
        }
    }
    misread_number(text)
}

/// A scanner's "l." for "1.", "l2)" for "12)", "1O." for "10.". "I." and "II." are Roman.
fn misread_number(text: &str) -> Found<'_> {
    let end = text.find(['.', ')']).filter(|end| (1..=2).contains(end))?;
    let rest = &text[end + 1..];
    let digits: Option<String> = text[..end]
        .chars()
        .map(|c| match c {
            '0'..='9' => Some(c),
            'l' | 'I' => Some('1'),
            'O' | 'o' => Some('0'),
            _ => None,
        })
        .collect();
    let number: u32 = digits?.parse().ok().filter(|n| *n > 0)?;
    let meant = from_roman(&text[..end]).is_some() || text[..end].bytes().all(|b| b.is_ascii_digit());
    (rest.starts_with(' ') && !meant)
        .then(|| (Marker::Number(vec![number]), rest.trim_start(), Some(&text[..=end])))
}

fn lettered(text: &str) -> Found<'_> {
    let end = text.find(['.', ')', '/', ' ', ':'])?;
    let (word, rest) = text.split_at(end);
    let sign = rest.chars().next()?;
    let after = rest[1..].trim_start();
    let dash = sign == ' ' && after.starts_with(['-', '–', '.']) && word.len() > 1;
    let rest = if dash { after[after.chars().next()?.len_utf8()..].trim_start() } else { after };
    if rest.is_empty() || (sign == ' ' && !dash) || !rest.starts_with(|c: char| !c.is_ascii_punctuation()) {
        return None;
    }
    if let Some(n) = from_roman(word) {
        return Some((Marker::Roman(n), rest, None));
    }
    let mut chars = word.chars();
    let letter = chars.next().filter(|_| chars.next().is_none())?;
    let spaced = text[end + 1..].starts_with([' ', '\t']) || sign == ')';
    match letter {
        'A'..='H' | 'Đ' if spaced && sign != ':' => Some((Marker::Capital(letter), rest, None)),
        'a'..='n' | 'đ' if spaced && (sign == ')' || sign == '.') => {
            Some((Marker::Letter(letter), rest, None))
        }
        _ => None,
    }
}

/// "Phần thứ nhất", "PHẦN II", "Phần 1".
fn is_part(text: &str) -> bool {
    let folded = fold(text);
    let Some(rest) = folded.strip_prefix("phan ") else { return false };
    let word = rest.split([' ', ':', '.', ',']).next().unwrap_or_default();
    matches!(word, "thu" | "i" | "ii" | "iii" | "iv" | "v" | "1" | "2" | "3" | "4" | "mot" | "hai" | "ba")
        && text.chars().next().is_some_and(char::is_uppercase)
}

const ROMAN: [&str; 20] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII", "XVIII", "XIX", "XX",
];

/// The value of a Roman number, as far as sections go.
pub fn from_roman(word: &str) -> Option<u32> {
    ROMAN.iter().position(|r| *r == word).and_then(|at| u32::try_from(at + 1).ok())
}

/// A number in Roman figures, as far as sections go.
pub fn roman(n: u32) -> &'static str {
    usize::try_from(n).ok().and_then(|n| ROMAN.get(n.checked_sub(1)?)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_of_the_genre() {
        use Marker::{Bullet, Capital, Letter, Number, Part, Plain, Roman, Sub};
        let table = [
            ("II. NHIỆM VỤ", Roman(2), "NHIỆM VỤ"),
            ("IV - Tổ chức", Roman(4), "Tổ chức"),
            ("B. NHIỆM VỤ", Capital('B'), "NHIỆM VỤ"),
            ("4.2.1. Công tác", Number(vec![4, 2, 1]), "Công tác"),
            ("1.1 Thực hiện", Number(vec![1, 1]), "Thực hiện"),
            ("1.  THÁNG  9/2026:", Number(vec![1]), "THÁNG  9/2026:"),
            ("3)Gửi", Number(vec![3]), "Gửi"),
            ("2. 100% trẻ", Number(vec![2]), "100% trẻ"),
            ("a) Ký", Letter('a'), "Ký"),
            ("b. Giải pháp", Letter('b'), "Giải pháp"),
            ("- Gửi", Bullet('-'), "Gửi"),
            ("-Gửi", Bullet('-'), "Gửi"),
            ("– Gửi", Bullet('-'), "Gửi"),
            ("\u{f0b7}\tGửi", Bullet('•'), "Gửi"),
            ("ü\tGửi", Bullet('•'), "Gửi"),
            ("o\tGửi", Sub, "Gửi"),
            ("+ Gửi", Sub, "Gửi"),
            ("Phần thứ nhất", Part, "Phần thứ nhất"),
            ("l. Cho trẻ", Number(vec![1]), "Cho trẻ"),
            ("l2. Cho trẻ", Number(vec![12]), "Cho trẻ"),
            ("1O) Cho trẻ", Number(vec![10]), "Cho trẻ"),
            ("⭐ Cho trẻ", Bullet('⭐'), "Cho trẻ"),
            ("12.12.2026 họp", Plain, "12.12.2026 họp"),
            ("8/2026", Plain, "8/2026"),
            ("100% trẻ", Plain, "100% trẻ"),
            ("Phần mềm", Plain, "Phần mềm"),
            ("TP. Huế", Plain, "TP. Huế"),
        ];
        for (line, marker, rest) in table {
            let got = opening(line);
            assert_eq!((got.marker, got.rest), (marker, rest), "{line}");
        }
    }
}
