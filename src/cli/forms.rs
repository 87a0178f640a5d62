//! `giaoban forms`: the ready forms, and a form of one's own tried out before it is used: a line as it is typed in chat, or a file of
//! forms in the shape of the starter set.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use i18n_embed_fl::fl;

use super::answer;
use crate::config::Config;
use crate::domain::{Language, OwnForm};
use crate::understand::{STARTER_FILE, Starter, StarterError, form_in_line, starters, starters_in};
use crate::wording::{catalog, form_lines, form_problem};

/// Arguments of `forms`.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand)]
enum Action {
    /// The ready forms of the usual reports, with the keys by which they are taken in chat.
    List,
    /// One of them: its fields and what is checked between them.
    Show {
        /// Its key, such as candolan1.
        key: String,
    },
    /// The starter set as a file, to begin one's own with: change it, check it, name it in GIAOBAN_FORMS.
    File,
    /// Read a form as it is typed in chat, or a file of forms, and say what is understood or what is wrong.
    Check {
        /// The form, such as "tổng số trẻ, cân đo <= tổng số trẻ".
        #[arg(required_unless_present = "file", conflicts_with = "file")]
        line: Vec<String>,
        /// A file of forms, in the shape of the starter set.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

/// Does it; refuses with one sentence that says what to do.
pub fn run(arguments: &Arguments, config: &Config, language: Language) -> ExitCode {
    let said = match &arguments.action {
        Action::List => ready(config, language).map(|forms| list(&forms, language)),
        Action::Show { key } => ready(config, language).and_then(|forms| show(&forms, key, language)),
        Action::File => Ok(STARTER_FILE.to_owned()),
        Action::Check { file: Some(file), .. } => check_file(file, language),
        Action::Check { line, file: None } => check_line(&line.join(" "), language),
    };
    answer(said)
}

fn list(forms: &[Starter], language: Language) -> String {
    let words = catalog(language);
    let mut page = String::new();
    for Starter { key, title, form } in forms {
        let (key, title, count) = (key.clone(), title.clone(), form.fields.len().to_string());
        let _ = writeln!(page, "{}", fl!(words, "form-line", key = key, title = title, count = count));
    }
    page
}

/// The forms of the installation's own file, `GIAOBAN_FORMS`; none without one.
pub fn own(config: &Config, language: Language) -> Result<Vec<OwnForm>, String> {
    let Some(path) = &config.forms else { return Ok(vec![]) };
    let forms = forms_of(Path::new(path), language)?;
    Ok(forms.into_iter().map(|Starter { key, title, form }| OwnForm { key, title, form }).collect())
}

/// All ready forms: an installation's own go before those of the starter set.
fn ready(config: &Config, language: Language) -> Result<Vec<Starter>, String> {
    let mut forms = match &config.forms {
        Some(path) => forms_of(Path::new(path), language)?,
        None => vec![],
    };
    let ours: Vec<Starter> =
        starters().iter().filter(|ours| forms.iter().all(|own| own.key != ours.key)).cloned().collect();
    forms.extend(ours);
    Ok(forms)
}

fn show(forms: &[Starter], key: &str, language: Language) -> Result<String, String> {
    let typed = key.to_lowercase();
    let found = forms.iter().find(|form| form.key == typed).ok_or_else(|| {
        let keys = forms.iter().map(|form| form.key.as_str()).collect::<Vec<_>>().join(", ");
        fl!(catalog(language), "forms-no-such", given = key.to_owned(), keys = keys)
    })?;
    Ok(format!("{}\n{}\n", found.title, form_lines(language, &found.form).join("\n")))
}

fn check_line(line: &str, language: Language) -> Result<String, String> {
    let form = form_in_line(line).map_err(|problem| form_problem(language, &problem))?;
    Ok(format!("{}\n", form_lines(language, &form).join("\n")))
}

fn check_file(path: &Path, language: Language) -> Result<String, String> {
    let forms = forms_of(path, language)?;
    let mut page = list(&forms, language);
    for form in &forms {
        let _ = write!(page, "\n{}\n{}\n", form.title, form_lines(language, &form.form).join("\n"));
    }
    Ok(page)
}

fn forms_of(path: &Path, language: Language) -> Result<Vec<Starter>, String> {
    let words = catalog(language);
    let file = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|_| fl!(words, "forms-unreadable", file = file.clone()))?;
    starters_in(&text).map_err(|error| match error {
        StarterError::Toml(why) => {
            fl!(words, "forms-no-table", file = file.clone(), why = why.trim().replace('\n', " "))
        }
        StarterError::Form { key, problem } => {
            fl!(words, "forms-bad-form", key = key, why = form_problem(language, &problem))
        }
        StarterError::Twice(key) => fl!(words, "forms-twice", key = key),
    })
}
