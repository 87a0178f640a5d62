//! What a number looks like in its cell: a date by the parts that its format shows, anything else as its figures.

use chrono::{Datelike, Days, NaiveDate};

/// The first and the last serial number that is taken for a date: 1927 and 2173. Smaller ones are figures in a cell that once
/// held a date.
const DATES: std::ops::Range<f64> = 10_000.0..100_000.0;

/// What a format shows of a date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// Words before it: "Tháng ".
    before: String,
    day: bool,
    month: bool,
    year: bool,
    clock: bool,
    percent: bool,
}

impl Format {
    /// A format of the list that every workbook has (ECMA-376, part 1, 18.8.30).
    pub fn built_in(id: u32) -> Self {
        let shows = |day, month, year, clock| Self { day, month, year, clock, ..Self::default() };
        match id {
            9 | 10 => Self { percent: true, ..Self::default() },
            14 | 15 | 27..=31 | 34..=36 | 50..=58 => shows(true, true, true, false),
            16 => shows(true, true, false, false),
            17 => shows(false, true, true, false),
            18..=21 | 32 | 33 | 45..=47 => shows(false, false, false, true),
            22 => shows(true, true, true, true),
            _ => Self::default(),
        }
    }

    /// A format of the workbook's own: `"Tháng "m/yyyy`, `[$-42A]dd/mm`.
    pub fn read(code: &str) -> Self {
        let mut format = Self::default();
        let mut runs: Vec<char> = Vec::new();
        let mut chars = code.split(';').next().unwrap_or_default().chars();
        while let Some(c) = chars.next() {
            match c.to_ascii_lowercase() {
                '"' => {
                    let words: String = chars.by_ref().take_while(|c| *c != '"').collect();
                    if runs.is_empty() {
                        format.before.push_str(&words);
                    }
                }
                '[' => {
                    // Hours beyond a day: [h]:mm. Everything else in brackets is a colour or a language.
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    if matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh") {
                        runs.push('h');
                    }
                }
                '\\' | '_' | '*' => {
                    chars.next();
                }
                part @ ('d' | 'y' | 'h' | 's' | 'm') if runs.last() != Some(&part) => runs.push(part),
                '%' => format.percent = true,
                // "General": its letters are no parts of a date.
                'g' => return Self::default(),
                _ => {}
            }
        }
        for (at, part) in runs.iter().enumerate() {
            // Minutes stand behind hours or before seconds.
            let minutes = at > 0 && runs[at - 1] == 'h' || runs.get(at + 1) == Some(&'s');
            match part {
                'd' => format.day = true,
                'y' => format.year = true,
                'm' if !minutes => format.month = true,
                _ => format.clock = true,
            }
        }
        format
    }

    /// Whether it shows a part of a date or of a time.
    pub fn is_date(&self) -> bool {
        self.day || self.month || self.year || self.clock
    }

    /// Whether it shows a share as a percentage.
    pub fn is_percent(&self) -> bool {
        self.percent
    }

    /// The day that a number is in a cell of such a format.
    pub fn day(&self, number: f64, from_1904: bool) -> Option<NaiveDate> {
        (self.is_date() && DATES.contains(&number)).then(|| date(number, from_1904)).flatten()
    }

    /// A number as its cell shows it. `from_1904` is the other way of counting days.
    pub fn show(&self, number: f64, from_1904: bool) -> String {
        if self.percent {
            return format!("{}%", figures(number * 100.0));
        }
        let clock_only = self.clock && !self.day && !self.month && !self.year;
        if clock_only && (0.0..1.0).contains(&number) {
            return clock(number);
        }
        if !self.is_date() || !DATES.contains(&number) {
            return figures(number);
        }
        let Some(date) = date(number, from_1904) else { return figures(number) };
        let parts = [(self.day, date.day()), (self.month, date.month())];
        let mut shown: Vec<String> =
            parts.iter().filter(|(is, _)| *is).map(|(_, part)| part.to_string()).collect();
        if self.year {
            shown.push(date.year().to_string());
        }
        let shown = format!("{}{}", self.before, shown.join("/"));
        let time = clock(number.fract());
        match () {
            () if shown.is_empty() => time,
            () if self.clock => format!("{time} {shown}"),
            () => shown,
        }
    }
}

/// The day with a serial number.
fn date(number: f64, from_1904: bool) -> Option<NaiveDate> {
    let first = if from_1904 { (1904, 1, 1) } else { (1899, 12, 30) };
    let first = NaiveDate::from_ymd_opt(first.0, first.1, first.2)?;
    // Within DATES: no digit is lost.
    first.checked_add_days(Days::new(number.trunc() as u64))
}

/// "8h00" for a third of a day.
fn clock(part: f64) -> String {
    let minutes = (part * 24.0 * 60.0).round() as u32;
    format!("{}h{:02}", minutes / 60, minutes % 60)
}

/// Figures without the noise of floating point.
fn figures(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_shows_what_its_format_shows() {
        let table = [
            ("m/yyyy", 46_235.0, "8/2026"),
            ("d/m", 46_259.0, "25/8"),
            ("dd/mm/yyyy", 46_259.0, "25/8/2026"),
            ("yyyy-mm-dd", 46_259.0, "25/8/2026"),
            ("[$-42A]dd/mm;@", 46_259.0, "25/8"),
            ("\"Tháng \"m/yyyy", 46_235.0, "Tháng 8/2026"),
            ("h:mm d/m", 46_259.333_333_4, "8h00 25/8"),
            ("hh:mm:ss", 0.5, "12h00"),
            ("0.0%", 0.953, "95.3%"),
            ("General", 12.0, "12"),
            ("0", 3.0, "3"),
            ("m/yyyy", 9.0, "9"),
            ("#,##0", 1_036.0, "1036"),
        ];
        for (code, number, want) in table {
            assert_eq!(Format::read(code).show(number, false), want, "{code}");
        }
        assert_eq!(Format::built_in(14).show(44_797.0, true), "25/8/2026");
        assert_eq!(Format::built_in(17).show(46_235.0, false), "8/2026");
    }
}
