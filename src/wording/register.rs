//! The list of schools as a file: the words of its template, and what its reading found.

use i18n_embed_fl::fl;

use super::catalog;
use crate::domain::{Language, RegisterColumn, RegisterWords, SchoolKind};
use crate::import::LIMIT;
use crate::import::register::{MAX_ROWS, RegisterError, RegisterNotice, Repair, RowFault, RowProblem};

/// The words of a register that the program writes.
pub fn register_words(language: Language) -> RegisterWords {
    let words = catalog(language);
    let kinds = [SchoolKind::Public, SchoolKind::Private, SchoolKind::Independent]
        .map(|k| capital(kind_of_school(language, k)));
    RegisterWords {
        sheet: fl!(words, "register-sheet"),
        columns: RegisterColumn::ALL.map(|column| heading(language, column)),
        example: [
            fl!(words, "register-example-code"),
            fl!(words, "register-example-name"),
            kinds[0].clone(),
            fl!(words, "register-example-ward"),
            fl!(words, "register-example-cluster"),
            fl!(words, "register-example-principal"),
            fl!(words, "register-example-phone"),
            fl!(words, "register-example-enrolment"),
            fl!(words, "register-example-aliases"),
        ],
        kind_fault: fl!(words, "register-note-kinds", kinds = kinds.join(", ")),
        notes_sheet: fl!(words, "register-notes-sheet"),
        notes: vec![
            fl!(words, "register-note-rows"),
            fl!(words, "register-note-required"),
            fl!(words, "register-note-kinds", kinds = kinds.join(", ")),
            fl!(words, "register-note-phone"),
            fl!(words, "register-note-aliases"),
            fl!(words, "register-note-checked"),
        ],
        kinds,
    }
}

/// Why a register is not taken: one sentence with what to do; for faults of rows a line each after it.
pub fn register_error(language: Language, error: &RegisterError, file: &str) -> String {
    let words = catalog(language);
    let file = file.to_owned();
    match error {
        RegisterError::Unreadable => fl!(words, "import-unreadable", file = file),
        RegisterError::Empty => fl!(words, "register-empty", file = file),
        RegisterError::TooBig { megabytes } => {
            let (megabytes, limit) = (megabytes.to_string(), (LIMIT / 1_000_000).to_string());
            fl!(words, "register-too-big", file = file, megabytes = megabytes, limit = limit)
        }
        RegisterError::TooManyRows => {
            fl!(words, "register-too-many-rows", file = file, limit = MAX_ROWS.to_string())
        }
        RegisterError::UnpacksTooFar => fl!(words, "register-unpacks-too-far", file = file),
        RegisterError::Locked => fl!(words, "register-locked", file = file),
        RegisterError::Damaged => fl!(words, "register-damaged", file = file),
        RegisterError::OldWorkbook => fl!(words, "register-old-workbook", file = file),
        RegisterError::NotATable => fl!(words, "register-not-a-table", file = file),
        RegisterError::Encoding => fl!(words, "register-encoding", file = file),
        RegisterError::NoHeadings => {
            let required: Vec<_> =
                RegisterColumn::ALL.into_iter().filter(|column| column.is_required()).collect();
            fl!(words, "register-no-headings", file = file, columns = headings(language, &required))
        }
        RegisterError::MissingColumns { line, columns } => fl!(
            words,
            "register-missing-columns",
            file = file,
            line = line.to_string(),
            columns = headings(language, columns)
        ),
        RegisterError::NoSchools => fl!(words, "register-no-schools", file = file),
        RegisterError::Rows(faults) => {
            let head = fl!(words, "register-faults", file = file, count = faults.len().to_string());
            let lines = faults.iter().map(|fault| register_fault(language, fault));
            std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
        }
    }
}

