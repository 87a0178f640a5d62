//! The command line, one file a command.
//!
//! To add a command: a file with its arguments (`#[derive(clap::Args)]`) and a `run` that returns an [`ExitCode`], a variant
//! of `Command` with its `///` line, and a row in [`main`]. Exit codes: 0 done, 1 it went wrong, 2 it was refused (a file
//! that cannot be read, wrong usage).

mod demo;
mod doctor;
mod forms;
mod learn;
mod read;
mod register;
mod run_bot;
mod signal;
mod understand;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};
use crate::domain::Language;
use crate::run;

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
    /// Run the bot: on Telegram, with the token in GIAOBAN_TELEGRAM_TOKEN, and on Zalo, with those in GIAOBAN_ZALO_TOKENS.
    Run(run_bot::Arguments),
    /// See whether what `run` needs is there, and what Zalo's bots have used of their plans.
    Doctor(doctor::Arguments),
    /// The list of schools: write a template, check a file.
    Register(register::Arguments),
    /// The forms of the usual reports: list them, show one, check one of your own.
    Forms(forms::Arguments),
    /// Show what a message of a school means, and why.
    Understand(understand::Arguments),
    /// Learn the weights of the model that tells what messages are about from labelled examples, and print them.
    Learn(learn::Arguments),
    /// Read one file for another process of this program.
    #[command(name = run::reader::COMMAND, hide = true)]
    ReadStdin,
    /// Take the limits for recognising letters, and become the program that does it.
    #[command(name = run::reader::RECOGNISE, hide = true)]
    RecogniseStdin {
        /// Its file and its arguments.
        #[arg(last = true)]
        command: Vec<OsString>,
    },
}

/// Runs the program with these arguments, the first of which is its own name.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    match Arguments::try_parse_from(arguments) {
        Ok(Arguments { lang, command }) => {
            let config = Config::of_process();
            log_to_stderr(&config, if matches!(command, Command::Run(_)) { "info" } else { "warn" });
            match command {
                Command::Run(arguments) => run_bot::run(&arguments, config, lang),
                Command::Doctor(arguments) => doctor::run(&arguments, config, lang),
                Command::Demo(arguments) => demo::run(&arguments, config, lang),
                Command::Read(arguments) => read::run(&arguments, lang),
                Command::Register(arguments) => register::run(&arguments, lang),
                Command::Forms(arguments) => forms::run(&arguments, &config, lang),
                Command::Understand(arguments) => understand::run(&arguments, lang),
                Command::Learn(arguments) => learn::run(&arguments, lang),
                Command::ReadStdin => run::reader::child_main(),
                Command::RecogniseStdin { command } => run::reader::recognise_main(&command),
            }
        }
        Err(error) => {
            // Help and version are answers; whatever else is wrong usage. A closed pipe is nobody's fault.
            let _ = error.print();
            if error.use_stderr() { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS }
        }
    }
}

/// Events go to standard error, so that what a command prints stays clean. A filter that cannot be read says so and falls
/// back to warnings; texts of people and tokens are in no event.
fn log_to_stderr(config: &Config, default: &str) {
    let filter = EnvFilter::try_new(config.log.as_deref().unwrap_or(default)).unwrap_or_else(|error| {
        eprintln!("GIAOBAN_LOG: {error}");
        EnvFilter::new(default)
    });
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Set already when several commands run in one process, as in tests.
    let _ = match config.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
}

/// Prints a page, or the sentence that says why not and what to do.
fn answer(said: Result<String, String>) -> ExitCode {
    match said {
        // `giaoban forms list | head` closes the pipe early.
        Ok(page) => match std::io::stdout().lock().write_all(page.as_bytes()) {
            Ok(()) | Err(_) => ExitCode::SUCCESS,
        },
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(REFUSED)
        }
    }
}
