//! One Unicode form for everything that is read.
//!
//! Word, PDF converters and telephones write the same Vietnamese letter in several ways: one code point, a letter and loose
//! marks, marks in the wrong order, a mark left alone by a broken conversion. Spaces come as NBSP, and zero-width marks and
//! soft hyphens stand inside words.

use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

/// The text in NFC with plain spaces: exotic spaces become a space, zero-width marks and soft hyphens go, loose marks
/// are put on the letter before them. Tabs and line ends stay.
#[must_use]
pub fn normal(text: &str) -> String {
    if text.chars().all(is_settled) {
        return text.to_owned();
    }
    let kept = text.chars().filter_map(plain);
    if is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes {
        return kept.collect();
    }
    let mut out = String::with_capacity(text.len());
    let mut letter = None;
    let mut marks: Vec<char> = Vec::new();
    for c in kept.nfd() {
        if is_mark(c) {
            if !marks.contains(&c) {
                marks.push(c);
            }
        } else {
            put(&mut out, letter.replace(c), &mut marks);
        }
    }
    put(&mut out, letter, &mut marks);
    out
}

/// Whether reading changes this text at all: [`normal`] is not the identity on it.
#[must_use]
pub fn is_normal(text: &str) -> bool {
    text.chars().all(is_settled) || normal(text) == text
}

/// What nothing is done to: no space but the plain one, no loose mark, and of the letters those that are one code point in
/// every form. Nearly every text is of these alone.
fn is_settled(c: char) -> bool {
    matches!(c, '\0'..='\x7f' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}')
}

/// Writes a letter with its marks, the mark of the letter's shape before its tone. Marks on anything but a letter are
/// remains of a broken conversion and go.
fn put(out: &mut String, letter: Option<char>, marks: &mut Vec<char>) {
    let Some(letter) = letter else {
        marks.clear();
        return;
    };
    if letter.is_alphabetic() {
        marks.sort_by_key(|&mark| !is_shape(mark));
        out.extend(std::iter::once(letter).chain(marks.drain(..)).nfc());
    } else {
        marks.clear();
        out.push(letter);
    }
}

/// Circumflex, breve and horn.
fn is_shape(mark: char) -> bool {
    matches!(mark, '\u{302}' | '\u{306}' | '\u{31b}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn plain(c: char) -> Option<char> {
    match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => None,
        '\u{340}' => Some('\u{300}'),
        '\u{341}' => Some('\u{301}'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_writing_of_a_word_has_one_form() {
        let table = [
            ("tru\u{31b}o\u{31b}\u{300}ng", "trường"),
            ("to\u{301}\u{302}t", "tốt"),
            ("ti\u{ea}\u{301}ng", "tiếng"),
            ("ngày\u{a0}05/9", "ngày 05/9"),
            ("tr\u{ad}ước\u{200b}", "trước"),
            ("a \u{301}b", "a b"),
            ("Trườ\u{300}\u{300}ng", "Trường"),
            ("Đồi Chè\t8/2026", "Đồi Chè\t8/2026"),
        ];
        for (raw, want) in table {
            assert_eq!(normal(raw), want, "{raw:?}");
        }
        let settled = ('\0'..='\u{ffff}').filter(|c| is_settled(*c));
        for c in settled {
            let slowly: String = c.nfd().nfc().collect();
            assert_eq!(slowly, String::from(c));
            assert_eq!(plain(c), Some(c));
        }
        assert!(is_normal("Suối Ngàn"));
        assert!(!is_normal("a\u{a0}b"));
    }
}
