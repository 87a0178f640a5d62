//! What is said to fields that the bot has named: part by part, each for the field that it names, else for the one that takes it.
//! "Tốt", "hôm qua", "ghi chú mưa lũ", "190, hôm qua, tốt", "đều không có".

use chrono::NaiveDateTime;

use super::super::entry::{days_back, field_value};
use super::super::key::{Key, words};
use super::super::line::Line;
use super::super::marks::marks;
use super::super::reading::{Act, By, Given, Intent, Unclear};
use super::super::when::days;
use crate::domain::{Beside, Field, FieldKind, Form, Value, Values};
use crate::vietnamese::fold_words;

/// Words around an answer that say nothing.
const POLITE: &[Key] = words![
    "da", "vang", "a", "ah", "chi", "anh", "em", "e", "c", "oi", "nhe", "nha", "thay", "bac", "sep", "bot",
    "la", "thi", "truong", "ben", "minh", "cam", "on", "roi", "can", "bo", "ca",
];

/// The fields that were named, and what is known of them.
pub(super) struct Named<'a> {
    pub form: &'a Form,
    /// The fields asked for, in the order in which they were asked.
    pub asked: &'a [String],
    /// What was given before the question: a field in it was refused, one that is not is a gap.
    pub given: &'a Values,
    pub now: NaiveDateTime,
}

/// How none of something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NoneSaid {
    /// "Không": perhaps a no to the question.
    Bare,
    /// "Không có ạ", "không có cháu nào".
    Had,
    /// "Đều không có", "cả hai không".
    All,
}