/// A fault with its line and its column.
pub fn register_fault(language: Language, fault: &RowFault) -> String {
    let words = catalog(language);
    let said = match &fault.why {
        RowProblem::Missing => fl!(words, "register-why-missing"),
        RowProblem::SameCode { code, first } => {
            fl!(words, "register-why-same-code", code = code.clone(), first = first.to_string())
        }
        RowProblem::SameSchool { name, first } => {
            fl!(words, "register-why-same-school", name = name.clone(), first = first.to_string())
        }
        RowProblem::UnknownKind { printed } => {
            let kinds = register_words(language).kinds.join(", ");
            fl!(words, "register-why-unknown-kind", printed = printed.clone(), kinds = kinds)
        }
        RowProblem::NotAPhone { printed } => {
            fl!(words, "register-why-not-a-phone", printed = printed.clone())
        }
        RowProblem::IsADate { printed } => fl!(words, "register-why-is-a-date", printed = printed.clone()),
        RowProblem::BrokenFormula { printed } => {
            fl!(words, "register-why-broken-formula", printed = printed.clone())
        }
        RowProblem::NotANumber { printed } => {
            fl!(words, "register-why-not-a-number", printed = printed.clone())
        }
        RowProblem::TooLong { limit } => fl!(words, "register-why-too-long", limit = limit.to_string()),
    };
    let column = heading(language, fault.column);
    fl!(words, "register-fault", line = fault.line.to_string(), column = column, said = said)
}

/// A repair with its line.
pub fn register_notice(language: Language, notice: &RegisterNotice) -> String {
    let words = catalog(language);
    let said = match &notice.what {
        Repair::Encoding { name } => fl!(words, "register-did-encoding", name = name.clone()),
        Repair::CharactersLost { count } => {
            fl!(words, "register-did-characters-lost", count = count.to_string())
        }
        Repair::ColumnPassedOver { heading } => fl!(words, "register-did-column", heading = heading.clone()),
        Repair::SheetPassedOver { name } => fl!(words, "register-did-sheet", name = name.clone()),
        Repair::RowPassedOver { text } => fl!(words, "register-did-row", text = text.clone()),
        Repair::ExamplePassedOver => fl!(words, "register-did-example"),
        Repair::Blanks { column, read } => {
            fl!(words, "register-did-blanks", column = heading(language, *column), read = read.clone())
        }
        Repair::PhoneZero { read } => fl!(words, "register-did-phone-zero", read = read.clone()),
        Repair::PhoneWritten { printed, read } => {
            fl!(words, "register-did-phone-written", printed = printed.clone(), read = read.clone())
        }
        Repair::PhoneFirst { printed, read } => {
            fl!(words, "register-did-phone-first", printed = printed.clone(), read = read.clone())
        }
        Repair::Spelling { column, printed, read } => {
            let column = heading(language, *column);
            let (printed, read) = (printed.clone(), read.clone());
            fl!(words, "register-did-spelling", column = column, printed = printed, read = read)
        }
        Repair::SameName { name, first } => {
            fl!(words, "register-did-same-name", name = name.clone(), first = first.to_string())
        }
        Repair::SharedAlias { alias, first } => {
            fl!(words, "register-did-shared-alias", alias = alias.clone(), first = first.to_string())
        }
        Repair::Total { stated, read } => {
            fl!(words, "register-did-total", stated = stated.to_string(), read = read.to_string())
        }
    };
    match notice.line {
        0 => said,
        line => fl!(words, "register-notice", line = line.to_string(), said = said),
    }
}

fn headings(language: Language, columns: &[RegisterColumn]) -> String {
    columns.iter().map(|column| heading(language, *column)).collect::<Vec<_>>().join(", ")
}

fn heading(language: Language, column: RegisterColumn) -> String {
    let words = catalog(language);
    match column {
        RegisterColumn::Code => fl!(words, "register-column-code"),
        RegisterColumn::Name => fl!(words, "register-column-name"),
        RegisterColumn::Kind => fl!(words, "register-column-kind"),
        RegisterColumn::Ward => fl!(words, "register-column-ward"),
        RegisterColumn::Cluster => fl!(words, "register-column-cluster"),
        RegisterColumn::Principal => fl!(words, "register-column-principal"),
        RegisterColumn::Phone => fl!(words, "register-column-phone"),
        RegisterColumn::Aliases => fl!(words, "register-column-aliases"),
        RegisterColumn::Enrolment => fl!(words, "register-column-enrolment"),
    }
}

/// "công lập", as it stands in a sentence.
pub(super) fn kind_of_school(language: Language, kind: SchoolKind) -> String {
    let words = catalog(language);
    match kind {
        SchoolKind::Public => fl!(words, "kind-public"),
        SchoolKind::Private => fl!(words, "kind-private"),
        SchoolKind::Independent => fl!(words, "kind-independent"),
    }
}

fn capital(word: String) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
