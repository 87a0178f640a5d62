//! Levels of schooling as they are named: "các trường tiểu học và THCS", "MN Hoa Sen", "TH&THCS Bản Mây".

use std::collections::BTreeSet;

use super::fold::fold_words;
use crate::domain::Level;

/// The levels that a text names, in words or in short.
#[must_use]
pub fn levels(text: &str) -> BTreeSet<Level> {
    const WORDS: [(&str, Level); 13] = [
        (" mam non ", Level::Preschool),
        (" mau giao ", Level::Preschool),
        (" nha tre ", Level::Preschool),
        (" nhom tre ", Level::Preschool),
        (" gdmn ", Level::Preschool),
        (" mn ", Level::Preschool),
        (" mg ", Level::Preschool),
        (" tieu hoc ", Level::Primary),
        (" th ", Level::Primary),
        (" trung hoc co so ", Level::LowerSecondary),
        (" thcs ", Level::LowerSecondary),
        (" trung hoc pho thong ", Level::UpperSecondary),
        (" thpt ", Level::UpperSecondary),
    ];
    let folded = format!(" {} ", fold_words(text));
    WORDS.iter().filter(|(words, _)| folded.contains(words)).map(|(_, level)| *level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_named_in_words_and_in_short() {
        use Level::{LowerSecondary, Preschool, Primary};
        let table: [(&str, &[Level]); 6] = [
            ("Hiệu trưởng các trường mầm non, mẫu giáo", &[Preschool]),
            ("Các trường TH, THCS", &[Primary, LowerSecondary]),
            ("TH&THCS Bản Mây", &[Primary, LowerSecondary]),
            ("Trường Tiểu học Bản Mây", &[Primary]),
            ("MN Hoa Sen", &[Preschool]),
            ("Các đơn vị trường học", &[]),
        ];
        for (text, want) in table {
            assert_eq!(levels(text), want.iter().copied().collect(), "{text}");
        }
    }
}
