//! Times of day as people write them in settings.

use chrono::NaiveTime;

/// Reads `08:00`, `8:00`, `8h`, `8h30`, `8g30`; without seconds, from 00:00 to 23:59.
pub(super) fn parse(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once([':', 'h', 'H', 'g'])?;
    let digits = |part: &str| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let minute = if minute.is_empty() && !text.contains(':') { 0 } else { minute.parse().ok()? };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_written() {
        let cases = [
            ("08:00", Some("08:00")),
            ("8:05", Some("08:05")),
            ("8h", Some("08:00")),
            ("17h30", Some("17:30")),
            ("7g30", Some("07:30")),
            ("23:59", Some("23:59")),
            ("24:00", None),
            ("8", None),
            ("8:", None),
            (":30", None),
            ("h", None),
            ("08:000", None),
            ("+8:00", None),
            ("8:60", None),
            ("08:00:00", None),
        ];
        for (text, expected) in cases {
            assert_eq!(
                parse(text).map(|time| time.format("%H:%M").to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
