//! Files that are made to hurt: one sentence each, soon, with little memory. The real program reads them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::hostile_files::{Hostile, all};

/// What a file may cost: the time until its answer, and memory in kilobytes of the program and of its reader, each.
const LONGEST: Duration = Duration::from_secs(10);
const MOST: u64 = 256 << 10;

struct Outcome {
    status: Option<i32>,
    said: String,
    printed: usize,
    took: Duration,
    /// The most memory of any of its processes, in kilobytes.
    most: u64,
}

fn read(path: &Path) -> Outcome {
    let begun = Instant::now();
    let mut program = Command::new(env!("CARGO_BIN_EXE_giaoban"))
        .env("PATH", "/nowhere")
        .arg("read")
        .arg(path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let watched = program.id();
    let (stdout, stderr) = (program.stdout.take().unwrap(), program.stderr.take().unwrap());
    let printed = std::thread::spawn(move || std::io::copy(&mut { stdout }, &mut std::io::sink()).unwrap());
    let said = std::thread::spawn(move || std::io::read_to_string(stderr).unwrap());
    let mut most = 0;
    let status = loop {
        most = most.max(memory(watched));
        if let Some(status) = program.try_wait().unwrap() {
            break status.code();
        }
        std::thread::park_timeout(Duration::from_millis(3));
    };
    let took = begun.elapsed();
    let printed = printed.join().unwrap() as usize;
    Outcome { status, said: said.join().unwrap(), printed, took, most }
}

/// The most memory that a process or one of its children has held, in kilobytes.
fn memory(process: u32) -> u64 {
    let peak = |process: u32| -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default().to_owned();
        line.trim().trim_end_matches("kB").trim().parse().unwrap_or_default()
    };
    let children =
        std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = children.split_whitespace().filter_map(|child| child.parse().ok());
    children.map(peak).chain([peak(process)]).max().unwrap_or_default()
}

#[test]
fn each_is_one_sentence_within_its_time_and_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for Hostile { name, bytes, may_be_read } in all() {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let Outcome { status, said, printed, took, most } = read(&path);
        println!(
            "{name}: {} bytes, {} ms, {} MB, {}",
            bytes.len(),
            took.as_millis(),
            most >> 10,
            said.trim()
        );
        let sentence = said.trim().lines().count() == 1 && said.contains(name) && printed == 0;
        let as_wanted = match status {
            Some(2) => sentence,
            Some(0) => may_be_read && said.trim().is_empty(),
            _ => false,
        };
        if !as_wanted || took > LONGEST || most > MOST || most == 0 {
            wrong.push(format!("{name}: {status:?} after {took:?} with {most} kB: {said}"));
        }
        std::fs::remove_file(path).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("to.pdf");
    std::fs::File::create(&path).unwrap().set_len(100_000_000).unwrap();
    let outcome = read(&path);
    assert_eq!(outcome.status, Some(2));
    assert!(outcome.said.contains("100 MB") && outcome.most < MOST / 4, "{} {}", outcome.said, outcome.most);
}
