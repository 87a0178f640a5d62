//! Templates as offices make them, their copies, and what comes of them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook as New};

use super::*;
use crate::domain::Value;

/// A table with grouped headings, numbered columns, three rows, a computed share and a row of sums.
fn table() -> Vec<u8> {
    let mut book = New::new();
    let sheet = book.add_worksheet().set_name("Cân đo").unwrap();
    let bold = Format::new().set_bold().set_border(rust_xlsxwriter::FormatBorder::Thin);
    let percent = Format::new().set_num_format("0.0%");
    sheet.set_column_width(1, 31.5).unwrap();
    sheet.merge_range(0, 0, 0, 6, "BẢNG TỔNG HỢP CÂN ĐO LẦN 1", &bold).unwrap();
    sheet.merge_range(2, 0, 3, 0, "TT", &bold).unwrap();
    sheet.merge_range(2, 1, 3, 1, "Tên trường", &bold).unwrap();
    sheet.merge_range(2, 2, 3, 2, "Tổng số trẻ", &bold).unwrap();
    sheet.merge_range(2, 3, 2, 4, "Suy dinh dưỡng", &bold).unwrap();
    sheet.write_with_format(3, 3, "Nhẹ cân", &bold).unwrap();
    sheet.write_with_format(3, 4, "Thấp còi", &bold).unwrap();
    sheet.merge_range(2, 5, 3, 5, "Tỷ lệ nhẹ cân", &bold).unwrap();
    sheet.merge_range(2, 6, 3, 6, "Ghi chú", &bold).unwrap();
    for (column, number) in (0..7).zip(["A", "B", "1", "2", "3", "4=2/1", "5"]) {
        sheet.write(4, column, number).unwrap();
    }
    for row in 5..8_u32 {
        sheet.write(row, 0, row - 4).unwrap();
        let formula = Formula::new(format!("=D{0}/C{0}", row + 1)).set_result("#DIV/0!");
        sheet.write_formula_with_format(row, 5, formula, &percent).unwrap();
        sheet.write_blank(row, 2, &bold).unwrap();
    }
    sheet.write_with_format(8, 0, "Cộng", &bold).unwrap();
    for column in [2_u16, 3, 4] {
        let letter = letters(u32::from(column));
        sheet
            .write_formula_with_format(8, column, Formula::new(format!("=SUM({letter}6:{letter}8)")), &bold)
            .unwrap();
    }
    sheet.write_formula_with_format(8, 5, Formula::new("=D9/C9"), &percent).unwrap();
    sheet.merge_range(10, 4, 10, 6, "NGƯỜI LẬP BIỂU", &bold).unwrap();
    book.save_to_buffer().unwrap()
}

/// One sheet for a school: items with units, a group with parts, a sum.
fn items() -> Vec<u8> {
    let mut book = New::new();
    let sheet = book.add_worksheet().set_name("Báo cáo").unwrap();
    sheet.write(0, 0, "BÁO CÁO ĐẦU NĂM").unwrap();
    sheet.write(1, 0, "Trường:").unwrap();
    for (column, head) in (0..).zip(["TT", "Chỉ tiêu", "ĐVT", "Số lượng", "Ghi chú"]) {
        sheet.write(3, column, head).unwrap();
    }
    for (row, (item, unit)) in (4_u32..).zip([
        ("Số trẻ nhà trẻ", "trẻ"),
        ("- Nữ", "trẻ"),
        ("Số trẻ mẫu giáo", "trẻ"),
        ("- Nữ", "trẻ"),
        ("Tổng số trẻ", "trẻ"),
    ]) {
        sheet.write(row, 0, row - 3).unwrap();
        sheet.write(row, 1, item).unwrap();
        sheet.write(row, 2, unit).unwrap();
    }
    sheet.write_formula(8, 3, Formula::new("=D5+D7")).unwrap();
    sheet.write(10, 3, "HIỆU TRƯỞNG").unwrap();
    book.save_to_buffer().unwrap()
}

fn template(bytes: &[u8]) -> Layout {
    let mut layout = layout(&read(bytes).unwrap()).unwrap();
    for (at, slot) in layout.slots.iter_mut().enumerate() {
        slot.key = format!("k{at}");
    }
    layout
}

