//! How long a document takes from bytes to tasks: own samples, the real schedules where the shared corpus is at hand, and a
//! Word document and a PDF of some fifty pages that are made here. The aims are 10 ms at most for each schedule, 100 ms for the
//! Word document and 400 ms for the PDF; before the figures, the memory that reading it took.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

#[path = "../tests/paper/mod.rs"]
mod paper;

use paper::Paper;

fn main() {
    let before = peak();
    let read = giaoban::import::read(&fifty_pages()).map(|read| read.tasks.len());
    println!("PDF of fifty pages: {read:?} tasks, memory at most {} MB ({} MB before)", peak(), before);
    divan::main();
}

/// The most memory that this process has held, in megabytes.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}

/// A letter with points on 25 pages and a table by months on 25 more.
fn fifty_pages() -> Vec<u8> {
    let mut paper = Paper::new(false);
    paper.letterhead();
    let mut base = 180.0;
    for point in 1..=250 {
        let text = format!(
            "{point}. Các trường rà soát cơ sở vật chất, đồ dùng, đồ chơi của nhóm lớp, lập biên bản có chữ ký của ban đại diện cha mẹ \
             trẻ và gửi về Phòng Văn hóa - Xã hội trước ngày {}/9/2026.",
            1 + point % 28
        );
        base = paper.wrapped(85.0, base, 540.0, 36.0, &text);
        if point % 10 == 0 {
            paper.page();
            base = 70.0;
        }
    }
    let edges = [60.0, 120.0, 160.0, 380.0, 460.0, 550.0];
    for page in 0..25 {
        let month = 8 + page / 5;
        let levels: Vec<f32> = (0..=18).map(|row| 60.0 + 38.0 * row as f32).collect();
        paper.grid(&edges, &levels);
        for (row, top) in levels.iter().take(18).enumerate() {
            let number = (page % 5 * 17 + row).to_string();
            let cells: [&str; 6] = match row {
                0 => ["Tháng", "TT", "Nội dung công việc", "", "Thời gian", "Thực hiện"],
                _ => [
                    &format!("{month}/2026"),
                    &number,
                    "Kiểm tra công tác chăm sóc, nuôi dưỡng",
                    "trẻ, lập biên bản.",
                    "Trước ngày 20",
                    "Các trường",
                ],
            };
            let [label, number, content, more, time, who] = cells;
            for (edge, text) in edges.iter().zip([label, number, content, time, who]) {
                paper.text(edge + 3.0, top + 14.0, 10.0, text);
            }
            paper.text(edges[2] + 3.0, top + 28.0, 10.0, more);
        }
        if page < 24 {
            paper.page();
        }
    }
    paper.bytes()
}

#[divan::bench]
fn pdf_of_fifty_pages(bencher: divan::Bencher<'_, '_>) {
    let bytes = fifty_pages();
    bencher.bench(|| giaoban::import::read(divan::black_box(&bytes)));
}

fn documents() -> Vec<String> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = vec![project.join("samples/schedule_2026_2027.txt")];
    for folder in ["tests/data/schedules", "../shared/corpus/seeds", "../shared/corpus/documents"] {
        let entries = fs::read_dir(project.join(folder)).into_iter().flatten().flatten();
        files.extend(
            entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "txt")),
        );
    }
    files.sort();
    files.iter().map(|path| path.display().to_string()).collect()
}

#[divan::bench(args = documents())]
fn read(bencher: divan::Bencher<'_, '_>, path: &String) {
    let bytes = fs::read(path).unwrap_or_default();
    bencher.bench(|| giaoban::import::read(divan::black_box(&bytes)));
}

/// A plan of some fifty pages: headings with automatic numbers, bullets, and twelve tables of sixty rows with merged months.
fn word_of_fifty_pages() -> Vec<u8> {
    let run = |text: &str| {
        format!("<w:r><w:rPr><w:sz w:val=\"26\"/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let listed = |level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{}</w:p>",
            run(text)
        )
    };
    let cell = |properties: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:pPr><w:jc w:val=\"both\"/></w:pPr>{}</w:p></w:tc>",
            run(text)
        )
    };
    let mut body =
        format!("<w:p>{}</w:p><w:p>{}</w:p>", run("KẾ HOẠCH"), run("Nhiệm vụ trọng tâm năm học 2026-2027"));
    for part in 0..12_u32 {
        body += &listed(0, "Công tác nuôi dưỡng, chăm sóc trẻ");
        for _ in 0..20 {
            body += &listed(
                1,
                "Duy trì nền nếp bán trú, bảo đảm thực đơn theo mùa, lưu mẫu thức ăn đủ thời gian, cân đối khẩu phần của từng nhóm lớp.",
            );
        }
        body += "<w:tbl><w:tr>";
        for label in ["Tháng", "TT", "Nội dung", "Thời gian", "Đơn vị thực hiện"] {
            body += &cell("", label);
        }
        body += "</w:tr>";
        let month = (part + 7) % 12 + 1;
        for row in 1..=60_u32 {
            let merged = if row == 1 { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
            let name = if row == 1 {
                format!("{month}/{}", if month >= 8 { 2026 } else { 2027 })
            } else {
                String::new()
            };
            body += "<w:tr>";
            body += &cell(merged, &name);
            body += &cell("", &row.to_string());
            body += &cell(
                "",
                "Rà soát điều kiện phòng học, gửi báo cáo tổng hợp về Phòng kèm danh sách trẻ theo mẫu quy định của năm học.",
            );
            body += &cell("", &format!("Trước ngày {}/{month}", row % 27 + 1));
            body += &cell("", "Các trường mầm non");
            body += "</w:tr>";
        }
        body += "</w:tbl>";
    }
    let text = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"upperRoman\"/><w:lvlText w:val=\"%1.\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"-\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    packed(&[("word/document.xml", &text), ("word/numbering.xml", numbering)])
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let begun = zip.start_file(*name, zip::write::SimpleFileOptions::default());
        if begun.is_err() || zip.write_all(text.as_bytes()).is_err() {
            return Vec::new();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

#[divan::bench]
fn read_word_of_fifty_pages(bencher: divan::Bencher<'_, '_>) {
    let bytes = word_of_fifty_pages();
    let tasks = giaoban::import::read(&bytes).map_or(0, |directive| directive.tasks.len());
    assert_eq!(tasks, 720, "every row is a task");
    bencher.bench(|| giaoban::import::read(divan::black_box(&bytes)));
}
