//! The one integration binary: one module a subject, so that the program is linked once.
//!
//! To add a subject: a file beside this one, and a line below.
#![cfg(test)] // so that clippy sees tests in helper functions too

mod architecture;
#[path = "../../fuzz/container.rs"]
mod container;
mod delivery;
mod demo;
mod documents;
mod hostile;
#[path = "../hostile/mod.rs"]
mod hostile_files;
mod import;
mod keeping;
mod locales;
#[path = "../../fuzz/message.rs"]
mod message;
mod mutated;
#[path = "../paper/mod.rs"]
mod paper;
mod pdf;
mod promises;
mod reader;
mod register;
mod scan;
mod serve;
mod settle;
mod shared;
mod source;
mod store;
mod together;
mod understand;
mod web;
