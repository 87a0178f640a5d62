//! The container of an office program → its parts, never unpacked further than is allowed.
//!
//! What a part says of its size is a claim: it is believed when it is too large already, and counted when it is unpacked.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error::ImportError;

/// The most that all parts together may unpack to, in bytes. A year's plan with its styles is below 5 MB.
const MAX_UNPACKED: u64 = 40_000_000;
/// The most parts: a document with many pictures has some hundred.
const MAX_PARTS: usize = 2_000;

/// An opened container: Word or Excel since 2007.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// Opens a container and looks through its directory.
    ///
    /// # Errors
    ///
    /// When it is damaged, has too many parts, or says itself that it unpacks too far.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| of_zip(&error))?;
        if archive.len() > MAX_PARTS {
            return Err(ImportError::UnpacksTooFar);
        }
        let mut declared: u64 = 0;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(|error| of_zip(&error))?;
            declared = declared.saturating_add(part.size());
        }
        if declared > MAX_UNPACKED {
            return Err(ImportError::UnpacksTooFar);
        }
        Ok(Self { archive, left: MAX_UNPACKED })
    }

    /// Whether it has a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The names of its parts.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned())).collect()
    }

    /// What it holds; `None` when that is neither text nor a workbook.
    pub fn kind(&self) -> Option<Kind> {
        let ends = |with: &str| self.archive.file_names().flatten().any(|name| name.ends_with(with));
        match () {
            () if self.has("xl/workbook.xml") => Some(Kind::Workbook),
            () if self.has("word/document.xml") || ends("/document.xml") => Some(Kind::Document),
            () => None,
        }
    }

    /// The text of a part; `None` when there is none of this name.
    ///
    /// # Errors
    ///
    /// When it is damaged, locked, or unpacks too far.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(of_zip(&error)),
        };
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| ImportError::Damaged)?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or(ImportError::UnpacksTooFar)?;
        text(bytes).map(Some)
    }
}

/// The parts of office programs are UTF-8, rarely UTF-16 with a mark.
fn text(bytes: Vec<u8>) -> Result<String, ImportError> {
    let encoding = match bytes.as_slice() {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE,
        _ => return String::from_utf8(bytes).map_err(|_| ImportError::Damaged),
    };
    let (text, damaged) = encoding.decode_with_bom_removal(&bytes);
    if damaged { Err(ImportError::Damaged) } else { Ok(text.into_owned()) }
}

/// What a container holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document of Word.
    Document,
    /// A workbook of Excel.
    Workbook,
}

/// What a compound file holds: the container of before 2007, into which a document of today is put when it is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compound {
    /// Anything with a password.
    Locked,
    /// Word 97 to 2003.
    Word,
    /// Excel 97 to 2003.
    Excel,
    /// Slides, messages and whatever else.
    Other,
}

/// What a compound file holds, by the names in its directory.
pub fn compound(bytes: &[u8]) -> Compound {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    match () {
        () if holds("EncryptedPackage") => Compound::Locked,
        () if holds("WordDocument") => Compound::Word,
        () if holds("Workbook") || holds("Book") => Compound::Excel,
        () => Compound::Other,
    }
}

/// Why a container cannot be opened.
pub fn of_zip(error: &ZipError) -> ImportError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            ImportError::Locked
        }
        _ => ImportError::Damaged,
    }
}
