//! `giaoban register template OUT.xlsx` writes a list of schools to fill in, `giaoban register check FILE` reads one.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use i18n_embed_fl::fl;

use super::answer;
use crate::domain::{Language, Register, RegisterWords, SchoolKind};
use crate::export::register_template;
use crate::import::register::RegisterDraft;
use crate::import::{Unread, load};
use crate::run::reader::read_register;
use crate::wording::{catalog, register_notice, register_words, unread};

/// Arguments of `register`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Write an Excel file to fill in, with an example and explanations.
    Template {
        /// The file to write, such as schools.xlsx.
        out: PathBuf,
    },
    /// Read a list of schools (XLSX or CSV) and show what was found; nothing is stored.
    Check {
        /// The list.
        file: PathBuf,
    },
}

/// Does it; refuses with one sentence that says what to do.
pub fn run(arguments: &Arguments, language: Language) -> ExitCode {
    let said = match &arguments.action {
        Action::Template { out } => template(out, language),
        Action::Check { file } => check(file, language),
    };
    answer(said)
}

fn template(out: &Path, language: Language) -> Result<String, String> {
    let words = catalog(language);
    let file = out.display().to_string();
    match write_new(out, language) {
        Ok(()) => Ok(format!("{}\n", fl!(words, "register-template-written", file = file))),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(fl!(words, "register-exists", file = file))
        }
        Err(_) => Err(fl!(words, "register-not-written", file = file)),
    }
}

/// Never over a file that is there: it may be the one that was filled in.
fn write_new(out: &Path, language: Language) -> std::io::Result<()> {
    let bytes = register_template(&register_words(language)).map_err(std::io::Error::other)?;
    File::create_new(out)?.write_all(&bytes)
}

fn check(path: &Path, language: Language) -> Result<String, String> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = load(path).map_err(|e| Unread::Register(e.into()));
    match bytes.and_then(|bytes| read_register(&file, &bytes)) {
        Ok(draft) => Ok(page(&draft, &file, language)),
        Err(why) => Err(unread(language, &why, &file)),
    }
}

/// How many schools of which kind, then each school, then what was repaired.
fn page(draft: &RegisterDraft, file: &str, language: Language) -> String {
    let words = catalog(language);
    let register_words = register_words(language);
    let rows = &draft.register.rows;
    let mut page = fl!(words, "register-read", file = file, schools = rows.len().to_string());
    for kind in [SchoolKind::Public, SchoolKind::Private, SchoolKind::Independent] {
        let count = rows.iter().filter(|row| row.kind == kind).count();
        if count > 0 {
            let kind = register_words.kind(kind);
            page.push(' ');
            page.push_str(&fl!(words, "register-count", kind = kind, count = count.to_string()));
        }
    }
    page.push_str("\n\n");
    page.push_str(&table(&draft.register, &register_words));
    if !draft.notices.is_empty() {
        let count = draft.notices.len().to_string();
        let _ = writeln!(page, "\n{}", fl!(words, "register-head-notices", count = count));
        for notice in &draft.notices {
            let _ = writeln!(page, "  {}", register_notice(language, notice));
        }
    }
    page
}

/// Code, short name, kind, ward, cluster, principal and phone, one school a line.
fn table(register: &Register, words: &RegisterWords) -> String {
    let names = register.short_names();
    let rows: Vec<[&str; 7]> = register
        .rows
        .iter()
        .zip(&names)
        .map(|(row, name)| {
            let kind = words.kind(row.kind);
            [&row.code, name, kind, &row.ward, &row.cluster, &row.principal, &row.phone]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: [usize; 7] = std::array::from_fn(width);
    let mut table = String::new();
    for row in &rows {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        let _ = writeln!(table, "  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
    table
}
