//! The words of the page: the page asks for them once a language and fills in arguments itself.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::domain::Language;
use crate::wording::catalog;

/// Key and arguments of every word of the page.
const WORDS: &[(&str, &[&str])] = &[
    ("demo-title", &[]),
    ("demo-skip", &[]),
    ("demo-language", &[]),
    ("demo-chats", &[]),
    ("demo-groups", &[]),
    ("demo-private-chats", &[]),
    ("demo-search", &[]),
    ("demo-search-none", &[]),
    ("demo-back", &[]),
    ("demo-no-messages", &[]),
    ("demo-choose-chat", &[]),
    ("demo-unread", &["count"]),
    ("demo-members", &["count"]),
    ("demo-bot", &[]),
    ("demo-bot-is", &[]),
    ("demo-messages", &[]),
    ("demo-not-heard", &[]),
    ("demo-not-heard-why", &["mention"]),
    ("demo-edited", &[]),
    ("demo-pinned", &[]),
    ("demo-pinned-show", &["text"]),
    ("demo-deleted", &[]),
    ("demo-mark-recorded", &[]),
    ("demo-mark-thanks", &[]),
    ("demo-quote", &["name"]),
    ("demo-quote-cancel", &[]),
    ("demo-edit", &[]),
    ("demo-editing", &[]),
    ("demo-new-messages", &[]),
    ("demo-as", &[]),
    ("demo-message", &[]),
    ("demo-message-hint", &[]),
    ("demo-mention-hint", &["mention"]),
    ("demo-private-hint", &[]),
    ("demo-attach", &[]),
    ("demo-attach-remove", &["name"]),
    ("demo-file", &["name", "size"]),
    ("demo-send", &[]),
    ("demo-samples", &[]),
    ("demo-sample-school-1", &[]),
    ("demo-sample-school-2", &["code"]),
    ("demo-sample-school-3", &["code"]),
    ("demo-sample-school-4", &[]),
    ("demo-sample-school-5", &[]),
    ("demo-sample-figures", &["code"]),
    ("demo-sample-figures-of", &[]),
    ("demo-sample-office-1", &[]),
    ("demo-sample-office-2", &[]),
    ("demo-sample-office-3", &[]),
    ("demo-sample-office-4", &[]),
    ("demo-sample-stranger-1", &[]),
    ("demo-sample-stranger-2", &[]),
    ("demo-clock", &[]),
    ("demo-clock-next", &[]),
    ("demo-clock-next-at", &["when"]),
    ("demo-clock-none", &[]),
    ("demo-clock-hour", &[]),
    ("demo-clock-day", &[]),
    ("demo-clock-pick", &[]),
    ("demo-clock-pick-label", &[]),
    ("demo-clock-go", &[]),
    ("demo-clock-stop", &[]),
    ("demo-clock-moving", &["to", "stops"]),
    ("demo-faults", &[]),
    ("demo-faults-about", &[]),
    ("demo-fault-outage", &[]),
    ("demo-fault-too-many", &[]),
    ("demo-fault-too-many-left", &["count"]),
    ("demo-fault-no-answer", &[]),
    ("demo-fault-no-answer-left", &["count"]),
    ("demo-fault-duplicate", &[]),
    ("demo-fault-duplicate-done", &[]),
    ("demo-fault-refuse", &[]),
    ("demo-fault-clear", &[]),
    ("demo-restart", &[]),
    ("demo-restart-about", &[]),
    ("demo-restart-done", &[]),
    ("demo-outage-on", &["platform"]),
    ("demo-close", &[]),
    ("demo-guide", &[]),
    ("demo-guide-1", &[]),
    ("demo-guide-2", &[]),
    ("demo-guide-3", &[]),
    ("demo-guide-4", &[]),
    ("demo-guide-5", &[]),
    ("demo-loading", &[]),
    ("demo-lost", &[]),
    ("demo-failed", &[]),
];

/// All of them. An argument stands as `{name}`.
pub(super) fn all(language: Language) -> Value {
    let words = catalog(language);
    let said = WORDS.iter().map(|(key, arguments)| {
        let holes: HashMap<&str, String> =
            arguments.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
        ((*key).to_owned(), Value::String(words.get_args(key, holes)))
    });
    Value::Object(said.collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::api::PAGES;
    use super::*;

    #[test]
    fn every_word_is_there_with_its_arguments() {
        for language in Language::ALL {
            for (key, arguments) in WORDS {
                assert!(catalog(language).has(key), "{key}");
                let said = all(language)[key].as_str().unwrap().to_owned();
                for name in *arguments {
                    assert!(said.contains(&format!("{{{name}}}")), "{key} without {name}: {said}");
                }
                assert_eq!(said.matches('{').count(), arguments.len(), "{key}: {said}");
            }
        }
    }

    /// `"demo-…"` in quotes is a word of the page or the name of a file.
    #[test]
    fn the_pages_say_these_words_and_no_others() {
        let quoted = regex::Regex::new(r#"["'`](demo-[a-z0-9-]*[a-z0-9])["'`]"#).unwrap();
        let numbered =
            |key: &str| key.starts_with("demo-sample-") && key.ends_with(|c: char| c.is_ascii_digit());
        let composed = |key: &str| numbered(key) || key.starts_with("demo-mark-");
        let said: BTreeSet<_> = PAGES
            .iter()
            .flat_map(|&(_, _, page)| quoted.captures_iter(page).collect::<Vec<_>>())
            .map(|found| found[1].to_owned())
            .collect();
        let known: BTreeSet<_> =
            WORDS.iter().map(|(key, _)| (*key).to_owned()).filter(|key| !composed(key)).collect();
        assert_eq!(said, known);
    }
}
