//! A form read back as the bot understood it, and the forms that can be taken.

use i18n_embed_fl::fl;

use super::Voice;
use super::line::{plain, strong, text};
use crate::chat::Outgoing;
use crate::domain::{Check, Field, FieldKind, Form, FormReply, Language, Rule, RuleProblem};

pub(super) fn say(voice: Voice, reply: &FormReply) -> Outgoing {
    let words = voice.words();
    let blocks = match reply {
        FormReply::List { starters, own } => {
            let line = |(key, title, count): &(String, String, usize)| {
                let (key, title) = (key.clone(), title.clone());
                plain(fl!(words, "form-line", key = key, title = title, count = count.to_string()))
            };
            let mut blocks = vec![strong(fl!(words, "form-list"))];
            blocks.extend(starters.iter().map(line));
            if !own.is_empty() {
                blocks.push(strong(fl!(words, "form-list-own")));
                blocks.extend(own.iter().map(line));
            }
            blocks.push(plain(fl!(words, "form-list-close")));
            blocks
        }
        FormReply::Shown { key, title, form } => {
            let mut blocks = vec![strong(title.clone())];
            blocks.extend(voice.form(form).into_iter().map(plain));
            blocks.push(plain(fl!(words, "form-take", key = key.clone())));
            blocks
        }
        FormReply::Page { code, form, page } => {
            super::design::page(voice, code.as_ref(), form, page.as_ref())
        }
        FormReply::Unknown { given, nearest } => {
            vec![plain(fl!(words, "form-unknown", given = given.clone(), nearest = nearest.clone()))]
        }
        FormReply::Set { code, form, answered, dropped } => {
            let mut blocks = vec![strong(fl!(words, "form-set", code = code.clone()))];
            blocks.extend(voice.form(form).into_iter().map(plain));
            if *answered > 0 {
                blocks.push(plain(fl!(
                    words,
                    "form-set-answered",
                    count = answered.to_string(),
                    code = code.clone()
                )));
            }
            if let Some(file) = dropped {
                let (code, file) = (code.clone(), file.clone());
                blocks.push(plain(fl!(words, "form-set-dropped", code = code, file = file)));
            }
            blocks
        }
        FormReply::Template { .. }
        | FormReply::WhichTask { .. }
        | FormReply::TemplateOut { .. }
        | FormReply::TemplateSent { .. }
        | FormReply::CopyRefused { .. }
        | FormReply::CellsRefused { .. }
        | FormReply::OthersRows { .. }
        | FormReply::FilesLeft { .. }
        | FormReply::Master { .. } => return super::workbook::say(voice, reply),
        FormReply::Kept { key, title } => {
            vec![plain(fl!(words, "form-kept", key = key.clone(), title = title.clone()))]
        }
    };
    Outgoing { text: text(blocks), buttons: vec![] }
}

/// A form as it was understood, for a terminal: its fields, then what is checked between them.
#[must_use]
pub fn form_lines(language: Language, form: &Form) -> Vec<String> {
    Voice { language, zone: chrono_tz::Asia::Ho_Chi_Minh }.form(form)
}

/// What is wrong with a rule between fields.
pub(super) fn rule_problem(voice: Voice, given: &str, why: &RuleProblem) -> String {
    let words = voice.words();
    let why = match why {
        RuleProblem::NoSuchField { name, known } => {
            fl!(words, "rule-no-such-field", name = name.clone(), known = known.join(", "))
        }
        RuleProblem::NotComparable { name } => fl!(words, "rule-not-comparable", name = name.clone()),
        RuleProblem::NoComparison => fl!(words, "rule-no-comparison"),
        RuleProblem::NoThen => fl!(words, "rule-no-then"),
        RuleProblem::Unfinished => fl!(words, "rule-unfinished"),
        RuleProblem::NoField => fl!(words, "rule-no-field"),
    };
    fl!(words, "bad-rule", given = given.to_owned(), why = why)
}

impl Voice {
    /// A form as it was understood: its fields, then what is checked between them. Nothing for an empty form.
    pub(super) fn form(&self, form: &Form) -> Vec<String> {
        if form.is_empty() {
            return vec![];
        }
        let words = self.words();
        let fields: Vec<String> = form.fields.iter().map(|f| self.field(f)).collect();
        let mut lines = vec![fl!(words, "form-fields", fields = fields.join(" · "))];
        lines.extend(self.checks(form));
        lines
    }

    /// What is checked between the fields of a form; nothing where nothing is.
    pub(super) fn checks(&self, form: &Form) -> Option<String> {
        let checks: Vec<String> = form.checks.iter().map(|c| check(form, c)).collect();
        (!checks.is_empty()).then(|| fl!(self.words(), "form-checks", checks = checks.join("; ")))
    }

    /// `tỷ lệ (%, không bắt buộc)`.
    pub(super) fn field(&self, field: &Field) -> String {
        let words = self.words();
        let mut notes: Vec<String> = Vec::new();
        let kind = match field.kind {
            FieldKind::Count => None,
            FieldKind::Percent => Some(fl!(words, "form-percent")),
            FieldKind::Decimal => Some(fl!(words, "form-decimal")),
            FieldKind::Money => Some(fl!(words, "form-money")),
            FieldKind::Text => Some(fl!(words, "form-text")),
            FieldKind::Choice => Some(fl!(words, "form-choice", options = field.options.join(" / "))),
            FieldKind::Link => Some(fl!(words, "form-link")),
            FieldKind::File => Some(fl!(words, "form-file")),
            FieldKind::Photo => Some(fl!(words, "form-photo")),
            FieldKind::Date => Some(fl!(words, "form-date")),
        };
        notes.extend(kind);
        notes.extend(Some(field.unit.clone()).filter(|u| !u.is_empty()));
        let limit = |n: i64| self.value(field, &crate::domain::Value::Figure(n));
        notes.extend(field.min.map(|n| fl!(words, "form-least", limit = limit(n))));
        notes.extend(field.max.map(|n| fl!(words, "form-most", limit = limit(n))));
        if field.enrolment {
            notes.push(fl!(words, "form-enrolment"));
        }
        if !field.required {
            notes.push(fl!(words, "form-optional"));
        }
        if notes.is_empty() { field.label.clone() } else { format!("{} ({})", field.label, notes.join(", ")) }
    }
}

/// A check in signs, with the labels that people see.
pub(super) fn check(form: &Form, check: &Check) -> String {
    let label = |key: &str| form.field(key).map_or_else(|| key.to_owned(), |f| f.label.clone());
    match check {
        Check::AtMost { field, of } => format!("{} ≤ {}", label(field), label(of)),
        Check::SumsTo { parts, total } => {
            let parts: Vec<String> = parts.iter().map(|p| label(p)).collect();
            format!("{} = {}", parts.join(" + "), label(total))
        }
        Check::Share { percent, part, whole } => {
            format!("{} = {} / {}", label(percent), label(part), label(whole))
        }
        Check::Holds(Rule { said, .. }) | Check::Needed { said, .. } => signs(said),
    }
}

/// A rule as typed, with the signs of print.
pub(super) fn signs(said: &str) -> String {
    said.replace("<=", "≤").replace("=<", "≤").replace(">=", "≥").replace("=>", "≥").replace("!=", "≠")
}
