//! `document.xml` and its kin → paragraphs and tables, as a reader of the printed page sees them: changes accepted, numbers
//! computed, hidden text and page numbers gone.

use std::collections::HashMap;

use super::fields::Fields;
use super::numbering::Numbering;
use super::styles::{ListPlace, Look, Styles};
use crate::import::error::ImportError;
use crate::import::legacy::Letters;
use crate::import::parts::{Cell, Grid, MAX_PARTS, Part, Row};
use crate::import::xml::{Node, Tag, Xml};

/// What is read into, and what it is read with.
pub struct Body<'d> {
    /// The styles of the document.
    pub styles: &'d Styles,
    /// Its lists, which go on counting from part to part.
    pub numbering: Numbering,
    /// Footnotes and endnotes by their numbers.
    pub notes: &'d HashMap<String, String>,
    /// Fonts of old that were met.
    pub letters: Vec<Letters>,
    fields: Fields,
    /// The text of a paragraph whose end was deleted: it belongs to the next one.
    carried: String,
    parts: usize,
}

/// A paragraph while it is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    place: ListPlace,
    look: Look,
    /// Its end was deleted.
    joins_next: bool,
    notes: Vec<String>,
    boxes: Vec<Part>,
}

impl<'d> Body<'d> {
    /// Begins a document.
    pub fn new(styles: &'d Styles, numbering: Numbering, notes: &'d HashMap<String, String>) -> Self {
        Self {
            styles,
            numbering,
            notes,
            letters: Vec::new(),
            fields: Fields::default(),
            carried: String::new(),
            parts: 0,
        }
    }

    /// The blocks of the element that has just opened.
    pub fn blocks(&mut self, xml: &mut Xml<'_>, out: &mut Vec<Part>) -> Result<(), ImportError> {
        xml.children(|xml, tag| self.block(xml, tag, out))
    }

    fn block(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, out: &mut Vec<Part>) -> Result<(), ImportError> {
        match tag.name() {
            "p" => self.paragraph(xml, out),
            "tbl" => {
                let grid = self.table(xml)?;
                out.push(Part::Table(grid));
                Ok(())
            }
            "sdt" => control(xml, |xml| self.blocks(xml, out)),
            "AlternateContent" => alternate(xml, |xml| self.blocks(xml, out)),
            "ins" | "moveTo" | "customXml" | "smartTag" => self.blocks(xml, out),
            _ => Ok(()),
        }
    }

    fn paragraph(&mut self, xml: &mut Xml<'_>, out: &mut Vec<Part>) -> Result<(), ImportError> {
        self.parts += 1;
        if self.parts > MAX_PARTS {
            return Err(ImportError::TooLong);
        }
        let mut paragraph = Paragraph { look: self.styles.look_of_paragraph(None), ..Paragraph::default() };
        xml.children(|xml, tag| self.inline(xml, tag, &mut paragraph))?;
        let boxes = std::mem::take(&mut paragraph.boxes);
        if paragraph.joins_next {
            self.carried.push_str(&paragraph.text);
        } else {
            let text = std::mem::take(&mut self.carried) + &paragraph.text;
            let label = self.label(&paragraph);
            let notes: String = paragraph.notes.iter().map(|note| format!(" ({note})")).collect();
            out.push(Part::Text { label, text: text + &notes });
        }
        out.extend(boxes);
        Ok(())
    }

    fn label(&mut self, paragraph: &Paragraph) -> Option<String> {
        let style = paragraph.style.as_deref();
        let (list, level, from) = match paragraph.place.list.clone() {
            Some(list) => (list, None, style),
            None => {
                let (list, level, from) = self.styles.place(style)?;
                (list, level, Some(from))
            }
        };
        if list == "0" {
            return None;
        }
        let of_style = || self.numbering.level_of_style(&list, from?, self.styles);
        let level = paragraph.place.level.or(level).or_else(of_style).unwrap_or_default();
        self.numbering.next(&list, level, self.styles)
    }

