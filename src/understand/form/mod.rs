//! A form as a person writes it → [`Form`](crate::domain::Form): one line in chat, the rules between its fields in the labels that
//! people see, and the starter set.
//!
//! `line` cuts a line into fields with their notes, `notes` reads what stands in brackets, `rule` reads sums, comparisons and
//! conditions, `typed` reads the rows of a page, `starter` holds the forms of the usual reports (`starter.toml`, written in the same words).

mod line;
mod notes;
mod rule;
mod starter;
mod typed;

pub(super) use line::with_rules;
pub use line::{Heading, form, form_in_title, form_of_headings};
pub use starter::{STARTER_FILE, Starter, StarterError, starters, starters_in};
pub use typed::form_of_typed;
