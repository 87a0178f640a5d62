//! Any bytes, as an officer may send them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = giaoban::import::file("tep.txt", bytes);
    let _ = giaoban::import::file("tep.csv", bytes);
});
