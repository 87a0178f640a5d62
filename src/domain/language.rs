//! The languages that the program speaks.

use std::str::FromStr;

/// A language that every word of the program exists in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Vietnamese: the default, and the fallback of a missing word.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// All languages, the default first.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The language's ISO 639-1 code, which is also the name of its folder in `locales/`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }
}

/// The code is none of [`Language::ALL`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such language: {0} (vi or en)")]
pub struct UnknownLanguage(pub String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(code))
            .ok_or_else(|| UnknownLanguage(code.to_owned()))
    }
}
