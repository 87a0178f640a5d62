//! `giaoban learn`: the weights of the model anew, from labelled examples; for those who change the program.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use i18n_embed_fl::fl;

use super::answer;
use crate::domain::Language;
use crate::understand::{Example, examples_in, measure, measure_numbers, train, train_numbers};
use crate::wording::catalog;

/// Arguments of `learn`.
#[derive(clap::Args)]
pub struct Arguments {
    /// Files of examples: on each line a label, a tab and a message.
    #[arg(required = true, value_name = "EXAMPLES")]
    files: Vec<PathBuf>,
    /// Learn what numbers are for, not what messages are about.
    #[arg(long)]
    numbers: bool,
    /// Print how well other examples are told after learning, instead of the weights.
    #[arg(long, value_name = "EXAMPLES")]
    measure: Option<PathBuf>,
}

/// Learns and prints the weights, or how good they are; refuses with one sentence that says what to do.
pub fn run(arguments: &Arguments, language: Language) -> ExitCode {
    answer(learned(arguments, language))
}

fn learned(arguments: &Arguments, language: Language) -> Result<String, String> {
    let mut all = Vec::new();
    for file in &arguments.files {
        all.extend(read(file, language)?);
    }
    let weights = if arguments.numbers { train_numbers(&all) } else { train(&all) };
    let Some(file) = &arguments.measure else { return Ok(weights) };
    let others = read(file, language)?;
    let found =
        if arguments.numbers { measure_numbers(&weights, &others) } else { measure(&weights, &others) };
    let mut page = fl!(
        catalog(language),
        "learn-measured",
        right = found.right.to_string(),
        all = found.all.to_string()
    );
    for (meant, taken, times) in found.mistaken {
        page.push_str(&format!("\n{times:>4}  {meant} -> {taken}"));
    }
    page.push('\n');
    Ok(page)
}

fn read(path: &Path, language: Language) -> Result<Vec<Example>, String> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|_| fl!(catalog(language), "learn-no-file", file = file.clone()))?;
    examples_in(&text)
        .map_err(|error| fl!(catalog(language), "learn-bad-line", file = file, line = error.line.to_string()))
}
