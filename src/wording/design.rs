//! The page on which forms are made, in words.

use i18n_embed_fl::fl;

use super::commands::form_problem;
use super::forms::check;
use super::{Voice, line};
use crate::chat::Block;
use crate::domain::{
    Field, FieldKind, Form, FormChange, Language, Measure, TypedFault, TypedField, TypedProblem,
};

/// What stands on the page beside what is typed.
#[derive(Debug, Clone)]
pub struct DesignWords {
    /// Language of the page.
    pub language: &'static str,
    /// Title of the list of tasks.
    pub list: String,
    /// Where there is no task yet.
    pub none: String,
    /// A draft.
    pub draft: String,
    /// A task that is out.
    pub out: String,
    /// Back to the list.
    pub back: String,
    /// How to go about it.
    pub how: String,
    /// Above ready forms, their label and their button.
    pub start: String,
    /// Label of the ready forms.
    pub ready: String,
    /// First line of the ready forms.
    pub choose: String,
    /// Button of the ready forms.
    pub take: String,
    /// Label of a line as in chat.
    pub line: String,
    /// Button of that line.
    pub read_line: String,
    /// Label of a workbook.
    pub workbook: String,
    /// Button of the workbook.
    pub read_workbook: String,
    /// Above the fields.
    pub fields: String,
    /// Name of a field.
    pub name: String,
    /// Kind of a field.
    pub kind: String,
    /// The kinds, the first for "by its name".
    pub kinds: Vec<(Option<FieldKind>, String)>,
    /// Unit of a field.
    pub unit: String,
    /// A field must be answered.
    pub required: String,
    /// What else there is to a field.
    pub more: String,
    /// Least figure.
    pub min: String,
    /// Greatest figure.
    pub max: String,
    /// What may be chosen.
    pub options: String,
    /// Compared with the register.
    pub enrolment: String,
    /// Other names.
    pub aliases: String,
    /// Example of a value.
    pub example: String,
    /// What a person should know.
    pub help: String,
    /// Button: one row up.
    pub up: String,
    /// Button: the row goes.
    pub drop: String,
    /// Button: another row.
    pub add: String,
    /// Label of the rules.
    pub rules: String,
    /// Examples of rules.
    pub rules_help: Vec<String>,
    /// Above the look.
    pub looked: String,
    /// Above the example that schools are shown.
    pub sees: String,
    /// Label of an answer to try.
    pub trial: String,
    /// Above what was understood of it.
    pub understood: String,
    /// Above what happens to answers.
    pub changes: String,
    /// Above faults.
    pub faults: String,
    /// Label of the box that lets the workbook go.
    pub no_workbook: String,
    /// Button: look.
    pub look: String,
    /// Button: store.
    pub save: String,
    /// At the foot.
    pub foot: String,
}

