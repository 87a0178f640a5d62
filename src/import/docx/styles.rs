//! What the styles of a Word document say, as far as it changes the words: numbering, fonts of old, capitals, hidden text.

use std::collections::HashMap;

use crate::import::error::ImportError;
use crate::import::legacy::Letters;
use crate::import::xml::{Tag, Xml};

/// How far a style may stand on others.
const MAX_CHAIN: usize = 20;

/// How letters look; what is not said is left to what stands above.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// How the letters of its font are meant.
    pub letters: Option<Letters>,
    /// Shown in capitals, whatever was typed.
    pub capitals: Option<bool>,
    /// Not shown.
    pub hidden: Option<bool>,
}

impl Look {
    /// This look where it says something, else the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            letters: self.letters.or(other.letters),
            capitals: self.capitals.or(other.capitals),
            hidden: self.hidden.or(other.hidden),
        }
    }

    /// Takes what an element of `rPr` says.
    pub fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "rFonts" => {
                let named = tag.get("ascii").or_else(|| tag.get("hAnsi"));
                self.letters = named.map(|name| Letters::of_font(&name)).or(self.letters);
            }
            "caps" | "smallCaps" => self.capitals = Some(tag.is_on()),
            "vanish" | "webHidden" => self.hidden = Some(tag.is_on()),
            _ => {}
        }
    }
}

/// A place in a list: its number, if it is said, and its level.
#[derive(Clone, Debug, Default)]
pub struct ListPlace {
    /// Which list; "0" is none.
    pub list: Option<String>,
    /// Which level, counted from 0.
    pub level: Option<usize>,
}

impl ListPlace {
    /// Reads `numPr`, which has just opened.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut place = Self::default();
        xml.children(|_, tag| {
            match tag.name() {
                "numId" => place.list = tag.val(),
                "ilvl" => place.level = tag.number(),
                _ => {}
            }
            Ok(())
        })?;
        Ok(place)
    }
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    look: Look,
    place: ListPlace,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: HashMap<String, Style>,
    normal: Option<String>,
    defaults: Look,
}

impl Styles {
    /// Reads `styles.xml`.
    pub fn read(text: &str) -> Result<Self, ImportError> {
        let mut styles = Self::default();
        let mut xml = Xml::new(text);
        xml.children(|xml, _| {
            xml.children(|xml, tag| match tag.name() {
                "docDefaults" => styles.read_defaults(xml),
                "style" => styles.read_style(xml, tag),
                _ => Ok(()),
            })
        })?;
        Ok(styles)
    }

    fn read_defaults(&mut self, xml: &mut Xml<'_>) -> Result<(), ImportError> {
        xml.children(|xml, tag| {
            if tag.name() != "rPrDefault" {
                return Ok(());
            }
            xml.children(|xml, _| {
                xml.children(|_, tag| {
                    self.defaults.take(tag);
                    Ok(())
                })
            })
        })
    }

    fn read_style(&mut self, xml: &mut Xml<'_>, tag: &Tag<'_>) -> Result<(), ImportError> {
        let Some(id) = tag.get("styleId") else { return Ok(()) };
        let paragraph = tag.get("type").as_deref() == Some("paragraph");
        if paragraph && matches!(tag.get("default").as_deref(), Some("1" | "true")) {
            self.normal = Some(id.clone());
        }
        let mut style = Style::default();
        xml.children(|xml, tag| {
            match tag.name() {
                "basedOn" => style.based_on = tag.val(),
                "rPr" => xml.children(|_, tag| {
                    style.look.take(tag);
                    Ok(())
                })?,
                "pPr" => xml.children(|xml, tag| {
                    if tag.name() == "numPr" {
                        style.place = ListPlace::read(xml)?;
                    }
                    Ok(())
                })?,
                _ => {}
            }
            Ok(())
        })?;
        self.by_id.insert(id, style);
        Ok(())
    }

    /// A style and those that it stands on, itself first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let mut next = id;
        std::iter::from_fn(move || {
            let id = next?;
            let style = self.by_id.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
        .take(MAX_CHAIN)
    }

    /// How the letters of a paragraph of this style look.
    pub fn look_of_paragraph(&self, id: Option<&str>) -> Look {
        self.look(id.or(self.normal.as_deref())).or(self.defaults)
    }

    /// How letters of this style look.
    pub fn look(&self, id: Option<&str>) -> Look {
        self.chain(id).fold(Look::default(), |look, (_, style)| look.or(style.look))
    }

    /// The place in a list that a style gives its paragraphs, and the style in the chain that says so.
    pub fn place<'a>(&'a self, id: Option<&'a str>) -> Option<(String, Option<usize>, &'a str)> {
        self.chain(id.or(self.normal.as_deref())).find_map(|(id, style)| {
            let list = style.place.list.clone()?;
            Some((list, style.place.level, id))
        })
    }
}
