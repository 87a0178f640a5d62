//! `giaoban run`: the bot in earnest, set up by the environment.

use std::io::Write as _;
use std::process::ExitCode;

use i18n_embed_fl::fl;
use tokio_util::sync::CancellationToken;

use super::{REFUSED, signal};
use crate::config::Config;
use crate::domain::Language;
use crate::run::StoreProblem;
use crate::run::service::{BotName, ServiceError, Started, run as run_service};
use crate::wording::catalog;

/// Arguments of `run`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file of the database; without it GIAOBAN_DATABASE, or giaoban.db in this folder.
    #[arg(long, value_name = "FILE")]
    database: Option<String>,
}

/// Runs until a signal says to stop.
pub fn run(arguments: &Arguments, mut config: Config, language: Language) -> ExitCode {
    if let Some(database) = &arguments.database {
        config.database.clone_from(database);
    }
    let forms = match super::forms::own(&config, language) {
        Ok(forms) => forms,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::from(REFUSED);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let ran = runtime.block_on(async {
        let ends = CancellationToken::new();
        tokio::spawn({
            let ends = ends.clone();
            async move {
                signal::to_stop().await;
                tracing::info!("stopping");
                ends.cancel();
            }
        });
        run_service(&config, &forms, language, ends, |started| tell(started, language)).await
    });
    // A call that hangs does not keep the program.
    runtime.shutdown_background();
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", sentence(&error, &config, language));
            ExitCode::from(REFUSED)
        }
    }
}

fn tell(started: &Started, language: Language) {
    let words = catalog(language);
    let bot = |bot: &BotName| fl!(words, "run-bot", name = bot.name.clone(), platform = bot.platform);
    let bots = started.bots.iter().map(bot).collect::<Vec<_>>().join(", ");
    let mut told = fl!(words, "run-started", bots = bots);
    if let Some(code) = &started.first_code {
        told.push('\n');
        told.push_str(&match &started.first_link {
            Some(link) => fl!(words, "run-first", link = link.clone(), code = code.code.clone()),
            None => fl!(words, "run-first-without-link", code = code.code.clone()),
        });
    }
    told.push('\n');
    // Whoever reads it from a pipe may close it: the bot goes on.
    let _ = std::io::stdout().write_all(told.as_bytes());
}

fn sentence(error: &ServiceError, config: &Config, language: Language) -> String {
    let words = catalog(language);
    let file = config.database.clone();
    match error {
        ServiceError::NoPlatform => fl!(words, "run-no-token"),
        ServiceError::Token { platform: "Zalo" } => fl!(words, "run-zalo-token-refused"),
        ServiceError::Token { .. } => fl!(words, "run-token-refused"),
        ServiceError::Address { platform, why } => {
            let variables = platform.to_uppercase();
            let platform = (*platform).to_owned();
            fl!(words, "run-address", platform = platform, variables = variables, why = why.clone())
        }
        ServiceError::Listen(why) => fl!(words, "run-listen", why = why.clone()),
        ServiceError::Store(store) => match StoreProblem::of(store) {
            StoreProblem::Unwritable => fl!(words, "run-unwritable", file = file),
            StoreProblem::OtherVersion => fl!(words, "run-newer", file = file),
            StoreProblem::Damaged(code) => fl!(words, "run-database", file = file, code = code),
        },
        ServiceError::Bot(_) | ServiceError::Program(_) => error.to_string(),
    }
}
