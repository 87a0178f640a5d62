//! Documents with something broken in them, always in the same ways: reading any of them ends, without a panic.
//!
//! The seeds are those of the fuzz targets (`fuzz/seeds/TARGET`), which look further and longer; this runs with every test.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use giaoban::import::{Recognised, file, pictures, read, recognised, register, workbook};

use crate::container::{self, stored};
use crate::source;

/// How often each seed is changed.
const TIMES: u64 = 60;
/// How long one reading may take. Reading is not optimised here, and the machine has other work.
const LONGEST: Duration = Duration::from_secs(8);

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// A copy with one to four changes: a bit, a byte, a piece gone, doubled or moved, a number made huge, the end cut off.
fn changed(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.below(bytes.len());
        let end = (at + 1 + dice.below(40)).min(bytes.len());
        match dice.below(7) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = dice.below(256) as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].repeat(1 + dice.below(20));
                bytes.splice(at..at, piece);
            }
            4 => {
                let piece: Vec<u8> = bytes.drain(at..end).collect();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            5 => {
                let digit = (at..bytes.len()).find(|at| bytes[*at].is_ascii_digit());
                if let Some(digit) = digit {
                    bytes.splice(digit..=digit, *b"99999999999");
                }
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// Reads every seed of a target with changes.
fn survive(target: &str, read: impl Fn(&[u8])) {
    let folder = source::root().join("fuzz/seeds").join(target);
    let seeds = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    let mut dice = Dice(0x5eed_0000_0000_0001);
    for path in seeds {
        let seed = std::fs::read(&path).unwrap();
        for turn in 0..TIMES {
            let bytes = if turn == 0 { seed.clone() } else { changed(&seed, &mut dice) };
            let begun = Instant::now();
            if catch_unwind(AssertUnwindSafe(|| read(&bytes))).is_err() || begun.elapsed() > LONGEST {
                panic!("{}: {}", path.display(), keep(&path, turn, &bytes, begun.elapsed()));
            }
        }
    }
}

/// Puts bytes where they can be looked at.
fn keep(seed: &Path, turn: u64, bytes: &[u8], took: Duration) -> String {
    let name = format!("{}-{turn}", seed.file_name().unwrap_or_default().to_string_lossy());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, bytes).unwrap();
    format!("change {turn} took {took:?}, kept as {}", path.display())
}

#[test]
fn documents() {
    survive("document", |bytes| {
        let _ = file("tep.txt", bytes);
        let _ = file("tep.csv", bytes);
    });
}

#[test]
fn pdfs() {
    survive("pdf", |bytes| {
        let bytes = [b"%PDF-1.7\n", bytes].concat();
        let _ = read(&bytes);
        let _ = pictures(&bytes);
    });
}

#[test]
fn word_documents() {
    survive("docx", |bytes| drop(read(&stored(&[("word/document.xml", bytes)]))));
}

#[test]
fn workbooks() {
    survive("xlsx", |bytes| {
        let book = container::workbook(bytes);
        let _ = read(&book);
        let _ = register::read(&book);
        // A workbook as a form, as a filled copy of itself, and with rows and values put in.
        let cells = workbook::read(&book);
        let form = cells.as_ref().ok().and_then(|cells| workbook::layout(cells).ok());
        if let (Ok(cells), Some(form)) = (&cells, &form) {
            let _ = form.filled(cells, &|_| workbook::Whose::Unknown);
        }
        let sheet = cells.ok().and_then(|cells| cells.sheets.first().map(|sheet| sheet.name.clone()));
        let grow = sheet.map(|sheet| workbook::Grow { sheet, after: 2, like: 2, count: 3 });
        let _ = workbook::fill(&book, &workbook::Fill { grow, ..workbook::Fill::default() });
    });
}

#[test]
fn pages_of_the_web() {
    survive("html", |bytes| drop(read(&[b"<!doctype html><html><body>", bytes].concat())));
}

#[test]
fn answers() {
    survive("answer", crate::message::hear);
}

#[test]
fn recognised_words() {
    survive("recognised", |bytes| {
        let table = String::from_utf8_lossy(bytes).into_owned();
        let _ = recognised(&[Recognised { table, dots: None }]);
    });
}
