//! Answers that are no figures: words behind their label, one of the words to choose from, a day, "không áp dụng".

use std::ops::Range;

use chrono::NaiveDateTime;
use compact_str::CompactString;

use super::fields::Names;
use super::labels::FieldNames;
use super::line::Line;
use super::marks::marks;
use super::phrases::{Tag, phrases};
use super::when::{Day, days};
use crate::domain::{FieldKind, Value, Values};
use crate::vietnamese::{fold_word, fold_words};

/// What a stretch of a message gives in words for the fields of a form.
pub(super) fn worded(form: &Names, text: &str, now: NaiveDateTime) -> Values {
    let mut found = Values::new();
    let stretches = stretches(text);
    for names in form.fields() {
        let said = labelled_stretch(names, &stretches);
        let value = match names.field.kind {
            FieldKind::Text => labelled(names, text).map(Value::Text),
            FieldKind::Choice => chosen(names, text, said).map(Value::Text),
            FieldKind::Date => said.and_then(|rest| day_in(rest, now)).map(Value::Date),
            _ => None,
        };
        let value = value.or_else(|| said.is_some_and(is_not_concerned).then_some(Value::NotApplicable));
        found.extend(value.map(|value| (names.field.key.clone(), value)));
    }
    found
}

/// The words behind a label and a colon, up to the end of the line.
fn labelled(names: &FieldNames, text: &str) -> Option<String> {
    text.split(['\n', ';']).find_map(|line| {
        let (head, tail) = line.split_once(':')?;
        let head = fold_words(head);
        let tail = tail.trim();
        (names.labels.iter().any(|(name, _)| head.ends_with(name)) && !tail.is_empty())
            .then(|| tail.to_owned())
    })
}

/// "xếp loại tốt", or the word alone where no other field offers it.
fn chosen(names: &FieldNames, text: &str, labelled: Option<&str>) -> Option<String> {
    let option_of = |said: &str| {
        let said = said.trim();
        names.field.options.iter().find(|o| fold_words(o) == said).cloned()
    };
    if let Some(rest) = labelled {
        // What was named and is none of the options is kept for the check to refuse.
        return option_of(&fold_words(rest)).or_else(|| Some(rest.to_owned()).filter(|r| !r.is_empty()));
    }
    text.split(SEPARATORS).map(fold_words).find_map(|said| option_of(&said))
}

/// What parts one stretch from the next.
const SEPARATORS: [char; 3] = [',', ';', '\n'];

/// What stands between two separators, with its words folded: where each begins and ends.
struct Stretch<'t> {
    text: &'t str,
    words: Vec<(Range<usize>, CompactString)>,
}

fn stretches(text: &str) -> Vec<Stretch<'_>> {
    text.split(SEPARATORS).map(|text| Stretch { text, words: words(text) }).collect()
}

/// What stands behind the label in the same stretch.
fn labelled_stretch<'t>(names: &FieldNames, stretches: &[Stretch<'t>]) -> Option<&'t str> {
    stretches.iter().find_map(|Stretch { text, words }| {
        names.labels.iter().find_map(|(_, name)| {
            let run = words.windows(name.len()).find(|run| run.iter().map(|(_, word)| word).eq(name))?;
            let rest = text[run[name.len() - 1].0.end..].trim_start_matches([':', ' ', '-', '=']).trim();
            Some(rest.strip_prefix("là ").unwrap_or(rest).trim_end_matches(" ạ").trim_end_matches('.'))
        })
    })
}

fn words(stretch: &str) -> Vec<(Range<usize>, CompactString)> {
    let is_word = crate::vietnamese::is_letter_or_digit;
    let run = |word: &str| {
        let start = word.as_ptr() as usize - stretch.as_ptr() as usize;
        (start..start + word.len(), fold_word(word))
    };
    stretch.split(|c: char| !is_word(c)).filter(|word| !word.is_empty()).map(run).collect()
}

/// "Trẻ nhà trẻ: không áp dụng": the label and nothing but the word that it does not concern the school.
fn is_not_concerned(behind: &str) -> bool {
    if behind.is_empty() {
        return false;
    }
    let line = Line::new(behind);
    let folded = fold_words(behind);
    let said = matches!(folded.as_str(), "n a" | "na" | "k ap dung" | "ko ap dung" | "kad");
    said || line.len() <= 7 && phrases().find(&line).iter().any(|h| h.tag == Tag::NotConcerned)
}

pub(super) fn day_in(text: &str, now: NaiveDateTime) -> Option<chrono::NaiveDate> {
    let line = Line::new(text);
    let marks = marks(&line, &[]);
    days(&line, 0..line.len(), &marks, now).into_iter().find_map(|said| match said.day {
        Day::On(day) | Day::Past(day) => Some(day),
        Day::Vague | Day::Unreal => None,
    })
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
            let found = worded(&Names::new(&form), text, now);
            let shown: Vec<String> = found.iter().map(|(key, value)| format!("{key}={value:?}")).collect();
            assert_eq!(shown.join(" "), wanted, "{text}");
        }
    }
}
