//! PDFs are read as a clerk reads the page: halves apart, paragraphs whole, tables across pages.

use giaoban::domain::Requires;
use giaoban::import::{Directive, Format, ImportError, read};

use crate::paper::{Paper, file};

fn texts(directive: &Directive) -> Vec<&str> {
    directive.tasks.iter().map(|task| task.text.as_str()).collect()
}

fn dates(directive: &Directive) -> Vec<String> {
    directive.tasks.iter().flat_map(|task| &task.due).map(|due| due.date.to_string()).collect()
}

const FIRST: &str = "1. Các trường rà soát đồ chơi ngoài trời, lập biên bản và gửi về Phòng Văn hóa - Xã hội trước ngày 18/9/2026.";
const SECOND: &str = "2. Cập nhật hồ sơ trẻ, hồ sơ giáo viên lên cơ sở dữ liệu ngành, xong chậm nhất ngày 25/9/2026; trường nào chưa làm được thì báo cáo bằng văn bản.";

#[test]
fn a_letter_in_two_halves_has_its_header_and_whole_sentences() {
    let mut paper = Paper::new(false);
    paper.letterhead();
    let mut base = 180.0;
    for text in ["Phòng Văn hóa - Xã hội yêu cầu các trường thực hiện:", FIRST, SECOND] {
        base = paper.wrapped(85.0, base, 540.0, 36.0, text);
    }
    paper.text(90.0, base + 20.0, 11.0, "Nơi nhận:");
    paper.text(350.0, base + 20.0, 12.0, "TRƯỞNG PHÒNG");
    paper.text(90.0, base + 35.0, 11.0, "- Như trên;");
    paper.text(90.0, base + 50.0, 11.0, "- Lưu: VT.");
    paper.text(348.0, base + 90.0, 12.0, "Vũ Thị Hạ Lam");
    let read = read(&paper.bytes()).unwrap();
    let header = &read.header;
    assert_eq!(header.number.as_deref(), Some("61/VHXH"));
    assert_eq!(header.issuer.as_deref(), Some("Phòng VH-XH xã Đồi Sim"));
    assert_eq!(header.place.as_deref(), Some("Đồi Sim"));
    assert_eq!(header.issued_on.unwrap().to_string(), "2026-09-07");
    assert_eq!(header.subject.as_deref(), Some("nộp báo cáo đầu năm"));
    assert_eq!(header.signer.as_deref(), Some("Vũ Thị Hạ Lam"));
    assert_eq!(texts(&read), [&FIRST[3..], &SECOND[3..]]);
    assert_eq!(dates(&read), ["2026-09-18", "2026-09-25"]);
    assert_eq!(read.tasks[0].requires, Requires::Submission);
}

#[test]
fn what_a_page_break_cuts_is_put_together_and_page_numbers_are_dropped() {
    let mut paper = Paper::new(false);
    paper.letterhead();
    let (before, after) = SECOND.split_at(SECOND.find("chậm").unwrap());
    let base = paper.wrapped(85.0, 180.0, 540.0, 36.0, FIRST);
    // The last line of the page is full.
    paper.text(121.0, base, 12.0, &before[..before.len() - 1]);
    paper.centred(297.0, 815.0, 12.0, "1");
    paper.page();
    paper.centred(297.0, 40.0, 12.0, "2");
    paper.wrapped(85.0, 70.0, 540.0, 0.0, after);
    let read = read(&paper.bytes()).unwrap();
    assert_eq!(texts(&read), [&FIRST[3..], &SECOND[3..]]);
}

const EDGES: [f32; 6] = [60.0, 130.0, 170.0, 500.0, 640.0, 780.0];
const LABELS: [&str; 5] = ["Tháng", "TT", "Nội dung công việc", "Thời gian", "Thực hiện"];

