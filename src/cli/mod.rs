//! The command line, one file a command.
//!
//! To add a command: a file with its arguments (`#[derive(clap::Args)]`) and a `run` that returns an [`ExitCode`], a variant
//! of `Command` with its `///` line, and a row in [`main`]. Exit codes: 0 done, 1 it went wrong, 2 it was refused (a file
//! that cannot be read, wrong usage).

mod demo;
mod read;
mod register;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::domain::Language;

/// What was asked and could not be done because of what was given: a file, an argument.
const REFUSED: u8 = 2;

#[derive(Parser)]
#[command(name = "giaoban", version, about)]
struct Arguments {
    /// Language of the answers: vi or en.
    #[arg(long, global = true, default_value = "vi", value_name = "vi|en")]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Try everything in the browser: a sample office, a make-believe Telegram and Zalo, a clock that can be moved.
    Demo(demo::Arguments),
    /// Read an office's document and show its tasks, deadlines and doubts.
    Read(read::Arguments),
    /// The list of schools: write a template, check a file.
    Register(register::Arguments),
}

/// Runs the program with these arguments, the first of which is its own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Arguments::try_parse_from(arguments) {
        Ok(Arguments { lang, command }) => match command {
            Command::Demo(arguments) => demo::run(&arguments, lang),
            Command::Read(arguments) => read::run(&arguments, lang),
            Command::Register(arguments) => register::run(&arguments, lang),
        },
        Err(error) => {
            // Help and version are answers; whatever else is wrong usage. A closed pipe is nobody's fault.
            let _ = error.print();
            if error.use_stderr() { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS }
        }
    }
}