impl Named<'_> {
    /// The answer, where every part of it is one. `read` is what the message says without the question, `rest` reads figures
    /// that are named by other words than their labels.
    pub(super) fn answer(
        &self,
        line: &Line,
        read: &Act,
        rest: impl FnOnce(&str) -> Option<Values>,
    ) -> Option<Act> {
        if line.tokens.iter().any(|t| t.is_sign('?')) || line.len() == 0 {
            return None;
        }
        let figure = self.before_slip(line);
        let line = figure.as_ref().unwrap_or(line);
        let (values, by, sure) = self
            .none_of(line)
            .or_else(|| self.where_it_fits(line))
            .or_else(|| self.by_parts(line, read, rest))
            .or_else(|| self.only_text(line, read))?;
        // What was not asked for has been given before, and nothing of it was refused: it is put right.
        let corrects = self.given.is_empty() && values.keys().any(|key| !self.asked.contains(key));
        let given = Given { values, by, ..Given::default() };
        let intent = if corrects { Intent::Correct(given) } else { Intent::Submit(given) };
        let doubts = if sure { vec![] } else { vec![Unclear::GuessedFields] };
        Some(Act { intent, doubts, ..read.clone() })
    }

    /// "337 ạ, em thừa số 0": the figure before the word of what went wrong.
    fn before_slip(&self, line: &Line) -> Option<Line> {
        const SLIPS: &[Key] = words!["thua", "thieu", "go", "ghi", "nham", "danh", "bam", "viet"];
        let at = (1..line.len()).find(|at| line.is(*at, SLIPS))?;
        let head = Line::new(line.printed(0..at).trim_end_matches([',', '.', ' ']));
        let before = line.len() > at + 1 || line.is(at, words!["nham"]);
        (before && self.takes_figure(&head)).then_some(head)
    }

    /// Whether it is one figure with what it counts: "195 trẻ ạ" names no other field.
    pub(super) fn is_bare_figure(&self, line: &Line) -> bool {
        self.before_slip(line).is_some() || self.takes_figure(line)
    }

    fn takes_figure(&self, line: &Line) -> bool {
        self.fields().any(|f| f.kind.is_figure() && value_of(f, &line.text, self.now).is_some())
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.asked.iter().filter_map(|key| self.form.field(key))
    }

    /// Fields asked for that have had no value yet.
    fn gaps(&self) -> Vec<&Field> {
        self.fields().filter(|f| !self.given.contains_key(&f.key)).collect()
    }

    /// "Không có", said of everything that is asked for.
    fn none_of(&self, line: &Line) -> Option<(Values, By, bool)> {
        let said = none_said(line)?;
        let gaps = self.gaps();
        if gaps.len() != self.asked.len() || gaps.iter().any(|f| is_whole(f)) {
            return None;
        }
        let figures: Vec<&&Field> = gaps.iter().filter(|f| f.kind.is_figure()).collect();
        if let ([field], true) = (&gaps[..], figures.is_empty()) {
            let words = Value::Text(line.text.trim().to_owned());
            let takes = field.kind == FieldKind::Text && said != NoneSaid::Bare;
            return takes.then(|| ([(field.key.clone(), words)].into(), By::Only, true));
        }
        let sure = figures.len() == gaps.len()
            && match said {
                NoneSaid::Bare => false,
                NoneSaid::Had => figures.len() == 1,
                NoneSaid::All => true,
            };
        let by = if figures.len() == 1 { By::Only } else { By::Position };
        let values: Values = figures.iter().map(|f| (f.key.clone(), Value::Figure(0))).collect();
        (!values.is_empty()).then_some((values, by, sure))
    }

    /// Each part for the field whose label it begins with; of the others each for the only field that takes it, or all in the
    /// order in which they were asked.
    fn by_parts(
        &self,
        line: &Line,
        read: &Act,
        rest: impl FnOnce(&str) -> Option<Values>,
    ) -> Option<(Values, By, bool)> {
        let mut values = Values::new();
        let mut bare: Vec<&str> = Vec::new();
        let mut labelled = false;
        for part in parts(&line.text) {
            match self.labelled(part) {
                Some((field, value)) => {
                    labelled = true;
                    values.insert(field.key.clone(), value);
                }
                None => bare.push(part),
            }
        }
        let free = self.fields().filter(|f| !values.contains_key(&f.key));
        let free: Vec<&Field> = free.filter(|f| f.kind != FieldKind::Text).collect();
        let promised = matches!(
            read.intent,
            Intent::Promise { until: Some(_) } | Intent::Extension { until: Some(_), .. }
        );
        let only = |part: &str| -> Option<(String, Value)> {
            let takes: Vec<(&Field, Value)> =
                free.iter().filter_map(|f| Some((*f, self.bare_value(f, part)?))).collect();
            match &takes[..] {
                [(field, _)] if promised && field.kind == FieldKind::Date => None,
                [(field, value)] => Some((field.key.clone(), value.clone())),
                _ => None,
            }
        };
        let mut left: Vec<&str> = Vec::new();
        let mut found = Values::new();
        for part in &bare {
            match only(part) {
                Some((key, value)) if !found.contains_key(&key) => {
                    found.insert(key, value);
                }
                _ => left.push(part),
            }
        }
        // "Em xem rồi, 196": what stands beside the answer says nothing of it.
        let explained = !labelled && !found.is_empty() && left.iter().all(|part| says_nothing(part));
        if (left.is_empty() || explained) && !(found.is_empty() && values.is_empty()) {
            values.extend(found);
            return Some((values, if labelled { By::Labels } else { By::Only }, true));
        }
        // "Mười hai và năm".
        let halves = if let ([only], false) = (&bare[..], labelled) { halves(only) } else { vec![] };
        if halves.len() > 1 && halves.len() == free.len() {
            let each =
                free.iter().zip(&halves).map(|(f, part)| Some((f.key.clone(), self.bare_value(f, part)?)));
            if let Some(values) = each.collect::<Option<Values>>() {
                return Some((values, By::Position, true));
            }
        }
        // All in their order: figures alone are read so by who knows the habits of numbers.
        let in_order = free.len() == bare.len() && !labelled && free.iter().any(|f| !f.kind.is_figure());
        if in_order {
            let each =
                free.iter().zip(&bare).map(|(f, part)| Some((f.key.clone(), self.bare_value(f, part)?)));
            return each.collect::<Option<Values>>().map(|values| (values, By::Position, true));
        }
        // "Tổng 200, phản ứng không": the rest is named otherwise.
        if labelled || !found.is_empty() {
            let others = rest(&left.join(", "))?;
            values.extend(found);
            values.extend(others);
            return Some((values, By::Labels, true));
        }
        None
    }

    /// The value of a part that begins with the name of a field of the form, and that field: the longest name counts.
    fn labelled(&self, part: &str) -> Option<(&Field, Value)> {
        let words: Vec<&str> = part.split_whitespace().collect();
        let from = words.iter().position(|w| !is_polite(w)).unwrap_or(0);
        let begins = |name: &str| {
            let len = name.split(' ').count();
            let said = words.get(from..from + len)?;
            (fold_words(&said.join(" ")) == name).then_some(from + len)
        };
        let named = self.form.fields.iter().filter_map(|f| {
            let names = std::iter::once(&f.label).chain(&f.aliases);
            names.filter_map(|name| begins(&fold_words(name))).max().map(|end| (f, end))
        });
        let (field, end) = named.max_by_key(|(_, end)| *end)?;
        let behind = words[end..].join(" ");
        let behind = behind.trim_start_matches([':', '=', '-', ' ']);
        let behind = behind.strip_prefix("là ").unwrap_or(behind);
        let behind = behind.trim_end_matches(" ạ").trim();
        if behind.is_empty() {
            return None;
        }
        if field.kind == FieldKind::Text {
            return (!is_open(behind)).then(|| (field, Value::Text(behind.to_owned())));
        }
        let none = field.kind.is_figure() && !is_whole(field) && none_said(&Line::new(behind)).is_some();
        let value = if none { Some(Value::Figure(0)) } else { value_of(field, behind, self.now) };
        value.map(|value| (field, value))
    }

    /// The value of a part that names no field. "Không có" is a zero for what is missing; to what was refused it says no.
    fn bare_value(&self, field: &Field, part: &str) -> Option<Value> {
        let zero = field.kind.is_figure()
            && !is_whole(field)
            && !self.given.contains_key(&field.key)
            && none_said(&Line::new(part)).is_some_and(|said| said != NoneSaid::Bare);
        if zero { Some(Value::Figure(0)) } else { value_of(field, part, self.now) }
    }

    /// A figure without a name to a sum or a comparison that fails: the one place in which all is right. Where that is not what
    /// was asked for it is shown first.
    fn where_it_fits(&self, line: &Line) -> Option<(Values, By, bool)> {
        let beside = Beside::default();
        let faults = self.form.contradictions(self.given, &beside);
        let concerned: Vec<&Field> = self
            .form
            .fields
            .iter()
            .filter(|f| f.kind.is_figure() && faults.iter().any(|fault| fault.labels().contains(&&*f.label)))
            .collect();
        let fits: Vec<(String, Value)> = concerned
            .iter()
            .filter_map(|field| {
                let value = value_of(field, &line.text, self.now)?;
                let mut values = self.given.clone();
                values.insert(field.key.clone(), value.clone());
                let right = self.form.contradictions(&values, &beside).is_empty();
                right.then(|| (field.key.clone(), value))
            })
            .collect();
        let [(key, value)] = &fits[..] else { return None };
        let asked = self.asked.contains(key);
        Some(([(key.clone(), value.clone())].into(), By::Only, asked))
    }

    /// Words for the one field of words that is asked for. What may be said of something else is shown first.
    fn only_text(&self, line: &Line, read: &Act) -> Option<(Values, By, bool)> {
        let gaps: Vec<&Field> = self.fields().collect();
        let [field] = &gaps[..] else { return None };
        if field.kind != FieldKind::Text || is_open(&line.text) {
            return None;
        }
        let asks = format!(" {} ", fold_words(&line.text));
        let wishes = [" xin ", " gia han ", " cho em ", " cho truong "].iter().any(|w| asks.contains(w));
        let sure = match &read.intent {
            Intent::Unknown => true,
            Intent::Submit(given) | Intent::Correct(given) => {
                if !given.values.is_empty() || given.attached {
                    return None;
                }
                true
            }
            Intent::Extension { until: None, .. } if !wishes => true,
            Intent::Unable { .. } | Intent::Question if !wishes => false,
            _ => return None,
        };
        // What is not done, under way or to come may be said of the task as well.
        let open = (0..line.len()).any(|at| line.is(at, UNDER_WAY));
        let words = line.text.trim().trim_end_matches(" ạ").trim().to_owned();
        Some(([(field.key.clone(), Value::Text(words))].into(), By::Only, sure && !open))
    }
}

