//! Formulas as far as a form needs them: what they point at when rows come in, and what the usual sums come to.

use std::collections::BTreeMap;

use super::{Place, letters};

/// The deepest that formulas may hang on each other, and brackets lie in each other.
const MAX_DEPTH: usize = 60;

/// A reference in a formula.
struct Reference<'f> {
    /// Where it stands, the name of its sheet not included.
    start: usize,
    end: usize,
    /// The sheet that it names.
    sheet: Option<&'f str>,
    column_fixed: bool,
    row_fixed: bool,
    place: Place,
    /// It is the second cell of a range.
    ends_range: bool,
}

/// The references of a formula, in their order. Words in quotation marks are none.
fn references(formula: &str) -> Vec<Reference<'_>> {
    let bytes = formula.as_bytes();
    let mut found: Vec<Reference> = Vec::new();
    let mut sheet: Option<(&str, usize)> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = closing(bytes, at, b'"'),
            b'\'' => {
                let end = closing(bytes, at, b'\'');
                if bytes.get(end) == Some(&b'!') {
                    sheet = Some((&formula[at + 1..end - 1], end + 1));
                    at = end + 1;
                } else {
                    at = end;
                }
            }
            c if c == b'$' || is_word(c) => {
                let end = (at..bytes.len())
                    .find(|i| !(is_word(bytes[*i]) || bytes[*i] == b'$'))
                    .unwrap_or(bytes.len());
                let word = &formula[at..end];
                if bytes.get(end) == Some(&b'!') {
                    sheet = Some((word, end + 1));
                    at = end + 1;
                    continue;
                }
                if let (Some((place, column_fixed, row_fixed)), false) =
                    (cell(word), bytes.get(end) == Some(&b'('))
                {
                    let ends_range =
                        at > 0 && bytes[at - 1] == b':' && found.last().is_some_and(|f| f.end + 1 == at);
                    let own = sheet.filter(|(_, behind)| *behind == at).map(|(name, _)| name);
                    let named = if ends_range { found.last().and_then(|f| f.sheet) } else { own };
                    found.push(Reference {
                        start: at,
                        end,
                        sheet: named,
                        column_fixed,
                        row_fixed,
                        place,
                        ends_range,
                    });
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The byte behind the closing mark.
fn closing(bytes: &[u8], open: usize, mark: u8) -> usize {
    (open + 1..bytes.len()).find(|at| bytes[*at] == mark).map_or(bytes.len(), |at| at + 1)
}

fn is_word(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'_' || c == b'.' || c >= 0x80
}

/// `$C$12`: the place and what is fixed of it.
fn cell(word: &str) -> Option<(Place, bool, bool)> {
    let (column_fixed, rest) = word.strip_prefix('$').map_or((false, word), |rest| (true, rest));
    let split = rest.find(|c: char| !c.is_ascii_alphabetic())?;
    let (name, rest) = rest.split_at(split);
    let (row_fixed, digits) = rest.strip_prefix('$').map_or((false, rest), |rest| (true, rest));
    if name.is_empty()
        || name.len() > 3
        || digits.is_empty()
        || digits.len() > 7
        || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let column =
        name.bytes().fold(0_u32, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1) - 1;
    Some((Place::new(digits.parse().ok().filter(|row| *row > 0)?, column), column_fixed, row_fixed))
}

fn rewritten(formula: &str, row: impl Fn(&Reference) -> u32) -> String {
    let mut out = String::with_capacity(formula.len() + 8);
    let mut behind = 0;
    for found in references(formula) {
        out.push_str(&formula[behind..found.start]);
        let dollar = |fixed| if fixed { "$" } else { "" };
        out.push_str(dollar(found.column_fixed));
        out.push_str(&letters(found.place.column));
        out.push_str(dollar(found.row_fixed));
        out.push_str(&row(&found).to_string());
        behind = found.end;
    }
    out.push_str(&formula[behind..]);
    out
}

/// A formula after `count` rows came in behind row `after` of `sheet`. `own` is the sheet that the formula stands in. A range
/// that ended with that row now holds the new rows too.
pub(super) fn grown(formula: &str, own: &str, sheet: &str, after: u32, count: u32) -> String {
    let unquoted = sheet.replace('\'', "''");
    let meant =
        |found: &Reference| found.sheet.map_or(own == sheet, |name| name == sheet || name == unquoted);
    rewritten(formula, |found| {
        let row = found.place.row;
        let moves = row > after || found.ends_range && row == after;
        if moves && meant(found) { row.saturating_add(count) } else { row }
    })
}

/// A formula copied so many rows down.
pub(super) fn moved(formula: &str, rows: u32) -> String {
    rewritten(formula, |found| found.place.row.saturating_add(if found.row_fixed { 0 } else { rows }))
}

/// What the formulas of one sheet come to: those of sums, products and shares of its own cells.
pub(super) struct Sums<'s> {
    /// Numbers that stand in cells.
    pub numbers: &'s BTreeMap<Place, f64>,
    /// Formulas, without their equals sign.
    pub formulas: &'s BTreeMap<Place, String>,
    known: BTreeMap<Place, Option<f64>>,
}

impl<'s> Sums<'s> {
    pub(super) fn new(numbers: &'s BTreeMap<Place, f64>, formulas: &'s BTreeMap<Place, String>) -> Self {
        Self { numbers, formulas, known: BTreeMap::new() }
    }

    /// The outcome of the formula in a cell; none when it is of another kind.
    pub(super) fn outcome(&mut self, place: Place) -> Option<f64> {
        self.value(place, 0)
    }

    fn value(&mut self, place: Place, depth: usize) -> Option<f64> {
        let Some(formula) = self.formulas.get(&place) else {
            return Some(self.numbers.get(&place).copied().unwrap_or_default());
        };
        if let Some(known) = self.known.get(&place) {
            return *known;
        }
        if depth > MAX_DEPTH {
            return None;
        }
        // A formula that hangs on itself comes to nothing.
        self.known.insert(place, None);
        let mut reader = Reader { text: formula, at: 0, depth, broken: false, sums: self };
        let value = reader.sum().filter(|n| n.is_finite());
        let value = value.filter(|_| !reader.broken && reader.rest().is_empty());
        self.known.insert(place, value);
        value
    }

    fn range(&mut self, first: Place, last: Place, depth: usize) -> Option<f64> {
        let inside = |at: &Place| {
            (first.row..=last.row).contains(&at.row) && (first.column..=last.column).contains(&at.column)
        };
        let mut sum: f64 = self.numbers.iter().filter(|(at, _)| inside(at)).map(|(_, n)| n).sum();
        let computed: Vec<Place> = self.formulas.keys().filter(|at| inside(at)).copied().collect();
        for place in computed {
            sum += self.value(place, depth + 1)?;
        }
        Some(sum)
    }
}

/// Reads a formula from left to right. What has no value is `None`; what cannot be read at all breaks the whole.
struct Reader<'f, 's, 'm> {
    text: &'f str,
    at: usize,
    depth: usize,
    broken: bool,
    sums: &'m mut Sums<'s>,
}

