//! How the figures of a field are kept and written: whole ones as they are, rates and measures in hundredths, money in đồng however
//! many of them the form writes as one.

use serde::{Deserialize, Serialize};

use super::{Field, FieldKind};

/// How a figure is kept and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// So much is kept of what is written as 1; a power of ten.
    pub one: i64,
    /// The sign of percent stands behind it.
    #[serde(default)]
    pub percent: bool,
}

impl Default for Measure {
    fn default() -> Self {
        Self::WHOLE
    }
}

impl Measure {
    /// Pieces, đồng.
    pub const WHOLE: Self = Self { one: 1, percent: false };
    /// Hundredths of a percent.
    pub const PERCENT: Self = Self { one: 100, percent: true };
    /// Hundredths.
    pub const DECIMAL: Self = Self { one: 100, percent: false };

    /// What is kept of a figure as it is written, `digits` with so many decimals; none for more decimals than are kept.
    pub fn kept(self, digits: i64, decimals: u32) -> Option<i64> {
        let below = 10_i128.checked_pow(decimals)?;
        let kept = i128::from(digits).checked_mul(i128::from(self.one))?;
        (kept % below == 0).then(|| i64::try_from(kept / below).ok()).flatten()
    }

    /// What was kept as it is written, with a dot: `12.5`.
    pub fn written(self, kept: i64) -> String {
        let (whole, rest) = self.parts(kept);
        let sign = if kept < 0 { "-" } else { "" };
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
    }

    /// The digits before the comma, without a sign, and those behind it.
    pub fn parts(self, kept: i64) -> (u64, String) {
        let one = self.one.unsigned_abs().max(1);
        let kept = kept.unsigned_abs();
        let width = one.to_string().len() - 1;
        let rest = if width == 0 { String::new() } else { format!("{:0>width$}", kept % one) };
        (kept / one, rest.trim_end_matches('0').to_owned())
    }
}

impl Field {
    /// How its figures are kept and written.
    pub fn measure(&self) -> Measure {
        match self.kind {
            FieldKind::Percent => Measure::PERCENT,
            FieldKind::Decimal => Measure::DECIMAL,
            FieldKind::Money => Measure { one: money_unit(&self.unit).unwrap_or(1), percent: false },
            _ => Measure::WHOLE,
        }
    }
}

/// How many đồng a unit of money is; none for what is no such unit.
pub fn money_unit(unit: &str) -> Option<i64> {
    let plain: String = unit.to_lowercase().chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let head = ["đồng", "dong", "vnđ", "vnd", "đ", "d"].iter().find_map(|end| plain.strip_suffix(end));
    match head.unwrap_or(&plain) {
        "" if head.is_some() => Some(1),
        "1000" | "nghìn" | "nghin" | "ngàn" | "ngan" => Some(1_000),
        "triệu" | "trieu" | "tr" | "1000000" => Some(1_000_000),
        "tỷ" | "tỉ" | "ty" | "ti" => Some(1_000_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_kept_exactly() {
        let million = Measure { one: 1_000_000, percent: false };
        for (measure, digits, decimals, kept) in [
            (Measure::WHOLE, 12, 0, Some(12)),
            (Measure::WHOLE, 125, 1, None),
            (Measure::DECIMAL, 3505, 1, Some(35_050)),
            (Measure::DECIMAL, 12_345, 3, None),
            (million, 125, 1, Some(12_500_000)),
            (million, i64::MAX, 0, None),
        ] {
            assert_eq!(measure.kept(digits, decimals), kept, "{digits} {decimals}");
        }
        assert_eq!(million.written(12_500_000), "12.5");
        assert_eq!(million.written(12_345_678), "12.345678");
        assert_eq!(Measure::DECIMAL.written(-5), "-0.05");
        assert_eq!(Measure::WHOLE.written(12), "12");
    }

    #[test]
    fn units_of_money_are_known_as_offices_write_them() {
        for (unit, đồng) in [
            ("triệu đồng", Some(1_000_000)),
            ("Triệu", Some(1_000_000)),
            ("tr.đ", Some(1_000_000)),
            ("nghìn đồng", Some(1_000)),
            ("1.000đ", Some(1_000)),
            ("1000 đồng", Some(1_000)),
            ("tỷ đồng", Some(1_000_000_000)),
            ("đồng", Some(1)),
            ("VNĐ", Some(1)),
            ("trẻ", None),
            ("", None),
        ] {
            assert_eq!(money_unit(unit), đồng, "{unit}");
        }
    }
}
