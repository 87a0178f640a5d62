//! `say(&Notice, Language)`: notices become words, all of them from `locales/`.
//!
//! To add a word: a key in every `locales/*/giaoban.ftl`, in the section of its room, then `fl!(catalog(language), "key")`.

mod catalog;

pub use catalog::catalog;