impl Reader<'_, '_, '_> {
    fn rest(&self) -> &str {
        self.text[self.at..].trim_start()
    }

    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.rest();
        let found = rest.get(..sign.len()).is_some_and(|head| head.eq_ignore_ascii_case(sign));
        if found {
            self.at = self.text.len() - rest.len() + sign.len();
        }
        found
    }

    fn wants(&mut self, sign: &str) {
        if !self.takes(sign) {
            self.breaks();
        }
    }

    fn breaks(&mut self) -> Option<f64> {
        self.broken = true;
        self.at = self.text.len();
        None
    }

    fn sum(&mut self) -> Option<f64> {
        let mut value = self.product();
        loop {
            if self.takes("+") {
                value = both(value, self.product(), |a, b| a + b);
            } else if self.takes("-") {
                value = both(value, self.product(), |a, b| a - b);
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.factor();
        loop {
            if self.takes("*") {
                value = both(value, self.factor(), |a, b| a * b);
            } else if self.takes("/") {
                let by = self.factor().filter(|by| *by != 0.0);
                value = both(value, by, |a, b| a / b);
            } else if self.takes("%") {
                value = value.map(|n| n / 100.0);
            } else {
                return value;
            }
        }
    }

    fn factor(&mut self) -> Option<f64> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.breaks();
        }
        let value = if self.takes("-") {
            self.factor().map(|n| -n)
        } else if self.takes("SUM(") {
            self.arguments()
        } else if self.takes("ROUND(") {
            let value = self.sum();
            let digits = if self.takes(",") { self.sum() } else { Some(0.0) };
            self.wants(")");
            both(value, digits, |value, digits| {
                let scale = 10_f64.powi(digits.clamp(-6.0, 6.0) as i32);
                (value * scale).round() / scale
            })
        } else if self.takes("IFERROR(") {
            let value = self.sum();
            self.wants(",");
            let instead = self.sum();
            self.wants(")");
            value.or(instead)
        } else if self.takes("IF(") {
            let holds = self.comparison();
            self.wants(",");
            let then = self.sum();
            let otherwise = if self.takes(",") { self.sum() } else { None };
            self.wants(")");
            holds.and_then(|holds| if holds { then } else { otherwise })
        } else if self.takes("(") {
            let value = self.sum();
            self.wants(")");
            value
        } else if self.takes("\"") {
            // Words have no value here.
            match self.text[self.at..].find('"') {
                Some(end) => self.at += end + 1,
                None => return self.breaks(),
            }
            None
        } else {
            self.operand()
        };
        self.depth -= 1;
        value
    }

    fn comparison(&mut self) -> Option<bool> {
        let left = self.sum();
        let signs = ["<=", ">=", "<>", "<", ">", "="];
        let Some(sign) = signs.into_iter().find(|sign| self.takes(sign)) else {
            return left.map(|n| n != 0.0);
        };
        let right = self.sum();
        // An empty cell counts as nothing, also beside words: C4="".
        let (left, right) = (left?, right?);
        Some(match sign {
            "<=" => left <= right,
            ">=" => left >= right,
            "<" => left < right,
            ">" => left > right,
            "=" => left == right,
            _ => left != right,
        })
    }

    fn arguments(&mut self) -> Option<f64> {
        let mut value = Some(0.0);
        loop {
            let next = match self.range() {
                Some(sum) => sum,
                None => self.sum(),
            };
            value = both(value, next, |a, b| a + b);
            if self.takes(")") {
                return value;
            }
            if self.broken || !self.takes(",") && !self.takes(";") {
                return self.breaks();
            }
        }
    }

    /// `C7:C9`, when that is what stands here.
    fn range(&mut self) -> Option<Option<f64>> {
        let rest = self.rest();
        let end = rest.find([',', ';', ')'])?;
        let (first, last) = rest[..end].split_once(':')?;
        let ((first, ..), (last, ..)) = (cell(first.trim())?, cell(last.trim())?);
        self.at = self.text.len() - rest.len() + end;
        Some(self.sums.range(first, last, self.depth))
    }

    fn operand(&mut self) -> Option<f64> {
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '$' || c == '.')).unwrap_or(rest.len());
        let (word, start) = (&rest[..end], self.text.len() - rest.len());
        let number =
            word.starts_with(|c: char| c.is_ascii_digit()).then(|| word.parse::<f64>().ok()).flatten();
        let place = cell(word).filter(|_| !rest[end..].starts_with(['(', '!'])).map(|(place, ..)| place);
        self.at = start + end;
        match (number, place) {
            (Some(number), _) => Some(number),
            (None, Some(place)) => self.sums.value(place, self.depth),
            (None, None) => self.breaks(),
        }
    }
}

