//! `giaoban forms`: the ready forms, and a form of one's own tried out before it is used: a line as it is typed in chat, or a file of
//! forms in the shape of the starter set.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use i18n_embed_fl::fl;

use super::REFUSED;
use crate::domain::Language;
use crate::understand::{Starter, StarterError, form_in_line, starters, starters_in};
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
pub fn run(arguments: &Arguments, language: Language) -> ExitCode {
    let said = match &arguments.action {
        Action::List => Ok(list(starters(), language)),
        Action::Show { key } => show(key, language),
        Action::Check { file: Some(file), .. } => check_file(file, language),
        Action::Check { line, file: None } => check_line(&line.join(" "), language),
    };
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

fn list(forms: &[Starter], language: Language) -> String {
    let words = catalog(language);
    let mut page = String::new();
    for Starter { key, title, form } in forms {
        let (key, title, count) = (key.clone(), title.clone(), form.fields.len().to_string());
        let _ = writeln!(page, "{}", fl!(words, "form-line", key = key, title = title, count = count));
    }
    page
}

fn show(key: &str, language: Language) -> Result<String, String> {
    let typed = key.to_lowercase();
    let found = starters().iter().find(|form| form.key == typed).ok_or_else(|| {
        let keys = starters().iter().map(|form| form.key.as_str()).collect::<Vec<_>>().join(", ");
        fl!(catalog(language), "forms-no-such", given = key.to_owned(), keys = keys)
    })?;
    Ok(format!("{}\n{}\n", found.title, form_lines(language, &found.form).join("\n")))
}

fn check_line(line: &str, language: Language) -> Result<String, String> {
    let form = form_in_line(line).map_err(|problem| form_problem(language, &problem))?;
    Ok(format!("{}\n", form_lines(language, &form).join("\n")))
}

fn check_file(path: &Path, language: Language) -> Result<String, String> {
    let words = catalog(language);
    let file = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|_| fl!(words, "forms-unreadable", file = file.clone()))?;
    let forms = starters_in(&text).map_err(|error| match error {
        StarterError::Toml(why) => {
            fl!(words, "forms-no-table", file = file.clone(), why = why.trim().replace('\n', " "))
        }
        StarterError::Form { key, problem } => {
            fl!(words, "forms-bad-form", key = key, why = form_problem(language, &problem))
        }
        StarterError::Twice(key) => fl!(words, "forms-twice", key = key),
    })?;
    let mut page = list(&forms, language);
    for form in &forms {
        let _ = write!(page, "\n{}\n{}\n", form.title, form_lines(language, &form.form).join("\n"));
    }
    Ok(page)
}
