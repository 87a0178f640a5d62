//! XML of office programs, read element by element: no document type, no entities but the five, no endless depth.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::ImportError;

/// The deepest that elements may lie in each other. A table in a table in a text box is below 60.
const MAX_DEPTH: usize = 200;

/// A part that is being read.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// The next thing in a part.
pub enum Node<'a> {
    /// An element opens; an empty one is closed by the next node.
    Open(Tag<'a>),
    /// The innermost element closes.
    Close,
    /// Text.
    Text(Cow<'a, str>),
}

/// The opening of an element.
pub struct Tag<'a>(BytesStart<'a>);

impl<'a> Xml<'a> {
    /// Begins to read a part.
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next node; `None` at the end.
    ///
    /// # Errors
    ///
    /// Damaged where it is no XML, ends within an element, has a document type, or lies too deep.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, ImportError> {
        loop {
            let event = self.reader.read_event().map_err(|_| ImportError::Damaged)?;
            return Ok(Some(match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(ImportError::Damaged);
                    }
                    Node::Open(Tag(tag))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(name) => match of_reference(&name) {
                    Some(c) => Node::Text(Cow::Owned(c.to_string())),
                    None => return Err(ImportError::Damaged),
                },
                Event::DocType(_) => return Err(ImportError::Damaged),
                Event::Eof if self.depth > 0 => return Err(ImportError::Damaged),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }

    /// Calls `each` for every child of the element that has just opened, and reads to its end. What `each` leaves unread of a
    /// child is passed over. Before the first element it goes through the whole part.
    ///
    /// # Errors
    ///
    /// Those of [`Xml::next`] and of `each`.
    pub fn children(
        &mut self,
        mut each: impl FnMut(&mut Self, &Tag<'a>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let inside = self.depth;
        while let Some(node) = self.next()? {
            match node {
                Node::Open(tag) => {
                    let own = self.depth;
                    each(self, &tag)?;
                    while self.depth >= own {
                        self.next()?;
                    }
                }
                Node::Close if self.depth < inside => return Ok(()),
                Node::Close | Node::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The text of the element that has just opened, with that of the elements in it, up to its end.
    ///
    /// # Errors
    ///
    /// Those of [`Xml::next`].
    pub fn text(&mut self) -> Result<String, ImportError> {
        let inside = self.depth;
        let mut out = String::new();
        while let Some(node) = self.next()? {
            match node {
                Node::Text(text) => out.push_str(&text),
                Node::Close if self.depth < inside => break,
                Node::Open(_) | Node::Close => {}
            }
        }
        Ok(out)
    }
}

impl Tag<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        let name = self.0.name().into_inner();
        name.rsplit(':').next().unwrap_or(name)
    }

    /// The value of an attribute, by its name without the prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        self.0.attributes().with_checks(false).flatten().find_map(|attribute| {
            let key = attribute.key.into_inner();
            (key.rsplit(':').next() == Some(name))
                .then(|| attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned))
                .flatten()
        })
    }

    /// The attribute `val`, which holds the value of most elements of Word.
    pub fn val(&self) -> Option<String> {
        self.get("val")
    }

    /// A number in `val`.
    pub fn number(&self) -> Option<usize> {
        self.val()?.trim().parse().ok()
    }

    /// Whether a switch is on: it is, unless its `val` says otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

fn of_reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
