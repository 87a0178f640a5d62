//! Word documents put together by hand: what a person would read from the printed page is what comes out.

use crate::import::ImportError;
use crate::import::blocks::{Block, blocks};
use crate::import::doubt::DoubtKind;
use crate::import::form::{self, Read};
use crate::import::testing::{docx, listed, p, package, tbl, tc};

fn read(bytes: &[u8]) -> Read {
    form::read(bytes).unwrap()
}

/// The lines that hold something.
fn lines(body: &str) -> Vec<String> {
    texts(&read(&docx(body, &[])))
}

fn texts(read: &Read) -> Vec<String> {
    read.lines.iter().map(|line| line.text.clone()).filter(|text| !text.is_empty()).collect()
}

/// The rows of the tables that are found, their cells parted by bars.
fn rows(body: &str) -> Vec<String> {
    let read = read(&docx(body, &[]));
    let tables = blocks(&read.lines).into_iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Text(_) => None,
    });
    tables.flat_map(|table| table.rows).map(|row| row.cells.join(" | ")).collect()
}

const LISTS: &str = "<w:numbering xmlns:w=\"w\">\
    <w:abstractNum w:abstractNumId=\"1\">\
    <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:pStyle w:val=\"Phan\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
    <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2\"/></w:lvl>\
    <w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"-\"/></w:lvl></w:abstractNum>\
    <w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>";

#[test]
fn numbers_that_stand_nowhere_in_the_text_are_computed() {
    let styles = "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:styleId=\"Phan\"><w:rPr><w:caps/></w:rPr>\
        <w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr></w:style></w:styles>";
    let heading = |text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"Phan\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let cell = tc("", &listed(4, 1, "")) + &tc("", &(listed(4, 2, "Rà soát") + &listed(4, 2, "Gửi biểu 1")));
    let body = [
        heading("Nhiệm vụ"),
        listed(4, 1, "Cân đo trẻ"),
        listed(4, 2, "Gửi báo cáo"),
        listed(4, 1, "Kiểm tra bếp"),
        heading("Tổ chức"),
        format!("<w:tbl><w:tr>{cell}</w:tr></w:tbl>"),
    ];
    let bytes = docx(&body.concat(), &[("word/styles.xml", styles), ("word/numbering.xml", LISTS)]);
    assert_eq!(
        texts(&read(&bytes)),
        [
            "I. NHIỆM VỤ",
            "1. Cân đo trẻ",
            "- Gửi báo cáo",
            "2. Kiểm tra bếp",
            "II. TỔ CHỨC",
            "- Rà soát",
            "- Gửi biểu 1"
        ]
    );
}

#[test]
fn a_letterhead_is_lines_and_a_plan_is_rows() {
    let head = tbl(&[&[
        "UBND XÃ SUỐI NGÀN|PHÒNG VĂN HÓA - XÃ HỘI|Số: 12/KH-VHXH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Suối Ngàn, ngày 5 tháng 8 năm 2026",
    ]]);
    let plan = tbl(&[
        &["Tháng", "TT", "Nội dung", "Thời gian"],
        &["8/2026", "1", "Dọn vườn trường", "Trước 20/8"],
        &["^", "2", "Nhập học trẻ mới|- lập danh sách|- xếp lớp", "25/8"],
        &["Tháng", "TT", "Nội dung", "Thời gian"],
        &["9/2026", "1", "Khai giảng", "5/9"],
        &["^", "2", "Gửi số liệu", "20/9"],
        &["^", "^", "^", "30/9"],
    ]);
    let all = lines(&(head + &plan));
    assert_eq!(all[..2], ["UBND XÃ SUỐI NGÀN", "PHÒNG VĂN HÓA - XÃ HỘI"]);
    assert_eq!(all[4], "Suối Ngàn, ngày 5 tháng 8 năm 2026");
    assert_eq!(
        rows(&plan),
        [
            "8/2026 | 1 | Dọn vườn trường | Trước 20/8",
            "8/2026 | 2 | Nhập học trẻ mới\n- lập danh sách\n- xếp lớp | 25/8",
            "9/2026 | 1 | Khai giảng | 5/9",
            "9/2026 | 2 | Gửi số liệu | 20/9; 30/9",
        ]
    );
}

