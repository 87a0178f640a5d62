//! Nouns and rules of the field: no await, no I/O, no clock, no words that a person reads.

mod language;

pub use language::{Language, UnknownLanguage};
