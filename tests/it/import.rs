//! Documents read by the program as a person runs it: own samples against what stands beside them, bad files, and the real
//! schedules of the shared corpus by its scorer.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(file: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giaoban"));
    // Whatever is installed here to read pictures: `scan` has its own tests.
    // On a day before all their deadlines.
    command.env("PATH", "/nowhere").args(["read", "--today", "2016-01-01"]).arg(file);
    command.args(more).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment tells a test where the corpus is, and to write anew"
)]
fn environment(name: &str) -> Option<std::ffi::OsString> {
    std::env::var_os(name)
}

/// The answer in few lines, so that a change of it can be reviewed: header, a line a task, its dates and doubts below.
fn summary(answer: &Value) -> String {
    let mut out = String::new();
    let say = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    };
    for field in
        ["number", "issuer", "place", "issued_on", "subject", "kind", "school_year", "addressees", "signer"]
    {
        out += &format!("{field}: {}\n", say(&answer["document"][field]));
    }
    for task in answer["tasks"].as_array().unwrap() {
        let months: Vec<String> = task["months"].as_array().unwrap().iter().map(&say).collect();
        let lines = (&task["source"]["first_line"], &task["source"]["last_line"]);
        let words = say(&task["text"]).replace('\n', " / ");
        out += &format!(
            "\n{} {} [{}-{}] {}: {words}\n",
            months.join("+"),
            say(&task["item"]),
            lines.0,
            lines.1,
            say(&task["requires"])
        );
        for due in task["due"].as_array().unwrap() {
            let from = due["from"].as_str().map(|from| format!("{from}..")).unwrap_or_default();
            out += &format!("  {} {from}{}", say(&due["kind"]), say(&due["date"]));
            for more in ["time", "recur", "until"] {
                if let Some(value) = due[more].as_str() {
                    out += &format!(" {value}");
                }
            }
            out += &format!(
                " {} “{}” [{}]\n",
                say(&due["role"]),
                say(&due["quote"]),
                due["source"]["first_line"]
            );
        }
        for doubt in task["doubts"].as_array().unwrap() {
            out += &format!("  ? {}\n", say(doubt));
        }
    }
    for doubt in answer["doubts"].as_array().unwrap() {
        out += &format!("? {}\n", say(doubt));
    }
    out
}

#[test]
fn own_samples_are_read_as_written_beside_them() {
    let folder = project("tests/data/schedules");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.push(project("samples/schedule_2026_2027.txt"));
    files.sort();
    assert!(files.len() >= 4);
    for file in files {
        let output = read(&file, &["--json"]);
        assert!(output.status.success(), "{}", file.display());
        let got = summary(&serde_json::from_slice(&output.stdout).unwrap());
        let name = file.with_extension("read");
        let beside = folder.join(name.file_name().unwrap());
        if environment("UPDATE").is_some() {
            fs::write(&beside, &got).unwrap();
        }
        assert_eq!(got, fs::read_to_string(&beside).unwrap(), "{} (UPDATE=1 writes it anew)", file.display());
    }
}

