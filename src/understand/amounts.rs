//! What a field keeps of an amount.

use super::line::Line;
use crate::domain::{Field, FieldKind, Measure, Value};
use crate::vietnamese::Amount;

/// More of a unit of money than any school has: the amount was given in đồng.
const TOO_MANY: [(i64, i64); 3] = [(1_000, 10_000_000), (1_000_000, 100_000), (1_000_000_000, 1_000)];

/// The value of an amount in a field; none for what its kind cannot hold, or for what may be meant in two ways.
pub(super) fn value_of(field: &Field, amount: &Amount) -> Option<Value> {
    let whole = || amount.whole().filter(|_| !amount.percent);
    let figure = match field.kind {
        FieldKind::Count => whole().filter(|_| !is_large(amount))?,
        FieldKind::Percent => {
            let hundredths = amount.hundredths().filter(|h| (0..=10_000).contains(h) && !amount.money)?;
            // "Tỷ lệ 0,97" may be 97 of a hundred.
            Some(hundredths).filter(|h| amount.percent || *h == 0 || *h >= 100)?
        }
        FieldKind::Decimal if amount.percent || amount.money => return None,
        FieldKind::Decimal => figure_of(field, amount.digits, amount.scale)?,
        FieldKind::Money if amount.money => whole()?,
        FieldKind::Money => {
            let figure = figure_of(field, amount.digits, amount.scale).filter(|_| !amount.percent)?;
            // "Thu 178" may be thousands or millions, unless the form says in what it is counted.
            Some(figure).filter(|n| field.measure() != Measure::WHOLE || *n == 0 || *n >= 1_000)?
        }
        _ => return None,
    };
    Some(Value::Figure(figure))
}

/// What is kept of a figure that is written in the unit of its field; none where it is too much for that unit.
#[must_use]
pub fn figure_of(field: &Field, digits: i64, decimals: u32) -> Option<i64> {
    let measure = field.measure();
    let written = digits / 10_i64.checked_pow(decimals)?;
    let most = TOO_MANY.iter().find(|(one, _)| field.kind == FieldKind::Money && *one == measure.one);
    measure.kept(digits, decimals).filter(|_| most.is_none_or(|(_, most)| written < *most))
}

/// Money, or so much that nothing else is counted by it.
pub(super) fn is_large(amount: &Amount) -> bool {
    amount.money || amount.whole().is_some_and(|n| n >= 1_000_000)
}

/// The rate of "245/250", in hundredths of a percent, and the token behind it.
pub(super) fn share_of(line: &Line, at: usize) -> Option<(i64, usize)> {
    let (part, slash) = line.amount(at)?;
    let (whole, end) = line.amount(slash + 1).filter(|_| line.is_sign(slash, '/'))?;
    let plain =
        |amount: &Amount| amount.whole().filter(|_| !amount.percent && !amount.money && !amount.in_words);
    Some((rate(plain(&part)?, plain(&whole)?)?, end)).filter(|_| !line.is_sign(end, '/'))
}

/// A part of a whole in hundredths of a percent, rounded; none where there are more than all.
pub(super) fn rate(part: i64, whole: i64) -> Option<i64> {
    let (part, whole) = (i128::from(part), i128::from(whole));
    let rate = (part * 20_000 + whole).checked_div(2 * whole)?;
    i64::try_from(rate).ok().filter(|_| 0 <= part && part <= whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_kept_in_the_unit_of_their_field() {
        let field = |kind, unit: &str| Field { unit: unit.into(), ..Field::new("a", "a", kind) };
        let million = field(FieldKind::Money, "triệu đồng");
        let thousand = field(FieldKind::Money, "1.000đ");
        let dong = field(FieldKind::Money, "");
        let metres = field(FieldKind::Decimal, "m2");
        let rate = field(FieldKind::Percent, "");
        for (field, typed, kept) in [
            (&million, "12", Some(12_000_000)),
            (&million, "12,5", Some(12_500_000)),
            (&million, "12,5 triệu", Some(12_500_000)),
            (&million, "12tr5", Some(12_500_000)),
            (&million, "12.500.000", None),
            (&million, "12.500.000 đồng", Some(12_500_000)),
            (&thousand, "850", Some(850_000)),
            (&thousand, "1 tỷ 2", Some(1_200_000_000)),
            (&dong, "178", None),
            (&dong, "178.000", Some(178_000)),
            (&metres, "350,5", Some(35_050)),
            (&metres, "350.5", Some(35_050)),
            (&metres, "1.250,25", Some(125_025)),
            (&metres, "350", Some(35_000)),
            (&rate, "97,5", Some(9_750)),
            (&rate, "0,97", None),
            (&rate, "0,97%", Some(97)),
        ] {
            let line = Line::new(typed);
            let (amount, _) = line.amount(0).unwrap();
            assert_eq!(value_of(field, &amount), kept.map(Value::Figure), "{typed} {}", field.unit);
        }
        assert_eq!(share_of(&Line::new("245/250"), 0), Some((9_800, 3)));
        assert_eq!(share_of(&Line::new("201/203 cháu"), 0), Some((9_901, 3)));
        assert_eq!(share_of(&Line::new("250/245"), 0), None);
        assert_eq!(share_of(&Line::new("12/10/2026"), 0), None);
    }
}
