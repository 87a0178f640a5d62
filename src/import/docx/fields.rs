//! Fields: an instruction to Word, and what it came to when the document was last shown. Only the outcome is text.

/// Fields that are open, the innermost last. They may reach over paragraphs.
#[derive(Debug, Default)]
pub struct Fields(Vec<Field>);

#[derive(Debug, Default)]
struct Field {
    instruction: String,
    outcome: bool,
}

impl Fields {
    /// A field begins, turns to its outcome, or ends.
    pub fn mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.0.push(Field::default()),
            "separate" => {
                if let Some(field) = self.0.last_mut() {
                    field.outcome = true;
                }
            }
            "end" => {
                self.0.pop();
            }
            _ => {}
        }
    }

    /// A piece of the innermost field's instruction.
    pub fn instruct(&mut self, text: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| !field.outcome) {
            field.instruction.push_str(text);
        }
    }

    /// Whether text at this place is shown.
    pub fn are_shown(&self) -> bool {
        self.0.iter().all(|field| field.outcome && !Self::is_dropped(&field.instruction))
    }

    /// Whether the outcome of a field is no text of the document: numbers of pages, tables of contents.
    pub fn is_dropped(instruction: &str) -> bool {
        let name = instruction.split_whitespace().next().unwrap_or_default().to_uppercase();
        matches!(name.as_str(), "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "PAGEREF" | "TOC" | "INDEX")
    }
}
