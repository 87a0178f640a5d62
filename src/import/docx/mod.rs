//! Word since 2007 → paragraphs and tables.
//!
//! `styles` and `numbering` say what stands nowhere in the text; `body` reads the text with them; `fields` knows which outcome of
//! an instruction is text. Headers and footers of the page are looked at for a stamp only.

mod body;
mod fields;
mod numbering;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use body::Body;
use numbering::Numbering;
use styles::Styles;

use super::doubt::DoubtKind;
use super::error::ImportError;
use super::package::Package;
use super::parts::{Document, Part};
use super::xml::Xml;

/// Reads a Word document.
///
/// # Errors
///
/// When the text of the document is damaged or has no end; damage of what is beside it becomes a doubt.
pub fn read(package: &mut Package<'_>) -> Result<Document, ImportError> {
    let main = main_part(package)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let text = package.text(&main)?.ok_or(ImportError::Damaged)?;
    let mut beside = Beside { package, folder, doubts: Vec::new() };
    let styles = beside.read("styles.xml", Styles::read)?;
    let numbering = beside.read("numbering.xml", Numbering::read)?;
    let mut notes: HashMap<String, String> =
        beside.read("footnotes.xml", |t| body::notes(t, &styles, 'f'))?;
    notes.extend(beside.read("endnotes.xml", |t| body::notes(t, &styles, 'e'))?);
    let margins = beside.margins()?;
    let mut doubts = beside.doubts;

    let mut body = Body::new(&styles, numbering, &notes);
    let mut parts = Vec::new();
    let mut xml = Xml::new(&text);
    xml.children(|xml, _| {
        xml.children(|xml, tag| if tag.name() == "body" { body.blocks(xml, &mut parts) } else { Ok(()) })
    })?;
    doubts.extend(body.letters.iter().map(|l| DoubtKind::Encoding { name: l.name().to_owned() }));
    Ok(Document { parts, margins, doubts })
}

/// The part that holds the text: what the container's list of relations says, else where Word puts it.
fn main_part(package: &mut Package<'_>) -> Result<String, ImportError> {
    const USUAL: &str = "word/document.xml";
    let mut found = None;
    if let Some(relations) = package.text("_rels/.rels")? {
        let mut xml = Xml::new(&relations);
        xml.children(|xml, _| {
            xml.children(|_, tag| {
                if tag.get("Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
                    found = tag.get("Target");
                }
                Ok(())
            })
        })?;
    }
    let named = found.map(|name| name.trim_start_matches('/').to_owned()).filter(|name| package.has(name));
    Ok(named.unwrap_or_else(|| USUAL.to_owned()))
}

/// The parts beside the text.
struct Beside<'p, 'a> {
    package: &'p mut Package<'a>,
    folder: String,
    doubts: Vec<DoubtKind>,
}

impl Beside<'_, '_> {
    /// Reads a part. Without it, or when it is damaged, the text is still worth reading.
    fn read<T: Default>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        let path = format!("{}/{name}", self.folder);
        let text = match self.package.text(&path) {
            Ok(text) => text.map(|text| read(&text)),
            Err(ImportError::Damaged) => Some(Err(ImportError::Damaged)),
            Err(error) => return Err(error),
        };
        match text {
            None => Ok(T::default()),
            Some(Ok(value)) => Ok(value),
            Some(Err(_)) => {
                self.doubts.push(DoubtKind::PartDamaged { part: path });
                Ok(T::default())
            }
        }
    }

    /// The lines above and below the pages.
    fn margins(&mut self) -> Result<Vec<String>, ImportError> {
        let start = format!("{}/", self.folder);
        let mut lines = Vec::new();
        for name in self.package.names() {
            let Some(rest) = name.strip_prefix(&start) else { continue };
            if (rest.starts_with("header") || rest.starts_with("footer")) && rest.ends_with(".xml") {
                lines.extend(self.read(rest, body::bare_text)?);
            }
        }
        Ok(lines)
    }
}

impl Part {
    /// The words of a paragraph.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text),
            Self::Table(_) => None,
        }
    }
}
