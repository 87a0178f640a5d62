//! Vietnamese without its marks, for comparing what people and scanners spell differently.

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
        if c.is_alphanumeric() {
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
        _ => {
            let mut base = None;
            decompose_canonical(c, |part| base = base.or(Some(part)));
            out.extend(base.unwrap_or(c).to_lowercase());
        }
    }
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