/// The template with these cells written by a person, then saved.
fn copied(bytes: &[u8], sheet: &str, cells: &[(&str, &str)]) -> Vec<u8> {
    let write = |(at, text): &(&str, &str)| {
        let (row, column) = crate::import::xlsx::place_of(at).unwrap();
        let place = Place::new(u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
        let put = match text.strip_prefix('\'') {
            Some(words) => Put::Text(words.to_owned()),
            None if text.parse::<f64>().is_ok() => Put::Number((*text).to_owned()),
            None => Put::Text((*text).to_owned()),
        };
        Write { sheet: sheet.to_owned(), place, put }
    };
    fill(bytes, &Fill { write: cells.iter().map(write).collect(), ..Fill::default() }).unwrap()
}

fn mine(name: &str) -> Whose {
    match name {
        "MN Hoa Mai" => Whose::Own(0),
        "MN Sơn Ca" => Whose::Other,
        _ => Whose::Unknown,
    }
}

fn values(of: &[(&str, i64)]) -> BTreeMap<String, Value> {
    of.iter().map(|(key, n)| ((*key).to_owned(), Value::Figure(*n))).collect()
}

#[test]
fn a_table_of_schools_is_found_with_its_groups_and_without_what_is_computed() {
    let layout = template(&table());
    let slots: Vec<String> =
        layout.slots.iter().map(|s| format!("{} {}", s.place.address(), s.label)).collect();
    assert_eq!(
        slots,
        ["C6 Tổng số trẻ", "D6 Suy dinh dưỡng – Nhẹ cân", "E6 Suy dinh dưỡng – Thấp còi", "G6 Ghi chú"]
    );
    assert_eq!(layout.shape, Shape::Rows { names: 1, numbers: Some(0), first: 6, last: 8, listed: vec![] });
}

#[test]
fn items_below_each_other_are_found_with_their_units() {
    let layout = template(&items());
    let slots: Vec<String> =
        layout.slots.iter().map(|s| format!("{} {} ({})", s.place.address(), s.label, s.unit)).collect();
    assert_eq!(
        slots,
        [
            "D5 Số trẻ nhà trẻ (trẻ)",
            "D6 Nữ (trẻ)",
            "D7 Số trẻ mẫu giáo (trẻ)",
            "D8 Số trẻ mẫu giáo – Nữ (trẻ)"
        ]
    );
    assert_eq!(layout.shape, Shape::Sheet { school: Some(Place::new(2, 1)) });
}

#[test]
fn words_with_a_cell_beside_them_and_named_cells_are_found() {
    let mut book = New::new();
    let sheet = book.add_worksheet();
    for (row, label) in (0..).zip(["Trường:", "Tổng số trẻ:", "Tỷ lệ chuyên cần:", "Người lập biểu:"])
    {
        sheet.write(row, 0, label).unwrap();
    }
    let pairs = template(&book.save_to_buffer().unwrap());
    let labels: Vec<&str> = pairs.slots.iter().map(|s| &*s.label).collect();
    assert_eq!(labels, ["Tổng số trẻ", "Tỷ lệ chuyên cần"]);

    let mut book = New::new();
    book.add_worksheet().set_name("B").unwrap().write(1, 0, "Số lớp").unwrap();
    book.define_name("so_lop", "=B!$C$2").unwrap();
    book.define_name("tong_tre", "=B!$C$4").unwrap();
    let named = template(&book.save_to_buffer().unwrap());
    let slots: Vec<String> =
        named.slots.iter().map(|s| format!("{} {}", s.place.address(), s.label)).collect();
    assert_eq!(slots, ["C2 Số lớp", "C4 tong tre"]);
}

#[test]
fn a_workbook_without_anything_to_fill_in_and_two_columns_of_one_name_are_told() {
    let mut book = New::new();
    book.add_worksheet().write(0, 0, "Kế hoạch").unwrap();
    assert_eq!(layout(&read(&book.save_to_buffer().unwrap()).unwrap()), Err(LayoutError::Nothing));
    let mut book = New::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["TT", "Trường", "Nữ", "Nữ"]) {
        sheet.write(0, column, head).unwrap();
    }
    let twice = LayoutError::Twice { label: "Nữ".into(), first: "C2".into(), second: "D2".into() };
    assert_eq!(layout(&read(&book.save_to_buffer().unwrap()).unwrap()), Err(twice));
}

