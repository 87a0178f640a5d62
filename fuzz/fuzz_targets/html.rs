//! A page of the web.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = giaoban::import::read(&[b"<!doctype html><html><body>", bytes].concat());
});
