//! How long a document takes from bytes to tasks: own samples, and the real schedules where the shared corpus is at hand.
//! The aim is 10 ms at most for each, and 400 ms for a PDF of fifty pages; before the figures, the memory that reading it took.

use std::fs;
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
