//! Vietnamese without its marks, for comparing what people and scanners spell differently.

use std::sync::LazyLock;

use unicode_normalization::char::decompose_canonical;

/// Lower case, no diacritics, đ as d: `Hòa Bình` and `HOÀ BÌNH` are both `hoa binh`.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).for_each(|c| push_folded(&mut out, c));
    out
}

/// [`fold`], every run of other signs than letters and digits as one space, none at the ends.
#[must_use]
pub fn fold_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')) {
        if is_letter_or_digit(c) {
            push_folded(&mut out, c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_folded(out: &mut String, c: char) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '\0'..='\x7f' => out.push(c),
        'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
        '\u{c0}'..='\u{24f}' => out.push(LATIN[c as usize - 0xc0]),
        '\u{1e00}'..='\u{1eff}' => out.push(LATIN_ADDITIONAL[c as usize - 0x1e00]),
        _ => out.push(base(c)),
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
}