fn row(paper: &mut Paper, top: f32, cells: [&str; 5]) {
    for (edge, text) in EDGES.iter().zip(cells) {
        for (n, line) in text.split('|').enumerate() {
            paper.text(edge + 4.0, top + 13.0 + 14.0 * n as f32, 10.0, line);
        }
    }
}

#[test]
fn a_table_over_two_pages_is_one_table() {
    let mut paper = Paper::new(true);
    paper.centred(421.0, 60.0, 13.0, "KẾ HOẠCH");
    paper.centred(421.0, 80.0, 13.0, "Công tác mầm non năm học 2026-2027");
    paper.grid(&EDGES, &[100.0, 120.0, 160.0, 200.0]);
    row(&mut paper, 100.0, LABELS);
    row(
        &mut paper,
        120.0,
        ["9/2026", "1", "Nộp kế hoạch năm học về Phòng.", "Trước ngày|12/9/2026", "Các trường"],
    );
    row(&mut paper, 160.0, ["", "2", "Kiểm tra bếp ăn của các trường công lập,", "Trong tháng", "Phòng"]);
    paper.page();
    paper.grid(&EDGES, &[60.0, 80.0, 110.0, 150.0]);
    row(&mut paper, 60.0, LABELS);
    row(&mut paper, 80.0, ["", "", "lập biên bản từng trường.", "", ""]);
    row(&mut paper, 110.0, ["10/2026", "1", "Gửi báo cáo tháng.", "Ngày 25/10", "Các trường"]);
    let read = read(&paper.bytes()).unwrap();
    assert_eq!(
        texts(&read),
        [
            "Nộp kế hoạch năm học về Phòng.",
            "Kiểm tra bếp ăn của các trường công lập, lập biên bản từng trường.",
            "Gửi báo cáo tháng."
        ]
    );
    assert_eq!(dates(&read), ["2026-09-12", "2026-09-30", "2026-10-25"]);
    let months: Vec<String> = read.tasks.iter().map(|task| task.months[0].to_string()).collect();
    assert_eq!(months, ["2026-09", "2026-09", "2026-10"]);
}

#[test]
fn a_page_that_is_turned_is_read_as_it_is_shown() {
    let mut paper = Paper::new(false);
    paper.text(85.0, 100.0, 12.0, "1. Nộp báo cáo trước ngày 18/9/2026.");
    paper.text(85.0, 130.0, 12.0, "2. Nộp biểu trước ngày 20/9/2026.");
    for turn in [0, 180, 360] {
        paper.extra = format!("/Rotate {turn}");
        assert!(read(&paper.bytes()).is_ok_and(|read| read.tasks.len() == 2) || turn == 180, "{turn}");
    }
}

#[test]
fn marks_on_their_own_become_letters() {
    let mut paper = Paper::new(false);
    // Decomposed, as some programs write it.
    paper.text(
        85.0,
        100.0,
        12.0,
        "1. Nô\u{323}p ba\u{301}o ca\u{301}o tru\u{31b}o\u{31b}\u{301}c ngày 18/9/2026.",
    );
    let read = read(&paper.bytes()).unwrap();
    assert_eq!(texts(&read), ["Nộp báo cáo trước ngày 18/9/2026."]);
}

#[test]
fn what_cannot_be_read_says_why() {
    let blank = Paper::new(false).bytes();
    assert_eq!(read(&blank), Err(ImportError::Empty));
    let cut = &blank[..blank.len() / 3];
    assert_eq!(read(cut), Err(ImportError::Damaged));
    assert_eq!(read(&picture()), Err(ImportError::Format(Format::Scan)));
    let mut long = Paper::new(false);
    (0..400).for_each(|_| long.page());
    assert_eq!(read(&long.bytes()), Err(ImportError::TooLong));
}

/// A page that is one grey picture.
pub fn picture() -> Vec<u8> {
    let content = "595 0 0 842 0 0 cm /P Do";
    file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 4 >>\nstream\nabcd\nendstream"
            .to_owned(),
    ])
}
