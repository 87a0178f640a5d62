//! `giaoban read FILE --take N:K`: doubts of a document settled from the command line.

use std::process::{Command, Output};

use serde_json::Value;

use crate::source;

fn read(more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_giaoban"));
    command.args(["read", "--today", "2026-01-01"]).arg(source::root().join("samples/directive_189.txt"));
    command.args(more).output().unwrap()
}

fn open(more: &[&str]) -> Vec<Value> {
    let output = read(&[more, &["--json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    answer["open"].as_array().unwrap().clone()
}

#[test]
fn a_doubt_that_is_settled_is_no_more() {
    let before = open(&[]);
    assert!(before.len() >= 2, "{before:?}");
    let after = open(&["--take", "1:0"]);
    let said = |doubts: &[Value]| doubts.iter().map(|d| d["said"].clone()).collect::<Vec<_>>();
    assert_eq!(said(&after), said(&before)[1..]);
    let all: Vec<String> = before.iter().map(|d| format!("--take={}:0", d["number"])).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(open(&all), Vec::<Value>::new());
}

#[test]
fn the_page_numbers_what_can_be_taken() {
    let page = String::from_utf8(read(&[]).stdout).unwrap();
    assert!(page.contains("? 1. ") && page.contains("? 2. "), "{page}");
}

#[test]
fn what_is_not_there_is_refused_with_an_example() {
    for (take, words) in [("99:1", "Ví dụ: --take 1:1"), ("1:99", "Ví dụ: --take 1:1")] {
        let output = read(&["--take", take]);
        assert_eq!(output.status.code(), Some(2), "{take}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(words) && output.stdout.is_empty(), "{take}: {said}");
    }
    assert_eq!(read(&["--take", "one"]).status.code(), Some(2));
}

#[test]
fn the_page_says_what_is_over_and_where_an_added_date_was_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ngay.txt");
    let text = "Số: 9/VHXH\nĐồi Chè, ngày 07 tháng 10 năm 2026\nV/v nộp biểu\nKính gửi: Các trường\n\
                1. Nộp biểu về Phòng trước ngày 14/10/2026.\n2. Nộp phiếu về Phòng trước ngày 31/11/2026.\n";
    std::fs::write(&path, text).unwrap();
    let page = |more: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_giaoban")).arg("read").arg(&path).args(more).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let over = "1. dòng 5: hạn 14/10/2026 đã qua";
    assert!(!page(&["--today", "2026-10-14"]).contains("đã qua"));
    let late = page(&["--today", "2026-10-15"]);
    assert!(late.contains(over) && late.contains("2:1 thêm hạn 30/11/2026"), "{late}");
    let moved = page(&["--today", "2026-10-15", "--take", "1:1"]);
    assert!(moved.contains("hạn trước ngày 22/10/2026") && !moved.contains(over), "{moved}");
    let json = page(&["--today", "2026-10-15", "--json"]);
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(answer["open"][0]["number"], 1);
    assert!(answer["open"][0]["said"].as_str().unwrap().contains("14/10/2026 đã qua"), "{json}");
    let taken = page(&["--today", "2026-10-15", "--take", "2:1"]);
    assert!(taken.contains("30/11/2026  “trước ngày 31/11/2026” [dòng 6]"), "{taken}");
}
