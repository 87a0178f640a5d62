//! Answers that are no figures: words behind their label, one of the words to choose from, a day, "không áp dụng".

use chrono::NaiveDateTime;

use super::line::Line;
use super::marks::marks;
use super::phrases::{Tag, phrases};
use super::when::{Day, days};
use crate::domain::{Field, FieldKind, Form, Value, Values};
use crate::vietnamese::fold_words;

/// What a stretch of a message gives in words for the fields of a form.
pub(super) fn worded(form: &Form, text: &str, now: NaiveDateTime) -> Values {
    let mut found = Values::new();
    for field in &form.fields {
        let value = match field.kind {
            FieldKind::Text => labelled(field, text).map(Value::Text),
            FieldKind::Choice => chosen(field, text).map(Value::Text),
            FieldKind::Date => {
                labelled_stretch(field, text).and_then(|rest| day_in(rest, now)).map(Value::Date)
            }
            _ => None,
        };
        let value = value.or_else(|| is_not_concerned(field, text).then_some(Value::NotApplicable));
        found.extend(value.map(|value| (field.key.clone(), value)));
    }
    found
}

/// The words behind a label and a colon, up to the end of the line.
fn labelled(field: &Field, text: &str) -> Option<String> {
    text.split(['\n', ';']).find_map(|line| {
        let (head, tail) = line.split_once(':')?;
        let head = fold_words(head);
        let tail = tail.trim();
        (names(field).any(|name| head.ends_with(&name)) && !tail.is_empty()).then(|| tail.to_owned())
    })
}

/// "xếp loại tốt", or the word alone where no other field offers it.
fn chosen(field: &Field, text: &str) -> Option<String> {
    let option_of = |said: &str| {
        let said = said.trim();
        field.options.iter().find(|o| fold_words(o) == said).cloned()
    };
    let (behind, stretches) = (labelled_stretch(field, text), text.split([',', ';', '\n']));
    if let Some(rest) = behind {
        // What was named and is none of the options is kept for the check to refuse.
        return option_of(&fold_words(rest)).or_else(|| Some(rest.to_owned()).filter(|r| !r.is_empty()));
    }
    stretches.map(fold_words).find_map(|said| option_of(&said))
}

/// What stands behind the label in the same stretch.
fn labelled_stretch<'t>(field: &Field, text: &'t str) -> Option<&'t str> {
    text.split([',', ';', '\n']).find_map(|stretch| {
        let words: Vec<(usize, &str)> = words(stretch);
        names(field).find_map(|name| {
            let len = name.split(' ').count();
            let at = (0..words.len()).find(|at| {
                words.get(*at..at + len).is_some_and(|run| {
                    run.iter().map(|(_, w)| fold_words(w)).collect::<Vec<_>>().join(" ") == name
                })
            })?;
            let (start, last) = words[at + len - 1];
            let rest = stretch[start + last.len()..].trim_start_matches([':', ' ', '-', '=']).trim();
            Some(rest.strip_prefix("là ").unwrap_or(rest).trim_end_matches(" ạ").trim_end_matches('.'))
        })
    })
}

fn words(stretch: &str) -> Vec<(usize, &str)> {
    let is_word = crate::vietnamese::is_letter_or_digit;
    stretch
        .split(|c: char| !is_word(c))
        .filter(|w| !w.is_empty())
        .map(|w| (w.as_ptr() as usize - stretch.as_ptr() as usize, w))
        .collect()
}

/// "Trẻ nhà trẻ: không áp dụng": the label and nothing but the word that it does not concern the school.
fn is_not_concerned(field: &Field, text: &str) -> bool {
    labelled_stretch(field, text).is_some_and(|rest| {
        let line = Line::new(rest);
        let rest = fold_words(rest);
        let said = matches!(rest.as_str(), "n a" | "na" | "k ap dung" | "ko ap dung" | "kad");
        said || line.len() <= 7 && phrases().find(&line).iter().any(|h| h.tag == Tag::NotConcerned)
    })
}

pub(super) fn day_in(text: &str, now: NaiveDateTime) -> Option<chrono::NaiveDate> {
    let line = Line::new(text);
    let marks = marks(&line, &[]);
    days(&line, 0..line.len(), &marks, now).into_iter().find_map(|said| match said.day {
        Day::On(day) | Day::Past(day) => Some(day),
        Day::Vague | Day::Unreal => None,
    })
}

fn names(field: &Field) -> impl Iterator<Item = String> {
    std::iter::once(&field.label).chain(&field.aliases).map(|n| fold_words(n)).filter(|n| !n.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::form::form;
    use super::*;

    #[test]
    fn words_days_and_what_does_not_concern_find_their_fields() {
        let form = form(
            "trẻ nhà trẻ, trẻ mẫu giáo, tên bệnh (chữ), xếp loại (chọn: tốt / khá / chưa đạt), ngày khám (ngày)",
        )
        .unwrap();
        let now = chrono::NaiveDate::from_ymd_opt(2026, 10, 5).unwrap().and_hms_opt(9, 0, 0).unwrap();
        for (text, wanted) in [
            ("tên bệnh: tay chân miệng", "ten_benh=Text(\"tay chân miệng\")"),
            ("trẻ mẫu giáo 80, xep loai kha", "xep_loai=Text(\"khá\")"),
            ("trẻ mẫu giáo 80, chưa đạt", "xep_loai=Text(\"chưa đạt\")"),
            ("xếp loại giỏi", "xep_loai=Text(\"giỏi\")"),
            ("trẻ nhà trẻ không áp dụng, trẻ mẫu giáo 80", "tre_nha_tre=NotApplicable"),
            ("trẻ nhà trẻ: không có đối tượng", "tre_nha_tre=NotApplicable"),
            ("ngày khám 2/10", "ngay_kham=Date(2026-10-02)"),
            ("trẻ mẫu giáo 80, trẻ nhà trẻ 0", ""),
            ("bên em không áp dụng việc này", ""),
        ] {
            let found = worded(&form, text, now);
            let shown: Vec<String> = found.iter().map(|(key, value)| format!("{key}={value:?}")).collect();
            assert_eq!(shown.join(" "), wanted, "{text}");
        }
    }
}
