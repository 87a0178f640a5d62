//! In whose words: the language, and the zone in which days and hours are said.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;

use super::catalog;
use crate::domain::{Address, Field, FieldKind, Language, Measure, Month, Value};

/// A language and a zone.
#[derive(Debug, Clone, Copy)]
pub struct Voice {
    /// The language.
    pub language: Language,
    /// The office's zone.
    pub zone: Tz,
}

impl Voice {
    /// The words of this language.
    pub fn words(&self) -> &'static FluentLanguageLoader {
        catalog(self.language)
    }

    /// `17/10`, `05/9`, `05/02`: days below ten and the months 1 and 2 are padded (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    pub fn day(&self, day: NaiveDate) -> String {
        let (d, m) = (day.day(), day.month());
        if m <= 2 { format!("{d:02}/{m:02}") } else { format!("{d:02}/{m}") }
    }

    /// `17/10/2026`.
    pub fn full_day(&self, day: NaiveDate) -> String {
        format!("{}/{}", self.day(day), day.year())
    }

    /// `thứ Hai 19/10`.
    pub fn weekday(&self, day: NaiveDate) -> String {
        let number = day.weekday().number_from_monday();
        let name = fl!(self.words(), "weekday", day = number);
        fl!(self.words(), "weekday-day", weekday = name, day = self.day(day))
    }

    /// `10:24`.
    pub fn clock(&self, at: DateTime<Utc>) -> String {
        self.hour(at.with_timezone(&self.zone).time())
    }

    /// `10:24`.
    pub fn hour(&self, time: NaiveTime) -> String {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// `thứ Hai 19/10`, with the hour when it is not the office's usual end of the day.
    pub fn until(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.zone);
        let day = self.weekday(local.date_naive());
        if local.hour() >= 17 {
            return day;
        }
        fl!(self.words(), "hour-of-day", hour = self.clock(at), day = day)
    }

    /// The local day of an instant.
    pub fn local_day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// `10/2026`.
    pub fn month(&self, month: Month) -> String {
        format!("{}/{}", month.month, month.year)
    }

    /// `1.250`: dots between groups of three, as Vietnamese writes.
    pub fn figure(&self, n: i64) -> String {
        let separator = match self.language {
            Language::Vi => '.',
            Language::En => ',',
        };
        let digits = n.unsigned_abs().to_string();
        let mut out = String::from(if n < 0 { "-" } else { "" });
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(c);
        }
        out
    }

    /// `97,5` of 9750 hundredths.
    pub fn hundredths(&self, n: i64) -> String {
        let rest = format!("{:02}", (n % 100).abs());
        let rest = rest.trim_end_matches('0');
        let comma = if self.language == Language::Vi { "," } else { "." };
        let sign = if n < 0 && n > -100 { "-" } else { "" };
        let whole = self.figure(n / 100);
        if rest.is_empty() { whole } else { format!("{sign}{whole}{comma}{rest}") }
    }

    /// A figure as its field writes it: `12,5` of 12.500.000 đồng in millions, `97,5%` of 9750.
    pub fn measured(&self, n: i64, measure: Measure) -> String {
        let (whole, rest) = measure.parts(n);
        let comma = if self.language == Language::Vi { "," } else { "." };
        let sign = if n < 0 { "-" } else { "" };
        let end = if measure.percent { "%" } else { "" };
        let whole = self.figure(i64::try_from(whole).unwrap_or(i64::MAX));
        let rest = if rest.is_empty() { rest } else { format!("{comma}{rest}") };
        format!("{sign}{whole}{rest}{end}")
    }

    /// A value as its field writes it: `337`, `97,5%`, `4.250.000 đồng`, `12,5 triệu đồng`.
    pub fn value(&self, field: &Field, value: &Value) -> String {
        match value {
            Value::Figure(n) => {
                let said = self.measured(*n, field.measure());
                match field.kind {
                    FieldKind::Money if field.measure() == Measure::WHOLE => {
                        fl!(self.words(), "value-money", amount = said)
                    }
                    FieldKind::Money | FieldKind::Decimal if !field.unit.is_empty() => {
                        format!("{said} {}", field.unit)
                    }
                    _ => said,
                }
            }
            Value::Text(words) => format!("“{words}”"),
            Value::Link(link) => link.clone(),
            Value::File { name, .. } => fl!(self.words(), "value-file", name = name.clone()),
            Value::Date(day) => self.full_day(*day),
            Value::NotApplicable => fl!(self.words(), "value-not-applicable"),
        }
    }

    /// A field with its value: `337 trẻ` when the field has a unit, else `cân đo 337`.
    pub fn pair(&self, field: &Field, value: &Value) -> String {
        let said = self.value(field, value);
        let counted = matches!(field.kind, FieldKind::Count | FieldKind::Percent);
        match value {
            Value::Figure(_) if !field.unit.is_empty() && counted => format!("{said} {}", field.unit),
            Value::Figure(_) => format!("{} {said}", field.label),
            _ if field.label.is_empty() => said,
            _ => format!("{}: {said}", field.label),
        }
    }

    /// Fields with their values, in one line.
    pub fn pairs(&self, values: &[(Field, Value)]) -> String {
        values.iter().map(|(f, v)| self.pair(f, v)).collect::<Vec<_>>().join(", ")
    }

    /// An example answer for these fields: `tổng 320, cân đo 320, nhẹ cân 12`.
    pub fn example(&self, fields: &[Field]) -> String {
        let mut figures = [320, 320, 12, 9, 6, 5, 4, 3].into_iter().chain(std::iter::repeat(2));
        let one = |field: &Field| match field.kind {
            FieldKind::Choice => {
                format!("{} {}", field.label, field.options.first().map_or("", String::as_str))
            }
            _ if !field.example.is_empty() => format!("{} {}", field.label, field.example),
            FieldKind::Count => format!("{} {}", field.label, figures.next().unwrap_or(2)),
            FieldKind::Percent => format!("{} 97,5%", field.label),
            FieldKind::Decimal => format!("{} 350,5", field.label),
            FieldKind::Money => format!("{} 4tr250", field.label),
            FieldKind::Link => "https://…".to_owned(),
            FieldKind::Date => format!("{} 17/10", field.label),
            FieldKind::Text => format!("{}: …", field.label),
            FieldKind::File | FieldKind::Photo => fl!(self.words(), "example-file"),
        };
        fields.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// Anh, Chị or Anh/chị.
    pub fn address(&self, address: Address) -> String {
        match address {
            Address::Brother => fl!(self.words(), "address-brother"),
            Address::Sister => fl!(self.words(), "address-sister"),
            Address::Either => fl!(self.words(), "address-either"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vi() -> Voice {
        Voice { language: Language::Vi, zone: chrono_tz::Asia::Ho_Chi_Minh }
    }

    #[test]
    fn figures_and_days_are_written_as_officials_write_them() {
        for (n, said) in
            [(0, "0"), (999, "999"), (1250, "1.250"), (4_250_000, "4.250.000"), (-1250, "-1.250")]
        {
            assert_eq!(vi().figure(n), said);
        }
        let day = |m, d| NaiveDate::from_ymd_opt(2027, m, d).unwrap();
        assert_eq!(vi().day(day(2, 5)), "05/02");
        assert_eq!(vi().day(day(9, 5)), "05/9");
        assert_eq!(vi().weekday(day(5, 3)), "thứ Hai 03/5");
    }

    #[test]
    fn percentages_keep_their_hundredths() {
        let said = |kind, unit: &str, n| {
            vi().value(&Field { unit: unit.into(), ..Field::new("a", "a", kind) }, &Value::Figure(n))
        };
        assert_eq!(said(FieldKind::Percent, "", 9750), "97,5%");
        assert_eq!(said(FieldKind::Percent, "", 10_000), "100%");
        assert_eq!(said(FieldKind::Decimal, "m²", 35_050), "350,5 m²");
        assert_eq!(said(FieldKind::Decimal, "", 125_000), "1.250");
        assert_eq!(said(FieldKind::Money, "triệu đồng", 1_250_500_000), "1.250,5 triệu đồng");
        assert_eq!(said(FieldKind::Money, "", 4_250_000), "4.250.000 đồng");
    }
}
