//! One spelling for one ward and one cluster: a task "for ward Khe Lim" must reach the school whose row says "khe  lim".

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::vietnamese::fold;

/// The spellings met so far, each by what does not depend on case, on blanks and on where the tone mark stands.
#[derive(Debug, Default)]
pub struct Spellings(HashMap<(String, Vec<char>), String>);

impl Spellings {
    /// The spelling that was met first for the same name: "Cụm 1" for "cụm1", "Hòa Bình" for "Hoà Bình".
    pub fn first(&mut self, text: &str) -> String {
        let letters = fold(text).split_whitespace().collect();
        let mut marks: Vec<char> = text.nfd().filter(|c| matches!(c, '\u{300}'..='\u{36f}')).collect();
        marks.sort_unstable();
        self.0.entry((letters, marks)).or_insert_with(|| text.to_owned()).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_spelling_stands_for_all() {
        let mut spellings = Spellings::default();
        let table = [
            ("Cụm 1", "Cụm 1"),
            ("cụm1", "Cụm 1"),
            ("Cụm 11", "Cụm 11"),
            ("Hòa Bình", "Hòa Bình"),
            ("HOÀ BÌNH", "Hòa Bình"),
            // Other marks are another place.
            ("Đá Bạc", "Đá Bạc"),
            ("Đa Bắc", "Đa Bắc"),
        ];
        for (text, first) in table {
            assert_eq!(spellings.first(text), first);
        }
    }
}
