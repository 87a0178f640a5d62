//! A PDF, and the pictures of its pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let bytes = [b"%PDF-1.7\n", bytes].concat();
    let _ = giaoban::import::read(&bytes);
    let _ = giaoban::import::pictures(&bytes);
});