#[test]
fn a_copy_gives_the_row_with_the_senders_name_and_no_other() {
    let layout = template(&table());
    let cells =
        [("B6", "MN Sơn Ca"), ("C6", "1"), ("B7", "MN Hoa Mai"), ("C7", "337"), ("D7", "'13"), ("G7", "đủ")];
    let filled = layout.filled(&read(&copied(&table(), "Cân đo", &cells)).unwrap(), &mine).unwrap();
    assert_eq!(filled.len(), 1);
    let shown: Vec<String> =
        filled[0].cells.values().map(|c| format!("{} {}", c.place.address(), c.content.shown())).collect();
    assert_eq!(shown, ["C7 337", "D7 13", "E7 ", "G7 đủ"]);
}

#[test]
fn whose_row_it_is_must_be_certain() {
    let layout = template(&table());
    let told = |cells: &[(&str, &str)]| {
        layout.filled(&read(&copied(&table(), "Cân đo", cells)).unwrap(), &mine).map(|f| f.len())
    };
    assert_eq!(told(&[("C6", "337")]), Ok(1), "one row without a name is the sender's");
    assert_eq!(
        told(&[("B6", "MN Sơn Ca"), ("C6", "1")]),
        Err(vec![CopyFault::OthersRow { cell: "B6".into(), found: "MN Sơn Ca".into() }])
    );
    assert_eq!(told(&[("C6", "1"), ("C7", "2")]), Err(vec![CopyFault::NoRow { cell: "B6".into() }]));
    assert_eq!(
        told(&[("B6", "MN Hoa Mai"), ("C6", "1"), ("B7", "MN Hoa Mai"), ("C7", "2")]),
        Err(vec![CopyFault::TwoRows { cells: vec!["B6".into(), "B7".into()] }])
    );
    assert_eq!(told(&[("B6", "MN Hoa Mai")]), Err(vec![CopyFault::Blank { cell: "C6".into() }]));
}

#[test]
fn every_change_of_the_template_is_told_with_its_cell() {
    let layout = template(&table());
    let told = |bytes: &[u8]| layout.filled(&read(bytes).unwrap(), &mine).unwrap_err();
    let own = [("B6", "MN Hoa Mai"), ("C6", "337")];
    let with = |cells: &[(&str, &str)]| told(&copied(&table(), "Cân đo", &[&own, cells].concat()));
    assert_eq!(
        with(&[("D4", "Cân nặng")]),
        [CopyFault::Renamed { cell: "D4".into(), head: "Nhẹ cân".into(), found: "Cân nặng".into() }]
    );
    assert_eq!(with(&[("D4", "")]), [CopyFault::Removed { cell: "D4".into(), head: "Nhẹ cân".into() }]);
    assert_eq!(
        with(&[("D4", "Thấp còi"), ("E4", "Nhẹ cân")]),
        [
            CopyFault::Moved { head: "Nhẹ cân".into(), from: "D4".into(), to: "E4".into() },
            CopyFault::Moved { head: "Thấp còi".into(), from: "E4".into(), to: "D4".into() }
        ]
    );
    assert_eq!(with(&[("H3", "Số lớp")]), [CopyFault::Added { cell: "H3".into(), found: "Số lớp".into() }]);
    let grow = Grow { sheet: "Cân đo".into(), after: 1, like: 1, count: 2 };
    let lower = fill(&table(), &Fill { grow: Some(grow), ..Fill::default() }).unwrap();
    assert_eq!(told(&lower), [CopyFault::Shifted { head: "TT".into(), from: "A3".into(), to: "A5".into() }]);
    let other = items();
    let missing = CopyFault::NoSheet { sheet: "Cân đo".into(), found: vec!["Báo cáo".into()] };
    assert_eq!(told(&other), [missing]);
}

