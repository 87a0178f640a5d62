//! What stands in brackets behind a field: its kind, its unit, its limits, what may be chosen.

use crate::domain::{Field, FieldKind, Measure, money_unit};
use crate::vietnamese::{Amount, amount_at, fold, fold_words, normal, tokens};

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
        "so thap phan" | "thap phan" | "so le" => return field.kind = FieldKind::Decimal,
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
    } else if let Some((min, max)) = limits(field, note, &folded) {
        (field.min, field.max) = (min.or(field.min), max.or(field.max));
    } else {
        note.clone_into(&mut field.unit);
        by_unit(field);
    }
}

/// What a unit says about the kind: "triệu đồng", "m²". The "điểm" of "điểm trường" are places.
pub(super) fn by_unit(field: &mut Field) {
    const MEASURES: [&str; 18] = [
        "m2",
        "m 2",
        "met vuong",
        "m3",
        "m",
        "met",
        "km",
        "cm",
        "ha",
        "hecta",
        "kg",
        "ki lo",
        "g",
        "gam",
        "tan",
        "ta",
        "lit",
        "diem",
    ];
    let unit = fold_words(&field.unit.replace('²', "2").replace('³', "3"));
    let label = fold_words(&field.label);
    let places = ["diem truong", "diem le", "diem chinh", "so diem"].iter().any(|w| label.starts_with(w));
    if field.kind != FieldKind::Count && field.kind != FieldKind::Money {
        return;
    }
    if money_unit(&field.unit).is_some() {
        field.kind = FieldKind::Money;
        if field.measure() == Measure::WHOLE {
            field.unit.clear();
        }
    } else if field.kind == FieldKind::Count && MEASURES.contains(&unit.as_str()) && !places {
        field.kind = FieldKind::Decimal;
    }
}

/// Whether a note limits the figures: it is looked at when the unit is known.
pub(super) fn is_limit(note: &str) -> bool {
    let any = Field::new("", "", FieldKind::Count);
    limits(&any, note, &fold_words(note)).is_some()
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

/// "từ 1 đến 500", "ít nhất 1", "tối đa 500", in the unit of the field.
fn limits(field: &Field, note: &str, folded: &str) -> Option<(Option<i64>, Option<i64>)> {
    let figures = figures(field, note);
    let begins = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
    match figures[..] {
        [min, max] if begins(&["tu "]) => Some((Some(min), Some(max))),
        [min] if begins(&["tu ", "it nhat ", "toi thieu ", "khong duoi "]) => Some((Some(min), None)),
        [max] if begins(&["toi da ", "khong qua ", "den "]) => Some((None, Some(max))),
        _ => None,
    }
}

fn figures(field: &Field, note: &str) -> Vec<i64> {
    let text = normal(note);
    let tokens = tokens(&text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].number().and_then(|_| amount_at(&text, &tokens, at)) {
            Some((amount, next)) => {
                found.extend(limit(field, &amount));
                at = next.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// What is kept of a limit. Money with its word is in đồng whatever the unit.
pub(super) fn limit(field: &Field, amount: &Amount) -> Option<i64> {
    if amount.percent && field.kind != FieldKind::Percent {
        return None;
    }
    if amount.money { amount.whole() } else { field.measure().kept(amount.digits, amount.scale) }
}

#[cfg(test)]
mod tests {
    use super::super::form;
    use crate::domain::FieldKind;

    #[test]
    fn units_say_kinds_and_limits_are_in_the_unit() {
        let form = form(
            "kinh phí (tối đa 500, triệu đồng), học phí (đồng), sân chơi (m², ít nhất 0,5), điểm trường (điểm), điểm thi (điểm, từ 0 đến 10), chi (nghìn đồng, tối đa 2 tỷ), cân nặng trung bình",
        )
        .unwrap();
        let shown: Vec<(FieldKind, &str, Option<i64>, Option<i64>)> =
            form.fields.iter().map(|f| (f.kind, f.unit.as_str(), f.min, f.max)).collect();
        assert_eq!(
            shown,
            [
                (FieldKind::Money, "triệu đồng", None, Some(500_000_000)),
                (FieldKind::Money, "", None, None),
                (FieldKind::Decimal, "m²", Some(50), None),
                (FieldKind::Count, "điểm", None, None),
                (FieldKind::Decimal, "điểm", Some(0), Some(1_000)),
                (FieldKind::Money, "nghìn đồng", None, Some(2_000_000_000)),
                (FieldKind::Decimal, "", None, None),
            ]
        );
    }
}
