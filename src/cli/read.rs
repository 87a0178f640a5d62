//! `giaoban read FILE`: what the reader finds in a document, for a person or as JSON.

mod json;
mod page;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use i18n_embed_fl::fl;

use super::REFUSED;
use crate::domain::Language;
use crate::import::{Format, ImportError, LIMIT, load, read};
use crate::wording::catalog;

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
            eprintln!("{}", refusal(&error, &name, language));
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

/// The sentence of a refusal.
fn refusal(error: &ImportError, file: &str, language: Language) -> String {
    let words = catalog(language);
    match error {
        ImportError::Unreadable(_) => fl!(words, "import-unreadable", file = file),
        ImportError::Empty => fl!(words, "import-empty", file = file),
        ImportError::TooBig(size) => {
            fl!(
                words,
                "import-too-big",
                file = file,
                size = size.to_string(),
                most = (LIMIT / 1_000_000).to_string()
            )
        }
        ImportError::Format(Format::Pdf) => fl!(words, "import-pdf", file = file),
        ImportError::Format(Format::Office | Format::OldOffice) => fl!(words, "import-office", file = file),
        ImportError::Format(Format::Picture) => fl!(words, "import-picture", file = file),
        ImportError::Format(Format::Unknown) => fl!(words, "import-binary", file = file),
        ImportError::Encoding => fl!(words, "import-encoding", file = file),
        ImportError::Secret(stamp) => fl!(words, "import-secret", file = file, stamp = stamp.as_str()),
    }
}
