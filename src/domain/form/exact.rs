//! Arithmetic between the fields of a form: exact, and small by construction.
//!
//! Values are fractions of whole numbers, so that sums and shares are never rounded. `exmex` cuts and orders the expression; the
//! operators are ours, total (an overflow or a division by zero is "no value", never a panic), and there are few: no
//! functions, no loops, no text. Length and depth are limited before anything is parsed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::str::FromStr;

use exmex::{BinOp, Express, FlatEx, MakeOperators, Operator};
use serde::{Deserialize, Serialize};

type Parsed = FlatEx<Exact, Operators>;

/// So many parsed expressions are kept by each thread; the rules of an office's forms are some dozens.
const MOST_KEPT: usize = 512;

thread_local! {
    /// By their text, which says all of them.
    static PARSED: RefCell<HashMap<String, Rc<Parsed>>> = RefCell::new(HashMap::new());
}

/// The longest expression, in bytes of its normal form; a rule of twenty fields is below it.
const LONGEST: usize = 1_500;
/// The deepest nesting of brackets.
const DEEPEST: usize = 8;
/// The most signs and names.
const MOST_PARTS: usize = 120;

/// An exact number, a truth, or nothing where there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Exact {
    /// No value: a gap, an overflow, a division by zero.
    #[default]
    Nothing,
    /// A fraction in lowest terms, `below` is positive.
    Number {
        /// Above the line.
        above: i128,
        /// Below the line.
        below: i128,
    },
    /// The outcome of a comparison.
    Truth(bool),
}

impl Exact {
    /// A whole number.
    pub fn whole(n: i64) -> Self {
        Self::Number { above: i128::from(n), below: 1 }
    }

    /// `above / below`, in lowest terms; nothing for a division by zero.
    pub fn fraction(above: i128, below: i128) -> Self {
        if below == 0 {
            return Self::Nothing;
        }
        let common = common_divisor(above.unsigned_abs(), below.unsigned_abs());
        let (Ok(common), true) = (i128::try_from(common), above != i128::MIN && below != i128::MIN) else {
            return Self::Nothing;
        };
        let sign = if below < 0 { -1 } else { 1 };
        Self::Number { above: sign * above / common, below: sign * below / common }
    }

    /// In hundredths, half away from zero; for showing, never for reckoning.
    pub fn hundredths(self) -> Option<i64> {
        let Self::Number { above, below } = self else { return None };
        let scaled = above.checked_mul(200)?;
        let half = if scaled < 0 { -below } else { below };
        i64::try_from(scaled.checked_add(half)? / below.checked_mul(2)?).ok()
    }

    fn with(self, other: Self, apply: impl Fn((i128, i128), (i128, i128)) -> Option<Self>) -> Self {
        match (self, other) {
            (Self::Number { above: a, below: b }, Self::Number { above: c, below: d }) => {
                apply((a, b), (c, d)).unwrap_or_default()
            }
            _ => Self::Nothing,
        }
    }

    fn plus(self, other: Self) -> Self {
        self.with(other, |(a, b), (c, d)| {
            let above = a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?;
            Some(Self::fraction(above, b.checked_mul(d)?))
        })
    }

    fn negated(self) -> Self {
        match self {
            Self::Number { above, below } => {
                above.checked_neg().map_or(Self::Nothing, |above| Self::Number { above, below })
            }
            _ => Self::Nothing,
        }
    }

    fn times(self, other: Self) -> Self {
        self.with(other, |(a, b), (c, d)| Some(Self::fraction(a.checked_mul(c)?, b.checked_mul(d)?)))
    }

    fn over(self, other: Self) -> Self {
        self.with(other, |(a, b), (c, d)| Some(Self::fraction(a.checked_mul(d)?, b.checked_mul(c)?)))
    }

    fn compare(self, other: Self, holds: impl Fn(std::cmp::Ordering) -> bool) -> Self {
        self.with(other, |(a, b), (c, d)| Some(Self::Truth(holds(a.checked_mul(d)?.cmp(&c.checked_mul(b)?)))))
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Truth(a), Self::Truth(b)) => Self::Truth(a && b),
            _ => Self::Nothing,
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Truth(a), Self::Truth(b)) => Self::Truth(a || b),
            _ => Self::Nothing,
        }
    }
}

