//! Text → lines in normal form, without the marks that converters leave in them.

use std::borrow::Cow;

use super::directive::Span;
use super::grid::TableRow;
use super::pictographs::{is_pictograph, without_pictographs};
use crate::vietnamese::normal;

/// A line of the source.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its words in normal form, without markup; tabs are kept, they part the cells of a table.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether a paragraph is known to begin with it. In a text nobody knows.
    pub begins: bool,
    /// What it is in a table, where the form of the document knows tables. Its cells stand between tabs and may hold line ends.
    pub row: Option<TableRow>,
}

impl Line {
    /// A line that a part of a document comes to, already in normal form.
    pub fn of_part(text: String, number: usize, start: usize, begins: bool, row: Option<TableRow>) -> Self {
        let span = Span { first_line: number, last_line: number, start, end: start + text.len() };
        Self { text, span, begins, row }
    }

    /// Whether nothing is on it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its cells: the pieces between tabs, or between upright bars (copies from a web page).
    pub fn cells(&self) -> Vec<&str> {
        if self.text.contains('\t') {
            return self.text.split('\t').map(str::trim).collect();
        }
        let bars = self.text.trim();
        if bars.contains(" | ") || bars.starts_with('|') {
            // "| a | b |" is framed; in " | a | b" the first cell is empty.
            let framed = bars.strip_prefix('|').and_then(|inner| inner.strip_suffix('|'));
            let inner = framed.unwrap_or_else(|| bars.strip_suffix('|').unwrap_or(bars));
            return inner.split('|').map(str::trim).collect();
        }
        vec![bars]
    }
}

/// The lines of a decoded text.
pub fn lines(text: &str) -> Vec<Line> {
    let mut out = Vec::new();
    let mut start = 0;
    for (n, raw) in text.split('\n').enumerate() {
        let span = Span { first_line: n + 1, last_line: n + 1, start, end: start + raw.len() };
        start = span.end + 1;
        let raw = raw.trim_end_matches('\r');
        out.push(Line { text: without_markup(&normal(raw)), span, begins: false, row: None });
    }
    out
}

/// Drops tags, entities, emphasis stars and converter marks.
fn without_markup(line: &str) -> String {
    let mut text = Cow::Borrowed(line);
    if text.contains("[bookmark:") {
        text = Cow::Owned(without_between(&text, "[bookmark:", ']'));
    }
    if text.contains('<') {
        text = Cow::Owned(without_tags(&text));
    }
    if text.contains('&') {
        text = Cow::Owned(with_entities(&text));
    }
    if text.contains('*') {
        text = Cow::Owned(without_stars(&text));
    }
    if text.starts_with('#') {
        text = Cow::Owned(text.trim_start_matches('#').trim_start().to_owned());
    }
    tidy(&text)
}

/// One space between words, no control characters; tabs part cells, whatever stands around them, and so does a wide gap.
pub fn tidy(text: &str) -> String {
    let mut text = Cow::Borrowed(text);
    if text.contains(COLUMN_GAP) {
        text = Cow::Owned(with_columns(&text));
    }
    let plain = |c: char| {
        !matches!(c, '\0'..='\x1f' | '\x7f') && (c < '\u{80}' || crate::vietnamese::is_letter_or_digit(c))
    };
    if !text.contains("  ") && text.chars().all(plain) {
        return text.into_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut pictured = false;
    for c in text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')) {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
        pictured |= is_pictograph(c);
    }
    if pictured { without_pictographs(&out).into_owned() } else { out }
}

/// So many blanks part two columns that were printed side by side.
const COLUMN_GAP: &str = "    ";

