//! The labelled examples: a line holds a label, a tab and a message, in which " / " ends a line, `[12]` is a figure that is
//! reported, `{12}` one of before, and any other number is no figure.

use std::ops::Range;

use thiserror::Error;

use super::{Kind, Label};

/// A message and what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// What it is about.
    pub label: Label,
    /// The message as typed.
    pub text: String,
    /// Which bytes of it are figures, and of which kind; numbers elsewhere are none.
    figures: Vec<(Range<usize>, Kind)>,
}

impl Example {
    /// It as the file has it, whatever its line was.
    pub(super) fn written(&self) -> String {
        let mut text = self.text.clone();
        for (range, kind) in self.figures.iter().rev() {
            let (open, close) = if *kind == Kind::Former { ('{', '}') } else { ('[', ']') };
            text.insert(range.end, close);
            text.insert(range.start, open);
        }
        format!("{}\t{text}\n", self.label.name())
    }

    /// What stands at these bytes.
    pub(super) fn kind_at(&self, bytes: &Range<usize>) -> Kind {
        let inside = |(range, _): &&(Range<usize>, Kind)| bytes.start < range.end && range.start < bytes.end;
        self.figures.iter().find(inside).map_or(Kind::Other, |(_, kind)| *kind)
    }
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
        let (text, figures) = unmarked(&text.replace(" / ", "\n"));
        Ok(Example { label, text, figures })
    };
    lines.map(example).collect()
}

/// A message without the marks of its figures, and where they stood. What stands in brackets with a colon is a quotation.
fn unmarked(marked: &str) -> (String, Vec<(Range<usize>, Kind)>) {
    let (mut text, mut figures) = (String::with_capacity(marked.len()), Vec::new());
    let mut rest = marked;
    while let Some(open) = rest.find(['[', '{']) {
        let (close, kind) =
            if rest[open..].starts_with('[') { (']', Kind::Figure) } else { ('}', Kind::Former) };
        let inside = rest[open + 1..].split_once(close).filter(|(inside, _)| !inside.contains([':', '\n']));
        text.push_str(&rest[..open]);
        match inside {
            Some((inside, behind)) => {
                figures.push((text.len()..text.len() + inside.len(), kind));
                text.push_str(inside);
                rest = behind;
            }
            None => {
                text.push_str(&rest[open..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    text.push_str(rest);
    (text, figures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_which_numbers_are_figures_and_are_no_part_of_the_message() {
        let line = "correction\t[Trả lời: 300 trẻ] / lớp 4B là [31] chứ không phải {13}";
        let examples = examples_in(line).unwrap();
        let example = &examples[0];
        assert_eq!(example.text, "[Trả lời: 300 trẻ]\nlớp 4B là 31 chứ không phải 13");
        let kind = |digits: &str| {
            let at = example.text.rfind(digits).unwrap();
            example.kind_at(&(at..at + digits.len()))
        };
        assert_eq!(
            [kind("31"), kind("13"), kind("4"), kind("300")],
            [Kind::Figure, Kind::Former, Kind::Other, Kind::Other]
        );
        assert_eq!(example.written().replace('\n', " / ").trim_end_matches(" / "), line);
    }

    #[test]
    fn a_line_without_a_label_is_named() {
        assert_eq!(examples_in("# none\n\nsubmit\txong\nxong rồi"), Err(ExampleError { line: 4 }));
    }
}
