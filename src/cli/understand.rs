//! `giaoban understand TEXT`: what a message of a school means and why; `--jsonl`: many messages, for measuring.

mod case;
mod json;
mod page;

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDateTime;
use i18n_embed_fl::fl;

use case::{Case, Known, Scene};

use super::REFUSED;
use crate::clock::{Clock, SystemClock};
use crate::domain::{Language, OfficeId, School, SchoolId};
use crate::import::load;
use crate::import::register::{self, RegisterError};
use crate::understand::{SchoolIndex, explain, no_figures, read, reasons};
use crate::wording::{catalog, register_error};

/// How many of the words that a message is told by are shown.
const REASONS: usize = 6;

/// Arguments of `understand`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The message, as a school would type it; signs that the shell knows need quotes around it.
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    text: Vec<String>,
    /// A JSON object with what is known: today, now, open_tasks, school, quoted.
    #[arg(long, value_name = "FILE", conflicts_with = "jsonl")]
    context: Option<PathBuf>,
    /// The list of schools; without it names of schools are found by their shape.
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,
    /// Read messages with their context from standard input, one JSON object a line, and answer each with one.
    #[arg(long)]
    jsonl: bool,
}

/// Reads and prints; refuses with one sentence that says what to do.
pub fn run(arguments: &Arguments, language: Language) -> ExitCode {
    let now = SystemClock.now().naive_local();
    let register = match arguments.register.as_deref().map(|path| schools(path, language)).transpose() {
        Ok(register) => register,
        Err(sentence) => return refused(&sentence),
    };
    let done = if arguments.jsonl {
        many(register.as_ref(), now, language)
    } else {
        one(&arguments.text.join(" "), arguments.context.as_deref(), register.as_ref(), now, language)
    };
    done.map_or_else(|sentence| refused(&sentence), |()| ExitCode::SUCCESS)
}

fn refused(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(REFUSED)
}

fn one(
    text: &str,
    context: Option<&Path>,
    register: Option<&SchoolIndex>,
    now: NaiveDateTime,
    language: Language,
) -> Result<(), String> {
    let known = context.map_or_else(|| Ok(Known::default()), |path| known(path, language))?;
    let case =
        Case { id: serde_json::Value::Null, text: text.to_owned(), attachments: vec![], context: known };
    let scene = Scene::new(&case, register, now);
    let page = scene.with(register, |context| {
        let like = reasons(text, context.schools, REASONS);
        let learned = page::Learned { like, no_figures: no_figures(text, context.schools) };
        page::page(&read(text, context), &explain(text, context), learned, &scene, context, language)
    });
    // `giaoban understand … | head` closes the pipe early.
    let _ = std::io::stdout().lock().write_all(page.as_bytes());
    Ok(())
}

fn known(path: &Path, language: Language) -> Result<Known, String> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).ok();
    text.and_then(|text| serde_json::from_str(&text).ok())
        .ok_or_else(|| fl!(catalog(language), "understand-bad-context", file = file))
}

fn many(register: Option<&SchoolIndex>, now: NaiveDateTime, language: Language) -> Result<(), String> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (n, line) in (1_usize..).zip(std::io::stdin().lock().lines()) {
        let line = line.unwrap_or_default();
        if line.trim().is_empty() {
            continue;
        }
        let case: Case = serde_json::from_str(&line)
            .map_err(|_| fl!(catalog(language), "understand-bad-line", line = n.to_string()))?;
        let scene = Scene::new(&case, register, now);
        let answer =
            scene.with(register, |c| json::answer(&case.id, &read(&case.text, c), &scene, c.schools));
        if writeln!(out, "{answer}").is_err() {
            break;
        }
    }
    let _ = out.flush();
    Ok(())
}

/// The schools of a register that was checked (`giaoban register check`).
fn schools(path: &Path, language: Language) -> Result<SchoolIndex, String> {
    let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let draft = load(path).map_err(RegisterError::from).and_then(|bytes| register::read(&bytes));
    let register = draft.map_err(|error| register_error(language, &error, &file))?.register;
    let names = register.short_names();
    let schools: Vec<School> = (1_u128..)
        .zip(register.rows.into_iter().zip(names))
        .map(|(n, (row, short_name))| School {
            id: SchoolId::new(uuid::Uuid::from_u128(n)),
            office: OfficeId::new(uuid::Uuid::nil()),
            code: row.code,
            name: row.name,
            short_name,
            aliases: row.aliases,
            kind: row.kind,
            ward: row.ward,
            cluster: row.cluster,
            principal: row.principal,
            phone: row.phone,
            opened_on: None,
            closed_on: None,
            enrolment: row.enrolment,
        })
        .collect();
    Ok(SchoolIndex::new(&schools))
}
