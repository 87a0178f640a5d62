//! One folder a platform: decode what it hears, encode what we say.
//!
//! To add one: a folder with an implementation of [`crate::chat::Platform`] and its [`crate::chat::Capabilities`] as
//! data, then a line in `run`, the only room that names it.

pub mod simulator;
pub mod telegram;
