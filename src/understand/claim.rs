//! "Nộp rồi mà", "gửi 2 lần rồi vẫn báo thiếu": a school says that what the bot misses has been sent.

use super::key::words;
use super::line::Line;
use super::marks::{Mark, marks};
use crate::vietnamese::fold_words;

const CLAIMS: [&str; 32] = [
    "nhan tren nhom roi",
    "gui tren nhom roi",
    "nop tren nhom roi",
    "bao tren nhom roi",
    "gui trong nhom roi",
    "gui vao nhom roi",
    "gui tu thu",
    "nop tu thu",
    "gui tu tuan",
    "nop tu tuan",
    "nop roi ma",
    "gui roi ma",
    "bao cao roi ma",
    "nop roi sao",
    "gui roi sao",
    "nop roi con",
    "gui roi con",
    "van bao thieu",
    "van bao chua",
    "van nhac",
    "sao van thieu",
    "sao bao thieu",
    "sao lai bao thieu",
    "bao thieu",
    "nop het roi ma",
    "gui het roi ma",
    "nop tu hom",
    "gui tu hom",
    "nop lau roi",
    "gui lau roi",
    "da nop roi ma",
    "nop du roi ma",
];

/// Whether words say so. What hands in figures now says more, and is read as that.
#[must_use]
pub fn claims_sent(text: &str) -> bool {
    let words = format!(" {} ", fold_words(text));
    let line = Line::new(text);
    let marks = marks(&line, &[]);
    let times = |at: usize| line.is(at + 1, words!["lan", "tin"]);
    let figures = (0..line.len()).any(|at| {
        line.number(at).is_some()
            && !times(at)
            && !matches!(marks[at], Mark::Code | Mark::Day | Mark::Clock | Mark::Measure)
    });
    let again = ["nop", "gui"].iter().any(|verb| {
        ["2", "3", "4", "hai", "ba", "may", "nhieu"]
            .iter()
            .any(|n| words.contains(&format!(" {verb} {n} lan ")))
    });
    !figures && (again || CLAIMS.iter().any(|c| words.contains(&format!(" {c} "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_told_from_an_answer() {
        for (text, want) in [
            ("em nộp rồi mà", true),
            ("V2 em gửi 2 lần rồi vẫn báo thiếu là sao ạ", true),
            ("trường em nộp từ hôm kia rồi", true),
            ("sao vẫn nhắc trường em vậy chị?", true),
            ("em nhắn trên nhóm rồi chị", true),
            ("V1 em gửi từ thứ 5 rồi ạ", true),
            ("V2 đã nộp ạ", false),
            ("V2 tổng 337, em gửi rồi mà", false),
            ("em chưa nộp được", false),
        ] {
            assert_eq!(claims_sent(text), want, "{text}");
        }
    }
}
