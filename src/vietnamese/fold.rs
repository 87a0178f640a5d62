//! Vietnamese without its marks, for comparing what people and scanners spell differently.

use std::sync::LazyLock;

use compact_str::CompactString;
use unicode_normalization::char::decompose_canonical;

/// Lower case, no diacritics, đ as d: `Hòa Bình` and `HOÀ BÌNH` are both `hoa binh`.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).map(folded_letter).collect()
}

/// [`fold`] of a word, kept in place.
#[must_use]
pub fn fold_word(word: &str) -> CompactString {
    /// No syllable is longer.
    const MOST: usize = 16;
    let mut letters = [0; MOST];
    let mut count = 0;
    for c in word.chars().filter(|c| !is_mark(*c)) {
        match (letters.get_mut(count), u8::try_from(folded_letter(c))) {
            (Some(place), Ok(letter)) if letter.is_ascii() => *place = letter,
            _ => return fold(word).into(),
        }
        count += 1;
    }
    str::from_utf8(&letters[..count]).unwrap_or_default().into()
}

/// [`fold`], every run of other signs than letters and digits as one space, none at the ends.
#[must_use]
pub fn fold_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parted = false;
    for c in text.chars() {
        let folded = match c {
            'a'..='z' | '0'..='9' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            _ if is_mark(c) => continue,
            _ if is_letter_or_digit(c) => folded_letter(c),
            _ => {
                parted = true;
                continue;
            }
        };
        if parted && !out.is_empty() {
            out.push(' ');
        }
        parted = false;
        out.push(folded);
    }
    out
}

/// A mark that stands behind the letter it belongs to.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn folded_letter(c: char) -> char {
    match c {
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        '\u{c0}'..='\u{24f}' => LATIN[c as usize - 0xc0],
        '\u{1e00}'..='\u{1eff}' => LATIN_ADDITIONAL[c as usize - 0x1e00],
        _ => base(c),
    }
}

/// The letters of Vietnamese are looked up: a document is folded word by word, some words many times.
static LATIN: LazyLock<Vec<char>> = LazyLock::new(|| ('\u{c0}'..='\u{24f}').map(base).collect());
static LATIN_ADDITIONAL: LazyLock<Vec<char>> =
    LazyLock::new(|| ('\u{1e00}'..='\u{1eff}').map(base).collect());

fn base(c: char) -> char {
    let mut base = None;
    decompose_canonical(c, |part| base = base.or(Some(part)));
    let base = base.unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// [`char::is_alphanumeric`], without the long way for the letters of Vietnamese.
#[must_use]
pub fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '×' | '÷' => false,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// [`fold_words`] of the first `most` characters: enough to see how a line begins.
#[must_use]
pub fn fold_start(text: &str, most: usize) -> String {
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    fold_words(&text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_count() {
        for text in ["HOÀ BÌNH", "Hòa Bình", "hoa binh", "Ho\u{300}a Bi\u{300}nh"] {
            assert_eq!(fold(text), "hoa binh");
        }
        assert_eq!(fold("Đường Nguyễn Ước ½"), "duong nguyen uoc ½");
        assert_eq!(fold_words("  (Phòng GD&ĐT) - Tổ 2. "), "phong gd dt to 2");
    }

    #[test]
    fn a_word_is_folded_as_a_text_is() {
        for word in ["", "NGHIÊNG", "Ho\u{300}a", "½", "một_từ_dài_hơn_mười_sáu_chữ", "đ", "Ω", "2O25"]
        {
            assert_eq!(fold_word(word), fold(word), "{word}");
        }
    }
}