/// What is not done, under way or to come.
const UNDER_WAY: &[Key] = words![
    "chua", "khong", "dang", "se", "sap", "gan", "con", "cho", "mai", "chieu", "lat", "doi", "kip", "do",
    "xong", "nua", "nop", "gui", "nhap",
];

/// Whether a part of an answer holds neither a figure nor anything that is open: "em xem rồi".
fn says_nothing(part: &str) -> bool {
    let line = Line::new(part);
    line.len() <= 6 && (0..line.len()).all(|at| line.number(at).is_none() && !line.is(at, UNDER_WAY))
}

/// What a part is for a field, when it is nothing else.
fn value_of(field: &Field, part: &str, now: NaiveDateTime) -> Option<Value> {
    let line = Line::new(part);
    let from = (0..line.len()).find(|at| !line.is(*at, POLITE))?;
    let to = (from..line.len()).rev().find(|at| !line.is(*at, POLITE))?;
    let core = line.printed(from..to + 1);
    match field.kind {
        FieldKind::Text | FieldKind::File | FieldKind::Photo => None,
        // A day and nothing else: "hôm qua em gửi rồi" tells no day.
        FieldKind::Date => {
            const BESIDE: &[Key] =
                words!["ngay", "hom", "vao", "sang", "trua", "chieu", "toi", "luc", "qua", "kia"];
            let said = days(&line, 0..line.len(), &marks(&line, &[]), now);
            if days_back(&line).is_some() {
                let other = (from..=to).filter(|at| line.is_word(*at) && !line.is(*at, BESIDE)).count();
                return (other == 0).then(|| field_value(field, part, now)?.ok()).flatten();
            }
            let [day] = &said[..] else { return None };
            let outside = |at: &usize| !day.tokens.contains(at) && line.is_word(*at);
            let other = (from..=to).filter(outside).filter(|at| !line.is(*at, BESIDE)).count();
            (other == 0).then(|| field_value(field, part, now)?.ok()).flatten()
        }
        FieldKind::Count | FieldKind::Money | FieldKind::Percent | FieldKind::Decimal => {
            figure_alone(field, &line, from, to).then(|| field_value(field, core, now)?.ok()).flatten()
        }
        FieldKind::Link | FieldKind::Choice => field_value(field, core, now)?.ok(),
    }
}

