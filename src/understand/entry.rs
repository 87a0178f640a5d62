//! What is typed into one field of a form's page, and the wish for such a page.

use chrono::{Days, NaiveDateTime};

use super::amounts::{share_of, value_of};
use super::key::{Key, words};
use super::line::Line;
use super::marks::{links_in, marks};
use super::when::{Day, days};
use crate::domain::{Field, FieldKind, Value};
use crate::vietnamese::{Amount, fold_words};

/// The value of a field from what stands in it: nothing for an empty one, `Err` for what its kind cannot hold.
#[must_use]
pub fn field_value(field: &Field, text: &str, now: NaiveDateTime) -> Option<Result<Value, ()>> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if ["khong ap dung", "khong thuoc doi tuong"].contains(&fold_words(text).as_str()) {
        return Some(Ok(Value::NotApplicable));
    }
    let value = match field.kind {
        FieldKind::Percent => {
            let line = Line::new(text);
            let share = share_of(&line, 0).filter(|(_, end)| *end >= line.len());
            // What is no rate for sure is refused by its range.
            let above = |a: &Amount| a.hundredths().filter(|h| *h > 10_000);
            let value = |a: Amount| value_of(field, &a).or_else(|| above(&a).map(Value::Figure));
            share.map(|(rate, _)| Value::Figure(rate)).or_else(|| amount(text).and_then(value))
        }
        FieldKind::Count => amount(text).and_then(|a| a.whole()).map(Value::Figure),
        FieldKind::Decimal | FieldKind::Money => amount(text).and_then(|a| value_of(field, &a)),
        FieldKind::Date => day(text, now),
        FieldKind::Link => links_in(text).into_iter().next().map(Value::Link),
        FieldKind::Choice => {
            let wanted = fold_words(text);
            let option = field.options.iter().find(|o| fold_words(o) == wanted);
            option.map(|o| Value::Text(o.clone()))
        }
        FieldKind::Text => Some(Value::Text(text.to_owned())),
        FieldKind::File | FieldKind::Photo => None,
    };
    Some(value.ok_or(()))
}

/// Words behind a number that say it is none: "ba trăm mấy", "300 hơn".
const VAGUE: [&str; 8] = ["may", "hon", "ruoi", "gan", "khoang", "vai", "chua", "hoac"];

/// The one amount that a text is, with a unit or nothing behind it.
pub(super) fn amount(text: &str) -> Option<Amount> {
    let line = Line::new(text);
    let (amount, next) = line.amount(0)?;
    // "Không kịp" begins with a word for 0 and is none.
    const NONE: &[Key] = words!["co", "chau", "tre", "ca", "nao", "gi", "ai", "a", "em"];
    if line.is(0, words!["khong"]) && (next..line.len()).any(|at| !line.is(at, NONE)) {
        return None;
    }
    let rest = (next..line.len()).all(|at| {
        line.number(at).is_none() && line.tokens.get(at).is_none_or(|t| !VAGUE.contains(&&*t.folded))
    });
    rest.then_some(amount)
}

fn day(text: &str, now: NaiveDateTime) -> Option<Value> {
    if let Ok(day) = text.parse() {
        return Some(Value::Date(day));
    }
    let line = Line::new(text);
    if let Some(back) = days_back(&line) {
        return now.date().checked_sub_days(Days::new(back)).map(Value::Date);
    }
    let marks = marks(&line, &[]);
    match days(&line, 0..line.len(), &marks, now).first()?.day {
        Day::On(day) | Day::Past(day) => Some(Value::Date(day)),
        Day::Vague | Day::Unreal => None,
    }
}

/// "Hôm qua", "chiều qua", "hôm kia": how many days ago.
pub(super) fn days_back(line: &Line) -> Option<u64> {
    (0..line.len()).find_map(|at| {
        let part = line.is(at, words!["hom", "ngay", "sang", "trua", "chieu", "toi"]);
        match line.folded(at + 1) {
            "qua" if part => Some(1),
            "kia" if part && line.is(at, words!["hom"]) => Some(2),
            _ => None,
        }
    })
}

/// Whether a school asks for the page of a form: "gửi em link", "cho em xin link V2". Not "em gửi link", which hands in.
#[must_use]
pub fn wants_link(text: &str) -> bool {
    const ASKS: [&str; 14] = [
        "gui em link",
        "gui em duong",
        "gui cho em link",
        "gui chi link",
        "gui toi link",
        "cho em link",
        "cho em xin link",
        "cho truong em xin link",
        "xin link",
        "cho xin link",
        "lay link",
        "link dien",
        "link nhap",
        "gui minh link",
    ];
    let words = fold_words(text);
    links_in(text).is_empty() && ASKS.iter().any(|ask| format!(" {words} ").contains(&format!(" {ask} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_takes_what_people_type_into_it() {
        let now = chrono::NaiveDate::from_ymd_opt(2026, 10, 14).unwrap().and_hms_opt(9, 0, 0).unwrap();
        let field = |kind| Field { options: vec!["Đạt".into()], ..Field::new("a", "a", kind) };
        let value = |kind, text: &str| field_value(&field(kind), text, now);
        let figure = |n| Some(Ok(Value::Figure(n)));
        assert_eq!(value(FieldKind::Count, "1.250"), figure(1250));
        assert_eq!(value(FieldKind::Count, " 337 trẻ"), figure(337));
        assert_eq!(value(FieldKind::Count, ""), None);
        assert_eq!(value(FieldKind::Count, "12-15"), Some(Err(())));
        assert_eq!(value(FieldKind::Count, "nhiều"), Some(Err(())));
        assert_eq!(value(FieldKind::Count, "ba trăm mấy"), Some(Err(())));
        assert_eq!(value(FieldKind::Count, "không có"), figure(0));
        assert_eq!(value(FieldKind::Count, "không kịp"), Some(Err(())));
        assert_eq!(value(FieldKind::Percent, "97,5%"), figure(9750));
        assert_eq!(value(FieldKind::Choice, "đạt"), Some(Ok(Value::Text("Đạt".into()))));
        assert_eq!(value(FieldKind::Choice, "khá"), Some(Err(())));
        assert!(matches!(value(FieldKind::Date, "2026-10-17"), Some(Ok(Value::Date(_)))));
        assert!(matches!(value(FieldKind::Date, "17/10"), Some(Ok(Value::Date(_)))));
        let day = |d| Some(Ok(Value::Date(chrono::NaiveDate::from_ymd_opt(2026, 10, d).unwrap())));
        assert_eq!(value(FieldKind::Date, "hôm qua"), day(13));
        assert_eq!(value(FieldKind::Date, "chiều hôm kia"), day(12));
        assert_eq!(value(FieldKind::Link, "khong co"), Some(Err(())));
    }

    #[test]
    fn a_wish_for_a_link_is_no_link() {
        for (text, want) in [
            ("gửi em link V2 với ạ", true),
            ("cho em xin link", true),
            ("em gửi link ạ", false),
            ("em gửi link https://a.vn/x", false),
        ] {
            assert_eq!(wants_link(text), want, "{text}");
        }
    }
}
