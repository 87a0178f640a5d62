//! The little pictures of messages: "⭐ Nộp báo cáo", "🔔 TUẦN 1 🔔", "1️⃣ Cân đo". One that opens a line is its bullet, a figure
//! in a box is its number; all others are ornament and go.

use std::borrow::Cow;

use super::blocks::is_shouted;
use crate::vietnamese::{day_at, tokens};

/// The box around a figure: "1️⃣".
const BOX: char = '\u{20e3}';

/// Whether a character is a little picture.
pub fn is_pictograph(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{26ff}' | '\u{2b50}' | '\u{2b55}' | '\u{2b1b}' | '\u{2b1c}'
        | '\u{2705}' | '\u{2708}'..='\u{270d}' | '\u{2728}' | '\u{2733}' | '\u{2734}' | '\u{2744}' | '\u{2747}'
        | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2757}' | '\u{2763}' | '\u{2764}' | '\u{27a1}' | '\u{231a}'..='\u{231b}'
        | '\u{23e9}'..='\u{23fa}' | '\u{25aa}'..='\u{25ab}' | '\u{25b6}' | '\u{25fb}'..='\u{25fe}')
        || is_ornament(c)
}

/// Signs that are never a bullet by themselves: "‼", the marks that colour a picture, the box of a figure.
fn is_ornament(c: char) -> bool {
    matches!(c, '\u{203c}' | '\u{2049}' | '\u{fe0e}' | '\u{fe0f}' | BOX | '\u{e0020}'..='\u{e007f}')
}

/// A line without its ornament. What opens it stays as its bullet, unless what follows is a title.
pub fn without_pictographs(line: &str) -> Cow<'_, str> {
    if !line.chars().any(is_pictograph) {
        return Cow::Borrowed(line);
    }
    let text = line.trim();
    if let Some((number, rest)) = boxed_number(text) {
        return Cow::Owned(format!("{number}. {}", plain(rest)));
    }
    let opens = text.chars().next().filter(|c| is_pictograph(*c) && !is_ornament(*c));
    let words = plain(text);
    match opens {
        Some(sign) if !words.is_empty() && !is_title(&words) && !has_marker(&words) => {
            Cow::Owned(format!("{sign} {words}"))
        }
        _ => Cow::Owned(words),
    }
}

/// "3️⃣ …": the figure in the box and what follows.
fn boxed_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(BOX)?;
    let number = text[..end].trim_end_matches(is_ornament);
    let figure = number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit());
    figure.then(|| (number, &text[end + BOX.len_utf8()..]))
}

fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_pictograph(*c)) {
        if c != ' ' || !(out.is_empty() || out.ends_with([' ', '\t'])) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// A short line in capitals that sets no day of its own: "TUẦN 1 (1 – 6/3)" and "THÁNG 3/2027" name the time of what is below.
fn is_title(words: &str) -> bool {
    const LONG: usize = 90;
    if !is_shouted(words) || words.chars().count() > LONG {
        return false;
    }
    let tokens = tokens(words);
    let named =
        tokens.first().is_some_and(|t| ["tuan", "thang", "tu", "quy", "thu"].iter().any(|w| t.is_word(w)));
    named || !(0..tokens.len()).any(|at| day_at(words, &tokens, at).is_some())
}

fn has_marker(words: &str) -> bool {
    super::marker::opening(words).marker != super::marker::Marker::Plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_bullet_or_ornament() {
        let table = [
            ("⭐ Nộp báo cáo ❗", "⭐ Nộp báo cáo"),
            ("🔔 TUẦN 2 (08 – 13/3)", "TUẦN 2 (08 – 13/3)"),
            ("📣📣 THÔNG BÁO 📣📣", "THÔNG BÁO"),
            ("+ 👉 Gửi bản chụp ‼️", "+ Gửi bản chụp"),
            ("📌 1. Cân đo", "1. Cân đo"),
            ("2️⃣ Cân đo ❤️ trẻ", "2. Cân đo trẻ"),
            ("✅ HỌP NGÀY 3/3 TẠI TRƯỜNG", "✅ HỌP NGÀY 3/3 TẠI TRƯỜNG"),
            ("- Cân đo 5 → 6", "- Cân đo 5 → 6"),
        ];
        for (line, want) in table {
            assert_eq!(without_pictographs(line), want, "{line}");
        }
    }
}
