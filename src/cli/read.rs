//! `giaoban read FILE`: what the reader finds in a document, for a person or as JSON.

mod json;
mod page;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::REFUSED;
use crate::domain::Language;
use crate::import::{Unread, load};
use crate::run::reader::read_directive;
use crate::wording::unread;

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
    let read = load(&arguments.file).map_err(Unread::from).and_then(|bytes| read_directive(&name, &bytes));
    let directive = match read {
        Ok(directive) => directive,
        Err(why) => {
            eprintln!("{}", unread(language, &why, &name));
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
