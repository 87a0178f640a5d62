//! Files of before 2007 put together by hand: a compound file, the header of Word, the records of Excel ([MS-CFB], [MS-DOC], [MS-XLS]).

use super::*;
use crate::import::form;

const SECTOR: usize = 512;
/// Streams below this size would lie in a stream of their own.
const LEAST: usize = 4_096;

/// A compound file with one or two streams.
fn compound(streams: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut fat: Vec<u32> = vec![0xffff_fffd, 0xffff_fffe];
    let mut entries = entry("Root Entry", 5, u32::from(streams.len() > 1), 0xffff_fffe, 0);
    let mut data = Vec::new();
    for (n, (name, bytes)) in streams.iter().enumerate() {
        let size = bytes.len().max(LEAST).next_multiple_of(SECTOR);
        let start = u32::try_from(fat.len()).unwrap();
        let sectors = u32::try_from(size / SECTOR).unwrap();
        fat.extend((1..sectors).map(|at| start + at));
        fat.push(0xffff_fffe);
        let mut bytes = bytes.clone();
        bytes.resize(size, 0);
        data.extend(bytes);
        let mut own = entry(name, 2, 0xffff_ffff, start, u32::try_from(size).unwrap());
        if n == 0 && streams.len() > 1 {
            // The second stream hangs to its right.
            own[72..76].copy_from_slice(&2_u32.to_le_bytes());
        }
        entries.extend(own);
    }
    if streams.len() == 1 {
        entries[76..80].copy_from_slice(&1_u32.to_le_bytes());
    }
    entries.resize(SECTOR, 0);
    fat.resize(SECTOR / 4, 0xffff_ffff);
    let mut file = vec![0_u8; SECTOR];
    file[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    for (at, value) in [(24, 0x3e_u16), (26, 3), (28, 0xfffe), (30, 9), (32, 6)] {
        file[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    let numbers =
        [(44, 1_u32), (48, 1), (56, 4_096), (60, 0xffff_fffe), (64, 0), (68, 0xffff_fffe), (72, 0), (76, 0)];
    for (at, value) in numbers {
        file[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    file[80..].fill(0xff);
    file.extend(fat.iter().flat_map(|next| next.to_le_bytes()));
    file.extend(entries);
    file.extend(data);
    file
}

/// An entry of the directory.
fn entry(name: &str, kind: u8, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut entry = vec![0_u8; 128];
    let letters: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    entry[..letters.len()].copy_from_slice(&letters);
    entry[64..66].copy_from_slice(&u16::try_from(letters.len()).unwrap().to_le_bytes());
    entry[66] = kind;
    entry[67] = 1;
    for (at, value) in [(68, 0xffff_ffff), (72, 0xffff_ffff), (76, child), (116, start), (120, size)] {
        entry[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
    }
    entry
}

/// A Word document of paragraphs.
fn word(paragraphs: &[&str]) -> Vec<u8> {
    const TEXT: usize = 0x800;
    let letters: Vec<u16> = paragraphs.iter().flat_map(|text| text.encode_utf16().chain([13])).collect();
    let count = u32::try_from(letters.len()).unwrap();
    let mut main = vec![0_u8; TEXT];
    for (at, value) in [(0, 0xa5ec_u16), (2, 0xc1), (0x0a, 0x1200), (0x20, 0x0e), (0x3e, 0x16), (0x98, 0x5d)]
    {
        main[at..at + 2].copy_from_slice(&value.to_le_bytes());
    }
    let end = u32::try_from(TEXT).unwrap() + 2 * count;
    for (at, value) in [(0x40, end), (0x4c, count), (0x1a2, 0), (0x1a6, 21)] {
        main[at..at + 4].copy_from_slice(&value.to_le_bytes());
    }
    main.extend(letters.iter().flat_map(|letter| letter.to_le_bytes()));
    let mut table = vec![2, 16, 0, 0, 0];
    for value in [0, count] {
        table.extend(value.to_le_bytes());
    }
    table.extend([0, 0]);
    table.extend(u32::try_from(TEXT).unwrap().to_le_bytes());
    table.extend([0, 0]);
    compound(&[("WordDocument", main), ("1Table", table)])
}

#[test]
fn an_old_word_document_is_read_and_doubted() {
    let bytes =
        word(&["Kính gửi: Các trường mầm non", "1. Gửi báo cáo trước ngày 15/9/2026.", "2. Rà soát hồ sơ."]);
    let read = form::read(&bytes).unwrap();
    let lines: Vec<&str> =
        read.lines.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect();
    assert_eq!(
        lines,
        ["Kính gửi: Các trường mầm non", "1. Gửi báo cáo trước ngày 15/9/2026.", "2. Rà soát hồ sơ."]
    );
    assert!(read.repairs.contains(&DoubtKind::OldWord));
}

#[test]
fn what_is_left_of_an_old_document_ends_nothing() {
    let whole = word(&["Gửi báo cáo trước ngày 15/9/2026."]);
    for cut in (0..whole.len()).step_by(97) {
        let _ = form::read(&whole[..cut]);
    }
    for at in (0..whole.len()).step_by(13) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x5a;
        let _ = form::read(&bytes);
    }
}

#[test]
fn a_date_of_an_old_workbook_is_written_as_people_write_it() {
    for (shown, wanted) in [
        ("2026-09-05", Some("05/09/2026")),
        ("2026-09-05 00:00:00", Some("05/09/2026")),
        ("2026-2027", None),
        ("Ngày 05/9", None),
        ("2026-09-05 khai giảng", None),
        ("2026-13-05", None),
        ("", None),
    ] {
        assert_eq!(day_of_cell(shown).as_deref(), wanted, "{shown}");
    }
}
