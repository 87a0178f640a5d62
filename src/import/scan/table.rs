//! Tesseract's TSV → pages: a row a word, with its line, its box in dots and how certain it is.

use std::collections::BTreeSet;

use super::super::page::{Page, Word};
use super::Recognised;
use crate::vietnamese::normal;

/// Width of a page that does not say how large it is: A4, in points.
const A4: (f32, f32) = (595.0, 842.0);
/// Certainty, in percent, below which a word is no word but a mark on the paper.
const NOISE: f32 = 12.0;
/// Certainty below which a number is doubted.
const CERTAIN: f32 = 65.0;
/// The most rows that are looked at.
const MAX_ROWS: usize = 100_000;

/// A word as found.
#[derive(Clone, Debug)]
struct Found {
    line: (u32, u32, u32, u32),
    left: f32,
    top: f32,
    wide: f32,
    high: f32,
    certain: f32,
    text: String,
}

/// The pages of a table; words with digits that are not certain are added to `unclear`.
pub fn pages(recognised: &Recognised, unclear: &mut BTreeSet<String>) -> Vec<Page> {
    let mut out = Vec::new();
    let mut size = (0.0, 0.0);
    let mut words: Vec<Found> = Vec::new();
    for row in recognised.table.lines().take(MAX_ROWS) {
        let Some((level, found)) = found(row) else { continue };
        match level {
            1 => {
                out.extend(page(std::mem::take(&mut words), size, recognised.dots));
                size = (found.wide, found.high);
            }
            5 if found.certain >= NOISE && found.text.chars().any(char::is_alphanumeric) => {
                if found.certain < CERTAIN && found.text.contains(|c: char| c.is_ascii_digit()) {
                    unclear.insert(found.text.clone());
                }
                words.push(found);
            }
            5 if matches!(found.text.as_str(), "-" | "–" | "—" | "+" | "•") => words.push(found),
            _ => {}
        }
    }
    out.extend(page(words, size, recognised.dots));
    out
}

fn found(row: &str) -> Option<(u32, Found)> {
    let cells: Vec<&str> = row.splitn(12, '\t').collect();
    let number = |at: usize| cells.get(at)?.parse::<u32>().ok();
    let length = |at: usize| cells.get(at)?.parse::<f32>().ok().filter(|v| (0.0..200_000.0).contains(v));
    let text = normal(cells.get(11).copied().unwrap_or_default().trim());
    let found = Found {
        line: (number(1)?, number(2)?, number(3)?, number(4)?),
        left: length(6)?,
        top: length(7)?,
        wide: length(8)?,
        high: length(9)?,
        certain: cells.get(10)?.parse().ok()?,
        text: if matches!(text.as_str(), "–" | "—") { "-".to_owned() } else { text },
    };
    Some((number(0)?, found))
}

fn page(mut words: Vec<Found>, (wide, high): (f32, f32), dots: Option<u32>) -> Option<Page> {
    if words.is_empty() || wide < 1.0 || high < 1.0 {
        return None;
    }
    let (wide, high) = upright(&mut words, wide, high);
    let scale = match dots {
        Some(dots) => 72.0 / dots as f32,
        None if wide <= high => A4.0 / wide,
        None => A4.1 / wide,
    };
    let mut page = Page { width: wide * scale, height: high * scale, ..Page::default() };
    for line in words.chunk_by(|a, b| a.line == b.line) {
        let middle = |of: fn(&Found) -> f32| {
            let mut values: Vec<f32> = line.iter().map(of).collect();
            values.sort_by(f32::total_cmp);
            values[values.len() / 2]
        };
        // One baseline for a line: a sheet never lies quite straight.
        let (base, size) = (middle(|w| w.top + w.high) * scale, middle(|w| w.high) * scale);
        page.words.extend(line.iter().map(|word| Word {
            text: word.text.clone(),
            left: word.left * scale,
            right: (word.left + word.wide) * scale,
            base,
            // The box of a word is as high as its letters happen to be.
            size: (size * 1.1).clamp(6.0, 30.0),
        }));
    }
    Some(page)
}

/// Turns the words of a page that lies on its side or on its head; its size as it is then.
fn upright(words: &mut [Found], wide: f32, high: f32) -> (f32, f32) {
    let (mut right, mut down) = (0.0_f32, 0.0_f32);
    for pair in words.windows(2).filter(|pair| pair[0].line == pair[1].line) {
        right += pair[1].left + pair[1].wide / 2.0 - pair[0].left - pair[0].wide / 2.0;
        down += pair[1].top + pair[1].high / 2.0 - pair[0].top - pair[0].high / 2.0;
    }
    if right >= down.abs() {
        return (wide, high);
    }
    let on_side = down.abs() > right.abs();
    for word in words {
        let Found { left, top, wide: w, high: h, .. } = *word;
        (word.left, word.top) = match (on_side, down > 0.0) {
            (false, _) => (wide - left - w, high - top - h),
            (true, true) => (top, wide - left - w),
            (true, false) => (high - top - h, left),
        };
        if on_side {
            (word.wide, word.high) = (h, w);
        }
    }
    if on_side { (high, wide) } else { (wide, high) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

    /// The words of two lines, with places as they are in a sheet that was turned clockwise so many quarters.
    fn table(turns: u32) -> String {
        let words =
            [(1, 100, 100, "Nộp"), (1, 200, 102, "báo"), (1, 300, 104, "cáo"), (2, 100, 140, "17/l0")];
        let mut out = HEAD.to_owned();
        let (wide, high) = if turns.is_multiple_of(2) { (1000, 2000) } else { (2000, 1000) };
        out.push_str(&format!("1\t1\t0\t0\t0\t0\t0\t0\t{wide}\t{high}\t-1\t\n"));
        for (line, left, top, text) in words {
            let (w, h) = (80, 20);
            let (x, y, w, h) = match turns {
                1 => (2000 - top - h, left, h, w),
                2 => (1000 - left - w, 2000 - top - h, w, h),
                3 => (top, 1000 - left - w, h, w),
                _ => (left, top, w, h),
            };
            let certain = if line == 2 { 40.5 } else { 95.1 };
            out.push_str(&format!("5\t1\t1\t1\t{line}\t1\t{x}\t{y}\t{w}\t{h}\t{certain}\t{text}\n"));
        }
        out
    }

    #[test]
    fn a_sheet_is_read_however_it_was_turned() {
        let mut unclear = BTreeSet::new();
        let read = |turns, unclear: &mut _| {
            let page = pages(&Recognised { table: table(turns), dots: Some(72) }, unclear).pop().unwrap();
            assert_eq!((page.width, page.height), (1000.0, 2000.0), "{turns}");
            page.words.into_iter().map(|w| (w.text, w.left, w.base)).collect::<Vec<_>>()
        };
        let want = read(0, &mut unclear);
        assert_eq!(want[0], ("Nộp".to_owned(), 100.0, 122.0));
        assert_eq!(want[1].2, 122.0, "one baseline");
        for turns in 1..4 {
            assert_eq!(read(turns, &mut unclear), want, "{turns}");
        }
        assert_eq!(unclear.into_iter().collect::<Vec<_>>(), ["17/l0"]);
    }

    #[test]
    fn rows_that_are_none_are_passed_over() {
        let mut unclear = BTreeSet::new();
        for table in ["", "abc", "5\t1\t1\t1\t1\t1\t-4\t0\tx\t0\t96\tA", HEAD] {
            assert!(pages(&Recognised { table: table.to_owned(), dots: None }, &mut unclear).is_empty());
        }
    }
}
