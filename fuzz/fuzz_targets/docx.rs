//! The text of a Word document: the bytes are its main part, so that the fuzzer need not know the container.
#![no_main]

#[path = "../container.rs"]
mod container;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = giaoban::import::read(&container::stored(&[("word/document.xml", bytes)]));
});