#[test]
fn the_master_keeps_the_layout_and_grows_with_its_sums() {
    let layout = template(&table());
    let line = |name: &str, n: i64| Line {
        name: name.into(),
        row: None,
        values: values(&[("k0", n), ("k1", 10), ("k2", 5)]),
    };
    let names = ["MN Một", "MN Hai", "MN Ba", "MN Bốn", "MN Năm"];
    let lines: Vec<Line> = (1..).zip(names).map(|(n, name)| line(name, n * 100)).collect();
    let bytes = fill(&table(), &layout.master(&lines, &BTreeMap::new())).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    let sheet = book.worksheet_range("Cân đo").unwrap();
    let cell = |row, column| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(cell(9, 1), Data::String("MN Năm".into()));
    assert_eq!(cell(9, 0), Data::Float(5.0));
    assert_eq!(cell(9, 2), Data::Float(500.0));
    assert_eq!(cell(9, 5), Data::Float(0.02));
    assert_eq!((cell(10, 0), cell(10, 2)), (Data::String("Cộng".into()), Data::Float(1500.0)));
    assert_eq!(cell(12, 4), Data::String("NGƯỜI LẬP BIỂU".into()));
    let formulas = book.worksheet_formula("Cân đo").unwrap();
    assert_eq!(formulas.get_value((10, 2)).unwrap(), "SUM(C6:C10)");
    assert_eq!(formulas.get_value((9, 5)).unwrap(), "D10/C10");
    // Everything else of the office's file is there: widths, styles, merged headings, the foot where it belongs.
    let mut package = crate::import::package::Package::open(&bytes).unwrap();
    let text = package.text("xl/worksheets/sheet1.xml").unwrap().unwrap();
    assert!(
        text.contains("<mergeCell ref=\"D3:E3\"/>") && text.contains("<mergeCell ref=\"E13:G13\"/>"),
        "{text}"
    );
    assert!(text.contains("width=\"32.2"), "{text}");
    let styles =
        |bytes: &[u8]| crate::import::package::Package::open(bytes).unwrap().text("xl/styles.xml").unwrap();
    assert_eq!(styles(&bytes), styles(&table()));
}

#[test]
fn a_template_of_one_sheet_becomes_one_sheet_a_school_and_their_sums() {
    let layout = template(&items());
    let line = |name: &str, n: i64| Line {
        name: name.into(),
        row: None,
        values: values(&[("k0", n), ("k2", n * 2)]),
    };
    let silent = Line { name: "MN Im".into(), row: None, values: BTreeMap::new() };
    let lines = [line("MN Hoa Mai", 10), line("MN 20/10", 20), silent];
    let bytes = fill(&items(), &layout.master(&lines, &BTreeMap::new())).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Báo cáo", "MN Hoa Mai", "MN 2010"]);
    let mut at = |sheet: &str, row, column| {
        book.worksheet_range(sheet).unwrap().get_value((row, column)).cloned().unwrap_or(Data::Empty)
    };
    assert_eq!(at("Báo cáo", 4, 3), Data::Float(30.0));
    assert_eq!(at("Báo cáo", 8, 3), Data::Float(90.0));
    assert_eq!(at("MN Hoa Mai", 1, 1), Data::String("MN Hoa Mai".into()));
    assert_eq!(at("MN 2010", 8, 3), Data::Float(60.0));
    let again = template(&bytes);
    assert_eq!(again.sheet, "Báo cáo");
}

#[test]
fn shares_errors_and_days_come_as_they_are_meant() {
    let mut book = New::new();
    let sheet = book.add_worksheet();
    let percent = Format::new().set_num_format("0.0%");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_with_format(0, 0, 0.95, &percent).unwrap();
    sheet.write_with_format(1, 0, 46_259.0, &day).unwrap();
    sheet.write_formula(2, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    sheet.write(3, 0, 0.1 + 0.2).unwrap();
    let book = read(&book.save_to_buffer().unwrap()).unwrap();
    let cells = &book.sheets[0].cells;
    assert_eq!((&cells[0].content, cells[0].percent), (&Content::Number("0.95".into()), true));
    assert_eq!(cells[1].content, Content::Day(NaiveDate::from_ymd_opt(2026, 8, 25).unwrap()));
    assert!(cells[2].formula, "{:?}", cells[2]);
    assert_eq!(cells[3].content, Content::Number("0.3".into()));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(at in 0_usize..8_000, byte: u8) {
        let mut bytes = table();
        let at = at % bytes.len();
        bytes[at] = byte;
        if let Ok(book) = read(&bytes) {
            let _ = layout(&book);
            let _ = template(&table()).filled(&book, &mine);
            let _ = fill(&bytes, &Fill::default());
        }
    }
}
