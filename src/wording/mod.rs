//! Notices become words, all of them from `locales/`.
//!
//! [`announce`] words what the planner says unasked, [`answer`] what the bot answers; both need nothing but the notice
//! and a [`Voice`]. To add a word: a key in every `locales/*/giaoban.ftl`, in the section of its room, then
//! `fl!(catalog(language), "key")`. To add a notice: a variant in `domain`, an arm here.

mod announcement;
mod answers;
mod asking;
mod broadcast;
mod catalog;
mod checks;
mod commands;
mod design;
mod directive;
mod doubt;
mod first_steps;
mod forms;
mod handover;
mod leave;
mod line;
mod more_time;
mod office;
mod paste;
mod plan;
mod refusal;
mod register;
mod reply;
mod retire;
mod search;
mod settings;
mod table;
mod trouble;
mod voice;
mod web_form;
mod words;
mod workbook;

pub use announcement::announce;
pub use catalog::catalog;
pub use commands::form_problem;
pub use design::DesignWords;
pub use doubt::{doubt, place};
pub use forms::form_lines;
pub use handover::UploadWords;
pub use refusal::{refusal, unread};
pub use register::{register_error, register_fault, register_notice, register_words};
pub use reply::answer;
pub use table::{TableRow, task_table};
pub use voice::Voice;
pub use web_form::FormWords;
pub use workbook::{CellFault, copy_fault, no_template};
