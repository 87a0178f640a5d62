//! A sheet of a workbook, read as a plan and as the list of schools.
#![no_main]

#[path = "../container.rs"]
mod container;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let book = container::workbook(bytes);
    let _ = giaoban::import::read(&book);
    let _ = giaoban::import::register::read(&book);
});
