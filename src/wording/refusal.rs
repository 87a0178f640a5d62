//! Why a file could not be read, and what to do.

use i18n_embed_fl::fl;

use super::{catalog, register_error};
use crate::domain::Language;
use crate::import::{Format, ImportError, LIMIT, Unread};

/// What a person is told of a file that could not be read, whatever it was taken for.
pub fn unread(language: Language, why: &Unread, file: &str) -> String {
    match why {
        Unread::Directive(error) => refusal(language, error, file),
        Unread::Register(error) => register_error(language, error, file),
    }
}

/// The one sentence that a person is told of a file that was refused.
pub fn refusal(language: Language, error: &ImportError, file: &str) -> String {
    let words = catalog(language);
    match error {
        ImportError::Unreadable(_) => fl!(words, "import-unreadable", file = file),
        ImportError::Empty => fl!(words, "import-empty", file = file),
        ImportError::TooBig(size) => {
            fl!(
                words,
                "import-too-big",
                file = file,
                size = size.to_string(),
                most = (LIMIT / 1_000_000).to_string()
            )
        }
        ImportError::Format(Format::Archive | Format::OldOffice) => fl!(words, "import-office", file = file),
        ImportError::Format(Format::Rtf) => fl!(words, "import-rtf", file = file),
        ImportError::Format(Format::Picture | Format::Scan) => fl!(words, "import-picture", file = file),
        ImportError::Format(Format::Unknown) => fl!(words, "import-binary", file = file),
        ImportError::Damaged => fl!(words, "import-damaged", file = file),
        ImportError::Locked => fl!(words, "import-locked", file = file),
        ImportError::UnpacksTooFar => fl!(words, "import-unpacks-too-far", file = file),
        ImportError::TooLong => fl!(words, "import-too-long", file = file),
        ImportError::Encoding => fl!(words, "import-encoding", file = file),
        ImportError::Secret(stamp) => fl!(words, "import-secret", file = file, stamp = stamp.as_str()),
        ImportError::TooManyDots => fl!(words, "import-too-many-dots", file = file),
        ImportError::TooManyPictures(most) => {
            fl!(words, "import-too-many-pictures", file = file, most = most.to_string())
        }
        ImportError::PictureUnknown => fl!(words, "import-picture-unknown", file = file),
        ImportError::Register => fl!(words, "import-register", file = file),
        ImportError::TooComplex => fl!(words, "import-too-complex", file = file),
        ImportError::TooSlow(seconds) => {
            fl!(words, "import-too-slow", file = file, seconds = seconds.to_string())
        }
        ImportError::NoReader(_) => fl!(words, "import-no-reader", file = file),
    }
}
