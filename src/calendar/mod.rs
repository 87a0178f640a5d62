//! School year, working days, public holidays, lunar dates and quiet hours of Việt Nam.
//!
//! Pure functions of a date and of an office's data; nothing here knows the time. From the ground up:
//!
//! - [`LunarDate`], [`tet`], [`leap_month`]: the Vietnamese lunar calendar, on which two of the public holidays depend;
//! - [`public_holidays`]: those of a year by the Labour Code, with the days that make up for them;
//! - [`Closures`]: what an office or the program knows of single days, read from TOML;
//! - [`WorkCalendar`]: all of these together, the one thing to ask whether ([`WorkCalendar::is_working`]) and why not
//!   ([`WorkCalendar::why_off`]) a day is worked, and to count working days;
//! - [`QuietHours`]: when the bot may speak, with [`LightDay`]s on which it says less;
//! - [`PostingRule`]: when the month's tasks are posted;
//! - [`same_place`], [`same_day`]: last year's dates in this year;
//! - [`fairness`]: what a deadline asks of the schools.
//!
//! An office's own are built by [`WorkCalendar::of_office`] and [`QuietHours::of_office`]; build them once for a snapshot,
//! not for each question. Reasons are values with a key for `locales/` ([`DayOff::key`], [`Moved::key`]).
//!
//! To add a public holiday: a variant of [`Holiday`] with its key, a line in `holidays::dates`, its words in `locales/`. To add
//! a kind of entry to the closures file: a variant of [`ClosureChange`], its table in `closures`, its effect in
//! `WorkCalendar`, and an example in `docs/operating.md`.

mod closures;
mod fairness;
mod holidays;
mod light_days;
mod lunar;
mod posting_rule;
mod quiet;
mod time_of_day;
mod work_calendar;
mod year;

pub use closures::{Closure, ClosureChange, Closures, ClosuresError};
pub use fairness::{HEAVY, fairness};
pub use holidays::{DayOff, Holiday, Neighbour, YearChoice, public_holidays};
pub use light_days::{DayMood, KNOWN as KNOWN_LIGHT_DAYS, LightDay, LightDayError, Yearly};
pub use lunar::{LunarDate, leap_month, tet};
pub use posting_rule::{PostingRule, PostingRuleError, WorkingDayOrdinal};
pub use quiet::{Errand, OpenHours, OpenHoursError, QuietHours, Window};
pub use work_calendar::{MONDAY_TO_FRIDAY, WorkCalendar};
pub use year::{Moved, Shifted, same_day, same_place};