/// Puts a tab between columns that are parted by blanks: "Số: 12/VHXH            Đồi Chè, ngày …". Blanks that were left to
/// be filled in ("Số:        /KH", "ngày      tháng") part nothing.
fn with_columns(text: &str) -> String {
    let body = text.trim_start_matches(' ');
    let Some(at) = body.find(COLUMN_GAP) else { return text.to_owned() };
    let (left, right) = body.split_at(at);
    let right = right.trim_start();
    let label = left.trim_end().ends_with(':') && !left.starts_with("Nơi nhận");
    if label || left.is_empty() || !right.starts_with(char::is_uppercase) {
        return text.to_owned();
    }
    format!("{left}\t{right}")
}

fn without_between(text: &str, open: &str, close: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        out.push_str(&rest[..at]);
        rest = rest[at..].find(close).map_or("", |end| &rest[at + end + close.len_utf8()..]);
    }
    out + rest
}

/// Tags become a space; a list item becomes a dash if it brings none of its own.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let name = tag[1..].trim_start_matches('/');
        let end = tag.find('>').filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()));
        let Some(end) = end else {
            out.push('<');
            rest = &tag[1..];
            continue;
        };
        rest = &tag[end + 1..];
        // A new line within a cell, where an entry begins: "7h30 Giao ban<br>- 9h00 Duyệt đề".
        let broken = tag.len() >= 3 && tag.as_bytes()[..3].eq_ignore_ascii_case(b"<br");
        if broken && (rest.trim_start().starts_with(['-', '+', '–', '•']) || begins_with_an_hour(rest)) {
            out.push('\n');
            continue;
        }
        let item = tag.len() >= 3 && tag.as_bytes()[..3].eq_ignore_ascii_case(b"<li");
        let own = rest.trim_start().starts_with(['-', '+', '–', '•', '*']);
        out.push_str(if item && !own { " - " } else { " " });
    }
    out + rest
}

/// "9h: Họp", "14g30 - Duyệt đề".
fn begins_with_an_hour(text: &str) -> bool {
    let text = text.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text[digits..].starts_with(['h', 'g', 'H', 'G'])
}

fn with_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known =
            rest.find(';').filter(|end| *end <= 10).and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        match known {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "nbsp" => Some(' '),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "ndash" | "mdash" => Some('–'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).map(|c| if c == '\u{a0}' { ' ' } else { c })
        }
    }
}

/// Emphasis goes, a star that is the bullet of a line stays.
fn without_stars(text: &str) -> String {
    let lead = text.len() - text.trim_start().len();
    let body = &text[lead..];
    let bullet = body.starts_with("* ") || body.starts_with("*\t");
    let (head, tail) = text.split_at(if bullet { lead + 1 } else { lead });
    head.to_owned() + &tail.replace('*', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converter_marks_go_and_words_stay() {
        let table = [
            ("[bookmark: _GoBack]- Kiểm tra", "- Kiểm tra"),
            ("Số: **57** /VHXH", "Số: 57 /VHXH"),
            ("(*hoàn thành trước 10/5*)", "(hoàn thành trước 10/5)"),
            ("* Nuôi dưỡng **trẻ**", "* Nuôi dưỡng trẻ"),
            ("<p>Gồm:</p> <ul> <li>Biểu 1;</li><li>- Biểu 2</li></ul>", " Gồm: - Biểu 1; - Biểu 2 "),
            ("GD&amp;ĐT &lt; 5 &x", "GD&ĐT < 5 &x"),
            ("5 < 6", "5 < 6"),
            ("  Số: 7/VHXH          Đồi Chè, ngày 5", "Số: 7/VHXH\tĐồi Chè, ngày 5"),
            ("Số:        /KH-VHXH", "Số: /KH-VHXH"),
            ("Đồi Chè, ngày       tháng 8", "Đồi Chè, ngày tháng 8"),
        ];
        for (raw, want) in table {
            assert_eq!(without_markup(raw), want, "{raw}");
        }
    }

    #[test]
    fn a_line_knows_its_number_and_bytes() {
        let lines = lines("Một\r\nHai\tBa\n\nBốn");
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[1].cells(), ["Hai", "Ba"]);
        assert_eq!(lines[3].span.first_line, 4);
        assert!(lines[2].is_blank());
    }
}
