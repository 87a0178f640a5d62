//! Registers as clerks write them, and files that are none.

use std::io::Write;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::domain::{RegisterColumn, RegisterRow, SchoolKind};

const HEAD: &str = "TT,Mã trường,Tên trường,Loại hình,Phường,Cụm,Hiệu trưởng,Điện thoại,Tên khác";

fn draft(rows: &str) -> RegisterDraft {
    read(format!("{HEAD}\n{rows}").as_bytes()).unwrap_or_else(|error| panic!("{error:?}\n{rows}"))
}

fn repairs(rows: &str) -> Vec<(usize, Repair)> {
    draft(rows).notices.into_iter().map(|notice| (notice.line, notice.what)).collect()
}

fn faults(rows: &str) -> Vec<(usize, RegisterColumn, RowProblem)> {
    match read(format!("{HEAD}\n{rows}").as_bytes()) {
        Err(RegisterError::Rows(faults)) => faults.into_iter().map(|f| (f.line, f.column, f.why)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_row_becomes_a_school() {
    let read =
        draft("1,MN001,Trường Mầm non 20/10,Công lập,Khe Lim,Cụm 1,Lê Thị Ví,0900 000 001,Hoa Đồng; MN 2010");
    let row = RegisterRow {
        line: 2,
        code: "MN001".to_owned(),
        name: "Trường Mầm non 20/10".to_owned(),
        aliases: vec!["Hoa Đồng".to_owned(), "MN 2010".to_owned()],
        kind: SchoolKind::Public,
        ward: "Khe Lim".to_owned(),
        cluster: "Cụm 1".to_owned(),
        principal: "Lê Thị Ví".to_owned(),
        phone: "0900000001".to_owned(),
        enrolment: None,
    };
    assert_eq!(read, RegisterDraft { register: Register { rows: vec![row] }, notices: Vec::new() });
}

#[test]
fn headings_are_found_under_titles_and_over_two_rows() {
    let text = "DANH SÁCH TRƯỜNG,,,,\nNăm học 2026-2027,,,,\n\nSTT,Mã,Tên trường,Loại hình,Hiệu trưởng,,Email\n\
                ,,,,Họ và tên,Điện thoại,\n1,MN001,Trường Mầm non Hoa Mai,Công lập,Lê Thị Ví,0900000001,a@b.vn\n";
    let draft = read(text.as_bytes()).unwrap();
    let row = &draft.register.rows[0];
    assert_eq!((row.line, row.principal.as_str(), row.phone.as_str()), (6, "Lê Thị Ví", "0900000001"));
    let heading = "Email".to_owned();
    assert_eq!(draft.notices, [RegisterNotice { line: 4, what: Repair::ColumnPassedOver { heading } }]);
}

#[test]
fn what_is_no_school_is_passed_over() {
    let rows = ",I. Công lập,,,,,,,\n\
                1,MN001,Trường Mầm non Hoa Mai,Công lập,,,,,\n\
                ,Mã trường,Tên trường,Loại hình,Phường,Cụm,Hiệu trưởng,Điện thoại,\n\
                ,,,,,,,,\n\
                2,,,,,,,,\n\
                ,,Ngoài công lập,,,,,,\n\
                3,TT001,Trường Mầm non Hoa Sen,Tư thục,,,,,\n\
                ,Tổng cộng: 2 trường,,,,,,,\n\
                ,,Người lập biểu,,,,Thủ trưởng,,\n";
    let draft = draft(rows);
    let lines: Vec<_> = draft.register.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 8]);
    let text = "Người lập biểu · Thủ trưởng".to_owned();
    assert_eq!(draft.notices, [RegisterNotice { line: 10, what: Repair::RowPassedOver { text } }]);
}

#[test]
fn every_repair_is_told() {
    let first = "1,MN001,Trường Mầm non Hoa Mai,Công lập,Khe Lim,Cụm 1,,,";
    let column = RegisterColumn::Name;
    let table = [
        (
            "2,MN002,Trường  Mầm non Sen,Công lập,,,,,",
            Repair::Blanks { column, read: "Trường Mầm non Sen".into() },
        ),
        (
            "2,MN002,Trường Mầm non Sen,Công lập,,,,900000007,",
            Repair::PhoneZero { read: "0900000007".into() },
        ),
        (
            "2,MN002,Trường Mầm non Sen,Công lập,,,,0900.000.012,",
            Repair::PhoneWritten { printed: "0900.000.012".into(), read: "0900000012".into() },
        ),
        (
            "2,MN002,Trường Mầm non Sen,Công lập,khe lim,,,,",
            Repair::Spelling {
                column: RegisterColumn::Ward,
                printed: "khe lim".into(),
                read: "Khe Lim".into(),
            },
        ),
        (
            "2,MN002,Trường Mầm non Sen,Công lập,,cụm1,,,",
            Repair::Spelling {
                column: RegisterColumn::Cluster,
                printed: "cụm1".into(),
                read: "Cụm 1".into(),
            },
        ),
        (
            "2,MN002,Trường mầm non Hoa Mai,Công lập,Đá Bạc,,,,",
            Repair::SameName { name: "Trường mầm non Hoa Mai".into(), first: 2 },
        ),
        (
            "2,MN002,Trường Mầm non Sen,Công lập,,,,,MN Hoa Mai",
            Repair::SharedAlias { alias: "MN Hoa Mai".into(), first: 2 },
        ),
        ("2,VIDU01,Trường Mầm non Sen,Công lập,,,,,", Repair::ExamplePassedOver),
        ("Tổng cộng 3 trường,,,,,,,,", Repair::Total { stated: 3, read: 1 }),
    ];
    for (row, repair) in table {
        assert_eq!(repairs(&format!("{first}\n{row}\n")), [(3, repair)], "{row}");
    }
}

#[test]
fn one_fault_and_nothing_is_taken_and_all_are_told() {
    use RegisterColumn::{Code, Kind, Name, Phone};
    let rows = "1,MN001,Trường Mầm non Hoa Mai,Công lập,Khe Lim,,,,\n\
                2,mn001,Trường Mầm non Hoa Sen,Công lập,,,,,\n\
                3,,Trường Mầm non Sơn Ca,Công lập,,,,,\n\
                4,MN004,,Công lập,,,,,\n\
                5,MN005,Trường Mầm non Ban Mai,Bán trú,,,,,\n\
                6,MN006,Trường Mầm non Vàng Anh,,,,,,\n\
                7,MN007,Trường Mầm non Họa Mi,Công lập,,,,0900 000 0,\n\
                8,MN008,TRƯỜNG MẦM NON HOA MAI,Công lập,Khe Lim,,,,\n\
                9,MN009\n\
                10,,,,Khe Lim,Cụm 1,Lê Thị Ví,0900000001,\n";
    let code = "mn001".to_owned();
    let name = "TRƯỜNG MẦM NON HOA MAI".to_owned();
    assert_eq!(
        faults(rows),
        [
            (3, Code, RowProblem::SameCode { code, first: 2 }),
            (4, Code, RowProblem::Missing),
            (5, Name, RowProblem::Missing),
            (6, Kind, RowProblem::UnknownKind { printed: "Bán trú".to_owned() }),
            (7, Kind, RowProblem::Missing),
            (8, Phone, RowProblem::NotAPhone { printed: "0900 000 0".to_owned() }),
            (9, Name, RowProblem::SameSchool { name, first: 2 }),
            (10, Name, RowProblem::Missing),
            (10, Kind, RowProblem::Missing),
            (11, Code, RowProblem::Missing),
            (11, Name, RowProblem::Missing),
            (11, Kind, RowProblem::Missing),
        ]
    );
}

#[test]
fn every_separator_and_encoding_is_read() {
    let text = format!("{HEAD}\n1,MN001,Trường Mầm non Hòa Bình,Công lập,Các xã,,,,\n");
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let windows = "Mã trường,Tên trường,Loại hình\nMN001,Trường Mầm non Hòa Bình,Công lập\n";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(windows).collect();
    let files = [
        text.clone().into_bytes(),
        text.replace(',', ";").into_bytes(),
        text.replace(',', "\t").into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        utf16(&format!("\u{feff}{text}")),
        decomposed.into_bytes(),
        encoding_rs::WINDOWS_1258.encode(&windows_1258_form(windows)).0.into_owned(),
    ];
    for file in files {
        let draft =
            read(&file).unwrap_or_else(|error| panic!("{error:?}: {:?}", String::from_utf8_lossy(&file)));
        assert_eq!(draft.register.rows[0].name, "Trường Mầm non Hòa Bình");
    }
}

/// Windows-1258 has letters with their shape and loose tone marks.
fn windows_1258_form(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let tone = |c: char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let mut out = String::new();
    for c in text.chars() {
        let parts: Vec<char> = c.nfd().collect();
        out.extend(parts.iter().filter(|c| !tone(**c)).collect::<String>().nfc());
        out.extend(parts.iter().filter(|c| tone(**c)));
    }
    out
}

/// A workbook with these rows on one sheet.
fn workbook(rows: &[&[&str]]) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in (0..).zip(rows) {
        for (place, text) in (0..).zip(row.iter()) {
            sheet.write_string(line, place, *text).unwrap();
        }
    }
    book
}

