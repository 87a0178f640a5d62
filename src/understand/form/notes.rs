//! What stands in brackets behind a field: its kind, its unit, its limits, what may be chosen.

use crate::domain::{Field, FieldKind};
use crate::vietnamese::{amount_at, fold, fold_words, normal, tokens};

/// Takes one note; what is none of the known ones is the unit.
pub(super) fn take(field: &mut Field, note: &str) {
    let folded = fold_words(note);
    match fold(note).trim() {
        "" | "bat buoc" => return,
        "khong bat buoc" | "neu co" | "tuy chon" | "tuy y" => return field.required = false,
        "%" | "phan tram" => return field.kind = FieldKind::Percent,
        "tien" | "dong" | "d" | "vnd" => return field.kind = FieldKind::Money,
        "chu" | "van ban" | "loi" => return field.kind = FieldKind::Text,
        "link" | "duong dan" | "duong link" => return field.kind = FieldKind::Link,
        "tep" | "file" => return field.kind = FieldKind::File,
        "anh" | "hinh" | "hinh anh" => return field.kind = FieldKind::Photo,
        "ngay" => return field.kind = FieldKind::Date,
        "so" => return field.kind = FieldKind::Count,
        "so truong" | "so voi so truong" | "theo so truong" => return field.enrolment = true,
        "khong so voi so truong" | "khong theo so truong" => return field.enrolment = false,
        _ => {}
    }
    if let Some(rest) = behind(note, &["chọn một trong", "chọn"]) {
        field.kind = FieldKind::Choice;
        field.options =
            rest.split(['/', '|']).map(|o| o.trim().to_owned()).filter(|o| !o.is_empty()).collect();
    } else if let Some(rest) = behind(note, &["ví dụ", "vd"]) {
        field.example = rest.to_owned();
    } else if let Some(rest) = behind(note, &["gợi ý", "hướng dẫn", "lưu ý"]) {
        field.help = rest.to_owned();
    } else if let Some(rest) = behind(note, &["viết tắt", "hay gọi", "tên khác"]) {
        field.aliases.extend(rest.split(['/', '|']).map(|a| a.trim().to_owned()).filter(|a| !a.is_empty()));
    } else if let Some((min, max)) = limits(note, &folded) {
        (field.min, field.max) = (min.or(field.min), max.or(field.max));
    } else {
        note.clone_into(&mut field.unit);
    }
}

/// What stands behind one of these words.
fn behind<'n>(note: &'n str, words: &[&str]) -> Option<&'n str> {
    words.iter().find_map(|word| {
        let at = note.char_indices().nth(word.chars().count()).map_or(note.len(), |(at, _)| at);
        let (head, rest) = note.split_at(at);
        let rest = rest.trim_start_matches([':', ' ']).trim();
        (fold(head) == fold(word) && !rest.is_empty()).then_some(rest)
    })
}

/// "từ 1 đến 500", "ít nhất 1", "tối đa 500".
fn limits(note: &str, folded: &str) -> Option<(Option<i64>, Option<i64>)> {
    let figures = figures(note);
    let begins = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
    match figures[..] {
        [min, max] if begins(&["tu "]) => Some((Some(min), Some(max))),
        [min] if begins(&["tu ", "it nhat ", "toi thieu ", "khong duoi "]) => Some((Some(min), None)),
        [max] if begins(&["toi da ", "khong qua ", "den "]) => Some((None, Some(max))),
        _ => None,
    }
}

fn figures(note: &str) -> Vec<i64> {
    let text = normal(note);
    let tokens = tokens(&text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].number().and_then(|_| amount_at(&text, &tokens, at)) {
            Some((amount, next)) => {
                found.extend(amount.whole());
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}
