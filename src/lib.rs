//! giaoban hands out the work of an education office in its staff groups, hears the answers and reminds who is missing.
//!
//! ```text
//! a platform hears  ─ Incoming ─▶ app::hear ─ understand ▶ domain rules ─┐
//! time passes       ─ Clock ────▶ app::tick ─ planner::plan(state, now) ─┼─▶ store: state + outbox, one transaction ─▶ delivery ─▶ platform speaks
//! a person clicks   ─ web, cli ─▶ app::…    ─ domain rules ──────────────┘
//! ```
//!
//! Two properties carry everything: rules are pure functions of state and time, and an effect is a row written in the
//! same transaction as the change that caused it. The modules below stand in reading order, lowest first; who may import
//! whom is in `docs/architecture.md` and enforced by `tests/it/architecture.rs`.

pub mod clock;
pub mod config;

pub mod domain;

pub mod calendar;
pub mod vietnamese;

pub mod import;
pub mod understand;

pub mod planner;

pub mod chat;
pub mod export;
pub mod wording;

pub mod store;

pub mod app;

pub mod delivery;
pub mod platforms;

pub mod web;

pub mod run;

pub mod cli;