#[test]
fn a_merged_ward_counts_for_every_school_beside_it() {
    let mut book = workbook(&[
        &["Mã", "Tên trường", "Loại hình", "Phường"],
        &["MN001", "Trường Mầm non Hoa Mai", "Công lập"],
        &["MN002", "Trường Mầm non Hoa Sen", "Công lập"],
        &["MN003", "Trường Mầm non Sơn Ca", "Công lập", "Đá Bạc"],
    ]);
    let sheet = book.worksheet_from_index(0).unwrap();
    sheet.merge_range(1, 3, 2, 3, "Khe Lim", &Format::new()).unwrap();
    let draft = read(&book.save_to_buffer().unwrap()).unwrap();
    let wards: Vec<_> = draft.register.rows.iter().map(|row| row.ward.as_str()).collect();
    assert_eq!(wards, ["Khe Lim", "Khe Lim", "Đá Bạc"]);
}

#[test]
fn a_name_that_excel_made_a_date_is_a_fault() {
    let mut book = workbook(&[&["Mã", "Tên trường", "Loại hình"], &["MN001", "", "Công lập"]]);
    let sheet = book.worksheet_from_index(0).unwrap();
    let date = Format::new().set_num_format("d/m");
    sheet.write_number_with_format(1, 1, 46315.0, &date).unwrap();
    let why = RowProblem::IsADate { printed: "20/10/2026".to_owned() };
    let fault = RowFault { line: 2, column: RegisterColumn::Name, why };
    assert_eq!(read(&book.save_to_buffer().unwrap()), Err(RegisterError::Rows(vec![fault])));
}

