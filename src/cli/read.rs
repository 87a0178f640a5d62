//! `giaoban read FILE`: what the reader finds in a document, for a person or as JSON.

mod json;
mod page;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::REFUSED;
use crate::domain::Language;
use crate::import::{load, read};
use crate::wording::refusal;

/// Arguments of `read`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The document, as text.
    file: PathBuf,
    /// Print one JSON object instead of a page for people.
    #[arg(long)]
    json: bool,
}

/// Reads and prints; refuses with one sentence that says what to do.
pub fn run(arguments: &Arguments, language: Language) -> ExitCode {
    let name =
        arguments.file.file_name().unwrap_or(arguments.file.as_os_str()).to_string_lossy().into_owned();
    let directive = match load(&arguments.file).and_then(|bytes| read(&bytes)) {
        Ok(directive) => directive,
        Err(error) => {
            eprintln!("{}", refusal(language, &error, &name));
            return ExitCode::from(REFUSED);
        }
    };
    let out = if arguments.json {
        format!("{}\n", json::object(&directive, language))
    } else {
        page::page(&directive, &name, language)
    };
    match std::io::stdout().lock().write_all(out.as_bytes()) {
        // `giaoban read FILE | head` closes the pipe early.
        Ok(()) | Err(_) => ExitCode::SUCCESS,
    }
}