fn both(left: Option<f64>, right: Option<f64>, of: impl Fn(f64, f64) -> f64) -> Option<f64> {
    left.zip(right).map(|(left, right)| of(left, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_follow_rows_that_come_in() {
        for (formula, want) in [
            ("SUM(C7:C9)", "SUM(C7:C11)"),
            ("SUM($C$7:$C$9)", "SUM($C$7:$C$11)"),
            ("C10/D10*100", "C12/D12*100"),
            ("C9+C10", "C9+C12"),
            ("IF(A10=\"C10\",LOG10(C10),'Trang 2'!C10)", "IF(A12=\"C10\",LOG10(C12),'Trang 2'!C10)"),
            ("Form!C10+'Form'!C10", "Form!C12+'Form'!C12"),
        ] {
            assert_eq!(grown(formula, "Form", "Form", 9, 2), want, "{formula}");
        }
        assert_eq!(grown("C10+Form!C10", "Khác", "Form", 9, 2), "C10+Form!C12");
        assert_eq!(moved("C7/D$7*100+$E7", 3), "C10/D$7*100+$E10");
    }

    #[test]
    fn the_usual_sums_are_known_and_others_are_left_to_excel() {
        let at = |row, column| Place::new(row, column);
        let numbers = BTreeMap::from([(at(1, 0), 3.0), (at(2, 0), 4.0), (at(3, 0), 8.0), (at(1, 1), 0.0)]);
        for (formula, want) in [
            ("SUM(A1:A3)", Some(15.0)),
            ("SUM(A1,A3)", Some(11.0)),
            ("A1+A2*2", Some(11.0)),
            ("ROUND(A1/A3*100,1)", Some(37.5)),
            ("-A1+(A2-1)", Some(0.0)),
            ("A1/B1", None),
            ("IF(A1>3,1,2)", Some(2.0)),
            ("IF(B1>0,A1/B1,\"\")", None),
            ("IFERROR(A1/B1,0)", Some(0.0)),
            ("IF(A1>0,A2/A1", None),
            ("VLOOKUP(A1,A1:B2,1)", None),
            ("D9", None),
            ("SUM(D1:D9)", None),
        ] {
            let formulas = BTreeMap::from([(at(9, 3), formula.to_owned())]);
            assert_eq!(Sums::new(&numbers, &formulas).outcome(at(9, 3)), want, "{formula}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_formula_makes_it_panic(text in "(SUM|ROUND|IF|A1|B\\$2|'|\"|!|[-+*/%():,;.0-9$é ]){0,40}") {
            let formulas = BTreeMap::from([(Place::new(1, 0), text.clone())]);
            let _ = Sums::new(&BTreeMap::new(), &formulas).outcome(Place::new(1, 0));
            let _ = grown(&text, "A", "A", 1, 2);
            let _ = moved(&text, 5);
        }
    }
}