#[test]
fn a_letterhead_whose_lines_are_broken_softly_is_lines_too() {
    let broken = "<w:p><w:r><w:t>Số: 12/VHXH</w:t><w:br/><w:t>V/v nộp kế hoạch</w:t></w:r></w:p>";
    let row = tc("", broken) + &tc("", &p("Suối Ngàn, ngày 5 tháng 8 năm 2026"));
    let all = lines(&format!("<w:tbl><w:tr>{row}</w:tr></w:tbl>"));
    assert_eq!(all, ["Số: 12/VHXH", "V/v nộp kế hoạch", "Suối Ngàn, ngày 5 tháng 8 năm 2026"]);
}

#[test]
fn rows_that_only_name_a_month_or_a_week_hold_for_those_below() {
    let plan = tbl(&[
        &["TT", "Nội dung", "Thời gian >"],
        &["^", "^", "Từ", "Đến"],
        &["THÁNG 9/2026"],
        &["1", "Tổ chức hội giảng", "7/9", "11/9"],
        &["I. CÔNG TÁC NUÔI DƯỠNG"],
        &["2", "Ký hợp đồng thực phẩm", "", "30/9"],
        &["THÁNG 10/2026"],
        &["1", "Cân đo lần 1", "", "10/10"],
    ]);
    assert_eq!(
        rows(&plan),
        [
            "THÁNG 9/2026 | 1 | Tổ chức hội giảng | 7/9 - 11/9 | ",
            "THÁNG 9/2026 | 2 | Ký hợp đồng thực phẩm |  | 30/9",
            "THÁNG 10/2026 | 1 | Cân đo lần 1 |  | 10/10",
        ]
    );
}

#[test]
fn a_table_cut_in_two_or_without_its_labels_is_still_a_table() {
    let first = tbl(&[&["TT", "Nội dung công việc", "Thời hạn"], &["1", "Nộp kế hoạch năm học", "15/9"]]);
    let second = tbl(&[&["2", "Nộp dự toán", "20/9"]]);
    assert_eq!(rows(&(first + &p("") + &second)).len(), 2);
    let bare = tbl(&[
        &["1", "Nộp kế hoạch năm học về Phòng", "15/9"],
        &["2", "Nộp dự toán chi tiết về Phòng", "20/9"],
        &["3", "Nộp danh sách trẻ năm tuổi", "25/9"],
    ]);
    assert_eq!(rows(&bare).len(), 3);
    // A form to be filled in is no table of tasks.
    let form = tbl(&[&["TT", "Họ và tên", "Lớp"], &["1", "", ""], &["2", "", ""], &["3", "", ""]]);
    assert!(rows(&form).is_empty());
}

#[test]
fn changes_are_accepted_and_what_is_not_shown_is_left_out() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let field = |name: &str, outcome: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> {name} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>{outcome}</w:t></w:r>\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    let body = [
        format!(
            "<w:p>{}<w:del><w:r><w:delText>28/9</w:delText></w:r></w:del><w:ins>{}</w:ins></w:p>",
            run("", "Gửi trước ngày "),
            run("", "30/9")
        ),
        format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>", run("", "Đầu câu ")),
        p("và cuối câu."),
        format!("<w:p>{}{}</w:p>", run("", "Trang "), field("PAGE", "7")),
        format!("<w:p>{}{}</w:p>", run("", "Xem "), field("HYPERLINK \"x\"", "biểu mẫu")),
        format!("<w:p>{}{}</w:p>", run("<w:vanish/>", "ẩn"), run("<w:caps/>", "Thông báo")),
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Bấm để nhập</w:t></w:r></w:p></w:sdtContent></w:sdt>".to_owned(),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p("Điền rồi")),
        "<w:p><w:r><w:t>Dòng một</w:t><w:br/><w:t>Dòng hai</w:t><w:tab/><w:t>cột</w:t></w:r></w:p>".to_owned(),
    ];
    assert_eq!(
        lines(&body.concat()),
        [
            "Gửi trước ngày 30/9",
            "Đầu câu và cuối câu.",
            "Trang ",
            "Xem biểu mẫu",
            "THÔNG BÁO",
            "Điền rồi",
            "Dòng một",
            "Dòng hai\tcột"
        ]
    );
}

