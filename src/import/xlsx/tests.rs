//! Workbooks put together by hand.

use crate::import::blocks::{Block, blocks};
use crate::import::doubt::DoubtKind;
use crate::import::form;
use crate::import::testing::package;
use crate::import::{Content, file};

const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"m/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"d/m\"/></numFmts>\
    <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";

/// A workbook with these sheets: name, state, inner XML.
fn book(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut list = String::new();
    let mut relations = String::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (n, (name, state, inner)) in sheets.iter().enumerate() {
        list += &format!("<sheet name=\"{name}\" state=\"{state}\" r:id=\"r{n}\"/>");
        relations += &format!(
            "<Relationship Id=\"r{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/s{n}.xml\"/>"
        );
        parts.push((format!("xl/worksheets/s{n}.xml"), format!("<worksheet>{inner}</worksheet>")));
    }
    parts.push(("xl/workbook.xml".into(), format!("<workbook><sheets>{list}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{relations}</Relationships>")));
    parts.push(("xl/styles.xml".into(), STYLES.into()));
    parts.push((
        "xl/sharedStrings.xml".into(),
        "<sst><si><r><t>Khai </t></r><r><t>giảng</t></r></si></sst>".into(),
    ));
    package(&parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// Rows of cells: text, `#style:number`, `@shared`, `=` for a formula without a value, empty for none.
fn rows(rows: &[(usize, &[&str])], more: &str) -> String {
    let mut out = String::from("<sheetData>");
    for (number, cells) in rows {
        out += &format!("<row r=\"{number}\">");
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let place = format!("{}{number}", char::from(b'A' + u8::try_from(at).unwrap()));
            out += &match (cell.strip_prefix('#').and_then(|c| c.split_once(':')), cell.strip_prefix('@')) {
                (Some((style, value)), _) => format!("<c r=\"{place}\" s=\"{style}\"><v>{value}</v></c>"),
                (_, Some(index)) => format!("<c r=\"{place}\" t=\"s\"><v>{index}</v></c>"),
                _ if *cell == "=" => format!("<c r=\"{place}\"><f>SUM(A1:A2)</f><v></v></c>"),
                _ => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            };
        }
        out += "</row>";
    }
    format!("{out}</sheetData>{more}")
}

fn plan() -> String {
    rows(
        &[
            (1, &["PHÒNG VĂN HÓA - XÃ HỘI", "", "", "Suối Ngàn, ngày 5 tháng 8 năm 2026"]),
            (3, &["KẾ HOẠCH"]),
            (5, &["Tháng", "TT", "Nội dung", "Thời gian"]),
            (6, &["#1:46235", "#0:1", "Dọn vườn trường", "#2:46259"]),
            (7, &["", "#0:2", "Nhập học\n- xếp lớp", "Trước 30/8"]),
            (8, &["#1:46266", "#0:1", "@0", "5/9"]),
            (10, &["Nơi nhận:", "", "", "TRƯỞNG PHÒNG"]),
        ],
        "<mergeCells><mergeCell ref=\"A6:A7\"/><mergeCell ref=\"A3:D3\"/></mergeCells>",
    )
}

#[test]
fn a_plan_is_read_as_its_sheet_shows_it() {
    let form = rows(&[(1, &["TT", "Lớp", "Số trẻ"]), (2, &["#0:1"]), (3, &["", "", "="])], "");
    let bytes = book(&[("KH", "visible", &plan()), ("Cũ", "hidden", &plan()), ("Biểu 1", "visible", &form)]);
    let read = form::read(&bytes).unwrap();
    let tables: Vec<_> = blocks(&read.lines)
        .into_iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Text(_) => None,
        })
        .collect();
    assert_eq!(tables.len(), 1);
    let rows: Vec<String> = tables[0].rows.iter().map(|row| row.cells.join(" | ")).collect();
    assert_eq!(
        rows,
        [
            "8/2026 | 1 | Dọn vườn trường | 25/8",
            "8/2026 | 2 | Nhập học\n- xếp lớp | Trước 30/8",
            "9/2026 | 1 | Khai giảng | 5/9"
        ]
    );
    assert_eq!(read.repairs, [DoubtKind::FormulasWithoutValue { count: 1 }]);
}

#[test]
fn what_is_in_a_table_says_whether_it_is_a_plan_or_the_register() {
    let mut register = rust_xlsxwriter::Workbook::new();
    let sheet = register.add_worksheet();
    for (row, cells) in [
        ["TT", "Mã trường", "Tên trường", "Loại hình", "Xã"],
        ["1", "MN1", "Mầm non Sen", "Công lập", "Suối Ngàn"],
    ]
    .iter()
    .enumerate()
    {
        sheet.write_row(u32::try_from(row).unwrap(), 0, cells.iter().copied()).unwrap();
    }
    let register = register.save_to_buffer().unwrap();
    let is_register = |name: &str, bytes: &[u8]| matches!(file(name, bytes), Ok(Content::Register(_)));
    let is_plan = |name: &str, bytes: &[u8]| match file(name, bytes) {
        Ok(Content::Directive(directive)) => directive.tasks.len() == 3,
        _ => false,
    };
    assert!(is_register("ke_hoach.xlsx", &register));
    assert!(is_plan("so_truong.xlsx", &book(&[("S", "visible", &plan())])));
    let csv = "Tháng;TT;Nội dung;Thời gian\n9/2026;1;Khai giảng;5/9\n;2;\"Cân đo;\n- lập biểu\";Tuần 2\n10/2026;1;Hội giảng;20/10\n";
    assert!(is_plan("so_truong.csv", csv.as_bytes()));
    let csv = "Mã trường,Tên trường,Loại hình,Xã\nMN1,Mầm non Sen,Công lập,Suối Ngàn\n";
    assert!(is_register("ke_hoach.txt", csv.as_bytes()));
    // A table that is neither is refused as the register that it might have been.
    assert!(file("x.csv", "a,b,c\n1,2,3\n".as_bytes()).is_err());
}

#[test]
fn two_cells_at_the_ends_of_the_grid_cost_nothing() {
    let far = rows(
        &[(1, &["Tháng", "TT", "Nội dung"]), (1_048_576, &["9/2026", "#0:1", "Khai giảng năm học"])],
        "",
    );
    let read = form::read(&book(&[("S", "visible", &far)])).unwrap();
    assert!(read.lines.len() < 10);
}
