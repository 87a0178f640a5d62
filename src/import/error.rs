//! Why a document is refused.

use serde::{Deserialize, Serialize};

/// A document that is not read. Each has one sentence in `locales/` (section `import`) that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ImportError {
    /// The file cannot be opened or read; the system's reason.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// No text in it.
    #[error("empty")]
    Empty,
    /// Larger than [`super::LIMIT`]; its size in megabytes (10^6 bytes).
    #[error("too big: {0} MB")]
    TooBig(u64),
    /// Not text.
    #[error("no text: {0:?}")]
    Format(Format),
    /// Cut off or changed on its way.
    #[error("damaged")]
    Damaged,
    /// Locked with a password.
    #[error("locked")]
    Locked,
    /// Its parts unpack to more than is allowed.
    #[error("unpacks to too much")]
    UnpacksTooFar,
    /// More paragraphs and rows than any directive has.
    #[error("too long")]
    TooLong,
    /// Text in an encoding that is not known (fonts of old).
    #[error("unknown encoding")]
    Encoding,
    /// It carries a secrecy stamp (MẬT, TỐI MẬT, TUYỆT MẬT); the stamp.
    #[error("secret: {0}")]
    Secret(String),
    /// A picture with more dots than are unpacked.
    #[error("too many dots")]
    TooManyDots,
    /// More pictures of pages than are recognised; how many are.
    #[error("more than {0} pictures")]
    TooManyPictures(usize),
    /// A picture in a PDF that is stored in a way which is not unpacked here.
    #[error("unknown picture")]
    PictureUnknown,
    /// It is the list of schools, not a document with tasks.
    #[error("this is a list of schools")]
    Register,
    /// Its reader ended without an answer: it met something damaged, or took all the memory that it may have.
    #[error("the reader ended without an answer")]
    TooComplex,
    /// Its reader was ended after so many seconds.
    #[error("not read within {0} s")]
    TooSlow(u64),
    /// No reader could be started on this machine; the system's reason.
    #[error("no reader can be started: {0}")]
    NoReader(String),
}

/// A format known by its first bytes that is not read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A zip archive that is neither Word nor Excel: slides, OpenDocument.
    Archive,
    /// A file of before 2007 that is neither Word nor Excel.
    OldOffice,
    /// Rich text.
    Rtf,
    /// PNG, JPEG, GIF, TIFF.
    Picture,
    /// A PDF whose pages are pictures.
    Scan,
    /// Anything else that is no text.
    Unknown,
}