#[test]
fn text_boxes_and_notes_are_read_once() {
    let boxed = |text: &str| {
        format!("<w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>", p(text))
    };
    let body = format!(
        "<w:p><w:r><w:t>Nộp theo mẫu</w:t><w:footnoteReference w:id=\"2\"/></w:r><w:r><mc:AlternateContent>\
         <mc:Choice><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
        p("HỎA TỐC"),
        boxed("HỎA TỐC")
    );
    let notes = format!(
        "<w:footnotes xmlns:w=\"w\"><w:footnote w:type=\"separator\" w:id=\"0\">{}</w:footnote>\
         <w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p("---"),
        p("Mẫu 1, gửi trước 15/9")
    );
    let bytes = docx(&body, &[("word/footnotes.xml", &notes)]);
    assert_eq!(texts(&read(&bytes)), ["Nộp theo mẫu (Mẫu 1, gửi trước 15/9)", "HỎA TỐC"]);
}

#[test]
fn fonts_of_old_are_read_by_their_name_and_doubted() {
    let run = |font: &str, text: &str| {
        format!("<w:p><w:r><w:rPr><w:rFonts w:ascii=\"{font}\"/></w:rPr><w:t>{text}</w:t></w:r></w:p>")
    };
    let body =
        run(".VnTime", "göi b¸o c¸o") + &run("VNI-Times", "göûi baùo caùo") + &run("Arial", "gửi báo cáo");
    let read = read(&docx(&body, &[]));
    assert_eq!(texts(&read), ["gửi báo cáo", "gửi báo cáo", "gửi báo cáo"]);
    let named = |name: &str| DoubtKind::Encoding { name: name.to_owned() };
    assert_eq!(read.repairs, [named("TCVN3"), named("VNI")]);
}

#[test]
fn a_stamp_above_the_page_counts_and_its_text_does_not() {
    let header = format!("<w:hdr xmlns:w=\"w\">{}{}</w:hdr>", p("MẬT"), p("Tài liệu nội bộ"));
    let bytes = docx(&p("Gửi báo cáo trước ngày 15/9"), &[("word/header1.xml", &header)]);
    assert_eq!(crate::import::read(&bytes), Err(ImportError::Secret("MẬT".to_owned())));
    assert_eq!(texts(&read(&bytes)), ["Gửi báo cáo trước ngày 15/9"]);
}

#[test]
fn damage_beside_the_text_is_a_doubt_and_damage_of_the_text_is_a_refusal() {
    let bytes = docx(&p("Gửi báo cáo"), &[("word/numbering.xml", "<w:numbering><w:num")]);
    assert_eq!(read(&bytes).repairs, [DoubtKind::PartDamaged { part: "word/numbering.xml".to_owned() }]);
    let whole = docx(&p("Gửi báo cáo"), &[]);
    let deep = docx(&"<w:sdt><w:sdtContent>".repeat(1_000), &[]);
    let nested = "<w:tbl><w:tr><w:tc>".repeat(2_000) + &"</w:tc></w:tr></w:tbl>".repeat(2_000);
    let entities = package(&[(
        "word/document.xml",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><w:document><w:body>&a;</w:body></w:document>",
    )]);
    let bomb = docx(&" ".repeat(41_000_000), &[]);
    let long = docx(&"<w:p/>".repeat(60_000), &[]);
    let slides = package(&[("ppt/presentation.xml", "<p/>")]);
    let mut locked = b"\xd0\xcf\x11\xe0".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let table: [(&[u8], ImportError); 9] = [
        (&whole[..whole.len() / 2], ImportError::Damaged),
        (&deep, ImportError::Damaged),
        (&docx(&nested, &[]), ImportError::Damaged),
        (&entities, ImportError::Damaged),
        (&bomb, ImportError::UnpacksTooFar),
        (&long, ImportError::TooLong),
        (&slides, ImportError::Format(crate::import::Format::Archive)),
        (&locked, ImportError::Locked),
        (&docx("", &[]), ImportError::Empty),
    ];
    for (bytes, want) in table {
        assert_eq!(form::read(bytes).err(), Some(want));
    }
}
