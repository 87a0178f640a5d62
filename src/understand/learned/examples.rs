//! The labelled examples: a line holds a label, a tab and a message, in which " / " ends a line.

use thiserror::Error;

use super::Label;

/// A message and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it is about.
    pub label: Label,
    /// The message as typed.
    pub text: String,
}

/// A line that is no example.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {line}: no label, tab and message")]
pub struct ExampleError {
    /// Counted from 1.
    pub line: usize,
}

/// The examples that the program was made with.
#[cfg(test)]
pub(in crate::understand) fn examples() -> Result<Vec<Example>, ExampleError> {
    examples_in(include_str!("examples.tsv"))
}

/// The examples in a file; empty lines and those that begin with `#` are none.
pub fn examples_in(file: &str) -> Result<Vec<Example>, ExampleError> {
    let lines = (1..).zip(file.lines()).filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    let example = |(number, line): (usize, &str)| {
        let (label, text) = line.split_once('\t').ok_or(ExampleError { line: number })?;
        let label = Label::of(label).ok_or(ExampleError { line: number })?;
        Ok(Example { label, text: text.replace(" / ", "\n") })
    };
    lines.map(example).collect()
}