fn common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// A literal of an expression: `12`, `0.5`.
impl FromStr for Exact {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits: i128 = format!("{whole}{decimals}").parse().map_err(|_| text.to_owned())?;
        let places = u32::try_from(decimals.len()).map_err(|_| text.to_owned())?;
        let below = 10_i128.checked_pow(places).ok_or_else(|| text.to_owned())?;
        Ok(Self::fraction(digits, below))
    }
}

/// The operators. Literals are folded when an expression is parsed, and what is commutative is moved for it: so a difference binds
/// closer than a sum and a quotient closer than a product, which comes to the same.
#[derive(Debug, Clone)]
struct Operators;

impl MakeOperators<Exact> for Operators {
    fn make<'a>() -> Vec<Operator<'a, Exact>> {
        let bin = |apply, prio, is_commutative| BinOp { apply, prio, is_commutative };
        vec![
            Operator::make_bin("|", bin(Exact::or, 0, true)),
            Operator::make_bin("&", bin(Exact::and, 1, true)),
            Operator::make_bin("<=", bin(|a: Exact, b| a.compare(b, std::cmp::Ordering::is_le), 2, false)),
            Operator::make_bin(">=", bin(|a: Exact, b| a.compare(b, std::cmp::Ordering::is_ge), 2, false)),
            Operator::make_bin("<", bin(|a: Exact, b| a.compare(b, std::cmp::Ordering::is_lt), 2, false)),
            Operator::make_bin(">", bin(|a: Exact, b| a.compare(b, std::cmp::Ordering::is_gt), 2, false)),
            Operator::make_bin("=", bin(|a: Exact, b| a.compare(b, std::cmp::Ordering::is_eq), 2, false)),
            Operator::make_bin("#", bin(|a: Exact, b| a.compare(b, std::cmp::Ordering::is_ne), 2, false)),
            Operator::make_bin("+", bin(Exact::plus, 3, true)),
            Operator::make_bin_unary(
                "-",
                bin(|a: Exact, b: Exact| a.plus(b.negated()), 4, false),
                Exact::negated,
            ),
            Operator::make_bin("*", bin(Exact::times, 5, true)),
            Operator::make_bin("/", bin(Exact::over, 6, false)),
        ]
    }
}

/// Arithmetic or a condition over named values, in its normal form: names in braces, decimals with a point, and the signs
/// `+ - * / <= >= < > = # & |`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Expression(String);

