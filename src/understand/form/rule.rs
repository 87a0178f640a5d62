//! What must hold between fields, in the labels that people see: `nhẹ cân + thấp còi <= tổng số trẻ`,
//! `nếu số ca bệnh > 0 thì tên bệnh`, `tỷ lệ = có mặt / tổng số trẻ`.

use crate::domain::{
    Check, CommandProblem, ENROLMENT, Expression, FieldKind, Form, LAST, Rule, RuleProblem, Sign,
};
use crate::vietnamese::{Token, TokenKind, amount_at, fold_words, normal, tokens};

use super::line::key_of;

/// What a rule comes to.
#[derive(Debug)]
pub(super) enum Meaning {
    /// A check between fields.
    Check(Check),
    /// The least or the greatest figure of one field.
    Bound {
        key: String,
        sign: Sign,
        /// In hundredths.
        limit: i64,
    },
}

/// A piece of a rule.
#[derive(Debug, Clone, PartialEq)]
enum Piece {
    /// A field, by its key.
    Name(String),
    /// Something else that has a value: last time's figure, the register.
    Other(String),
    /// A literal in normal form, and whether "%" stood behind it.
    Number(String, bool),
    /// Arithmetic, a bracket, `&` or `|`.
    Sign(&'static str),
    Compare(Sign),
    If,
    Then,
}

/// Words for signs, the longest first; all folded.
const WORDS: &[(&str, Piece)] = &[
    ("khong vuot qua", Piece::Compare(Sign::AtMost)),
    ("khong lon hon", Piece::Compare(Sign::AtMost)),
    ("khong nhieu hon", Piece::Compare(Sign::AtMost)),
    ("nho hon hoac bang", Piece::Compare(Sign::AtMost)),
    ("khong nho hon", Piece::Compare(Sign::AtLeast)),
    ("khong it hon", Piece::Compare(Sign::AtLeast)),
    ("lon hon hoac bang", Piece::Compare(Sign::AtLeast)),
    ("khong qua", Piece::Compare(Sign::AtMost)),
    ("toi da", Piece::Compare(Sign::AtMost)),
    ("khong duoi", Piece::Compare(Sign::AtLeast)),
    ("it nhat", Piece::Compare(Sign::AtLeast)),
    ("toi thieu", Piece::Compare(Sign::AtLeast)),
    ("lon hon", Piece::Compare(Sign::More)),
    ("nhieu hon", Piece::Compare(Sign::More)),
    ("nho hon", Piece::Compare(Sign::Less)),
    ("it hon", Piece::Compare(Sign::Less)),
    ("khac", Piece::Compare(Sign::Differs)),
    ("bang", Piece::Compare(Sign::Equal)),
    ("hoac", Piece::Sign("|")),
    ("va", Piece::Sign("&")),
    ("cong", Piece::Sign("+")),
    ("tru", Piece::Sign("-")),
    ("nhan", Piece::Sign("*")),
    ("chia", Piece::Sign("/")),
    ("neu", Piece::If),
    ("khi", Piece::If),
    ("thi", Piece::Then),
];

/// Words for the register's enrolment.
const REGISTER: &[&str] =
    &["so tre trong so truong", "si so trong so truong", "si so so truong", "so truong"];
/// Words behind a name for last time's figure.
const FORMER: &[&str] = &["lan truoc", "ky truoc", "thang truoc", "nam truoc", "dot truoc"];
/// Words that change nothing: "của", "phải có".
const SILENT: &[&str] = &[
    "cua",
    "phai co",
    "phai ghi ro",
    "phai ghi",
    "can co",
    "ghi ro",
    "neu ro",
    "kem theo",
    "bat buoc",
    "phai",
    "ghi",
    "co",
    "la",
];

/// Signs of comparison as typed, the longest first.
const SIGNS: &[(&str, Sign)] = &[
    ("<=", Sign::AtMost),
    ("=<", Sign::AtMost),
    ("≤", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("=>", Sign::AtLeast),
    ("≥", Sign::AtLeast),
    ("<>", Sign::Differs),
    ("!=", Sign::Differs),
    ("≠", Sign::Differs),
    ("==", Sign::Equal),
    ("=", Sign::Equal),
    ("<", Sign::Less),
    (">", Sign::More),
];

/// The place and the sign of the first comparison in a text.
pub(super) fn comparison_in(text: &str) -> Option<(usize, usize)> {
    let signs = SIGNS.iter().filter_map(|(sign, _)| Some((text.find(sign)?, std::cmp::Reverse(sign.len()))));
    signs.min().map(|(at, len)| (at, len.0))
}

/// Whether a text is a rule and no field: a condition, or arithmetic before a comparison.
pub(super) fn is_rule(form: &Form, text: &str) -> bool {
    let folded = fold_words(text);
    if folded.starts_with("neu ") {
        return true;
    }
    let Some((at, _)) = comparison_in(text) else { return false };
    let head = text[..at].trim();
    head.contains(['+', '*']) || form.field(&key_of(head)).is_some()
}

/// Reads a rule between the fields of a form.
pub(super) fn rule(form: &Form, text: &str) -> Result<Vec<Meaning>, CommandProblem> {
    let said = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fault = |why| CommandProblem::BadRule { given: said.clone(), why };
    let pieces = pieces(form, &normal(text)).map_err(fault)?;
    let (when, body) = condition(&pieces).map_err(fault)?;
    if let Some(pieces) = when {
        conditions_compare(form, pieces).map_err(fault)?;
    }
    let when = match when {
        Some(pieces) => Some(expression(pieces).ok_or_else(|| fault(RuleProblem::Unfinished))?),
        None => None,
    };
    if let (Some(when), [Piece::Name(field)]) = (&when, body) {
        let check = Check::Needed { field: field.clone(), when: when.clone(), said: said.clone() };
        return Ok(vec![Meaning::Check(check)]);
    }
    let mut found = Vec::new();
    for clause in body.split(|p| *p == Piece::Sign("&")) {
        found.extend(comparisons(form, clause, when.as_ref(), &said).map_err(fault)?);
    }
    Ok(found)
}

fn condition(pieces: &[Piece]) -> Result<(Option<&[Piece]>, &[Piece]), RuleProblem> {
    if pieces.first() != Some(&Piece::If) {
        return Ok((None, pieces));
    }
    let then = pieces.iter().position(|p| *p == Piece::Then).ok_or(RuleProblem::NoThen)?;
    Ok((Some(&pieces[1..then]), &pieces[then + 1..]))
}

/// Each comparison of a condition, between "và" and "hoặc", has sides that can be compared.
fn conditions_compare(form: &Form, pieces: &[Piece]) -> Result<(), RuleProblem> {
    for clause in pieces.split(|p| matches!(p, Piece::Sign("&" | "|"))) {
        let Some(at) = clause.iter().position(|p| matches!(p, Piece::Compare(_))) else {
            return Err(RuleProblem::NoComparison);
        };
        comparable(form, &clause[..at], &clause[at + 1..])?;
    }
    Ok(())
}

/// `a <= b`, and `a <= b <= c` as two.
fn comparisons(
    form: &Form,
    clause: &[Piece],
    when: Option<&Expression>,
    said: &str,
) -> Result<Vec<Meaning>, RuleProblem> {
    let signs: Vec<(usize, Sign)> = clause
        .iter()
        .enumerate()
        .filter_map(|(at, p)| match p {
            Piece::Compare(sign) => Some((at, *sign)),
            _ => None,
        })
        .collect();
    if signs.is_empty() {
        return Err(RuleProblem::NoComparison);
    }
    let mut sides: Vec<&[Piece]> = Vec::new();
    let mut from = 0;
    for (at, _) in &signs {
        sides.push(&clause[from..*at]);
        from = at + 1;
    }
    sides.push(&clause[from..]);
    let pairs = sides.windows(2).zip(&signs);
    pairs.map(|(pair, (_, sign))| comparison(form, pair[0], *sign, pair[1], when, said)).collect()
}

fn comparison(
    form: &Form,
    left: &[Piece],
    sign: Sign,
    right: &[Piece],
    when: Option<&Expression>,
    said: &str,
) -> Result<Meaning, RuleProblem> {
    comparable(form, left, right)?;
    let figures = |side: &[Piece]| {
        let is_figure = |key: &str| form.field(key).is_none_or(|f| f.kind.is_figure());
        side.iter().all(|piece| if let Piece::Name(key) = piece { is_figure(key) } else { true })
    };
    if when.is_none()
        && figures(left)
        && figures(right)
        && let Some(plain) = plain(form, left, sign, right)
    {
        return Ok(plain);
    }
    let side = |pieces| expression(pieces).ok_or(RuleProblem::Unfinished);
    let rule =
        Rule { said: said.to_owned(), when: when.cloned(), left: side(left)?, sign, right: side(right)? };
    let names = rule.left.names().into_iter().chain(rule.right.names());
    if names.filter(|name| form.field(name).is_some()).count() == 0 {
        return Err(RuleProblem::NoField);
    }
    Ok(Meaning::Check(Check::Holds(rule)))
}

/// The comparisons that have sentences of their own: a part of a whole, a sum, a share, a limit.
fn plain(form: &Form, left: &[Piece], sign: Sign, right: &[Piece]) -> Option<Meaning> {
    if let ([Piece::Name(key)], [Piece::Number(limit, percent)]) = (left, right) {
        let holds_percent = form.field(key)?.kind == FieldKind::Percent;
        let limit = limit.parse::<crate::domain::Exact>().ok()?.hundredths()?;
        // "nhẹ cân <= 10%" of what? It is no limit.
        return (holds_percent || !percent).then(|| Meaning::Bound { key: key.clone(), sign, limit });
    }
    let at_most = |field: &String, of: &String| {
        Some(Meaning::Check(Check::AtMost { field: field.clone(), of: of.clone() }))
    };
    match (left, sign, right) {
        // People write "<" for "không quá": all children may have been weighed.
        ([Piece::Name(a)], Sign::AtMost | Sign::Less, [Piece::Name(b)]) if a != b => at_most(a, b),
        ([Piece::Name(a)], Sign::AtLeast | Sign::More, [Piece::Name(b)]) if a != b => at_most(b, a),
        ([Piece::Name(total)], Sign::Equal, side) | (side, Sign::Equal, [Piece::Name(total)]) => {
            share(form, total, side)
                .or_else(|| {
                    let parts = sum(side).filter(|parts| parts.len() > 1 && !parts.contains(total))?;
                    Some(Check::SumsTo { parts, total: total.clone() })
                })
                .map(Meaning::Check)
        }
        _ => None,
    }
}

fn sum(side: &[Piece]) -> Option<Vec<String>> {
    side.chunks(2)
        .map(|pair| match pair {
            [Piece::Name(key)] | [Piece::Name(key), Piece::Sign("+")] => Some(key.clone()),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()
        .filter(|_| matches!(side.last(), Some(Piece::Name(_))))
}

/// `có mặt / tổng số`, with or without its "* 100".
fn share(form: &Form, percent: &str, side: &[Piece]) -> Option<Check> {
    if form.field(percent)?.kind != FieldKind::Percent {
        return None;
    }
    let hundred = |p: &Piece| matches!(p, Piece::Number(n, _) if n == "100");
    let times = Piece::Sign("*");
    let over = Piece::Sign("/");
    let (part, whole) = match side {
        [Piece::Name(part), o, Piece::Name(whole)] if *o == over => (part, whole),
        [Piece::Name(part), t, h, o, Piece::Name(whole)] if *t == times && hundred(h) && *o == over => {
            (part, whole)
        }
        [Piece::Name(part), o, Piece::Name(whole), t, h] if *t == times && hundred(h) && *o == over => {
            (part, whole)
        }
        [h, t, Piece::Name(part), o, Piece::Name(whole)] if *t == times && hundred(h) && *o == over => {
            (part, whole)
        }
        _ => return None,
    };
    Some(Check::Share { percent: percent.to_owned(), part: part.clone(), whole: whole.clone() })
}

/// Pieces in normal form.
fn expression(pieces: &[Piece]) -> Option<Expression> {
    let mut text = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Name(name) | Piece::Other(name) => text.push_str(&format!("{{{name}}}")),
            // "10% tổng số trẻ", "10% (nữ + nam)": a share of what follows; else percent beside a percentage.
            Piece::Number(n, true) if of_what_follows(pieces.get(at + 1)) => {
                text.push_str(&format!("{n}/100*"))
            }
            Piece::Number(n, _) => text.push_str(n),
            Piece::Sign(sign) => text.push_str(sign),
            Piece::Compare(sign) => text.push_str(sign.text()),
            Piece::If | Piece::Then => return None,
        }
    }
    Expression::new(text)
}

fn of_what_follows(next: Option<&Piece>) -> bool {
    matches!(next, Some(Piece::Name(_) | Piece::Other(_) | Piece::Sign("(")))
}

fn pieces(form: &Form, text: &str) -> Result<Vec<Piece>, RuleProblem> {
    let tokens = tokens(text);
    let names = Names::of(form);
    let mut found: Vec<Piece> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if let Some((key, next)) = names.at(&tokens, at) {
            if let Some((sign, place, next)) = option_at(form, &key, text, &tokens, next) {
                found.extend([
                    Piece::Name(key),
                    Piece::Compare(sign),
                    Piece::Number(place.to_string(), false),
                ]);
                at = next;
                continue;
            }
            let (name, next) = with_former(&key, &tokens, next);
            found.push(name);
            at = next;
        } else if let Some(next) = words_at(&tokens, at, REGISTER) {
            found.push(Piece::Other(ENROLMENT.to_owned()));
            at = next;
        } else if let Some((piece, next)) = sign_at(text, &tokens, at) {
            found.extend(piece);
            at = next;
        } else if let Some((piece, next)) = number_at(text, &tokens, at) {
            found.push(piece);
            at = next;
        } else if let Some(next) = words_at(&tokens, at, SILENT) {
            at = next;
        } else {
            let end = (at + 1..tokens.len())
                .find(|n| {
                    sign_at(text, &tokens, *n).is_some()
                        || names.at(&tokens, *n).is_some()
                        || words_at(&tokens, *n, REGISTER).is_some()
                })
                .unwrap_or(tokens.len());
            let given = &text[tokens[at].start..tokens[end - 1].end];
            let key = names.near(given).ok_or_else(|| RuleProblem::NoSuchField {
                name: given.to_owned(),
                known: form.fields.iter().map(|f| f.label.clone()).collect(),
            })?;
            let (name, next) = with_former(&key, &tokens, end);
            found.push(name);
            at = next;
        }
    }
    Ok(found)
}

/// Behind the name of a choice: that it is, or is not, one of its options, by the place of that option from 1.
fn option_at(
    form: &Form,
    key: &str,
    text: &str,
    tokens: &[Token],
    at: usize,
) -> Option<(Sign, usize, usize)> {
    let field = form.field(key).filter(|f| f.kind == FieldKind::Choice && at < tokens.len())?;
    let (sign, at) = match sign_at(text, tokens, at) {
        Some((Some(Piece::Compare(sign @ (Sign::Equal | Sign::Differs))), next)) => (sign, next),
        Some(_) => return None,
        None => match (words_at(tokens, at, &["khong phai la", "khong phai"]), words_at(tokens, at, &["la"]))
        {
            (Some(next), _) => (Sign::Differs, next),
            (None, Some(next)) => (Sign::Equal, next),
            (None, None) => (Sign::Equal, at),
        },
    };
    let options = field.options.iter().enumerate().filter_map(|(place, option)| {
        let words = tokens_of(option);
        let stands = words
            .iter()
            .enumerate()
            .all(|(n, word)| tokens.get(at + n).is_some_and(|t| t.folded == word.folded));
        (stands && !words.is_empty()).then_some((place + 1, at + words.len()))
    });
    // "Chưa có" before "chưa".
    let (place, next) = options.max_by_key(|(_, next)| *next)?;
    Some((sign, place, next))
}

fn tokens_of(words: &str) -> Vec<Token> {
    tokens(&normal(words))
}

/// Whether the sides of a comparison can be compared: figures with figures, days with days, a choice with one of its options.
fn comparable(form: &Form, left: &[Piece], right: &[Piece]) -> Result<(), RuleProblem> {
    let names = |side: &[Piece]| -> Vec<(String, FieldKind)> {
        let field = |piece: &Piece| match piece {
            Piece::Name(key) => form.field(key).map(|f| (f.label.clone(), f.kind)),
            Piece::Other(name) => {
                let field = form.field(name.strip_prefix(LAST)?)?;
                Some((field.label.clone(), field.kind))
            }
            _ => None,
        };
        side.iter().filter_map(field).collect()
    };
    let (ours, theirs) = (names(left), names(right));
    let bare = |side: &[Piece]| -> Vec<Piece> {
        side.iter().filter(|p| !matches!(p, Piece::Sign("(" | ")"))).cloned().collect()
    };
    let (left, right) = (bare(left), bare(right));
    let is_option = matches!((&left[..], &right[..]), ([Piece::Name(_)], [Piece::Number(..)]));
    let alone = left.len() == 1 && right.len() == 1;
    for (name, kind) in ours.iter().chain(&theirs) {
        let fits = match kind {
            FieldKind::Choice => is_option,
            FieldKind::Date => alone && ours.len() == 1 && theirs.len() == 1 && ours[0].1 == theirs[0].1,
            kind => kind.is_figure(),
        };
        if !fits {
            return Err(RuleProblem::NotComparable { name: name.clone() });
        }
    }
    Ok(())
}

fn with_former(key: &str, tokens: &[Token], next: usize) -> (Piece, usize) {
    match words_at(tokens, next, FORMER) {
        Some(behind) => (Piece::Other(format!("{LAST}{key}")), behind),
        None => (Piece::Name(key.to_owned()), next),
    }
}

/// The token behind one of these phrases.
fn words_at(tokens: &[Token], at: usize, phrases: &[&str]) -> Option<usize> {
    let stands = |phrase: &&&str| {
        let mut words = phrase.split(' ').enumerate();
        words.all(|(n, word)| tokens.get(at + n).is_some_and(|t| t.is_word(word)))
    };
    phrases.iter().find(stands).map(|phrase| at + phrase.split(' ').count())
}

/// A sign or a word for one; `None` within for a sign that says nothing, such as the comma before "thì".
fn sign_at(text: &str, tokens: &[Token], at: usize) -> Option<(Option<Piece>, usize)> {
    if let TokenKind::Sign(sign) = tokens[at].kind {
        let rest = &text[tokens[at].start..];
        if let Some((typed, sign)) = SIGNS.iter().find(|(typed, _)| rest.starts_with(typed)) {
            return Some((Some(Piece::Compare(*sign)), at + typed.chars().count()));
        }
        let piece = match sign {
            '+' => Some(Piece::Sign("+")),
            '-' | '–' | '−' => Some(Piece::Sign("-")),
            '*' | '×' => Some(Piece::Sign("*")),
            '/' | ':' | '÷' => Some(Piece::Sign("/")),
            '(' | '[' => Some(Piece::Sign("(")),
            ')' | ']' => Some(Piece::Sign(")")),
            ',' | '.' | '"' | '“' | '”' => None,
            _ => return None,
        };
        return Some((piece, at + 1));
    }
    let (piece, next) = WORDS.iter().find_map(|(phrase, piece)| {
        let next = words_at(tokens, at, &[phrase])?;
        is_meant(text, tokens, at, phrase).then_some((piece, next))
    })?;
    Some((Some(piece.clone()), next))
}

/// Whether a word is the one for a sign as it is written: "trừ" and "tru" are, "trú" of "bán trú" and "nhân" of "nhân viên" are not.
fn is_meant(text: &str, tokens: &[Token], at: usize, phrase: &str) -> bool {
    const WRITTEN: [(&str, &str, &str); 8] = [
        ("tru", "trừ", ""),
        ("cong", "cộng", "lap"),
        ("va", "và", ""),
        ("bang", "bằng", "ghi"),
        ("khi", "khi", ""),
        ("nhan", "nhân", "vien"),
        ("chia", "chia", ""),
        ("khac", "khác", ""),
    ];
    let Some((plain, written, part_of)) = WRITTEN.iter().find(|(plain, ..)| *plain == phrase) else {
        return true;
    };
    let printed = text[tokens[at].start..tokens[at].end].to_lowercase();
    let goes_on = !part_of.is_empty() && tokens.get(at + 1).is_some_and(|t| t.is_word(part_of));
    (printed == *written || printed == *plain) && !goes_on
}

fn number_at(text: &str, tokens: &[Token], at: usize) -> Option<(Piece, usize)> {
    tokens[at].number()?;
    let (amount, mut next) = amount_at(text, tokens, at)?;
    if amount.digits < 0 {
        return None;
    }
    let mut percent = amount.percent;
    if !percent && tokens.get(next).is_some_and(|t| t.is_sign('%')) {
        (percent, next) = (true, next + 1);
    }
    let digits = format!("{:0>1$}", amount.digits, amount.scale as usize + 1);
    let (whole, decimals) = digits.split_at(digits.len() - amount.scale as usize);
    let literal = if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") };
    Some((Piece::Number(literal, percent), next))
}

/// The labels of a form, cut into tokens, the longest first.
struct Names<'f> {
    form: &'f Form,
    labels: Vec<(Vec<Token>, String)>,
}