impl Voice {
    /// The words of the page on which forms are made.
    pub fn design_words(&self) -> DesignWords {
        let words = self.words();
        let kinds = vec![
            (None, fl!(words, "design-kind-by-name")),
            (Some(FieldKind::Count), fl!(words, "design-kind-count")),
            (Some(FieldKind::Percent), fl!(words, "design-kind-percent")),
            (Some(FieldKind::Decimal), fl!(words, "design-kind-decimal")),
            (Some(FieldKind::Money), fl!(words, "design-kind-money")),
            (Some(FieldKind::Text), fl!(words, "design-kind-text")),
            (Some(FieldKind::Date), fl!(words, "design-kind-date")),
            (Some(FieldKind::Choice), fl!(words, "design-kind-choice")),
            (Some(FieldKind::Link), fl!(words, "design-kind-link")),
            (Some(FieldKind::File), fl!(words, "design-kind-file")),
            (Some(FieldKind::Photo), fl!(words, "design-kind-photo")),
        ];
        DesignWords {
            language: if self.language == Language::Vi { "vi" } else { "en" },
            list: fl!(words, "design-list"),
            none: fl!(words, "design-none"),
            draft: fl!(words, "design-draft"),
            out: fl!(words, "design-out"),
            back: fl!(words, "design-back"),
            how: fl!(words, "design-how"),
            start: fl!(words, "design-start"),
            ready: fl!(words, "design-ready"),
            choose: fl!(words, "web-form-choose"),
            take: fl!(words, "design-take"),
            line: fl!(words, "design-line"),
            read_line: fl!(words, "design-read-line"),
            workbook: fl!(words, "design-workbook"),
            read_workbook: fl!(words, "design-read-workbook"),
            fields: fl!(words, "design-fields"),
            name: fl!(words, "design-name"),
            kind: fl!(words, "design-kind"),
            kinds,
            unit: fl!(words, "design-unit"),
            required: fl!(words, "design-required"),
            more: fl!(words, "design-more"),
            min: fl!(words, "design-min"),
            max: fl!(words, "design-max"),
            options: fl!(words, "design-options"),
            enrolment: fl!(words, "design-enrolment"),
            aliases: fl!(words, "design-aliases"),
            example: fl!(words, "design-example"),
            help: fl!(words, "design-help"),
            up: fl!(words, "design-up"),
            drop: fl!(words, "design-drop"),
            add: fl!(words, "design-add"),
            rules: fl!(words, "design-rules"),
            rules_help: fl!(words, "design-rules-help").lines().map(str::to_owned).collect(),
            looked: fl!(words, "design-looked"),
            sees: fl!(words, "design-sees"),
            trial: fl!(words, "design-trial"),
            understood: fl!(words, "design-understood"),
            changes: fl!(words, "design-changes"),
            faults: fl!(words, "design-faults"),
            no_workbook: fl!(words, "design-no-workbook"),
            look: fl!(words, "design-look"),
            save: fl!(words, "design-save"),
            foot: fl!(words, "design-foot"),
        }
    }

    /// The name of a group of inputs: "Chỉ tiêu 3".
    pub fn design_row(&self, number: usize) -> String {
        fl!(self.words(), "design-row", number = number.to_string())
    }

    /// How many fields a task's form has.
    pub fn design_count(&self, count: usize) -> String {
        match count {
            0 => fl!(self.words(), "design-no-form"),
            _ => fl!(self.words(), "design-count", count = count.to_string()),
        }
    }

    /// What the page says of a workbook.
    pub fn design_template(&self, file: &str) -> String {
        fl!(self.words(), "design-template", file = file.to_owned())
    }

    /// A field as it would be typed on the page.
    pub fn typed_field(&self, field: &Field) -> TypedField {
        let bare = Measure { percent: false, ..field.measure() };
        let limit = |n: Option<i64>| n.map(|n| self.measured(n, bare)).unwrap_or_default();
        TypedField {
            key: field.key.clone(),
            label: field.label.clone(),
            kind: Some(field.kind),
            unit: field.unit.clone(),
            required: field.required,
            min: limit(field.min),
            max: limit(field.max),
            options: field.options.join(" / "),
            enrolment: field.enrolment,
            aliases: field.aliases.join(" / "),
            example: field.example.clone(),
            help: field.help.clone(),
        }
    }

    /// The checks of a form as they would be typed, one a line.
    pub fn rules(&self, form: &Form) -> Vec<String> {
        form.checks.iter().map(|c| check(form, c)).collect()
    }

    /// A form as it was understood, and the example that schools get.
    pub fn design_looked(&self, code: &str, form: &Form) -> (Vec<String>, String) {
        let few: Vec<Field> = form.fields.iter().take(8).cloned().collect();
        (self.form(form), format!("{code} {}", self.example(&few)))
    }

