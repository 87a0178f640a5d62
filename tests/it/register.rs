//! The list of schools as a file: a clerk's, the sample office's, and those that the program writes itself.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use giaoban::domain::{Language, Register, SchoolKind};
use giaoban::export::{register_csv, register_template};
use giaoban::import::register::{RegisterError, read};
use giaoban::wording::register_words;

use crate::shared::shared;
use crate::source;

fn counts<'a>(of: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for one in of {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

fn of_kind(register: &Register, kind: SchoolKind) -> usize {
    register.rows.iter().filter(|row| row.kind == kind).count()
}

#[test]
fn a_clerks_workbook_gives_the_counts_that_it_is_known_to_have() {
    let Some(path) = shared("corpus/files/so_truong.xlsx") else { return };
    let draft = read(&std::fs::read(path).unwrap()).unwrap();
    let rows = &draft.register.rows;
    assert_eq!(counts(rows.iter().map(|row| row.code.as_str())).len(), 26);
    assert_eq!(of_kind(&draft.register, SchoolKind::Public), 18);
    assert_eq!(of_kind(&draft.register, SchoolKind::Private), 8);
    let wards = BTreeMap::from([("Đồi Chè", 14), ("Tân Phong Hạ", 6), ("Bến Gỗ Bắc", 6)]);
    assert_eq!(counts(rows.iter().map(|row| row.ward.as_str())), wards);
    let clusters = BTreeMap::from([("Cụm 1", 7), ("Cụm 2", 7), ("Cụm 3", 6), ("Cụm 4", 6)]);
    assert_eq!(counts(rows.iter().map(|row| row.cluster.as_str())), clusters);
    let by_code = |code: &str| rows.iter().find(|row| row.code == code).unwrap();
    assert_eq!(by_code("MN007").phone, "0900000007");
    assert_eq!(by_code("MN012").phone, "0900000012");
    assert_eq!(by_code("TT003").phone, "0900000021");
    assert_eq!(by_code("MN015").name, "Trường Mẫu giáo Bông Sen");
    assert_eq!(counts(draft.register.short_names().iter().map(String::as_str)).len(), 26);
    // Each of the four repairs is told, with its line, and nothing else is.
    let lines: Vec<_> = draft.notices.iter().map(|notice| notice.line).collect();
    assert_eq!(lines, [12, 17, 20, 27], "{:?}", draft.notices);
}

#[test]
fn bad_files_of_the_corpus_are_refused() {
    for name in
        ["hong_cat_ngan.docx", "hong_nen_qua_muc.docx", "hong_co_mat_khau.pdf", "hong_trang_trang.pdf"]
    {
        let Some(path) = shared(&format!("corpus/files/{name}")) else { return };
        let output = giaoban(&["register", "check", path.to_str().unwrap()]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(name), "{said}");
    }
}

#[test]
fn the_template_is_read_back_without_its_example() {
    for language in [Language::Vi, Language::En] {
        let words = register_words(language);
        let bytes = register_template(&words).unwrap();
        assert_eq!(read(&bytes), Err(RegisterError::NoSchools), "{language:?}");
        // The example itself is a row that would be read, but for its code.
        let row = words.example.join(";").replace("VIDU01", "MN001");
        let draft = read(format!("{}\n{row}\n", words.columns.join(";")).as_bytes()).unwrap();
        assert_eq!((draft.register.rows.len(), draft.notices.as_slice()), (1, [].as_slice()), "{language:?}");
        for kind in &words.kinds {
            let row = row.replace(&words.kinds[0], kind);
            assert!(read(format!("{}\n{row}\n", words.columns.join(";")).as_bytes()).is_ok(), "{kind}");
        }
    }
}

#[test]
fn the_sample_office_has_what_makes_reading_hard() {
    let bytes = std::fs::read(source::root().join("samples/register.csv")).unwrap();
    let draft = read(&bytes).unwrap();
    assert_eq!(draft.notices, []);
    let register = &draft.register;
    assert_eq!(register.rows.len(), 26);
    let kinds =
        [SchoolKind::Public, SchoolKind::Private, SchoolKind::Independent].map(|k| of_kind(register, k));
    assert_eq!(kinds, [16, 5, 5]);
    assert_eq!(counts(register.rows.iter().map(|row| row.ward.as_str())).len(), 3);
    assert_eq!(counts(register.rows.iter().map(|row| row.cluster.as_str())).len(), 4);
    let names = register.short_names();
    for name in
        ["MN 19/5", "MN Hoa Ban 2", "MG ĐL Hoa Mai", "MN Bình Minh (Khe Lim)", "MN Bình Minh (Đá Bạc)"]
    {
        assert!(names.iter().any(|short| short == name), "{name}: {names:?}");
    }
    assert!(register.rows.iter().all(|row| row.phone.starts_with("09000000")));
}

#[test]
fn what_is_written_is_read_back_unchanged() {
    let bytes = std::fs::read(source::root().join("samples/register.csv")).unwrap();
    let register = read(&bytes).unwrap().register;
    for language in [Language::Vi, Language::En] {
        let written = register_csv(&register_words(language), &register).unwrap();
        assert_eq!(read(&written).unwrap().register, register, "{language:?}");
    }
}

#[test]
fn the_commands_write_check_and_refuse() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("mau.xlsx");
    let out = out.to_str().unwrap();
    assert!(giaoban(&["register", "template", out]).status.success());
    let again = giaoban(&["register", "template", out]);
    assert_eq!(again.status.code(), Some(2), "a file that is there is not overwritten");

    let bad = folder.path().join("sai.csv");
    std::fs::write(&bad, "Mã,Tên trường,Loại hình\nMN001,Trường Mầm non Hoa Mai,Bán trú\nMN001,,Công lập\n")
        .unwrap();
    let output = giaoban(&["--lang", "en", "register", "check", bad.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let lines: Vec<_> = said.lines().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(
        lines,
        [
            "3 places in sai.csv must be mended; nothing was imported",
            "line 2, column Kind",
            "line 3, column Code",
            "line 3, column Name"
        ]
    );

    let sample = source::root().join("samples/register.csv");
    let output = giaoban(&["register", "check", sample.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.starts_with("register.csv: đọc được 26 trường."), "{said}");
}

#[test]
fn a_missing_column_is_named() {
    let error = read("Tên trường;Cụm;Điện thoại\nTrường Mầm non Hoa Mai;Cụm 1;\n".as_bytes()).unwrap_err();
    let said = giaoban::wording::register_error(Language::Vi, &error, "so.csv");
    assert!(said.contains("Mã trường, Loại hình"), "{said}");
    assert!(!matches!(error, RegisterError::Rows(_)));
}

fn giaoban(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_giaoban")).args(arguments).output().unwrap()
}
