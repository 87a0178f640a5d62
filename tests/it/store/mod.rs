//! `store` on a real SQLite file: one story that calls every function, many writers at once, migrations with rows in
//! the tables, and what a person is told about a database that cannot be used.

mod claims;
mod migrations;
mod refusals;
pub(crate) mod samples;
mod story;
mod story_messages;
mod writers;
