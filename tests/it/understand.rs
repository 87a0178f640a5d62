//! `giaoban understand`: the page for a person, the lines for a program, and the labelled answers of the shared corpus.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::shared::shared;

fn understand(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_giaoban"))
        .arg("understand")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn answers(cases: &[Value]) -> Vec<Value> {
    let input: String = cases.iter().map(|case| format!("{case}\n")).collect();
    let output = understand(&["--jsonl"], &input);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

#[test]
fn a_page_says_what_is_understood_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let context = folder.path().join("context.json");
    let known =
        json!({"today": "2026-10-15", "open_tasks": ["Cân đo trẻ: tổng số trẻ, nhẹ cân (hạn 2026-10-17)"]});
    std::fs::write(&context, known.to_string()).unwrap();
    let output =
        understand(&["MN Suối Ngọc: tổng 212, nhẹ cân 8 ạ", "--context", context.to_str().unwrap()], "");
    let page = String::from_utf8(output.stdout).unwrap();
    for part in [
        "MN Suối Ngọc",
        "1. Cân đo trẻ",
        "tổng số trẻ = 212, nhẹ cân = 8",
        "có, ghi ngay",
        "“MN Suối Ngọc” → school",
    ] {
        assert!(page.contains(part), "{part} is not in\n{page}");
    }
    let told = understand(
        &["nhà 2 đứa nhỏ sốt hết, em xin nộp trễ nha chị", "--context", context.to_str().unwrap()],
        "",
    );
    let page = String::from_utf8(told.stdout).unwrap();
    assert!(page.contains("“2” không phải số liệu"), "{page}");
    let asked = understand(&["cho em khất vài hôm", "--context", context.to_str().unwrap()], "");
    assert!(String::from_utf8(asked.stdout).unwrap().contains("sẽ hỏi xin đến ngày nào"));
}

#[test]
fn a_line_is_answered_by_a_line() {
    let context = json!({"today": "2026-10-15", "open_tasks": ["Cân đo: tổng số trẻ, nhẹ cân (hạn 2026-10-17)", "Kế hoạch năm (hạn 2026-10-30)"]});
    let cases = [
        json!({"id": "a", "text": "MN Suối Ngọc tổng 212, nhẹ cân 8; MN Đồi Thông chưa cân xong", "context": context}),
        json!({"id": "b", "text": "cân đo em xin đến thứ 2", "context": context}),
        json!({"id": "c", "text": "", "attachments": ["file:Ke_hoach_nam.docx"], "context": context}),
        json!({"id": "d", "text": "212 trẻ, nhẹ cân xin thứ 3 ạ", "context": context}),
    ];
    let said = answers(&cases);
    assert_eq!(said[0]["parts"][0]["school"], "MN Suối Ngọc");
    assert_eq!(said[0]["parts"][0]["values"][1], json!({"label": "nhẹ cân", "value": 8, "percent": false}));
    assert_eq!((&said[0]["parts"][1]["intent"], &said[0]["task"]), (&json!("unable"), &json!(0)));
    assert_eq!((&said[1]["intent"], &said[1]["extension_to"]), (&json!("extension"), &json!("2026-10-19")));
    assert_eq!(
        (&said[2]["intent"], &said[2]["task"], &said[2]["certain"]),
        (&json!("submit"), &json!(1), &json!(true))
    );
    // Two things of one school are one answer: what is there is kept, for the rest more time is asked.
    assert_eq!((&said[3]["intent"], &said[3]["values"][0]["value"]), (&json!("extension"), &json!(212)));
    assert_eq!(said[3]["parts"], json!([]));
}

#[test]
fn a_listed_task_is_named_by_its_own_code() {
    let tasks = ["V7 Cân đo lần 1: số trẻ (hạn 2026-10-16)", "V2 Báo cáo bán trú: số trẻ (hạn 2026-10-16)"];
    let case = |text: &str| json!({"id": text, "text": text, "context": {"today": "2026-10-15", "open_tasks": tasks}});
    let answered = answers(&[case("V7 212 trẻ"), case("V2: 205 trẻ")]);
    assert_eq!([&answered[0]["task"], &answered[1]["task"]], [0, 1]);
}

#[test]
fn without_a_register_a_number_is_the_name_s_or_the_figure_s() {
    let task = "Sĩ số tháng 11: số nhóm lớp, số trẻ, bán trú (hạn 2026-11-04)";
    let case = |text: &str| json!({"id": text, "text": text, "context": {"today": "2026-11-02", "open_tasks": [task]}});
    let table = [
        ("MN Rạng Đông 14 lớp 402 cháu", "MN Rạng Đông", vec![14, 402]),
        ("Rạng Đông 1 lớp 14 cháu 402", "Rạng Đông 1", vec![14, 402]),
        ("MN Rạng Đông 2 số trẻ 402", "MN Rạng Đông 2", vec![402]),
    ];
    let cases: Vec<Value> = table.iter().map(|(text, ..)| case(text)).collect();
    for (answer, (text, school, figures)) in answers(&cases).iter().zip(&table) {
        let given: Vec<i64> = answer["values"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|v| v["value"].as_f64())
            .map(|v| v as i64)
            .collect();
        assert_eq!((&answer["school"], &given), (&json!(school), figures), "{text}");
    }
    let week = answers(&[case("Tuần 3 em báo bên y tế rồi ạ")]).remove(0);
    assert_eq!(week["values"], json!([]), "who speaks is no unit");
}

#[test]
fn what_cannot_be_read_is_refused_with_an_example() {
    let output = understand(&["--jsonl"], "{\"id\": 1, \"text\": \"ok\"}\nok\n");
    assert_eq!(output.status.code(), Some(2));
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(sentence.contains("Dòng 2") && sentence.contains("\"open_tasks\""), "{sentence}");
}

#[test]
fn nothing_certain_harms_in_the_shared_answers() {
    let Some(gold) = shared("corpus/replies.jsonl") else { return };
    let Some(script) = shared("scoring/score_replies.py") else { return };
    let output = Command::new("python3")
        .arg(script)
        .args(["--program", env!("CARGO_BIN_EXE_giaoban"), "--show", "--gold"])
        .arg(gold)
        .args([
            "--min-intent",
            "0.98",
            "--min-values-f1",
            "0.99",
            "--min-school",
            "0.99",
            "--max-ask",
            "0.12",
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

fn forms(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut run = Command::new(env!("CARGO_BIN_EXE_giaoban"));
    let output = run.arg("forms").args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn ready_forms_are_listed_and_shown() {
    let (code, list, _) = forms(&["list"]);
    assert_eq!(code, Some(0));
    assert_eq!(list.lines().count(), 11, "{list}");
    let (code, shown, _) = forms(&["show", "CanDoLan1"]);
    assert_eq!(code, Some(0));
    assert!(shown.contains("tổng số trẻ (trẻ, từ 1, so với sổ trường)"), "{shown}");
    assert!(shown.contains("cân đo ≤ tổng số trẻ"), "{shown}");
    let (code, out, wrong) = forms(&["show", "candolan9"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(wrong.contains("candolan1, "), "{wrong}");
}

#[test]
fn a_form_of_ones_own_is_checked_before_it_is_used() {
    let (code, out, _) = forms(&["check", "tổng số trẻ, tỷ lệ (%), nhẹ cân <= tổng số trẻ"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("nhẹ cân ≤ tổng số trẻ"), "{out}");
    let (code, _, wrong) = forms(&["check", "tổng số trẻ, nhẹ cân + béo phì <= tổng số trẻ"]);
    assert_eq!(code, Some(2));
    assert!(wrong.contains("béo phì"), "{wrong}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("forms.toml");
    let own = "[[form]]\nkeys = [\"soluong\"]\ntitles = [\"Số lượng\"]\nfields = [\"lớp\", \"trẻ\"]\nrules = [\"lớp <= trẻ\"]\n";
    std::fs::write(&file, own).unwrap();
    let (code, out, _) = forms(&["check", "--file", file.to_str().unwrap()]);
    assert_eq!(code, Some(0));
    assert!(out.contains("Số lượng") && out.contains("lớp ≤ trẻ"), "{out}");
    std::fs::write(&file, own.replace("<= trẻ", "<= cháu")).unwrap();
    let (code, _, wrong) = forms(&["check", "--file", file.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(wrong.contains("soluong") && wrong.contains("cháu"), "{wrong}");
    let (code, _, wrong) = forms(&["check", "--file", "/nowhere/forms.toml"]);
    assert_eq!(code, Some(2));
    assert!(wrong.contains("/nowhere/forms.toml"), "{wrong}");
}

#[test]
fn an_installation_has_forms_of_its_own_without_a_build() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bieu.toml");
    let (code, starters, _) = forms(&["file"]);
    assert_eq!(code, Some(0));
    let own = "\n[[form]]\nkeys = [\"thuvien\"]\ntitles = [\"Thư viện\"]\nfields = [\"số sách\", \"sách mới\"]\nrules = [\"sách mới <= số sách\"]\n";
    std::fs::write(&file, starters.replace("\"Sĩ số hằng ngày\"", "\"Sĩ số đầu giờ\"") + own).unwrap();
    let run = |file: &Path, arguments: &[&str]| {
        let mut run = Command::new(env!("CARGO_BIN_EXE_giaoban"));
        let output = run.env("GIAOBAN_FORMS", file).args(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (code, list, _) = run(&file, &["forms", "list"]);
    assert_eq!(code, Some(0));
    assert_eq!(list.lines().count(), 12, "{list}");
    assert!(list.contains("thuvien – Thư viện") && list.contains("siso – Sĩ số đầu giờ"), "{list}");
    let (_, shown, _) = run(&file, &["forms", "show", "thuvien"]);
    assert!(shown.contains("sách mới ≤ số sách"), "{shown}");
    std::fs::write(&file, own.replace("<= số", "<= quyển")).unwrap();
    for arguments in [&["forms", "list"][..], &["demo", "--no-open", "--port", "0"], &["run"]] {
        let (code, out, wrong) = run(&file, arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(wrong.contains("thuvien") && wrong.contains("quyển"), "{arguments:?}: {wrong}");
    }
}
