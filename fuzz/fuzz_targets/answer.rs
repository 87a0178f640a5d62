//! What a school answers to a task with a form.
#![no_main]

#[path = "../message.rs"]
mod message;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| message::hear(bytes));
