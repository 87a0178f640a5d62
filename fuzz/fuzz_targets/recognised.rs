//! What a program that recognises letters says of a picture.
#![no_main]

use giaoban::import::{Recognised, recognised};

libfuzzer_sys::fuzz_target!(|table: &str| {
    let _ = recognised(&[Recognised { table: table.to_owned(), dots: None }]);
});
