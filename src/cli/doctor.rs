//! `giaoban doctor`: whether what `run` needs is there.

use std::process::ExitCode;

use i18n_embed_fl::fl;

use super::REFUSED;
use crate::config::Config;
use crate::domain::Language;
use crate::run::StoreProblem;
use crate::run::service::{Findings, examine};
use crate::wording::{Voice, catalog};

/// Arguments of `doctor`.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file of the database; without it GIAOBAN_DATABASE, or giaoban.db in this folder.
    #[arg(long, value_name = "FILE")]
    database: Option<String>,
}

/// Looks, and says what was found: 0 when the bot can run.
pub fn run(arguments: &Arguments, mut config: Config, language: Language) -> ExitCode {
    if let Some(database) = &arguments.database {
        config.database.clone_from(database);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(examine(&config)) {
        Ok(findings) => {
            print!("{}", page(&findings, &config, language));
            if findings.are_good() { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn page(findings: &Findings, config: &Config, language: Language) -> String {
    let words = catalog(language);
    let voice = Voice { language, zone: chrono_tz::Asia::Ho_Chi_Minh };
    let file = config.database.clone();
    let mut lines = vec![match &findings.database {
        Ok(contents) => {
            let (offices, unheard) = (contents.offices.to_string(), contents.unheard.to_string());
            fl!(words, "doctor-database", file = file, offices = offices, unheard = unheard)
        }
        Err(None) => fl!(words, "doctor-no-database", file = file),
        Err(Some(StoreProblem::Unwritable)) => fl!(words, "run-unwritable", file = file),
        Err(Some(StoreProblem::OtherVersion)) => fl!(words, "run-newer", file = file),
        Err(Some(StoreProblem::Damaged(code))) => {
            fl!(words, "run-database", file = file, code = code.clone())
        }
    }];
    if findings.bots.is_empty() {
        lines.push(fl!(words, "run-no-token"));
    }
    lines.extend(findings.bots.iter().map(|bot| match bot {
        Ok(bot) => fl!(words, "doctor-bot", name = bot.name.clone(), platform = bot.platform),
        Err((platform, why)) => {
            let platform: &str = platform;
            fl!(words, "doctor-no-bot", platform = platform, why = why.clone())
        }
    }));
    lines.extend(findings.plans.iter().map(|used| voice.plan(used)));
    lines.push(match &findings.public_url {
        Some(address) => fl!(words, "doctor-pages", address = address.clone()),
        None => fl!(words, "doctor-no-pages"),
    });
    lines.push(match super::forms::own(config, language) {
        Ok(forms) => fl!(words, "doctor-forms", count = forms.len().to_string()),
        Err(sentence) => sentence,
    });
    lines.push(if findings.pictures {
        fl!(words, "doctor-pictures")
    } else {
        fl!(words, "doctor-no-pictures")
    });
    lines.join("\n") + "\n"
}
