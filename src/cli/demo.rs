//! `giaoban demo`: everything can be tried in the browser, without any token.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use i18n_embed_fl::fl;
use tokio_util::sync::CancellationToken;

use super::{REFUSED, signal};
use crate::config::Config;
use crate::domain::Language;
use crate::import::load;
use crate::run::demo::{DemoError, Options, run as run_demo};
use crate::run::reader::read_directive;
use crate::wording::{catalog, refusal, unread};

/// Arguments of `demo`.
#[derive(clap::Args)]
pub struct Arguments {
    /// A schedule to load instead of the sample, as text.
    #[arg(long, value_name = "FILE")]
    schedule: Option<PathBuf>,
    /// The port of the page on this machine; 0 for any.
    #[arg(long, default_value_t = 8086)]
    port: u16,
    /// Keep everything in this folder and go on from it next time; without it a fresh one is made and deleted.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Do not open the browser.
    #[arg(long)]
    no_open: bool,
}

/// Plays until Ctrl+C.
pub fn run(arguments: &Arguments, config: Config, language: Language) -> ExitCode {
    match play(arguments, config, language) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::from(REFUSED)
        }
    }
}

fn play(arguments: &Arguments, config: Config, language: Language) -> Result<(), String> {
    let words = catalog(language);
    let schedule = arguments.schedule.as_ref().map(|path| schedule(path, language)).transpose()?;
    let unwritable = |folder: String| fl!(words, "demo-folder", folder = folder);
    // Deleted when it goes out of scope, at the end.
    let fresh = match &arguments.data {
        Some(_) => None,
        None => {
            let made = tempfile::Builder::new().prefix("giaoban-demo-").tempdir();
            Some(made.map_err(|_| unwritable(std::env::temp_dir().display().to_string()))?)
        }
    };
    let folder = match (&arguments.data, &fresh) {
        (Some(folder), _) => folder.clone(),
        (None, Some(fresh)) => fresh.path().to_owned(),
        (None, None) => return Err(unwritable(String::new())),
    };
    let forms = super::forms::own(&config, language)?;
    let public_url = config.public_url;
    let options =
        Options { folder: folder.clone(), schedule, port: arguments.port, language, public_url, forms };
    let ready = |address: &str| {
        let told =
            format!("{}\n{}\n", fl!(words, "demo-address", address = address), fl!(words, "demo-stop"));
        // Whoever reads the address from a pipe may close it: the demo goes on.
        let _ = std::io::stdout().write_all(told.as_bytes());
        if !arguments.no_open {
            open_browser(address);
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| e.to_string())?;
    let folder = folder.display().to_string();
    runtime
        .block_on(async {
            let ends = CancellationToken::new();
            tokio::spawn({
                let ends = ends.clone();
                async move {
                    signal::to_stop().await;
                    ends.cancel();
                }
            });
            run_demo(options, ends, ready).await
        })
        .map_err(|error| sentence(&error, folder, language))
}

fn schedule(path: &std::path::Path, language: Language) -> Result<(String, Vec<u8>), String> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    // Read once here, so that a file that cannot be read is refused before anything is started.
    let bytes = load(path).map_err(|e| refusal(language, &e, &name))?;
    read_directive(&name, &bytes).map_err(|e| unread(language, &e, &name))?;
    Ok((name, bytes))
}

fn sentence(error: &DemoError, folder: String, language: Language) -> String {
    use crate::run::StoreProblem;
    let words = catalog(language);
    match error {
        DemoError::Port(port) => fl!(words, "demo-port-used", port = port.to_string()),
        DemoError::Folder(_) => fl!(words, "demo-folder", folder = folder),
        DemoError::Store(store) => match StoreProblem::of(store) {
            StoreProblem::Unwritable => fl!(words, "demo-folder", folder = folder),
            StoreProblem::OtherVersion => fl!(words, "demo-newer", folder = folder),
            StoreProblem::Damaged(code) => fl!(words, "demo-database", folder = folder, code = code),
        },
        DemoError::Bot(_) | DemoError::Page(_) => error.to_string(),
    }
}

/// Opens the page where a desktop can; where it cannot, the address has been printed.
fn open_browser(address: &str) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let quiet = std::process::Stdio::null;
    let _ = std::process::Command::new(opener).arg(address).stdout(quiet()).stderr(quiet()).spawn();
}
