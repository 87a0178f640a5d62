//! "Công văn số 155/PGDĐT-GDMN có thật không?": the question, and the directive that it names.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::vietnamese::{document_key, fold, fold_words, normal};

/// A directive as a person names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NamedDirective {
    /// As typed.
    pub printed: String,
    /// Folded for comparing: `155/pgddt-gdmn`, or `155` without a symbol.
    pub key: String,
    /// The figures alone.
    pub figures: u32,
    /// The day of issue, where one was said.
    pub issued_on: Option<NaiveDate>,
}

/// A number behind the word for a document, on folded text: "cong van so 155/pgddt-gdmn".
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = r"(?:cong van|van ban|thong bao|ke hoach|quyet dinh|huong dan|giay moi|cv|vb|so)";
    Regex::new(&format!(r"\b{words}\s*(?:so|s)?\s*[:.]?\s*(\d{{1,5}}(?:\s*/\s*[a-z&\d][a-z&\d.-]*)?)")).ok()
});

/// A number with its symbol, wherever it stands.
static WITH_SYMBOL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,5}\s*/\s*[a-z&]{2,}[a-z&\d.-]*)").ok());

static DAY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\bngay\s+(\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+nam\s+)(\d{4})").ok()
});

/// Words that ask whether something is genuine, folded.
const ASKS: &[&str] = &[
    "co that khong",
    "that khong",
    "that hay gia",
    "gia hay that",
    "co gia khong",
    "gia khong",
    "lua dao khong",
    "co phai cua phong",
    "phai cua phong khong",
    "do phong ban hanh khong",
    "co chinh thong",
    "phong co ban hanh",
    "phong co gui",
    "co dung cua phong",
    "co dung la cua phong",
    "kiem tra that gia",
];

/// Words for a document, folded.
const DOCUMENTS: &[&str] = &[
    "cong van",
    "van ban",
    "thong bao",
    "ke hoach",
    "quyet dinh",
    "huong dan",
    "giay moi",
    "cv",
    "vb",
    "file",
    "tep",
];

/// Whether a message asks if a document is genuine. With a file that comes along, the file is what is meant.
#[must_use]
pub fn asks_if_genuine(text: &str, with_file: bool) -> bool {
    const NOT: [&str; 6] = ["ko", "k", "kg", "hok", "hong", "kh"];
    let folded = fold_words(&normal(text));
    let whole = folded.split(' ').map(|word| if NOT.contains(&word) { "khong" } else { word });
    let padded = format!(" {} ", whole.collect::<Vec<_>>().join(" "));
    let says = |phrases: &[&str]| phrases.iter().any(|p| padded.contains(&format!(" {p} ")));
    says(ASKS) && (with_file || says(DOCUMENTS) || named_directive(text).is_some())
}

/// The directive that a text names by its number, with the day of issue where it stands beside it.
#[must_use]
pub fn named_directive(text: &str) -> Option<NamedDirective> {
    let text = normal(text);
    let folded = fold(&text);
    let found = [&NUMBERED, &WITH_SYMBOL].into_iter().find_map(|r| r.as_ref()?.captures(&folded)?.get(1))?;
    // Folding keeps one character for one.
    let before = folded[..found.start()].chars().count();
    let printed: String = text.chars().skip(before).take(found.as_str().chars().count()).collect();
    named(printed.trim_end_matches(['.', '-', '?']), day(&folded))
}

/// The directive with a number as typed behind a command.
pub(super) fn numbered(text: &str) -> Option<NamedDirective> {
    let first = text.split_whitespace().next()?;
    named(first.trim_end_matches(['.', ',', '?']), day(&fold(text)))
}

fn named(printed: &str, issued_on: Option<NaiveDate>) -> Option<NamedDirective> {
    let key = document_key(printed);
    let digits: String = key.chars().take_while(char::is_ascii_digit).collect();
    let figures = digits.parse().ok()?;
    Some(NamedDirective { printed: printed.to_owned(), key, figures, issued_on })
}

fn day(folded: &str) -> Option<NaiveDate> {
    let found = DAY.as_ref()?.captures(folded)?;
    let part = |i: usize| found[i].parse::<u32>().ok();
    NaiveDate::from_ymd_opt(found[3].parse().ok()?, part(2)?, part(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_is_heard_and_nothing_like_it() {
        for (text, file, asks) in [
            ("Công văn số 155/PGDĐT-GDMN có thật không?", false, true),
            ("cho em hỏi cv 155 that hay gia a", false, true),
            ("155/PGDĐT-GDMN có phải của phòng không ạ", false, true),
            ("cái này có thật không ạ", true, true),
            ("cái này có thật không ạ", false, false),
            ("Công văn số 155 em nộp rồi ạ", false, false),
            ("V2 tổng 337 đúng không ạ", false, false),
            ("thật không đấy", false, false),
        ] {
            assert_eq!(asks_if_genuine(text, file), asks, "{text}");
        }
    }

    #[test]
    fn a_directive_is_named_by_its_number() {
        for (text, printed, key, day) in [
            ("Công văn số 155/PGDĐT-GDMN có thật không?", "155/PGDĐT-GDMN", "155/pgddt-gdmn", None),
            ("cv 155 thật không", "155", "155", None),
            (
                "văn bản số: 0155/PGD&ĐT-GDMN ngày 14/9/2026 có thật không",
                "0155/PGD&ĐT-GDMN",
                "155/pgddt-gdmn",
                Some((2026, 9, 14)),
            ),
            (
                "155/PGDĐT-GDMN ngày 14 tháng 9 năm 2026 có thật không",
                "155/PGDĐT-GDMN",
                "155/pgddt-gdmn",
                Some((2026, 9, 14)),
            ),
        ] {
            let found = named_directive(text).unwrap();
            let day = day.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d));
            assert_eq!(
                (found.printed.as_str(), found.key.as_str(), found.issued_on),
                (printed, key, day),
                "{text}"
            );
            assert_eq!(found.figures, 155);
        }
        assert_eq!(named_directive("V2 tổng 337"), None);
        assert_eq!(named_directive("hạn 17/10 nhé"), None);
    }
}
