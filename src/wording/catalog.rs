//! The words of `locales/`, loaded once a language.
//!
//! Use with [`fl!`](i18n_embed_fl::fl): `fl!(catalog(language), "import-empty", file = name)`; the macro refuses a key or an
//! argument that the fallback language (`vi`) does not have when the program is compiled.

use std::sync::LazyLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::domain::Language;

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

static VI: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load(Language::Vi));
static EN: LazyLock<FluentLanguageLoader> = LazyLock::new(|| load(Language::En));

/// The words of a language; a word that it lacks is said in Vietnamese.
#[must_use]
pub fn catalog(language: Language) -> &'static FluentLanguageLoader {
    match language {
        Language::Vi => &VI,
        Language::En => &EN,
    }
}

fn load(language: Language) -> FluentLanguageLoader {
    let loader = FluentLanguageLoader::new(env!("CARGO_PKG_NAME"), identifier(Language::default()));
    // The files are inside the program, so that only a broken file can fail here: a test loads them all. Without words
    // the loader still answers, with the key.
    if let Err(error) = loader.load_languages(&Locales, &[identifier(language)]) {
        tracing::error!(%error, "locale files");
    }
    // Invisible U+2068/U+2069 marks around every argument would break copying and searching.
    loader.set_use_isolating(false);
    loader
}

fn identifier(language: Language) -> LanguageIdentifier {
    language.code().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use i18n_embed_fl::fl;

    use super::*;

    #[test]
    fn every_language_says_its_own_words_without_isolating_marks() {
        let vi = fl!(catalog(Language::Vi), "import-empty", file = "a.txt");
        let en = fl!(catalog(Language::En), "import-empty", file = "a.txt");
        assert!(vi.starts_with("Tệp a.txt "), "{vi}");
        assert!(en.starts_with("The file a.txt "), "{en}");
    }
}