    /// What stands within a paragraph.
    fn inline(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &Tag<'_>,
        paragraph: &mut Paragraph,
    ) -> Result<(), ImportError> {
        match tag.name() {
            "pPr" => self.properties(xml, paragraph),
            "r" => self.run(xml, paragraph),
            "hyperlink" | "ins" | "moveTo" | "smartTag" | "customXml" | "bdo" | "dir" | "rt" | "rubyBase" => {
                xml.children(|xml, tag| self.inline(xml, tag, paragraph))
            }
            "sdt" => control(xml, |xml| xml.children(|xml, tag| self.inline(xml, tag, paragraph))),
            "fldSimple" if Fields::is_dropped(&tag.get("instr").unwrap_or_default()) => Ok(()),
            "fldSimple" => xml.children(|xml, tag| self.inline(xml, tag, paragraph)),
            "AlternateContent" => {
                alternate(xml, |xml| xml.children(|xml, tag| self.inline(xml, tag, paragraph)))
            }
            "oMath" | "oMathPara" => {
                let text = xml.text()?;
                self.say(paragraph, &text, paragraph.look);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn properties(&mut self, xml: &mut Xml<'_>, paragraph: &mut Paragraph) -> Result<(), ImportError> {
        xml.children(|xml, tag| {
            match tag.name() {
                "pStyle" => {
                    paragraph.style = tag.val();
                    paragraph.look = self.styles.look_of_paragraph(paragraph.style.as_deref());
                }
                "numPr" => paragraph.place = ListPlace::read(xml)?,
                "rPr" => xml.children(|_, tag| {
                    paragraph.joins_next |= matches!(tag.name(), "del" | "moveFrom");
                    Ok(())
                })?,
                _ => {}
            }
            Ok(())
        })
    }

    fn run(&mut self, xml: &mut Xml<'_>, paragraph: &mut Paragraph) -> Result<(), ImportError> {
        let mut look = paragraph.look;
        xml.children(|xml, tag| {
            match tag.name() {
                "rPr" => look = self.look_of_run(xml, paragraph.look)?,
                "t" => {
                    let text = xml.text()?;
                    self.say(paragraph, &text, look);
                }
                "tab" | "ptab" => self.say(paragraph, "\t", look),
                "br" | "cr" => self.say(paragraph, "\n", look),
                "noBreakHyphen" => self.say(paragraph, "-", look),
                "sym" => self.say(paragraph, &symbol(tag), Look { letters: None, ..look }),
                "fldChar" => self.fields.mark(&tag.get("fldCharType").unwrap_or_default()),
                "instrText" => self.fields.instruct(&xml.text()?),
                "footnoteReference" | "endnoteReference" => {
                    let key = format!("{}{}", &tag.name()[..1], tag.get("id").unwrap_or_default());
                    paragraph.notes.extend(self.notes.get(&key).cloned());
                }
                "pict" | "drawing" | "object" | "AlternateContent" => self.boxes(xml, tag, paragraph)?,
                _ => {}
            }
            Ok(())
        })
    }

    fn look_of_run(&self, xml: &mut Xml<'_>, around: Look) -> Result<Look, ImportError> {
        let mut own = Look::default();
        let mut style = None;
        xml.children(|_, tag| {
            if tag.name() == "rStyle" {
                style = tag.val();
            }
            own.take(tag);
            Ok(())
        })?;
        let of_style = style.map_or_else(Look::default, |style| self.styles.look(Some(&style)));
        Ok(own.or(of_style).or(around))
    }

    fn say(&mut self, paragraph: &mut Paragraph, text: &str, look: Look) {
        if look.hidden == Some(true) || !self.fields.are_shown() {
            return;
        }
        let letters = look.letters.unwrap_or_default();
        let said = letters.read(text);
        if said != text && !self.letters.contains(&letters) {
            self.letters.push(letters);
        }
        if look.capitals == Some(true) {
            paragraph.text.push_str(&said.to_uppercase());
        } else {
            paragraph.text.push_str(&said);
        }
    }

    /// Text boxes within a drawing: blocks of their own behind the paragraph in which they are anchored.
    fn boxes(
        &mut self,
        xml: &mut Xml<'_>,
        tag: &Tag<'_>,
        paragraph: &mut Paragraph,
    ) -> Result<(), ImportError> {
        if tag.name() == "AlternateContent" {
            return alternate(xml, |xml| {
                xml.children(|xml, tag| match tag.name() {
                    "drawing" | "pict" | "object" => self.boxes(xml, tag, paragraph),
                    _ => self.inline(xml, tag, paragraph),
                })
            });
        }
        xml.children(|xml, tag| {
            if tag.name() != "txbxContent" {
                return self.boxes(xml, tag, paragraph);
            }
            let fields = std::mem::take(&mut self.fields);
            let carried = std::mem::take(&mut self.carried);
            self.blocks(xml, &mut paragraph.boxes)?;
            (self.fields, self.carried) = (fields, carried);
            Ok(())
        })
    }

    fn table(&mut self, xml: &mut Xml<'_>) -> Result<Grid, ImportError> {
        let mut grid = Grid::default();
        xml.children(|xml, tag| self.rows(xml, tag, &mut grid))?;
        Ok(grid)
    }

    fn rows(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, grid: &mut Grid) -> Result<(), ImportError> {
        match tag.name() {
            "tr" => {
                if let Some(row) = self.row(xml)? {
                    grid.rows.push(row);
                }
                Ok(())
            }
            "sdt" => control(xml, |xml| xml.children(|xml, tag| self.rows(xml, tag, grid))),
            "ins" | "moveTo" | "customXml" => xml.children(|xml, tag| self.rows(xml, tag, grid)),
            _ => Ok(()),
        }
    }

    fn row(&mut self, xml: &mut Xml<'_>) -> Result<Option<Row>, ImportError> {
        let mut row = Row::default();
        let mut deleted = false;
        xml.children(|xml, tag| match tag.name() {
            "trPr" => xml.children(|_, tag| {
                match tag.name() {
                    "del" => deleted = true,
                    "gridBefore" => row.before = tag.number().unwrap_or_default(),
                    _ => {}
                }
                Ok(())
            }),
            _ => self.cells(xml, tag, &mut row),
        })?;
        Ok(Some(row).filter(|_| !deleted))
    }

    fn cells(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>, row: &mut Row) -> Result<(), ImportError> {
        match tag.name() {
            "tc" => {
                let cell = self.cell(xml)?;
                row.cells.push(cell);
                Ok(())
            }
            "sdt" => control(xml, |xml| xml.children(|xml, tag| self.cells(xml, tag, row))),
            "customXml" => xml.children(|xml, tag| self.cells(xml, tag, row)),
            _ => Ok(()),
        }
    }

    fn cell(&mut self, xml: &mut Xml<'_>) -> Result<Cell, ImportError> {
        let mut cell = Cell { columns: 1, ..Cell::default() };
        xml.children(|xml, tag| {
            if tag.name() != "tcPr" {
                return self.block(xml, tag, &mut cell.parts);
            }
            xml.children(|_, tag| {
                match tag.name() {
                    "gridSpan" => cell.columns = tag.number().unwrap_or(1).max(1),
                    "vMerge" => cell.goes_on = tag.val().is_none_or(|val| val != "restart"),
                    _ => {}
                }
                Ok(())
            })
        })?;
        // A paragraph whose end was deleted does not reach into the next cell.
        let carried = std::mem::take(&mut self.carried);
        if !carried.is_empty() {
            cell.parts.push(Part::Text { label: None, text: carried });
        }
        Ok(cell)
    }
}

/// A content control: what is in it, unless that only says what to type there, or is a table of contents or a page number.
fn control(
    xml: &mut Xml<'_>,
    mut read: impl FnMut(&mut Xml<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut dropped = false;
    xml.children(|xml, tag| match tag.name() {
        "sdtPr" => {
            let inside = |xml: &mut Xml<'_>, tag: &Tag<'_>, dropped: &mut bool| {
                match tag.name() {
                    "showingPlcHdr" => *dropped |= tag.is_on(),
                    "docPartObj" => xml.children(|_, tag| {
                        let gallery = tag.val().unwrap_or_default();
                        *dropped |= gallery == "Table of Contents" || gallery.starts_with("Page Numbers");
                        Ok(())
                    })?,
                    _ => {}
                }
                Ok(())
            };
            xml.children(|xml, tag| inside(xml, tag, &mut dropped))
        }
        "sdtContent" if !dropped => read(xml),
        _ => Ok(()),
    })
}

/// The first of several ways to show the same.
fn alternate(
    xml: &mut Xml<'_>,
    mut read: impl FnMut(&mut Xml<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut taken = false;
    xml.children(|xml, tag| {
        if taken || !matches!(tag.name(), "Choice" | "Fallback") {
            return Ok(());
        }
        taken = true;
        read(xml)
    })
}

/// A sign of a font of signs: those of bullets and ticks are known by their place among private letters.
fn symbol(tag: &Tag<'_>) -> String {
    let code = tag.get("char").and_then(|code| u32::from_str_radix(&code, 16).ok()).unwrap_or_default();
    let code = if code < 0x100 { 0xf000 + code } else { code };
    char::from_u32(code).map_or_else(String::new, String::from)
}

/// The footnotes or endnotes of a document, by the first letter of their kind and their number.
pub fn notes(text: &str, styles: &Styles, kind: char) -> Result<HashMap<String, String>, ImportError> {
    let none = HashMap::new();
    let mut body = Body::new(styles, Numbering::default(), &none);
    let mut out = HashMap::new();
    let mut xml = Xml::new(text);
    xml.children(|xml, _| {
        xml.children(|xml, tag| {
            let mut parts = Vec::new();
            body.blocks(xml, &mut parts)?;
            let words: Vec<&str> = parts.iter().filter_map(Part::text).map(str::trim).collect();
            let words = words.join(" ").trim().to_owned();
            // Those with a type are the lines above the notes.
            if let (Some(id), None, false) = (tag.get("id"), tag.get("type"), words.is_empty()) {
                out.insert(format!("{kind}{id}"), words);
            }
            Ok(())
        })
    })?;
    Ok(out)
}

/// All text of a part, whatever stands around it: only to look for a stamp.
pub fn bare_text(text: &str) -> Result<Vec<String>, ImportError> {
    let mut xml = Xml::new(text);
    let mut lines = vec![String::new()];
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(tag) if tag.name() == "p" => lines.push(String::new()),
            Node::Open(tag) if tag.name() == "t" => {
                let text = xml.text()?;
                lines.last_mut().map(|line| line.push_str(&text)).unwrap_or_default();
            }
            _ => {}
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    Ok(lines)
}
