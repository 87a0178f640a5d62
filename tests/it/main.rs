//! The one integration binary: one module a subject, so that the program is linked once.
//!
//! To add a subject: a file beside this one, and a line below.
#![cfg(test)] // so that clippy sees tests in helper functions too

mod architecture;
mod delivery;
mod demo;
mod documents;
mod import;
mod locales;
#[path = "../paper/mod.rs"]
mod paper;
mod pdf;
mod reader;
mod register;
mod replies;
mod scan;
mod settle;
mod shared;
mod source;
mod store;
mod web;
