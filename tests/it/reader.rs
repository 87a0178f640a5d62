//! The child that reads files: what it says is what reading in this process says, and whatever happens to it comes back as one
//! sentence.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use giaoban::app::{InProcess, Reader};
use giaoban::import::workbook::{Fill, Place, Put, Write};
use giaoban::import::{Content, Expected, ImportError, Unread};
use giaoban::run::ChildReader;

use crate::source;

fn real() -> ChildReader {
    ChildReader::new(PathBuf::from(env!("CARGO_BIN_EXE_giaoban")))
}

fn data(name: &str) -> Vec<u8> {
    std::fs::read(source::root().join(name)).unwrap()
}

#[tokio::test]
async fn the_child_says_what_reading_here_says() {
    let stray = b"\x00\x01\x02\x03".to_vec();
    for (name, bytes) in [
        ("cv.txt", data("tests/data/schedules/letter.txt")),
        ("lịch.txt", data("samples/schedule_2026_2027.txt")),
        ("so.csv", "Mã trường,Tên trường,Loại hình\nMN01,Trường Mầm non Hoa Mai,Công lập\n".into()),
        ("so.csv", b"a,b\n1,2\n".to_vec()),
        ("la.bin", stray),
    ] {
        let here = InProcess.read(name, bytes.clone()).await;
        assert_eq!(real().read(name, bytes).await, here, "{name}");
    }
}

#[tokio::test]
async fn the_child_reads_and_fills_workbooks_as_here() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, head) in (0..).zip(["TT", "Trường", "Tổng số trẻ"]) {
        sheet.write(0, column, head).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let here = InProcess.workbook(bytes.clone()).await;
    assert_eq!(real().workbook(bytes.clone()).await, here);
    let write = Write { sheet: "Sheet1".into(), place: Place::new(2, 2), put: Put::Number("337".into()) };
    let fill = Fill { write: vec![write], ..Fill::default() };
    let filled = real().fill(bytes.clone(), fill.clone()).await.unwrap();
    assert_eq!(
        InProcess.workbook(filled).await,
        InProcess.workbook(InProcess.fill(bytes, fill).await.unwrap()).await
    );
    // Whatever cannot be read is a reason, in either process.
    for stray in [b"PK\x03\x04 cut".to_vec(), b"no workbook".to_vec(), vec![]] {
        assert_eq!(real().workbook(stray.clone()).await, InProcess.workbook(stray.clone()).await);
        assert!(real().fill(stray, Fill::default()).await.is_err());
    }
}

/// A form is foreign bytes like any other: whatever is sent as one is cells or a reason, soon.
#[tokio::test]
async fn hostile_workbooks_end_in_a_reason() {
    for hostile in crate::hostile_files::all() {
        let begun = Instant::now();
        let read = real().workbook(hostile.bytes.clone()).await;
        let filled = real().fill(hostile.bytes, Fill::default()).await;
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", hostile.name);
        assert!(read.is_err() && filled.is_err() || hostile.may_be_read, "{}", hostile.name);
    }
}

#[tokio::test]
async fn what_the_caller_expects_decides() {
    let csv = "Mã trường,Tên trường,Loại hình\nMN01,Trường Mầm non Hoa Mai,Công lập\n".as_bytes();
    let as_list = real().read_as(Expected::Register, "so", csv).await;
    assert!(matches!(as_list, Ok(Content::Register(draft)) if draft.register.rows.len() == 1));
    let as_text = real().read_as(Expected::Directive, "so.csv", csv).await;
    assert!(matches!(as_text, Ok(Content::Directive(_))), "{as_text:?}");
}

#[tokio::test]
async fn whatever_ends_the_child_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    for (name, script) in [
        ("dies", "kill -9 $$"),
        ("fails", "exit 1"),
        ("says nothing", "cat >/dev/null"),
        ("says something else", "echo hello"),
        ("says too much", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done | tr -d '\\n'"),
    ] {
        let program = program(folder.path(), name, script);
        let said = ChildReader::new(program).read("cv.txt", vec![b'a'; 1_000_000]).await;
        assert_eq!(said, Err(Unread::Directive(ImportError::TooComplex)), "{name}");
    }
    let nowhere = ChildReader::new(folder.path().join("không có"));
    let said = nowhere.read("cv.txt", Vec::new()).await;
    assert!(matches!(said, Err(Unread::Directive(ImportError::NoReader(_)))), "{said:?}");
}

#[tokio::test]
async fn a_child_that_takes_too_long_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("pid");
    let program =
        program(folder.path(), "sleeps", &format!("echo $$ > '{}'; exec /bin/sleep 60", note.display()));
    let before = Instant::now();
    let reader = ChildReader::new(program.clone()).within(Duration::from_secs(1));
    let said = reader.read("cv.txt", Vec::new()).await;
    assert_eq!(said, Err(Unread::Directive(ImportError::TooSlow(1))));
    assert!(before.elapsed() < Duration::from_secs(10));
    assert!(is_gone(&note).await, "it still runs");

    // Nobody waits for it any longer.
    std::fs::remove_file(&note).unwrap();
    let reader = ChildReader::new(program);
    tokio::select! {
        said = reader.read("cv.txt", Vec::new()) => panic!("{said:?}"),
        () = written(&note) => {}
    }
    assert!(is_gone(&note).await, "it outlives its reader");
}

/// A program of our own making.
fn program(folder: &Path, name: &str, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join(name);
    std::fs::write(&path, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path
}

async fn pause() {
    tokio::task::spawn_blocking(|| std::thread::park_timeout(Duration::from_millis(20))).await.unwrap();
}

async fn written(note: &Path) {
    while !std::fs::read_to_string(note).is_ok_and(|text| text.ends_with('\n')) {
        pause().await;
    }
}

/// Whether the process that left its number is gone, or only waits to be collected.
async fn is_gone(note: &Path) -> bool {
    let pid = std::fs::read_to_string(note).unwrap();
    let about = format!("/proc/{}/stat", pid.trim());
    for _ in 0..200 {
        match std::fs::read_to_string(&about) {
            Err(_) => return true,
            Ok(stat) if stat.contains(") Z ") => return true,
            Ok(_) => pause().await,
        }
    }
    false
}