#[test]
fn the_sample_schedule_leaves_nothing_to_ask() {
    let output = read(&project("samples/schedule_2026_2027.txt"), &["--json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let tasks = answer["tasks"].as_array().unwrap();
    assert!(tasks.iter().all(|task| task["doubts"].as_array().unwrap().is_empty()));
    assert!(answer["doubts"].as_array().unwrap().is_empty());
    let october: Vec<&Value> = tasks.iter().filter(|t| t["months"][0] == "2026-10").collect();
    for (place, words) in [(0, "Cân đo, chấm biểu đồ tăng trưởng lần 1"), (1, "Nhập cơ sở dữ liệu ngành")]
    {
        assert!(october[place]["text"].as_str().unwrap().starts_with(words));
        assert_eq!(october[place]["due"][0]["date"], "2026-10-17");
        assert_eq!(october[place]["requires"], "submission");
    }
}

#[test]
fn a_page_for_people_names_months_deadlines_and_lines() {
    let output = read(&project("samples/schedule_2026_2027.txt"), &[]);
    let page = text(&output.stdout);
    for words in ["THÁNG 10/2026", "hạn trước ngày 17/10/2026", "dòng 36", "Phòng VH-XH xã Suối Ngàn"]
    {
        assert!(page.contains(words), "{words}");
    }
    let english = text(&read(&project("samples/schedule_2026_2027.txt"), &["--lang", "en"]).stdout);
    assert!(english.contains("MONTH 10/2026") && english.contains("due by 17/10/2026"));
}

#[test]
fn the_same_text_in_any_encoding_gives_the_same_tasks() {
    let folder = tempfile::tempdir().unwrap();
    let plain = fs::read_to_string(project("tests/data/schedules/letter.txt")).unwrap();
    let decomposed: String = plain.nfd().collect();
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(plain.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf16_big: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let windows = windows_1258(&plain);
    let crlf = plain.replace('\n', "\r\n").into_bytes();
    let with_bom = [b"\xef\xbb\xbf", plain.as_bytes()].concat();
    let want = tasks(&project("tests/data/schedules/letter.txt"));
    assert_eq!(want.len(), 5);
    for (name, bytes) in [
        ("nfd.txt", decomposed.into_bytes()),
        ("utf16.txt", utf16),
        ("utf16be.txt", utf16_big),
        ("windows.txt", windows),
        ("crlf.txt", crlf),
        ("bom.txt", with_bom),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        assert_eq!(tasks(&file), want, "{name}");
    }
}

/// Months, text and dates of each task.
fn tasks(file: &Path) -> Vec<(Value, Value)> {
    let output = read(file, &["--json"]);
    assert!(output.status.success(), "{}: {}", file.display(), text(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let dates = |task: &Value| task["due"].as_array().unwrap().iter().map(|d| d["date"].clone()).collect();
    answer["tasks"].as_array().unwrap().iter().map(|task| (task["text"].clone(), dates(task))).collect()
}

/// Windows-1258 as Word writes it: the shape of a letter in one byte, the tone as a loose mark after it.
fn windows_1258(plain: &str) -> Vec<u8> {
    let loose: String = plain
        .chars()
        .flat_map(|c| {
            let parts: Vec<char> = std::iter::once(c).nfd().collect();
            let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
            let tones: Vec<char> = parts.iter().copied().filter(is_tone).collect();
            parts.into_iter().filter(|c| !is_tone(c)).nfc().chain(tones).collect::<Vec<char>>()
        })
        .collect();
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1258.encode(&loose);
    assert!(!unmappable);
    bytes.into_owned()
}

#[test]
fn a_bad_file_gets_one_sentence_and_exit_code_two() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let secret = "UBND XÃ ĐỒI CHÈ\n\nMẬT\n\n1. Gửi báo cáo trước ngày 17/10.\n";
    let table = [
        (file("trong.txt", b""), "không có chữ nào"),
        (file("khoang-trang.txt", b" \n\t \r\n"), "không có chữ nào"),
        (file("nhi-phan.txt", &noise), "không phải là văn bản"),
        (file("van-ban.pdf", b"%PDF-1.7\n%\xe2\xe3"), "bị hỏng"),
        (file("van-ban.docx", b"PK\x03\x04\x14\0"), "bị hỏng"),
        (file("van-ban.doc", b"\xd0\xcf\x11\xe0\xa1\xb1"), "không phải là Word"),
        (file("van-ban.rtf", b"{\\rtf1\\ansi"), "RTF"),
        (file("anh.txt", b"\x89PNG\r\n\x1a\n"), "ảnh hoặc bản quét"),
        (file("bang-ma.txt", b"\xa0\xb1\xff\xfe\xfd\xfa qxz \xf1\xf2 qxz"), "bảng mã"),
        (file("mat.txt", secret.as_bytes()), "MẬT"),
        (folder.path().join("khong-co.txt"), "Không mở được"),
        (folder.path().to_owned(), "Không mở được"),
    ];
    for (path, words) in table {
        let output = read(&path, &[]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{}", path.display());
        assert!(output.stdout.is_empty(), "{}", path.display());
        assert!(said.contains(words), "{}: {said}", path.display());
        assert_eq!(said.trim().lines().count(), 1, "{said}");
    }
}

#[test]
fn a_file_of_fifty_megabytes_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lon.txt");
    fs::File::create(&path).unwrap().set_len(50_000_000).unwrap();
    let before = Instant::now();
    let output = read(&path, &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("50 MB"));
    assert!(before.elapsed() < Duration::from_secs(2));
}

/// The shared corpus: beside the project, or where the environment says. On a machine of the project's own it must be there.
fn shared() -> Option<PathBuf> {
    let folder = environment("GIAOBAN_SHARED").map_or_else(|| project("../shared"), PathBuf::from);
    if folder.join("scoring/score_documents.py").exists() {
        return Some(folder);
    }
    assert!(environment("CI").is_none(), "the shared corpus is not at {}", folder.display());
    println!("skipped: no shared corpus at {}", folder.display());
    None
}

/// Files of offices in the forms that are read: Word, Excel.
#[test]
fn real_files_of_offices_reach_their_figures() {
    let Some(shared) = shared() else { return };
    let mut command = Command::new("python3");
    command
        .arg(shared.join("scoring/score_documents.py"))
        .args(["--program", env!("CARGO_BIN_EXE_giaoban"), "--show"])
        .args(["--min-items-f1", "0.98", "--min-deadline-f1", "0.98", "--min-header", "0.98"]);
    for (file, gold) in [
        ("01_cv_phuong_dau_nam.docx", "01_cv_phuong_dau_nam.json"),
        ("02_kh_nam_bang_thang.docx", "02_kh_nam_bang_thang.json"),
        ("05_lich_tuan.docx", "05_lich_tuan.json"),
        ("02_kh_nam_bang_thang.xlsx", "02_kh_nam_bang_thang.json"),
    ] {
        command.arg(shared.join("corpus/files").join(file)).arg(shared.join("corpus/gold").join(gold));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stdout));
}

#[test]
fn the_list_of_schools_is_known_for_what_it_is() {
    let said = read(&project("samples/register.csv"), &[]);
    assert_eq!(said.status.code(), Some(2));
    assert_eq!(
        text(&said.stderr),
        "register.csv là danh sách trường, không phải văn bản. Kiểm tra bằng: giaoban register check register.csv\n"
    );
}

#[test]
fn damaged_files_of_offices_are_refused_in_one_sentence() {
    let Some(shared) = shared() else { return };
    for (file, words) in [("hong_cat_ngan.docx", "bị hỏng"), ("hong_nen_qua_muc.docx", "giải nén")] {
        let output = read(&shared.join("corpus/files").join(file), &["--json"]);
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(output.stdout.is_empty() && text(&output.stderr).contains(words), "{file}");
    }
}

#[test]
fn the_real_schedules_reach_their_figures() {
    let Some(shared) = shared() else { return };
    for (gold, documents, items, deadlines, header) in [
        ("corpus/seeds/gold", "corpus/seeds", "1.0", "1.0", "0.97"),
        ("corpus/gold", "corpus/documents", "0.97", "0.95", "0.95"),
    ] {
        let output = Command::new("python3")
            .arg(shared.join("scoring/score_documents.py"))
            .args(["--program", env!("CARGO_BIN_EXE_giaoban"), "--show"])
            .arg("--gold-dir")
            .arg(shared.join(gold))
            .arg("--doc-dir")
            .arg(shared.join(documents))
            .args(["--min-items-f1", items, "--min-deadline-f1", deadlines, "--min-header", header])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", text(&output.stdout));
    }
}
