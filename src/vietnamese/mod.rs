//! What reading documents and reading chat share: Unicode form, folding, numbers and dates as said.
//!
//! Nothing here knows what day it is or what a sentence wants: a day, a month and an hour are given *as said*, with what was
//! repaired, and the reader of a document or of a message decides. To add a spelling: a row in a test table, then the scanner.

mod dates;
mod document;
mod fold;
mod form;
mod levels;
mod months;
mod numbers;
mod spelled;
mod tokens;

pub use dates::{
    ClockSaid, DaySaid, UnrealDay, YearSaid, clock_at, day_at, month_number_at, unreal_day_at, weekday_at,
    words_at, year_of,
};
pub use document::document_key;
pub use fold::{fold, fold_start, fold_word, fold_words, is_letter_or_digit};
pub use form::{is_normal, normal};
pub use levels::levels;
pub use months::{
    MonthSaid, is_month_word, is_short_month, letter_and_month, months_at, quarter_at, school_year, years_at,
};
pub use numbers::{Amount, amount_at};
pub use spelled::{is_spelled_day, torn_day_at};
pub use tokens::{Token, TokenKind, tokens};