    /// What is wrong with a row or a rule, in one sentence.
    pub fn typed_fault(&self, fault: &TypedFault) -> String {
        let words = self.words();
        match &fault.problem {
            TypedProblem::NoFields => fl!(words, "typed-no-fields"),
            TypedProblem::TooMany(most) => fl!(words, "typed-too-many", most = most.to_string()),
            TypedProblem::NoName => {
                let number = (fault.row.unwrap_or_default() + 1).to_string();
                fl!(words, "typed-no-name", number = number)
            }
            TypedProblem::BadName(label) => fl!(words, "typed-bad-name", label = label.clone()),
            TypedProblem::Twice(label) => fl!(words, "typed-twice", label = label.clone()),
            TypedProblem::NoNumber { label, given } => {
                fl!(words, "typed-no-number", label = label.clone(), given = given.clone())
            }
            TypedProblem::Crossed(label) => fl!(words, "typed-crossed", label = label.clone()),
            TypedProblem::FewOptions(label) => fl!(words, "typed-few-options", label = label.clone()),
            TypedProblem::Rule(problem) => form_problem(self.language, problem),
        }
    }

    /// What happens to the answers of schools.
    pub fn form_changes(&self, changes: &[FormChange], answered: usize, code: &str) -> Vec<String> {
        let words = self.words();
        let said = |change: &FormChange| match change {
            FormChange::Added { label, required: true } => {
                fl!(words, "form-change-added", label = label.clone())
            }
            FormChange::Added { label, required: false } => {
                fl!(words, "form-change-added-optional", label = label.clone())
            }
            FormChange::Dropped(label) => fl!(words, "form-change-dropped", label = label.clone()),
            FormChange::Renamed { from, to } => {
                fl!(words, "form-change-renamed", from = from.clone(), to = to.clone())
            }
            FormChange::Anew(label) => fl!(words, "form-change-anew", label = label.clone()),
            FormChange::Checks => fl!(words, "form-change-checks"),
        };
        let mut lines: Vec<String> = changes.iter().map(said).collect();
        if !lines.is_empty() {
            let (count, code) = (answered.to_string(), code.to_owned());
            lines.push(fl!(words, "form-set-answered", count = count, code = code));
        }
        lines
    }

    /// The form was changed elsewhere meanwhile.
    pub fn design_changed_elsewhere(&self) -> String {
        fl!(self.words(), "design-changed-elsewhere")
    }

    /// The workbook that was sent is not there any more.
    pub fn design_no_file(&self) -> String {
        fl!(self.words(), "design-no-file")
    }

    /// What becomes of answers is to be seen first.
    pub fn design_look_first(&self) -> String {
        fl!(self.words(), "design-look-first")
    }

    /// There was nothing to store.
    pub fn design_same(&self) -> String {
        fl!(self.words(), "design-same")
    }

    /// It is stored.
    pub fn design_saved(&self, code: &str, out: bool) -> String {
        let code = code.to_owned();
        if out {
            fl!(self.words(), "design-saved-out", code = code)
        } else {
            fl!(self.words(), "design-saved-draft", code = code)
        }
    }

    /// No field was found in an answer.
    pub fn design_not_understood(&self) -> String {
        fl!(self.words(), "design-not-understood")
    }
}

/// The page, told in chat.
pub(super) fn page(
    voice: Voice,
    code: Option<&String>,
    form: &Form,
    page: Option<&(String, chrono::DateTime<chrono::Utc>)>,
) -> Vec<Block> {
    let words = voice.words();
    let mut blocks: Vec<Block> = Vec::new();
    if let Some(code) = code {
        let lines = voice.form(form);
        if lines.is_empty() {
            blocks.push(line::plain(fl!(words, "form-page-none", code = code.clone())));
        } else {
            blocks.push(line::strong(code.clone()));
            blocks.extend(lines.into_iter().map(line::plain));
        }
    }
    blocks.push(line::plain(match (page, code) {
        (Some((address, until)), code) => {
            let until = voice.full_day(voice.local_day(*until));
            let address = address.clone();
            match code {
                Some(code) => fl!(words, "form-page", code = code.clone(), address = address, until = until),
                None => fl!(words, "form-page-all", address = address, until = until),
            }
        }
        (None, code) => {
            let code = code.cloned().unwrap_or_else(|| "V5".to_owned());
            fl!(words, "form-no-page", code = code)
        }
    }));
    blocks
}