#[test]
fn two_cells_at_the_ends_of_the_grid_cost_nothing() {
    let mut book =
        workbook(&[&["Mã", "Tên trường", "Loại hình"], &["MN001", "Trường Mầm non Hoa Mai", "Công lập"]]);
    book.worksheet_from_index(0).unwrap().write_string(1_048_575, 16_383, "x").unwrap();
    assert_eq!(read(&book.save_to_buffer().unwrap()).unwrap().register.rows.len(), 1);
}

/// A zip of these parts.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_bad_file_is_one_clear_error() {
    let good = workbook(&[&["Mã", "Tên trường", "Loại hình"]]).save_to_buffer().unwrap();
    let blanks = vec![b' '; 30_000_000];
    let strings = br#"<sst uniqueCount="99999999999999"><si><t>a</t></si></sst>"#;
    let compound = |name: &str| {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes);
        [0xd0, 0xcf, 0x11, 0xe0].into_iter().chain(name).collect::<Vec<u8>>()
    };
    let many: String = (0..6_000).map(|n| format!("{n},MN{n:04},Trường Mầm non Số {n},Công lập\n")).collect();
    let table = [
        ("empty", Vec::new(), RegisterError::Empty),
        ("blank", b" \n \n".to_vec(), RegisterError::Empty),
        ("big", vec![b'a'; LIMIT as usize + 1], RegisterError::TooBig { megabytes: 10 }),
        ("pdf", b"%PDF-1.7 and so on".to_vec(), RegisterError::NotATable),
        ("picture", b"\x89PNG\r\n\x1a\n".to_vec(), RegisterError::NotATable),
        ("cut off", good[..good.len() / 2].to_vec(), RegisterError::Damaged),
        ("Word", zipped(&[("word/document.xml", b"<w:document/>")]), RegisterError::NotATable),
        ("bomb", zipped(&[("xl/workbook.xml", &blanks)]), RegisterError::UnpacksTooFar),
        (
            "announces too much",
            zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings)]),
            RegisterError::Damaged,
        ),
        ("binary workbook", zipped(&[("xl/workbook.bin", b"x")]), RegisterError::OldWorkbook),
        ("old workbook", compound("Workbook"), RegisterError::OldWorkbook),
        ("old letter", compound("WordDocument"), RegisterError::NotATable),
        ("locked", compound("EncryptedPackage"), RegisterError::Locked),
        ("prose", "Kính gửi các trường, ngày mai họp".as_bytes().to_vec(), RegisterError::NoHeadings),
        (
            "no code",
            "Tên trường,Cụm,Điện thoại\nTrường Mầm non Hoa Mai,Cụm 1,\n".as_bytes().to_vec(),
            RegisterError::MissingColumns {
                line: 1,
                columns: vec![RegisterColumn::Code, RegisterColumn::Kind],
            },
        ),
        ("headings only", format!("{HEAD}\n").into_bytes(), RegisterError::NoSchools),
        ("endless", format!("{HEAD}\n{many}").into_bytes(), RegisterError::TooManyRows),
    ];
    for (what, bytes, error) in table {
        assert_eq!(read(&bytes), Err(error), "{what}");
    }
}

proptest! {
    /// A workbook that was damaged on its way is read or refused, and never ends the program.
    #[test]
    fn a_damaged_workbook_ends_nothing(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = workbook(&[
            &["Mã", "Tên trường", "Loại hình"],
            &["MN001", "Trường Mầm non Hoa Mai", "Công lập"],
        ]).save_to_buffer().unwrap();
        for (place, byte) in places {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read(&bytes);
    }

    /// So is the text of a sheet that was changed on purpose: here the parts are whole and their content is not.
    #[test]
    fn a_forged_sheet_ends_nothing(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let good = workbook(&[
            &["Mã", "Tên trường", "Loại hình"],
            &["MN001", "Trường Mầm non Hoa Mai", "Công lập"],
        ]).save_to_buffer().unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(good)).unwrap();
        let mut parts = Vec::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            std::io::copy(&mut part, &mut bytes).unwrap();
            parts.push((part.name().unwrap().into_owned(), bytes));
        }
        for (place, byte) in places {
            let part = place.index(parts.len());
            let bytes = &mut parts[part].1;
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        let parts: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let _ = read(&zipped(&parts));
    }
}
