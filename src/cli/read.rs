//! `giaoban read FILE`: what the reader finds in a document, for a person or as JSON.

mod json;
mod page;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;

use super::REFUSED;
use crate::clock::{Clock, SystemClock};
use crate::domain::Language;
use crate::import::{Take, Unread, load};
use crate::run::reader::read_directive;
use crate::wording::unread;

/// Arguments of `read`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The document, as text.
    file: PathBuf,
    /// Settle doubt N by its choice K, both as the page numbers them; K = 0 is "as it was read". May be given often.
    #[arg(long, value_name = "N:K", value_parser = take)]
    take: Vec<Take>,
    /// The day on which it is read, YYYY-MM-DD: a deadline before it is a doubt. Without it, today.
    #[arg(long, value_name = "DAY")]
    today: Option<NaiveDate>,
    /// Print one JSON object instead of a page for people.
    #[arg(long)]
    json: bool,
}

/// `3:1`.
fn take(text: &str) -> Result<Take, String> {
    let numbers =
        text.split_once(':').and_then(|(n, k)| Some((n.trim().parse().ok()?, k.trim().parse().ok()?)));
    let (doubt, choice) = numbers.ok_or_else(|| "N:K, such as 3:1".to_owned())?;
    Ok(Take { doubt, choice })
}

/// Reads and prints; refuses with one sentence that says what to do.
pub fn run(arguments: &Arguments, language: Language) -> ExitCode {
    let name =
        arguments.file.file_name().unwrap_or(arguments.file.as_os_str()).to_string_lossy().into_owned();
    let read = load(&arguments.file).map_err(Unread::from).and_then(|bytes| read_directive(&name, &bytes));
    let mut directive = match read {
        Ok(directive) => directive,
        Err(why) => {
            eprintln!("{}", unread(language, &why, &name));
            return ExitCode::from(REFUSED);
        }
    };
    let now = || SystemClock.now().with_timezone(&chrono_tz::Asia::Ho_Chi_Minh).date_naive();
    directive.doubt_what_is_over(arguments.today.unwrap_or_else(now));
    if let Err(error) = directive.settle(&arguments.take) {
        eprintln!("{}", page::not_taken(error, language));
        return ExitCode::from(REFUSED);
    }
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