impl<'f> Names<'f> {
    fn of(form: &'f Form) -> Self {
        let of_field = |f: &crate::domain::Field| {
            let names = std::iter::once(&f.label).chain(&f.aliases);
            names.map(|name| (tokens(&normal(name)), f.key.clone())).collect::<Vec<_>>()
        };
        let mut labels: Vec<(Vec<Token>, String)> = form.fields.iter().flat_map(of_field).collect();
        labels.retain(|(words, _)| !words.is_empty());
        labels.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Self { form, labels }
    }

    /// The field whose label stands here, and the token behind it.
    fn at(&self, tokens: &[Token], at: usize) -> Option<(String, usize)> {
        let stands = |(words, _): &&(Vec<Token>, String)| {
            words
                .iter()
                .enumerate()
                .all(|(n, word)| tokens.get(at + n).is_some_and(|t| t.folded == word.folded))
        };
        self.labels.iter().find(stands).map(|(words, key)| (key.clone(), at + words.len()))
    }

    /// The only field that has all these words.
    fn near(&self, given: &str) -> Option<String> {
        let key = key_of(given);
        let words: Vec<&str> = key.split('_').filter(|w| !w.is_empty()).collect();
        let fits = |f: &&crate::domain::Field| {
            !words.is_empty() && words.iter().all(|w| f.key.split('_').any(|k| k == *w))
        };
        let mut fitting = self.form.fields.iter().filter(fits);
        let only = fitting.next()?;
        fitting.next().is_none().then(|| only.key.clone())
    }
}

#[cfg(test)]
mod tests;