impl Expression {
    /// An expression that can be evaluated; `None` when it is too long, too deep or does not parse.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let expression = Self(text.into());
        expression.is_small().then_some(())?;
        expression.parsed()?;
        Some(expression)
    }

    /// The value of one field.
    pub fn of_name(key: &str) -> Option<Self> {
        Self::new(format!("{{{key}}}"))
    }

    /// Its normal form.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The names in it, each once.
    pub fn names(&self) -> Vec<String> {
        self.parsed().map(|e| e.var_names().to_vec()).unwrap_or_default()
    }

    /// Its value, with the value of each name.
    pub fn value(&self, of: impl Fn(&str) -> Exact) -> Exact {
        let Some(parsed) = self.parsed() else { return Exact::Nothing };
        let values: Vec<Exact> = parsed.var_names().iter().map(|name| of(name)).collect();
        parsed.eval(&values).unwrap_or_default()
    }

    /// It, ready to be evaluated: parsed once, however many answers are checked by it.
    fn parsed(&self) -> Option<Rc<Parsed>> {
        PARSED.with_borrow_mut(|known| {
            if let Some(parsed) = known.get(&self.0) {
                return Some(Rc::clone(parsed));
            }
            // What was stored is looked at again: the parser is told nothing that is not small and plain.
            let parsed = Rc::new(self.is_small().then(|| FlatEx::parse(&self.0).ok()).flatten()?);
            if known.len() >= MOST_KEPT {
                known.clear();
            }
            known.insert(self.0.clone(), Rc::clone(&parsed));
            Some(parsed)
        })
    }

    fn is_small(&self) -> bool {
        let (mut depth, mut deepest, mut in_name) = (0_usize, 0, false);
        let mut parts = 0;
        for c in self.0.chars() {
            match c {
                '{' if in_name => return false,
                '{' => (in_name, parts) = (true, parts + 1),
                '}' if !in_name => return false,
                '}' => in_name = false,
                _ if in_name => {}
                '(' => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                ')' => match depth.checked_sub(1) {
                    Some(left) => depth = left,
                    None => return false,
                },
                '+' | '-' | '*' | '/' | '<' | '>' | '=' | '#' | '&' | '|' => parts += 1,
                '0'..='9' | '.' | ' ' => {}
                _ => return false,
            }
        }
        !in_name
            && depth == 0
            && deepest <= DEEPEST
            && parts <= MOST_PARTS
            && self.0.len() <= LONGEST
            && self.0.is_ascii()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> Exact {
        Expression::new(text).unwrap().value(|name| match name {
            "a" => Exact::whole(12),
            "b" => Exact::whole(9),
            "huge" => Exact::whole(i64::MAX),
            _ => Exact::Nothing,
        })
    }

    #[test]
    fn sums_shares_and_comparisons_are_exact() {
        for (text, wanted) in [
            ("{a}+{b}*2", Exact::whole(30)),
            ("({a}+{b})*2", Exact::whole(42)),
            ("{a}-{b}-1", Exact::whole(2)),
            ("{b}/{a}", Exact::fraction(3, 4)),
            ("0.1+0.2=0.3", Exact::Truth(true)),
            ("{a}*100/3*3=1200", Exact::Truth(true)),
            ("{b}<={a}", Exact::Truth(true)),
            ("{a}+{b}>21 | {a}>={b}", Exact::Truth(true)),
            ("{a}#{b} & {a}<{b}", Exact::Truth(false)),
            ("-{a}+{b}", Exact::whole(-3)),
        ] {
            assert_eq!(value(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_has_no_value_is_nothing_and_no_panic() {
        for text in
            ["{a}/0", "{gone}+1", "{gone}<=1", "{a}/({b}-9)", "{huge}*{huge}*{huge}*{huge}", "({a}<{b})+1"]
        {
            assert_eq!(value(text), Exact::Nothing, "{text}");
        }
    }

    #[test]
    fn long_deep_and_strange_texts_are_refused() {
        let deep = format!("{}1{}", "(".repeat(9), ")".repeat(9));
        let many = vec!["1"; 130].join("+");
        for text in [
            "", "+", "1+", "(1", "1)", "{a", "a}", "{a{b}}", "sin(1)", "1;2", "1,2", "é", "{é}", "1 1",
            &deep, &many,
        ] {
            assert_eq!(Expression::new(text), None, "{text}");
        }
    }

    #[test]
    fn hundredths_round_half_away() {
        assert_eq!(Exact::fraction(1, 3).hundredths(), Some(33));
        assert_eq!(Exact::fraction(1, 200).hundredths(), Some(1));
        assert_eq!(Exact::fraction(-1, 200).hundredths(), Some(-1));
        assert_eq!(Exact::Nothing.hundredths(), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[-+*/<>=#&|(){}ab0-9. é]{0,60}", a: i64, b: i64) {
            if let Some(expression) = Expression::new(text) {
                let _ = expression.value(|name| if name == "a" { Exact::whole(a) } else { Exact::whole(b) });
            }
        }

        #[test]
        fn a_sum_is_that_of_whole_numbers(figures in proptest::collection::vec(0_i64..1_000_000_000_000, 1..20)) {
            let names: Vec<String> = (0..figures.len()).map(|n| format!("{{x{n}}}")).collect();
            let sum = Expression::new(names.join("+")).unwrap();
            let of = |name: &str| Exact::whole(figures[name[1..].parse::<usize>().unwrap()]);
            prop_assert_eq!(sum.value(of), Exact::whole(figures.iter().sum()));
        }
    }
}