/// Whether a stretch is a figure, perhaps with what it counts, and says nothing else. "Không kịp" begins with a word for 0.
fn figure_alone(field: &Field, line: &Line, from: usize, to: usize) -> bool {
    const UNITS: &[Key] = words![
        "tre", "chau", "be", "hs", "lop", "nguoi", "phong", "ca", "em", "nhom", "gv", "co", "suat", "dong",
        "tr", "trieu", "nghin", "ngan", "ty", "phan", "tram", "k", "diem", "bo",
    ];
    let own = fold_words(&format!("{} {}", field.unit, field.label));
    let Some((_, next)) = line.amount(from) else { return false };
    !line.is(from, words!["khong", "chang"])
        && (next..=to).all(|at| {
            line.is(at, UNITS)
                || own.split(' ').any(|w| w == line.folded(at))
                || !line.is_word(at) && line.number(at).is_none()
        })
}

/// The whole of something, which is never none.
fn is_whole(field: &Field) -> bool {
    field.enrolment || fold_words(&field.label).split(' ').any(|word| word == "tong")
}

/// "Không có ạ", "đều không", "không có cháu nào".
fn none_said(line: &Line) -> Option<NoneSaid> {
    const COUNTED: &[Key] = words![
        "co", "chau", "tre", "be", "em", "ca", "truong", "hop", "nao", "gi", "ai", "het", "phat", "sinh",
        "ghi", "nhan", "bi", "lop", "vu", "hs", "nguoi", "ban", "dau", "a", "da", "moi",
    ];
    let all = words!["deu", "tat", "hai", "ba", "may"];
    let before = words!["cac", "muc", "phan", "so", "cung", "do", "nay", "ca", "2", "3"];
    let words: Vec<usize> =
        (0..line.len()).filter(|at| line.is_word(*at) || line.number(*at).is_some()).collect();
    let no = *words.iter().find(|at| line.is(**at, words!["khong", "chang"]))?;
    let ahead = words.iter().take_while(|at| **at < no);
    let behind = words.iter().skip_while(|at| **at <= no);
    let fits = ahead.clone().all(|at| line.is(*at, POLITE) || line.is(*at, all) || line.is(*at, before))
        && behind.clone().all(|at| line.is(*at, POLITE) || line.is(*at, COUNTED));
    if !fits {
        return None;
    }
    let says = |which: &[Key]| words.iter().any(|at| line.is(*at, which));
    let every = ahead.clone().any(|at| line.is(*at, all));
    Some(match (every, says(words!["co", "nao", "sinh", "ai"])) {
        (true, _) => NoneSaid::All,
        (false, true) => NoneSaid::Had,
        (false, false) => NoneSaid::Bare,
    })
}

/// "Chưa có", "chưa biết", "để em xem": it is still open.
fn is_open(words: &str) -> bool {
    let folded = fold_words(words);
    let is_not_yet = folded.split(' ').find(|w| !Key::of(w).is_one_of(POLITE)) == Some("chua");
    is_not_yet || format!(" {folded} ").contains(" de em ")
}

fn is_polite(word: &str) -> bool {
    Key::of(&fold_words(word)).is_one_of(POLITE)
}

/// What stands between "và".
fn halves(part: &str) -> Vec<&str> {
    [" và ", " va ", " với "]
        .iter()
        .find(|and| part.contains(**and))
        .map_or(vec![part], |and| part.split(and).collect())
}

/// The parts of an answer: between commas, semicolons and ends of lines. The comma of a number ends none.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let in_number = |at: usize| {
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, ';' | '\n') || c == ',' && !in_number(at) {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}
