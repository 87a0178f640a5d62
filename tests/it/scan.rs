//! Pictures of pages: taken out of their files, recognised by another program, read like any other page.
//!
//! What recognising needs is a program of the system. Most tests bring one of their own that answers in its place; those that need the real
//! one say so when it is not installed, and fail without it when `CI=true`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use giaoban::app::Reader;
use giaoban::import::{Content, Directive, DoubtKind, Format, ImportError, Unread, pictures};
use giaoban::run::ChildReader;

use crate::paper::file;
use crate::pdf::picture;
use crate::shared::shared;

/// A PNG as far as anybody looks who does not unpack it.
fn photo(wide: u32, high: u32) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &wide.to_be_bytes(), &high.to_be_bytes(), &[8, 0, 0, 0, 0]]
        .concat()
}

/// A folder with a `tesseract` that knows Vietnamese and finds these words in every picture.
fn finds(words: &[(u32, u32, u32, &str)]) -> tempfile::TempDir {
    let mut table = "1\t1\t0\t0\t0\t0\t0\t0\t1000\t1400\t-1\t\n".to_owned();
    for (line, left, certain, text) in words {
        let top = 100 + 40 * line;
        let wide = 10 * text.chars().count();
        table.push_str(&format!("5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{wide}\t20\t{certain}\t{text}\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("table"), table).unwrap();
    script(folder.path(), &format!("/bin/cat '{}'", folder.path().join("table").display()));
    folder
}

fn script(folder: &Path, body: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("tesseract");
    let languages = "[ \"$1\" = --list-langs ] && { echo eng; echo vie; exit 0; }";
    std::fs::write(&path, format!("#!/bin/sh\n{languages}\n{body}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn reader(folder: &Path) -> ChildReader {
    ChildReader::new(PathBuf::from(env!("CARGO_BIN_EXE_giaoban"))).recognising(&folder.to_string_lossy())
}

async fn read(folder: &Path, bytes: &[u8]) -> Result<Directive, Unread> {
    match reader(folder).read("anh.png", bytes.to_vec()).await? {
        Content::Directive(directive) => Ok(*directive),
        Content::Register(_) => panic!("no list of schools"),
    }
}

#[tokio::test]
async fn a_picture_is_read_with_a_doubt_and_each_uncertain_number_with_its_own() {
    let folder = finds(&[
        (1, 100, 96, "1."),
        (1, 140, 96, "Nộp"),
        (1, 190, 95, "báo"),
        (1, 240, 95, "cáo"),
        (1, 290, 95, "trước"),
        (1, 360, 95, "ngày"),
        (1, 420, 41, "18/9/2026."),
        (2, 100, 93, "2."),
        (2, 140, 93, "Họp"),
        (2, 190, 5, "§§4"),
        (2, 240, 93, "tổ."),
    ]);
    for bytes in [photo(1000, 1400), picture()] {
        let read = read(folder.path(), &bytes).await.unwrap();
        let texts: Vec<_> = read.tasks.iter().map(|task| task.text.as_str()).collect();
        assert_eq!(texts, ["Nộp báo cáo trước ngày 18/9/2026.", "Họp tổ."]);
        assert_eq!(read.doubts[0].kind, DoubtKind::FromPicture);
        let unclear = DoubtKind::Unclear { printed: "18/9/2026.".to_owned() };
        assert!(read.tasks[0].doubts.iter().any(|doubt| doubt.kind == unclear), "{:?}", read.tasks[0].doubts);
    }
}

#[tokio::test]
async fn what_cannot_be_recognised_says_why() {
    let refused = |error| Err(Unread::Directive(error));
    let nothing = finds(&[]);
    assert_eq!(read(nothing.path(), &photo(1000, 1400)).await, refused(ImportError::Empty));
    assert_eq!(read(nothing.path(), &photo(60_000, 60_000)).await, refused(ImportError::TooManyDots));
    let fails = tempfile::tempdir().unwrap();
    script(fails.path(), "exit 1");
    assert_eq!(read(fails.path(), &photo(1000, 1400)).await, refused(ImportError::Damaged));
    let missing = tempfile::tempdir().unwrap();
    let unread = refused(ImportError::Format(Format::Picture));
    assert_eq!(read(missing.path(), &photo(1000, 1400)).await, unread);
    // Installed, but without Vietnamese.
    let english = tempfile::tempdir().unwrap();
    script(english.path(), "");
    let program = english.path().join("tesseract");
    let text = std::fs::read_to_string(&program).unwrap().replace("echo vie", "echo fra");
    std::fs::write(&program, text).unwrap();
    assert_eq!(read(english.path(), &photo(1000, 1400)).await, unread);
}

/// A PDF of one page that is this picture.
fn scan(dictionary: &str, content: &str) -> Vec<u8> {
    let drawn = "595 0 0 842 0 0 cm /P Do";
    file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        format!(
            "<< /Type /XObject /Subtype /Image {dictionary} /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ),
    ])
}

#[test]
fn pages_of_a_scan_become_files_of_their_own() {
    let two = "/Width 2 /Height 2";
    let grey = "/ColorSpace /DeviceGray /BitsPerComponent 8";
    for (dictionary, content, begins, ends) in [
        (format!("{two} {grey}"), "abcd", "P5\n2 2\n255\n", "abcd"),
        (format!("{two} {grey} /Filter /ASCIIHexDecode"), "61626364>", "", ""),
        (format!("{two} /ColorSpace /DeviceRGB /BitsPerComponent 8"), "aaabbbcccddd", "P5\n2 2", "abcd"),
        (
            format!("{two} /ColorSpace [/Indexed /DeviceRGB 1 (aaabbb)] /BitsPerComponent 1"),
            "\u{40}\u{40}",
            "P5",
            "abab",
        ),
        (format!("{two} /Filter /DCTDecode"), "a jpeg", "a jpeg", "a jpeg"),
        (format!("{two} /Filter /CCITTFaxDecode /DecodeParms << /K -1 >>"), "fax", "II*\0", "\0\0\0\0"),
        (format!("{two} /Filter /JBIG2Decode"), "x", "", ""),
    ] {
        let taken = pictures(&scan(&dictionary, content));
        if begins.is_empty() {
            assert_eq!(taken, Err(ImportError::PictureUnknown), "{dictionary}");
            continue;
        }
        let bytes = &taken.unwrap()[0].bytes;
        assert!(
            bytes.starts_with(begins.as_bytes()) && bytes.ends_with(ends.as_bytes()),
            "{dictionary}: {bytes:?}"
        );
    }
    let huge = scan(&format!("/Width 60000 /Height 60000 {grey}"), "a");
    assert_eq!(pictures(&huge), Err(ImportError::TooManyDots));
    let short = scan(&format!("/Width 600 /Height 600 {grey}"), "a");
    assert_eq!(pictures(&short), Err(ImportError::Damaged));
}

/// Whether the real program is installed with its Vietnamese.
fn installed() -> bool {
    let said = Command::new("tesseract").arg("--list-langs").output();
    let there =
        said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).lines().any(|line| line == "vie"));
    #[expect(
        clippy::disallowed_methods,
        reason = "a test asks the environment whether it may be passed over"
    )]
    let strict = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(there || !strict, "CI=true needs tesseract-ocr and tesseract-ocr-vie");
    if !there {
        println!("passed over: tesseract-ocr and tesseract-ocr-vie are not installed");
    }
    there
}

#[tokio::test]
async fn the_real_program_reads_a_scanned_page() {
    let Some(folder) = shared("corpus/files") else { return };
    if !installed() {
        return;
    }
    let reader = reader(Path::new("/usr/bin")).within(Duration::from_secs(60));
    let bytes = std::fs::read(folder.join("08_cv_hoa_toc_sach.pdf")).unwrap();
    let Ok(Content::Directive(read)) = reader.read("quet.pdf", bytes).await else {
        panic!("it was not read")
    };
    assert!(read.tasks.len() >= 3, "{:?}", read.tasks);
    assert_eq!(read.doubts[0].kind, DoubtKind::FromPicture);
}
